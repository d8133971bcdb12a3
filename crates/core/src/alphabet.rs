//! The alphabet of an index: its characters, which of them count as the same, and their codes in dictionary keys.
//!
//! A **symbol** is a set of characters that search does not tell apart: `g G ｇ`, `国 國`. Each has *members*, the
//! characters that stand in pages (the first is the usual one: most text needs no mention of which member it holds),
//! and *aliases*, characters that only queries use. Symbols that occur in many terms come first and take one byte in
//! dictionary keys, the others two: fewer transitions in the fst (`FORMAT.md`, section ALPHABET).

use crate::chars::{Class, class, simple_fold};
use crate::ids::Symbol;
use crate::varint::{self, Reader};
use crate::{Error, container::Section};

/// The number of this section.
pub const SECTION: u16 = 1;
/// The most symbols an alphabet can have: 255 lead bytes times 255 second bytes.
pub const MAX_SYMBOLS: usize = 255 * 255;
/// The byte that no symbol's code contains: it separates a key from what follows it.
pub const SEPARATOR: u8 = 0;

/// The alphabet, ready for use.
#[derive(Debug, Clone)]
pub struct Alphabet {
    /// How many symbols have a code of one byte.
    singles: usize,
    /// Where the members of a symbol start in `members`; one more than there are symbols.
    starts: Vec<u32>,
    members: Vec<char>,
    /// The kind of each symbol, from 0 on: of the boundary first.
    classes: Vec<Class>,
    /// For every 256 characters in a row, where their symbols are in `lookup`, divided by 256: at 0 if they have none.
    pages: Vec<u16>,
    /// The symbols of characters, 256 at a time; 0 for none.
    lookup: Vec<u16>,
}

/// A character is looked up by its lowest 8 bits in a page that the others name.
const PAGE: usize = 256;

/// One symbol as the builder knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The characters that stand in pages, the usual one first. Never empty, at most 254.
    pub members: Vec<char>,
    /// Other characters that mean the same in a query, ascending.
    pub aliases: Vec<char>,
}

impl Alphabet {
    /// How many symbols there are; they are numbered from 1.
    pub fn len(&self) -> usize {
        self.classes.len() - 1
    }

    /// Whether there is no symbol at all: an index without text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The symbol of a character of a query; [`Symbol::UNKNOWN`] if no page holds anything like it.
    pub fn symbol(&self, c: char) -> Symbol {
        let find = |c: char| {
            let page = self.pages.get(c as usize / PAGE).map_or(0, |&page| usize::from(page));
            self.lookup.get(page * PAGE + c as usize % PAGE).copied().filter(|&symbol| symbol > 0)
        };
        find(c).or_else(|| find(simple_fold(c))).map_or(Symbol::UNKNOWN, Symbol)
    }

    /// The kind of a symbol; symbols outside the alphabet are boundaries.
    pub fn class(&self, symbol: Symbol) -> Class {
        self.classes.get(usize::from(symbol.0)).copied().unwrap_or(Class::Break)
    }

    /// The `member`-th character of a symbol; the first if there is no such member.
    pub fn member(&self, symbol: Symbol, member: u8) -> char {
        let Some(at) = usize::from(symbol.0).checked_sub(1).filter(|&at| at < self.len()) else {
            return char::REPLACEMENT_CHARACTER;
        };
        let (start, end) = (self.starts[at] as usize, self.starts[at + 1] as usize);
        let wanted = start + usize::from(member);
        self.members[if wanted < end { wanted } else { start }]
    }

    /// How many characters a symbol stands for in pages.
    pub fn members(&self, symbol: Symbol) -> usize {
        let at = usize::from(symbol.0);
        if (1..=self.len()).contains(&at) { (self.starts[at] - self.starts[at - 1]) as usize } else { 0 }
    }

    /// Appends the code of a symbol in dictionary keys.
    pub fn put_code(&self, symbol: Symbol, key: &mut Vec<u8>) {
        let (lead, last) = self.code(symbol);
        key.extend((lead > 0).then_some(lead));
        key.push(last);
    }

    /// The code of a symbol: its first byte, 0 if it has but one, and its last.
    pub fn code(&self, symbol: Symbol) -> (u8, u8) {
        let number = usize::from(symbol.0);
        match number.checked_sub(self.singles + 1) {
            None => (0, number as u8),
            Some(rest) => ((self.singles + 1 + rest / 255) as u8, (1 + rest % 255) as u8),
        }
    }

    /// The symbol of a code, given its first byte, 0 if it has but one, and its last; `None` where no symbol has it.
    pub fn coded(&self, lead: u8, last: u8) -> Option<Symbol> {
        let last = usize::from(last);
        let number = match lead {
            0 => last,
            _ => self.singles + (usize::from(lead) - self.singles - 1) * 255 + last,
        };
        (last > 0 && number <= self.len()).then_some(Symbol(number as u16))
    }

    /// Whether codes that start with `lead`, which is not 0, have a second byte.
    pub fn is_double(&self, lead: u8) -> bool {
        usize::from(lead) > self.singles
    }

    /// How many of `symbols` symbols can have a one-byte code.
    pub fn singles_for(symbols: usize) -> usize {
        (0..=255).rev().find(|singles| singles + (255 - singles) * 255 >= symbols).unwrap_or(0)
    }

    /// Reads the section.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8]) -> Result<Alphabet, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let symbols = reader.count(1)?;
        if symbols > MAX_SYMBOLS {
            return Err(reader.corrupt());
        }
        let singles = Self::singles_for(symbols).min(symbols);
        let mut first = Vec::with_capacity(symbols);
        read_ascending(&mut reader, singles, &mut first)?;
        read_ascending(&mut reader, symbols - singles, &mut first)?;
        let more = read_pairs(&mut reader, symbols)?;
        let aliases = read_pairs(&mut reader, symbols)?;
        reader.finish()?;
        let mut alphabet = Alphabet {
            singles: Self::singles_for(symbols),
            starts: Vec::with_capacity(symbols + 1),
            members: Vec::with_capacity(symbols + more.len()),
            classes: Vec::with_capacity(symbols + 1),
            pages: Vec::new(),
            lookup: Vec::new(),
        };
        alphabet.classes.push(Class::Break);
        let mut more_left = more.as_slice();
        for (at, &(c, _)) in first.iter().enumerate() {
            alphabet.starts.push(alphabet.members.len() as u32);
            alphabet.members.push(c);
            while let Some((&(c, symbol), rest)) = more_left.split_first()
                && usize::from(symbol.0) == at + 1
            {
                alphabet.members.push(c);
                more_left = rest;
            }
            alphabet.classes.push(class(simple_fold(c)));
        }
        alphabet.starts.push(alphabet.members.len() as u32);
        alphabet.index(&[first, more, aliases]);
        Ok(alphabet)
    }

    /// Makes characters known by their symbols.
    fn index(&mut self, lists: &[Vec<(char, Symbol)>]) {
        self.pages = vec![0; char::MAX as usize / PAGE + 1];
        let mut pages = 1;
        for (c, _) in lists.iter().flatten() {
            let page = &mut self.pages[*c as usize / PAGE];
            if *page == 0 {
                *page = pages;
                pages += 1;
            }
        }
        self.lookup = vec![0; usize::from(pages) * PAGE];
        for (c, symbol) in lists.iter().flatten() {
            self.lookup[usize::from(self.pages[*c as usize / PAGE]) * PAGE + *c as usize % PAGE] = symbol.0;
        }
    }
}

/// Writes an alphabet. `entries` are in the order of their symbols: those with a code of one byte ascending by first
/// member, then the others likewise; [`Alphabet::singles_for`] says how many are in the first group.
///
/// # Errors
/// [`Error::AlphabetTooLarge`].
pub fn write(entries: &[Entry]) -> Result<Section, Error> {
    if entries.len() > MAX_SYMBOLS {
        return Err(Error::AlphabetTooLarge { found: entries.len(), limit: MAX_SYMBOLS });
    }
    let mut out = Vec::new();
    varint::put(&mut out, entries.len() as u32);
    let (single, double) = entries.split_at(Alphabet::singles_for(entries.len()).min(entries.len()));
    for group in [single, double] {
        let mut last = 0;
        for entry in group {
            let c = entry.members[0] as u32;
            varint::put(&mut out, c - last);
            last = c;
        }
    }
    put_pairs(&mut out, entries, |entry| &entry.members[1..]);
    put_pairs(&mut out, entries, |entry| &entry.aliases);
    Ok(Section { section: SECTION, piece: 0, bytes: out })
}

/// Characters that belong to symbols, as three columns: symbol distances, high parts, low parts.
fn put_pairs(out: &mut Vec<u8>, entries: &[Entry], chars: impl Fn(&Entry) -> &[char]) {
    varint::put(out, entries.iter().map(|entry| chars(entry).len() as u32).sum());
    let mut last = 0;
    for (at, entry) in entries.iter().enumerate() {
        for _ in chars(entry) {
            varint::put(out, at as u32 + 1 - last);
            last = at as u32 + 1;
        }
    }
    // High and low parts apart: the high ones repeat.
    entries.iter().flat_map(&chars).for_each(|&c| varint::put(out, c as u32 >> 8));
    out.extend(entries.iter().flat_map(&chars).map(|&c| c as u8));
}

fn read_pairs(reader: &mut Reader<'_>, symbols: usize) -> Result<Vec<(char, Symbol)>, Error> {
    let count = reader.count(3)?;
    let mut numbers = Vec::with_capacity(count);
    let mut last = 0usize;
    for _ in 0..count {
        last = last.saturating_add(reader.number()? as usize);
        if last == 0 || last > symbols {
            return Err(reader.corrupt());
        }
        numbers.push(Symbol(last as u16));
    }
    let mut high = Vec::with_capacity(count);
    for _ in 0..count {
        high.push(reader.number()?);
    }
    let mut pairs = Vec::with_capacity(count);
    for ((symbol, high), &low) in numbers.into_iter().zip(high).zip(reader.take(count)?) {
        let number = high.checked_mul(256).ok_or(reader.corrupt())? | u32::from(low);
        pairs.push((read_char(number, reader)?, symbol));
    }
    Ok(pairs)
}

fn read_ascending(reader: &mut Reader<'_>, count: usize, out: &mut Vec<(char, Symbol)>) -> Result<(), Error> {
    let mut last = 0u32;
    for _ in 0..count {
        last = last.checked_add(reader.number()?).ok_or(reader.corrupt())?;
        out.push((read_char(last, reader)?, Symbol(out.len() as u16 + 1)));
    }
    Ok(())
}

fn read_char(number: u32, reader: &Reader<'_>) -> Result<char, Error> {
    char::from_u32(number).ok_or(reader.corrupt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn alphabet(chars: &BTreeSet<char>) -> (Vec<Entry>, Alphabet) {
        let all: Vec<char> = chars.iter().copied().collect();
        let entries: Vec<Entry> = all
            .chunks(3)
            .map(|part| Entry {
                members: part[..1 + part.len() / 2].to_vec(),
                aliases: part[1 + part.len() / 2..].to_vec(),
            })
            .collect();
        let alphabet = Alphabet::read(&write(&entries).unwrap().bytes).unwrap();
        (entries, alphabet)
    }

    proptest! {
        #[test]
        fn comes_back(chars in proptest::collection::btree_set(any::<char>(), 0..900)) {
            let (entries, alphabet) = alphabet(&chars);
            prop_assert_eq!(alphabet.len(), entries.len());
            for (at, entry) in entries.iter().enumerate() {
                let symbol = Symbol(at as u16 + 1);
                for (n, &c) in entry.members.iter().enumerate() {
                    prop_assert_eq!(alphabet.member(symbol, n as u8), c);
                }
                for &c in entry.members.iter().chain(&entry.aliases) {
                    prop_assert_eq!(alphabet.symbol(c), symbol);
                }
                let mut code = Vec::new();
                alphabet.put_code(symbol, &mut code);
                prop_assert_eq!(code.len() == 2, alphabet.is_double(code[0]));
                prop_assert!(!code.contains(&SEPARATOR));
                let (lead, last) = alphabet.code(symbol);
                prop_assert_eq!(alphabet.coded(lead, last), Some(symbol));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = Alphabet::read(&bytes);
        }
    }

    #[test]
    fn codes_reach_the_last_symbol() {
        for symbols in [0, 1, 255, 256, 257, 1894, 9000, 65_000, MAX_SYMBOLS] {
            let singles = Alphabet::singles_for(symbols);
            assert!(singles + (255 - singles) * 255 >= symbols, "{symbols}");
            assert!(singles == 255 || singles + 1 + (254 - singles) * 255 < symbols, "{symbols} could have more");
        }
    }
}

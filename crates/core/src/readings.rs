//! How the Han characters of the index are read, and which of them look alike: the data behind corrections.
//!
//! Readings are toneless syllables of pinyin in ASCII, ü written v, stored as initial and final. They are stored once a
//! symbol, in the order of the alphabet, the usual reading first (`FORMAT.md`, section READINGS). An index without Han text has no such section.

use crate::Error;
use crate::alphabet::Alphabet;
use crate::chars::Class;
use crate::container::Section;
use crate::ids::Symbol;
use crate::varint::{self, Reader};
use std::collections::{BTreeMap, BTreeSet};

/// The number of this section.
pub const SECTION: u16 = 6;

/// Readings and look-alikes, ready for use.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    syllables: Vec<Box<str>>,
    /// Where the readings of each symbol start in `readings`; one more entry than the largest symbol. Empty if there
    /// are none at all.
    starts: Vec<u32>,
    readings: Vec<u16>,
    /// The symbols that have each syllable as a reading, and where those of a syllable start; one more entry than there
    /// are syllables.
    holders: Vec<Symbol>,
    holder_starts: Vec<u32>,
    /// Pairs of symbols that look alike, the smaller one first, ascending.
    alike: Vec<(Symbol, Symbol)>,
}

impl Readings {
    /// The readings of a symbol, the usual one first.
    pub fn of(&self, symbol: Symbol) -> impl Iterator<Item = &str> {
        self.numbers(symbol).iter().map(|&number| &*self.syllables[usize::from(number)])
    }

    /// All syllables, by their numbers.
    pub fn syllables(&self) -> &[Box<str>] {
        &self.syllables
    }

    /// Whether two symbols look alike.
    pub fn alike(&self, a: Symbol, b: Symbol) -> bool {
        self.alike.binary_search(&(a.min(b), a.max(b))).is_ok()
    }

    /// The readings of a symbol as numbers of syllables, the usual one first.
    pub fn numbers(&self, symbol: Symbol) -> &[u16] {
        let at = usize::from(symbol.0);
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.readings[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The symbols that a syllable is a reading of, ascending, by the number of the syllable.
    pub fn holders(&self, syllable: usize) -> &[Symbol] {
        &self.holders[self.holder_starts[syllable] as usize..self.holder_starts[syllable + 1] as usize]
    }

    /// Calls `found` with every symbol that looks like `symbol`.
    pub fn lookalikes(&self, symbol: Symbol, mut found: impl FnMut(Symbol)) {
        for &(a, b) in &self.alike {
            if a == symbol || b == symbol {
                found(if a == symbol { b } else { a });
            }
        }
    }

    /// Reads the section.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8], alphabet: &Alphabet) -> Result<Readings, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let corrupt = reader.corrupt();
        let initials = read_parts(&mut reader)?;
        let finals = read_parts(&mut reader)?;
        let (mut starts, mut total) = (vec![0, 0], 0u32);
        for symbol in han(alphabet) {
            starts.resize(usize::from(symbol.0) + 1, total);
            total += u32::from(reader.byte()?);
            starts.push(total);
        }
        starts.resize(alphabet.len() + 2, total);
        let (first, last) = (reader.take(total as usize)?, reader.take(total as usize)?);
        // A syllable gets its number where it is met first.
        let mut numbers = vec![u16::MAX; initials.len() * finals.len()];
        let (mut syllables, mut readings): (Vec<Box<str>>, Vec<u16>) = (Vec::new(), Vec::new());
        for (&first, &last) in first.iter().zip(last) {
            let (first, last) = (usize::from(first), usize::from(last));
            if first >= initials.len() || last >= finals.len() {
                return Err(corrupt);
            }
            let number = &mut numbers[first * finals.len() + last];
            if *number == u16::MAX {
                *number = syllables.len() as u16;
                syllables.push([initials[first], finals[last]].concat().into());
            }
            readings.push(*number);
        }
        let mut alike = Vec::new();
        let mut last = 0u32;
        for _ in 0..reader.count(2)? {
            last = last.checked_add(reader.number()?).ok_or(corrupt)?;
            let pair = (symbol(last, alphabet).ok_or(corrupt)?, symbol(reader.number()?, alphabet).ok_or(corrupt)?);
            if alike.last().is_some_and(|&last| last >= pair) {
                return Err(corrupt);
            }
            alike.push(pair);
        }
        reader.finish()?;
        let (holders, holder_starts) = holders(&starts, &readings, syllables.len());
        Ok(Readings { syllables, starts, readings, holders, holder_starts, alike })
    }
}

/// Turns the readings of each symbol into the symbols of each syllable, by a counting sort.
fn holders(starts: &[u32], readings: &[u16], syllables: usize) -> (Vec<Symbol>, Vec<u32>) {
    // Until all are in place, what will be the end of a syllable is where its next symbol goes.
    let mut ends = vec![0u32; syllables + 2];
    for &syllable in readings {
        ends[usize::from(syllable) + 2] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    let mut holders = vec![Symbol::BOUNDARY; readings.len()];
    let mut symbol = 0;
    for (at, &syllable) in readings.iter().enumerate() {
        while starts[symbol + 1] as usize <= at {
            symbol += 1;
        }
        let end = &mut ends[usize::from(syllable) + 1];
        holders[*end as usize] = Symbol(symbol as u16);
        *end += 1;
    }
    (holders, ends)
}

/// The Han symbols of an alphabet, ascending.
pub fn han(alphabet: &Alphabet) -> impl Iterator<Item = Symbol> + '_ {
    (1..=alphabet.len() as u16).map(Symbol).filter(|&symbol| alphabet.class(symbol) == Class::Han)
}

fn symbol(number: u32, alphabet: &Alphabet) -> Option<Symbol> {
    (1..=alphabet.len() as u32).contains(&number).then_some(Symbol(number as u16))
}

/// The most initials, or finals, that there can be: they are numbered by a byte. Pinyin has 24 and 34.
const MAX_PARTS: usize = 255;

/// Divides a syllable behind its first consonants.
fn split(syllable: &str) -> (&str, &str) {
    syllable.split_at(syllable.find(['a', 'e', 'i', 'o', 'u', 'v']).unwrap_or(syllable.len()))
}

/// Writes a list of initials or finals, and says which number each has.
fn put_parts<'s>(out: &mut Vec<u8>, parts: impl Iterator<Item = &'s str>) -> Result<BTreeMap<&'s str, u8>, Error> {
    let distinct: BTreeSet<&str> = parts.collect();
    if distinct.len() > MAX_PARTS {
        return Err(Error::TooLarge);
    }
    varint::put(out, distinct.len() as u32);
    for part in &distinct {
        varint::put_str(out, part)?;
    }
    Ok(distinct.into_iter().zip(0..).collect())
}

fn read_parts<'b>(reader: &mut Reader<'b>) -> Result<Vec<&'b str>, Error> {
    let count = reader.count(1)?;
    if count > MAX_PARTS {
        return Err(reader.corrupt());
    }
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        parts.push(reader.str()?);
    }
    Ok(parts)
}

/// Writes the section. `readings` gives the toneless readings of a Han symbol, the usual one first; `alike` the symbols
/// that look like it.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(
    alphabet: &Alphabet,
    readings: impl Fn(Symbol) -> Vec<String>,
    alike: impl Fn(Symbol) -> Vec<Symbol>,
) -> Result<Section, Error> {
    let all: Vec<(Symbol, Vec<String>)> = han(alphabet).map(|symbol| (symbol, readings(symbol))).collect();
    let split: Vec<(&str, &str)> =
        all.iter().flat_map(|(_, readings)| readings.iter().take(255)).map(|syllable| split(syllable)).collect();
    let mut out = Vec::new();
    let initials = put_parts(&mut out, split.iter().map(|parts| parts.0))?;
    let finals = put_parts(&mut out, split.iter().map(|parts| parts.1))?;
    out.extend(all.iter().map(|(_, readings)| readings.len().min(255) as u8));
    out.extend(split.iter().map(|parts| initials[parts.0]));
    out.extend(split.iter().map(|parts| finals[parts.1]));
    let mut pairs: Vec<(Symbol, Symbol)> = all
        .iter()
        .flat_map(|&(symbol, _)| alike(symbol).into_iter().map(move |other| (symbol.min(other), symbol.max(other))))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    varint::put(&mut out, pairs.len() as u32);
    let mut last = 0;
    for (a, b) in pairs {
        varint::put(&mut out, u32::from(a.0) - last);
        varint::put(&mut out, u32::from(b.0));
        last = u32::from(a.0);
    }
    Ok(Section { section: SECTION, piece: 0, bytes: out })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn comes_back(readings in proptest::collection::vec(proptest::collection::vec("[a-z]{1,6}", 0..4), 0..60), pairs in proptest::collection::btree_set((0u16..60, 0u16..60), 0..9)) {
            let entries: Vec<alphabet::Entry> = (0..readings.len() as u32)
                .map(|n| alphabet::Entry { members: vec![char::from_u32(0x4e00 + n).unwrap()], aliases: vec![] })
                .collect();
            let alphabet = Alphabet::read(&alphabet::write(&entries).unwrap().bytes).unwrap();
            let at = |symbol: Symbol| usize::from(symbol.0) - 1;
            let alike = |a: Symbol| -> Vec<Symbol> {
                pairs.iter().filter(|p| usize::from(p.0) == at(a) && usize::from(p.1) < readings.len()).map(|p| Symbol(p.1 + 1)).collect()
            };
            let section = write(&alphabet, |symbol| readings[at(symbol)].clone(), alike).unwrap();
            let read = Readings::read(&section.bytes, &alphabet).unwrap();
            for (n, syllable) in read.syllables().iter().enumerate() {
                let expected: Vec<Symbol> = han(&alphabet)
                    .flat_map(|symbol| readings[at(symbol)].iter().filter(|other| ***other == **syllable).map(move |_| symbol))
                    .collect();
                prop_assert_eq!(read.holders(n), expected);
            }
            for symbol in han(&alphabet) {
                prop_assert_eq!(read.of(symbol).collect::<Vec<_>>(), readings[at(symbol)].iter().map(String::as_str).collect::<Vec<_>>());
                for other in han(&alphabet) {
                    let alike = alike(symbol).contains(&other) || alike(other).contains(&symbol);
                    prop_assert_eq!(read.alike(symbol, other), alike);
                }
            }
        }
    }
}

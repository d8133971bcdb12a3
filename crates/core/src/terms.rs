//! The term dictionary: an `fst::Map` from keys to term numbers, which is what queries run on.
//!
//! A key is the folded form of a term, one code a character ([`crate::alphabet`]). A term that stands in pages in another
//! form than its folded one (`GDP` for `gdp`) has a key of its own: the folded form, a separator, and for each character
//! which member of its symbol it is. So all forms of a word are neighbours in the dictionary, a word is found in one walk
//! whatever its case, and the text comes back as it was.
//!
//! A term's number is its rank in the order of keys. A second small section holds, for each term, the power of two of its
//! count: it orders the codes of the token stream ([`crate::stream`]) and weighs words where a query is segmented.

use crate::Error;
use crate::alphabet::{Alphabet, SEPARATOR};
use crate::container::Section;
use crate::ids::{Symbol, TermId};
use crate::scan::scan;
use fst::raw::Node;
use std::borrow::Cow;

/// The number of the section that holds the fst.
pub const SECTION: u16 = 2;
/// The number of the section that holds the count classes.
pub const CLASSES: u16 = 3;
/// The highest count class: counts have 32 bits.
const MAX_CLASS: u8 = 31;
/// The most characters a term has; the indexer cuts longer words.
pub const MAX_CHARS: usize = 64;

/// The dictionary, ready for use.
#[derive(Debug, Clone)]
pub struct Terms {
    map: fst::Map<Cow<'static, [u8]>>,
    columns: Columns,
    classes: Vec<u8>,
}

/// The terms as they are spelled.
#[derive(Debug, Clone, Default)]
struct Columns {
    /// Folded forms, one behind the other, and where each starts.
    symbols: Vec<Symbol>,
    starts: Vec<u32>,
    /// Which members the characters of a term are, trailing zeros left out, and where each starts.
    members: Vec<u8>,
    member_starts: Vec<u32>,
}

/// All terms with one folded form: a range of term numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// The first of them.
    pub first: TermId,
    /// One behind the last of them.
    pub end: TermId,
}

impl Terms {
    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// The folded form of a term.
    pub fn folded(&self, term: TermId) -> &[Symbol] {
        let at = term.0 as usize;
        let Columns { symbols, starts, .. } = &self.columns;
        &symbols[starts[at] as usize..starts[at + 1] as usize]
    }

    /// Calls `found` with every term that holds `needle`, and where in it: the number of symbols before it. Ascending.
    pub fn holding(&self, needle: &[Symbol], mut found: impl FnMut(TermId, u32)) {
        let Columns { symbols, starts, .. } = &self.columns;
        let mut term = 0;
        scan(symbols, needle, |at| {
            while starts[term + 1] as usize <= at {
                term += 1;
            }
            if at + needle.len() <= starts[term + 1] as usize {
                found(TermId(term as u32), at as u32 - starts[term]);
            }
        });
    }

    /// The characters of a term as they stand in pages, each with its symbol.
    pub fn chars<'a>(&'a self, term: TermId, alphabet: &'a Alphabet) -> impl Iterator<Item = (Symbol, char)> + 'a {
        let mut chars = Vec::new();
        self.spell(term, alphabet, &mut chars);
        chars.into_iter()
    }

    /// Appends what [`Terms::chars`] gives.
    #[inline(never)]
    pub(crate) fn spell(&self, term: TermId, alphabet: &Alphabet, out: &mut Vec<(Symbol, char)>) {
        let members = self.members(term);
        for (n, &symbol) in self.folded(term).iter().enumerate() {
            out.push((symbol, alphabet.member(symbol, members.get(n).copied().unwrap_or(0))));
        }
    }

    /// Which member of its symbol each character of a term is; what is left out at the end is 0.
    pub fn members(&self, term: TermId) -> &[u8] {
        let at = term.0 as usize;
        let Columns { members, member_starts, .. } = &self.columns;
        &members[member_starts[at] as usize..member_starts[at + 1] as usize]
    }

    /// The whole number below the binary logarithm of how often a term occurs.
    pub fn class(&self, term: TermId) -> u8 {
        self.classes[term.0 as usize]
    }

    /// The classes of all terms, in the order of their numbers.
    pub fn classes(&self) -> &[u8] {
        &self.classes
    }

    /// The first term number from `start` whose folded form differs from that of `start`, or the number of terms.
    fn group_end(&self, start: u32) -> u32 {
        let form = self.folded(TermId(start));
        (start + 1..self.len() as u32).find(|&next| self.folded(TermId(next)) != form).unwrap_or(self.len() as u32)
    }

    /// Calls `found` with the length (in symbols) and the terms of every word of the dictionary that `text` starts
    /// with, shortest first.
    pub fn words_at(&self, text: &[Symbol], alphabet: &Alphabet, mut found: impl FnMut(usize, Group)) {
        let mut walk = Walk::new(self);
        for (at, &symbol) in text.iter().enumerate() {
            if !walk.step(symbol, alphabet) {
                return;
            }
            if walk.is_word() {
                found(at + 1, self.group(TermId(walk.first())));
            }
        }
    }

    /// The terms whose folded form is `form`, if there are any.
    pub fn get(&self, form: &[Symbol], alphabet: &Alphabet) -> Option<Group> {
        let mut walk = Walk::new(self);
        let there = !form.is_empty() && form.iter().all(|&symbol| walk.step(symbol, alphabet)) && walk.is_word();
        there.then(|| self.group(TermId(walk.first())))
    }

    /// The terms whose folded form starts with `prefix`: a range, empty if there is none.
    pub fn with_prefix(&self, prefix: &[Symbol], alphabet: &Alphabet) -> Group {
        let mut walk = Walk::new(self);
        if prefix.iter().all(|&symbol| walk.step(symbol, alphabet)) && !self.is_empty() {
            Group { first: TermId(walk.first()), end: TermId(walk.last() + 1) }
        } else {
            Group { first: TermId(0), end: TermId(0) }
        }
    }

    /// The terms with the folded form of `first`, the first of them.
    pub fn group(&self, first: TermId) -> Group {
        Group { first, end: TermId(self.group_end(first.0)) }
    }

    /// Reads both sections and enumerates the dictionary once, so that terms can be spelled by their number.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when keys are not of the alphabet or numbers are not ranks.
    pub fn read(fst: Cow<'static, [u8]>, classes: &[u8], alphabet: &Alphabet) -> Result<Terms, Error> {
        let corrupt = Error::Corrupt { section: SECTION };
        check_ends(&fst, classes.len()).ok_or(corrupt)?;
        let map = fst::Map::new(fst).map_err(|_| corrupt)?;
        let (mut columns, mut key) = (Columns::default(), Vec::new());
        if classes.iter().any(|&class| class > MAX_CLASS) {
            return Err(Error::Corrupt { section: CLASSES });
        }
        columns.start();
        let root = map.as_fst().root().addr();
        enumerate(map.as_fst(), &mut key, root, 0, &mut |key, first, is_key| {
            let next = columns.starts.len() - 1;
            if first != next as u64 {
                None
            } else if is_key {
                columns.add(key, alphabet).filter(|()| next < classes.len())
            } else {
                Some(())
            }
        })
        .filter(|()| columns.starts.len() == classes.len() + 1)
        .ok_or(corrupt)?;
        Ok(Terms { map, columns, classes: classes.to_vec() })
    }
}

impl Columns {
    /// Where the next term starts, after the terms so far.
    fn start(&mut self) {
        self.starts.push(self.symbols.len() as u32);
        self.member_starts.push(self.members.len() as u32);
    }

    /// Adds the term of a key to the columns.
    fn add(&mut self, mut key: &[u8], alphabet: &Alphabet) -> Option<()> {
        let before = self.symbols.len();
        while let Some((symbol, rest)) = alphabet.take_code(key) {
            self.symbols.push(symbol);
            key = rest;
        }
        if let Some((&SEPARATOR, members)) = key.split_first() {
            self.members.extend(members.iter().map(|&member| member.wrapping_sub(1)));
            key = &[];
        }
        let len = self.symbols.len() - before;
        self.start();
        (key.is_empty() && (1..=MAX_CHARS).contains(&len)).then_some(())
    }
}

/// The length of what stands before the nodes of an fst: its version and type.
const FST_HEAD: usize = 16;

/// Checks what the fst crate takes on trust when it opens an fst: the version (3, which it writes), the number of keys,
/// and the root. These stand at the ends; the numbers have 64 bits.
fn check_ends(fst: &[u8], keys: usize) -> Option<()> {
    let (head, rest) = fst.split_first_chunk::<8>()?;
    let (_, tail) = rest.split_last_chunk::<20>()?;
    let (stated, tail) = tail.split_first_chunk::<8>()?;
    let root = usize::try_from(u64::from_le_bytes(*tail.first_chunk()?)).ok()?;
    let fits = u64::from_le_bytes(*head) == 3 && u64::from_le_bytes(*stated) == keys as u64;
    if fits && fst.len() >= FST_HEAD + 20 && keys < u32::MAX as usize { check_node(fst, root) } else { None }
}

/// Checks that a node lies within the fst and leads to smaller addresses only, which the fst crate takes on trust too.
/// The layout is that of its module `raw::node`; bytes stand before the address, in the order in which they are met here.
fn check_node(fst: &[u8], addr: usize) -> Option<()> {
    if addr == 0 {
        return Some(());
    }
    let state = *fst.get(addr)?;
    let small = usize::from(state & 0x3f);
    let mut end = addr - usize::from(small == 0);
    let mut one = 1;
    if state < 0x80 {
        one = match (small, fst[end]) {
            (0, 1) => 256,
            (0, stated) => usize::from(stated),
            _ => small,
        };
    }
    if state < 0xc0 {
        end = end.checked_sub(1)?;
        let (address_len, output_len) = (usize::from(fst[end] >> 4), usize::from(fst[end] & 15));
        if address_len > 4 || output_len > 8 || address_len == 0 && one > 0 {
            return None;
        }
        if state < 0x80 {
            end = end.checked_sub(one + if one > 32 { 256 } else { 0 })?;
        }
        let addresses = end;
        end = end.checked_sub(one * (address_len + output_len))?;
        if state & 0xc0 == 0x40 {
            end = end.checked_sub(output_len)?;
        }
        for at in 1..=one {
            let start = addresses - at * address_len;
            let distance =
                fst[start..start + address_len].iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
            if distance > end {
                return None;
            }
        }
    }
    (end >= FST_HEAD).then_some(())
}

/// What [`enumerate`] calls.
type Visit<'v> = dyn FnMut(&[u8], u64, bool) -> Option<()> + 'v;

/// Visits every node in the order of keys, with the key so far, the number of the first key from there on, and whether the
/// key so far is one. `None` if `visit` says so, and for nodes that cannot be.
///
/// Keys are at most `2 * MAX_CHARS + 1 + MAX_CHARS` bytes long, which bounds the depth; every way ends in a key.
fn enumerate(
    fst: &fst::raw::Fst<Cow<'static, [u8]>>,
    key: &mut Vec<u8>,
    addr: fst::raw::CompiledAddr,
    sum: u64,
    visit: &mut Visit<'_>,
) -> Option<()> {
    check_node(fst.as_bytes(), addr)?;
    let node = fst.node(addr);
    let dead = node.is_empty() && !node.is_final() && !key.is_empty();
    if dead || key.len() > 3 * MAX_CHARS + 1 || !node.final_output().is_zero() {
        return None;
    }
    visit(key, sum, node.is_final())?;
    for at in 0..node.len() {
        let transition = node.transition(at);
        key.push(transition.inp);
        enumerate(fst, key, transition.addr, sum.wrapping_add(transition.out.value()), visit)?;
        key.pop();
    }
    Some(())
}

/// A walk through the fst, one symbol at a time.
///
/// Term numbers are ranks, and an fst puts the part that outputs have in common as near to the root as possible: so the
/// outputs met on the way add up to the number of the first key below.
struct Walk<'a> {
    fst: &'a fst::raw::Fst<Cow<'static, [u8]>>,
    node: Node<'a>,
    sum: u64,
}

impl<'a> Walk<'a> {
    fn new(terms: &'a Terms) -> Self {
        let fst = terms.map.as_fst();
        Walk { fst, node: fst.root(), sum: 0 }
    }

    /// Goes on by one symbol; false if no key goes on so.
    fn step(&mut self, symbol: Symbol, alphabet: &Alphabet) -> bool {
        if !(1..=alphabet.len()).contains(&usize::from(symbol.0)) {
            return false;
        }
        let mut code = Vec::with_capacity(2);
        alphabet.put_code(symbol, &mut code);
        code.iter().all(|&byte| self.byte(byte))
    }

    fn byte(&mut self, byte: u8) -> bool {
        let Some(at) = self.node.find_input(byte) else { return false };
        let transition = self.node.transition(at);
        self.sum = self.sum.wrapping_add(transition.out.value());
        self.node = self.fst.node(transition.addr);
        true
    }

    /// Whether a term has the folded form walked so far.
    fn is_word(&self) -> bool {
        self.node.is_final() || self.node.find_input(SEPARATOR).is_some()
    }

    fn first(&self) -> u32 {
        self.sum as u32
    }

    /// The number of the last key below.
    fn last(&self) -> u32 {
        let (mut node, mut sum) = (self.node, self.sum);
        while let Some(at) = node.len().checked_sub(1) {
            let transition = node.transition(at);
            sum = sum.wrapping_add(transition.out.value());
            node = self.fst.node(transition.addr);
        }
        sum.wrapping_add(node.final_output().value()) as u32
    }
}

/// A term to be written: its key and how often it occurs (at least once).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// See [`key`].
    pub key: Vec<u8>,
    /// Occurrences in the corpus.
    pub count: u32,
}

/// The key of a term, given the symbol and member number of each of its characters.
pub fn key(chars: &[(Symbol, u8)], alphabet: &Alphabet) -> Vec<u8> {
    let mut key = Vec::with_capacity(chars.len() * 2);
    for &(symbol, _) in chars {
        alphabet.put_code(symbol, &mut key);
    }
    let used = chars.iter().rposition(|&(_, member)| member > 0).map_or(0, |last| last + 1);
    if used > 0 {
        key.push(SEPARATOR);
        key.extend(chars[..used].iter().map(|&(_, member)| member + 1));
    }
    key
}

/// Writes the two sections; `entries` are ascending by key, without repetition.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(entries: &[Entry]) -> Result<[Section; 2], Error> {
    let mut builder = fst::MapBuilder::memory();
    for (number, entry) in entries.iter().enumerate() {
        builder.insert(&entry.key, number as u64).map_err(|_| Error::TooLarge)?;
    }
    let fst = builder.into_inner().map_err(|_| Error::TooLarge)?;
    let classes = entries.iter().map(|entry| entry.count.max(1).ilog2() as u8).collect();
    Ok([Section { section: SECTION, piece: 0, bytes: fst }, Section { section: CLASSES, piece: 0, bytes: classes }])
}

/// The terms in the order of their stream codes: the most frequent class first, inside a class by number.
pub fn by_class(classes: &[u8]) -> Vec<TermId> {
    let mut order = Vec::with_capacity(classes.len());
    for wanted in (0..=MAX_CLASS).rev() {
        for (number, &class) in classes.iter().enumerate() {
            if class == wanted {
                order.push(TermId(number as u32));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// An alphabet of `symbols` symbols, each with the members c and C-like c + 10,000.
    fn alphabet_of(symbols: u32) -> Alphabet {
        let char_at = |n: u32| char::from_u32(0x4e00 + n).unwrap();
        let entries: Vec<alphabet::Entry> = (0..symbols)
            .map(|n| alphabet::Entry { members: vec![char_at(n), char_at(n + 10_000)], aliases: vec![] })
            .collect();
        Alphabet::read(&alphabet::write(&entries).unwrap().bytes).unwrap()
    }

    proptest! {
        #[test]
        fn changed_bytes_are_read_or_refused(
            words in proptest::collection::btree_set(proptest::collection::vec(1u16..90, 1..4), 1..200),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let alphabet = alphabet_of(90);
            let chars = |word: &Vec<u16>| word.iter().map(|&n| (Symbol(n), 0)).collect::<Vec<_>>();
            let mut entries: Vec<Entry> =
                words.iter().map(|word| Entry { key: key(&chars(word), &alphabet), count: 1 }).collect();
            entries.sort();
            let [mut fst, classes] = write(&entries).unwrap();
            for (at, byte) in changes {
                let at = at.index(fst.bytes.len());
                fst.bytes[at] = byte;
            }
            if let Ok(terms) = Terms::read(Cow::Owned(fst.bytes), &classes.bytes, &alphabet) {
                for word in &words {
                    let symbols: Vec<Symbol> = word.iter().map(|&n| Symbol(n)).collect();
                    terms.with_prefix(&symbols, &alphabet);
                    terms.words_at(&symbols, &alphabet, |_, _| {});
                }
            }
        }

        #[test]
        fn dictionary_agrees_with_a_set(
            symbols in 1u32..700,
            words in proptest::collection::btree_set(proptest::collection::vec((1u16..700, 0u8..2), 1..5), 1..60),
            probe in proptest::collection::vec(1u16..700, 0..6),
        ) {
            let alphabet = alphabet_of(symbols);
            let clamp = |n: u16| Symbol((n - 1) % symbols as u16 + 1);
            let words: BTreeSet<Vec<(Symbol, u8)>> =
                words.iter().map(|w| w.iter().map(|&(n, m)| (clamp(n), m)).collect()).collect();
            let mut entries: Vec<(Entry, &Vec<(Symbol, u8)>)> =
                words.iter().map(|w| (Entry { key: key(w, &alphabet), count: w.len() as u32 }, w)).collect();
            entries.sort();
            let plain: Vec<Entry> = entries.iter().map(|e| e.0.clone()).collect();
            let [fst, classes] = write(&plain).unwrap();
            let terms = Terms::read(Cow::Owned(fst.bytes), &classes.bytes, &alphabet).unwrap();
            prop_assert_eq!(terms.len(), words.len());
            for (number, (_, word)) in entries.iter().enumerate() {
                let spelled: Vec<(Symbol, char)> = terms.chars(TermId(number as u32), &alphabet).collect();
                let expected: Vec<(Symbol, char)> =
                    word.iter().map(|&(s, m)| (s, alphabet.member(s, m))).collect();
                prop_assert_eq!(spelled, expected);
            }
            let first = entries[0].1.iter().map(|&(s, _)| s);
            for probe in [probe.iter().map(|&n| clamp(n)).collect::<Vec<_>>(), first.collect()] {
                let folded = |n: usize| terms.folded(TermId(n as u32));
                let expected: Vec<u32> =
                    (0..terms.len()).filter(|&n| folded(n).starts_with(&probe)).map(|n| n as u32).collect();
                let group = terms.with_prefix(&probe, &alphabet);
                prop_assert_eq!((group.first.0..group.end.0).collect::<Vec<_>>(), expected);
                let mut found = Vec::new();
                terms.words_at(&probe, &alphabet, |len, group| found.push((len, group)));
                let mut expected = Vec::new();
                for len in 1..=probe.len() {
                    let same: Vec<u32> =
                        (0..terms.len()).filter(|&n| folded(n) == &probe[..len]).map(|n| n as u32).collect();
                    if let (Some(first), Some(last)) = (same.first(), same.last()) {
                        expected.push((len, Group { first: TermId(*first), end: TermId(last + 1) }));
                    }
                }
                prop_assert_eq!(terms.get(&probe, &alphabet), found.iter().find(|f| f.0 == probe.len()).map(|f| f.1));
                prop_assert_eq!(found, expected);
            }
        }
    }
}

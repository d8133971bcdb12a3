//! The term dictionary: an `fst::Map` over recoded keys, which is what queries run on.
//!
//! Keys are described in [`crate::spelling`]. A term's number is the rank of its key. It is not stored: an fst with ranks as
//! values is larger by a fifth, and all they say is how many keys come before. Numbers are counted when the dictionary is
//! read, and kept for each transition; so all values of the map are 0.

use crate::Error;
use crate::alphabet::{Alphabet, SEPARATOR};
use crate::container::Section;
use crate::ids::{Symbol, TermId};
use crate::nodes::{Fst, Node};
use crate::postings::Postings;
use crate::spelling::{MAX_CHARS, Spellings};
use std::borrow::Cow;

/// The number of the section that holds the fst.
pub const SECTION: u16 = 2;

/// The dictionary, ready for use.
#[derive(Debug, Clone)]
pub struct Terms {
    fst: Fst,
    spellings: Spellings,
    /// For each symbol, in place of a term, where it stands in terms: the number of the term times [`MAX_CHARS`], plus the
    /// number of symbols before it.
    places: Postings,
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
        self.spellings.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The folded form of a term.
    pub fn folded(&self, term: TermId) -> &[Symbol] {
        self.spellings.folded(term)
    }

    /// The folded forms of all terms, one behind the other.
    pub fn forms(&self) -> &[Symbol] {
        &self.spellings.symbols
    }

    /// Where in [`Terms::forms`] a term stands.
    pub fn form_range(&self, term: TermId) -> core::ops::Range<usize> {
        let (at, starts) = (term.0 as usize, &self.spellings.starts);
        starts[at] as usize..starts[at + 1] as usize
    }

    /// Where in [`Terms::forms`] each term ends.
    pub fn form_ends(&self) -> &[u32] {
        &self.spellings.starts[1..]
    }

    /// Calls `found` with every place at which a symbol stands in a term: the term, and the number of symbols before it.
    /// Ascending.
    pub fn holding(&self, symbol: Symbol, mut found: impl FnMut(TermId, u32)) {
        for &place in self.places.of(TermId(symbol.0.into())) {
            found(TermId(place / MAX_CHARS as u32), place % MAX_CHARS as u32);
        }
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
        self.spellings.members(term)
    }

    /// The first term number from `start` whose folded form differs from that of `start`, or the number of terms.
    fn group_end(&self, start: u32) -> u32 {
        let form = self.folded(TermId(start));
        (start + 1..self.len() as u32).find(|&next| self.folded(TermId(next)) != form).unwrap_or(self.len() as u32)
    }

    /// Calls `found` with the length (in symbols) and the terms of every word of the dictionary that `text` starts
    /// with, shortest first.
    pub fn words_at(&self, text: &[Symbol], alphabet: &Alphabet, mut found: impl FnMut(usize, Group)) {
        #[cfg(feature = "cut")]
        if self.fst.is_empty() {
            for len in 1..=text.len().min(MAX_CHARS) {
                if let Some(group) = self.get(&text[..len], alphabet) {
                    found(len, group);
                }
            }
            return;
        }
        let mut walk = Walk::new(self);
        for (at, &symbol) in text.iter().enumerate() {
            if !walk.step(symbol, alphabet) {
                return;
            }
            if walk.is_word() {
                found(at + 1, self.group(TermId(walk.first)));
            }
        }
    }

    /// The terms whose folded form is `form`, if there are any.
    pub fn get(&self, form: &[Symbol], alphabet: &Alphabet) -> Option<Group> {
        #[cfg(feature = "cut")]
        if self.fst.is_empty() {
            let first = self.first_from(form);
            let there = !form.is_empty() && (first as usize) < self.len() && self.folded(TermId(first)) == form;
            return there.then(|| self.group(TermId(first)));
        }
        let mut walk = Walk::new(self);
        let there = !form.is_empty() && form.iter().all(|&symbol| walk.step(symbol, alphabet)) && walk.is_word();
        there.then(|| self.group(TermId(walk.first)))
    }

    /// The terms whose folded form starts with `prefix`: a range, empty if there is none.
    pub fn with_prefix(&self, prefix: &[Symbol], alphabet: &Alphabet) -> Group {
        #[cfg(feature = "cut")]
        if self.fst.is_empty() {
            let first = self.first_from(prefix);
            let goes_on = |term: &u32| self.folded(TermId(*term)).starts_with(prefix);
            let end = first + (first..self.len() as u32).take_while(goes_on).count() as u32;
            return Group { first: TermId(first), end: TermId(end) };
        }
        let mut walk = Walk::new(self);
        if prefix.iter().all(|&symbol| walk.step(symbol, alphabet)) && !self.is_empty() {
            Group { first: TermId(walk.first), end: TermId(walk.end()) }
        } else {
            Group { first: TermId(0), end: TermId(0) }
        }
    }

    /// The terms with the folded form of `first`, the first of them.
    pub fn group(&self, first: TermId) -> Group {
        Group { first, end: TermId(self.group_end(first.0)) }
    }

    /// A dictionary without an fst, of terms in the order of their folded forms, then of their members: for the few words of
    /// the pieces that a query has loaded ([`crate::cut`]). It answers as one with an fst does, by halving.
    #[cfg(feature = "cut")]
    pub fn sorted<'t>(terms: impl Iterator<Item = (&'t [Symbol], &'t [u8])>, alphabet: &Alphabet) -> Terms {
        let spellings = Spellings::of(terms);
        let places = places(&spellings, alphabet.len());
        Terms { fst: Fst::none(), spellings, places }
    }

    /// The first term whose folded form is not before `form`.
    #[cfg(feature = "cut")]
    fn first_from(&self, form: &[Symbol]) -> u32 {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = (low + high) / 2;
            if self.folded(TermId(middle)) < form {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Reads the section and enumerates the dictionary once, so that terms can be spelled by their number. `most` is the
    /// most terms that there can be.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when keys are not of the alphabet, or are too many.
    pub fn read(fst: Cow<'static, [u8]>, alphabet: &Alphabet, most: usize) -> Result<Terms, Error> {
        let corrupt = Error::Corrupt { section: SECTION };
        let fst = Fst::new(fst, SECTION)?;
        let spellings = Spellings::read(&fst, alphabet, most).ok_or(corrupt)?;
        let places = places(&spellings, alphabet.len());
        Ok(Terms { fst, spellings, places })
    }
}

/// [`Terms::places`].
fn places(spellings: &Spellings, alphabet: usize) -> Postings {
    let mut symbols = Vec::with_capacity(spellings.symbols.len());
    for symbol in &spellings.symbols {
        symbols.push(u32::from(symbol.0));
    }
    let mut places = Postings::with_room(&symbols, alphabet + 1);
    for term in 0..spellings.len() as u32 {
        for (place, symbol) in (term * MAX_CHARS as u32..).zip(spellings.folded(TermId(term))) {
            places.place(TermId(symbol.0.into()), place);
        }
    }
    places
}

/// A walk through the fst, one symbol at a time.
struct Walk<'a> {
    terms: &'a Terms,
    node: Option<Node>,
    /// The number of the first key that goes on from here.
    first: u32,
}

impl<'a> Walk<'a> {
    fn new(terms: &'a Terms) -> Self {
        Walk { terms, node: terms.fst.node(terms.fst.root), first: 0 }
    }

    /// Goes on by one symbol; false if no key goes on so.
    fn step(&mut self, symbol: Symbol, alphabet: &Alphabet) -> bool {
        if !(1..=alphabet.len()).contains(&usize::from(symbol.0)) {
            return false;
        }
        let (lead, last) = alphabet.code(symbol);
        (lead == 0 || self.byte(lead).is_some()) && self.byte(last).is_some()
    }

    fn byte(&mut self, byte: u8) -> Option<()> {
        let fst = &self.terms.fst;
        let node = self.node?;
        self.follow(&node, fst.find_input(&node, byte)?)
    }

    fn follow(&mut self, node: &Node, n: usize) -> Option<()> {
        let fst = &self.terms.fst;
        // What comes before the first of a node's transitions is the key that ends there, if any.
        if node.len > 1 || node.is_final {
            self.first += self.terms.spellings.before[node.input_at(n)];
        }
        // Nodes that were made to overlap could add up to anything.
        if self.first as usize >= self.terms.len() {
            return None;
        }
        self.node = fst.node(fst.transition(node, n)?.target);
        Some(())
    }

    /// Whether a term has the folded form walked so far.
    fn is_word(&self) -> bool {
        let separated = |node: Node| self.terms.fst.find_input(&node, SEPARATOR).is_some();
        self.node.is_some_and(|node| node.is_final || separated(node))
    }

    /// One behind the number of the last key that goes on from here.
    fn end(mut self) -> u32 {
        while let Some(node) = self.node
            && let Some(last) = node.len.checked_sub(1)
        {
            if self.follow(&node, last).is_none() {
                break;
            }
        }
        self.first + 1
    }
}

/// Writes the section; `keys` ([`crate::spelling::key`]) are ascending, without repetition.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(keys: &[Vec<u8>]) -> Result<Section, Error> {
    let mut builder = fst::MapBuilder::memory();
    for key in keys {
        builder.insert(key, 0).map_err(|_| Error::TooLarge)?;
    }
    let bytes = builder.into_inner().map_err(|_| Error::TooLarge)?;
    Ok(Section { section: SECTION, piece: 0, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet;
    use crate::spelling::key;
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
            let mut keys: Vec<Vec<u8>> = words.iter().map(|word| key(&chars(word), &alphabet)).collect();
            keys.sort();
            let mut fst = write(&keys).unwrap();
            for (at, byte) in changes {
                let at = at.index(fst.bytes.len());
                fst.bytes[at] = byte;
            }
            if let Ok(terms) = Terms::read(Cow::Owned(fst.bytes), &alphabet, words.len()) {
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
            let mut entries: Vec<_> = words.iter().map(|w| (key(w, &alphabet), w)).collect();
            entries.sort();
            let keys: Vec<Vec<u8>> = entries.iter().map(|e| e.0.clone()).collect();
            let fst = write(&keys).unwrap();
            let terms = Terms::read(Cow::Owned(fst.bytes), &alphabet, words.len()).unwrap();
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

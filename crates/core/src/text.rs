//! The searched text, and finding any string in it.
//!
//! The text of the whole index lies in memory as 16-bit symbols, passages separated by boundaries. All of it comes from the
//! tokens of the stream. So whatever stands in it has each of its symbols in a token: a string is found by going through the
//! postings of the terms that hold its rarest symbol and agree with the string as far as they overlap, inside words and
//! across them alike.

use crate::Index;
use crate::chars::Class;
use crate::ids::{PassageId, Symbol};
use crate::order::{all_merged, below};

/// The searched text of an index.
#[derive(Debug, Clone, Default)]
pub struct Text {
    symbols: Vec<Symbol>,
    /// Where each passage starts; one more entry than there are passages.
    passages: Vec<u32>,
    /// How often each symbol stands in it; never a boundary.
    counts: Vec<u32>,
}

impl Text {
    /// Takes the symbols of all passages, each passage ended by a boundary, and where each passage starts, with the
    /// length of the text as last entry. `alphabet` is the number of symbols of the alphabet.
    pub fn new(symbols: Vec<Symbol>, passages: Vec<u32>, alphabet: usize) -> Text {
        let mut all = vec![0; alphabet + 1];
        let counts = &mut all[..];
        for &Symbol(symbol) in &symbols {
            counts[usize::from(symbol)] += 1;
        }
        counts[0] = 0;
        Text { symbols, passages, counts: all }
    }

    /// How many symbols the text has, boundaries included.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// How many passages there are.
    pub fn passages(&self) -> usize {
        self.passages.len().saturating_sub(1)
    }

    /// Where a passage starts and ends, in symbols; the end includes its boundary.
    pub fn range(&self, passage: PassageId) -> core::ops::Range<u32> {
        self.passages[passage.0 as usize]..self.passages[passage.0 as usize + 1]
    }

    /// The passage that holds a position of the text.
    pub fn passage_at(&self, position: u32) -> PassageId {
        self.passage_from(PassageId(0), position)
    }

    /// The same for a position not before the passage `from`; the nearer it is, the faster.
    pub fn passage_from(&self, from: PassageId, position: u32) -> PassageId {
        let starts = &self.passages[from.0 as usize..];
        let mut reach = 1;
        while starts.get(reach).is_some_and(|&start| start <= position) {
            reach *= 2;
        }
        let end = reach.min(starts.len());
        PassageId(from.0 + (reach / 2 + below(&starts[reach / 2..end], position + 1)) as u32 - 1)
    }

    /// The symbol at a position; a boundary outside the text.
    pub fn symbol(&self, position: u32) -> Symbol {
        self.symbols.get(position as usize).copied().unwrap_or(Symbol::BOUNDARY)
    }

    /// Whether `needle` stands at `position`.
    pub fn stands_at(&self, needle: &[Symbol], position: u32) -> bool {
        self.symbols.get(position as usize..).is_some_and(|rest| rest.starts_with(needle))
    }
}

impl Index {
    /// Every position of the searched text at which `needle` stands, ascending. Nothing for an empty needle, and for one
    /// that holds a boundary or a symbol that the text does not have.
    pub fn find(&self, needle: &[Symbol]) -> Vec<u32> {
        let (mut rare, mut least) = (0, u32::MAX);
        for (at, &symbol) in needle.iter().enumerate() {
            let count = self.text.counts.get(usize::from(symbol.0)).copied().unwrap_or(0);
            // Of a run of blanks one is left, which is not where its token says.
            if count < least && (count == 0 || self.alphabet.class(symbol) != Class::Blank) {
                (rare, least) = (at, count);
            }
        }
        if least == 0 || least == u32::MAX {
            return Vec::new();
        }
        // What each term gives is ascending.
        let mut runs = Vec::new();
        self.terms.holding(needle[rare], |term, before| {
            let (form, at) = (self.terms.folded(term), before as usize);
            let mut overlap = form[at.saturating_sub(rare)..].iter().zip(&needle[rare.saturating_sub(at)..]);
            if overlap.all(|(a, b)| a == b) {
                let mut run = Vec::new();
                for &start in self.postings.of(term) {
                    let at = (start + before).wrapping_sub(rare as u32);
                    if self.text.stands_at(needle, at) {
                        run.push(at);
                    }
                }
                runs.push(run);
            }
        });
        let (mut run, mut from) = (Vec::new(), 0);
        for range in &self.irregular {
            for at in range.start.saturating_sub(needle.len() as u32).max(from)..range.end {
                if self.text.stands_at(needle, at) {
                    run.push(at);
                }
            }
            from = range.end;
        }
        runs.push(run);
        all_merged(runs)
    }
}

/// A set of numbers below a fixed limit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// An empty set of numbers below `limit`.
    pub fn new(limit: usize) -> Bits {
        Bits(vec![0; limit.div_ceil(64)])
    }

    /// A set of numbers below `limit`.
    #[inline(never)]
    pub(crate) fn of(limit: usize, numbers: &[u32]) -> Bits {
        let mut bits = Bits::new(limit);
        for &number in numbers {
            bits.set(number);
        }
        bits
    }

    /// Adds a number; numbers from the limit on are left out.
    #[inline(always)]
    pub fn set(&mut self, at: u32) {
        if let Some(word) = self.0.get_mut(at as usize / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Whether a number is in the set.
    pub fn has(&self, at: u32) -> bool {
        self.0.get(at as usize / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// The numbers in the set, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let mut all = Vec::new();
        for (at, &word) in self.0.iter().enumerate() {
            let mut rest = word;
            while rest != 0 {
                all.push(at as u32 * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        all.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_look_at_every_place_finds(
            passages in proptest::collection::vec(
                proptest::collection::vec("[国际ab]{1,4}|[国际ab]{1,4}|[国a\u{ad} ]{2,4}|[ ,]|\n", 0..12), 1..6,
            ),
            from: prop::sample::Index,
            len in 0usize..12,
            other in proptest::collection::vec(0u16..9, 0..4),
        ) {
            let index = testing::index(&[passages]);
            let text: Vec<Symbol> = (0..index.text.len() as u32).map(|at| index.text.symbol(at)).collect();
            let from = if text.is_empty() { 0 } else { from.index(text.len()) };
            let cut: Vec<Symbol> = text[from..].iter().take(len).copied().collect();
            for needle in [cut, other.into_iter().map(Symbol).collect()] {
                let blank = |symbol: &Symbol| index.alphabet.class(*symbol) == Class::Blank;
                if needle.contains(&Symbol::BOUNDARY) || needle.iter().all(blank) {
                    prop_assert!(index.find(&needle).is_empty());
                    continue;
                }
                let expected = (0..text.len()).filter(|&at| text[at..].starts_with(&needle)).map(|at| at as u32);
                prop_assert_eq!(index.find(&needle), expected.collect::<Vec<_>>());
            }
        }
    }
}

//! The searched text, and finding any string in it.
//!
//! The text of the whole index lies in memory as 16-bit symbols, passages separated by boundaries. It is divided into
//! blocks of 512 symbols; for each symbol a row of bits says which blocks hold it. A search intersects the rows of the
//! string's symbols and then looks only there, for the two rarest of them at their distance, many places at a time: the
//! loop in [`pairs`] compiles to vector instructions where the target has them.

use crate::ids::{PassageId, Symbol};

/// Symbols in a block.
const BLOCK: usize = 512;
/// By how many symbols of a string, besides the two rarest, the blocks to look in are narrowed: more hardly help.
const MAX_NARROWING: usize = 6;
/// The rarest symbols are looked for among so many at the beginning of a needle.
const MAX_COMPARED: usize = 64;
/// Symbols that are compared at once.
const LANES: usize = 32;

/// The searched text of an index.
#[derive(Debug, Clone, Default)]
pub struct Text {
    symbols: Vec<Symbol>,
    /// Where each passage starts; one more entry than there are passages.
    passages: Vec<u32>,
    /// The blocks that hold each symbol, a bit a block: so many words for each symbol.
    blocks: Vec<u64>,
    words: usize,
}

impl Text {
    /// Takes the symbols of all passages, each passage ended by a boundary, and where each passage starts, with the
    /// length of the text as last entry. `alphabet` is the number of symbols of the alphabet.
    pub fn new(symbols: Vec<Symbol>, passages: Vec<u32>, alphabet: usize) -> Text {
        let words = symbols.len().div_ceil(64 * BLOCK);
        let mut all = vec![0; (alphabet + 1) * words];
        let blocks = &mut all[..];
        for (block, part) in symbols.chunks(BLOCK).enumerate() {
            let (word, bit) = (block / 64, 1u64 << (block % 64));
            for &Symbol(symbol) in part {
                blocks[usize::from(symbol) * words + word] |= bit;
            }
        }
        // Boundaries match nothing.
        blocks[..words].fill(0);
        Text { symbols, passages, blocks: all, words }
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
        PassageId(self.passages.partition_point(|&start| start <= position) as u32 - 1)
    }

    /// The symbol at a position; a boundary outside the text.
    pub fn symbol(&self, position: u32) -> Symbol {
        self.symbols.get(position as usize).copied().unwrap_or(Symbol::BOUNDARY)
    }

    /// Whether `needle` stands at `position`.
    pub fn stands_at(&self, needle: &[Symbol], position: u32) -> bool {
        self.symbols.get(position as usize..).is_some_and(|rest| rest.starts_with(needle))
    }

    /// Every position at which `needle` stands, ascending. Nothing for an empty needle, and for one that holds a
    /// boundary or a symbol that the text does not have.
    pub fn find(&self, needle: &[Symbol]) -> Vec<u32> {
        let mut found = Vec::new();
        let Some((rare, second)) = self.rarest(needle) else { return found };
        let mut blocks = self.blocks_of(needle[rare]).to_vec();
        // The symbols of a longer needle may lie further apart.
        if needle.len() <= BLOCK {
            keep_near(&mut blocks, self.blocks_of(needle[second]));
            for &symbol in needle.iter().take(MAX_NARROWING) {
                keep_near(&mut blocks, self.blocks_of(symbol));
            }
        }
        for block in Bits(blocks).iter() {
            // Where the needle may start so that its rarest symbol stands in this block, and the pair is in the text.
            let from = (block as usize * BLOCK).saturating_sub(rare);
            let to =
                ((block as usize + 1) * BLOCK).saturating_sub(rare).min(self.len().saturating_sub(rare.max(second)));
            let Some(len) = to.checked_sub(from) else { continue };
            let column = |at: usize| &self.symbols[from + at..from + at + len];
            pairs(column(rare), needle[rare], column(second), needle[second], &mut |offset| {
                let position = (from + offset) as u32;
                if self.stands_at(needle, position) {
                    found.push(position);
                }
            });
        }
        found
    }

    /// Where the rarest symbol of a needle is in it, and the rarest of the others, the same if there is none. `None` if
    /// there is no symbol at all, or one that the text does not have.
    fn rarest(&self, needle: &[Symbol]) -> Option<(usize, usize)> {
        let (mut rare, mut second) = ((u32::MAX, 0), (u32::MAX, 0));
        for (at, symbol) in needle.iter().take(MAX_COMPARED).enumerate() {
            let mut count = 0;
            for word in self.blocks_of(*symbol) {
                count += word.count_ones();
            }
            if count == 0 {
                return None;
            }
            if count < rare.0 {
                (rare, second) = ((count, at), rare);
            } else if count < second.0 {
                second = (count, at);
            }
        }
        match needle.len() {
            0 => None,
            1 => Some((0, 0)),
            _ => Some((rare.1, second.1)),
        }
    }

    /// The blocks that hold a symbol, as bits; nothing for a symbol outside the alphabet.
    fn blocks_of(&self, symbol: Symbol) -> &[u64] {
        let start = usize::from(symbol.0) * self.words;
        self.blocks.get(start..start + self.words).unwrap_or_default()
    }
}

/// Keeps of `blocks` those in or next to which there is one of `others`.
fn keep_near(blocks: &mut [u64], others: &[u64]) {
    let mut before = 0;
    for (at, block) in blocks.iter_mut().enumerate() {
        let here = others[at];
        let after = others.get(at + 1).map_or(0, |next| next << 63);
        *block &= here | here << 1 | here >> 1 | before >> 63 | after;
        before = here;
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

/// Calls `visit` with every position at which `needle` stands in `text`, ascending: a plain scan for the first and the
/// last symbol of the needle, which must not be empty.
pub fn scan(text: &[Symbol], needle: &[Symbol], mut visit: impl FnMut(usize)) {
    let Some(last) = needle.len().checked_sub(1) else { return };
    let Some(places) = text.len().checked_sub(last) else { return };
    pairs(&text[..places], needle[0], &text[last..], needle[last], &mut |at| {
        if text[at..].starts_with(needle) {
            visit(at);
        }
    });
}

/// Calls `visit` with every offset at which `x` stands in `a` and `y` in `b`, which are equally long.
fn pairs(a: &[Symbol], x: Symbol, b: &[Symbol], y: Symbol, visit: &mut dyn FnMut(usize)) {
    let mut check = |places: core::ops::Range<usize>| {
        for at in places {
            if a[at] == x && b[at] == y {
                visit(at);
            }
        }
    };
    let (a_lanes, b_lanes) = (a.as_chunks::<LANES>().0, b.as_chunks::<LANES>().0);
    for (chunk, (a, b)) in a_lanes.iter().zip(b_lanes).enumerate() {
        let mut any = 0u16;
        for lane in 0..LANES {
            any |= u16::from(a[lane] == x) & u16::from(b[lane] == y);
        }
        if any != 0 {
            check(chunk * LANES..(chunk + 1) * LANES);
        }
    }
    check(a_lanes.len() * LANES..a.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The obvious twin of [`Text::find`].
    fn find_slowly(text: &[Symbol], needle: &[Symbol]) -> Vec<u32> {
        if needle.is_empty() || needle.contains(&Symbol::BOUNDARY) {
            return Vec::new();
        }
        (0..text.len()).filter(|&at| text[at..].starts_with(needle)).map(|at| at as u32).collect()
    }

    proptest! {
        #[test]
        fn finds_what_the_twin_finds(
            text in proptest::collection::vec(0u16..6, 0..3000),
            rare in proptest::collection::vec((any::<prop::sample::Index>(), 6u16..9), 0..6),
            from: prop::sample::Index,
            len in 0usize..700,
            other in proptest::collection::vec(0u16..11, 0..4),
        ) {
            let mut text = text;
            for (at, symbol) in rare {
                if !text.is_empty() {
                    let at = at.index(text.len());
                    text[at] = symbol;
                }
            }
            let from = if text.is_empty() { 0 } else { from.index(text.len()) };
            let text: Vec<Symbol> = text.into_iter().map(Symbol).collect();
            let cut: Vec<Symbol> = text[from..].iter().take(len).copied().collect();
            let other: Vec<Symbol> = other.into_iter().map(Symbol).collect();
            let searched = Text::new(text.clone(), vec![0, text.len() as u32], 9);
            for needle in [cut.clone(), cut[..cut.len().min(3)].to_vec(), other] {
                prop_assert_eq!(searched.find(&needle), find_slowly(&text, &needle));
                let mut scanned = Vec::new();
                scan(&text, &needle, |at| scanned.push(at as u32));
                if !needle.contains(&Symbol::BOUNDARY) {
                    prop_assert_eq!(scanned, find_slowly(&text, &needle));
                }
            }
        }
    }
}

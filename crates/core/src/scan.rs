//! The searched text, and finding any string in it.
//!
//! The text of the whole index lies in memory as 16-bit symbols, passages separated by boundaries. It is divided into
//! blocks of 512 symbols; for each symbol the blocks that hold it are known. A search intersects the block lists of the
//! string's symbols and then looks only there, for the two rarest of them at their distance, many places at a time: the
//! loop in [`pairs`] compiles to vector instructions where the target has them.

use crate::ids::{PassageId, Symbol};

/// Symbols in a block.
const BLOCK: usize = 512;
/// By how many further symbols the blocks to look in are narrowed: more hardly help.
const MAX_NARROWING: usize = 4;
/// Symbols that are compared at once.
const LANES: usize = 32;

/// The searched text of an index.
#[derive(Debug, Clone, Default)]
pub struct Text {
    symbols: Vec<Symbol>,
    /// Where each passage starts; one more entry than there are passages.
    passages: Vec<u32>,
    /// Where the block list of each symbol starts in `blocks`; one more entry than the largest symbol.
    lists: Vec<u32>,
    blocks: Vec<u32>,
}

impl Text {
    /// Takes the symbols of all passages, each passage ended by a boundary, and where each passage starts, with the
    /// length of the text as last entry. `alphabet` is the number of symbols of the alphabet.
    pub fn new(symbols: Vec<Symbol>, passages: Vec<u32>, alphabet: usize) -> Text {
        let (lists, blocks) = block_lists(&symbols, alphabet);
        Text { symbols, passages, lists, blocks }
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
        let rarity = |at: &usize| self.blocks_of(needle[*at]).len();
        let Some(rare) = (0..needle.len()).min_by_key(rarity) else { return found };
        let second = (0..needle.len()).filter(|&at| at != rare).min_by_key(rarity).unwrap_or(rare);
        let wanted = self.blocks_with_all(needle, needle[rare]);
        for &block in self.blocks_of(needle[rare]) {
            if wanted.as_ref().is_some_and(|bits| !bits.has(block)) {
                continue;
            }
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

    /// The blocks that hold a symbol, ascending; none for a boundary or an unknown symbol.
    fn blocks_of(&self, symbol: Symbol) -> &[u32] {
        let at = usize::from(symbol.0);
        match (self.lists.get(at), self.lists.get(at + 1)) {
            (Some(&start), Some(&end)) if at > 0 => &self.blocks[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Blocks in or next to which all other symbols of `needle` occur; `None` if there is no other symbol, or the
    /// needle is so long that its symbols may lie further apart.
    fn blocks_with_all(&self, needle: &[Symbol], rare: Symbol) -> Option<Bits> {
        if needle.len() > BLOCK || needle.iter().all(|&symbol| symbol == rare) {
            return None;
        }
        let mut others: Vec<Symbol> = Vec::with_capacity(MAX_NARROWING);
        while others.len() < MAX_NARROWING {
            let left = needle.iter().filter(|symbol| **symbol != rare && !others.contains(symbol));
            let Some(&next) = left.min_by_key(|symbol| self.blocks_of(**symbol).len()) else { break };
            others.push(next);
        }
        let blocks = self.symbols.len() / BLOCK + 2;
        let mut all: Option<Bits> = None;
        for symbol in others {
            let mut near = Bits::new(blocks);
            for &block in self.blocks_of(symbol) {
                near.set(block.saturating_sub(1));
                near.set(block);
                near.set(block + 1);
            }
            all = Some(match all {
                Some(bits) => bits.and(&near),
                None => near,
            });
        }
        all
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

    fn and(mut self, other: &Bits) -> Bits {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
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

/// For each symbol the blocks that hold it, by one counting sort.
fn block_lists(symbols: &[Symbol], alphabet: usize) -> (Vec<u32>, Vec<u32>) {
    let mut lists = vec![0u32; alphabet + 2];
    let mut last = vec![u32::MAX; alphabet + 1];
    let mut visit = |found: &mut dyn FnMut(usize, u32)| {
        last.fill(u32::MAX);
        for (block, part) in symbols.chunks(BLOCK).enumerate() {
            for &Symbol(symbol) in part {
                let last = &mut last[usize::from(symbol)];
                if *last != block as u32 {
                    *last = block as u32;
                    found(usize::from(symbol), block as u32);
                }
            }
        }
    };
    visit(&mut |symbol, _| lists[symbol + 1] += 1);
    for at in 1..lists.len() {
        lists[at] += lists[at - 1];
    }
    let mut blocks = vec![0u32; lists.last().map_or(0, |&total| total as usize)];
    let mut next = lists.clone();
    visit(&mut |symbol, block| {
        blocks[next[symbol] as usize] = block;
        next[symbol] += 1;
    });
    (lists, blocks)
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

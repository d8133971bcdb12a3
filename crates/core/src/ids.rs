//! Numbers that must not be mixed up, each a type of its own with a stated range.

/// A page of the index, from 0, in the order in which the corpus was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// A passage (title, heading, paragraph ...), from 0, counted through all pages in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId(pub u32);

/// A term of the dictionary: its rank in the order of its key, from 0. The variants of one folded form
/// (`gdp`, `GDP`) have neighbouring numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// A character after folding: a number from 1 to [`crate::alphabet::MAX_SYMBOLS`] in the index's own alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u16);

impl Symbol {
    /// Stands between passages and in place of line breaks; matches nothing.
    pub const BOUNDARY: Symbol = Symbol(0);
    /// A character of a query that no page of the index holds; matches nothing.
    pub const UNKNOWN: Symbol = Symbol(u16::MAX);
}

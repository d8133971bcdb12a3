//! Where the units of a query stand.
//!
//! The postings say where a unit stands as a word; [`Index::find`] says where else it stands: at the beginning of
//! words, inside them or across them. So a word outweighs an accident, and nothing is missed.

use crate::Index;
use crate::ids::{PageId, PassageId, Symbol};
use crate::index::Field;

/// How well an occurrence fits the words of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Within a word or across words.
    Inside,
    /// The beginning of a word.
    Prefix,
    /// A whole word; or, of a unit that is no word of the index, the beginning of one.
    Word,
}

/// The occurrences of one unit on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnPage {
    /// The page.
    pub page: PageId,
    /// Where in [`Occurrences::positions`] they start and end.
    pub range: core::ops::Range<usize>,
    /// For each field how often the unit stands there, in tenths by the weights of passages, by fit: inside, prefix, word.
    pub counts: [[u32; 3]; Field::COUNT],
    /// Whether it stands there somewhere as it was typed, no blank or line break more or less between its characters.
    pub exact: bool,
}

/// A string to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needle<'q> {
    /// Its symbols.
    pub symbols: &'q [Symbol],
    /// Before which of them a gap was typed ([`crate::spread`]), ascending.
    pub gaps: &'q [u32],
    /// Whether the gaps of the text must be those that were typed. If not, whole words across other gaps are found too.
    pub strict: bool,
}

impl Needle<'_> {
    /// Whether an occurrence of the symbols at `position` is one of the needle, and whether it is as typed.
    pub fn fits(&self, index: &Index, position: u32) -> Option<bool> {
        let len = self.symbols.len() as u32;
        if (1..len).all(|at| index.gaps.has(position + at) == self.gaps.contains(&at)) {
            return Some(true);
        }
        let end = position + len;
        let ends = index.token_starts.has(end) || index.text.symbol(end) == Symbol::BOUNDARY;
        (!self.strict && ends && index.token_starts.has(position)).then_some(false)
    }
}

/// All occurrences of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrences {
    /// Positions in the searched text, ascending.
    pub positions: Vec<u32>,
    /// The pages that have any, ascending.
    pub pages: Vec<OnPage>,
}

/// Where to look for a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// Everywhere, inside words too.
    Anywhere,
    /// Only where it is a word of its own: for what is not telling enough to be looked for elsewhere.
    AsWord,
}

/// Finds the occurrences of `sought`, in `field` only if one is given. With `prefix` the beginning of a word is as good
/// as a word.
pub fn find(index: &Index, sought: Needle<'_>, field: Option<Field>, prefix: bool, place: Where) -> Occurrences {
    let needle = sought.symbols;
    let words = index.terms.get(needle, &index.alphabet).map(|group| index.postings.of_group(group));
    let any_word = words.is_some();
    let words = words.unwrap_or_default();
    let elsewhere = match place {
        Where::AsWord => Vec::new(),
        Where::Anywhere => index.find(needle),
    };
    let found = if place == Where::AsWord { &words } else { &elsewhere };
    let mut words = &words[..];
    let mut out = Occurrences::default();
    let mut passages = PassageCursor::new(index);
    for &position in found {
        let Some(exact) = sought.fits(index, position) else { continue };
        let here = passages.advance(position);
        if field.is_some_and(|field| field != here.field) {
            continue;
        }
        let is_word = meets(&mut words, position);
        let fit = match index.token_starts.has(position) {
            true if is_word || prefix || !any_word => Fit::Word,
            true => Fit::Prefix,
            false => Fit::Inside,
        };
        if out.pages.last().is_none_or(|last| last.page != here.page) {
            let at = out.positions.len();
            out.pages.push(OnPage { page: here.page, range: at..at, counts: Default::default(), exact: false });
        }
        out.positions.push(position);
        if let Some(last) = out.pages.last_mut() {
            last.range.end += 1;
            last.exact |= exact;
            last.counts[here.field as usize][fit as usize] += here.weight;
        }
    }
    out
}

/// Whether an ascending list holds `wanted`; what comes before it is passed over.
fn meets(sorted: &mut &[u32], wanted: u32) -> bool {
    while let [first, rest @ ..] = *sorted
        && *first < wanted
    {
        *sorted = rest;
    }
    sorted.first() == Some(&wanted)
}

/// What a position belongs to.
#[derive(Clone, Copy)]
struct Place {
    page: PageId,
    field: Field,
    /// In tenths.
    weight: u32,
}

/// Walks through the passages along ascending positions.
struct PassageCursor<'a> {
    index: &'a Index,
    passage: PassageId,
    end: u32,
    place: Place,
}

impl<'a> PassageCursor<'a> {
    fn new(index: &'a Index) -> Self {
        let place = Place { page: PageId(0), field: Field::Body, weight: 0 };
        PassageCursor { index, passage: PassageId(0), end: 0, place }
    }

    fn advance(&mut self, position: u32) -> Place {
        if position >= self.end {
            let passage = self.index.text.passage_from(self.passage, position);
            self.passage = passage;
            self.end = self.index.text.range(passage).end;
            let (first, mut page) = (&self.index.pages.first, self.place.page);
            while first.get(page.0 as usize + 1).is_some_and(|&first| first <= passage) {
                page.0 += 1;
            }
            self.place =
                Place { page, field: self.index.field(passage), weight: self.index.facets.weight(passage).into() };
        }
        self.place
    }
}

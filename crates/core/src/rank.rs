//! Scores in whole numbers, the same on every platform, and the knobs that shape them.
//!
//! Inside a tier pages are ordered by BM25F (Robertson, Zaragoza, Taylor: Simple BM25 extension to multiple weighted
//! fields, CIKM 2004): the counts of a word in the fields are weighted and normalised by field length, added, and only
//! then saturated. What stands close together counts extra, and a query that is a title or a heading comes first.

use crate::alphabet::Alphabet;
use crate::chars::Class;
use crate::facets::WEIGHT;
use crate::ids::Symbol;
use crate::index::Field;
use crate::occurrences::OnPage;

/// One in the fixed point of scores.
pub const ONE: u64 = 1 << 10;

/// What shapes the order of pages inside a tier. All values are parts of a hundred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knobs {
    /// How fast repetition stops to count (BM25 k1). 0: once is as good as often; 300: hardly saturates. Default 120.
    pub saturation: u64,
    /// How much a long title, heading, lead or body dilutes its words (BM25 b), by field. 0: not at all; 100: in
    /// proportion to its length. Default 35, 35, 50, 75.
    pub length: [u64; Field::COUNT],
    /// What an occurrence in a title, heading, lead or body is worth. 0: nothing; 100: as much as in plain text; 2000
    /// at most. Default 500, 250, 130, 100.
    pub field: [u64; Field::COUNT],
    /// What an occurrence is worth that is inside a word, begins one, or is one. 0: nothing; 100: a word. Default 25, 60, 100.
    pub fit: [u64; 3],
    /// What all words of a query close together are worth, against the words themselves. 0: nothing; 300 at most.
    /// Default 100.
    pub proximity: u64,
}

impl Default for Knobs {
    fn default() -> Self {
        Knobs {
            saturation: 120,
            length: [35, 35, 50, 75],
            field: [500, 250, 130, 100],
            fit: [25, 60, 100],
            proximity: 100,
        }
    }
}

/// What a page gets for holding the query as a title: more than everything else together.
pub const EQUAL_TITLE: u64 = 1 << 24;
/// What a page gets for holding the query as a heading.
pub const EQUAL_HEADING: u64 = 1 << 20;
/// By what these are divided on a page that holds the query only in another script than it was typed in, so that pages
/// that hold it as typed come first.
pub const OTHER_SCRIPT: u64 = 1 << 7;

/// What a page gets for holding the query in the script it was typed in, traditional or simplified.
pub const AS_TYPED: u64 = 1 << 18;

/// How telling a word is that `holding` of `pages` pages hold: the binary logarithm of 1 + (N - n + 1/2) / (n + 1/2),
/// the inverse document frequency of BM25 without negative values, in units of [`ONE`].
pub fn inverse_frequency(holding: usize, pages: usize) -> u64 {
    let (holding, pages) = (holding as u64, pages as u64);
    log2((2 * pages + 2) << 16, 2 * holding.min(pages) + 1) - (16 << 10)
}

/// The binary logarithm of `a / b` + 2^-16 or so, plus 16, in units of [`ONE`]; by repeated squaring.
fn log2(a: u64, b: u64) -> u64 {
    let value = (a / b).max(1);
    let whole = u64::from(value.ilog2());
    // The mantissa in [1, 2), with 31 bits behind the point.
    let mut mantissa = if whole > 31 { value >> (whole - 31) } else { value << (31 - whole) };
    let mut fraction = 0;
    for _ in 0..10 {
        mantissa = (mantissa * mantissa) >> 31;
        fraction <<= 1;
        if mantissa >> 32 != 0 {
            fraction |= 1;
            mantissa >>= 1;
        }
    }
    whole << 10 | fraction
}

/// The greatest impact: what repetition tends to.
pub const MOST: u64 = 63;

/// How well a page answers one word, whatever the word: its saturated, weighted count, in 1 to [`MOST`] steps.
pub fn impact(knobs: &Knobs, on_page: &OnPage, lengths: &[u32; Field::COUNT], average: &[u32; Field::COUNT]) -> u64 {
    let mut weighted = 0;
    for field in 0..Field::COUNT {
        let count: u64 = on_page.counts[field].iter().zip(knobs.fit).map(|(&n, fit)| u64::from(n) * fit).sum();
        if count > 0 {
            let share = u64::from(lengths[field]) * 100 / u64::from(average[field].max(1));
            let norm = (100 - knobs.length[field]) * 100 + knobs.length[field] * share;
            weighted += count * knobs.field[field] * ONE / norm.max(100) / u64::from(WEIGHT);
        }
    }
    // `weighted` is in units of ONE: fit and field are parts of a hundred, and so is each factor of the norm.
    let saturation = knobs.saturation * ONE / 100;
    weighted * (MOST - 1) / (weighted + saturation).max(1) + 1
}

/// What a page gets for one word: inverse frequency times impact, so that one occurrence in usual text is worth about `idf`.
pub fn word_score(knobs: &Knobs, idf: u64, impact: u64) -> u64 {
    idf * impact * (100 + knobs.saturation) / (100 * MOST)
}

/// In how many parts the text of a page is taken to tell what stands close together.
pub const PARTS: u32 = 8;
/// The shortest part of a page, in symbols.
pub const PART: u32 = 128;

/// Which part of a page of `len` symbols a passage is in that starts at its symbol `at`, as a bit. A passage is in one part, so that
/// what stands in it does.
pub fn part(at: u32, len: u32) -> u8 {
    1 << (at / len.div_ceil(PARTS).max(PART)).min(PARTS - 1)
}

/// Where a part of a page of `len` symbols starts.
#[cfg(feature = "cut")]
pub fn part_start(part: u32, len: u64) -> u64 {
    u64::from(part) * len.div_ceil(u64::from(PARTS)).max(u64::from(PART))
}

/// What a page gets for a query without words, `literal`, that stands in these parts of it. Two letters stand in most pages and are being
/// typed still, and of a longer string it tells nothing how often it stands there.
pub fn spread(alphabet: &Alphabet, literal: &[Symbol], parts: u8) -> u64 {
    let han = literal.iter().any(|&symbol| alphabet.class(symbol) == Class::Han);
    let tells = literal.len() == 1 || literal.len() == 2 && han;
    if tells { u64::from(parts.count_ones()) * ONE } else { ONE }
}

/// What a page gets for holding words close together: how telling each of them is that stands in a part of the page with the one
/// that stands in the fewest. `units`: for each word its inverse frequency and the parts of the page that hold it.
pub fn closeness(knobs: &Knobs, units: &[(u64, u8)]) -> u64 {
    let mut rarest = (u8::BITS + 1, 0, 0);
    for &(idf, parts) in units {
        if parts.count_ones() < rarest.0 {
            rarest = (parts.count_ones(), idf, parts);
        }
    }
    let (_, own, rare) = rarest;
    let mut near = 0;
    for &(idf, parts) in units {
        if rare & parts != 0 {
            near += idf;
        }
    }
    near.saturating_sub(own) * knobs.proximity / 100
}

/// The first part with the most telling of some units, each with its inverse frequency and the parts that hold it; none if there are no units.
pub fn best(units: &[(u64, u8)]) -> u8 {
    let (mut best, mut most) = (0, 0);
    for part in 0..PARTS {
        let here = units.iter().filter(|&&(_, parts)| parts >> part & 1 > 0);
        let telling = here.map(|&(idf, _)| idf + 1).sum();
        if telling > most {
            (best, most) = (1 << part, telling);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PageId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn inverse_frequency_is_the_logarithm(pages in 1usize..200_000, part in 0.0f64..1.0) {
            let holding = ((pages as f64 * part) as usize).clamp(1, pages);
            let exact = ((2.0 * pages as f64 + 2.0) / (2.0 * holding as f64 + 1.0)).log2();
            let fixed = inverse_frequency(holding, pages) as f64 / ONE as f64;
            prop_assert!((exact - fixed).abs() < 0.003, "{exact} {fixed}");
        }

        #[test]
        fn more_and_better_occurrences_never_score_less(
            counts in proptest::array::uniform4(proptest::array::uniform3(0u32..9)),
            field in 0usize..4, fit in 0usize..3, length in 1u32..5000, idf in 0u64..15_000,
        ) {
            let on_page = |counts| OnPage { page: PageId(0), range: 0..0, counts, exact: true };
            let counts = counts.map(|fits: [u32; 3]| fits.map(|count| count * u32::from(WEIGHT)));
            let (lengths, average) = ([length; 4], [300; 4]);
            let knobs = Knobs::default();
            let score = |counts| word_score(&knobs, idf, impact(&knobs, &on_page(counts), &lengths, &average));
            let mut more = counts;
            more[field][fit] += u32::from(WEIGHT);
            prop_assert!(score(more) >= score(counts));
            prop_assert!(score(counts) <= idf * 22 / 10 + 1);
        }
    }
}

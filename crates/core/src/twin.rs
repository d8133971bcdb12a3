//! Search by looking at every page, against search by the index.

use crate::chars::{Class, class, simple_fold};
use crate::occurrences::Where;
use crate::query::{Joint, Query, Unit};
use crate::rank::Knobs;
use crate::search::{Evaluation, Tier};
use crate::{Index, testing};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A passage as its tokens; tokens are Han, letters, or one character of another kind.
type Passage = Vec<String>;

fn passage() -> impl Strategy<Value = Passage> {
    proptest::collection::vec("[国际合作]{1,3}|[国际合作]{1,3}|[abB]{1,2}|[ ,]|\n", 0..9).prop_map(testing::separated)
}

/// What counts of a text: each character folded, with what stands before it: nothing, a blank, a gap, a border.
fn kept(text: &str) -> Vec<(char, char)> {
    let mut out: Vec<(char, char)> = Vec::new();
    let mut between = String::new();
    for c in text.chars() {
        let kind = class(c);
        if matches!(kind, Class::Blank | Class::Break) {
            between.push(c);
            continue;
        }
        let broken = between.contains('\n');
        let before = match (out.last().map(|last| class(last.1)), kind) {
            _ if between.is_empty() => 'n',
            (Some(Class::Han), Class::Han) => 'g',
            (Some(Class::Han), Class::Word) | (Some(Class::Word), Class::Han) => {
                if broken {
                    'g'
                } else {
                    'n'
                }
            }
            _ if broken => 'x',
            _ => 'b',
        };
        out.push((before, simple_fold(c)));
        between.clear();
    }
    out
}

/// Whether `needle` stands in `text` at `at`, and whether with the same gaps.
fn stands(text: &[(char, char)], needle: &[(char, char)], at: usize) -> Option<bool> {
    let here = text.get(at..at + needle.len())?;
    let loose = |c: char| if c == 'g' { 'n' } else { c };
    let same = |n: usize| n == 0 || loose(here[n].0) == loose(needle[n].0);
    let fits = (0..needle.len()).all(|n| same(n) && here[n].1 == needle[n].1 && (n == 0 || here[n].0 != 'x'));
    fits.then(|| (1..needle.len()).all(|n| here[n].0 == needle[n].0))
}

/// Where tokens start in what is kept of a passage, and where it or a line that is a border ends.
fn edges(passage: &Passage) -> BTreeSet<usize> {
    let mut edges = BTreeSet::new();
    let mut text = String::new();
    for token in passage {
        edges.insert(kept(&text).len());
        text.push_str(token);
    }
    let all = kept(&text);
    edges.insert(all.len());
    edges.extend((0..all.len()).filter(|&at| all[at].0 == 'x'));
    edges
}

/// Whether a string stands at a place of a passage, and whether as typed: across other gaps only whole words do.
fn fits(passage: &Passage, needle: &[(char, char)], at: usize) -> Option<bool> {
    let edges = edges(passage);
    let whole = edges.contains(&at) && edges.contains(&(at + needle.len()));
    stands(&kept(&passage.concat()), needle, at).filter(|exact| *exact || whole)
}

/// Whether a page holds a string, and whether as typed.
fn holds(page: &[Passage], needle: &[(char, char)]) -> Option<bool> {
    let places = page.iter().flat_map(|passage| (0..kept(&passage.concat()).len()).map(move |at| (passage, at)));
    places.filter_map(|(passage, at)| fits(passage, needle, at)).max()
}

/// Whether a page holds a unit: where it may be anywhere, anywhere; else as a token.
fn has(index: &Index, page: &[Passage], unit: &Unit) -> bool {
    let text: String = unit.needle.iter().map(|&symbol| index.alphabet.member(symbol, 0)).collect();
    let needle = kept(&text);
    match unit.place {
        Where::Anywhere => holds(page, &needle).is_some(),
        Where::AsWord => {
            page.iter().flatten().any(|token| kept(token).iter().map(|c| c.1).eq(needle.iter().map(|c| c.1)))
        }
    }
}

/// Whether the units stand side by side on a page, at most two marks or blanks between those that were typed apart.
fn adjacent(index: &Index, page: &[Passage], units: &[Unit]) -> bool {
    fn from(index: &Index, text: &[(char, char)], at: usize, units: &[Unit], first: bool) -> bool {
        let Some((unit, rest)) = units.split_first() else { return true };
        let spelt: Vec<char> = unit.needle.iter().map(|&s| simple_fold(index.alphabet.member(s, 0))).collect();
        let mut left = 2;
        let mut at = at;
        loop {
            let here = text.get(at..at + spelt.len()).is_some_and(|here| {
                here.iter().map(|c| c.1).eq(spelt.iter().copied()) && here[1..].iter().all(|c| matches!(c.0, 'n' | 'g'))
            });
            let joined = first || text.get(at).is_some_and(|c| c.0 != 'x');
            // A blank that is kept counts as one of the two.
            let blank = usize::from(!first && text.get(at).is_some_and(|c| c.0 == 'b'));
            if here && joined && blank <= left {
                return from(index, text, at + spelt.len(), rest, false);
            }
            let skips = text.get(at).is_some_and(|c| class(c.1) == Class::Mark && c.0 != 'x');
            if first || unit.joint == Joint::Tight || !skips || blank + 1 > left {
                return false;
            }
            left -= blank + 1;
            at += 1;
        }
    }
    let first: String = units[0].needle.iter().map(|&symbol| index.alphabet.member(symbol, 0)).collect();
    let first = kept(&first);
    let starts = |passage: &Passage, at: usize| {
        let is_token = |n: usize| kept(&passage[..n].concat()).len() == at && kept(&passage[n]).len() == first.len();
        match units[0].place {
            Where::Anywhere => fits(passage, &first, at).is_some(),
            Where::AsWord => (0..passage.len()).any(is_token),
        }
    };
    page.iter().any(|passage| {
        let text = kept(&passage.concat());
        (0..text.len()).any(|at| starts(passage, at) && from(index, &text, at, units, true))
    })
}

/// The tier of a page, by looking at its text.
fn slowly(index: &Index, page: &[Passage], query: &Query, typed: &str) -> Option<Tier> {
    match holds(page, &kept(typed)) {
        Some(true) if !kept(typed).is_empty() => return Some(Tier::Exact),
        Some(false) => return Some(if query.wordless { Tier::Some } else { Tier::Adjacent }),
        _ => {}
    }
    let strong = || query.units.iter().filter(|unit| !unit.weak);
    let all = strong().all(|unit| has(index, page, unit));
    if !strong().any(|unit| has(index, page, unit)) {
        None
    } else if !all || query.wordless {
        Some(Tier::Some)
    } else if query.units.len() > 1 && adjacent(index, page, &query.units) {
        Some(Tier::Adjacent)
    } else {
        Some(Tier::All)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn search_agrees_with_a_look_at_every_page(
        pages in proptest::collection::vec(proptest::collection::vec(passage(), 1..3), 1..6),
        typed in "([国际合作]{1,4}|[abB]{1,2}|[ ,]){1,4}",
    ) {
        let index = testing::index(&pages);
        let knobs = Knobs::default();
        let evaluation = Evaluation::new(&index, &knobs, &typed, false);
        let mut expected: Vec<(u32, Tier)> = Vec::new();
        for (n, page) in pages.iter().enumerate() {
            expected.extend(slowly(&index, page, &evaluation.query, &typed).map(|tier| (n as u32, tier)));
        }
        if expected.iter().any(|found| found.1 < Tier::Some) {
            expected.retain(|found| found.1 < Tier::Some);
        }
        let mut found: Vec<(u32, Tier)> = evaluation.ranked().iter().map(|hit| (hit.page.0, hit.tier)).collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected, "{:?}", evaluation.query);
    }
}

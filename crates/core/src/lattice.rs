//! Which strings of the index can be meant by what was typed: the cheapest paths through its words.

use crate::Index;
use crate::ids::{Symbol, TermId};
use crate::rank::{self, ONE};
use crate::sound::{Pattern, Step};
use crate::suggest::Strings;

/// What a further word costs besides its rarity: few words are likelier than many.
const WORD: u64 = 3 * ONE;
/// Paths kept at each place, at least.
const KEPT: usize = 8;
/// Paths of several words that are looked up in the text.
const VERIFIED: usize = 24;
/// The longest word that is tried, in symbols.
pub(crate) const MAX_WORD: usize = 8;

/// A string that can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The string; it stands in the text.
    pub symbols: Vec<Symbol>,
    /// How unlikely it is, in bits times [`ONE`]: by the rarity of its words and by what was typed for them.
    pub cost: u64,
    /// The part of the cost that is not the rarity of words: 0 when everything was typed in full.
    pub distance: u64,
    /// How many words it has.
    pub words: usize,
}

/// The likeliest strings for what was typed, best first, at most `limit`.
pub fn readings(index: &Index, pattern: &Pattern, limit: usize, strings: &mut impl Strings) -> Vec<Reading> {
    let pattern = &pattern.filled(index);
    let mut paths: Vec<Vec<Reading>> = vec![Vec::new(); pattern.len() + 1];
    paths[0].push(Reading { symbols: Vec::new(), cost: 0, distance: 0, words: 0 });
    let kept = KEPT.max(limit);
    for at in 0..pattern.len() {
        if paths[at].is_empty() {
            continue;
        }
        let here = core::mem::take(&mut paths[at]);
        words_from(index, pattern, at, &mut |term, next, distance| {
            let rarity = rarity(index, term);
            for path in &here {
                let cost = path.cost + rarity + distance + WORD;
                offer(&mut paths[next], kept, cost, || {
                    let symbols = [&path.symbols[..], index.terms.folded(term)].concat();
                    Reading { symbols, cost, distance: path.distance + distance, words: path.words + 1 }
                });
            }
        });
    }
    let mut found = Vec::new();
    for path in paths.pop().unwrap_or_default().into_iter().take(VERIFIED) {
        if found.len() < limit && (path.words == 1 || strings.count(&path.symbols) > 0) {
            found.push(path);
        }
    }
    found
}

/// Keeps a path if it is among the best at its place; paths are sorted by cost and differ in their symbols.
fn offer(paths: &mut Vec<Reading>, most: usize, cost: u64, path: impl FnOnce() -> Reading) {
    if paths.len() >= most && paths.last().is_some_and(|worst| cost >= worst.cost) {
        return;
    }
    let path = path();
    if let Some(same) = paths.iter().position(|other| other.symbols == path.symbols) {
        if paths[same].cost <= cost {
            return;
        }
        paths.remove(same);
    }
    let place = paths.partition_point(|other| other.cost <= cost);
    paths.insert(place, path);
    paths.truncate(most);
}

/// Keeps of several steps to one place the cheapest.
fn settle(steps: &mut Vec<Step>) {
    let mut kept: usize = 0;
    for n in 0..steps.len() {
        let step = steps[n];
        match steps[..kept].iter_mut().find(|other| other.0 == step.0) {
            Some(other) => other.1 = other.1.min(step.1),
            None => {
                steps[kept] = step;
                kept += 1;
            }
        }
    }
    steps.truncate(kept);
}

/// How rare the terms with the folded form of `term` are, in bits times [`ONE`].
fn rarity(index: &Index, term: TermId) -> u64 {
    rank::inverse_frequency(index.frequency(term), index.text_tokens())
}

/// Calls `found` with each word that can be meant by what stands at `at`: a term, the place reached, the cost.
fn words_from(index: &Index, pattern: &Pattern, at: usize, found: &mut dyn FnMut(TermId, usize, u64)) {
    let (mut first, mut now, mut next) = (Vec::new(), Vec::new(), Vec::new());
    for symbol in pattern.candidates(index, at).iter() {
        let symbol = Symbol(symbol as u16);
        first.clear();
        pattern.steps(index, at, symbol, 0, &mut first);
        settle(&mut first);
        let terms = index.terms.with_prefix(&[symbol], &index.alphabet);
        for term in (terms.first.0..terms.end.0).map(TermId) {
            let word = index.terms.folded(term);
            if word.len() > MAX_WORD {
                continue;
            }
            let spoken = index.spoken(term);
            if spoken[0] == 0 {
                now.clone_from(&first);
            } else {
                now.clear();
                pattern.steps(index, at, symbol, spoken[0], &mut now);
                settle(&mut now);
            }
            for (&symbol, &spoken) in word.iter().zip(spoken).skip(1) {
                next.clear();
                for &(place, cost) in &now {
                    let from = next.len();
                    pattern.steps(index, place, symbol, spoken, &mut next);
                    for step in next.iter_mut().skip(from) {
                        step.1 += cost;
                    }
                }
                settle(&mut next);
                core::mem::swap(&mut now, &mut next);
                if now.is_empty() {
                    break;
                }
            }
            for &(place, cost) in &now {
                found(term, place, cost);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// What each string of words costs that can be meant by all that was typed from `at` on, by trying every word and
    /// every way to read it.
    fn slowly(index: &Index, pattern: &Pattern, at: usize) -> BTreeMap<Vec<Symbol>, u64> {
        let mut found = BTreeMap::new();
        if at == pattern.len() {
            found.insert(Vec::new(), 0);
            return found;
        }
        for term in (0..index.terms.len() as u32).map(TermId) {
            let word = index.terms.folded(term);
            for (next, distance) in ways(index, pattern, at, word, index.spoken(term)) {
                if next == at {
                    continue;
                }
                for (rest, cost) in slowly(index, pattern, next) {
                    let cost = cost + distance + rarity(index, term) + WORD;
                    let least = found.entry([word, &rest].concat()).or_insert(cost);
                    *least = cost.min(*least);
                }
            }
        }
        found
    }

    /// Every way in which a word can be meant by what stands at `at`.
    fn ways(index: &Index, pattern: &Pattern, at: usize, word: &[Symbol], spoken: &[u8]) -> Vec<Step> {
        let Some((&first, rest)) = word.split_first() else { return vec![(at, 0)] };
        let mut steps = Vec::new();
        pattern.steps(index, at, first, spoken[0], &mut steps);
        let on = |(next, cost): Step| {
            ways(index, pattern, next, rest, &spoken[1..]).into_iter().map(move |(end, more)| (end, cost + more))
        };
        steps.into_iter().flat_map(on).collect()
    }

    proptest! {
        #[test]
        fn the_best_reading_is_the_cheapest_of_all(
            tokens in proptest::collection::vec("[国果际记重中安案]{1,3}", 1..8),
            typed in "(guo|ji|zhong|chong|an|g|j|z|zh|zhon|国|记|重){1,3}",
        ) {
            let index = testing::index(&[vec![tokens.clone()]]);
            let chars: Vec<char> = typed.chars().collect();
            let Some(pattern) = Pattern::new(&index, &chars, 24) else { return Ok(()) };
            let pattern = pattern.filled(&index);
            let mut expected = slowly(&index, &pattern, 0);
            expected.retain(|symbols, _| (&index).count(symbols) > 0);
            let best = readings(&index, &pattern, 64, &mut &index);
            prop_assert_eq!(best.first().map(|found| found.cost), expected.values().min().copied());
            for found in best {
                prop_assert_eq!(Some(&found.cost), expected.get(&found.symbols));
            }
        }
    }
}

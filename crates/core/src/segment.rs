//! Cutting a query into words by the vocabulary of the index.
//!
//! No dictionary is shipped: the words of the corpus, with their counts, are the dictionary. Every word that stands at
//! some place of the query is an edge of a graph; the cheapest path is the segmentation, as jieba finds it (maximum
//! product of word probabilities). Counts rounded to powers of two are enough for that, so all costs are whole numbers.

use crate::Index;
use crate::ids::{Symbol, TermId};
use crate::terms::Group;

/// What a character costs that no word covers, on top of the cost of a word that occurs once: it must lose against any
/// cover by words.
const UNKNOWN_PENALTY: u32 = 8;

/// One word of a segmentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it starts in the query, in symbols.
    pub start: usize,
    /// One behind its last symbol.
    pub end: usize,
    /// Its terms; `None` for a character that no word covers.
    pub terms: Option<Group>,
}

/// Cuts a run of symbols into words that tile it.
pub fn segment(index: &Index, run: &[Symbol]) -> Vec<Word> {
    let total = (index.text_tokens().max(1) as u32).ilog2() + 1;
    // best[n]: the cost of the cheapest path over the first n symbols, and the word it ends with.
    let unreached = (u32::MAX, Word { start: 0, end: 0, terms: None });
    let mut best = vec![unreached; run.len() + 1];
    best[0].0 = 0;
    for start in 0..run.len() {
        let base = best[start].0;
        let mut offer = |end: usize, cost: u32, terms: Option<Group>| {
            let cost = base.saturating_add(cost);
            // Of two equal paths the one with the longer last word, which is the one that was offered first.
            if cost < best[end].0 {
                best[end] = (cost, Word { start, end, terms });
            }
        };
        offer(start + 1, total + UNKNOWN_PENALTY, None);
        index.terms.words_at(&run[start..], &index.alphabet, |len, group| {
            offer(start + len, total.saturating_sub(index.weight(group)), Some(group));
        });
    }
    let mut words = Vec::new();
    let mut at = run.len();
    while at > 0 {
        let word = best[at].1;
        words.push(word);
        at = word.start;
    }
    words.reverse();
    words
}

impl Index {
    /// How many tokens the text has.
    pub(crate) fn text_tokens(&self) -> usize {
        #[cfg(feature = "cut")]
        if let Some(whole) = &self.whole {
            return whole.tokens;
        }
        self.postings.len()
    }

    /// How often a term occurs.
    pub(crate) fn frequency(&self, term: TermId) -> usize {
        #[cfg(feature = "meant")]
        if let Some(whole) = &self.whole {
            return whole.counts.get(term.0 as usize).map_or(0, |&count| count as usize);
        }
        self.postings.of(term).len()
    }

    /// How often the terms of a group occur together.
    pub(crate) fn frequency_of(&self, group: Group) -> u32 {
        #[cfg(feature = "meant")]
        if self.whole.is_some() {
            return (group.first.0..group.end.0).map(|term| self.frequency(TermId(term)) as u32).sum();
        }
        self.postings.count(group)
    }

    /// The binary logarithm of how often the most frequent term of a group occurs, rounded down.
    pub(crate) fn weight(&self, group: Group) -> u32 {
        #[cfg(feature = "cut")]
        if let Some(whole) = &self.whole
            && whole.counts.is_empty()
        {
            return whole.weight(self.terms.folded(group.first));
        }
        let counts = (group.first.0..group.end.0).map(|term| self.frequency(TermId(term)));
        counts.max().unwrap_or(0).checked_ilog2().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use proptest::prelude::*;

    /// The least that any way to cut `run` costs, by trying every one.
    fn slowly(index: &Index, run: &[Symbol]) -> u32 {
        let total = (index.postings.len().max(1) as u32).ilog2() + 1;
        if run.is_empty() {
            return 0;
        }
        let mut least = total + UNKNOWN_PENALTY + slowly(index, &run[1..]);
        for len in 1..=run.len() {
            if let Some(group) = index.terms.get(&run[..len], &index.alphabet) {
                least = least.min(total.saturating_sub(index.weight(group)) + slowly(index, &run[len..]));
            }
        }
        least
    }

    proptest! {
        #[test]
        fn no_way_to_cut_is_cheaper(
            tokens in proptest::collection::vec("[国际中安]{1,4}", 1..30),
            run in "[国际中安记]{0,9}",
        ) {
            let index = testing::index(&[vec![tokens]]);
            let run: Vec<Symbol> = run.chars().map(|c| index.alphabet.symbol(c)).collect();
            let words = segment(&index, &run);
            let total = (index.postings.len().max(1) as u32).ilog2() + 1;
            let (mut at, mut cost) = (0, 0);
            for word in &words {
                prop_assert_eq!(word.start, at);
                prop_assert_eq!(word.terms, index.terms.get(&run[word.start..word.end], &index.alphabet));
                cost += word.terms.map_or(total + UNKNOWN_PENALTY, |group| total.saturating_sub(index.weight(group)));
                at = word.end;
            }
            prop_assert_eq!(at, run.len());
            prop_assert_eq!(cost, slowly(&index, &run));
        }
    }
}

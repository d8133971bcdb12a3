//! The inverted index in memory: for every term the positions at which it stands.
//!
//! The token stream and the postings are the same information, so only the stream is stored; one counting sort turns it
//! into postings when an index is opened.

use crate::ids::TermId;
use crate::order::merged;
use crate::terms::Group;

/// The positions of every term.
#[derive(Debug, Clone, Default)]
pub struct Postings {
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Postings {
    /// Sorts tokens, given as their terms and their positions in the searched text, both in text order.
    pub fn new(tokens: &[TermId], positions: &[u32], terms: usize) -> Postings {
        let mut starts = vec![0u32; terms + 1];
        for term in tokens {
            starts[term.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut sorted = vec![0u32; tokens.len()];
        for (term, &position) in tokens.iter().zip(positions) {
            let slot = &mut next[term.0 as usize];
            sorted[*slot as usize] = position;
            *slot += 1;
        }
        Postings { starts, positions: sorted }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// Where a term stands, ascending.
    pub fn of(&self, term: TermId) -> &[u32] {
        let at = term.0 as usize;
        &self.positions[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// How often the terms of a group occur together.
    pub fn count(&self, group: Group) -> u32 {
        self.starts[group.end.0 as usize] - self.starts[group.first.0 as usize]
    }

    /// Where the terms of a group stand, ascending.
    pub fn of_group(&self, group: Group) -> Vec<u32> {
        let terms = group.first.0..group.end.0;
        terms.map(TermId).fold(Vec::new(), |all, term| {
            if all.is_empty() { self.of(term).to_vec() } else { merged(&all, self.of(term)) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn postings_agree_with_a_filter(tokens in proptest::collection::vec(0u32..7, 0..90), a in 0u32..7, b in 0u32..8) {
            let tokens: Vec<TermId> = tokens.into_iter().map(TermId).collect();
            let positions: Vec<u32> = (0..tokens.len() as u32).map(|n| n * 3).collect();
            let postings = Postings::new(&tokens, &positions, 7);
            let group = Group { first: TermId(a.min(b)), end: TermId(a.max(b)) };
            let expected: Vec<u32> = (0..tokens.len())
                .filter(|&n| (group.first..group.end).contains(&tokens[n]))
                .map(|n| positions[n])
                .collect();
            prop_assert_eq!(postings.count(group) as usize, expected.len());
            prop_assert_eq!(postings.of_group(group), expected);
        }
    }
}

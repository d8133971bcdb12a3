//! The inverted index in memory: for every term the positions at which it stands.
//!
//! The token stream and the postings are the same information, so only the stream is stored; one counting sort turns it
//! into postings when an index is opened.

use crate::ids::TermId;
use crate::order::all_merged;
use crate::terms::Group;

/// The positions of every term.
#[derive(Debug, Clone, Default)]
pub struct Postings {
    /// Where the positions of each term start; two more entries than there are terms.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Postings {
    /// Room for tokens, given as the numbers of their terms in any order.
    pub fn with_room(tokens: &[u32], terms: usize) -> Postings {
        let mut all = vec![0u32; terms + 2];
        let starts = &mut all[..];
        for &term in tokens {
            starts[term as usize + 2] += 1;
        }
        let mut sum = 0;
        for start in starts {
            sum += *start;
            *start = sum;
        }
        Postings { starts: all, positions: vec![0; tokens.len()] }
    }

    /// How many positions a term has room for, before any has its place.
    pub fn room_of(&self, term: TermId) -> usize {
        let at = term.0 as usize + 1;
        (self.starts[at + 1] - self.starts[at]) as usize
    }

    /// Adds the next position of a term, behind those it has.
    ///
    /// Until all tokens have their place, what will be the end of a term is where its next position goes.
    #[inline(always)]
    pub fn place(&mut self, term: TermId, position: u32) {
        let next = &mut self.starts.as_mut_slice()[term.0 as usize + 1];
        self.positions.as_mut_slice()[*next as usize] = position;
        *next += 1;
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
        let mut lists = Vec::new();
        for term in group.first.0..group.end.0 {
            lists.push(self.of(TermId(term)).to_vec());
        }
        all_merged(lists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn postings_agree_with_a_filter(tokens in proptest::collection::vec(0u32..7, 0..90), a in 0u32..7, b in 0u32..8) {
            let positions: Vec<u32> = (0..tokens.len() as u32).map(|n| n * 3).collect();
            let mut postings = Postings::with_room(&tokens, 7);
            for (&term, &position) in tokens.iter().zip(&positions) {
                postings.place(TermId(term), position);
            }
            let group = Group { first: TermId(a.min(b)), end: TermId(a.max(b)) };
            let expected: Vec<u32> = (0..tokens.len())
                .filter(|&n| (group.first..group.end).contains(&TermId(tokens[n])))
                .map(|n| positions[n])
                .collect();
            prop_assert_eq!(postings.count(group) as usize, expected.len());
            prop_assert_eq!(postings.of_group(group), expected);
        }
    }
}

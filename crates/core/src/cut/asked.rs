//! A query with what lists tell of it, and which of the pages that may answer are asked for.

use super::Whole;
use super::candidates::{Candidate, Evidences, Potential};
use crate::Index;
use crate::answer::Found;
use crate::ids::Symbol;
use crate::order::in_order;
use crate::query::Query;
use crate::rank::Knobs;
use crate::search::Tier;
use core::cmp::Reverse;

/// Groups of words that are forms of one word.
pub(super) type Forms = Vec<Vec<Vec<Symbol>>>;

/// A query, with what lists tell of it.
pub(super) struct Asked<'q> {
    pub(super) text: &'q str,
    pub(super) prefix: bool,
    pub(super) knobs: &'q Knobs,
    /// An index of its words alone.
    pub(super) words: Index,
    pub(super) query: Query,
    pub(super) evidences: Evidences,
    pub(super) whole: Whole,
    pub(super) forms: Forms,
    /// The pages that may answer, likeliest first.
    pub(super) found: Vec<Candidate>,
}

impl Asked<'_> {
    /// Whether a page that was not looked at answers, beside hits whose first is in `tier`; `None` if lists do not tell.
    pub(super) fn answers(&self, rest: &Candidate, tier: Option<Tier>) -> Option<bool> {
        let Evidences { certain, literal_certain, .. } = self.evidences;
        match rest.potential {
            _ if !certain => None,
            // It may be better than these.
            Potential::Typed | Potential::Near if tier == Some(Tier::Some) => None,
            _ if tier == Some(Tier::Some) => Some(rest.words > 0),
            // Of characters that are no words the page must hold the whole.
            Potential::Typed if self.query.wordless => literal_certain.then_some(true),
            _ if self.query.wordless => Some(false),
            // As a whole it may stand where its words do not.
            Potential::Typed | Potential::Near => rest.complete.then_some(true),
            potential => Some(potential == Potential::All),
        }
    }
}

/// Which of the pages that may answer are asked for, and in which order.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    /// The pages: those that may hold the query as a whole before the others, each of these by their places, then likeliest first.
    pub(super) found: &'v [Candidate],
    /// For each page of the site its place before all else; nothing if there is none.
    pub(super) places: &'v [u32],
    /// Whether pages with some of the words are no answer, since others have all of them.
    pub(super) upper: bool,
}

impl View<'_> {
    pub(super) fn place(&self, page: u32) -> u32 {
        self.places.get(page as usize).copied().unwrap_or(0)
    }

    /// The hits that are an answer, in their order.
    pub(super) fn arranged<'e>(&self, mut hits: Vec<Found<'e>>, numbers: &[u32]) -> Vec<Found<'e>> {
        if cfg!(not(feature = "meant")) {
            return hits;
        }
        hits.retain(|(hit, _)| !self.upper || hit.tier < Tier::Some);
        let place = |(hit, _): &Found<'_>| self.place(numbers[hit.page.0 as usize]);
        if self.places.is_empty() { hits } else { in_order(&hits, &|a, b| place(a) < place(b)) }
    }

    /// The best place that a candidate may have among all hits.
    pub(super) fn best_place(&self, query: &Query, candidate: &Candidate) -> (u32, Tier, bool, Reverse<u64>, u32) {
        let tier = match candidate.potential {
            Potential::Typed => Tier::Exact,
            Potential::Near => Tier::Adjacent,
            Potential::All if query.wordless => Tier::Some,
            Potential::All if query.plain || query.slots > 1 => Tier::All,
            Potential::All => Tier::Exact,
            Potential::Some => Tier::Some,
        };
        (self.place(candidate.page), tier, candidate.other, Reverse(candidate.score), candidate.page)
    }
}

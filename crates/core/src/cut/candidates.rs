//! Which pages may answer a query, in about the order in which they will: what lists alone can tell.

use super::list::Posting;
use crate::occurrences::Where;
use crate::order::in_order;
use crate::query::Query;
use crate::rank::{self, Knobs};

/// What lists tell of one unit of a query.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The pages that hold it, or at least may.
    pub list: Vec<Posting>,
    /// How telling it is ([`rank::inverse_frequency`]).
    pub idf: u64,
    /// Whether the list has impacts.
    pub impacts: bool,
    /// Whether it is being typed still.
    pub typed: bool,
}

/// What lists tell of a query.
#[derive(Debug, Clone, Default)]
pub struct Evidences {
    /// For each unit, in the order of the query; `None` for what is not looked up.
    pub units: Vec<Option<Evidence>>,
    /// Pages that may hold the query as a whole; `None` if lists cannot tell.
    pub literal: Option<Vec<Posting>>,
    /// Pages that have it as title or heading: page, and whether it is the title.
    pub titles: Vec<(u32, bool)>,
    /// Pages that may hold what must not be there, ascending.
    pub excluded: Vec<u32>,
    /// Whether all units are words whose lists say exactly which pages hold them.
    pub certain: bool,
}

/// A page that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The page.
    pub page: u32,
    /// The best it can be: 0 if it may hold the query as typed, 1 if all of its words, else 2.
    pub potential: u8,
    /// Whether it holds some word in another spelling only.
    pub other: bool,
    /// About its score.
    pub score: u64,
}

/// The impact that is taken for granted where a list says nothing.
const USUAL: u8 = 32;

/// All candidates, likeliest first.
pub fn candidates(query: &Query, evidences: &Evidences, knobs: &Knobs, pages: u32) -> Vec<Candidate> {
    let mut place = vec![u32::MAX; pages as usize];
    let mut all: Vec<(u32, Vec<(usize, Posting)>)> = Vec::new();
    for (unit, evidence) in evidences.units.iter().enumerate() {
        for posting in evidence.iter().flat_map(|evidence| &evidence.list) {
            let place = &mut place[posting.page as usize];
            if *place == u32::MAX {
                *place = all.len() as u32;
                all.push((posting.page, Vec::new()));
            }
            let units = &mut all[*place as usize].1;
            let own = &query.units;
            if !own[unit].other || units.last().is_none_or(|&(last, _)| own[last].slot != own[unit].slot) {
                units.push((unit, *posting));
            }
        }
    }
    let literal = evidences.literal.iter().flatten().map(|posting| posting.page);
    for page in literal.chain(evidences.titles.iter().map(|&(page, _)| page)) {
        if place[page as usize] == u32::MAX {
            place[page as usize] = all.len() as u32;
            all.push((page, Vec::new()));
        }
    }
    let required = query.required();
    // What a page has that holds the query as a whole.
    let anywhere = query.typed().filter(|unit| !unit.weak && unit.place == Where::Anywhere);
    let inside = anywhere.fold(0u64, |bits, unit| bits | 1 << unit.slot);
    let mut out = Vec::with_capacity(all.len());
    for (page, units) in &all {
        let slots = units.iter().fold(0u64, |bits, &(unit, _)| bits | 1 << query.units[unit].slot);
        let literal = evidences.literal.as_ref().map(|literal| {
            let at = literal.binary_search_by_key(page, |posting| posting.page);
            at.ok().map(|at| literal[at].parts)
        });
        let whole = literal.map_or(slots & required == required, |parts| parts.is_some());
        let title = evidences.titles.iter().find(|(titled, _)| titled == page);
        let mut potential = match (slots & inside == inside && (whole || title.is_some()), slots & required == required)
        {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        };
        if evidences.excluded.binary_search(page).is_ok() {
            potential = 2;
        }
        let score = match literal.flatten().filter(|_| query.wordless) {
            Some(parts) => rank::spread(parts),
            None => score(evidences, units, knobs),
        } + match title {
            Some((_, true)) => rank::EQUAL_TITLE,
            Some((_, false)) => rank::EQUAL_HEADING,
            None => 0,
        };
        let other = units.iter().any(|&(unit, _)| query.units[unit].other);
        out.push(Candidate { page: *page, potential, other, score });
    }
    let key = |one: &Candidate| (one.potential, one.other, core::cmp::Reverse(one.score), one.page);
    in_order(&out, &|a, b| key(a) < key(b))
}

/// The score of a page that holds some units; about it if a list has no impacts.
fn score(evidences: &Evidences, units: &[(usize, Posting)], knobs: &Knobs) -> u64 {
    let mut score = 0;
    let mut places = Vec::with_capacity(units.len());
    for (unit, posting) in units {
        let Some(evidence) = &evidences.units[*unit] else { continue };
        let impact = match (evidence.impacts, evidence.typed) {
            (true, false) => posting.impact,
            (true, true) => posting.typed,
            (false, _) => USUAL,
        };
        score += rank::word_score(knobs, evidence.idf, u64::from(impact));
        places.push((evidence.idf, posting.parts));
    }
    score + rank::closeness(knobs, &places)
}

//! Which pages may answer a query, in about the order in which they will: what lists alone can tell.

use super::list::{MOST, Posting};
use crate::order::sorted;
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
}

/// What lists tell of a query.
#[derive(Debug, Clone, Default)]
pub struct Evidences {
    /// For each unit, in the order of the query; `None` for what is not looked up.
    pub units: Vec<Option<Evidence>>,
    /// Pages that may hold the query as a whole, ascending; `None` if lists cannot tell.
    pub literal: Option<Vec<u32>>,
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
    /// About its score.
    pub score: u64,
}

/// The distance, in symbols, that stands for two places in one part of a page, in neighbouring parts, and in others.
const APART: [u64; 3] = [24, 200, 2000];
/// The distance at which closeness is worth half ([`crate::scoring`]).
const CLOSE: u64 = 12;

/// The impact that is taken for granted where a list says nothing.
const USUAL: u8 = 8;

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
    for &page in evidences.literal.iter().flatten().chain(evidences.titles.iter().map(|(page, _)| page)) {
        if place[page as usize] == u32::MAX {
            place[page as usize] = all.len() as u32;
            all.push((page, Vec::new()));
        }
    }
    let required = query.required();
    let mut out = Vec::with_capacity(all.len());
    for (page, units) in &all {
        let slots = units.iter().fold(0u64, |bits, &(unit, _)| bits | 1 << query.units[unit].slot);
        let whole = match &evidences.literal {
            Some(literal) => literal.binary_search(page).is_ok(),
            None => slots & required == required,
        };
        let title = evidences.titles.iter().find(|(titled, _)| titled == page);
        let mut potential = match (whole || title.is_some(), slots & required == required) {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        };
        if evidences.excluded.binary_search(page).is_ok() {
            potential = 2;
        }
        let score = score(evidences, units, knobs)
            + match title {
                Some((_, true)) => rank::EQUAL_TITLE,
                Some((_, false)) => rank::EQUAL_HEADING,
                None => 0,
            };
        out.push(Candidate { page: *page, potential, score });
    }
    let key = |at: usize| (out[at].potential, core::cmp::Reverse(out[at].score), out[at].page);
    sorted(out.len(), &|a, b| key(a) < key(b)).into_iter().map(|at| out[at as usize].clone()).collect()
}

/// About the score of a page that holds some units.
fn score(evidences: &Evidences, units: &[(usize, Posting)], knobs: &Knobs) -> u64 {
    let most = rank::ONE * (100 + knobs.saturation) / 100;
    let idf = |unit: usize| evidences.units[unit].as_ref().map_or(0, |evidence| evidence.idf);
    let mut score = 0;
    for (unit, posting) in units {
        let impacts = evidences.units[*unit].as_ref().is_some_and(|evidence| evidence.impacts);
        let impact = u64::from(if impacts { posting.impact } else { USUAL });
        score += idf(*unit) * (2 * impact + 1) * most / (2 * u64::from(MOST)) / rank::ONE;
    }
    let rarest = units.iter().min_by_key(|(_, posting)| posting.parts.count_ones());
    if let Some((rare, at)) = rarest {
        let mut near = 0;
        for (unit, posting) in units.iter().filter(|(unit, _)| unit != rare) {
            let beside = at.parts << 1 | at.parts >> 1;
            let apart = if at.parts & posting.parts != 0 {
                APART[0]
            } else if beside & posting.parts != 0 {
                APART[1]
            } else {
                APART[2]
            };
            near += idf(*unit) * CLOSE / (CLOSE + apart);
        }
        score += near * knobs.proximity / 100;
    }
    score
}

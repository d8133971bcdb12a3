//! Which pages may answer a query, in about the order in which they will: what lists alone can tell.

use super::Whole;
use super::list::Posting;
use crate::alphabet::Alphabet;
use crate::chars::Class;
use crate::index::Field;
use crate::occurrences::Where;
use crate::order::in_order;
use crate::query::{Query, Unit};
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
    /// Whether the list says all: exactly which pages hold it, and in which parts.
    pub certain: bool,
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
    /// Pages that may hold it whatever gaps were typed.
    pub near: Vec<Posting>,
    /// Whether those of `literal` do, in the parts that the list says.
    pub literal_certain: bool,
    /// Pages that have it as title, with impact 1, or heading.
    pub titles: Vec<Posting>,
    /// Pages that hold what must not be there, by string.
    pub excluded: Vec<Vec<Posting>>,
    /// Pages that may hold it, by string.
    pub perhaps_excluded: Vec<Vec<Posting>>,
    /// Whether lists say exactly which pages hold all units, and none that is excluded.
    pub certain: bool,
}

/// The best that a page can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Potential {
    /// It may hold the query as it was typed.
    Typed,
    /// It may hold it across other gaps.
    Near,
    /// It may hold all of its words.
    All,
    /// It may hold some of them.
    Some,
}

/// A page that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The page.
    pub page: u32,
    /// The best it can be.
    pub potential: Potential,
    /// Whether lists say that it holds all of its words.
    pub complete: bool,
    /// Whether it holds some word in another spelling only.
    pub other: bool,
    /// About its score.
    pub score: u64,
    /// The parts of it that may hold the query as a whole.
    pub literal: u8,
    /// The first of them: that where it is a title or a heading, if it is.
    pub first: u8,
    /// The parts of it that may hold what lists are not certain of.
    pub uncertain: u8,
    /// The part of it with the most telling of its words.
    pub best: u8,
    /// The parts of it that hold any of its words.
    pub words: u8,
}

impl Candidate {
    /// The parts of the page to look at: to show it as it is if it is the best that it can be; `all`: to tell what it is if it is not.
    pub fn parts(&self, all: bool) -> u8 {
        let whole = if all { self.literal } else { self.first };
        let words = if all || whole == 0 { self.best } else { 0 };
        match whole | words | self.uncertain {
            0 => 1,
            parts => parts,
        }
    }

    /// [`crate::answer::Hit::places`], as far as lists tell, of a page whose fields have these lengths; `whole`: it holds the query as a
    /// whole.
    pub fn places(&self, lengths: [u32; Field::COUNT], whole: bool) -> u32 {
        let parts = if whole { self.literal } else { self.words };
        let len = lengths.iter().fold(0u64, |sum, &length| sum + u64::from(length)).max(1);
        let starts =
            (0..rank::PARTS).filter(|part| parts >> part & 1 > 0).map(|part| rank::part_start(part, len) * 32 / len);
        starts.fold(0, |places, start| places | 1 << start.min(31))
    }
}

impl Evidences {
    /// What is known of the whole site, with what lists say of some pages, given by their numbers in ascending order.
    pub fn told(&self, whole: &Whole, pages: &[u32]) -> Whole {
        let of_pages = |list: &[Posting], typed: bool| {
            let mut out = Vec::new();
            for (page, number) in pages.iter().enumerate() {
                if let Ok(at) = list.binary_search_by_key(number, |posting| posting.page) {
                    let impact = if typed { list[at].typed } else { list[at].impact };
                    out.push(Posting { page: page as u32, impact, ..list[at] });
                }
            }
            out
        };
        let mut whole = whole.clone();
        for evidence in &self.units {
            let certain = evidence.as_ref().filter(|evidence| evidence.certain);
            whole.units.push(certain.map_or(Vec::new(), |evidence| of_pages(&evidence.list, evidence.typed)));
        }
        if self.literal_certain {
            whole.literal = self.literal.as_ref().map_or(Vec::new(), |list| of_pages(list, false));
        }
        whole
    }
}

/// The impact that is taken for granted where a list says nothing.
const USUAL: u8 = 32;

/// All candidates, likeliest first.
pub fn candidates(
    alphabet: &Alphabet,
    query: &Query,
    evidences: &Evidences,
    knobs: &Knobs,
    pages: u32,
) -> Vec<Candidate> {
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
    for posting in evidences.literal.iter().flatten().chain(&evidences.near).chain(&evidences.titles) {
        let place = &mut place[posting.page as usize];
        if *place == u32::MAX {
            *place = all.len() as u32;
            all.push((posting.page, Vec::new()));
        }
    }
    let required = query.required();
    // What a page has that holds the query as a whole.
    let anywhere = || query.typed().filter(|unit| !unit.weak && unit.place == Where::Anywhere);
    let inside = anywhere().fold(0u64, |bits, unit| bits | 1 << unit.slot);
    // Where it stands across gaps, it may be where its words of Han are not: these are not found across gaps, which are beside Han alone.
    let gapless = |unit: &Unit| unit.needle.iter().all(|&symbol| alphabet.class(symbol) != Class::Han);
    let inside_near = anywhere().filter(|unit| gapless(unit)).fold(0u64, |bits, unit| bits | 1 << unit.slot);
    let mut out = Vec::with_capacity(all.len());
    for (page, units) in &all {
        let slots = units.iter().fold(0u64, |bits, &(unit, _)| bits | 1 << query.units[unit].slot);
        let in_list = evidences.literal.as_ref().map(|literal| parts(literal, *page));
        let title = evidences.titles.iter().find(|titled| titled.page == *page);
        // What stands on the page as a whole stands in one part of it with all of its words.
        let (mut words, mut together, mut together_near) = (Vec::new(), u8::MAX, u8::MAX);
        let (mut uncertain, mut any) = (0, 0);
        for &(unit, Posting { parts, .. }) in units {
            let Some(evidence) = &evidences.units[unit] else { continue };
            words.push((evidence.idf, parts));
            any |= parts;
            uncertain |= if evidence.certain { 0 } else { parts };
            let own = &query.units[unit];
            // Of two letters lists have the first part alone.
            let apart = own.other || own.place == Where::AsWord || own.needle.len() < 3 && !evidence.impacts;
            together &= if apart { u8::MAX } else { parts };
            together_near &= if apart || !gapless(own) { u8::MAX } else { parts };
        }
        let complete = slots & required == required;
        let as_typed = match in_list {
            Some(parts) => parts,
            None if complete => together,
            None => 0,
        };
        let as_typed = (as_typed | title.map_or(0, |titled| titled.parts)) & together;
        let near = parts(&evidences.near, *page) & together_near;
        let (potential, literal) = if as_typed > 0 && slots & inside == inside {
            (Potential::Typed, as_typed | near)
        } else if near > 0 && slots & inside_near == inside_near {
            (Potential::Near, near)
        } else {
            (if complete { Potential::All } else { Potential::Some }, 0)
        };
        let first = title.map_or(literal, |titled| titled.parts & literal);
        let first = first & first.wrapping_neg();
        let excluded = evidences.excluded.iter().fold(0, |all, list| all | parts(list, *page));
        // What must not be there may stand in the query as it was typed.
        if excluded > 0 && literal == 0 {
            continue;
        }
        uncertain |= evidences.perhaps_excluded.iter().fold(excluded, |all, list| all | parts(list, *page));
        let score = match query.wordless && literal > 0 {
            true => rank::spread(alphabet, &query.literal, literal),
            false => score(evidences, units, knobs),
        } + match title {
            Some(Posting { impact: 1.., .. }) => rank::EQUAL_TITLE,
            Some(_) => rank::EQUAL_HEADING,
            None => 0,
        };
        let other = units.iter().any(|&(unit, _)| query.units[unit].other);
        out.push(Candidate {
            page: *page,
            potential,
            complete,
            other,
            score,
            literal,
            first,
            uncertain,
            best: rank::best(&words),
            words: any,
        });
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

/// The parts of a page that a list says; none if the page is not in it.
fn parts(list: &[Posting], page: u32) -> u8 {
    list.binary_search_by_key(&page, |posting| posting.page).map_or(0, |at| list[at].parts)
}

//! What a search gives back: hits with their sections, excerpts and marks, and whole pages for reading.

use crate::excerpt::{Marked, Shown};
use crate::ids::{PageId, PassageId, Symbol};
use crate::pages::Kind;
use crate::rank::Knobs;
use crate::search::{Evaluation, Ranked, Tier};
use crate::{Error, Index};
use std::collections::BTreeMap;

/// The most sections that a hit names.
const MAX_SECTIONS: usize = 3;
/// The most passages of a page that are looked at for sections.
const MAX_PASSAGES: usize = 400;

/// What to return of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The most hits to return. Default 10; `usize::MAX` for all.
    pub limit: usize,
    /// How many hits to pass over first. Default 0.
    pub offset: usize,
    /// Whether pages that answer with the same passage are one hit. Default true.
    pub collapse: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { limit: 10, offset: 0, collapse: true }
    }
}

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// How many pages answer, those included that are not returned.
    pub total: usize,
    /// The tier of the first hit.
    pub tier: Option<Tier>,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
}

/// One page that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The page.
    pub page: PageId,
    /// How well it answers.
    pub tier: Tier,
    /// Its score inside the tier, in units of [`crate::rank::ONE`].
    pub score: u64,
    /// Its title with marks.
    pub title: Marked,
    /// The best parts of it, best first; at least one unless the page has only a title.
    pub sections: Vec<SectionHit>,
    /// Pages that answer with the same passage and are not listed themselves.
    pub duplicates: Vec<PageId>,
}

/// A section of a page that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionHit {
    /// Its fragment identifier; empty for none.
    pub anchor: String,
    /// Its heading with marks; empty before the first heading.
    pub heading: Marked,
    /// The part of it to show.
    pub excerpt: Marked,
}

/// A whole page for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its title with marks.
    pub title: Marked,
    /// Its passages without the title, in order.
    pub blocks: Vec<Block>,
}

/// A passage of a page for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// The fragment identifier of a heading; empty for none.
    pub anchor: String,
    /// Its text with marks.
    pub text: Marked,
}

impl Index {
    /// Answers a query.
    ///
    /// Any text is a query: one without characters that can be searched has an empty answer.
    pub fn search(&self, query: &str, options: Options, knobs: &Knobs) -> Answer {
        let evaluation = Evaluation::new(self, knobs, query);
        let ranked = evaluation.ranked();
        let kept = if options.collapse { self.collapsed(&ranked) } else { ranked.iter().map(|hit| (hit, vec![])).collect() };
        let needles = Needles::new(&evaluation);
        Answer {
            total: ranked.len(),
            tier: ranked.first().map(|hit| hit.tier),
            hits: kept
                .into_iter()
                .skip(options.offset)
                .take(options.limit)
                .map(|(hit, duplicates)| self.hit(hit, duplicates, &needles))
                .collect(),
        }
    }

    /// A page for reading, with what a query finds in it marked.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`].
    pub fn read(&self, page: u32, query: &str) -> Result<Reading, Error> {
        let page = self.check_page(page)?;
        let knobs = Knobs::default();
        let evaluation = Evaluation::new(self, &knobs, query);
        let needles = Needles::new(&evaluation);
        let needles = needles.on(page);
        let mut passages = self.pages.passages(page).map(PassageId);
        let title = passages.next().map(|title| Shown::new(self, title, &needles).whole()).unwrap_or_default();
        let blocks = passages
            .map(|passage| Block {
                kind: self.pages.kinds[passage.0 as usize],
                anchor: self.pages.anchor(passage).to_owned(),
                text: Shown::new(self, passage, &needles).whole(),
            })
            .collect();
        Ok(Reading { title, blocks })
    }

    /// Puts pages that answer with the same passage under the best of them.
    fn collapsed<'r>(&self, ranked: &'r [Ranked]) -> Vec<(&'r Ranked, Vec<PageId>)> {
        let mut kept: Vec<(&Ranked, Vec<PageId>)> = Vec::with_capacity(ranked.len());
        let mut by_passage: BTreeMap<(Tier, PassageId), usize> = BTreeMap::new();
        for hit in ranked {
            let passage = self.text.passage_at(hit.best);
            let original = self.pages.copy_of(passage).unwrap_or(passage);
            match by_passage.get(&(hit.tier, original)) {
                Some(&at) => kept[at].1.push(hit.page),
                None => {
                    by_passage.insert((hit.tier, original), kept.len());
                    kept.push((hit, Vec::new()));
                }
            }
        }
        kept
    }

    fn hit(&self, hit: &Ranked, duplicates: Vec<PageId>, needles: &Needles<'_>) -> Hit {
        let needles = needles.on(hit.page);
        let title = self.pages.first[hit.page.0 as usize];
        Hit {
            page: hit.page,
            tier: hit.tier,
            score: hit.score,
            title: Shown::new(self, title, &needles).whole(),
            sections: self.sections(hit, &needles),
            duplicates,
        }
    }

    /// The best sections of a page: where the best part of the answer stands, then those with the most marks.
    fn sections(&self, hit: &Ranked, needles: &[&[Symbol]]) -> Vec<SectionHit> {
        struct Section {
            heading: Option<PassageId>,
            best: Option<(usize, Shown)>,
            heading_marks: usize,
        }
        let best_passage = self.text.passage_at(hit.best);
        let mut sections = vec![Section { heading: None, best: None, heading_marks: 0 }];
        let passages = self.pages.passages(hit.page);
        let from = passages.start + 1;
        let near = best_passage.0.saturating_sub(MAX_PASSAGES as u32 / 2).max(from);
        // The heading that the first passage looked at stands under.
        let heading = (from..near).rev().find(|&p| matches!(self.pages.kinds[p as usize], Kind::Heading(_)));
        sections[0].heading = heading.map(PassageId);
        for passage in (near..passages.end).take(MAX_PASSAGES).map(PassageId) {
            let shown = Shown::new(self, passage, needles);
            if matches!(self.pages.kinds[passage.0 as usize], Kind::Heading(_)) {
                sections.push(Section { heading: Some(passage), best: None, heading_marks: shown.marked() });
                continue;
            }
            let weight = 2 * shown.marked() + if passage == best_passage { usize::MAX / 2 } else { 0 };
            if let Some(section) = sections.last_mut()
                && section.best.as_ref().is_none_or(|(best, _)| weight > *best)
            {
                section.best = Some((weight, shown));
            }
        }
        let weight = |section: &Section| {
            let at_best = section.heading == Some(best_passage);
            let own = section.best.as_ref().map_or(0, |(weight, _)| *weight);
            (if at_best { usize::MAX / 2 } else { 0 }).max(own).saturating_add(section.heading_marks)
        };
        let mut order: Vec<&Section> = sections.iter().filter(|section| section.heading.is_some() || section.best.is_some()).collect();
        order.sort_by_key(|section| core::cmp::Reverse(weight(section)));
        let first = order.iter().take(1);
        let others = order.iter().skip(1).take_while(|section| weight(section) > 0);
        first
            .chain(others)
            .take(MAX_SECTIONS)
            .map(|section| SectionHit {
                anchor: section.heading.map_or("", |heading| self.pages.anchor(heading)).to_owned(),
                heading: section.heading.map(|heading| Shown::new(self, heading, needles).whole()).unwrap_or_default(),
                excerpt: section.best.as_ref().map(|(_, shown)| shown.excerpt()).unwrap_or_default(),
            })
            .collect()
    }
}

/// What to mark.
struct Needles<'e> {
    evaluation: &'e Evaluation<'e>,
    units: Vec<&'e [Symbol]>,
}

impl<'e> Needles<'e> {
    fn new(evaluation: &'e Evaluation<'e>) -> Self {
        let query = &evaluation.query;
        let units = query.units.iter().filter(|unit| !unit.weak).map(|unit| unit.needle.as_slice()).collect();
        Needles { evaluation, units }
    }

    /// On a page that holds the query as typed only that is marked; elsewhere its words.
    fn on(&self, page: PageId) -> Vec<&'e [Symbol]> {
        let literal = !self.evaluation.literal_positions(page).is_empty();
        if literal { vec![&self.evaluation.query.literal] } else { self.units.clone() }
    }
}

//! Where in a page an answer lies: its best sections with their excerpts, what is marked, and in which parts of the text.

use crate::Index;
use crate::excerpt::{Marked, Shown};
use crate::ids::{PageId, PassageId};
use crate::occurrences::Needle;
use crate::order::{below, sorted};
use crate::pages::Kind as PassageKind;
use crate::search::{Evaluation, Ranked};

/// The most sections that a hit names.
const MAX_SECTIONS: usize = 3;

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

/// What a section of a page has of an answer.
struct Section {
    heading: Option<PassageId>,
    weight: usize,
    /// Its best passage that is not its heading, with its weight.
    best: Option<(usize, PassageId)>,
}

impl Index {
    /// The best sections of a page: where the best part of the answer stands, then those with the most hits.
    pub(crate) fn sections(&self, hit: &Ranked, needles: &Needles<'_>) -> Vec<SectionHit> {
        let best = self.text.passage_at(hit.best);
        let mut sections: Vec<Section> = Vec::new();
        let mut lists = needles.lists(hit.page);
        for passage in self.pages.passages(hit.page).map(PassageId) {
            // How many symbols are hit in the passage.
            let end = self.text.range(passage).end;
            let mut weight = 0;
            for (rest, len) in &mut lists {
                let here = below(rest, end);
                weight += here * *len;
                *rest = &rest[here..];
            }
            if weight == 0 {
                continue;
            }
            let own_heading = self.heading_of(passage) == Some(passage);
            let title = self.pages.first[hit.page.0 as usize] == passage;
            let weight = if passage == best { usize::MAX / 2 } else { weight };
            // Passages come in order, so those of one section come together.
            let heading = self.heading_of(passage);
            if sections.last().is_none_or(|section| section.heading != heading) {
                sections.push(Section { heading, weight: 0, best: None });
            }
            let Some(section) = sections.last_mut() else { continue };
            section.weight = section.weight.saturating_add(weight);
            if !own_heading && !title && weight > section.best.map_or(0, |(weight, _)| weight) {
                section.best = Some((weight, passage));
            }
        }
        let order = sorted(sections.len(), &|a, b| sections[a].weight > sections[b].weight);
        let marked = needles.on(hit.page);
        let mut out = Vec::new();
        for &at in order.iter().take(MAX_SECTIONS) {
            let Section { heading, best, .. } = sections[at as usize];
            let mut section =
                SectionHit { anchor: String::new(), heading: Marked::default(), excerpt: Marked::default() };
            if let Some(heading) = heading {
                section.anchor.push_str(self.pages.anchor(heading));
                section.heading = Shown::new(self, heading, &marked).whole();
            }
            // Where only the heading or the title has hits, the text behind it is shown.
            let passage = best.map(|(_, passage)| passage).or_else(|| self.paragraph_after(hit.page, heading));
            if let Some(passage) = passage {
                section.excerpt = Shown::new(self, passage, &marked).excerpt();
            }
            out.push(section);
        }
        // A page that is listed without a query shows how it begins.
        if out.is_empty()
            && let Some(passage) = self.paragraph_after(hit.page, None)
        {
            let excerpt = Shown::new(self, passage, &marked).excerpt();
            out.push(SectionHit { anchor: String::new(), heading: Marked::default(), excerpt });
        }
        out
    }

    /// The first paragraph under a heading; of the page if there is no heading.
    fn paragraph_after(&self, page: PageId, heading: Option<PassageId>) -> Option<PassageId> {
        let passages = self.pages.passages(page);
        for at in heading.map_or(passages.start, |heading| heading.0) + 1..passages.end {
            if heading.is_some() && self.heading_of(PassageId(at)) != heading {
                return None;
            }
            if self.pages.kinds[at as usize] == PassageKind::Paragraph {
                return Some(PassageId(at));
            }
        }
        None
    }

    /// [`crate::answer::Hit::places`].
    pub(crate) fn places(&self, page: PageId, needles: &Needles<'_>) -> u32 {
        let passages = self.pages.passages(page);
        let start = self.text.range(PassageId(passages.start)).start;
        let end = self.text.range(PassageId(passages.end - 1)).end;
        let mut places = 0;
        for (positions, _) in needles.lists(page) {
            for &at in positions {
                places |= 1 << (u64::from(at - start) * 32 / u64::from(end - start));
            }
        }
        places
    }
}

/// What to mark.
pub(crate) struct Needles<'e> {
    pub(crate) evaluation: &'e Evaluation<'e>,
    /// The places in the query of the units that are words.
    units: Vec<usize>,
}

impl<'e> Needles<'e> {
    pub(crate) fn new(evaluation: &'e Evaluation<'e>) -> Self {
        let mut units = Vec::new();
        for (at, unit) in evaluation.query.units.iter().enumerate() {
            if !unit.weak {
                units.push(at);
            }
        }
        Needles { evaluation, units }
    }

    /// On a page that holds the query as typed only that is marked; elsewhere its words.
    pub(crate) fn on(&self, page: PageId) -> Vec<Needle<'e>> {
        let query = &self.evaluation.query;
        if !self.evaluation.literal_positions(page).is_empty() {
            return vec![query.sought()];
        }
        let mut needles = Vec::new();
        for &unit in &self.units {
            needles.push(query.units[unit].sought());
        }
        needles
    }

    /// Where what is marked on a page stands, ascending, with the length of each list's string.
    pub(crate) fn lists(&self, page: PageId) -> Vec<(&[u32], usize)> {
        let query = &self.evaluation.query;
        let literal = self.evaluation.literal_positions(page);
        let mut lists = Vec::new();
        if literal.is_empty() {
            for &unit in &self.units {
                lists.push((self.evaluation.unit_positions(unit, page), query.units[unit].needle.len()));
            }
        } else {
            lists.push((literal, query.literal.len()));
        }
        lists
    }
}

//! The score of a page inside its tier: what each part of a query adds, and where the best of the page is.

use crate::ids::{PageId, PassageId, Symbol};
use crate::index::Field;
use crate::occurrences::OnPage;
use crate::order::below;
use crate::pages::Kind;
use crate::query::trim_marks;
use crate::rank;
use crate::search::{Evaluation, Found, Part};
use core::ops::Range;

/// The distance, in symbols, at which closeness is worth half.
const CLOSE: u64 = 12;
/// The most places of the rarest unit that are looked at on one page.
const MAX_PLACES: usize = 256;

impl Evaluation<'_> {
    /// Hands every part of a page's score to `part`; returns where the best part of the answer stands.
    pub(crate) fn score(&self, found: &Found<'_>, part: &mut dyn FnMut(Part, u64)) -> u32 {
        let lengths = &self.index.lengths[found.page.0 as usize];
        let mut best = None;
        if let Some(on_page) = found.literal {
            let as_typed = self.as_typed(on_page);
            if let Some((equal, position)) = self.equal(found.page) {
                let value = if equal == Part::EqualTitle { rank::EQUAL_TITLE } else { rank::EQUAL_HEADING };
                let other_script = !as_typed && !self.query.variants.is_empty();
                part(equal, if other_script { value / rank::OTHER_SCRIPT } else { value });
                best = Some(position);
            }
            if as_typed {
                part(Part::AsTyped, rank::AS_TYPED);
            }
            if self.query.wordless {
                part(Part::Literal, self.spread(found.page, on_page));
            }
            best = best.or_else(|| self.best_literal(on_page));
        }
        let mut units = Vec::new();
        for &(unit, on_page) in &found.units {
            if self.query.units[unit].weak || self.query.wordless && found.literal.is_some() {
                continue;
            }
            let (idf, occurrences) = &self.units[unit];
            let impact = rank::impact(self.knobs, on_page, lengths, &self.average);
            let parts = self.parts(found.page, &occurrences.positions[on_page.range.clone()]);
            #[cfg(feature = "cut")]
            let (impact, parts) = match self.index.whole.as_ref().and_then(|whole| whole.unit(unit, found.page)) {
                Some(posting) => (u64::from(posting.impact), posting.parts),
                None => (impact, parts),
            };
            part(Part::Unit(unit), rank::word_score(self.knobs, *idf, impact));
            units.push((*idf, parts));
        }
        let closeness = rank::closeness(self.knobs, &units);
        if closeness > 0 {
            part(Part::Proximity, closeness);
        }
        best.or_else(|| self.closest(found, rank::best(&units))).unwrap_or_else(|| {
            // Only left-over characters, or what is known from lists alone.
            let first = found.units.iter().find(|(_, on_page)| !on_page.range.is_empty());
            let title = || self.index.text.range(self.index.pages.first[found.page.0 as usize]).start;
            first.map_or_else(title, |(unit, on_page)| self.units[*unit].1.positions[on_page.range.start])
        })
    }

    /// What a page gets for holding a query without words.
    fn spread(&self, page: PageId, on_page: &OnPage) -> u64 {
        let parts = self.parts(page, &self.literal.positions[on_page.range.clone()]);
        #[cfg(feature = "cut")]
        let parts = match self.index.whole.as_ref().and_then(|whole| whole.literal(page)) {
            Some(posting) => posting.parts,
            None => parts,
        };
        rank::spread(&self.index.alphabet, &self.query.literal, parts)
    }

    /// In which parts of a page the passages are that hold its positions.
    fn parts(&self, page: PageId, positions: &[u32]) -> u8 {
        let (mut passage, mut behind, mut parts) = (self.index.pages.first[page.0 as usize], 0, 0);
        for &at in positions {
            if at >= behind {
                passage = self.index.text.passage_from(passage, at);
                behind = self.index.text.range(passage).end;
                parts |= self.index.part(page, passage);
            }
        }
        parts
    }

    /// Where the text of a page starts that is in a part or behind it; `part` is a bit.
    #[inline(never)]
    fn start_of(&self, page: PageId, part: u32) -> u32 {
        let Range { start: mut first, end: mut behind } = self.index.pages.passages(page);
        while first < behind {
            let middle = first.midpoint(behind);
            if u32::from(self.index.part(page, PassageId(middle))) < part {
                first = middle + 1;
            } else {
                behind = middle;
            }
        }
        // A passage starts where the one before it ends.
        first.checked_sub(1).map_or(0, |before| self.index.text.range(PassageId(before)).end)
    }

    /// Whether the query stands on a page in the forms of its characters that were typed. False where no character of
    /// it has several forms: then all pages are alike.
    fn as_typed(&self, on_page: &OnPage) -> bool {
        let forms = &self.query.variants;
        let same =
            |at: u32| (at..).zip(forms).all(|(at, form)| form.is_none_or(|form| form == self.index.variants.has(at)));
        !forms.is_empty() && self.literal.positions[on_page.range.clone()].iter().any(|&at| same(at))
    }

    /// The first place of the whole query in running text, or the first of all.
    fn best_literal(&self, on_page: &OnPage) -> Option<u32> {
        let positions = &self.literal.positions[on_page.range.clone()];
        let running =
            |&&at: &&u32| matches!(self.index.field(self.index.text.passage_at(at)), Field::Lead | Field::Body);
        positions.iter().take(16).find(running).or(positions.first()).copied()
    }

    /// Whether the query is the title or a heading of a page, but for punctuation at its ends.
    fn equal(&self, page: PageId) -> Option<(Part, u32)> {
        let wanted = &self.query.literal[trim_marks(self.index, &self.query.literal)];
        let (mut best, mut last) = (None, None);
        for &at in self.literal_positions(page) {
            let passage = self.index.text.passage_at(at);
            if last == Some(passage) {
                continue;
            }
            last = Some(passage);
            match self.equal_passage(passage, wanted) {
                title @ Some((Part::EqualTitle, _)) => return title,
                heading => best = best.or(heading),
            }
        }
        best
    }

    fn equal_passage(&self, passage: PassageId, wanted: &[Symbol]) -> Option<(Part, u32)> {
        let part = match self.index.pages.kinds[passage.0 as usize] {
            Kind::Title => Part::EqualTitle,
            Kind::Heading(_) | Kind::Subtitle => Part::EqualHeading,
            _ => return None,
        };
        let range = self.index.text.range(passage);
        let mut symbols = Vec::new();
        for at in range.start..range.end - 1 {
            symbols.push(self.index.text.symbol(at));
        }
        (&symbols[trim_marks(self.index, &symbols)] == wanted).then_some((part, range.start))
    }

    /// Where the units of a page come closest to each other in one part of it: the place of the unit that is rarest there with the greatest
    /// sum, over the others, of how telling they are, shared out by distance.
    fn closest(&self, found: &Found<'_>, part: u8) -> Option<u32> {
        let (start, end) = (self.start_of(found.page, part.into()), self.start_of(found.page, u32::from(part) << 1));
        let mut places: Vec<(usize, &[u32])> = Vec::new();
        for &(unit, on_page) in &found.units {
            let all = &self.units[unit].1.positions[on_page.range.clone()];
            let here = &all[below(all, start)..below(all, end)];
            if !here.is_empty() && !self.query.units[unit].weak {
                places.push((unit, here));
            }
        }
        let rarest = (0..places.len()).min_by_key(|&at| places[at].1.len())?;
        let (rare, of_rare) = places.remove(rarest);
        let len = |unit: usize| self.query.units[unit].needle.len() as u32;
        let mut best = (0, of_rare[0]);
        for &at in of_rare.iter().take(MAX_PLACES) {
            let mut near = 0;
            for (unit, rest) in &mut places {
                // Of what lies before, only the last can be the nearest, now or later.
                let before = below(rest, at);
                *rest = &rest[before.saturating_sub(1)..];
                let gap = |&other: &u32| {
                    if at < other {
                        other.saturating_sub(at + len(rare))
                    } else {
                        at.saturating_sub(other + len(*unit))
                    }
                };
                let gap = rest.iter().take(2).map(gap).min().unwrap_or(u32::MAX);
                near += self.units[*unit].0 * CLOSE / (CLOSE + u64::from(gap));
            }
            if near > best.0 {
                best = (near, at);
            }
        }
        Some(best.1)
    }
}

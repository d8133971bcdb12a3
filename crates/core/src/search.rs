//! Evaluating a query: which pages answer it, how well, and in which order.

use crate::Index;
use crate::chars::Class;
use crate::ids::{PageId, PassageId};
use crate::index::Field;
use crate::occurrences::{self, Occurrences, OnPage, Where};
use crate::order::sorted;
use crate::query::{Joint, Query, Unit, unfinished};
use crate::rank::{self, Knobs};
use crate::suggest::spell;
use crate::text::Bits;

/// How well a page answers a query. Better tiers come first, whatever the scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The query stands there as it was typed.
    Exact,
    /// Its words stand there next to each other, in order.
    Adjacent,
    /// All its words stand there.
    All,
    /// Some of its words stand there. Only shown when no page is in a better tier.
    Some,
}

impl Tier {
    /// The name of the tier in results.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Exact => "exact",
            Tier::Adjacent => "adjacent",
            Tier::All => "all",
            Tier::Some => "some",
        }
    }
}

/// A page that answers a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The page.
    pub page: PageId,
    /// How well it answers.
    pub tier: Tier,
    /// Whether it holds some word in another spelling only; then it comes behind the others of its tier.
    pub other: bool,
    /// Its score inside the tier, in units of [`rank::ONE`].
    pub score: u64,
    /// Where the best part of the answer stands, in the searched text.
    pub best: u32,
}

/// One part of a score, for [`Evaluation::explain`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The query is the title.
    EqualTitle,
    /// The query is a heading.
    EqualHeading,
    /// The query stands there in the script, traditional or simplified, that it was typed in.
    AsTyped,
    /// In how many parts of the page the query stands, if no unit of it is a word.
    Literal,
    /// One unit of the query, by its place in [`Query::units`].
    Unit(usize),
    /// How close the units stand together.
    Proximity,
}

impl Part {
    /// The name of the part in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Part::EqualTitle => "equal-title",
            Part::EqualHeading => "equal-heading",
            Part::AsTyped => "as-typed",
            Part::Literal => "literal",
            Part::Unit(_) => "word",
            Part::Proximity => "proximity",
        }
    }
}

/// A query with everything that was found for it.
#[derive(Debug, Clone)]
pub struct Evaluation<'a> {
    pub(crate) index: &'a Index,
    pub(crate) knobs: &'a Knobs,
    /// The query.
    pub query: Query,
    /// Where the whole query stands; the same as the only unit's if it has but one.
    pub(crate) literal: Occurrences,
    pub(crate) units: Vec<(u64, Occurrences)>,
    pub(crate) average: [u32; Field::COUNT],
    excluded: Bits,
}

/// What one page has of a query.
pub(crate) struct Found<'e> {
    pub(crate) page: PageId,
    pub(crate) literal: Option<&'e OnPage>,
    /// The units that stand on the page.
    pub(crate) units: Vec<(usize, &'e OnPage)>,
}

impl<'a> Evaluation<'a> {
    /// Looks up everything that a query asks for. `prefix`: its last word is still being typed, so that the beginning of
    /// a word is as good as a word; a blank at the end finishes it.
    pub fn new(index: &'a Index, knobs: &'a Knobs, text: &str, prefix: bool) -> Evaluation<'a> {
        let query = Query::parse(index, text);
        let prefix = prefix && unfinished(text);
        let literal = occurrences::find(index, query.sought(), None, prefix, Where::Anywhere);
        let last = query.units.iter().rposition(|unit| !unit.other);
        let pages = index.pages.len();
        #[cfg(feature = "cut")]
        let idf = |unit: &Unit, found: &Occurrences| match &index.whole {
            Some(whole) => rank::inverse_frequency(whole.holding(unit, index, found.pages.len()), whole.pages),
            None => rank::inverse_frequency(found.pages.len(), pages),
        };
        #[cfg(not(feature = "cut"))]
        let idf = |_: &Unit, found: &Occurrences| rank::inverse_frequency(found.pages.len(), pages);
        let mut units = Vec::new();
        for (at, unit) in query.units.iter().enumerate() {
            let found = match unit.field {
                None if unit.sought() == query.sought() => literal.clone(),
                field => occurrences::find(index, unit.sought(), field, prefix && Some(at) == last, unit.place),
            };
            #[cfg(feature = "cut")]
            let found = match &index.whole {
                Some(whole) => whole.complete(at, found),
                None => found,
            };
            units.push((idf(unit, &found), found));
        }
        let mut excluded = Bits::new(pages);
        for unit in &query.excluded {
            let found = occurrences::find(index, unit.sought(), None, false, Where::Anywhere);
            for on_page in &found.pages {
                excluded.set(on_page.page.0);
            }
        }
        Evaluation { average: index.average_lengths(), units, index, knobs, query, literal, excluded }
    }

    /// Every page that answers, best first: all of the best tiers, or those with some of the words if there is none.
    pub fn ranked(&self) -> Vec<Ranked> {
        let found = self.found();
        let mut tiers = Vec::with_capacity(found.len());
        let mut worst = Tier::Some;
        for found in &found {
            let tier = self.tier(found);
            if tier.is_some_and(|tier| tier < Tier::Some) {
                worst = Tier::All;
            }
            tiers.push(tier);
        }
        let mut ranked: Vec<Ranked> = Vec::new();
        for (found, tier) in found.iter().zip(tiers) {
            if let Some(tier) = tier
                && tier <= worst
            {
                let mut score = 0;
                let best = self.score(found, &mut |_, value| score += value);
                let other = found.units.iter().any(|&(unit, _)| self.query.units[unit].other);
                ranked.push(Ranked { page: found.page, tier, other, score, best });
            }
        }
        let key = |hit: &Ranked| (hit.tier, hit.other, core::cmp::Reverse(hit.score), hit.page);
        let order = sorted(ranked.len(), &|a, b| key(&ranked[a]) < key(&ranked[b]));
        let mut out = Vec::with_capacity(order.len());
        for at in order {
            out.push(ranked[at as usize].clone());
        }
        out
    }

    /// Why a page stands where it stands: its tier, and the parts whose sum is its score. `None` if it does not answer.
    pub fn explain(&self, page: PageId) -> Option<(Tier, Vec<(Part, u64)>)> {
        let found = self.found().into_iter().find(|found| found.page == page)?;
        let tier = self.tier(&found)?;
        let mut parts = Vec::new();
        self.score(&found, &mut |part, value| parts.push((part, value)));
        Some((tier, parts))
    }

    /// Where the whole query stands on a page.
    pub fn literal_positions(&self, page: PageId) -> &[u32] {
        positions(&self.literal, page)
    }

    /// Whether the whole query stands on a page; `typed`: with the gaps that were typed.
    #[cfg(feature = "cut")]
    pub(crate) fn stands(&self, page: PageId, typed: bool) -> bool {
        let at = self.literal.pages.binary_search_by_key(&page, |on_page| on_page.page);
        at.is_ok_and(|at| self.literal.pages[at].exact || !typed)
    }

    /// Where a unit stands on a page.
    pub fn unit_positions(&self, unit: usize, page: PageId) -> &[u32] {
        positions(&self.units[unit].1, page)
    }

    /// A unit of the query as it is mostly written.
    pub fn unit_text(&self, unit: usize) -> String {
        spell(self.index, &self.query.units[unit].needle, &[])
    }

    /// What every page has of the query, by page; pages that have nothing are left out.
    fn found(&self) -> Vec<Found<'_>> {
        let mut place = vec![u32::MAX; self.index.pages.len()];
        let mut found: Vec<Found<'_>> = Vec::new();
        for on_page in &self.literal.pages {
            place[on_page.page.0 as usize] = found.len() as u32;
            found.push(Found { page: on_page.page, literal: Some(on_page), units: Vec::new() });
        }
        let own = &self.query.units;
        for (unit, (_, occurrences)) in self.units.iter().enumerate() {
            for on_page in &occurrences.pages {
                let place = &mut place[on_page.page.0 as usize];
                if *place == u32::MAX {
                    if self.excluded.has(on_page.page.0) {
                        continue;
                    }
                    *place = found.len() as u32;
                    found.push(Found { page: on_page.page, literal: None, units: Vec::new() });
                }
                let units = &mut found[*place as usize].units;
                // Another spelling counts where the word itself is missing.
                if !own[unit].other || units.last().is_none_or(|&(last, _)| own[last].slot != own[unit].slot) {
                    units.push((unit, on_page));
                }
            }
        }
        found
    }

    /// The tier of a page; `None` if it has nothing but left-over characters.
    fn tier(&self, found: &Found<'_>) -> Option<Tier> {
        let query = &self.query;
        match found.literal {
            Some(on_page) if on_page.exact => return Some(Tier::Exact),
            // Across a blank or a line break that was not typed, and the other way round. Of characters that are no
            // words little can be said.
            Some(_) => return Some(if query.wordless { Tier::Some } else { Tier::Adjacent }),
            None => {}
        }
        let slots = found.units.iter().fold(0u64, |bits, &(unit, _)| bits | 1 << query.units[unit].slot);
        let required = query.required();
        if slots & required != required {
            return (slots & required != 0).then_some(Tier::Some);
        }
        if query.wordless {
            Some(Tier::Some)
        } else if !query.plain {
            let typed = found.units.iter().any(|&(unit, _)| !query.units[unit].other);
            Some(if query.slots == 1 && typed { Tier::Exact } else { Tier::All })
        } else if query.slots > 1 && self.adjacent(found.page) {
            Some(Tier::Adjacent)
        } else {
            Some(Tier::All)
        }
    }

    /// Whether all units stand next to each other somewhere on the page, in order.
    fn adjacent(&self, page: PageId) -> bool {
        let text = &self.index.text;
        'places: for &start in self.unit_positions(0, page) {
            let mut end = start;
            for unit in self.query.typed() {
                let latest = end + 2;
                while !text.stands_at(&unit.needle, end) {
                    let between = match self.index.alphabet.class(text.symbol(end)) {
                        Class::Blank => true,
                        Class::Mark => unit.joint == Joint::Loose,
                        _ => false,
                    };
                    if !between || end == latest {
                        continue 'places;
                    }
                    end += 1;
                }
                end += unit.needle.len() as u32;
            }
            return true;
        }
        false
    }
}

fn positions(occurrences: &Occurrences, page: PageId) -> &[u32] {
    match occurrences.pages.binary_search_by_key(&page, |on_page| on_page.page) {
        Ok(at) => &occurrences.positions[occurrences.pages[at].range.clone()],
        Err(_) => &[],
    }
}

impl Index {
    /// Where the searched text of a page starts and ends.
    pub(crate) fn extent(&self, page: PageId) -> core::ops::Range<u32> {
        let passages = self.pages.passages(page);
        self.text.range(PassageId(passages.start)).start..self.text.range(PassageId(passages.end - 1)).end
    }

    /// Which part of a page a passage of it belongs to, as a bit.
    #[inline(never)]
    pub(crate) fn part(&self, page: PageId, passage: PassageId) -> u8 {
        #[cfg(feature = "cut")]
        if let Some(whole) = &self.whole {
            return 1 << whole.places[passage.0 as usize].0;
        }
        let core::ops::Range { start, end } = self.extent(page);
        rank::part(self.text.range(passage).start - start, end - start)
    }

    /// The mean length of each field over the pages that have it, in symbols; at least 1.
    pub(crate) fn average_lengths(&self) -> [u32; Field::COUNT] {
        #[cfg(feature = "cut")]
        if let Some(whole) = &self.whole {
            return whole.average;
        }
        let mut average = [1; Field::COUNT];
        for (field, average) in average.iter_mut().enumerate() {
            let (mut count, mut sum) = (0, 0);
            for lengths in &self.lengths {
                count += u64::from(lengths[field] > 0);
                sum += u64::from(lengths[field]);
            }
            // The mean of numbers of 32 bits is one itself.
            *average = (sum / u64::max(count, 1)).max(1) as u32;
        }
        average
    }
}

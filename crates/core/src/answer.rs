//! What a search gives back: hits with their sections, excerpts and marks, and whole pages for reading.

use crate::excerpt::{Marked, Shown};
use crate::facets::{self, Passing, Selection};
use crate::ids::{PageId, PassageId};
use crate::index::Field;
use crate::order::sorted;
use crate::pages::Kind as PassageKind;
use crate::rank::Knobs;
use crate::search::{Evaluation, Ranked, Tier};
use crate::sections::{Needles, SectionHit};
use crate::suggest::{self, Kind, Letters, Suggestion};
use crate::text::Bits;
use crate::{Error, Index};

/// With fewer pages than this in the upper tiers another query is suggested.
pub(crate) const FEW: usize = 3;
/// The most pages that are looked at to tell whether all hits are accidents.
const MAX_ACCIDENTS: usize = 1000;

/// What to return of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The most hits to return. Default 10; `usize::MAX` for all.
    pub limit: usize,
    /// How many hits to pass over first. Default 0.
    pub offset: usize,
    /// Whether pages that answer with the same passage are one hit. Default true.
    pub collapse: bool,
    /// Whether the last word of the query is still being typed, so that the beginning of a word is as good as a word.
    /// Default true.
    pub prefix: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { limit: 10, offset: 0, collapse: true, prefix: true }
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
    /// Another query that may be meant, when this one finds little.
    pub suggestion: Option<Offered>,
    /// For each filter of the index and each of its values, how many pages answer, have the value and pass the other filters.
    pub facets: Vec<Vec<u32>>,
}

/// A suggestion and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The other query.
    pub suggestion: Suggestion,
    /// Whether the hits are those of the other query, since the typed one has none but accidents. Such hits are in tier
    /// [`Tier::Some`]: they do not hold what was typed.
    pub applied: bool,
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
    /// Where in the page its hits begin: bit `n`, from the lowest, stands for the `n`th of 32 equal parts of the page's text,
    /// counted in the characters that take part in matching.
    pub places: u32,
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
    pub kind: PassageKind,
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
        // Nothing is selected, so nothing can be named that does not exist.
        self.select(query, options, &Selection::default(), knobs).unwrap_or_default()
    }

    /// Answers a query with the pages of a selection: those that would answer without it and pass, in the order of the sort if
    /// one is named. A query that holds nothing to search for is answered by all pages that pass, as `exact`, if anything is
    /// selected.
    ///
    /// # Errors
    /// [`Error::NoSuchField`].
    pub fn select(&self, query: &str, options: Options, selection: &Selection, knobs: &Knobs) -> Result<Answer, Error> {
        let passing = Passing::new(&self.facets, selection, self.pages.len())?;
        let sort = match &selection.sort {
            None => None,
            Some((name, down)) => {
                let sort = self.facets.sorts.iter().find(|sort| sort.name == *name).ok_or(Error::NoSuchField)?;
                Some((&sort.ranks, *down))
            }
        };
        let evaluation = Evaluation::new(self, knobs, query, options.prefix);
        let ranked = evaluation.ranked();
        let blank = evaluation.query.units.is_empty() && evaluation.query.literal.is_empty();
        let list = blank && !selection.is_empty();
        let (strength, suggestion) = self.meant(query, &evaluation, &ranked);
        let others = self.applied(strength, suggestion.as_ref(), knobs);
        let needles = Needles::new(&evaluation);
        let mut other_needles: Vec<Needles<'_>> = Vec::new();
        for other in &others {
            other_needles.push(Needles::new(other));
        }
        let mut hits: Vec<Found<'_>> = Vec::new();
        let mut listed = Bits::new(self.pages.len());
        if strength != Strength::None || others.is_empty() {
            for hit in ranked {
                listed.set(hit.page.0);
                hits.push((hit, &needles));
            }
        }
        for needles in &other_needles {
            for hit in needles.evaluation.ranked() {
                if !listed.has(hit.page.0) {
                    listed.set(hit.page.0);
                    hits.push((Ranked { tier: Tier::Some, ..hit }, needles));
                }
            }
        }
        if list {
            for page in 0..self.pages.len() as u32 {
                listed.set(page);
                let best = self.text.range(self.pages.first[page as usize]).start;
                hits.push((Ranked { page: PageId(page), tier: Tier::Exact, other: false, score: 0, best }, &needles));
            }
        }
        let counts = passing.counts(&self.facets, &listed);
        hits.retain(|(hit, _)| passing.has(hit.page.0));
        if let Some((ranks, down)) = sort {
            let key = |at: usize| facets::place(ranks[hits[at].0.page.0 as usize], down);
            let order = sorted(hits.len(), &|a, b| key(a) < key(b));
            let mut in_order = Vec::with_capacity(hits.len());
            for at in order {
                in_order.push(hits[at as usize].clone());
            }
            hits = in_order;
        }
        let shown = self.shown(&hits, options);
        let applied = !others.is_empty();
        Ok(Answer {
            total: hits.len(),
            tier: hits.first().map(|(hit, _)| hit.tier),
            hits: shown,
            suggestion: suggestion.map(|suggestion| Offered { suggestion, applied }),
            facets: counts,
        })
    }

    /// How well a query is answered, and what else may be meant if that is not well enough.
    fn meant(&self, text: &str, evaluation: &Evaluation<'_>, ranked: &[Ranked]) -> (Strength, Option<Suggestion>) {
        let found = self.found(evaluation, ranked);
        if !found.little {
            return (found.strength, None);
        }
        let suggestion = suggest::suggest(self, text, &mut &*self);
        (found.beside(suggestion.as_ref()), suggestion)
    }

    /// How well a query is answered by pages, best first.
    #[inline(always)]
    pub(crate) fn found(&self, evaluation: &Evaluation<'_>, ranked: &[Ranked]) -> Outcome {
        let strong = ranked.iter().take_while(|hit| hit.tier < Tier::Some).count();
        let letters = suggest::letters_only(self, &evaluation.query);
        let starts = |hit: &Ranked| evaluation.literal_positions(hit.page).iter().any(|&at| self.token_starts.has(at));
        let apart = ranked.first().is_none_or(|hit| hit.tier > Tier::Adjacent);
        let strength = match strong {
            0 => Strength::None,
            _ if letters == Letters::NoWords && !ranked.iter().take(MAX_ACCIDENTS).any(starts) => Strength::Accident,
            _ => Strength::Real,
        };
        // Characters that are left over between words may be a slip, unless the query stands somewhere as it is; so
        // may letters that stand nowhere together.
        let left_over =
            evaluation.query.units.iter().any(|unit| unit.weak && !unit.asking) || letters == Letters::Words;
        let much = strong >= FEW && strength == Strength::Real && letters != Letters::NoWords && !(left_over && apart);
        Outcome {
            strength,
            letters,
            apart,
            #[cfg(feature = "cut")]
            few: strong < FEW,
            little: !much,
        }
    }

    /// What is searched instead of a query that has no real hits: its suggestion, then the alternatives.
    fn applied<'a>(
        &'a self,
        strength: Strength,
        suggestion: Option<&Suggestion>,
        knobs: &'a Knobs,
    ) -> Vec<Evaluation<'a>> {
        let mut others = Vec::new();
        if let Some(other) = suggestion.filter(|_| strength != Strength::Real) {
            others.push(Evaluation::new(self, knobs, &other.query, false));
            for query in &other.alternatives {
                others.push(Evaluation::new(self, knobs, query, false));
            }
        }
        others
    }

    /// A page for reading, with what a query finds in it marked.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`].
    pub fn read(&self, page: u32, query: &str) -> Result<Reading, Error> {
        let page = self.check_page(page)?;
        let knobs = Knobs::default();
        let evaluation = Evaluation::new(self, &knobs, query, true);
        let mut marked = &evaluation;
        let (strength, suggestion) = self.meant(query, &evaluation, &evaluation.ranked());
        let others = self.applied(strength, suggestion.as_ref(), &knobs);
        // A page that a suggestion led to has nothing of what was typed: what was meant is marked.
        if evaluation.literal_positions(page).is_empty() {
            let there = |other: &&Evaluation<'_>| !other.literal_positions(page).is_empty();
            marked = others.iter().find(there).or(others.first()).unwrap_or(marked);
        }
        Ok(self.reading(page, marked))
    }

    /// A page for reading, with what an evaluated query finds in it marked.
    pub(crate) fn reading(&self, page: PageId, marked: &Evaluation<'_>) -> Reading {
        let needles = Needles::new(marked).on(page);
        let mut passages = self.pages.passages(page).map(PassageId);
        let title = passages.next().map(|title| Shown::new(self, title, &needles).whole()).unwrap_or_default();
        let mut blocks = Vec::new();
        for passage in passages {
            blocks.push(Block {
                kind: self.pages.kinds[passage.0 as usize],
                anchor: self.pages.anchor(passage).to_owned(),
                text: Shown::new(self, passage, &needles).whole(),
            });
        }
        Reading { title, blocks }
    }

    /// The hits asked for.
    #[inline(always)]
    pub(crate) fn shown(&self, hits: &[Found<'_>], options: Options) -> Vec<Hit> {
        let mut kept = self.collapsed(hits, options.collapse);
        let end = options.offset.saturating_add(options.limit).min(kept.len());
        let mut shown = Vec::new();
        for ((hit, needles), duplicates) in kept.get_mut(options.offset..end).unwrap_or_default() {
            shown.push(self.hit(hit, core::mem::take(duplicates), needles));
        }
        shown
    }

    /// Puts pages that answer with the same passage under the best of them, if `collapse`.
    pub(crate) fn collapsed<'r, 'e>(
        &self,
        ranked: &'r [Found<'e>],
        collapse: bool,
    ) -> Vec<(&'r Found<'e>, Vec<PageId>)> {
        let mut kept: Vec<(&Found<'e>, Vec<PageId>)> = Vec::with_capacity(ranked.len());
        let mut place = vec![usize::MAX; self.text.passages()];
        for found in ranked {
            let hit = &found.0;
            let passage = self.text.passage_at(hit.best);
            let place = &mut place[self.pages.copy_of(passage).unwrap_or(passage).0 as usize];
            match kept.get_mut(*place) {
                // That of a title or a heading does not make pages the same.
                Some(((best, _), duplicates))
                    if collapse
                        && best.tier == hit.tier
                        && matches!(self.field(passage), Field::Lead | Field::Body) =>
                {
                    duplicates.push(hit.page);
                }
                _ => {
                    *place = kept.len();
                    kept.push((found, Vec::new()));
                }
            }
        }
        kept
    }

    fn hit(&self, hit: &Ranked, duplicates: Vec<PageId>, needles: &Needles<'_>) -> Hit {
        let title = self.pages.first[hit.page.0 as usize];
        Hit {
            page: hit.page,
            tier: hit.tier,
            score: hit.score,
            title: Shown::new(self, title, &needles.on(hit.page)).whole(),
            sections: self.sections(hit, needles),
            duplicates,
            places: self.places(hit.page, needles),
        }
    }
}

/// A page that answers, and what to mark on it.
pub(crate) type Found<'e> = (Ranked, &'e Needles<'e>);

/// What a query finds, as far as it tells whether another was meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) strength: Strength,
    pub(crate) letters: Letters,
    /// Whether its words stand nowhere together.
    pub(crate) apart: bool,
    /// Whether hardly any page is in the upper tiers.
    #[cfg(feature = "cut")]
    pub(crate) few: bool,
    /// Whether it is so little that another query is suggested.
    pub(crate) little: bool,
}

impl Outcome {
    /// How well the query is answered, seen beside what may be meant.
    pub(crate) fn beside(&self, suggestion: Option<&Suggestion>) -> Strength {
        match suggestion {
            // Syllables that happen to be words of another script, on one page but not together.
            Some(Suggestion { kind: Kind::Pinyin, .. })
                if self.apart && self.strength == Strength::Real && self.letters != Letters::No =>
            {
                Strength::Accident
            }
            _ => self.strength,
        }
    }
}

/// How well a query is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    /// No page is in a better tier than the last.
    None,
    /// Pages hold the letters typed, but only inside words or apart from each other.
    Accident,
    /// Some page answers.
    Real,
}

//! Which pages are chosen by filters, in which order, and how many have each value.

use super::asked::{Asked, View};
use super::candidates::{Candidate, Potential};
use super::columns::Directory;
use super::looking::{Looking, fragments};
use super::plan::{Answered, Loaded, Step};
use super::texts::assemble;
use super::{Family, Piece};
use crate::Error;
use crate::answer::{Answer, FEW, Found, Options};
use crate::facets::{self, Facets, Filter, Passing, Selection};
use crate::ids::PageId;
use crate::order::in_order;
use crate::rank::Knobs;
use crate::search::{Evaluation, Ranked, Tier};
use crate::sections::Needles;
use crate::text::Bits;

/// What is asked for besides a query.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'s> {
    /// What to return.
    pub options: Options,
    /// Which pages are wanted, and in which order.
    pub selection: &'s Selection,
    /// Whether pages are counted by the values of filters.
    pub counted: bool,
    /// Whether what else may be meant is not looked for.
    pub typed: bool,
}

/// What is known of all pages that a selection needs.
pub(super) struct Chosen {
    facets: Facets,
    passing: Passing,
    /// The place of each page in the order asked for; nothing without one.
    places: Vec<u32>,
    /// Whether anything is selected, so that pages answer a query that holds nothing to search for.
    any: bool,
}

impl Looking<'_> {
    /// Answers a query with the pages of a selection, as [`Index::select`] does.
    pub(super) fn select(&mut self, text: &str, asking: Asking<'_>, knobs: &Knobs) -> Result<Step, Error> {
        let Asking { options, selection, counted, typed } = asking;
        let mut chosen = None;
        if counted || !selection.is_empty() {
            chosen = self.chosen(selection, counted)?;
            if chosen.is_none() {
                return Ok(self.needs());
            }
        }
        let mut step = match typed {
            true => self.seen(text, options, knobs, chosen.as_ref())?,
            false => self.search(text, options, knobs, chosen.as_ref())?,
        };
        if let (Step::Done(answered), Some(chosen)) = (&mut step, chosen.filter(|_| counted)) {
            let mut answering = Bits::new(self.cut.root.figures.pages as usize);
            for one in core::iter::once(&**answered).chain(&answered.further) {
                one.answering.iter().for_each(|&page| answering.set(page));
            }
            answered.answer.facets = chosen.passing.counts(&chosen.facets, &answering);
            answered.index.facets.filters = chosen.facets.filters;
        }
        Ok(step)
    }

    /// What is typed, answered by the pages that are chosen; by all, if nothing is.
    pub(super) fn seen(
        &mut self,
        text: &str,
        options: Options,
        knobs: &Knobs,
        chosen: Option<&Chosen>,
    ) -> Result<Step, Error> {
        let Some(chosen) = chosen else { return self.typed(text, options, knobs) };
        let Some(asked) = self.asked(text, options.prefix, knobs)? else { return Ok(self.needs()) };
        if chosen.any && asked.query.units.is_empty() && asked.query.literal.is_empty() {
            return Ok(self.listed(&asked, options, chosen)?.map_or_else(|| self.needs(), done));
        }
        // How well the query is answered is told by all pages.
        let few = Options { offset: 0, limit: FEW, ..options };
        let all = View { found: &asked.found, places: &[], upper: false };
        let Some(all) = self.answered(&asked, all, few)? else { return Ok(self.needs()) };
        let upper = all.answer.tier.is_some_and(|tier| tier < Tier::Some);
        let passes = |candidate: &&Candidate| {
            chosen.passing.has(candidate.page) && !(upper && candidate.potential == Potential::Some)
        };
        let mut found: Vec<Candidate> = asked.found.iter().filter(passes).cloned().collect();
        if !chosen.places.is_empty() {
            let place = |one: &Candidate| (one.potential >= Potential::All, chosen.places[one.page as usize]);
            found = in_order(&found, &|a, b| place(a) < place(b));
        }
        let view = View { found: &found, places: &chosen.places, upper };
        let Some(mut own) = self.answered(&asked, view, options)? else { return Ok(self.needs()) };
        own.doubtful = all.doubtful;
        own.answering.extend(all.answering);
        Ok(done(own))
    }

    /// All pages that are chosen: they answer a query that holds nothing to search for. `None` if pieces are missing.
    fn listed(&mut self, asked: &Asked<'_>, options: Options, chosen: &Chosen) -> Result<Option<Answered>, Error> {
        let root = &self.cut.root;
        let all = 0..root.figures.pages;
        let passing: Vec<u32> = all.clone().filter(|&page| chosen.passing.has(page)).collect();
        let place = |&page: &u32| chosen.places.get(page as usize);
        let passing = in_order(&passing, &|a, b| place(a) < place(b));
        let end = options.offset.saturating_add(options.limit).min(passing.len());
        let shown = passing.get(options.offset..end).unwrap_or_default();
        let numbers = in_order(shown, &|a, b| a < b);
        let wanted: Vec<(u32, u8)> = numbers.iter().map(|&page| (page, 1)).collect();
        let mut pieces = Vec::new();
        if !self.texts(&wanted, &mut pieces)? {
            return Ok(None);
        }
        let index = assemble(root, &fragments(&pieces, &wanted)?, asked.whole.clone(), &asked.forms)?;
        let evaluation = Evaluation::new(&index, asked.knobs, asked.text, asked.prefix);
        let needles = Needles::new(&evaluation);
        let mut hits: Vec<Found<'_>> = Vec::new();
        for page in shown {
            let Ok(at) = numbers.binary_search(page) else { continue };
            let best = index.text.range(index.pages.first[at]).start;
            hits.push((Ranked { page: PageId(at as u32), tier: Tier::Exact, other: false, score: 0, best }, &needles));
        }
        let hits = index.shown(&hits, Options { offset: 0, ..options });
        let tier = (!passing.is_empty()).then_some(Tier::Exact);
        let answer = Answer { total: passing.len(), tier, hits, suggestion: None, facets: Vec::new() };
        let (further, answering) = (Vec::new(), all.collect());
        Ok(Some(Answered { index, numbers, answer, all: true, doubtful: None, further, answering }))
    }

    /// What is known of all pages that a selection needs; `None` if pieces are missing.
    fn chosen(&mut self, selection: &Selection, counted: bool) -> Result<Option<Chosen>, Error> {
        let pages = self.cut.root.figures.pages as usize;
        let none = Directory::default();
        let directory = match self.cut.columns() {
            Ok(columns) => columns.unwrap_or(&none),
            Err(piece) => {
                self.piece(piece);
                return Ok(None);
            }
        };
        let mut facets = directory.facets.clone();
        let filters = &directory.facets.filters;
        let named = |filter: usize, value: usize| {
            let Filter { name, values } = &filters[filter];
            counted || selection.wanted.iter().any(|(_, of, wanted)| of == name && *wanted == values[value].0)
        };
        for number in directory.of_values(named) {
            if let Some(content) = self.column(number) {
                directory.read_lists(number, content, pages, &mut facets)?;
            }
        }
        let mut places = Vec::new();
        if let Some((name, down)) = &selection.sort {
            let at = facets.sorts.iter().position(|sort| sort.name == *name).ok_or(Error::NoSuchField)?;
            let mut ranks = Vec::new();
            for number in directory.of_sort(at, pages) {
                if let Some(content) = self.column(number) {
                    Directory::read_ranks(content, pages, &mut ranks)?;
                }
            }
            places = ranks.into_iter().map(|rank| facets::place(rank, *down)).collect();
        }
        let passing = Passing::new(&facets, selection, pages)?;
        let chosen = Chosen { facets, passing, places, any: !selection.is_empty() };
        Ok(self.missing.is_empty().then_some(chosen))
    }

    fn column(&mut self, number: u32) -> Option<&[u8]> {
        match self.piece(Piece { family: Family::Facets, number }) {
            Some(Loaded::Column(content)) => Some(content),
            _ => None,
        }
    }
}

fn done(answered: Answered) -> Step {
    Step::Done(Box::new(answered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cut::columns;
    use crate::cut::plan::Cut;
    use crate::cut::twin::supply;
    use crate::cut::write::{Files, write};
    use crate::facets::{How, Sort, SortKind};
    use crate::pages::Kind;
    use crate::query::Query;
    use crate::{Index, suggest, testing};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn ask(cut: &mut Cut, files: &Files, query: &str, asking: Asking<'_>) -> Result<Answered, Error> {
        for _ in 0..20 {
            match cut.select(query, asking, &Knobs::default())? {
                Step::Done(answered) => return Ok(*answered),
                Step::Needs(needs) => supply(cut, files, needs),
            }
        }
        panic!("{query} asks without end");
    }

    fn facets() -> impl Strategy<Value = (Vec<Filter>, Vec<Sort>)> {
        let pages = proptest::collection::btree_set(0..7u32, 0..7).prop_map(|pages| pages.into_iter().collect());
        let filters = proptest::collection::vec(proptest::collection::vec(("[甲乙丙]", pages), 0..4), 0..3);
        (filters, proptest::collection::vec(proptest::collection::vec(0u32..4, 7), 0..3)).prop_map(
            |(filters, sorts)| {
                let filter = |(at, values)| Filter { name: format!("f{at}"), values };
                let sort = |(at, ranks)| Sort { name: format!("s{at}"), kind: SortKind::Date, ranks };
                (
                    filters.into_iter().enumerate().map(filter).collect(),
                    sorts.into_iter().enumerate().map(sort).collect(),
                )
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn chosen_pages_are_those_of_the_whole_index(
            pages in proptest::collection::vec(
                proptest::collection::vec(
                    proptest::collection::vec("[国际合作]{1,3}|[ab]{1,3}|[ ,]", 0..9).prop_map(testing::separated), 1..4,
                ), 7,
            ),
            (filters, sorts) in facets(),
            query in "([国际合作]{1,3} ?){0,2}|[ab]{1,2}|guoji|[国际] -[合作]",
            wanted in proptest::collection::vec((0usize..3, 0usize..3, "[甲乙丙丁]"), 0..3),
            sort in proptest::option::of((0usize..3, any::<bool>())),
            (limit, offset) in (0usize..9, 0usize..3),
        ) {
            let mut builder = testing::builder(&pages, Kind::Title);
            builder.facets(filters, sorts);
            let bytes = testing::finished(builder);
            let index = Index::open(bytes.clone()).unwrap();
            let files = write(bytes).unwrap();
            let mut cut = Cut::open(&files.root).unwrap();
            let how = [How::Any, How::All, How::None];
            let wanted = wanted.into_iter().map(|(at, filter, value)| (how[at], format!("f{filter}"), value)).collect();
            let selection = Selection { wanted, sort: sort.map(|(at, down)| (format!("s{at}"), down)) };
            let options = Options { limit, offset, collapse: false, ..Options::default() };
            let asking = Asking { options, selection: &selection, counted: true, typed: false };
            let expected = index.select(&query, options, &selection, &Knobs::default());
            let answered = match ask(&mut cut, &files, &query, asking) {
                Ok(answered) => answered,
                Err(error) => {
                    prop_assert_eq!(Err(error), expected);
                    return Ok(());
                }
            };
            let expected = expected.unwrap();
            let all = Options { offset: 0, limit: usize::MAX, ..options };
            let edit = |answer: &Answer| answer.suggestion.as_ref().is_some_and(|offered| offered.suggestion.kind == suggest::Kind::Edit);
            if edit(&expected) {
                return Ok(());
            }
            let every = index.select(&query, all, &selection, &Knobs::default()).unwrap();
            let applied = expected.suggestion.as_ref().is_some_and(|offered| offered.applied);
            let found: Vec<_> = answered.hits().map(|(page, _, hit)| (page, hit.tier)).collect();
            let of = |answer: &Answer| answer.hits.iter().map(|hit| (hit.page.0, hit.tier)).collect::<Vec<_>>();
            let parsed = Query::parse(&index, &query);
            let exact = parsed.units.iter().all(|unit| index.terms.get(&unit.needle, &index.alphabet).is_some());
            if exact && !applied {
                prop_assert_eq!(&found, &of(&expected), "{:?} {:?}", query, selection);
                prop_assert_eq!(answered.answer.tier, expected.tier);
            }
            let every_set: BTreeSet<_> = of(&every).into_iter().collect();
            prop_assert!(found.iter().all(|hit| every_set.contains(hit)), "{query:?} {selection:?}: {found:?} {every_set:?}");
            prop_assert!(answered.answer.total <= every.total, "{query:?} {selection:?} {found:?}: {} {}", answered.answer.total, every.total);
            let each = |one: &Vec<Vec<u32>>, other: &Vec<Vec<u32>>| one.iter().flatten().zip(other.iter().flatten()).all(|(a, b)| a <= b);
            prop_assert!(each(&answered.answer.facets, &expected.facets), "{query:?}: {:?} {:?}", answered.answer.facets, expected.facets);
            if answered.all && !applied {
                prop_assert_eq!(answered.answer.total, expected.total, "{:?} {:?}", query, selection);
                // Pages that do not pass are not looked at.
                if selection.wanted.is_empty() {
                    prop_assert_eq!(&answered.answer.facets, &expected.facets, "{:?} {:?}", query, selection);
                }
            }
        }

        #[test]
        fn what_is_written_is_read((filters, sorts) in facets()) {
            let facets = Facets { filters, sorts, ..Facets::default() };
            let pieces = columns::write(&facets).unwrap();
            let Some((directory, others)) = pieces.split_first() else {
                prop_assert!(facets.is_empty());
                return Ok(());
            };
            let directory = Directory::read(directory).unwrap();
            let mut read = directory.facets.clone();
            for number in directory.of_values(|_, _| true) {
                directory.read_lists(number, &others[number as usize - 1], 7, &mut read).unwrap();
            }
            for (at, sort) in read.sorts.iter_mut().enumerate() {
                for number in directory.of_sort(at, 7) {
                    Directory::read_ranks(&others[number as usize - 1], 7, &mut sort.ranks).unwrap();
                }
            }
            prop_assert_eq!(read, facets);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, content: Vec<u8>) {
            let Ok(directory) = Directory::read(&bytes) else { return Ok(()) };
            let mut facets = directory.facets.clone();
            for number in directory.of_values(|_, _| true) {
                let _ = directory.read_lists(number, &content, 7, &mut facets);
            }
            let _ = Directory::read_ranks(&content, 7, &mut Vec::new());
        }
    }
}

//! What pages can be filtered and sorted by, and how a selection of them narrows an answer (`FORMAT.md`, section FACETS).

use crate::ids::PassageId;
use crate::text::Bits;
use crate::varint::{self, Reader};
use crate::{Error, container::Section};

/// The number of this section: a reader that does not know it answers the same, only without filters.
pub const SECTION: u16 = 0x8000;

/// The weight of a passage of which nothing else is said, in tenths.
pub const WEIGHT: u8 = 10;

/// What the values of a sort are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKind {
    /// Texts, in the order of their code points.
    Text,
    /// Numbers.
    Number,
    /// Dates.
    Date,
}

impl SortKind {
    /// All of them, in the order of their bytes.
    pub(crate) const ALL: [SortKind; 3] = [SortKind::Text, SortKind::Number, SortKind::Date];

    /// The name of the kind in results.
    pub fn name(self) -> &'static str {
        match self {
            SortKind::Text => "text",
            SortKind::Number => "number",
            SortKind::Date => "date",
        }
    }
}

/// What pages can be filtered by: one name with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Its name.
    pub name: String,
    /// Its values in the order to show, each with the pages that have it, ascending.
    pub values: Vec<(String, Vec<u32>)>,
}

/// What pages can be sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: SortKind,
    /// For each page the rank of its value, from 1; 0 if it has none. Equal values have equal ranks.
    pub ranks: Vec<u32>,
}

/// All of that, and the weights of passages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// The filters, in the order to show.
    pub filters: Vec<Filter>,
    /// The sorts.
    pub sorts: Vec<Sort>,
    /// Passages that weigh more or less than others, ascending, with their weight in tenths.
    pub weights: Vec<(PassageId, u8)>,
}

impl Facets {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty() && self.sorts.is_empty() && self.weights.is_empty()
    }

    /// Writes the section.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn write(&self) -> Result<Section, Error> {
        let mut out = Vec::new();
        let number = |n: usize| u32::try_from(n).map_err(|_| Error::TooLarge);
        varint::put(&mut out, number(self.filters.len())?);
        for filter in &self.filters {
            varint::put_str(&mut out, &filter.name)?;
            varint::put(&mut out, number(filter.values.len())?);
            for (value, pages) in &filter.values {
                varint::put_str(&mut out, value)?;
                varint::put(&mut out, number(pages.len())?);
                let mut last = 0;
                for &page in pages {
                    varint::put(&mut out, page - last);
                    last = page;
                }
            }
        }
        varint::put(&mut out, number(self.sorts.len())?);
        for sort in &self.sorts {
            varint::put_str(&mut out, &sort.name)?;
            out.push(sort.kind as u8);
            sort.ranks.iter().for_each(|&rank| varint::put(&mut out, rank));
        }
        varint::put(&mut out, number(self.weights.len())?);
        let mut last = 0;
        for &(passage, weight) in &self.weights {
            varint::put(&mut out, passage.0 - last);
            out.push(weight);
            last = passage.0;
        }
        Ok(Section { section: SECTION, piece: 0, bytes: out })
    }

    /// Reads the section of an index with so many pages and passages.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8], pages: usize, passages: usize) -> Result<Facets, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut facets = Facets::default();
        for _ in 0..reader.count(2)? {
            let mut filter = Filter { name: reader.string()?, values: Vec::new() };
            for _ in 0..reader.count(2)? {
                let value = reader.string()?;
                let mut list = Vec::new();
                for _ in 0..reader.count(1)? {
                    list.push(reader.ascending(list.last().copied().unwrap_or(0), pages)?);
                }
                filter.values.push((value, list));
            }
            facets.filters.push(filter);
        }
        for _ in 0..reader.count(2)? {
            let name = reader.string()?;
            let kind = *SortKind::ALL.get(usize::from(reader.byte()?)).ok_or(reader.corrupt())?;
            let mut ranks = Vec::new();
            for _ in 0..pages {
                ranks.push(reader.number()?);
            }
            facets.sorts.push(Sort { name, kind, ranks });
        }
        let mut last = 0;
        for _ in 0..reader.count(2)? {
            last = reader.ascending(last, passages)?;
            facets.weights.push((PassageId(last), reader.byte()?));
        }
        reader.finish()?;
        Ok(facets)
    }

    /// The weight of a passage, in tenths.
    pub fn weight(&self, passage: PassageId) -> u8 {
        let at = self.weights.partition_point(|entry| entry.0 < passage);
        self.weights.get(at).filter(|entry| entry.0 == passage).map_or(WEIGHT, |entry| entry.1)
    }
}

/// How the values of one filter are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Pages that have at least one of the values asked for in this way.
    Any,
    /// Pages that have the value.
    All,
    /// Pages that do not have the value.
    None,
}

/// Which pages are asked for, besides by the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Values of filters, by name. A page passes if it passes all filters that are named.
    pub wanted: Vec<(How, String, String)>,
    /// The name of a sort that the pages are to be in the order of, and whether from the largest value on. Pages without a
    /// value come last, and pages with equal values stand as the query ranks them.
    pub sort: Option<(String, bool)>,
}

/// The place of a rank in a sort, the smallest first; rank 0, no value, is last either way.
pub(crate) fn place(rank: u32, down: bool) -> u32 {
    (if down { rank.wrapping_neg() } else { rank }).wrapping_sub(1)
}

impl Selection {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.sort.is_none()
    }
}

/// Which pages pass a selection.
#[derive(Debug)]
pub(crate) struct Passing {
    /// For every page how many filters it does not pass: 0, 1, or 2 for more.
    failed: Vec<u8>,
    /// For every page the last filter that it does not pass.
    filter: Vec<u32>,
}

impl Passing {
    /// Sees which of so many pages pass.
    pub(crate) fn new(facets: &Facets, selection: &Selection, pages: usize) -> Result<Passing, Error> {
        let mut passing = Passing { failed: vec![0; pages], filter: vec![0; pages] };
        for (_, name, _) in &selection.wanted {
            if !facets.filters.iter().any(|filter| filter.name == *name) {
                return Err(Error::NoSuchField);
            }
        }
        for (at, filter) in facets.filters.iter().enumerate() {
            if !selection.wanted.iter().any(|(_, name, _)| *name == filter.name) {
                continue;
            }
            let (mut any, mut asked) = (Bits::new(pages), false);
            let mut fails = Bits::new(pages);
            for (how, name, wanted) in &selection.wanted {
                if *name != filter.name {
                    continue;
                }
                let mut has = Bits::new(pages);
                let into = if *how == How::Any { &mut any } else { &mut has };
                asked |= *how == How::Any;
                for (value, pages) in &filter.values {
                    if value == wanted {
                        for &page in pages {
                            into.set(page);
                        }
                    }
                }
                if *how != How::Any {
                    for page in 0..pages as u32 {
                        if has.has(page) != (*how == How::All) {
                            fails.set(page);
                        }
                    }
                }
            }
            for page in 0..pages as u32 {
                if fails.has(page) || asked && !any.has(page) {
                    let failed = &mut passing.failed[page as usize];
                    *failed = (*failed + 1).min(2);
                    passing.filter[page as usize] = at as u32;
                }
            }
        }
        Ok(passing)
    }

    /// Whether a page passes all filters.
    pub(crate) fn has(&self, page: u32) -> bool {
        self.failed[page as usize] == 0
    }

    /// How many of `answering`, the pages that answer the query, have each value of each filter, and pass the other filters.
    pub(crate) fn counts(&self, facets: &Facets, answering: &Bits) -> Vec<Vec<u32>> {
        let mut counts = Vec::with_capacity(facets.filters.len());
        for (at, filter) in facets.filters.iter().enumerate() {
            let mut row = Vec::with_capacity(filter.values.len());
            for (_, pages) in &filter.values {
                let mut count = 0;
                for &page in pages {
                    let failed = self.failed[page as usize];
                    let others = failed == 0 || failed == 1 && self.filter[page as usize] == at as u32;
                    count += u32::from(others && answering.has(page));
                }
                row.push(count);
            }
            counts.push(row);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGES: usize = 9;

    fn facets() -> impl Strategy<Value = Facets> {
        let pages = proptest::collection::btree_set(0..PAGES as u32, 0..5).prop_map(|set| set.into_iter().collect());
        let value = ("[甲乙丙]", pages);
        let filter = proptest::collection::vec(value, 0..4);
        let kind = proptest::sample::select(vec![SortKind::Text, SortKind::Number, SortKind::Date]);
        let sort = (kind, proptest::collection::vec(0u32..4, PAGES));
        let weights = proptest::collection::btree_map(0u32..20, any::<u8>(), 0..4);
        (proptest::collection::vec(filter, 0..3), proptest::collection::vec(sort, 0..3), weights).prop_map(
            |(filters, sorts, weights)| Facets {
                filters: filters
                    .into_iter()
                    .enumerate()
                    .map(|(at, values)| Filter { name: format!("f{at}"), values })
                    .collect(),
                sorts: sorts
                    .into_iter()
                    .enumerate()
                    .map(|(at, (kind, ranks))| Sort { name: format!("s{at}"), kind, ranks })
                    .collect(),
                weights: weights.into_iter().map(|(passage, weight)| (PassageId(passage), weight)).collect(),
            },
        )
    }

    /// Whether a page passes a filter: the words of the documentation, slowly.
    fn passes(filter: &Filter, selection: &Selection, page: u32) -> bool {
        let has = |wanted: &str| filter.values.iter().any(|(value, pages)| value == wanted && pages.contains(&page));
        let asked: Vec<_> = selection.wanted.iter().filter(|(_, name, _)| *name == filter.name).collect();
        let any: Vec<_> = asked.iter().filter(|(how, ..)| *how == How::Any).collect();
        (any.is_empty() || any.iter().any(|(_, _, value)| has(value)))
            && asked.iter().all(|(how, _, value)| match how {
                How::Any => true,
                How::All => has(value),
                How::None => !has(value),
            })
    }

    proptest! {
        #[test]
        fn comes_back(facets in facets()) {
            let bytes = facets.write().unwrap().bytes;
            prop_assert_eq!(&Facets::read(&bytes, PAGES, 20).unwrap(), &facets);
            for passage in 0..20 {
                let weight = facets.weights.iter().find(|entry| entry.0.0 == passage).map_or(WEIGHT, |entry| entry.1);
                prop_assert_eq!(facets.weight(PassageId(passage)), weight);
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = Facets::read(&bytes, PAGES, 20);
        }

        #[test]
        fn pages_pass_and_are_counted_as_by_hand(
            facets in facets(),
            wanted in proptest::collection::vec((0usize..3, 0usize..3, "[甲乙丙丁]"), 0..5),
            answering in proptest::collection::btree_set(0..PAGES as u32, 0..PAGES),
        ) {
            let how = [How::Any, How::All, How::None];
            let wanted = wanted.into_iter().map(|(at, filter, value)| (how[at], format!("f{filter}"), value)).collect();
            let selection = Selection { wanted, sort: None };
            let known = |name: &str| facets.filters.iter().any(|filter| filter.name == name);
            let passing = match Passing::new(&facets, &selection, PAGES) {
                Ok(passing) => passing,
                Err(error) => {
                    prop_assert_eq!(error, Error::NoSuchField);
                    prop_assert!(selection.wanted.iter().any(|(_, name, _)| !known(name)));
                    return Ok(());
                }
            };
            for page in 0..PAGES as u32 {
                prop_assert_eq!(passing.has(page), facets.filters.iter().all(|filter| passes(filter, &selection, page)));
            }
            let bits = Bits::of(PAGES, &answering.iter().copied().collect::<Vec<_>>());
            for (filter, counts) in facets.filters.iter().zip(passing.counts(&facets, &bits)) {
                for ((_, pages), count) in filter.values.iter().zip(counts) {
                    let others = |page: u32| {
                        facets.filters.iter().all(|other| other.name == filter.name || passes(other, &selection, page))
                    };
                    let by_hand = pages.iter().filter(|&&page| answering.contains(&page) && others(page)).count();
                    prop_assert_eq!(count as usize, by_hand);
                }
            }
        }
    }
}

//! From what pages say of themselves to the filters and sorts of an index.

use crate::date::find_date;
use jisou_core::facets::{Filter, Sort, SortKind};
use std::collections::BTreeMap;

/// The filters and sorts of the pages so far.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pages: u32,
    filters: BTreeMap<String, BTreeMap<String, Vec<u32>>>,
    sorts: BTreeMap<String, Vec<(u32, String)>>,
}

impl Gathered {
    /// Adds those of the next page.
    pub(crate) fn add(&mut self, filters: Vec<(String, String)>, sorts: Vec<(String, String)>) {
        let page = self.pages;
        self.pages += 1;
        for (name, value) in filters {
            let pages = self.filters.entry(name).or_default().entry(value).or_default();
            if pages.last() != Some(&page) {
                pages.push(page);
            }
        }
        for (name, value) in sorts {
            let values = self.sorts.entry(name).or_default();
            if values.last().is_none_or(|(last, _)| *last != page) {
                values.push((page, value));
            }
        }
    }

    /// All of them, by name; the values of a filter by their text.
    pub(crate) fn finish(self) -> (Vec<Filter>, Vec<Sort>) {
        let pages = self.pages as usize;
        let filters =
            self.filters.into_iter().map(|(name, values)| Filter { name, values: values.into_iter().collect() });
        let sorts = self.sorts.into_iter().map(|(name, values)| sort(name, values, pages));
        (filters.collect(), sorts.collect())
    }
}

/// A sort is one of numbers or of dates if all its values are.
fn sort(name: String, values: Vec<(u32, String)>, pages: usize) -> Sort {
    let number =
        |text: &str| text.trim().replace([',', '_'], "").parse::<f64>().ok().filter(|number| number.is_finite());
    let date = |text: &str| find_date(text).filter(|_| text.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    // A date is never a number but for 20240506, which sorts alike.
    let (kind, order): (SortKind, Vec<usize>) = if values.iter().all(|(_, text)| number(text).is_some()) {
        let numbers: Vec<f64> = values.iter().filter_map(|(_, text)| number(text)).collect();
        (SortKind::Number, ranks(&numbers, |a, b| a.total_cmp(b)))
    } else if values.iter().all(|(_, text)| date(text).is_some()) {
        let dates: Vec<String> = values.iter().filter_map(|(_, text)| date(text)).collect();
        (SortKind::Date, ranks(&dates, |a, b| a.cmp(b)))
    } else {
        (SortKind::Text, ranks(&values, |a, b| a.1.cmp(&b.1)))
    };
    let mut by_page = vec![0; pages];
    for ((page, _), rank) in values.iter().zip(order) {
        by_page[*page as usize] = rank as u32;
    }
    Sort { name, kind, ranks: by_page }
}

/// For each item its rank, from 1; equal items have equal ranks.
fn ranks<T>(items: &[T], order: impl Fn(&T, &T) -> std::cmp::Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|&a, &b| order(&items[a], &items[b]));
    let mut ranks = vec![0; items.len()];
    let mut rank = 0;
    for (at, &place) in places.iter().enumerate() {
        if at == 0 || order(&items[places[at - 1]], &items[place]).is_ne() {
            rank += 1;
        }
        ranks[place] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[&str], kind: SortKind, expected: &[u32]) {
        let mut gathered = Gathered::default();
        for value in values {
            let sorts = if value.is_empty() { Vec::new() } else { vec![("名".to_owned(), (*value).to_owned())] };
            gathered.add(Vec::new(), sorts);
        }
        let (_, sorts) = gathered.finish();
        assert_eq!((sorts[0].kind, &sorts[0].ranks[..]), (kind, expected), "{values:?}");
    }

    #[test]
    fn sorts_by_what_their_values_are() {
        check(&["10", "9", "", "9.0", "-1"], SortKind::Number, &[3, 2, 0, 2, 1]);
        check(&["2024-05-06", "2023年12月1日", "", "2024/5/6"], SortKind::Date, &[2, 1, 0, 2]);
        check(&["b", "10", "a"], SortKind::Text, &[3, 1, 2]);
    }

    #[test]
    fn filters_by_name_and_value() {
        let mut gathered = Gathered::default();
        let pair = |value: &str| ("类".to_owned(), value.to_owned());
        gathered.add(vec![pair("乙"), pair("甲"), pair("乙")], Vec::new());
        gathered.add(Vec::new(), Vec::new());
        gathered.add(vec![pair("乙")], Vec::new());
        let (filters, _) = gathered.finish();
        assert_eq!(filters[0].values, [("乙".to_owned(), vec![0, 2]), ("甲".to_owned(), vec![0])]);
    }
}

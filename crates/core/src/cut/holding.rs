//! What lists tell of a query: which pages hold its words, and where the whole of it may stand.

use super::Known;
use super::Whole;
use super::candidates::{Evidence, Evidences};
use super::grams::{key_of, telling, title_key};
use super::keys::{Entry, Place};
use super::list::{Posting, behind};
use super::looking::{Looking, MAX_GRAMS};
use crate::ids::Symbol;
use crate::order::in_order;
use crate::query::{Query, trim_marks};
use crate::{Error, Index, rank};
use std::collections::BTreeMap;

/// How long a list may be, in bytes, that is asked for to tell where a string stands: about as long as a text.
const WORTH: u32 = 3000;

impl Looking<'_> {
    /// What lists tell of a query, and what is then known of its strings; `None` if pieces are missing.
    /// `typed`: whether its last word is being typed still.
    pub(super) fn evidences(
        &mut self,
        words: &Index,
        query: &Query,
        mut whole: Whole,
        typed: bool,
    ) -> Result<Option<(Evidences, Whole)>, Error> {
        let mut out = Evidences { certain: query.excluded.is_empty(), ..Evidences::default() };
        let mut more: BTreeMap<Vec<Symbol>, u32> = BTreeMap::new();
        let last = query.units.iter().rposition(|unit| !unit.other).filter(|_| typed);
        for (at, unit) in query.units.iter().enumerate() {
            let mut evidence = None;
            let key = key_of(&words.alphabet, unit);
            if !unit.weak
                && let Some((list, impacts)) = self.holding(&key)?
            {
                if whole.known.binary_search_by(|known| known.form.cmp(&key)).is_err() {
                    more.insert(key, list.len() as u32);
                }
                let idf = rank::inverse_frequency(list.len(), whole.pages);
                out.certain &= impacts;
                evidence = Some(Evidence { list, idf, impacts, typed: last == Some(at) });
            }
            out.units.push(evidence);
        }
        if query.units.is_empty() {
            out.literal = self.holding(&query.literal)?.map(|(list, _)| list);
        }
        let telling = telling(&words.alphabet, &query.literal, false);
        if query.literal.len() > 1 && !telling.is_empty() && !query.units.is_empty() {
            let literal = self.all_of(&query.literal, telling)?.unwrap_or_default();
            if whole.known.binary_search_by(|known| known.form.cmp(&query.literal)).is_err() {
                more.insert(query.literal.clone(), literal.len() as u32);
            }
            out.literal = Some(literal);
        }
        let trimmed = &query.literal[trim_marks(words, &query.literal)];
        if !trimmed.is_empty()
            && let Some(entry) = self.entry(&title_key(trimmed))
        {
            for posting in self.list(entry)?.unwrap_or_default() {
                out.titles.push((posting.page, posting.impact > 0));
            }
        }
        for unit in &query.excluded {
            if let Some((list, _)) = self.holding(&unit.needle)? {
                out.excluded.extend(list.into_iter().map(|posting| posting.page));
            }
        }
        out.excluded = in_order(&out.excluded, &|a, b| a < b);
        if !self.missing.is_empty() {
            return Ok(None);
        }
        for (form, holding) in more {
            let at = whole.known.partition_point(|known| known.form < form);
            whole.known.insert(at, Known { form, weight: None, holding });
        }
        Ok(Some((out, whole)))
    }

    /// The pages that hold a string, or may, and whether with impacts; `None` if pieces are missing.
    fn holding(&mut self, needle: &[Symbol]) -> Result<Option<(Vec<Posting>, bool)>, Error> {
        if needle.contains(&Symbol::UNKNOWN) {
            return Ok(Some((Vec::new(), false)));
        }
        let before = self.missing.len();
        if let Some(entry) = self.entry(needle) {
            if let Place::Apart { number, .. } = entry.place {
                self.own_lists.insert(number);
            }
            let impacts = entry.columns(&self.cut.root.alphabet).impacts;
            return Ok(self.list(entry)?.map(|list| (list, impacts)));
        }
        if self.missing.len() > before {
            return Ok(None);
        }
        let grams = telling(&self.cut.root.alphabet, needle, true);
        Ok(self.all_of(needle, grams)?.map(|list| (list, false)))
    }

    /// The pages that hold all of some grams of a string, given in order, where one behind the other may stand; `None` if pieces
    /// are missing. Long lists are not asked for, if there is a short one, but used if a word of the query has them.
    fn all_of(
        &mut self,
        string: &[Symbol],
        grams: Vec<core::ops::Range<usize>>,
    ) -> Result<Option<Vec<Posting>>, Error> {
        let before = self.missing.len();
        let mut entries: Vec<(&Entry, u8)> = Vec::new();
        // No farther apart than a part of a page is long, so that they stand in two parts at most.
        let end = grams.first().map_or(0, |first| first.start) + rank::PART as usize;
        for gram in grams.into_iter().take(MAX_GRAMS).take_while(|gram| gram.start < end) {
            let next = string.get(gram.end).map_or(u8::MAX, |&symbol| behind(symbol));
            match self.gram(&string[gram]) {
                Some(entry) => entries.push((entry, next)),
                None if self.missing.len() > before => {}
                None => return Ok(Some(Vec::new())),
            }
        }
        if self.missing.len() > before {
            return Ok(None);
        }
        let len = |entry: &Entry| match &entry.place {
            Place::Here(_) => 0,
            Place::Apart { number, .. } if self.own_lists.contains(number) => 0,
            Place::Apart { len, .. } => *len,
        };
        let shortest = entries.iter().map(|(entry, _)| len(entry)).min().unwrap_or(0);
        entries.retain(|(entry, _)| len(entry) <= shortest.max(WORTH));
        let mut all: Option<Beside> = None;
        for (entry, next) in entries {
            let Some(mut list) = self.list(entry)? else { continue };
            if next != u8::MAX {
                list.retain(|posting| posting.next & next != 0);
            }
            all = Some(match all {
                None => Beside::new(list),
                Some(all) => all.then(&list),
            });
        }
        Ok(if self.missing.len() > before { None } else { Some(all.map(Beside::pages).unwrap_or_default()) })
    }
}

/// Where in pages strings may stand one behind the other, fewer than a part holds.
struct Beside {
    /// Of each page the parts that have all strings so far.
    list: Vec<Posting>,
    /// Of each page the parts that have the first of them, the next part having the others.
    over: Vec<u8>,
}

impl Beside {
    fn new(list: Vec<Posting>) -> Beside {
        Beside { over: vec![0; list.len()], list }
    }

    /// With one more string behind the others.
    fn then(self, next: &[Posting]) -> Beside {
        let mut out = Beside::new(Vec::new());
        let mut rest = next;
        for (posting, over) in self.list.into_iter().zip(self.over) {
            while let [first, behind @ ..] = rest
                && first.page < posting.page
            {
                rest = behind;
            }
            if let Some(first) = rest.first().filter(|first| first.page == posting.page) {
                let (parts, over) = (posting.parts & first.parts, (posting.parts | over) & first.parts >> 1);
                if parts | over != 0 {
                    out.list.push(Posting { parts, ..*first });
                    out.over.push(over);
                }
            }
        }
        out
    }

    /// The pages, and the parts of them where the first string stands.
    fn pages(self) -> Vec<Posting> {
        let parts = self.list.into_iter().zip(self.over);
        parts.map(|(posting, over)| Posting { parts: posting.parts | over, ..posting }).collect()
    }
}

//! What lists tell of a query: which pages hold its words, and where the whole of it may stand.

use super::Whole;
use super::candidates::{Evidence, Evidences};
use super::grams::{gap_key, key_of, mark_key, telling, title_key};
use super::keys::{self, Entry, Place};
use super::list::{Posting, behind};
use super::looking::{Looking, MAX_GRAMS};
use crate::alphabet::Alphabet;
use crate::chars::Class;
use crate::ids::Symbol;
use crate::query::{Query, trim_marks};
use crate::{Error, Index, rank};
use core::ops::Range;

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
        let mut out = Evidences { certain: true, ..Evidences::default() };
        let mut more: Vec<(Vec<Symbol>, u32)> = Vec::new();
        let last = query.units.iter().rposition(|unit| !unit.other).filter(|_| typed);
        for (at, unit) in query.units.iter().enumerate() {
            let mut evidence = None;
            let key = key_of(&words.alphabet, unit);
            let held = match (unit.weak, unit.gaps.is_empty()) {
                (true, _) => None,
                (_, true) => self.holding(&key)?,
                // The lists of words are of where they stand without gaps.
                _ => {
                    let grams = telling(&words.alphabet, &key, true);
                    self.standing(&key, &unit.gaps, &grams)?.map(|lists| (lists.all(), false))
                }
            };
            if let Some((list, impacts)) = held {
                more.push((key, list.len() as u32));
                let idf = rank::inverse_frequency(list.len(), whole.pages);
                let certain = impacts && unit.field.is_none() && !unit.quoted;
                out.certain &= certain;
                evidence = Some(Evidence { list, idf, impacts, certain, typed: last == Some(at) });
            }
            out.units.push(evidence);
        }
        if query.units.is_empty() {
            out.literal = self.holding(&query.literal)?.map(|(list, _)| list);
            out.literal_certain = query.literal.len() < 2;
        }
        let telling = telling(&words.alphabet, &query.literal, false);
        if query.literal.len() > 1 && !telling.is_empty() && !query.units.is_empty() {
            out.literal_certain = telling.first().is_some_and(|gram| gram.len() == query.literal.len());
            let lists = self.standing(&query.literal, &query.gaps, &telling)?.unwrap_or_default();
            if whole.get(&query.literal).is_none() {
                more.push((query.literal.clone(), lists.all().len() as u32));
            }
            (out.literal, out.near) = (Some(lists.typed), lists.otherwise);
        }
        let trimmed = &query.literal[trim_marks(words, &query.literal)];
        if !trimmed.is_empty()
            && let Some(entry) = self.entry(&title_key(trimmed))
        {
            out.titles = self.list(&entry)?.unwrap_or_default();
        }
        for unit in &query.excluded {
            if let Some((list, impacts)) = self.holding(&unit.needle)? {
                let certain = impacts && !unit.quoted;
                if certain { &mut out.excluded } else { &mut out.perhaps_excluded }.push(list);
            }
        }
        out.certain &= out.perhaps_excluded.is_empty();
        if !self.missing.is_empty() {
            return Ok(None);
        }
        for (form, holding) in more {
            let weight = whole.get(&form).and_then(|known| known.weight).map_or(0, |weight| weight as u8 + 1);
            whole.learn(&form, weight, holding);
        }
        Ok(Some((out, whole)))
    }

    /// The pages that hold a string, or may, and whether with impacts; `None` if pieces are missing.
    fn holding(&mut self, needle: &[Symbol]) -> Result<Option<(Vec<Posting>, bool)>, Error> {
        if needle.is_empty() || needle.contains(&Symbol::UNKNOWN) {
            return Ok(Some((Vec::new(), false)));
        }
        let before = self.missing.len();
        // Of a single symbol the root knows where its list is.
        let (single, own) = (needle[0], needle.get(1) == Some(&Symbol::BOUNDARY));
        if needle.len() == 1 + usize::from(own)
            && let Some(number) = self.cut.root.list_of(single, own)
        {
            let word = self.cut.root.weight(single).is_some_and(|weight| weight > 0);
            let columns = keys::columns(needle, word, &self.cut.root.alphabet);
            self.own_lists.push(number);
            return Ok(self.apart(number, columns)?.map(|list| (list, columns.impacts)));
        }
        if let Some(entry) = self.entry(needle) {
            if let Place::Apart { number, .. } = entry.place {
                self.own_lists.push(number);
            }
            let impacts = entry.columns(&self.cut.root.alphabet).impacts;
            return Ok(self.list(&entry)?.map(|list| (list, impacts)));
        }
        if self.missing.len() > before {
            return Ok(None);
        }
        let grams = telling(&self.cut.root.alphabet, needle, true);
        Ok(self.standing(needle, &[], &grams)?.map(|lists| (lists.all(), false)))
    }

    /// The pages that may hold a string, `typed` with these gaps or else across others; `None` if pieces are missing.
    pub(super) fn standing(
        &mut self,
        string: &[Symbol],
        gaps: &[u32],
        grams: &[Range<usize>],
    ) -> Result<Option<Lists>, Error> {
        let alphabet = &self.cut.root.alphabet;
        let mut typed = Vec::new();
        for gram in grams.iter().take(MAX_GRAMS) {
            let next = string.get(gram.end).map_or(u8::MAX, |&symbol| behind(symbol));
            let symbols = &string[gram.clone()];
            let entry = match gaps.contains(&(gram.start as u32 + 1)) {
                true => self.entry(&gap_key(symbols)),
                false => self.gram(symbols),
            };
            typed.push((entry.into_iter().collect(), next));
        }
        let mut near = Vec::new();
        let pairs = beside(alphabet, string, gaps);
        for (at, &Beside { first, second, loose }) in pairs.iter().enumerate().take(MAX_GRAMS) {
            let pair = &[string[first], string[second]];
            let tight = [self.gram(pair), self.entry(&gap_key(pair))];
            let marks = if loose { self.entry(&mark_key(pair)) } else { None };
            // Where a blank or a mark was typed another mark may stand.
            let next = pairs.get(at + 1).filter(|next| !next.loose && next.first == second);
            let next = next.map_or(u8::MAX, |next| behind(string[next.second]));
            near.push((tight.into_iter().chain([marks]).flatten().collect(), next));
        }
        let (Some(typed), Some(otherwise)) = (self.all_of(typed)?, self.all_of(near)?) else { return Ok(None) };
        Ok(Some(Lists { typed, otherwise }))
    }

    /// The pages that hold all of some grams in one part, of each of which there are the entries that it may stand under, and what stands
    /// behind it; none if there are no grams, `None` if pieces are missing. Long lists are not asked for, if there is a short one, but
    /// used if a word of the query has them.
    fn all_of(&mut self, mut grams: Vec<(Vec<Entry>, u8)>) -> Result<Option<Vec<Posting>>, Error> {
        let before = self.missing.len();
        let len = |entry: &Entry| match &entry.place {
            Place::Apart { number, .. } if self.own_lists.contains(number) => 0,
            Place::Apart { len, .. } => *len,
            Place::Here(_) => 0,
        };
        let longest = |entries: &[Entry]| entries.iter().map(len).max().unwrap_or(0);
        let shortest = grams.iter().map(|(entries, _)| longest(entries)).min().unwrap_or(0);
        grams.retain(|(entries, _)| longest(entries) <= shortest.max(WORTH));
        let mut out: Option<Vec<Posting>> = None;
        for (entries, next) in grams {
            let mut all = Vec::new();
            for entry in entries {
                let mut list = self.list(&entry)?.unwrap_or_default();
                list.retain(|posting| next == u8::MAX || posting.next & next != 0);
                all = merged(&all, &list);
            }
            out = Some(out.map_or_else(|| all.clone(), |before| together(&before, &all)));
        }
        Ok((self.missing.len() == before).then_some(out.unwrap_or_default()))
    }
}

/// Two symbols of a string, one of them Han, that stand beside each other but for marks and blanks.
pub(super) struct Beside {
    /// Where the first stands.
    pub(super) first: usize,
    /// Where the second stands.
    pub(super) second: usize,
    /// Whether any was typed between them, or may have been.
    loose: bool,
}

/// All pairs of a string that stand beside each other.
pub(super) fn beside(alphabet: &Alphabet, string: &[Symbol], gaps: &[u32]) -> Vec<Beside> {
    let class = |at: usize| alphabet.class(string[at]);
    let mut pairs = Vec::new();
    let mut last: Option<usize> = None;
    for second in (0..string.len()).filter(|&at| !matches!(class(at), Class::Blank | Class::Mark)) {
        if let Some(first) = last.replace(second)
            && (class(first) == Class::Han || class(second) == Class::Han)
        {
            // A blank between Han and Latin leaves nothing, so one may have been typed there.
            let loose = second > first + 1 || gaps.contains(&(second as u32)) || class(first) != class(second);
            pairs.push(Beside { first, second, loose });
        }
    }
    pairs
}

/// Pages that may hold a string.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// As it was typed.
    pub(super) typed: Vec<Posting>,
    /// Across other gaps, these or other pages.
    otherwise: Vec<Posting>,
}

impl Lists {
    pub(super) fn all(&self) -> Vec<Posting> {
        merged(&self.typed, &self.otherwise)
    }
}

/// The pages of two lists.
fn merged(one: &[Posting], other: &[Posting]) -> Vec<Posting> {
    let (mut out, mut rest) = (Vec::with_capacity(one.len() + other.len()), other);
    for posting in one {
        while let [first, behind @ ..] = rest
            && first.page < posting.page
        {
            out.push(*first);
            rest = behind;
        }
        match rest.first() {
            Some(first) if first.page == posting.page => {
                out.push(Posting { parts: first.parts | posting.parts, next: first.next | posting.next, ..*posting });
                rest = &rest[1..];
            }
            _ => out.push(*posting),
        }
    }
    out.extend_from_slice(rest);
    out
}

/// The pages of two lists that hold both strings in one part.
pub(super) fn together(one: &[Posting], other: &[Posting]) -> Vec<Posting> {
    let (mut out, mut rest) = (Vec::new(), other);
    for posting in one {
        while let [first, behind @ ..] = rest
            && first.page < posting.page
        {
            rest = behind;
        }
        if let Some(first) = rest.first().filter(|first| first.page == posting.page && first.parts & posting.parts > 0)
        {
            out.push(Posting { parts: first.parts & posting.parts, ..*first });
        }
    }
    out
}

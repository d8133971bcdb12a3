//! Answering a query from pieces: what it needs, and the answer when all of that is there.
//!
//! Nothing is remembered of a query: it is gone through from the start with the pieces that are there, and says which are
//! missing, all of a hop at once. It looks at no other piece, so its answer does not depend on what was loaded before.

use super::candidates::{Candidate, Evidence, Evidences, candidates};
use super::grams::{is_short, short_key, telling, title_key};
use super::keys::{self, Entry, Place};
use super::list::{self, Posting};
use super::root::Root;
use super::texts::{self, Page, assemble};
use super::{Family, Known, Piece, Whole};
use crate::answer::{Answer, Found, Options};
use crate::chars::Class;
use crate::ids::Symbol;
use crate::occurrences::Where;
use crate::query::{Query, trim_marks, unfinished};
use crate::rank::{self, Knobs};
use crate::search::{Evaluation, Tier};
use crate::sections::Needles;
use crate::{Error, Index};
use core::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The longest word of Han that is looked for in a query.
const MAX_WORD: usize = 12;
/// How many more pages are looked at than are wanted, since lists tell the order only about.
const SPARE: usize = 2;
/// The most hits that are given at once.
const MAX_WANTED: usize = 100;
/// The most pages that are looked at, besides those that are wanted.
const MAX_SPARE: usize = 30;
/// How long a list may be, in bytes, that is asked for to tell where a string stands: about as long as a text.
const WORTH: u32 = 3000;
/// The most grams of a string that is no word.
const MAX_GRAMS: usize = 24;

/// A cut index, with the pieces that are loaded.
#[derive(Debug, Clone)]
pub struct Cut {
    root: Root,
    pieces: BTreeMap<Piece, Loaded>,
}

#[derive(Debug, Clone)]
enum Loaded {
    Keys(Vec<Entry>),
    List(Vec<u8>),
    Text(Vec<Page>),
}

/// How far a query is.
#[derive(Debug, Clone)]
pub enum Step {
    /// These pieces are to be supplied; then it is asked again.
    Needs(Vec<Piece>),
    /// It is answered.
    Done(Box<Answered>),
}

/// An answer, and what it speaks of.
#[derive(Debug, Clone)]
pub struct Answered {
    /// An index of the pages that were looked at.
    pub index: Index,
    /// The numbers in the site of its pages.
    pub numbers: Vec<u32>,
    /// The answer; its pages are those of `index`.
    pub answer: Answer,
    /// Whether all pages that answer were looked at, so that the total is exact and no lower bound.
    pub all: bool,
}

impl Cut {
    /// Opens a cut index by its root.
    ///
    /// # Errors
    /// Those of [`Root::open`].
    pub fn open(root: &[u8]) -> Result<Cut, Error> {
        Ok(Cut { root: Root::open(root)?, pieces: BTreeMap::new() })
    }

    /// What is known of the site.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Takes a piece, unpacked.
    ///
    /// # Errors
    /// [`Error::WrongPiece`] for bytes that are not this piece of this build, [`Error::Corrupt`].
    pub fn supply(&mut self, piece: Piece, bytes: &[u8]) -> Result<(), Error> {
        let content = piece.content(self.root.figures.build, bytes)?;
        let loaded = match piece.family {
            Family::Keys => Loaded::Keys(keys::read(content)?),
            Family::List => Loaded::List(content.to_vec()),
            Family::Text => Loaded::Text(texts::read(content, piece.number * self.root.figures.per_text)?),
        };
        self.pieces.insert(piece, loaded);
        Ok(())
    }

    /// Forgets a piece: it is asked for again when it is needed.
    pub fn forget(&mut self, piece: Piece) {
        self.pieces.remove(&piece);
    }

    /// Answers a query, or says what it needs.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn search(&self, text: &str, options: Options, knobs: &Knobs) -> Result<Step, Error> {
        let mut looking = Looking { cut: self, missing: BTreeSet::new(), wanted: BTreeSet::new() };
        let Some((whole, forms)) = looking.vocabulary(text)? else { return Ok(looking.needs()) };
        let words = assemble(&self.root, &[], whole.clone(), &forms)?;
        let query = Query::parse(&words, text);
        let Some((evidences, whole)) = looking.evidences(&words, &query, whole, options.prefix && unfinished(text))? else { return Ok(looking.needs()) };
        let found = candidates(&query, &evidences, knobs, self.root.figures.pages);
        let wanted = options.offset.saturating_add(options.limit.min(MAX_WANTED));
        let exact = evidences.units.iter().flatten().all(|evidence| evidence.impacts);
        let mut count = (wanted + if exact { 0 } else { SPARE }).min(found.len());
        loop {
            let Some(pages) = looking.pages(&found[..count])? else { return Ok(looking.needs()) };
            let index = assemble(&self.root, &pages, whole.clone(), &forms)?;
            let evaluation = Evaluation::new(&index, knobs, text, options.prefix);
            let needles = Needles::new(&evaluation);
            let hits: Vec<Found<'_>> = evaluation.ranked().into_iter().map(|hit| (hit, &needles)).collect();
            let tier = hits.first().map(|(hit, _)| hit.tier);
            let last = index.collapsed(&hits, options.collapse).get(wanted.saturating_sub(1)).map(|((hit, _), _)| {
                (hit.tier, hit.other, Reverse(hit.score), pages[hit.page.0 as usize].number)
            });
            // A page that was not looked at may come before the last of those that are shown; but those with some of the words
            // are no answer where another has all of them.
            let better = |rest: &Candidate| match last {
                None => tier >= Some(Tier::Some) || tier.is_none() || rest.potential < 2,
                Some(last) => best_place(&query, rest) < last,
            };
            if count < found.len().min(wanted + MAX_SPARE) && wanted > 0 && better(&found[count]) {
                count = (count * 2).clamp(count + 2, found.len().min(wanted + MAX_SPARE).max(count + 2)).min(found.len());
                continue;
            }
            // That a page holds all words, each of which is a key, is certain.
            let certain = |rest: &&Candidate| rest.potential < 2 && evidences.certain;
            let unseen = if tier < Some(Tier::Some) { found[count..].iter().filter(certain).count() } else { 0 };
            let total = hits.len() + unseen;
            let answer = Answer { total, tier, hits: index.shown(&hits, options), suggestion: None, facets: Vec::new() };
            let numbers = pages.iter().map(|page| page.number).collect();
            let all = count == found.len() || evidences.certain;
            return Ok(Step::Done(Box::new(Answered { numbers, answer, all, index })));
        }
    }
}

/// The best place that a candidate may have among all hits.
fn best_place(query: &Query, candidate: &Candidate) -> (Tier, bool, Reverse<u64>, u32) {
    let tier = match candidate.potential {
        0 => Tier::Exact,
        1 if query.plain || query.slots > 1 => Tier::All,
        1 => Tier::Exact,
        _ => Tier::Some,
    };
    (tier, candidate.other, Reverse(candidate.score), candidate.page)
}

/// A look through the pieces, which notes those that are missing.
struct Looking<'c> {
    cut: &'c Cut,
    missing: BTreeSet<Piece>,
    /// The numbers of the long lists that words of the query have.
    wanted: BTreeSet<u32>,
}

impl<'c> Looking<'c> {
    fn needs(&self) -> Step {
        Step::Needs(self.missing.iter().copied().collect())
    }

    fn piece(&mut self, piece: Piece) -> Option<&'c Loaded> {
        let loaded = self.cut.pieces.get(&piece);
        if loaded.is_none() {
            self.missing.insert(piece);
        }
        loaded
    }

    /// What is known of a key; `None` if nothing is, or its piece is missing, which is noted.
    fn entry(&mut self, key: &[Symbol]) -> Option<&'c Entry> {
        if key.is_empty() || key.contains(&Symbol::UNKNOWN) {
            return None;
        }
        let number = self.cut.root.piece_of(key)?;
        let Loaded::Keys(entries) = self.piece(Piece { family: Family::Keys, number })? else { return None };
        let at = entries.binary_search_by(|entry| keys::order(&entry.key, key)).ok()?;
        Some(&entries[at])
    }

    /// The list of a key; `None` if its piece is missing, which is noted.
    fn list(&mut self, entry: &Entry) -> Result<Option<Vec<Posting>>, Error> {
        let bytes = match &entry.place {
            Place::Here(bytes) => bytes,
            Place::Apart { number, .. } => match self.piece(Piece { family: Family::List, number: *number }) {
                Some(Loaded::List(bytes)) => bytes,
                _ => return Ok(None),
            },
        };
        list::read(bytes, entry.holding, self.cut.root.figures.pages, entry.impacts()).map(Some)
    }

    /// All words that a query may be cut into, and groups of forms of a word among them; `None` if pieces are missing.
    fn vocabulary(&mut self, text: &str) -> Result<Option<(Whole, Vec<Vec<Vec<Symbol>>>)>, Error> {
        let root = &self.cut.root;
        let figures = &root.figures;
        let mut whole = Whole {
            pages: figures.pages as usize,
            tokens: figures.tokens as usize,
            average: figures.average,
            known: Vec::new(),
        };
        let mut known: BTreeMap<Vec<Symbol>, (Option<u32>, u32)> = BTreeMap::new();
        // Without any word every Han character stands alone, and all else is as it will be.
        let bare = assemble(root, &[], whole.clone(), &[])?;
        let query = Query::parse(&bare, text);
        let mut strings = vec![&query.literal[..]];
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for unit in query.units.iter().chain(&query.excluded) {
            strings.push(&unit.needle);
            words.push(&unit.needle[..]);
        }
        for string in strings {
            for gram in telling(&root.alphabet, string, false).into_iter().take(MAX_GRAMS) {
                self.entry(&string[gram]);
            }
            let han = |at: usize| string.get(at).is_some_and(|&symbol| root.alphabet.class(symbol) == Class::Han);
            for at in 0..string.len().min(64) {
                for end in at + 1..=(at + MAX_WORD).min(string.len()) {
                    if !(at..end).all(han) {
                        break;
                    }
                    words.push(&string[at..end]);
                }
            }
        }
        let trimmed = &query.literal[trim_marks(&bare, &query.literal)];
        if !trimmed.is_empty() {
            self.entry(&title_key(trimmed));
        }
        for word in words {
            if is_short(&root.alphabet, word) {
                self.entry(&short_key(word));
            }
            if let [symbol] = *word {
                let at = usize::from(symbol.0).wrapping_sub(1);
                if let (Some(&weight), Some(&holding)) = (figures.weights.get(at), figures.holding.get(at)) {
                    known.insert(word.to_vec(), (weight.checked_sub(1).map(u32::from), holding));
                }
            } else if let Some(entry) = self.entry(word) {
                known.insert(word.to_vec(), (entry.weight.checked_sub(1).map(u32::from), entry.holding));
                if !entry.others.is_empty() {
                    let mut group = vec![word.to_vec()];
                    group.extend(entry.others.iter().cloned());
                    others.push(group);
                }
            }
        }
        for form in others.iter().flatten() {
            if let Some(entry) = self.entry(form) {
                known.insert(form.clone(), (entry.weight.checked_sub(1).map(u32::from), entry.holding));
            }
        }
        if !self.missing.is_empty() {
            return Ok(None);
        }
        for (form, (weight, holding)) in known {
            whole.known.push(Known { form, weight, holding });
        }
        Ok(Some((whole, others)))
    }

    /// What lists tell of a query, and what is then known of its strings; `None` if pieces are missing.
    /// `typed`: whether its last word is being typed still.
    fn evidences(
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
            let as_word = unit.place == Where::AsWord && is_short(&words.alphabet, &unit.needle);
            let key = if as_word { &short_key(&unit.needle) } else { &unit.needle };
            if !unit.weak && let Some((list, impacts)) = self.holding(key)? {
                match whole.known.binary_search_by(|known| known.form.cmp(&unit.needle)) {
                    Ok(at) if as_word => whole.known[at].holding = list.len() as u32,
                    Ok(_) => {}
                    Err(_) => _ = more.insert(unit.needle.clone(), list.len() as u32),
                }
                let idf = rank::inverse_frequency(list.len(), whole.pages);
                out.certain &= impacts;
                evidence = Some(Evidence { list, idf, impacts, typed: last == Some(at) });
            }
            out.units.push(evidence);
        }
        let telling = telling(&words.alphabet, &query.literal, false);
        if query.literal.len() > 1 && !telling.is_empty() {
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
        out.excluded.sort_unstable();
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
                self.wanted.insert(number);
            }
            return Ok(self.list(entry)?.map(|list| (list, entry.impacts())));
        }
        if self.missing.len() > before {
            return Ok(None);
        }
        let grams = telling(&self.cut.root.alphabet, needle, true);
        Ok(self.all_of(needle, grams)?.map(|list| (list, false)))
    }

    /// The pages that hold all of some grams of a string, given in order, where one behind the other may stand; `None` if pieces
    /// are missing. Long lists are not asked for, if there is a short one, but used if a word of the query has them.
    fn all_of(&mut self, string: &[Symbol], grams: Vec<core::ops::Range<usize>>) -> Result<Option<Vec<Posting>>, Error> {
        let before = self.missing.len();
        let mut entries: Vec<&Entry> = Vec::new();
        for gram in grams.into_iter().take(MAX_GRAMS) {
            match self.entry(&string[gram]) {
                Some(entry) => entries.push(entry),
                None if self.missing.len() > before => {}
                None => return Ok(Some(Vec::new())),
            }
        }
        if self.missing.len() > before {
            return Ok(None);
        }
        let len = |entry: &Entry| match &entry.place {
            Place::Here(_) => 0,
            Place::Apart { number, .. } if self.wanted.contains(number) => 0,
            Place::Apart { len, .. } => *len,
        };
        let shortest = entries.iter().map(|entry| len(entry)).min().unwrap_or(0);
        entries.retain(|entry| len(entry) <= shortest.max(WORTH));
        let mut all: Option<Beside> = None;
        for entry in entries {
            let Some(list) = self.list(entry)? else { continue };
            all = Some(match all {
                None => Beside::new(list),
                Some(all) => all.then(&list),
            });
        }
        Ok(if self.missing.len() > before { None } else { Some(all.map(Beside::pages).unwrap_or_default()) })
    }

    /// The pages of some candidates, in the order of their numbers; `None` if pieces are missing.
    fn pages(&mut self, found: &[Candidate]) -> Result<Option<Vec<&'c Page>>, Error> {
        let per_text = self.cut.root.figures.per_text;
        let mut numbers: Vec<u32> = found.iter().map(|found| found.page).collect();
        numbers.sort_unstable();
        let mut pages = Vec::new();
        for number in numbers {
            if let Some(Loaded::Text(shared)) = self.piece(Piece { family: Family::Text, number: number / per_text }) {
                let page = shared.get((number % per_text) as usize);
                pages.push(page.ok_or(Error::Corrupt { section: super::root::SECTION })?);
            }
        }
        Ok(self.missing.is_empty().then_some(pages))
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

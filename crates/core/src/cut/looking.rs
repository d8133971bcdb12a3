//! Going through a query with the pieces that are there, noting those that are missing.

use super::candidates::{Candidate, candidates};
use super::grams::{gram_key, is_short, short_key, telling, title_key};
use super::keys::{self, Entry, Place};
use super::list::{self, Posting};
use super::plan::{Answered, Cut, Loaded, Opened, Step};
use super::texts::{Page, assemble};
use super::{Family, Known, Piece, Whole};
use crate::Error;
use crate::answer::{Answer, Found, Options};
use crate::chars::Class;
use crate::ids::{PageId, Symbol};
use crate::order::in_order;
use crate::query::{Query, trim_marks, unfinished};
use crate::rank::Knobs;
use crate::search::{Evaluation, Tier};
use crate::sections::Needles;
use core::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Groups of words that are forms of one word.
type Forms = Vec<Vec<Vec<Symbol>>>;

/// The longest word of Han that is looked for in a query.
const MAX_WORD: usize = 12;
/// How many more pages are looked at than are wanted where lists tell the order only about.
const SPARE: usize = 2;
/// The most pages that are looked at, besides those that are wanted: of those that may hold the query as typed, and of the others.
const MAX_SPARE: usize = 30;
/// The most grams of a string that is no word.
pub(super) const MAX_GRAMS: usize = 24;

/// A look through the pieces, which notes those that are missing.
pub(super) struct Looking<'c> {
    pub(super) cut: &'c Cut,
    pub(super) missing: BTreeSet<Piece>,
    pub(super) used: BTreeSet<Piece>,
    /// The numbers of the long lists that words of the query have.
    pub(super) own_lists: BTreeSet<u32>,
}

impl<'c> Looking<'c> {
    pub(super) fn new(cut: &'c Cut) -> Looking<'c> {
        Looking { cut, missing: BTreeSet::new(), used: BTreeSet::new(), own_lists: BTreeSet::new() }
    }

    fn needs(&self) -> Step {
        Step::Needs(self.missing.iter().copied().collect())
    }

    pub(super) fn read(&mut self, number: u32, text: &str) -> Result<Opened, Error> {
        if number >= self.cut.root.figures.pages {
            return Err(Error::NoSuchPage { page: number, pages: self.cut.root.figures.pages });
        }
        let vocabulary = self.vocabulary(text)?;
        let pages = self.pages(&[number])?;
        let (Some((whole, forms)), Some(pages)) = (vocabulary, pages) else {
            return Ok(Opened::Needs(self.missing.iter().copied().collect()));
        };
        let index = assemble(&self.cut.root, &pages, whole, &forms)?;
        let knobs = Knobs::default();
        let reading = index.reading(PageId(0), &Evaluation::new(&index, &knobs, text, true));
        Ok(Opened::Done(Box::new((index, reading))))
    }

    pub(super) fn search(&mut self, text: &str, options: Options, knobs: &Knobs) -> Result<Step, Error> {
        let root = &self.cut.root;
        let Some((whole, forms)) = self.vocabulary(text)? else { return Ok(self.needs()) };
        let words = assemble(root, &[], whole.clone(), &forms)?;
        let query = Query::parse(&words, text);
        let Some((evidences, whole)) = self.evidences(&words, &query, whole, options.prefix && unfinished(text))?
        else {
            return Ok(self.needs());
        };
        let found = candidates(&query, &evidences, knobs, root.figures.pages);
        let wanted = options.offset.saturating_add(options.limit).min(found.len());
        let exact = evidences.units.iter().flatten().all(|evidence| evidence.impacts);
        let wanted = wanted + if exact { 0 } else { SPARE };
        // Those that may hold the query as typed, of which the text may say that they do not; and the others.
        let (whole_ones, others) = found.split_at(found.partition_point(|candidate| candidate.potential == 0));
        let mut first = wanted.min(whole_ones.len());
        let mut second = (wanted - first).min(others.len());
        loop {
            let looked_at: Vec<u32> =
                whole_ones[..first].iter().chain(&others[..second]).map(|found| found.page).collect();
            let Some(pages) = self.pages(&looked_at)? else { return Ok(self.needs()) };
            let index = assemble(root, &pages, whole.clone(), &forms)?;
            let evaluation = Evaluation::new(&index, knobs, text, options.prefix);
            let needles = Needles::new(&evaluation);
            let hits: Vec<Found<'_>> = evaluation.ranked().into_iter().map(|hit| (hit, &needles)).collect();
            let tier = hits.first().map(|(hit, _)| hit.tier);
            let last = index
                .collapsed(&hits, options.collapse)
                .get(wanted.saturating_sub(1))
                .map(|((hit, _), _)| (hit.tier, hit.other, Reverse(hit.score), pages[hit.page.0 as usize].number));
            // A page that was not looked at may come before the last of those that are shown; but those with some of the words
            // are no answer where another has all of them.
            let better = |rest: &Candidate| match last {
                None => tier >= Some(Tier::Some) || tier.is_none() || rest.potential < 2,
                Some(last) => best_place(&query, rest) < last,
            };
            let most = wanted + MAX_SPARE;
            let more = |from: &[Candidate], looked_at: usize| match from.get(looked_at) {
                Some(next) if looked_at < most && better(next) => (looked_at * 2).clamp(wanted, most).min(from.len()),
                _ => looked_at,
            };
            let now = (more(whole_ones, first), more(others, second));
            if wanted > 0 && now != (first, second) {
                (first, second) = now;
                continue;
            }
            // That a page holds all words, each of which is a key, is certain.
            let certain = |rest: &&Candidate| rest.potential < 2 && evidences.certain;
            let mut total = hits.len();
            if tier < Some(Tier::Some) {
                total += whole_ones[first..].iter().chain(&others[second..]).filter(certain).count();
            }
            let answer =
                Answer { total, tier, hits: index.shown(&hits, options), suggestion: None, facets: Vec::new() };
            let numbers = pages.iter().map(|page| page.number).collect();
            let all = pages.len() == found.len() || evidences.certain;
            return Ok(Step::Done(Box::new(Answered { numbers, answer, all, index })));
        }
    }

    pub(super) fn piece(&mut self, piece: Piece) -> Option<&'c Loaded> {
        match self.cut.pieces.get(&piece) {
            Some(held) => {
                self.used.insert(piece);
                Some(&held.loaded)
            }
            None => {
                self.missing.insert(piece);
                None
            }
        }
    }

    /// What is known of a key; `None` if nothing is, or its piece is missing, which is noted.
    pub(super) fn entry(&mut self, key: &[Symbol]) -> Option<&'c Entry> {
        if key.is_empty() || key.contains(&Symbol::UNKNOWN) {
            return None;
        }
        let number = self.cut.root.piece_of(key)?;
        let Loaded::Keys(entries) = self.piece(Piece { family: Family::Keys, number })? else { return None };
        let at = entries.binary_search_by(|entry| keys::order(&entry.key, key)).ok()?;
        Some(&entries[at])
    }

    /// What is known of a gram, wherever it stands.
    pub(super) fn gram(&mut self, gram: &[Symbol]) -> Option<&'c Entry> {
        self.entry(&gram_key(gram)).or_else(|| self.entry(gram))
    }

    /// The list of a key; `None` if its piece is missing, which is noted.
    pub(super) fn list(&mut self, entry: &Entry) -> Result<Option<Vec<Posting>>, Error> {
        let bytes = match &entry.place {
            Place::Here(bytes) => bytes,
            Place::Apart { number, .. } => match self.piece(Piece { family: Family::List, number: *number }) {
                Some(Loaded::List(bytes)) => bytes,
                _ => return Ok(None),
            },
        };
        let root = &self.cut.root;
        list::read(bytes, entry.holding, root.figures.pages, entry.columns(&root.alphabet)).map(Some)
    }

    /// All words that a query may be cut into, and groups of forms of a word among them; `None` if pieces are missing.
    fn vocabulary(&mut self, text: &str) -> Result<Option<(Whole, Forms)>, Error> {
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
                self.gram(&string[gram]);
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
            if word.len() == 2 && is_short(&root.alphabet, word) {
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

    /// Some pages, in the order of their numbers; `None` if pieces are missing.
    fn pages(&mut self, numbers: &[u32]) -> Result<Option<Vec<&'c Page>>, Error> {
        let per_text = self.cut.root.figures.per_text;
        let mut pages = Vec::new();
        for number in in_order(numbers, &|a, b| a < b) {
            if let Some(Loaded::Text(shared)) = self.piece(Piece { family: Family::Text, number: number / per_text }) {
                let page = shared.get((number % per_text) as usize);
                pages.push(page.ok_or(Error::Corrupt { section: super::root::SECTION })?);
            }
        }
        Ok(self.missing.is_empty().then_some(pages))
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

//! Going through a query with the pieces that are there, noting those that are missing.

use super::asked::{Asked, Forms, View};
use super::candidates::{Candidate, Potential, candidates};
use super::grams::{gram_key, is_short, short_key, telling, title_key};
use super::holding::beside;
use super::keys::{Entry, Place};
use super::list::{self, Columns, Posting};
use super::plan::{Answered, Cut, Loaded, Opened, Step};
use super::texts::{self, Fragment, assemble};
use super::{Family, Piece, Whole};
use crate::Error;
use crate::answer::{Answer, Found, Options};
use crate::chars::Class;
use crate::ids::{PageId, Symbol};
use crate::order::in_order;
use crate::query::{Query, trim_marks, unfinished};
use crate::rank::{self, Knobs};
use crate::search::{Evaluation, Ranked, Tier};
use crate::sections::Needles;
use core::cmp::Reverse;

pub(super) const CORRUPT: Error = Error::Corrupt { section: super::root::SECTION };

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
    pub(super) missing: Vec<Piece>,
    pub(super) used: Vec<Piece>,
    /// The numbers of the long lists that words of the query have.
    pub(super) own_lists: Vec<u32>,
}

impl<'c> Looking<'c> {
    pub(super) fn new(cut: &'c Cut) -> Looking<'c> {
        Looking { cut, missing: Vec::new(), used: Vec::new(), own_lists: Vec::new() }
    }

    pub(super) fn needs(&self) -> Step {
        Step::Needs(self.missing.clone())
    }

    pub(super) fn read(&mut self, number: u32, text: &str) -> Result<Opened, Error> {
        if number >= self.cut.root.figures.pages {
            return Err(Error::NoSuchPage { page: number, pages: self.cut.root.figures.pages });
        }
        let vocabulary = self.vocabulary(text)?;
        let wanted = [(number, u8::MAX)];
        let mut pieces = Vec::new();
        let all = self.texts(&wanted, &mut pieces)?;
        let (Some((whole, forms)), true) = (vocabulary, all) else {
            return Ok(Opened::Needs(self.missing.clone()));
        };
        let index = assemble(&self.cut.root, &fragments(&pieces, &wanted)?, whole, &forms)?;
        let knobs = Knobs::default();
        let reading = index.reading(PageId(0), &Evaluation::new(&index, &knobs, text, true));
        Ok(Opened::Done(Box::new((index, reading))))
    }

    /// Answers a query as it was typed.
    pub(super) fn typed(&mut self, text: &str, options: Options, knobs: &Knobs) -> Result<Step, Error> {
        let Some(asked) = self.asked(text, options.prefix, knobs)? else { return Ok(self.needs()) };
        let view = View { found: &asked.found, places: &[], upper: false };
        Ok(self
            .answered(&asked, view, options)?
            .map_or_else(|| self.needs(), |answered| Step::Done(Box::new(answered))))
    }

    /// What lists tell of a query; `None` if pieces are missing.
    pub(super) fn asked<'q>(
        &mut self,
        text: &'q str,
        prefix: bool,
        knobs: &'q Knobs,
    ) -> Result<Option<Asked<'q>>, Error> {
        let root = &self.cut.root;
        let Some((whole, forms)) = self.vocabulary(text)? else { return Ok(None) };
        let words = assemble(root, &[], whole.clone(), &forms)?;
        let query = Query::parse(&words, text);
        // Where only other forms of words are missing, the lists of the words are asked for with them.
        let evidences = self.evidences(&words, &query, whole, prefix && unfinished(text))?;
        let Some((evidences, whole)) = evidences else { return Ok(None) };
        let found = candidates(&root.alphabet, &query, &evidences, knobs, root.figures.pages);
        Ok(Some(Asked { text, prefix, knobs, words, query, evidences, whole, forms, found }))
    }

    /// The answer with some of the pages that may answer; `None` if pieces are missing.
    pub(super) fn answered(
        &mut self,
        asked: &Asked<'_>,
        view: View<'_>,
        options: Options,
    ) -> Result<Option<Answered>, Error> {
        let root = &self.cut.root;
        let Asked { query, evidences, .. } = asked;
        let found = view.found;
        let wanted = options.offset.saturating_add(options.limit.max(1)).min(found.len());
        let exact = evidences.units.iter().flatten().all(|evidence| evidence.certain);
        let wanted = wanted + if exact { 0 } else { SPARE };
        // Those that may hold the query as typed, of which the text may say that they do not; and the others.
        let (whole_ones, others) =
            found.split_at(found.partition_point(|candidate| candidate.potential < Potential::All));
        let mut first = wanted.min(whole_ones.len());
        let mut second = (wanted - first).min(others.len());
        // Pages that do not hold it where they may hold it first.
        let mut elsewhere: Vec<u32> = Vec::new();
        let mut pieces = Vec::new();
        loop {
            let looked_at = whole_ones[..first].iter().chain(&others[..second]);
            let wanted_parts = looked_at.map(|found| (found.page, found.parts(elsewhere.contains(&found.page))));
            let wanted_parts = in_order(&wanted_parts.collect::<Vec<_>>(), &|a, b| a < b);
            if !self.texts(&wanted_parts, &mut pieces)? {
                return Ok(None);
            }
            let pages = fragments(&pieces, &wanted_parts)?;
            let numbers: Vec<u32> = wanted_parts.iter().map(|&(page, _)| page).collect();
            let index = assemble(root, &pages, evidences.told(&asked.whole, &numbers), &asked.forms)?;
            let evaluation = Evaluation::new(&index, asked.knobs, asked.text, asked.prefix);
            let needles = Needles::new(&evaluation);
            let hits: Vec<Found<'_>> = evaluation.ranked().into_iter().map(|hit| (hit, &needles)).collect();
            let hits = view.arranged(hits, &numbers);
            let before = elsewhere.len();
            for candidate in &whole_ones[..first] {
                let Ok(at) = numbers.binary_search(&candidate.page) else { continue };
                let page = PageId(at as u32);
                let typed = candidate.potential == Potential::Typed;
                let adjacent = |(hit, _): &Found<'_>| hit.page == page && hit.tier <= Tier::Adjacent;
                let as_good = elsewhere.contains(&candidate.page)
                    || evaluation.stands(page, typed)
                    || !typed && hits.iter().any(adjacent);
                if !as_good && candidate.parts(true) != candidate.parts(false) {
                    elsewhere.push(candidate.page);
                }
            }
            let tier = hits.first().map(|(hit, _)| hit.tier);
            let collapsed = index.collapsed(&hits, options.collapse);
            let held = collapsed.iter().filter(|((hit, _), _)| hit.tier <= Tier::Adjacent).count();
            let last = collapsed.get(wanted.saturating_sub(1)).map(|((hit, _), _)| {
                let page = numbers[hit.page.0 as usize];
                (view.place(page), hit.tier, hit.other, Reverse(hit.score), page)
            });
            // A page that was not looked at may come before the last of those that are shown; but those with some of the words
            // are no answer where another has all of them.
            let better = |rest: &Candidate| match last {
                None => tier >= Some(Tier::Some) || tier.is_none() || rest.potential < Potential::Some,
                Some(last) => view.best_place(query, rest) < last,
            };
            let most = wanted + MAX_SPARE;
            // So many more as are lacking, if of the next ones as many hold it as of those that were looked at; as many again where none is.
            let more = |from: &[Candidate], looked_at: usize, held: usize| {
                let lacking = wanted.saturating_sub(held) * (looked_at + 2) / (held + 1);
                let count = if lacking > 0 { lacking } else { looked_at };
                let count = count.max(wanted.saturating_sub(looked_at)).min(most.saturating_sub(looked_at));
                looked_at + from[looked_at..].iter().take(count).take_while(|rest| better(rest)).count()
            };
            let mut now = (more(whole_ones, first, held), second);
            // The others only if those may be too few, or turned out to be.
            if now.0 == first || first > wanted || held + (now.0 - first) * (held + 1) / (first + 2) < wanted {
                now.1 = more(others, second, collapsed.len() - held);
            }
            if now != (first, second) || elsewhere.len() > before {
                (first, second) = now;
                continue;
            }
            let mut all = true;
            let mut answering = hits.iter().map(|(hit, _)| numbers[hit.page.0 as usize]).collect::<Vec<_>>();
            for rest in whole_ones[first..].iter().chain(&others[second..]) {
                let answers = asked.answers(rest, tier);
                all &= answers.is_some();
                if answers == Some(true) {
                    answering.push(rest.page);
                }
            }
            let total = answering.len();
            let mut shown = index.shown(&hits, options);
            for hit in &mut shown {
                let page = hit.page.0 as usize;
                if let Some(candidate) = found.iter().find(|candidate| candidate.page == numbers[page]) {
                    hit.places =
                        candidate.places(index.lengths[page], hit.tier <= Tier::Adjacent && candidate.literal > 0);
                }
            }
            let answer = Answer { total, tier, hits: shown, suggestion: None, facets: Vec::new() };
            let ranked: Vec<Ranked> = hits.iter().map(|(hit, _)| hit.clone()).collect();
            let outcome = index.found(&evaluation, &ranked);
            let doubtful = self.doubtful(&asked.words, asked.text, &outcome).then_some(outcome);
            return Ok(Some(Answered {
                numbers,
                answer,
                all,
                index,
                doubtful,
                #[cfg(feature = "meant")]
                further: Vec::new(),
                #[cfg(feature = "meant")]
                answering,
            }));
        }
    }

    pub(super) fn piece(&mut self, piece: Piece) -> Option<&'c Loaded> {
        let loaded = self.cut.loaded(piece);
        note(if loaded.is_some() { &mut self.used } else { &mut self.missing }, piece);
        loaded
    }

    /// What is known of a key; `None` if nothing is, or its piece is missing, which is noted.
    pub(super) fn entry(&mut self, key: &[Symbol]) -> Option<Entry> {
        if key.is_empty() || key.contains(&Symbol::UNKNOWN) {
            return None;
        }
        let number = self.cut.root.piece_of(key)?;
        let Loaded::Keys(keys) = self.piece(Piece { family: Family::Keys, number })? else { return None };
        keys.get(key)
    }

    /// What is known of a gram where it stands without a gap.
    pub(super) fn gram(&mut self, gram: &[Symbol]) -> Option<Entry> {
        self.entry(&gram_key(gram)).or_else(|| self.entry(gram))
    }

    /// The list of a key; `None` if its piece is missing, which is noted.
    pub(super) fn list(&mut self, entry: &Entry) -> Result<Option<Vec<Posting>>, Error> {
        let root = &self.cut.root;
        let columns = entry.columns(&root.alphabet);
        match &entry.place {
            Place::Here(bytes) => list::read(bytes, entry.holding, root.figures.pages, columns).map(Some),
            Place::Apart { number, .. } => self.apart(*number, columns),
        }
    }

    /// A list that is a piece of its own; `None` if it is missing, which is noted.
    pub(super) fn apart(&mut self, number: u32, columns: Columns) -> Result<Option<Vec<Posting>>, Error> {
        match self.piece(Piece { family: Family::List, number }) {
            Some(Loaded::List(count, bytes)) => {
                list::read(bytes, *count, self.cut.root.figures.pages, columns).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// All words that a query may be cut into, and groups of forms of a word among them; `None` if pieces are missing that hold them. What
    /// is missing of other forms is only noted.
    fn vocabulary(&mut self, text: &str) -> Result<Option<(Whole, Forms)>, Error> {
        let root = &self.cut.root;
        let figures = &root.figures;
        let mut whole = Whole {
            pages: figures.pages as usize,
            tokens: figures.tokens as usize,
            average: figures.average,
            ..Whole::default()
        };
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
        for pair in beside(&root.alphabet, &query.literal, &query.gaps).into_iter().take(MAX_GRAMS) {
            self.entry(&[query.literal[pair.first], query.literal[pair.second]]);
        }
        self.completing(&query.literal);
        let trimmed = &query.literal[trim_marks(&bare, &query.literal)];
        if !trimmed.is_empty() {
            self.entry(&title_key(trimmed));
        }
        for word in words {
            if word.len() == 2 && is_short(&root.alphabet, word) {
                self.entry(&short_key(word));
            }
            if let [symbol] = *word {
                // How many pages hold it its list tells, if it is a unit of the query.
                if let Some(weight) = root.weight(symbol) {
                    whole.learn(word, weight, 0);
                }
            } else if let Some(entry) = self.entry(word) {
                whole.learn(word, entry.weight, entry.holding);
                if !entry.others.is_empty() {
                    let mut group = vec![word.to_vec()];
                    group.extend(entry.others.iter().cloned());
                    others.push(group);
                }
            }
        }
        if !self.missing.is_empty() {
            return Ok(None);
        }
        for form in others.iter().flatten() {
            if let Some(entry) = self.entry(form) {
                whole.learn(form, entry.weight, entry.holding);
            }
        }
        Ok(Some((whole, others)))
    }

    /// Reads the pieces that hold some parts of pages, besides those that were read before; whether none is missing.
    pub(super) fn texts(
        &mut self,
        wanted: &[(u32, u8)],
        pieces: &mut Vec<(u32, Vec<Fragment>)>,
    ) -> Result<bool, Error> {
        for &(page, parts) in wanted {
            for part in (0..rank::PARTS).filter(|part| parts >> part & 1 > 0) {
                let number = self.cut.root.text_of(page, part).ok_or(CORRUPT)?;
                let Some(Loaded::Text(first, content)) = self.piece(Piece { family: Family::Text, number }) else {
                    continue;
                };
                let at = pieces.partition_point(|&(read, _)| read < number);
                if pieces.get(at).is_none_or(|&(read, _)| read != number) {
                    pieces.insert(at, (number, texts::read(content, *first)?));
                }
            }
        }
        Ok(self.missing.is_empty())
    }
}

/// What some pieces, in order, hold of pages.
pub(super) fn fragments<'p>(
    pieces: &'p [(u32, Vec<Fragment>)],
    wanted: &[(u32, u8)],
) -> Result<Vec<Vec<&'p Fragment>>, Error> {
    let mut pages = Vec::new();
    for &(page, _) in wanted {
        let mut fragments = Vec::new();
        for (_, shared) in pieces {
            // A piece holds pages that follow each other.
            let at = shared.first().and_then(|first| page.checked_sub(first.page));
            fragments.extend(at.and_then(|at| shared.get(at as usize)));
        }
        pages.push(if fragments.is_empty() { return Err(CORRUPT) } else { fragments });
    }
    Ok(pages)
}

/// Adds a piece to an ascending list.
fn note(pieces: &mut Vec<Piece>, piece: Piece) {
    if let Err(at) = pieces.binary_search(&piece) {
        pieces.insert(at, piece);
    }
}

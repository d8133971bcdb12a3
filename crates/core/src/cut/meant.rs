//! What else may be meant by a query that finds little: the ladder of [`crate::suggest`] over the words that it may take, which are
//! loaded by their sound and their letters.

use super::chosen::Chosen;
use super::grams::telling;
use super::looking::Looking;
use super::plan::{Answered, Loaded, Opened, Step};
use super::words::{self, Directory};
use super::{Family, Piece};
use crate::answer::{Offered, Options, Strength};
use crate::chars::{Class, class, simple_fold};
use crate::edits;
use crate::ids::Symbol;
use crate::query::{Query, pieces, spread};
use crate::rank::{Knobs, ONE};
use crate::search::Tier;
use crate::sound::Pattern;
use crate::suggest::{self, IN_FULL, MAX_HAN, MAX_PATTERN, Strings, Suggestion};
use crate::{Error, Index};

/// The most pieces of words that a query loads by sound, the first ones that it names.
const MAX_WORDS: usize = 24;
/// How much less likely than the likeliest a way to read what was typed may be, in bits times [`ONE`]: a syllable mistaken, or one of which
/// only the initial was typed.
const SLACK: u64 = 6 * ONE;

impl Looking<'_> {
    /// Answers a query; where it finds little, also by what else may be meant, as [`Index::select`] does.
    pub(super) fn search(
        &mut self,
        text: &str,
        options: Options,
        knobs: &Knobs,
        chosen: Option<&Chosen>,
    ) -> Result<Step, Error> {
        let Step::Done(mut own) = self.seen(text, options, knobs, chosen)? else { return Ok(self.needs()) };
        let Some(outcome) = own.doubtful.take() else { return Ok(Step::Done(own)) };
        let Some(suggestion) = self.meant(text)? else { return Ok(self.needs()) };
        let Some(suggestion) = suggestion else { return Ok(Step::Done(own)) };
        let strength = outcome.beside(Some(&suggestion));
        if strength != Strength::Real {
            let all = Options { offset: 0, limit: options.offset.saturating_add(options.limit), ..options };
            let others = Options { prefix: false, ..all };
            let mut queries = vec![(text, all)];
            queries.extend(
                [&suggestion.query].into_iter().chain(&suggestion.alternatives).map(|other| (&other[..], others)),
            );
            if strength == Strength::None {
                queries.remove(0);
            }
            let Some(mut answers) = self.several(&queries, knobs, chosen)? else { return Ok(self.needs()) };
            if chosen.is_some() || answers.iter().any(|answered| answered.answer.total > 0) {
                arrange(&mut answers, options, usize::from(strength == Strength::Accident), queries.len() == 1);
                *own = answers.remove(0);
                own.further = answers;
                own.doubtful = None;
            }
        }
        own.answer.suggestion = Some(Offered { suggestion, applied: strength != Strength::Real });
        Ok(Step::Done(own))
    }

    /// A page for reading. Where it does not hold what was typed and was found by what may be meant instead, that is marked.
    pub(super) fn read_meant(&mut self, number: u32, text: &str) -> Result<Opened, Error> {
        let opened = self.read(number, text)?;
        let Opened::Done(done) = &opened else { return Ok(opened) };
        let holds = |text: &str| !done.0.find(&Query::parse(&done.0, text).literal).is_empty();
        if text.is_empty() || holds(text) {
            return Ok(opened);
        }
        let one = Options { limit: 1, ..Options::default() };
        let Step::Done(found) = self.search(text, one, &Knobs::default(), None)? else {
            return Ok(Opened::Needs(self.missing.clone()));
        };
        match found.answer.suggestion.filter(|offered| offered.applied) {
            None => Ok(opened),
            Some(Offered { suggestion: Suggestion { query, alternatives, .. }, .. }) => {
                let there = alternatives.iter().find(|other| !holds(&query) && holds(other)).unwrap_or(&query);
                self.read(number, there)
            }
        }
    }

    /// The answers to several queries, up to the first with which there are enough pages; `None` if pieces are missing.
    fn several(
        &mut self,
        queries: &[(&str, Options)],
        knobs: &Knobs,
        chosen: Option<&Chosen>,
    ) -> Result<Option<Vec<Answered>>, Error> {
        let (mut answers, mut pages) = (Vec::new(), Vec::new());
        for &(text, options) in queries {
            if answers.is_empty() || pages.len() < options.limit {
                let Step::Done(answered) = self.seen(text, options, knobs, chosen)? else { return Ok(None) };
                add(&mut pages, answered.hits().map(|(page, ..)| page), usize::MAX);
                answers.push(*answered);
            }
        }
        Ok(Some(answers))
    }

    /// What else may be meant by a query; `None` if pieces are missing.
    fn meant(&mut self, text: &str) -> Result<Option<Option<Suggestion>>, Error> {
        let cut = self.cut;
        let directory = Piece { family: Family::Words, number: 0 };
        let Some(Loaded::Directory(directory)) = self.piece(directory) else { return Ok(None) };
        let bare = words::index(&cut.root, &directory.readings, &[])?;
        let Some(chars) = suggest::meant_by(&bare, text) else { return Ok(Some(None)) };
        let letters = Pattern::new(&bare, &chars, MAX_PATTERN).filter(Pattern::is_letters);
        let mut wanted = Vec::new();
        // What else is looked for where nothing is found so far.
        let mut last: Vec<u32> = Vec::new();
        if let Some(pattern) = &letters {
            let (cost, pieces) = likely(&bare, directory, pattern, &chars);
            *(if cost <= IN_FULL { &mut wanted } else { &mut last }) = pieces;
        } else {
            wanted = self.of_runs(&bare, directory, &chars);
        }
        loop {
            let Some(words) = self.words(&wanted)? else { return Ok(None) };
            let index = words::index(&cut.root, &directory.readings, &words)?;
            let mut told = Told { looking: self, directory, near: Vec::new(), failed: None };
            let suggestion = suggest::suggest(&index, text, &mut told);
            let Told { near, failed, .. } = told;
            if let Some(error) = failed {
                return Err(error);
            }
            let mut more: Vec<u32> = near.into_iter().filter(|number| !wanted.contains(number)).collect();
            if more.is_empty() && suggestion.is_none() {
                more = core::mem::take(&mut last);
                more.retain(|number| !wanted.contains(number));
            }
            if more.is_empty() {
                return Ok(self.missing.is_empty().then_some(suggestion));
            }
            wanted.extend(more);
        }
    }

    /// The words of some pieces; `None` if any is missing.
    fn words(&mut self, numbers: &[u32]) -> Result<Option<Vec<words::Word>>, Error> {
        let mut out = Vec::new();
        for &number in numbers {
            if let Some(Loaded::Words(content)) = self.piece(Piece { family: Family::Words, number }) {
                out.extend(words::read(content)?);
            }
        }
        Ok(self.missing.is_empty().then_some(out))
    }

    /// The pieces of words that may be meant by runs of Han that stand nowhere, and by pinyin beside Han.
    fn of_runs(&mut self, bare: &Index, directory: &Directory, chars: &[char]) -> Vec<u32> {
        let mut out = Vec::new();
        let mut read = |pattern: Option<Pattern>, typed: &[char]| {
            let likely = pattern.map(|pattern| likely(bare, directory, &pattern, typed).1);
            add(&mut out, likely.unwrap_or_default().into_iter(), MAX_WORDS);
        };
        for run in pieces(chars) {
            let han = run.first().is_some_and(|&c| class(simple_fold(c)) == Class::Han);
            if !han || self.count(&spread(&bare.alphabet, &run)).unwrap_or(1) == 0 {
                read(Pattern::new(bare, &run, if han { MAX_HAN } else { MAX_PATTERN }), &run);
            }
        }
        read(Pattern::new(bare, chars, MAX_HAN).filter(Pattern::has_letters), chars);
        out
    }

    /// On about how many pages a string of Han stands: by its lists, and by the text of one if these do not tell whether it stands anywhere.
    /// `Err(None)` if pieces are missing.
    fn count(&mut self, string: &[Symbol]) -> Result<usize, Option<Error>> {
        let before = self.missing.len();
        if let Some(entry) = self.entry(string) {
            return Ok(entry.holding as usize);
        }
        if self.missing.len() > before {
            return Err(None);
        }
        let alphabet = &self.cut.root.alphabet;
        let grams = telling(alphabet, string, true);
        let lists = self.standing(string, &[], &grams).map_err(Some)?.ok_or(None)?;
        let pages = lists.all().len();
        if pages == 0 || string.len() == 2 && !lists.typed.is_empty() {
            return Ok(pages);
        }
        let text: String = string.iter().map(|&symbol| alphabet.member(symbol, 0)).collect();
        let one = Options { limit: 1, prefix: false, ..Options::default() };
        match self.typed(&text, one, &Knobs::default()).map_err(Some)? {
            Step::Done(found) if (&found.index).count(string) > 0 => Ok(pages),
            Step::Done(_) => Ok(0),
            Step::Needs(_) => Err(None),
        }
    }
}

/// Adds numbers to a list that are not in it, as long as there are fewer than `most`.
fn add(list: &mut Vec<u32>, numbers: impl Iterator<Item = u32>, most: usize) {
    for number in numbers {
        if list.len() < most && !list.contains(&number) {
            list.push(number);
        }
    }
}

/// Gives the hits of several answers their places: each page once, and of all of them those that are asked for. Those behind the first
/// `own` answers do not hold what was typed. `only`: nothing else was to be asked, so the total is that of the one answer.
fn arrange(answers: &mut [Answered], options: Options, own: usize, only: bool) {
    let mut listed: Vec<u32> = Vec::new();
    let mut most = 0;
    for (at, Answered { numbers, answer, .. }) in answers.iter_mut().enumerate() {
        most = most.max(answer.total);
        answer.hits.retain_mut(|hit| {
            let number = numbers[hit.page.0 as usize];
            let again = listed.contains(&number);
            if !again {
                listed.push(number);
            }
            if at >= own {
                hit.tier = Tier::Some;
            }
            !again && (options.offset..options.offset.saturating_add(options.limit)).contains(&(listed.len() - 1))
        });
    }
    let tier = if own > 0 && answers[0].answer.total > 0 { answers[0].answer.tier } else { Some(Tier::Some) };
    let first = &mut answers[0];
    (first.all, first.answer.total, first.answer.tier) = (first.all && only, most.max(listed.len()), tier);
}

/// The pieces of words that may be meant by what was typed, in the order in which it was, and what the likeliest way to read it costs.
fn likely(index: &Index, directory: &Directory, pattern: &Pattern, typed: &[char]) -> (u64, Vec<u32>) {
    let (cost, syllables) = pattern.filled(index).likely(index, SLACK);
    let mut out: Vec<u32> = Vec::new();
    for syllable in syllables {
        add(&mut out, directory.of_syllable(&index.readings.syllables()[syllable]), MAX_WORDS);
    }
    for &c in typed {
        let symbol = index.alphabet.symbol(c);
        if index.alphabet.class(symbol) == Class::Han && index.readings.numbers(symbol).is_empty() {
            add(&mut out, directory.of_unread(symbol), MAX_WORDS);
        }
    }
    (cost, out)
}

/// Strings of the site, as its lists tell of them.
struct Told<'l, 'c, 'd> {
    looking: &'l mut Looking<'c>,
    directory: &'d Directory,
    /// Pieces of words that are wanted.
    near: Vec<u32>,
    failed: Option<Error>,
}

impl Strings for Told<'_, '_, '_> {
    /// As long as it is not known, a string is taken to stand somewhere.
    fn count(&mut self, string: &[Symbol]) -> usize {
        match self.looking.count(string) {
            Ok(count) => count,
            Err(error) => {
                self.failed = error.or(self.failed.take());
                1
            }
        }
    }

    /// No list tells what stands between two strings.
    fn filled(&mut self, _: &[Symbol], _: &[Symbol]) -> Option<(Symbol, usize)> {
        None
    }

    fn near(&mut self, word: &[Symbol]) {
        let allowed = edits::allowed(word.len());
        if allowed > 0 {
            add(&mut self.near, self.directory.near(word, allowed).into_iter().flatten(), usize::MAX);
        }
    }
}

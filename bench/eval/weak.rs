//! What readers meant: pinyin, misspelt words, homophones, and strings that stand nowhere.

use crate::Question;
use jisou_core::Index;
use jisou_core::answer::{Answer, Options};
use jisou_core::build::Characters;
use jisou_core::chars::simple_fold;
use jisou_core::complete::complete;
use jisou_core::rank::Knobs;
use jisou_core::search::Tier;
use jisou_indexer::fold::Fold;
use pinyin::ToPinyinMulti;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::{Duration, Instant};

/// Everything a query finds, with its suggestion; and into `times` how long it takes to be answered as a reader asks it, with the first ten
/// hits.
fn ask(index: &Index, query: &str, times: &mut Vec<Duration>) -> Answer {
    let start = Instant::now();
    let shown = index.search(query, Options::default(), &Knobs::default());
    times.push(start.elapsed());
    std::hint::black_box(shown);
    let all = Options { limit: usize::MAX, collapse: false, prefix: true, ..Options::default() };
    index.search(query, all, &Knobs::default())
}

fn suggested(answer: &Answer) -> Option<&str> {
    answer.suggestion.as_ref().map(|offered| offered.suggestion.query.as_str())
}

fn same(a: &str, b: &str) -> bool {
    a.chars().map(simple_fold).eq(b.chars().map(simple_fold))
}

/// Prints one row of the second table.
fn row(set: &str, queries: usize, figures: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let time =
        |part: f64| times.get((times.len().max(1) - 1) * (part * 100.0) as usize / 100).copied().unwrap_or_default();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("| {set} | {queries} | {figures} | {:.2} / {:.2} |", ms(time(0.5)), ms(time(0.95)));
}

/// Pinyin in full or by syllables: pages found, and whether the word is what is suggested.
pub(crate) fn pinyin(index: &Index, questions: &[Question], spaced: bool) {
    let (mut recall, mut first, mut applied, mut times) = (0.0, 0, 0, Vec::new());
    for question in questions {
        let query = if spaced { &question.query_spaced } else { &question.query };
        let answer = ask(index, query, &mut times);
        let found: BTreeSet<u32> = answer.hits.iter().map(|hit| hit.page.0).collect();
        recall += question.relevant.iter().filter(|page| found.contains(page)).count() as f64
            / question.relevant.len().max(1) as f64;
        applied += usize::from(answer.suggestion.as_ref().is_some_and(|offered| offered.applied));
        let right = suggested(&answer).is_some_and(|query| same(query, &question.word));
        first += usize::from(right);
        if !right && std::env::var_os("MISSES").is_some() {
            println!("  {query:?} is {} not {:?}", question.word, answer.suggestion);
        }
    }
    let n = questions.len() as f64;
    let name = if spaced { "pinyin, spaced" } else { "pinyin" };
    row(
        name,
        questions.len(),
        &format!("recall {:.3}, first suggestion {:.3}, applied {applied}", recall / n, first as f64 / n),
        times,
    );
}

/// Initials of pinyin: whether the word is among the first eight completions.
pub(crate) fn initials(index: &Index, questions: &[Question]) {
    let (mut among, mut times) = (0, Vec::new());
    for question in questions {
        let start = Instant::now();
        let completions = complete(index, &question.query_initials, 8);
        times.push(start.elapsed());
        let ok = completions.iter().any(|(text, _)| same(text, &question.word));
        among += usize::from(ok);
        if !ok && std::env::var_os("MISSES").is_some() {
            println!("  {:?} is {} not {completions:?}", question.query_initials, question.word);
        }
    }
    row(
        "pinyin, initials",
        questions.len(),
        &format!("among the first 8 completions {:.3}", among as f64 / questions.len() as f64),
        times,
    );
}

/// Misspelt Latin words: whether the right one is searched or suggested.
pub(crate) fn typos(index: &Index, questions: &[Question]) {
    let (mut right, mut recall, mut times) = (0, 0.0, Vec::new());
    for question in questions {
        let answer = ask(index, &question.query, &mut times);
        let ok = suggested(&answer).is_some_and(|query| same(query, &question.word));
        right += usize::from(ok);
        let found: BTreeSet<u32> = answer.hits.iter().map(|hit| hit.page.0).collect();
        recall += question.relevant.iter().filter(|page| found.contains(page)).count() as f64
            / question.relevant.len().max(1) as f64;
        if !ok && std::env::var_os("MISSES").is_some() {
            println!("  {:?} is {} not {:?} ({} hits)", question.query, question.word, answer.suggestion, answer.total);
        }
    }
    let n = questions.len() as f64;
    row(
        "typo",
        questions.len(),
        &format!("right word suggested {:.3}, recall {:.3}", right as f64 / n, recall / n),
        times,
    );
}

/// A small generator of numbers, the same everywhere (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

/// Words of the corpus with one character replaced by another of the same toneless pinyin, so that the result stands
/// nowhere: whether the word is suggested. In a corpus of both scripts 連结 is no error, since it finds 連結: what search
/// does not tell apart is the same here too. How often the suggestion is in the very form of the word is said besides.
pub(crate) fn homophones(index: &Index, texts: &[String], words: &[(String, u32)]) {
    let mut by_sound: BTreeMap<String, Vec<char>> = BTreeMap::new();
    let characters: BTreeSet<char> = texts.iter().flat_map(|text| text.chars()).collect();
    for &c in &characters {
        // By the usual reading of both, as an input method offers them.
        if let Some(sound) = sounds(c).into_iter().next() {
            by_sound.entry(sound).or_default().push(c);
        }
    }
    let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
    let (mut numbers, mut queries, mut right, mut same_form, mut times) = (Numbers(7), 0, 0, 0, Vec::new());
    let mut left = 20_000;
    while queries < 500 && left > 0 {
        left -= 1;
        let (word, _) = &words[numbers.below(words.len())];
        let mut chars: Vec<char> = word.chars().collect();
        let at = numbers.below(chars.len());
        let Some(sound) = sounds(chars[at]).into_iter().next() else { continue };
        let others = &by_sound[&sound];
        let other = others[numbers.below(others.len())];
        chars[at] = other;
        let query: String = chars.into_iter().collect();
        let slip = folded(&query);
        if slip == folded(word) || texts.iter().any(|text| text.contains(&slip)) {
            continue;
        }
        queries += 1;
        let answer = ask(index, &query, &mut times);
        let found = suggested(&answer).unwrap_or_default();
        let ok = folded(found) == folded(word);
        right += usize::from(ok);
        same_form += usize::from(found == word);
        if !ok && std::env::var_os("MISSES").is_some() {
            println!("  {query:?} is {word} not {:?}", answer.suggestion);
        }
    }
    let n = queries.max(1) as f64;
    let figures =
        format!("first suggestion right {:.3}, in the same script {:.3}", right as f64 / n, same_form as f64 / n);
    row("homophones", queries, &figures, times);
}

/// A text as search sees it, with every character told apart that search tells apart.
fn folded(text: &str) -> String {
    text.chars().map(|c| Fold.fold(c)).collect()
}

fn sounds(c: char) -> Vec<String> {
    let multi = c.to_pinyin_multi().into_iter().flatten();
    multi.map(|reading| reading.plain().to_owned()).collect()
}

/// Pairs of Han characters of the corpus that stand nowhere next to each other, in no form of theirs: none may be in a
/// tier that says so.
pub(crate) fn absent(index: &Index, texts: &[String]) {
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let all: Vec<char> = texts.iter().flat_map(|text| text.chars()).filter(han).collect();
    // Blanks hide nothing, so they do not keep characters apart.
    let texts = texts.iter().map(|text| folded(text));
    let chars: Vec<char> =
        texts.flat_map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>()).collect();
    let pairs: HashSet<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let (mut numbers, mut queries, mut wrong, mut times) = (Numbers(11), 0, 0, Vec::new());
    while queries < 500 {
        let pair = [all[numbers.below(all.len())], all[numbers.below(all.len())]];
        if pairs.contains(&(Fold.fold(pair[0]), Fold.fold(pair[1]))) {
            continue;
        }
        queries += 1;
        let query: String = pair.iter().collect();
        let answer = ask(index, &query, &mut times);
        let ok = answer.hits.iter().all(|hit| hit.tier > Tier::Adjacent);
        wrong += usize::from(!ok);
        if !ok && std::env::var_os("MISSES").is_some() {
            println!("  {query:?} in {:?}", answer.tier);
        }
    }
    row("absent", queries, &format!("in tier exact or adjacent {wrong}"), times);
}

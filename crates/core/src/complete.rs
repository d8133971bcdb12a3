//! Completions while a query is being typed: titles, headings and words that go on as it begins, or sound like it.

use crate::Index;
use crate::chars::Class;
use crate::ids::{PassageId, Symbol, TermId};
use crate::index::Field;
use crate::lattice;
use crate::order::Best;
use crate::query::{spread, trimmed};
use crate::sound::Pattern;
use crate::suggest::{spell, spell_term};

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title of a page.
    Title,
    /// A heading.
    Heading,
    /// A word of the text.
    Word,
    /// A word of the text that what was typed is the pinyin of.
    Pinyin,
}

impl Kind {
    /// The name of the kind in results.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Heading => "heading",
            Kind::Word => "word",
            Kind::Pinyin => "pinyin",
        }
    }
}

/// The most letters that are read as pinyin.
const MAX_PATTERN: usize = 24;
/// The longest title or heading that is a completion, in characters.
const MAX_TITLE: usize = 60;
/// The shortest word that is a completion, in characters.
const MIN_WORD: usize = 2;

/// Completions of `prefix`, best first, at most `limit`, each once.
pub fn complete(index: &Index, prefix: &str, limit: usize) -> Vec<(String, Kind)> {
    let chars = trimmed(prefix);
    let symbols = spread(&index.alphabet, &chars);
    let mut out: Vec<(String, Kind)> = Vec::new();
    let mut add = |text: String, kind: Kind| {
        if out.len() < limit && !text.is_empty() && !out.iter().any(|(other, _)| *other == text) {
            out.push((text, kind));
        }
    };
    let words = frequent_words(index, &symbols, limit);
    // Letters: a word of their own that is frequent, then what they are the pinyin of.
    let letters = Pattern::new(index, &chars, MAX_PATTERN).filter(Pattern::is_letters).map(Pattern::opened);
    if let Some(pattern) = letters {
        let readings = lattice::readings(index, &pattern, 2 * limit, &mut &*index);
        let own = if readings.is_empty() { limit } else { limit / 8 };
        let full = readings.first().is_some_and(|first| first.distance == 0);
        if !full {
            for &term in words.iter().take(own) {
                add(spell_term(index, TermId(term)), Kind::Word);
            }
        }
        let own_word = index.terms.get(&symbols, &index.alphabet).is_some();
        for reading in &readings {
            let len = reading.symbols.len();
            let exact = reading.distance == 0;
            // Of several words none may be a fragment. Letters that are a word are hardly half of another.
            let whole = exact || reading.words == 1 || len >= 2 * reading.words;
            let likely = exact || !own_word || len >= symbols.len();
            if whole && likely && (len >= MIN_WORD || chars.len() == 1 || full) {
                add(spell(index, &reading.symbols, &[]), Kind::Pinyin);
            }
        }
    }
    // Half for titles and headings, the rest for words; what one leaves free the other takes.
    let headings = headings(index, &symbols, limit);
    let (first, rest) = headings.split_at(limit.div_ceil(2).min(headings.len()));
    for (headings, words) in [(first, &*words), (rest, &[])] {
        for &passage in headings {
            let passage = PassageId(passage);
            let kind = if index.field(passage) == Field::Title { Kind::Title } else { Kind::Heading };
            add(index.passage_text(passage), kind);
        }
        for &term in words {
            add(spell_term(index, TermId(term)), Kind::Word);
        }
    }
    out
}

/// The numbers of the words that start with `prefix`, the most frequent first, each folded form once.
fn frequent_words(index: &Index, prefix: &[Symbol], limit: usize) -> Vec<u32> {
    let mut found = Best::default();
    if prefix.is_empty() {
        return Vec::new();
    }
    let range = index.terms.with_prefix(prefix, &index.alphabet);
    let mut at = range.first.0;
    while at < range.end.0 {
        let group = index.terms.group(TermId(at));
        let word = index.terms.folded(group.first);
        let class = index.alphabet.class(word[0]);
        let count = index.postings.count(group);
        if word.len() >= MIN_WORD && matches!(class, Class::Han | Class::Word) {
            found.offer(u64::from(u32::MAX - count), group.first.0, limit);
        }
        at = group.end.0;
    }
    found.items
}

/// The passages of titles, then headings, that start with `text`, then those that hold it at the start of a word.
fn headings(index: &Index, text: &[Symbol], limit: usize) -> Vec<u32> {
    let mut found = Best::default();
    for position in index.find(text) {
        let passage = index.text.passage_at(position);
        let field = index.field(passage);
        if field != Field::Title && field != Field::Heading {
            continue;
        }
        let range = index.text.range(passage);
        let short = (range.end - range.start) as usize <= MAX_TITLE;
        if short && !found.items.contains(&passage.0) && index.token_starts.has(position) {
            let key = u64::from(position != range.start) << 1 | u64::from(field == Field::Heading);
            found.offer(key, passage.0, limit);
        }
    }
    found.items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Builder, Page, Passage};
    use crate::pages::{self, PageInfo};
    use crate::{container, testing};
    use proptest::prelude::*;
    use std::cmp::Reverse;
    use std::collections::BTreeMap;

    /// A title and a paragraph, each a list of tokens.
    type Tokens = (Vec<String>, Vec<String>);

    fn index(pages: &[Tokens]) -> Index {
        let mut builder = Builder::new(testing::Few);
        for (n, (title, body)) in pages.iter().enumerate() {
            let passage = |kind, tokens: &Vec<String>| Passage {
                kind,
                anchor: String::new(),
                weight: 10,
                tokens: tokens.clone(),
            };
            let passages = vec![passage(pages::Kind::Title, title), passage(pages::Kind::Paragraph, body)];
            builder.add(Page { info: PageInfo { url: n.to_string(), meta: Vec::new() }, passages }).unwrap();
        }
        Index::open(container::write(&builder.finish().unwrap()).unwrap().swap_remove(0)).unwrap()
    }

    /// Completions of Han characters, by looking at every title and every word.
    fn slowly(index: &Index, pages: &[Tokens], typed: &str, limit: usize) -> Vec<(String, Kind)> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for token in pages.iter().flat_map(|(title, body)| title.iter().chain(body)) {
            *counts.entry(token).or_default() += 1;
        }
        counts.retain(|word, _| word.starts_with(typed) && word.chars().count() >= MIN_WORD);
        let term =
            |word: &str| index.terms.get(&spread(&index.alphabet, &trimmed(word)), &index.alphabet).unwrap().first;
        let mut words: Vec<&str> = counts.keys().copied().collect();
        words.sort_by_key(|word| (Reverse(counts[word]), term(word)));
        words.truncate(limit);
        // Where in a title, in tokens, what was typed starts first.
        let starts = |title: &Vec<String>| (0..title.len()).find(|&at| title[at..].concat().starts_with(typed));
        let mut titles: Vec<&Vec<String>> = pages.iter().map(|page| &page.0).filter(|t| starts(t).is_some()).collect();
        titles.sort_by_key(|title| starts(title) != Some(0));
        titles.truncate(limit);
        let (first, rest) = titles.split_at(limit.div_ceil(2).min(titles.len()));
        let titles = |list: &[&Vec<String>]| list.iter().map(|title| (title.concat(), Kind::Title)).collect::<Vec<_>>();
        let words: Vec<(String, Kind)> = words.into_iter().map(|word| (word.to_owned(), Kind::Word)).collect();
        let mut out: Vec<(String, Kind)> = Vec::new();
        for item in [titles(first), words, titles(rest)].concat() {
            if out.iter().all(|other| other.0 != item.0) {
                out.push(item);
            }
        }
        out.truncate(limit);
        out
    }

    proptest! {
        #[test]
        fn completions_are_those_of_a_look_at_all(
            pages in proptest::collection::vec(
                (proptest::collection::vec("[国际中]{1,3}", 0..4), proptest::collection::vec("[国际中]{1,3}", 1..8)), 1..7,
            ),
            typed in "[国际中]{1,2}",
            limit in 1usize..7,
        ) {
            let index = index(&pages);
            prop_assert_eq!(complete(&index, &typed, limit), slowly(&index, &pages, &typed, limit));
        }
    }
}

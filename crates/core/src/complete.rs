//! Completions while a query is being typed: titles, headings and words that go on as it begins, or sound like it.

use crate::Index;
use crate::chars::Class;
use crate::ids::{PassageId, TermId};
use crate::index::Field;
use crate::lattice;
use crate::query::spread;
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
    let chars: Vec<char> = prefix.trim().chars().collect();
    let symbols = spread(index, &chars);
    let mut out: Vec<(String, Kind)> = Vec::new();
    let mut add = |text: String, kind: Kind, most: usize| {
        if out.len() < most && !text.is_empty() && !out.iter().any(|(other, _)| *other == text) {
            out.push((text, kind));
        }
    };
    let words = frequent_words(index, &symbols, limit);
    // Letters: a word of their own that is frequent, then what they are the pinyin of.
    let letters = Pattern::new(index, &chars, MAX_PATTERN).filter(Pattern::is_letters);
    if let Some(pattern) = letters {
        let readings = lattice::readings(index, &pattern, 2 * limit);
        let own = if readings.is_empty() { limit } else { limit / 8 };
        let full = readings.first().is_some_and(|first| first.distance == 0);
        if !full {
            words.iter().take(own).for_each(|&term| add(spell_term(index, term), Kind::Word, limit));
        }
        for reading in readings.iter().filter(|reading| reading.symbols.len() >= MIN_WORD || chars.len() == 1 || full) {
            add(spell(index, &reading.symbols), Kind::Pinyin, limit);
        }
    }
    // Half for titles and headings, the rest for words; what one leaves free the other takes.
    let headings = headings(index, &symbols, limit);
    let half = limit.div_ceil(2);
    for (passage, kind) in headings.iter().take(half) {
        add(index.passage_text(*passage), *kind, limit);
    }
    for &term in &words {
        add(spell_term(index, term), Kind::Word, limit);
    }
    for (passage, kind) in headings.iter().skip(half) {
        add(index.passage_text(*passage), *kind, limit);
    }
    out
}

/// The words that start with `prefix`, the most frequent first, each folded form once.
fn frequent_words(index: &Index, prefix: &[crate::ids::Symbol], limit: usize) -> Vec<TermId> {
    let mut found: Vec<(u32, TermId)> = Vec::new();
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
            let place = found.partition_point(|entry| entry.0 >= count);
            if place < limit {
                found.insert(place, (count, group.first));
                found.truncate(limit);
            }
        }
        at = group.end.0;
    }
    found.into_iter().map(|(_, term)| term).collect()
}

/// Titles, then headings, that start with `text` or hold it at the start of a word.
fn headings(index: &Index, text: &[crate::ids::Symbol], limit: usize) -> Vec<(PassageId, Kind)> {
    let mut found: Vec<((bool, bool), PassageId, Kind)> = Vec::new();
    for position in index.text.find(text) {
        let passage = index.text.passage_at(position);
        let kind = match index.field(passage) {
            Field::Title => Kind::Title,
            Field::Heading => Kind::Heading,
            _ => continue,
        };
        let range = index.text.range(passage);
        let short = (range.end - range.start) as usize <= MAX_TITLE;
        let known = found.iter().any(|entry| entry.1 == passage);
        if short && !known && index.token_starts.has(position) {
            let key = (position != range.start, kind == Kind::Heading);
            let place = found.partition_point(|entry| entry.0 <= key);
            if place < limit {
                found.insert(place, (key, passage, kind));
                found.truncate(limit);
            }
        }
    }
    found.into_iter().map(|(_, passage, kind)| (passage, kind)).collect()
}

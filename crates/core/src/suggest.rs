//! What a reader may have meant when a query finds little: pinyin, characters of the same sound, slips of the hand.
//!
//! The ladder, from the likeliest slip to the least: letters that read as pinyin; a Latin word with a letter wrong;
//! Han characters that sound or look like those of a string of the index; a Han character wrong, missing or too many.
//! Every suggestion stands in the text.

use crate::Index;
use crate::chars::{Class, class, simple_fold};
use crate::ids::{Symbol, TermId};
use crate::lattice::{self, Reading};
use crate::query::{Query, pieces, spread};
use crate::rank::ONE;
use crate::sound::Pattern;
use crate::{edits, segment};

/// The most letters or characters that are read as one string.
const MAX_PATTERN: usize = 40;
/// The longest query, in bytes, that anything is suggested for: nobody mistypes a page.
const MAX_TEXT: usize = 200;
/// The most characters that are looked for by sound.
const MAX_HAN: usize = 16;

/// What a suggestion rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters were read as pinyin.
    Pinyin,
    /// Han characters that sound or look alike.
    Homophone,
    /// A Latin word with letters wrong, missing or too many.
    Typo,
    /// A Han character wrong, missing or too many.
    Edit,
}

impl Kind {
    /// The name of the kind in results.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Pinyin => "pinyin",
            Kind::Homophone => "homophone",
            Kind::Typo => "typo",
            Kind::Edit => "edit",
        }
    }
}

/// Another query that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The query.
    pub query: String,
    /// What it rests on.
    pub kind: Kind,
    /// Other queries that are as likely by what was typed, if less frequent: further words of the same pinyin.
    pub alternatives: Vec<String>,
}

/// The most alternatives of a suggestion.
const MAX_ALTERNATIVES: usize = 3;

/// The likeliest query that is meant by `text`, if it is not `text` itself.
pub fn suggest(index: &Index, text: &str) -> Option<Suggestion> {
    let query = Query::parse(index, text);
    if !query.plain || query.is_empty() || text.len() > MAX_TEXT {
        return None;
    }
    let chars: Vec<char> = text.trim().chars().collect();
    if let Some(pattern) = Pattern::new(index, &chars, MAX_PATTERN)
        && pattern.is_letters()
    {
        return letters(index, &chars, &pattern);
    }
    by_pieces(index, &chars)
}

/// Letters alone: pinyin in full, or else a word of another script misspelt, or else pinyin in part.
fn letters(index: &Index, chars: &[char], pattern: &Pattern) -> Option<Suggestion> {
    let mut found = lattice::readings(index, pattern, MAX_READINGS).into_iter();
    let first = found.next();
    // Everything typed in full, or nearly: words that are likelier than any slip.
    let in_full = |found: &Reading| found.distance <= 3 * ONE;
    if !first.as_ref().is_some_and(in_full)
        && let Some(slip) = by_pieces(index, chars)
    {
        return Some(slip);
    }
    let first = first.filter(|found| in_full(found) || plausible(found, pattern))?;
    let alike = found.filter(|other| other.distance <= first.distance && other.words == 1);
    Some(Suggestion {
        query: spell(index, &first.symbols),
        kind: Kind::Pinyin,
        alternatives: alike.take(MAX_ALTERNATIVES).map(|other| spell(index, &other.symbols)).collect(),
    })
}

/// The readings of letters among which the likeliest and its alternatives are.
const MAX_READINGS: usize = 12;

/// Whether so few letters can stand for so many characters: initials alone name short words only.
fn plausible(found: &Reading, pattern: &Pattern) -> bool {
    found.words == 1 || pattern.len() > found.symbols.len() + 1
}

/// Corrects those runs of Han and Latin that do not stand in the text.
fn by_pieces(index: &Index, chars: &[char]) -> Option<Suggestion> {
    let mut query = String::new();
    let mut kind = None;
    for piece in pieces(chars) {
        let symbols = spread(index, &piece);
        let correction = match piece.first().map(|&c| class(simple_fold(c))) {
            Some(Class::Han) if index.text.find(&symbols).is_empty() => han(index, &piece, &symbols),
            Some(Class::Word) if index.terms.get(&symbols, &index.alphabet).is_none() => latin(index, &piece, &symbols),
            _ => None,
        };
        match correction {
            Some((text, how)) => {
                query.push_str(&text);
                kind = kind.or(Some(how));
            }
            None => query.extend(piece),
        }
    }
    let kind = kind.or_else(|| {
        // Letters and Han that belong together: 中guo.
        let pattern = Pattern::new(index, chars, MAX_HAN).filter(Pattern::has_letters)?;
        query = spell(index, &lattice::readings(index, &pattern, 1).first()?.symbols);
        Some(Kind::Pinyin)
    })?;
    (!query.chars().eq(chars.iter().copied())).then_some(Suggestion { query, kind, alternatives: Vec::new() })
}

/// A Latin word: another word by few edits.
fn latin(index: &Index, piece: &[char], symbols: &[Symbol]) -> Option<(String, Kind)> {
    if let Some(&term) = edits::nearest_terms(index, symbols, 1).first() {
        return Some((spell_term(index, term), Kind::Typo));
    }
    let pattern = Pattern::new(index, piece, MAX_PATTERN)?;
    let found = lattice::readings(index, &pattern, 1).into_iter().next()?;
    (found.distance <= 3 * ONE).then(|| (spell(index, &found.symbols), Kind::Pinyin))
}

/// A run of Han: a string of the same sound, or one edit away; or else that of its parts that are no words.
fn han(index: &Index, piece: &[char], symbols: &[Symbol]) -> Option<(String, Kind)> {
    let whole = |piece: &[char], symbols: &[Symbol]| {
        let pattern = Pattern::new(index, piece, MAX_HAN)?;
        // Half of the characters must be as typed, or what is meant must be one word.
        let near = |found: &Reading| {
            let same = found.symbols.iter().zip(symbols).filter(|(a, b)| a == b).count();
            found.words == 1 || 2 * same >= symbols.len()
        };
        let found = lattice::readings(index, &pattern, 4).into_iter().find(near);
        let found = found.map(|found| (spell(index, &found.symbols), Kind::Homophone));
        found.or_else(|| Some((spell(index, &edits::nearest_string(index, symbols)?.0), Kind::Edit)))
    };
    if let Some(found) = whole(piece, symbols) {
        return Some(found);
    }
    let mut text = String::new();
    let mut kind = None;
    let words = segment::segment(index, symbols);
    for group in words.chunk_by(|a, b| a.end - a.start == 1 && b.end - b.start == 1) {
        let part = group[0].start..group[group.len() - 1].end;
        let (typed, symbols) = (&piece.get(part.clone())?, &symbols[part]);
        let correction = (group.len() > 1).then(|| whole(typed, symbols)).flatten();
        match correction {
            Some((found, how)) => {
                text.push_str(&found);
                kind = kind.or(Some(how));
            }
            None => text.extend(*typed),
        }
    }
    kind.map(|kind| (text, kind))
}

/// Symbols as they are mostly written.
pub fn spell(index: &Index, symbols: &[Symbol]) -> String {
    symbols.iter().map(|&symbol| index.alphabet.member(symbol, 0)).collect()
}

/// A term as it is mostly written: of the forms in the dictionary, the most frequent.
pub fn spell_term(index: &Index, term: TermId) -> String {
    let Some(group) = index.terms.get(index.terms.folded(term), &index.alphabet) else { return String::new() };
    let forms = (group.first.0..group.end.0).map(TermId);
    let most = forms.max_by_key(|&form| (index.postings.of(form).len(), core::cmp::Reverse(form))).unwrap_or(term);
    index.terms.chars(most, &index.alphabet).map(|(_, c)| c).collect()
}

/// What a query is made of, as far as it can be pinyin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// It holds something else than letters.
    No,
    /// Letters that are words of the index.
    Words,
    /// Letters, some of which are no word of the index.
    NoWords,
}

/// Whether a query is letters, and whether these are words.
pub fn letters_only(index: &Index, query: &Query) -> Letters {
    let letter = |symbol: &Symbol| matches!(index.alphabet.class(*symbol), Class::Word | Class::Blank);
    let letter = |symbol: &Symbol| *symbol == Symbol::UNKNOWN || letter(symbol);
    if !query.plain || query.literal.is_empty() || !query.literal.iter().all(letter) {
        Letters::No
    } else if query.units.iter().all(|unit| index.terms.get(&unit.needle, &index.alphabet).is_some()) {
        Letters::Words
    } else {
        Letters::NoWords
    }
}

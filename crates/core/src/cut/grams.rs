//! Which keys stand for any string at all: pairs of symbols of which one is Han, three symbols of anything else.
//!
//! Every page that holds a string holds all of its grams, so the pages that hold them are those that may hold it.

use crate::alphabet::Alphabet;
use crate::chars::Class;
use crate::ids::Symbol;
use crate::occurrences::Where;
use crate::query::Unit;

/// Where a pair of symbols ends that are not Han: a key for strings that are too short for grams.
pub fn pair_at(alphabet: &Alphabet, text: &[Symbol], at: usize) -> Option<usize> {
    let other = |at: usize| text.get(at).is_some_and(|&s| s != Symbol::BOUNDARY && alphabet.class(s) != Class::Han);
    (other(at) && other(at + 1)).then_some(at + 2)
}

/// The gram of a text at a place: where it ends, if there is one.
pub fn gram_at(alphabet: &Alphabet, text: &[Symbol], at: usize) -> Option<usize> {
    let known = |at: usize| text.get(at).copied().filter(|&symbol| symbol != Symbol::BOUNDARY);
    let han = |symbol: Symbol| alphabet.class(symbol) == Class::Han;
    let (first, second) = (known(at)?, known(at + 1)?);
    if han(first) || han(second) {
        return Some(at + 2);
    }
    known(at + 2).filter(|&third| !han(third)).map(|_| at + 3)
}

/// The grams of a string that tell most for their number: all that hold Han, and of the others those around a mark or a
/// blank, which no word holds; every one of them with `all`.
pub fn telling(alphabet: &Alphabet, text: &[Symbol], all: bool) -> Vec<core::ops::Range<usize>> {
    let mut out = Vec::new();
    for at in 0..text.len() {
        if let Some(end) = gram_at(alphabet, text, at)
            && (all || end == at + 2 || alphabet.class(text[at + 1]) != Class::Word)
        {
            out.push(at..end);
        }
    }
    out
}

/// Whether a word may be looked for only where it is a word of its own ([`crate::query`]), so that it has a list of that too.
pub fn is_short(alphabet: &Alphabet, word: &[Symbol]) -> bool {
    word.len() == 1 || word.len() == 2 && alphabet.class(word[0]) == Class::Word
}

/// The key under which pages are listed that have a short word as a word: the word and a boundary.
pub fn short_key(word: &[Symbol]) -> Vec<Symbol> {
    let mut key = word.to_vec();
    key.push(Symbol::BOUNDARY);
    key
}

/// The key under which pages are listed that hold a gram which is a word, where a search finds the word in other places: it finds it
/// across gaps too, if whole words end there. The gram and two boundaries.
pub fn gram_key(gram: &[Symbol]) -> Vec<Symbol> {
    [gram, &[Symbol::BOUNDARY; 2]].concat()
}

/// The key under which pages are listed that hold a pair across a gap ([`crate::spread`]). The pair and three boundaries.
pub fn gap_key(pair: &[Symbol]) -> Vec<Symbol> {
    [pair, &[Symbol::BOUNDARY; 3]].concat()
}

/// The key under which pages are listed where a mark or two stand inside a pair, which words typed with a blank between them are found
/// across. The pair and four boundaries.
pub fn mark_key(pair: &[Symbol]) -> Vec<Symbol> {
    [pair, &[Symbol::BOUNDARY; 4]].concat()
}

/// Where the second of two symbols stands that have a mark or a blank or two between them and of which one is Han.
pub fn across_marks(alphabet: &Alphabet, text: &[Symbol], at: usize) -> Option<usize> {
    let class =
        |at: usize| text.get(at).filter(|&&symbol| symbol != Symbol::BOUNDARY).map(|&symbol| alphabet.class(symbol));
    let between = |class: Class| matches!(class, Class::Blank | Class::Mark);
    let first = class(at).filter(|&class| !between(class))?;
    let end = (at + 1..=at + 3).find(|&end| !class(end).is_some_and(between))?;
    (end > at + 1 && (first == Class::Han || class(end) == Some(Class::Han))).then_some(end)
}

/// Whether a key lists the pages of a gram, with what stands behind it.
pub fn is_gram(alphabet: &Alphabet, key: &[Symbol]) -> bool {
    let end = key.iter().position(|&symbol| symbol == Symbol::BOUNDARY).unwrap_or(key.len());
    let plain = matches!(key.len() - end, 0 | 2..=4);
    plain
        && key[end..].iter().all(|&symbol| symbol == Symbol::BOUNDARY)
        && gram_at(alphabet, &key[..end], 0) == Some(end)
}

/// The key under which pages are listed that hold a unit of a query.
pub(crate) fn key_of(alphabet: &Alphabet, unit: &Unit) -> Vec<Symbol> {
    match unit.place == Where::AsWord && is_short(alphabet, &unit.needle) {
        true => short_key(&unit.needle),
        false => unit.needle.clone(),
    }
}

/// The key under which pages are listed that have `title` as title or heading: a boundary, which no other key holds, and 32
/// bits of a hash of it.
pub fn title_key(title: &[Symbol]) -> Vec<Symbol> {
    let mut bytes = Vec::with_capacity(title.len() * 2);
    for symbol in title {
        bytes.extend_from_slice(&symbol.0.to_le_bytes());
    }
    let hash = crate::container::hash(&bytes, 0);
    vec![Symbol::BOUNDARY, Symbol(hash as u16), Symbol((hash >> 16) as u16)]
}

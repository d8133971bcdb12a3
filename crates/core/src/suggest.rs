//! What a reader may have meant when a query finds little: pinyin, characters of the same sound, slips of the hand.
//!
//! The ladder, from the likeliest slip to the least: letters that read as pinyin; a Latin word with a letter wrong;
//! Han characters that sound or look like those of a string of the index; a Han character wrong, missing or too many.
//! Every string that is put in place of what was typed stands in the text; where several are, not always together.

use crate::Index;
use crate::chars::{Class, class, simple_fold};
use crate::ids::{Symbol, TermId};
use crate::lattice::{self, Reading};
use crate::occurrences::Needle;
use crate::query::{Query, pieces, spread, trimmed};
use crate::rank::ONE;
use crate::sound::Pattern;
use crate::syntax::closing_quote;
use crate::terms::Group;
use crate::{edits, segment};

/// The most letters or characters that are read as one string.
pub(crate) const MAX_PATTERN: usize = 40;
/// The longest query, in bytes, that anything is suggested for: nobody mistypes a page.
const MAX_TEXT: usize = 200;
/// Letters that cost no more are pinyin in full, or nearly, which goes before all other slips.
pub(crate) const IN_FULL: u64 = 3 * ONE;
/// The most characters that are looked for by sound.
pub(crate) const MAX_HAN: usize = 16;

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

/// Where strings that may be meant are looked up. An index does it in its text; one of words alone is told by who has the text.
pub trait Strings {
    /// How often a string stands in the text; of what is told by lists, on about how many pages.
    fn count(&mut self, string: &[Symbol]) -> usize;
    /// The Han character that stands most often between two strings, and how often it does, if that is known.
    fn filled(&mut self, before: &[Symbol], after: &[Symbol]) -> Option<(Symbol, usize)>;
    /// Is told that all Latin words near to one are wanted, before they are compared with it.
    fn near(&mut self, word: &[Symbol]);
}

impl Strings for &Index {
    fn count(&mut self, string: &[Symbol]) -> usize {
        // What a search would not find, across a gap that parts no whole words, does not stand there.
        let needle = Needle { symbols: string, gaps: &[], strict: false };
        let mut count = 0;
        for position in self.find(string) {
            count += usize::from(needle.fits(self, position).is_some());
        }
        count
    }

    fn filled(&mut self, before: &[Symbol], after: &[Symbol]) -> Option<(Symbol, usize)> {
        edits::filled(self, before, after)
    }

    fn near(&mut self, _: &[Symbol]) {}
}

/// The likeliest query that is meant by `text`, if it is not `text` itself.
pub fn suggest(index: &Index, text: &str, strings: &mut impl Strings) -> Option<Suggestion> {
    let chars = meant_by(index, text)?;
    if let Some(pattern) = Pattern::new(index, &chars, MAX_PATTERN)
        && pattern.is_letters()
    {
        return letters(index, &chars, &pattern, strings);
    }
    by_pieces(index, &chars, strings)
}

/// The characters of a query for which another may be meant.
pub(crate) fn meant_by(index: &Index, text: &str) -> Option<Vec<char>> {
    let query = Query::parse(index, text);
    let chars = trimmed(text);
    // What stands in quotation marks, of a word even, is meant as it is.
    let quoted = |(at, c): (usize, &char)| closing_quote(*c).is_some_and(|close| chars[at + 1..].contains(&close));
    if !query.plain || query.is_empty() || text.len() > MAX_TEXT || chars.iter().enumerate().any(quoted) {
        return None;
    }
    Some(chars)
}

/// Letters alone: pinyin in full, or else a word of another script misspelt, or else pinyin in part.
fn letters(index: &Index, chars: &[char], pattern: &Pattern, strings: &mut impl Strings) -> Option<Suggestion> {
    let found = lattice::readings(index, pattern, MAX_READINGS, strings);
    let first = found.first();
    // Everything typed in full, or nearly: words that are likelier than any slip.
    let in_full = first.is_some_and(|first| first.distance <= IN_FULL);
    if !in_full && let Some(slip) = by_pieces(index, chars, strings) {
        return Some(slip);
    }
    let first = first.filter(|found| in_full || plausible(found, pattern))?;
    let mut alternatives = Vec::new();
    for other in &found[1..] {
        if alternatives.len() < MAX_ALTERNATIVES && other.distance <= first.distance && other.words == 1 {
            alternatives.push(spell(index, &other.symbols, chars));
        }
    }
    Some(Suggestion { query: spell(index, &first.symbols, chars), kind: Kind::Pinyin, alternatives })
}

/// The readings of letters among which the likeliest and its alternatives are.
const MAX_READINGS: usize = 12;

/// Whether so few letters can stand for so many characters: initials alone name short words only.
fn plausible(found: &Reading, pattern: &Pattern) -> bool {
    found.words == 1 || pattern.len() > found.symbols.len() + 1
}

/// Corrects those runs of Han and Latin that do not stand in the text.
fn by_pieces(index: &Index, chars: &[char], strings: &mut impl Strings) -> Option<Suggestion> {
    let mut query = String::new();
    let mut kind = None;
    for piece in pieces(chars) {
        let symbols = spread(&index.alphabet, &piece);
        let correction = match piece.first().map(|&c| class(simple_fold(c))) {
            Some(Class::Han) if strings.count(&symbols) == 0 => han(index, &piece, &symbols, strings),
            Some(Class::Word) if index.terms.get(&symbols, &index.alphabet).is_none() => {
                latin(index, &piece, &symbols, strings)
            }
            _ => None,
        };
        match correction {
            Some((text, how)) => {
                query.push_str(&text);
                kind = kind.or(Some(how));
            }
            None => push_all(&mut query, &piece),
        }
    }
    let kind = kind.or_else(|| {
        // Letters and Han that belong together: 中guo.
        let pattern =
            Pattern::new(index, chars, MAX_HAN).filter(|pattern| pattern.has_letters() && !pattern.is_letters())?;
        query = spell(index, &lattice::readings(index, &pattern, 1, strings).first()?.symbols, chars);
        Some(Kind::Pinyin)
    })?;
    let mut typed = String::new();
    push_all(&mut typed, chars);
    (query != typed).then_some(Suggestion { query, kind, alternatives: Vec::new() })
}

fn push_all(text: &mut String, chars: &[char]) {
    for &c in chars {
        text.push(c);
    }
}

/// A Latin word: another word by few edits.
fn latin(index: &Index, piece: &[char], symbols: &[Symbol], strings: &mut impl Strings) -> Option<(String, Kind)> {
    strings.near(symbols);
    if let Some(&term) = edits::nearest_terms(index, symbols, 1).first() {
        return Some((spell_term(index, term), Kind::Typo));
    }
    let pattern = Pattern::new(index, piece, MAX_PATTERN)?;
    let found = lattice::readings(index, &pattern, 1, strings);
    let found = found.first().filter(|found| found.distance <= IN_FULL)?;
    Some((spell(index, &found.symbols, &[]), Kind::Pinyin))
}

/// A run of Han: a string of the same sound, or one edit away; or else that of its parts that are no words.
fn han(index: &Index, piece: &[char], symbols: &[Symbol], strings: &mut impl Strings) -> Option<(String, Kind)> {
    let mut whole = |piece: &[char], symbols: &[Symbol]| {
        let pattern = Pattern::new(index, piece, MAX_HAN)?;
        // Half of the characters must be as typed, or what is meant must be one word.
        let near = |found: &Reading| {
            let same = found.symbols.iter().zip(symbols).filter(|(a, b)| a == b).count();
            found.words == 1 || 2 * same >= symbols.len()
        };
        for found in lattice::readings(index, &pattern, 4, strings) {
            if near(&found) {
                return Some((spell(index, &found.symbols, piece), Kind::Homophone));
            }
        }
        Some((spell(index, &edits::nearest_string(symbols, strings)?.0, piece), Kind::Edit))
    };
    if let Some(found) = whole(piece, symbols) {
        return Some(found);
    }
    let mut text = String::new();
    let mut kind = None;
    let words = segment::segment(index, symbols);
    let single = |at: usize| words.get(at).is_some_and(|word| word.end - word.start == 1);
    let mut at = 0;
    while at < words.len() {
        let first = at;
        at += 1;
        while single(at - 1) && single(at) {
            at += 1;
        }
        let part = words[first].start..words[at - 1].end;
        let (typed, symbols) = (piece.get(part.clone())?, &symbols[part]);
        let correction = if at - first > 1 { whole(typed, symbols) } else { None };
        match correction {
            Some((found, how)) => {
                text.push_str(&found);
                kind = kind.or(Some(how));
            }
            None => push_all(&mut text, typed),
        }
    }
    kind.map(|kind| (text, kind))
}

/// Symbols as they are mostly written, word by word; of several forms of a word that which has the most characters of
/// `typed`, so that what was typed in one script is answered in that script.
pub fn spell(index: &Index, symbols: &[Symbol], typed: &[char]) -> String {
    let mut text = String::new();
    for word in segment::segment(index, symbols) {
        match word.terms {
            Some(terms) => push_form(index, terms, typed, &mut text),
            None => text.push(index.alphabet.member(symbols[word.start], 0)),
        }
    }
    text
}

/// A term as it is mostly written: of the forms in the dictionary, the most frequent.
pub fn spell_term(index: &Index, term: TermId) -> String {
    let mut text = String::new();
    if let Some(terms) = index.terms.get(index.terms.folded(term), &index.alphabet) {
        push_form(index, terms, &[], &mut text);
    }
    text
}

/// Appends that of the forms of a word that has the most characters of `typed`; of these, for Han, the one most in the
/// script of the index, then the most frequent, then the first.
fn push_form(index: &Index, terms: Group, typed: &[char], text: &mut String) {
    let (mut best, mut most, mut chars) = (terms.first, 0, Vec::new());
    for form in (terms.first.0..terms.end.0).map(TermId) {
        chars.clear();
        index.terms.spell(form, &index.alphabet, &mut chars);
        // A term has at most 64 characters.
        let (mut same, mut first) = (0u64, 0u64);
        for &(symbol, c) in &chars {
            same += u64::from(typed.contains(&c));
            first += u64::from(index.alphabet.class(symbol) == Class::Han && index.alphabet.member(symbol, 0) == c);
        }
        let key = (same << 8 | first) << 32 | index.frequency(form) as u64;
        if key > most {
            (best, most) = (form, key);
        }
    }
    chars.clear();
    index.terms.spell(best, &index.alphabet, &mut chars);
    for (_, c) in chars {
        text.push(c);
    }
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
    } else if query.typed().all(|unit| index.terms.get(&unit.needle, &index.alphabet).is_some()) {
        Letters::Words
    } else {
        Letters::NoWords
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use proptest::prelude::*;

    proptest! {
        /// What stands in the text is meant as it is; what is suggested for anything else stands in the text, piece by piece.
        #[test]
        fn what_is_suggested_stands_in_the_text(
            tokens in proptest::collection::vec("[国果际记重中安案]{1,3}|[a-c]{4,5}", 1..12),
            typed in "([国果际记重中安案]{1,4}|[a-c]{3,6}|guo|ji|zhong| ){1,3}",
        ) {
            let tokens = testing::separated(tokens);
            let index = testing::index(&[vec![tokens.clone()]]);
            let stands = |chars: &[char]| {
                let symbols = spread(&index.alphabet, chars);
                match class(simple_fold(chars[0])) {
                    Class::Han => (&index).count(&symbols) > 0,
                    Class::Word => tokens.contains(&chars.iter().collect()),
                    _ => true,
                }
            };
            let chars = trimmed(&typed);
            let suggestion = suggest(&index, &typed, &mut &index);
            let pieces_stand = pieces(&chars).iter().all(|piece| stands(piece));
            let letters = chars.iter().any(char::is_ascii_alphabetic);
            if pieces_stand && !letters {
                prop_assert_eq!(&suggestion, &None);
            }
            if let Some(Suggestion { query, alternatives, .. }) = suggestion {
                prop_assert_ne!(&query, &chars.iter().collect::<String>());
                for query in alternatives.iter().chain([&query]) {
                    let suggested: Vec<char> = query.chars().collect();
                    let suggested = pieces(&suggested);
                    for piece in &suggested {
                        // A long run of Han, and one of Han and letters, is put right part by part, and what could not be put right is as it
                        // was typed.
                        let typed_so = chars.windows(piece.len()).any(|part| part == &piece[..]);
                        let in_parts = chars.len() > 3 || letters && chars.iter().any(|c| class(*c) == Class::Han);
                        prop_assert!(stands(piece) || typed_so || in_parts, "{query}");
                    }
                }
            }
        }
    }
}

//! The operators of a query: blanks, quotation marks, exclusions, fields, alternatives.

use crate::chars::{Class, class, simple_fold};
use crate::index::Field;

/// One blank-separated part of a query.
#[derive(Debug, Clone, Copy)]
pub struct Atom<'t> {
    /// What was typed, without operators.
    pub text: &'t [char],
    /// Whether it stood in quotation marks.
    pub quoted: bool,
    /// Whether pages must not hold it.
    pub excluded: bool,
    /// Where it must stand.
    pub field: Option<Field>,
    /// Whether it is an alternative to the atom before it.
    pub alternative: bool,
}

/// Divides a query at blanks, quotes respected.
pub fn atoms(chars: &[char]) -> Vec<Atom<'_>> {
    let mut atoms: Vec<Atom<'_>> = Vec::new();
    let mut rest = chars;
    let mut alternative = false;
    loop {
        let blanks = rest.iter().take_while(|&&c| class(c) == Class::Blank).count();
        rest = &rest[blanks..];
        if rest.is_empty() {
            return atoms;
        }
        let (atom, len) = atom(rest);
        let more = rest[len..].iter().any(|&c| class(c) != Class::Blank);
        if is_or(&rest[..len]) && more && !alternative && atoms.last().is_some_and(|last| !last.excluded) {
            alternative = true;
        } else {
            atoms.push(Atom { alternative: alternative && !atom.excluded, ..atom });
            alternative = false;
        }
        rest = &rest[len..];
    }
}

fn is_or(word: &[char]) -> bool {
    matches!(word, ['O', 'R'] | ['|'] | ['｜'])
}

/// The atom at the start of `chars`, which does not start with a blank, and how many characters it takes.
fn atom(chars: &[char]) -> (Atom<'_>, usize) {
    let word_end = |from: usize| {
        chars[from..].iter().position(|&c| class(c) == Class::Blank).map_or(chars.len(), |len| from + len)
    };
    let mut atom = Atom { text: &[], quoted: false, excluded: false, field: None, alternative: false };
    let mut at = 0;
    if matches!(chars[0], '-' | '－') && chars.get(1).is_some_and(|&c| starts_excluded(c)) {
        atom.excluded = true;
        at = 1;
    } else if let Some((field, len)) = field_prefix(&chars[..word_end(0)]) {
        atom.field = Some(field);
        at = len;
    }
    if let Some(close) = closing_quote(chars[at]) {
        let ends = |&end: &usize| chars.get(end + 1).is_none_or(|&c| class(c) == Class::Blank);
        let close = (at + 1..chars.len()).filter(|&end| chars[end] == close).find(ends);
        if let Some(end) = close.filter(|&end| end > at + 1) {
            atom.text = &chars[at + 1..end];
            atom.quoted = true;
            return (atom, end + 1);
        }
    }
    let end = word_end(at);
    atom.text = &chars[at..end];
    (atom, end)
}

fn starts_excluded(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Word) || closing_quote(c).is_some()
}

/// The quotation mark that closes what `c` opens.
pub fn closing_quote(c: char) -> Option<char> {
    Some(match c {
        '"' | '＂' => c,
        '“' => '”',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// The field named at the start of a word that goes on behind the colon, and the length of that start.
fn field_prefix(word: &[char]) -> Option<(Field, usize)> {
    let colon = word.iter().position(|&c| c == ':' || c == '：')?;
    let name: String = word[..colon].iter().map(|&c| simple_fold(c)).collect();
    let field = match name.as_str() {
        "title" => Field::Title,
        "heading" => Field::Heading,
        "lead" => Field::Lead,
        "body" => Field::Body,
        _ => return None,
    };
    (colon + 1 < word.len()).then_some((field, colon + 1))
}

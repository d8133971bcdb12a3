//! What is shown of a passage: a few dozen characters around the hits, with marks.

use crate::Index;
use crate::chars::{Class, class};
use crate::ids::{PassageId, Symbol};
use crate::order::sorted;
use crate::spread::Spread;

/// The most characters of an excerpt, without the ellipses.
pub const MAX_CHARS: usize = 80;
/// The most characters before the first mark of an excerpt.
const LEAD: usize = 24;
/// Stands where text is left out.
const ELLIPSIS: char = '…';

/// A range of a string in UTF-16 code units: start, and one behind the end.
pub type Mark = (u32, u32);

/// A passage or a part of it, with marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text as it stands in the page; an excerpt starts or ends with … where something is left out.
    pub text: String,
    /// What to mark, ascending, not touching each other.
    pub marks: Vec<Mark>,
}

/// A passage as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    chars: Vec<char>,
    /// What is to be marked, in characters: ascending, not touching.
    marks: Vec<(usize, usize)>,
}

impl Shown {
    /// A passage with every place of any of `needles` marked.
    pub fn new(index: &Index, passage: PassageId, needles: &[&[Symbol]]) -> Shown {
        let mut chars = Vec::new();
        let mut searched: Vec<(Symbol, usize)> = Vec::new();
        let mut spread = Spread::default();
        for (symbol, c) in index.passage_chars(passage) {
            let at = chars.len() as u32;
            spread.push(index.alphabet.class(symbol), symbol, at, &mut |symbol, at| {
                searched.push((symbol, at as usize));
            });
            chars.push(c);
        }
        let mut marks = Vec::new();
        for needle in needles.iter().filter(|needle| !needle.is_empty()) {
            let mut from = 0;
            while let Some(found) = find(&searched[from..], needle) {
                let (start, last) = (from + found, from + found + needle.len() - 1);
                // What is invisible behind a character belongs to it.
                let tail = chars[searched[last].1 + 1..].iter().take_while(|&&c| class(c) == Class::Ignorable).count();
                marks.push((searched[start].1, searched[last].1 + 1 + tail));
                from = start + 1;
            }
        }
        Shown { chars, marks: merged(&marks) }
    }

    /// How many characters are marked.
    pub fn marked(&self) -> usize {
        self.marks.iter().map(|(start, end)| end - start).sum()
    }

    /// The whole passage.
    pub fn whole(&self) -> Marked {
        self.part(0, self.chars.len())
    }

    /// The part of the passage with the most marked characters, from the start of a clause.
    pub fn excerpt(&self) -> Marked {
        let len = self.chars.len();
        if len <= MAX_CHARS {
            return self.whole();
        }
        let weight = |from: usize| -> usize {
            let within = self.marks.iter().filter(|mark| mark.0 >= from && mark.1 <= from + MAX_CHARS - LEAD);
            within.map(|mark| mark.1 - mark.0).sum()
        };
        // The first of the best, so that an excerpt does not jump about while typing.
        let best = self.marks.iter().map(|mark| mark.0).rev().max_by_key(|&from| weight(from)).unwrap_or(0);
        let start = self.clause_start(best);
        let start = start.min(len - MAX_CHARS.min(len)).max(best.saturating_sub(LEAD).min(len - MAX_CHARS));
        self.part(start, (start + MAX_CHARS).min(len))
    }

    /// The nearest start of a clause before `at`, at most [`LEAD`] characters away; else as far away as that.
    fn clause_start(&self, at: usize) -> usize {
        let least = at.saturating_sub(LEAD);
        let ends_clause =
            |c: char| matches!(c, '。' | '!' | '?' | '！' | '？' | ';' | '；' | ',' | '，' | ':' | '：' | '\n');
        (least.max(1)..=at).find(|&start| ends_clause(self.chars[start - 1])).unwrap_or(least)
    }

    /// Characters `start..end` with their marks; … stands for what is left out, and blanks at a cut go with it.
    fn part(&self, start: usize, end: usize) -> Marked {
        let mut text = String::new();
        let mut marks = Vec::new();
        let mut units = 0u32;
        if start > 0 {
            text.push(ELLIPSIS);
            units += 1;
        }
        let mut open = None;
        let mut ranges = self.marks.iter().filter(|mark| mark.1 > start && mark.0 < end).peekable();
        for at in start..=end {
            if let Some(&&(from, to)) = ranges.peek() {
                if at >= from && open.is_none() {
                    open = Some(units);
                }
                if (at == to || at == end)
                    && let Some(from) = open.take()
                {
                    marks.push((from, units));
                    ranges.next();
                    if ranges.peek().is_some_and(|next| next.0 == at) {
                        open = Some(units);
                    }
                }
            }
            if at < end {
                text.push(self.chars[at]);
                units += self.chars[at].len_utf16() as u32;
            }
        }
        if end < self.chars.len() {
            text.push(ELLIPSIS);
        }
        Marked { text, marks }
    }
}

fn find(text: &[(Symbol, usize)], needle: &[Symbol]) -> Option<usize> {
    text.windows(needle.len()).position(|window| window.iter().zip(needle).all(|(a, b)| a.0 == *b))
}

/// Joins ranges that overlap or touch.
fn merged(marks: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let order = sorted(marks.len(), &|a, b| marks[a] < marks[b]);
    let marks = order.into_iter().map(|at| marks[at as usize]);
    let mut out: Vec<(usize, usize)> = Vec::with_capacity(marks.len());
    for mark in marks {
        match out.last_mut() {
            Some(last) if mark.0 <= last.1 => last.1 = last.1.max(mark.1),
            _ => out.push(mark),
        }
    }
    out
}

//! What is shown of a passage: a few dozen characters around the hits, with marks.

use crate::Index;
use crate::chars::{Class, class};
use crate::ids::{PassageId, Symbol};
use crate::occurrences::Needle;
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
    /// Whether each character is to be marked.
    marked: Vec<bool>,
}

impl Shown {
    /// A passage with every place of any of `needles` marked.
    pub fn new(index: &Index, passage: PassageId, needles: &[Needle<'_>]) -> Shown {
        let mut chars = Vec::new();
        // What is searched, and which character each symbol of it comes from.
        let (mut searched, mut places) = (Vec::new(), Vec::new());
        let emit: &mut dyn FnMut(Symbol, u32) = &mut |symbol, at| {
            searched.push(symbol);
            places.push(at);
        };
        let mut spread = Spread::default();
        for (symbol, c) in index.passage_chars(passage) {
            spread.push(index.alphabet.class(symbol), symbol, chars.len() as u32, emit);
            chars.push(c);
        }
        let mut marked = vec![false; chars.len()];
        let start = index.text.range(passage).start;
        for needle in needles {
            let len = needle.symbols.len();
            for from in 0..searched.len() {
                let here = len > 0 && searched[from..].starts_with(needle.symbols);
                if !here || needle.fits(index, start + from as u32).is_none() {
                    continue;
                }
                let last = places[from + len - 1] as usize;
                marked[places[from] as usize..=last].fill(true);
                // What is invisible behind a character belongs to it.
                for (c, marked) in chars.iter().zip(&mut marked).skip(last + 1) {
                    if class(*c) != Class::Ignorable {
                        break;
                    }
                    *marked = true;
                }
            }
        }
        Shown { chars, marked }
    }

    /// How many characters are marked.
    pub fn marked(&self) -> usize {
        self.marked.iter().filter(|&&marked| marked).count()
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
        // The first of the best, so that an excerpt does not jump about while typing.
        let (mut best, mut most) = (0, None);
        let mut last = false;
        for (from, &marked) in self.marked.iter().enumerate() {
            if marked && !last {
                let weight = self.weight(from);
                if most.is_none_or(|most| weight > most) {
                    (best, most) = (from, Some(weight));
                }
            }
            last = marked;
        }
        let start = self.clause_start(best);
        let start = start.min(len - MAX_CHARS).max(best.saturating_sub(LEAD).min(len - MAX_CHARS));
        let end = (start + MAX_CHARS).min(len);
        // A hit that goes on behind the end is left out whole, unless it is the one shown.
        let cut = self.marked[..end].iter().rposition(|&marked| !marked).map_or(0, |before| before + 1);
        let goes_on = end < len && self.marked[end] && cut > best;
        self.part(start, if goes_on { cut } else { end })
    }

    /// How many characters are marked behind `from`, of marks that an excerpt from there on shows in full.
    fn weight(&self, from: usize) -> usize {
        let (mut whole, mut open) = (0, 0);
        for at in from..=from + MAX_CHARS - LEAD {
            if self.is_marked(at) {
                open += 1;
            } else {
                whole += open;
                open = 0;
            }
        }
        whole
    }

    fn is_marked(&self, at: usize) -> bool {
        self.marked.get(at).is_some_and(|&marked| marked)
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
        for at in start..=end {
            if at < end && self.is_marked(at) {
                open = open.or(Some(units));
            } else if let Some(from) = open.take() {
                marks.push((from, units));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, marks: &[(usize, usize)]) -> (String, Vec<String>) {
        let chars: Vec<char> = text.chars().collect();
        let marked = (0..chars.len()).map(|at| marks.iter().any(|mark| (mark.0..mark.1).contains(&at))).collect();
        let excerpt = Shown { chars, marked }.excerpt();
        let units: Vec<u16> = excerpt.text.encode_utf16().collect();
        let marked = |mark: &Mark| String::from_utf16(&units[mark.0 as usize..mark.1 as usize]).unwrap();
        (excerpt.text.clone(), excerpt.marks.iter().map(marked).collect())
    }

    #[test]
    fn a_hit_at_the_end_is_shown_whole_or_not_at_all() {
        let text = format!("哈萨克斯坦{}哈萨克斯坦{}", "和".repeat(74), "与".repeat(40));
        let (text, marks) = excerpt(&text, &[(0, 5), (79, 84)]);
        assert_eq!(marks, ["哈萨克斯坦"]);
        assert!(text.ends_with("和…"), "{text}");
    }

    #[test]
    fn marks_are_utf16_and_excerpts_start_at_a_clause() {
        let text = format!("{}。𠮷𠮷与命运{}", "甲".repeat(60), "乙".repeat(90));
        let (text, marks) = excerpt(&text, &[(64, 66)]);
        assert_eq!(marks, ["命运"]);
        assert!(text.starts_with("…𠮷𠮷与命运"), "{text}");
    }
}

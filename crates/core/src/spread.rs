//! Which characters of a text take part in matching: the rule for blanks, line breaks and invisible characters.
//!
//! A blank between Han and Latin is a matter of taste and never hides a match, so it is left out of the text that is
//! searched; any other run of blanks counts as one blank; invisible characters are left out; a line break is a boundary
//! that no match crosses. The same rule is applied to pages and to queries.

use crate::chars::Class;
use crate::ids::Symbol;

/// Applies the rule to one character after the other.
#[derive(Debug, Clone)]
pub struct Spread {
    last: Class,
    blank: Option<(Symbol, u32)>,
}

impl Default for Spread {
    fn default() -> Self {
        Spread { last: Class::Break, blank: None }
    }
}

impl Spread {
    /// Takes the next character, of kind `class`, folded to `symbol`, at position `at` of its text (any unit), and hands
    /// to `emit` what can be said of the searched text by now: each symbol with the position it came from.
    pub fn push(&mut self, class: Class, symbol: Symbol, at: u32, emit: &mut dyn FnMut(Symbol, u32)) {
        match class {
            Class::Ignorable => {}
            Class::Blank => {
                self.blank.get_or_insert((symbol, at));
            }
            Class::Break => self.end(at, emit),
            Class::Han | Class::Word | Class::Mark => {
                if let Some((blank, blank_at)) = self.blank.take()
                    && keeps_blank(self.last, class)
                {
                    emit(blank, blank_at);
                }
                emit(symbol, at);
                self.last = class;
            }
        }
    }

    /// Ends a line or a passage: emits one boundary unless one has just been emitted.
    pub fn end(&mut self, at: u32, emit: &mut dyn FnMut(Symbol, u32)) {
        self.blank = None;
        if self.last != Class::Break {
            emit(Symbol::BOUNDARY, at);
            self.last = Class::Break;
        }
    }
}

/// Whether a blank between characters of these kinds takes part in matching.
fn keeps_blank(before: Class, after: Class) -> bool {
    !matches!((before, after), (Class::Break, _) | (Class::Han, Class::Word) | (Class::Word, Class::Han))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chars::class;

    fn spread(text: &str) -> String {
        let mut out = String::new();
        let mut spread = Spread::default();
        let mut emit = |symbol: Symbol, _| out.push(char::from_u32(u32::from(symbol.0)).unwrap());
        for (at, c) in text.chars().enumerate() {
            spread.push(class(c), Symbol(c as u16), at as u32, &mut emit);
        }
        spread.end(0, &mut emit);
        out
    }

    #[test]
    fn rows() {
        for (from, to) in [
            ("使用 v-model 指令", "使用v-model指令\0"),
            ("甲  乙", "甲 乙\0"),
            ("  a b\n\n c ", "a b\0c\0"),
            ("中\u{fe0f}国", "中国\0"),
            ("第 3 章", "第3章\0"),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(spread(from), to, "{from:?}");
        }
    }
}

//! Which characters of a text take part in matching: the rule for blanks, line breaks and invisible characters.
//!
//! A blank between Han and Latin is a matter of taste, so it is left out of the text that is searched. So is a blank or a
//! line break between Han, and a line break between Han and Latin, but these leave a *gap*: what stands across one is
//! found and not called exact. Any other run of blanks counts as one blank; invisible characters are left out; any other
//! line break is a boundary that no match crosses. The same rule is applied to pages and to queries.

use crate::chars::Class;
use crate::ids::Symbol;

/// Applies the rule to one character after the other.
#[derive(Debug, Clone)]
pub struct Spread {
    last: Class,
    blank: Option<(Symbol, u32)>,
    broken: bool,
    gap: bool,
}

impl Default for Spread {
    fn default() -> Self {
        Spread { last: Class::Break, blank: None, broken: false, gap: false }
    }
}

impl Spread {
    /// Takes the next character, of kind `class`, folded to `symbol`, at position `at` of its text (any unit), and hands
    /// to `emit` what can be said of the searched text by now: each symbol with the position it came from.
    pub fn push(&mut self, class: Class, symbol: Symbol, at: u32, emit: &mut dyn FnMut(Symbol, u32)) {
        self.gap = false;
        match class {
            Class::Ignorable => {}
            Class::Blank => {
                self.blank.get_or_insert((symbol, at));
            }
            Class::Break => self.broken = true,
            Class::Han | Class::Word | Class::Mark => {
                if let Some((before, at)) = self.run(class, class, at) {
                    emit(before, at);
                }
                emit(symbol, at);
            }
        }
    }

    /// Takes several characters without blank, line break or invisible character among them, by the kinds of the first
    /// and the last: the symbol that takes part in matching before them, if any, with the position it came from.
    #[inline(always)]
    pub fn run(&mut self, first: Class, last: Class, at: u32) -> Option<(Symbol, u32)> {
        let before = core::mem::replace(&mut self.last, last);
        self.gap = false;
        // Seldom has anything been left out.
        if self.blank.is_some() || self.broken { self.between(before, first, at) } else { None }
    }

    /// What blanks and line breaks between characters of two kinds are worth.
    fn between(&mut self, before: Class, after: Class, at: u32) -> Option<(Symbol, u32)> {
        let (blank, broken) = (self.blank.take(), core::mem::take(&mut self.broken));
        match (before, after) {
            (Class::Break, _) => None,
            (Class::Han, Class::Han) => {
                self.gap = true;
                None
            }
            (Class::Han, Class::Word) | (Class::Word, Class::Han) => {
                self.gap = broken;
                None
            }
            _ if broken => Some((Symbol::BOUNDARY, at)),
            _ => blank,
        }
    }

    /// Whether the last symbol stands behind a gap; behind a run, whether its first does.
    pub fn gap(&self) -> bool {
        self.gap
    }

    /// Ends a passage: emits one boundary unless nothing has been emitted since the last.
    pub fn end(&mut self, at: u32, emit: &mut dyn FnMut(Symbol, u32)) {
        if self.ends() {
            emit(Symbol::BOUNDARY, at);
        }
    }

    /// Ends a passage, and says whether that makes a boundary.
    pub fn ends(&mut self) -> bool {
        core::mem::take(self).last != Class::Break
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chars::class;
    use proptest::prelude::*;

    /// The searched text; `_` stands for a gap, a NUL for a boundary.
    fn spread(text: &str) -> String {
        let mut out = String::new();
        let mut spread = Spread::default();
        for (at, c) in text.chars().enumerate() {
            let mut symbols = String::new();
            let mut emit = |symbol: Symbol, _| symbols.push(char::from_u32(u32::from(symbol.0)).unwrap());
            spread.push(class(c), Symbol(c as u16), at as u32, &mut emit);
            out.extend(spread.gap().then_some('_'));
            out.push_str(&symbols);
        }
        spread.end(0, &mut |_, _| out.push('\0'));
        out
    }

    #[test]
    fn rows() {
        for (from, to) in [
            ("使用 v-model 指令", "使用v-model指令\0"),
            ("甲  乙", "甲_乙\0"),
            ("(  a", "( a\0"),
            ("  a b\n\n c ", "a b\0c\0"),
            ("中\u{fe0f}国", "中国\0"),
            ("第 3 章", "第3章\0"),
            ("国际 合作\n共赢", "国际_合作_共赢\0"),
            ("国际 \n  合作", "国际_合作\0"),
            ("用\nuseState\n指令", "用_useState_指令\0"),
            ("。\n国,\nb", "。\0国,\0b\0"),
            ("国 、 家", "国 、 家\0"),
            ("\n国\n", "国\0"),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(spread(from), to, "{from:?}");
        }
    }

    /// The obvious twin: what is between two characters that are kept, looked at as a whole.
    fn slowly(text: &str) -> String {
        let chars: Vec<char> = text.chars().filter(|&c| class(c) != Class::Ignorable).collect();
        let kept = |c: &char| matches!(class(*c), Class::Han | Class::Word | Class::Mark);
        let places: Vec<usize> = (0..chars.len()).filter(|&at| kept(&chars[at])).collect();
        let mut out = String::new();
        for (n, &at) in places.iter().enumerate() {
            let before = n.checked_sub(1).map(|n| places[n]);
            if let Some(before) = before {
                let between = &chars[before + 1..at];
                let broken = between.iter().any(|&c| class(c) == Class::Break);
                let mixed = class(chars[before]) != class(chars[at]);
                let dense = ![class(chars[before]), class(chars[at])].contains(&Class::Mark)
                    && (mixed || class(chars[at]) == Class::Han);
                match between.iter().find(|&&c| class(c) == Class::Blank) {
                    _ if dense && (broken || !between.is_empty() && !mixed) => out.push('_'),
                    _ if dense => {}
                    _ if broken => out.push('\0'),
                    Some(&blank) => out.push(blank),
                    None => {}
                }
            }
            out.push(chars[at]);
        }
        out.extend((!places.is_empty()).then_some('\0'));
        out
    }

    proptest! {
        #[test]
        fn spreading_agrees_with_the_twin(text in "[国际a1,。 \\u{3000}\n\\u{fe0f}]{0,12}") {
            prop_assert_eq!(spread(&text), slowly(&text));
        }
    }
}

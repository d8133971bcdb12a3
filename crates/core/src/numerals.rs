//! Numbers in Chinese digits and in Arabic ones: 二〇二四 and 2024.
//!
//! Only digits that stand for themselves are meant, as in years, and only where a number is likely: four of them, or two
//! and more before 年. 一 is no 1 in 一一对应, and 十 is no digit.

use crate::Index;
use crate::chars::simple_fold;
use crate::ids::Symbol;
use core::ops::Range;

/// The Chinese digits from zero. 〇 is folded to 零 when an index is made.
const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A digit written the other way.
fn swapped(c: char) -> Option<char> {
    if let Some(value) = simple_fold(c).to_digit(10) {
        return Some(HAN[value as usize]);
    }
    let value = if c == '〇' { Some(0) } else { HAN.iter().position(|&digit| digit == c) };
    value.map(|value| char::from(b'0' + value as u8))
}

/// The next number in digits of one kind at or behind `from` in `run`, before something that starts with `next`.
pub fn find(run: &[char], from: usize, next: Option<char>) -> Option<Range<usize>> {
    let mut start = from;
    for at in from..=run.len() {
        let c = run.get(at).copied();
        if c.is_some_and(|c| swapped(c).is_some()) {
            continue;
        }
        let digits = at - start;
        if digits == 4 || digits >= 2 && c.or(next) == Some('年') {
            return Some(start..at);
        }
        start = at + 1;
    }
    None
}

/// A number in the other digits.
pub fn other(index: &Index, number: &[char]) -> Vec<Symbol> {
    let mut out = Vec::with_capacity(number.len());
    for &c in number {
        out.push(index.alphabet.symbol(swapped(c).unwrap_or(c)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for (text, next, expected) in [
            ("二〇二四年", None, Some(0..4)),
            ("在一九七八年和二零二四", None, Some(1..5)),
            ("九八年", None, Some(0..2)),
            ("一一对应", None, None),
            ("三年", None, None),
            ("二十四年", None, None),
            ("一二三四五", None, None),
            ("", None, None),
            ("2024", None, Some(0..4)),
            ("２０２４", None, Some(0..4)),
            ("98", Some('年'), Some(0..2)),
            ("98", Some('个'), None),
        ] {
            let run: Vec<char> = text.chars().collect();
            assert_eq!(find(&run, 0, next), expected, "{text}");
        }
        let run: Vec<char> = "一九七八年和二零二四".chars().collect();
        assert_eq!(find(&run, 4, None), Some(6..10));
    }
}

//! The numbers that items of lists begin with: `1.`, `一、`, `(二)`, `第三,`, `④`.

use crate::chars::{is_han, is_pause};

/// The number that a list item starts with: the kind of numbering and the value.
pub(crate) fn ordinal(text: &str) -> Option<(char, usize)> {
    let mut rest = text;
    let mut kind = '.';
    for (opener, sign) in [("(", '('), ("\u{ff08}", '('), ("第", '第')] {
        if let Some(inner) = text.strip_prefix(opener) {
            (rest, kind) = (inner, sign);
        }
    }
    if let Some(circled) = text.chars().next().filter(|c| ('①'..='⑳').contains(c)) {
        return Some(('①', circled as usize - '①' as usize + 1));
    }
    let digits = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
    if digits == 0 || digits > 12 {
        return None;
    }
    let value = numeral(&rest[..digits])?;
    let mut after = rest[digits..].chars();
    let mark = after.next()?;
    let fits = match kind {
        '(' => matches!(mark, ')' | '\u{ff09}'),
        '第' => is_pause(mark),
        _ => match mark {
            '、' => true,
            '.' | '\u{ff0e}' => after.next().is_some_and(|c| !c.is_ascii_digit()),
            _ => false,
        },
    };
    let han = rest.chars().next().is_some_and(is_han);
    fits.then_some((if kind == '.' && han { '、' } else { kind }, value))
}

/// A digit of either script.
pub(crate) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c) || "〇零一二三四五六七八九十百".contains(c)
}

/// The value of `12` or `十二`; Chinese numerals up to 99.
fn numeral(text: &str) -> Option<usize> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c);
    let chars: Vec<char> = text.chars().collect();
    match *chars.as_slice() {
        ['十'] => Some(10),
        ['十', unit] => Some(10 + digit(unit)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', unit] => Some(10 * digit(ten)? + digit(unit)?),
        [unit] => digit(unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals() {
        for (text, expected) in [
            ("十三、中方", Some(('、', 13))),
            ("第四,我们", Some(('第', 4))),
            ("(二)原则", Some(('(', 2))),
            ("37.《短信", Some(('.', 37))),
            ("3.5万", None),
            ("①准备", Some(('①', 1))),
            ("第四届", None),
            ("三轮驱动", None),
        ] {
            assert_eq!(ordinal(text), expected, "{text}");
        }
    }
}

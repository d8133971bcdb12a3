//! Questions about single characters that all readers ask.

/// Is this a blank: white space, or one of the invisible characters that exported text is sprinkled with?
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Is this a Chinese character? Ideographs of every plane, compatibility forms and 〇 included.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
        | '々' | '〇')
}

/// Does a line break next to this character stand for nothing? Chinese and Japanese are set without blanks.
pub(crate) fn sets_without_blanks(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Ends a sentence.
pub(crate) fn is_final(c: char) -> bool {
    matches!(c, '。' | '!' | '\u{ff01}' | '?' | '\u{ff1f}' | '…' | '.' | '\u{ff0e}')
}

/// Stops inside a sentence: what follows belongs to it.
pub(crate) fn is_pause(c: char) -> bool {
    matches!(c, ',' | '\u{ff0c}' | '、' | '\u{ff64}')
}

/// The closing mark of an opening quotation mark or bracket.
pub(crate) fn closer_of(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '〈' => '〉',
        '「' => '」',
        '『' => '』',
        '【' => '】',
        '〔' => '〕',
        '(' => ')',
        '\u{ff08}' => '\u{ff09}',
        '[' => ']',
        _ => return None,
    })
}

/// Is this a closing quotation mark or bracket?
pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '》' | '〉' | '」' | '』' | '】' | '〕' | ')' | '\u{ff09}' | ']')
}

/// Does the text end where a sentence, a clause of a list or an announcement may end?
///
/// Closing quotation marks and brackets are looked through; a text without any mark, or with a comma, is unfinished.
pub(crate) fn is_finished(text: &str) -> bool {
    text.chars()
        .rev()
        .find(|&c| !is_closer(c) && !is_blank(c))
        .is_some_and(|c| is_final(c) || matches!(c, ';' | '\u{ff1b}' | ':' | '\u{ff1a}' | '—' | '―' | '~' | '\u{ff5e}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finished_texts() {
        for (text, expected) in [
            ("说完了。", true),
            ("他说:“好。”", true),
            ("具体清单如下:", true),
            ("持续发力——", true),
            ("以“中国方", false),
            ("四级网格组织体系”", false),
            ("走了,", false),
            ("", false),
        ] {
            assert_eq!(is_finished(text), expected, "{text}");
        }
    }
}

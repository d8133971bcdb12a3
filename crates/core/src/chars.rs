//! What kind of character a character is, and the folding that needs no table.
//!
//! Only the distinctions that search needs are made, by code point ranges, so that no Unicode table is linked into the
//! browser's module. Everything finer (letter case beyond ASCII, diacritics, traditional and simplified) is decided when
//! the index is built and stored in its alphabet.

/// The kind of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Written without blanks between words: Han, kana, bopomofo.
    Han,
    /// Letters and digits of scripts that put blanks between words, Hangul among them.
    Word,
    /// Punctuation and symbols.
    Mark,
    /// A blank within a line.
    Blank,
    /// A line break or any other control character.
    Break,
    /// Invisible and without meaning for search: variation selectors, joiners, combining accents.
    Ignorable,
}

/// The kind of `c`, from the block it stands in.
pub fn class(c: char) -> Class {
    match c as u32 {
        // Most characters of most texts.
        0x4e00..=0x9fff => Class::Han,
        0x09 | 0x20 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 => Class::Blank,
        0x00..=0x1f | 0x7f..=0x9f | 0x2028 | 0x2029 => Class::Break,
        0xad | 0x300..=0x36f | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f => Class::Ignorable,
        0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe0fff => Class::Ignorable,
        0x30..=0x39 | 0x41..=0x5a | 0x61..=0x7a | 0x5f => Class::Word,
        0x21..=0x7e | 0xa1..=0xa9 | 0xab..=0xb1 | 0xb4 | 0xb6..=0xb8 | 0xbb | 0xbf | 0xd7 | 0xf7 => Class::Mark,
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x30fa | 0x30fc..=0x312f => Class::Han,
        0x31a0..=0x31bf | 0x31f0..=0x31ff | 0x3400..=0x4dbf => Class::Han,
        0xf900..=0xfaff | 0x1b000..=0x1b16f | 0x20000..=0x3ffff => Class::Han,
        0x2010..=0x2027 | 0x2030..=0x205e | 0x20a0..=0x20cf | 0x2190..=0x245f | 0x2500..=0x2bff => Class::Mark,
        0x2ff0..=0x303f | 0x30fb | 0xfe10..=0xfe6f | 0xff01..=0xff0f | 0xff1a..=0xff20 => Class::Mark,
        0xff3b..=0xff3e | 0xff40 | 0xff5b..=0xff65 | 0xffe0..=0xffff | 0x1f000..=0x1faff => Class::Mark,
        _ => Class::Word,
    }
}

/// The folding that is the same in every index: full width to ASCII, every blank to U+0020, ASCII letters to lower case.
pub fn simple_fold(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ if class(c) == Class::Blank => ' ',
        _ => c,
    };
    narrow.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        for (text, expected) in [
            ("中〇々ぁ豈𠮷", Class::Han),
            ("aZ0_éßД", Class::Word),
            ("한글", Class::Word),
            (",。“”《》—…·!¥→", Class::Mark),
            (" \u{3000}\t\u{a0}", Class::Blank),
            ("\n\r\u{2028}\0", Class::Break),
            ("\u{fe0f}\u{200b}\u{301}\u{e0100}", Class::Ignorable),
        ] {
            for c in text.chars() {
                assert_eq!(class(c), expected, "{c:?} of {text:?}");
            }
        }
    }

    #[test]
    fn simple_folding() {
        for (from, to) in
            [('Ａ', 'a'), ('Ｇ', 'g'), ('，', ','), ('\u{3000}', ' '), ('Q', 'q'), ('中', '中'), ('é', 'é')]
        {
            assert_eq!(simple_fold(from), to);
        }
    }
}

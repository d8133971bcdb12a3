//! Words that only ask: 中国和巴西什么时候建交 is about 中国, 巴西 and 建交.
//!
//! Pages that answer a question seldom repeat how it was asked, and in few pages such words are rare enough to outweigh
//! the rest. Left out are those that also stand across other words, such as 何时 in 任何时间.

use core::ops::Range;

/// No word stands behind another that it begins with. As characters, since that makes less code.
const WORDS: [&[char]; 13] = [
    &['什', '么', '时', '候'],
    &['什', '麼', '時', '候'],
    &['为', '什', '么'],
    &['為', '什', '麼'],
    &['什', '么'],
    &['什', '麼'],
    &['怎', '么'],
    &['怎', '麼'],
    &['怎', '样'],
    &['怎', '樣'],
    &['如', '何'],
    &['哪', '些'],
    &['多', '少'],
];

/// The next word that only asks, at or behind `from`.
pub fn find(run: &[char], from: usize) -> Option<Range<usize>> {
    for start in from..run.len() {
        for word in WORDS {
            if run[start..].starts_with(word) {
                return Some(start..start + word.len());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found() {
        for (text, expected) in [
            ("中国和巴西什么时候建交", Some(5..9)),
            ("為什麼", Some(0..3)),
            ("怎么安装", Some(0..2)),
            ("任何时间", None),
            ("什", None),
            ("", None),
        ] {
            let run: Vec<char> = text.chars().collect();
            assert_eq!(find(&run, 0), expected, "{text}");
        }
        for (at, word) in WORDS.iter().enumerate() {
            assert!(WORDS[..at].iter().all(|earlier| !word.starts_with(earlier)), "{word:?}");
        }
    }
}

//! How Han characters are read, and which of them look alike.
//!
//! Readings of characters come from the `pinyin` crate, those of words from `pinyin-converter`; the look-alikes are a list of
//! our own (`lookalikes.txt`), one set a line, of characters that writers and character recognition mix up.

use pinyin::ToPinyinMulti;
use pinyin_converter::Converter;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The most readings that are kept of a character; those beyond are archaic.
const MAX_READINGS: usize = 4;

/// The toneless readings of a character, the usual one first, ü written v.
pub(crate) fn readings(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let Some(multi) = c.to_pinyin_multi() else { return out };
    for reading in multi {
        let plain = reading.plain().replace('ü', "v");
        if plain.bytes().all(|b| b.is_ascii_lowercase()) && !out.contains(&plain) && out.len() < MAX_READINGS {
            out.push(plain);
        }
    }
    out
}

/// The toneless readings of the characters of a word, ü written v, by the longest words that are known; empty if it holds
/// anything that is not known.
pub(crate) fn spoken(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in Converter::new(word).without_tone().convert().to_vec() {
        out.extend(part.split(' ').map(str::to_owned));
    }
    let syllable = |part: &String| part.bytes().all(|b| b.is_ascii_lowercase());
    if out.len() == word.chars().count() && out.iter().all(syllable) { out } else { Vec::new() }
}

/// The characters that look like `c`.
pub(crate) fn lookalikes(c: char) -> Vec<char> {
    LOOKALIKES.get(&c).cloned().unwrap_or_default()
}

static LOOKALIKES: LazyLock<BTreeMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut all: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for set in include_str!("lookalikes.txt").lines() {
        for c in set.chars() {
            let others = set.chars().filter(|&other| other != c);
            all.entry(c).or_default().extend(others);
        }
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        assert_eq!(readings('中'), ["zhong"]);
        assert!(readings('重').contains(&"chong".to_owned()));
        assert!(readings('行').contains(&"hang".to_owned()));
        assert_eq!(readings('绿').first().map(String::as_str), Some("lv"));
        assert!(readings('a').is_empty());
        assert_eq!(spoken("重庆"), ["chong", "qing"]);
        assert_eq!(spoken("银行业"), ["yin", "hang", "ye"]);
        assert_eq!(spoken("绿色"), ["lv", "se"]);
        assert!(lookalikes('己').contains(&'已'));
    }
}

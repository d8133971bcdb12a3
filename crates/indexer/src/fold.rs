//! Which characters search does not tell apart.
//!
//! One character folds to one character, so that offsets stay true. The data come from Unicode (normalisation and case,
//! through `unicode-normalization` and the standard library) and from OpenCC (traditional and simplified, through
//! `ferrous-opencc`); only what a corpus needs of it is written into its index.

use crate::{sounds, stems};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use jisou_core::build::Characters;
use jisou_core::chars::{Class, class, simple_fold};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Punctuation of the same kind; the first of each row stands for all.
const MARKS: [&str; 12] = [
    ",，、､﹐﹑︐︑",
    ".。．｡﹒︒",
    ":：﹕︰∶︓",
    ";；﹔︔",
    "\"“”„‟＂「」『』｢｣'‘’‚‛＇′″﹁﹂﹃﹄",
    "<《〈«‹＜︽︿",
    ">》〉»›＞︾﹀",
    "([{（［｛【〔〖﹝﹙︵",
    ")]}）］｝】〕〗﹞﹚︶",
    "-‐‑‒–—―−－﹣─",
    "·•・‧･∙⋅",
    "~～〜∼˜",
];

/// Zero as a digit and as a word.
const ZERO: &str = "零〇";

/// The folding of every index.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fold;

impl Characters for Fold {
    fn fold(&self, c: char) -> char {
        let base = unicode_fold(c);
        TABLES.fold.get(&base).copied().unwrap_or(base)
    }

    fn stem(&self, word: &str) -> Option<String> {
        stems::stem(word)
    }

    fn aliases(&self, folded: char) -> Vec<char> {
        TABLES.aliases.get(&folded).cloned().unwrap_or_default()
    }

    fn readings(&self, folded: char) -> Vec<String> {
        sounds::readings(folded)
    }

    fn spoken(&self, word: &str) -> Vec<String> {
        sounds::spoken(word)
    }

    fn lookalikes(&self, folded: char) -> Vec<char> {
        sounds::lookalikes(folded)
    }
}

/// Whether a Han character is one that people type: those of GB 2312 and of the first level of Big5, 5,401 characters.
/// Rarer variants are folded where they stand in pages, but an index need not name them for queries.
fn is_common(c: char) -> bool {
    let mut text = [0; 4];
    let text = &*c.encode_utf8(&mut text);
    let (gbk, _, not_gbk) = encoding_rs::GBK.encode(text);
    let (big5, _, not_big5) = encoding_rs::BIG5.encode(text);
    let in_gb2312 = !not_gbk && matches!(*gbk, [0xb0..=0xf7, 0xa1..=0xfe]);
    in_gb2312 || !not_big5 && matches!(*big5, [0xa4..=0xc6, _])
}

/// Compatibility form, base letter and lower case of a character, each only where it is one character.
fn unicode_fold(c: char) -> char {
    if class(c) == Class::Blank || class(c) == Class::Break {
        return simple_fold(c);
    }
    let compatible = RADICALS.get(&c).copied().or_else(|| only(c.nfkc())).unwrap_or(c);
    let mut parts = compatible.nfd();
    let base = match parts.next() {
        Some(base) if base.is_ascii_alphabetic() && parts.all(is_combining_mark) => base,
        _ => compatible,
    };
    only(base.to_lowercase()).unwrap_or(base)
}

/// Characters of the block CJK Radicals Supplement, each with its unified ideograph: the property
/// Equivalent_Unified_Ideograph of Unicode 14. Most have no compatibility form; text copied out of PDF files has them.
static RADICALS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let pair = |line: &str| line.chars().next().zip(line.chars().nth(1));
    include_str!("radicals.txt").lines().filter_map(pair).collect()
});

/// The character, if there is exactly one.
fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

struct Tables {
    /// From a character that [`unicode_fold`] leaves alone to the one that stands for its class.
    fold: BTreeMap<char, char>,
    /// From the character that stands for a class to everything else that readers type for it.
    aliases: BTreeMap<char, Vec<char>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut fold = BTreeMap::new();
    for row in MARKS.into_iter().chain([ZERO]) {
        let first = row.chars().next().unwrap_or_default();
        fold.extend(row.chars().map(|c| (unicode_fold(c), first)));
    }
    let (variants, mut written) = variants();
    written.extend(ZERO.chars());
    fold.extend(variants);
    let mut aliases: BTreeMap<char, Vec<char>> = BTreeMap::new();
    let typed = MARKS.iter().flat_map(|row| row.chars()).chain(fold.keys().copied());
    // Letters with accents, the tone letters of pinyin, radicals as copied out of PDF files.
    let more = ['\u{c0}'..='\u{17f}', '\u{1cd}'..='\u{1dc}', '\u{2e80}'..='\u{2fd5}'].into_iter().flatten();
    for c in typed.chain(more).collect::<Vec<_>>() {
        let base = unicode_fold(c);
        let folded = fold.get(&base).copied().unwrap_or(base);
        if folded != c && (class(base) != Class::Han || c != base || written.contains(&c) || is_common(c)) {
            aliases.entry(folded).or_default().push(c);
        }
    }
    for list in aliases.values_mut() {
        list.sort_unstable();
        list.dedup();
    }
    Tables { fold, aliases }
});

/// Traditional, simplified and regional forms, each with the simplified form that stands for its class.
///
/// Conversion is one to many both ways (干: 乾 幹 干; 著: 着 著), so forms that any conversion of a single character
/// connects fall into one class: a search may then find a little more than was meant, never less.
///
/// The second result is the forms that a conversion of a single character writes: those that readers type.
fn variants() -> (Vec<(char, char)>, BTreeSet<char>) {
    use BuiltinConfig::{Hk2s, S2hk, S2t, S2tw, T2s, Tw2s};
    let converters: Vec<OpenCC> =
        [T2s, Tw2s, Hk2s, S2t, S2tw, S2hk].into_iter().filter_map(|config| OpenCC::from_config(config).ok()).collect();
    let mut parent: BTreeMap<char, char> = BTreeMap::new();
    let mut written = BTreeSet::new();
    let ideographs = ('\u{3400}'..='\u{9fff}').chain('\u{20000}'..='\u{323af}');
    let mut text = [0; 4];
    for c in ideographs {
        for converter in &converters {
            let Some(other) = only(converter.convert(c.encode_utf8(&mut text)).chars()) else { continue };
            if other != c {
                written.insert(other);
            }
            let (a, b) = (root(&parent, c), root(&parent, unicode_fold(other)));
            if a != b {
                parent.insert(a, b);
            }
        }
    }
    let mut classes: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for &c in parent.keys() {
        classes.entry(root(&parent, c)).or_default().push(c);
    }
    let mut out = Vec::new();
    for (head, mut members) in classes {
        members.push(head);
        members.sort_unstable();
        // The form that most of the others are simplified to; the lowest code point of several.
        let simple = |c: char| only(converters.first()?.convert(c.encode_utf8(&mut [0; 4])).chars());
        let simplified: Vec<char> = members.iter().filter_map(|&c| simple(c)).collect();
        let count = |c: char| simplified.iter().filter(|&&other| other == c).count();
        let stands = members.iter().copied().max_by_key(|&c| (count(c), Reverse(c))).unwrap_or(head);
        out.extend(members.into_iter().map(|c| (c, stands)));
    }
    (out, written)
}

fn root(parent: &BTreeMap<char, char>, mut c: char) -> char {
    while let Some(&up) = parent.get(&c) {
        c = up;
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        for (from, to) in [
            ("國国", '国'),
            ("後后", '后'),
            ("乾幹干", '干'),
            ("規规", '规'),
            ("著着", '着'),
            ("〇零", '零'),
            ("ＡaAáÀａ", 'a'),
            ("，、,", ','),
            ("「“\"", '"'),
            ("⼈人", '人'),
            ("豈岂", '岂'),
            ("⻓長长", '长'),
            ("⻚頁页", '页'),
            ("⺠民", '民'),
            ("⺟母", '母'),
            ("龜⻳", '龟'),
            ("\u{2f8a6}慈", '慈'),
            ("\u{fa4b}碑", '碑'),
            ("\u{3000}\t \u{a0}", ' '),
            ("①1１", '1'),
        ] {
            let folded: Vec<char> = from.chars().map(|c| Fold.fold(c)).collect();
            assert!(folded.windows(2).all(|w| w[0] == w[1]), "{from} -> {folded:?}");
            assert_eq!(folded[0], to, "{from}");
        }
    }

    #[test]
    fn characters_whose_folding_changes_length_stay() {
        for c in ['…', '℃', 'ﬁ'] {
            assert_eq!(Fold.fold(c), c);
        }
    }

    #[test]
    fn folding_twice_changes_nothing_and_aliases_fold_back() {
        for c in ('\0'..='\u{323af}').step_by(1) {
            let folded = Fold.fold(c);
            assert_eq!(Fold.fold(folded), folded, "{c:?}");
        }
        for (&folded, aliases) in &TABLES.aliases {
            for &alias in aliases {
                assert_eq!(Fold.fold(alias), folded, "{alias:?}");
            }
        }
    }
}

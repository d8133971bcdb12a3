//! Cutting text into tokens that tile it. The only file that knows jieba.

use jisou_core::chars::{Class, class};
use unicode_segmentation::UnicodeSegmentation;

/// Cuts text into tokens, for several threads at once.
pub trait Segmenter: Sync {
    /// The tokens of `text`, in order. Put together they are the text.
    fn segment<'t>(&self, text: &'t str) -> Vec<&'t str>;

    /// Whether `word` is in the dictionary.
    fn is_word(&self, word: &str) -> bool;
}

/// jieba with its own dictionary and HMM for Han; the word rules of Unicode (UAX #29) for everything else.
pub struct Jieba(jieba_rs::Jieba);

impl Default for Jieba {
    fn default() -> Self {
        Jieba(jieba_rs::Jieba::new())
    }
}

impl core::fmt::Debug for Jieba {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Jieba")
    }
}

impl Segmenter for Jieba {
    fn segment<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut tokens = Vec::new();
        for (run, han) in runs(text) {
            if han {
                tokens.extend(self.0.cut(run, true).into_iter().map(|token| token.word));
            } else {
                tokens.extend(run.split_word_bounds().flat_map(parts));
            }
        }
        tokens
    }

    fn is_word(&self, word: &str) -> bool {
        self.0.has_word(word)
    }
}

/// Divides `node.js` and `a:b` at the mark, which the word rules leave inside; numbers stay whole.
fn parts(word: &str) -> Vec<&str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut out = Vec::new();
    let mut rest = word;
    let mut from = 0;
    while let Some(at) = rest[from..].find(['.', ':']).map(|at| at + from) {
        let number = digit(rest[..at].chars().next_back()) && digit(rest[at + 1..].chars().next());
        if number || rest.len() == 1 {
            from = at + 1;
            continue;
        }
        out.extend([&rest[..at], &rest[at..=at]].into_iter().filter(|part| !part.is_empty()));
        rest = &rest[at + 1..];
        from = 0;
    }
    out.extend((!rest.is_empty()).then_some(rest));
    out
}

/// Divides text where Han begins or ends; invisible characters stay with what stands before them.
fn runs(text: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let (mut start, mut han) = (0, None);
    for (at, c) in text.char_indices() {
        let now = match class(c) {
            Class::Ignorable => han,
            kind => Some(kind == Class::Han),
        };
        if han.is_some() && now != han {
            out.push((&text[start..at], han == Some(true)));
            start = at;
        }
        han = now;
    }
    if start < text.len() {
        out.push((&text[start..], han == Some(true)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_identifiers_and_numbers() {
        let jieba = Jieba::default();
        for (text, expected) in [
            ("构建命运共同体", vec!["构建", "命运", "共同体"]),
            ("用useState和v-model", vec!["用", "useState", "和", "v", "-", "model"]),
            ("node.js的v3.4.1与a:b", vec!["node", ".", "js", "的", "v3.4.1", "与", "a", ":", "b"]),
            ("占17.5%,共1,700公里", vec!["占", "17.5", "%", ",", "共", "1,700", "公里"]),
            ("ISO 37101(文旅型)", vec!["ISO", " ", "37101", "(", "文旅型", ")"]),
            ("", vec![]),
        ] {
            assert_eq!(jieba.segment(text), expected, "{text}");
        }
    }

    thread_local!(static JIEBA: Jieba = Jieba::default());

    proptest! {
        #[test]
        fn tokens_tile_the_text(text in "([一-龥]{0,6}|[a-zA-Z0-9_.,-]{0,5}|\\PC{0,4}|[ \\n\\u{3000}\\u{fe0f}]){0,9}") {
            let tokens = JIEBA.with(|jieba| jieba.segment(&text).into_iter().map(str::to_owned).collect::<Vec<_>>());
            prop_assert!(tokens.iter().all(|token| !token.is_empty()));
            prop_assert_eq!(tokens.concat(), text);
        }
    }
}

//! Which English words are inflected forms of one word.
//!
//! The Snowball stemmer for English (Porter 2) also brings words together that are derived from each other: `university`
//! and `universe`, `general` and `generalize`. So what it takes off a word is looked at: only the endings of plural and
//! tense, and letters that change before them, may differ.

use rust_stemmers::{Algorithm, Stemmer};

/// The fewest and the most letters of a word with a stem.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=24;

/// What the inflected forms of an English word in lower case have in common; `None` for what is no English word.
pub(crate) fn stem(word: &str) -> Option<String> {
    if !LETTERS.contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let stem = Stemmer::create(Algorithm::English).stem(word).into_owned();
    // The last letter of the stem may not be the word's: `librari` of `library`, `use` of `using`.
    let ending = word.strip_prefix(&*stem).or_else(|| word.strip_prefix(&stem[..stem.len() - 1]))?;
    let base = ["ing", "ed", "es", "s", "d"].into_iter().find_map(|end| ending.strip_suffix(end)).unwrap_or(ending);
    let doubled = !base.is_empty() && base.len() < ending.len() && stem.ends_with(base);
    let derived = if doubled { "" } else { base.trim_end_matches(['e', 'i', 'y']) };
    Some(format!("{stem} {derived}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_meet() {
        for words in [
            "component components",
            "university universities",
            "configure configures configured configuring",
            "configuration configurations",
            "library libraries",
            "use uses used using",
            "run runs running",
            "class classes",
            "generate generates generated generating",
            "apply applies applied applying",
            "batch batches batched",
        ] {
            let stems: Vec<Option<String>> = words.split(' ').map(stem).collect();
            assert!(stems[0].is_some() && stems.iter().all(|stem| *stem == stems[0]), "{words}: {stems:?}");
        }
    }

    #[test]
    fn other_words_do_not() {
        for words in ["universe university universal", "general generalize generate", "organ organization", "new news"]
        {
            let mut stems: Vec<String> = words.split(' ').filter_map(stem).collect();
            let all = stems.len();
            stems.sort();
            stems.dedup();
            assert_eq!(stems.len(), all, "{words}: {stems:?}");
        }
    }

    #[test]
    fn only_words_have_stems() {
        for word in ["vs", "v8s", "Uses", "wörter", "", "国家"] {
            assert_eq!(stem(word), None, "{word}");
        }
    }
}

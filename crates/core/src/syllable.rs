//! Syllables of pinyin: their initials, and which of them are mistaken for each other.

/// Whether syllables that start so can be the same or mistaken for each other; v is also typed u.
pub(crate) fn near(a: Option<&u8>, b: Option<&u8>) -> bool {
    a == b || matches!((a, b), (Some(b'n'), Some(b'l')) | (Some(b'l'), Some(b'n')) | (Some(b'u'), Some(b'v')))
}

/// How many letters the initial of a syllable has: 2 for zh, ch, sh, 0 for none.
pub(crate) fn initial(syllable: &[u8]) -> usize {
    match syllable {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [b'a' | b'e' | b'o', ..] | [] => 0,
        _ => 1,
    }
}

/// Writes to `out` the syllable that `syllable` is often mistaken for: 0 by its initial, 1 by its final, 2 by both.
/// Its length, if there is such a syllable.
pub(crate) fn mistaken(syllable: &[u8], fuzzy: u8, out: &mut [u8; 8]) -> Option<usize> {
    if syllable.len() > 6 {
        return None;
    }
    let mut len = 0;
    let mut put = |bytes: &[u8]| {
        out[len..len + bytes.len()].copy_from_slice(bytes);
        len += bytes.len();
    };
    let rest = match (fuzzy, syllable) {
        (0 | 2, [first @ (b'z' | b'c' | b's'), b'h', rest @ ..]) => {
            put(&[*first]);
            rest
        }
        (0 | 2, [first @ (b'z' | b'c' | b's'), rest @ ..]) => {
            put(&[*first, b'h']);
            rest
        }
        (0 | 2, [b'n', rest @ ..]) => {
            put(b"l");
            rest
        }
        (0 | 2, [b'l', rest @ ..]) => {
            put(b"n");
            rest
        }
        (1, rest) => rest,
        _ => return None,
    };
    match (fuzzy, rest) {
        (0, rest) => put(rest),
        (1 | 2, [rest @ .., vowel @ (b'a' | b'e' | b'i'), b'n']) => {
            put(rest);
            put(&[*vowel, b'n', b'g']);
        }
        (1 | 2, [rest @ .., vowel @ (b'a' | b'e' | b'i'), b'n', b'g']) => {
            put(rest);
            put(&[*vowel, b'n']);
        }
        _ => return None,
    }
    Some(len)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What a syllable is mistaken for: by its initial, its final, or both.
    pub(crate) fn mistaken_slowly(syllable: &str) -> Vec<String> {
        let initials = ["zh z", "ch c", "sh s", "z zh", "c ch", "s sh", "n l", "l n"];
        let finals = ["ang an", "eng en", "ing in", "an ang", "en eng", "in ing"];
        let rule = |rules: &[&'static str], fits: &dyn Fn(&str) -> bool| {
            rules.iter().filter_map(|rule| rule.split_once(' ')).find(|(from, _)| fits(from))
        };
        let begun = |text: &str| {
            let (from, to) = rule(&initials, &|from| text.starts_with(from))?;
            Some(format!("{to}{}", &text[from.len()..]))
        };
        let ended = |text: &str| {
            let (from, to) = rule(&finals, &|from| text.ends_with(from))?;
            Some(format!("{}{to}", &text[..text.len() - from.len()]))
        };
        let both = begun(syllable).as_deref().and_then(ended);
        [begun(syllable), ended(syllable), both].into_iter().flatten().collect()
    }

    #[test]
    fn mistaken_syllables() {
        for (syllable, expected) in [
            ("zhang", vec!["zang", "zhan", "zan"]),
            ("lan", vec!["nan", "lang", "nang"]),
            ("xin", vec!["xing"]),
            ("si", vec!["shi"]),
            ("ba", vec![]),
            ("eng", vec!["en"]),
        ] {
            let mut found = Vec::new();
            for fuzzy in 0..3 {
                let mut out = [0; 8];
                if let Some(len) = mistaken(syllable.as_bytes(), fuzzy, &mut out) {
                    found.push(String::from_utf8(out[..len].to_vec()).unwrap());
                }
            }
            assert_eq!(found, expected, "{syllable}");
        }
    }
}

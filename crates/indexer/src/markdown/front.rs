//! The one line of the front matter that the reader needs.

use std::ops::Range;

use crate::chars::is_blank;

/// Where the title stands in front matter: the value of `title: …` (YAML) or `title = …` (TOML), without quotation marks.
pub(crate) fn title(front: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in front.split_inclusive('\n') {
        let value = line.strip_prefix("title").map(str::trim_start).and_then(|rest| rest.strip_prefix([':', '=']));
        if let Some(value) = value {
            let quoted = |c: char| is_blank(c) || matches!(c, '"' | '\'');
            let inner = value.trim_start_matches(quoted);
            let at = start + (line.len() - inner.len());
            return Some(at..at + inner.trim_end_matches(quoted).len());
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (front, expected) in [
            ("layout: a\ntitle: \"快速开始\"\n", Some("快速开始")),
            ("title = '快速'", Some("快速")),
            ("title:\nb: c", Some("")),
            ("subtitle: a", None),
        ] {
            assert_eq!(title(front).map(|range| &front[range]), expected, "{front}");
        }
    }
}

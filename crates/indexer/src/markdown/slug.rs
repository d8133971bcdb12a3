//! Anchors of headings, unique in a page.

use std::collections::{HashMap, HashSet};

/// The anchors given so far.
#[derive(Debug, Default)]
pub(crate) struct Slugs {
    used: HashSet<String>,
    /// The next number to try for an anchor that is taken.
    next: HashMap<String, usize>,
}

impl Slugs {
    /// The anchor that GitHub gives a heading: lower case, blanks to hyphens, letters and digits of every script kept, the rest
    /// dropped; `-1`, `-2` … behind repeated ones.
    pub(crate) fn of(&mut self, heading: &str) -> String {
        let slug: String = heading
            .chars()
            .flat_map(char::to_lowercase)
            .filter_map(|c| match c {
                c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
                c if c.is_whitespace() => Some('-'),
                _ => None,
            })
            .collect();
        self.unique(slug)
    }

    /// An anchor that the author chose. If it is taken, it is numbered too.
    pub(crate) fn explicit(&mut self, id: String) -> String {
        self.unique(id)
    }

    fn unique(&mut self, slug: String) -> String {
        let mut given = slug.clone();
        while !self.used.insert(given.clone()) {
            let number = self.next.entry(slug.clone()).or_insert(1);
            given = format!("{slug}-{number}");
            *number += 1;
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique() {
        let mut slugs = Slugs::default();
        let given: Vec<_> =
            ["What's New?", "whats new", "whats-new-1", "C++ 与 Rust_2024"].map(|text| slugs.of(text)).into();
        assert_eq!(given, ["whats-new", "whats-new-1", "whats-new-1-1", "c-与-rust_2024"]);
    }
}

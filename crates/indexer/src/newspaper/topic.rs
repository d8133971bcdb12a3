//! Do two stretches of text speak of the same thing? Told from the names and terms they share.

use std::collections::HashSet;

use crate::chars::is_han;

/// What an article has spoken of so far, as its runs of three characters.
///
/// The measure is the number of runs that two texts share over the number of pairs of runs there are. Sections of one article
/// share more than 0.4 in 10,000 pairs on newspaper pages and, 96 to 99 times in 100, more than 0.3 in Chinese documentation;
/// neighbouring articles of a page mostly share less.
#[derive(Debug, Default)]
pub(crate) struct Topic {
    runs: HashSet<[char; RUN]>,
}

/// Long enough to meet by chance seldom, short enough for names and terms.
const RUN: usize = 3;
/// How many pairs there must be for the measure to mean something.
const ENOUGH: usize = 30_000;
/// Less than this share of pairs is two subjects.
const STRANGERS: f64 = 0.3e-4;
/// How much of an article is remembered, in runs.
const MOST: usize = 20_000;

impl Topic {
    /// Adds a text.
    pub(crate) fn read(&mut self, text: &str) {
        if self.runs.len() < MOST {
            self.runs.extend(runs(text));
        }
    }

    /// The share of pairs that what was read and the section have in common; `None` if either is too short to tell.
    pub(crate) fn kinship<'t>(&self, section: impl Iterator<Item = &'t str>) -> Option<f64> {
        let mut own = Topic::default();
        for text in section {
            own.read(text);
            if own.runs.len() >= MOST {
                break;
            }
        }
        let pairs = self.runs.len() * own.runs.len();
        (pairs >= ENOUGH).then(|| self.runs.intersection(&own.runs).count() as f64 / pairs as f64)
    }
}

/// Is the kinship that of two subjects?
pub(crate) fn are_strangers(kinship: Option<f64>) -> bool {
    kinship.is_some_and(|share| share < STRANGERS)
}

/// The runs of Chinese characters of a text.
fn runs(text: &str) -> impl Iterator<Item = [char; RUN]> {
    let mut last = ['\0'; RUN];
    text.chars().filter_map(move |c| {
        last.rotate_left(1);
        last[RUN - 1] = c;
        last.iter().all(|&c| is_han(c)).then_some(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_told_only_when_long_enough() {
        let text = |first: u32| -> String { (first..first + 300).filter_map(char::from_u32).collect() };
        let mut topic = Topic::default();
        topic.read(&text(0x4e00));
        let strangers = |section: &[&str]| are_strangers(topic.kinship(section.iter().copied()));
        assert!(strangers(&[&text(0x6000)]));
        assert!(!strangers(&[&text(0x6000), "。", &text(0x4e10)]));
        assert!(!strangers(&["短文不算数"]));
    }
}

//! Passages printed twice: which of the two copies stands where it belongs.
//!
//! Pages are put together from columns, and a column's passage can come twice: once in its article and once more where the
//! column was cut out. The copies need not be cut into lines alike, so they are compared as streams of characters.

use std::collections::HashMap;

use crate::chars::{is_blank, is_finished, is_han};

use super::articles::Article;
use super::lines::Unit;
use super::ordinals::ordinal;
use super::seam::{self, OpenMarks, Seam};

/// A repeated passage must be this many characters long; shorter ones are formulas (`新华社记者…`, `据新华社…电`).
const SHORTEST: usize = 20;
/// How many characters are looked up at once to find one.
const KEY: usize = 12;
/// How many units with one opening are looked for; more are boilerplate.
const MOST_OPENINGS: usize = 8;
/// In how many places an opening is found.
const MOST_COPIES: usize = 64;

/// The page as one stream of characters without blanks.
struct Stream {
    chars: Vec<char>,
    /// Where each unit starts in `chars`; one more entry for the end.
    starts: Vec<usize>,
}

impl Stream {
    fn new(units: &[Unit<'_>]) -> Self {
        let mut chars = Vec::new();
        let mut starts = Vec::with_capacity(units.len() + 1);
        for unit in units {
            starts.push(chars.len());
            chars.extend(unit.text.chars().filter(|&c| !is_blank(c)));
        }
        starts.push(chars.len());
        Stream { chars, starts }
    }

    /// The unit that holds a position.
    fn unit_at(&self, position: usize) -> usize {
        self.starts.partition_point(|&start| start <= position) - 1
    }

    /// How far the text at `second` equals that at `first`; the copies must not overlap.
    fn common(&self, first: usize, second: usize) -> usize {
        let length = second - first;
        self.chars[first..second].iter().zip(&self.chars[second..]).take(length).take_while(|(a, b)| a == b).count()
    }
}

/// For every unit, whether it is dropped because another copy of it stands where it belongs.
pub(crate) fn dropped(units: &[Unit<'_>], articles: &[Article], words: &dyn Fn(&str) -> bool) -> Vec<bool> {
    let stream = Stream::new(units);
    let fit = Fit::new(units, articles, words);
    let mut dropped = vec![false; units.len()];
    let mut kept = vec![false; units.len()];
    for (first, second, length) in repeats(units, &stream) {
        // Only whole units can go; the other copy may start and end anywhere.
        let left = stream.whole_units(first, length);
        let right = stream.whole_units(second, length);
        let choice = match (fit.of(&left), fit.of(&right)) {
            _ if left.is_empty() && right.is_empty() => continue,
            _ if right.is_empty() => (left.clone(), second),
            _ if left.is_empty() => (right.clone(), first),
            (one, other) if one < other => (left.clone(), second),
            (one, other) if one > other => (right.clone(), first),
            _ if fit.same_article(&left, &right) || fit.whole_article(&right) => (right.clone(), first),
            _ => continue,
        };
        let (goes, stays) = choice;
        let stays = stream.unit_at(stays)..stream.unit_at(stays + length - 1) + 1;
        let contained_elsewhere = left.is_empty() || right.is_empty();
        if contained_elsewhere && !fit.same_article(&goes, &stays) && fit.of(&goes) >= 0 {
            continue;
        }
        let free = goes.clone().all(|unit| !dropped[unit] && !kept[unit]) && stays.clone().all(|unit| !dropped[unit]);
        let long = stream.starts[goes.end] - stream.starts[goes.start] >= SHORTEST;
        if free && long && goes.clone().any(|unit| units[unit].form.is_text()) {
            dropped[goes].fill(true);
            kept[stays].fill(true);
        }
    }
    dropped
}

/// The passages that stand twice, as `(first, second, length)` in characters; at least one copy starts with a unit.
fn repeats(units: &[Unit<'_>], stream: &Stream) -> Vec<(usize, usize, usize)> {
    let key = |at: usize| -> Option<[char; KEY]> { stream.chars.get(at..at + KEY)?.try_into().ok() };
    // The starts of the units that open with a key, and in how many places it was found.
    let mut openings: HashMap<[char; KEY], (Vec<usize>, usize)> = HashMap::new();
    for (unit, &start) in units.iter().zip(&stream.starts) {
        if unit.form.is_text()
            && let Some(key) = key(start)
        {
            let (starts, _) = openings.entry(key).or_default();
            if starts.len() < MOST_OPENINGS {
                starts.push(start);
            }
        }
    }
    let mut found = Vec::new();
    // Where the last passage found at a distance ended, so that its later units are not looked at again.
    let mut covered: HashMap<usize, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for at in 0..stream.chars.len() {
        let Some((starts, places)) = key(at).and_then(|key| openings.get_mut(&key)) else {
            continue;
        };
        *places += 1;
        if *places > MOST_COPIES {
            continue;
        }
        pairs.extend(starts.iter().filter(|&&start| start != at).map(|&start| (start.min(at), start.max(at))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (first, second) in pairs {
        let end = covered.entry(second - first).or_default();
        if first < *end {
            continue;
        }
        let length = stream.common(first, second);
        if length >= SHORTEST {
            *end = first + length;
            found.push((first, second, length));
        }
    }
    found
}

impl Stream {
    /// The units that lie within `start..start + length`, if one starts at `start`.
    fn whole_units(&self, start: usize, length: usize) -> std::ops::Range<usize> {
        let from = self.unit_at(start);
        if self.starts[from] != start {
            return from..from;
        }
        let to = self.starts.partition_point(|&at| at <= start + length) - 1;
        from..to.max(from)
    }
}

/// How well a run of units fits the place where it stands.
struct Fit<'a> {
    units: &'a [Unit<'a>],
    words: &'a dyn Fn(&str) -> bool,
    /// For each unit the number of its article, and whether that article has a title.
    article: Vec<(usize, bool)>,
    /// The first unit of each article, and the one behind its last.
    bounds: Vec<(usize, usize)>,
}

impl<'a> Fit<'a> {
    fn new(units: &'a [Unit<'a>], articles: &[Article], words: &'a dyn Fn(&str) -> bool) -> Self {
        let mut article = vec![(usize::MAX, false); units.len()];
        let mut bounds = Vec::with_capacity(articles.len());
        for (number, cut) in articles.iter().enumerate() {
            let members = || cut.title.into_iter().chain(cut.parts.iter().map(|part| part.unit));
            for unit in members() {
                article[unit] = (number, cut.title.is_some());
            }
            bounds.push((members().min().unwrap_or(0), members().max().map_or(0, |unit| unit + 1)));
        }
        Fit { units, words, article, bounds }
    }

    fn same_article(&self, left: &std::ops::Range<usize>, right: &std::ops::Range<usize>) -> bool {
        self.article[left.start].0 == self.article[right.start].0
    }

    /// Does the run hold an article from its title to its end?
    fn whole_article(&self, run: &std::ops::Range<usize>) -> bool {
        let (start, end) = self.bounds[self.article[run.start].0];
        run.start <= start && end <= run.end && self.article[run.start].1
    }

    /// Points for a run: negative if it hangs in the air, positive if it is tied to its neighbours.
    fn of(&self, run: &std::ops::Range<usize>) -> i32 {
        if run.is_empty() {
            return 0;
        }
        let (first, last) = (&self.units[run.start], &self.units[run.end - 1]);
        let before = run.start.checked_sub(1).map(|unit| &self.units[unit]);
        let after = self.units.get(run.end);
        let mut points = 0;
        if last.form.is_text() && !is_finished(last.text) && last.text.chars().next_back().is_some_and(is_han) {
            points += match after {
                Some(after) if after.form.is_text() => self.tie(last, after),
                _ => -2,
            };
        }
        match before {
            Some(before) if before.form.is_text() && !is_finished(before.text) => points += self.tie(before, first),
            _ => {}
        }
        let (number, titled) = self.article[run.start];
        if !titled && self.bounds.get(number).is_some_and(|bounds| bounds.0 == run.start) {
            points -= 2;
        }
        if let Some((kind, value)) = ordinal(first.text)
            && value > 1
        {
            let follows = before.and_then(|before| ordinal(before.text)) == Some((kind, value - 1));
            points += if follows { 1 } else { -1 };
        }
        points
    }

    fn tie(&self, first: &Unit<'_>, second: &Unit<'_>) -> i32 {
        let mut open = OpenMarks::default();
        open.read(first.text);
        match seam::seam(first.text, &open, second.text, self.words) {
            Seam::Sewn => 2,
            Seam::Open => 0,
            Seam::Against => -2,
        }
    }
}

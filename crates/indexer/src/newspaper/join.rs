//! Rejoining what the columns cut: which unit goes on in the next one.

use crate::chars::{is_closer, is_finished, is_pause};

use super::forms::Form;
use super::lines::Unit;
use super::seam::{self, OpenMarks, Seam};

/// For every place in `order` (indices of units), whether its unit continues the unit before it.
pub(crate) fn continuations(units: &[Unit<'_>], order: &[usize], words: &dyn Fn(&str) -> bool) -> Vec<bool> {
    let mut joined = vec![false; order.len()];
    let mut open = OpenMarks::default();
    let mut running = false;
    for place in 1..order.len() {
        let (first, second) = (&units[order[place - 1]], &units[order[place]]);
        if !joined[place - 1] {
            open = OpenMarks::default();
            running = false;
        }
        open.read(first.text);
        running = running || is_running(first, &open);
        let third = order.get(place + 1).map(|&unit| &units[unit]);
        joined[place] = goes_on(first, &open, running, second, third, words);
    }
    joined
}

/// Is the unit surely running text, not a headline or the name of something in a list?
pub(crate) fn is_running(unit: &Unit<'_>, open: &OpenMarks) -> bool {
    let ends_in_word = unit.text.chars().next_back().is_some_and(|c| !is_closer(c));
    seam::is_running(unit.text, open) || unit.form == Form::Item && unit.text.contains(is_pause) && ends_in_word
}

/// Does `second` continue `first`?
fn goes_on(
    first: &Unit<'_>,
    open: &OpenMarks,
    running: bool,
    second: &Unit<'_>,
    third: Option<&Unit<'_>>,
    words: &dyn Fn(&str) -> bool,
) -> bool {
    if is_finished(first.text) || !(first.form.is_text() || first.form == Form::Display) {
        return false;
    }
    match second.form {
        Form::Body => seam::joins(first.text, open, running, second.text, words),
        // Set like a headline, but the sentence before it needs it: to be whole, or to close its quotation in the next unit.
        Form::Display | Form::Outcry => {
            let closed_behind = || {
                let mut open = open.clone();
                open.read(second.text);
                third.is_some_and(|third| third.form == Form::Body && open.closed_by(third.text))
            };
            running && (seam::seam(first.text, open, second.text, words) == Seam::Sewn || closed_behind())
        }
        _ => false,
    }
}

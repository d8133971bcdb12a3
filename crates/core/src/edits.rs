//! Slips of the hand: a letter or a character missing, too many, wrong, or swapped with its neighbour.

use crate::Index;
use crate::chars::Class;
use crate::ids::{Symbol, TermId};
use crate::order::Best;
use crate::suggest::Strings;

/// The fewest edits between two words, each an insertion, a deletion, a substitution or a swap of neighbours that are
/// not edited otherwise (optimal string alignment). `None` if more than `limit` are needed.
pub fn distance(a: &[Symbol], b: &[Symbol], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // One row of costs for each of the last two symbols of `a` and the one at hand; no term is longer.
    const WIDTH: usize = crate::spelling::MAX_CHARS + 1;
    if b.len() >= WIDTH {
        return None;
    }
    let mut rows = [[0u8; WIDTH]; 3];
    (0..=b.len()).for_each(|j| rows[2][j] = j as u8);
    for i in 1..=a.len().min(254) {
        rows.rotate_left(1);
        let [before, last, row] = &mut rows;
        row[0] = i as u8;
        let mut least = row[0];
        for j in 1..=b.len() {
            let substituted = last[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            let mut best = substituted.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
            least = least.min(best);
        }
        if usize::from(least) > limit {
            return None;
        }
    }
    Some(usize::from(rows[2][b.len()])).filter(|&cost| cost <= limit)
}

/// How many edits a Latin word of `len` letters may have: none below 4, 1 below 8, else 2.
pub fn allowed(len: usize) -> usize {
    match len {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The Latin terms nearest to `word`: fewest edits first, then those with the same first letter, then the frequent ones.
pub fn nearest_terms(index: &Index, word: &[Symbol], limit: usize) -> Vec<TermId> {
    let allowed = allowed(word.len());
    let mut found = Best::default();
    let mut last: &[Symbol] = &[];
    let letters = letters(word);
    for term in (0..index.terms.len() as u32).map(TermId) {
        let other = index.terms.folded(term);
        if other == last || allowed == 0 || index.alphabet.class(other[0]) != Class::Word {
            continue;
        }
        last = other;
        // An edit changes at most two of the letters that a word has.
        if (letters ^ self::letters(other)).count_ones() as usize > 2 * allowed {
            continue;
        }
        if let Some(edits) = distance(word, other, allowed)
            && edits > 0
        {
            let count = index.terms.get(other, &index.alphabet).map_or(0, |group| index.frequency_of(group));
            let key = (edits as u64) << 33 | u64::from(word[0] != other[0]) << 32 | u64::from(u32::MAX - count);
            found.offer(key, term.0, limit);
        }
    }
    found.items.into_iter().map(TermId).collect()
}

/// Which letters a word has, as bits; letters that fall on one bit only make the test less sharp.
fn letters(word: &[Symbol]) -> u64 {
    word.iter().fold(0, |bits, symbol| bits | 1 << (symbol.0 % 64))
}

/// The most frequent string of the text that is one edit away from `typed`, and how often it stands there.
///
/// At least two neighbouring characters must be as typed: with fewer almost everything would fit.
pub fn nearest_string(typed: &[Symbol], strings: &mut impl Strings) -> Option<(Vec<Symbol>, usize)> {
    let mut best = (Vec::new(), 0);
    let mut offer = |string: Vec<Symbol>, count: usize| {
        if count > best.1 {
            best = (string, count);
        }
    };
    let len = typed.len();
    if !(3..=MAX_STRING).contains(&len) {
        return None;
    }
    for at in 0..len - 1 {
        let mut swapped = typed.to_vec();
        swapped.swap(at, at + 1);
        if swapped != typed {
            let count = strings.count(&swapped);
            offer(swapped, count);
        }
    }
    for at in 0..len {
        // One character too many.
        let shorter = [&typed[..at], &typed[at + 1..]].concat();
        let count = strings.count(&shorter);
        offer(shorter, count);
    }
    for at in 0..=len {
        // One missing, and one wrong.
        for skip in [at, at + 1] {
            if skip <= len && (1..len).contains(&at) | (skip > at) {
                let (before, after) = (&typed[..at], &typed[skip..]);
                if let Some((symbol, count)) = strings.filled(before, after) {
                    offer([before, &[symbol], after].concat(), count);
                }
            }
        }
    }
    (best.1 > 0).then_some(best)
}

/// The longest string that is looked up with an edit: each is some lookups.
const MAX_STRING: usize = 12;

/// The Han character that stands most often between `before` and `after` in the text, and how often it does.
pub(crate) fn filled(index: &Index, before: &[Symbol], after: &[Symbol]) -> Option<(Symbol, usize)> {
    let known = if before.len() >= after.len() { before } else { after };
    if known.len() < 2 {
        return None;
    }
    let mut counts: Vec<(Symbol, usize)> = Vec::new();
    for place in index.find(known) {
        let start = if before.len() >= after.len() { Some(place) } else { place.checked_sub(before.len() as u32 + 1) };
        let Some(start) = start else { continue };
        let gap = start + before.len() as u32;
        let fits = index.text.stands_at(before, start) && index.text.stands_at(after, gap + 1);
        let symbol = index.text.symbol(gap);
        if fits && index.alphabet.class(symbol) == Class::Han {
            match counts.iter_mut().find(|entry| entry.0 == symbol) {
                Some(entry) => entry.1 += 1,
                None => counts.push((symbol, 1)),
            }
        }
    }
    let mut most = None;
    for (symbol, count) in counts {
        if most.is_none_or(|(_, most)| count > most) {
            most = Some((symbol, count));
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The obvious twin: fewest edits by trying everything.
    fn slowly(a: &[Symbol], b: &[Symbol]) -> usize {
        match (a, b) {
            (_, []) => a.len(),
            ([], _) => b.len(),
            ([x, a_rest @ ..], [y, b_rest @ ..]) => {
                let mut best = slowly(a_rest, b_rest) + usize::from(x != y);
                best = best.min(slowly(a_rest, b) + 1).min(slowly(a, b_rest) + 1);
                if let ([x, x2, a_more @ ..], [y, y2, b_more @ ..]) = (a, b)
                    && x == y2
                    && x2 == y
                {
                    best = best.min(slowly(a_more, b_more) + 1);
                }
                best
            }
        }
    }

    proptest! {
        #[test]
        fn distance_agrees_with_the_twin(a in proptest::collection::vec(1u16..4, 0..6), b in proptest::collection::vec(1u16..4, 0..6), limit in 0usize..4) {
            let symbols = |all: Vec<u16>| all.into_iter().map(Symbol).collect::<Vec<_>>();
            let (a, b) = (symbols(a), symbols(b));
            let slow = slowly(&a, &b);
            prop_assert_eq!(distance(&a, &b, limit), (slow <= limit).then_some(slow));
        }
    }

    /// How often each string stands in a text that is one edit from `typed`: a character too many, two swapped, or, with two
    /// neighbours as typed before or behind it, a Han character missing or wrong.
    fn one_edit_away(text: &[Vec<char>], typed: &[char]) -> BTreeMap<Vec<char>, usize> {
        let mut found = BTreeMap::new();
        let symbols = |chars: &[char]| chars.iter().map(|&c| Symbol(c as u16)).collect::<Vec<_>>();
        for len in typed.len() - 1..=typed.len() + 1 {
            for string in text.iter().flat_map(|passage| passage.windows(len)) {
                if slowly(&symbols(typed), &symbols(string)) != 1 {
                    continue;
                }
                let before = string.iter().zip(typed).take_while(|(a, b)| a == b).count();
                let behind = string.iter().rev().zip(typed.iter().rev()).take_while(|(a, b)| a == b).count();
                let mut sorted = [string.to_vec(), typed.to_vec()];
                sorted.iter_mut().for_each(|chars| chars.sort_unstable());
                let swapped = sorted[0] == sorted[1];
                // What is missing is missing inside: at an end it would be another word.
                let inside =
                    len == typed.len() || before > 0 && behind > 0 && before < typed.len() && behind < typed.len();
                let known = before.max(behind) >= 2 && inside;
                if len < typed.len() || swapped || known {
                    *found.entry(string.to_vec()).or_insert(0) += 1;
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn the_nearest_string_is_the_most_frequent_of_all(
            text in proptest::collection::vec(proptest::collection::vec("[国际合作]", 1..30), 1..4), typed in "[国际合作]{3,5}",
        ) {
            let index = crate::testing::index(std::slice::from_ref(&text));
            let text: Vec<Vec<char>> = text.iter().map(|passage| passage.concat().chars().collect()).collect();
            let typed: Vec<char> = typed.chars().collect();
            let symbols: Vec<Symbol> = typed.iter().map(|&c| index.alphabet.symbol(c)).collect();
            let stands = text.iter().any(|passage| passage.windows(typed.len()).any(|string| string == typed));
            prop_assume!(!stands);
            let all = one_edit_away(&text, &typed);
            let found = nearest_string(&symbols, &mut &index);
            prop_assert_eq!(found.as_ref().map(|found| found.1), all.values().max().copied());
            if let Some((string, count)) = found {
                let string: Vec<char> = string.iter().map(|&symbol| index.alphabet.member(symbol, 0)).collect();
                prop_assert_eq!(all.get(&string), Some(&count));
            }
        }

        #[test]
        fn the_nearest_terms_are_those_of_a_look_at_all(
            tokens in proptest::collection::vec("[abc]{3,6}", 1..20), word in "[abc]{4,6}", limit in 1usize..4,
        ) {
            let index = crate::testing::index(&[vec![tokens.clone()]]);
            let symbols = |text: &str| text.chars().map(|c| index.alphabet.symbol(c)).collect::<Vec<_>>();
            let word = symbols(&word);
            let mut all: Vec<(usize, bool, u32, TermId)> = Vec::new();
            for term in (0..index.terms.len() as u32).map(TermId) {
                let other = index.terms.folded(term);
                let edits = slowly(&word, other);
                if (1..=allowed(word.len())).contains(&edits) {
                    let count = tokens.iter().filter(|token| symbols(token) == other).count() as u32;
                    all.push((edits, word[0] != other[0], u32::MAX - count, term));
                }
            }
            all.sort_unstable();
            let expected: Vec<TermId> = all.into_iter().take(limit).map(|found| found.3).collect();
            prop_assert_eq!(nearest_terms(&index, &word, limit), expected);
        }
    }
}

//! Completions over pieces: words that go on as what was typed, as far as those pieces hold them that come with the first hop of a search.

use super::keys::Entry;
use super::looking::Looking;
use super::plan::Loaded;
use super::{Family, Piece};
use crate::chars::Class;
use crate::ids::Symbol;
use crate::order::sorted;
use crate::query::{spread, trimmed};

/// What one character begins is in too many pieces; in symbols.
const MIN_PREFIX: usize = 2;
/// In how many pieces words are looked for.
const MAX_PIECES: u32 = 2;

impl Looking<'_> {
    /// Words of Han that start with `prefix`, those on the most pages first, at most `limit`; some may be lacking while pieces are, which is
    /// noted.
    pub(super) fn complete(&mut self, prefix: &str, limit: usize) -> Vec<String> {
        let alphabet = &self.cut.root.alphabet;
        let prefix = spread(alphabet, &trimmed(prefix));
        let words = self.completing(&prefix);
        let first = |a: usize, b: usize| words[a].holding > words[b].holding;
        let mut found = Vec::new();
        for at in sorted(words.len(), &first).into_iter().take(limit) {
            let mut text = String::new();
            for &symbol in &words[at as usize].key {
                text.push(alphabet.member(symbol, 0));
            }
            found.push(text);
        }
        found
    }

    /// Looks for the words of Han that start with `prefix` in the piece of keys that holds what begins with it, and in the next one if that still
    /// does. Of more pieces the first ones have what is frequent: symbols are numbered by how frequent they are. Those that are missing are noted.
    pub(super) fn completing(&mut self, prefix: &[Symbol]) -> Vec<Entry> {
        let mut words = Vec::new();
        let root = &self.cut.root;
        let han = prefix.first().is_some_and(|&first| root.alphabet.class(first) == Class::Han);
        if !han || prefix.len() < MIN_PREFIX || prefix.contains(&Symbol::UNKNOWN) {
            return words;
        }
        let Some(mut number) = root.piece_of(prefix) else { return words };
        for _ in 0..MAX_PIECES {
            if let Some(Loaded::Keys(keys)) = self.piece(Piece { family: Family::Keys, number }) {
                keys.words(prefix, &mut words);
            }
            number += 1;
            if root.figures.starts.get(number as usize).is_none_or(|start| !start.starts_with(prefix)) {
                break;
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Cut;
    use super::super::twin::supply;
    use super::super::write::{Files, Sizes, write, write_in};
    use super::*;
    use crate::ids::TermId;
    use crate::pages::Kind;
    use crate::{Index, testing};
    use core::cmp::Reverse;
    use proptest::prelude::*;

    /// From nothing.
    fn completions(files: &Files, typed: &str, limit: usize) -> Vec<String> {
        let mut cut = Cut::open(&files.root).unwrap();
        loop {
            match cut.complete(typed, limit) {
                Ok(found) => return found,
                Err(needs) => supply(&mut cut, files, needs),
            }
        }
    }

    /// By looking for every word of the whole index in every passage of every page.
    fn slowly(index: &Index, pages: &[Vec<Vec<String>>], typed: &str) -> Vec<String> {
        let symbols = |text: &str| spread(&index.alphabet, &trimmed(text));
        let typed = symbols(typed);
        let mut words = Vec::new();
        let mut at = 0;
        while at < index.terms.len() as u32 {
            let group = index.terms.group(TermId(at));
            let word = index.terms.folded(group.first);
            if word.starts_with(&typed) {
                let holds = |page: &&Vec<Vec<String>>| {
                    page.iter().any(|passage| symbols(&passage.concat()).windows(word.len()).any(|other| other == word))
                };
                words.push((Reverse(pages.iter().filter(holds).count()), word.to_vec()));
            }
            at = group.end.0;
        }
        words.sort();
        words.iter().map(|(_, word)| word.iter().map(|&symbol| index.alphabet.member(symbol, 0)).collect()).collect()
    }

    proptest! {
        #[test]
        fn completions_are_those_of_a_look_at_all(
            pages in proptest::collection::vec(
                proptest::collection::vec(proptest::collection::vec("[国国际際合]{1,5}", 0..9), 1..3), 1..9,
            ),
            typed in "[国国际合]{2,3}|国[a作]",
            limit in 1usize..9,
        ) {
            let bytes = testing::bytes(&pages, Kind::Title);
            let index = Index::open(bytes.clone()).unwrap();
            let mut all = slowly(&index, &pages, &typed);
            // Where there are many pieces some may be left out, but none is out of order or no word.
            let files = write_in(bytes.clone(), &Sizes { keys: 20, list: 20, lists: 9, text: 100 }).unwrap();
            let mut later = all.iter();
            for word in completions(&files, &typed, limit) {
                prop_assert!(later.any(|other| *other == word), "{word} of {all:?}");
            }
            all.truncate(limit);
            prop_assert_eq!(completions(&write(bytes).unwrap(), &typed, limit), all);
        }
    }

    #[test]
    fn of_letters_and_of_one_character_there_are_none() {
        let bytes =
            testing::bytes(&[vec![vec!["国际".to_owned(), "国际法".to_owned(), "react".to_owned()]]], Kind::Title);
        let files = write(bytes).unwrap();
        for (typed, found) in [("国", 0), ("rea", 0), ("", 0), ("国\u{0}", 0), ("国际", 2), (" 国际 ", 2)] {
            assert_eq!(completions(&files, typed, 8).len(), found, "{typed}");
        }
    }
}

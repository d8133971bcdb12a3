//! Whether another query may be meant by one that finds little, as far as the pieces tell that it has loaded itself.

use super::grams::telling;
use super::holding::together;
use super::keys::Place;
use super::list::Posting;
use super::looking::{Looking, MAX_GRAMS};
use crate::Index;
use crate::answer::{Outcome, Strength};
use crate::chars::{Class, class, simple_fold};
use crate::ids::Symbol;
use crate::query::{pieces, spread};
use crate::suggest::{self, Letters};

impl Looking<'_> {
    /// Whether so little was found of a query that another may be meant: a part of it stands nowhere, or letters that stand nowhere as
    /// words may be pinyin. A part is taken to stand somewhere if the short lists that were loaded do not say that it does not.
    pub(super) fn doubtful(&mut self, words: &Index, text: &str, outcome: &Outcome) -> bool {
        let chars = suggest::meant_by(words, text).filter(|_| outcome.little);
        let Some(chars) = chars else { return false };
        let weak = outcome.strength != Strength::Real;
        match outcome.letters {
            Letters::Words => weak,
            Letters::NoWords => weak || outcome.few,
            Letters::No => {
                let runs = pieces(&chars);
                let kind = |run: &Vec<char>| run.first().map(|&c| class(simple_fold(c)));
                let mixed =
                    [Class::Han, Class::Word].iter().all(|class| runs.iter().any(|run| kind(run) == Some(*class)));
                mixed && weak
                    || runs.iter().any(|run| {
                        let symbols = spread(&words.alphabet, run);
                        match kind(run) {
                            // One run alone has been looked for.
                            Some(Class::Han) if runs.len() == 1 => outcome.apart,
                            Some(Class::Han) => self.absent(&symbols),
                            Some(Class::Word) => words.terms.get(&symbols, &words.alphabet).is_none(),
                            _ => false,
                        }
                    })
            }
        }
    }

    /// Whether what is loaded says that a string of Han stands nowhere.
    fn absent(&mut self, string: &[Symbol]) -> bool {
        let root = &self.cut.root;
        if let [symbol] = *string {
            return symbol == Symbol::UNKNOWN;
        }
        let mut all: Option<Vec<Posting>> = None;
        for gram in telling(&root.alphabet, string, true).into_iter().take(MAX_GRAMS) {
            let Some(entry) = self.gram(&string[gram]) else { return true };
            if matches!(entry.place, Place::Here(_)) {
                let list = self.list(&entry).ok().flatten().unwrap_or_default();
                all = Some(all.map_or_else(|| list.clone(), |before| together(&before, &list)));
            }
        }
        all.is_some_and(|all| all.is_empty())
    }
}

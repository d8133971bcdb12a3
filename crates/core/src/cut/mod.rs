//! An index in many small files, for sites too large to download.
//!
//! A query fetches the few pieces it needs: of the dictionary with the lists of pages that hold each key, then the texts of the
//! parts of pages that may be shown. Lists choose candidates and tell how good they are; what is shown has been found in the text by
//! the same code that searches a whole index, over a small index put together from the texts, which is told what is known of the whole
//! site.
//!
//! | module | for |
//! |---|---|
//! | [`write`], `gather` | from a whole index to the files of a cut one; the lists of all keys |
//! | [`root`] | the file that is loaded first: alphabet, figures, where each piece begins |
//! | [`keys`], [`list`] | pieces of the dictionary; which pages hold a key, how well, and in which parts |
//! | [`texts`], [`tokens`] | pieces of text, and the small index of what is loaded; their tokens |
//! | [`grams`] | which keys stand for any string at all |
//! | [`plan`], `looking` | answering from loaded pieces; going through a query, noting what is missing |
//! | `asked`, `holding`, [`candidates`] | a query with what lists tell of it; which pages may answer it |
//! | [`columns`], `chosen` | what pages can be filtered and sorted by; which pages are chosen, and their order |
//! | `complete` | completions |
//! | `explain` | why a page stands where it stands |
//! | [`words`], `doubt`, `meant` | the words of the site by sound and letters; whether another query may be meant, and which |

mod asked;
pub mod candidates;
#[cfg(feature = "meant")]
pub mod chosen;
pub mod columns;
mod complete;
mod doubt;
#[cfg(feature = "meant")]
mod explain;
mod gather;
pub mod grams;
mod holding;
pub mod keys;
pub mod list;
mod looking;
#[cfg(feature = "meant")]
mod meant;
pub mod plan;
mod response;
pub mod root;
pub mod texts;
pub mod tokens;
#[cfg(test)]
mod twin;
pub mod words;
pub mod write;

use crate::container::hash;
use crate::ids::{PageId, Symbol};
use crate::index::Field;
use crate::occurrences::{Occurrences, OnPage};
use crate::query::Unit;
use crate::{Error, Index};
use list::Posting;

/// What a piece holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Keys in their order, with short lists.
    Keys,
    /// One long list.
    List,
    /// The text of some pages.
    Text,
    /// Words by sound and letters; number 0 says where they are.
    Words,
    /// Filters and sorts; number 0 says which there are.
    Facets,
}

/// A piece: its family, and its number in it, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece {
    /// What it holds.
    pub family: Family,
    /// Which of its family it is.
    pub number: u32,
}

/// The length of the checksum that each piece starts with, in bytes.
pub const CHECK: usize = 8;

impl Piece {
    /// The name of its file.
    pub fn name(self) -> String {
        let letter = match self.family {
            Family::Keys => 'k',
            Family::List => 'l',
            Family::Text => 't',
            Family::Words => 'w',
            Family::Facets => 'f',
        };
        // Digit by digit: there is no formatting in the engine.
        let mut digits = Vec::new();
        let mut rest = self.number;
        while rest > 0 || digits.is_empty() {
            digits.push(char::from(b'0' + (rest % 10) as u8));
            rest /= 10;
        }
        core::iter::once(letter).chain(digits.into_iter().rev()).collect()
    }

    /// The piece of a name.
    pub fn named(name: &str) -> Option<Piece> {
        let family = match name.chars().next()? {
            'k' => Family::Keys,
            'l' => Family::List,
            't' => Family::Text,
            'w' => Family::Words,
            'f' => Family::Facets,
            _ => return None,
        };
        Some(Piece { family, number: name.get(1..)?.parse().ok()? })
    }

    /// The checksum of its content: it differs between pieces, and between builds, of the same content.
    fn check(self, build: u64, content: &[u8]) -> u64 {
        hash(content, build ^ (u64::from(self.number) << 3 | self.family as u64))
    }

    /// The bytes of the piece, unpacked: checksum and content.
    pub fn seal(self, build: u64, content: &[u8]) -> Vec<u8> {
        let mut bytes = self.check(build, content).to_le_bytes().to_vec();
        bytes.extend_from_slice(content);
        bytes
    }

    /// The content of a piece that belongs to a build.
    ///
    /// # Errors
    /// [`Error::WrongPiece`] for bytes of another piece, of another build, or damaged.
    pub fn content(self, build: u64, bytes: &[u8]) -> Result<&[u8], Error> {
        match bytes.split_first_chunk::<CHECK>() {
            Some((check, content)) if u64::from_le_bytes(*check) == self.check(build, content) => Ok(content),
            _ => Err(Error::WrongPiece { piece: self.number as u16 }),
        }
    }
}

/// What a small index of parts of some pages is told of the whole site.
#[derive(Debug, Clone, Default)]
pub struct Whole {
    /// How many pages the site has.
    pub pages: usize,
    /// How many tokens its text has.
    pub tokens: usize,
    /// The mean length of each field.
    pub average: [u32; Field::COUNT],
    /// What is known of the keys of a query ([`grams::key_of`]), ascending.
    pub known: Vec<Known>,
    /// For each page of the small index the lengths of its fields.
    pub lengths: Vec<[u32; Field::COUNT]>,
    /// For each passage of the small index which part of its page it belongs to, and whether it is the first paragraph of it.
    pub places: Vec<(u8, bool)>,
    /// For each unit of the query what its list says of the pages of the small index, by their numbers in it; nothing if the list is not
    /// certain.
    pub units: Vec<Vec<Posting>>,
    /// The same of the query as a whole.
    pub literal: Vec<Posting>,
    /// In an index of words without text, how often each of its terms occurs.
    pub counts: Vec<u32>,
}

/// What is known of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The string.
    pub form: Vec<Symbol>,
    /// If it is a word, the binary logarithm of how often the most frequent of its forms occurs.
    pub weight: Option<u32>,
    /// How many pages hold it.
    pub holding: u32,
}

impl Whole {
    fn get(&self, form: &[Symbol]) -> Option<&Known> {
        self.known.binary_search_by(|known| known.form[..].cmp(form)).ok().map(|at| &self.known[at])
    }

    /// Takes what is known of a string: 1 more than its weight if it is a word, else 0; and how many pages hold it.
    fn learn(&mut self, form: &[Symbol], weight: u8, holding: u32) {
        let known = Known { form: form.to_vec(), weight: weight.checked_sub(1).map(u32::from), holding };
        match self.known.binary_search_by(|known| known.form[..].cmp(form)) {
            Ok(at) => self.known[at] = known,
            Err(at) => self.known.insert(at, known),
        }
    }

    /// How many pages hold a unit; `loaded`, those that were loaded, if nothing is known of it.
    pub(crate) fn holding(&self, unit: &Unit, index: &Index, loaded: usize) -> usize {
        let form = grams::key_of(&index.alphabet, unit);
        self.get(&form).map_or(loaded, |known| known.holding as usize)
    }

    /// What the list of a unit of the query says of a page of the small index; `None` if it says nothing.
    pub(crate) fn unit(&self, unit: usize, page: PageId) -> Option<&Posting> {
        of_page(self.units.get(unit)?, page)
    }

    /// The same of the query as a whole.
    pub(crate) fn literal(&self, page: PageId) -> Option<&Posting> {
        of_page(&self.literal, page)
    }

    /// Adds the pages that hold a unit where nothing of it is loaded.
    pub(crate) fn complete(&self, unit: usize, mut found: Occurrences) -> Occurrences {
        for posting in self.units.get(unit).into_iter().flatten() {
            let page = PageId(posting.page);
            let Err(at) = found.pages.binary_search_by_key(&page, |on_page| on_page.page) else { continue };
            let end = at.checked_sub(1).map_or(0, |before| found.pages[before].range.end);
            found.pages.insert(at, OnPage { page, range: end..end, counts: Default::default(), exact: false });
        }
        found
    }

    /// The weight of a word ([`crate::segment`]).
    pub(crate) fn weight(&self, form: &[Symbol]) -> u32 {
        self.get(form).and_then(|known| known.weight).unwrap_or(0)
    }
}

fn of_page(list: &[Posting], page: PageId) -> Option<&Posting> {
    list.binary_search_by_key(&page.0, |posting| posting.page).ok().map(|at| &list[at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_come_back(number: u32, build: u64, other: u64, content: Vec<u8>) {
            for family in [Family::Keys, Family::List, Family::Text, Family::Words, Family::Facets] {
                let piece = Piece { family, number };
                prop_assert_eq!(Piece::named(&piece.name()), Some(piece));
                prop_assert_eq!(&piece.name()[1..], number.to_string());
                // A piece is taken for itself alone.
                let sealed = piece.seal(build, &content);
                prop_assert_eq!(piece.content(build, &sealed), Ok(&content[..]));
                prop_assert!(other == build || piece.content(other, &sealed).is_err());
                let next = Piece { number: number ^ 1, ..piece };
                prop_assert!(next.content(build, &sealed).is_err());
                prop_assert!(piece.content(build, &sealed[..sealed.len() - 1]).is_err());
            }
        }
    }
}

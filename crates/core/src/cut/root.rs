//! The root: what is loaded before anything else. It grows with the alphabet and the number of pieces, not with the pages.

use super::keys;
use crate::Error;
use crate::alphabet::{self, Alphabet};
use crate::container::{self, Section, Table, range};
use crate::ids::Symbol;
use crate::index::Field;
use crate::rank::PARTS;
use crate::varint::{self, Reader};

/// The number of the section that only a cut index has.
pub const SECTION: u16 = 8;

/// The list of pages that hold a symbol is a piece of its own. Such lists are the last ones, in the order of the symbols.
pub const APART: u8 = 0x40;
/// So is the list of those that have it as a word.
pub const OWN_APART: u8 = 0x80;

/// The most pages that a site may have: eight parts of each are told apart by numbers of 32 bits.
pub const MAX_PAGES: u32 = u32::MAX / PARTS;

/// What is known of the whole site, and where its pieces begin.
#[derive(Debug, Clone)]
pub struct Root {
    /// The alphabet of all pieces.
    pub alphabet: Alphabet,
    /// Figures, and where each piece of keys begins.
    pub figures: Figures,
}

/// What the section holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// A hash of the contents of all pieces: which build they belong to.
    pub build: u64,
    /// How many pages there are.
    pub pages: u32,
    /// How many passages.
    pub passages: u32,
    /// How many characters their text has.
    pub characters: u32,
    /// How many terms.
    pub terms: u32,
    /// How many tokens the text has.
    pub tokens: u32,
    /// How many bytes all pieces have, without the root.
    pub bytes: u32,
    /// The mean length of each field, in symbols.
    pub average: [u32; Field::COUNT],
    /// How many long lists there are.
    pub lists: u32,
    /// How many pieces tell what pages can be filtered and sorted by: none if there is nothing.
    pub facets: u32,
    /// For each symbol, from 1: 0 if it is no word of its own, else 1 more than the binary logarithm of how often it is; with [`APART`] and
    /// [`OWN_APART`].
    pub weights: Vec<u8>,
    /// What each piece of text begins with, ascending: eight times the number of the page, and its part.
    pub texts: Vec<u32>,
    /// What each piece of keys begins with, ascending in the order of [`keys::order`]: no key before the piece is as great, and none in it
    /// less.
    pub starts: Vec<Vec<Symbol>>,
}

impl Root {
    /// The piece of keys that holds a key if any does.
    pub fn piece_of(&self, key: &[Symbol]) -> Option<u32> {
        let behind = self.figures.starts.partition_point(|start| keys::order(start, key).is_le());
        behind.checked_sub(1).map(|at| at as u32)
    }

    /// Of a symbol, its weight as [`Figures::weights`] has it, if it is one.
    pub fn weight(&self, symbol: Symbol) -> Option<u8> {
        let weight = self.figures.weights.get(usize::from(symbol.0).checked_sub(1)?)?;
        Some(weight & !(APART | OWN_APART))
    }

    /// The number of the list of a symbol, of where it is a word of its `own`, if that is a piece.
    pub fn list_of(&self, symbol: Symbol, own: bool) -> Option<u32> {
        let weights = &self.figures.weights;
        let at = usize::from(symbol.0).checked_sub(1).filter(|&at| at < weights.len())?;
        let lists = |weights: &[u8]| weights.iter().map(|weight| (weight >> 6).count_ones()).sum::<u32>();
        let before = u32::from(own && weights[at] & APART > 0);
        let is = weights[at] & if own { OWN_APART } else { APART } > 0;
        is.then(|| (self.figures.lists + before).checked_sub(lists(&weights[at..]))).flatten()
    }

    /// The piece that holds a part of a page.
    pub fn text_of(&self, page: u32, part: u32) -> Option<u32> {
        let wanted = page * PARTS + part.min(PARTS - 1);
        self.figures.texts.partition_point(|&first| first <= wanted).checked_sub(1).map(|at| at as u32)
    }

    /// Reads a root.
    ///
    /// # Errors
    /// As for a whole index; [`Error::MissingSection`] if it is one.
    pub fn open(bytes: &[u8]) -> Result<Root, Error> {
        let table = Table::read(bytes)?;
        table.check_piece(0, bytes)?;
        let section = |section: u16| {
            let entry = table.entries().iter().find(|entry| entry.section == section);
            entry.map(|entry| &bytes[range(entry)]).ok_or(Error::MissingSection { section })
        };
        let figures = section(SECTION)?;
        let alphabet = Alphabet::read(section(alphabet::SECTION)?)?;
        let figures = Figures::read(figures, alphabet.len())?;
        Ok(Root { alphabet, figures })
    }
}

/// Writes a root.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(alphabet: Section, figures: &Figures) -> Result<Vec<u8>, Error> {
    let figures = Section { section: SECTION, piece: 0, bytes: figures.write() };
    Ok(container::write(&[alphabet, figures])?.swap_remove(0))
}

impl Figures {
    fn write(&self) -> Vec<u8> {
        let mut out = self.build.to_le_bytes().to_vec();
        let sizes = [self.pages, self.passages, self.characters, self.terms, self.tokens, self.bytes];
        for number in sizes.into_iter().chain([self.lists, self.facets]).chain(self.average) {
            varint::put(&mut out, number);
        }
        out.extend_from_slice(&self.weights);
        varint::put(&mut out, self.texts.len() as u32);
        let mut last = 0;
        for &first in &self.texts {
            varint::put(&mut out, first - last);
            last = first;
        }
        varint::put(&mut out, self.starts.len() as u32);
        let mut last: &[Symbol] = &[];
        for start in &self.starts {
            keys::put_key(&mut out, last, start);
            last = start;
        }
        out
    }

    fn read(bytes: &[u8], symbols: usize) -> Result<Figures, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut build = 0;
        for shift in 0..8 {
            build |= u64::from(reader.byte()?) << (8 * shift);
        }
        let mut numbers = [0; 8];
        for number in &mut numbers {
            *number = reader.number()?;
        }
        let [pages, passages, characters, terms, tokens, bytes, lists, facets] = numbers;
        let sizes = Figures { pages, passages, characters, terms, tokens, bytes, ..Figures::default() };
        let mut figures = Figures { build, lists, facets, ..sizes };
        for average in &mut figures.average {
            *average = reader.number()?.max(1);
        }
        figures.weights = reader.take(symbols)?.to_vec();
        let mut first = 0;
        for _ in 0..reader.count(1)? {
            let beyond = reader.number()?;
            first = u32::checked_add(first, beyond).ok_or(reader.corrupt())?;
            // The first piece begins with the first page; none begins as another does, or behind the last page.
            if (beyond == 0) != figures.texts.is_empty() || first / PARTS >= pages {
                return Err(reader.corrupt());
            }
            figures.texts.push(first);
        }
        for _ in 0..reader.count(1)? {
            let last = figures.starts.last().map_or(&[][..], |start| start);
            let start = keys::key(&mut reader, last)?;
            if !figures.starts.is_empty() && keys::order(last, &start).is_ge() {
                return Err(reader.corrupt());
            }
            figures.starts.push(start);
        }
        reader.finish()?;
        if pages > MAX_PAGES || figures.weights.iter().any(|&weight| weight & !(APART | OWN_APART) > 32) {
            return Err(reader.corrupt());
        }
        Ok(figures)
    }
}

//! A cut index with its loaded pieces: it answers, or says which pieces it needs.
//!
//! Nothing is remembered of a query: it is gone through from the start with the pieces that are there, and says which are
//! missing, all of a hop at once. It looks at no other piece, so its answer does not depend on what was loaded before.

#[cfg(feature = "meant")]
use super::chosen::Asking;
#[cfg(feature = "meant")]
use super::columns::{self, Directory as Columns};
use super::keys::Keys;
use super::looking::Looking;
use super::root::{self, Root};
use super::texts;
#[cfg(feature = "meant")]
use super::words::{self, Directory};
use super::{Family, Piece};
#[cfg(feature = "meant")]
use crate::answer::Hit;
use crate::answer::{Answer, Options, Outcome, Reading};
use crate::rank::{self, Knobs};
#[cfg(feature = "meant")]
use crate::response::Value;
use crate::varint::Reader;
use crate::{Error, Index};

/// A cut index, with the pieces that are loaded.
#[derive(Debug, Clone)]
pub struct Cut {
    pub(super) root: Root,
    /// In the order of their names: the code of a tree would be a twentieth of the engine.
    pieces: Vec<(Piece, Held)>,
    /// How often something was asked.
    asked: u32,
}

/// A piece that is loaded.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) loaded: Loaded,
    /// The length of its file, unpacked.
    bytes: usize,
    /// When it was last needed, as the number of the question.
    used: u32,
}

#[derive(Debug, Clone)]
pub(super) enum Loaded {
    Keys(Keys),
    /// How many pages, and the list.
    List(u32, Vec<u8>),
    /// The number of the first page, and the content.
    Text(u32, Vec<u8>),
    #[cfg(feature = "meant")]
    Columns(Box<Columns>),
    #[cfg(feature = "meant")]
    Column(Vec<u8>),
    #[cfg(feature = "meant")]
    Directory(Box<Directory>),
    #[cfg(feature = "meant")]
    Words(Vec<u8>),
}

/// How far a query is.
#[derive(Debug, Clone)]
pub enum Step {
    /// These pieces are to be supplied; then it is asked again.
    Needs(Vec<Piece>),
    /// It is answered.
    Done(Box<Answered>),
}

/// An answer, and what it speaks of.
#[derive(Debug, Clone)]
pub struct Answered {
    /// An index of the pages that were looked at.
    pub index: Index,
    /// The numbers in the site of its pages.
    pub numbers: Vec<u32>,
    /// The answer; its pages are those of `index`.
    pub answer: Answer,
    /// Whether all pages that answer were looked at, so that the total is exact and no lower bound.
    pub all: bool,
    /// What was found, if it is so little that another query may be meant, which an engine without the feature `meant` does not look for.
    pub(super) doubtful: Option<Outcome>,
    /// Answers to what was meant instead, whose hits come behind these.
    #[cfg(feature = "meant")]
    pub further: Vec<Answered>,
    /// The pages of the site that are known to answer, whether or not they are shown.
    #[cfg(feature = "meant")]
    pub(super) answering: Vec<u32>,
}

#[cfg(feature = "meant")]
impl Answered {
    /// All hits in their order, each with the number of its page in the site and the index that it is of.
    pub fn hits(&self) -> impl Iterator<Item = (u32, &Index, &Hit)> {
        let all = core::iter::once(self).chain(&self.further);
        all.flat_map(|one| one.answer.hits.iter().map(|hit| (one.numbers[hit.page.0 as usize], &one.index, hit)))
    }
}

/// A page for reading, or what it needs.
#[derive(Debug, Clone)]
pub enum Opened {
    /// These pieces are to be supplied; then it is asked again.
    Needs(Vec<Piece>),
    /// An index of this page alone, and its text with marks.
    Done(Box<(Index, Reading)>),
}

/// An explanation, or what it needs.
#[cfg(feature = "meant")]
#[derive(Debug, Clone, PartialEq)]
pub enum Explained {
    /// These pieces are to be supplied; then it is asked again.
    Needs(Vec<Piece>),
    /// [`Value::Null`] if the page does not answer.
    Done(Value<'static>),
}

impl Cut {
    /// Opens a cut index by its root.
    ///
    /// # Errors
    /// Those of [`Root::open`].
    pub fn open(root: &[u8]) -> Result<Cut, Error> {
        Ok(Cut { root: Root::open(root)?, pieces: Vec::new(), asked: 0 })
    }

    /// What is known of the site.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Takes a piece, unpacked.
    ///
    /// # Errors
    /// [`Error::WrongPiece`] for bytes that are not this piece of this build, [`Error::Corrupt`].
    pub fn supply(&mut self, piece: Piece, bytes: &[u8]) -> Result<(), Error> {
        let content = piece.content(self.root.figures.build, bytes)?;
        let loaded = match piece.family {
            Family::Keys => Loaded::Keys(Keys::read(content)?),
            Family::List => {
                let mut reader = Reader::new(content, root::SECTION);
                let count = reader.number()?;
                Loaded::List(count, reader.take(reader.left())?.to_vec())
            }
            Family::Text => {
                let begins = self.root.figures.texts.get(piece.number as usize);
                let begins = begins.ok_or(Error::WrongPiece { piece: piece.number as u16 })?;
                let first = begins / rank::PARTS;
                texts::read(content, first)?;
                Loaded::Text(first, content.to_vec())
            }
            #[cfg(feature = "meant")]
            Family::Words if piece.number == 0 => Loaded::Directory(Box::new(Directory::read(content, &self.root)?)),
            #[cfg(feature = "meant")]
            Family::Words => {
                words::read(content)?;
                Loaded::Words(content.to_vec())
            }
            #[cfg(feature = "meant")]
            Family::Facets if piece.number == 0 => Loaded::Columns(Box::new(Columns::read(content)?)),
            #[cfg(feature = "meant")]
            Family::Facets => Loaded::Column(content.to_vec()),
            #[cfg(not(feature = "meant"))]
            Family::Words | Family::Facets => return Err(Error::WrongPiece { piece: piece.number as u16 }),
        };
        let held = Held { loaded, bytes: bytes.len(), used: self.asked };
        match self.place(piece) {
            Ok(at) => self.pieces[at].1 = held,
            Err(at) => self.pieces.insert(at, (piece, held)),
        }
        Ok(())
    }

    /// Where a piece is among those that are loaded, or would be.
    fn place(&self, piece: Piece) -> Result<usize, usize> {
        self.pieces.binary_search_by_key(&piece, |(piece, _)| *piece)
    }

    /// A piece, if it is loaded.
    pub(super) fn loaded(&self, piece: Piece) -> Option<&Loaded> {
        Some(&self.pieces[self.place(piece).ok()?].1.loaded)
    }

    /// Forgets the pieces that were not needed for the longest time, until those that are left have at most `bytes` bytes. One that
    /// is forgotten is asked for again when it is needed, so that no answer changes.
    pub fn keep(&mut self, bytes: usize) {
        let mut held: usize = self.pieces.iter().map(|(_, held)| held.bytes).sum();
        while held > bytes
            && let Some((oldest, _)) = self.pieces.iter().enumerate().min_by_key(|(_, (_, held))| held.used)
        {
            held -= self.pieces.remove(oldest).1.bytes;
        }
    }

    /// Answers a query, or says what it needs. With the feature `meant` one that finds little is answered by what else may be meant.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn search(&mut self, text: &str, options: Options, knobs: &Knobs) -> Result<Step, Error> {
        #[cfg(feature = "meant")]
        return self.look(|looking| looking.search(text, options, knobs, None));
        #[cfg(not(feature = "meant"))]
        self.search_typed(text, options, knobs)
    }

    /// Answers a query by what was typed alone, where the words that may be meant cannot be had.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn search_typed(&mut self, text: &str, options: Options, knobs: &Knobs) -> Result<Step, Error> {
        self.look(|looking| looking.typed(text, options, knobs))
    }

    /// Answers a query with the pages of a selection, as [`Index::select`] does, by what was `typed` alone or also by what else may be meant.
    /// `counted`: how many pages have each value of each filter is counted; where the total is a lower bound, so are these.
    ///
    /// # Errors
    /// [`Error::NoSuchField`], [`Error::Corrupt`].
    #[cfg(feature = "meant")]
    pub fn select(&mut self, text: &str, asked: Asking<'_>, knobs: &Knobs) -> Result<Step, Error> {
        self.look(|looking| looking.select(text, asked, knobs))
    }

    /// Completions of what has been typed so far, best first, at most `limit`: words of Han, from the second character on.
    ///
    /// # Errors
    /// The pieces that are to be supplied first.
    pub fn complete(&mut self, prefix: &str, limit: usize) -> Result<Vec<String>, Vec<Piece>> {
        self.look(|looking| {
            let found = looking.complete(prefix, limit);
            if looking.missing.is_empty() { Ok(found) } else { Err(looking.missing.clone()) }
        })
    }

    /// Why a page stands where it stands in the answer to a query as it was typed ([`crate::response::explanation`]), or what that needs.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`], [`Error::Corrupt`].
    #[cfg(feature = "meant")]
    pub fn explain(&mut self, page: u32, text: &str, knobs: &Knobs) -> Result<Explained, Error> {
        self.look(|looking| {
            let explained = looking.explain(page, text, knobs)?;
            Ok(explained.map_or_else(|| Explained::Needs(looking.missing.clone()), Explained::Done))
        })
    }

    /// What pages can be filtered and sorted by, if there is anything; or the piece that is to be supplied first.
    ///
    /// # Errors
    /// The piece.
    #[cfg(feature = "meant")]
    pub fn columns(&self) -> Result<Option<&Columns>, Piece> {
        if self.root.figures.facets == 0 {
            return Ok(None);
        }
        match self.loaded(columns::DIRECTORY) {
            Some(Loaded::Columns(columns)) => Ok(Some(columns)),
            _ => Err(columns::DIRECTORY),
        }
    }

    /// A page for reading, with what a query finds in it marked, or what that needs.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`], [`Error::Corrupt`].
    pub fn read(&mut self, page: u32, text: &str) -> Result<Opened, Error> {
        #[cfg(feature = "meant")]
        return self.look(|looking| looking.read_meant(page, text));
        #[cfg(not(feature = "meant"))]
        self.read_typed(page, text)
    }

    /// The same with what was typed marked alone, where the words that may be meant cannot be had.
    ///
    /// # Errors
    /// Those of [`Cut::read`].
    pub fn read_typed(&mut self, page: u32, text: &str) -> Result<Opened, Error> {
        self.look(|looking| looking.read(page, text))
    }

    /// Goes through the pieces, and notes those that were needed.
    fn look<T>(&mut self, look: impl FnOnce(&mut Looking<'_>) -> T) -> T {
        let mut looking = Looking::new(self);
        let found = look(&mut looking);
        let used = looking.used;
        self.asked += 1;
        for piece in used {
            if let Ok(at) = self.place(piece) {
                self.pieces[at].1.used = self.asked;
            }
        }
        found
    }
}

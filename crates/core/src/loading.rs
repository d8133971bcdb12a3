//! Opening an index without doing any I/O: the loader says which pieces it needs and is handed their bytes.
//!
//! An index inside a wasm module, one file, and a root with further files are opened by the same steps:
//!
//! ```
//! use jisou_core::{loading::Loading, Error, Index};
//! fn open(mut fetch: impl FnMut(u16) -> Vec<u8>) -> Result<Index, Error> {
//!     let mut loading = Loading::new();
//!     while let Some(piece) = loading.needs().first().copied() {
//!         loading.supply(piece, fetch(piece).into())?;
//!     }
//!     loading.finish()
//! }
//! ```

use crate::container::{Table, range};
use crate::{Error, Index};
use std::borrow::Cow;

/// An index that is being opened.
#[derive(Debug, Clone, Default)]
pub struct Loading {
    table: Option<Table>,
    pieces: Vec<Option<Cow<'static, [u8]>>>,
}

impl Loading {
    /// Starts with nothing: the root (piece 0) is needed first.
    pub fn new() -> Loading {
        Loading { table: None, pieces: vec![None] }
    }

    /// The pieces still needed, ascending; all of them can be fetched at once. Empty when [`Loading::finish`] can be
    /// called.
    pub fn needs(&self) -> Vec<u16> {
        (0..self.pieces.len()).filter(|&n| self.pieces[n].is_none()).map(|n| n as u16).collect()
    }

    /// Takes the bytes of a piece and checks them. A piece that is refused is still needed.
    ///
    /// # Errors
    /// [`Error::WrongPiece`] for a piece that is not needed, and the errors of [`Table::read`] and
    /// [`Table::check_piece`].
    pub fn supply(&mut self, piece: u16, bytes: Cow<'static, [u8]>) -> Result<(), Error> {
        let slot = usize::from(piece);
        if self.pieces.get(slot).is_none_or(Option::is_some) {
            return Err(Error::WrongPiece { piece });
        }
        match &self.table {
            Some(table) => table.check_piece(piece, &bytes)?,
            None => {
                let table = Table::read(&bytes)?;
                table.check_piece(0, &bytes)?;
                self.pieces.resize(usize::from(table.pieces()), None);
                self.table = Some(table);
            }
        }
        self.pieces[slot] = Some(bytes);
        Ok(())
    }

    /// Builds the index from its pieces.
    ///
    /// # Errors
    /// [`Error::WrongPiece`] while a piece is missing, and the errors of [`Index::from_sections`].
    pub fn finish(self) -> Result<Index, Error> {
        let Some(table) = &self.table else { return Err(Error::WrongPiece { piece: 0 }) };
        let mut sections = Vec::with_capacity(table.entries().len());
        for entry in table.entries() {
            let piece =
                self.pieces[usize::from(entry.piece)].as_ref().ok_or(Error::WrongPiece { piece: entry.piece })?;
            let bytes = match piece {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range(entry)]),
                Cow::Owned(bytes) => Cow::Owned(bytes[range(entry)].to_vec()),
            };
            sections.push((entry.section, bytes));
        }
        Index::from_sections(sections)
    }
}

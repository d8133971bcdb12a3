//! Bundles: the folder that `jisou index` writes, and how an index is read out of it again.

use crate::failure::Failure;
use crate::output::MANIFEST;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::cut::Piece;
use jisou_core::cut::chosen::Asking;
use jisou_core::cut::plan::{Answered, Cut, Step};
use jisou_core::facets::{Facets, Selection};
use jisou_core::rank::Knobs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh64::xxh64;

/// What is known of a bundle besides its files: `jisou.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    /// The version of the program that wrote it.
    pub(crate) jisou: String,
    /// The name of the index file: the index compressed with gzip, or the root of one in pieces.
    pub(crate) index: String,
    /// The folder of the pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pieces: Option<String>,
    /// How many pieces there are of each family, by its letter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) piece_counts: BTreeMap<String, usize>,
    /// The name of the engine file.
    pub(crate) engine: String,
    /// The name of the file of the engine that is loaded where a query over pieces finds little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) meant: Option<String>,
    /// How many files were read.
    pub(crate) files: usize,
    /// How many files were left out, by reason.
    pub(crate) left_out: BTreeMap<String, Vec<String>>,
}

/// An index that was read, with what its bundle says of it.
pub(crate) struct Bundle {
    pub(crate) index: Index,
    /// The bytes of the index.
    pub(crate) bytes: Vec<u8>,
    /// Only of a folder.
    pub(crate) manifest: Option<Manifest>,
    pub(crate) folder: Option<PathBuf>,
}

/// What lies in a folder or file: the bytes of an index or of a root, and where.
struct Stored {
    bytes: Vec<u8>,
    file: PathBuf,
    manifest: Option<Manifest>,
}

fn stored(path: &Path) -> Result<Stored, Failure> {
    let (file, manifest) = if path.is_dir() {
        let name = path.join(MANIFEST);
        let text = fs::read(&name).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::usage(format_args!(
                "{}: is no bundle (it has no {MANIFEST}); name the folder that `jisou index` wrote",
                path.display()
            )),
            _ => Failure::read(&name, &error),
        })?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| Failure::new(format_args!("{}: {error}; index the site again", name.display())))?;
        (path.join(&manifest.index), Some(manifest))
    } else {
        (path.to_owned(), None)
    };
    let stored = fs::read(&file).map_err(|error| Failure::read(&file, &error))?;
    let bytes = unpack(stored)
        .map_err(|error| Failure::new(format_args!("{}: {error}; index the site again", file.display())))?;
    Ok(Stored { bytes, file, manifest })
}

/// Opens a folder that `jisou index` wrote, or an index file.
pub(crate) fn open(path: &Path) -> Result<Bundle, Failure> {
    let Stored { bytes, file, manifest } = stored(path)?;
    if manifest.as_ref().is_some_and(|manifest| manifest.pieces.is_some()) {
        return Err(Failure::usage(format_args!(
            "{}: is an index in pieces, which can only be searched; index with --layout whole for this",
            path.display()
        )));
    }
    let index =
        Index::open(bytes.clone()).map_err(|error| Failure::new(format_args!("{}: {error}", file.display())))?;
    Ok(Bundle { index, bytes, folder: manifest.is_some().then(|| path.to_owned()), manifest })
}

/// An index in pieces, and the folder that they lie in.
pub(crate) struct InPieces {
    cut: Cut,
    folder: PathBuf,
}

/// Opens a folder if it holds an index in pieces.
pub(crate) fn open_pieces(path: &Path) -> Result<Option<InPieces>, Failure> {
    if !path.is_dir() {
        return Ok(None);
    }
    let Stored { bytes, file, manifest } = stored(path)?;
    let Some(pieces) = manifest.and_then(|manifest| manifest.pieces) else { return Ok(None) };
    let cut = Cut::open(&bytes).map_err(|error| Failure::new(format_args!("{}: {error}", file.display())))?;
    Ok(Some(InPieces { cut, folder: path.join(pieces) }))
}

impl InPieces {
    /// What pages can be filtered and sorted by, without the pages.
    pub(crate) fn facets(&mut self) -> Result<Facets, Failure> {
        loop {
            match self.cut.columns() {
                Ok(columns) => return Ok(columns.map_or_else(Facets::default, |columns| columns.facets.clone())),
                Err(piece) => self.supply(piece)?,
            }
        }
    }

    /// Answers a query from the pieces that it needs.
    pub(crate) fn search(
        &mut self,
        query: &str,
        options: Options,
        selection: &Selection,
    ) -> Result<Box<Answered>, Failure> {
        let asking = Asking { options, selection, counted: !selection.is_empty(), typed: false };
        loop {
            match self.cut.select(query, asking, &Knobs::default()).map_err(Failure::new)? {
                Step::Done(answered) => return Ok(answered),
                Step::Needs(needs) => needs.into_iter().try_for_each(|piece| self.supply(piece))?,
            }
        }
    }

    fn supply(&mut self, piece: Piece) -> Result<(), Failure> {
        let file = self.folder.join(piece_file(piece));
        let bytes = fs::read(&file).map_err(|error| Failure::read(&file, &error))?;
        let supplied = self.cut.supply(piece, &bytes);
        supplied.map_err(|error| Failure::new(format_args!("{}: {error}; index the site again", file.display())))
    }
}

/// The name of the file of a piece. Hosts compress what they take for text.
pub(crate) fn piece_file(piece: Piece) -> String {
    format!("{}.txt", piece.name())
}

/// The bytes of an index, compressed or not.
fn unpack(stored: Vec<u8>) -> std::io::Result<Vec<u8>> {
    if !stored.starts_with(&[0x1f, 0x8b]) {
        return Ok(stored);
    }
    let mut bytes = Vec::new();
    GzDecoder::new(&stored[..]).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Compresses with gzip at its best; the same bytes give the same bytes.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    // Writing to memory does not fail.
    written.unwrap_or_default()
}

/// `stem-HASH.extension`, so that a name never stands for other bytes.
pub(crate) fn hashed_name(stem: &str, extension: &str, bytes: &[u8]) -> String {
    format!("{stem}-{:016x}.{extension}", xxh64(bytes, 0))
}

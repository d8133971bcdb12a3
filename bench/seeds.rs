//! The seed corpus as the measurements see it: its text, its index, and what either takes compressed.

use jisou_indexer::assemble::index_folder;
use jisou_indexer::segment::Jieba;
use jisou_indexer::site::SiteOptions;
use std::error::Error;
use std::path::{Path, PathBuf};

/// The corpus of this repository.
#[derive(Debug)]
pub struct Seeds {
    /// How many files it has.
    pub files: usize,
    /// The files one behind the other, in the order of their names.
    pub text: Vec<u8>,
    /// The index of them, built anew.
    pub index: Vec<u8>,
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of this package lies in the root")
}

/// Reads and indexes `corpus/`.
///
/// # Errors
/// What is wrong with the folder or with one of its files: figures of a part of the corpus would mislead.
pub fn read() -> Result<Seeds, Box<dyn Error>> {
    let folder = root().join("corpus");
    let (index, mut corpus) = index_folder(&folder, &SiteOptions::default(), &Jieba::default())?;
    if !corpus.problems.is_empty() {
        return Err(corpus.problems.swap_remove(0).into());
    }
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = entries.collect::<Result<Vec<PathBuf>, std::io::Error>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt" || extension == "md"));
    files.sort();
    let mut text = Vec::new();
    for file in &files {
        text.extend(std::fs::read(file)?);
    }
    Ok(Seeds { files: files.len(), text, index })
}

/// How many bytes brotli makes of `bytes` at its best: quality 11, window 22, as a static host compresses.
pub fn brotli(bytes: &[u8]) -> usize {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).expect("memory can be read and written");
    out.len()
}

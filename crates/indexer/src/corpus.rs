//! A folder of texts, read into documents: what is found, what was left out and why.

use crate::document::Document;
use crate::segment::Segmenter;
use crate::{assemble, markdown, prose};
use std::fmt;
use std::path::{Path, PathBuf};

/// A folder that was read.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The documents, in the order of their files' names.
    pub documents: Vec<Document>,
    /// How many files were read.
    pub files: usize,
    /// Files that could not be read; the others are not affected.
    pub problems: Vec<Problem>,
}

/// A file that could not be used.
#[derive(Debug)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub cause: Cause,
}

/// What can be wrong with a file or a folder.
#[derive(Debug)]
pub enum Cause {
    /// It cannot be read.
    Unreadable(std::io::Error),
    /// It is not UTF-8 from this byte on.
    NotUtf8(usize),
    /// It holds no text.
    Empty,
    /// The folder has no `.txt` or `.md` file that could be used.
    NoText,
    /// No index could be written.
    Index(jisou_core::Error),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.cause {
            Cause::Unreadable(error) => write!(f, "cannot be read ({error}); check that it exists and its permissions"),
            Cause::NotUtf8(at) => write!(f, "is not UTF-8 (byte {at}); convert it, for example with iconv"),
            Cause::Empty => f.write_str("holds no text; remove it or give it some"),
            Cause::NoText => f.write_str("no usable .txt or .md file; put UTF-8 texts there or name another folder"),
            Cause::Index(error) => write!(f, "cannot be indexed: {error}"),
        }
    }
}

impl std::error::Error for Problem {}

/// Reads every `.txt` and `.md` file below `folder`, in the order of their names.
///
/// # Errors
/// A [`Problem`] with the folder itself: it cannot be read, or nothing in it can be used (with what was wrong with each
/// file in the first place, if anything was).
pub fn read_folder(folder: &Path, segmenter: &dyn Segmenter) -> Result<Corpus, Problem> {
    let mut corpus = Corpus::default();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let root = error.depth() == 0;
                let problem = Problem { path, cause: Cause::Unreadable(error.into()) };
                if root {
                    return Err(problem);
                }
                corpus.problems.push(problem);
                continue;
            }
        };
        let markdown = match entry.path().extension().and_then(|extension| extension.to_str()) {
            Some("md") => true,
            Some("txt") => false,
            _ => continue,
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        match read_file(entry.path(), &name, markdown, segmenter) {
            Ok(documents) => {
                corpus.files += 1;
                corpus.documents.extend(documents);
            }
            Err(cause) => corpus.problems.push(Problem { path: entry.into_path(), cause }),
        }
    }
    if corpus.documents.is_empty() {
        let none = Problem { path: folder.to_owned(), cause: Cause::NoText };
        return Err(if corpus.problems.is_empty() { none } else { corpus.problems.swap_remove(0) });
    }
    Ok(corpus)
}

fn read_file(path: &Path, name: &str, is_markdown: bool, segmenter: &dyn Segmenter) -> Result<Vec<Document>, Cause> {
    let bytes = std::fs::read(path).map_err(Cause::Unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| Cause::NotUtf8(error.utf8_error().valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let documents = if is_markdown {
        vec![markdown::read_markdown(name, text)]
    } else {
        prose::read_text(name, text, &|word| segmenter.is_word(word))
    };
    let any = documents.iter().any(|document| !document.blocks.is_empty() || !document.title.is_empty());
    if any && text.chars().any(|c| !c.is_whitespace()) { Ok(documents) } else { Err(Cause::Empty) }
}

/// Reads a folder and writes an index of it; the corpus says what was read and what was left out.
///
/// # Errors
/// As [`read_folder`], or [`Cause::Index`].
pub fn index_folder(folder: &Path, segmenter: &dyn Segmenter) -> Result<(Vec<u8>, Corpus), Problem> {
    let corpus = read_folder(folder, segmenter)?;
    let index = assemble::write_index(&corpus.documents, segmenter)
        .map_err(|error| Problem { path: folder.to_owned(), cause: Cause::Index(error) })?;
    Ok((index, corpus))
}

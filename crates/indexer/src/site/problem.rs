//! What can be wrong with a file or a folder, and what to do about it.

use crate::markdown::FrontMatterError;
use std::fmt;
use std::path::PathBuf;

/// A file or a folder that could not be used.
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
    /// A symbolic link that leads to a folder it stands in.
    Loop,
    /// It is not text: it holds zero bytes.
    NotText,
    /// It is larger than what is read.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The largest that is read.
        limit: u64,
    },
    /// Its elements nest deeper than any browser shows them.
    TooDeep,
    /// It holds no text.
    Empty,
    /// Its front matter is not YAML or TOML.
    FrontMatter(FrontMatterError),
    /// Another page has the same address.
    SameAddress,
    /// The folder has no page that can be used.
    NoPages {
        /// How many were left out as no page to be found.
        left_out: usize,
    },
    /// No index could be written.
    Index(jisou_core::Error),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.cause {
            Cause::Unreadable(error) => write!(f, "cannot be read ({error}); check that it exists and its permissions"),
            Cause::Loop => f.write_str("is a symbolic link to a folder it stands in; remove the link or exclude it"),
            Cause::NotText => f.write_str("is not text (it holds zero bytes); rename it or exclude it"),
            Cause::TooLarge { bytes, limit } => write!(
                f,
                "has {:.1} MB, more than the {:.1} MB that are read; split it, exclude it, or raise the limit",
                *bytes as f64 / 1e6,
                *limit as f64 / 1e6
            ),
            Cause::TooDeep => f.write_str(
                "nests more than 1,000 elements, more than browsers show; close its elements, or exclude it",
            ),
            Cause::Empty => f.write_str("holds no text; remove it or give it some"),
            Cause::FrontMatter(error) => write!(f, "{error}; correct the front matter"),
            Cause::SameAddress => {
                f.write_str("is the address of two pages; the second was left out: rename one of them")
            }
            Cause::NoPages { left_out: 0 } => {
                f.write_str("no page in it: no .html, .md or .txt file with text; name the folder of the built site")
            }
            Cause::NoPages { left_out } => write!(
                f,
                "no page in it: all {left_out} files ask not to be found, are stubs or copies; name the folder of the built site"
            ),
            Cause::Index(error) => write!(f, "cannot be indexed: {error}"),
        }
    }
}

impl std::error::Error for Problem {}

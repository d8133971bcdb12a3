//! Everything that can be wrong with an index or a call, as one enum with a stable code for each case.

use core::fmt;

/// Why an index was refused or a call could not be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not start with the magic `JSOU`: they are not an index.
    WrongMagic,
    /// The index was written in a format version that this reader does not know.
    WrongVersion {
        /// The version found in the header.
        found: u16,
        /// The version this reader knows.
        expected: u16,
    },
    /// The bytes end before, or go on after, the length that the header states.
    WrongLength {
        /// Bytes given.
        found: usize,
        /// Bytes the header asks for; `None` when the header itself is cut.
        expected: Option<usize>,
    },
    /// A checksum does not fit its bytes: the index was altered after it was written.
    Checksum {
        /// The section concerned; 0 is the header.
        section: u16,
    },
    /// The checksums fit, but a structure inside does not hold together.
    Corrupt {
        /// The section concerned.
        section: u16,
    },
    /// The index needs a section that it does not have.
    MissingSection {
        /// The section concerned.
        section: u16,
    },
    /// A piece was handed in that the index does not name, or one is still missing.
    WrongPiece {
        /// The piece concerned.
        piece: u16,
    },
    /// The corpus holds more distinct characters than the alphabet can number.
    AlphabetTooLarge {
        /// Distinct characters after folding.
        found: usize,
        /// The most that fit: [`crate::alphabet::MAX_SYMBOLS`].
        limit: usize,
    },
    /// The corpus is larger than one index can address.
    TooLarge,
    /// There is no page of that number.
    NoSuchPage {
        /// The page asked for.
        page: u32,
        /// How many pages there are.
        pages: u32,
    },
    /// There is no filter or no sort of that name.
    NoSuchField,
}

impl Error {
    /// A short name that never changes between releases, for programs to compare with.
    pub fn code(&self) -> &'static str {
        match self {
            Error::WrongMagic => "wrong-magic",
            Error::WrongVersion { .. } => "wrong-version",
            Error::WrongLength { .. } => "wrong-length",
            Error::Checksum { .. } => "checksum",
            Error::Corrupt { .. } => "corrupt",
            Error::MissingSection { .. } => "missing-section",
            Error::WrongPiece { .. } => "wrong-piece",
            Error::AlphabetTooLarge { .. } => "alphabet-too-large",
            Error::TooLarge => "too-large",
            Error::NoSuchPage { .. } => "no-such-page",
            Error::NoSuchField => "bad-option",
        }
    }

    /// What happened and what to do about it, without the figures that [`fmt::Display`] adds.
    pub fn remedy(&self) -> &'static str {
        match self {
            Error::WrongMagic => "these bytes are not a Jisou index; check the address they came from",
            Error::WrongVersion { .. } => {
                "the index was written for another version of Jisou; build it again with this one"
            }
            Error::WrongLength { .. } => "the index is cut short or has bytes added; transfer it again",
            Error::Checksum { .. } => "the index was damaged after it was written; transfer or build it again",
            Error::Corrupt { .. } | Error::MissingSection { .. } => "the index does not hold together; build it again",
            Error::WrongPiece { .. } => "the pieces of the index do not fit each other; load them again",
            Error::AlphabetTooLarge { .. } => "too many distinct characters for one index; index the site in parts",
            Error::TooLarge => "too much text for one index; index the site in parts",
            Error::NoSuchField => {
                "the site has no filter or sort of that name; filters() and sorts() list those it has"
            }
            Error::NoSuchPage { .. } => "there is no page of that number; use the id of a hit of this index",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.remedy())?;
        match self {
            Error::WrongVersion { found, expected } => write!(f, " (version {found}, expected {expected})"),
            Error::WrongLength { found, expected: Some(expected) } => {
                write!(f, " ({found} bytes, expected {expected})")
            }
            Error::WrongLength { found, expected: None } => write!(f, " ({found} bytes)"),
            Error::Checksum { section } | Error::Corrupt { section } | Error::MissingSection { section } => {
                write!(f, " (section {section})")
            }
            Error::WrongPiece { piece } => write!(f, " (piece {piece})"),
            Error::AlphabetTooLarge { found, limit } => write!(f, " ({found}, limit {limit})"),
            Error::NoSuchPage { page, pages } => write!(f, " ({page} of {pages})"),
            Error::WrongMagic | Error::TooLarge | Error::NoSuchField => Ok(()),
        }
    }
}

impl core::error::Error for Error {}

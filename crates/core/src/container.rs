//! The outermost layer of an index: header, section table, checksums.
//!
//! An index is a set of numbered sections. The root piece (piece 0) starts with the header and the table; a section
//! stands either behind them in the root or in another piece, which is a file of nothing but sections. Within a piece
//! the sections stand one behind the other without a gap, so that every byte is under some checksum.

use crate::Error;
use xxhash_rust::xxh64::xxh64;

/// The first four bytes of every index.
pub const MAGIC: [u8; 4] = *b"JSOU";
/// The format version that this code writes and reads. `FORMAT.md` has the rule for raising it.
pub const VERSION: u16 = 2;
/// Sections from this number on may be ignored by a reader that does not know them.
pub const FIRST_OPTIONAL: u16 = 0x8000;

const PREFIX: usize = 8;
const ENTRY: usize = 20;
const HASH: usize = 8;

/// XXH64 of some bytes. A function of its own, since the module has room for it once only.
#[inline(never)]
pub(crate) fn hash(bytes: &[u8], seed: u64) -> u64 {
    xxh64(bytes, seed)
}

/// The length of header, section table and their checksum for so many sections.
pub(crate) fn head_len(sections: usize) -> usize {
    PREFIX + sections * ENTRY + HASH
}

/// Where one section stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What the section holds: see the table in `FORMAT.md`.
    pub section: u16,
    /// The piece it stands in; 0 is the root.
    pub piece: u16,
    /// Its first byte, counted from the start of the piece.
    pub offset: u32,
    /// Its length in bytes.
    pub len: u32,
    /// XXH64 (seed 0) of its bytes.
    pub hash: u64,
}

/// A section to be written.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it holds.
    pub section: u16,
    /// The piece to put it in; 0 is the root.
    pub piece: u16,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Writes sections, in the order given, as one file a piece; the first file is the root.
///
/// # Errors
/// [`Error::TooLarge`] when a piece reaches 4 GiB or there are 65,536 sections or pieces.
pub fn write(sections: &[Section]) -> Result<Vec<Vec<u8>>, Error> {
    let count = u16::try_from(sections.len()).map_err(|_| Error::TooLarge)?;
    let pieces = sections.iter().map(|s| usize::from(s.piece)).max().unwrap_or(0) + 1;
    let mut files = vec![Vec::new(); pieces];
    let body = head_len(sections.len());
    let mut head = Vec::with_capacity(body);
    head.extend_from_slice(&MAGIC);
    head.extend_from_slice(&VERSION.to_le_bytes());
    head.extend_from_slice(&count.to_le_bytes());
    for section in sections {
        let file = &mut files[usize::from(section.piece)];
        let start = file.len() + if section.piece == 0 { body } else { 0 };
        let offset = u32::try_from(start).map_err(|_| Error::TooLarge)?;
        let len = u32::try_from(section.bytes.len()).map_err(|_| Error::TooLarge)?;
        offset.checked_add(len).ok_or(Error::TooLarge)?;
        head.extend_from_slice(&section.section.to_le_bytes());
        head.extend_from_slice(&section.piece.to_le_bytes());
        head.extend_from_slice(&offset.to_le_bytes());
        head.extend_from_slice(&len.to_le_bytes());
        head.extend_from_slice(&hash(&section.bytes, 0).to_le_bytes());
        file.extend_from_slice(&section.bytes);
    }
    let hash = hash(&head, 0);
    head.extend_from_slice(&hash.to_le_bytes());
    head.append(&mut files[0]);
    files[0] = head;
    Ok(files)
}

/// The header and section table of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    entries: Vec<Entry>,
}

impl Table {
    /// Reads and checks the header of the root piece.
    ///
    /// # Errors
    /// [`Error::WrongMagic`], [`Error::WrongVersion`], [`Error::WrongLength`], [`Error::Checksum`] of section 0, or
    /// [`Error::Corrupt`] of section 0 when the sections do not tile their pieces.
    pub fn read(root: &[u8]) -> Result<Table, Error> {
        let short = Error::WrongLength { found: root.len(), expected: None };
        let magic = root.get(..MAGIC.len()).ok_or(short)?;
        if magic != MAGIC {
            return Err(Error::WrongMagic);
        }
        let prefix = root.first_chunk::<PREFIX>().ok_or(short)?;
        let version = u16::from_le_bytes([prefix[4], prefix[5]]);
        if version != VERSION {
            return Err(Error::WrongVersion { found: version, expected: VERSION });
        }
        let count = usize::from(u16::from_le_bytes([prefix[6], prefix[7]]));
        let hashed = PREFIX + count * ENTRY;
        let (head, rest) = root.split_at_checked(hashed).ok_or(short)?;
        let stored = rest.first_chunk::<HASH>().ok_or(short)?;
        if hash(head, 0) != u64::from_le_bytes(*stored) {
            return Err(Error::Checksum { section: 0 });
        }
        let entries: Vec<Entry> = head[PREFIX..].as_chunks().0.iter().map(entry).collect();
        let table = Table { entries };
        table.check_tiling(hashed + HASH)?;
        Ok(table)
    }

    /// The sections, in the order in which they were written.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many pieces the index has, the root included.
    pub fn pieces(&self) -> u16 {
        self.entries.iter().map(|e| e.piece).max().unwrap_or(0) + 1
    }

    /// Checks a whole piece against the table: its length and the checksum of each of its sections.
    ///
    /// # Errors
    /// [`Error::WrongPiece`], [`Error::WrongLength`] or [`Error::Checksum`].
    pub fn check_piece(&self, piece: u16, bytes: &[u8]) -> Result<(), Error> {
        if piece >= self.pieces() {
            return Err(Error::WrongPiece { piece });
        }
        let mine = || self.entries.iter().filter(|e| e.piece == piece);
        let header = head_len(self.entries.len());
        let least = if piece == 0 { header } else { 0 };
        let expected = mine().map(|e| e.offset as usize + e.len as usize).max().unwrap_or(least);
        if bytes.len() != expected {
            return Err(Error::WrongLength { found: bytes.len(), expected: Some(expected) });
        }
        match mine().find(|e| hash(&bytes[range(e)], 0) != e.hash) {
            Some(e) => Err(Error::Checksum { section: e.section }),
            None => Ok(()),
        }
    }

    /// Sections of a piece follow each other without gap or overlap, each kind stands once, pieces leave no number out.
    fn check_tiling(&self, header: usize) -> Result<(), Error> {
        let corrupt = Error::Corrupt { section: 0 };
        if self.entries.iter().any(|entry| entry.piece == u16::MAX) {
            return Err(corrupt);
        }
        let mut ends = vec![None; usize::from(self.pieces())];
        ends[0] = Some(header as u32);
        let mut seen = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let end = &mut ends[usize::from(entry.piece)];
            if end.unwrap_or(0) != entry.offset || seen.contains(&entry.section) {
                return Err(corrupt);
            }
            *end = Some(entry.offset.checked_add(entry.len).ok_or(corrupt)?);
            seen.push(entry.section);
        }
        if ends.contains(&None) { Err(corrupt) } else { Ok(()) }
    }
}

/// The bytes of a section within its piece.
pub fn range(entry: &Entry) -> core::ops::Range<usize> {
    let start = entry.offset as usize;
    start..start + entry.len as usize
}

fn entry(bytes: &[u8; ENTRY]) -> Entry {
    let at = |from: usize| u32::from_le_bytes([bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]]);
    Entry {
        section: u16::from_le_bytes([bytes[0], bytes[1]]),
        piece: u16::from_le_bytes([bytes[2], bytes[3]]),
        offset: at(4),
        len: at(8),
        hash: u64::from(at(12)) | u64::from(at(16)) << 32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sections() -> impl Strategy<Value = Vec<Section>> {
        proptest::collection::vec((0u16..3, proptest::collection::vec(any::<u8>(), 0..40)), 0..6).prop_map(|all| {
            let mut out: Vec<Section> = all
                .into_iter()
                .enumerate()
                .map(|(n, (piece, bytes))| Section { section: n as u16 + 1, piece, bytes })
                .collect();
            // A piece without a section has no file, so the numbers in use must be 0..n.
            let mut used: Vec<u16> = out.iter().map(|s| s.piece).chain([0]).collect();
            used.sort_unstable();
            used.dedup();
            for section in &mut out {
                section.piece = used.binary_search(&section.piece).unwrap() as u16;
            }
            out
        })
    }

    proptest! {
        #[test]
        fn sections_come_back_and_damage_is_refused(sections in sections(), at: prop::sample::Index, bit in 0u8..8) {
            let files = write(&sections).unwrap();
            let table = Table::read(&files[0]).unwrap();
            for (piece, file) in files.iter().enumerate() {
                table.check_piece(piece as u16, file).unwrap();
            }
            for (section, entry) in sections.iter().zip(table.entries()) {
                prop_assert_eq!(&files[usize::from(entry.piece)][range(entry)], &section.bytes[..]);
            }
            let mut root = files[0].clone();
            let at = at.index(root.len());
            root[at] ^= 1 << bit;
            prop_assert!(Table::read(&root).and_then(|t| t.check_piece(0, &root)).is_err());
            prop_assert!(Table::read(&files[0][..at]).and_then(|t| t.check_piece(0, &files[0][..at])).is_err());
        }
    }
}

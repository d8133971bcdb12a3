//! What pages can be filtered and sorted by, in pieces: a directory, which pages have each value of a filter, and ranks of sorts.

use super::{Family, Piece};
use crate::Error;
use crate::facets::{Facets, Filter, SECTION, Sort, SortKind};
use crate::varint::{self, Reader};

/// About how long a piece of lists is, in bytes. A list is in one piece.
const SIZE: usize = 16_000;
/// Of how many pages the ranks are in one piece.
const RANGE: usize = 1 << 14;

/// The piece that says what there is.
pub const DIRECTORY: Piece = Piece { family: Family::Facets, number: 0 };

/// The contents of the pieces, the directory first; none if there is nothing to filter or sort by.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(facets: &Facets) -> Result<Vec<Vec<u8>>, Error> {
    let number = |n: usize| u32::try_from(n).map_err(|_| Error::TooLarge);
    if facets.filters.is_empty() && facets.sorts.is_empty() {
        return Ok(Vec::new());
    }
    let (mut directory, mut pieces) = (Vec::new(), vec![Vec::new()]);
    varint::put(&mut directory, number(facets.filters.len())?);
    for filter in &facets.filters {
        varint::put_str(&mut directory, &filter.name)?;
        varint::put(&mut directory, number(filter.values.len())?);
        for (value, pages) in &filter.values {
            let full = pieces.len() == 1 || pieces.last().is_some_and(|piece| piece.len() >= SIZE);
            if full {
                pieces.push(Vec::new());
            }
            varint::put_str(&mut directory, value)?;
            varint::put(&mut directory, number(2 * pages.len() + usize::from(full))?);
            let mut last = 0;
            for &page in pages {
                varint::put(pieces.last_mut().ok_or(Error::TooLarge)?, page - last);
                last = page;
            }
        }
    }
    varint::put(&mut directory, number(facets.sorts.len())?);
    for sort in &facets.sorts {
        varint::put_str(&mut directory, &sort.name)?;
        directory.push(sort.kind as u8);
        for ranks in sort.ranks.chunks(RANGE) {
            let mut piece = Vec::new();
            ranks.iter().for_each(|&rank| varint::put(&mut piece, rank));
            pieces.push(piece);
        }
    }
    pieces[0] = directory;
    Ok(pieces)
}

/// Names and values, and where their pages are.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// The filters with their values, without pages, and the sorts, without ranks.
    pub facets: Facets,
    /// For each filter and each of its values how many pages have it.
    pub counts: Vec<Vec<u32>>,
    /// For each filter and each of its values the number of its piece.
    places: Vec<Vec<u32>>,
    /// The number of the last piece of lists; 0 without any.
    lists: u32,
}

impl Directory {
    /// Reads piece 0.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(content: &[u8]) -> Result<Directory, Error> {
        let mut reader = Reader::new(content, SECTION);
        let mut out = Directory::default();
        for _ in 0..reader.count(2)? {
            let mut filter = Filter { name: reader.string()?, values: Vec::new() };
            let (mut counts, mut places) = (Vec::new(), Vec::new());
            for _ in 0..reader.count(2)? {
                filter.values.push((reader.string()?, Vec::new()));
                let number = reader.number()?;
                out.lists += number & 1;
                counts.push(number >> 1);
                places.push(out.lists);
            }
            out.facets.filters.push(filter);
            out.counts.push(counts);
            out.places.push(places);
        }
        for _ in 0..reader.count(2)? {
            let name = reader.string()?;
            let kind = *SortKind::ALL.get(usize::from(reader.byte()?)).ok_or(reader.corrupt())?;
            out.facets.sorts.push(Sort { name, kind, ranks: Vec::new() });
        }
        reader.finish()?;
        Ok(out)
    }

    /// The numbers of the pieces that hold the pages of values, those that `wanted` says of a filter and a value by their numbers.
    pub fn of_values(&self, wanted: impl Fn(usize, usize) -> bool) -> Vec<u32> {
        let mut out: Vec<u32> = Vec::new();
        for (filter, places) in self.places.iter().enumerate() {
            for (value, &place) in places.iter().enumerate() {
                if wanted(filter, value) && out.last() != Some(&place) {
                    out.push(place);
                }
            }
        }
        out
    }

    /// Reads a piece of lists: the pages of all values that are in it.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read_lists(&self, number: u32, content: &[u8], pages: usize, into: &mut Facets) -> Result<(), Error> {
        let mut reader = Reader::new(content, SECTION);
        for ((filter, places), counts) in into.filters.iter_mut().zip(&self.places).zip(&self.counts) {
            for (((_, list), &place), &count) in filter.values.iter_mut().zip(places).zip(counts) {
                if place == number {
                    for _ in 0..count {
                        list.push(reader.ascending(list.last().copied().unwrap_or(0), pages)?);
                    }
                }
            }
        }
        reader.finish()
    }

    /// The numbers of the pieces with the ranks of a sort, given by its number.
    pub fn of_sort(&self, sort: usize, pages: usize) -> core::ops::Range<u32> {
        let each = pages.div_ceil(RANGE) as u32;
        let first = each.saturating_mul(sort as u32).saturating_add(1 + self.lists);
        first..first.saturating_add(each)
    }

    /// Reads a piece of ranks behind those of the pages before.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read_ranks(content: &[u8], pages: usize, into: &mut Vec<u32>) -> Result<(), Error> {
        let mut reader = Reader::new(content, SECTION);
        for _ in 0..(pages - into.len()).min(RANGE) {
            into.push(reader.number()?);
        }
        reader.finish()
    }
}

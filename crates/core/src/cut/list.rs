//! Lists of pages: which pages hold a string, how well, and in which parts of them.
//!
//! One bit after the other: for each page the distance from the one before as a Rice code, if the list has impacts
//! its impact in 6 bits and in 1 or 7 bits that of what is being typed, the parts of the page in 1, 5 or 10 bits, and if it is the list
//! of a gram what stands behind it in 4 or 9 bits.

use crate::ids::Symbol;
use crate::{Error, rank};

/// What a list says of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The page, from 0.
    pub page: u32,
    /// How well the page holds the string ([`rank::impact`]); 0 in a list without impacts.
    pub impact: u8,
    /// The same where the string is being typed still, so that words that begin with it count as it does.
    pub typed: u8,
    /// In which of eight parts of the page the string starts, as bits; never none.
    pub parts: u8,
    /// Which symbols stand behind the string on the page, by [`behind`], as bits; 0 in a list of no gram.
    pub next: u8,
}

/// What a list has besides pages and parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// Whether it has impacts: those of words and of titles.
    pub impacts: bool,
    /// Whether it has what stands behind: those of grams.
    pub next: bool,
}

/// One of eight kinds of symbols, as a bit: a string that stands on a page has there all of its grams, and behind each the next symbol.
pub fn behind(symbol: Symbol) -> u8 {
    1 << (symbol.0 % 8)
}

/// How many bits an impact has.
const IMPACT: u32 = (rank::MOST + 1).ilog2();

/// How many bits of a distance are written as they are, where `count` of `pages` pages are listed.
fn plain_bits(count: u32, pages: u32) -> u32 {
    (u64::from(pages) * 7 / 10 / u64::from(count.max(1))).max(1).ilog2()
}

/// Writes a list of pages in ascending order, of a site with `pages` pages.
pub fn write(list: &[Posting], pages: u32, columns: Columns) -> Vec<u8> {
    let mut out = Bits::default();
    let plain = plain_bits(list.len() as u32, pages);
    let mut next = 0;
    for posting in list {
        let distance = posting.page - next;
        for _ in 0..distance >> plain {
            out.put(1, 1);
        }
        out.put(0, 1);
        out.put(distance & ((1 << plain) - 1), plain);
        next = posting.page + 1;
        if columns.impacts {
            out.put(u32::from(posting.impact), IMPACT);
            out.put(u32::from(posting.typed != posting.impact), 1);
            if posting.typed != posting.impact {
                out.put(u32::from(posting.typed), IMPACT);
            }
        }
        if posting.parts == 1 {
            out.put(0, 1);
        } else if posting.parts.is_power_of_two() {
            out.put(0b01 | posting.parts.ilog2() << 2, 5);
        } else {
            out.put(0b11 | u32::from(posting.parts) << 2, 10);
        }
        if columns.next && posting.next.is_power_of_two() {
            out.put(posting.next.ilog2() << 1, 4);
        } else if columns.next {
            out.put(1 | u32::from(posting.next) << 1, 9);
        }
    }
    out.bytes
}

/// Reads a list of `count` pages.
///
/// # Errors
/// [`Error::Corrupt`] of the section [`super::root::SECTION`].
pub fn read(bytes: &[u8], count: u32, pages: u32, columns: Columns) -> Result<Vec<Posting>, Error> {
    const CORRUPT: Error = Error::Corrupt { section: super::root::SECTION };
    // Each page takes two bits at least.
    if u64::from(count) > bytes.len() as u64 * 4 {
        return Err(CORRUPT);
    }
    let mut reader = Bits { bytes: bytes.to_vec(), at: 0 };
    let plain = plain_bits(count, pages);
    let mut list = Vec::with_capacity(count as usize);
    let mut first = 0;
    for _ in 0..count {
        let mut distance = 0u32;
        while reader.get(1).ok_or(CORRUPT)? == 1 {
            distance += 1;
        }
        // Not even the first part of a distance reaches the number of pages.
        distance = Some(distance).filter(|&distance| distance < pages).ok_or(CORRUPT)?;
        let distance = u64::from(distance) << plain | u64::from(reader.get(plain).ok_or(CORRUPT)?);
        let page = distance + u64::from(first);
        if page >= u64::from(pages) {
            return Err(CORRUPT);
        }
        let page = page as u32;
        first = page + 1;
        let (mut impact, mut typed) = (0, 0);
        if columns.impacts {
            impact = reader.get(IMPACT).ok_or(CORRUPT)? as u8;
            typed = match reader.get(1).ok_or(CORRUPT)? {
                0 => impact,
                _ => reader.get(IMPACT).ok_or(CORRUPT)? as u8,
            };
        }
        let parts = match reader.get(1).ok_or(CORRUPT)? {
            0 => 1,
            _ if reader.get(1).ok_or(CORRUPT)? == 0 => 1 << reader.get(3).ok_or(CORRUPT)?,
            _ => reader.get(8).ok_or(CORRUPT)? as u8,
        };
        let next = match columns.next {
            true if reader.get(1).ok_or(CORRUPT)? == 0 => 1 << reader.get(3).ok_or(CORRUPT)?,
            true => reader.get(8).ok_or(CORRUPT)? as u8,
            false => 0,
        };
        list.push(Posting { page, impact, typed, parts, next });
    }
    Ok(list)
}

/// Bits, the lowest of each byte first.
#[derive(Debug, Default)]
struct Bits {
    bytes: Vec<u8>,
    /// The next bit.
    at: usize,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for n in 0..count {
            if self.at.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> n & 1) as u8) << (self.at % 8);
            }
            self.at += 1;
        }
    }

    fn get(&mut self, count: u32) -> Option<u32> {
        let mut value = 0;
        for n in 0..count {
            value |= u32::from(self.bytes.get(self.at / 8)? >> (self.at % 8) & 1) << n;
            self.at += 1;
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_come_back(
            pages in proptest::collection::btree_map(0u32..3000, (0u8..64, 0u8..64, 1u8..=255, any::<u8>()), 1..200),
            more in 0u32..100_000, impacts: bool, next: bool,
        ) {
            let mut list = Vec::new();
            for (page, (impact, typed, parts, behind)) in pages {
                let (impact, typed) = if impacts { (impact, typed) } else { (0, 0) };
                list.push(Posting { page, impact, typed, parts, next: if next { behind } else { 0 } });
            }
            let columns = Columns { impacts, next };
            let bytes = write(&list, 3000 + more, columns);
            prop_assert_eq!(read(&bytes, list.len() as u32, 3000 + more, columns).unwrap(), list);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, count in 0u32..99, pages in 0u32..999, impacts: bool, next: bool) {
            if let Ok(list) = read(&bytes, count, pages, Columns { impacts, next }) {
                prop_assert!(list.windows(2).all(|pair| pair[0].page < pair[1].page));
                prop_assert!(list.iter().all(|posting| posting.page < pages));
            }
        }
    }
}

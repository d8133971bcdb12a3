//! The token stream: the whole text of the corpus as term codes, from which text and postings are both read.
//!
//! The tokens of a page tile it, blanks and punctuation included, so the stream is the text and the postings at once.
//! Code 0 ends a passage, the others are terms. A code takes 1 to 4 bytes; the first byte says how many:
//!
//! | first byte | bytes | codes |
//! |---|---|---|
//! | 0 to 191 | 1 | 0 to 191 |
//! | 192 to 239 | 2 | the next 48 * 2^8 |
//! | 240 to 254 | 3 | the next 15 * 2^16 |
//! | 255 | 4 | the next 2^24 |
//!
//! Which terms have the shorter codes is listed in front; among codes of one length terms stand in the order of their
//! numbers. To order all of them by how often they occur costs more than it saves: neighbours in the dictionary begin
//! alike, and what is said by order need not be stored.

use crate::Error;
use crate::container::Section;
use crate::ids::TermId;
use crate::text::Bits;
use crate::varint::{self, Reader};

/// The number of this section.
pub const SECTION: u16 = 4;
/// The code that ends a passage.
pub const END: u32 = 0;

const TWO: u32 = 192;
const THREE: u32 = TWO + (48 << 8);
const FOUR: u32 = THREE + (15 << 16);
const LIMIT: u32 = FOUR + (1 << 24);

/// Appends a code.
///
/// # Errors
/// [`Error::TooLarge`] from 17,770,000 or so terms on.
pub fn put(out: &mut Vec<u8>, code: u32) -> Result<(), Error> {
    match code {
        0..TWO => out.push(code as u8),
        TWO..THREE => {
            let rest = code - TWO;
            out.extend([(TWO + (rest >> 8)) as u8, rest as u8]);
        }
        THREE..FOUR => {
            let rest = code - THREE;
            out.extend([(240 + (rest >> 16)) as u8, (rest >> 8) as u8, rest as u8]);
        }
        FOUR..LIMIT => {
            let rest = code - FOUR;
            out.extend([255, (rest >> 16) as u8, (rest >> 8) as u8, rest as u8]);
        }
        _ => return Err(Error::TooLarge),
    }
    Ok(())
}

/// Reads the code that starts at `at` and goes behind it; `None` if there is none, or it is cut.
#[inline(always)]
pub fn get(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let first = u32::from(*bytes.get(*at)?);
    *at += 1;
    // The codes below those of this length, what the first byte adds, and how many bytes follow.
    let (below, mut value, more) = match first {
        0..TWO => return Some(first),
        TWO..240 => (TWO, first - TWO, 1),
        240..255 => (THREE, first - 240, 2),
        _ => (FOUR, 0, 3),
    };
    for _ in 0..more {
        value = value << 8 | u32::from(*bytes.get(*at)?);
        *at += 1;
    }
    Some(below + value)
}

/// Writes the section: a text of terms, `None` at the end of each passage, in which each term occurs so often.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(tokens: impl Iterator<Item = Option<TermId>>, counts: &[u32]) -> Result<Section, Error> {
    let lists = by_length(counts);
    let mut bytes = Vec::new();
    for list in &lists[..2] {
        varint::put(&mut bytes, list.len() as u32);
        let mut last = 0;
        for term in list {
            varint::put(&mut bytes, term.0 - last);
            last = term.0;
        }
    }
    let mut code_of = vec![END; counts.len()];
    for (code, term) in (1..).zip(lists.iter().flatten()) {
        code_of[term.0 as usize] = code;
    }
    for token in tokens {
        put(&mut bytes, token.map_or(END, |term| code_of[term.0 as usize]))?;
    }
    Ok(Section { section: SECTION, piece: 0, bytes })
}

/// The terms with codes of one byte, the most frequent; those with codes of two, the next, where not all that are left have
/// one; and the rest. Each list is ascending.
fn by_length(counts: &[u32]) -> [Vec<TermId>; 3] {
    let mut terms: Vec<TermId> = (0..counts.len() as u32).map(TermId).collect();
    terms.sort_by_key(|term| core::cmp::Reverse(counts[term.0 as usize]));
    let mut rest = terms.split_off(terms.len().min(TWO as usize - 1));
    let third = if counts.len() < THREE as usize { rest.split_off(0) } else { rest.split_off((THREE - TWO) as usize) };
    let mut lists = [terms, rest, third];
    lists.iter_mut().for_each(|list| list.sort_unstable());
    lists
}

/// Reads which of so many terms have the shorter codes: all terms in the order of their codes.
///
/// # Errors
/// [`Error::Corrupt`].
pub fn order(reader: &mut Reader<'_>, terms: usize) -> Result<Vec<TermId>, Error> {
    let (mut order, mut listed) = (Vec::with_capacity(terms), Bits::new(terms));
    for _ in 0..2 {
        let mut last = 0;
        for _ in 0..reader.count(1)? {
            last = reader.ascending(last, terms)?;
            if listed.has(last) {
                return Err(reader.corrupt());
            }
            listed.set(last);
            order.push(TermId(last));
        }
    }
    for term in 0..terms as u32 {
        if !listed.has(term) {
            order.push(TermId(term));
        }
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn codes_come_back(codes in proptest::collection::vec(
            prop_oneof![0u32..200, 0..THREE + 9, THREE - 9..FOUR + 9, FOUR - 9..LIMIT, Just(LIMIT - 1)], 0..50)) {
            let mut out = Vec::new();
            for &code in &codes {
                put(&mut out, code).unwrap();
            }
            let mut at = 0;
            for &code in &codes {
                let start = at;
                prop_assert_eq!(get(&out, &mut at), Some(code));
                prop_assert_eq!(get(&out[..at - 1], &mut { start }), None);
            }
            prop_assert_eq!(at, out.len());
        }
    }

    /// The obvious twin of [`order`]: which terms are listed decides, then their numbers.
    fn slowly(lists: &[Vec<TermId>; 3]) -> Vec<TermId> {
        let mut all: Vec<TermId> = lists.iter().flatten().copied().collect();
        let place = |term: &TermId| lists[..2].iter().position(|list| list.contains(term)).unwrap_or(2);
        all.sort_by_key(|term| (place(term), *term));
        all
    }

    proptest! {
        #[test]
        fn the_order_of_codes_comes_back(counts in proptest::collection::vec(1u32..9, 0..400)) {
            let section = write(core::iter::empty(), &counts).unwrap();
            let mut reader = Reader::new(&section.bytes, SECTION);
            let order = order(&mut reader, counts.len()).unwrap();
            prop_assert_eq!(reader.left(), 0);
            let lists = by_length(&counts);
            prop_assert_eq!(&order, &slowly(&lists));
            let least = lists[0].iter().map(|term| counts[term.0 as usize]).min();
            let most = lists[2].iter().map(|term| counts[term.0 as usize]).max();
            prop_assert!(least >= most || most.is_none());
        }
    }

    #[test]
    fn many_terms_have_a_second_list() {
        for (terms, lengths) in [(191, [191, 0, 0]), (12_479, [191, 0, 12_288]), (12_480, [191, 12_288, 1])] {
            let counts: Vec<u32> = (0..terms).map(|term| term % 77 + 1).collect();
            assert_eq!(by_length(&counts).map(|list| list.len()), lengths, "{terms} terms");
            let all = (0..terms).map(|term| Some(TermId(term))).chain([None]);
            let section = write(all, &counts).unwrap();
            let mut reader = Reader::new(&section.bytes, SECTION);
            let order = order(&mut reader, terms as usize).unwrap();
            let (mut at, stream) = (0, reader.take(reader.left()).unwrap());
            for term in 0..terms {
                let code = get(stream, &mut at).unwrap();
                assert_eq!(order[code as usize - 1], TermId(term));
            }
            assert_eq!((get(stream, &mut at), get(stream, &mut at)), (Some(END), None));
        }
    }

    #[test]
    fn a_term_in_two_lists_is_refused() {
        for bytes in [[1, 3, 1, 3], [2, 3, 0, 0], [1, 3, 1, 5]] {
            assert!(order(&mut Reader::new(&bytes, SECTION), 5).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_code_beyond_the_limit_is_refused() {
        assert_eq!(put(&mut Vec::new(), LIMIT), Err(Error::TooLarge));
    }
}

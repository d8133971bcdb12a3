//! The token stream: the whole text of the corpus as term codes, from which text and postings are both read.
//!
//! The tokens of a page tile it, blanks and punctuation included, so the stream is the text and the postings at once.
//! Codes are numbered by frequency ([`crate::terms::by_class`]): code 0 ends a passage, code n is the n-th term.
//! A code takes 1 to 4 bytes; the first byte says how many:
//!
//! | first byte | bytes | codes |
//! |---|---|---|
//! | 0 to 159 | 1 | 0 to 159 |
//! | 160 to 239 | 2 | the next 80 * 2^8 |
//! | 240 to 254 | 3 | the next 15 * 2^16 |
//! | 255 | 4 | the next 2^24 |

use crate::{Error, container::Section};

/// The number of this section.
pub const SECTION: u16 = 4;
/// The code that ends a passage.
pub const END: u32 = 0;

const TWO: u32 = 160;
const THREE: u32 = TWO + (80 << 8);
const FOUR: u32 = THREE + (15 << 16);
const LIMIT: u32 = FOUR + (1 << 24);

/// Appends a code.
///
/// # Errors
/// [`Error::TooLarge`] from 17,780,000 or so terms on.
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

/// Wraps the bytes that [`put`] made.
pub fn section(bytes: Vec<u8>) -> Section {
    Section { section: SECTION, piece: 0, bytes }
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

    #[test]
    fn a_code_beyond_the_limit_is_refused() {
        assert_eq!(put(&mut Vec::new(), LIMIT), Err(Error::TooLarge));
    }
}

//! Which words are read otherwise than their characters mostly are: 重 is zhong, but chong in 重庆.
//!
//! Readings are stored by character, the usual one first ([`crate::readings`]); here are the characters in words that have
//! another of them (`FORMAT.md`, section SPOKEN). Either is then taken for usual: it only shifts which of several guesses comes first.

use crate::Error;
use crate::container::Section;
use crate::varint::{self, Reader};

/// The number of this section, which readers may ignore.
pub const SECTION: u16 = 0x8002;
/// As many readings of a character can be told apart.
pub const READINGS: u32 = 4;

/// Reads the section: for each character of all terms, one term behind the other, which of its readings it has there; there
/// are `len` characters.
///
/// # Errors
/// [`Error::Corrupt`].
pub fn read(bytes: &[u8], len: usize) -> Result<Vec<u8>, Error> {
    let mut reader = Reader::new(bytes, SECTION);
    let (mut spoken, mut at) = (vec![0; len], 0);
    while reader.left() > 0 {
        let number = reader.number()?;
        at += (number / READINGS) as usize;
        *spoken.get_mut(at).ok_or(reader.corrupt())? = (number % READINGS) as u8;
    }
    Ok(spoken)
}

/// Writes the section, from what [`read`] gives.
pub fn write(spoken: &[u8]) -> Section {
    let (mut out, mut last) = (Vec::new(), 0);
    for (at, &reading) in (0..).zip(spoken) {
        if reading > 0 {
            varint::put(&mut out, (at - last) * READINGS + u32::from(reading));
            last = at;
        }
    }
    Section { section: SECTION, piece: 0, bytes: out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn comes_back(spoken in proptest::collection::vec(prop_oneof![9 => Just(0u8), 1 => 1u8..4], 0..300)) {
            prop_assert_eq!(read(&write(&spoken).bytes, spoken.len()), Ok(spoken));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, len in 0usize..90) {
            let _ = read(&bytes, len);
        }
    }
}

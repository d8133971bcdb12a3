//! Unsigned LEB128 numbers and length-prefixed strings, written and read.
//!
//! LEB128: seven bits a byte, least significant first, the top bit set on all but the last byte.

use crate::Error;

/// Appends `value` in 1 to 5 bytes.
pub fn put(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends the length of `text` in bytes, then its UTF-8.
///
/// # Errors
/// [`Error::TooLarge`] for a string of 4 GiB or more.
pub fn put_str(out: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    put(out, u32::try_from(text.len()).map_err(|_| Error::TooLarge)?);
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Reads what the functions above wrote, never past the end.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    section: u16,
}

impl<'a> Reader<'a> {
    /// Starts at the first of `bytes`; errors will name `section`.
    pub fn new(bytes: &'a [u8], section: u16) -> Self {
        Reader { bytes, section }
    }

    /// The error for a structure that does not hold together here.
    pub fn corrupt(&self) -> Error {
        Error::Corrupt { section: self.section }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.bytes.len()
    }

    /// The next byte.
    ///
    /// # Errors
    /// [`Error::Corrupt`] at the end.
    pub fn byte(&mut self) -> Result<u8, Error> {
        let (&first, rest) = self.bytes.split_first().ok_or(self.corrupt())?;
        self.bytes = rest;
        Ok(first)
    }

    /// The next number.
    ///
    /// # Errors
    /// [`Error::Corrupt`] at the end or when the number does not fit 32 bits.
    pub fn number(&mut self) -> Result<u32, Error> {
        let mut value = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0x0f {
                return Err(self.corrupt());
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.corrupt())
    }

    /// A number that counts things of at least `least` bytes each which follow: it is refused when they cannot
    /// be there, so that nobody allocates for what does not exist.
    ///
    /// # Errors
    /// [`Error::Corrupt`] as for [`Reader::number`], or when fewer bytes are left.
    pub fn count(&mut self, least: usize) -> Result<usize, Error> {
        let count = self.number()? as usize;
        if count.checked_mul(least).is_none_or(|need| need > self.left()) {
            return Err(self.corrupt());
        }
        Ok(count)
    }

    /// The next `len` bytes.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when fewer are left.
    pub fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let (head, rest) = self.bytes.split_at_checked(len).ok_or(self.corrupt())?;
        self.bytes = rest;
        Ok(head)
    }

    /// The next string.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when it is cut or not UTF-8.
    pub fn str(&mut self) -> Result<&'a str, Error> {
        let len = self.count(1)?;
        let bytes = self.take(len)?;
        core::str::from_utf8(bytes).map_err(|_| self.corrupt())
    }

    /// The next string, to keep.
    ///
    /// # Errors
    /// As for [`Reader::str`].
    #[inline(never)]
    pub fn string(&mut self) -> Result<String, Error> {
        Ok(self.str()?.to_owned())
    }

    /// A number that is `last` plus the next one and below `limit`: the next of an ascending column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] as for [`Reader::number`], or from the limit on.
    #[inline(never)]
    pub fn ascending(&mut self, last: u32, limit: usize) -> Result<u32, Error> {
        let next = last.checked_add(self.number()?).filter(|&next| (next as usize) < limit);
        next.ok_or(self.corrupt())
    }

    /// Refuses bytes that nobody read.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when some are left.
    pub fn finish(&self) -> Result<(), Error> {
        if self.bytes.is_empty() { Ok(()) } else { Err(self.corrupt()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_and_strings_come_back(values: Vec<u32>, text: String) {
            let mut out = Vec::new();
            for &value in &values {
                put(&mut out, value);
            }
            put_str(&mut out, &text).unwrap();
            let mut reader = Reader::new(&out, 1);
            for &value in &values {
                prop_assert_eq!(reader.number().unwrap(), value);
            }
            prop_assert_eq!(reader.str().unwrap(), text);
            prop_assert!(reader.finish().is_ok());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut reader = Reader::new(&bytes, 1);
            while reader.number().is_ok() && reader.str().is_ok() {}
        }
    }
}

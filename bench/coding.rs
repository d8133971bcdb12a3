//! Codes for ascending lists of positions, for the comparison of layouts: LEB128 gaps, Rice, interpolative.
//!
//! A list is `n` different numbers below `bound`, ascending; whoever reads it knows `n` and `bound`.

use jisou_core::Error;
use jisou_core::varint::{self, Reader};

/// How a list is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Gaps as LEB128, whole bytes: brotli can still find something in them.
    Leb128,
    /// Gaps in Golomb-Rice codes whose parameter follows from `n` and `bound`.
    Rice,
    /// Binary interpolative (Moffat and Stuiver 2000): the middle first, in as many bits as its neighbours leave open.
    Interpolative,
}

/// Writes lists one behind the other: their lengths in a column of bytes, then all their numbers.
pub fn put_lists(lists: &[Vec<u32>], bound: u32, code: Code) -> Vec<u8> {
    let mut out = Vec::new();
    lists.iter().for_each(|list| varint::put(&mut out, list.len() as u32));
    let mut bits = BitWriter::default();
    for list in lists {
        let rice = parameter(list.len() as u32, bound);
        let gaps = list.iter().scan(0, |next, &position| Some(position - core::mem::replace(next, position + 1)));
        match code {
            Code::Leb128 => gaps.for_each(|gap| varint::put(&mut out, gap)),
            Code::Rice => gaps.for_each(|gap| bits.put_rice(gap, rice)),
            Code::Interpolative => bits.put_between(list, 0, bound),
        }
    }
    out.extend(bits.bytes);
    out
}

/// Reads what [`put_lists`] wrote: `count` lists.
///
/// # Errors
/// [`Error::Corrupt`] where the bytes end too soon.
pub fn get_lists(bytes: &[u8], count: usize, bound: u32, code: Code) -> Result<Vec<Vec<u32>>, Error> {
    let mut reader = Reader::new(bytes, 0);
    let lengths = (0..count).map(|_| reader.number()).collect::<Result<Vec<u32>, Error>>()?;
    let mut bits = BitReader { bytes: &bytes[bytes.len() - reader.left()..], at: 0 };
    let mut lists = Vec::with_capacity(count);
    for length in lengths {
        let rice = parameter(length, bound);
        let mut list = Vec::with_capacity(length as usize);
        if code == Code::Interpolative {
            list.resize(length as usize, 0);
            bits.get_between(&mut list, 0, bound).ok_or(reader.corrupt())?;
        } else {
            let mut next = 0;
            for _ in 0..length {
                let gap = match code {
                    Code::Leb128 => reader.number()?,
                    _ => bits.get_rice(rice).ok_or(reader.corrupt())?,
                };
                list.push(next + gap);
                next += gap + 1;
            }
        }
        lists.push(list);
    }
    Ok(lists)
}

/// The Rice parameter for gaps of the mean length `bound / n`: the whole binary logarithm of ln 2 times that.
fn parameter(n: u32, bound: u32) -> u32 {
    (u64::from(bound) * 69 / 100 / u64::from(n.max(1))).max(1).ilog2()
}

#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    /// Bits used of the last byte; 0 if it is full or there is none.
    used: u32,
}

impl BitWriter {
    fn bit(&mut self, bit: bool) {
        if self.used == 0 {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << self.used;
        }
        self.used = (self.used + 1) % 8;
    }

    fn put(&mut self, value: u32, bits: u32) {
        (0..bits).rev().for_each(|bit| self.bit(value >> bit & 1 == 1));
    }

    fn put_rice(&mut self, value: u32, parameter: u32) {
        (0..value >> parameter).for_each(|_| self.bit(true));
        self.bit(false);
        self.put(value, parameter);
    }

    /// A number below `range` in the fewest bits: small ones take one less where `range` is no power of two.
    fn put_below(&mut self, value: u32, range: u32) {
        let (bits, short) = below(range);
        if value < short { self.put(value, bits.saturating_sub(1)) } else { self.put(value + short, bits) }
    }

    fn put_between(&mut self, list: &[u32], low: u32, end: u32) {
        let middle = list.len() / 2;
        let Some(&value) = list.get(middle) else { return };
        let (first, last) = (low + middle as u32, end - (list.len() - middle) as u32);
        self.put_below(value - first, last - first + 1);
        self.put_between(&list[..middle], low, value);
        self.put_between(&list[middle + 1..], value + 1, end);
    }
}

struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl BitReader<'_> {
    fn bit(&mut self) -> Option<u32> {
        let byte = *self.bytes.get(self.at / 8)?;
        self.at += 1;
        Some(u32::from(byte >> ((self.at - 1) % 8)) & 1)
    }

    fn get(&mut self, bits: u32) -> Option<u32> {
        (0..bits).try_fold(0, |value, _| Some(value << 1 | self.bit()?))
    }

    fn get_rice(&mut self, parameter: u32) -> Option<u32> {
        let mut high = 0;
        while self.bit()? == 1 {
            high += 1;
        }
        Some(high << parameter | self.get(parameter)?)
    }

    fn get_below(&mut self, range: u32) -> Option<u32> {
        let (bits, short) = below(range);
        let Some(fewer) = bits.checked_sub(1) else { return Some(0) };
        let value = self.get(fewer)?;
        Some(if value < short { value } else { (value << 1 | self.bit()?) - short })
    }

    fn get_between(&mut self, list: &mut [u32], low: u32, end: u32) -> Option<()> {
        let middle = list.len() / 2;
        if list.is_empty() {
            return Some(());
        }
        let (first, last) = (low + middle as u32, end - (list.len() - middle) as u32);
        let value = first + self.get_below(last - first + 1)?;
        list[middle] = value;
        self.get_between(&mut list[..middle], low, value)?;
        self.get_between(&mut list[middle + 1..], value + 1, end)
    }
}

/// The bits that a number below `range` takes, and how many numbers take one less.
fn below(range: u32) -> (u32, u32) {
    let bits = range.next_power_of_two().ilog2();
    (bits, (1 << bits) - range)
}

/// The fewest bytes, on average over all lists of such lengths, for lists that are coded each for itself.
pub fn least_bytes(lengths: impl Iterator<Item = usize>, bound: usize) -> usize {
    let factorials: Vec<f64> = core::iter::once(0.0)
        .chain((1..=bound).scan(0.0, |sum, n| {
            *sum += (n as f64).log2();
            Some(*sum)
        }))
        .collect();
    let bits: f64 = lengths.map(|n| factorials[bound] - factorials[n] - factorials[bound - n]).sum();
    (bits / 8.0).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Generator;

    #[test]
    fn lists_come_back() {
        let mut generator = Generator::new(7);
        for bound in [1, 2, 3, 17, 256, 1000] {
            let lists: Vec<Vec<u32>> = (0..40)
                .map(|_| {
                    let one_in = 1 + generator.below(bound as usize + 3);
                    (0..bound).filter(|_| generator.below(one_in) == 0).collect()
                })
                .collect();
            for code in [Code::Leb128, Code::Rice, Code::Interpolative] {
                let bytes = put_lists(&lists, bound, code);
                assert_eq!(get_lists(&bytes, lists.len(), bound, code).as_ref(), Ok(&lists), "{code:?} below {bound}");
                assert!(get_lists(&bytes[..lists.len() - 1], lists.len(), bound, code).is_err());
            }
        }
    }

    #[test]
    fn the_least_is_that_of_binomials() {
        // C(8, 4) = 70 takes 6.13 bits, sixteen times that 98.07: 12.26 bytes.
        assert_eq!(least_bytes([4; 16].into_iter(), 8), 13);
    }
}

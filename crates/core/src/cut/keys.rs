//! Pieces of the dictionary: keys in their order, with what is known of each and the list of pages that hold it.

use super::grams::is_gram;
use super::list::Columns;
use super::root::SECTION;
use crate::Error;
use crate::alphabet::Alphabet;
use crate::ids::Symbol;
use crate::spelling::MAX_CHARS;
use crate::varint::{self, Reader};
use core::cmp::Ordering;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key: a word, a gram or a title ([`super::grams`]).
    pub key: Vec<Symbol>,
    /// If it is a word, 1 more than the binary logarithm of how often the most frequent of its forms occurs; else 0.
    pub weight: u8,
    /// How many pages its list has.
    pub holding: u32,
    /// Words that are forms of the same word.
    pub others: Vec<Vec<Symbol>>,
    /// Its list.
    pub place: Place,
}

/// Where a list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Here.
    Here(Vec<u8>),
    /// In a piece of its own.
    Apart {
        /// Its number.
        number: u32,
        /// Its length in bytes.
        len: u32,
    },
}

impl Entry {
    /// What its list has.
    pub fn columns(&self, alphabet: &Alphabet) -> Columns {
        columns(&self.key, self.weight > 0, alphabet)
    }
}

/// What the list of a key has, which is a word or not.
pub fn columns(key: &[Symbol], word: bool, alphabet: &Alphabet) -> Columns {
    Columns { impacts: word || key.first() == Some(&Symbol::BOUNDARY), next: is_gram(alphabet, key) }
}

/// The order of keys: single symbols come last, since seldom anything is asked of them.
pub fn order(a: &[Symbol], b: &[Symbol]) -> Ordering {
    let single = |key: &[Symbol]| key.len() == 1 || key.len() == 2 && key[1] == Symbol::BOUNDARY;
    single(a).cmp(&single(b)).then_with(|| a.cmp(b))
}

/// A key that shares fewer symbols with the last one says so with the number of those that follow.
const SHARED: u32 = 7;

/// Appends a key: how many symbols it shares with the last one and how many follow, and these; the first of them as what it is more than
/// that of the last one, since keys mostly ascend.
pub fn put_key(out: &mut Vec<u8>, last: &[Symbol], key: &[Symbol]) {
    let shared = last.iter().zip(key).take_while(|(a, b)| a == b).count();
    let rest = (key.len() - shared) as u32;
    varint::put(out, rest * (SHARED + 1) + SHARED.min(shared as u32));
    if let Some(more) = (shared as u32).checked_sub(SHARED) {
        varint::put(out, more);
    }
    let mut less = last.get(shared).map_or(0, |symbol| symbol.0);
    for symbol in &key[shared..] {
        varint::put(out, u32::from(symbol.0.wrapping_sub(less)));
        less = 0;
    }
}

/// Reads a key.
///
/// # Errors
/// [`Error::Corrupt`].
pub fn key(reader: &mut Reader<'_>, last: &[Symbol]) -> Result<Vec<Symbol>, Error> {
    let lengths = reader.number()?;
    let (rest, mut shared) = ((lengths / (SHARED + 1)) as usize, (lengths % (SHARED + 1)) as usize);
    if shared == SHARED as usize {
        shared = shared.saturating_add(reader.number()? as usize);
    }
    let mut key = last.get(..shared).ok_or(reader.corrupt())?.to_vec();
    if shared + rest > MAX_CHARS || shared + rest == 0 {
        return Err(reader.corrupt());
    }
    let mut less = last.get(shared).map_or(0, |symbol| symbol.0);
    for _ in 0..rest {
        let symbol = u16::try_from(reader.number()?).map_err(|_| reader.corrupt())?;
        key.push(Symbol(symbol.wrapping_add(less)));
        less = 0;
    }
    Ok(key)
}

const OTHERS: u8 = 0x40;
const APART: u8 = 0x80;

/// Writes a piece.
pub fn write(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last: &[Symbol] = &[];
    for entry in entries {
        put(&mut out, last, entry);
        last = &entry.key;
    }
    out
}

/// Appends an entry behind one with the key `last`.
pub fn put(out: &mut Vec<u8>, last: &[Symbol], entry: &Entry) {
    put_key(out, last, &entry.key);
    let apart = matches!(entry.place, Place::Apart { .. });
    let others = !entry.others.is_empty();
    out.push(entry.weight | if apart { APART } else { 0 } | if others { OTHERS } else { 0 });
    varint::put(out, entry.holding);
    if others {
        varint::put(out, entry.others.len() as u32);
        for other in &entry.others {
            put_key(out, &entry.key, other);
        }
    }
    match &entry.place {
        Place::Here(list) => {
            varint::put(out, list.len() as u32);
            out.extend_from_slice(list);
        }
        Place::Apart { number, len } => {
            varint::put(out, *number);
            varint::put(out, *len);
        }
    }
}

/// Reads what stands behind a key.
fn behind(reader: &mut Reader<'_>, key: &[Symbol]) -> Result<Entry, Error> {
    let flags = reader.byte()?;
    let holding = reader.number()?;
    let mut others = Vec::new();
    if flags & OTHERS > 0 {
        for _ in 0..reader.count(1)? {
            others.push(self::key(reader, key)?);
        }
    }
    let place = if flags & APART > 0 {
        Place::Apart { number: reader.number()?, len: reader.number()? }
    } else {
        let len = reader.count(1)?;
        Place::Here(reader.take(len)?.to_vec())
    };
    Ok(Entry { key: key.to_vec(), weight: flags & !(OTHERS | APART), holding, others, place })
}

/// A piece in memory: as it is stored, with where its keys are.
#[derive(Debug, Clone)]
pub struct Keys {
    bytes: Vec<u8>,
    /// All keys, one behind the other.
    symbols: Vec<Symbol>,
    /// For each key where it ends in these, and where in the bytes what is known of it starts.
    ends: Vec<(u32, u32)>,
}

impl Keys {
    /// Reads a piece.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8]) -> Result<Keys, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut keys = Keys { bytes: bytes.to_vec(), symbols: Vec::new(), ends: Vec::new() };
        while reader.left() > 0 {
            let last = keys.ends.len().checked_sub(1).map_or(&[][..], |last| keys.key(last));
            let key = key(&mut reader, last)?;
            if !keys.ends.is_empty() && order(last, &key).is_ge() {
                return Err(reader.corrupt());
            }
            keys.symbols.extend_from_slice(&key);
            keys.ends.push((keys.symbols.len() as u32, (bytes.len() - reader.left()) as u32));
            behind(&mut reader, &key)?;
        }
        Ok(keys)
    }

    fn key(&self, at: usize) -> &[Symbol] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0);
        &self.symbols[start as usize..self.ends[at].0 as usize]
    }

    /// How many keys come before one.
    fn before(&self, key: &[Symbol]) -> usize {
        let (mut first, mut behind_last) = (0, self.ends.len());
        while first < behind_last {
            let middle = first.midpoint(behind_last);
            if order(self.key(middle), key).is_lt() {
                first = middle + 1;
            } else {
                behind_last = middle;
            }
        }
        first
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let mut reader = Reader::new(self.bytes.get(self.ends[at].1 as usize..)?, SECTION);
        behind(&mut reader, self.key(at)).ok()
    }

    /// What is known of a key.
    pub fn get(&self, key: &[Symbol]) -> Option<Entry> {
        let at = self.before(key);
        if at < self.ends.len() && self.key(at) == key { self.entry(at) } else { None }
    }

    /// Appends what is known of the words that begin with at least two symbols, in their order.
    pub fn words(&self, prefix: &[Symbol], out: &mut Vec<Entry>) {
        let mut at = self.before(prefix);
        while at < self.ends.len() && self.key(at).starts_with(prefix) {
            let entry = self.entry(at);
            out.extend(entry.filter(|entry| entry.weight > 0 && !entry.key.contains(&Symbol::BOUNDARY)));
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> impl Strategy<Value = Vec<Symbol>> {
        proptest::collection::vec((0u16..9).prop_map(Symbol), 1..6)
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let place = prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..9).prop_map(Place::Here),
            (0u32..999, 0u32..9999).prop_map(|(number, len)| Place::Apart { number, len }),
        ];
        (form(), 0u8..33, 0u32..99_999, proptest::collection::vec(form(), 0..3), place)
            .prop_map(|(key, weight, holding, others, place)| Entry { key, weight, holding, others, place })
    }

    proptest! {
        #[test]
        fn pieces_come_back(mut entries in proptest::collection::vec(entry(), 0..20), other in form()) {
            entries.sort_by(|a, b| order(&a.key, &b.key));
            entries.dedup_by(|a, b| a.key == b.key);
            let keys = Keys::read(&write(&entries)).unwrap();
            prop_assert_eq!(keys.get(&other), entries.iter().find(|entry| entry.key == other).cloned());
            if other.len() > 1 && other[1] != Symbol::BOUNDARY {
                let word = |entry: &&Entry| entry.weight > 0 && !entry.key.contains(&Symbol::BOUNDARY);
                let begin: Vec<_> = entries.iter().filter(|entry| entry.key.starts_with(&other)).filter(word).cloned().collect();
                let mut found = Vec::new();
                keys.words(&other, &mut found);
                prop_assert_eq!(found, begin);
            }
            for entry in entries {
                prop_assert_eq!(keys.get(&entry.key), Some(entry));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(keys) = Keys::read(&bytes) {
                let _ = keys.get(&[Symbol(1)]);
            }
        }
    }
}

//! The words of the site by their sound and by their letters, for queries that find little: what else may be meant.
//!
//! Piece 0 of the family is the directory: where each other piece begins, then the readings of all characters as a whole
//! index has them ([`crate::readings`]). The others hold words in the order of [`sort_keys`]: those of Han under each
//! syllable that their first character can be, or else under that character, all others under their first letter and their length. All words under one sort key are in
//! one piece.

use super::keys;
use super::root::{Root, SECTION};
use crate::chars::Class;
use crate::decode::Decoded;
use crate::facets::Facets;
use crate::ids::{PassageId, Symbol, TermId};
use crate::index::Parts;
use crate::lattice::MAX_WORD;
use crate::order::in_order;
use crate::pages::Pages;
use crate::readings::Readings;
use crate::spoken;
use crate::stems::Stems;
use crate::terms::Terms;
use crate::varint::{self, Reader};
use crate::{Error, Index};
use core::ops::RangeInclusive;
use std::collections::BTreeMap;

/// A word with its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word, folded.
    pub form: Vec<Symbol>,
    /// For each of its symbols, which of its readings it has there; empty if all have the usual one.
    pub spoken: Vec<u8>,
    /// How it is written, as members of its symbols, without the zeros at the end; and how often.
    pub forms: Vec<(Vec<u8>, u32)>,
}

/// Where words are.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The least sort key of each piece but this one, ascending.
    starts: Vec<Vec<u8>>,
    /// How characters are read.
    pub readings: Readings,
}

/// About how many bytes a piece has at least.
const SIZE: usize = 4000;
/// The shortest other word that may be meant by one with a letter more, in letters ([`crate::edits::allowed`]).
const MIN_OTHER: usize = 3;

/// Starts the sort keys of words that are not Han, behind those of all syllables.
const OTHER: u8 = b'~';

/// Starts the sort keys of words of Han whose first character has no reading.
const UNREAD: u8 = b'}';

/// The sort key of such a word.
fn unread_key(first: Symbol) -> Vec<u8> {
    let [high, low] = first.0.to_be_bytes();
    vec![UNREAD, high, low]
}

/// The sort key of a word that is not Han: its first letter, then how many it has.
fn other_key(first: Symbol, len: usize) -> Vec<u8> {
    let [high, low] = first.0.to_be_bytes();
    vec![OTHER, high, low, len.min(255) as u8]
}

/// What a word is found under; nothing if it is meant by nothing else.
fn sort_keys(index: &Index, form: &[Symbol]) -> Vec<Vec<u8>> {
    match index.alphabet.class(form[0]) {
        Class::Han if index.readings.numbers(form[0]).is_empty() => vec![unread_key(form[0])],
        Class::Han if form.len() <= MAX_WORD => {
            index.readings.of(form[0]).map(|syllable| syllable.as_bytes().to_vec()).collect()
        }
        Class::Word if form.len() >= MIN_OTHER => vec![other_key(form[0], form.len())],
        _ => Vec::new(),
    }
}

/// The contents of all pieces. `readings`: the section of the whole index.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(index: &Index, readings: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    let mut sorted: BTreeMap<Vec<u8>, Vec<Word>> = BTreeMap::new();
    let mut at = 0;
    while at < index.terms.len() as u32 {
        let group = index.terms.group(TermId(at));
        at = group.end.0;
        let form = index.terms.folded(group.first).to_vec();
        let keys = sort_keys(index, &form);
        let forms = (group.first.0..group.end.0).map(TermId);
        let forms = forms.map(|term| (index.terms.members(term).to_vec(), index.frequency(term) as u32)).collect();
        let spoken = index.spoken(group.first);
        let spoken = if spoken.iter().any(|&reading| reading > 0) { spoken.to_vec() } else { Vec::new() };
        let word = Word { form, spoken, forms };
        for key in keys {
            sorted.entry(key).or_default().push(word.clone());
        }
    }
    let (mut starts, mut pieces): (Vec<&[u8]>, Vec<Vec<u8>>) = (Vec::new(), Vec::new());
    let mut last: &[Symbol] = &[];
    for (key, words) in &sorted {
        if pieces.last().is_none_or(|piece| piece.len() >= SIZE) {
            starts.push(key);
            pieces.push(Vec::new());
            last = &[];
        }
        if let Some(piece) = pieces.last_mut() {
            last = put(piece, last, words);
        }
    }
    let mut directory = Vec::new();
    varint::put(&mut directory, starts.len() as u32);
    for start in starts {
        directory.push(start.len() as u8);
        directory.extend_from_slice(start);
    }
    directory.extend_from_slice(readings);
    pieces.insert(0, directory);
    Ok(pieces)
}

const SPOKEN: u32 = 1;
const FORMS: u32 = 2;

/// Appends words of one sort key behind the word `last`; gives the last of them.
fn put<'w>(out: &mut Vec<u8>, mut last: &'w [Symbol], words: &'w [Word]) -> &'w [Symbol] {
    for Word { form, spoken, forms } in words {
        keys::put_key(out, last, form);
        last = form;
        // Most words are written in one way, that of the first members.
        let plain = matches!(&forms[..], [(members, _)] if members.is_empty());
        let flags = if spoken.is_empty() { 0 } else { SPOKEN } | if plain { 0 } else { FORMS };
        varint::put(out, if plain { forms[0].1.saturating_mul(4) } else { (forms.len() as u32) << 2 } | flags);
        out.extend_from_slice(spoken);
        if !plain {
            for (members, count) in forms {
                out.push(members.len() as u8);
                out.extend_from_slice(members);
                varint::put(out, *count);
            }
        }
    }
    last
}

/// Reads a piece other than the directory.
///
/// # Errors
/// [`Error::Corrupt`].
pub fn read(bytes: &[u8]) -> Result<Vec<Word>, Error> {
    let mut reader = Reader::new(bytes, SECTION);
    let mut words: Vec<Word> = Vec::new();
    while reader.left() > 0 {
        let form = keys::key(&mut reader, words.last().map_or(&[][..], |last| &last.form))?;
        let number = reader.number()?;
        let spoken = if number & SPOKEN > 0 { reader.take(form.len())?.to_vec() } else { Vec::new() };
        let mut forms = Vec::new();
        if number & FORMS > 0 {
            for _ in 0..number >> 2 {
                let len = usize::from(reader.byte()?);
                if len > form.len() {
                    return Err(reader.corrupt());
                }
                forms.push((reader.take(len)?.to_vec(), reader.number()?));
            }
        } else {
            forms.push((Vec::new(), number >> 2));
        }
        words.push(Word { form, spoken, forms });
    }
    Ok(words)
}

impl Directory {
    /// Reads the directory.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8], root: &Root) -> Result<Directory, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut starts: Vec<Vec<u8>> = Vec::new();
        for _ in 0..reader.count(1)? {
            let len = usize::from(reader.byte()?);
            let start = reader.take(len)?.to_vec();
            if starts.last().is_some_and(|last| *last >= start) {
                return Err(reader.corrupt());
            }
            starts.push(start);
        }
        let rest = reader.take(reader.left())?;
        let readings = if rest.is_empty() { Readings::default() } else { Readings::read(rest, &root.alphabet)? };
        Ok(Directory { starts, readings })
    }

    /// The pieces that hold the words with the sort keys of a range.
    fn pieces(&self, keys: &RangeInclusive<Vec<u8>>) -> RangeInclusive<u32> {
        let behind = |key: &Vec<u8>| self.starts.partition_point(|start| start <= key) as u32;
        behind(keys.start()).max(1)..=behind(keys.end())
    }

    /// The pieces that hold the words whose first character is read so.
    pub fn of_syllable(&self, syllable: &str) -> RangeInclusive<u32> {
        let key = syllable.as_bytes().to_vec();
        self.pieces(&(key.clone()..=key))
    }

    /// The pieces that hold the words that start with a character without a reading.
    pub fn of_unread(&self, first: Symbol) -> RangeInclusive<u32> {
        let key = unread_key(first);
        self.pieces(&(key.clone()..=key))
    }

    /// The pieces that hold the words that may be meant by one that is not Han, up to so many edits away. A word that begins with another
    /// letter is among them only if it begins with the second of this one.
    pub fn near(&self, word: &[Symbol], edits: usize) -> Vec<RangeInclusive<u32>> {
        let mut out = Vec::new();
        for &first in word.iter().take(2) {
            let least = word.len().saturating_sub(edits).max(MIN_OTHER);
            out.push(self.pieces(&(other_key(first, least)..=other_key(first, word.len() + edits))));
        }
        out
    }
}

/// An index of words without any text. What is told of the site: `tokens`, how many its text has.
///
/// # Errors
/// [`Error::Corrupt`] for symbols and members that are not of the alphabet.
pub fn index(root: &Root, readings: &Readings, words: &[Word]) -> Result<Index, Error> {
    let corrupt = Error::Corrupt { section: SECTION };
    let alphabet = root.alphabet.clone();
    let mut rows: Vec<(&Word, &[u8], u32)> = Vec::new();
    for word in words {
        if !word.form.iter().all(|symbol| (1..=alphabet.len()).contains(&usize::from(symbol.0))) {
            return Err(corrupt);
        }
        for (members, count) in &word.forms {
            let mut pairs = members.iter().zip(&word.form);
            if !pairs.all(|(&member, &symbol)| usize::from(member) < alphabet.members(symbol)) {
                return Err(corrupt);
            }
            rows.push((word, members, *count));
        }
    }
    let mut rows = in_order(&rows, &|a, b| (&a.0.form, a.1) < (&b.0.form, b.1));
    // A word that is under several syllables is there several times.
    rows.dedup_by(|a, b| a.0.form == b.0.form && a.1 == b.1);
    let terms = Terms::sorted(rows.iter().map(|&(word, members, _)| (&word.form[..], members)), &alphabet);
    let (mut readings_of, mut counts) = (Vec::new(), Vec::new());
    for &(word, _, count) in &rows {
        counts.push(count);
        match word.spoken.is_empty() {
            true => readings_of.resize(readings_of.len() + word.form.len(), 0),
            false => readings_of.extend_from_slice(&word.spoken),
        }
    }
    if readings_of.iter().any(|&reading| u32::from(reading) >= spoken::READINGS) {
        return Err(corrupt);
    }
    let decoded = Decoded::of(Vec::new(), Vec::new(), &alphabet, &terms)?;
    let pages = Pages { first: vec![PassageId(0)], ..Pages::default() };
    let (readings, stems, facets) = (readings.clone(), Stems::default(), Facets::default());
    let parts = Parts { alphabet, terms, pages, readings, spoken: readings_of, stems, facets, bytes: 0 };
    let mut index = Index::of(parts, decoded);
    let figures = &root.figures;
    let (pages, tokens) = (figures.pages as usize, figures.tokens as usize);
    index.tell(super::Whole { pages, tokens, counts, ..super::Whole::default() });
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word() -> impl Strategy<Value = Word> {
        let form = proptest::collection::vec((1u16..300).prop_map(Symbol), 1..7);
        form.prop_flat_map(|form| {
            let len = form.len();
            let members = proptest::collection::vec(0u8..3, 0..=len);
            let spoken = prop_oneof![Just(Vec::new()), proptest::collection::vec(0u8..4, len)];
            let forms = proptest::collection::vec((members, 1u32..9999), 1..4);
            (Just(form), spoken, forms).prop_map(|(form, spoken, forms)| Word { form, spoken, forms })
        })
    }

    proptest! {
        #[test]
        fn words_come_back(words in proptest::collection::vec(word(), 0..20)) {
            let mut out = Vec::new();
            put(&mut out, &[], &words);
            prop_assert_eq!(read(&out), Ok(words));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = read(&bytes);
        }

        /// Which pieces hold a range of keys, against a look at all keys.
        #[test]
        fn pieces_are_found_by_their_starts(
            keys in proptest::collection::btree_set("[a-c]{1,2}", 1..9),
            cuts in proptest::collection::vec(any::<bool>(), 9),
            low in "[a-c]{1,2}",
            high in "[a-c]{1,2}",
        ) {
            let (low, high) = (low.clone().min(high.clone()), low.max(high));
            let (mut starts, mut held) = (Vec::new(), Vec::new());
            for (key, cut) in keys.iter().zip(cuts) {
                if cut || starts.is_empty() {
                    starts.push(key.clone().into_bytes());
                }
                held.push((key, starts.len() as u32));
            }
            let directory = Directory { starts, readings: Readings::default() };
            let found = directory.pieces(&(low.clone().into_bytes()..=high.clone().into_bytes()));
            for (key, piece) in held {
                prop_assert!(!(&low..=&high).contains(&key) || found.contains(&piece), "{key} {piece} {found:?}");
            }
        }
    }
}

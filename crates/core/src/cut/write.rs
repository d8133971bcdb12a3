//! From a whole index to the files of a cut one.

use super::gather::{self, Word};
use super::grams::{gram_key, is_gram, is_short, short_key};
use super::keys::{self, Entry, Place};
use super::list::{self, Posting};
use super::root::{self, Figures};
use super::texts::{self, Fragment, Stored};
use super::{Family, Piece, columns, words};
use crate::alphabet;
use crate::container::{Section, Table, range};
use crate::facets::Facets;
use crate::ids::{PageId, PassageId, Symbol};
use crate::index::Field;
use crate::{Error, Index, rank, readings, varint};
use xxhash_rust::xxh64::Xxh64;

/// How large pieces are at least: small ones send less for a query, but hosts limit how many files a site has.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// How many bytes a piece of keys has, about, from 1: the fewer, the more the root has to say of where each begins.
    pub keys: usize,
    /// The shortest list that gets a piece of its own, in bytes.
    pub list: usize,
    /// The most lists that get one: the longest.
    pub lists: usize,
    /// How many symbols a piece of text has, about, from 1: an excerpt of it is shown, and title and address are repeated in it.
    pub text: usize,
}

/// Measured: with lists of less than 4000 bytes beside their keys most queries need no round trip for lists alone, and are sent no more.
const SIZES: Sizes = Sizes { keys: 2000, list: 4000, lists: 2500, text: 1400 };

/// About the most pieces of keys of a site with so many pages; above that they are larger. Where there are many pages, more files are in their
/// place, and small pieces are what makes a query cheap.
fn most_keys(pages: usize) -> usize {
    (pages / 15).clamp(7500, 10_000)
}

/// About the most pieces of text.
const MOST_TEXTS: usize = 7000;

/// The files of a cut index.
#[derive(Debug, Clone)]
pub struct Files {
    /// The root.
    pub root: Vec<u8>,
    /// The pieces, sealed.
    pub pieces: Vec<(Piece, Vec<u8>)>,
    /// What the pages can be filtered and sorted by, as the pieces also say.
    pub facets: Facets,
}

/// Cuts a whole index.
///
/// # Errors
/// Those of opening it, and [`Error::TooLarge`].
pub fn write(whole: Vec<u8>) -> Result<Files, Error> {
    write_in(whole, &SIZES)
}

/// The same in pieces of other sizes.
///
/// # Errors
/// Those of [`write`].
pub fn write_in(whole: Vec<u8>, sizes: &Sizes) -> Result<Files, Error> {
    let table = Table::read(&whole)?;
    let entry = table.entries().iter().find(|entry| entry.section == alphabet::SECTION);
    let entry = entry.ok_or(Error::MissingSection { section: alphabet::SECTION })?;
    let stored = |entry| whole.get(range(entry)).unwrap_or_default().to_vec();
    let alphabet = Section { section: alphabet::SECTION, piece: 0, bytes: stored(entry) };
    let readings = table.entries().iter().find(|entry| entry.section == readings::SECTION).map(stored);
    let index = &Index::open(whole)?;
    let pages = index.pages.len() as u32;
    if pages > root::MAX_PAGES {
        return Err(Error::TooLarge);
    }
    let mut lists = gather::grams(index);
    let gathered = gather::words(index, &lists);
    let info = index.info();
    let mut figures = Figures {
        build: 0,
        pages,
        passages: info.passages as u32,
        characters: info.characters as u32,
        terms: info.terms as u32,
        tokens: info.tokens as u32,
        bytes: 0,
        average: index.average_lengths(),
        lists: 0,
        facets: 0,
        weights: vec![0; index.alphabet.len()],
        texts: Vec::new(),
        starts: Vec::new(),
    };
    gather::titles(index, &mut lists);
    let mut entries: Vec<Entry> = Vec::new();
    for Word { form, weight, list, own } in gathered {
        if let [symbol] = form[..] {
            figures.weights[usize::from(symbol.0) - 1] = weight;
        }
        let gram = lists.remove(form).unwrap_or_default();
        let others =
            index.stems.others(index, form).into_iter().map(|term| index.terms.folded(term).to_vec()).collect();
        let mut put = |key: Vec<Symbol>, weight, others, list: &[Posting]| {
            let (holding, columns) = (list.len() as u32, keys::columns(&key, weight > 0, &index.alphabet));
            entries.push(Entry { key, weight, holding, others, place: Place::Here(list::write(list, pages, columns)) });
        };
        let places = |list: &[Posting]| list.iter().map(|posting| (posting.page, posting.parts)).collect::<Vec<_>>();
        if is_gram(&index.alphabet, form) && places(&gram) != places(&list) {
            put(gram_key(form), 0, Vec::new(), &gram);
        }
        put(form.to_vec(), weight, others, &list);
        if is_short(&index.alphabet, form) {
            put(short_key(form), weight, Vec::new(), &own);
        }
    }
    for (key, list) in lists {
        let place = Place::Here(list::write(&list, pages, keys::columns(&key, false, &index.alphabet)));
        entries.push(Entry { key, weight: 0, holding: list.len() as u32, others: Vec::new(), place });
    }
    entries.sort_by(|a, b| keys::order(&a.key, &b.key));
    let long = |entry: &Entry| match &entry.place {
        Place::Here(list) if list.len() >= sizes.list => Some(list.len()),
        _ => None,
    };
    let mut lengths: Vec<usize> = entries.iter().filter_map(long).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let shortest = lengths.get(sizes.lists).map_or(sizes.list, |length| length + 1);
    let mut pieces = Vec::new();
    for entry in &mut entries {
        let Place::Here(list) = &mut entry.place else { continue };
        if list.len() >= shortest {
            let (number, len) = (figures.lists, list.len() as u32);
            let mut content = Vec::new();
            varint::put(&mut content, entry.holding);
            content.append(list);
            pieces.push((Piece { family: Family::List, number }, content));
            entry.place = Place::Apart { number, len };
            figures.lists += 1;
            match entry.key[..] {
                [symbol] => figures.weights[usize::from(symbol.0) - 1] |= root::APART,
                [symbol, Symbol::BOUNDARY] => figures.weights[usize::from(symbol.0) - 1] |= root::OWN_APART,
                _ => {}
            }
        }
    }
    let size = sizes.keys.max(keys::write(&entries).len() / most_keys(index.pages.len()));
    let (mut piece, mut first) = (Vec::new(), 0usize);
    for at in 0..entries.len() {
        let last = if piece.is_empty() { &[][..] } else { &entries[at - 1].key };
        keys::put(&mut piece, last, &entries[at]);
        if piece.len() >= size || at + 1 == entries.len() {
            let number = figures.starts.len() as u32;
            figures
                .starts
                .push(separator(first.checked_sub(1).map(|last| &entries[last].key[..]), &entries[first].key));
            pieces.push((Piece { family: Family::Keys, number }, core::mem::take(&mut piece)));
            first = at + 1;
        }
    }
    for (number, (begins, content)) in
        texts(index, sizes.text.max(index.text.len() / MOST_TEXTS))?.into_iter().enumerate()
    {
        figures.texts.push(begins);
        pieces.push((Piece { family: Family::Text, number: number as u32 }, content));
    }
    for (number, content) in words::write(index, &readings.unwrap_or_default())?.into_iter().enumerate() {
        pieces.push((Piece { family: Family::Words, number: number as u32 }, content));
    }
    for (number, content) in columns::write(&index.facets)?.into_iter().enumerate() {
        figures.facets += 1;
        pieces.push((Piece { family: Family::Facets, number: number as u32 }, content));
    }
    let mut build = Xxh64::new(0);
    for (_, content) in &pieces {
        build.update(&(content.len() as u64).to_le_bytes());
        build.update(content);
    }
    figures.build = build.digest();
    for (piece, content) in &mut pieces {
        *content = piece.seal(figures.build, content);
        figures.bytes = figures.bytes.saturating_add(content.len() as u32);
    }
    Ok(Files { root: root::write(alphabet, &figures)?, pieces, facets: index.facets.clone() })
}

/// The shortest beginning of a key that comes behind the one before it.
fn separator(last: Option<&[Symbol]>, key: &[Symbol]) -> Vec<Symbol> {
    let parts = |&len: &usize| {
        last.is_none_or(|last| keys::order(last, &key[..len]).is_lt()) && keys::order(&key[..len], key).is_le()
    };
    key[..(1..key.len()).find(parts).unwrap_or(key.len())].to_vec()
}

/// The text of all pages, cut into pieces: what each begins with ([`Figures::texts`]), and its content.
fn texts(index: &Index, size: usize) -> Result<Vec<(u32, Vec<u8>)>, Error> {
    let mut pieces = Vec::new();
    let mut fragments: Vec<Fragment> = Vec::new();
    // How long the piece at hand is, what it begins with, and its first passage that is not only repeated.
    let (mut len, mut begins, mut first) = (0, 0, 0);
    for page in (0..index.pages.len() as u32).map(PageId) {
        let mut last = None;
        for (passage, parts) in gather::parts(index, page) {
            let part = parts.ilog2();
            if len >= size && last != Some(part) {
                pieces.push((begins, texts::write(&fragments, first)?));
                fragments.clear();
                len = 0;
            }
            if fragments.is_empty() {
                (begins, first) = (page.0 * rank::PARTS + part, passage.0);
            }
            if fragments.last().is_none_or(|fragment| fragment.page != page.0) {
                fragments.push(fragment(index, page, passage));
            }
            if let Some(fragment) = fragments.last_mut() {
                fragment.passages.push(stored(index, passage, part as u8));
            }
            len += index.text.range(passage).len();
            last = Some(part);
        }
    }
    if !fragments.is_empty() {
        pieces.push((begins, texts::write(&fragments, first)?));
    }
    Ok(pieces)
}

/// The beginning of a fragment that goes on with a passage: what it repeats.
fn fragment(index: &Index, page: PageId, goes_on: PassageId) -> Fragment {
    let title = index.pages.first[page.0 as usize];
    let mut passages = Vec::new();
    for (passage, part) in gather::parts(index, page).take_while(|&(passage, _)| passage < goes_on) {
        if passage == title || index.heading_of(goes_on) == Some(passage) {
            passages.push(stored(index, passage, part.ilog2() as u8));
        }
    }
    let info = index.pages.info[page.0 as usize].clone();
    Fragment { page: page.0, info, lengths: index.lengths[page.0 as usize], passages }
}

/// A passage as its piece has it.
fn stored(index: &Index, passage: PassageId, part: u8) -> Stored {
    Stored {
        number: passage.0,
        original: index.pages.copy_of(passage).unwrap_or(passage).0,
        part,
        lead: index.field(passage) == Field::Lead,
        kind: index.pages.kinds[passage.0 as usize],
        anchor: index.pages.anchor(passage).to_owned(),
        weight: index.facets.weight(passage),
        tokens: index.tokens(passage).map(|term| index.term_text(term)).collect(),
    }
}

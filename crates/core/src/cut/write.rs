//! From a whole index to the files of a cut one.

use super::grams::{gram_at, gram_key, is_gram, is_short, pair_at, short_key, title_key};
use super::keys::{self, Entry, Place};
use super::list::{self, Posting, behind};
use super::root::{self, Figures};
use super::texts::{self, Page};
use super::{Family, Piece};
use crate::alphabet;
use crate::build::Passage;
use crate::container::{Section, Table, range};
use crate::ids::{PageId, PassageId, Symbol, TermId};
use crate::index::Field;
use crate::occurrences::{Needle, Where, find};
use crate::pages::Kind;
use crate::query::trim_marks;
use crate::rank::{self, Knobs};
use crate::{Error, Index};
use core::ops::Range;
use std::collections::{BTreeMap, HashMap};
use xxhash_rust::xxh64::Xxh64;

/// How large pieces are: small ones send less for a query, but hosts limit how many files a site has. Above a thousand pages sizes grow
/// with the square root of their number, those of pieces of keys, of which a query needs most, with the fourth root.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    /// About how many bytes a piece of keys has.
    keys: usize,
    /// The shortest list that gets a piece of its own, in bytes.
    list: usize,
    /// About how many symbols a piece of text has, where pages are short.
    text: usize,
}

impl Sizes {
    fn of(pages: u32) -> Sizes {
        let scale = (u64::from(pages) * 10).isqrt().max(100) as usize;
        Sizes { keys: 150 * scale.isqrt(), list: 5 * scale, text: 20 * scale.max(200) }
    }
}

/// The files of a cut index.
#[derive(Debug, Clone)]
pub struct Files {
    /// The root.
    pub root: Vec<u8>,
    /// The pieces, sealed.
    pub pieces: Vec<(Piece, Vec<u8>)>,
}

/// Cuts a whole index.
///
/// # Errors
/// Those of opening it, and [`Error::TooLarge`].
pub fn write(whole: Vec<u8>) -> Result<Files, Error> {
    let table = Table::read(&whole)?;
    let entry = table.entries().iter().find(|entry| entry.section == alphabet::SECTION);
    let entry = entry.ok_or(Error::MissingSection { section: alphabet::SECTION })?;
    let alphabet =
        Section { section: alphabet::SECTION, piece: 0, bytes: whole.get(range(entry)).unwrap_or_default().to_vec() };
    let index = &Index::open(whole)?;
    let pages = index.pages.len() as u32;
    let sizes = Sizes::of(pages);
    let mut lists = grams(index);
    let holding =
        (1..=index.alphabet.len() as u16).map(|n| lists.get(&[Symbol(n)][..]).map_or(0, |list| list.len() as u32));
    let (info, average) = (index.info(), index.average_lengths());
    let mut figures = Figures {
        build: 0,
        pages,
        passages: info.passages as u32,
        characters: info.characters as u32,
        terms: info.terms as u32,
        tokens: info.tokens as u32,
        bytes: 0,
        average,
        per_text: (sizes.text / (index.text.len() / (pages as usize).max(1)).max(1)).max(1) as u32,
        lists: 0,
        weights: vec![0; index.alphabet.len()],
        holding: holding.collect(),
        starts: Vec::new(),
    };
    titles(index, &mut lists);
    let mut entries: Vec<Entry> = Vec::new();
    for (word, weight) in words(index) {
        if let [symbol] = word[..] {
            figures.weights[usize::from(symbol.0) - 1] = weight;
        }
        let gram = lists.remove(word).unwrap_or_default();
        let others =
            index.stems.others(index, word).into_iter().map(|term| index.terms.folded(term).to_vec()).collect();
        let mut put = |key: Vec<Symbol>, weight, others, list: &[Posting]| {
            let (holding, columns) = (list.len() as u32, keys::columns(&key, weight > 0, &index.alphabet));
            entries.push(Entry { key, weight, holding, others, place: Place::Here(list::write(list, pages, columns)) });
        };
        let list = word_list(index, word, Where::Anywhere, &gram, &average);
        let places = |list: &[Posting]| list.iter().map(|posting| (posting.page, posting.parts)).collect::<Vec<_>>();
        if is_gram(&index.alphabet, word) && places(&gram) != places(&list) {
            put(gram_key(word), 0, Vec::new(), &gram);
        }
        put(word.to_vec(), weight, others, &list);
        if is_short(&index.alphabet, word) {
            put(short_key(word), weight, Vec::new(), &word_list(index, word, Where::AsWord, &gram, &average));
        }
    }
    for (key, list) in lists {
        let place = Place::Here(list::write(&list, pages, keys::columns(&key, false, &index.alphabet)));
        entries.push(Entry { key, weight: 0, holding: list.len() as u32, others: Vec::new(), place });
    }
    entries.sort_by(|a, b| keys::order(&a.key, &b.key));
    let mut pieces = Vec::new();
    for entry in &mut entries {
        let Place::Here(list) = &mut entry.place else { continue };
        if list.len() >= sizes.list {
            let (number, len) = (figures.lists, list.len() as u32);
            pieces.push((Piece { family: Family::List, number }, core::mem::take(list)));
            entry.place = Place::Apart { number, len };
            figures.lists += 1;
        }
    }
    let (mut piece, mut first) = (Vec::new(), 0);
    for at in 0..entries.len() {
        let last = if piece.is_empty() { &[][..] } else { &entries[at - 1].key };
        keys::put(&mut piece, last, &entries[at]);
        if piece.len() >= sizes.keys || at + 1 == entries.len() {
            let number = figures.starts.len() as u32;
            figures.starts.push(entries[first].key.clone());
            pieces.push((Piece { family: Family::Keys, number }, core::mem::take(&mut piece)));
            first = at + 1;
        }
    }
    for number in 0..pages.div_ceil(figures.per_text) {
        let first = number * figures.per_text;
        let shared: Vec<Page> = (first..pages.min(first + figures.per_text)).map(|page| text(index, page)).collect();
        let content = texts::write(&shared, index.pages.first[first as usize].0)?;
        pieces.push((Piece { family: Family::Text, number }, content));
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
    Ok(Files { root: root::write(alphabet, &figures)?, pieces })
}

/// The folded forms of all words with their weights.
fn words(index: &Index) -> Vec<(&[Symbol], u8)> {
    let mut words = Vec::new();
    let mut first = 0;
    while first < index.terms.len() as u32 {
        let group = index.terms.group(TermId(first));
        words.push((index.terms.folded(group.first), index.weight(group) as u8 + 1));
        first = group.end.0;
    }
    words
}

/// Which pages hold a word, as a search finds it, and how well. `gram`: which hold it in any way.
fn word_list(
    index: &Index,
    word: &[Symbol],
    place: Where,
    gram: &[Posting],
    average: &[u32; Field::COUNT],
) -> Vec<Posting> {
    let needle = Needle { symbols: word, gaps: &[], strict: false };
    let found = find(index, needle, None, false, place);
    let knobs = Knobs::default();
    let mut list = Vec::with_capacity(found.pages.len());
    for on_page in &found.pages {
        // What begins with it is as good as the word where it is being typed.
        let mut typed = on_page.clone();
        for [_, begins, is] in &mut typed.counts {
            *is += core::mem::take(begins);
        }
        let impact = |of| rank::impact(&knobs, of, &index.lengths[on_page.page.0 as usize], average) as u8;
        let Range { start, end } = index.extent(on_page.page);
        let page = on_page.page.0;
        let next = gram.binary_search_by_key(&page, |posting| posting.page).map_or(0, |at| gram[at].next);
        let mut posting = Posting { page, impact: impact(on_page), typed: impact(&typed), parts: 0, next };
        for &at in &found.positions[on_page.range.clone()] {
            posting.parts |= rank::part(at - start, end - start);
        }
        list.push(posting);
    }
    list
}

/// The pages of all grams and all symbols.
fn grams(index: &Index) -> BTreeMap<Vec<Symbol>, Vec<Posting>> {
    let mut lists: HashMap<[Symbol; 3], Vec<Posting>> = HashMap::new();
    for page in (0..index.pages.len() as u32).map(PageId) {
        let Range { start, end } = index.extent(page);
        let len = end - start;
        let text: Vec<Symbol> = (start..end).map(|at| index.text.symbol(at)).collect();
        for at in 0..text.len() {
            let parts = rank::part(at as u32, len);
            let single = (text[at] != Symbol::BOUNDARY).then_some((at + 1, parts));
            let gram = gram_at(&index.alphabet, &text, at).map(|end| (end, parts));
            // Two letters stand in most pages, and are a word or are still being typed: where in them is not worth its room.
            let pair = pair_at(&index.alphabet, &text, at).map(|end| (end, 1));
            let next = gram.and_then(|(end, _)| text.get(end)).filter(|&&next| next != Symbol::BOUNDARY);
            let next = next.map_or(0, |&next| behind(next));
            for (end, parts) in [single, gram, pair].into_iter().flatten() {
                let mut key = [Symbol::BOUNDARY; 3];
                key[..end - at].copy_from_slice(&text[at..end]);
                let list = lists.entry(key).or_default();
                match list.last_mut() {
                    Some(last) if last.page == page.0 => {
                        last.parts |= parts;
                        last.next |= next;
                    }
                    _ => list.push(Posting { page: page.0, impact: 0, typed: 0, parts, next }),
                }
            }
        }
    }
    let key = |key: [Symbol; 3]| key.into_iter().take_while(|&symbol| symbol != Symbol::BOUNDARY).collect();
    lists.into_iter().map(|(gram, list)| (key(gram), list)).collect()
}

/// Adds which pages have which titles (impact 1) and headings (impact 0).
fn titles(index: &Index, lists: &mut BTreeMap<Vec<Symbol>, Vec<Posting>>) {
    for page in (0..index.pages.len() as u32).map(PageId) {
        for passage in index.pages.passages(page).map(PassageId) {
            let kind = index.pages.kinds[passage.0 as usize];
            if !matches!(index.field(passage), Field::Title | Field::Heading) {
                continue;
            }
            let range = index.text.range(passage);
            let symbols: Vec<Symbol> = (range.start..range.end - 1).map(|at| index.text.symbol(at)).collect();
            let trimmed = &symbols[trim_marks(index, &symbols)];
            if trimmed.is_empty() {
                continue;
            }
            let list = lists.entry(title_key(trimmed)).or_default();
            if list.last().is_none_or(|last| last.page != page.0) {
                let impact = u8::from(kind == Kind::Title);
                list.push(Posting { page: page.0, impact, typed: impact, parts: 1, next: 0 });
            }
        }
    }
}

/// A page as its piece has it.
fn text(index: &Index, page: u32) -> Page {
    let (mut passages, mut originals) = (Vec::new(), Vec::new());
    for passage in index.pages.passages(PageId(page)).map(PassageId) {
        passages.push(Passage {
            kind: index.pages.kinds[passage.0 as usize],
            anchor: index.pages.anchor(passage).to_owned(),
            weight: index.facets.weight(passage),
            tokens: index.tokens(passage).map(|term| index.term_text(term)).collect(),
        });
        originals.push(index.pages.copy_of(passage).unwrap_or(passage).0);
    }
    Page { number: page, info: index.pages.info[page as usize].clone(), passages, originals }
}

//! Which layout keeps dictionary, postings and text in the fewest bytes? Each is written, read back and compared.
//!
//! usage: layouts     (measures on `corpus/`)

use jisou_bench::coding::{Code, get_lists, least_bytes, put_lists};
use jisou_bench::seeds::{self, brotli};
use jisou_bench::table::kb;
use jisou_core::alphabet::{self, Alphabet};
use jisou_core::chars::Class;
use jisou_core::container::{self, Section, Table};
use jisou_core::ids::{PassageId, Symbol, TermId};
use jisou_core::terms::{self, Terms};
use jisou_core::varint::{self, Reader};
use jisou_core::{Index, pages, readings, spelling, stream};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;

/// Sections of layouts that the format does not have, from this number on.
const OTHER: u16 = 100;

/// The index as stored, and what its text consists of.
struct Stored {
    bytes: Vec<u8>,
    table: Table,
    index: Index,
    terms: Terms,
    counts: Vec<u32>,
    alphabet: Alphabet,
    /// The whole text: 0 ends a passage, n is the term numbered n - 1.
    tokens: Vec<u32>,
    /// Its passages, each ended by NUL.
    text: String,
}

/// A layout, written.
struct Layout {
    name: &'static str,
    sections: Vec<Section>,
    /// What comes back out of it and equals what went in.
    back: &'static str,
}

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = seeds::read()?;
    let text = brotli(&seeds.text);
    let stored = Stored::new(seeds.index)?;
    let common = [pages::SECTION, readings::SECTION];
    println!(
        "\nLayouts of the same index, whole: with dictionary, pages ({} raw bytes) and readings ({}). Each was read back \
         and gave what it was made of; `x text` is against brotli of the corpus.",
        stored.section(common[0]).bytes.len(),
        stored.section(common[1]).bytes.len()
    );
    println!("\n| layout | raw kB | brotli kB | x text | comes back |\n|---|--:|--:|--:|---|");
    let layouts = [
        as_stored(&stored)?,
        by_classes(&stored)?,
        by_counts(&stored)?,
        lexicographic(&stored, "the same, lexicographic codes as u16", u16_rows, u16_rows_back)?,
        lexicographic(
            &stored,
            "the same, lexicographic codes as u16, high bytes first",
            u16_columns,
            u16_columns_back,
        )?,
        lexicographic(&stored, "the same, lexicographic codes as LEB128", leb128, leb128_back)?,
        positional(&stored, "postings of every token, gaps as LEB128", Code::Leb128)?,
        positional(&stored, "postings of every token, Rice", Code::Rice)?,
        positional(&stored, "postings of every token, interpolative", Code::Interpolative)?,
        text_and_postings(&stored, "UTF-8 + postings of words by passage, LEB128", Grain::Passage, Code::Leb128)?,
        text_and_postings(
            &stored,
            "UTF-8 + postings of words by passage, interpolative",
            Grain::Passage,
            Code::Interpolative,
        )?,
        text_and_postings(&stored, "UTF-8 + postings of words by position, LEB128", Grain::Token, Code::Leb128)?,
    ];
    for Layout { name, sections, back } in layouts {
        let bytes = container::write(&sections)?.swap_remove(0);
        let compressed = brotli(&bytes);
        println!(
            "| {name} | {:.1} | {:.1} | {:.3} | {back} |",
            kb(bytes.len()),
            kb(compressed),
            compressed as f64 / text as f64
        );
    }
    let lists = positions(&stored.tokens, stored.terms.len() + 1);
    let least = least_bytes(lists.iter().map(Vec::len), stored.tokens.len());
    println!(
        "\nThe token stream alone takes {:.1} kB compressed. Postings of the same {} tokens, each list coded for itself, \
         cannot take less than {:.1} kB on average, whatever the code.",
        kb(brotli(&stored.section(stream::SECTION).bytes)),
        stored.tokens.len(),
        kb(least)
    );
    Ok(())
}

impl Stored {
    fn new(bytes: Vec<u8>) -> Result<Stored, Box<dyn Error>> {
        let table = Table::read(&bytes)?;
        let index = Index::open(bytes.clone())?;
        let get = |section: u16| {
            let entry = table.entries().iter().find(|entry| entry.section == section);
            entry.map(|entry| bytes[container::range(entry)].to_vec()).unwrap_or_default()
        };
        let alphabet = Alphabet::read(&get(alphabet::SECTION))?;
        let terms = Terms::read(Cow::Owned(get(terms::SECTION)), &alphabet, usize::MAX)?;
        let (mut tokens, mut text) = (Vec::new(), String::new());
        for passage in (0..index.info().passages as u32).map(PassageId) {
            tokens.extend(index.tokens(passage).map(|term| term.0 + 1).chain([0]));
            text.extend([index.passage_text(passage).as_str(), "\0"]);
        }
        let mut counts = vec![0; terms.len()];
        tokens.iter().filter_map(|token| token.checked_sub(1)).for_each(|term| counts[term as usize] += 1);
        Ok(Stored { bytes, table, index, terms, counts, alphabet, tokens, text })
    }

    /// A section as it is stored.
    fn section(&self, section: u16) -> Section {
        let entry = self.table.entries().iter().find(|entry| entry.section == section);
        let bytes = entry.map(|entry| self.bytes[container::range(entry)].to_vec()).unwrap_or_default();
        Section { section, piece: 0, bytes }
    }

    /// How often a term occurs.
    fn count(&self, term: TermId) -> u32 {
        self.counts[term.0 as usize]
    }

    /// The key of a term in the dictionary.
    fn key(&self, term: TermId) -> Vec<u8> {
        let members = self.terms.members(term).iter().copied().chain(core::iter::repeat(0));
        let chars: Vec<(Symbol, u8)> = self.terms.folded(term).iter().copied().zip(members).collect();
        spelling::key(&chars, &self.alphabet)
    }

    /// A layout of sections as stored and others; the first of the others stands in the place of the stream.
    fn layout(&self, name: &'static str, stored: &[u16], other: Vec<Vec<u8>>, back: &'static str) -> Layout {
        let mut sections: Vec<Section> = stored.iter().map(|&section| self.section(section)).collect();
        let numbers = core::iter::once(stream::SECTION).chain(OTHER..);
        let other = other.into_iter().zip(numbers).map(|(bytes, section)| Section { section, piece: 0, bytes });
        sections.extend(other.chain([self.section(readings::SECTION)]));
        Layout { name, sections, back }
    }
}

/// The sections that all streams of codes have in common.
const BASE: [u16; 3] = [alphabet::SECTION, terms::SECTION, pages::SECTION];

/// What the format has.
fn as_stored(stored: &Stored) -> Result<Layout, Box<dyn Error>> {
    let bytes = stored.section(stream::SECTION).bytes;
    let mut reader = Reader::new(&bytes, stream::SECTION);
    let by_code = stream::order(&mut reader, stored.terms.len())?;
    same_tokens(stored, reader.take(reader.left())?, &by_code)?;
    Ok(stored.layout("**fst + stream of codes, the frequent listed (FORMAT.md)**", &BASE, vec![bytes], "text, tokens"))
}

/// Codes by the power of two of how often a term occurs, which is its value in the fst.
fn by_classes(stored: &Stored) -> Result<Layout, Box<dyn Error>> {
    let class = |term: TermId| stored.count(term).ilog2();
    let (bytes, _) = codes_by(stored, class)?;
    let mut builder = fst::MapBuilder::memory();
    for term in (0..stored.terms.len() as u32).map(TermId) {
        builder.insert(stored.key(term), u64::from(class(term)))?;
    }
    let mut layout =
        stored.layout("the same, codes by classes of counts in the fst", &BASE, vec![bytes], "text, tokens");
    layout.sections[1].bytes = builder.into_inner()?;
    Ok(layout)
}

/// Codes by how often a term occurs, which is stored beside the fst.
fn by_counts(stored: &Stored) -> Result<Layout, Box<dyn Error>> {
    let (bytes, counts) = codes_by(stored, |term| stored.count(term))?;
    Ok(stored.layout("the same, codes by exact count, counts stored", &BASE, vec![counts, bytes], "text, tokens"))
}

/// The stream with codes in descending order of a rank, and how often each term occurs, as LEB128.
fn codes_by(stored: &Stored, rank: impl Fn(TermId) -> u32) -> Result<(Vec<u8>, Vec<u8>), Box<dyn Error>> {
    let mut by_code: Vec<TermId> = (0..stored.terms.len() as u32).map(TermId).collect();
    let mut counts = Vec::new();
    by_code.iter().for_each(|&term| varint::put(&mut counts, stored.count(term)));
    by_code.sort_by_key(|&term| (std::cmp::Reverse(rank(term)), term));
    let mut code_of = vec![0; by_code.len() + 1];
    (1..).zip(&by_code).for_each(|(code, term)| code_of[term.0 as usize + 1] = code);
    let mut bytes = Vec::new();
    stored.tokens.iter().try_for_each(|&token| stream::put(&mut bytes, code_of[token as usize]))?;
    same_tokens(stored, &bytes, &by_code)?;
    Ok((bytes, counts))
}

/// Reads a stream back and compares.
fn same_tokens(stored: &Stored, bytes: &[u8], by_code: &[TermId]) -> Result<(), Box<dyn Error>> {
    let mut at = 0;
    for &token in &stored.tokens {
        let code = stream::get(bytes, &mut at).ok_or("the stream is cut")?;
        assert_eq!(code.checked_sub(1).map_or(0, |at| by_code[at as usize].0 + 1), token, "the stream comes back");
    }
    Ok(())
}

/// A stream of term numbers as they are.
fn lexicographic(
    stored: &Stored,
    name: &'static str,
    write: fn(&[u32]) -> Vec<u8>,
    read: fn(&[u8]) -> Vec<u32>,
) -> Result<Layout, Box<dyn Error>> {
    let bytes = write(&stored.tokens);
    assert!(read(&bytes) == stored.tokens, "{name}: the tokens come back");
    Ok(stored.layout(name, &[alphabet::SECTION, terms::SECTION, pages::SECTION], vec![bytes], "text, tokens"))
}

fn u16_rows(tokens: &[u32]) -> Vec<u8> {
    tokens.iter().flat_map(|&token| (token as u16).to_le_bytes()).collect()
}

fn u16_rows_back(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(2).map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]]))).collect()
}

fn u16_columns(tokens: &[u32]) -> Vec<u8> {
    tokens.iter().map(|&token| (token >> 8) as u8).chain(tokens.iter().map(|&token| token as u8)).collect()
}

fn u16_columns_back(bytes: &[u8]) -> Vec<u32> {
    let (high, low) = bytes.split_at(bytes.len() / 2);
    high.iter().zip(low).map(|(&high, &low)| u32::from(high) << 8 | u32::from(low)).collect()
}

fn leb128(tokens: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    tokens.iter().for_each(|&token| varint::put(&mut out, token));
    out
}

fn leb128_back(bytes: &[u8]) -> Vec<u32> {
    let mut reader = Reader::new(bytes, stream::SECTION);
    core::iter::from_fn(|| reader.number().ok()).collect()
}

/// For every token number the places where it stands.
fn positions(tokens: &[u32], numbers: usize) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); numbers];
    (0..).zip(tokens).for_each(|(at, &token)| lists[token as usize].push(at));
    lists
}

/// Postings with positions of every token, the ends of passages included; the text is rebuilt from them.
fn positional(stored: &Stored, name: &'static str, code: Code) -> Result<Layout, Box<dyn Error>> {
    let bound = stored.tokens.len() as u32;
    let lists = positions(&stored.tokens, stored.terms.len() + 1);
    let bytes = put_lists(&lists, bound, code);
    let mut rebuilt = vec![u32::MAX; stored.tokens.len()];
    for (token, list) in (0..).zip(get_lists(&bytes, lists.len(), bound, code)?) {
        list.iter().for_each(|&at| rebuilt[at as usize] = token);
    }
    assert!(rebuilt == stored.tokens, "{name}: the tokens come back");
    Ok(stored.layout(name, &[alphabet::SECTION, terms::SECTION, pages::SECTION], vec![bytes], "text, tokens"))
}

/// What a posting names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    Passage,
    Token,
}

/// The text itself, and postings of words only: Han, Latin, numbers. The dictionary holds folded forms, since it need not
/// give the text back.
fn text_and_postings(stored: &Stored, name: &'static str, grain: Grain, code: Code) -> Result<Layout, Box<dyn Error>> {
    let mut words: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
    let (mut passage, bound) =
        (0, if grain == Grain::Token { stored.tokens.len() } else { stored.index.info().passages });
    for (at, &token) in (0..).zip(&stored.tokens) {
        let Some(term) = token.checked_sub(1) else {
            passage += 1;
            continue;
        };
        let folded: Vec<(Symbol, u8)> = stored.terms.folded(TermId(term)).iter().map(|&symbol| (symbol, 0)).collect();
        if matches!(stored.alphabet.class(folded[0].0), Class::Han | Class::Word) {
            let list = words.entry(spelling::key(&folded, &stored.alphabet)).or_default();
            let posting = if grain == Grain::Token { at } else { passage };
            if list.last() != Some(&posting) {
                list.push(posting);
            }
        }
    }
    let dictionary = terms::write(&words.keys().cloned().collect::<Vec<_>>())?;
    let lists: Vec<Vec<u32>> = words.into_values().collect();
    let bytes = put_lists(&lists, bound as u32, code);
    assert!(get_lists(&bytes, lists.len(), bound as u32, code)? == lists, "{name}: the postings come back");
    assert_eq!(stored.text.split_terminator('\0').count(), stored.index.info().passages, "no passage holds a NUL");
    let text = stored.text.as_bytes().to_vec();
    let base = [alphabet::SECTION, pages::SECTION];
    let back = if grain == Grain::Token { "text, words" } else { "text" };
    Ok(stored.layout(name, &base, vec![dictionary.bytes, bytes, text], back))
}

//! Indexes and queries that are made to cost as much as they can.

use crate::promises::{INDEX, OPENED, SMALL, answered, bounded, open, sections, use_up, written};
use crate::{SEED, alone, figure};
use jisou_core::answer::Options;
use jisou_core::container::Section;
use jisou_core::facets::{self, Facets, Filter, Selection};
use jisou_core::ids::{PassageId, Symbol, TermId};
use jisou_core::pages::{self, Kind, PageInfo, Pages};
use jisou_core::rank::Knobs;
use jisou_core::{Index, alphabet, spelling, stream, terms};
use std::sync::{Arc, LazyLock};

/// An index of one passage: `times` times the longest term there is, over the largest alphabet. Of all indexes of its length it
/// takes the most memory: each byte of the stream is 64 symbols of text, and each 32,768 of these are a word in the row of every symbol.
fn longest_terms(times: usize) -> Vec<u8> {
    // Letters, so that no readings are wanted.
    let letters = (0x10_0000..).filter_map(char::from_u32).take(alphabet::MAX_SYMBOLS);
    let entries: Vec<_> = letters.map(|c| alphabet::Entry { members: vec![c], aliases: Vec::new() }).collect();
    let alphabet = alphabet::write(&entries).expect("the largest alphabet");
    let open = alphabet::Alphabet::read(&alphabet.bytes).expect("the largest alphabet");
    let key = spelling::key(&[(Symbol(1), 0); spelling::MAX_CHARS], &open);
    let dictionary = terms::write(&[key]).expect("a dictionary of one term");
    let tokens = std::iter::repeat_n(Some(TermId(0)), times).chain([None]);
    let stream = stream::write(tokens, &[times as u32]).expect("short codes");
    let kinds = vec![Kind::Title];
    let pages =
        Pages { info: vec![PageInfo::default()], first: vec![PassageId(0), PassageId(1)], kinds, ..Pages::default() };
    written(&[alphabet, dictionary, pages.write().expect("one page"), stream])
}

#[test]
fn memory_of_an_index_is_bounded_by_its_bytes() {
    let _alone = alone();
    let bytes = longest_terms(20_000);
    let index = open(&bytes).expect("a valid index");
    assert_eq!(index.tokens(PassageId(0)).map(|TermId(term)| term).max(), Some(0));
}

#[test]
#[ignore = "takes a gigabyte"]
fn memory_of_the_most_demanding_index_is_bounded_by_its_bytes() {
    let _alone = alone();
    let bytes = longest_terms(800_000);
    let index = bounded(bytes.len(), OPENED, 0, || Index::open(bytes));
    assert!(index.is_ok());
}

#[test]
fn memory_of_the_seed_index_is_small() {
    let _alone = alone();
    let index = bounded(SEED.len(), 40, 0, || Index::open(SEED)).expect("the seed index");
    let query = || index.search("中国和巴西什么时候建交", Options::default(), &Knobs::default());
    assert!(bounded(SEED.len(), 8, 0, query).total > 0);
}

/// The sections of the small index with one of them replaced.
fn with(section: Section) -> Vec<u8> {
    let mut all = sections(SMALL);
    match all.iter_mut().find(|other| other.section == section.section) {
        Some(other) => *other = section,
        None => all.push(section),
    }
    written(&all)
}

/// A name that every page has stands in memory once.
#[test]
fn a_long_name_of_data_that_all_pages_have_takes_no_more_than_its_bytes() {
    let _alone = alone();
    const PAGES: usize = 3000;
    let name: Arc<str> = "名".repeat(20_000).into();
    let info = PageInfo { url: String::new(), meta: vec![(name, String::new())] };
    let first = (0..=PAGES as u32).map(PassageId).collect();
    let pages = Pages { info: vec![info; PAGES], first, kinds: vec![Kind::Title; PAGES], ..Pages::default() };
    let mut all = sections(SMALL);
    for section in &mut all {
        match section.section {
            pages::SECTION => *section = pages.write().expect("many pages"),
            stream::SECTION => *section = stream::write(std::iter::repeat_n(None, PAGES), &[]).expect("no terms"),
            facets::SECTION => *section = Facets::default().write().expect("no facets"),
            _ => {}
        }
    }
    let bytes = written(&all);
    // The dictionary has terms that no longer stand anywhere, which is as good as any.
    let index = bounded(bytes.len(), 40, 1 << 20, || Index::open(bytes.clone())).expect("a valid index");
    assert_eq!(index.pages().len(), PAGES);
}

/// Filters that nobody asks for cost a query nothing: many of them, on many pages, would be hours.
#[test]
fn filters_that_are_not_asked_for_are_not_looked_at() {
    const MANY: usize = 400_000;
    let filters = (0..MANY).map(|at| Filter { name: at.to_string(), values: Vec::new() }).collect();
    let facets = Facets { filters, ..Facets::default() };
    let info = vec![PageInfo::default(); MANY];
    let first = (0..=MANY as u32).map(PassageId).collect();
    let pages = Pages { info, first, kinds: vec![Kind::Title; MANY], ..Pages::default() };
    let mut all = sections(SMALL);
    for section in &mut all {
        match section.section {
            pages::SECTION => *section = pages.write().expect("many pages"),
            stream::SECTION => *section = stream::write(std::iter::repeat_n(None, MANY), &[]).expect("no terms"),
            facets::SECTION => *section = facets.write().expect("many filters"),
            _ => {}
        }
    }
    let index = Index::open(written(&all)).expect("a valid index");
    assert_eq!(index.search("国际", Options::default(), &Knobs::default()).total, 0);
}

#[test]
fn a_table_of_all_sections_that_a_header_can_name_is_refused() {
    let unknown = |section: u16| Section { section, piece: 0, bytes: Vec::new() };
    let all: Vec<Section> = (1..=u16::MAX).map(unknown).collect();
    let error = Index::open(written(&all)).map(|_| ()).expect_err("sections that nobody knows");
    assert_eq!(error.code(), "corrupt");
}

/// Names that mean something to JavaScript are names like any other.
#[test]
fn names_of_javascript_are_names() {
    let filter = |name: &str| Filter { name: name.to_owned(), values: vec![(name.to_owned(), vec![0])] };
    let filters = vec![filter("__proto__"), filter("constructor"), filter("toString")];
    let index = open(&with(Facets { filters, ..Facets::default() }.write().expect("three filters"))).expect("an index");
    use_up(&index);
    let wanted = vec![(facets::How::All, "__proto__".to_owned(), "__proto__".to_owned())];
    let selection = Selection { wanted, sort: None };
    let answer = index.select("", Options::default(), &selection, &Knobs::default()).expect("a filter that is there");
    assert_eq!((answer.total, answer.facets.len()), (1, 3));
}

/// Long queries of one kind each: every rule of the query language, every tier, every way to guess.
pub(crate) static QUERIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let parts = [
        "国际合作",
        "a ",
        "-\"",
        "a OR ",
        "title:",
        "- ",
        "\"",
        "国 ",
        "zhong",
        "z",
        "国际 ",
        "\u{3000}",
        "😀",
        "2024年",
        "二〇",
        "components ",
        "\0",
        "\u{202e}",
        "|",
        "「",
        "國",
        "-国",
        "guo ji ",
        "'",
        "什么时候",
        "记者在重庆",
        "\u{301}",
        ":",
    ];
    let lengths = [1, 40, 200, 2000, 20_000];
    parts.iter().flat_map(|part| lengths.map(|len| part.repeat(len / part.len() + 1))).collect()
});

#[test]
fn queries_take_no_more_memory_than_their_length_accounts_for() {
    let _alone = alone();
    let seed = Index::open(SEED).expect("the seed index");
    for index in [&seed, &*INDEX] {
        for query in QUERIES.iter() {
            let options = Options { limit: 3, ..Options::default() };
            let ask = || answered(index, query, options, &Selection::default(), &Knobs::default());
            bounded(query.len(), 512, 4 << 20, ask);
        }
    }
    figure("hostile queries", QUERIES.len() * 2, 0);
}

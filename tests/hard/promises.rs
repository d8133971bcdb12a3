//! What these tests and the fuzz targets share: a small index with every section, and the promises that are held against
//! whatever comes in.
//!
//! Not only a panic breaks one: an answer that differs the second time, a mark outside its text, or more memory than the input
//! accounts for does as well.

// Each crate uses a part of this.
#![allow(dead_code, unreachable_pub)]

use jisou_core::answer::{Answer, Options};
use jisou_core::complete::complete;
use jisou_core::container::{self, Section, Table, range};
use jisou_core::excerpt::Marked;
use jisou_core::facets::Selection;
use jisou_core::ids::PageId;
use jisou_core::rank::Knobs;
use jisou_core::response;
use jisou_core::search::Evaluation;
use jisou_core::{Error, Index};
use jisou_indexer::document::Block;
use peak_alloc::PeakAlloc;
use std::sync::LazyLock;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// A valid index of three pages, 2 kB, with every section that there is.
pub static SMALL: &[u8] = include_bytes!("../data/format-2/index.jisou");

/// [`SMALL`], open.
pub static INDEX: LazyLock<Index> = LazyLock::new(|| Index::open(SMALL).expect("the small index opens"));

/// What an opened index may take for each byte that it was opened from. FORMAT.md says where it comes from.
pub const OPENED: usize = 2048;

/// The sections of an index.
pub fn sections(index: &[u8]) -> Vec<Section> {
    let table = Table::read(index).expect("a sound table");
    let own =
        |entry: &container::Entry| Section { section: entry.section, piece: 0, bytes: index[range(entry)].to_vec() };
    table.entries().iter().map(own).collect()
}

/// An index of these sections, with true checksums.
pub fn written(sections: &[Section]) -> Vec<u8> {
    container::write(sections).expect("sections that fit").swap_remove(0)
}

/// Runs `work`, which may take `multiple` bytes for each of `input` bytes, and `allowance` bytes besides.
pub fn bounded<T>(input: usize, multiple: usize, allowance: usize, work: impl FnOnce() -> T) -> T {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let result = work();
    let taken = HEAP.peak_usage().saturating_sub(before);
    assert!(taken <= input * multiple + allowance, "{taken} bytes of memory for {input} bytes of input");
    result
}

/// Opens bytes as an index: within the promised memory, and twice with the same outcome.
pub fn open(bytes: &[u8]) -> Result<Index, Error> {
    let first = bounded(bytes.len(), OPENED, 1 << 20, || Index::open(bytes.to_vec()));
    let second = Index::open(bytes.to_vec());
    assert_eq!(first.as_ref().map(Index::info), second.as_ref().map(Index::info));
    first
}

/// Asks everything of an index that opened, however odd it is.
pub fn use_up(index: &Index) {
    let pages = index.pages().len() as u32;
    let mut queries = vec!["国际 GDP".to_owned(), "guoji".to_owned(), "\"人人\" -重庆 title:生态".to_owned()];
    // And what stands in it.
    queries.extend((0..pages.min(2)).map(|page| index.title(PageId(page)).chars().take(40).collect()));
    for query in &queries {
        answered(index, query, Options::default(), &Selection::default(), &Knobs::default());
        let reading = index.read(0, query);
        assert_eq!(reading.is_ok(), pages > 0);
    }
    for page in 0..pages.min(50) {
        let reading = index.read(page, "").expect("a page that exists");
        assert!(reading.blocks.iter().all(|block| block.text.marks.is_empty()));
    }
    response::filters(index.facets());
    response::sorts(index.facets());
    assert!(index.read(pages, "").is_err());
}

/// Asks a query twice, and holds the answer against what every answer keeps to.
pub fn answered(index: &Index, query: &str, options: Options, selection: &Selection, knobs: &Knobs) {
    let answer = index.select(query, options, selection, knobs);
    assert_eq!(answer, index.select(query, options, selection, knobs));
    let Ok(answer) = answer else { return };
    response::response(index, query, &answer);
    check(&answer, options);
    let evaluation = Evaluation::new(index, knobs, query, options.prefix);
    for ranked in evaluation.ranked().iter().take(3) {
        let (tier, parts) = evaluation.explain(ranked.page).expect("a page that answers is explained");
        assert_eq!((tier, parts.iter().map(|part| part.1).sum()), (ranked.tier, ranked.score));
        response::explanation(&evaluation, ranked.page);
    }
    let completions = complete(index, query, options.limit.min(100));
    assert!(completions.len() <= options.limit);
    assert_eq!(completions, complete(index, query, options.limit.min(100)));
}

fn check(answer: &Answer, options: Options) {
    assert!(answer.hits.len() <= options.limit && answer.hits.len() <= answer.total);
    assert_eq!(answer.tier.is_some(), answer.total > 0);
    for hit in &answer.hits {
        marked(&hit.title);
        for section in &hit.sections {
            marked(&section.heading);
            marked(&section.excerpt);
        }
    }
}

/// Marks lie in their text, ascend, and cut no character in two.
fn marked(marked: &Marked) {
    let units: Vec<u16> = marked.text.encode_utf16().collect();
    let mut last = 0;
    for &(start, end) in &marked.marks {
        assert!(start >= last && start < end && end as usize <= units.len(), "{marked:?}");
        assert!(String::from_utf16(&units[start as usize..end as usize]).is_ok(), "{marked:?}");
        last = end;
    }
}

/// What every reader of documents promises of a block: text without blanks at its ends, copied from where it says.
pub fn block(block: &Block, source: Option<&str>) {
    assert!(!block.text.is_empty() && block.text.trim() == block.text, "{block:?}");
    let Some(source) = source else { return };
    let mut end = 0;
    for span in &block.origin {
        assert!(span.text_start >= end, "{block:?}");
        end = span.text_start + span.len;
        let copied = &block.text[span.text_start..end];
        assert_eq!(copied, &source[span.source_start..span.source_start + span.len]);
    }
}

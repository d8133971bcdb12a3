//! Any text, indexed and read back: the same text, and every string of it is found.
#![no_main]

use arbitrary::Arbitrary;
use jisou_core::answer::Options;
use jisou_core::build::Characters;
use jisou_core::chars::{Class, class, simple_fold};
use jisou_core::rank::Knobs;
use jisou_core::search::Tier;
use jisou_fuzz::open;
use jisou_indexer::assemble::write_index;
use jisou_indexer::document::{Block, BlockKind, Document};
use jisou_indexer::fold::Fold;
use jisou_indexer::segment::Segmenter;
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Site {
    /// How many Han characters a word has, in turns.
    words: Vec<u8>,
    /// Titles and texts.
    pages: Vec<(String, Vec<String>)>,
    /// Where a string is taken from: page, block, character, length.
    drawn: (u8, u8, u16, u8),
}

/// Cuts Han by lengths that the input chooses, letters into runs, and everything else into single characters.
struct Lengths(Vec<u8>);

impl Segmenter for Lengths {
    fn segment<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut tokens = Vec::new();
        let (mut rest, mut turn) = (text, 0);
        while let Some(first) = rest.chars().next() {
            let most = match class(first) {
                Class::Han => self.0.get(turn % self.0.len().max(1)).map_or(2, |len| usize::from(len % 5) + 1),
                Class::Word => usize::MAX,
                _ => 1,
            };
            turn += 1;
            let same = rest.chars().take(most).take_while(|&c| class(c) == class(first));
            let (token, behind) = rest.split_at(same.map(char::len_utf8).sum());
            tokens.push(token);
            rest = behind;
        }
        tokens
    }

    fn is_word(&self, _: &str) -> bool {
        false
    }
}

fuzz_target!(|site: Site| {
    let Site { words, pages, drawn } = site;
    let document = |(at, (title, blocks)): (usize, &(String, Vec<String>))| Document {
        url: at.to_string(),
        title: title.clone(),
        blocks: blocks.iter().map(|text| Block { text: text.clone(), kind: kind(text), ..Block::default() }).collect(),
        ..Document::default()
    };
    let documents: Vec<Document> = pages.iter().enumerate().map(document).collect();
    for c in documents.iter().flat_map(|document| document.title.chars()) {
        assert_eq!(Fold.fold(Fold.fold(c)), Fold.fold(c), "{c:?}");
        assert_eq!(simple_fold(simple_fold(c)), simple_fold(c), "{c:?}");
    }
    let bytes = write_index(&documents, &Lengths(words)).expect("a small index");
    let index = open(&bytes).expect("what was written opens");
    for (page, document) in documents.iter().enumerate() {
        let reading = index.read(page as u32, "").expect("a page that exists");
        assert_eq!(reading.title.text, document.title);
        let read: Vec<&str> = reading.blocks.iter().map(|block| block.text.text.as_str()).collect();
        let written: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(read, written);
    }
    let (page, block, from, len) = drawn;
    let Some(document) = documents.get(usize::from(page)) else { return };
    let Some(block) = document.blocks.get(usize::from(block)) else { return };
    let text: String = block.text.chars().skip(usize::from(from)).take(usize::from(len)).collect();
    // What is typed without operators: letters and digits alone.
    if text.is_empty() || text == "OR" || !text.chars().all(|c| matches!(class(c), Class::Han | Class::Word)) {
        return;
    }
    let options = Options { limit: usize::MAX, offset: 0, collapse: false, prefix: true };
    let answer = index.search(&text, options, &Knobs::default());
    let found = answer.hits.iter().any(|hit| hit.page.0 == u32::from(page) && hit.tier == Tier::Exact);
    assert!(found, "{text:?} stands on page {page}: {answer:?}");
});

fn kind(text: &str) -> BlockKind {
    match text.len() % 4 {
        0 => BlockKind::Heading { level: 2, anchor: "a".to_owned() },
        _ => BlockKind::Paragraph,
    }
}

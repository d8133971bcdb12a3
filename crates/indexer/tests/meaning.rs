//! What readers mean, on small sites made for each question: documents in, answers out.

use jisou_core::Index;
use jisou_core::answer::{Answer, Options};
use jisou_core::complete::complete;
use jisou_core::rank::Knobs;
use jisou_indexer::assemble::write_index;
use jisou_indexer::document::{Block, BlockKind, Document};
use jisou_indexer::segment::Jieba;
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::default);

/// An index of pages, each a title and its paragraphs.
fn site(pages: &[(&str, &[&str])]) -> Index {
    let documents: Vec<Document> = pages
        .iter()
        .enumerate()
        .map(|(n, (title, paragraphs))| Document {
            url: format!("{n}"),
            title: (*title).to_owned(),
            blocks: paragraphs
                .iter()
                .map(|text| Block { kind: BlockKind::Paragraph, text: (*text).to_owned(), origin: Vec::new() })
                .collect(),
            ..Document::default()
        })
        .collect();
    Index::open(write_index(&documents, &*JIEBA).expect("a small site fits")).expect("what was written opens")
}

fn search(index: &Index, query: &str) -> Answer {
    index.search(query, Options { limit: usize::MAX, collapse: false, ..Options::default() }, &Knobs::default())
}

/// The pages found, each with its tier.
fn found(index: &Index, query: &str) -> Vec<(u32, &'static str)> {
    search(index, query).hits.iter().map(|hit| (hit.page.0, hit.tier.name())).collect()
}

fn suggested(index: &Index, query: &str) -> Option<String> {
    search(index, query).suggestion.map(|offered| offered.suggestion.query)
}

/// Mostly simplified, with a part in traditional characters that has more of some words.
fn both_scripts() -> Index {
    site(&[
        ("领域", &["规划。", "设计与设计,设计与设计,设计与设计,设计与设计。"]),
        ("領域", &["領域的規劃、領域的設計。", "領域與規劃。"]),
        ("单击", &["请单击这个按钮,然后单击确定。", "玉归。"]),
    ])
}

#[test]
fn letters_suggest_the_script_of_the_site() {
    let index = both_scripts();
    for (letters, word) in [("lingyu", "领域"), ("ling yu", "领域"), ("guihua", "规划"), ("danji", "单击")] {
        assert_eq!(suggested(&index, letters).as_deref(), Some(word), "{letters}");
    }
    assert!(complete(&index, "ly", 8).iter().any(|(text, _)| text == "领域"));
}

#[test]
fn han_suggests_the_script_it_was_typed_in() {
    let index = both_scripts();
    for (typed, word) in [("領玉", "領域"), ("领玉", "领域"), ("归劃", "規劃"), ("归划", "规划")] {
        assert_eq!(suggested(&index, typed).as_deref(), Some(word), "{typed}");
    }
}

#[test]
fn what_stands_there_as_typed_comes_before_a_title_in_the_other_script() {
    let index = both_scripts();
    assert_eq!(found(&index, "領域"), [(1, "exact"), (0, "exact")]);
    assert_eq!(found(&index, "领域"), [(0, "exact"), (1, "exact")]);
    let quoted = site(&[("國際", &["國際。"]), ("新闻", &["国际新闻。"])]);
    assert_eq!(found(&quoted, "国际"), [(1, "exact"), (0, "exact")]);
    // Where no page has it as typed, the title comes first as ever.
    let other = site(&[("新聞", &["國際、國際。"]), ("國際", &["新聞。"])]);
    assert_eq!(found(&other, "国际"), [(1, "exact"), (0, "exact")]);
}

//! Where in a page the hits lie, against a search of its text.

use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::rank::Knobs;
use jisou_indexer::assemble::write_index;
use jisou_indexer::document::{Block, Document};
use jisou_indexer::segment::Jieba;
use proptest::prelude::*;
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::default);

fn places(title: &str, paragraphs: &[String], query: &str) -> Option<u32> {
    let block = |text: &String| Block { text: text.clone(), ..Block::default() };
    let document =
        Document { title: title.to_owned(), blocks: paragraphs.iter().map(block).collect(), ..Document::default() };
    let index = Index::open(write_index(&[document], &*JIEBA).expect("a page fits")).expect("what was written opens");
    let answer = index.search(query, Options::default(), &Knobs::default());
    answer.hits.first().map(|hit| hit.places)
}

/// The slow, obvious way: every place of the query in the passages, each of which ends in a boundary.
fn expected(title: &str, paragraphs: &[String], query: &str) -> u32 {
    let mut text: Vec<char> = Vec::new();
    for passage in [title].into_iter().chain(paragraphs.iter().map(String::as_str)) {
        text.extend(passage.chars());
        text.push('\n');
    }
    let query: Vec<char> = query.chars().collect();
    let hits = (0..text.len()).filter(|&at| text[at..].starts_with(&query));
    hits.fold(0, |places, at| places | 1 << (at * 32 / text.len()))
}

#[test]
fn the_first_and_the_last_part() {
    let paragraphs = ["鼎".repeat(64), format!("{}彝", "鼎".repeat(63))];
    assert_eq!(places("彝", &paragraphs, "彝"), Some(1 | 1 << 31));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn places_are_where_the_text_has_the_query(
        title in "[鼎彝簋爵]{1,6}",
        paragraphs in prop::collection::vec("[鼎彝簋爵]{1,40}", 0..6),
        query in "[鼎彝]{1,3}",
    ) {
        let expected = expected(&title, &paragraphs, &query);
        if expected != 0 {
            prop_assert_eq!(places(&title, &paragraphs, &query), Some(expected));
        }
    }
}

//! The index that `FORMAT.md` shows byte by byte is the one that is written.

use jisou_core::Index;
use jisou_indexer::assemble::write_index;
use jisou_indexer::records::read_record;
use jisou_indexer::segment::Jieba;

/// The bytes of the example: each line says where it starts, and so how many bytes it has before its comment.
fn shown(end: usize) -> Vec<u8> {
    let page = include_str!("../../../FORMAT.md");
    let example = page.split("## A whole index, byte by byte").nth(1).expect("the example").split("```").nth(1);
    let lines: Vec<(usize, &str)> = example
        .expect("its bytes")
        .lines()
        .filter_map(|line| Some((usize::from_str_radix(line.get(..4)?, 16).ok()?, &line[4..])))
        .collect();
    let ends = lines[1..].iter().map(|line| line.0).chain([end]);
    let mut bytes = Vec::new();
    for ((start, line), end) in lines.iter().zip(ends) {
        assert_eq!(*start, bytes.len(), "{line}");
        let byte = |text: &str| u8::from_str_radix(text, 16).unwrap_or_else(|_| panic!("{text} in {line}"));
        bytes.extend(line.split_whitespace().take(end - start).map(byte));
    }
    bytes
}

#[test]
fn the_example_is_true() {
    let document = read_record(1, r#"{"url":"a","title":"中国","body":"GDP 增长5%。"}"#).expect("a record");
    let index = write_index(&[document], &Jieba::default()).expect("an index");
    assert_eq!(shown(index.len()), index);
    assert_eq!(Index::open(index).expect("it opens").info().terms, 7);
}

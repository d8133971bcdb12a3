//! How long the longest queries take on a large site. A time cannot be asserted, so it is printed, and those above what SECURITY.md
//! states are counted.

use crate::hostile::QUERIES;
use crate::{SEED, alone};
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::ids::PageId;
use jisou_core::rank::Knobs;
use jisou_indexer::assemble::write_index;
use jisou_indexer::document::Document;
use jisou_indexer::records::read_record;
use jisou_indexer::segment::Jieba;
use std::time::{Duration, Instant};

const PAGES: usize = 1629;
/// Of a page, in paragraphs of the seeds: 10 million characters of all pages.
const PARAGRAPHS: usize = 46;
/// What a query takes at most, natively.
const STATED: Duration = Duration::from_secs(1);

/// A site as large as it is said that one file serves well, of paragraphs of the seeds in ever another order.
fn site() -> Vec<Document> {
    let seed = Index::open(SEED).expect("the seed index");
    let pages = 0..seed.pages().len() as u32;
    let read = pages.map(|page| seed.read(page, "").expect("a page"));
    let paragraphs: Vec<String> =
        read.flat_map(|page| page.blocks).map(|block| block.text.text).filter(|text| text.len() > 200).collect();
    let document = |page: usize| {
        let part = |at: usize| paragraphs[(page * (2 * at + 7) + at * 31) % paragraphs.len()].as_str();
        let body = (0..PARAGRAPHS).map(part).collect::<Vec<_>>().join("\n\n");
        let title: String = part(0).chars().take(9).collect();
        let record = serde_json::json!({ "url": format!("/{page}"), "title": format!("{title} {page}"), "body": body });
        read_record(page + 1, &record.to_string()).expect("a sound record")
    };
    (0..PAGES).map(document).collect()
}

#[test]
#[ignore = "indexes 10 million characters"]
fn the_longest_queries_on_a_large_site() {
    let _alone = alone();
    let documents = site();
    let index = Index::open(write_index(&documents, &Jieba::default()).expect("an index")).expect("it opens");
    let texts: Vec<&str> = documents.iter().flat_map(|page| &page.blocks).map(|block| block.text.as_str()).collect();
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    let timed = |work: &dyn Fn() -> usize| {
        let started = Instant::now();
        std::hint::black_box(work());
        started.elapsed()
    };
    // What looking through the text once takes, as a measure of the machine.
    let scan = timed(&|| texts.iter().filter(|text| text.contains("重庆国际")).count());
    let titles = (0..PAGES as u32).step_by(97).map(|page| index.title(PageId(page)).to_owned());
    let pasted = ["国际合作", "国 ", "a -b "].map(|part| part.repeat(100_000 / part.chars().count()));
    let queries: Vec<String> = QUERIES.iter().cloned().chain(titles).chain(pasted).collect();
    let ask = |query: &String| timed(&|| index.search(query, Options::default(), &Knobs::default()).total);
    let times: Vec<Duration> = queries.iter().map(ask).collect();
    let (longest, which) = times.iter().zip(&queries).max().expect("queries");
    let over = times.iter().filter(|time| **time > STATED).count();
    let begins: String = which.chars().take(8).collect();
    let scans = longest.as_millis() / scan.as_millis().max(1);
    println!("{characters} characters; {scans} scans of them: {} bytes that begin with {begins:?}", which.len());
    println!(
        "figure: hostile queries on {PAGES} pages, the longest {} ms, of {} ms | {} | {over}",
        longest.as_millis(),
        STATED.as_millis(),
        queries.len()
    );
}

//! How large is what a reader fetches? The index section by section, the module, the page, against the limits.
//!
//! usage: sizes     (pkg/ and dist/ are measured if they are there: `make build`)

use jisou_bench::seeds::{self, brotli, root};
use jisou_bench::table::{self, Row, kb};
use jisou_core::{Index, alphabet, container, pages, readings, stream, terms};
use std::error::Error;

/// What the page asks for before it shows its first results.
const LOADED: [&str; 5] = ["index.html", "style.css", "app.js", "jisou.js", "jisou_engine_bg.wasm"];

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = seeds::read()?;
    let text = brotli(&seeds.text);
    let index = brotli(&seeds.index);
    let module = std::fs::read(root().join("pkg/jisou_bg.wasm")).ok();
    let mut loaded = Vec::new();
    for name in LOADED {
        loaded.extend(
            std::fs::read(root().join("dist").join(name)).ok().map(|bytes| (name, bytes.len(), brotli(&bytes))),
        );
    }
    let page = loaded.iter().map(|file| file.2).sum();
    let code = module.as_ref().map(|module| brotli(module) - index);

    println!("Sizes: brotli at quality 11, 1 kB = 1000 bytes. They are the same on every machine.");
    table::print(
        "size",
        &[
            Row {
                figure: "index with everything / text of the corpus, both brotli",
                values: vec![index as f64 / text as f64],
                must: vec![1.35],
                aim: vec![1.15],
                unit: "",
                decimals: 3,
            },
            sized("module without the index", code, 45.0, 30.0),
            sized("page load to first results", (loaded.len() == LOADED.len()).then_some(page), 120.0, 92.0),
        ],
    );

    sections(&seeds.index, text, index)?;
    let info = Index::open(seeds.index.clone())?.info();
    println!(
        "| text: {} files, {} characters | {} | {} | 1.000 |",
        seeds.files,
        info.characters,
        seeds.text.len(),
        text
    );
    println!("\n{} pages, {} passages, {} terms, {} tokens.", info.pages, info.passages, info.terms, info.tokens);

    match &module {
        Some(module) if !module.windows(seeds.index.len()).any(|window| window == seeds.index) => {
            println!("\n**pkg/ holds another index than the one measured here: run `make build`.**");
        }
        Some(_) => {}
        None => println!("\npkg/jisou_bg.wasm is missing: run `make module`."),
    }
    if loaded.len() < LOADED.len() {
        println!("\ndist/ is missing or incomplete: run `make build`.");
        return Ok(());
    }
    println!("\n| page load | raw bytes | brotli bytes |\n|---|--:|--:|");
    for (name, raw, compressed) in &loaded {
        println!("| {name} | {raw} | {compressed} |");
    }
    println!("| together | {} | {page} |", loaded.iter().map(|file| file.1).sum::<usize>());
    Ok(())
}

fn sized(figure: &'static str, bytes: Option<usize>, must: f64, aim: f64) -> Row {
    let values = bytes.map(kb).into_iter().collect();
    Row { figure, values, must: vec![must], aim: vec![aim], unit: "kB", decimals: 1 }
}

/// Each section by itself. Their sum differs from the index as a whole: compressed together they share what brotli
/// learns, and the header comes on top.
fn sections(index: &[u8], text: usize, whole: usize) -> Result<(), Box<dyn Error>> {
    println!("\n| section of the index | raw bytes | brotli bytes | / text |\n|---|--:|--:|--:|");
    let row = |name: &str, raw: usize, compressed: usize| {
        println!("| {name} | {raw} | {compressed} | {:.3} |", compressed as f64 / text as f64);
    };
    let table = container::Table::read(index)?;
    let first = table.entries().iter().map(|entry| entry.offset as usize).min().unwrap_or(index.len());
    row("header and section table", first, brotli(&index[..first]));
    for entry in table.entries() {
        let bytes = &index[container::range(entry)];
        row(name(entry.section), bytes.len(), brotli(bytes));
    }
    row("**index as a whole**", index.len(), whole);
    Ok(())
}

fn name(section: u16) -> &'static str {
    match section {
        alphabet::SECTION => "ALPHABET: characters and what they fold to",
        terms::SECTION => "TERMS: the dictionary, an fst",
        stream::SECTION => "STREAM: text and postings as term codes",
        pages::SECTION => "PAGES: pages, passages, addresses",
        readings::SECTION => "READINGS: pinyin and look-alikes",
        _ => "another section",
    }
}

//! What is answered is what was recorded, natively here, in browsers by `wasm.rs` and `engines.test.mjs`.
#![cfg(not(target_arch = "wasm32"))]

mod draw;

use jisou_core::Index;
use jisou_core::answer::{Answer, Options};
use jisou_core::excerpt::Marked;
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, response};
use std::path::Path;
use std::sync::LazyLock;

/// The index that is embedded in the module.
static INDEX: LazyLock<Index> = LazyLock::new(|| {
    Index::open(&include_bytes!(concat!(env!("OUT_DIR"), "/corpus.jisou"))[..]).expect("the embedded index opens")
});

fn search(query: &str) -> Answer {
    INDEX.search(query, Options::default(), &Knobs::default())
}

/// Writes a record anew if `UPDATE` is set.
fn updated(file: &str, lines: &[String]) -> bool {
    let update = std::env::var_os("UPDATE").is_some();
    if update {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(file);
        std::fs::write(path, lines.join("\n") + "\n").expect("the record can be written");
    }
    update
}

/// Natively and in the browser (`wasm.rs`) the same answers, down to scores and marks. `UPDATE=1` records them.
#[test]
fn answers_are_those_recorded() {
    let lines: Vec<String> =
        draw::queries().iter().map(|query| draw::line(query, &transferred(&search(query)))).collect();
    if !updated("answers.txt", &lines) {
        draw::check(&lines);
    }
}

/// The hashes, FNV-1a of 32 bits, of the JSON of the answers to the queries of [`draw::variants`], a hundred at a time: what every
/// browser gives too, byte for byte (`engines.test.mjs`). `UPDATE=1` records them.
#[test]
fn answers_as_json_are_those_recorded() {
    const EACH: usize = 100;
    let mut hashes = Vec::new();
    for queries in draw::variants().chunks(EACH) {
        let mut hash = 0x811c_9dc5_u32;
        for query in queries {
            let mut json = String::new();
            write_json(&response(&INDEX, query, &search(query)), &mut json);
            hash = json.bytes().fold(hash, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        }
        hashes.push(format!("{hash:08x}"));
    }
    if updated("answers-json.txt", &hashes) {
        return;
    }
    let recorded: Vec<&str> = include_str!("data/answers-json.txt").lines().collect();
    let differing: Vec<usize> = (0..hashes.len()).filter(|&at| recorded.get(at) != Some(&&*hashes[at])).collect();
    assert!(differing.is_empty(), "answered otherwise than recorded: among each {EACH} queries, {differing:?}");
}

/// As `JSON.stringify` writes it: `serde_json` knows texts as JavaScript does, but writes `1.0` for `1`.
fn write_json(value: &Value<'_>, out: &mut String) {
    let text = |text: &str| serde_json::to_string(text).expect("a text");
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(&value.to_string()),
        Value::Number(value) => out.push_str(&value.to_string()),
        Value::Text(value) => out.push_str(&text(value)),
        Value::Owned(value) => out.push_str(&text(value)),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write_json(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (at, (name, value)) in fields.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                out.push_str(&text(name));
                out.push(':');
                write_json(value, out);
            }
            out.push('}');
        }
    }
}

/// An answer as it crosses the boundary.
fn transferred(answer: &Answer) -> draw::Answer {
    let marked = |part: &Marked| (part.text.clone(), part.marks.clone());
    draw::Answer {
        total: answer.total,
        tier: answer.tier.map(|tier| tier.name().to_owned()),
        hits: answer
            .hits
            .iter()
            .map(|hit| {
                let (title, title_marks) = marked(&hit.title);
                draw::Hit {
                    id: hit.page.0,
                    title,
                    title_marks,
                    tier: hit.tier.name().to_owned(),
                    score: u32::try_from(hit.score).unwrap_or(u32::MAX),
                    sections: hit
                        .sections
                        .iter()
                        .map(|section| {
                            let (heading, heading_marks) = marked(&section.heading);
                            let (excerpt, marks) = marked(&section.excerpt);
                            draw::SectionHit { anchor: section.anchor.clone(), heading, heading_marks, excerpt, marks }
                        })
                        .collect(),
                    duplicates: hit.duplicates.iter().map(|page| page.0).collect(),
                }
            })
            .collect(),
    }
}

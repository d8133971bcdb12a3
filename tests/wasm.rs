//! The boundary in real browsers: what `src/` exports, over the embedded index and over damaged ones.
#![cfg(target_arch = "wasm32")]

mod draw;

use draw::{Answer, marked};
use jisou::{Engine, search};
use jisou_core::container::{self, Entry, Section, Table, range};
use js_sys::{Array, Date, JsString, Object, Reflect};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.jisou"));

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    id: u32,
    url: String,
    title: String,
    blocks: Vec<Block>,
}

#[derive(Deserialize)]
struct Block {
    kind: String,
    level: u8,
    text: String,
    marks: Vec<(u32, u32)>,
}

#[derive(Deserialize)]
struct PageSummary {
    id: u32,
    url: String,
    title: String,
    meta: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IndexInfo {
    pages: usize,
    passages: usize,
    characters: usize,
    terms: usize,
    tokens: usize,
    bytes: usize,
    format_version: u16,
}

fn read<T: for<'de> Deserialize<'de>>(value: JsValue) -> T {
    serde_wasm_bindgen::from_value(value).expect("an answer of the promised shape")
}

/// An object as JavaScript writes it: `{ name: value, … }`.
fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value).expect("a fresh object takes properties");
    }
    object.into()
}

fn answer(query: &str, options: &[(&str, JsValue)]) -> Answer {
    read(search(query, object(options)).expect("an answer"))
}

fn code(error: &JsValue) -> String {
    let error: &js_sys::Error = error.dyn_ref().expect("an Error");
    assert!(error.message().length() > 20, "the message says what to do");
    Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_string()).expect("a code")
}

fn engine() -> Engine {
    Engine::embedded().expect("the embedded index opens")
}

#[wasm_bindgen_test]
fn marks_cover_the_query() {
    for query in ["上海精神", "命运共同体", "APEC", "17.5", "无废城市"] {
        let answer = answer(query, &[]);
        assert_eq!(answer.tier.as_deref(), Some("exact"), "{query}");
        assert!(answer.total > 0 && !answer.hits.is_empty() && answer.hits.len() <= 10, "{query}");
        for hit in answer.hits.iter().filter(|hit| hit.tier == "exact") {
            assert!(hit.title_marks.iter().all(|&mark| marked(&hit.title, mark) == query), "{query}");
            assert!(!hit.sections.is_empty(), "{query}");
            for section in &hit.sections {
                let marks = section.marks.iter().map(|&mark| marked(&section.excerpt, mark));
                let headings = section.heading_marks.iter().map(|&mark| marked(&section.heading, mark));
                let all: Vec<String> = marks.chain(headings).collect();
                assert!(all.iter().all(|text| text == query), "{query}: {all:?}");
                assert!(!all.is_empty() || !hit.title_marks.is_empty(), "{query}: a section without a mark");
            }
        }
    }
}

#[wasm_bindgen_test]
fn the_function_and_the_class_answer_alike() {
    let class: Answer = read(engine().search("生态", JsValue::UNDEFINED).expect("an answer"));
    let function: Answer = read(search("生态", JsValue::NULL).expect("an answer"));
    assert_eq!(format!("{class:?}"), format!("{function:?}"));
    let opened = Engine::new(EMBEDDED.to_vec()).expect("the same index from its bytes");
    let bytes: Answer = read(opened.search("生态", object(&[])).expect("an answer"));
    assert_eq!(format!("{class:?}"), format!("{bytes:?}"));
}

#[wasm_bindgen_test]
fn options_choose_what_is_returned() {
    let all = answer("发展", &[("limit", f64::INFINITY.into()), ("collapse", true.into())]);
    assert!(all.hits.len() > 10);
    assert_eq!(answer("发展", &[]).hits.len(), 10);
    assert_eq!(answer("发展", &[("limit", JsValue::UNDEFINED)]).hits.len(), 10);
    let part = answer("发展", &[("limit", 3.into()), ("offset", 2.into())]);
    assert_eq!(format!("{:?}", part.hits), format!("{:?}", &all.hits[2..5]));
    assert_eq!((part.total, &part.tier), (all.total, &all.tier));
    for options in [[("limit", 0.into())], [("offset", 1e300.into())], [("offset", f64::INFINITY.into())]] {
        let none = answer("发展", &options);
        assert_eq!((none.hits.len(), none.total), (0, all.total));
    }
    let every = answer("发展", &[("limit", f64::INFINITY.into())]);
    assert_eq!(every.hits.len(), every.total);
    assert!(answer("APE", &[("prefix", false.into())]).total <= answer("APE", &[]).total);
}

#[wasm_bindgen_test]
fn options_that_make_no_sense_are_refused() {
    let wrong: [(&str, JsValue); 10] = [
        ("limit", (-1).into()),
        ("limit", 1.5.into()),
        ("limit", f64::NAN.into()),
        ("limit", "10".into()),
        ("limit", JsValue::NULL),
        ("offset", f64::NEG_INFINITY.into()),
        ("offset", Array::new().into()),
        ("prefix", 1.into()),
        ("collapse", "true".into()),
        ("collapse", Object::new().into()),
    ];
    for (name, value) in wrong {
        let error = search("上海", object(&[(name, value.clone())])).expect_err(name);
        assert_eq!(code(&error), "bad-option", "{name}: {value:?}");
    }
    assert_eq!(code(&search("上海", 3.into()).expect_err("a number is no options")), "bad-option");
}

#[wasm_bindgen_test]
fn pages_can_be_read() {
    let engine = engine();
    let info: IndexInfo = read(engine.info().expect("figures"));
    let pages: Vec<PageSummary> = read(engine.pages().expect("the pages"));
    assert_eq!((info.pages, info.format_version), (pages.len(), container::VERSION));
    assert!(info.passages > info.pages && info.characters > 40_000 && info.terms > 1000 && info.tokens > info.terms);
    assert!(info.bytes > 10_000 && info.bytes <= EMBEDDED.len());
    for summary in &pages {
        let page: Page = read(engine.page(summary.id.into(), None).expect("a page"));
        assert_eq!((page.id, &page.url, &page.title), (summary.id, &summary.url, &summary.title));
        assert!(draw::FILES.iter().any(|(file, _)| summary.meta["source"] == *file));
        assert!(page.blocks.iter().all(|block| !block.text.is_empty() && block.marks.is_empty()));
        assert!(page.blocks.iter().all(|block| (block.kind == "heading") == (1..=6).contains(&block.level)));
    }
}

#[wasm_bindgen_test]
fn a_page_marks_a_query() {
    let id = answer("上海精神", &[]).hits[0].id;
    let page: Page = read(engine().page(id.into(), Some("上海精神".to_owned())).expect("a page"));
    let marks = page.blocks.iter().flat_map(|block| block.marks.iter().map(|&mark| marked(&block.text, mark)));
    let marks: Vec<String> = marks.collect();
    assert!(marks.len() > 1 && marks.iter().all(|text| text == "上海精神"), "{marks:?}");
}

#[wasm_bindgen_test]
fn pages_that_do_not_exist_are_refused() {
    let pages: Vec<PageSummary> = read(engine().pages().expect("the pages"));
    let end = pages.len() as f64;
    for id in [end, 1e300, -1.0, 0.5, f64::NAN, f64::INFINITY, f64::from(u32::MAX)] {
        assert_eq!(code(&engine().page(id, None).expect_err("no page")), "no-such-page", "{id}");
    }
}

/// The sections of the embedded index, to be written anew with something else in them.
fn sections() -> Vec<Section> {
    let table = Table::read(EMBEDDED).expect("the embedded table");
    let section = |entry: &Entry| Section { section: entry.section, piece: 0, bytes: EMBEDDED[range(entry)].to_vec() };
    table.entries().iter().map(section).collect()
}

/// The root piece of an index of these sections, with true checksums.
fn written(sections: &[Section]) -> Vec<u8> {
    container::write(sections).expect("sections that fit").swap_remove(0)
}

#[wasm_bindgen_test]
fn a_damaged_index_is_refused_with_a_code() {
    let flipped = |at: usize| {
        let mut bytes = EMBEDDED.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    let last = EMBEDDED.len() - 1;
    let mut elsewhere = sections();
    elsewhere.last_mut().expect("an index has sections").piece = 1;
    let mut unknown = sections();
    unknown.push(Section { section: 99, piece: 0, bytes: b"?".to_vec() });
    let mut damaged = vec![
        ("empty", Vec::new(), "wrong-length"),
        ("text", b"<!doctype html><title>404</title>".to_vec(), "wrong-magic"),
        ("magic", flipped(0), "wrong-magic"),
        ("version", flipped(4), "wrong-version"),
        ("header", flipped(8), "checksum"),
        ("last byte", flipped(last), "checksum"),
        ("middle", flipped(last / 2), "checksum"),
        ("cut in the header", EMBEDDED[..20].to_vec(), "wrong-length"),
        ("cut by one", EMBEDDED[..last].to_vec(), "wrong-length"),
        ("one more", [EMBEDDED, b"\0"].concat(), "wrong-length"),
        ("no sections", written(&[]), "missing-section"),
        ("a section in another piece", written(&elsewhere), "wrong-piece"),
        ("a section nobody knows", written(&unknown), "corrupt"),
    ];
    for at in 0..sections().len() {
        let mut without = sections();
        if without.remove(at).section >= container::FIRST_OPTIONAL {
            assert!(Engine::new(written(&without)).is_ok(), "an index without an optional section opens");
            continue;
        }
        damaged.push(("without a section", written(&without), "missing-section"));
        let mut cut = sections();
        let half = cut[at].bytes.len() / 2;
        cut[at].bytes.truncate(half);
        damaged.push(("a section cut in half", written(&cut), "corrupt"));
    }
    for (name, bytes, expected) in damaged {
        let error = Engine::new(bytes).map(|_| ()).expect_err(name);
        assert_eq!(code(&error), expected, "{name}");
    }
}

#[wasm_bindgen_test]
fn hostile_queries_are_answered() {
    // A string of JavaScript may hold halves of surrogate pairs; they arrive as U+FFFD.
    let lone = |unit: u32| JsString::from_char_code1(unit).as_string().expect("a string");
    let queries = [
        String::new(),
        " \u{3000}\t\n".to_owned(),
        "上海精神".repeat(25_000),
        "a ".repeat(50_000),
        "-\"".repeat(50_000),
        "a OR ".repeat(20_000),
        "\0".to_owned(),
        "上海\0精神".to_owned(),
        lone(0xd83d),
        format!("上海{}精神", lone(0xde00)),
        "👨‍👩‍👧‍👦🇨🇳😀".to_owned(),
        "“”‘’——……，。《》".to_owned(),
        "\u{202e}\u{2066}\u{200b}\u{feff}\u{301}".to_owned(),
        "Wi-Fi 한국어 ภาษาไทย العربية 上海".to_owned(),
        "title:".to_owned(),
        "-".to_owned(),
        "\"".to_owned(),
    ];
    for query in queries {
        let start = Date::now();
        let answer = answer(&query, &[("limit", f64::INFINITY.into())]);
        let took = Date::now() - start;
        let shown: String = query.chars().take(12).collect();
        assert_eq!(answer.hits.len(), answer.total, "{shown:?}");
        assert!(took < 2000.0, "{shown:?} took {took} ms");
    }
    for query in ["", " \u{3000}\t\n", "\u{202e}\u{2066}\u{200b}\u{feff}\u{301}"] {
        assert_eq!(answer(query, &[]).total, 0, "{query:?}");
    }
    assert_eq!(answer("上海精神", &[]).tier.as_deref(), Some("exact"));
}

/// The same answers as natively, down to scores and marks: `recorded.rs` records them.
#[wasm_bindgen_test]
fn answers_are_those_recorded() {
    let lines: Vec<String> = draw::queries().iter().map(|query| draw::line(query, &answer(query, &[]))).collect();
    draw::check(&lines);
}

//! Between the types of the core and those of JavaScript.

use crate::types::{Block, Hit, IndexInfo, Meta, Page, PageSummary, SearchResponse, SectionHit};
use crate::{Code, bad_option, error};
use jisou_core::Index;
use jisou_core::answer::{Answer, Options, Reading};
use jisou_core::container::VERSION;
use jisou_core::ids::PageId;
use jisou_core::pages::Kind;
use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::JsValue;

/// Reads options; `undefined` and missing ones mean the default.
///
/// Property by property: deserializing a struct would link serde's error texts and with them the formatting of floats.
pub(crate) fn options(value: &JsValue) -> Result<Options, JsValue> {
    let default = Options::default();
    if value.is_undefined() || value.is_null() {
        return Ok(default);
    }
    let limit = whole(value, "limit", default.limit)?;
    Ok(Options {
        limit,
        offset: whole(value, "offset", default.offset)?,
        prefix: flag(value, "prefix", default.prefix)?,
        collapse: flag(value, "collapse", limit != usize::MAX)?,
    })
}

fn property(object: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue> {
    let value = Reflect::get(object, &name.into()).map_err(|_| bad_option())?;
    Ok((!value.is_undefined()).then_some(value))
}

fn flag(options: &JsValue, name: &str, default: bool) -> Result<bool, JsValue> {
    property(options, name)?.map_or(Ok(default), |value| value.as_bool().ok_or_else(bad_option))
}

fn whole(options: &JsValue, name: &str, default: usize) -> Result<usize, JsValue> {
    let Some(value) = property(options, name)? else { return Ok(default) };
    match value.as_f64() {
        Some(f64::INFINITY) => Ok(usize::MAX),
        // A number that is too large for usize becomes the largest there is.
        Some(number) if number >= 0.0 && number.trunc() == number => Ok(number as usize),
        _ => Err(bad_option()),
    }
}

/// Hands a result over as plain objects and arrays.
pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|_| error::throw(Code::Internal))
}

pub(crate) fn response<'a>(index: &'a Index, query: &'a str, answer: &'a Answer) -> SearchResponse<'a> {
    let hits = answer.hits.iter().map(|hit| Hit {
        id: hit.page.0,
        url: url(index, hit.page),
        title: &hit.title.text,
        title_marks: &hit.title.marks,
        tier: hit.tier.name(),
        score: u32::try_from(hit.score).unwrap_or(u32::MAX),
        sections: hit
            .sections
            .iter()
            .map(|section| SectionHit {
                anchor: &section.anchor,
                heading: &section.heading.text,
                heading_marks: &section.heading.marks,
                excerpt: &section.excerpt.text,
                marks: &section.excerpt.marks,
            })
            .collect(),
        duplicates: hit.duplicates.iter().map(|page| page.0).collect(),
        meta: meta(index, hit.page),
    });
    SearchResponse { query, total: answer.total, tier: answer.tier.map(|tier| tier.name()), hits: hits.collect() }
}

pub(crate) fn page<'a>(index: &'a Index, id: u32, reading: &'a Reading) -> Page<'a> {
    let blocks = reading.blocks.iter().map(|block| {
        let (kind, level) = match block.kind {
            Kind::Title | Kind::Heading(_) => ("heading", block.kind.level()),
            Kind::Subtitle => ("subtitle", 0),
            Kind::Byline => ("byline", 0),
            Kind::Dateline => ("dateline", 0),
            Kind::Paragraph => ("paragraph", 0),
        };
        Block { kind, level, anchor: &block.anchor, text: &block.text.text, marks: &block.text.marks }
    });
    Page {
        id,
        url: url(index, PageId(id)),
        title: &reading.title.text,
        title_marks: &reading.title.marks,
        blocks: blocks.collect(),
        meta: meta(index, PageId(id)),
    }
}

pub(crate) fn summaries(index: &Index) -> Vec<PageSummary<'_>> {
    let summary = |id: u32| PageSummary {
        id,
        url: url(index, PageId(id)),
        title: index.title(PageId(id)),
        meta: meta(index, PageId(id)),
    };
    (0..index.pages().len() as u32).map(summary).collect()
}

pub(crate) fn info(index: &Index) -> IndexInfo {
    let info = index.info();
    IndexInfo {
        pages: info.pages,
        passages: info.passages,
        characters: info.characters,
        terms: info.terms,
        tokens: info.tokens,
        bytes: info.bytes,
        format_version: VERSION,
    }
}

fn url(index: &Index, page: PageId) -> &str {
    &index.pages().info[page.0 as usize].url
}

fn meta(index: &Index, page: PageId) -> Meta<'_> {
    Meta(&index.pages().info[page.0 as usize].meta)
}

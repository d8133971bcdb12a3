//! Between the types of the core and those of JavaScript.

use crate::types::{
    Block, Completion, Explanation, Hit, IndexInfo, Meta, Page, PageSummary, Part, SearchResponse, SectionHit,
    Suggestion,
};
use crate::{Code, bad_option, error};
use jisou_core::Index;
use jisou_core::answer::{Answer, Options, Reading};
use jisou_core::complete;
use jisou_core::container::VERSION;
use jisou_core::ids::PageId;
use jisou_core::pages::Kind;
use jisou_core::rank::Knobs;
use jisou_core::search::{self, Evaluation};
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
    let suggestion = answer.suggestion.as_ref().map(|offered| Suggestion {
        query: &offered.suggestion.query,
        kind: offered.suggestion.kind.name(),
        applied: offered.applied,
        alternatives: &offered.suggestion.alternatives,
    });
    let tier = answer.tier.map(|tier| tier.name());
    SearchResponse { query, total: answer.total, tier, hits: hits.collect(), suggestion }
}

pub(crate) fn completions(found: Vec<(String, complete::Kind)>) -> Vec<Completion> {
    found.into_iter().map(|(text, kind)| Completion { text, kind: kind.name() }).collect()
}

pub(crate) fn explanation(evaluation: &Evaluation<'_>, page: PageId) -> Option<Explanation> {
    let (tier, parts) = evaluation.explain(page)?;
    let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let score = small(parts.iter().map(|part| part.1).sum());
    let parts = parts.into_iter().map(|(part, value)| {
        let (part, word) = match part {
            search::Part::EqualTitle => ("equal-title", String::new()),
            search::Part::EqualHeading => ("equal-heading", String::new()),
            search::Part::AsTyped => ("as-typed", String::new()),
            search::Part::Literal => ("literal", String::new()),
            search::Part::Unit(unit) => ("word", evaluation.unit_text(unit)),
            search::Part::Proximity => ("proximity", String::new()),
        };
        Part { part, word, value: small(value) }
    });
    Some(Explanation { tier: tier.name(), score, parts: parts.collect() })
}

/// Reads ranking options into `knobs`; nothing is changed if one is out of range.
pub(crate) fn ranking(value: &JsValue, knobs: &mut Knobs) -> Result<(), JsValue> {
    let mut new = knobs.clone();
    let [title, heading, lead, body] = &mut new.field;
    let all = [
        ("saturation", 300, &mut new.saturation),
        ("proximity", 300, &mut new.proximity),
        ("weak", 100, &mut new.weak),
        ("titleWeight", 2000, title),
        ("headingWeight", 2000, heading),
        ("leadWeight", 2000, lead),
        ("bodyWeight", 2000, body),
    ];
    for (name, most, knob) in all {
        *knob = whole(value, name, *knob as usize)? as u64;
        if *knob > most {
            return Err(bad_option());
        }
    }
    *knobs = new;
    Ok(())
}

/// The number of a page, or one that no index has.
pub(crate) fn page_number(id: f64) -> u32 {
    if id.trunc() == id && (0.0..f64::from(u32::MAX)).contains(&id) { id as u32 } else { u32::MAX }
}

/// The option `limit` alone.
pub(crate) fn limit(value: &JsValue, default: usize) -> Result<usize, JsValue> {
    if value.is_undefined() || value.is_null() { Ok(default) } else { whole(value, "limit", default) }
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

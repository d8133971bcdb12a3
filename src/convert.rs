//! Between the types of the core and those of JavaScript.

use crate::types::Js;
use crate::{Code, bad_option, error};
use jisou_core::Index;
use jisou_core::answer::{Block, Options, Reading};
use jisou_core::complete;
use jisou_core::container::VERSION;
use jisou_core::facets::{How, Selection};
use jisou_core::ids::PageId;
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, list, marks, number, page_fields};
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

/// Reads the option `select`: fields divided by U+0000, three for each thing that is asked for. The first is `any`, `all` or `none`, then
/// the name of a filter and a value; or `asc` or `desc`, then the name of a sort and nothing. `jisou.js` makes it of `filters` and `sort`.
pub(crate) fn selection(value: &JsValue) -> Result<Selection, JsValue> {
    let mut selection = Selection::default();
    if value.is_undefined() || value.is_null() {
        return Ok(selection);
    }
    let Some(text) = property(value, "select")? else { return Ok(selection) };
    let text = text.as_string().ok_or_else(bad_option)?;
    let mut fields = text.split('\0');
    while let (Some(how), Some(name), Some(value)) = (fields.next(), fields.next(), fields.next()) {
        let how = match how {
            "any" => How::Any,
            "all" => How::All,
            "none" => How::None,
            direction => {
                selection.sort = Some((name.to_owned(), direction == "desc"));
                continue;
            }
        };
        selection.wanted.push((how, name.to_owned(), value.to_owned()));
    }
    Ok(selection)
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

/// Hands a result over.
pub(crate) fn to_js(value: &Value<'_>) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Js(value).serialize(&serializer).map_err(|_| error::throw(Code::Internal))
}

pub(crate) fn completions(found: &[(String, complete::Kind)]) -> Value<'_> {
    list(found, |(text, kind)| Value::Object(vec![("text", Value::Text(text)), ("kind", Value::Text(kind.name()))]))
}

pub(crate) fn page<'a>(index: &'a Index, id: u32, reading: &'a Reading) -> Value<'a> {
    let mut fields = page_fields(index, PageId(id), Value::Text(&reading.title.text));
    fields.extend([("titleMarks", marks(&reading.title)), ("blocks", list(&reading.blocks, block))]);
    Value::Object(fields)
}

fn block(block: &Block) -> Value<'_> {
    Value::Object(vec![
        ("kind", Value::Text(block.kind.name())),
        ("level", number(usize::from(block.kind.level()))),
        ("anchor", Value::Text(&block.anchor)),
        ("text", Value::Text(&block.text.text)),
        ("marks", marks(&block.text)),
    ])
}

pub(crate) fn summaries(index: &Index) -> Value<'_> {
    let mut out = Vec::with_capacity(index.pages().len());
    for page in (0..index.pages().len() as u32).map(PageId) {
        out.push(Value::Object(page_fields(index, page, Value::Owned(index.title(page)))));
    }
    Value::List(out)
}

pub(crate) fn info(index: &Index) -> Value<'static> {
    let info = index.info();
    Value::Object(vec![
        ("pages", number(info.pages)),
        ("passages", number(info.passages)),
        ("characters", number(info.characters)),
        ("terms", number(info.terms)),
        ("tokens", number(info.tokens)),
        ("bytes", number(info.bytes)),
        ("formatVersion", number(usize::from(VERSION))),
    ])
}

/// Reads ranking options into `knobs`; nothing is changed if one is out of range.
pub(crate) fn ranking(value: &JsValue, knobs: &mut Knobs) -> Result<(), JsValue> {
    const NAMES: [&str; 13] = [
        "saturation",
        "proximity",
        "titleWeight",
        "headingWeight",
        "leadWeight",
        "bodyWeight",
        "titleLength",
        "headingLength",
        "leadLength",
        "bodyLength",
        "insideFit",
        "prefixFit",
        "wordFit",
    ];
    const MOST: [usize; 13] = [300, 300, 2000, 2000, 2000, 2000, 100, 100, 100, 100, 100, 100, 100];
    let mut new = knobs.clone();
    let Knobs { saturation, length, field, fit, proximity } = &mut new;
    let knobs_by_name = [saturation, proximity].into_iter().chain(field).chain(length).chain(fit);
    for ((name, most), knob) in NAMES.iter().zip(MOST).zip(knobs_by_name) {
        let wanted = whole(value, name, *knob as usize)?;
        if wanted > most {
            return Err(bad_option());
        }
        *knob = wanted as u64;
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

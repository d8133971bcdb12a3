//! Between the types of the core and those of JavaScript.

use crate::types::Js;
use crate::{Code, bad_option, error};
use jisou_core::Index;
use jisou_core::answer::{Block, Options, Reading};
#[cfg(any(feature = "meant", not(feature = "pieces")))]
use jisou_core::facets::{How, Selection};
use jisou_core::ids::PageId;
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

pub(crate) fn property(object: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue> {
    let value = Reflect::get(object, &name.into()).map_err(|_| bad_option())?;
    Ok((!value.is_undefined()).then_some(value))
}

pub(crate) fn flag(options: &JsValue, name: &str, default: bool) -> Result<bool, JsValue> {
    property(options, name)?.map_or(Ok(default), |value| value.as_bool().ok_or_else(bad_option))
}

pub(crate) fn whole(options: &JsValue, name: &str, default: usize) -> Result<usize, JsValue> {
    let Some(value) = property(options, name)? else { return Ok(default) };
    match value.as_f64() {
        Some(f64::INFINITY) => Ok(usize::MAX),
        // A number that is too large for usize becomes the largest there is.
        Some(number) if number >= 0.0 && number.trunc() == number => Ok(number as usize),
        _ => Err(bad_option()),
    }
}

/// How many completions are asked for, and at most given.
pub(crate) fn completions_wanted(options: &JsValue) -> Result<usize, JsValue> {
    const DEFAULT: usize = 8;
    const MOST: usize = 100;
    if options.is_undefined() || options.is_null() {
        return Ok(DEFAULT);
    }
    Ok(whole(options, "limit", DEFAULT)?.min(MOST))
}

/// Reads the option `select`: fields divided by U+0000, three for each thing that is asked for. The first is `any`, `all` or `none`, then
/// the name of a filter and a value; or `asc` or `desc`, then the name of a sort and nothing. `selection.js` makes it of `filters` and `sort`.
#[cfg(any(feature = "meant", not(feature = "pieces")))]
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

/// Hands a result over.
pub(crate) fn to_js(value: &Value<'_>) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Js(value).serialize(&serializer).map_err(|_| error::throw(Code::Internal))
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

/// The number of a page, or one that no index has.
pub(crate) fn page_number(id: f64) -> u32 {
    if id.trunc() == id && (0.0..f64::from(u32::MAX)).contains(&id) { id as u32 } else { u32::MAX }
}

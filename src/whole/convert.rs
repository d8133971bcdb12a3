//! Between the types of the core and those of JavaScript: what only a whole index is asked for.

use crate::bad_option;
use crate::convert::{property, whole};
use jisou_core::Index;
use jisou_core::complete;
use jisou_core::container::VERSION;
use jisou_core::facets::{How, Selection};
use jisou_core::ids::PageId;
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, list, number, page_fields};
use wasm_bindgen::JsValue;

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

pub(crate) fn completions(found: &[(String, complete::Kind)]) -> Value<'_> {
    list(found, |(text, kind)| Value::Object(vec![("text", Value::Text(text)), ("kind", Value::Text(kind.name()))]))
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

/// The option `limit` alone.
pub(crate) fn limit(value: &JsValue, default: usize) -> Result<usize, JsValue> {
    if value.is_undefined() || value.is_null() { Ok(default) } else { whole(value, "limit", default) }
}

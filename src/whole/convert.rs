//! Between the types of the core and those of JavaScript: what only a whole index is asked for.

use crate::bad_option;
use crate::convert::whole;
use jisou_core::Index;
use jisou_core::complete;
use jisou_core::container::VERSION;
use jisou_core::ids::PageId;
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, list, number, page_fields};
use wasm_bindgen::JsValue;

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

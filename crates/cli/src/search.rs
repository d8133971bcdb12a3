//! `jisou search`: the engine, natively.

use crate::args::{Common, SearchArguments};
use crate::bundle;
use crate::failure::{Failure, say};
use crate::texts::{count, cut, padded};
use jisou_core::Index;
use jisou_core::answer::{Answer, Hit, Options};
use jisou_core::facets::{Facets, How, Selection};
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, response};
use serde::{Serialize, Serializer};
use std::io::IsTerminal;

/// Asks a bundle.
pub(crate) fn run(common: &Common, arguments: &SearchArguments) -> Result<u8, Failure> {
    let limit = if arguments.all { usize::MAX } else { arguments.limit };
    let options = Options { limit, offset: arguments.offset, prefix: !arguments.whole_words, collapse: !arguments.all };
    if let Some(mut pieces) = bundle::open_pieces(&arguments.bundle)? {
        let selection = selection(&pieces.facets()?, arguments)?;
        let answered = pieces.search(&arguments.query, options, &selection)?;
        if common.json {
            say!("{}", json(&answered.response(&arguments.query))?);
        } else if !common.quiet {
            let hits: Vec<(&Index, &Hit)> = answered.hits().map(|(_, index, hit)| (index, hit)).collect();
            print(&hits, &answered.answer, !answered.all);
        }
        return Ok(0);
    }
    let index = bundle::open(&arguments.bundle)?.index;
    let selection = selection(index.facets(), arguments)?;
    let answer = index.select(&arguments.query, options, &selection, &Knobs::default()).map_err(Failure::usage)?;
    if common.json {
        say!("{}", json(&response(&index, &arguments.query, &answer))?);
    } else if !common.quiet {
        let hits: Vec<(&Index, &Hit)> = answer.hits.iter().map(|hit| (&index, hit)).collect();
        print(&hits, &answer, false);
    }
    Ok(0)
}

/// What pages must have, and their order. What the index does not have is refused by name.
fn selection(facets: &Facets, arguments: &SearchArguments) -> Result<Selection, Failure> {
    let known = |what: &str, names: Vec<&str>, name: &str| match names.contains(&name) {
        true => Ok(()),
        false => Err(Failure::usage(format_args!("the index has no {what} {name}; it has: {}", names.join(", ")))),
    };
    let mut selection = Selection::default();
    for (name, value) in &arguments.filter {
        known("filter", facets.filters.iter().map(|filter| filter.name.as_str()).collect(), name)?;
        selection.wanted.push((How::All, name.clone(), value.clone()));
    }
    if let Some((name, order)) = &arguments.sort {
        known("sort", facets.sorts.iter().map(|sort| sort.name.as_str()).collect(), name)?;
        if !["asc", "desc"].contains(&order.as_str()) {
            return Err(Failure::usage(format_args!("--sort {name}={order}: give asc or desc")));
        }
        selection.sort = Some((name.clone(), order == "desc"));
    }
    Ok(selection)
}

/// A value as JSON.
pub(crate) fn json(value: &Value<'_>) -> Result<String, Failure> {
    serde_json::to_string_pretty(&Json(value)).map_err(Failure::new)
}

/// A value that can be written as JSON, as the JavaScript API gives it.
struct Json<'v, 'a>(&'v Value<'a>);

impl Serialize for Json<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            // In JavaScript whole numbers have no point.
            Value::Number(value) if value.fract() == 0.0 => serializer.serialize_i64(*value as i64),
            Value::Number(value) => serializer.serialize_f64(*value),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Owned(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items.iter().map(Json)),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, Json(value)))),
        }
    }
}

/// The widest that a column is, in columns of a terminal.
const TITLE: usize = 36;
const EXCERPT: usize = 100;

/// `hits`, with the index that each is of. `least`: there may be more pages.
fn print(hits: &[(&Index, &Hit)], answer: &Answer, least: bool) {
    let at_least = if least { "at least " } else { "" };
    say!(
        "{at_least}{}{}",
        count(answer.total, "page"),
        answer.tier.map_or(String::new(), |tier| format!(" ({})", tier.name()))
    );
    if let Some(offered) = &answer.suggestion {
        let what = if offered.applied { "shown are the pages for" } else { "did you mean" };
        say!("{what}: {}", offered.suggestion.query);
    }
    let mark = std::io::stdout().is_terminal();
    let title = hits.iter().map(|(_, hit)| crate::texts::width(&hit.title.text)).max().unwrap_or(0).min(TITLE);
    for (index, hit) in hits {
        say!("{}  {:8}  {}", padded(&cut(&hit.title.text, title), title), hit.tier.name(), address(index, hit));
        if let Some(section) = hit.sections.first() {
            say!("    {}", marked(&section.excerpt.text, &section.excerpt.marks, mark));
        }
    }
}

fn address(index: &Index, hit: &Hit) -> String {
    let url = &index.pages().info[hit.page.0 as usize].url;
    let anchor = hit.sections.first().map_or("", |section| section.anchor.as_str());
    if anchor.is_empty() { url.clone() } else { format!("{url}#{anchor}") }
}

/// A text on one line, its hits in bold on a terminal.
fn marked(text: &str, marks: &[(u32, u32)], bold: bool) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = String::new();
    let mut at = 0;
    let slice = |from: u32, to: u32| String::from_utf16_lossy(&units[from as usize..to as usize]).replace('\n', " ");
    for &(start, end) in marks {
        out.push_str(&slice(at, start));
        if bold {
            out.push_str("\u{1b}[1m");
        }
        out.push_str(&slice(start, end));
        if bold {
            out.push_str("\u{1b}[0m");
        }
        at = end;
    }
    out.push_str(&slice(at, units.len() as u32));
    if bold { out } else { cut(&out, EXCERPT) }
}

//! Answers as trees of plain values: what JavaScript is handed as objects, and programs as JSON.

use crate::Index;
use crate::answer::{Answer, Hit, Offered};
use crate::excerpt::Marked;
use crate::facets::Facets;
use crate::ids::PageId;
use crate::search::{Evaluation, Part};
use crate::sections::SectionHit;

/// A plain value.
///
/// One type instead of a struct for each kind of result: code that hands structs over is generated anew for every struct and
/// every type of field, which made a tenth of the module.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number; counts are whole.
    Number(f64),
    /// A text of the index or the query.
    Text(&'a str),
    /// A text made for the answer.
    Owned(String),
    /// Values in their order.
    List(Vec<Value<'a>>),
    /// Names with their values, in the order to show.
    Object(Vec<(&'a str, Value<'a>)>),
}

/// A list with one value for each item. A loop over function pointers: an iterator chain for each kind of item would be
/// compiled for each.
pub fn list<'a, T>(items: &'a [T], one: fn(&'a T) -> Value<'a>) -> Value<'a> {
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        out.push(one(item));
    }
    Value::List(out)
}

/// The answer to a query.
pub fn response<'a>(index: &'a Index, query: &'a str, answer: &'a Answer) -> Value<'a> {
    let suggestion = match &answer.suggestion {
        None => Value::Null,
        Some(Offered { suggestion, applied }) => Value::Object(vec![
            ("query", Value::Text(&suggestion.query)),
            ("kind", Value::Text(suggestion.kind.name())),
            ("applied", Value::Bool(*applied)),
            ("alternatives", list(&suggestion.alternatives, |query| Value::Text(query))),
        ]),
    };
    let mut hits = Vec::with_capacity(answer.hits.len());
    for hit in &answer.hits {
        hits.push(self::hit(index, hit));
    }
    Value::Object(vec![
        ("query", Value::Text(query)),
        ("total", number(answer.total)),
        ("tier", answer.tier.map_or(Value::Null, |tier| Value::Text(tier.name()))),
        ("hits", Value::List(hits)),
        ("suggestion", suggestion),
        ("facets", facets(index.facets(), &answer.facets)),
    ])
}

/// Filters with how many pages have each of their values.
pub fn facets<'a>(facets: &'a Facets, counts: &[Vec<u32>]) -> Value<'a> {
    let mut out = Vec::with_capacity(counts.len());
    for (filter, counts) in facets.filters.iter().zip(counts) {
        let mut values = Vec::with_capacity(counts.len());
        for ((value, _), &count) in filter.values.iter().zip(counts) {
            values.push(Value::Object(vec![("value", Value::Text(value)), ("count", number(count as usize))]));
        }
        out.push(Value::Object(vec![("name", Value::Text(&filter.name)), ("values", Value::List(values))]));
    }
    Value::List(out)
}

/// The filters of an index with how many pages have each value.
pub fn filters(all: &Facets) -> Value<'_> {
    let mut counts = Vec::new();
    for filter in &all.filters {
        let mut row = Vec::with_capacity(filter.values.len());
        for (_, pages) in &filter.values {
            row.push(pages.len() as u32);
        }
        counts.push(row);
    }
    facets(all, &counts)
}

/// The sorts of an index.
pub fn sorts(facets: &Facets) -> Value<'_> {
    list(&facets.sorts, |sort| {
        Value::Object(vec![("name", Value::Text(&sort.name)), ("type", Value::Text(sort.kind.name()))])
    })
}

fn hit<'a>(index: &'a Index, hit: &'a Hit) -> Value<'a> {
    let mut fields = page_fields(index, hit.page, Value::Text(&hit.title.text));
    fields.extend([
        ("titleMarks", marks(&hit.title)),
        ("tier", Value::Text(hit.tier.name())),
        ("score", Value::Number(hit.score as f64)),
        ("sections", list(&hit.sections, section)),
        ("duplicates", list(&hit.duplicates, |page| number(page.0 as usize))),
        ("places", places(hit.places)),
    ]);
    Value::Object(fields)
}

/// The middles of the parts of a page that hold hits, which are exact as binary fractions.
fn places(parts: u32) -> Value<'static> {
    let mut out = Vec::new();
    for part in 0..32 {
        if parts >> part & 1 == 1 {
            out.push(Value::Number(f64::from(2 * part + 1) / 64.0));
        }
    }
    Value::List(out)
}

fn section(section: &SectionHit) -> Value<'_> {
    Value::Object(vec![
        ("anchor", Value::Text(&section.anchor)),
        ("heading", Value::Text(&section.heading.text)),
        ("headingMarks", marks(&section.heading)),
        ("excerpt", Value::Text(&section.excerpt.text)),
        ("marks", marks(&section.excerpt)),
    ])
}

/// What is said of a page wherever it is named.
pub fn page_fields<'a>(index: &'a Index, page: PageId, title: Value<'a>) -> Vec<(&'a str, Value<'a>)> {
    let info = &index.pages().info[page.0 as usize];
    let mut meta = Vec::with_capacity(info.meta.len());
    for (name, value) in &info.meta {
        meta.push((&**name, Value::Text(value)));
    }
    vec![
        ("id", number(page.0 as usize)),
        ("url", Value::Text(&info.url)),
        ("title", title),
        ("meta", Value::Object(meta)),
    ]
}

/// Marks as pairs of start and end, in UTF-16 units.
pub fn marks(marked: &Marked) -> Value<'_> {
    list(&marked.marks, |&(start, end)| Value::List(vec![number(start as usize), number(end as usize)]))
}

/// A count.
pub fn number(value: usize) -> Value<'static> {
    Value::Number(value as f64)
}

/// Why a page stands where it stands: its tier and the parts of its score; null if it does not answer.
pub fn explanation(evaluation: &Evaluation<'_>, page: PageId) -> Value<'static> {
    let Some((tier, found)) = evaluation.explain(page) else { return Value::Null };
    let mut score = 0;
    let mut parts = Vec::with_capacity(found.len());
    for (part, value) in found {
        score += value;
        let word = if let Part::Unit(unit) = part { evaluation.unit_text(unit) } else { String::new() };
        parts.push(Value::Object(vec![
            ("part", Value::Text(part.name())),
            ("word", Value::Owned(word)),
            ("value", Value::Number(value as f64)),
        ]));
    }
    Value::Object(vec![
        ("tier", Value::Text(tier.name())),
        ("score", Value::Number(score as f64)),
        ("parts", Value::List(parts)),
    ])
}

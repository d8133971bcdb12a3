//! Metadata, filters and sorts that a page marks in its own HTML.
//!
//! `data-jisou-meta`, `data-jisou-filter` and `data-jisou-sort`, or the same with `data-pagefind-`. A value is a list,
//! divided by commas, of `name` (the element's text), `name[attribute]` and `name:a value`, which goes on to the end.

use super::dom::{attribute, data, line};
use scraper::ElementRef;

/// What a page marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) filters: Vec<(String, String)>,
    pub(crate) sorts: Vec<(String, String)>,
}

/// Reads it, in the order of the page. What stands in `data-jisou-ignore="all"` is not looked at.
pub(crate) fn read(page: ElementRef<'_>) -> Marked {
    let mut marked = Marked::default();
    let mut defaults = Vec::new();
    for element in page.descendent_elements() {
        let value = element.value();
        if !value.attrs().any(|(name, _)| name.starts_with("data-jisou-") || name.starts_with("data-pagefind-")) {
            continue;
        }
        let ignored = |node| ElementRef::wrap(node).is_some_and(|node| data(node.value(), "ignore") == Some("all"));
        if std::iter::once(*element).chain(element.ancestors()).any(ignored) {
            continue;
        }
        for (name, list) in [
            ("meta", &mut marked.meta),
            ("filter", &mut marked.filters),
            ("sort", &mut marked.sorts),
            ("default-meta", &mut defaults),
        ] {
            if let Some(spec) = data(value, name) {
                captures(element, spec, list);
            }
        }
    }
    for (name, value) in defaults {
        if !marked.meta.iter().any(|(known, _)| *known == name) {
            marked.meta.push((name, value));
        }
    }
    marked
}

fn captures(element: ElementRef<'_>, spec: &str, out: &mut Vec<(String, String)>) {
    let mut rest = spec.trim();
    while !rest.is_empty() {
        let end = rest.find([',', ':', '[']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        let value = match rest[end..].chars().next() {
            Some(':') => {
                let value = rest[end + 1..].trim().to_owned();
                rest = "";
                Some(value)
            }
            Some('[') => {
                let inner = &rest[end + 1..];
                let close = inner.find(']').unwrap_or(inner.len());
                rest = inner[close..].trim_start_matches([']', ' ']).trim_start_matches(',');
                attribute(element.value(), inner[..close].trim()).map(str::to_owned)
            }
            _ => {
                rest = rest[end..].trim_start_matches(',');
                Some(own_value(element))
            }
        };
        rest = rest.trim_start();
        if let Some(value) = value.filter(|value| !value.is_empty())
            && !name.is_empty()
        {
            out.push((name.to_owned(), value));
        }
    }
}

/// What an element shows; of a picture its address, of a machine-readable one what machines read.
fn own_value(element: ElementRef<'_>) -> String {
    let value = element.value();
    let of = |name| attribute(value, name).map(str::to_owned);
    let machine = match value.name() {
        "img" | "source" => of("src"),
        "meta" => of("content"),
        "input" => of("value"),
        _ => None,
    };
    machine.unwrap_or_else(|| line(element))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn rows() {
        let html = Html::parse_document(
            "<h1 data-pagefind-meta=\"title\" data-jisou-sort='rank:3'>春</h1>\
             <p data-pagefind-filter=\"作者\">朱自清</p><a href='/x' data-jisou-filter=\"年[data-y], 类:散文, 名\" data-y=1933>甲</a>\
             <img src=a.png data-jisou-meta=image><div data-jisou-ignore=all><i data-jisou-filter=b>乙</i></div>\
             <i data-pagefind-default-meta='image:b.png'></i><i data-pagefind-default-meta='来源:本站'></i>",
        );
        let marked = read(html.root_element());
        let pairs =
            |list: &[(String, String)]| list.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(" ");
        assert_eq!(pairs(&marked.meta), "title=春 image=a.png 来源=本站");
        assert_eq!(pairs(&marked.filters), "作者=朱自清 年=1933 类=散文, 名");
        assert_eq!(pairs(&marked.sorts), "rank=3");
    }
}

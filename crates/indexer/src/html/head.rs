//! What a page says about itself: title, address, date, picture, and whether it wants to be found.

use super::dom::{attribute, line, squeeze};
use crate::date::find_date;
use scraper::ElementRef;
use serde_json::Value;

/// What a page says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The text of `<title>`.
    pub title: String,
    /// The name of the site, from `og:site_name` or `application-name`.
    pub site: Option<String>,
    /// Where the page says that it really is: `<link rel="canonical">`.
    pub canonical: Option<String>,
    /// Where the page sends its reader at once: `<meta http-equiv="refresh">`.
    pub redirect: Option<String>,
    /// Whether the page asks not to be found: `<meta name="robots" content="noindex">`.
    pub noindex: bool,
    /// When it was published, `YYYY-MM-DD`, with the time behind it where that is known.
    pub date: Option<String>,
    /// What it is about: `description` or `og:description`.
    pub description: Option<String>,
    /// The address of a picture: `og:image` or `twitter:image`.
    pub image: Option<String>,
}

/// Reads it.
pub(crate) fn read(page: ElementRef<'_>) -> Head {
    let mut head = Head::default();
    let mut title = None;
    let mut dates: [Option<String>; 3] = [None, None, None];
    for element in page.descendent_elements() {
        match element.value().name() {
            // The first; those in pictures are others.
            "title" if title.is_none() && !in_svg(element) => title = Some(line(element)),
            "meta" => meta(element, &mut head, &mut dates[0]),
            "link" if attribute(element.value(), "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                head.canonical = head.canonical.or(attribute(element.value(), "href").map(str::to_owned));
            }
            "script" if element.value().attr("type") == Some("application/ld+json") => {
                let text: String = element.text().collect();
                // Templates write broken JSON now and then; then it says nothing.
                if let Ok(value) = serde_json::from_str::<Value>(&text) {
                    let date = linked_data(&value, &["datePublished", "dateCreated"]).as_deref().and_then(find_date);
                    dates[1] = dates[1].take().or(date);
                }
            }
            "time" if dates[2].is_none() => {
                let text = line(element);
                dates[2] = find_date(attribute(element.value(), "datetime").unwrap_or(&text));
            }
            _ => {}
        }
    }
    head.title = title.unwrap_or_default();
    head.date = dates.into_iter().flatten().next();
    head
}

fn in_svg(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|ancestor| ancestor.value().name() == "svg")
}

fn meta(element: ElementRef<'_>, head: &mut Head, date: &mut Option<String>) {
    let element = element.value();
    let Some(content) = attribute(element, "content") else { return };
    if attribute(element, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
        head.redirect = head.redirect.take().or(refresh(content));
        return;
    }
    let Some(name) = attribute(element, "name").or(attribute(element, "property")).or(attribute(element, "itemprop"))
    else {
        return;
    };
    let first = |slot: &mut Option<String>| *slot = slot.take().or(Some(squeeze(content)));
    match name.to_ascii_lowercase().as_str() {
        "robots" | "jisou" => {
            let lower = content.to_ascii_lowercase();
            head.noindex |= lower.split(',').any(|word| matches!(word.trim(), "noindex" | "none"));
        }
        "og:site_name" | "application-name" => first(&mut head.site),
        "description" | "og:description" => first(&mut head.description),
        "og:image" | "twitter:image" => first(&mut head.image),
        "article:published_time" | "date" | "dc.date" | "datepublished" | "pubdate" | "publishdate" => {
            *date = date.take().or(find_date(content));
        }
        _ => {}
    }
}

/// The target of `0; url=/there`, if the page goes there within five seconds.
fn refresh(content: &str) -> Option<String> {
    let (seconds, rest) = content.split_once([';', ','])?;
    let soon = seconds.trim().parse::<f32>().is_ok_and(|seconds| seconds <= 5.0);
    let rest = rest.trim();
    let url = rest.get(..3).filter(|start| start.eq_ignore_ascii_case("url")).map(|_| rest[3..].trim_start())?;
    let url = url.strip_prefix('=')?.trim().trim_matches(['"', '\'']);
    (soon && !url.is_empty()).then(|| url.to_owned())
}

/// The first of `names` that the outermost things of JSON-LD have.
fn linked_data(value: &Value, names: &[&str]) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| linked_data(item, names)),
        Value::Object(fields) => names
            .iter()
            .find_map(|name| fields.get(*name)?.as_str().map(str::to_owned))
            .or_else(|| linked_data(fields.get("@graph")?, names)),
        _ => None,
    }
}

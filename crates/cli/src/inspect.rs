//! `jisou inspect`: what is in a bundle.

use crate::args::{Common, InspectArguments};
use crate::bundle::{self, Bundle};
use crate::failure::{Failure, say};
use crate::report::explained;
use crate::texts::{bytes, count, grouped, padded};
use jisou_core::Index;
use jisou_core::container::Table;
use jisou_core::ids::{PageId, PassageId, TermId};
use jisou_core::rank::{Knobs, ONE};
use jisou_core::search::{Evaluation, Part};
use serde::Serialize;
use std::collections::BTreeMap;

/// What there is to say of a bundle.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Inspection {
    pages: usize,
    passages: usize,
    characters: usize,
    terms: usize,
    tokens: usize,
    /// Bytes of the index, by section.
    sections: Vec<(&'static str, u64)>,
    /// Bytes of the files of the bundle.
    files: Vec<(String, u64)>,
    /// The most frequent words, with how often they stand in the text and on how many pages.
    words: Vec<(String, usize, usize)>,
    left_out: BTreeMap<String, Vec<String>>,
}

/// Says what is in a bundle, or why a page stands where it stands.
pub(crate) fn run(common: &Common, arguments: &InspectArguments) -> Result<u8, Failure> {
    let bundle = bundle::open(&arguments.bundle)?;
    if let Some([query, page]) = arguments.explain.as_deref() {
        return explain(common, &bundle.index, query, page);
    }
    let info = bundle.index.info();
    let inspection = Inspection {
        pages: info.pages,
        passages: info.passages,
        characters: info.characters,
        terms: info.terms,
        tokens: info.tokens,
        sections: sections(&bundle)?,
        files: files(&bundle)?,
        words: words(&bundle.index, arguments.words),
        left_out: bundle.manifest.as_ref().map(|manifest| manifest.left_out.clone()).unwrap_or_default(),
    };
    if common.json {
        say!("{}", serde_json::to_string_pretty(&inspection).map_err(Failure::new)?);
    } else {
        print(&inspection);
    }
    Ok(0)
}

fn sections(bundle: &Bundle) -> Result<Vec<(&'static str, u64)>, Failure> {
    let table = Table::read(&bundle.bytes).map_err(Failure::new)?;
    let name = |section: u16| match section {
        1 => "alphabet",
        2 => "terms",
        4 => "text",
        5 => "pages",
        6 => "readings",
        0x8000 => "facets",
        0x8001 => "stems",
        0x8002 => "spoken",
        _ => "other",
    };
    Ok(table.entries().iter().map(|entry| (name(entry.section), u64::from(entry.len))).collect())
}

fn files(bundle: &Bundle) -> Result<Vec<(String, u64)>, Failure> {
    let Some(folder) = &bundle.folder else { return Ok(Vec::new()) };
    let fail = |error: std::io::Error| Failure::read(folder, &error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        files.push((entry.file_name().to_string_lossy().into_owned(), entry.metadata().map_err(fail)?.len()));
    }
    files.sort_by_key(|(name, bytes)| (std::cmp::Reverse(*bytes), name.clone()));
    Ok(files)
}

/// The most frequent words of more than one letter.
fn words(index: &Index, limit: usize) -> Vec<(String, usize, usize)> {
    /// How often a term stands in the text, on how many pages, and the last of them.
    struct Uses {
        times: usize,
        pages: usize,
        last: u32,
    }
    let mut uses: BTreeMap<u32, Uses> = BTreeMap::new();
    for page in 0..index.pages().len() as u32 {
        for passage in index.pages().passages(PageId(page)).map(PassageId) {
            for term in index.tokens(passage) {
                let uses = uses.entry(term.0).or_insert(Uses { times: 0, pages: 0, last: u32::MAX });
                uses.times += 1;
                uses.pages += usize::from(uses.last != page);
                uses.last = page;
            }
        }
    }
    let mut words: Vec<(String, usize, usize)> = uses
        .into_iter()
        .map(|(term, uses)| (index.term_text(TermId(term)), uses.times, uses.pages))
        .filter(|(word, ..)| word.chars().count() > 1 && word.chars().any(char::is_alphanumeric))
        .collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(limit);
    words
}

fn print(inspection: &Inspection) {
    say!(
        "{}, {}, {} characters, {} different words, {} tokens",
        count(inspection.pages, "page"),
        count(inspection.passages, "passage"),
        grouped(inspection.characters),
        grouped(inspection.terms),
        grouped(inspection.tokens)
    );
    say!("\nindex, by part");
    bars(inspection.sections.iter().map(|(name, size)| (*name, *size, bytes(*size))));
    if !inspection.files.is_empty() {
        say!("\nbundle, by file");
        bars(inspection.files.iter().map(|(name, size)| (name.as_str(), *size, bytes(*size))));
    }
    say!("\nmost frequent words");
    bars(inspection.words.iter().map(|(word, times, pages)| {
        (word.as_str(), *times as u64, format!("{} on {}", grouped(*times), count(*pages, "page")))
    }));
    if !inspection.left_out.is_empty() {
        say!("\nleft out");
        for (reason, names) in &inspection.left_out {
            say!("  {} {}", grouped(names.len()), explained(reason));
            for name in names.iter().filter(|name| !name.is_empty()) {
                say!("    {name}");
            }
        }
    }
}

/// A row for each, with a bar of its share of the largest.
fn bars<'a>(rows: impl Iterator<Item = (&'a str, u64, String)>) {
    const BAR: u64 = 30;
    let rows: Vec<(&str, u64, String)> = rows.collect();
    let largest = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let widest = rows.iter().map(|row| crate::texts::width(row.0)).max().unwrap_or(0);
    for (name, value, text) in &rows {
        let bar = "█".repeat((value * BAR).div_ceil(largest) as usize);
        say!("  {}  {}  {text}", padded(name, widest), padded(&bar, BAR as usize));
    }
}

/// Says why a page, by address or title, stands where it stands.
fn explain(common: &Common, index: &Index, query: &str, wanted: &str) -> Result<u8, Failure> {
    let all = (0..index.pages().len() as u32).map(PageId);
    let url = |page: PageId| index.pages().info[page.0 as usize].url.trim_start_matches('/').to_owned();
    let page = all.clone().find(|&page| url(page) == wanted.trim_start_matches('/'));
    let page = page.or_else(|| all.clone().find(|&page| index.title(page) == wanted)).ok_or_else(|| {
        Failure::usage(format_args!("no page has the address or title {wanted}; `jisou search` shows addresses"))
    })?;
    let knobs = Knobs::default();
    let evaluation = Evaluation::new(index, &knobs, query, true);
    let ranked = evaluation.ranked();
    let place = ranked.iter().position(|hit| hit.page == page);
    let Some((tier, parts)) = evaluation.explain(page) else {
        if common.json {
            say!("null");
        } else {
            say!("{} does not answer {query}", index.pages().info[page.0 as usize].url);
        }
        return Ok(0);
    };
    if common.json {
        say!("{}", crate::search::json(&jisou_core::response::explanation(&evaluation, page))?);
        return Ok(0);
    }
    let score: u64 = parts.iter().map(|part| part.1).sum();
    let place = place
        .map_or("not listed, since others answer better".to_owned(), |at| format!("{} of {}", at + 1, ranked.len()));
    say!("{}: {place}, tier {}, score {:.2}", index.title(page), tier.name(), score as f64 / ONE as f64);
    for (part, value) in parts {
        let word = if let Part::Unit(unit) = part { evaluation.unit_text(unit) } else { String::new() };
        say!("  {:10.2}  {} {word}", value as f64 / ONE as f64, part.name());
    }
    Ok(0)
}

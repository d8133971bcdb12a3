//! `jisou check`: what would be indexed of a page, and what not.

use crate::args::{CheckArguments, Common};
use crate::config::Config;
use crate::failure::{Failure, say};
use crate::progress::Progress;
use crate::texts::{cut, padded};
use jisou_indexer::document::{Block, BlockKind, Document};
use jisou_indexer::html::By;
use jisou_indexer::segment::Jieba;
use jisou_indexer::site::{LeftOut, Site, SiteOptions, read_page, read_site};
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;

/// What would be indexed of a page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    url: String,
    title: String,
    /// How the content was found; only of HTML.
    content: Option<&'static str>,
    meta: Vec<(String, String)>,
    filters: Vec<(String, String)>,
    sort: Vec<(String, String)>,
    /// What a block is, whether it is indexed, and its text.
    blocks: Vec<(String, bool, String)>,
}

/// Checks one page, or lists all.
pub(crate) fn run(common: &Common, arguments: &CheckArguments) -> Result<u8, Failure> {
    let config = Config::read(common)?;
    let input = arguments.input.as_deref().or(config.site.as_deref());
    let input = input
        .ok_or_else(|| Failure::usage("name the folder of the site, as in `jisou check public/ guide/start.html`"))?;
    let mut options = config.site_options(&arguments.read)?;
    options.skip.push(config.output.clone().unwrap_or_else(|| input.join("jisou")));
    let progress = Progress::new(common.quiet || common.json);
    progress.step("reading", 0);
    let site = read_site(input, &options, &Jieba::default(), &|files| {
        progress.parts(files);
        progress.advance(1);
    })
    .map_err(Failure::new)?;
    progress.finish();
    for problem in &site.problems {
        eprintln!("jisou: {problem}");
    }
    match &arguments.page {
        None => list(common, &site)?,
        Some(page) => one(common, &site, input, page, &options)?,
    }
    Ok(0)
}

/// All pages with their titles, and what is left out.
fn list(common: &Common, site: &Site) -> Result<(), Failure> {
    if common.json {
        let pages: Vec<(&str, &str)> = site.documents.iter().map(|d| (d.url.as_str(), d.title.as_str())).collect();
        let left_out: Vec<(&str, String)> =
            site.left_out.iter().map(|l| (l.name.as_str(), l.reason.to_string())).collect();
        say!("{}", serde_json::json!({ "pages": pages, "leftOut": left_out }));
        return Ok(());
    }
    const TITLE: usize = 44;
    for document in &site.documents {
        say!("+ {}  {}", padded(&cut(&document.title, TITLE), TITLE), document.url);
    }
    for LeftOut { name, reason } in &site.left_out {
        say!("- {name} {reason}");
    }
    Ok(())
}

fn one(common: &Common, site: &Site, input: &Path, wanted: &str, options: &SiteOptions) -> Result<(), Failure> {
    let name = wanted.trim_start_matches('/');
    if let Some(LeftOut { reason, .. }) = site.left_out.iter().find(|left_out| left_out.name == name) {
        return Err(Failure::new(format_args!("{wanted}: left out: it {reason}")));
    }
    let address = name.trim_end_matches("index.html");
    let known = |document: &&Document| {
        [name, address].contains(&document.url.strip_prefix(&options.base).unwrap_or(&document.url))
    };
    let document = site.documents.iter().find(known).ok_or_else(|| {
        Failure::usage(format_args!(
            "{wanted}: no page of this address or file; `jisou check` without a page lists all"
        ))
    })?;
    let file = [input.join(name), input.join(name).join("index.html")].into_iter().find(|file| file.is_file());
    let raw = file.filter(|file| file.extension().is_some_and(|e| e.to_string_lossy().starts_with("htm")));
    let raw = raw.map(|file| read_page(&file, name, options)).transpose().map_err(Failure::new)?;
    let checked = compare(document, raw.as_ref().map(|page| (&page.document.blocks[..], page.by)));
    if common.json {
        say!("{}", serde_json::to_string_pretty(&checked).map_err(Failure::new)?);
    } else {
        print(&checked);
    }
    Ok(())
}

/// Which blocks of the page, as it stands by itself, are in the document.
fn compare(document: &Document, raw: Option<(&[Block], By)>) -> Checked {
    let mut kept: HashMap<&str, usize> = HashMap::new();
    for block in &document.blocks {
        *kept.entry(&block.text).or_default() += 1;
    }
    let blocks = raw.map_or(&document.blocks[..], |(blocks, _)| blocks);
    let rows = blocks.iter().map(|block| {
        let left = kept.get_mut(block.text.as_str()).filter(|left| **left > 0);
        let indexed = left.map(|left| *left -= 1).is_some();
        (name_of(block), indexed, block.text.clone())
    });
    Checked {
        url: document.url.clone(),
        title: document.title.clone(),
        content: raw.map(|(_, by)| match by {
            By::Attribute => "marked by data-jisou-body",
            By::Selector => "found by the selector given",
            By::Container => "found by its element",
            By::Body => "the body, less what repeats",
        }),
        blocks: rows.collect(),
        meta: document.meta.clone(),
        filters: document.filters.clone(),
        sort: document.sorts.clone(),
    }
}

fn name_of(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { level, anchor } if anchor.is_empty() => format!("h{level}"),
        BlockKind::Heading { level, anchor } => format!("h{level} #{anchor}"),
        BlockKind::Subtitle => "subtitle".to_owned(),
        BlockKind::Byline => "byline".to_owned(),
        BlockKind::Dateline => "dateline".to_owned(),
        BlockKind::Paragraph if block.weight != Block::WEIGHT => format!("text x{}", f32::from(block.weight) / 10.0),
        BlockKind::Paragraph => "text".to_owned(),
    }
}

fn print(checked: &Checked) {
    say!("url      {}", checked.url);
    say!("title    {}", checked.title);
    if let Some(content) = checked.content {
        say!("content  {content}");
    }
    for (what, pairs) in [("meta", &checked.meta), ("filter", &checked.filters), ("sort", &checked.sort)] {
        for (name, value) in pairs {
            say!("{what:8} {name}: {value}");
        }
    }
    say!("\n+ is indexed, - repeats on other pages or is the title");
    for (kind, indexed, text) in &checked.blocks {
        let mark = if *indexed { '+' } else { '-' };
        for (at, line) in text.lines().enumerate() {
            let kind = if at == 0 { kind.as_str() } else { "" };
            say!("{mark} {} {line}", padded(kind, 12));
        }
    }
}

//! Records in JSON Lines, and what is done to every document before it is indexed.

use crate::args::InputArguments;
use crate::config::Config;
use crate::failure::Failure;
use crate::report::Report;
use jisou_indexer::document::Document;
use jisou_indexer::records::{ReadRecord, read_records};
use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Whether an input is records: a file of them, or standard input.
pub(crate) fn are(input: &Path) -> bool {
    input.as_os_str() == "-" || input.extension().is_some_and(|e| e == "jsonl" || e == "ndjson")
}

/// What the input is called.
pub(crate) fn name(input: &Path) -> String {
    if input.as_os_str() == "-" { "standard input".to_owned() } else { input.display().to_string() }
}

/// Takes the records of the lines that are `wanted`, by their numbers from 1.
pub(crate) fn each(
    input: &Path,
    wanted: impl Fn(usize) -> bool,
    mut take: impl FnMut(ReadRecord) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let reader: Box<dyn BufRead> = if input.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = std::fs::File::open(input).map_err(|error| Failure::read(input, &error))?;
        Box::new(BufReader::with_capacity(1 << 20, file))
    };
    for batch in read_records(reader, wanted) {
        let batch = batch.map_err(|error| Failure::read(Path::new(&name(input)), &error))?;
        batch.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}

/// An error if there is no page.
pub(crate) fn not_empty(name: &str, report: &Report) -> Result<(), Failure> {
    if report.pages > 0 {
        return Ok(());
    }
    let first = report.problems.first().cloned();
    Err(Failure::new(first.unwrap_or_else(|| {
        format!("{name}: no record in it; write one JSON object a line, with `url`, `title` and `body`")
    })))
}

/// The addresses so far.
#[derive(Default)]
pub(crate) struct Seen(HashSet<String>);

impl Seen {
    /// The problem of an address that was there before.
    pub(crate) fn again(&mut self, name: &str, line: usize, url: &str) -> Option<String> {
        let new = self.0.insert(url.to_owned());
        (!new).then(|| {
            format!("{name}:{line}: {url}: is the address of two pages; the second was left out: give it another `url`")
        })
    }
}

/// What is done to every document.
pub(crate) struct Prepare {
    meta: Vec<String>,
    base: Option<String>,
}

impl Prepare {
    /// As the arguments and the configuration say.
    pub(crate) fn new(config: &Config, arguments: &InputArguments) -> Prepare {
        Prepare { meta: config.meta(arguments), base: config.base_url(arguments) }
    }

    /// What it depends on, in one text.
    pub(crate) fn options(&self) -> String {
        serde_json::json!({ "meta": self.meta, "baseUrl": self.base }).to_string()
    }

    /// Puts the address of the site before that of a record.
    pub(crate) fn address(&self, document: &mut Document) {
        if let Some(base) = &self.base {
            let base = base.strip_suffix('/').filter(|_| document.url.starts_with('/')).unwrap_or(base);
            document.url.insert_str(0, base);
        }
    }

    /// Keeps the data that is to be shown, and makes a date a sort.
    pub(crate) fn document(&self, document: &mut Document) {
        let date = document.meta.iter().find(|(name, _)| name == "date").map(|(_, date)| date.clone());
        if let Some(date) = date.filter(|_| !document.sorts.iter().any(|(name, _)| name == "date")) {
            document.sorts.push(("date".to_owned(), date));
        }
        // What every page has, asked for or not; anything else a page marked itself, and is shown.
        const COMMON: [&str; 3] = ["date", "image", "description"];
        document.meta.retain(|(name, _)| !COMMON.contains(&name.as_str()) || self.meta.contains(name));
    }
}

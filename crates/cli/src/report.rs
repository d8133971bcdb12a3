//! What `jisou index` did, for people and for programs.

use crate::args::Layout;
use crate::failure::say;
use crate::texts::{bytes, count};
use jisou_indexer::site::{LeftOut, Problem, Reason};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What was done.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    /// The folder that was written.
    pub(crate) output: PathBuf,
    /// Pages in the index.
    pub(crate) pages: usize,
    /// Files, or records, that were read.
    pub(crate) files: usize,
    /// What was left out, by reason: names of files.
    pub(crate) left_out: BTreeMap<String, Vec<String>>,
    /// What could not be used, and what to do about it.
    pub(crate) problems: Vec<String>,
    /// How many files were not in UTF-8, by encoding.
    pub(crate) encodings: BTreeMap<&'static str, usize>,
    /// Characters of text.
    pub(crate) characters: usize,
    /// One index, or pieces.
    pub(crate) layout: Layout,
    /// Of an index in pieces, how many there are.
    pub(crate) pieces: usize,
    /// The files of the bundle with their sizes in bytes; the folder of the pieces with that of all.
    pub(crate) bundle: BTreeMap<String, u64>,
    /// How long it took.
    pub(crate) seconds: f64,
}

impl Report {
    /// Nothing was done so far.
    pub(crate) fn new(output: PathBuf) -> Report {
        Report {
            output,
            pages: 0,
            files: 0,
            left_out: BTreeMap::new(),
            problems: Vec::new(),
            encodings: BTreeMap::new(),
            characters: 0,
            layout: Layout::Whole,
            pieces: 0,
            bundle: BTreeMap::new(),
            seconds: 0.0,
        }
    }

    /// Takes down what was left out and what could not be used. Names of drafts stay at home.
    pub(crate) fn note(&mut self, left_out: &[LeftOut], problems: &[Problem]) {
        for LeftOut { name, reason } in left_out {
            let names = self.left_out.entry(reason.name().to_owned()).or_default();
            names.push(if *reason == Reason::Draft { String::new() } else { name.clone() });
        }
        self.problems.extend(problems.iter().map(Problem::to_string));
    }

    /// Prints it for people.
    pub(crate) fn print(&self) {
        let total = self.bundle.values().sum();
        say!(
            "{} from {}, {} characters, to {} ({}) in {:.1} s",
            count(self.pages, "page"),
            count(self.files, "file"),
            crate::texts::grouped(self.characters),
            self.output.display(),
            bytes(total),
            self.seconds
        );
        if self.layout == Layout::Cut {
            say!(
                "  in {}, loaded as queries need them: no pinyin, suggestions, filters or sorts",
                count(self.pieces, "piece")
            );
        }
        for (reason, names) in &self.left_out {
            say!("  left out, {}: {}", explained(reason), names.len());
        }
        for (encoding, files) in &self.encodings {
            say!("  {}", count(*files, &format!("file in {encoding}")).replace(&format!("{encoding}s"), encoding));
        }
    }
}

/// What a reason's name means.
pub(crate) fn explained(reason: &str) -> &'static str {
    match reason {
        "noindex" => "asked not to be found (noindex)",
        "redirect" => "send their reader elsewhere",
        "not-found" => "pages for missing addresses",
        "copy" => "copies by their canonical link",
        "edition" => "editions that repeat other pages",
        "unmarked" => "mark no content, while others do",
        "draft" => "drafts",
        _ => "without text",
    }
}

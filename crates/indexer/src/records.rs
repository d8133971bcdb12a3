//! Documents from JSON Lines: one object a line with `url`, `title`, `body` and, if wanted, `sections`, `meta`, `filters`, `sort`.
//!
//! `meta`, `filters` and `sort` are objects from names to texts or numbers; a filter may also have a list of them.

use crate::document::{Block, BlockKind, Document, Span};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

#[derive(Deserialize)]
struct Record {
    url: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    sections: Vec<Section>,
    #[serde(default)]
    meta: BTreeMap<String, Value>,
    #[serde(default)]
    filters: BTreeMap<String, Value>,
    #[serde(default)]
    sort: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default)]
    anchor: String,
    heading: String,
    #[serde(default = "default_level")]
    level: u8,
    /// Where the heading's own paragraph starts in the body, in Unicode code points.
    start: usize,
}

fn default_level() -> u8 {
    2
}

/// A line that is not a record.
#[derive(Debug)]
pub struct RecordError {
    /// The line, from 1.
    pub line: usize,
    source: serde_json::Error,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The parser counts lines itself, and each record is one line to it.
        let reason = self.source.to_string().replace("at line 1 column", "at column");
        write!(f, "{}: not a record with `url`, `title` and `body`: {reason}", self.line)
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Reads one line; `line` is its number, from 1.
///
/// # Errors
/// [`RecordError`] when it is not a JSON object with the fields of a record.
pub fn read_record(line: usize, text: &str) -> Result<Document, RecordError> {
    parse(line, text.as_bytes())
}

fn parse(line: usize, text: &[u8]) -> Result<Document, RecordError> {
    let record: Record = serde_json::from_slice(text).map_err(|source| RecordError { line, source })?;
    let blocks = blocks(&record);
    Ok(Document {
        url: record.url,
        title: record.title,
        blocks,
        meta: pairs(record.meta),
        filters: pairs(record.filters),
        sorts: pairs(record.sort),
        title_origin: Vec::new(),
    })
}

/// How many bytes of lines are read and parsed at once.
const BATCH: usize = 4 << 20;

/// A record with the line it stands in, or the line that is none.
pub type ReadRecord = Result<(usize, Document), RecordError>;

/// Reads all records of a file, in batches: so much is in memory at once. Blank lines are passed over; a line that is not
/// UTF-8 is no record. Only lines are parsed that are `wanted`, by their numbers from 1.
pub fn read_records(
    mut reader: impl BufRead,
    wanted: impl Fn(usize) -> bool,
) -> impl Iterator<Item = std::io::Result<Vec<ReadRecord>>> {
    let mut line = 0;
    std::iter::from_fn(move || {
        let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH {
            let mut text = Vec::new();
            match reader.read_until(b'\n', &mut text) {
                Ok(0) => break,
                Ok(read) => bytes += read,
                Err(error) => return Some(Err(error)),
            }
            line += 1;
            let mark = if line == 1 { &b"\xef\xbb\xbf"[..] } else { b"" };
            let text = text.strip_prefix(mark).unwrap_or(&text).trim_ascii();
            if wanted(line) && !text.is_empty() {
                lines.push((line, text.to_owned()));
            }
        }
        let records = lines.into_par_iter().map(|(line, text)| parse(line, &text).map(|document| (line, document)));
        (bytes > 0).then(|| Ok(records.collect()))
    })
}

/// Names with their texts and numbers, lists taken apart.
fn pairs(object: BTreeMap<String, Value>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in object {
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in values {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(flag) => flag.to_string(),
                _ => continue,
            };
            out.push((name.clone(), text));
        }
    }
    out
}

/// Paragraphs are separated by an empty line; one that starts where a section does, with the section's heading, is it.
fn blocks(record: &Record) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut sections = record.sections.iter().peekable();
    let (mut byte, mut point) = (0, 0);
    for paragraph in record.body.split("\n\n") {
        while sections.next_if(|section| section.start < point).is_some() {}
        let text = paragraph.trim();
        let heading = sections.next_if(|section| section.start == point && section.heading.trim() == text);
        let kind = heading.map_or(BlockKind::Paragraph, |section| BlockKind::Heading {
            level: section.level.clamp(1, 6),
            anchor: section.anchor.clone(),
        });
        if !text.is_empty() {
            let source_start = byte + (paragraph.len() - paragraph.trim_start().len());
            let origin = vec![Span { text_start: 0, source_start, len: text.len() }];
            blocks.push(Block { kind, text: text.to_owned(), origin, ..Block::default() });
        }
        byte += paragraph.len() + 2;
        point += paragraph.chars().count() + 2;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_where_sections_start() {
        let line = r#"{"url":"/a","title":"标题","body":"引言。\n\n第一节\n\n正文\n一行","sections":[{"anchor":"s","heading":"第一节","level":2,"start":5}]}"#;
        let document = read_record(1, line).unwrap();
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["引言。", "第一节", "正文\n一行"]);
        assert_eq!(document.blocks[1].kind, BlockKind::Heading { level: 2, anchor: "s".into() });
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = read_record(7, "{\"title\":1}").unwrap_err();
        assert!(error.to_string().starts_with("7: "), "{error}");
    }
}

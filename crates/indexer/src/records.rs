//! Documents from JSON Lines: one object a line with `url`, `title`, `body` and, if wanted, `sections`.

use crate::document::{Block, BlockKind, Document, Span};
use serde::Deserialize;
use std::fmt;

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
    meta: std::collections::BTreeMap<String, String>,
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
        write!(f, "line {}: not a record with `url`, `title` and `body`: {}", self.line, self.source)
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
    let record: Record = serde_json::from_str(text).map_err(|source| RecordError { line, source })?;
    let blocks = blocks(&record);
    Ok(Document {
        url: record.url,
        title: record.title,
        blocks,
        meta: record.meta.into_iter().collect(),
        title_origin: Vec::new(),
    })
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
            blocks.push(Block { kind, text: text.to_owned(), origin });
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
        assert!(error.to_string().starts_with("line 7: "), "{error}");
    }
}

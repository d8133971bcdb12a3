//! Building a text and the map back to the file it came from, together.

use crate::chars::is_blank;
use crate::document::{Block, BlockKind, Span};

/// A text under construction that remembers where each of its runs was copied from.
#[derive(Debug, Default)]
pub(crate) struct SpanText {
    text: String,
    spans: Vec<Span>,
}

impl SpanText {
    /// Appends `copied`, which stands at byte `source_start` of the file. Runs that touch on both sides become one.
    pub(crate) fn copy(&mut self, copied: &str, source_start: usize) {
        if copied.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last)
                if last.text_start + last.len == self.text.len() && last.source_start + last.len == source_start =>
            {
                last.len += copied.len();
            }
            _ => self.spans.push(Span { text_start: self.text.len(), source_start, len: copied.len() }),
        }
        self.text.push_str(copied);
    }

    /// Appends text that the file does not hold.
    pub(crate) fn supply(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The text so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text without outer blanks, and its map; `None` if nothing is left.
    pub(crate) fn finish(mut self) -> Option<(String, Vec<Span>)> {
        let end = self.text.trim_end_matches(is_blank).len();
        self.text.truncate(end);
        let start = end - self.text.trim_start_matches(is_blank).len();
        if start == end {
            return None;
        }
        self.text.drain(..start);
        let spans = self
            .spans
            .into_iter()
            .filter_map(|span| {
                let (from, to) = (span.text_start.max(start), (span.text_start + span.len).min(end));
                (from < to).then(|| Span {
                    text_start: from - start,
                    source_start: span.source_start + (from - span.text_start),
                    len: to - from,
                })
            })
            .collect();
        Some((self.text, spans))
    }

    /// The text as a block; `None` if it is blank.
    pub(crate) fn into_block(self, kind: BlockKind) -> Option<Block> {
        self.finish().map(|(text, origin)| Block { kind, text, origin, ..Block::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_merged_and_trimmed() {
        let source = "  前半\n后半  ";
        let mut built = SpanText::default();
        built.copy(&source[..8], 0);
        built.copy(&source[9..], 9);
        let (text, spans) = built.finish().unwrap();
        assert_eq!(text, "前半后半");
        assert_eq!(
            spans,
            [Span { text_start: 0, source_start: 2, len: 6 }, Span { text_start: 6, source_start: 9, len: 6 }]
        );
        for span in spans {
            assert_eq!(text[span.text_start..][..span.len], source[span.source_start..][..span.len]);
        }
    }

    #[test]
    fn blank_text_is_no_block() {
        let mut built = SpanText::default();
        built.copy(" \u{3000}", 0);
        assert!(built.into_block(BlockKind::Paragraph).is_none());
    }
}

//! Parts of an index that are built apart: pages cut into tokens, with their lines in the whole input, in JSON Lines.
//!
//! A part is a line with a [`Head`], a line for each page in the order of the input, and a line with a [`Tail`]. What was cut short has
//! no tail, and is refused.

use crate::assemble::{BATCH, Tokenized};
use crate::document::Document;
use crate::segment::Segmenter;
use jisou_core::build::{Page, Passage};
use jisou_core::pages::{Kind, PageInfo};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, BufRead, Write};

/// Which part it is, and of what: all but `part` is the same in parts that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the program.
    pub jisou: String,
    /// The name of the input.
    pub source: String,
    /// What shaped the pages besides: options, in any form.
    pub options: String,
    /// Which part, from 1.
    pub part: usize,
    /// How many parts there are.
    pub of: usize,
}

/// What is known at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tail {
    /// How many records were read, those included that could not be used.
    pub records: usize,
    /// How many characters the pages have.
    pub characters: usize,
    /// Lines that could not be used, and why.
    pub problems: Vec<(usize, String)>,
}

#[derive(Serialize, Deserialize)]
enum Line {
    Head(Head),
    Page(Box<Stored>),
    Tail(Tail),
}

/// A page as it is stored: a passage is its kind, anchor, weight and tokens.
#[derive(Serialize, Deserialize)]
struct Stored {
    line: usize,
    url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    meta: Vec<(String, String)>,
    passages: Vec<(u8, String, u8, Vec<String>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    filters: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sorts: Vec<(String, String)>,
}

impl Stored {
    fn new(line: usize, Tokenized { page, filters, sorts }: Tokenized) -> Stored {
        let passage = |Passage { kind, anchor, tokens, weight }| (Kind::code(kind), anchor, weight, tokens);
        let meta = page.info.meta.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        Stored {
            line,
            url: page.info.url,
            meta,
            passages: page.passages.into_iter().map(passage).collect(),
            filters,
            sorts,
        }
    }

    fn tokenized(self) -> Option<Tokenized> {
        let passage =
            |(kind, anchor, weight, tokens)| Kind::from_code(kind).map(|kind| Passage { kind, anchor, weight, tokens });
        let passages = self.passages.into_iter().map(passage).collect::<Option<_>>()?;
        let meta = self.meta.into_iter().map(|(name, value)| (name.into(), value)).collect();
        let page = Page { info: PageInfo { url: self.url, meta }, passages };
        Some(Tokenized { page, filters: self.filters, sorts: self.sorts })
    }
}

/// Writes a part as documents come; no more than a batch of them is in memory.
pub struct PartWriter<'s, W> {
    segmenter: &'s dyn Segmenter,
    out: W,
    waiting: Vec<(usize, Document)>,
    bytes: usize,
    tail: Tail,
}

impl<'s, W: Write> PartWriter<'s, W> {
    /// A part without pages.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(segmenter: &'s dyn Segmenter, mut out: W, head: Head) -> io::Result<Self> {
        put(&mut out, &Line::Head(head))?;
        Ok(PartWriter { segmenter, out, waiting: Vec::new(), bytes: 0, tail: Tail::default() })
    }

    /// Adds a document, which stands in a line behind those added before.
    ///
    /// # Errors
    /// Those of the output.
    pub fn add(&mut self, line: usize, document: Document) -> io::Result<()> {
        self.tail.records += 1;
        for text in document.blocks.iter().map(|block| &block.text).chain([&document.title]) {
            self.tail.characters += text.chars().count();
            self.bytes += text.len();
        }
        self.waiting.push((line, document));
        if self.bytes >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Notes a line that cannot be used.
    pub fn note(&mut self, line: usize, problem: String) {
        self.tail.records += 1;
        self.tail.problems.push((line, problem));
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let segmenter = self.segmenter;
        let stored = |(line, document)| Box::new(Stored::new(line, Tokenized::new(document, segmenter)));
        let pages: Vec<Box<Stored>> = self.waiting.par_drain(..).map(stored).collect();
        pages.into_iter().try_for_each(|page| put(&mut self.out, &Line::Page(page)))
    }

    /// Ends the part.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<(W, Tail)> {
        self.flush()?;
        put(&mut self.out, &Line::Tail(self.tail.clone()))?;
        Ok((self.out, self.tail))
    }
}

fn put(out: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// A line of a part that cannot be read.
#[derive(Debug)]
pub struct PartError {
    /// The line, from 1.
    pub line: usize,
    reason: String,
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; build the part again", self.line, self.reason)
    }
}

impl std::error::Error for PartError {}

/// Reads a part, page by page.
pub struct PartReader<R> {
    reader: R,
    line: usize,
    /// Which part it is.
    pub head: Head,
    /// What its end says, once it has been read.
    pub tail: Option<Tail>,
}

impl<R: BufRead> PartReader<R> {
    /// Begins to read.
    ///
    /// # Errors
    /// [`PartError`] for what is no part.
    pub fn open(reader: R) -> Result<Self, PartError> {
        let head = Head { jisou: String::new(), source: String::new(), options: String::new(), part: 0, of: 0 };
        let mut part = PartReader { reader, line: 0, head, tail: None };
        match part.next_line()? {
            Line::Head(head) if (1..=head.of).contains(&head.part) => Ok(PartReader { head, ..part }),
            _ => Err(part.fails("is no part that `jisou index --part` wrote")),
        }
    }

    /// The next page with its line in the input; `None` at the end.
    ///
    /// # Errors
    /// [`PartError`] for what is damaged or cut short.
    pub fn page(&mut self) -> Result<Option<(usize, Tokenized)>, PartError> {
        if self.tail.is_some() {
            return Ok(None);
        }
        match self.next_line()? {
            Line::Page(stored) => {
                let line = stored.line;
                let page = stored.tokenized().ok_or_else(|| self.fails("a passage of no kind"))?;
                Ok(Some((line, page)))
            }
            Line::Tail(tail) => {
                self.tail = Some(tail);
                Ok(None)
            }
            Line::Head(_) => Err(self.fails("a second part begins")),
        }
    }

    fn next_line(&mut self) -> Result<Line, PartError> {
        self.line += 1;
        let mut text = Vec::new();
        match self.reader.read_until(b'\n', &mut text) {
            Ok(0) => Err(self.fails("ends before its end was written")),
            Ok(_) => serde_json::from_slice(&text).map_err(|error| self.fails(&error.to_string())),
            Err(error) => Err(self.fails(&error.to_string())),
        }
    }

    fn fails(&self, reason: &str) -> PartError {
        PartError { line: self.line, reason: reason.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assemble::{Writer, write_index};
    use crate::document::{Block, BlockKind};
    use crate::segment::Jieba;
    use proptest::prelude::*;

    fn document() -> impl Strategy<Value = Document> {
        let kind = proptest::sample::select(vec![
            BlockKind::Paragraph,
            BlockKind::Byline,
            BlockKind::Heading { level: 2, anchor: "节".into() },
        ]);
        let block = (kind, "[国际合作发展ab ,。]{0,20}", 1u8..30);
        let blocks = proptest::collection::vec(block, 0..4);
        let pairs = || proptest::collection::vec(("[甲乙]", "[0-9]{1,3}"), 0..3);
        ("/[a-z]{3}", "[国际合作]{0,5}", blocks, pairs(), pairs(), pairs()).prop_map(
            |(url, title, blocks, meta, filters, sorts)| {
                let block = |(kind, text, weight)| Block { kind, text, weight, ..Block::default() };
                let blocks = blocks.into_iter().map(block).collect();
                Document { url, title, blocks, meta, filters, sorts, title_origin: Vec::new() }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn parts_merge_to_the_index_of_one_build(
            documents in proptest::collection::vec(document(), 1..12),
            split in proptest::collection::vec(0usize..8, 12),
            of in 1usize..=8,
            damage in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..4),
        ) {
            let jieba = Jieba::default();
            let mut parts = Vec::new();
            for part in 1..=of {
                let head = Head { jisou: "0".into(), source: "-".into(), options: String::new(), part, of };
                let mut writer = PartWriter::new(&jieba, Vec::new(), head.clone()).unwrap();
                for (line, document) in documents.iter().enumerate() {
                    if split[line] % of == part - 1 {
                        writer.add(line, document.clone()).unwrap();
                    }
                }
                let (bytes, tail) = writer.finish().unwrap();
                // Cut short it is refused.
                for cut in [bytes.len() - 1, bytes.len() / 2, 0] {
                    let whole = PartReader::open(&bytes[..cut]).and_then(|mut reader| {
                        while reader.page()?.is_some() {}
                        Ok(())
                    });
                    prop_assert!(whole.is_err() || cut == bytes.len() - 1);
                }
                let mut damaged = bytes.clone();
                for (at, byte) in &damage {
                    let at = at % damaged.len();
                    damaged[at] = *byte;
                }
                // Read or refused; what is read can be indexed.
                let mut writer = Writer::new(&jieba);
                if let Ok(mut reader) = PartReader::open(&damaged[..]) {
                    while let Ok(Some((_, page))) = reader.page() {
                        writer.add_tokens(page).unwrap();
                    }
                }
                writer.finish().unwrap();
                parts.push((head, bytes, tail));
            }
            let mut pages = Vec::new();
            for (head, bytes, tail) in &parts {
                let mut reader = PartReader::open(&bytes[..]).unwrap();
                prop_assert_eq!(&reader.head, head);
                while let Some(page) = reader.page().unwrap() {
                    pages.push(page);
                }
                prop_assert_eq!(reader.tail.as_ref(), Some(tail));
            }
            pages.sort_by_key(|&(line, _)| line);
            let mut writer = Writer::new(&jieba);
            for (_, page) in pages {
                writer.add_tokens(page).unwrap();
            }
            prop_assert!(writer.finish().unwrap() == write_index(&documents, &jieba).unwrap());
        }
    }
}

//! From documents to the bytes of an index.

use crate::document::{Block, BlockKind, Document};
use crate::facets::Gathered;
use crate::fold::Fold;
use crate::segment::Segmenter;
use crate::site::{Cause, Problem, Site, SiteOptions, read_site};
use jisou_core::build::{Builder, Page, Passage};
use jisou_core::pages::{Kind, PageInfo};
use jisou_core::{Error, container};
use rayon::prelude::*;
use std::path::Path;

/// How many bytes of text are cut into tokens at once: enough for all processors, little beside an index.
pub(crate) const BATCH: usize = 4 << 20;

/// Writes an index of documents as one piece. The same documents give the same bytes.
///
/// # Errors
/// [`Error::TooLarge`] and [`Error::AlphabetTooLarge`].
pub fn write_index(documents: &[Document], segmenter: &dyn Segmenter) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new(segmenter);
    for document in documents {
        writer.add(document.clone())?;
    }
    writer.finish()
}

/// Reads a folder and writes an index of it; the site says what was read and what was left out. Its documents are gone by then.
///
/// # Errors
/// As [`read_site`], or [`Cause::Index`].
pub fn index_folder(
    folder: &Path,
    options: &SiteOptions,
    segmenter: &dyn Segmenter,
) -> Result<(Vec<u8>, Site), Problem> {
    let mut site = read_site(folder, options, segmenter, &|_| {})?;
    let mut writer = Writer::new(segmenter);
    let written = site.documents.drain(..).try_for_each(|document| writer.add(document)).and_then(|()| writer.finish());
    let index = written.map_err(|error| Problem { path: folder.to_owned(), cause: Cause::Index(error) })?;
    Ok((index, site))
}

/// Takes documents one after the other and writes an index of them. Texts are cut into tokens by all processors; what is kept
/// of a document is what the index needs.
pub struct Writer<'s> {
    segmenter: &'s dyn Segmenter,
    builder: Builder<Fold>,
    facets: Gathered,
    waiting: Vec<Document>,
    bytes: usize,
}

impl<'s> Writer<'s> {
    /// An index without pages.
    pub fn new(segmenter: &'s dyn Segmenter) -> Self {
        Writer { segmenter, builder: Builder::new(Fold), facets: Gathered::default(), waiting: Vec::new(), bytes: 0 }
    }

    /// Adds a document behind those added before.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn add(&mut self, document: Document) -> Result<(), Error> {
        self.bytes += document.title.len() + document.blocks.iter().map(|block| block.text.len()).sum::<usize>();
        self.waiting.push(document);
        if self.bytes >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Adds a page that was cut into tokens before, behind those added before.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn add_tokens(&mut self, page: Tokenized) -> Result<(), Error> {
        self.flush()?;
        self.take(page)
    }

    fn take(&mut self, Tokenized { page, filters, sorts }: Tokenized) -> Result<(), Error> {
        self.facets.add(filters, sorts);
        self.builder.add(page)
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.bytes = 0;
        let segmenter = self.segmenter;
        let tokenized = |document| Tokenized::new(document, segmenter);
        let pages: Vec<Tokenized> = self.waiting.par_drain(..).map(tokenized).collect();
        pages.into_iter().try_for_each(|page| self.take(page))
    }

    /// Writes the index, as one piece.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and [`Error::AlphabetTooLarge`].
    pub fn finish(mut self) -> Result<Vec<u8>, Error> {
        self.flush()?;
        let (filters, sorts) = self.facets.finish();
        self.builder.facets(filters, sorts);
        Ok(container::write(&self.builder.finish()?)?.swap_remove(0))
    }
}

/// A page cut into tokens, with what it can be filtered and sorted by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokenized {
    /// The page.
    pub page: Page,
    /// Names of filters with values.
    pub filters: Vec<(String, String)>,
    /// Names of sorts with values.
    pub sorts: Vec<(String, String)>,
}

impl Tokenized {
    /// Cuts a document into tokens.
    pub fn new(mut document: Document, segmenter: &dyn Segmenter) -> Tokenized {
        let (filters, sorts) = (std::mem::take(&mut document.filters), std::mem::take(&mut document.sorts));
        Tokenized { page: page(document, segmenter), filters, sorts }
    }
}

fn page(document: Document, segmenter: &dyn Segmenter) -> Page {
    let tokens = |text: &str| segmenter.segment(text).into_iter().map(str::to_owned).collect();
    let title =
        Passage { kind: Kind::Title, anchor: String::new(), tokens: tokens(&document.title), weight: Block::WEIGHT };
    let blocks = document.blocks.into_iter().map(|block| {
        let tokens = tokens(&block.text);
        let (kind, anchor) = match block.kind {
            BlockKind::Heading { level, anchor } => (Kind::Heading(level), anchor),
            BlockKind::Subtitle => (Kind::Subtitle, String::new()),
            BlockKind::Byline => (Kind::Byline, String::new()),
            BlockKind::Dateline => (Kind::Dateline, String::new()),
            BlockKind::Paragraph => (Kind::Paragraph, String::new()),
        };
        Passage { kind, anchor, tokens, weight: block.weight }
    });
    let passages = std::iter::once(title).chain(blocks).collect();
    let meta = document.meta.into_iter().map(|(name, value)| (name.into(), value)).collect();
    Page { info: PageInfo { url: document.url, meta }, passages }
}

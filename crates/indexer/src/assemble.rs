//! From documents to the bytes of an index.

use crate::document::{BlockKind, Document};
use crate::fold::Fold;
use crate::segment::Segmenter;
use jisou_core::build::{Builder, Page, Passage};
use jisou_core::pages::{Kind, PageInfo};
use jisou_core::{Error, container};

/// Writes an index of documents as one piece. The same documents give the same bytes.
///
/// # Errors
/// [`Error::TooLarge`] and [`Error::AlphabetTooLarge`].
pub fn write_index(documents: &[Document], segmenter: &dyn Segmenter) -> Result<Vec<u8>, Error> {
    let mut builder = Builder::new(Fold);
    for document in documents {
        builder.add(page(document, segmenter))?;
    }
    Ok(container::write(&builder.finish()?)?.swap_remove(0))
}

fn page(document: &Document, segmenter: &dyn Segmenter) -> Page {
    let tokens = |text: &str| segmenter.segment(text).into_iter().map(str::to_owned).collect();
    let title = Passage { kind: Kind::Title, anchor: String::new(), tokens: tokens(&document.title) };
    let blocks = document.blocks.iter().map(|block| {
        let (kind, anchor) = match &block.kind {
            BlockKind::Heading { level, anchor } => (Kind::Heading(*level), anchor.clone()),
            BlockKind::Subtitle => (Kind::Subtitle, String::new()),
            BlockKind::Byline => (Kind::Byline, String::new()),
            BlockKind::Dateline => (Kind::Dateline, String::new()),
            BlockKind::Paragraph => (Kind::Paragraph, String::new()),
        };
        Passage { kind, anchor, tokens: tokens(&block.text) }
    });
    Page {
        info: PageInfo { url: document.url.clone(), meta: document.meta.clone() },
        passages: std::iter::once(title).chain(blocks).collect(),
    }
}

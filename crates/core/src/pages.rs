//! Pages and passages: what the text is divided into, and what is shown besides the text.
//!
//! The section is a list of columns: the kind of every passage, then the strings of pages and headings, then which
//! passages repeat earlier ones (`FORMAT.md`, section PAGES).

use crate::ids::{PageId, PassageId};
use crate::varint::{self, Reader};
use crate::{Error, container::Section};
use std::sync::Arc;

/// The number of this section.
pub const SECTION: u16 = 5;

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title of a page: its first passage. May be empty.
    Title,
    /// A subtitle.
    Subtitle,
    /// Who wrote it.
    Byline,
    /// Where and when it was sent.
    Dateline,
    /// Running text.
    Paragraph,
    /// A heading of level 1 to 6, which starts a section.
    Heading(u8),
}

impl Kind {
    /// The byte that stands for a kind in the section.
    pub fn code(self) -> u8 {
        match self {
            Kind::Title => 0,
            Kind::Subtitle => 1,
            Kind::Byline => 2,
            Kind::Dateline => 3,
            Kind::Paragraph => 4,
            Kind::Heading(level) => 4 + level.clamp(1, 6),
        }
    }

    /// The name of the kind in results.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Subtitle => "subtitle",
            Kind::Byline => "byline",
            Kind::Dateline => "dateline",
            Kind::Paragraph => "paragraph",
            Kind::Heading(_) => "heading",
        }
    }

    /// The level of a heading; 0 for everything else.
    pub fn level(self) -> u8 {
        if let Kind::Heading(level) = self { level } else { 0 }
    }

    /// The kind that a byte stands for.
    pub fn from_code(code: u8) -> Option<Kind> {
        Some(match code {
            0 => Kind::Title,
            1 => Kind::Subtitle,
            2 => Kind::Byline,
            3 => Kind::Dateline,
            4 => Kind::Paragraph,
            5..=10 => Kind::Heading(code - 4),
            _ => return None,
        })
    }
}

/// What is known of a page besides its passages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageInfo {
    /// Where it is found.
    pub url: String,
    /// Extra data shown with a hit: `(name, value)` in the order to show. Pages share the names, so that a long one that many
    /// pages have takes no more memory than it takes bytes.
    pub meta: Vec<(Arc<str>, String)>,
}

/// The pages of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// One entry a page.
    pub info: Vec<PageInfo>,
    /// The first passage of each page; one more entry than there are pages.
    pub first: Vec<PassageId>,
    /// The kind of each passage.
    pub kinds: Vec<Kind>,
    /// The fragment identifiers of headings, by passage, ascending; headings without one are not listed.
    pub anchors: Vec<(PassageId, String)>,
    /// Passages whose text stands in an earlier passage of another page, with that passage; ascending.
    pub copies: Vec<(PassageId, PassageId)>,
}

impl Pages {
    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.info.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.info.is_empty()
    }

    /// The passages of a page.
    pub fn passages(&self, page: PageId) -> core::ops::Range<u32> {
        self.first[page.0 as usize].0..self.first[page.0 as usize + 1].0
    }

    /// The page a passage belongs to.
    pub fn page_of(&self, passage: PassageId) -> PageId {
        PageId(self.first.partition_point(|&first| first <= passage) as u32 - 1)
    }

    /// The fragment identifier of a heading; empty if it has none.
    pub fn anchor(&self, passage: PassageId) -> &str {
        self.anchors.binary_search_by_key(&passage, |entry| entry.0).map_or("", |at| &self.anchors[at].1)
    }

    /// The earlier passage that a passage repeats, if it does.
    pub fn copy_of(&self, passage: PassageId) -> Option<PassageId> {
        self.copies.binary_search_by_key(&passage, |entry| entry.0).ok().map(|at| self.copies[at].1)
    }

    /// Writes the section. `first` is derived from the kinds and not written.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn write(&self) -> Result<Section, Error> {
        let mut out = Vec::new();
        let number = |n: usize| u32::try_from(n).map_err(|_| Error::TooLarge);
        varint::put(&mut out, number(self.kinds.len())?);
        out.extend(self.kinds.iter().map(|kind| kind.code()));
        for page in &self.info {
            varint::put_str(&mut out, &page.url)?;
        }
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.info.iter().flat_map(|page| &page.meta) {
            if !names.contains(&&**name) {
                names.push(name);
            }
        }
        varint::put(&mut out, number(names.len())?);
        for name in &names {
            varint::put_str(&mut out, name)?;
        }
        for page in &self.info {
            varint::put(&mut out, number(page.meta.len())?);
            for (name, value) in &page.meta {
                varint::put(&mut out, names.iter().position(|&n| n == &**name).unwrap_or(0) as u32);
                varint::put_str(&mut out, value)?;
            }
        }
        varint::put(&mut out, number(self.anchors.len())?);
        let mut last = 0;
        for (passage, anchor) in &self.anchors {
            varint::put(&mut out, passage.0 - last);
            varint::put_str(&mut out, anchor)?;
            last = passage.0;
        }
        varint::put(&mut out, number(self.copies.len())?);
        let mut last = 0;
        for (passage, original) in &self.copies {
            varint::put(&mut out, passage.0 - last);
            varint::put(&mut out, passage.0 - original.0);
            last = passage.0;
        }
        Ok(Section { section: SECTION, piece: 0, bytes: out })
    }

    /// Reads the section.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8]) -> Result<Pages, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let corrupt = reader.corrupt();
        let passages = reader.count(1)?;
        let mut pages = Pages::default();
        for (at, &code) in reader.take(passages)?.iter().enumerate() {
            let kind = Kind::from_code(code).ok_or(corrupt)?;
            if kind == Kind::Title {
                pages.first.push(PassageId(at as u32));
                pages.info.push(PageInfo::default());
            }
            pages.kinds.push(kind);
        }
        if pages.kinds.first().is_some_and(|&kind| kind != Kind::Title) {
            return Err(corrupt);
        }
        pages.first.push(PassageId(passages as u32));
        for page in &mut pages.info {
            page.url = reader.string()?;
        }
        let mut names: Vec<Arc<str>> = Vec::new();
        for _ in 0..reader.count(1)? {
            names.push(reader.str()?.into());
        }
        for page in &mut pages.info {
            for _ in 0..reader.count(2)? {
                let name = names.get(reader.number()? as usize).ok_or(corrupt)?;
                page.meta.push((name.clone(), reader.string()?));
            }
        }
        let mut last = 0u32;
        for _ in 0..reader.count(2)? {
            last = reader.ascending(last, passages)?;
            pages.anchors.push((PassageId(last), reader.string()?));
        }
        let mut last = 0u32;
        for _ in 0..reader.count(2)? {
            last = reader.ascending(last, passages)?;
            let back = reader.number()?;
            let original = last.checked_sub(back).filter(|_| back > 0).ok_or(corrupt)?;
            pages.copies.push((PassageId(last), PassageId(original)));
        }
        reader.finish()?;
        Ok(pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pages() -> impl Strategy<Value = Pages> {
        let page = (
            "[a-z/]{0,9}",
            proptest::collection::vec(("[ab]{1,2}", ".{0,5}"), 0..3),
            proptest::collection::vec(1u8..=10, 0..5),
        );
        (proptest::collection::vec(page, 0..6), any::<u64>()).prop_map(|(all, salt)| {
            let mut pages = Pages::default();
            for (url, meta, kinds) in all {
                pages.first.push(PassageId(pages.kinds.len() as u32));
                let meta = meta.into_iter().map(|(name, value)| (name.into(), value)).collect();
                pages.info.push(PageInfo { url, meta });
                pages.kinds.push(Kind::Title);
                for code in kinds {
                    let passage = PassageId(pages.kinds.len() as u32);
                    let kind = Kind::from_code(code).unwrap();
                    pages.kinds.push(kind);
                    if matches!(kind, Kind::Heading(_)) {
                        pages.anchors.push((passage, format!("s{code}")));
                    }
                    if salt >> (passage.0 % 64) & 1 == 1 {
                        pages.copies.push((passage, PassageId(salt as u32 % passage.0)));
                    }
                }
            }
            pages.first.push(PassageId(pages.kinds.len() as u32));
            pages
        })
    }

    proptest! {
        #[test]
        fn comes_back(pages in pages()) {
            let read = Pages::read(&pages.write().unwrap().bytes).unwrap();
            prop_assert_eq!(&read, &pages);
            for page in 0..pages.len() as u32 {
                for passage in pages.passages(PageId(page)) {
                    prop_assert_eq!(read.page_of(PassageId(passage)), PageId(page));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = Pages::read(&bytes);
        }

        #[test]
        fn pages_share_the_names_of_their_data(name in "[ab]{1,9}", pages in 1usize..5) {
            let info = PageInfo { url: String::new(), meta: vec![(name.into(), String::new())] };
            let kinds = vec![Kind::Title; pages];
            let first = (0..=pages as u32).map(PassageId).collect();
            let written = Pages { info: vec![info; pages], first, kinds, ..Pages::default() };
            let read = Pages::read(&written.write().unwrap().bytes).unwrap();
            prop_assert!(read.info.iter().all(|page| Arc::ptr_eq(&page.meta[0].0, &read.info[0].meta[0].0)));
        }
    }
}

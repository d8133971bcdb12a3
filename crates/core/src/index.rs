//! An opened index: the structures in memory that queries run on.

use crate::alphabet::{self, Alphabet};
use crate::container::{FIRST_OPTIONAL, head_len};
use crate::decode::Decoded;
use crate::facets::{self, Facets};
use crate::ids::{PageId, PassageId, Symbol, TermId};
use crate::loading::Loading;
use crate::pages::{self, Kind, Pages};
use crate::postings::Postings;
use crate::readings::{self, Readings};
use crate::stems::{self, Stems};
use crate::terms::{self, Terms};
use crate::text::{Bits, Text};
use crate::{Error, spoken, stream};
use std::borrow::Cow;

/// An index, open for queries.
#[derive(Debug, Clone)]
pub struct Index {
    pub(crate) alphabet: Alphabet,
    pub(crate) terms: Terms,
    pub(crate) pages: Pages,
    pub(crate) readings: Readings,
    /// [`spoken::read`].
    spoken: Vec<u8>,
    pub(crate) stems: Stems,
    pub(crate) facets: Facets,
    pub(crate) text: Text,
    pub(crate) postings: Postings,
    /// Where in the searched text a token starts.
    pub(crate) token_starts: Bits,
    /// [`Decoded::irregular`].
    pub(crate) irregular: Vec<core::ops::Range<u32>>,
    /// Where in the searched text a blank or a line break was left out that makes a gap.
    pub(crate) gaps: Bits,
    /// Where in the searched text a Han character stands that is not the first member of its symbol.
    pub(crate) variants: Bits,
    /// The whole corpus as terms, and where each passage starts in it (one more entry than there are passages).
    tokens: Vec<u32>,
    passage_tokens: Vec<u32>,
    /// Length of the index in bytes, as stored.
    bytes: usize,
    fields: Vec<Field>,
    /// For every passage the heading it stands under, itself if it is one.
    headings: Vec<Option<PassageId>>,
    /// For every page, how many symbols each of its fields has.
    pub(crate) lengths: Vec<[u32; Field::COUNT]>,
    /// What is known of the whole site, where this holds some of its pages.
    #[cfg(feature = "cut")]
    pub(crate) whole: Option<crate::cut::Whole>,
}

/// What an index is put together from, besides its text.
pub(crate) struct Parts {
    pub(crate) alphabet: Alphabet,
    pub(crate) terms: Terms,
    pub(crate) pages: Pages,
    pub(crate) readings: Readings,
    pub(crate) spoken: Vec<u8>,
    pub(crate) stems: Stems,
    pub(crate) facets: Facets,
    pub(crate) bytes: usize,
}

/// The fields that ranking tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title of the page.
    Title,
    /// Headings and subtitles.
    Heading,
    /// The first paragraph.
    Lead,
    /// Everything else.
    Body,
}

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = 4;
}

/// Figures about an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info {
    /// Pages (for the seed corpus: articles).
    pub pages: usize,
    /// Passages.
    pub passages: usize,
    /// Characters of text, blanks included.
    pub characters: usize,
    /// Terms of the dictionary.
    pub terms: usize,
    /// Tokens of the text: what the postings hold.
    pub tokens: usize,
    /// Bytes of the index as stored, in all its pieces.
    pub bytes: usize,
}

impl Index {
    /// Opens an index that lies in memory as one piece.
    ///
    /// The text is decoded and postings are built, in passes linear in the text.
    ///
    /// # Errors
    /// Every [`Error`] about an index: wrong magic, version, length or checksum, or a structure that does not hold together.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Index, Error> {
        let mut loading = Loading::new();
        loading.supply(0, bytes.into())?;
        loading.finish()
    }

    /// Builds an index from its sections, whose checksums have been compared.
    ///
    /// # Errors
    /// [`Error::MissingSection`] and [`Error::Corrupt`].
    pub fn from_sections(sections: Vec<(u16, Cow<'static, [u8]>)>) -> Result<Index, Error> {
        const KNOWN: [u16; 5] = [alphabet::SECTION, terms::SECTION, stream::SECTION, pages::SECTION, readings::SECTION];
        if let Some(&(section, _)) = sections.iter().find(|s| s.0 < FIRST_OPTIONAL && !KNOWN.contains(&s.0)) {
            return Err(Error::Corrupt { section });
        }
        let get = |section: u16| find(&sections, section);
        let alphabet = Alphabet::read(get(alphabet::SECTION)?)?;
        let stream = get(stream::SECTION)?;
        // Each term stands in the stream, where it takes a byte at least.
        let terms = Terms::read(get(terms::SECTION)?.clone(), &alphabet, stream.len())?;
        let pages = Pages::read(get(pages::SECTION)?)?;
        let readings = match readings::han(&alphabet).next() {
            Some(_) => Readings::read(get(readings::SECTION)?, &alphabet)?,
            None => Readings::default(),
        };
        let spoken = get(spoken::SECTION).map_or(&[][..], |bytes| bytes);
        let spoken = spoken::read(spoken, terms.forms().len())?;
        let stems = match get(stems::SECTION) {
            Ok(bytes) => Stems::read(bytes, terms.len())?,
            Err(_) => Stems::default(),
        };
        let facets = match get(facets::SECTION) {
            Ok(bytes) => Facets::read(bytes, pages.len(), pages.kinds.len())?,
            Err(_) => Facets::default(),
        };
        let decoded = Decoded::read(stream, &alphabet, &terms, pages.kinds.len())?;
        let bytes = sections.iter().fold(head_len(sections.len()), |sum, s| sum + s.1.len());
        Ok(Index::of(Parts { alphabet, terms, pages, readings, spoken, stems, facets, bytes }, decoded))
    }

    /// Puts an index together.
    #[inline(always)]
    pub(crate) fn of(parts: Parts, decoded: Decoded) -> Index {
        let Parts { alphabet, terms, pages, readings, spoken, stems, facets, bytes } = parts;
        let (fields, headings) = fields_and_headings(&pages);
        Index {
            bytes,
            lengths: field_lengths(&pages, &fields, &decoded.text),
            irregular: decoded.irregular,
            readings,
            spoken,
            stems,
            facets,
            token_starts: decoded.token_starts,
            variants: decoded.variants,
            gaps: decoded.gaps,
            postings: decoded.postings,
            alphabet,
            terms,
            pages,
            text: decoded.text,
            tokens: decoded.tokens,
            passage_tokens: decoded.passage_tokens,
            fields,
            headings,
            #[cfg(feature = "cut")]
            whole: None,
        }
    }

    /// Tells an index of parts of some pages what is known of the whole site.
    #[cfg(feature = "cut")]
    pub(crate) fn tell(&mut self, whole: crate::cut::Whole) {
        for (field, &(_, lead)) in self.fields.iter_mut().zip(&whole.places) {
            *field = match *field {
                Field::Lead | Field::Body if lead => Field::Lead,
                Field::Lead => Field::Body,
                field => field,
            };
        }
        self.lengths.clone_from(&whole.lengths);
        self.whole = Some(whole);
    }

    /// Figures about the index.
    pub fn info(&self) -> Info {
        Info {
            pages: self.pages.len(),
            passages: self.text.passages(),
            characters: self.tokens.iter().map(|&term| self.terms.folded(TermId(term)).len()).sum(),
            terms: self.terms.len(),
            tokens: self.tokens.len(),
            bytes: self.bytes,
        }
    }

    /// The pages and what is known of them.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// What the pages can be filtered and sorted by.
    pub fn facets(&self) -> &Facets {
        &self.facets
    }

    /// Refuses a page number that does not exist.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`].
    pub fn check_page(&self, page: u32) -> Result<PageId, Error> {
        let pages = self.pages.len() as u32;
        if page < pages { Ok(PageId(page)) } else { Err(Error::NoSuchPage { page, pages }) }
    }

    /// The terms of a passage, in order.
    pub fn tokens(&self, passage: PassageId) -> impl Iterator<Item = TermId> + '_ {
        let at = passage.0 as usize;
        self.tokens[self.passage_tokens[at] as usize..self.passage_tokens[at + 1] as usize].iter().map(|&n| TermId(n))
    }

    /// The text of a passage as it stands in its page.
    pub fn passage_text(&self, passage: PassageId) -> String {
        let mut text = String::new();
        for (_, c) in self.passage_chars(passage) {
            text.push(c);
        }
        text
    }

    /// The characters of a passage, each with its symbol.
    #[inline(never)]
    pub(crate) fn passage_chars(&self, passage: PassageId) -> Vec<(Symbol, char)> {
        let mut chars = Vec::new();
        for term in self.tokens(passage) {
            self.terms.spell(term, &self.alphabet, &mut chars);
        }
        chars
    }

    /// A term as it is written.
    pub fn term_text(&self, term: TermId) -> String {
        let mut chars = Vec::new();
        self.terms.spell(term, &self.alphabet, &mut chars);
        chars.into_iter().map(|(_, c)| c).collect()
    }

    /// For each character of a term, which of its readings it has there.
    pub(crate) fn spoken(&self, term: TermId) -> &[u8] {
        &self.spoken[self.terms.form_range(term)]
    }

    /// The title of a page.
    pub fn title(&self, page: PageId) -> String {
        self.passage_text(self.pages.first[page.0 as usize])
    }

    /// The heading that a passage stands under, itself if it is one; `None` before the first of its page.
    pub fn heading_of(&self, passage: PassageId) -> Option<PassageId> {
        self.headings[passage.0 as usize]
    }

    /// Which field a passage belongs to.
    pub fn field(&self, passage: PassageId) -> Field {
        self.fields[passage.0 as usize]
    }
}

/// The bytes of a section.
#[inline(never)]
fn find<'a>(sections: &'a [(u16, Cow<'static, [u8]>)], section: u16) -> Result<&'a Cow<'static, [u8]>, Error> {
    let found = sections.iter().find(|s| s.0 == section).map(|s| &s.1);
    found.ok_or(Error::MissingSection { section })
}

/// The field of every passage, and the heading it stands under.
fn fields_and_headings(pages: &Pages) -> (Vec<Field>, Vec<Option<PassageId>>) {
    let (mut fields, mut headings) = (Vec::new(), Vec::new());
    let (mut lead, mut last) = (true, None);
    for (at, &kind) in pages.kinds.iter().enumerate() {
        match kind {
            Kind::Title => (lead, last) = (true, None),
            Kind::Heading(_) => last = Some(PassageId(at as u32)),
            _ => {}
        }
        headings.push(last);
        fields.push(match kind {
            Kind::Title => Field::Title,
            Kind::Heading(_) | Kind::Subtitle => Field::Heading,
            Kind::Paragraph if core::mem::take(&mut lead) => Field::Lead,
            Kind::Byline | Kind::Dateline | Kind::Paragraph => Field::Body,
        });
    }
    (fields, headings)
}

/// For every page, how many symbols each of its fields has.
fn field_lengths(pages: &Pages, fields: &[Field], text: &Text) -> Vec<[u32; Field::COUNT]> {
    let mut lengths = vec![[0; Field::COUNT]; pages.len()];
    for (page, lengths) in lengths.iter_mut().enumerate() {
        for passage in pages.passages(PageId(page as u32)) {
            let range = text.range(PassageId(passage));
            lengths[fields[passage as usize] as usize] += range.end - range.start;
        }
    }
    lengths
}

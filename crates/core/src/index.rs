//! An opened index: the structures in memory that queries run on.

use crate::alphabet::{self, Alphabet};
use crate::chars::Class;
use crate::container::{FIRST_OPTIONAL, head_len};
use crate::facets::{self, Facets};
use crate::ids::{PageId, PassageId, Symbol, TermId};
use crate::loading::Loading;
use crate::pages::{self, Kind, Pages};
use crate::postings::Postings;
use crate::readings::{self, Readings};
use crate::scan::{Bits, Text};
use crate::spread::Spread;
use crate::stems::{self, Stems};
use crate::terms::{self, Terms};
use crate::varint::Reader;
use crate::{Error, stream};
use std::borrow::Cow;

/// An index, open for queries.
#[derive(Debug, Clone)]
pub struct Index {
    pub(crate) alphabet: Alphabet,
    pub(crate) terms: Terms,
    pub(crate) pages: Pages,
    pub(crate) readings: Readings,
    pub(crate) stems: Stems,
    pub(crate) facets: Facets,
    pub(crate) text: Text,
    pub(crate) postings: Postings,
    /// Where in the searched text a token starts.
    pub(crate) token_starts: Bits,
    /// Ranges of the searched text in which letters that belong together are cut into several tokens, or are not as they
    /// stand in their term.
    pub(crate) irregular: Vec<core::ops::Range<u32>>,
    /// Where in the searched text a blank or a line break was left out that makes a gap.
    pub(crate) gaps: Bits,
    /// Where in the searched text a Han character stands that is not the first member of its symbol.
    pub(crate) variants: Bits,
    /// The whole corpus as terms, and where each passage starts in it (one more entry than there are passages).
    tokens: Vec<TermId>,
    passage_tokens: Vec<u32>,
    /// Length of the index in bytes, as stored.
    bytes: usize,
    fields: Vec<Field>,
    /// For every passage the heading it stands under, itself if it is one.
    headings: Vec<Option<PassageId>>,
    /// For every page, how many symbols each of its fields has.
    pub(crate) lengths: Vec<[u32; Field::COUNT]>,
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
    /// The text is decoded, and postings and block lists are built, in passes linear in the text.
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
        const KNOWN: [u16; 6] =
            [alphabet::SECTION, terms::SECTION, terms::CLASSES, stream::SECTION, pages::SECTION, readings::SECTION];
        if let Some(&(section, _)) = sections.iter().find(|s| s.0 < FIRST_OPTIONAL && !KNOWN.contains(&s.0)) {
            return Err(Error::Corrupt { section });
        }
        let get = |section: u16| find(&sections, section);
        let alphabet = Alphabet::read(get(alphabet::SECTION)?)?;
        let terms = Terms::read(get(terms::SECTION)?.clone(), get(terms::CLASSES)?, &alphabet)?;
        let pages = Pages::read(get(pages::SECTION)?)?;
        let readings = match readings::han(&alphabet).next() {
            Some(_) => Readings::read(get(readings::SECTION)?, &alphabet)?,
            None => Readings::default(),
        };
        let stems = match get(stems::SECTION) {
            Ok(bytes) => Stems::read(bytes, terms.len())?,
            Err(_) => Stems::default(),
        };
        let facets = match get(facets::SECTION) {
            Ok(bytes) => Facets::read(bytes, pages.len(), pages.kinds.len())?,
            Err(_) => Facets::default(),
        };
        let bytes = sections.iter().fold(head_len(sections.len()), |sum, s| sum + s.1.len());
        Decoder::new(&alphabet, &terms).run(get(stream::SECTION)?, &pages).map(|decoded| {
            let (fields, headings) = fields_and_headings(&pages);
            let lengths = field_lengths(&pages, &fields, &decoded.text);
            let postings = Postings::new(&decoded.tokens, &decoded.positions, terms.len());
            let Decoded { tokens, passage_tokens, text, positions, variants, part_starts, irregular, gaps } = decoded;
            let gaps = Bits::of(text.len(), &gaps);
            let mut token_starts = Bits::of(text.len(), &positions);
            for at in part_starts {
                token_starts.set(at);
            }
            let variants = Bits::of(text.len(), &variants);
            Index {
                irregular,
                readings,
                stems,
                facets,
                token_starts,
                variants,
                gaps,
                postings,
                alphabet,
                terms,
                pages,
                text,
                tokens,
                passage_tokens,
                bytes,
                fields,
                headings,
                lengths,
            }
        })
    }

    /// Figures about the index.
    pub fn info(&self) -> Info {
        Info {
            pages: self.pages.len(),
            passages: self.text.passages(),
            characters: self.tokens.iter().map(|&term| self.terms.folded(term).len()).sum(),
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
    pub fn tokens(&self, passage: PassageId) -> &[TermId] {
        let at = passage.0 as usize;
        &self.tokens[self.passage_tokens[at] as usize..self.passage_tokens[at + 1] as usize]
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
        for &term in self.tokens(passage) {
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

/// Adds where the later parts of an identifier start: `State` in `useState`, `state` in `use_state`.
fn parts(chars: &[(Symbol, char)], start: u32, out: &mut Vec<u32>) {
    let mut last = ' ';
    for (at, &(_, c)) in chars.iter().enumerate() {
        if at > 0 && (last == '_' || c.is_ascii_uppercase() && !last.is_ascii_uppercase()) {
            out.push(start + at as u32);
        }
        last = c;
    }
}

struct Decoded {
    tokens: Vec<TermId>,
    positions: Vec<u32>,
    passage_tokens: Vec<u32>,
    text: Text,
    variants: Vec<u32>,
    gaps: Vec<u32>,
    part_starts: Vec<u32>,
    irregular: Vec<core::ops::Range<u32>>,
}

/// Turns the token stream into tokens and searched text.
struct Decoder<'a> {
    alphabet: &'a Alphabet,
    terms: &'a Terms,
    by_code: Vec<TermId>,
}

impl<'a> Decoder<'a> {
    fn new(alphabet: &'a Alphabet, terms: &'a Terms) -> Self {
        Decoder { alphabet, terms, by_code: terms::by_class(terms.classes()) }
    }

    fn run(&self, stream: &[u8], pages: &Pages) -> Result<Decoded, Error> {
        let mut reader = Reader::new(stream, stream::SECTION);
        let corrupt = reader.corrupt();
        let (mut tokens, mut positions) = (Vec::with_capacity(stream.len()), Vec::with_capacity(stream.len()));
        let mut symbols: Vec<Symbol> = Vec::with_capacity(stream.len() * 2);
        let (mut passage_tokens, mut starts) = (vec![0], vec![0]);
        let (mut variants, mut part_starts, mut irregular, mut gaps) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut letters = 0..0;
        let (mut spread, mut chars) = (Spread::default(), Vec::new());
        while reader.left() > 0 {
            let code = stream::get(&mut reader)?;
            if code == stream::END {
                spread.end(0, &mut |symbol, _| symbols.push(symbol));
                // An empty passage has its boundary too, so that every passage holds at least one position.
                if starts.last() == Some(&(symbols.len() as u32)) {
                    symbols.push(Symbol::BOUNDARY);
                }
                passage_tokens.push(tokens.len() as u32);
                starts.push(u32::try_from(symbols.len()).map_err(|_| corrupt)?);
                continue;
            }
            let &term = self.by_code.get(code as usize - 1).ok_or(corrupt)?;
            tokens.push(term);
            let start = self.spread_term(term, &mut spread, &mut symbols, &mut gaps);
            chars.clear();
            self.terms.spell(term, self.alphabet, &mut chars);
            parts(&chars, start, &mut part_starts);
            let end = symbols.len() as u32;
            let folded = self.terms.folded(term);
            let class = self.alphabet.class(folded[0]);
            if class == Class::Word {
                if letters.end == start && start > 0 {
                    irregular.push(letters.start..end);
                } else if (end - start) as usize != folded.len() {
                    irregular.push(start..end);
                }
                letters = start..end;
            }
            positions.push(start);
            // A Han term is spread without gaps: its n-th character stands n behind its start.
            if class == Class::Han {
                for (n, &member) in self.terms.members(term).iter().enumerate() {
                    if member > 0 {
                        variants.push(start + n as u32);
                    }
                }
            }
        }
        let complete = passage_tokens.last() == Some(&(tokens.len() as u32));
        if passage_tokens.len() != pages.kinds.len() + 1 || !complete {
            return Err(corrupt);
        }
        let text = Text::new(symbols, starts, self.alphabet.len());
        Ok(Decoded { tokens, positions, passage_tokens, text, variants, gaps, part_starts, irregular })
    }

    /// Appends the searched text of a term and says where it starts.
    fn spread_term(&self, term: TermId, spread: &mut Spread, symbols: &mut Vec<Symbol>, gaps: &mut Vec<u32>) -> u32 {
        let mut start = None;
        for &symbol in self.terms.folded(term) {
            let class = self.alphabet.class(symbol);
            spread.push(class, symbol, 0, &mut |symbol, _| symbols.push(symbol));
            let last = (symbols.len() as u32).saturating_sub(1);
            if spread.gap() {
                gaps.push(last);
            }
            if start.is_none() && !matches!(class, Class::Blank | Class::Break | Class::Ignorable) {
                start = Some(last);
            }
        }
        start.unwrap_or(symbols.len() as u32)
    }
}

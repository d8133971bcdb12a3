//! What every reader produces and the index builder consumes: a document as an ordered list of blocks.

/// One page of a site as the index knows it: what a hit points to.
///
/// For a newspaper page this is one article; for a Markdown or HTML file it is the whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Where the page is found; unique in a corpus. Relative URLs are relative to the site's root.
    pub url: String,
    /// The title as displayed; not repeated in `blocks`. May be empty when a page has none.
    pub title: String,
    /// The text in reading order.
    pub blocks: Vec<Block>,
    /// Extra data shown with a hit, as `(name, value)` in the order to show (for a newspaper: `source`, the file's name).
    pub meta: Vec<(String, String)>,
    /// What the page can be filtered by, as `(name, value)`; a name may stand several times.
    pub filters: Vec<(String, String)>,
    /// What pages can be sorted by, as `(name, value)`; of one name the first value counts.
    pub sorts: Vec<(String, String)>,
    /// Where the title was read from (see [`Span`]). Empty for HTML, whose parser does not say.
    pub title_origin: Vec<Span>,
}

/// One block of text: a heading, a paragraph, a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// The text as displayed. Never empty, no leading or trailing blanks. A `\n` inside is a line break that is shown.
    pub text: String,
    /// Where the text was read from: ascending by `text_start`, together covering the text except characters that
    /// the reader itself supplied. Empty for HTML, whose parser does not say.
    pub origin: Vec<Span>,
    /// What its words are worth against those of other blocks of its kind, in tenths, 1 to 100. Default [`Block::WEIGHT`].
    pub weight: u8,
}

impl Block {
    /// The weight of a block of which nothing else is said.
    pub const WEIGHT: u8 = 10;
}

impl Default for Block {
    fn default() -> Self {
        Block { kind: BlockKind::Paragraph, text: String::new(), origin: Vec::new(), weight: Block::WEIGHT }
    }
}

/// The kind of a [`Block`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading that starts a section. Level 1 is the page's own title level; sections usually have 2 to 6.
    Heading {
        /// Heading level, 1 to 6.
        level: u8,
        /// The fragment identifier the section is reached by, without `#`; may be empty.
        anchor: String,
    },
    /// A subtitle of the page: shown and ranked like a heading, but starts no section.
    Subtitle,
    /// Who wrote it (作者, 记者).
    Byline,
    /// Where and when it was sent: `(新华社北京6月30日电)`.
    Dateline,
    /// Running text, list items and code included.
    Paragraph,
}

/// A run of text copied unchanged from the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Where the run starts in the block's text, in bytes of UTF-8.
    pub text_start: usize,
    /// Where the run starts in the source file, in bytes of UTF-8.
    pub source_start: usize,
    /// How long the run is, in bytes of UTF-8.
    pub len: usize,
}

//! From the content of a page to blocks of text: headings with their anchors, paragraphs, items, code, tables.

use super::dom::{NodeRef, Visitor, data, line, outermost, walk};
use super::skip::{Place, is_banner, is_left_out};
use crate::chars::sets_without_blanks;
use crate::document::{Block, BlockKind};
use scraper::{ElementRef, Node, Selector};

/// A block, with what tells content from what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) block: Block,
    /// How many characters of it, blanks not counted, stand in links.
    pub(crate) linked: usize,
    /// Where the first link in it leads, if it is a heading.
    pub(crate) target: Option<String>,
}

impl Piece {
    /// Is it links, and little else?
    pub(crate) fn is_links(&self) -> bool {
        let all = self.block.text.chars().filter(|c| !c.is_whitespace()).count();
        self.linked * 5 >= all * 4
    }
}

/// Reads the blocks below `root`; what one of the selectors `ignored` picks is left out.
pub(crate) fn read(root: ElementRef<'_>, ignored: &[Selector]) -> Vec<Piece> {
    let mut reader = Reader { ignored, ..Reader::default() };
    for ancestor in root.ancestors().filter_map(ElementRef::wrap) {
        if let Some(weight) = weight(ancestor) {
            reader.weights.push(weight);
            break;
        }
    }
    walk(*root, &mut reader);
    reader.flush();
    reader.pieces
}

/// What stands between the text so far and the next character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// A blank.
    Blank,
    /// A blank with a line break of the source: nothing between Chinese characters.
    Wrap,
    /// The border of a cell.
    Cell,
    /// A line break that is shown.
    Line,
}

#[derive(Default)]
struct Reader<'s> {
    ignored: &'s [Selector],
    pieces: Vec<Piece>,
    text: String,
    gap: Option<Gap>,
    linked: usize,
    /// How many links, and how many `<pre>`, are open.
    links: usize,
    code: usize,
    /// How many tables are open that are set as lines, and how many elements whose direction is looked through.
    tables: usize,
    heading: Option<(u8, String)>,
    /// Where the first link in the open heading leads.
    target: Option<String>,
    /// The id of an empty anchor since the last text.
    anchor: Option<String>,
    weights: Vec<u8>,
}

impl Visitor for Reader<'_> {
    fn open(&mut self, node: NodeRef<'_>) -> bool {
        match node.value() {
            Node::Text(text) => self.text(text),
            Node::Element(_) => {}
            _ => return true,
        }
        let Some(element) = ElementRef::wrap(node) else { return true };
        let place = if self.code > 0 { Place::Code } else { Place::Text };
        if is_left_out(element, place)
            || place == Place::Text && is_banner(node)
            || self.ignored.iter().any(|selector| selector.matches(&element))
        {
            return false;
        }
        if let Some(weight) = weight(element) {
            self.flush();
            self.weights.push(weight);
        }
        self.open_element(element)
    }

    fn close(&mut self, node: NodeRef<'_>) {
        let Some(element) = ElementRef::wrap(node) else { return };
        self.close_element(element);
        if weight(element).is_some() {
            self.flush();
            self.weights.pop();
        }
    }
}

impl Reader<'_> {
    fn open_element(&mut self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        match name {
            "br" if self.code > 0 => self.text.push('\n'),
            // Two in a row set paragraphs apart.
            "br" if self.gap == Some(Gap::Line) && self.tables == 0 => self.flush(),
            "br" => self.gap = Some(Gap::Line),
            "img" => self.words(element.value().attr("alt").unwrap_or_default()),
            "a" if is_permalink(element, self.heading.is_some()) => return false,
            "a" => {
                self.links += 1;
                if self.heading.is_some() && self.target.is_none() {
                    self.target = element.value().attr("href").map(str::to_owned);
                }
                if self.text.is_empty() && element.text().all(|text| text.trim().is_empty()) {
                    self.anchor = id_of(element).or(self.anchor.take());
                }
            }
            "pre" => {
                self.flush();
                self.code += 1;
            }
            "table" if self.tables > 0 || is_simple_table(element) => {
                if self.tables == 0 {
                    self.flush();
                }
                self.tables += 1;
            }
            "tr" if self.tables > 0 => self.gap = self.gap.max(Some(Gap::Line)),
            "td" | "th" if self.tables > 0 => self.gap = self.gap.max(Some(Gap::Cell)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.tables == 0 && self.heading.is_none() => {
                self.flush();
                let anchor = self.anchor_of(element);
                self.heading = Some((name.as_bytes()[1] - b'0', anchor));
            }
            _ if is_block(name) => self.flush(),
            _ => {}
        }
        for name in data(element.value(), "index-attrs").unwrap_or_default().split(',') {
            if let Some(value) = element.value().attr(name.trim()) {
                self.words(value);
            }
        }
        true
    }

    fn close_element(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "a" => self.links -= 1,
            "pre" => {
                self.flush();
                self.code -= 1;
            }
            "table" if self.tables > 0 => {
                self.tables -= 1;
                self.flush();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.heading.is_some() => self.finish_heading(),
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    /// Words that stand in an attribute: set off from what is around them.
    fn words(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.gap = self.gap.max(Some(Gap::Blank));
            self.text(words);
            self.gap = self.gap.max(Some(Gap::Blank));
        }
    }

    /// Appends text of the page: as it is in code, else with runs of blanks as one.
    fn text(&mut self, text: &str) {
        if self.code > 0 {
            self.text.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
            return;
        }
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let blank = |c: char| c.is_whitespace() && c != '\u{3000}';
            if blank(first) {
                let end = rest.find(|c| !blank(c)).unwrap_or(rest.len());
                let gap = if rest[..end].contains('\n') { Gap::Wrap } else { Gap::Blank };
                self.gap = self.gap.max(Some(gap));
                rest = &rest[end..];
                continue;
            }
            let end = rest.find(blank).unwrap_or(rest.len());
            self.close_gap(first);
            if self.links > 0 {
                self.linked += rest[..end].chars().count();
            }
            self.text.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }

    /// Writes what stands between the text so far and `next`.
    fn close_gap(&mut self, next: char) {
        let Some(gap) = self.gap.take() else { return };
        let Some(before) = self.text.chars().next_back() else { return };
        match gap {
            Gap::Wrap if sets_without_blanks(before) && sets_without_blanks(next) => {}
            Gap::Blank | Gap::Wrap => self.text.push(' '),
            Gap::Cell => self.text.push_str(" | "),
            Gap::Line => self.text.push('\n'),
        }
    }

    /// Ends the block being read. Inside a heading nothing ends, inside a table set as lines neither.
    fn flush(&mut self) {
        if self.heading.is_some() || self.tables > 0 {
            self.gap = self.gap.max(Some(Gap::Blank));
        } else {
            self.finish(BlockKind::Paragraph);
        }
    }

    fn finish_heading(&mut self) {
        if let Some((level, anchor)) = self.heading.take() {
            // Broken into lines for the look of it.
            self.text = self.text.replace('\n', " ");
            self.finish(BlockKind::Heading { level, anchor });
        }
    }

    fn finish(&mut self, kind: BlockKind) {
        self.gap = None;
        let linked = std::mem::take(&mut self.linked);
        let target = self.target.take();
        let text = self.text.trim_matches(crate::chars::is_blank);
        let weight = self.weights.last().copied().unwrap_or(Block::WEIGHT);
        // Weight 0 is the page's way to say that a part is not to be found.
        if !text.is_empty() && weight > 0 {
            let block = Block { kind, text: text.to_owned(), weight, ..Block::default() };
            self.pieces.push(Piece { block, linked, target });
        }
        if !text.is_empty() {
            self.anchor = None;
        }
        self.text.clear();
    }

    /// The fragment identifier by which a heading is reached: its own id, that of an anchor in it or just before it, or
    /// that of the section that it opens.
    fn anchor_of(&mut self, heading: ElementRef<'_>) -> String {
        let inside = || outermost(*heading, &|element| element.name() == "a").into_iter().find_map(id_of);
        let section = || {
            let parent = heading.parent().and_then(ElementRef::wrap)?;
            let first = parent.child_elements().next()? == heading;
            let section = matches!(parent.value().name(), "section" | "div" | "article");
            id_of(parent).filter(|_| first && section)
        };
        let before = self.anchor.take();
        id_of(heading).or_else(inside).or(before).or_else(section).unwrap_or_default()
    }
}

/// The id of an element, or the name of an old-fashioned anchor.
fn id_of(element: ElementRef<'_>) -> Option<String> {
    let name = || element.value().attr("name").filter(|_| element.value().name() == "a");
    element.value().attr("id").or_else(name).filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Is this link the mark beside a heading, or a definition, by which one copies its address? It shows a sign, or nothing; a link
/// around the heading is part of it, whatever it is called.
fn is_permalink(link: ElementRef<'_>, in_heading: bool) -> bool {
    let named = || link.value().classes().any(|class| matches!(class, "header-anchor" | "headerlink" | "hash-link"));
    if !(in_heading || named()) || link.value().attr("href").is_none() {
        return false;
    }
    let text = line(link);
    let sign = |c: char| {
        c.is_whitespace()
            || matches!(c, '#' | '¶' | '§' | '∞' | '\u{200b}' | '\u{200d}' | '\u{feff}' | '\u{fe0f}' | '🔗' | '⚓')
            // Fonts of icons.
            || matches!(c, '\u{e000}'..='\u{f8ff}')
    };
    text.chars().all(sign) || text == "Permalink" || text == "Link"
}

/// Is this a table of data, whose rows are lines? One that holds paragraphs or other tables is there for the layout.
fn is_simple_table(table: ElementRef<'_>) -> bool {
    !table.descendent_elements().skip(1).any(|inner| {
        matches!(
            inner.value().name(),
            "table" | "div" | "pre" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "section" | "article"
        )
    })
}

/// Do blocks of text begin and end with this element?
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// `data-jisou-weight`: 0 to 10, in tenths.
fn weight(element: ElementRef<'_>) -> Option<u8> {
    let weight: f32 = data(element.value(), "weight")?.trim().parse().ok()?;
    Some((weight.clamp(0.0, 10.0) * 10.0).round() as u8)
}

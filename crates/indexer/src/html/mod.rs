//! Reading pages of HTML: their content, their headings, and what they say about themselves.
//!
//! A page is read alone, in parallel with others; what only shows in the whole site (its name at the end of each title,
//! blocks that repeat) is left to [`crate::site`].

mod attributes;
mod blocks;
mod content;
mod depth;
mod dom;
mod head;
mod skip;

pub use content::By;
pub use head::Head;
pub use scraper::Selector;

use crate::document::{BlockKind, Document};
use crate::site::canonical;
use blocks::Piece;
use dom::{line, outermost};
use scraper::ElementRef;

/// How pages are to be read.
#[derive(Debug, Clone, Default)]
pub struct HtmlOptions {
    /// Where the content is, if the page does not mark it; otherwise it is looked for.
    pub content: Option<Selector>,
    /// What is left out of it besides what always is.
    pub ignore: Vec<Selector>,
}

/// A page as it stands by itself.
#[derive(Debug, Clone)]
pub struct HtmlPage {
    /// Its text with an empty title, its metadata, filters and sorts; the address is the file's name.
    pub document: Document,
    /// For each block of the document, whether it is little else than links.
    pub links: Vec<bool>,
    /// How the content was found.
    pub by: By,
    /// What it says about itself.
    pub head: Head,
    /// The heading that is its title, if it has one.
    pub heading: Option<String>,
}

/// Reads a page; `name` is its file's name, from the root of the site. `None` if it nests deeper than any browser shows.
pub fn read_html(name: &str, text: &str, options: &HtmlOptions) -> Option<HtmlPage> {
    let html = depth::parse(text)?;
    let page = html.root_element();
    let head = head::read(page);
    let marked = attributes::read(page);
    let content = content::find(page, options.content.as_ref());
    let (by, roots) = content.map_or((By::Body, Vec::new()), |content| (content.by, content.roots));
    let mut pieces: Vec<Piece> = roots.iter().flat_map(|root| blocks::read(*root, &options.ignore)).collect();
    let named = marked.meta.iter().find(|(name, _)| name == "title").map(|(_, title)| title.clone());
    let heading = named.or_else(|| match first_heading(&pieces) {
        Some(at) if leads_elsewhere(&pieces[at], name) => None,
        Some(at) => Some(pieces.remove(at).block.text),
        None => heading_around(&roots, &head.title),
    });
    let mut meta: Vec<(String, String)> = marked.meta.into_iter().filter(|(name, _)| name != "title").collect();
    for (name, value) in [("date", &head.date), ("image", &head.image), ("description", &head.description)] {
        if let Some(value) = value
            && !meta.iter().any(|(known, _)| known == name)
        {
            meta.push((name.to_owned(), value.clone()));
        }
    }
    let links = pieces.iter().map(Piece::is_links).collect();
    let blocks = pieces.into_iter().map(|piece| piece.block).collect();
    let document = Document {
        url: name.to_owned(),
        blocks,
        meta,
        filters: marked.filters,
        sorts: marked.sorts,
        ..Document::default()
    };
    Some(HtmlPage { document, links, by, head, heading })
}

/// Which piece is the first heading of level 1. As the title it is taken out of the text: it is shown anyway.
fn first_heading(pieces: &[Piece]) -> Option<usize> {
    pieces.iter().position(|piece| matches!(piece.block.kind, BlockKind::Heading { level: 1, .. }))
}

/// Is this heading a link to another page of the site? Lists of articles set their titles so: it is not that of the list.
fn leads_elsewhere(heading: &Piece, name: &str) -> bool {
    let Some(target) = heading.target.as_ref().filter(|_| heading.is_links()) else { return false };
    if target.starts_with(['#', '?']) || target.contains(':') || target.starts_with("//") {
        return false;
    }
    let (own, target) = (canonical(&format!("/{name}"), name), canonical(target, name));
    // The site may lie under a path that the link names.
    let same = target.strip_suffix(own.as_str()).is_some_and(|base| base.is_empty() || base.ends_with('/'));
    if own.is_empty() { !target.is_empty() } else { !same }
}

/// The heading of a page whose text begins below it: in the header of the article, say. Of several the one that the title of
/// the page holds; the name of the site is a heading in many themes, too.
fn heading_around(roots: &[ElementRef<'_>], title: &str) -> Option<String> {
    let root = roots.first()?;
    let around = root.ancestors().filter_map(ElementRef::wrap);
    for outer in around {
        let headings = outermost(*outer, &|element| element.name() == "h1");
        let mut texts = headings.into_iter().map(line).filter(|text| !text.is_empty());
        if matches!(outer.value().name(), "article" | "main") {
            return texts.next();
        }
        if let Some(text) = texts.find(|text| title.starts_with(text.as_str())) {
            return Some(text);
        }
    }
    None
}

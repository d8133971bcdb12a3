//! Finding the element that holds the content of a page.

use super::dom::{NodeRef, Visitor, data, walk};
use super::skip::{Place, is_banner, is_left_out};
use scraper::ElementRef;
use scraper::node::Element;
use std::collections::HashMap;

/// Where the content of a page is.
pub(crate) struct Content<'a> {
    /// The elements that hold it, in the order of the page; more than one only where the page marks several itself.
    pub(crate) roots: Vec<ElementRef<'a>>,
    /// How it was found.
    pub(crate) by: By,
}

/// How the content of a page was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The page says so: `data-jisou-body`.
    Attribute,
    /// A selector of the caller's.
    Selector,
    /// An element that holds the content by its meaning, or by the name that a generator gives it.
    Container,
    /// Nothing of that: the body, less what stands around a text.
    Body,
}

/// Names of classes under which site generators and their themes put the text of a page, and nothing but that.
const TEXTS: &[&str] = &[
    "vp-doc",                // VitePress
    "theme-default-content", // VuePress
    "content__default",      // VuePress 1
    "theme-doc-markdown",    // Docusaurus 2, 3
    "md-content__inner",     // MkDocs Material
    "markdown-section",      // GitBook, Docsify
    "sl-markdown-content",   // Starlight
    "article-entry",         // Hexo: landscape
    "post-body",             // Hexo: NexT
    "post-content",          // Jekyll: minima; Hugo: PaperMod and others; Hexo: butterfly
    "entry-content",         // WordPress
    "article-content",       // Hugo: Stack, Congo
    "article-body",          // Hexo: icarus and others
    "td-content",            // Hugo: Docsy
    "book-article",          // Hugo: book
    "gdoc-markdown",         // Hugo: Geekdoc
    "bd-article",            // Sphinx: pydata
    "markdown-body",         // themes after GitHub's style
    "e-content",             // microformats
];

/// Names and ids of elements that hold the content, and sometimes more.
const MAINS: &[&str] = &[
    "content",
    "main",
    "main-content",
    "page-content",
    "post",
    "article",
    "document",
    "doc",
    "docs-content",
    "md-content",
    "main-container",
    "container-content",
    "contents",
    "wrapper-content",
    "text",
];

/// Ranks of elements, the most telling first.
const RANKS: usize = 4;

/// Does the element have a class that says it is the content?
pub(super) fn is_named_content(element: &Element) -> bool {
    element.classes().any(|class| TEXTS.contains(&class) || MAINS.contains(&class))
}

fn rank(element: &Element) -> Option<usize> {
    let text = element.classes().any(|class| TEXTS.contains(&class)) || element.attr("itemprop") == Some("articleBody");
    if text {
        return Some(0);
    }
    if element.name() == "main" || element.attr("role") == Some("main") {
        return Some(1);
    }
    if element.name() == "article" {
        return Some(2);
    }
    let named = matches!(element.name(), "div" | "section" | "td")
        && element.classes().chain(element.id()).any(|name| MAINS.contains(&name));
    named.then_some(3)
}

/// Finds the content of a page. `None` for a page without a body.
pub(crate) fn find<'a>(page: ElementRef<'a>, selector: Option<&scraper::Selector>) -> Option<Content<'a>> {
    let marked = super::dom::outermost(*page, &|element| data(element, "body").is_some());
    if !marked.is_empty() {
        return Some(Content { roots: marked, by: By::Attribute });
    }
    if let Some(selector) = selector {
        let roots: Vec<ElementRef<'a>> = page.select(selector).collect();
        let inner =
            |at: usize| roots[..at].iter().any(|outer| roots[at].ancestors().any(|node| node.id() == outer.id()));
        let outer: Vec<ElementRef<'a>> = (0..roots.len()).filter(|&at| !inner(at)).map(|at| roots[at]).collect();
        if !outer.is_empty() {
            return Some(Content { roots: outer, by: By::Selector });
        }
    }
    let mut survey = Survey::default();
    walk(*page, &mut survey);
    let body = page.child_elements().find(|element| matches!(element.value().name(), "body" | "frameset"))?;
    let found = survey.choose().and_then(|id| page.tree().get(id)).and_then(ElementRef::wrap);
    Some(match found {
        Some(root) => Content { roots: vec![root], by: By::Container },
        None => Content { roots: vec![body], by: By::Body },
    })
}

/// How much text stands in which element.
#[derive(Default)]
struct Survey {
    /// Characters of content seen so far, blanks not counted.
    chars: usize,
    /// For every element that is open and has a rank: where `chars` was when it began.
    open: HashMap<ego_tree::NodeId, usize>,
    /// How many elements of each rank are open.
    depth: [usize; RANKS],
    /// The outermost elements of each rank, with the characters they hold.
    found: [Vec<(ego_tree::NodeId, usize)>; RANKS],
}

impl Visitor for Survey {
    fn open(&mut self, node: NodeRef<'_>) -> bool {
        if let Some(text) = node.value().as_text() {
            self.chars += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        let Some(element) = ElementRef::wrap(node) else { return true };
        if is_left_out(element, Place::Text) || is_banner(node) {
            return false;
        }
        if let Some(rank) = rank(element.value()) {
            self.depth[rank] += 1;
            self.open.insert(node.id(), self.chars);
        }
        true
    }

    fn close(&mut self, node: NodeRef<'_>) {
        let Some(start) = self.open.remove(&node.id()) else { return };
        let Some(rank) = node.value().as_element().and_then(rank) else { return };
        self.depth[rank] -= 1;
        if self.depth[rank] == 0 {
            self.found[rank].push((node.id(), self.chars - start));
        }
    }
}

impl Survey {
    /// The element of the best rank that holds most of what all of its rank hold, and a good part of the text of what is
    /// around it: a list of excerpts, or one box of many on a start page, is not the content.
    fn choose(&self) -> Option<ego_tree::NodeId> {
        for (rank, found) in self.found.iter().enumerate() {
            let Some(&(id, chars)) = found.iter().max_by_key(|(_, chars)| *chars) else { continue };
            let all: usize = found.iter().map(|(_, chars)| chars).sum();
            let around = self.found[rank + 1..].iter().flatten().map(|(_, chars)| *chars).max();
            // What is certain to be a text may be small beside lists of links; anything else not.
            let part = if rank == 0 { 4 } else { 2 };
            let around = around.unwrap_or(if rank == 0 { 0 } else { self.chars / 4 });
            if chars > 0 && chars * 5 >= all * 3 && chars * part >= around {
                return Some(id);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let html = Html::parse_document(&format!("<html><body>{body}</body></html>"));
        let content = find(html.root_element(), None).expect("a body");
        let name = |root: &ElementRef<'_>| root.value().classes().next().unwrap_or(root.value().name()).to_owned();
        assert_eq!(content.roots.iter().map(name).collect::<Vec<_>>().join(" "), expected, "{body}");
    }

    #[test]
    fn rows() {
        let text = "山朗润起来了,水涨起来了。".repeat(9);
        for (body, expected) in [
            (format!("<nav>甲</nav><main><aside>{text}</aside><div class=vp-doc>{text}</div></main>"), "vp-doc"),
            (format!("<main><h1>甲</h1><p>{text}</p></main><footer>乙</footer>"), "main"),
            (format!("<main><article>{text}</article><article>{text}</article></main>"), "main"),
            (format!("<article><header>甲</header><div class='post-content'>{text}</div></article>"), "post-content"),
            (format!("<main><div class=post-content>甲</div><table><td>{text}</table></main>"), "main"),
            (format!("<div class=top>甲</div><div id=content>{text}</div>"), "div"),
            (format!("<div class=a>{text}</div>"), "body"),
            (format!("<div data-pagefind-body>甲</div><main>{text}</main>"), "div"),
        ] {
            check(&body, expected);
        }
    }

    #[test]
    fn deep_nesting_is_walked_through() {
        let deep = format!("{}中{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        check(&format!("<main>{deep}</main>"), "main");
    }
}

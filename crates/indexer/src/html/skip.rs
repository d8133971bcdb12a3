//! What of a page is not its content: scripts, controls, navigation, and what themes put around a text.

use super::content::is_named_content;
use super::dom::{NodeRef, data};
use scraper::ElementRef;
use scraper::node::Element;

/// Where an element stands, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In running text.
    Text,
    /// In code, where highlighters use class names like `comment` and `title` for parts of the language.
    Code,
}

/// Is the element left out with everything in it?
pub(crate) fn is_left_out(node: ElementRef<'_>, place: Place) -> bool {
    let element = node.value();
    let name = element.name();
    if NO_TEXT.contains(&name) || data(element, "ignore").is_some() {
        return true;
    }
    let gutter = || element.classes().any(|class| GUTTERS.contains(&class));
    if place == Place::Code {
        return gutter();
    }
    if SURROUNDINGS.contains(&name) || is_hidden(element) {
        return true;
    }
    if let Some(role) = element.attr("role")
        && ROLES.contains(&role)
    {
        return true;
    }
    if !BOXES.contains(&name) {
        return gutter();
    }
    // The id of a section is its anchor, made of its heading: `<section id="comments">` is about comments.
    let id = element.id().filter(|_| matches!(name, "div" | "ul" | "ol") && !element.classes().any(|c| c == "section"));
    // What holds the main text, or its title, is not beside it, whatever it is called.
    let holds_main =
        || node.descendent_elements().skip(1).any(|inner| matches!(inner.value().name(), "main" | "article" | "h1"));
    // A page about menus, or with little else, is still content: `<div class="content menu">`. Not so `<div class="content sidebar">`.
    let named = |name| match name_kind(name) {
        Some(Kind::Whole) => !is_named_content(element),
        // `sidebar-link` is in a sidebar, which is left out by its own name, or in a page that looks like one.
        Some(Kind::Box) => element.name() != "a",
        Some(Kind::Link) => true,
        None => false,
    };
    gutter() || element.classes().chain(id).any(named) && !holds_main()
}

/// Is this the header of the site rather than that of an article? It stands directly in the body, or holds the navigation.
pub(crate) fn is_banner(node: NodeRef<'_>) -> bool {
    let Some(element) = ElementRef::wrap(node).filter(|element| element.value().name() == "header") else {
        return false;
    };
    let in_body = element.parent().and_then(ElementRef::wrap).is_some_and(|parent| parent.value().name() == "body");
    in_body || element.descendent_elements().any(|inner| inner.value().name() == "nav")
}

/// Is the element not shown? Panels of tabs are, one after the other.
fn is_hidden(element: &Element) -> bool {
    let panel = element.attr("role") == Some("tabpanel");
    element.attr("aria-hidden") == Some("true")
        || element.attr("hidden").is_some_and(|value| value != "until-found" && !panel)
        || element.attr("style").is_some_and(|style| !panel && style.replace(' ', "").contains("display:none"))
}

/// Elements whose text is none, or is no text of the page.
const NO_TEXT: &[&str] = &[
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "canvas",
    "audio",
    "video",
    "button",
    "select",
    "textarea",
    "input",
    "datalist",
    "progress",
    "meter",
    "head",
    "rt",
    "rp",
    "annotation",
    "dialog",
];

/// Elements that stand around a text by their meaning.
const SURROUNDINGS: &[&str] = &["nav", "aside", "footer", "form", "menu", "search"];

/// Roles that say the same.
const ROLES: &[&str] = &[
    "navigation",
    "search",
    "banner",
    "contentinfo",
    "complementary",
    "menu",
    "menubar",
    "toolbar",
    "dialog",
    "tablist",
];

/// Elements that themes use as boxes. Only their names of classes are looked at: `comment` on a `<span>` is a piece of code.
const BOXES: &[&str] =
    &["div", "section", "ul", "ol", "header", "p", "table", "details", "a", "dl", "h2", "h3", "figure"];

/// Line numbers beside code, and the name of its language above it.
const GUTTERS: &[&str] = &[
    "gutter",
    "linenos",
    "lineno",
    "line-numbers",
    "line-numbers-wrapper",
    "linenodiv",
    "rouge-gutter",
    "lnt",
    "lang",
];

/// By what a class or id says that its element stands around a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The whole name, which other elements may have for what they are about.
    Whole,
    /// A part of the name of a box.
    Box,
    /// A part of the name of a link, or of a box of links.
    Link,
}

/// Does a class or id say that its element stands around a text?
///
/// Names are compared as wholes, since `nav` is in `navy` and `ad` in `lead`; only the long ones also as parts, with which
/// themes and CSS modules build theirs (`theme-doc-breadcrumbs`, `tocCollapsible_ETCw`).
fn name_kind(name: &str) -> Option<Kind> {
    let part = part_kind(name);
    part.or_else(|| SURROUNDING.binary_search(&name).is_ok().then_some(Kind::Whole))
}

fn part_kind(name: &str) -> Option<Kind> {
    if name.len() < 7 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    // `with-sidebar` is what stands beside one.
    if ["with", "has", "no", "fix", "is", "hide", "show", "open"].iter().any(|word| lower.starts_with(word)) {
        return None;
    }
    if LINK_PARTS.iter().any(|part| lower.contains(part)) {
        return Some(Kind::Link);
    }
    BOX_PARTS.iter().any(|part| lower.contains(part)).then_some(Kind::Box)
}

/// Sorted.
const SURROUNDING: &[&str] = &[
    "VPFooter",
    "VPLocalNav",
    "VPNav",
    "ad",
    "ads",
    "adsbygoogle",
    "advert",
    "advertisement",
    "article-copyright",
    "article-footer",
    "article-license",
    "article-licensing",
    "article-nav",
    "article-share-link",
    "article-toc",
    "aside",
    "aside-content",
    "bd-toc",
    "card-widget",
    "catalog",
    "comment",
    "comments",
    "copy-btn",
    "copyright",
    "disqus_thread",
    "edit-link",
    "edit-page",
    "footer",
    "footnav",
    "giscus",
    "gitalk",
    "guide-links",
    "lang-switch",
    "license",
    "license-box",
    "masthead",
    "md-footer",
    "md-header",
    "md-source-file",
    "md-tabs",
    "mdbook-help-popup",
    "menu",
    "menu-bar",
    "meta-nav",
    "nav",
    "nav-chapters",
    "nav-links",
    "nav-wide-wrapper",
    "nav-wrapper",
    "navbar",
    "navigation",
    "nextprev",
    "page-nav",
    "page-toc",
    "pagenav",
    "pager",
    "post-copyright",
    "post-footer",
    "post-license",
    "post-nav",
    "post-toc",
    "powered-by",
    "prev-next",
    "prevnext",
    "print-only",
    "related",
    "related-posts",
    "relatedPosts",
    "reward",
    "reward-container",
    "rst-footer-buttons",
    "rst-versions",
    "search",
    "search-form",
    "share",
    "share-buttons",
    "site-footer",
    "site-header",
    "site-nav",
    "skip-link",
    "skip-to-content",
    "social",
    "social-share",
    "sphinxsidebar",
    "sr-only",
    "sub-nav",
    "subnav",
    "toc",
    "toc-container",
    "toc-wrapper",
    "tocbot",
    "top-bar",
    "topbar",
    "utterances",
    "valine",
    "visually-hidden",
    "vssue",
    "waline",
    "widget",
    "widget-area",
    "widgets",
    "wy-nav-side",
];

const BOX_PARTS: &[&str] = &[
    "sidebar",
    "breadcrumb",
    "pagination",
    "paginator",
    "tableofcontents",
    "table-of-contents",
    "toccollapsible",
    "theme-doc-toc",
    "vpdocaside",
    "vpdocfooter",
    "cookie-banner",
    "search-box",
    "searchbox",
    "search-modal",
];

const LINK_PARTS: &[&str] =
    &["edit-this-page", "edit-on-github", "backtotop", "back-to-top", "skiptocontent", "vpskiplink"];

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[track_caller]
    fn check(html: &str, place: Place, expected: bool) {
        let page = Html::parse_fragment(html);
        let element = page.root_element().child_elements().next().expect("one element");
        assert_eq!(is_left_out(element, place), expected, "{html}");
    }

    #[test]
    fn names_are_sorted() {
        assert!(SURROUNDING.is_sorted());
    }

    #[test]
    fn rows() {
        for (html, expected) in [
            ("<nav>甲</nav>", true),
            ("<div class='col sidebar'>甲</div>", true),
            ("<div class='theme-doc-breadcrumbs_x1'>甲</div>", true),
            ("<div id=toc>甲</div>", true),
            ("<div class='content with-sidebar'>甲</div>", false),
            ("<div class='sidebar-layout'><main>甲</main></div>", false),
            ("<div class='content menu'>甲</div>", false),
            ("<div class='content sidebar'>甲</div>", true),
            ("<a class='sidebar-link'>甲</a>", false),
            ("<a class='theme-edit-this-page'>甲</a>", true),
            ("<div class='navy lead'>甲</div>", false),
            ("<p class='related-work'>甲</p>", false),
            ("<span class=comment>甲</span>", false),
            ("<div role=navigation>甲</div>", true),
            ("<div role=tabpanel hidden>甲</div>", false),
            ("<div hidden>甲</div>", true),
            ("<div style='display: none'>甲</div>", true),
            ("<p data-pagefind-ignore>甲</p>", true),
            ("<p data-jisou-ignore=all>甲</p>", true),
        ] {
            check(html, Place::Text, expected);
        }
        check("<div class='comment'>甲</div>", Place::Code, false);
        check("<span class='lineno'>1</span>", Place::Code, true);
    }
}

//! Pages that nobody wants to find, and how they are told.

use super::address::{canonical, of_page};
use crate::html::{By, HtmlPage};
use std::collections::HashMap;
use std::fmt;

/// A file that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path from the root of the site.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

/// Why a file was left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It asks for it: `<meta name="robots" content="noindex">`.
    NoIndex,
    /// It sends its reader to another page.
    Redirect,
    /// It is what a server shows for an address that does not exist.
    NotFound,
    /// By its canonical link it is a copy of this page.
    CopyOf(String),
    /// It repeats what stands on other pages: an edition for printing.
    Edition,
    /// Other pages mark their content with `data-jisou-body`, and this one marks none.
    Unmarked,
    /// Its front matter says `draft: true`, or that it is not to be searched.
    Draft,
    /// It has no text.
    Empty,
}

impl Reason {
    /// A short name, for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Reason::NoIndex => "noindex",
            Reason::Redirect => "redirect",
            Reason::NotFound => "not-found",
            Reason::CopyOf(_) => "copy",
            Reason::Edition => "edition",
            Reason::Unmarked => "unmarked",
            Reason::Draft => "draft",
            Reason::Empty => "empty",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NoIndex => f.write_str("asks not to be found (noindex)"),
            Reason::Redirect => f.write_str("sends its reader to another page"),
            Reason::NotFound => f.write_str("is the page for addresses that do not exist"),
            Reason::CopyOf(other) => write!(f, "is a copy of {other} by its canonical link"),
            Reason::Edition => f.write_str("repeats other pages, as an edition for printing does"),
            Reason::Unmarked => f.write_str("marks no content, while other pages do (data-jisou-body)"),
            Reason::Draft => f.write_str("is a draft, or asks not to be found, by its front matter"),
            Reason::Empty => f.write_str("has no text"),
        }
    }
}

/// A page that says no more than this, in characters, may be nothing but a notice.
const NOTICE: usize = 400;

/// Leaves out what a page itself says enough about.
pub(super) fn by_themselves(pages: &mut Vec<(String, HtmlPage)>, left_out: &mut Vec<LeftOut>) {
    let marking = pages.iter().any(|(_, page)| page.by == By::Attribute);
    pages.retain(|(name, page)| {
        let reason = if page.head.noindex {
            Reason::NoIndex
        } else if is_redirect(name, page) {
            Reason::Redirect
        } else if is_not_found(name, page) {
            Reason::NotFound
        } else if marking && page.by != By::Attribute {
            Reason::Unmarked
        } else {
            return true;
        };
        left_out.push(LeftOut { name: name.clone(), reason });
        false
    });
}

fn length(page: &HtmlPage) -> usize {
    page.document.blocks.iter().map(|block| block.text.chars().count()).sum()
}

fn is_redirect(name: &str, page: &HtmlPage) -> bool {
    if let Some(target) = &page.head.redirect {
        return canonical(target, name) != canonical(&format!("/{name}"), name) || target.contains("//");
    }
    let title = page.head.title.to_lowercase();
    let says = ["redirect", "正在跳转", "页面跳转", "页面重定向", "跳转中", "正在跳轉"]
        .iter()
        .any(|start| title.starts_with(start));
    says && length(page) < NOTICE
}

fn is_not_found(name: &str, page: &HtmlPage) -> bool {
    let name = of_page(name);
    let stem = name.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if stem == "404" || stem.starts_with("404.") {
        return true;
    }
    let title = page.heading.as_ref().unwrap_or(&page.head.title).to_lowercase();
    let notices = [
        "404",
        "404 not found",
        "page not found",
        "not found",
        "页面未找到",
        "页面不存在",
        "找不到页面",
        "頁面不存在",
        "找不到頁面",
    ];
    length(page) < NOTICE
        && notices.contains(&title.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace()))
}

/// Leaves out pages whose canonical link names another page of the site.
///
/// Links name the host and perhaps a folder of the site; which, is seen from the pages that name themselves. A page that
/// most pages name is taken for a mistake of the template: they are not copies of it.
pub(super) fn copies(pages: &mut Vec<(String, HtmlPage)>, left_out: &mut Vec<LeftOut>) {
    let own: Vec<String> = pages.iter().map(|(name, _)| canonical(&format!("/{name}"), name)).collect();
    let named: Vec<Option<String>> =
        pages.iter().map(|(name, page)| page.head.canonical.as_ref().map(|link| canonical(link, name))).collect();
    let mut bases: HashMap<&str, usize> = HashMap::new();
    for (own, named) in own.iter().zip(&named) {
        if let Some(base) = named.as_ref().and_then(|named| named.strip_suffix(own.as_str())) {
            *bases.entry(base).or_default() += usize::from(base.is_empty() || base.ends_with('/') || own.is_empty());
        }
    }
    let base =
        bases.into_iter().max_by_key(|&(base, count)| (count, std::cmp::Reverse(base))).map_or("", |(base, _)| base);
    let base = base.trim_end_matches('/');
    let target = |named: &Option<String>| {
        let rest = named.as_ref()?.strip_prefix(base)?;
        Some(rest.trim_start_matches('/').to_owned())
    };
    let targets: Vec<Option<String>> = named.iter().map(target).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for target in targets.iter().flatten() {
        *counts.entry(target).or_default() += 1;
    }
    let known: HashMap<&str, &str> =
        own.iter().zip(pages.iter()).map(|(own, (name, _))| (own.as_str(), name.as_str())).collect();
    let reasons: Vec<Option<Reason>> = own
        .iter()
        .zip(&targets)
        .map(|(own, target)| {
            let target = target.as_deref().filter(|target| target != own)?;
            let usual = counts[target] > 3 && counts[target] * 2 > pages.len();
            known.get(target).filter(|_| !usual).map(|name| Reason::CopyOf((*name).to_owned()))
        })
        .collect();
    let mut reasons = reasons.into_iter();
    pages.retain(|(name, _)| match reasons.next().flatten() {
        Some(reason) => {
            left_out.push(LeftOut { name: name.clone(), reason });
            false
        }
        None => true,
    });
}

//! Blocks that stand on most pages are no content: menus, footers, notices.

use super::editions::hash;
use crate::document::BlockKind;
use crate::html::{By, HtmlPage};
use std::collections::HashMap;

/// How many characters a block has that can only be text.
const LONG: usize = 40;

/// Removes them.
///
/// Where the content was found by an element of its own, a heading like 参数 may well repeat on every page: there only links
/// that repeat are removed. Where the whole body had to be taken, whatever repeats on half of the pages is, before and behind what
/// is the page's own, and links that repeat on a tenth, since each part of a site has menus of its own. What is short, as a date is,
/// may stand before the text without being part of it.
pub(super) fn remove(pages: &mut [(String, HtmlPage)]) {
    let mut bodies = 0;
    let mut counts: HashMap<(bool, u64), u32> = HashMap::new();
    for (_, page) in pages.iter() {
        let body = page.by == By::Body;
        bodies += u32::from(body);
        let mut hashes: Vec<u64> = page.document.blocks.iter().map(|block| hash(&block.text)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            *counts.entry((body, hash)).or_default() += 1;
        }
    }
    let others = pages.len() as u32 - bodies;
    for (_, page) in pages.iter_mut().filter(|(_, page)| matches!(page.by, By::Body | By::Container)) {
        let body = page.by == By::Body;
        let (any, links) =
            if body { ((bodies / 2).max(3), (bodies / 10).max(3)) } else { (u32::MAX, (others / 2).max(4)) };
        let count = |text: &str| counts.get(&(body, hash(text))).copied().unwrap_or(0);
        let blocks = &page.document.blocks;
        let is_links = |at: usize| page.links.get(at).copied().unwrap_or(false);
        // What repeats between blocks of the page's own belongs to them: a heading like 参数.
        let own = |at: &usize| count(&blocks[*at].text) < any && !is_links(*at);
        let (first, last) = ((0..blocks.len()).find(own), (0..blocks.len()).rfind(own));
        let is_heading = |at: usize| matches!(blocks[at].kind, BlockKind::Heading { .. });
        let long = |at: &usize| own(at) && (is_heading(*at) || blocks[*at].text.chars().count() >= LONG);
        let text = (0..blocks.len()).find(long).or(first);
        let inside = |at: usize| {
            let first = if is_heading(at) { first } else { text };
            first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last)
        };
        let kept: Vec<bool> = (0..blocks.len())
            .map(|at| {
                let count = count(&blocks[at].text);
                if is_links(at) { count < links } else { count < any || inside(at) }
            })
            .collect();
        let mut kept = kept.into_iter();
        page.document.blocks.retain(|_| kept.next().unwrap_or(true));
        page.links.clear();
    }
    drop_common(pages, "image");
    drop_common(pages, "description");
}

/// Metadata that most pages share says nothing of any of them.
fn drop_common(pages: &mut [(String, HtmlPage)], name: &str) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, value) in pages.iter().flat_map(|(_, page)| &page.document.meta).filter(|(known, _)| known == name) {
        *counts.entry(value.clone()).or_default() += 1;
    }
    let many = (pages.len() / 5).max(2);
    for (_, page) in pages.iter_mut() {
        page.document.meta.retain(|(known, value)| known != name || counts[value] <= many);
    }
}

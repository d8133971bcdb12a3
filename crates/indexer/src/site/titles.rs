//! What the pages of a site are called: their heading, or their title without the name of the site.

use super::address::of_page;
use crate::document::{Block, BlockKind};
use crate::html::HtmlPage;
use std::collections::HashMap;

/// Gives every page its title, and the other of heading and title as a subtitle if it says something else.
pub(super) fn settle(pages: &mut [(String, HtmlPage)]) {
    let sites = Sites::of(pages);
    let mut headings: HashMap<String, usize> = HashMap::new();
    let mut shorts: HashMap<String, usize> = HashMap::new();
    for (_, page) in pages.iter() {
        if let Some(heading) = &page.heading {
            *headings.entry(key(heading)).or_default() += 1;
        }
        *shorts.entry(key(sites.short(&page.head))).or_default() += 1;
    }
    let many = (pages.len() / 2).max(2);
    for (name, page) in pages.iter_mut() {
        let short = sites.short(&page.head).to_owned();
        let site = sites.site(&page.head);
        // A heading that most pages have, or that stands beside their titles, is the name of the site.
        let heading = page.heading.take().filter(|heading| {
            let heading = key(heading);
            heading == key(&short) || headings[&heading] <= many && site.as_ref() != Some(&heading)
        });
        let title = match heading {
            Some(heading) => heading,
            None if shorts[&key(&short)] <= many && !short.is_empty() => short.clone(),
            None => {
                first_heading(page).unwrap_or_else(|| if short.is_empty() { name_of_file(name) } else { short.clone() })
            }
        };
        let blocks = &mut page.document.blocks;
        let repeats =
            |block: &Block| matches!(block.kind, BlockKind::Heading { .. }) && key(&block.text) == key(&title);
        if blocks.first().is_some_and(repeats) {
            blocks.remove(0);
            page.links.remove(0);
        }
        let other = !short.is_empty() && shorts[&key(&short)] < 3 && !key(&title).contains(&key(&short));
        if other {
            blocks.insert(0, Block { kind: BlockKind::Subtitle, text: short, ..Block::default() });
            page.links.insert(0, false);
        }
        page.document.title = title;
    }
}

fn first_heading(page: &HtmlPage) -> Option<String> {
    let headings = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
    page.document.blocks.iter().take(3).find(headings).map(|block| block.text.clone())
}

/// `guide/start.html` is called `start`, and `guide/index.html` is called `guide`.
fn name_of_file(name: &str) -> String {
    let page = of_page(name);
    let last = page.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.').map_or(last, |(stem, _)| stem).to_owned()
}

/// What two titles are compared by.
fn key(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The marks that stand between the title of a page and the name of its site.
const MARKS: &[char] = &['|', '-', '–', '—', '·', '•', ':', '»', '«', '‹', '›', '_', '/', '\u{ff5c}', '\u{ff1a}', '_'];

/// What stands behind, or before, the titles of many pages.
struct Sites {
    ends: HashMap<String, usize>,
    starts: HashMap<String, usize>,
    least: usize,
}

impl Sites {
    fn of(pages: &[(String, HtmlPage)]) -> Sites {
        let mut sites = Sites { ends: HashMap::new(), starts: HashMap::new(), least: (pages.len() / 5).max(3) };
        for (_, page) in pages {
            let title = page.head.title.as_str();
            for (start, end) in marks(title) {
                *sites.ends.entry(title[start..].to_owned()).or_default() += 1;
                *sites.starts.entry(title[..end].to_owned()).or_default() += 1;
            }
        }
        sites
    }

    /// What [`Sites::short`] takes away of a title, as [`key`] has it.
    fn site(&self, head: &crate::html::Head) -> Option<String> {
        let (title, short) = (head.title.as_str(), self.short(head));
        let (before, after) = title.split_once(short).filter(|_| short.len() < title.len())?;
        Some(key(before) + &key(after))
    }

    /// The title of a page without the name of the site.
    fn short<'h>(&self, head: &'h crate::html::Head) -> &'h str {
        let title = head.title.as_str();
        let named = |part: &str| {
            let part = key(part);
            !part.is_empty() && head.site.as_ref().is_some_and(|site| key(site) == part)
        };
        for (start, _) in marks(title) {
            let known =
                self.ends.get(&title[start..]).is_some_and(|&count| count >= self.least) || named(&title[start..]);
            if known && !key(&title[..start]).is_empty() {
                return title[..start].trim();
            }
        }
        for (_, end) in marks(title).into_iter().rev() {
            let known =
                self.starts.get(&title[..end]).is_some_and(|&count| count >= self.least) || named(&title[..end]);
            if known && !key(&title[end..]).is_empty() {
                return title[end..].trim();
            }
        }
        title
    }
}

/// Where in a title a mark stands that may set off the name of a site, with the blanks around it.
fn marks(title: &str) -> Vec<(usize, usize)> {
    let mut marks = Vec::new();
    for (at, mark) in title.char_indices().filter(|(_, c)| MARKS.contains(c)) {
        let (before, after) = (&title[..at], &title[at + mark.len_utf8()..]);
        let (start, end) = (before.trim_end().len(), title.len() - after.trim_start().len());
        // In `v-model` and `a/b` the mark is part of a word.
        let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let inside = letters(before.chars().next_back()) && letters(after.chars().next());
        if !inside && start > 0 && end < title.len() {
            marks.push((start, end));
        }
    }
    marks
}

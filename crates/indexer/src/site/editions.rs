//! Editions that repeat other pages: a whole book on one page, for printing.

use super::left_out::{LeftOut, Reason};
use crate::html::HtmlPage;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The shortest text that is compared, in bytes: shorter ones stand on many pages.
const MIN_BYTES: usize = 40;
/// How many pages an edition repeats at least.
const MIN_PAGES: usize = 3;

/// Leaves out pages of which nine tenths stand on other pages, on no single one more than half, and which hold most of what
/// the others have; or less, if their name says what they are.
pub(super) fn leave_out(pages: &mut Vec<(String, HtmlPage)>, left_out: &mut Vec<LeftOut>) {
    let hashes: Vec<Vec<(u64, usize)>> = pages.iter().map(|(_, page)| hashes(page)).collect();
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (at, hashes) in hashes.iter().enumerate() {
        for (hash, _) in hashes {
            let holders = holders.entry(*hash).or_default();
            if holders.last() != Some(&(at as u32)) {
                holders.push(at as u32);
            }
        }
    }
    let all: usize = hashes.iter().flatten().map(|(_, len)| len).sum();
    let mut editions = Vec::new();
    for (at, hashes) in hashes.iter().enumerate() {
        let own: usize = hashes.iter().map(|(_, len)| len).sum();
        let print = says_print(&pages[at].0);
        // Cheap first: an edition is a good part of the site.
        if own == 0 || !print && own * 3 < all - own {
            continue;
        }
        let mut repeated = 0;
        let mut shares: HashMap<u32, usize> = HashMap::new();
        for (hash, len) in hashes {
            if let Some(&other) = holders[hash].iter().find(|&&other| other != at as u32) {
                repeated += len;
                *shares.entry(other).or_default() += len;
            }
        }
        let largest = shares.values().max().copied().unwrap_or(0);
        if repeated * 10 >= own * 9 && shares.len() >= MIN_PAGES && largest * 2 <= own {
            editions.push(at);
        }
    }
    for at in editions.into_iter().rev() {
        left_out.push(LeftOut { name: pages.remove(at).0, reason: Reason::Edition });
    }
}

fn says_print(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.trim_end_matches("/index.html").rsplit('/').next().unwrap_or_default();
    ["print", "single", "all-in-one", "allinone", "full"].iter().any(|word| stem.starts_with(word))
}

fn hashes(page: &HtmlPage) -> Vec<(u64, usize)> {
    let texts = page.document.blocks.iter().map(|block| block.text.as_str()).filter(|text| text.len() >= MIN_BYTES);
    texts.map(|text| (hash(text), text.len())).collect()
}

/// A number for a text, the same within one run.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

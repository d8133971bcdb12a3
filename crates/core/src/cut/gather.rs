//! The lists of all keys: those of grams, of words and of titles, each kind gathered in one pass over the text.

use super::grams::{across_marks, gap_key, gram_at, is_short, mark_key, pair_at, title_key};
use super::list::{Posting, behind};
use crate::Index;
use crate::ids::{PageId, PassageId, Symbol, TermId};
use crate::index::Field;
use crate::occurrences::OnPage;
use crate::pages::Kind;
use crate::query::trim_marks;
use crate::rank::{self, Knobs};
use crate::terms::Group;
use core::ops::Range;
use std::collections::{BTreeMap, HashMap};

/// A word and the pages that hold it, as a search finds it ([`crate::occurrences::find`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'i> {
    /// Its folded form.
    pub(super) form: &'i [Symbol],
    /// 1 more than the binary logarithm of how often the most frequent of its forms occurs.
    pub(super) weight: u8,
    /// Where it stands anywhere.
    pub(super) list: Vec<Posting>,
    /// Where it is a word of its own; empty unless it is short ([`is_short`]).
    pub(super) own: Vec<Posting>,
}

/// A tree of words: the edge number `k` leads to the node `k + 1`, the root is node 0.
struct Tree {
    /// For each node the first of its edges; one more entry than there are nodes.
    edges: Vec<u32>,
    /// For each edge its symbol, ascending among those of a node.
    symbols: Vec<Symbol>,
    /// For each node the word that ends there; [`NONE`] if none does.
    words: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Tree {
    /// The tree of words in ascending order.
    fn of(words: &[&[Symbol]]) -> Tree {
        let mut tree = Tree { edges: Vec::new(), symbols: Vec::new(), words: Vec::new() };
        let mut nodes = vec![(0..words.len(), 0)];
        let mut at = 0;
        while let Some((mut range, depth)) = nodes.get(at).cloned() {
            tree.edges.push(tree.symbols.len() as u32);
            let ends = words.get(range.start).is_some_and(|word| word.len() == depth);
            tree.words.push(if ends { range.start as u32 } else { NONE });
            range.start += usize::from(ends);
            while !range.is_empty() {
                let symbol = words[range.start][depth];
                let end = range.start + words[range.clone()].partition_point(|word| word[depth] == symbol);
                tree.symbols.push(symbol);
                nodes.push((range.start..end, depth + 1));
                range.start = end;
            }
            at += 1;
        }
        tree.edges.push(tree.symbols.len() as u32);
        tree
    }

    fn next(&self, node: usize, symbol: Symbol) -> Option<usize> {
        let edges = self.edges[node] as usize..self.edges[node + 1] as usize;
        let at = self.symbols[edges.clone()].binary_search(&symbol).ok()?;
        Some(edges.start + at + 1)
    }
}

/// What has been counted of a word on the page at hand.
#[derive(Clone, Default)]
struct Counted {
    anywhere: [[u32; 3]; Field::COUNT],
    own: [[u32; 3]; Field::COUNT],
    parts: u8,
    own_parts: u8,
}

/// All words, ascending, with their lists, of which grams give what stands behind.
pub(super) fn words<'i>(index: &'i Index, grams: &BTreeMap<Vec<Symbol>, Vec<Posting>>) -> Vec<Word<'i>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut first = 0;
    while first < index.terms.len() as u32 {
        let group = index.terms.group(TermId(first));
        first = group.end.0;
        groups.push(group);
    }
    groups.sort_by_key(|group| index.terms.folded(group.first));
    let forms: Vec<&[Symbol]> = groups.iter().map(|group| index.terms.folded(group.first)).collect();
    let tree = Tree::of(&forms);
    let weight = |group: &Group| index.weight(*group) as u8 + 1;
    let word = |(form, group)| Word { form, weight: weight(group), list: Vec::new(), own: Vec::new() };
    let mut words: Vec<Word<'_>> = forms.iter().copied().zip(&groups).map(word).collect();
    let average = index.average_lengths();
    let mut counted: Vec<Counted> = vec![Counted::default(); words.len()];
    // How many of its postings each term has left behind.
    let mut passed: Vec<u32> = vec![0; index.terms.len()];
    for page in (0..index.pages.len() as u32).map(PageId) {
        let mut touched = Vec::new();
        for (passage, part) in parts(index, page) {
            let Range { start, end } = index.text.range(passage);
            let (field, weight) = (index.field(passage) as usize, u32::from(index.facets.weight(passage)));
            for at in start..end {
                let starts = index.token_starts.has(at);
                let (mut node, mut gap) = (0, false);
                for last in at..end {
                    let Some(next) = tree.next(node, index.text.symbol(last)) else { break };
                    node = next;
                    gap |= last > at && index.gaps.has(last);
                    let word = tree.words[node] as usize;
                    let Some(counted) = counted.get_mut(word) else { continue };
                    let ends = index.token_starts.has(last + 1) || index.text.symbol(last + 1) == Symbol::BOUNDARY;
                    if gap && !(starts && ends) {
                        continue;
                    }
                    if counted.parts == 0 {
                        touched.push(word);
                    }
                    let is = starts && stands(index, groups[word], at, &mut passed);
                    let fit = if is { 2 } else { usize::from(starts) };
                    counted.anywhere[field][fit] += weight;
                    counted.parts |= part;
                    if is {
                        counted.own[field][2] += weight;
                        counted.own_parts |= part;
                    }
                }
            }
        }
        for word in touched {
            let Counted { anywhere, own, parts, own_parts } = core::mem::take(&mut counted[word]);
            // What begins with it is as good as the word where it is being typed.
            let typed = anywhere.map(|[inside, begins, is]| [inside, 0, begins + is]);
            let impact = |counts| {
                let on_page = OnPage { page, range: 0..0, counts, exact: false };
                rank::impact(&Knobs::default(), &on_page, &index.lengths[page.0 as usize], &average) as u8
            };
            let of = |counts, typed, parts| Posting { page: page.0, impact: impact(counts), typed, parts, next: 0 };
            let word = &mut words[word];
            word.list.push(of(anywhere, impact(typed), parts));
            if own_parts > 0 && is_short(&index.alphabet, word.form) {
                word.own.push(of(own, impact(own), own_parts));
            }
        }
    }
    for word in &mut words {
        let mut rest = grams.get(word.form).into_iter().flatten();
        for posting in &mut word.list {
            let gram = rest.find(|gram| gram.page == posting.page);
            posting.next = gram.map_or(0, |gram| gram.next);
        }
    }
    words
}

/// Whether one of a group of terms stands at a position; positions are asked for in ascending order.
fn stands(index: &Index, group: Group, at: u32, passed: &mut [u32]) -> bool {
    (group.first.0..group.end.0).any(|term| {
        let (postings, passed) = (index.postings.of(TermId(term)), &mut passed[term as usize]);
        while postings.get(*passed as usize).is_some_and(|&position| position < at) {
            *passed += 1;
        }
        postings.get(*passed as usize) == Some(&at)
    })
}

/// The passages of a page, each with the part of the page that it belongs to.
pub(super) fn parts(index: &Index, page: PageId) -> impl Iterator<Item = (PassageId, u8)> + '_ {
    index.pages.passages(page).map(PassageId).map(move |passage| (passage, index.part(page, passage)))
}

/// What stands inside a gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Inside {
    Nothing,
    Gap,
    Marks,
}

/// The pages of all grams and all symbols; under [`gap_key`] and [`mark_key`] those of pairs across gaps and marks.
pub(super) fn grams(index: &Index) -> BTreeMap<Vec<Symbol>, Vec<Posting>> {
    let mut lists: HashMap<([Symbol; 3], Inside), Vec<Posting>> = HashMap::new();
    for page in (0..index.pages.len() as u32).map(PageId) {
        for (passage, part) in parts(index, page) {
            let range = index.text.range(passage);
            let text: Vec<Symbol> = range.clone().map(|at| index.text.symbol(at)).collect();
            for at in 0..text.len() {
                let pair = pair_at(&index.alphabet, &text, at);
                let mut keys = Vec::new();
                let single = (text[at] != Symbol::BOUNDARY).then_some(at + 1);
                for end in [single, gram_at(&index.alphabet, &text, at), pair].into_iter().flatten() {
                    let mut key = [Symbol::BOUNDARY; 3];
                    key[..end - at].copy_from_slice(&text[at..end]);
                    let gap = end == at + 2 && index.gaps.has(range.start + at as u32 + 1);
                    keys.push(((key, if gap { Inside::Gap } else { Inside::Nothing }), end));
                }
                if let Some(second) = across_marks(&index.alphabet, &text, at) {
                    keys.push((([text[at], text[second], Symbol::BOUNDARY], Inside::Marks), second + 1));
                }
                for (key, end) in keys {
                    let next = text.get(end).filter(|&&next| next != Symbol::BOUNDARY).map_or(0, |&next| behind(next));
                    // Two letters stand in most pages, and are a word or are still being typed: only where they stand first is worth
                    // its room.
                    let further = if pair == Some(end) { 0 } else { part };
                    let list = lists.entry(key).or_default();
                    match list.last_mut() {
                        Some(last) if last.page == page.0 => {
                            last.parts |= further;
                            last.next |= next;
                        }
                        _ => list.push(Posting { page: page.0, impact: 0, typed: 0, parts: part, next }),
                    }
                }
            }
        }
    }
    let key = |(key, inside): ([Symbol; 3], Inside)| {
        let key: Vec<Symbol> = key.into_iter().take_while(|&symbol| symbol != Symbol::BOUNDARY).collect();
        match inside {
            Inside::Nothing => key,
            Inside::Gap => gap_key(&key),
            Inside::Marks => mark_key(&key),
        }
    };
    lists.into_iter().map(|(gram, list)| (key(gram), list)).collect()
}

/// Adds which pages have which titles (impact 1) and headings (impact 0).
pub(super) fn titles(index: &Index, lists: &mut BTreeMap<Vec<Symbol>, Vec<Posting>>) {
    for page in (0..index.pages.len() as u32).map(PageId) {
        for (passage, parts) in parts(index, page) {
            let kind = index.pages.kinds[passage.0 as usize];
            if !matches!(index.field(passage), Field::Title | Field::Heading) {
                continue;
            }
            let range = index.text.range(passage);
            let symbols: Vec<Symbol> = (range.start..range.end - 1).map(|at| index.text.symbol(at)).collect();
            let trimmed = &symbols[trim_marks(index, &symbols)];
            if trimmed.is_empty() {
                continue;
            }
            let list = lists.entry(title_key(trimmed)).or_default();
            if list.last().is_none_or(|last| last.page != page.0) {
                let impact = u8::from(kind == Kind::Title);
                list.push(Posting { page: page.0, impact, typed: impact, parts, next: 0 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::occurrences::{Needle, Where, find};
    use crate::testing;
    use proptest::prelude::*;

    /// The list of a word, by searching for it.
    fn slowly(index: &Index, form: &[Symbol], place: Where) -> Vec<Posting> {
        let found = find(index, Needle { symbols: form, gaps: &[], strict: false }, None, false, place);
        let average = index.average_lengths();
        let mut list = Vec::new();
        for on_page in &found.pages {
            let mut typed = on_page.clone();
            for [_, begins, is] in &mut typed.counts {
                *is += core::mem::take(begins);
            }
            let lengths = &index.lengths[on_page.page.0 as usize];
            let impact = |of| rank::impact(&Knobs::default(), of, lengths, &average) as u8;
            let mut posting =
                Posting { page: on_page.page.0, impact: impact(on_page), typed: impact(&typed), parts: 0, next: 0 };
            for &at in &found.positions[on_page.range.clone()] {
                let passage = index.text.passage_at(at);
                posting.parts |= parts(index, on_page.page).find(|(of, _)| *of == passage).unwrap().1;
            }
            list.push(posting);
        }
        list
    }

    proptest! {
        #[test]
        fn words_are_listed_where_a_search_finds_them(
            pages in proptest::collection::vec(proptest::collection::vec(
                proptest::collection::vec("[国际合国际]{1,3}|[國際]{1,2}|[aBc]{1,3}|[ ,1]", 0..40)
                    .prop_map(testing::separated), 1..12), 1..5),
        ) {
            let index = testing::index(&pages);
            for word in words(&index, &BTreeMap::new()) {
                // Where a blank stands that was left out nobody asks.
                if word.form.iter().any(|&symbol| index.alphabet.class(symbol) == crate::chars::Class::Blank) {
                    continue;
                }
                prop_assert_eq!(&word.list, &slowly(&index, word.form, Where::Anywhere));
                if is_short(&index.alphabet, word.form) {
                    prop_assert_eq!(&word.own, &slowly(&index, word.form, Where::AsWord));
                }
            }
        }
    }
}

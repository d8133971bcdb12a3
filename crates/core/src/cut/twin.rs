//! Answers from pieces, against those of the whole index.

#[cfg(feature = "meant")]
use super::plan::Explained;
use super::plan::{Answered, Cut, Step};
use super::write::{Files, Sizes, write, write_in};
use super::{Family, Piece};
#[cfg(feature = "meant")]
use crate::answer::Answer;
use crate::answer::Options;
use crate::ids::PageId;
use crate::pages::Kind;
use crate::query::{Query, Unit};
use crate::rank::Knobs;
#[cfg(feature = "meant")]
use crate::response::Value;
use crate::search::Tier;
#[cfg(feature = "meant")]
use crate::suggest;
use crate::{Index, testing};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn page() -> impl Strategy<Value = Vec<Vec<String>>> {
    let tokens = proptest::collection::vec("[国际合作]{1,3}|[国際合作]{1,2}|[abB]{1,3}|[ ,]", 0..9);
    proptest::collection::vec(tokens.prop_map(testing::separated), 1..4)
}

/// A page in several parts.
fn long_page() -> impl Strategy<Value = Vec<Vec<String>>> {
    let tokens = proptest::collection::vec("[国际合作]{1,3}|[国际合作]{1,3}|[ab]{1,3}|[ ,]", 5..90);
    proptest::collection::vec(tokens.prop_map(testing::separated), 1..9)
}

/// Hands over what is needed.
pub(super) fn supply(cut: &mut Cut, files: &Files, needs: Vec<Piece>) {
    assert!(!needs.is_empty());
    for piece in needs {
        let (_, bytes) = files.pieces.iter().find(|(name, _)| *name == piece).unwrap();
        cut.supply(piece, bytes).unwrap();
    }
}

/// Asks until it is answered; `keep` bytes of pieces are kept between answers.
fn ask(cut: &mut Cut, files: &Files, query: &str, options: Options, keep: usize) -> Answered {
    cut.keep(keep);
    for _ in 0..20 {
        match cut.search(query, options, &Knobs::default()).unwrap() {
            Step::Done(answered) => return *answered,
            Step::Needs(needs) => supply(cut, files, needs),
        }
    }
    panic!("{query} asks without end");
}

/// The tier and the score that the explanation of a page gives.
#[cfg(feature = "meant")]
fn explained(cut: &mut Cut, files: &Files, query: &str, page: u32) -> Option<(&'static str, u64)> {
    for _ in 0..20 {
        match cut.explain(page, query, &Knobs::default()).unwrap() {
            Explained::Needs(needs) => supply(cut, files, needs),
            Explained::Done(Value::Object(fields)) => match (&fields[0].1, &fields[1].1) {
                (Value::Text(tier), Value::Number(score)) => return Some((tier, *score as u64)),
                _ => return None,
            },
            Explained::Done(_) => return None,
        }
    }
    None
}

/// A word that a search does not find across a gap is a pair of symbols all the same, and stands in what was typed.
#[test]
fn a_string_across_a_gap_is_found_where_a_pair_of_it_is_a_word() {
    let passage = |tokens: &[&str]| tokens.iter().map(|&token| token.to_owned()).collect::<Vec<String>>();
    let mut pages = vec![vec![passage(&["国人"])]];
    pages.extend((0..60).map(|_| vec![passage(&["中国", ",", "人民"])]));
    pages.push(vec![passage(&["作"]), passage(&["中国", " ", "人民"])]);
    let files = write(testing::bytes(&pages, Kind::Title)).unwrap();
    let mut cut = Cut::open(&files.root).unwrap();
    let answered = ask(&mut cut, &files, "中国 人民", Options { limit: 2, ..Options::default() }, usize::MAX);
    assert_eq!(
        (answered.numbers[answered.answer.hits[0].page.0 as usize], answered.answer.hits[0].tier),
        (61, Tier::Exact)
    );
}

/// Words that were typed with a blank between them stand beside each other across a mark.
#[test]
fn words_across_marks_are_adjacent() {
    let passage = |tokens: &[&str]| tokens.iter().map(|&token| token.to_owned()).collect::<Vec<String>>();
    let mut pages =
        vec![vec![passage(&["比较", "多", "。", " ", "abc", " ", "b"])], vec![passage(&["缓存", "，", "涉及"])]];
    pages.extend((0..60).map(|_| vec![passage(&["多", "国", "缓存", "国", "涉及", "国", "abc"])]));
    let files = write(testing::bytes(&pages, Kind::Title)).unwrap();
    for (query, page) in [("多 abc", 0), ("缓存 涉及", 1)] {
        let mut cut = Cut::open(&files.root).unwrap();
        let answered = ask(&mut cut, &files, query, Options { limit: 2, ..Options::default() }, usize::MAX);
        let hit = &answered.answer.hits[0];
        assert_eq!((answered.numbers[hit.page.0 as usize], hit.tier), (page, Tier::Adjacent), "{query}");
    }
}

/// Pages that hold several of the words that letters may mean count once: there are more for the last of these.
#[cfg(feature = "meant")]
#[test]
fn pages_of_several_words_count_once() {
    let page = |tokens: &[&str]| vec![tokens.iter().map(|&token| token.to_owned()).collect::<Vec<String>>()];
    let both = page(&["国际", "安", "国际", "安", "国记"]);
    let files = write(testing::bytes(&[both.clone(), both, page(&["果际"])], Kind::Title)).unwrap();
    let mut cut = Cut::open(&files.root).unwrap();
    let answered = ask(&mut cut, &files, "guoji", Options { limit: 3, ..Options::default() }, usize::MAX);
    let pages: BTreeSet<u32> = answered.hits().map(|(page, ..)| page).collect();
    assert_eq!(pages, BTreeSet::from([0, 1, 2]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn pieces_answer_as_the_whole_does(
        pages in proptest::collection::vec(page(), 1..8),
        queries in proptest::collection::vec("([国际際合作]{1,4}|[abB]{1,3}|[ ,\"]|-){1,4}", 1..4),
        prefix: bool,
    ) {
        let bytes = testing::bytes(&pages, Kind::Title);
        let index = Index::open(bytes.clone()).unwrap();
        let files = write(bytes).unwrap();
        let mut cut = Cut::open(&files.root).unwrap();
        for query in &queries {
            let options = Options { limit: 20, prefix, ..Options::default() };
            let expected = index.search(query, options, &Knobs::default());
            let applied = expected.suggestion.as_ref().is_some_and(|offered| offered.applied);
            let answered = ask(&mut cut, &files, query, options, usize::MAX);
            let found: Vec<_> = answered
                .answer
                .hits
                .iter()
                .map(|hit| (answered.numbers[hit.page.0 as usize], hit.tier, hit.score, &hit.title, &hit.sections))
                .collect();
            let expected: Vec<_> =
                expected.hits.iter().map(|hit| (hit.page.0, hit.tier, hit.score, &hit.title, &hit.sections)).collect();
            // How telling a string is that is no key is known only about, and with it the score.
            let parsed = Query::parse(&index, query);
            let exact = parsed.units.iter().all(|unit| index.terms.get(&unit.needle, &index.alphabet).is_some());
            if !applied {
                if exact {
                    prop_assert_eq!(&found, &expected, "{}", query);
                } else {
                    let sets = [&found, &expected].map(|hits| hits.iter().map(|hit| (hit.0, hit.1)).collect::<BTreeSet<_>>());
                    prop_assert_eq!(&sets[0], &sets[1], "{}", query);
                }
                prop_assert!(!answered.all || answered.answer.total >= found.len());
            }
            #[cfg(feature = "meant")]
            for hit in answered.answer.hits.iter().filter(|_| prefix && !applied) {
                let number = answered.numbers[hit.page.0 as usize];
                // What a page holds is told whole only where lists are certain of it.
                if exact {
                    prop_assert_eq!(explained(&mut cut, &files, query, number), Some((hit.tier.name(), hit.score)), "{}", query);
                }
            }
            if exact && !applied {
                let all = ask(&mut cut, &files, query, Options { limit: usize::MAX, ..options }, usize::MAX);
                prop_assert_eq!(all.answer.hits.len(), expected.len(), "all of {}", query);
            }
            // Few at a time, from nothing: no page in a tier that it is not in, and none missing before those with some words.
            let few = ask(&mut Cut::open(&files.root).unwrap(), &files, query, Options { limit: 2, ..options }, 0);
            for hit in &few.answer.hits {
                let number = few.numbers[hit.page.0 as usize];
                if !applied {
                    prop_assert!(expected.iter().any(|(page, tier, ..)| *page == number && *tier == hit.tier), "{query}: {:?} {expected:?}", few.answer.hits);
                }
            }
            // What was loaded before makes no difference.
            let again = ask(&mut cut, &files, query, Options { limit: 2, ..options }, usize::MAX);
            prop_assert_eq!(&again.answer, &few.answer);
            prop_assert!(again.answer.hits.iter().all(|hit| hit.tier <= Tier::Some));
        }
    }

    /// Of pages that are in several parts only some are loaded, and yet pages, tiers and scores are those of the whole.
    #[test]
    fn parts_answer_as_the_whole_does(
        pages in proptest::collection::vec(long_page(), 1..6),
        // Not two Latin words: lists do not tell that these are adjacent across a mark.
        queries in proptest::collection::vec("([国际合作]{1,4}|[ab]{1,3}[国际]|[ ,]){1,4}|[国际合]{1,3} -[作ab]", 1..4),
        prefix: bool,
        text in 1usize..600,
        lists in 0usize..99,
    ) {
        let bytes = testing::bytes(&pages, Kind::Title);
        let index = Index::open(bytes.clone()).unwrap();
        let files = write_in(bytes, &Sizes { keys: 200, list: 20, lists, text }).unwrap();
        let apart = files.pieces.iter().filter(|(piece, _)| piece.family == Family::List).count();
        prop_assert!(apart <= lists);
        for query in &queries {
            let options = Options { limit: 20, prefix, collapse: false, ..Options::default() };
            let expected = index.search(query, options, &Knobs::default());
            if expected.suggestion.as_ref().is_some_and(|offered| offered.applied) {
                continue;
            }
            let answered = ask(&mut Cut::open(&files.root).unwrap(), &files, query, options, usize::MAX);
            let number = |page: PageId| answered.numbers[page.0 as usize];
            let found: Vec<_> = answered.answer.hits.iter().map(|hit| (number(hit.page), hit.tier, hit.score)).collect();
            let expected: Vec<_> = expected.hits.iter().map(|hit| (hit.page.0, hit.tier, hit.score)).collect();
            let parsed = Query::parse(&index, query);
            let known = |unit: &Unit| index.terms.get(&unit.needle, &index.alphabet).is_some();
            // Of characters that are no words lists do not tell in which parts they stand across a gap as whole words.
            if parsed.units.iter().all(known) && !parsed.wordless {
                prop_assert_eq!(&found, &expected, "{}", query);
            } else {
                let sets = [&found, &expected].map(|hits| hits.iter().map(|hit| (hit.0, hit.1)).collect::<BTreeSet<_>>());
                prop_assert_eq!(&sets[0], &sets[1], "{}", query);
            }
            for hit in &answered.answer.hits {
                let marks = hit.sections.iter().map(|section| section.excerpt.marks.len() + section.heading.marks.len());
                let shows = hit.title.marks.len() + marks.sum::<usize>() > 0;
                prop_assert!(shows || hit.tier == Tier::Some, "{query}: nothing is marked of {hit:?}");
            }
        }
    }

    /// What a query means that finds nothing is the same from pieces, and so are the pages that are shown for it.
    #[cfg(feature = "meant")]
    #[test]
    fn what_else_is_meant_is_what_the_whole_index_says(
        pages in proptest::collection::vec(proptest::collection::vec(proptest::collection::vec("[国果际记重中安案]{1,3}|bcdefgh|cdefg|[ ,]", 1..9).prop_map(testing::separated), 1..4), 1..8),
        queries in proptest::collection::vec("(guo|ji|zhong|chong|an|g|j|zh|gu){1,3}|[国果际记重中安案]{2,4}|b?c?d[ex]?f?g|b?c?d[ex]?f?gh? b?cd[ex]?f?g", 1..4),
    ) {
        let bytes = testing::bytes(&pages, Kind::Title);
        let index = Index::open(bytes.clone()).unwrap();
        let files = write(bytes).unwrap();
        let mut cut = Cut::open(&files.root).unwrap();
        for query in &queries {
            let options = Options { limit: 20, ..Options::default() };
            let expected = index.search(query, options, &Knobs::default());
            let answered = ask(&mut cut, &files, query, options, usize::MAX);
            // What stands between two strings lists do not tell.
            let edit = |answer: &Answer| answer.suggestion.as_ref().is_some_and(|offered| offered.suggestion.kind == suggest::Kind::Edit);
            if edit(&expected) {
                continue;
            }
            let applied = |answer: &Answer| answer.suggestion.clone().filter(|offered| offered.applied);
            prop_assert_eq!(applied(&answered.answer), applied(&expected), "{}", query);
            if applied(&expected).is_some() {
                let expected: BTreeSet<_> = expected.hits.iter().map(|hit| (hit.page.0, hit.tier)).collect();
                let found: BTreeSet<_> = answered.hits().map(|(page, _, hit)| (page, hit.tier)).collect();
                prop_assert_eq!(found, expected, "{}", query);
            }
        }
    }

    #[test]
    fn damaged_pieces_are_refused_or_answered(
        pages in proptest::collection::vec(page(), 1..6),
        queries in proptest::collection::vec("([国际合作]{1,4}|[abB]{1,3}|[ ,]){1,4}", 1..4),
        damage in proptest::collection::vec((any::<usize>(), any::<usize>(), any::<u8>()), 1..4),
        sealed: bool,
    ) {
        let mut files = write(testing::bytes(&pages, Kind::Title)).unwrap();
        let mut cut = Cut::open(&files.root).unwrap();
        let build = cut.root().figures.build;
        for (piece, at, with) in damage {
            let place = piece % files.pieces.len();
            let (piece, bytes) = &mut files.pieces[place];
            if sealed {
                let mut damaged = bytes.clone();
                damaged[at % bytes.len()] ^= with | 1;
                prop_assert!(cut.supply(*piece, &damaged).is_err());
                continue;
            }
            // Under a checksum that fits: whoever writes pieces can make it fit, and must not break the reader.
            let mut content = bytes[super::CHECK..].to_vec();
            if content.is_empty() {
                continue;
            }
            let at = at % content.len();
            content[at] = with;
            content.truncate(if with % 3 == 0 { at } else { content.len() });
            *bytes = piece.seal(build, &content);
        }
        for query in &queries {
            for _ in 0..20 {
                let Ok(Step::Needs(needs)) = cut.search(query, Options::default(), &Knobs::default()) else { break };
                for piece in needs {
                    if let Some((_, bytes)) = files.pieces.iter().find(|(name, _)| *name == piece) {
                        let _ = cut.supply(piece, bytes);
                    }
                }
            }
            let _ = cut.read(0, query);
        }
    }
}

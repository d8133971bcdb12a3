//! Small indexes of made-up text, for the tests of this crate.

use crate::Index;
use crate::build::{Builder, Characters, Page, Passage};
use crate::chars::simple_fold;
use crate::container;
use crate::pages::{Kind, PageInfo};

/// Folds 國 to 国 and knows how a few characters are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Few;

impl Characters for Few {
    fn fold(&self, c: char) -> char {
        if c == '國' { '国' } else { simple_fold(c) }
    }

    fn stem(&self, _: &str) -> Option<String> {
        None
    }

    fn aliases(&self, folded: char) -> Vec<char> {
        if folded == '国' { vec!['國'] } else { Vec::new() }
    }

    fn readings(&self, folded: char) -> Vec<String> {
        let readings: &[&str] = match folded {
            '国' => &["guo"],
            '果' => &["guo", "ke"],
            '际' => &["ji"],
            '记' => &["ji"],
            '重' => &["zhong", "chong"],
            '中' => &["zhong"],
            '安' => &["an"],
            '案' => &["an"],
            _ => &[],
        };
        readings.iter().map(|&reading| reading.to_owned()).collect()
    }

    fn spoken(&self, word: &str) -> Vec<String> {
        let readings: &[&str] = if word == "重安" { &["chong", "an"] } else { &[] };
        readings.iter().map(|&reading| reading.to_owned()).collect()
    }

    fn lookalikes(&self, _: char) -> Vec<char> {
        Vec::new()
    }
}

/// Letters that stand side by side are one token, as they are for every segmenter.
pub(crate) fn separated(tokens: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for token in tokens {
        let letters = |token: &String| token.starts_with(|c: char| c.is_ascii_alphabetic());
        match out.last_mut() {
            Some(last) if letters(last) && letters(&token) => last.push_str(&token),
            _ => out.push(token),
        }
    }
    out
}

/// An index of pages without titles; each is a list of passages, each a list of tokens.
pub(crate) fn index(pages: &[Vec<Vec<String>>]) -> Index {
    Index::open(bytes(pages, Kind::Paragraph)).unwrap()
}

/// The bytes of such an index, whose pages start with a passage of the kind `first`.
pub(crate) fn bytes(pages: &[Vec<Vec<String>>], first: Kind) -> Vec<u8> {
    finished(builder(pages, first))
}

/// The bytes of what was built.
pub(crate) fn finished(builder: Builder<Few>) -> Vec<u8> {
    container::write(&builder.finish().unwrap()).unwrap().swap_remove(0)
}

/// Such pages, to which more may be added.
pub(crate) fn builder(pages: &[Vec<Vec<String>>], first: Kind) -> Builder<Few> {
    let mut builder = Builder::new(Few);
    for (n, passages) in pages.iter().enumerate() {
        let passage = |(at, tokens): (usize, &Vec<String>)| Passage {
            kind: if at == 0 { first } else { Kind::Paragraph },
            anchor: String::new(),
            weight: 100,
            tokens: tokens.clone(),
        };
        let info = PageInfo { url: n.to_string(), meta: Vec::new() };
        builder.add(Page { info, passages: passages.iter().enumerate().map(passage).collect() }).unwrap();
    }
    builder
}

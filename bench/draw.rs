//! Queries as readers of the corpus might type them, drawn by a small generator of its own: the same on every machine.

use jisou_core::Index;
use jisou_core::chars::{Class, class};
use jisou_core::ids::{PassageId, TermId};
use jisou_core::suggest::spell_term;
use pinyin::ToPinyin;
use serde::Serialize;
use std::collections::BTreeSet;

/// The kinds of queries, each with how many of twenty are of it.
pub const KINDS: [(&str, usize); 6] =
    [("substring of 1-8", 8), ("two words", 4), ("sentence", 2), ("pinyin", 2), ("misspelt", 2), ("absent", 2)];

/// A query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// What is typed.
    pub text: String,
}

/// A linear congruential generator (Knuth, MMIX), of which the high half is used.
#[derive(Debug, Clone)]
pub struct Generator(u64);

impl Generator {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Generator {
        Generator(seed)
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 32) % bound as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What queries are drawn from.
struct Source {
    chars: Vec<char>,
    text: String,
    /// Words of two Han characters and more, as often as they stand in the text.
    words: Vec<String>,
    sentences: Vec<String>,
    /// The Han characters of the text, each once.
    han: Vec<char>,
}

/// `count` queries of an index, the kinds mixed evenly.
pub fn queries(index: &Index, count: usize) -> Vec<Drawn> {
    let source = Source::new(index);
    let mut generator = Generator::new(2024);
    let kinds: Vec<&'static str> = KINDS.iter().flat_map(|&(kind, share)| vec![kind; share]).collect();
    // 7 and 20 have no common divisor: all kinds come in turn.
    let kinds = (0..count).map(|at| kinds[at * 7 % kinds.len()]);
    kinds.map(|kind| Drawn { kind, text: source.draw(kind, &mut generator) }).collect()
}

impl Source {
    fn new(index: &Index) -> Source {
        let passages = || (0..index.info().passages as u32).map(PassageId);
        let text = passages().map(|passage| index.passage_text(passage)).collect::<Vec<_>>().join("\n");
        let term = |term: TermId| spell_term(index, term);
        let words: Vec<String> = passages().flat_map(|passage| index.tokens(passage).map(&term)).collect();
        let long = |sentence: &&str| (10..=40).contains(&sentence.chars().count());
        let sentences = text.split(['。', '！', '？', '；', '!', '?', ';', '\n']).map(str::trim).filter(long);
        let han: BTreeSet<char> = text.chars().filter(|&c| class(c) == Class::Han).collect();
        Source {
            chars: text.chars().collect(),
            words: words.into_iter().filter(|word| word.chars().count() > 1 && all_han(word)).collect(),
            sentences: sentences.map(str::to_owned).collect(),
            han: han.into_iter().collect(),
            text,
        }
    }

    fn draw(&self, kind: &str, generator: &mut Generator) -> String {
        match kind {
            "two words" => format!("{} {}", generator.of(&self.words), generator.of(&self.words)),
            "sentence" => generator.of(&self.sentences).clone(),
            "pinyin" => pinyin(generator.of::<String>(&self.words), generator.below(4)),
            "misspelt" => self.nowhere(generator, Self::misspelt),
            "absent" => self.nowhere(generator, Self::absent),
            _ => self.substring(generator, 8),
        }
    }

    /// Letters and digits only, so it crosses no punctuation, blank or line end.
    fn substring(&self, generator: &mut Generator, longest: usize) -> String {
        loop {
            let at = generator.below(self.chars.len());
            let len = 1 + generator.below(longest);
            if let Some(part) = self.chars.get(at..at + len).filter(|part| part.iter().all(|c| c.is_alphanumeric())) {
                return part.iter().collect();
            }
        }
    }

    fn nowhere(&self, generator: &mut Generator, draw: impl Fn(&Self, &mut Generator) -> String) -> String {
        loop {
            let drawn = draw(self, generator);
            if !drawn.is_empty() && !self.text.contains(&drawn) {
                return drawn;
            }
        }
    }

    /// A word with a character of the same sound in the place of one of its own (two times of four), one missing, or two
    /// changed about; some with another word behind.
    fn misspelt(&self, generator: &mut Generator) -> String {
        let mut word: Vec<char> = generator.of(&self.words).chars().collect();
        let at = generator.below(word.len());
        match generator.below(4) {
            0 if word.len() > 2 => {
                word.remove(at);
            }
            1 if at > 0 => word.swap(at - 1, at),
            _ => {
                let sound = |c: char| c.to_pinyin().map(|sound| sound.plain());
                let alike: Vec<char> =
                    self.han.iter().copied().filter(|&c| c != word[at] && sound(c) == sound(word[at])).collect();
                if alike.is_empty() {
                    return String::new();
                }
                word[at] = *generator.of(&alike);
            }
        }
        if generator.below(4) == 0 {
            word.extend(generator.of(&self.words).chars());
        }
        word.into_iter().collect()
    }

    /// Characters of the text in an order in which they do not stand, characters of any text, or letters.
    fn absent(&self, generator: &mut Generator) -> String {
        let kind = generator.below(3);
        let len = 2 + generator.below(6);
        let mut character = || match kind {
            0 => *generator.of(&self.han),
            1 => char::from_u32(0x4e00 + generator.below(0x5000) as u32).unwrap_or('一'),
            _ => char::from(b'a' + generator.below(26) as u8),
        };
        (0..len).map(|_| character()).collect()
    }
}

fn all_han(word: &str) -> bool {
    word.chars().all(|c| class(c) == Class::Han)
}

/// A word in full pinyin (two times of four), by its initials, or in pinyin with blanks.
fn pinyin(word: &str, how: usize) -> String {
    let syllables = word.to_pinyin().flatten().map(|sound| sound.plain());
    match how {
        0 => syllables.filter_map(|syllable| syllable.get(..1)).collect(),
        1 => syllables.collect::<Vec<_>>().join(" "),
        _ => syllables.collect(),
    }
}

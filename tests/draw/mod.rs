//! What the native and the browser tests share: the corpus files, strings drawn from them, and answers as text.
//!
//! The draw uses a small generator of its own so that the same strings come out natively and in every browser.

// Each test binary uses a part of this.
#![allow(dead_code)]

use serde::Deserialize;

/// The recorded answers: a line for each drawn query, a hash and the query.
pub(crate) const RECORDED: &str = include_str!("../data/answers.txt");

/// How many queries are drawn for the recorded answers.
pub(crate) const QUERIES: usize = 500;

/// The files of `corpus/`: name and text.
pub(crate) const FILES: [(&str, &str); 5] = [
    ("000_8166ed53f431b5b4.txt", include_str!("../../corpus/000_8166ed53f431b5b4.txt")),
    ("001_8814436af306b0f3.txt", include_str!("../../corpus/001_8814436af306b0f3.txt")),
    ("002_e4a985cc62988f0a.txt", include_str!("../../corpus/002_e4a985cc62988f0a.txt")),
    ("003_51e1f768636169b3.txt", include_str!("../../corpus/003_51e1f768636169b3.txt")),
    ("004_9c443ab3b314252e.txt", include_str!("../../corpus/004_9c443ab3b314252e.txt")),
];

/// A string taken from a file.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    /// The name of the file.
    pub(crate) file: &'static str,
    /// The string: letters and digits only, so it crosses no punctuation, blank or line end.
    pub(crate) text: String,
}

/// A linear congruential generator (Knuth, MMIX), of which the high half is used.
struct Generator(u64);

impl Generator {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 32) % bound as u64) as usize
    }
}

/// `count` strings of 1 to 8 characters, each place of the corpus as likely as any other.
pub(crate) fn substrings(count: usize, seed: u64) -> Vec<Drawn> {
    let mut generator = Generator(seed);
    let texts: Vec<(&str, Vec<char>)> = FILES.iter().map(|(name, text)| (*name, text.chars().collect())).collect();
    let total: usize = texts.iter().map(|(_, chars)| chars.len()).sum();
    let mut drawn = Vec::with_capacity(count);
    while drawn.len() < count {
        let mut at = generator.below(total);
        let len = 1 + generator.below(8);
        let Some((file, chars)) = texts.iter().find(|(_, chars)| {
            let inside = at < chars.len();
            if !inside {
                at -= chars.len();
            }
            inside
        }) else {
            continue;
        };
        if let Some(part) = chars.get(at..at + len).filter(|part| part.iter().all(|c| c.is_alphanumeric())) {
            drawn.push(Drawn { file, text: part.iter().collect() });
        }
    }
    drawn
}

/// The queries of the recorded answers: one string, or two with a blank between them or none.
pub(crate) fn queries() -> Vec<String> {
    let joints = ["", "", " ", "\u{3000}"];
    let parts = substrings(2 * QUERIES, 2);
    let pair = |(at, pair): (usize, &[Drawn])| match at % 3 {
        0 => pair[0].text.clone(),
        _ => format!("{}{}{}", pair[0].text, joints[at % joints.len()], pair[1].text),
    };
    parts.chunks_exact(2).enumerate().map(pair).collect()
}

/// 2,000 queries: of each that is drawn itself, itself in quotation marks, itself and the next, itself without its last character.
/// `engines.test.mjs` makes the same ones.
pub(crate) fn variants() -> Vec<String> {
    let drawn = queries();
    let make = |(at, query): (usize, &String)| {
        let mut shorter = query.clone();
        shorter.pop();
        [query.clone(), format!("\"{query}\""), format!("{query} {}", drawn[(at + 1) % drawn.len()]), shorter]
    };
    drawn.iter().enumerate().flat_map(make).collect()
}

/// What is compared of an answer, in the form in which it crosses the boundary.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    /// How many pages answer.
    pub(crate) total: usize,
    /// The tier of the first hit.
    pub(crate) tier: Option<String>,
    /// The hits.
    pub(crate) hits: Vec<Hit>,
}

/// See [`Answer`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Hit {
    /// The page.
    pub(crate) id: u32,
    /// Its title.
    pub(crate) title: String,
    /// Marks of the title.
    pub(crate) title_marks: Vec<(u32, u32)>,
    /// Its tier.
    pub(crate) tier: String,
    /// Its score.
    pub(crate) score: u32,
    /// Its best sections.
    pub(crate) sections: Vec<SectionHit>,
    /// Pages that answer with the same passage.
    pub(crate) duplicates: Vec<u32>,
}

/// See [`Answer`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SectionHit {
    /// Its fragment identifier.
    pub(crate) anchor: String,
    /// Its heading.
    pub(crate) heading: String,
    /// Marks of the heading.
    pub(crate) heading_marks: Vec<(u32, u32)>,
    /// The excerpt.
    pub(crate) excerpt: String,
    /// Marks of the excerpt.
    pub(crate) marks: Vec<(u32, u32)>,
}

/// The part of `text` that a mark covers.
pub(crate) fn marked(text: &str, (start, end): (u32, u32)) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[start as usize..end as usize]).expect("a mark cuts no character in two")
}

/// The line that is recorded for a query.
pub(crate) fn line(query: &str, answer: &Answer) -> String {
    format!("{:016x} {query}", fnv1a(format!("{answer:?}").as_bytes()))
}

/// FNV-1a, 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Compares answers with the recorded ones and names the queries that differ.
pub(crate) fn check(lines: &[String]) {
    let recorded: Vec<&str> = RECORDED.lines().collect();
    assert_eq!(lines.len(), recorded.len(), "the draw has changed: record the answers again");
    let differing: Vec<&str> =
        lines.iter().zip(&recorded).filter(|(now, then)| now != *then).map(|pair| &pair.0[17..]).collect();
    assert!(
        differing.is_empty(),
        "{} of {} queries are answered differently than recorded, the first of them {:?}",
        differing.len(),
        lines.len(),
        &differing[..differing.len().min(10)]
    );
}

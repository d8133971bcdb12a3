//! An index in pieces against the whole one: what a query sends, in how many hops, and whether the answer is the same.
//!
//! usage: cut [CORPORA] [S|M|L|XL ...]     (default: ../shared/corpora, S and M)
//!
//! `QUERIES`: how many of each set, from the first; all if it is not set. `SETS`: which sets. `DIFFERENT`: also prints queries whose first ten hits differ.
//! Pieces are counted as a host sends text (brotli); what is sent is for a query of a visitor who has engine and root and nothing else,
//! with five hits shown.

use jisou_bench::corpora::Corpora;
use jisou_bench::seeds::brotli;
use jisou_bench::table::quantile;
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::chars::{Class, class};
use jisou_core::complete::{Kind, complete};
use jisou_core::cut::plan::{Answered, Cut, Step};
use jisou_core::cut::{Family, Piece, write};
use jisou_core::ids::PassageId;
use jisou_core::rank::Knobs;
use jisou_indexer::assemble::write_index;
use jisou_indexer::segment::Jieba;
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

/// The sets whose queries are asked.
const SETS: [&str; 7] = ["mixed", "known", "substr", "sentence", "trad", "pinyin", "typo"];
/// How many hits a first answer shows.
const SHOWN: usize = 5;

#[derive(Deserialize)]
struct Question {
    query: String,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "../shared/corpora".to_owned());
    let Some(corpora) = Corpora::find(&folder) else {
        println!("cut: no query sets at {folder}: nothing measured");
        return ExitCode::SUCCESS;
    };
    let mut names: Vec<String> = args.collect();
    if names.is_empty() {
        names = ["S", "M"].map(str::to_owned).to_vec();
    }
    for name in names {
        if let Err(error) = corpus(&corpora, &name) {
            eprintln!("cut: {name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn corpus(corpora: &Corpora, name: &str) -> Result<(), Box<dyn Error>> {
    let documents = corpora.documents(name)?;
    let whole = write_index(&documents, &Jieba::default())?;
    let start = Instant::now();
    let files = write::write(whole.clone())?;
    println!("\n## {name}\n\ncut in {:.1} s", start.elapsed().as_secs_f64());
    let index = Index::open(whole)?;
    let mut site = Site { pieces: HashMap::new(), loaded: Cut::open(&files.root)?, sent: 0, texts: 0, hops: 0 };
    let root = brotli(&files.root);
    let mut sizes: HashMap<Family, (usize, usize)> = HashMap::new();
    for (piece, bytes) in files.pieces {
        let sent = brotli(&bytes);
        let of_family = sizes.entry(piece.family).or_default();
        *of_family = (of_family.0 + 1, of_family.1 + sent);
        site.pieces.insert(piece, (bytes, sent));
    }
    println!("root {:.1} kB", root as f64 / 1e3);
    let mut text = String::new();
    for passage in 0..index.info().passages as u32 {
        text.push_str(&index.passage_text(PassageId(passage)));
        text.push('\n');
    }
    println!("the text, compressed as one: {:.1} kB", brotli(text.as_bytes()) as f64 / 1e3);
    for family in [Family::Keys, Family::List, Family::Text, Family::Words] {
        let (count, sent) = sizes.get(&family).copied().unwrap_or_default();
        println!("{family:?}: {count} files, {:.1} kB", sent as f64 / 1e3);
    }
    println!(
        "\n| set | queries | same ten % | same tiers % | same suggestion % | hops <= 3 % | max | sent kB mean | p95 | text | ms p50 | p95 |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let most = std::env::var("QUERIES").ok().and_then(|most| most.parse().ok()).unwrap_or(usize::MAX);
    let sets = std::env::var("SETS").ok();
    for set in SETS.into_iter().filter(|set| sets.as_ref().is_none_or(|sets| sets.contains(set))) {
        // Not every corpus has every set.
        let Ok(text) = corpora.questions(name, set) else { continue };
        let (mut same, mut tiers, mut suggestions, mut hops, mut few_hops) = (0, 0, 0, 0, 0);
        let (mut sent, mut texts, mut times) = (Vec::new(), 0, Vec::new());
        let mut different = Vec::new();
        for line in text.lines().take(most) {
            let Question { query } = serde_json::from_str(line)?;
            site.loaded = Cut::open(&files.root)?;
            (site.sent, site.texts, site.hops) = (0, 0, 0);
            site.answer(&query, SHOWN)?;
            texts += site.texts;
            sent.push(site.sent as f64 / 1e3);
            hops = hops.max(site.hops);
            few_hops += usize::from(site.hops <= 3);
            let start = Instant::now();
            site.answer(&query, SHOWN)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
            let answered = site.answer(&query, 10)?;
            let (ten, tier): (Vec<u32>, Vec<&str>) =
                answered.hits().map(|(page, _, hit)| (page, hit.tier.name())).unzip();
            let answer = index.search(&query, Options::default(), &Knobs::default());
            let suggested = [&answer, &answered.answer].map(|answer| {
                answer.suggestion.as_ref().map(|offered| (offered.suggestion.query.as_str(), offered.applied))
            });
            suggestions += usize::from(suggested[0] == suggested[1]);
            let expected: Vec<u32> = answer.hits.iter().map(|hit| hit.page.0).collect();
            let expected_tiers: Vec<&str> = answer.hits.iter().map(|hit| hit.tier.name()).collect();
            same += usize::from(ten == expected);
            tiers += usize::from(tier == expected_tiers);
            if (ten != expected || suggested[0] != suggested[1]) && different.len() < 6 {
                different.push(format!(
                    "{query} ({suggested:?})\n   {expected:?}\n   {ten:?}\n   {expected_tiers:?}\n   {tier:?}"
                ));
            }
        }
        let queries = sent.len();
        let share = |count: usize| count as f64 * 100.0 / queries as f64;
        println!(
            "| {set} | {queries} | {:.1} | {:.1} | {:.1} | {:.1} | {hops} | {:.1} | {:.1} | {:.1} | {:.2} | {:.2} |",
            share(same),
            share(tiers),
            share(suggestions),
            share(few_hops),
            sent.iter().sum::<f64>() / queries as f64,
            quantile(&mut sent, 0.95),
            texts as f64 / 1e3 / queries as f64,
            quantile(&mut times, 0.5),
            quantile(&mut times, 0.95),
        );
        if std::env::var_os("DIFFERENT").is_some() {
            different.iter().for_each(|text| println!("{text}"));
        }
    }
    match corpora.questions(name, "known") {
        Ok(titles) => completions(&titles, &index, &mut site),
        Err(_) => Ok(()),
    }
}

/// How many of the first words that complete two characters over the whole index do so over pieces, and how often that needs pieces which a
/// search for them did not.
fn completions(questions: &str, index: &Index, site: &mut Site) -> Result<(), Box<dyn Error>> {
    const WORDS: usize = 5;
    let (mut prefixes, mut words, mut shared, mut apart) = (0, 0, 0, 0);
    for line in questions.lines() {
        let Question { query } = serde_json::from_str(line)?;
        let typed: String = query.chars().take(2).collect();
        if typed.chars().any(|c| class(c) != Class::Han) {
            continue;
        }
        let whole = complete(index, &typed, 8 * WORDS).into_iter().filter(|(_, kind)| *kind == Kind::Word);
        let whole: Vec<String> = whole.map(|(word, _)| word).filter(|word| *word != typed).take(WORDS).collect();
        site.answer(&typed, SHOWN)?;
        let found = site.loaded.complete(&typed, WORDS + 1);
        prefixes += 1;
        apart += usize::from(found.is_err());
        words += whole.len();
        shared += whole.iter().filter(|word| found.as_ref().is_ok_and(|found| found.contains(word))).count();
    }
    println!(
        "\ncompletions of {prefixes} x two characters: {shared} of {words} words of the whole index, {apart} need more than a search"
    );
    Ok(())
}

/// A cut index on a host.
struct Site {
    /// Each piece, and how many bytes are sent for it.
    pieces: HashMap<Piece, (Vec<u8>, usize)>,
    loaded: Cut,
    /// Bytes sent, those of texts among them, and in how many hops.
    sent: usize,
    texts: usize,
    hops: usize,
}

impl Site {
    /// The answer to a query.
    fn answer(&mut self, query: &str, limit: usize) -> Result<Box<Answered>, Box<dyn Error>> {
        loop {
            match self.loaded.search(query, Options { limit, ..Options::default() }, &Knobs::default())? {
                Step::Needs(needs) => {
                    self.hops += 1;
                    for piece in needs {
                        let (bytes, sent) = self.pieces.get(&piece).ok_or("a piece that does not exist")?;
                        self.loaded.supply(piece, bytes)?;
                        self.sent += sent;
                        self.texts += if piece.family == Family::Text { *sent } else { 0 };
                    }
                }
                Step::Done(done) => return Ok(done),
            }
        }
    }
}

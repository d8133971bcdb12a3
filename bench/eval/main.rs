//! Does the engine find the right page? Recall, precision and ranks on query sets with known answers.
//!
//! usage: eval [CORPORA] [S|M|L ...]     (default: ../shared/corpora, all three)

mod weak;

use jisou_bench::corpora::Corpora;
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::rank::Knobs;
use jisou_core::search::Evaluation;
use jisou_indexer::assemble::write_index;
use jisou_indexer::segment::{Jieba, Segmenter};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// One line of a query set; the sets have different fields.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Question {
    query: String,
    query_nospace: String,
    query_spaced: String,
    query_initials: String,
    word: String,
    source: Option<u32>,
    relevant: Vec<u32>,
}

/// Figures over one query set.
#[derive(Default)]
struct Figures {
    queries: usize,
    recall: f64,
    precision: f64,
    /// The first hit is a relevant page.
    first: f64,
    /// Reciprocal rank of the first relevant page among the first ten; of the source where the set names one.
    reciprocal: f64,
    empty: usize,
    times: Vec<Duration>,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let folder = args.next().unwrap_or_else(|| "../shared/corpora".to_owned());
    let Some(corpora) = Corpora::find(&folder) else {
        println!("eval: no query sets at {folder}: nothing measured");
        return ExitCode::SUCCESS;
    };
    let mut names: Vec<String> = args.collect();
    if names.is_empty() {
        names = ["S", "M", "L"].map(str::to_owned).to_vec();
    }
    for name in names {
        if let Err(error) = corpus(&corpora, &name) {
            eprintln!("eval: {name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn corpus(corpora: &Corpora, name: &str) -> Result<(), Box<dyn Error>> {
    let documents = corpora.documents(name)?;
    let texts: Vec<String> = documents
        .iter()
        .map(|document| {
            let blocks = document.blocks.iter().map(|block| block.text.as_str());
            std::iter::once(document.title.as_str()).chain(blocks).collect::<Vec<_>>().join("\n")
        })
        .collect();
    let words = frequent_words(&texts);
    let start = Instant::now();
    let bytes = write_index(&documents, &Jieba::default())?;
    let built = start.elapsed();
    let start = Instant::now();
    let index = Index::open(bytes)?;
    let info = index.info();
    println!(
        "\n## {name}: {} pages, {} characters, {} terms, index {} bytes, built in {:.1} s, opened in {:.0} ms\n",
        info.pages,
        info.characters,
        info.terms,
        info.bytes,
        built.as_secs_f64(),
        start.elapsed().as_secs_f64() * 1e3
    );
    println!("| set | queries | recall | precision | hit@1 | MRR@10 | empty | p50 ms | p95 ms |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for set in ["substr", "trad", "known", "sentence", "sentence-nospace", "mixed"] {
        let text = corpora.questions(name, set.trim_end_matches("-nospace"))?;
        let mut figures = Figures::default();
        for line in text.lines() {
            let question: Question = serde_json::from_str(line)?;
            let query = if set.ends_with("nospace") { &question.query_nospace } else { &question.query };
            figures.ask(&index, query, &question, set.starts_with("sentence"));
        }
        figures.print(set);
    }
    println!("\n| set | queries | figures | p50 / p95 ms |\n|---|---|---|---|");
    let read = |set: &str| -> Result<Vec<Question>, Box<dyn Error>> {
        corpora.questions(name, set)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    };
    let questions = read("pinyin")?;
    weak::pinyin(&index, &questions, false);
    weak::pinyin(&index, &questions, true);
    weak::initials(&index, &questions);
    weak::typos(&index, &read("typo")?);
    weak::homophones(&index, &texts, &words);
    weak::absent(&index, &texts);
    Ok(())
}

/// The Han words of two to four characters that are among the 3000 most frequent.
fn frequent_words(texts: &[String]) -> Vec<(String, u32)> {
    let jieba = Jieba::default();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for word in texts.iter().flat_map(|text| jieba.segment(text)) {
        let han = word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if han && (2..=4).contains(&word.chars().count()) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut words: Vec<(String, u32)> = counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
    words.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), word.clone()));
    words.truncate(3000);
    words
}

impl Figures {
    fn ask(&mut self, index: &Index, query: &str, question: &Question, source: bool) {
        let start = Instant::now();
        let shown = index.search(query, Options::default(), &Knobs::default());
        self.times.push(start.elapsed());
        std::hint::black_box(shown);
        let ranked = ranked(index, query);
        let relevant = |page: &u32| question.relevant.contains(page);
        let found = ranked.iter().filter(|page| relevant(page)).count();
        let wanted = |page: &u32| if source { question.source == Some(*page) } else { relevant(page) };
        self.queries += 1;
        self.recall += found as f64 / question.relevant.len().max(1) as f64;
        self.precision += found as f64 / ranked.len().max(1) as f64;
        self.first += f64::from(u8::from(ranked.first().is_some_and(relevant)));
        self.reciprocal += ranked.iter().take(10).position(wanted).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        self.empty += usize::from(ranked.is_empty());
        if std::env::var_os("MISSES").is_some()
            && (!ranked.iter().take(1).any(wanted) || found < question.relevant.len())
        {
            println!(
                "  {query:?} wanted {:?} of {:?} got {:?} found {found}",
                question.source,
                &question.relevant[..question.relevant.len().min(5)],
                &ranked[..ranked.len().min(5)]
            );
        }
    }

    fn print(&mut self, set: &str) {
        let n = self.queries.max(1) as f64;
        self.times.sort_unstable();
        let time = |part: f64| self.times[((self.times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
        println!(
            "| {set} | {} | {:.4} | {:.3} | {:.4} | {:.4} | {} | {:.3} | {:.3} |",
            self.queries,
            self.recall / n,
            self.precision / n,
            self.first / n,
            self.reciprocal / n,
            self.empty,
            time(0.5),
            time(0.95)
        );
    }
}

fn ranked(index: &Index, query: &str) -> Vec<u32> {
    Evaluation::new(index, &Knobs::default(), query, true).ranked().iter().map(|h| h.page.0).collect()
}

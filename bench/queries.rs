//! How long does a query take, natively? And opening the seed index?
//!
//! usage: queries            times 2,000 mixed queries
//!        queries --list     prints them as JSON, for `browser.mjs`

use jisou_bench::draw::{Drawn, KINDS, queries};
use jisou_bench::seeds;
use jisou_bench::table::{self, Row, quantile};
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::rank::Knobs;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

const QUERIES: usize = 2000;
/// Every query is timed so often; its median counts, so that what else the machine does matters less.
const ROUNDS: usize = 5;
const OPENINGS: usize = 31;

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = seeds::read()?;
    // As the module has it: bytes that are there as long as the program is.
    let bytes: &'static [u8] = seeds.index.leak();
    let index = Index::open(bytes)?;
    let drawn = queries(&index, QUERIES);
    if std::env::args().nth(1).as_deref() == Some("--list") {
        println!("{}", serde_json::to_string(&drawn)?);
        return Ok(());
    }

    let mut opening: Vec<f64> = Vec::with_capacity(OPENINGS);
    for _ in 0..OPENINGS {
        let (time, opened) = timed(|| Index::open(bytes));
        opened?;
        opening.push(time);
    }
    let times = median_times(&index, &drawn);

    println!(
        "\nTimes depend on the machine and on what else it does. Native: each of {QUERIES} queries {ROUNDS} times, its \
         median; excerpts and marks of ten hits included."
    );
    let mut all = times.clone();
    let row = |figure, values, must| Row { figure, values, must, aim: Vec::new(), unit: "ms", decimals: 3 };
    table::print(
        "time, native",
        &[
            row("native query p50 / p99", vec![quantile(&mut all, 0.5), quantile(&mut all, 0.99)], vec![0.1, 0.5]),
            row("native opening of the index, median", vec![quantile(&mut opening, 0.5)], Vec::new()),
        ],
    );
    println!("\n| kind of query | queries | p50 ms | p99 ms | slowest ms | which |\n|---|--:|--:|--:|--:|---|");
    for (kind, _) in KINDS {
        let of_kind = || drawn.iter().zip(&times).filter(|(query, _)| query.kind == kind);
        let mut times: Vec<f64> = of_kind().map(|(_, &time)| time).collect();
        let slowest = of_kind().max_by(|a, b| a.1.total_cmp(b.1)).map_or("", |(query, _)| &query.text);
        println!(
            "| {kind} | {} | {:.3} | {:.3} | {:.3} | {slowest} |",
            times.len(),
            quantile(&mut times, 0.5),
            quantile(&mut times, 0.99),
            quantile(&mut times, 1.0)
        );
    }
    Ok(())
}

/// For each query the median of its times, in milliseconds.
fn median_times(index: &Index, drawn: &[Drawn]) -> Vec<f64> {
    let knobs = Knobs::default();
    let mut times = vec![Vec::with_capacity(ROUNDS); drawn.len()];
    for _ in 0..ROUNDS {
        for (query, times) in drawn.iter().zip(&mut times) {
            times.push(timed(|| index.search(&query.text, Options::default(), &knobs)).0);
        }
    }
    times.iter_mut().map(|times| quantile(times, 0.5)).collect()
}

/// Runs `work`: milliseconds, and what came of it.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = black_box(work());
    (start.elapsed().as_secs_f64() * 1e3, result)
}

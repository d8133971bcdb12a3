//! How long does opening the seed index take, and a query of each kind? Natively, with divan.
//!
//! Every sample of a kind answers the same 100 queries, so that its fastest and slowest tell about the machine and not about
//! the queries; how queries differ is what `queries.rs` prints.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jisou_bench::draw::{KINDS, queries};
use jisou_bench::seeds;
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::rank::Knobs;
use std::sync::LazyLock;

/// Queries of one kind in a sample.
const QUERIES: usize = 100;
/// Queries drawn: each kind is a tenth of them or more.
const DRAWN: usize = 10 * QUERIES;

static BYTES: LazyLock<&[u8]> = LazyLock::new(|| {
    let seeds = seeds::read().expect("the corpus of this repository can be indexed");
    &*seeds.index.leak()
});
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::open(*BYTES).expect("the index was just written"));

fn main() {
    divan::main();
}

#[divan::bench]
fn open(bencher: Bencher<'_, '_>) {
    let bytes = *BYTES;
    bencher.bench(|| Index::open(bytes));
}

#[divan::bench(args = KINDS.map(|(kind, _)| kind))]
fn search(bencher: Bencher<'_, '_>, kind: &str) {
    let drawn: Vec<_> = queries(&INDEX, DRAWN).into_iter().filter(|query| query.kind == kind).take(QUERIES).collect();
    let knobs = Knobs::default();
    bencher.counter(ItemsCount::new(drawn.len())).bench(|| {
        for query in &drawn {
            black_box(INDEX.search(&query.text, Options::default(), &knobs));
        }
    });
}

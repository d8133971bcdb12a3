//! What the measurements share: the seed corpus, the draw of queries, codes for lists of positions, tables.
//!
//! `make bench` runs the programs `sizes`, `layouts` and `queries` and then `browser.mjs`; each prints Markdown. `make eval` runs
//! `eval`, `make compare` runs `answers` and `compare.mjs`.

pub mod coding;
pub mod corpora;
pub mod draw;
pub mod seeds;
pub mod table;

//! What the measurements share: the seed corpus, the draw of queries, codes for lists of positions, tables.
//!
//! `make bench` runs the programs `sizes`, `layouts` and `queries` and then `browser.mjs`; each prints Markdown.

pub mod coding;
pub mod draw;
pub mod seeds;
pub mod table;

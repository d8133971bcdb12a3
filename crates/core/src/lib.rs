//! The pure core of Jisou: bytes in, hits out.
//!
//! This crate holds the index format (writer and reader of each structure side by side), text folding, query
//! evaluation, ranking and excerpts. It does no I/O, reads no clock, and knows neither JavaScript nor a segmentation
//! dictionary; it runs the same natively and as WebAssembly. `FORMAT.md` at the root of the repository describes the bytes.

pub mod alphabet;
pub mod answer;
pub mod build;
pub mod chars;
pub mod complete;
pub mod container;
#[cfg(feature = "cut")]
pub mod cut;
pub mod decode;
pub mod edits;
pub mod error;
pub mod excerpt;
pub mod facets;
pub mod ids;
pub mod index;
pub mod lattice;
pub mod loading;
pub mod nodes;
pub mod numerals;
pub mod occurrences;
pub mod order;
pub mod pages;
pub mod postings;
pub mod query;
pub mod questions;
pub mod rank;
pub mod readings;
pub mod response;
mod scoring;
pub mod search;
pub mod sections;
pub mod segment;
pub mod sound;
pub mod spelling;
pub mod spoken;
pub mod spread;
pub mod stems;
pub mod stream;
pub mod suggest;
mod syllable;
pub mod syntax;
pub mod terms;
#[cfg(test)]
mod testing;
pub mod text;
#[cfg(test)]
mod twin;
pub mod varint;

pub use error::Error;
pub use index::Index;

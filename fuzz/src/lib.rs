//! What the fuzz targets share: the promises that `tests/hard` keeps as well.

#[path = "../../tests/hard/promises.rs"]
mod promises;

pub use promises::*;

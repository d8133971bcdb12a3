//! What is promised of bytes and queries that mean harm. The tests that are ignored take minutes; `make hard` runs them, in
//! release, and collects the lines that start with `figure:` into its table.
#![cfg(not(target_arch = "wasm32"))]

mod damage;
mod format;
mod hostile;
mod promises;
mod slow;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The index that is embedded in the module.
static SEED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.jisou"));

/// Memory is counted for the whole program, so the tests that count it run one after the other.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A figure for the table of `make hard`: what was tried, how often, and how often in vain.
fn figure(what: &str, tried: usize, lost: usize) {
    println!("figure: {what} | {tried} | {lost}");
}

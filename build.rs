//! Compiles the corpus folder into the index that is embedded in the module.
//!
//! `JISOU_CORPUS` names another folder than `corpus/`; relative paths are relative to the root of the package.

use jisou_indexer::corpus::index_folder;
use jisou_indexer::segment::Jieba;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    if let Err(error) = try_main() {
        println!("cargo::error={error}");
    }
}

fn try_main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=JISOU_CORPUS");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let folder =
        root.join(env::var_os("JISOU_CORPUS").filter(|folder| !folder.is_empty()).unwrap_or_else(|| "corpus".into()));
    println!("cargo::rerun-if-changed={}", folder.display());
    let (index, corpus) = index_folder(&folder, &Jieba::default())?;
    for problem in &corpus.problems {
        println!("cargo::warning={problem}");
    }
    if !corpus.problems.is_empty() {
        println!("cargo::warning={} files indexed, {} left out", corpus.files, corpus.problems.len());
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("corpus.jisou"), index)?;
    Ok(())
}

//! Compiles the corpus folder into the index that is embedded in the module.
//!
//! `JISOU_CORPUS` names another folder than `corpus/`; relative paths are relative to the root of the package. With `-` no
//! index is embedded: such a module opens indexes that are handed to it.

use jisou_indexer::assemble::index_folder;
use jisou_indexer::segment::Jieba;
use jisou_indexer::site::SiteOptions;
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
    let output = PathBuf::from(env::var("OUT_DIR")?).join("corpus.jisou");
    let corpus = env::var_os("JISOU_CORPUS").filter(|folder| !folder.is_empty()).unwrap_or_else(|| "corpus".into());
    if corpus == "-" {
        return Ok(fs::write(output, [])?);
    }
    let folder = root.join(corpus);
    println!("cargo::rerun-if-changed={}", folder.display());
    let (index, site) = index_folder(&folder, &SiteOptions::default(), &Jieba::default())?;
    for problem in &site.problems {
        println!("cargo::warning={problem}");
    }
    if !site.problems.is_empty() {
        println!("cargo::warning={} files indexed, {} left out", site.files, site.problems.len());
    }
    Ok(fs::write(output, index)?)
}

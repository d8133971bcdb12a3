//! Compiles the corpus folder into the index that is embedded in the module; nothing without the feature `embedded`.
//!
//! `JISOU_CORPUS` names another folder than `corpus/`; relative paths are relative to the root of the package.

fn main() {
    #[cfg(feature = "embedded")]
    if let Err(error) = embedded::write_index() {
        println!("cargo::error={error}");
    }
}

#[cfg(feature = "embedded")]
mod embedded {
    use jisou_indexer::assemble::index_folder;
    use jisou_indexer::segment::Jieba;
    use jisou_indexer::site::SiteOptions;
    use std::error::Error;
    use std::path::PathBuf;
    use std::{env, fs};

    pub(crate) fn write_index() -> Result<(), Box<dyn Error>> {
        println!("cargo::rerun-if-env-changed=JISOU_CORPUS");
        let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
        let folder = root
            .join(env::var_os("JISOU_CORPUS").filter(|folder| !folder.is_empty()).unwrap_or_else(|| "corpus".into()));
        println!("cargo::rerun-if-changed={}", folder.display());
        let (index, site) = index_folder(&folder, &SiteOptions::default(), &Jieba::default())?;
        for problem in &site.problems {
            println!("cargo::warning={problem}");
        }
        if !site.problems.is_empty() {
            println!("cargo::warning={} files indexed, {} left out", site.files, site.problems.len());
        }
        fs::write(PathBuf::from(env::var("OUT_DIR")?).join("corpus.jisou"), index)?;
        Ok(())
    }
}

//! The corpora and query sets that may lie beside this repository: records and questions with known answers.

use jisou_indexer::document::Document;
use jisou_indexer::records::read_record;
use std::error::Error;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The folder of the corpora.
#[derive(Debug, Clone)]
pub struct Corpora(PathBuf);

impl Corpora {
    /// Looks for them in `folder`. `None` if there are no query sets.
    pub fn find(folder: &str) -> Option<Corpora> {
        let folder = Path::new(folder);
        folder.join("queries").is_dir().then(|| Corpora(folder.to_owned()))
    }

    /// The records of a corpus, in order: the number of a page is its place.
    ///
    /// # Errors
    /// What is wrong with the file or one of its lines.
    pub fn documents(&self, name: &str) -> Result<Vec<Document>, Box<dyn Error>> {
        let file = std::fs::File::open(self.0.join("jsonl").join(format!("{name}.jsonl.xz")))?;
        let mut text = Vec::new();
        lzma_rs::xz_decompress(&mut BufReader::new(file), &mut text)?;
        let text = String::from_utf8(text)?;
        let documents: Result<Vec<_>, _> = text.lines().enumerate().map(|(n, line)| read_record(n + 1, line)).collect();
        Ok(documents?)
    }

    /// A query set of a corpus, one JSON object a line.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn questions(&self, name: &str, set: &str) -> Result<String, Box<dyn Error>> {
        Ok(std::fs::read_to_string(self.0.join("queries").join(format!("{name}.{set}.jsonl")))?)
    }
}

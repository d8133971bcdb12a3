//! Finding the files of a site.

use super::{Cause, Problem, SiteOptions, address};
use std::path::{Path, PathBuf};

/// The largest file that is read by default, in bytes. A parsed page takes some twenty times its size in memory.
pub const MAX_BYTES: u64 = 16 << 20;

/// What a file is, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `.html`, `.htm`, `.xhtml`.
    Html,
    /// `.md`, `.markdown`.
    Markdown,
    /// `.txt`.
    Text,
}

impl Kind {
    /// The kind of files with an extension, without its dot.
    pub fn of_extension(extension: &str) -> Option<Kind> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Kind::Html,
            "md" | "markdown" => Kind::Markdown,
            "txt" => Kind::Text,
            _ => return None,
        })
    }

    fn of(path: &Path) -> Option<Kind> {
        let kind = Kind::of_extension(path.extension()?.to_str()?);
        kind.filter(|_| path.file_name().is_some_and(|name| name != "robots.txt"))
    }
}

/// A file of a site.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Its path from the root, with `/` between, fit for an address.
    pub(super) name: String,
    pub(super) kind: Kind,
}

impl File {
    /// How large the file is, if that is more than `limit`.
    pub(super) fn too_large(&self, limit: u64) -> std::io::Result<Option<u64>> {
        let bytes = std::fs::metadata(&self.path)?.len();
        Ok((bytes > limit).then_some(bytes))
    }
}

/// The files to read, in the order of their names; links are followed.
pub(super) fn find(root: &Path, options: &SiteOptions, problems: &mut Vec<Problem>) -> Result<Vec<File>, Problem> {
    let mut files = Vec::new();
    let skip: Vec<PathBuf> = options.skip.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let walk = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(|entry| {
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".") || entry.file_name() == "node_modules";
        let wanted = entry.depth() == 0 || !hidden;
        let folder = entry.file_type().is_dir() && !skip.is_empty();
        wanted && !(folder && entry.path().canonicalize().is_ok_and(|path| skip.contains(&path)))
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let (depth, is_loop) = (error.depth(), error.loop_ancestor().is_some());
                let cause = if is_loop { Cause::Loop } else { Cause::Unreadable(error.into()) };
                if depth == 0 {
                    return Err(Problem { path, cause });
                }
                problems.push(Problem { path, cause });
                continue;
            }
        };
        let Some(kind) = Kind::of(entry.path()).filter(|_| !entry.file_type().is_dir()) else { continue };
        let relative = if entry.depth() == 0 {
            Path::new(entry.file_name())
        } else {
            entry.path().strip_prefix(root).unwrap_or(entry.path())
        };
        if !options.exclude.is_match(relative) {
            files.push(File { name: address::of_path(relative), kind, path: entry.into_path() });
        }
    }
    let html = files.iter().any(|file| file.kind == Kind::Html);
    files.retain(|file| match &options.kinds {
        Some(kinds) => kinds.contains(&file.kind),
        None => !html || file.kind == Kind::Html,
    });
    Ok(files)
}

//! Writing a folder as a whole: beside its place first, then moved into it. A stopped run leaves the old folder as it was.

use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The file that shows that a folder was written by this program and may be replaced.
pub(crate) const MANIFEST: &str = "jisou.json";

/// A folder that will be written.
#[derive(Debug)]
pub(crate) struct Output {
    target: PathBuf,
}

impl Output {
    /// Makes sure, before any work is done, that `target` can be written and may be: it is not there, is empty, or was written by this program.
    pub(crate) fn new(target: &Path) -> Result<Output, Failure> {
        let fail = |error: std::io::Error| Failure::write(target, &error);
        if target.is_dir() {
            let empty = fs::read_dir(target).map_err(fail)?.next().is_none();
            if !empty && !target.join(MANIFEST).is_file() {
                return Err(Failure::usage(format_args!(
                    "{}: holds files that jisou did not write; name another folder with --output, or empty it",
                    target.display()
                )));
            }
        } else if target.exists() {
            return Err(Failure::usage(format_args!("{}: is a file; name a folder with --output", target.display())));
        }
        let output = Output { target: target.to_owned() };
        output.beside().map(|_| output)
    }

    /// A new folder beside the target, which goes when it is dropped.
    fn beside(&self) -> Result<TempDir, Failure> {
        let fail = |error: std::io::Error| Failure::write(&self.target, &error);
        let parent = self.target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(fail)?;
        tempfile::Builder::new().prefix(".jisou-").tempdir_in(parent).map_err(fail)
    }

    /// Writes the folder, with these files in it, and moves it into its place.
    pub(crate) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let fail = |error: std::io::Error| Failure::write(&self.target, &error);
        let folder = self.beside()?;
        for (name, bytes) in files {
            let written = fs::write(folder.path().join(name), bytes);
            written.map_err(|error| Failure::write(&self.target.join(name), &error))?;
        }
        open_to_readers(folder.path()).map_err(fail)?;
        let old = folder.path().with_extension("old");
        let replaced = self.target.is_dir();
        if replaced {
            fs::rename(&self.target, &old).map_err(fail)?;
        }
        if let Err(error) = fs::rename(folder.path(), &self.target) {
            if replaced {
                // Back to what was there; if even that fails, the message names the target, and the old folder lies beside it.
                let _ = fs::rename(&old, &self.target);
            }
            return Err(fail(error));
        }
        // The folder is no longer where it would be removed from.
        let _ = folder.keep();
        if replaced {
            fs::remove_dir_all(&old).map_err(|error| Failure::write(&old, &error))?;
        }
        Ok(())
    }
}

/// Temporary files and folders are closed to others; those of a site are not.
#[cfg(unix)]
pub(crate) fn open_to_readers(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Elsewhere they are as any other.
#[cfg(not(unix))]
pub(crate) fn open_to_readers(_: &Path) -> std::io::Result<()> {
    Ok(())
}

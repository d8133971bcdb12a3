//! Writing a folder as a whole: beside its place first, then moved into it. A stopped run leaves the old folder as it was, and what
//! it had begun to the next run, which removes it.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io;
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
    fn beside(&self) -> Result<Beside, Failure> {
        let fail = |error: io::Error| Failure::write(&self.target, &error);
        let parent = parent(&self.target);
        fs::create_dir_all(parent).map_err(fail)?;
        clear(parent);
        let folder = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(parent).map_err(fail)?;
        Ok(Beside { _claim: claim(folder.path()), folder })
    }

    /// Writes the folder, with these files in it or in folders of it, and moves it into its place.
    pub(crate) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let fail = |error: io::Error| Failure::write(&self.target, &error);
        let Beside { folder, _claim } = self.beside()?;
        for (name, bytes) in files {
            let file = folder.path().join(name);
            let written = fs::create_dir_all(parent(&file)).and_then(|()| fs::write(&file, bytes));
            written.map_err(|error| Failure::write(&self.target.join(name), &error))?;
        }
        open_to_readers(folder.path()).map_err(fail)?;
        if self.target.is_dir() {
            // The old folder goes with `folder`, in whose place it lies then.
            return exchange(folder.path(), &self.target).map_err(fail);
        }
        fs::rename(folder.path(), &self.target).map_err(fail)?;
        // The folder is no longer where it would be removed from.
        let _ = folder.keep();
        Ok(())
    }
}

/// A folder that is being written, and the claim to it.
struct Beside {
    folder: TempDir,
    _claim: Option<File>,
}

/// How the names of what is not finished begin. What begins with a dot is not indexed.
pub(crate) const UNFINISHED: &str = ".jisou-new-";

/// The folder that a file or folder lies in.
pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file beside its place and moves it there when it is whole; a new folder for it is made.
pub(crate) fn write_file<T>(path: &Path, write: impl FnOnce(&File) -> Result<T, Failure>) -> Result<T, Failure> {
    let fail = |error: io::Error| Failure::write(path, &error);
    let folder = parent(path);
    fs::create_dir_all(folder).map_err(fail)?;
    clear(folder);
    let beside = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder).map_err(fail)?;
    let _claim = claim(beside.path());
    let written = write(beside.as_file())?;
    open_to_readers(beside.path()).map_err(fail)?;
    beside.persist(path).map_err(|error| fail(error.error))?;
    Ok(written)
}

/// Claims a file or folder for as long as this process holds what is returned. `None` if another one has, or if that cannot be told
/// on this system.
pub(crate) fn claim(path: &Path) -> Option<File> {
    let file = File::open(path).ok()?;
    file.try_lock().ok().map(|()| file)
}

/// Removes what runs that were stopped have left in a folder: what nobody claims any more.
pub(crate) fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) && claim(&path).is_some() {
            // It is in nobody's way: what cannot be removed may stay.
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

/// Puts each of two folders in the place of the other, at once where the system can: then there is no moment without a folder.
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE) {
            // File systems of networks and of other systems do not know how.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            result => return result.map_err(io::Error::from),
        }
    }
    let old = new.with_extension("old");
    fs::rename(target, &old)?;
    if let Err(error) = fs::rename(new, target) {
        // Back to what was there; if even that fails, the message names the target, and the old folder lies beside it.
        let _ = fs::rename(&old, target);
        return Err(error);
    }
    fs::rename(&old, new)
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

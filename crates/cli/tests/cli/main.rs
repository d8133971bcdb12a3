//! The command as its users meet it: the real program, on real folders.

mod bad_input;
mod bundle;
mod generators;
mod manners;
mod parts;
mod serve;
mod stopped;

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Runs the program in a folder, without what the caller's environment says of it.
pub(crate) fn jisou(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = clean(Command::new(env!("CARGO_BIN_EXE_jisou")));
    command.current_dir(folder).args(arguments).output().expect("the program starts")
}

/// A command without what the caller's environment says to the program.
pub(crate) fn clean(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("JISOU_")) {
        command.env_remove(name);
    }
    command
}

/// Runs it, expects it to succeed, and gives what it printed.
#[track_caller]
pub(crate) fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = jisou(folder, arguments);
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "jisou {arguments:?}\n{out}\n{error}");
    out.into_owned()
}

/// Runs it, expects this exit code, and gives what it said on the standard error stream.
#[track_caller]
pub(crate) fn failed(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = jisou(folder, arguments);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "jisou {arguments:?}\n{error}");
    assert!(!error.contains("panicked"), "{error}");
    error
}

/// Runs it with `--json` and reads what it printed.
#[track_caller]
pub(crate) fn json(folder: &Path, arguments: &[&str]) -> Value {
    let text = done(folder, &[arguments, &["--json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The addresses of the hits, in order.
#[track_caller]
pub(crate) fn hits(folder: &Path, bundle: &str, query: &str) -> Vec<String> {
    let answer = json(folder, &["search", bundle, query, "--all"]);
    let hits = answer["hits"].as_array().expect("hits");
    hits.iter().map(|hit| hit["url"].as_str().expect("an address").to_owned()).collect()
}

/// A folder with files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

/// Writes a file, with the folders it lies in.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    fs::write(path, bytes).expect("a file is written");
}

//! What went wrong, said once, and the exit codes:
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | not done: the input cannot be used, or the output not written; nothing was changed |
//! | 2 | not done: arguments or configuration are wrong |
//! | 3 | done, but with `--strict` and some files could not be used |

use std::fmt;
use std::io::Write;
use std::path::Path;

/// Prints a line for the caller. Where nobody reads any more, as behind `| head`, the program ends, quietly.
macro_rules! say {
    ($($text:tt)*) => { $crate::failure::print_line(format_args!($($text)*)) };
}
pub(crate) use say;

/// What [`say`] does.
pub(crate) fn print_line(text: fmt::Arguments<'_>) {
    if let Err(error) = writeln!(std::io::stdout(), "{text}") {
        std::process::exit(if error.kind() == std::io::ErrorKind::BrokenPipe { 0 } else { 1 });
    }
}

/// Some files could not be used, and `--strict` was asked for.
pub(crate) const WITH_PROBLEMS: u8 = 3;

/// Why a command was not carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) code: u8,
    message: String,
}

impl Failure {
    /// The input cannot be used or the output not be written.
    pub(crate) fn new(message: impl fmt::Display) -> Failure {
        Failure { code: 1, message: message.to_string() }
    }

    /// Arguments or configuration are wrong.
    pub(crate) fn usage(message: impl fmt::Display) -> Failure {
        Failure { code: 2, message: message.to_string() }
    }

    /// A file cannot be read.
    pub(crate) fn read(path: &Path, error: &std::io::Error) -> Failure {
        Failure::new(format_args!(
            "{}: cannot be read ({error}); check that it exists and its permissions",
            path.display()
        ))
    }

    /// A file cannot be written.
    pub(crate) fn write(path: &Path, error: &std::io::Error) -> Failure {
        let remedy = match error.kind() {
            std::io::ErrorKind::StorageFull => "the disk is full: make room, or name another folder with --output",
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                "change its permissions, or name another folder with --output"
            }
            _ => "check the folder, or name another one with --output",
        };
        Failure::new(format_args!("{}: cannot be written ({error}); {remedy}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

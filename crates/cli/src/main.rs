//! The command `jisou`: arguments, files, progress and exit codes. What is done with texts, the indexer and the core do.

mod args;
mod assets;
mod bundle;
mod check;
mod config;
mod embed;
mod failure;
mod index;
mod inspect;
mod output;
mod part;
mod progress;
mod records;
mod report;
mod search;
mod serve;
mod texts;

use args::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            eprintln!("jisou: {failure}");
            ExitCode::from(failure.code)
        }
    }
}

/// Does what is asked for; the number is the exit code: see [`failure`].
fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let common = &arguments.common;
    match &arguments.command {
        Command::Index(options) => index::run(common, options),
        Command::Merge(options) => part::merge(common, options),
        Command::Search(options) => search::run(common, options),
        Command::Inspect(options) => inspect::run(common, options),
        Command::Serve(options) => serve::run(common, options),
        Command::Check(options) => check::run(common, options),
        Command::Embed(options) => embed::run(common, options),
        Command::Init(options) => config::init(common, options),
        Command::Completions { shell } => args::completions(*shell),
        Command::Man { command } => args::man(command.as_deref()),
    }
}

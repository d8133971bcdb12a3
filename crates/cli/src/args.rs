//! The arguments, and what is made of their description: help, completions, the manual page.

use crate::failure::Failure;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jisou_indexer::site::FileKind;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Full-text search for static sites in Chinese and other languages: one command makes a site searchable.
#[derive(Debug, Parser)]
#[command(name = "jisou", version, max_term_width = 110, after_help = EXIT_CODES, after_long_help = LONG)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 input or output cannot be used, nothing was changed; \
2 wrong arguments or configuration; 3 done, but --strict and some files could not be used.";

const LONG: &str = "Examples:
  jisou index public/                      index a built site into public/jisou/
  jisou index docs/ --output site/jisou    index a folder of Markdown
  jisou index pages.jsonl --output jisou   index records, one JSON object a line
  jisou search public/jisou 命运共同体      ask the index
  jisou init                               write jisou.toml with every option, commented

Every option can also stand in jisou.toml (see `jisou init`) or in the environment, as shown with each.
Arguments go before the environment, the environment before jisou.toml.

Exit codes:
  0  done
  1  not done: the input cannot be used, or the output not written; nothing was changed
  2  not done: arguments or configuration are wrong
  3  done, but with --strict and some files could not be used";

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Say nothing but errors
    #[arg(long, short, global = true, env = "JISOU_QUIET", help_heading = "Common options")]
    pub(crate) quiet: bool,
    /// Print the result as JSON, for programs
    #[arg(long, global = true, help_heading = "Common options")]
    pub(crate) json: bool,
    /// The configuration to read; without, jisou.toml in this folder if there is one
    #[arg(long, global = true, value_name = "FILE", env = "JISOU_CONFIG", help_heading = "Common options")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Index a site: built HTML, Markdown, texts, or records in JSON Lines
    Index(IndexArguments),
    /// Join the parts that `jisou index --part` built: the same bundle as of one build
    Merge(MergeArguments),
    /// Ask an index, natively
    Search(SearchArguments),
    /// Say what is in an index: sizes, words, what was left out, why a page stands where it stands
    Inspect(InspectArguments),
    /// Serve a site on this machine with its index: built again, and pages reloaded, on every change
    Serve(ServeArguments),
    /// Say what would be indexed of a page, or list all pages
    Check(CheckArguments),
    /// Put an index into one file: a WebAssembly module, or a page that opens by double-click
    Embed(EmbedArguments),
    /// Write jisou.toml with every option, commented
    Init(InitArguments),
    /// Print completions for a shell
    #[command(after_help = "Example:\n  jisou completions bash > ~/.local/share/bash-completion/completions/jisou")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  jisou man > /usr/local/share/man/man1/jisou.1\n  jisou man index | man -l -")]
    Man {
        /// The command; without, the page of jisou itself
        command: Option<String>,
    },
}

/// What to read, and how.
#[derive(Debug, Args, Clone, Default)]
#[command(next_help_heading = "Input options")]
pub(crate) struct InputArguments {
    /// CSS selector of the content, where a page has no data-jisou-body; without, it is found
    #[arg(long, value_name = "SELECTOR", env = "JISOU_CONTENT")]
    pub(crate) content: Option<String>,
    /// CSS selector of what is left out of the content; can be given several times
    #[arg(long, value_name = "SELECTOR", env = "JISOU_IGNORE")]
    pub(crate) ignore: Vec<String>,
    /// Files to leave out, as a pattern from the root of the site (`drafts/**`); can be given several times
    #[arg(long, value_name = "PATTERN", env = "JISOU_EXCLUDE")]
    pub(crate) exclude: Vec<String>,
    /// Kinds of files to read; without, html if there is any, else md and txt
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind, env = "JISOU_TYPES")]
    pub(crate) types: Vec<FileKind>,
    /// The largest file to read, in megabytes [default: 16]
    #[arg(long, value_name = "MB", env = "JISOU_MAX_FILE_SIZE")]
    pub(crate) max_file_size: Option<u64>,
    /// Where the site is served, put before every address (`/docs/`, `https://example.org/`); without, addresses are
    /// relative to the folder that the bundle lies in
    #[arg(long, value_name = "URL", env = "JISOU_BASE_URL")]
    pub(crate) base_url: Option<String>,
    /// Data of the pages to show with hits: date, image, description, or what pages mark [default: date,image]
    #[arg(long, value_name = "NAME", value_delimiter = ',', env = "JISOU_META")]
    pub(crate) meta: Option<Vec<String>>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a name and a value with = between are needed")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn kind(text: &str) -> Result<FileKind, String> {
    FileKind::of_extension(text).ok_or_else(|| "not one of html, md, txt".to_owned())
}

#[derive(Debug, Args, Clone)]
#[command(after_help = "Examples:
  jisou index public/
  jisou index dist --content '.vp-doc' --ignore '.badge'
  jisou index pages.jsonl --output public/jisou
  jisou index public/ --json | jq .pages")]
pub(crate) struct IndexArguments {
    /// The folder of the built site, or a file of records (.jsonl, or - for standard input)
    #[arg(value_name = "FOLDER|FILE.jsonl", env = "JISOU_SITE")]
    pub(crate) input: Option<PathBuf>,
    /// The folder to write; it is replaced as a whole [default: FOLDER/jisou]
    #[arg(long, short, value_name = "DIR", env = "JISOU_OUTPUT")]
    pub(crate) output: Option<PathBuf>,
    /// One index that is loaded as a whole, or pieces that are loaded as queries need them; without, pieces for an index of more than
    /// 8 MB
    #[arg(long, value_name = "LAYOUT", env = "JISOU_LAYOUT")]
    pub(crate) layout: Option<Layout>,
    /// Build only this part of the records, of so many, into a file; `jisou merge` joins them
    #[arg(long, value_name = "I/N", value_parser = part, conflicts_with = "layout")]
    pub(crate) part: Option<Part>,
    /// Fail with exit code 3 if some files could not be used
    #[arg(long, env = "JISOU_STRICT")]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) read: InputArguments,
}

/// Which part of the records is built: those of each `of`th line, from line `part` on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// Which, from 1.
    pub(crate) part: usize,
    /// Of how many.
    pub(crate) of: usize,
}

fn part(text: &str) -> Result<Part, String> {
    let numbers = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((part, of)) if (1..=of).contains(&part) => Ok(Part { part, of }),
        _ => Err("a part and how many there are, as in 2/8".to_owned()),
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  for i in 1 2 3 4; do jisou index pages.jsonl --part $i/4 --output parts/$i & done; wait
  jisou merge parts/* --output public/jisou")]
pub(crate) struct MergeArguments {
    /// The parts, in any order: all of them
    #[arg(value_name = "PART", required = true)]
    pub(crate) parts: Vec<PathBuf>,
    /// The folder to write; it is replaced as a whole
    #[arg(long, short, value_name = "DIR", env = "JISOU_OUTPUT")]
    pub(crate) output: Option<PathBuf>,
    /// As for `jisou index`
    #[arg(long, value_name = "LAYOUT", env = "JISOU_LAYOUT")]
    pub(crate) layout: Option<Layout>,
    /// Fail with exit code 3 if some records could not be used
    #[arg(long, env = "JISOU_STRICT")]
    pub(crate) strict: bool,
}

/// How an index is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Layout {
    /// One file: every kind of question, offline once it is loaded
    Whole,
    /// Many files: a query loads a few; no completions, no list of pages
    Cut,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jisou search public/jisou 命运共同体
  jisou search public/jisou 'guoji -中亚' --limit 3 --json")]
pub(crate) struct SearchArguments {
    /// The bundle: the folder that `jisou index` wrote, or an index file
    pub(crate) bundle: PathBuf,
    /// What to search for
    pub(crate) query: String,
    /// How many hits to show
    #[arg(long, short = 'n', default_value_t = 10)]
    pub(crate) limit: usize,
    /// How many hits to pass over first
    #[arg(long, default_value_t = 0)]
    pub(crate) offset: usize,
    /// Show every page that answers, also those that answer with the same passage as another
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Only pages with this value of a filter; can be given several times, for pages that have all
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) filter: Vec<(String, String)>,
    /// The order of the pages, in place of how well they answer
    #[arg(long, value_name = "NAME=asc|desc", value_parser = pair)]
    pub(crate) sort: Option<(String, String)>,
    /// Take the last word as it is, not as one that is still being typed
    #[arg(long)]
    pub(crate) whole_words: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jisou inspect public/jisou
  jisou inspect public/jisou --explain 生态 /guide/start.html")]
pub(crate) struct InspectArguments {
    /// The bundle: the folder that `jisou index` wrote, or an index file
    pub(crate) bundle: PathBuf,
    /// Say why a page, by its address or title, stands where it stands in the answer to a query
    #[arg(long, num_args = 2, value_names = ["QUERY", "PAGE"])]
    pub(crate) explain: Option<Vec<String>>,
    /// How many of the most frequent words to show
    #[arg(long, default_value_t = 20)]
    pub(crate) words: usize,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jisou serve public/
  jisou serve public/ --port 4000")]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    pub(crate) index: IndexArguments,
    /// The port; without, the first free one from 8000 on
    #[arg(long, env = "JISOU_PORT")]
    pub(crate) port: Option<u16>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jisou check public/                     every page with its title, and what is left out
  jisou check public/ guide/start.html    what would be indexed of this page")]
pub(crate) struct CheckArguments {
    /// The folder of the built site
    #[arg(value_name = "FOLDER", env = "JISOU_SITE")]
    pub(crate) input: Option<PathBuf>,
    /// The page, by its file or its address
    pub(crate) page: Option<String>,
    #[command(flatten)]
    pub(crate) read: InputArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  jisou embed public/jisou --html search.html
  jisou embed public/jisou --wasm search.wasm")]
#[group(required = true, multiple = true, args = ["wasm", "html"])]
pub(crate) struct EmbedArguments {
    /// The bundle: the folder that `jisou index` wrote, or an index file
    pub(crate) bundle: PathBuf,
    /// Write the engine with the index inside, for `open('FILE.wasm')` of jisou.js
    #[arg(long, value_name = "FILE")]
    pub(crate) wasm: Option<PathBuf>,
    /// Write one page with everything inside, which searches without any request
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// The title of that page
    #[arg(long, requires = "html")]
    pub(crate) title: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  jisou init && jisou index")]
pub(crate) struct InitArguments {
    /// The file to write
    #[arg(default_value = "jisou.toml")]
    pub(crate) file: PathBuf,
    /// Write it even if it exists
    #[arg(long)]
    pub(crate) force: bool,
}

/// Prints completions for a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    clap_complete::generate(shell, &mut Arguments::command(), "jisou", &mut std::io::stdout());
    Ok(0)
}

/// Prints the manual page of the program or of one of its commands.
pub(crate) fn man(command: Option<&str>) -> Result<u8, Failure> {
    let mut all = Arguments::command();
    all.build();
    let page = match command {
        None => all,
        Some(name) => all
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Failure::usage(format_args!("no command {name}; see `jisou --help`")))?,
    };
    let written = clap_mangen::Man::new(page).render(&mut std::io::stdout());
    written.map(|()| 0).map_err(|error| Failure::new(format_args!("the manual page cannot be printed: {error}")))
}

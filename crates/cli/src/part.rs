//! `jisou index --part` and `jisou merge`: an index whose pages are cut into tokens by many processes or machines.

use crate::args::{Common, IndexArguments, MergeArguments, Part};
use crate::config::Config;
use crate::failure::{Failure, WITH_PROBLEMS, say};
use crate::index;
use crate::output::{self, Output};
use crate::progress::Progress;
use crate::records::{self, Prepare, Seen};
use crate::report::Report;
use crate::texts::count;
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use jisou_indexer::assemble::{Tokenized, Writer};
use jisou_indexer::parts::{Head, PartReader, PartWriter};
use jisou_indexer::segment::Jieba;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Builds a part of the records: a file.
pub(crate) fn run(
    common: &Common,
    arguments: &IndexArguments,
    config: &Config,
    input: &Path,
    Part { part, of }: Part,
) -> Result<u8, Failure> {
    if !records::are(input) {
        let text = "--part: only records are built in parts (a .jsonl file, or -); a folder is read as a whole, since its pages tell together what repeats";
        return Err(Failure::usage(text));
    }
    let Some(target) = arguments.output.as_ref().or(config.output.as_ref()) else {
        return Err(Failure::usage("where is the part to be written? Give --output FILE"));
    };
    let fail = |error: std::io::Error| Failure::write(target, &error);
    let (name, prepare, jieba) = (records::name(input), Prepare::new(config, &arguments.read), Jieba::default());
    let jisou = env!("CARGO_PKG_VERSION").to_owned();
    let head = Head { jisou, source: name.clone(), options: prepare.options(), part, of };
    let progress = Progress::new(common.quiet || common.json);
    progress.step("indexing", 0);
    let tail = output::write_file(target, |file| {
        let packed = GzEncoder::new(BufWriter::new(file), Compression::fast());
        let mut writer = PartWriter::new(&jieba, packed, head).map_err(fail)?;
        let mine = |line| (line - 1) % of == part - 1;
        records::each(input, mine, |record| {
            progress.advance(1);
            match record {
                Ok((line, mut document)) => {
                    prepare.address(&mut document);
                    prepare.document(&mut document);
                    writer.add(line, document).map_err(fail)
                }
                Err(error) => {
                    writer.note(error.line, format!("{name}:{error}"));
                    Ok(())
                }
            }
        })?;
        let (packed, tail) = writer.finish().map_err(fail)?;
        packed.finish().and_then(|mut out| out.flush()).map_err(fail)?;
        Ok(tail)
    })?;
    progress.finish();
    for (_, problem) in &tail.problems {
        eprintln!("jisou: {problem}");
    }
    let pages = tail.records - tail.problems.len();
    if common.json {
        let problems: Vec<&String> = tail.problems.iter().map(|(_, problem)| problem).collect();
        say!(
            "{}",
            serde_json::json!({ "output": target, "part": part, "of": of, "pages": pages, "problems": problems })
        );
    } else if !common.quiet {
        say!("part {part} of {of}: {} to {}", count(pages, "page"), target.display());
    }
    let strict = arguments.strict || config.strict;
    Ok(if strict && !tail.problems.is_empty() { WITH_PROBLEMS } else { 0 })
}

/// A part that is being read, and its next page.
struct Reading {
    path: PathBuf,
    reader: PartReader<BufReader<MultiGzDecoder<BufReader<File>>>>,
    next: Option<(usize, Tokenized)>,
}

impl Reading {
    fn open(path: &Path) -> Result<Reading, Failure> {
        let file = File::open(path).map_err(|error| Failure::read(path, &error))?;
        let reader = BufReader::new(MultiGzDecoder::new(BufReader::new(file)));
        let reader =
            PartReader::open(reader).map_err(|error| Failure::new(format_args!("{}:{error}", path.display())))?;
        Ok(Reading { path: path.to_owned(), reader, next: None })
    }

    /// Goes on to the next page.
    fn advance(&mut self) -> Result<Option<(usize, Tokenized)>, Failure> {
        let next = self.reader.page().map_err(|error| Failure::new(format_args!("{}:{error}", self.path.display())))?;
        Ok(std::mem::replace(&mut self.next, next))
    }
}

/// Opens parts, and makes sure that they are all parts of one input, each of them once.
fn open_all(paths: &[PathBuf]) -> Result<Vec<Reading>, Failure> {
    let mut parts = paths.iter().map(|path| Reading::open(path)).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.reader.head.part);
    let Some(first) = parts.first().map(|part| part.reader.head.clone()) else {
        return Err(Failure::usage("which parts are to be merged?"));
    };
    if first.jisou != env!("CARGO_PKG_VERSION") {
        let text = format_args!(
            "the parts were built by jisou {}, this is {}: build them again",
            first.jisou,
            env!("CARGO_PKG_VERSION")
        );
        return Err(Failure::usage(text));
    }
    for part in &parts {
        let head = &part.reader.head;
        if (Head { part: first.part, ..head.clone() }) != first {
            return Err(Failure::usage(format_args!(
                "{}: is no part of what {} is a part of: build all parts of the same input in as many parts, with the same options",
                part.path.display(),
                parts[0].path.display()
            )));
        }
    }
    let there: Vec<usize> = parts.iter().map(|part| part.reader.head.part).collect();
    let lacking = (1..=first.of).find(|number| !there.contains(number));
    let twice = there.windows(2).find(|pair| pair[0] == pair[1]);
    match (lacking, twice) {
        (Some(number), _) => Err(Failure::usage(format_args!("part {number} of {} is missing", first.of))),
        (_, Some(pair)) => Err(Failure::usage(format_args!("part {} is there twice", pair[0]))),
        _ => Ok(parts),
    }
}

/// Merges parts into the bundle that one build writes.
pub(crate) fn merge(common: &Common, arguments: &MergeArguments) -> Result<u8, Failure> {
    let started = Instant::now();
    let config = Config::read(common)?;
    let target = arguments.output.clone().or_else(|| config.output.clone());
    let target = target.ok_or_else(|| Failure::usage("where is the index to be written? Give --output DIR"))?;
    let mut parts = open_all(&arguments.parts)?;
    let output = Output::new(&target)?;
    let mut report = Report::new(target);
    let progress = Progress::new(common.quiet || common.json);
    progress.step("indexing", 0);
    let jieba = Jieba::default();
    let (mut writer, mut seen, mut problems) = (Writer::new(&jieba), Seen::default(), Vec::new());
    let source = parts[0].reader.head.source.clone();
    for part in &mut parts {
        part.advance()?;
    }
    while let Some(part) =
        parts.iter_mut().filter(|part| part.next.is_some()).min_by_key(|part| part.next.as_ref().map(|next| next.0))
        && let Some((line, page)) = part.advance()?
    {
        match seen.again(&source, line, &page.page.info.url) {
            Some(problem) => problems.push((line, problem)),
            None => {
                report.pages += 1;
                writer.add_tokens(page).map_err(Failure::new)?;
            }
        }
        progress.advance(1);
    }
    for tail in parts.into_iter().filter_map(|part| part.reader.tail) {
        report.files += tail.records;
        report.characters += tail.characters;
        problems.extend(tail.problems);
    }
    problems.sort();
    report.problems = problems.into_iter().map(|(_, problem)| problem).collect();
    records::not_empty(&source, &report)?;
    progress.step("writing", 0);
    let built = writer.finish().map_err(Failure::new)?;
    index::write(built, arguments.layout.or(config.layout), &output, &mut report, false)?;
    progress.finish();
    report.seconds = started.elapsed().as_secs_f64();
    index::say_all(common, &report, &arguments.parts[0], arguments.strict || config.strict)
}

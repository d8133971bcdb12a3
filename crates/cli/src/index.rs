//! `jisou index`.

use crate::args::{Common, IndexArguments, Layout};
use crate::assets;
use crate::bundle::{self, Manifest};
use crate::config::Config;
use crate::failure::{Failure, WITH_PROBLEMS, say};
use crate::output::{MANIFEST, Output};
use crate::part;
use crate::progress::Progress;
use crate::records::{self, Prepare, Seen};
use crate::report::Report;
use jisou_core::cut;
use jisou_core::response::{Value, filters, sorts};
use jisou_indexer::assemble::Writer;
use jisou_indexer::document::Document;
use jisou_indexer::segment::Jieba;
use jisou_indexer::site::read_site;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// Indexes a site as the arguments and the configuration say.
pub(crate) fn run(common: &Common, arguments: &IndexArguments) -> Result<u8, Failure> {
    let config = Config::read(common)?;
    let input = arguments.input.clone().or_else(|| config.site.clone()).ok_or_else(|| {
        Failure::usage("what is to be indexed? Name the folder of the built site, as in `jisou index public/`, or write it to jisou.toml")
    })?;
    if let Some(which) = arguments.part {
        return part::run(common, arguments, &config, &input, which);
    }
    let report = build(common, arguments, &config, &input)?;
    say_all(common, &report, &input, arguments.strict || config.strict)
}

/// Says what was done; the exit code.
pub(crate) fn say_all(common: &Common, report: &Report, input: &Path, strict: bool) -> Result<u8, Failure> {
    for problem in &report.problems {
        eprintln!("jisou: {problem}");
    }
    if common.json {
        say!("{}", serde_json::to_string_pretty(report).map_err(Failure::new)?);
    } else if !common.quiet {
        report.print();
        print_snippet(input, &report.output);
    }
    Ok(if strict && !report.problems.is_empty() { WITH_PROBLEMS } else { 0 })
}

/// The lines that a page needs. They are known where the bundle lies in the site; else the folder is for the reader to say.
fn print_snippet(input: &Path, output: &Path) {
    let inside = output.strip_prefix(input).ok().map(|path| path.to_string_lossy().replace('\\', "/"));
    let folder = inside.map_or("/jisou".to_owned(), |path| format!("/{path}"));
    if assets::WHOLE.scripts.iter().any(|(name, _)| *name == "jisou-search.js") {
        say!("\nPut this where the search box is to be:");
        say!("  <script type=\"module\" src=\"{folder}/jisou-search.js\"></script>");
        say!("  <jisou-search></jisou-search>");
    } else {
        say!("\nIn a script of type module:");
        say!("  import {{ open }} from '{folder}/jisou.js';");
        say!("  const {{ hits }} = await (await open()).search('…');");
    }
}

/// Indexes `input` and writes the bundle.
pub(crate) fn build(
    common: &Common,
    arguments: &IndexArguments,
    config: &Config,
    input: &Path,
) -> Result<Report, Failure> {
    let started = Instant::now();
    let records = records::are(input);
    let target = arguments.output.clone().or_else(|| config.output.clone());
    let target = match target {
        Some(target) => target,
        None if records => {
            return Err(Failure::usage(
                "where is the index to be written? Give --output DIR: records have no folder of their own",
            ));
        }
        None if input.is_dir() => input.join("jisou"),
        None => input.with_file_name("jisou"),
    };
    let output = Output::new(&target)?;
    let progress = Progress::new(common.quiet || common.json);
    let mut report = Report::new(target.clone());
    let jieba = Jieba::default();
    let prepare = Prepare::new(config, &arguments.read);
    let mut gatherer = Gatherer { writer: Writer::new(&jieba), prepare, report: &mut report };
    if records {
        from_records(input, &mut gatherer, &progress)?;
    } else {
        let mut options = config.site_options(&arguments.read)?;
        options.skip.push(target.clone());
        progress.step("reading", 0);
        let site = read_site(input, &options, &jieba, &|files| {
            progress.parts(files);
            progress.advance(1);
        })
        .map_err(Failure::new)?;
        gatherer.report.note(&site.left_out, &site.problems);
        gatherer.report.files = site.files;
        gatherer.report.encodings = site.encodings;
        progress.step("indexing", site.documents.len());
        for document in site.documents {
            gatherer.add(document)?;
            progress.advance(1);
        }
    }
    let Gatherer { writer, .. } = gatherer;
    progress.step("writing", 0);
    let index = writer.finish().map_err(|error| Failure::new(format_args!("{}: {error}", input.display())))?;
    let relative = !records && config.base_url(&arguments.read).is_none();
    write(index, arguments.layout.or(config.layout), &output, &mut report, relative)?;
    progress.finish();
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Writes the bundle of an index. `root` says whether addresses are meant from the root of the site.
pub(crate) fn write(
    index: Vec<u8>,
    layout: Option<Layout>,
    output: &Output,
    report: &mut Report,
    root: bool,
) -> Result<(), Failure> {
    let files = files_of(index, layout, report, root)?;
    for (name, bytes) in &files {
        let named = name.split_inclusive('/').next().unwrap_or_default().to_owned();
        *report.bundle.entry(named).or_default() += bytes.len() as u64;
    }
    output.write(&files)
}

/// The largest index, compressed, that is loaded as a whole if nothing else is said, in bytes.
const WHOLE: usize = 8_000_000;

/// The file beside pieces that says what pages can be filtered and sorted by, as the API does.
const FACETS: &str = "facets.json";

/// The files of a bundle. `root` says whether addresses are meant from the root of the site.
fn files_of(
    index: Vec<u8>,
    layout: Option<Layout>,
    report: &mut Report,
    root: bool,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let packed = if layout == Some(Layout::Cut) { Vec::new() } else { bundle::pack(&index) };
    report.layout = layout.unwrap_or(if packed.len() > WHOLE { Layout::Cut } else { Layout::Whole });
    let mut files = Vec::new();
    let (mut piece_counts, mut has_facets) = (BTreeMap::new(), false);
    let (kit, name, pieces) = match report.layout {
        Layout::Whole => {
            let name = bundle::hashed_name("index", "jisou", &packed);
            files.push((name.clone(), packed));
            (&assets::WHOLE, name, None)
        }
        Layout::Cut => {
            let cut = cut::write::write(index).map_err(Failure::new)?;
            // Hosts compress what they take for text better than this program does.
            let name = bundle::hashed_name("root", "txt", &cut.root);
            // The root knows the build that the pieces belong to.
            let folder = bundle::hashed_name("pieces", "", &cut.root).trim_end_matches('.').to_owned();
            report.pieces = cut.pieces.len();
            files.push((name.clone(), cut.root));
            for (piece, bytes) in cut.pieces {
                *piece_counts.entry(piece.name()[..1].to_owned()).or_default() += 1;
                files.push((format!("{folder}/{}", bundle::piece_file(piece)), bytes));
            }
            let there = [("filters", filters(&cut.facets)), ("sorts", sorts(&cut.facets))];
            has_facets = piece_counts.contains_key("f");
            if has_facets {
                let json = crate::search::json(&Value::Object(there.into()))?;
                files.push((format!("{folder}/{FACETS}"), json.into_bytes()));
            }
            (&assets::CUT, name, Some(folder))
        }
    };
    let engine = bundle::hashed_name("engine", "wasm", kit.engine);
    let mut place = serde_json::json!({ "engine": engine, "index": name, "root": if root { "../" } else { "" } });
    if let Some(pieces) = &pieces {
        place["pieces"] = pieces.clone().into();
        if has_facets {
            place["facets"] = true.into();
        }
    }
    // The same place as the script with the other engine has it.
    let mut place_of_meant = place.clone();
    let meant = kit.meant.map(|engine| (bundle::hashed_name("meant", "wasm", engine), engine));
    if let Some((name, engine)) = &meant {
        place["meant"] = name.clone().into();
        place_of_meant["engine"] = name.clone().into();
        files.push((name.clone(), engine.to_vec()));
    }
    let manifest = Manifest {
        jisou: env!("CARGO_PKG_VERSION").to_owned(),
        index: name,
        pieces,
        piece_counts,
        engine: engine.clone(),
        meant: meant.map(|(name, _)| name),
        files: report.files,
        left_out: report.left_out.clone(),
    };
    files.push((engine, kit.engine.to_vec()));
    files.push((MANIFEST.to_owned(), serde_json::to_vec_pretty(&manifest).map_err(Failure::new)?));
    for (name, script) in kit.scripts {
        let place = if *name == assets::MEANT { &place_of_meant } else { &place };
        files.push(((*name).to_owned(), script.replace(assets::PLACE, &place.to_string()).into_bytes()));
    }
    files.extend(assets::TYPES.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
    Ok(files)
}

/// Takes documents into an index.
struct Gatherer<'a> {
    writer: Writer<'a>,
    prepare: Prepare,
    report: &'a mut Report,
}

impl Gatherer<'_> {
    fn add(&mut self, mut document: Document) -> Result<(), Failure> {
        self.prepare.document(&mut document);
        self.report.pages += 1;
        self.report.characters += document.title.chars().count();
        self.report.characters += document.blocks.iter().map(|block| block.text.chars().count()).sum::<usize>();
        self.writer.add(document).map_err(Failure::new)
    }
}

/// Indexes records as they come: no more than a batch of them is in memory besides the index.
fn from_records(input: &Path, gatherer: &mut Gatherer<'_>, progress: &Progress) -> Result<(), Failure> {
    let name = records::name(input);
    progress.step("indexing", 0);
    let mut seen = Seen::default();
    records::each(
        input,
        |_| true,
        |record| {
            gatherer.report.files += 1;
            match record {
                Ok((line, mut document)) => {
                    gatherer.prepare.address(&mut document);
                    match seen.again(&name, line, &document.url) {
                        None => gatherer.add(document)?,
                        Some(problem) => gatherer.report.problems.push(problem),
                    }
                }
                Err(error) => gatherer.report.problems.push(format!("{name}:{error}")),
            }
            progress.parts(gatherer.report.files);
            progress.advance(1);
            Ok(())
        },
    )?;
    records::not_empty(&name, gatherer.report)
}

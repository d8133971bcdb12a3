//! A site: a folder of built HTML, of Markdown, or of texts, read into documents, with what was left out and why.

mod address;
mod editions;
mod files;
mod left_out;
mod problem;
mod repeats;
mod titles;

pub(crate) use address::canonical;
pub use files::{Kind as FileKind, MAX_BYTES};
pub use left_out::{LeftOut, Reason};
pub use problem::{Cause, Problem};

use crate::document::Document;
use crate::html::{self, HtmlOptions, HtmlPage};
use crate::segment::Segmenter;
use crate::{encoding, markdown, prose};
use files::File;
use globset::GlobSet;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// What to read of a folder, and how.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// How pages of HTML are read.
    pub html: HtmlOptions,
    /// Put before the address of every page. Default: nothing, so that addresses are relative to the root of the site.
    pub base: String,
    /// Folders that are not looked into: what was built before, say.
    pub skip: Vec<PathBuf>,
    /// Files that are left out, by their path from the root of the site.
    pub exclude: GlobSet,
    /// Only these kinds of files; without, HTML if there is any, else Markdown and text.
    pub kinds: Option<Vec<FileKind>>,
    /// The largest file that is read, in bytes. Default [`MAX_BYTES`].
    pub max_bytes: u64,
}

impl Default for SiteOptions {
    fn default() -> Self {
        SiteOptions {
            html: HtmlOptions::default(),
            base: String::new(),
            skip: Vec::new(),
            exclude: GlobSet::empty(),
            kinds: None,
            max_bytes: MAX_BYTES,
        }
    }
}

/// A site that was read.
#[derive(Debug, Default)]
pub struct Site {
    /// The documents, in the order of their files' names.
    pub documents: Vec<Document>,
    /// How many files were read.
    pub files: usize,
    /// Files that are no page to be found, and why.
    pub left_out: Vec<LeftOut>,
    /// Files that could not be read; the others are not affected.
    pub problems: Vec<Problem>,
    /// How many files were not in UTF-8, by encoding.
    pub encodings: std::collections::BTreeMap<&'static str, usize>,
}

/// A file that was read, by itself.
enum Read {
    Html(Box<HtmlPage>),
    Documents(Vec<Document>),
    LeftOut(Reason),
    Failed(Cause),
}

/// Reads a folder, or one file. `done` is called after each file, with how many there are.
///
/// # Errors
/// A [`Problem`] with the folder itself: it cannot be read, or nothing in it can be used (with what was wrong with each
/// file in the first place, if anything was).
pub fn read_site(
    root: &Path,
    options: &SiteOptions,
    segmenter: &dyn Segmenter,
    done: &(dyn Fn(usize) + Sync),
) -> Result<Site, Problem> {
    let mut site = Site::default();
    let files = files::find(root, options, &mut site.problems)?;
    let read: Vec<(Read, &'static str)> = files
        .par_iter()
        .map(|file| {
            let read = read_file(file, options, segmenter);
            done(files.len());
            read
        })
        .collect();
    let mut pages = Vec::new();
    for (file, (read, encoding)) in files.into_iter().zip(read) {
        if encoding != "UTF-8" && !encoding.is_empty() {
            *site.encodings.entry(encoding).or_default() += 1;
        }
        match read {
            Read::Html(page) => pages.push((file.name, *page)),
            Read::Documents(documents) => {
                site.files += 1;
                site.documents.extend(documents);
            }
            Read::LeftOut(reason) => {
                site.files += 1;
                site.left_out.push(LeftOut { name: file.name, reason });
            }
            Read::Failed(cause) => site.problems.push(Problem { path: file.path, cause }),
        }
    }
    site.files += pages.len();
    site.documents.extend(finish(pages, &mut site.left_out));
    for document in &mut site.documents {
        document.url.insert_str(0, &options.base);
    }
    refuse_twins(&mut site);
    if site.documents.is_empty() {
        let none = Problem { path: root.to_owned(), cause: Cause::NoPages { left_out: site.left_out.len() } };
        return Err(if site.problems.is_empty() { none } else { site.problems.swap_remove(0) });
    }
    Ok(site)
}

/// What only the pages together show: what is left out, what their titles are, what repeats.
fn finish(mut pages: Vec<(String, HtmlPage)>, left_out: &mut Vec<LeftOut>) -> Vec<Document> {
    left_out::by_themselves(&mut pages, left_out);
    left_out::copies(&mut pages, left_out);
    editions::leave_out(&mut pages, left_out);
    titles::settle(&mut pages);
    repeats::remove(&mut pages);
    let mut documents = Vec::with_capacity(pages.len());
    for (name, mut page) in pages {
        for (_, image) in page.document.meta.iter_mut().filter(|(known, _)| known == "image") {
            *image = address::of_image(image, &name);
        }
        if page.document.blocks.is_empty() && page.document.title.is_empty() {
            left_out.push(LeftOut { name, reason: Reason::Empty });
        } else {
            documents.push(Document { url: address::of_page(&name), ..page.document });
        }
    }
    documents
}

/// Of pages with one address the first is kept: a hit could lead to one of them only.
fn refuse_twins(site: &mut Site) {
    let mut seen = std::collections::HashSet::new();
    let problems = &mut site.problems;
    site.documents.retain(|document| {
        let new = seen.insert(document.url.clone());
        if !new {
            problems.push(Problem { path: PathBuf::from(&document.url), cause: Cause::SameAddress });
        }
        new
    });
}

fn read_file(file: &File, options: &SiteOptions, segmenter: &dyn Segmenter) -> (Read, &'static str) {
    match file.too_large(options.max_bytes) {
        Ok(None) => {}
        Ok(Some(bytes)) => return (Read::Failed(Cause::TooLarge { bytes, limit: options.max_bytes }), ""),
        Err(error) => return (Read::Failed(Cause::Unreadable(error)), ""),
    }
    let bytes = match std::fs::read(&file.path) {
        Ok(bytes) => bytes,
        Err(error) => return (Read::Failed(Cause::Unreadable(error)), ""),
    };
    let Some(decoded) = encoding::decode(&bytes) else { return (Read::Failed(Cause::NotText), "") };
    drop(bytes);
    (read_text(file, &decoded.text, options, segmenter), decoded.encoding)
}

fn read_text(file: &File, text: &str, options: &SiteOptions, segmenter: &dyn Segmenter) -> Read {
    let documents = match file.kind {
        FileKind::Html if text.trim().is_empty() => return Read::Failed(Cause::Empty),
        FileKind::Html => {
            let page = html::read_html(&file.name, text, &options.html);
            return page.map_or(Read::Failed(Cause::TooDeep), |page| Read::Html(Box::new(page)));
        }
        FileKind::Markdown => match markdown::read_markdown(&file.name, text) {
            Ok(Some(document)) => vec![Document { url: address::of_markdown(document.url), ..document }],
            Ok(None) => return Read::LeftOut(Reason::Draft),
            Err(error) => return Read::Failed(Cause::FrontMatter(error)),
        },
        FileKind::Text => prose::read_text(&file.name, text, &|word| segmenter.is_word(word)),
    };
    let any = documents.iter().any(|document| !document.blocks.is_empty() || !document.title.is_empty());
    if any && text.chars().any(|c| !c.is_whitespace()) {
        Read::Documents(documents)
    } else {
        Read::Failed(Cause::Empty)
    }
}

/// Reads a single page as [`read_site`] would, for looking at what is found in it.
///
/// # Errors
/// A [`Problem`] with the file.
pub fn read_page(path: &Path, name: &str, options: &SiteOptions) -> Result<HtmlPage, Problem> {
    let fail = |cause| Problem { path: path.to_owned(), cause };
    let bytes = std::fs::read(path).map_err(|error| fail(Cause::Unreadable(error)))?;
    let decoded = encoding::decode(&bytes).ok_or_else(|| fail(Cause::NotText))?;
    html::read_html(name, &decoded.text, &options.html).ok_or_else(|| fail(Cause::TooDeep))
}

//! Reading newspaper pages: text that was laid out in columns and taken off the page line by line.
//!
//! Such a file has no structure but its lines. The articles of a page follow each other without a sign, sentences are cut where a
//! column ended, and a passage can stand twice, or away from its article. The reader works in steps, one file each:
//! lines into units by their form ([`lines`], [`forms`], [`names`], [`ordinals`]), units that continue each other ([`join`], [`seam`]),
//! articles with title and sections ([`settle`], [`articles`], [`titles`], [`topic`]), repeated passages ([`dedupe`]), pieces that stand apart from
//! their article ([`astray`]). Nothing is invented and nothing lost but copies; [`Span`](crate::document::Span)s lead back.

mod articles;
mod astray;
mod dedupe;
pub(crate) mod forms;
mod join;
mod lines;
mod names;
pub(crate) mod ordinals;
mod seam;
mod settle;
mod titles;
mod topic;

use crate::document::{Block, BlockKind, Document};
use crate::spans::SpanText;

use articles::{Article, Role};
use lines::Unit;

/// Cuts a newspaper page into its articles, in the order of the page.
///
/// `file_name` names the page: article `n` (from 1) of `page.txt` gets the URL `page/n`, and `source` in its data is the
/// file's name. `words` says whether a string is a word of the dictionary. A page without text has no articles; an article without a
/// title (the rest of one that began on another page, the text of a picture) has an empty one.
pub fn read_newspaper(file_name: &str, text: &str, words: &dyn Fn(&str) -> bool) -> Vec<Document> {
    let units = lines::units(text, words);
    let stem = crate::prose::file_stem(file_name);
    articles_of(&units, words)
        .iter()
        .enumerate()
        .map(|(index, article)| document(article, &units, format!("{stem}/{}", index + 1), file_name))
        .collect()
}

/// Is the text a newspaper page, or ordinary prose with paragraphs that are whole?
///
/// A page shows it by what only papers print (datelines, jump notes, reporters' bylines), by several signed articles, or by
/// words that are split between paragraphs.
pub(crate) fn is_newspaper(text: &str, words: &dyn Fn(&str) -> bool) -> bool {
    let units = lines::units(text, words);
    let order: Vec<usize> = (0..units.len()).collect();
    let continues = join::continuations(&units, &order, words);
    let count = |test: &dyn Fn(usize) -> bool| order.iter().filter(|&&unit| test(unit)).count();
    let printed = count(&|unit| {
        matches!(units[unit].form, forms::Form::Dateline | forms::Form::JumpFrom | forms::Form::JumpTo)
            || units[unit].form == forms::Form::Byline && names::is_reporter(units[unit].text)
            || units[unit].form.is_text() && forms::opens_as_dispatch(units[unit].text)
    });
    let signed = count(&|unit| units[unit].form == forms::Form::Byline);
    let joined = count(&|unit| continues[unit]);
    let split_words = count(&|unit| {
        let before = unit.checked_sub(1).map_or("", |before| units[before].text);
        continues[unit] && forms::has_sentence(before) && seam::word_across(before, units[unit].text, words)
    });
    // Lists and code, too, are full of lines without an end; but those do not split words.
    printed > 0 || signed > 1 || split_words > 1 && split_words * 4 >= joined
}

/// The articles of a page: repeated passages out, pieces that went astray back in.
fn articles_of(units: &[Unit<'_>], words: &dyn Fn(&str) -> bool) -> Vec<Article> {
    let all: Vec<usize> = (0..units.len()).collect();
    let continues = join::continuations(units, &all, words);
    let mut articles = articles::cut(units, &all, &continues, words);
    let dropped = dedupe::dropped(units, &articles, words);
    if dropped.contains(&true) {
        let order: Vec<usize> = all.into_iter().filter(|&unit| !dropped[unit]).collect();
        let continues = join::continuations(units, &order, words);
        articles = articles::cut(units, &order, &continues, words);
    }
    astray::bring_home(units, &mut articles, words);
    articles
}

/// An article as a document.
fn document(article: &Article, units: &[Unit<'_>], url: String, file_name: &str) -> Document {
    let (title, title_origin) = article
        .title
        .and_then(|unit| {
            let mut title = SpanText::default();
            title.copy(units[unit].text, units[unit].start);
            title.finish()
        })
        .unwrap_or_default();
    let mut blocks: Vec<Block> = Vec::with_capacity(article.parts.len());
    let mut open: Option<(BlockKind, SpanText)> = None;
    let mut sections = 0;
    for part in &article.parts {
        let unit = &units[part.unit];
        if part.continues
            && let Some((BlockKind::Paragraph, text)) = &mut open
        {
            append(text, unit);
            continue;
        }
        blocks.extend(open.take().and_then(|(kind, text)| text.into_block(kind)));
        let kind = match part.role {
            Role::Subtitle => BlockKind::Subtitle,
            Role::Byline => BlockKind::Byline,
            Role::Dateline => BlockKind::Dateline,
            Role::Text => BlockKind::Paragraph,
            Role::Heading(level) => {
                sections += 1;
                BlockKind::Heading { level, anchor: format!("s{sections}") }
            }
        };
        let mut text = SpanText::default();
        text.copy(unit.text, unit.start);
        open = Some((kind, text));
    }
    blocks.extend(open.take().and_then(|(kind, text)| text.into_block(kind)));
    let meta = vec![("source".to_owned(), file_name.to_owned())];
    Document { url, title, blocks, meta, title_origin, ..Document::default() }
}

/// Appends a continuation. Between two Latin words the line break was a blank; everywhere else it was nothing.
fn append(text: &mut SpanText, unit: &Unit<'_>) {
    let letters = text.text().ends_with(|c: char| c.is_ascii_alphabetic())
        && unit.text.starts_with(|c: char| c.is_ascii_alphabetic());
    if letters {
        text.supply(" ");
    }
    text.copy(unit.text, unit.start);
}

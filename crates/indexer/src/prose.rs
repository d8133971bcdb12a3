//! Reading plain text files: newspaper pages are told from ordinary prose, and prose is left as it is.

use crate::chars::{is_blank, is_final, is_finished, is_pause, sets_without_blanks};
use crate::document::{BlockKind, Document};
use crate::newspaper::{self, forms, ordinals::ordinal};
use crate::spans::SpanText;

use forms::Form;

/// Reads a text file: a newspaper page as its articles (see [`newspaper::read_newspaper`]), anything else as one document.
///
/// Of prose nothing is joined and nothing taken apart: each line is a paragraph, or each group of lines between blank lines where
/// the lines were wrapped at a width. The first line is the title if it can be one, else the file's name is; short lines
/// without a mark over a paragraph are headings. A file without text is no document.
pub fn read_text(file_name: &str, text: &str, words: &dyn Fn(&str) -> bool) -> Vec<Document> {
    let lines = lines(text);
    if lines.is_empty() {
        return Vec::new();
    }
    let wrapped = is_wrapped(&lines);
    if !wrapped && newspaper::is_newspaper(text, words) {
        return newspaper::read_newspaper(file_name, text, words);
    }
    vec![read_prose(file_name, &paragraphs(&lines, wrapped), words)]
}

/// The file's name without its last extension.
pub(crate) fn file_stem(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    match name.rfind('.') {
        Some(dot) if dot > 0 => &file_name[..file_name.len() - (name.len() - dot)],
        _ => file_name,
    }
}

/// A line of a text file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// The text without outer blanks; not empty.
    pub(crate) text: &'a str,
    /// Where it starts in the file, in bytes.
    pub(crate) start: usize,
    /// Does it stand directly under the line before, and no further to the right?
    follows: bool,
}

/// The lines that are not blank.
pub(crate) fn lines(page: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut follows, mut indent_above) = (0, false, 0);
    for line in page.split_inclusive(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let inner = line.trim_start_matches(is_blank);
        let indent = line.len() - inner.len();
        let text = inner.trim_end_matches(is_blank);
        if !text.is_empty() {
            lines.push(Line { text, start: start + indent, follows: follows && indent <= indent_above });
        }
        (follows, indent_above) = (!text.is_empty(), indent);
        start += line.len();
    }
    lines
}

/// Narrower lines than this, in columns (a Chinese character takes two), are set as they are: verse, lists.
const NARROWEST: usize = 40;

/// Were the lines of the file wrapped at a width, so that a line break means nothing?
///
/// Then nearly all lines that another one follows reach almost to the same width, few of them end a sentence, and the
/// lines that none follows do.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let width = |line: &Line<'_>| line.text.chars().map(|c| if sets_without_blanks(c) { 2 } else { 1 }).sum::<usize>();
    let inner: Vec<&Line<'_>> = lines.windows(2).filter(|pair| pair[1].follows).map(|pair| &pair[0]).collect();
    let widest = inner.iter().map(|line| width(line)).max().unwrap_or(0);
    let full = inner.iter().filter(|line| width(line) * 4 >= widest * 3).count();
    let unfinished = inner.iter().filter(|line| !is_finished(line.text)).count();
    let last = |at: usize| lines[at].follows && !lines.get(at + 1).is_some_and(|next| next.follows);
    let (ends, whole) = (0..lines.len())
        .filter(|&at| last(at))
        .fold((0, 0), |(ends, whole), at| (ends + 1, whole + usize::from(is_finished(lines[at].text))));
    whole * 4 >= ends * 3
        && inner.len() >= 3
        && (NARROWEST..=200).contains(&widest)
        && full * 5 >= inner.len() * 4
        && unfinished * 2 >= inner.len()
}

/// The paragraphs, each as the lines it is made of.
fn paragraphs<'a, 'l>(lines: &'l [Line<'a>], wrapped: bool) -> Vec<&'l [Line<'a>]> {
    let starts =
        |line: &Line<'_>| !wrapped || !line.follows || forms::heading_mark(line.text).is_some() || is_item(line.text);
    lines.chunk_by(|_, line| !starts(line)).collect()
}

/// Does a list item start here? In wrapped prose a line may start with a number by chance, so a mark must follow it.
fn is_item(text: &str) -> bool {
    ordinal(text).is_some()
        || text.starts_with(['•', '·', '●', '◆', '■'])
        || text.starts_with("- ")
        || text.starts_with("* ")
}

/// One document out of whole paragraphs.
fn read_prose(file_name: &str, paragraphs: &[&[Line<'_>]], words: &dyn Fn(&str) -> bool) -> Document {
    let follows = |at: usize| paragraphs.get(at).is_some_and(|lines| lines[0].follows);
    let form = |at: usize| match paragraphs.get(at) {
        // A mark among other lines is a comment in a piece of code.
        Some([line]) => match forms::heading_mark(line.text).filter(|_| !follows(at) && !follows(at + 1)) {
            Some((level, _)) => Form::Marked(level),
            None => forms::form(line.text, words),
        },
        _ => Form::Body,
    };
    // A file of short lines is verse or a list: nothing in it stands over anything.
    let heads = |at: usize| {
        form(at + 1).is_text()
            && paragraphs
                .get(at + 1)
                .is_some_and(|below| below.iter().any(|line| line.text.contains(is_final)) && !is_item(below[0].text))
    };
    let titled = match paragraphs {
        [[line], _, ..] => matches!(form(0), Form::Marked(_)) || could_be_title(line.text),
        _ => false,
    };
    let stem = file_stem(file_name);
    let mut document = Document {
        url: stem.to_owned(),
        title: stem.rsplit(['/', '\\']).next().unwrap_or(stem).to_owned(),
        meta: vec![("source".to_owned(), file_name.to_owned())],
        ..Document::default()
    };
    let mut sections = 0;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let form = form(at);
        let text = unwrapped(paragraph, form);
        if at == 0 && titled {
            if let Some(title) = text.finish() {
                (document.title, document.title_origin) = title;
            }
            continue;
        }
        let mut heading = |level: u8| {
            sections += 1;
            BlockKind::Heading { level, anchor: format!("s{sections}") }
        };
        let above = at.checked_sub(1).map(|above| paragraphs[above]);
        let after_text =
            above.is_none_or(|above| above.last().is_some_and(|line| is_finished(line.text)) || at == 1 && titled);
        let kind = match form {
            Form::Marked(level) => heading(level),
            Form::Display if after_text && heads(at) => heading(2),
            Form::Dashed if at == 1 && titled => BlockKind::Subtitle,
            Form::Byline if at <= 2 && titled => BlockKind::Byline,
            _ => BlockKind::Paragraph,
        };
        document.blocks.extend(text.into_block(kind));
    }
    document
}

/// Can the first line of a file be its title: short, and no sentence?
fn could_be_title(text: &str) -> bool {
    let asks = text.ends_with(['?', '!', '\u{ff1f}', '\u{ff01}']);
    text.chars().nth(60).is_none()
        && !forms::has_sentence(text)
        && !is_item(text)
        && (asks || !is_finished(text))
        && !text.ends_with(is_pause)
}

/// The text of a paragraph: its lines, with a blank between them unless they are set without.
fn unwrapped(paragraph: &[Line<'_>], form: Form) -> SpanText {
    let mut text = SpanText::default();
    for line in paragraph {
        let skip = match form {
            Form::Marked(_) => forms::heading_mark(line.text).map_or(0, |(_, skip)| skip),
            _ => 0,
        };
        let dense = |c: Option<char>| c.is_some_and(sets_without_blanks);
        let before = text.text().chars().next_back();
        if before.is_some() && !(dense(before) && dense(line.text.chars().next())) {
            text.supply(" ");
        }
        text.copy(&line.text[skip..], line.start + skip);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        let documents = read_text("books/春.txt", text, &|word| word == "形成" || word == "春天");
        assert_eq!(documents.len(), 1);
        documents.into_iter().next().unwrap()
    }

    fn texts(document: &Document) -> Vec<&str> {
        document.blocks.iter().map(|block| block.text.as_str()).collect()
    }

    #[test]
    fn prose_is_left_alone() {
        let document = read(
            "春\n\n盼望着,盼望着,东风来了。\n\n一切都像刚睡醒的样子\n\n山朗润起来了。\n\n第一节 小草\n\n小草偷偷地钻出来。",
        );
        assert_eq!(document.title, "春");
        assert_eq!(
            texts(&document),
            ["盼望着,盼望着,东风来了。", "一切都像刚睡醒的样子", "山朗润起来了。", "第一节 小草", "小草偷偷地钻出来。"]
        );
        assert_eq!(document.url, "books/春");
    }

    #[test]
    fn a_file_without_a_title_has_its_name() {
        let document = read("盼望着,东风来了。");
        assert_eq!((document.title.as_str(), document.blocks.len()), ("春", 1));
        assert!(document.title_origin.is_empty());
    }

    #[test]
    fn verse_keeps_its_lines() {
        let document = read("静夜思\n床前明月光\n疑是地上霜\n举头望明月\n低头思故乡");
        assert_eq!(texts(&document), ["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"]);
        assert!(document.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let line = "盼望着东风来了春天的脚步近了一切都像刚睡醒的样子欣欣然张开了眼";
        let document = read(&format!("{line}\n{line}\n{line}\n末。\n\nThe quick brown fox\n{line}\n末。"));
        assert_eq!(texts(&document), [format!("{line}{line}{line}末。"), format!("The quick brown fox {line}末。")]);
    }

    #[test]
    fn no_text_no_document() {
        assert!(read_text("a.txt", " \n\u{3000}\n", &|_| false).is_empty());
    }
}

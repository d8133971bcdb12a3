//! Reading Markdown: CommonMark with tables, front matter and the heading marks that documentation sites use.

mod front;
mod html;
mod slug;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::chars::sets_without_blanks;
use crate::document::{Block, BlockKind, Document, Span};
use crate::prose::file_stem;
use crate::spans::SpanText;

pub use front::FrontMatterError;
use front::{Front, Language};
use slug::Slugs;

/// Reads a Markdown file as one document; `None` if its front matter says that it is not to be found.
///
/// The title is `title` of the front matter, else the first heading of level 1, else the file's name without folder and extension;
/// a heading that repeats it is left out. The URL is the file's name without its extension. Headings have the anchors that
/// GitHub gives them, or their own: `{#id}`, `{/*id*/}`, `<a id="…">`. Every paragraph, list item, code block and table is
/// a block; the rows of a table are its lines. Tags are dropped, the text between them is kept.
///
/// # Errors
/// [`FrontMatterError`] when the front matter is not YAML or TOML.
pub fn read_markdown(file_name: &str, text: &str) -> Result<Option<Document>, FrontMatterError> {
    let body = text.trim_start_matches('\u{feff}');
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_GFM;
    let mut reader = Reader { source: body, offset: text.len() - body.len(), ..Reader::default() };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
    let front =
        reader.front.take().map(|(text, language)| front::read(text, language)).transpose()?.unwrap_or_default();
    Ok((!front.hidden).then(|| reader.into_document(file_name, front)))
}

/// What a line break in the source may turn out to be once the next character is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing between two Chinese characters, else a blank.
    Soft,
    /// A line break that is shown.
    Line,
    /// The border between two cells of a table.
    Cell,
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    /// Bytes of the file before `source`.
    offset: usize,
    blocks: Vec<Block>,
    text: SpanText,
    gap: Option<Gap>,
    /// The heading being read: level, and its explicit anchor.
    heading: Option<(u8, Option<String>)>,
    /// The front matter between its marks.
    front: Option<(&'a str, Language)>,
    in_front: Option<Language>,
    in_table: bool,
    /// Was the text so far in this line the title of a container (`::: tip Title`)?
    in_container_mark: bool,
    slugs: Slugs,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.flush();
                let id = id.map(|id| id.to_string()).or_else(|| self.commented_anchor(range));
                self.heading = Some((level_number(level), id));
            }
            Event::End(TagEnd::Heading(_)) => self.finish_heading(),
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => self.in_front = Some(Language::Yaml),
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::PlusesStyle)) => self.in_front = Some(Language::Toml),
            Event::End(TagEnd::MetadataBlock(_)) => self.in_front = None,
            Event::Start(Tag::HtmlBlock) => {
                self.flush();
                self.html(range);
            }
            Event::Start(Tag::Table(_)) => {
                self.flush();
                self.in_table = true;
            }
            Event::End(TagEnd::Table) => {
                self.in_table = false;
                self.flush();
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.gap = Some(Gap::Line),
            Event::End(TagEnd::TableCell) => self.gap = Some(Gap::Cell),
            Event::Start(tag) if !is_inline(tag.to_end()) => self.flush(),
            Event::End(tag) if !is_inline(tag) => self.flush(),
            Event::Text(text) => match self.in_front {
                // Its text comes in pieces; all of them together are front matter.
                Some(language) => {
                    let start = self
                        .front
                        .map_or(range.start, |(text, _)| text.as_ptr() as usize - self.source.as_ptr() as usize);
                    self.front = Some((&self.source[start..range.end], language));
                }
                None => self.copy(&text, range),
            },
            Event::Code(text) => {
                let within = self.source[range.clone()].find(&*text).unwrap_or(0);
                self.copy(&text, range.start + within..range.end);
            }
            Event::SoftBreak if std::mem::take(&mut self.in_container_mark) => self.gap = Some(Gap::Line),
            Event::SoftBreak => self.gap = Some(Gap::Soft),
            Event::HardBreak => self.gap = Some(Gap::Line),
            Event::InlineHtml(tag) => {
                if let Some((_, anchor @ None)) = &mut self.heading {
                    *anchor = html::anchor(&tag).map(str::to_owned);
                }
                if html::is_line_break(&tag) {
                    self.gap = Some(Gap::Line);
                }
            }
            _ => {}
        }
    }

    /// Appends text that stands in `range`, unless an entity or an escape stands there for it.
    fn copy(&mut self, text: &str, range: Range<usize>) {
        let (text, range) = self.without_container_mark(text, range);
        let Some(first) = text.chars().next() else {
            return;
        };
        match self.gap.take() {
            Some(_) if self.text.text().is_empty() => {}
            Some(Gap::Soft) => {
                let before = self.text.text().chars().next_back();
                if !(before.is_some_and(sets_without_blanks) && sets_without_blanks(first)) {
                    self.text.supply(" ");
                }
            }
            Some(Gap::Line) => self.text.supply("\n"),
            Some(Gap::Cell) => self.text.supply(" | "),
            None => {}
        }
        if self.source[range.start..].starts_with(text) {
            self.text.copy(text, self.offset + range.start);
        } else {
            self.text.supply(text);
        }
    }

    /// `::: tip Title` and `:::` of documentation sites, at the start of a line: only the title is text.
    fn without_container_mark<'t>(&mut self, text: &'t str, range: Range<usize>) -> (&'t str, Range<usize>) {
        let starts_line = self.text.text().is_empty() || self.gap.is_some();
        let rest = text.trim_start_matches(':');
        if !starts_line || text.len() - rest.len() < 3 || !self.source[range.clone()].starts_with(":::") {
            return (text, range);
        }
        self.in_container_mark = true;
        let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').trim_start();
        (rest, range.end - rest.len().min(range.len())..range.end)
    }

    /// The text of a block of raw HTML.
    fn html(&mut self, range: Range<usize>) {
        for piece in html::texts(&self.source[range.clone()]) {
            match piece {
                html::Piece::Text(within) => {
                    let at = range.start + within.start..range.start + within.end;
                    self.copy(&self.source[at.clone()], at);
                }
                html::Piece::Break => self.flush(),
            }
        }
        self.flush();
    }

    /// The anchor in `## Heading {/*anchor*/}`: a comment in MDX. The parser drops it as attributes that it does not know.
    fn commented_anchor(&self, heading: Range<usize>) -> Option<String> {
        let (_, id) = self.source[heading].trim_end().strip_suffix("*/}")?.rsplit_once("{/*")?;
        Some(id.trim().to_owned())
    }

    fn finish_heading(&mut self) {
        let Some((level, explicit)) = self.heading.take() else {
            return;
        };
        self.gap = None;
        let Some((text, origin)) = std::mem::take(&mut self.text).finish() else {
            return;
        };
        let anchor = match explicit.filter(|id| !id.is_empty()) {
            Some(id) => self.slugs.explicit(id),
            None => self.slugs.of(&text),
        };
        let kind = BlockKind::Heading { level, anchor };
        self.blocks.push(Block { kind, text, origin, ..Block::default() });
    }

    /// Ends the block being read. Inside a heading or a table nothing ends.
    fn flush(&mut self) {
        if self.heading.is_some() || self.in_table {
            return;
        }
        self.gap = None;
        self.in_container_mark = false;
        self.blocks.extend(std::mem::take(&mut self.text).into_block(BlockKind::Paragraph));
    }

    fn into_document(mut self, file_name: &str, front: Front) -> Document {
        let is_title = |block: &Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
        let first = self.blocks.iter().position(is_title);
        let (title, title_origin) = match (front.title, first) {
            (Some(title), Some(at)) if self.blocks[at].text == title => {
                self.blocks.remove(at);
                self.in_source(title)
            }
            (Some(title), _) => self.in_source(title),
            (None, Some(at)) => {
                let block = self.blocks.remove(at);
                (block.text, block.origin)
            }
            (None, None) => {
                let stem = file_stem(file_name);
                (stem.rsplit(['/', '\\']).next().unwrap_or(stem).to_owned(), Vec::new())
            }
        };
        let url = front.address.unwrap_or_else(|| file_stem(file_name).to_owned());
        let (meta, filters) = (front.meta, front.filters);
        Document { url, title, blocks: self.blocks, meta, filters, title_origin, ..Document::default() }
    }

    /// A title of the front matter, with where it stands there, if it stands there as it is.
    fn in_source(&self, title: String) -> (String, Vec<Span>) {
        let origin =
            self.source.find(&title).map(|at| Span { text_start: 0, source_start: self.offset + at, len: title.len() });
        (title, origin.into_iter().collect())
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Does the element stand inside a block?
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        let document = read_markdown("guide/start.md", text).expect("front matter").expect("not hidden");
        for block in &document.blocks {
            assert!(!block.text.is_empty() && block.text.trim() == block.text);
            for span in &block.origin {
                assert_eq!(block.text[span.text_start..][..span.len], text[span.source_start..][..span.len]);
            }
        }
        for span in &document.title_origin {
            assert_eq!(document.title[span.text_start..][..span.len], text[span.source_start..][..span.len]);
        }
        document
    }

    fn texts(text: &str) -> Vec<String> {
        read(text).blocks.into_iter().map(|block| block.text).collect()
    }

    fn anchors(text: &str) -> Vec<String> {
        read(text)
            .blocks
            .into_iter()
            .filter_map(|block| match block.kind {
                BlockKind::Heading { anchor, .. } => Some(anchor),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn titles() {
        for (text, expected) in [
            ("---\ntitle: \"快速开始\"\n---\n\n# 快速开始\n\n正文。", "快速开始"),
            ("\u{feff}+++\ntitle = '快速开始'\n+++\n正文。", "快速开始"),
            ("正文。\n\n# 快速*开始*\n", "快速开始"),
            ("正文。", "start"),
        ] {
            let document = read(text);
            assert_eq!(document.title, expected, "{text}");
            assert!(document.blocks.iter().all(|block| block.text != expected));
            assert_eq!(document.url, "guide/start");
        }
    }

    #[test]
    fn anchors_of_headings() {
        assert_eq!(anchors("## 安装 Vue.js\n## 安装 Vue.js\n"), ["安装-vuejs", "安装-vuejs-1"]);
        assert_eq!(
            anchors("## 安装 {#install}\n## 用法 {/*usage*/}\n## <a name=\"end\"></a>完"),
            ["install", "usage", "end"]
        );
    }

    #[test]
    fn blocks() {
        assert_eq!(texts("第一行\n第二行 and\nthird"), ["第一行第二行 and third"]);
        assert_eq!(texts("- 一\n- 二\n  - 三\n\n1. 四"), ["一", "二", "三", "四"]);
        assert_eq!(texts("```js\nlet a = 1;\n\nlet b;\n```"), ["let a = 1;\n\nlet b;"]);
        assert_eq!(texts("| 名 | 值 |\n|---|---|\n| `a` | 一 |"), ["名 | 值\na | 一"]);
        assert_eq!(texts("a &amp; b \\* `c` [d](e) ![f](g)  \nh"), ["a & b * c d f\nh"]);
        assert_eq!(texts("<div>\n  <p>甲</p>\n  <p>乙</p>\n</div>\n\n丙<b>丁</b>"), ["甲", "乙", "丙丁"]);
        assert_eq!(texts("<script>\nlet x;\n</script>\n\n<!-- 注 -->\n\n正文"), ["正文"]);
        assert_eq!(texts("::: tip 提示\n内容\n:::"), ["提示\n内容"]);
        assert_eq!(texts("***\n\n![](a.png)\n\n<br>"), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([甲乙a1<>/!#:|`*_~\\[\\](){}\"'=+ \t\n-]|title|<!--|script|\\PC){0,120}") {
            assert_eq!(read_markdown("a.md", &text), read_markdown("a.md", &text));
        }
    }
}

//! The text between the tags of the raw HTML that Markdown files hold.

use std::ops::Range;

/// What is left of a block of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text, as a range of the block in bytes.
    Text(Range<usize>),
    /// Two texts that do not belong together: a tag that ends a paragraph, or a blank line.
    Break,
}

/// Tags inside a line; every other tag ends what stands before it.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strong",
    "sub", "sup", "u", "var",
];

/// The texts of a block of HTML. Comments and what stands inside `<script>` and `<style>` are dropped.
pub(crate) fn texts(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let last_close = html.rfind('>');
    let text = |range: Range<usize>, pieces: &mut Vec<Piece>| {
        // A blank next to a tag is none inside a line of text, but a line break there ends it.
        let mut start = range.start;
        for line in html[range].split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let lead = if line.starts_with(' ') && !matches!(pieces.last(), Some(Piece::Text(_))) {
                    line.len() - line.trim_start().len()
                } else {
                    0
                };
                pieces.push(Piece::Text(start + lead..start + line.trim_end_matches(['\r', '\n']).len()));
            }
            if line.ends_with('\n') {
                pieces.push(Piece::Break);
            }
            start += line.len();
        }
    };
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        text(at..open, &mut pieces);
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + end + 3);
            continue;
        }
        let name = tag_name(rest);
        // Nothing is looked for that cannot be there, or many open tags would each be followed to the end.
        let closes = !name.is_empty() && last_close.is_some_and(|last| last > open);
        let Some(end) = closes.then(|| rest.find('>')).flatten() else {
            // A bare less-than sign: text up to the next one.
            let next = rest[1..].find('<').map_or(html.len(), |next| open + 1 + next);
            text(open..next, &mut pieces);
            at = next;
            continue;
        };
        at = open + end + 1;
        let lower = name.to_ascii_lowercase();
        if !INLINE.contains(&lower.as_str()) {
            pieces.push(Piece::Break);
        }
        if matches!(lower.as_str(), "script" | "style") && !rest.starts_with("</") {
            let close = format!("</{name}");
            at = html[at..].find(&close).map_or(html.len(), |end| at + end);
        }
    }
    text(at..html.len(), &mut pieces);
    pieces
}

/// The name of the tag that `html` starts with; empty if it is none.
fn tag_name(html: &str) -> &str {
    let name = html.trim_start_matches(['<', '/', '!']);
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())]
}

/// The anchor that a tag sets: `id="…"` or `name="…"`.
pub(crate) fn anchor(tag: &str) -> Option<&str> {
    let at = ["id=", "name="].iter().find_map(|key| tag.find(key).map(|at| at + key.len()))?;
    let value = tag[at..].trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ' ', '>'])?;
    (end > 0).then_some(&value[..end])
}

/// Is it `<br>`?
pub(crate) fn is_line_break(tag: &str) -> bool {
    tag_name(tag).eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(html: &str) -> String {
        texts(html)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(range) => html[range].to_owned(),
                Piece::Break => "/".to_owned(),
            })
            .collect()
    }

    #[test]
    fn texts_between_tags() {
        assert_eq!(joined("<p>甲<b>乙</b> 丙</p>"), "/甲乙 丙/");
        assert_eq!(joined("<!-- <p> -->甲<style>b{}</style>乙"), "甲//乙");
        assert_eq!(joined("1 < 2"), "1 < 2");
        assert_eq!(joined("<div\n id=\"a\">甲"), "/甲");
        assert_eq!(joined("<script>never closed"), "/");
    }

    #[test]
    fn anchors() {
        assert_eq!(anchor("<a name=\"end\">"), Some("end"));
        assert_eq!(anchor("<a id='x' href>"), Some("x"));
        assert_eq!(anchor("<b>"), None);
    }
}

//! Parsing a page no deeper than any browser shows: the rules of HTML look through all open elements at many tags, so a page of
//! nothing but opening tags, or of closing tags that close nothing, would take hours.
//!
//! Only the parser knows how deep a page nests: comments, attributes, drawings and closing tags that are ignored fool whatever
//! merely looks for tags. So it is fed piece by piece, and stopped.

use html5ever::driver;
use html5ever::tendril::TendrilSink;
use scraper::{Html, HtmlTreeSink};

/// The deepest nesting that is read. Browsers stop at 512.
pub(crate) const MAX_DEPTH: usize = 1000;

/// How many bytes are parsed before the depth is looked at again: a page is some hundred elements too deep when it is noticed.
const PIECE: usize = 1024;

/// Parses a page; `None` if it nests deeper than [`MAX_DEPTH`].
pub(crate) fn parse(text: &str) -> Option<Html> {
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), Default::default());
    let (mut rest, mut seen) = (text, 0);
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.ceil_char_boundary(PIECE.min(rest.len())));
        parser.process(piece.into());
        rest = behind;
        // Nodes stand in the order in which they were made: those of this piece are the last.
        let tree = &parser.tokenizer.sink.sink.0.borrow().tree;
        if tree.nodes().skip(seen).any(|node| node.ancestors().nth(MAX_DEPTH).is_some()) {
            return None;
        }
        seen = tree.nodes().len();
    }
    Some(parser.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let deep = |tag: &str, times: usize| tag.repeat(times);
        for (text, expected) in [
            (deep("<div>", 100_000), true),
            (deep("<font color=red>", MAX_DEPTH + 1), true),
            (deep("<div>", MAX_DEPTH - 10), false),
            (deep("<div>甲</div>", 5000), false),
            (deep("<p>甲<br><img src=a>", 5000), false),
            (format!("<script>{}</script>", deep("'<b>'+", 5000)), false),
            (format!("<svg>{}</svg>", deep("<path d=\"m\"/>", 5000)), false),
            (deep("< 1 <", 5000), false),
            // What closes nothing: no such element is open, or it is no tag.
            (deep("<span></x>", 40_000), true),
            (deep("<div></x>", 40_000), true),
            (deep("<span><!-- </span> -->", 40_000), true),
            (deep("<span title='></span>'>", 40_000), true),
            (deep("<svg><title><g>", 40_000), true),
            (deep(&format!("{}<div>{}", deep("<span>", 100), deep("</span>", 100)), 400), true),
            // One tag, whose name is long.
            (deep("<a", 300_000) + "/", false),
        ] {
            assert_eq!(parse(&text).is_none(), expected, "{}", &text[..30]);
        }
    }

    #[test]
    fn pieces_make_the_page_that_the_whole_makes() {
        let page = format!(
            "<title>题</title><p>{}<b>中</b><!-- 注 --><a href='?a=1&amp;b'>文&nbsp;</a>",
            "甲乙丙丁<i>戊</i>".repeat(900)
        );
        for start in 0..40 {
            let page = format!("{}{page}", " ".repeat(start));
            assert_eq!(parse(&page).map(|html| html.html()), Some(Html::parse_document(&page).html()));
        }
    }
}

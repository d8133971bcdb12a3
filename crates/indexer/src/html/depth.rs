//! How deep a page nests, told before it is parsed: the rules of HTML look through all open elements at many tags, so a page
//! of nothing but opening tags would take hours.

/// The deepest nesting that is read. Browsers stop at 512.
pub(crate) const MAX_DEPTH: usize = 1000;

/// Are there more than [`MAX_DEPTH`] elements open at once? Elements that need no closing tag are not counted.
pub(crate) fn is_too_deep(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += found + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closes);
        let len = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let name = text[start..start + len].to_ascii_lowercase();
        if len == 0 || UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            continue;
        }
        let end = bytes[at..].iter().position(|&byte| byte == b'>').map_or(bytes.len(), |end| at + end);
        if RAW.contains(&name.as_str()) {
            // What looks like a tag inside is none.
            let close = format!("</{name}");
            let mut ends = bytes[end..].windows(close.len());
            let skipped = ends.position(|window| window.eq_ignore_ascii_case(close.as_bytes()));
            at = skipped.map_or(bytes.len(), |skipped| end + skipped + 1);
        } else if bytes.get(end.saturating_sub(1)) != Some(&b'/') {
            depth += 1;
            if depth > MAX_DEPTH {
                return true;
            }
        }
    }
    false
}

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

/// Elements without content, and those that end where the next begins.
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option",
    "optgroup", "rt", "rp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        let deep = |tag: &str, times: usize| tag.repeat(times);
        for (text, expected) in [
            (deep("<div>", 100_000), true),
            (deep("<font color=red>", MAX_DEPTH + 1), true),
            (deep("<div>", MAX_DEPTH), false),
            (deep("<div>甲</div>", 5000), false),
            (deep("<p>甲<br><img src=a>", 5000), false),
            (format!("<script>{}</script>", deep("'<b>'+", 5000)), false),
            (deep("<path d=m/>", 5000), false),
            (deep("< 1 <", 5000), false),
        ] {
            assert_eq!(is_too_deep(&text), expected, "{}", &text[..30]);
        }
    }
}

//! From paths of files to addresses of pages, and from links to the files they mean.

use std::path::{Component, Path};

/// A relative path as the path of an address: `/` between, and what addresses give another meaning, percent-encoded.
/// Everything else stands as it is, Chinese characters too; bytes that are not UTF-8 are percent-encoded.
pub(super) fn of_path(path: &Path) -> String {
    let mut out = String::new();
    for component in path.components() {
        let Component::Normal(name) = component else { continue };
        if !out.is_empty() {
            out.push('/');
        }
        for chunk in name.as_encoded_bytes().utf8_chunks() {
            for c in chunk.valid().chars() {
                match c {
                    '%' | '?' | '#' | '\\' | '"' | '<' | '>' | ' ' | '\0'..='\x1f' | '\x7f' => {
                        out.push_str(&format!("%{:02X}", c as u32));
                    }
                    c => out.push(c),
                }
            }
            for byte in chunk.invalid() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// The address of a page of HTML: a folder for its index, else the file.
pub(super) fn of_page(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    match file.to_ascii_lowercase().as_str() {
        "index.html" | "index.htm" | "index.xhtml" if folder.is_empty() => String::new(),
        "index.html" | "index.htm" | "index.xhtml" => format!("{folder}/"),
        _ => name.to_owned(),
    }
}

/// The address of a page of Markdown, by its own word or the name of its file: a folder for its index.
pub(super) fn of_markdown(name: String) -> String {
    let name = name.trim_start_matches('/');
    let (folder, last) = name.rsplit_once('/').map_or(("", name), |(folder, last)| (folder, last));
    match last {
        "index" | "_index" | "README" if folder.is_empty() => String::new(),
        "index" | "_index" | "README" => format!("{folder}/"),
        _ => name.to_owned(),
    }
}

/// The address of a picture from the root of the site, if the page names it relative to itself; any other as it is.
pub(super) fn of_image(link: &str, page: &str) -> String {
    if link.starts_with('/') || link.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':')) {
        return link.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What is the same page however a server spells it: without host, index, extension and slash at the end.
pub(crate) fn canonical(link: &str, from: &str) -> String {
    let link = link.split(['?', '#']).next().unwrap_or_default();
    let path = match link.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => {
            rest.split_once('/').map_or("", |(_, path)| path)
        }
        _ if link.starts_with('/') => &link[1..],
        _ => {
            let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
            return tidy(&format!("{folder}/{link}"));
        }
    };
    tidy(path)
}

fn tidy(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(decoded(part)),
        }
    }
    if let Some(last) = parts.last_mut() {
        for extension in [".html", ".htm", ".xhtml"] {
            if let Some(stem) = last.strip_suffix(extension) {
                *last = stem.to_owned();
                break;
            }
        }
        if last == "index" {
            parts.pop();
        }
    }
    parts.join("/")
}

/// `part` with percent-encoding undone; as it is where that is not UTF-8.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = if first == b'%' { tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()) } else { None };
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (path, expected) in [
            ("index.html", ""),
            ("guide/index.html", "guide/"),
            ("guide/安装.html", "guide/安装.html"),
            ("a b/100%?#.html", "a%20b/100%25%3F%23.html"),
        ] {
            assert_eq!(of_page(&of_path(Path::new(path))), expected, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf_8() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(of_path(Path::new(std::ffi::OsStr::from_bytes(b"\xd6\xd0.html"))), "%D6%D0.html");
    }

    #[test]
    fn pictures() {
        for (link, expected) in [
            ("b.png", "guide/b.png"),
            ("../img/b.png?v=1", "img/b.png?v=1"),
            ("/b.png", "/b.png"),
            ("https://example.org/b.png", "https://example.org/b.png"),
            ("data:image/png;base64,xx/..", "data:image/png;base64,xx/.."),
        ] {
            assert_eq!(of_image(link, "guide/a.html"), expected, "{link}");
        }
    }

    #[test]
    fn links() {
        for (link, from, expected) in [
            ("https://example.org/a/index.html?x#y", "b.html", "a"),
            ("//example.org/a/b.html", "b.html", "a/b"),
            ("/%E5%AE%89/", "b.html", "安"),
            ("../c.html", "a/b/d.html", "a/c"),
            ("./", "a/b.html", "a"),
            ("https://example.org", "b.html", ""),
            ("%", "b.html", "%"),
        ] {
            assert_eq!(canonical(link, from), expected, "{link}");
        }
    }
}

//! Walking a parsed page without recursion: pages nest as deep as their authors, or an attacker, like.

use scraper::node::Element;
use scraper::{ElementRef, Node};

/// A node of a parsed page.
pub(crate) type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

/// What happens on the way through a tree.
pub(crate) trait Visitor {
    /// A node begins. Returns whether to go into it; what is not gone into is not left either.
    fn open(&mut self, node: NodeRef<'_>) -> bool;

    /// A node that was gone into ends.
    fn close(&mut self, node: NodeRef<'_>);
}

/// Walks through `root` and everything below it, in the order of the page.
pub(crate) fn walk(root: NodeRef<'_>, visitor: &mut dyn Visitor) {
    let mut node = root;
    loop {
        if visitor.open(node) {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            visitor.close(node);
        }
        loop {
            if node == root {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            visitor.close(node);
        }
    }
}

/// The elements below `root` that `wanted` picks, in the order of the page; what stands in one of them is not looked at.
pub(crate) fn outermost<'a>(root: NodeRef<'a>, wanted: &dyn Fn(&Element) -> bool) -> Vec<ElementRef<'a>> {
    let mut found = Vec::new();
    let mut next = root.first_child();
    while let Some(node) = next {
        let element = ElementRef::wrap(node).filter(|element| wanted(element.value()));
        let child = if element.is_some() { None } else { node.first_child() };
        found.extend(element);
        next = child.or_else(|| {
            let mut node = node;
            loop {
                if node == root {
                    return None;
                }
                if let Some(sibling) = node.next_sibling() {
                    return Some(sibling);
                }
                node = node.parent()?;
            }
        });
    }
    found
}

/// The text of an element as one line: runs of blanks are one, none at the ends.
pub(crate) fn line(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    squeeze(&text)
}

/// `text` with every run of blanks as one, and none at the ends.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// An attribute that is there and not blank.
pub(crate) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attr(name).map(str::trim).filter(|value| !value.is_empty())
}

/// `data-jisou-NAME`, or `data-pagefind-NAME`, which means the same.
pub(crate) fn data<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    // Nearly no element has such an attribute: look before putting names together.
    let mut attrs = element.attrs().filter(|(key, _)| key.starts_with("data-"));
    attrs
        .find(|(key, _)| {
            let rest = key.strip_prefix("data-jisou-").or(key.strip_prefix("data-pagefind-"));
            rest == Some(name)
        })
        .map(|(_, value)| value)
}

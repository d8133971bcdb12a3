//! Any bytes as a page of HTML.
#![no_main]

use jisou_fuzz::{block, bounded};
use jisou_indexer::encoding::decode;
use jisou_indexer::html::{HtmlOptions, read_html};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(decoded) = decode(data) else { return };
    let read = || read_html("a/b.html", &decoded.text, &HtmlOptions::default());
    let page = bounded(data.len(), 4096, 4 << 20, read);
    let again = read();
    assert_eq!(page.as_ref().map(|page| &page.document), again.as_ref().map(|page| &page.document));
    let Some(page) = page else { return };
    assert_eq!(page.links.len(), page.document.blocks.len());
    page.document.blocks.iter().for_each(|read| block(read, None));
});

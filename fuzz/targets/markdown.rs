//! Any text as Markdown, front matter included.
#![no_main]

use jisou_fuzz::{block, bounded};
use jisou_indexer::markdown::read_markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let read = || read_markdown("a/b.md", text);
    let document = bounded(text.len(), 4096, 4 << 20, read);
    assert_eq!(document, read());
    if let Ok(Some(document)) = document {
        document.blocks.iter().for_each(|read| block(read, Some(text)));
    }
});

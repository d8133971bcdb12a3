//! Arbitrary bytes as an index, and as one section of an index whose other sections and checksums are sound.
#![no_main]

use jisou_fuzz::{SMALL, open, sections, use_up, written};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&which, bytes)) = data.split_first() else { return };
    let mut sections = sections(SMALL);
    let made = match sections.get_mut(usize::from(which)) {
        Some(section) => {
            section.bytes = bytes.to_vec();
            written(&sections)
        }
        None => bytes.to_vec(),
    };
    if let Ok(index) = open(&made) {
        use_up(&index);
    }
});

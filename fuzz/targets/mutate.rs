//! A sound index with changes to the bytes of its sections, and checksums that fit.
#![no_main]

use arbitrary::Arbitrary;
use jisou_fuzz::{SMALL, open, sections, use_up, written};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
enum Change {
    Flip(u8),
    Set(u8),
    Insert(u8),
    Remove(u8),
    /// So many bytes from there once more.
    Repeat(u16, u8),
}

#[derive(Debug, Arbitrary)]
struct Edit {
    section: u8,
    at: u16,
    change: Change,
}

fuzz_target!(|edits: Vec<Edit>| {
    let mut sections = sections(SMALL);
    for Edit { section, at, change } in edits {
        let count = sections.len();
        let bytes = &mut sections[usize::from(section) % count].bytes;
        let at = usize::from(at) % (bytes.len() + 1);
        match change {
            Change::Flip(bit) => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (bit % 8)),
            Change::Set(value) => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = value),
            Change::Insert(value) => bytes.insert(at, value),
            Change::Remove(len) => drop(bytes.drain(at..bytes.len().min(at + usize::from(len)))),
            Change::Repeat(from, len) => {
                let part: Vec<u8> = bytes.iter().skip(usize::from(from)).take(usize::from(len)).copied().collect();
                bytes.splice(at..at, part);
            }
        }
    }
    if let Ok(index) = open(&written(&sections)) {
        use_up(&index);
    }
});

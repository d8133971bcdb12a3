//! Any bytes as a file of records, and each line by itself.
#![no_main]

use jisou_fuzz::{block, bounded};
use jisou_indexer::records::read_records;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let read = || -> Vec<_> { read_records(data, |_| true).flat_map(|batch| batch.expect("memory can be read")).collect() };
    let records = bounded(data.len(), 4096, 4 << 20, read);
    let lines = data.split(|&byte| byte == b'\n').count();
    assert!(records.len() <= lines);
    for (first, second) in records.iter().zip(read()) {
        match (first, second) {
            (Ok(first), Ok(second)) => assert_eq!(*first, second),
            (Err(first), Err(second)) => assert_eq!(first.to_string(), second.to_string()),
            _ => panic!("a line that is a record is one the second time"),
        }
    }
    for (line, document) in records.into_iter().flatten() {
        assert!((1..=lines).contains(&line));
        document.blocks.iter().for_each(|read| block(read, None));
    }
});

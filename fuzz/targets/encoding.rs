//! Any bytes as a text of unknown encoding, and texts that were encoded and say how.
#![no_main]

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};
use jisou_fuzz::bounded;
use jisou_indexer::encoding::decode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let decoded = bounded(data.len(), 64, 1 << 20, || decode(data));
    assert_eq!(decoded, decode(data));
    let Ok(text) = std::str::from_utf8(data) else { return };
    if !text.contains('\0') && !text.starts_with('\u{feff}') {
        assert_eq!(decoded.as_ref().map(|decoded| decoded.text.as_str()), Some(text));
    }
    for encoding in [GBK, GB18030, BIG5] {
        encoded(text, encoding);
    }
});

/// A page that says its encoding comes back as it was, unless its bytes are UTF-8 as well, which goes first.
fn encoded(text: &str, encoding: &'static Encoding) {
    let page = format!("<meta charset={}>{text}", encoding.name());
    let (bytes, _, lossy) = encoding.encode(&page);
    if lossy || bytes.contains(&0) || std::str::from_utf8(&bytes).is_ok() {
        return;
    }
    let decoded = decode(&bytes).expect("text");
    assert_ne!(decoded.encoding, UTF_8.name());
    // A few characters share their bytes with others: compared are the bytes that both become.
    assert_eq!(encoding.encode(&decoded.text).0, bytes);
}

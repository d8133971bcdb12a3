//! From the bytes of a file to text: which encoding it is in, by what it says and by what it holds.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a file is looked at for a declaration: the HTML standard's 1,024 bytes.
const PRESCAN: usize = 1024;

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding it was in, as the Encoding Standard spells it: `UTF-8`, `GBK`.
    pub encoding: &'static str,
    /// Whether some bytes stood for no character and became U+FFFD.
    pub damaged: bool,
}

/// Decodes a file. `None` if it is not text: it holds zero bytes and is not UTF-16.
///
/// In this order: a byte order mark; UTF-8 if the bytes are valid UTF-8, whatever the file says, since other text is so only
/// by accident; UTF-16 by its zero bytes; the encoding that `<meta charset>` or an XML declaration names, if the bytes are
/// valid in it; else the likeliest by statistics.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(decode_as(encoding, &bytes[mark..]));
    }
    if !bytes.contains(&0)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Some(Decoded { text: text.to_owned(), encoding: UTF_8.name(), damaged: false });
    }
    if bytes.contains(&0) {
        return utf_16(bytes).map(|encoding| decode_as(encoding, bytes));
    }
    let declared = declared(&bytes[..bytes.len().min(PRESCAN)]).map(|encoding| decode_as(encoding, bytes));
    if let Some(decoded) = declared
        && !decoded.damaged
    {
        return Some(decoded);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Some(decode_as(detector.guess(None, Utf8Detection::Allow), bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), damaged }
}

/// Text in UTF-16 has many characters below U+0100 (blanks, markup), whose other byte is zero: always the same one.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    let many = |zeros: usize, others: usize| zeros * 20 >= bytes.len() / 2 && others * 20 <= zeros;
    match (many(high, low), many(low, high)) {
        (true, _) => Some(UTF_16BE),
        (_, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding named in `<meta charset=…>`, `<meta http-equiv content="…charset=…">` or `<?xml encoding="…"?>`.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    for name in [&b"charset"[..], b"encoding"] {
        for at in lower.windows(name.len()).enumerate().filter(|(_, window)| *window == name).map(|(at, _)| at) {
            let rest = lower[at + name.len()..].trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
            let label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.');
            let end = rest.iter().position(|b| !label(b)).unwrap_or(rest.len());
            // As in the standard: a file whose declaration can be read at all is not in UTF-16.
            if let Some(encoding) = Encoding::for_label(&rest[..end]).filter(|e| e.is_ascii_compatible()) {
                return Some(encoding);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030, GBK};

    const PROSE: &str =
        "春天的脚步近了,一切都像刚睡醒的样子,欣欣然张开了眼。山朗润起来了,水涨起来了,太阳的脸红起来了。";
    const TRADITIONAL: &str =
        "春天的腳步近了,一切都像剛睡醒的樣子,欣欣然張開了眼。山朗潤起來了,水漲起來了,太陽的臉紅起來了。";

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes).expect("text");
        assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.damaged), (text, encoding, false));
    }

    #[test]
    fn by_mark_declaration_and_content() {
        check(PROSE.as_bytes(), PROSE, "UTF-8");
        check(format!("\u{feff}{PROSE}").as_bytes(), PROSE, "UTF-8");
        check(&GBK.encode(PROSE).0, PROSE, "GBK");
        check(&BIG5.encode(TRADITIONAL).0, TRADITIONAL, "Big5");
        for (encoding, label) in [(GBK, "gb2312"), (BIG5, "big5"), (GB18030, "gb18030")] {
            let page = format!("<html><meta charset=\"{label}\"><p>中");
            check(&encoding.encode(&page).0, &page, encoding.name());
        }
    }

    #[test]
    fn utf_16_with_and_without_a_mark() {
        let page = format!("<html><head><title>春</title></head><body><p>{PROSE}</p></body></html>\n");
        let units: Vec<u16> = page.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        check(&little, &page, "UTF-16LE");
        check(&big, &page, "UTF-16BE");
        check(&[&[0xff, 0xfe], &little[..]].concat(), &page, "UTF-16LE");
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        let page = format!("<meta charset=gbk><p>{PROSE}");
        check(page.as_bytes(), &page, "UTF-8");
        let page = format!("<meta charset=utf-8><p>{PROSE}");
        check(&GBK.encode(&page).0, &page, "GBK");
    }

    #[test]
    fn bytes_that_are_no_text() {
        assert_eq!(decode(&[0x89, b'P', b'N', b'G', 0, 0, 0, 13, 1, 2, 3, 4, 5, 6, 7, 8]), None);
        assert_eq!(decode(b"").map(|decoded| decoded.text), Some(String::new()));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}

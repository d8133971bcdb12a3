//! Numbers for people.

/// `1.2 MB`, `34.5 kB`, `678 B`; 1 kB is 1000 bytes.
pub(crate) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// `1 page`, `2 pages`, `1,234 pages`.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// `1,234,567`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many columns of a terminal a text takes: two for a Chinese character.
pub(crate) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if ('\u{1100}'..='\u{115f}').contains(&c) || ('\u{2e80}'..='\u{ffe6}').contains(&c) || c > '\u{1f000}' {
                2
            } else {
                1
            }
        })
        .sum()
}

/// `text`, cut to so many columns.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// `text` with blanks behind it up to so many columns.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        assert_eq!(
            (bytes(999), bytes(34_549), bytes(12_000_000)),
            ("999 B".into(), "34.5 kB".into(), "12.0 MB".into())
        );
        assert_eq!((count(1, "page"), count(1_234_567, "page")), ("1 page".into(), "1,234,567 pages".into()));
        assert_eq!(
            (cut("中国ab", 6), cut("中国ab", 5), padded("中", 4)),
            ("中国ab".into(), "中国…".into(), "中  ".into())
        );
    }
}

//! Dates as people and programs write them.

/// The first date in `text`, as `YYYY-MM-DD`; with ` HH:MM` behind it where an ISO time follows. `None` if there is none.
///
/// Understood are `2024-05-06`, `2024-05-06T07:08:09Z`, `2024/5/6`, `2024.5.6`, `2024年5月6日`, `20240506`. Years are 1000 to 2999; days
/// that the calendar does not have are no dates. Time zones are not looked at: the date is the one that is written.
pub fn find_date(text: &str) -> Option<String> {
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| start + at) {
        let digits = digits(&text[start..]);
        if let Some(date) = date_at(&text[start..], digits) {
            return Some(date);
        }
        at = start + digits;
    }
    None
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn date_at(text: &str, len: usize) -> Option<String> {
    let number = |text: &str| text.parse::<u32>().ok();
    let (year, month, day, rest) = match len {
        8 => (number(&text[..4])?, number(&text[4..6])?, number(&text[6..8])?, &text[8..]),
        4 => {
            let (mark, rest) = after(&text[4..], &['-', '/', '.', '年'])?;
            let month = digits(rest);
            let (_, tail) = after(rest.get(month..)?, if mark == '年' { &['月'] } else { &['-', '/', '.'] })?;
            let day = digits(tail);
            (number(&text[..4])?, number(rest.get(..month)?)?, number(&tail[..day])?, &tail[day..])
        }
        _ => return None,
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !(1000..3000).contains(&year) || day == 0 || day > days {
        return None;
    }
    let time = rest.strip_prefix(['T', ' ']).and_then(time).unwrap_or_default();
    Some(format!("{year:04}-{month:02}-{day:02}{time}"))
}

/// One of `marks`, with blanks around it, and what follows.
fn after<'t>(text: &'t str, marks: &[char]) -> Option<(char, &'t str)> {
    let text = text.trim_start_matches(' ');
    let mark = text.chars().next().filter(|mark| marks.contains(mark))?;
    Some((mark, text[mark.len_utf8()..].trim_start_matches(' ')))
}

/// `07:08`, with a blank before it.
fn time(text: &str) -> Option<String> {
    let (hours, minutes) = (text.get(..2)?, text.get(3..5)?);
    let valid = |text: &str, limit: u32| text.parse::<u32>().is_ok_and(|number| number < limit);
    (text[2..].starts_with(':') && valid(hours, 24) && valid(minutes, 60)).then(|| format!(" {hours}:{minutes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        for (text, expected) in [
            ("2024-05-06", Some("2024-05-06")),
            ("2024-05-06T07:08:09+08:00", Some("2024-05-06 07:08")),
            ("发表于 2024 年 5 月 6 日 星期一", Some("2024-05-06")),
            ("2024/5/6", Some("2024-05-06")),
            ("2024.12.31 23:59", Some("2024-12-31 23:59")),
            ("20240229", Some("2024-02-29")),
            ("2023-02-29, 2023-03-01", Some("2023-03-01")),
            ("版本 1.2.3,共 2024 页", None),
            ("v2024.13.1", None),
            ("", None),
        ] {
            assert_eq!(find_date(text).as_deref(), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9年月日/.T: \\-]{0,30}|\\PC{0,20}") {
            let _ = find_date(&text);
        }
    }
}

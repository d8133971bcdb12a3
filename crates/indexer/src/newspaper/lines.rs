//! A page as units: one for each printed line, with bylines and jump notes that share a line taken apart.

use crate::chars::{closer_of, is_blank, is_closer, is_final};
use crate::prose::lines;

use super::forms::{self, Bare, Form};

/// A trimmed piece of one line of the file, and what its form says it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit<'a> {
    /// The text, without outer blanks and heading marks.
    pub(crate) text: &'a str,
    /// Where `text` starts in the file, in bytes.
    pub(crate) start: usize,
    /// What the text looks like, taken by itself.
    pub(crate) form: Form,
}

/// The units of a page in the order of the file. Together they hold every character but blanks and heading marks.
pub(crate) fn units<'a>(page: &'a str, words: &dyn Fn(&str) -> bool) -> Vec<Unit<'a>> {
    let lines = lines(page);
    let mut units = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        // A name at the end of a line may be the front half of a longer one that the column cut, unless nothing follows.
        let alone = lines.get(index + 1).is_none_or(|next| forms::form(next.text, words) != Form::Body);
        take_apart(line.text, line.start, alone, words, &mut units);
    }
    units
}

/// Pushes the units of one line: `(上接第一版)`, the text, the byline behind it, `(新华社…电)`.
fn take_apart<'a>(text: &'a str, start: usize, alone: bool, words: &dyn Fn(&str) -> bool, units: &mut Vec<Unit<'a>>) {
    let mut push = |from: usize, to: usize, form: Option<Form>| {
        let piece = &text[from..to];
        let trimmed = piece.trim_start_matches(is_blank);
        let at = from + (piece.len() - trimmed.len());
        let trimmed = trimmed.trim_end_matches(is_blank);
        if !trimmed.is_empty() {
            let form = form.unwrap_or_else(|| forms::form(trimmed, words));
            units.push(Unit { text: trimmed, start: start + at, form });
        }
    };
    if let Some((level, skip)) = forms::heading_mark(text) {
        push(skip, text.len(), Some(Form::Marked(level)));
        return;
    }
    let mut from = 0;
    if let Some(end) = leading_bracket(text)
        && forms::jump(&text[..end]) == Some(Form::JumpFrom)
    {
        push(0, end, Some(Form::JumpFrom));
        from = end;
    }
    // What stands behind the text, back to front: at most a byline, a dateline and a jump note.
    let mut to = text.len();
    let mut behind = Vec::new();
    while behind.len() < 3
        && let Some(note) = trailing_bracket(&text[from..to]).map(|at| from + at)
        && let Some(form) = forms::note(&text[note..to], words)
    {
        let before = text[from..note].trim_end_matches(is_blank);
        let ends_text = before.chars().next_back().is_some_and(|c| is_final(c) || is_closer(c));
        if !before.is_empty() && !ends_text && forms::note(before, words).is_none() && form != Form::JumpTo {
            break;
        }
        behind.push((note, to, form));
        to = note;
    }
    if alone
        && behind.is_empty()
        && let Some(name) = trailing_name(&text[from..to], words)
    {
        behind.push((from + name, to, Form::Byline));
        to = from + name;
    }
    push(from, to, None);
    for (from, to, form) in behind.into_iter().rev() {
        push(from, to, Some(form));
    }
}

/// The end of a bracketed note at the start of a line.
fn leading_bracket(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let closer = closer_of(chars.next()?.1)?;
    chars.take(24).find(|&(_, c)| c == closer).map(|(at, c)| at + c.len_utf8())
}

/// The start of a bracketed note at the end of a text.
fn trailing_bracket(text: &str) -> Option<usize> {
    let text = text.trim_end_matches(is_blank);
    let mut chars = text.char_indices().rev();
    let closer = chars.next().map(|(_, c)| c).filter(|&c| matches!(c, ')' | '\u{ff09}' | '】' | '〕'))?;
    chars.take(60).find(|&(_, c)| closer_of(c) == Some(closer)).map(|(at, _)| at)
}

/// The start of a bare name behind the last sentence: `……打下良好基础。沈俊`.
fn trailing_name(text: &str, words: &dyn Fn(&str) -> bool) -> Option<usize> {
    let (at, mark) = text.char_indices().rev().take(24).find(|&(_, c)| is_final(c) || is_closer(c))?;
    let at = at + mark.len_utf8();
    (is_final(mark) && at < text.len() && forms::is_credit(&text[at..], Bare::Names, words)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[(Form, &str)]) {
        let units = units(page, &|word| matches!(word, "全文" | "试行"));
        let found: Vec<_> = units.iter().map(|unit| (unit.form, unit.text)).collect();
        assert_eq!(found, expected);
        for unit in units {
            assert!(page[unit.start..].starts_with(unit.text));
        }
    }

    #[test]
    fn lines_are_taken_apart() {
        check("\u{feff}\r\n\u{3000}第一段。\r\n", &[(Form::Body, "第一段。")]);
        check("## 标题", &[(Form::Marked(2), "标题")]);
        check(
            "(上接第一版)30日上午举行。(王懿武 吴鲜花)",
            &[(Form::JumpFrom, "(上接第一版)"), (Form::Body, "30日上午举行。"), (Form::Byline, "(王懿武 吴鲜花)")],
        );
        check(
            "新华社记者 赵嫣 张代蕾 (新华社北京6月30日电)",
            &[(Form::Byline, "新华社记者 赵嫣 张代蕾"), (Form::Dateline, "(新华社北京6月30日电)")],
        );
        check("打下良好基础。沈俊", &[(Form::Body, "打下良好基础。"), (Form::Byline, "沈俊")]);
        check("印发了办法(试行)", &[(Form::Display, "印发了办法(试行)")]);
    }
}

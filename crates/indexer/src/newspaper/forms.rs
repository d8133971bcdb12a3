//! What one line looks like, taken by itself: byline, dateline, jump note, list item, display line or running text.

use crate::chars::{closer_of, is_blank, is_closer, is_final, is_finished, is_han, is_pause};

use super::names;
use super::ordinals::{is_numeral, ordinal};
use super::seam::LONGEST_HEADLINE;

/// The form of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Marked as a heading in the file, with its level.
    Marked(u8),
    /// Could be a headline: short, without a sentence's marks.
    Display,
    /// A short question or exclamation: a headline only where one is expected.
    Outcry,
    /// Starts with a dash: a subtitle under a headline.
    Dashed,
    /// Page furniture: date, page number, section name of the paper.
    Furniture,
    /// Who wrote it.
    Byline,
    /// Where and when it was sent.
    Dateline,
    /// `(上接第一版)`: what follows began on another page.
    JumpFrom,
    /// `(下转第四版)`: the text goes on on another page.
    JumpTo,
    /// An item of a list.
    Item,
    /// An item that stands over text: the heading of a section, never of an article.
    Numbered,
    /// Running text.
    Body,
}

impl Form {
    /// Is it set to be seen: a headline of any kind?
    pub(crate) fn is_display(self) -> bool {
        matches!(self, Form::Marked(_) | Form::Display | Form::Dashed | Form::Furniture)
    }

    /// Is it read as text?
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Form::Body | Form::Item)
    }
}

/// The longest byline or dateline, in characters.
const LONGEST_NOTE: usize = 80;

/// The form of a line that carries no heading mark.
pub(crate) fn form(text: &str, words: &dyn Fn(&str) -> bool) -> Form {
    if let Some(form) = note(text, words) {
        return form;
    }
    if text.starts_with("——") || text.starts_with("──") {
        return if has_sentence(text) || is_finished(text) { Form::Body } else { Form::Dashed };
    }
    if ordinal(text).is_some() || text.starts_with(['•', '·', '●', '◆', '■', '▲', '★', '-', '*']) {
        return Form::Item;
    }
    if is_furniture(text) {
        return Form::Furniture;
    }
    if text.chars().count() > LONGEST_HEADLINE || has_sentence(text) || !is_balanced(text) {
        return Form::Body;
    }
    let Some(last) = text.chars().next_back() else {
        return Form::Body;
    };
    let han = text.chars().filter(|&c| is_han(c)).count();
    // 《…》 alone is a document's name in a list of documents, (…) alone a remark.
    let enclosed = text.starts_with('《') && text.ends_with('》')
        || unwrapped(text).len() < text.trim_start_matches(is_ornament).len();
    if han < 2 || enclosed || text.starts_with(is_pause) {
        return Form::Body;
    }
    if matches!(last, '!' | '?' | '\u{ff01}' | '\u{ff1f}') && !text.contains(is_pause) {
        return Form::Outcry;
    }
    if is_finished(text) || is_pause(last) { Form::Body } else { Form::Display }
}

/// The heading level and the length of the mark of `## …`.
pub(crate) fn heading_mark(text: &str) -> Option<(u8, usize)> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let starts = rest.starts_with(is_blank) && !rest.trim_start_matches(is_blank).is_empty();
    (starts && (1..=6).contains(&level)).then_some((level as u8, level))
}

/// Is the whole text a byline, a dateline or a jump note, in brackets or not?
pub(crate) fn note(text: &str, words: &dyn Fn(&str) -> bool) -> Option<Form> {
    if text.chars().nth(LONGEST_NOTE).is_some() {
        return None;
    }
    if let Some(form) = jump(text) {
        return Some(form);
    }
    if is_dateline(text) {
        return Some(Form::Dateline);
    }
    let inside = unwrapped(text);
    let bracketed = inside.len() < text.trim_start_matches(is_ornament).len();
    if bracketed && matches!(inside, "完" | "全文完" | "本报讯" | "未完待续") {
        return Some(Form::Dateline);
    }
    let bare = if bracketed { Bare::InBrackets } else { Bare::Never };
    is_credit(inside, bare, words).then_some(Form::Byline)
}

/// `(上接第一版)`, `▶下转A4版`.
pub(crate) fn jump(text: &str) -> Option<Form> {
    let inside = unwrapped(text);
    if inside.chars().nth(20).is_some() || !inside.ends_with(['版', '页', '面']) {
        return None;
    }
    if inside.starts_with("上接") || inside.starts_with("紧接") {
        Some(Form::JumpFrom)
    } else if inside.starts_with("下转") || inside.starts_with("转第") {
        Some(Form::JumpTo)
    } else {
        None
    }
}

/// `据新华社北京 10月13日电`, `(新华社利马11月21日电)`.
fn is_dateline(text: &str) -> bool {
    let inside: String = unwrapped(text).chars().filter(|&c| !is_blank(c)).collect();
    let Some(sent) = ["专电", "电讯", "电", "讯"].iter().find_map(|end| inside.strip_suffix(end)) else {
        return false;
    };
    if sent.chars().nth(40).is_some() || sent.contains(is_pause) || sent.contains(is_final) {
        return false;
    }
    let dated = sent.strip_suffix('日').is_some_and(|day| day.ends_with(is_numeral));
    dated || sent.ends_with('社') || matches!(sent, "本报" | "本刊")
}

/// Does running text open as a dispatch does: `新华社巴西利亚11月20日电(记者 …)`, `本报讯`?
pub(crate) fn opens_as_dispatch(text: &str) -> bool {
    let mut head = String::new();
    for c in text.chars().take(40) {
        if is_pause(c) || is_final(c) {
            return false;
        }
        if matches!(c, '电' | '讯') {
            head.push(c);
            return is_dateline(&head);
        }
        head.push(c);
    }
    false
}

/// Whether a byline may consist of names alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bare {
    /// Somebody's role must be said.
    Never,
    /// Names that begin with a family name and are no words of the dictionary.
    Names,
    /// As behind a text in brackets: they may be in the dictionary, which holds the names of the famous.
    InBrackets,
}

/// Is the text a list of names and of what they did: `本报记者 覃岩峰 通讯员 宋晓静`, `文/张三 图/李四`?
pub(crate) fn is_credit(text: &str, bare: Bare, words: &dyn Fn(&str) -> bool) -> bool {
    if text.chars().nth(LONGEST_NOTE).is_some() {
        return false;
    }
    let separates = |c: char| {
        is_blank(c)
            || is_pause(c)
            || matches!(c, ':' | '\u{ff1a}' | ';' | '\u{ff1b}' | '/' | '\u{ff0f}' | '|' | '\u{ff5c}')
    };
    let tokens = || unwrapped(text).split(separates).filter(|token| !token.is_empty());
    let has_role =
        tokens().any(|token| matches!(names::credit(token, words), Some(names::Credit::Role | names::Credit::Signed)));
    let mut has_name = false;
    for token in tokens() {
        let names = match names::credit(token, words) {
            Some(names::Credit::Role) => false,
            Some(names::Credit::Agency) => has_role,
            Some(names::Credit::Signed | names::Credit::Name) => true,
            // Only next to a role can any short run of characters be taken for a name, and any word that begins like one.
            Some(names::Credit::Foreign) if has_role => true,
            None if (has_role || bare == Bare::InBrackets) && names::is_like_name(token) => true,
            _ => return false,
        };
        has_name = has_name || names;
    }
    has_name && (has_role || bare != Bare::Never)
}

/// A date with a weekday, a page number or an address: set on every page of a paper, part of no article.
fn is_furniture(text: &str) -> bool {
    if text.chars().nth(40).is_some() || text.contains('。') {
        return false;
    }
    let compact: String = text.chars().filter(|&c| !is_blank(c)).collect();
    let page_number = compact.trim_start_matches('第').find(|c: char| !is_numeral(c) && !c.is_ascii_uppercase());
    let numbered = page_number.is_some_and(|at| at > 0 && compact.trim_start_matches('第')[at..].starts_with('版'));
    let dated = compact.contains('年') && compact.contains('月') && compact.contains('日');
    let date_only = dated && compact.chars().all(|c| is_numeral(c) || "年月日星期农历".contains(c));
    numbered || compact.contains("星期") && dated || date_only
}

/// Does a sentence end inside the text, other than at its end?
pub(crate) fn has_sentence(text: &str) -> bool {
    text.contains(['。', ';', '\u{ff1b}'])
}

/// Are all quotation marks and brackets of the text closed, and none closed that was not opened?
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        if let Some(closer) = closer_of(c) {
            open.push(closer);
        } else if is_closer(c) && open.pop() != Some(c) {
            return false;
        }
    }
    open.is_empty()
}

fn is_ornament(c: char) -> bool {
    is_blank(c) || matches!(c, '\u{25a0}'..='\u{25ff}' | '\u{2600}'..='\u{26ff}' | '※' | '▌' | '▍' | '❖' | '•')
}

/// The text without ornaments at its start and the brackets around it.
fn unwrapped(text: &str) -> &str {
    let text = text.trim_start_matches(is_ornament).trim_end_matches(is_blank);
    let mut chars = text.chars();
    match (chars.next(), chars.next_back()) {
        (Some(opener @ ('(' | '\u{ff08}' | '【' | '〔' | '[')), Some(closer)) if closer_of(opener) == Some(closer) => {
            chars.as_str().trim_matches(is_blank)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_lines() {
        let words = |word: &str| matches!(word, "文化" | "激发" | "活力" | "手记");
        for (text, expected) in [
            ("三轮驱动 激发活力", Form::Display),
            ("如何与城市共向上? 旭日将答案写在兑现中", Form::Display),
            ("中国经济怎么看?", Form::Outcry),
            ("——党的十八届三中全会以来成就综述", Form::Dashed),
            ("——“横向上建立联合党委,抱团共建。”", Form::Body),
            ("新华社记者 高敬 黄轲铭", Form::Byline),
            ("□新华社记者 王钟毅 赵凯", Form::Byline),
            ("本报记者 覃岩峰 通讯员 宋晓静", Form::Byline),
            ("文/张三 图/李四", Form::Byline),
            ("责任编辑:王芳", Form::Byline),
            ("(王晓琪)", Form::Byline),
            ("记者手记", Form::Display),
            ("据新华社北京 10月13日电", Form::Dateline),
            ("(新华社利马11月21日电)", Form::Dateline),
            ("(上接1版)", Form::JumpFrom),
            ("▶下转A4版", Form::JumpTo),
            ("十一、双方认为", Form::Item),
            ("1.《合作规划》", Form::Item),
            ("2024年7月1日 星期一", Form::Furniture),
            ("第2版 要闻", Form::Furniture),
            ("《关于合作的联合声明》", Form::Body),
            ("面对复杂形势,以“中国方", Form::Body),
            ("……", Form::Body),
            ("3.5%的增长", Form::Display),
        ] {
            assert_eq!(form(text, &words), expected, "{text}");
        }
    }

    #[test]
    fn dispatches() {
        for (text, expected) in [
            ("新华社巴西利亚11月20日电(记者 宿亮)当地时间", true),
            ("本报讯 记者从市政府获悉", true),
            ("近日,电力部门", false),
            ("国家电网", false),
        ] {
            assert_eq!(opens_as_dispatch(text), expected, "{text}");
        }
    }
}

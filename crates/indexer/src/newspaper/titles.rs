//! Which of the lines at the head of an article is its title.

use crate::chars::{is_blank, is_han};

/// A line at the head of an article, before any subtitle or byline.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Its place on the page.
    pub(crate) at: usize,
    /// Its text.
    pub(crate) text: &'a str,
    /// The level of its heading mark, if it has one.
    pub(crate) level: Option<u8>,
}

/// The title: of marked lines the highest, else the first one that is neither a column's name nor a lead-in.
pub(crate) fn pick<'l, 'a>(lines: &'l [Line<'a>]) -> Option<&'l Line<'a>> {
    let highest = lines.iter().filter_map(|line| line.level).min();
    let mut rest: Vec<&Line<'_>> = lines.iter().filter(|line| line.level == highest).collect();
    let labels = rest.iter().take_while(|line| highest.is_none() && is_label(line.text)).count();
    rest.drain(..labels.min(rest.len().saturating_sub(1)));
    match *rest.as_slice() {
        [first, second, ..] if is_lead_in(first.text, second.text) => Some(second),
        [first, ..] => Some(first),
        [] => None,
    }
}

/// Is the first line set over the second as a lead-in? The title is set larger, so it is much the shorter one.
fn is_lead_in(first: &str, second: &str) -> bool {
    second.chars().count() * 2 < first.chars().count()
}

/// The name of a column of the paper: short, and ending as such names do.
fn is_label(text: &str) -> bool {
    const ENDINGS: &str = "资讯 要闻 简讯 快讯 动态 短评 时评 评论 观察 聚焦 关注 专栏 专版 专题 特稿 特写 通讯 速递 链接 之窗 之声 \
        天地 纪实 在线 导读 广角 视点 视窗 调查 热点 一线 现场 人物 风采 故事 论坛 来信 声音 访谈 对话 解读 巡礼 掠影";
    text.chars().nth(10).is_none()
        && text.chars().all(|c| is_han(c) || is_blank(c))
        && ENDINGS.split_whitespace().any(|ending| text.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_among_headlines() {
        for (lines, expected) in [
            (vec![("基层代表风采", None), ("张三:守护一方平安", None)], Some(1)),
            (vec![("党建引领促发展", None), ("某区某街道工委争先创优氛围浓", None)], Some(0)),
            (vec![("结束出席国际会议并对某国进行国事访问", None), ("乘专机离开首都", None)], Some(1)),
            (vec![("资讯", Some(3)), ("社区工作不打烊", Some(2))], Some(1)),
            (vec![("本地要闻", None)], Some(0)),
            (vec![], None),
        ] {
            let lines: Vec<Line<'_>> =
                lines.into_iter().enumerate().map(|(at, (text, level))| Line { at, text, level }).collect();
            assert_eq!(pick(&lines).map(|line| line.at), expected, "{lines:?}");
        }
    }
}

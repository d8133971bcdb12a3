//! The parts of a byline: names, roles and the papers and agencies that people write for.

use crate::chars::is_han;

/// What one word of a byline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credit {
    /// A role, with or without a paper before it: `新华社记者`, `通讯员`.
    Role,
    /// A role and a name: `通讯员李四`, `王五摄`.
    Signed,
    /// A name that begins with a family name.
    Name,
    /// A short run of characters that is no dictionary word, or a transcribed name with a dot in it.
    Foreign,
    /// A paper, an agency, a broadcaster.
    Agency,
}

/// The words that say what somebody did for an article.
const ROLES: &str = "记者 通讯员 评论员 观察员 特派员 特约撰稿人 撰稿人 实习生 作者 编者 编辑 责编 美编 校对 编审 审校 审读 主编 总编 \
    总编辑 值班主任 摄影 摄影报道 摄影师 摄 文 图 文图 图文 图片 撰文 撰稿 供图 供稿 整理 编译 翻译 译 策划 统筹 制图 版式 设计 视觉 监制 执行 \
    来源 报道 采写 综合 绘 绘图 漫画 插图 讲述 口述 执笔";

/// Roles that may follow a name without a blank.
const ROLES_BEHIND: [&str; 8] = ["摄影报道", "摄影", "报道", "供图", "摄", "文", "图", "绘"];

/// Roles that a name may follow without a blank.
const ROLES_BEFORE: [&str; 7] = ["记者", "通讯员", "评论员", "特派员", "作者", "编辑", "责编"];

/// Family names in order of frequency: together about 98 % of the people who bear a Chinese name.
const FAMILY_NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟\
    姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱江尹薛阎闫段雷侯龙史陶黎贺顾毛郝龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯翟樊葛邢齐管\
    庞颜倪梅庄聂章鲁岳詹米殷欧毕申耿温左焦关兰尚季单甘舒卓柏游宁安鲍宫柴路祝卞丛应裴庾冉桂阮牛纪房屈项缪骆霍解华车涂麦包连符祁阳蒲宿\
    苗冷鞠苟戚蓝辜晏闵瞿冼甄盛简佟仲凌喻时晋谷仇丰";

/// Family names of two characters.
const DOUBLE_NAMES: &str = "欧阳 司马 上官 诸葛 皇甫 令狐 司徒 慕容 端木 尉迟 公孙 长孙 东方 夏侯 轩辕 呼延";

/// What a word of a byline is; `None` if it cannot stand in one.
pub(crate) fn credit(token: &str, words: &dyn Fn(&str) -> bool) -> Option<Credit> {
    if is_role(token) {
        return Some(Credit::Role);
    }
    let role_and_name = ROLES_BEFORE.iter().any(|role| {
        token.find(role).is_some_and(|at| {
            let (before, behind) = (&token[..at], &token[at + role.len()..]);
            (before.is_empty() || is_agency(before)) && (is_name(behind, words) || is_signed_name(behind))
        })
    });
    let name_and_role =
        ROLES_BEHIND.iter().any(|role| token.strip_suffix(role).is_some_and(|name| is_name(name, words)));
    if role_and_name || name_and_role {
        return Some(Credit::Signed);
    }
    if is_name(token, words) {
        return Some(Credit::Name);
    }
    if is_agency(token) {
        return Some(Credit::Agency);
    }
    let length = token.chars().count();
    let transcribed = token.contains(['·', '\u{30fb}']) && length <= 24;
    let short = (2..=4).contains(&length) && !words(token);
    (token.chars().all(|c| is_han(c) || matches!(c, '·' | '\u{30fb}')) && (transcribed || short))
        .then_some(Credit::Foreign)
}

/// Does the text name somebody who writes for a paper?
pub(crate) fn is_reporter(text: &str) -> bool {
    ["记者", "通讯员", "特派员"].iter().any(|role| text.contains(role))
}

/// Do two bylines name the same person, or does the second only add helpers to the first?
pub(crate) fn shares_author(first: &str, second: &str) -> bool {
    let helps = ["参与", "编辑", "责编", "校对", "摄", "图"].iter().any(|role| second.contains(role));
    let mut names = second.split(|c: char| !is_han(c)).filter(|name| name.chars().count() > 1 && !is_role(name));
    helps || names.any(|name| first.contains(name))
}

/// A role by itself or behind a paper's name: `本报特约记者`.
fn is_role(token: &str) -> bool {
    let token = token.strip_suffix("报道").filter(|rest| !rest.is_empty()).unwrap_or(token);
    let plain = |role: &str| ROLES.split_whitespace().any(|known| known == role);
    plain(token)
        || ROLES_BEFORE.iter().any(|role| {
            token.strip_suffix(role).is_some_and(|before| {
                let before =
                    ["特约", "首席", "见习", "实习", "全媒体", "融媒体", "本报全媒体", "责任", "执行", "本版", "特邀"]
                        .iter()
                        .find_map(|kind| before.strip_suffix(kind))
                        .unwrap_or(before);
                before.is_empty() || is_agency(before)
            })
        })
}

/// The name of a paper, an agency or a broadcaster.
fn is_agency(text: &str) -> bool {
    let length = text.chars().count();
    (2..=12).contains(&length)
        && text.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        && ["社", "报", "网", "台", "刊", "媒体", "客户端", "融媒", "中心", "集团", "杂志"]
            .iter()
            .any(|end| text.ends_with(end))
}

/// A Chinese name: a family name and one or two characters, and no word of the dictionary.
fn is_name(text: &str, words: &dyn Fn(&str) -> bool) -> bool {
    let chars: Vec<char> = text.chars().take(5).collect();
    if !chars.iter().all(|&c| is_han(c)) || words(text) {
        return false;
    }
    let double = DOUBLE_NAMES.split_whitespace().any(|name| text.starts_with(name));
    match chars.len() {
        2 | 3 => FAMILY_NAMES.contains(chars[0]) || double && chars.len() == 3,
        4 => double,
        _ => false,
    }
}

/// Does the text begin with a family name as names do, in the dictionary or not?
pub(crate) fn is_like_name(text: &str) -> bool {
    is_name(text, &|_| false)
}

/// The same with three characters, which fewer other words have.
pub(crate) fn is_signed_name(text: &str) -> bool {
    text.chars().count() == 3 && is_like_name(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_bylines() {
        let words = |word: &str| matches!(word, "高度" | "手记" | "文化");
        for (token, expected) in [
            ("新华社记者", Some(Credit::Role)),
            ("通讯员李四", Some(Credit::Signed)),
            ("王五摄", Some(Credit::Signed)),
            ("责任编辑", Some(Credit::Role)),
            ("覃岩峰", Some(Credit::Name)),
            ("欧阳小明", Some(Credit::Name)),
            ("高度", None),
            ("记者手记", Some(Credit::Foreign)),
            ("三轮驱动", Some(Credit::Foreign)),
            ("躬耕毫厘之间", None),
            ("浙江日报", Some(Credit::Agency)),
            ("伊万·盖齐", Some(Credit::Foreign)),
        ] {
            assert_eq!(credit(token, &words), expected, "{token}");
        }
    }
}

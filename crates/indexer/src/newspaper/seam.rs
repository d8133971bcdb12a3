//! Does one piece of text go on in another? The evidence at the place where they would be sewn together.

use crate::chars::{closer_of, is_closer, is_final, is_finished, is_han, is_pause};

use super::forms;

/// How well a piece of text continues another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seam {
    /// The second piece opens as a paragraph of its own does.
    Against,
    /// Nothing speaks for or against it.
    Open,
    /// A word, a pair of marks or a phrase is only whole if both are read together.
    Sewn,
}

/// The quotation marks and brackets that a growing text has left open, innermost last.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpenMarks(Vec<char>);

impl OpenMarks {
    /// How deep marks are followed; deeper nesting is noise.
    const DEEPEST: usize = 16;

    /// Reads on in `text`.
    pub(crate) fn read(&mut self, text: &str) {
        for c in text.chars() {
            if let Some(closer) = closer_of(c) {
                if self.0.len() < Self::DEEPEST {
                    self.0.push(closer);
                }
            } else if is_closer(c)
                && let Some(at) = self.0.iter().rposition(|&open| open == c)
            {
                self.0.truncate(at);
            }
        }
    }

    /// Has every mark been closed?
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does `text` close a mark that stands open here before it opens the same kind itself?
    pub(crate) fn closed_by(&self, text: &str) -> bool {
        let mut own = OpenMarks::default();
        for c in text.chars() {
            if is_closer(c) && !own.0.contains(&c) {
                return self.0.contains(&c);
            }
            let mut utf8 = [0; 4];
            own.read(c.encode_utf8(&mut utf8));
        }
        false
    }
}

/// How well `second` continues `first`, of which `open` are the open marks. `first` must be unfinished.
pub(crate) fn seam(first: &str, open: &OpenMarks, second: &str, words: &dyn Fn(&str) -> bool) -> Seam {
    let shares_a_word = word_across(first, second, words);
    if shares_a_word || open.closed_by(second) || leads_on(first, words) || hangs_on(second, words) {
        return Seam::Sewn;
    }
    let paused = first.chars().next_back().is_some_and(is_pause);
    if !paused && opens_paragraph(second) { Seam::Against } else { Seam::Open }
}

/// How many characters on either side of a seam are looked at: twice the longest common word.
const WINDOW: usize = 8;
/// The longest word looked up, in characters.
const LONGEST_WORD: usize = 5;

/// Do the two sides take fewer words when read together than when read apart?
///
/// `……逐步形` and `成全国……`: apart 形 and 成 are scraps, together they are 形成. Two whole words that happen to touch
/// gain nothing, even if their neighbouring characters could be a word.
pub(crate) fn word_across(first: &str, second: &str, words: &dyn Fn(&str) -> bool) -> bool {
    let mut left: Vec<char> = first.chars().rev().take(WINDOW).take_while(|&c| is_han(c)).collect();
    left.reverse();
    let right: Vec<char> = second.chars().take(WINDOW).take_while(|&c| is_han(c)).collect();
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let apart = fewest_words(&left, words) + fewest_words(&right, words);
    left.extend(right);
    fewest_words(&left, words) < apart
}

/// The smallest number of dictionary words and single characters that the text can be cut into.
fn fewest_words(text: &[char], words: &dyn Fn(&str) -> bool) -> usize {
    let mut best = vec![0; text.len() + 1];
    for end in 1..=text.len() {
        best[end] = best[end - 1] + 1;
        for length in 2..=LONGEST_WORD.min(end) {
            let start = end - length;
            if best[start] + 1 < best[end] && words(&text[start..end].iter().collect::<String>()) {
                best[end] = best[start] + 1;
            }
        }
    }
    best[text.len()]
}

/// Does the text end in a word that needs another one behind it: a preposition, a conjunction, 的?
fn leads_on(text: &str, words: &dyn Fn(&str) -> bool) -> bool {
    const LONG: [&str; 14] = [
        "关于", "对于", "由于", "以及", "并且", "通过", "为了", "随着", "围绕", "根据", "按照", "不仅", "而且", "经过",
    ];
    const SHORT: &str = "的和与及或在对将把被从向于由并而且但暨至是使让给比跟因若如每该各其此";
    if text.ends_with(is_pause) || LONG.iter().any(|word| text.ends_with(word)) {
        return true;
    }
    let tail: Vec<char> = text.chars().rev().take(4).collect();
    tail.first().is_some_and(|&c| SHORT.contains(c))
        && !(2..=tail.len()).any(|length| words(&tail[..length].iter().rev().collect::<String>()))
}

/// Does the text start with what cannot start a sentence: a comma, a closing mark, 的, 等?
fn hangs_on(text: &str, words: &dyn Fn(&str) -> bool) -> bool {
    const SHORT: &str = "的等了着过们之得";
    let head: Vec<char> = text.chars().take(4).collect();
    let Some(&first) = head.first() else {
        return false;
    };
    if is_pause(first)
        || is_closer(first)
        || is_final(first) && !matches!(first, '…' | '.')
        || matches!(first, ';' | ':' | '\u{ff1b}' | '\u{ff1a}')
    {
        return true;
    }
    SHORT.contains(first) && !(2..=head.len()).any(|length| words(&head[..length].iter().collect::<String>()))
}

/// Does the text open with a phrase that opens paragraphs: `近日,`, `据了解,`, `此外,`?
fn opens_paragraph(text: &str) -> bool {
    const OPENERS: &str = "近日 日前 近年来 近期 连日来 今年以来 年初以来 今年 如今 目前 当前 当日 当天 此外 另外 同时 与此同时 据了解 据悉 据介绍 \
        截至目前 接下来 下一步 首先 其次 再次 最后 总之 因此 然而 不过 未来 今后 随后 其间 其中";
    let Some((head, _)) = text.split_once(is_pause) else {
        return false;
    };
    OPENERS.split_whitespace().any(|opener| opener == head)
}

/// The longest headline, in characters: two lines of a broadsheet's full width.
pub(crate) const LONGEST_HEADLINE: usize = 48;

/// Is the text surely the front half of a sentence, if it has no end: more than a headline would be?
///
/// A headline is unfinished too. But it holds no sentence, leaves no mark open, and has one comma at most unless it is short.
pub(crate) fn is_running(text: &str, open: &OpenMarks) -> bool {
    let clauses = text.chars().filter(|c| matches!(c, ',' | '\u{ff0c}')).count();
    !open.is_empty()
        || forms::has_sentence(text)
        || clauses > 1 && text.chars().nth(LONGEST_HEADLINE / 2).is_some()
        || text.chars().nth(LONGEST_HEADLINE).is_some()
}

/// A label of fewer characters is never taken for the front half of a sentence: any text can seem to continue it.
const SHORTEST_HALF: usize = 8;

/// Should `second` be joined to `first`? `running` says that `first` is surely running text (see [`is_running`]).
///
/// Of 9,450 headings in Chinese documentation 48 seem to be sewn to the paragraph under them, most of them very short.
pub(crate) fn joins(first: &str, open: &OpenMarks, running: bool, second: &str, words: &dyn Fn(&str) -> bool) -> bool {
    if is_finished(first) {
        return false;
    }
    match seam(first, open, second, words) {
        Seam::Against => false,
        Seam::Open => running,
        Seam::Sewn => running || first.chars().nth(SHORTEST_HALF - 1).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(word: &str) -> bool {
        "形成 全国 逐步 总是 服务 业务 发展 金砖 精神 的确 目的 大会 早日 加入 伙伴 不少 群众 认为"
            .split_whitespace()
            .any(|known| known == word)
    }

    #[test]
    fn evidence() {
        for (first, second, expected) in [
            ("划定三区三线,逐步形", "成全国一张图", Seam::Sewn),
            ("让志同道合的伙伴们早", "日加入大家庭", Seam::Sewn),
            ("让志同道合的伙伴们早", "不少群众表示", Seam::Open),
            ("以“中国方", "案”丰富内涵", Seam::Sewn),
            ("充分发挥名人效应", "的独特优势", Seam::Sewn),
            ("充分发挥名人效应", "的确如此", Seam::Open),
            ("二十大不仅对", "中国意义重大", Seam::Sewn),
            ("达到目的", "城市", Seam::Open),
            ("发扬金砖", "精神", Seam::Open),
            ("发扬金砖", "近日,记者", Seam::Against),
            ("发扬金砖,", "近日,记者", Seam::Sewn),
        ] {
            let mut open = OpenMarks::default();
            open.read(first);
            assert_eq!(seam(first, &open, second, &words), expected, "{first} | {second}");
        }
    }

    #[test]
    fn headlines_are_not_cut_sentences() {
        for (first, second, expected) in [
            ("为友好注入新动力", "在首都,大楼竣工。", false),
            ("打造重器。大力实施创", "新驱动战略。", true),
            ("逐步形", "成全国一张图。", false),
            ("划定三区三线,逐步形", "成全国一张图。", true),
            ("说完了。", "等了很久。", false),
        ] {
            let mut open = OpenMarks::default();
            open.read(first);
            let running = is_running(first, &open);
            assert_eq!(joins(first, &open, running, second, &words), expected, "{first} | {second}");
        }
    }
}

//! Cutting a page into articles: where one starts, which line is its title, where it ends.

use super::forms::{self, Form};
use super::lines::Unit;
use super::names;
use super::settle;
use super::titles::{self, Line};
use super::topic::{self, Topic};

/// What a unit is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A line over or under the title.
    Subtitle,
    /// The heading of a section, with its level.
    Heading(u8),
    /// Who wrote it.
    Byline,
    /// Where and when it was sent.
    Dateline,
    /// Everything else.
    Text,
}

/// A unit in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// Index of the unit.
    pub(crate) unit: usize,
    /// What it is.
    pub(crate) role: Role,
    /// Does it continue the part before it?
    pub(crate) continues: bool,
}

/// An article as indices of units.
#[derive(Debug, Clone, Default)]
pub(crate) struct Article {
    /// The unit that is the title, if there is one.
    pub(crate) title: Option<usize>,
    /// Everything else, in order.
    pub(crate) parts: Vec<Part>,
}

/// The level of a section heading that carries no mark.
const SECTION: u8 = 2;
/// More headlines than this in a row, in the middle of an article, are a table or a list.
const MOST_HEADLINES: usize = 3;

/// Cuts `order` (indices of units) into articles. `continues` is what [`super::join::continuations`] says.
pub(crate) fn cut(
    units: &[Unit<'_>],
    order: &[usize],
    continues: &[bool],
    words: &dyn Fn(&str) -> bool,
) -> Vec<Article> {
    let forms = settle::settled(units, order, continues, words);
    let mut page =
        Page { units, order, forms: &forms, continues, done: Vec::new(), current: None, waiting: Vec::new() };
    let mut at = 0;
    while at < order.len() {
        if forms[at].is_text() {
            page.text(at);
            at += 1;
        } else {
            let end = (at..order.len()).find(|&place| forms[place].is_text()).unwrap_or(order.len());
            page.group(at, end);
            at = end;
        }
    }
    page.finish()
}

/// An article that is being read.
struct Current {
    article: Article,
    /// The level of the title's mark, if it has one.
    level: Option<u8>,
    /// Has a byline, a dateline or a jump note closed it?
    ended: bool,
    /// Who the byline under the title says wrote it.
    author: Option<usize>,
    /// Headings that could have been titles: place in the article's parts, and kinship with what stands before.
    doubtful: Vec<(usize, f64)>,
    topic: Topic,
}

struct Page<'a> {
    units: &'a [Unit<'a>],
    order: &'a [usize],
    forms: &'a [Form],
    continues: &'a [bool],
    done: Vec<Article>,
    current: Option<Current>,
    /// What stands before an article that has not begun.
    waiting: Vec<Part>,
}

impl<'a> Page<'a> {
    fn unit_text(&self, at: usize) -> &'a str {
        self.units[self.order[at]].text
    }

    /// Starts an article.
    fn start(&mut self, title: Option<usize>, level: Option<u8>) {
        self.done.extend(self.current.take().map(|current| current.article));
        let article = Article { title: title.map(|at| self.order[at]), parts: std::mem::take(&mut self.waiting) };
        let mut topic = Topic::default();
        if let Some(at) = title {
            topic.read(self.unit_text(at));
        }
        self.current = Some(Current { article, level, ended: false, author: None, doubtful: Vec::new(), topic });
    }

    fn push(&mut self, at: usize, role: Role) {
        let part = Part { unit: self.order[at], role, continues: self.continues[at] };
        match &mut self.current {
            Some(current) => current.article.parts.push(part),
            None => self.waiting.push(part),
        }
    }

    fn ended(&self) -> bool {
        self.current.as_ref().is_none_or(|current| current.ended)
    }

    /// Running text at a place: goes on in the article, or starts one without a title.
    fn text(&mut self, at: usize) {
        if self.ended() {
            self.start(None, None);
        }
        self.push(at, Role::Text);
        let text = self.unit_text(at);
        if let Some(current) = &mut self.current {
            current.topic.read(text);
        }
    }

    /// A byline, dateline or jump note behind the text of an article. A photographer's name does not end it.
    fn close(&mut self, at: usize) {
        if self.forms[at] == Form::Byline {
            self.split_second_author(at);
        }
        self.push(at, role_of(self.forms[at]));
        if !is_photo_credit(self.unit_text(at))
            && let Some(current) = &mut self.current
        {
            current.ended = true;
        }
    }

    /// An article that somebody signed under its title and somebody else signs at its end is two: the second one starts at the
    /// heading that has least to do with what stands before it.
    fn split_second_author(&mut self, at: usize) {
        let signature = self.unit_text(at);
        let Some(current) = &mut self.current else {
            return;
        };
        let Some(author) = current.author.map(|unit| self.units[unit].text) else {
            return;
        };
        let (place, _) = match current.doubtful.iter().min_by(|a, b| a.1.total_cmp(&b.1)) {
            Some(&least) if !names::shares_author(author, signature) => least,
            _ => return,
        };
        let parts = current.article.parts.split_off(place + 1);
        let title = current.article.parts.pop().map(|part| part.unit);
        self.done.push(std::mem::replace(&mut current.article, Article { title, parts }));
        current.author = None;
        current.doubtful.clear();
    }

    /// A run of places without text, up to `end`.
    fn group(&mut self, start: usize, end: usize) {
        let closes = |form: Form| matches!(form, Form::Byline | Form::Dateline | Form::JumpTo);
        let mut at = start;
        while at < end && closes(self.forms[at]) {
            self.close(at);
            at += 1;
        }
        // A short last line, then the signature, then the next headline.
        let sent = (at..end).rfind(|&place| matches!(self.forms[place], Form::Dateline | Form::JumpTo));
        if let Some(sent) = sent
            && !self.ended()
            && (sent + 1..end).any(|place| self.forms[place].is_display())
        {
            for place in at..=sent {
                if closes(self.forms[place]) { self.close(place) } else { self.push(place, Role::Text) }
            }
            at = sent + 1;
        }
        if at == end {
            return;
        }
        if self.starts_article(at, end) { self.head(at, end) } else { self.sections(at, end) }
    }

    /// Does the run of headlines `start..end` begin a new article?
    fn starts_article(&self, start: usize, end: usize) -> bool {
        let Some(current) = &self.current else {
            return true;
        };
        let places = start..end;
        let marked = places.clone().filter_map(|at| self.mark(at)).min();
        if end == self.order.len() {
            return marked.is_some_and(|level| level <= current.level.unwrap_or(1));
        }
        if places.clone().all(|at| self.forms[at] == Form::Furniture) {
            return current.ended;
        }
        let headed = places.clone().any(|at| match self.forms[at] {
            Form::Dashed | Form::JumpFrom | Form::Dateline => true,
            Form::Byline => !is_photo_credit(self.unit_text(at)),
            _ => false,
        });
        if current.ended && places.clone().any(|at| self.forms[at] != Form::Numbered) || headed {
            return true;
        }
        match marked {
            Some(level) => level <= current.level.unwrap_or(1),
            None => {
                forms::opens_as_dispatch(self.unit_text(end))
                    || places.clone().all(|at| self.forms[at] != Form::Numbered)
                        && topic::are_strangers(current.topic.kinship(self.section(end)))
            }
        }
    }

    /// The texts from `start` to the next headline.
    fn section(&self, start: usize) -> impl Iterator<Item = &'a str> {
        (start..self.order.len()).take_while(|&at| self.forms[at].is_text()).map(|at| self.unit_text(at))
    }

    /// The level of a marked heading that is no subtitle.
    fn mark(&self, at: usize) -> Option<u8> {
        match self.forms[at] {
            Form::Marked(level) if !self.is_dashed(at) => Some(level),
            _ => None,
        }
    }

    fn is_dashed(&self, at: usize) -> bool {
        self.forms[at] == Form::Dashed || self.forms[at].is_display() && self.unit_text(at).starts_with("——")
    }

    /// The head of a new article: what stands over the title, the title, what stands under it.
    fn head(&mut self, start: usize, end: usize) {
        let ends_title = |page: &Self, at: usize| {
            page.is_dashed(at)
                || matches!(page.forms[at], Form::Byline | Form::Dateline | Form::JumpFrom | Form::JumpTo)
        };
        let candidates: Vec<Line<'_>> = (start..end)
            .skip_while(|&at| self.forms[at] == Form::JumpFrom)
            .take_while(|&at| !ends_title(self, at))
            .filter(|&at| matches!(self.forms[at], Form::Display | Form::Marked(_)))
            .map(|at| Line { at, text: self.unit_text(at), level: self.mark(at) })
            .collect();
        let title = titles::pick(&candidates).map(|line| line.at);
        let level = title.and_then(|at| self.mark(at));
        self.start(title, level);
        let mut under_title = true;
        for at in start..end {
            if Some(at) == title {
                continue;
            }
            let over_title = title.is_some_and(|title| at < title);
            under_title = under_title && (over_title || !ends_title(self, at));
            let role = match self.forms[at] {
                _ if self.is_dashed(at) || over_title && self.forms[at].is_display() => Role::Subtitle,
                Form::Furniture => Role::Subtitle,
                Form::Marked(own) if level.is_some_and(|level| own > level) || !under_title => Role::Heading(own),
                Form::Display if !under_title => Role::Heading(SECTION),
                Form::Display | Form::Marked(_) => Role::Subtitle,
                form => role_of(form),
            };
            if role == Role::Byline
                && let Some(current) = &mut self.current
            {
                current.author = Some(self.order[at]);
            }
            self.push(at, role);
        }
    }

    /// Headlines inside an article.
    fn sections(&mut self, start: usize, end: usize) {
        let kinship = self.current.as_ref().and_then(|current| current.topic.kinship(self.section(end)));
        let plain = (start..end).filter(|&at| self.forms[at] == Form::Display).count();
        for at in start..end {
            // A heading stands over text; what stands over another line is a caption or a row of a table.
            let over_text = at + 1 == end && plain <= MOST_HEADLINES;
            let role = match self.forms[at] {
                _ if end == self.order.len() && self.forms[at].is_display() => Role::Subtitle,
                Form::Marked(level) => Role::Heading(level),
                Form::Display | Form::Numbered if over_text => Role::Heading(SECTION),
                form => role_of(form),
            };
            let text = self.unit_text(at);
            if let Some(current) = &mut self.current {
                if self.forms[at] == Form::Display && matches!(role, Role::Heading(_)) {
                    current.doubtful.push((current.article.parts.len(), kinship.unwrap_or(f64::INFINITY)));
                }
                current.topic.read(text);
            }
            self.push(at, role);
        }
    }

    fn finish(mut self) -> Vec<Article> {
        self.done.extend(self.current.take().map(|current| current.article));
        if !self.waiting.is_empty() {
            self.done.push(Article { title: None, parts: self.waiting });
        }
        self.done
    }
}

fn role_of(form: Form) -> Role {
    match form {
        Form::Byline => Role::Byline,
        Form::Dateline => Role::Dateline,
        _ => Role::Text,
    }
}

/// Is it the credit of a picture, which can stand anywhere in an article?
fn is_photo_credit(text: &str) -> bool {
    text.contains('摄') || text.contains("供图") || text.contains("图片") || text.starts_with('图')
}

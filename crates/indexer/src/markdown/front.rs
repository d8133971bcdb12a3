//! Front matter: YAML or TOML in front of a page, by which generators are told its title, date and tags.

use crate::date::find_date;
use serde_json::Value;
use std::fmt;

/// What is read of front matter; everything else in it is the generator's affair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Front {
    /// `title`.
    pub(crate) title: Option<String>,
    /// `permalink` or `url`: the address that the page will have.
    pub(crate) address: Option<String>,
    /// `date` and its like, `description`, `image` or `cover`, under the names `date`, `description`, `image`.
    pub(crate) meta: Vec<(String, String)>,
    /// `tags`, `categories` and `author`, under the names `tag`, `category`, `author`.
    pub(crate) filters: Vec<(String, String)>,
    /// Whether the page is not to be found: `draft: true`, `published: false`, `search: false`, `noindex: true`.
    pub(crate) hidden: bool,
}

/// Front matter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatterError {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong, in one line.
    pub message: String,
}

impl fmt::Display for FrontMatterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for FrontMatterError {}

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

/// Reads front matter, the text between its marks. Text that is no list of names and values says nothing.
pub(crate) fn read(text: &str, language: Language) -> Result<Front, FrontMatterError> {
    let value = match language {
        Language::Yaml if text.trim().is_empty() => Value::Null,
        Language::Yaml => serde_saphyr::from_str::<Value>(text).map_err(|error| {
            let line = error.location().map_or(1, |location| location.line() as usize);
            FrontMatterError { line: line + 1, message: first_line(&error.to_string()) }
        })?,
        Language::Toml => {
            let table: toml::Table = toml::from_str(text).map_err(|error| {
                let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
                FrontMatterError { line: before.matches('\n').count() + 2, message: first_line(error.message()) }
            })?;
            json(toml::Value::Table(table))
        }
    };
    Ok(front(&value))
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(name, value)| (name, json(value))).collect())
        }
    }
}

fn front(value: &Value) -> Front {
    let mut front = Front::default();
    let first = |names: &[&str]| names.iter().find_map(|name| text(value.get(name)?));
    front.title = first(&["title"]);
    front.address = first(&["permalink", "url"]);
    let date = first(&["date", "pubDate", "publishDate", "published_at", "created"]).as_deref().and_then(find_date);
    let image = first(&["image", "cover", "thumbnail", "banner"]);
    let description = first(&["description", "summary", "excerpt"]);
    for (name, value) in [("date", date), ("image", image), ("description", description)] {
        front.meta.extend(value.map(|value| (name.to_owned(), value)));
    }
    for (filter, names) in
        [("tag", ["tags", "tag"]), ("category", ["categories", "category"]), ("author", ["author", "authors"])]
    {
        for name in names {
            texts(value.get(name), &mut |text| front.filters.push((filter.to_owned(), text)));
        }
    }
    let says = |name: &str, flag: bool| value.get(name) == Some(&Value::Bool(flag));
    front.hidden = says("draft", true) || says("published", false) || says("search", false) || says("noindex", true);
    front
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Every text of a list, of a list of lists (Hexo's categories), or the one that stands alone; a person by `name`.
fn texts(value: Option<&Value>, one: &mut dyn FnMut(String)) {
    match value {
        Some(Value::Array(items)) => items.iter().for_each(|item| match item {
            Value::Array(inner) => inner.iter().filter_map(text).for_each(&mut *one),
            item => texts(Some(item), one),
        }),
        Some(Value::Object(fields)) => fields.get("name").and_then(text).into_iter().for_each(one),
        Some(value) => text(value).into_iter().for_each(one),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "title: \"快速: 开始\"\ndate: 2024-05-06 07:08:09\ntags:\n  - 甲\n  - 乙\ncategories:\n  - [丙, 丁]\nauthor:\n  name: 戊\n";
        let toml = "title = '快速: 开始'\ndate = 2024-05-06T07:08:09Z\ntags = ['甲', '乙']\ncategories = [['丙', '丁']]\n[author]\nname = '戊'\n";
        let expected = Front {
            title: Some("快速: 开始".into()),
            meta: vec![("date".into(), "2024-05-06 07:08".into())],
            filters: [("tag", "甲"), ("tag", "乙"), ("category", "丙"), ("category", "丁"), ("author", "戊")]
                .map(|(name, value)| (name.into(), value.into()))
                .to_vec(),
            ..Front::default()
        };
        assert_eq!(read(yaml, Language::Yaml).unwrap(), expected);
        assert_eq!(read(toml, Language::Toml).unwrap(), expected);
    }

    #[test]
    fn rows() {
        for (yaml, title, hidden) in [
            ("layout: a\ntitle: 快速开始\n", Some("快速开始"), false),
            ("title: 2024\ndraft: true", Some("2024"), true),
            ("title:\nsearch: false", None, true),
            ("只是一行", None, false),
            ("", None, false),
        ] {
            let front = read(yaml, Language::Yaml).unwrap();
            assert_eq!((front.title.as_deref(), front.hidden), (title, hidden), "{yaml}");
        }
    }

    #[test]
    fn the_line_of_a_mistake_is_that_of_the_file() {
        assert_eq!(read("title: 甲\na: [1, 2\nb: 3\n", Language::Yaml).unwrap_err().line / 2, 2);
        assert_eq!(read("title = '甲'\na = = 1\n", Language::Toml).unwrap_err().line, 3);
    }
}

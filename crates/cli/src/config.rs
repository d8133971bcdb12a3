//! `jisou.toml`, and what arguments and it come to together.

use crate::args::{Common, InitArguments, InputArguments, Layout};
use crate::failure::{Failure, say};
use globset::{Glob, GlobSet, GlobSetBuilder};
use jisou_indexer::html::{HtmlOptions, Selector};
use jisou_indexer::site::{FileKind, MAX_BYTES, SiteOptions};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The name of the configuration.
const FILE: &str = "jisou.toml";

/// What `jisou init` writes.
const TEMPLATE: &str = include_str!("jisou.toml");

/// The options of `jisou.toml`; each is described there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Config {
    pub(crate) site: Option<PathBuf>,
    pub(crate) output: Option<PathBuf>,
    pub(crate) strict: bool,
    pub(crate) layout: Option<Layout>,
    content: Option<String>,
    ignore: Vec<String>,
    exclude: Vec<String>,
    types: Vec<String>,
    max_file_size: Option<u64>,
    base_url: Option<String>,
    meta: Option<Vec<String>>,
}

impl Config {
    /// Reads the configuration that is named, or the one of this folder if there is one.
    pub(crate) fn read(common: &Common) -> Result<Config, Failure> {
        let path = common.config.as_deref().unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && common.config.is_none() => {
                return Ok(Config::default());
            }
            Err(error) => {
                return Err(Failure::usage(format_args!(
                    "{}: cannot be read ({error}); see `jisou init`",
                    path.display()
                )));
            }
        };
        let mut config: Config = toml::from_str(&text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
            let line = before.matches('\n').count() + 1;
            let message = error.message().lines().collect::<Vec<_>>().join(" ");
            Failure::usage(format_args!("{}:{line}: {message}; `jisou init` shows every option", path.display()))
        })?;
        // Paths are meant from where the configuration lies.
        let folder = path.parent().unwrap_or(Path::new(""));
        for path in [&mut config.site, &mut config.output].into_iter().flatten() {
            *path = folder.join(&*path);
        }
        Ok(config)
    }

    /// How a site is to be read, by arguments first and the configuration then.
    pub(crate) fn site_options(&self, arguments: &InputArguments) -> Result<SiteOptions, Failure> {
        let either = |given: &[String], configured: &[String]| {
            if given.is_empty() { configured.to_vec() } else { given.to_vec() }
        };
        let content = arguments.content.as_ref().or(self.content.as_ref());
        let ignore = either(&arguments.ignore, &self.ignore);
        let kinds = if arguments.types.is_empty() {
            let kinds = self.types.iter().map(|kind| {
                FileKind::of_extension(kind)
                    .ok_or_else(|| Failure::usage(format_args!("types: `{kind}` is not one of html, md, txt")))
            });
            kinds.collect::<Result<Vec<_>, _>>()?
        } else {
            arguments.types.clone()
        };
        let megabytes = arguments.max_file_size.or(self.max_file_size);
        Ok(SiteOptions {
            html: HtmlOptions {
                content: content.map(|text| selector(text)).transpose()?,
                ignore: ignore.iter().map(|text| selector(text)).collect::<Result<_, _>>()?,
            },
            base: self.base_url(arguments).unwrap_or_else(|| "/".to_owned()),
            skip: Vec::new(),
            exclude: patterns(&either(&arguments.exclude, &self.exclude))?,
            kinds: (!kinds.is_empty()).then_some(kinds),
            max_bytes: megabytes.map_or(MAX_BYTES, |megabytes| megabytes.saturating_mul(1 << 20)),
        })
    }

    /// Where the site is served, with a slash at the end, if that was said.
    pub(crate) fn base_url(&self, arguments: &InputArguments) -> Option<String> {
        let base = arguments.base_url.as_ref().or(self.base_url.as_ref()).filter(|base| !base.is_empty())?;
        Some(if base.ends_with('/') { base.clone() } else { format!("{base}/") })
    }

    /// The names of the data to show with hits.
    pub(crate) fn meta(&self, arguments: &InputArguments) -> Vec<String> {
        let names = arguments.meta.as_ref().or(self.meta.as_ref());
        names.cloned().unwrap_or_else(|| ["date", "image"].map(str::to_owned).to_vec())
    }
}

fn selector(text: &str) -> Result<Selector, Failure> {
    Selector::parse(text).map_err(|error| Failure::usage(format_args!("`{text}` is no CSS selector: {error}")))
}

fn patterns(texts: &[String]) -> Result<GlobSet, Failure> {
    let mut set = GlobSetBuilder::new();
    for text in texts {
        set.add(Glob::new(text).map_err(|error| Failure::usage(format_args!("`{text}` is no pattern: {error}")))?);
    }
    set.build().map_err(|error| Failure::usage(format_args!("the patterns of files to leave out: {error}")))
}

/// Writes the configuration with every option, commented.
pub(crate) fn init(common: &Common, arguments: &InitArguments) -> Result<u8, Failure> {
    let file = &arguments.file;
    if file.exists() && !arguments.force {
        return Err(Failure::usage(format_args!("{}: exists; give --force to write it anew", file.display())));
    }
    std::fs::write(file, TEMPLATE).map_err(|error| Failure::write(file, &error))?;
    if !common.quiet {
        say!("{}: written; every line in it is a default, change what you need", file.display());
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every option stands in the template; the values there are the defaults.
    #[test]
    fn the_template_is_the_default() {
        let uncommented: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n");
        let config: Config = toml::from_str(&uncommented).expect("the template is a configuration");
        let (read, default) = (
            config.site_options(&InputArguments::default()),
            Config::default().site_options(&InputArguments::default()),
        );
        let (read, default) = (read.expect("valid"), default.expect("valid"));
        assert_eq!(
            (read.max_bytes, read.base, read.kinds),
            (default.max_bytes, default.base, Some(vec![FileKind::Html]))
        );
        assert_eq!(config.meta(&InputArguments::default()), Config::default().meta(&InputArguments::default()));
        assert_eq!((config.site.is_some(), config.output.is_some(), config.strict), (true, true, false));
    }
}

//! Puts modules of JavaScript together into one script, so that nobody needs a bundler who has the source.
//!
//! Each module becomes a function that is called once and gives what it exports. That keeps their names apart without looking
//! into them; only the statements at the start of a line that import and export are understood, and any form of them that is not
//! known stops the build.

use crate::minify::style_sheet;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a script is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A module, beside those of the other entry points, which it imports when it needs them.
    Module,
    /// A classic script that stands in a page by itself; its entry is run, and nothing is exported.
    Classic,
}

/// Puts together what `entry` needs. `entries` are the names of all entry points; `replaced` gives other texts for files by name.
pub(crate) fn link(
    entry: &Path,
    form: Form,
    entries: &[&str],
    replaced: &BTreeMap<&str, String>,
) -> Result<String, String> {
    let mut linker = Linker { form, entries, replaced, done: Vec::new(), open: Vec::new() };
    let last = linker.module(entry)?;
    linker.done[last].used.all = true;
    let modules: String = linker.done.iter().enumerate().map(|(number, module)| module.text(number)).collect();
    Ok(match form {
        Form::Module => {
            let names: Vec<&str> = linker.done[last].exports.iter().map(|(name, _)| name.as_str()).collect();
            format!("const $url = import.meta.url;\n{modules}export const {{ {} }} = $m{last};\n", names.join(", "))
        }
        Form::Classic => format!("(() => {{\nconst $url = document.baseURI;\n{modules}}})();\n"),
    })
}

/// What a module exports: the name, and what it is called inside.
type Exports = Vec<(String, String)>;

/// Which of a module's exports are used.
#[derive(Default)]
struct Used {
    all: bool,
    names: BTreeSet<String>,
}

/// A module that was put in.
struct Module {
    path: PathBuf,
    body: String,
    exports: Exports,
    used: Used,
}

impl Module {
    /// The variable `$m0`, `$m1` … that holds what is used of it. What is not can be left out then by whoever makes it small.
    fn text(&self, number: usize) -> String {
        let used = self.exports.iter().filter(|(name, _)| self.used.all || self.used.names.contains(name));
        let list: Vec<String> = used.map(|(name, inner)| format!("{name}: {inner}")).collect();
        format!("const $m{number} = (() => {{\n{}return {{ {} }};\n}})();\n", self.body, list.join(", "))
    }
}

struct Linker<'a> {
    form: Form,
    entries: &'a [&'a str],
    replaced: &'a BTreeMap<&'a str, String>,
    /// The modules that were put in, each behind those that it imports.
    done: Vec<Module>,
    open: Vec<PathBuf>,
}

impl Linker<'_> {
    /// Puts a module in, behind those that it imports; gives its number.
    fn module(&mut self, path: &Path) -> Result<usize, String> {
        if let Some(number) = self.done.iter().position(|module| module.path == path) {
            return Ok(number);
        }
        if self.open.iter().any(|open| open == path) {
            return Err(format!("{}: imports itself through others", path.display()));
        }
        self.open.push(path.to_owned());
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let failed = |error: String| format!("{}: {error}", path.display());
        let text = match self.replaced.get(name) {
            Some(text) => text.clone(),
            None => std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?,
        };
        let text = if path.parent().is_some_and(|folder| folder.ends_with("styles")) {
            style_sheet(&text).map_err(failed)?
        } else {
            text
        };
        let mut body = String::new();
        let mut exports = Exports::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.starts_with("import ") || line.starts_with("export {") {
                let mut statement = line.to_owned();
                while !statement.trim_end().ends_with(';') {
                    let next = lines.next().ok_or_else(|| format!("{}: no end of {line}", path.display()))?;
                    statement.push(' ');
                    statement.push_str(next.trim());
                }
                let statement = if statement.starts_with("import ") {
                    self.import(path, &statement)?
                } else {
                    self.export_list(path, &statement, &mut exports)?
                };
                body.push_str(&statement);
            } else if let Some(rest) = line.strip_prefix("export ") {
                body.push_str(
                    &export(rest, &mut exports).ok_or_else(|| format!("{}: not understood: {line}", path.display()))?,
                );
            } else {
                body.push_str(line);
            }
            body.push('\n');
        }
        let body = self.dynamic_imports(path, &body)?.replace("import.meta.url", "$url");
        self.open.pop();
        self.done.push(Module { path: path.to_owned(), body, exports, used: Used::default() });
        Ok(self.done.len() - 1)
    }

    /// `import a, { b, c as d } from './e.js';` as variables.
    fn import(&mut self, path: &Path, statement: &str) -> Result<String, String> {
        let unknown = || format!("{}: not understood: {statement}", path.display());
        let rest = statement.strip_prefix("import ").ok_or_else(unknown)?.trim_end().trim_end_matches(';');
        let (names, specifier) = rest.rsplit_once(" from ").unwrap_or(("", rest));
        let specifier = specifier.trim().trim_matches(['\'', '"']);
        let number = self.module(&resolve(path, specifier).ok_or_else(unknown)?)?;
        let used = &mut self.done[number].used;
        if let Some(namespace) = names.trim().strip_prefix("* as ") {
            used.all = true;
            return Ok(format!("const {namespace} = $m{number};"));
        }
        let (default, list) = match names.split_once('{') {
            Some((default, list)) => {
                (default.trim().trim_end_matches(','), list.trim_end().strip_suffix('}').ok_or_else(unknown)?)
            }
            None => (names.trim(), ""),
        };
        let mut parts = Vec::new();
        if !default.is_empty() {
            used.names.insert("default".to_owned());
            parts.push(format!("default: {default}"));
        }
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let (name, inner) = name.split_once(" as ").unwrap_or((name, name));
            used.names.insert(name.to_owned());
            parts.push(format!("{name}: {inner}"));
        }
        Ok(if parts.is_empty() { String::new() } else { format!("const {{ {} }} = $m{number};", parts.join(", ")) })
    }

    /// `export { a, b as c };`, perhaps with `from './d.js'`.
    fn export_list(&mut self, path: &Path, statement: &str, exports: &mut Exports) -> Result<String, String> {
        let unknown = || format!("{}: not understood: {statement}", path.display());
        let rest = statement.strip_prefix("export {").ok_or_else(unknown)?.trim_end().trim_end_matches(';');
        let (list, from) = rest.split_once('}').ok_or_else(unknown)?;
        let source = match from.trim().strip_prefix("from ") {
            Some(specifier) => {
                let path = resolve(path, specifier.trim().trim_matches(['\'', '"'])).ok_or_else(unknown)?;
                Some(self.module(&path)?)
            }
            None => None,
        };
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let (inner, name) = name.split_once(" as ").unwrap_or((name, name));
            let inner = match source {
                Some(number) => {
                    self.done[number].used.names.insert(inner.to_owned());
                    format!("$m{number}.{inner}")
                }
                None => inner.to_owned(),
            };
            exports.push((name.to_owned(), inner));
        }
        Ok(String::new())
    }

    /// `import('./other.js')` of an entry point: it stays where it is fetched later, and is at hand in a classic script.
    fn dynamic_imports(&mut self, path: &Path, body: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = body;
        while let Some(at) = rest.find("import('") {
            let after = &rest[at + "import('".len()..];
            let end = after.find("')").ok_or_else(|| format!("{}: import( without an end", path.display()))?;
            let file = after[..end].rsplit('/').next().unwrap_or_default();
            let target = resolve(path, &after[..end]);
            out.push_str(&rest[..at]);
            // Types in comments look the same; they are left alone.
            let is_type = after[end + 2..].starts_with('.')
                && !after[end + 2..].starts_with(".catch")
                && !after[end + 2..].starts_with(".then");
            if is_type || !self.entries.contains(&file) {
                out.push_str(&rest[at..at + "import('".len() + end + 2]);
            } else if self.form == Form::Module {
                out.push_str(&format!("import('./{file}')"));
            } else {
                let target = target.ok_or_else(|| format!("{}: no such module", path.display()))?;
                let number = self.module(&target)?;
                self.done[number].used.all = true;
                out.push_str(&format!("Promise.resolve($m{number})"));
            }
            rest = &after[end + 2..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// What a specifier means in a module; the glue of the engine lies with its module.
fn resolve(from: &Path, specifier: &str) -> Option<PathBuf> {
    let mut path = from.parent()?.to_owned();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => path = path.parent()?.to_owned(),
            part => path.push(part),
        }
    }
    specifier.starts_with('.').then_some(path)
}

/// `export const a = …`, `export function f`, `export default …` without the first word.
fn export(rest: &str, exports: &mut Exports) -> Option<String> {
    if let Some(value) = rest.strip_prefix("default ") {
        exports.push(("default".to_owned(), "$default".to_owned()));
        return Some(format!("const $default = {value}"));
    }
    let mut words =
        rest.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).filter(|word| !word.is_empty());
    let name = match words.next()? {
        "const" | "let" | "class" | "function" => words.next()?,
        "async" => words.nth(1)?,
        _ => return None,
    };
    exports.push((name.to_owned(), name.to_owned()));
    Some(rest.to_owned())
}

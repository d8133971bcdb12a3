//! Builds what bundles are made of: the engine as a WebAssembly module without an index, with the script that belongs to it, and
//! the scripts of `www/` put together.
//!
//! There are three engines: for whole indexes, for those in pieces, and for those where a query finds little. `JISOU_ENGINE` names a
//! folder that has them already: `jisou_engine_bg.wasm`, `jisou_engine.js` and `jisou_engine.d.ts`, and in its folders `pieces` and `meant`
//! those of the others.

mod engine;
mod link;
mod minify;
mod shrink;

use link::{Form, link};
use oxc_span::SourceType;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What pages load by name. Those that are not there yet are left out.
const ENTRIES: [&str; 3] = ["jisou.js", "jisou-search.js", "jisou-mark.js"];

/// The API over pieces with the engine that knows what else may be meant; that with the other loads it.
const MEANT: &str = "jisou-meant.js";

/// Conditions of the glue that never hold when it is handed a compiled module, as `engine.js` does.
const UNUSED_IN_GLUE: &str = include_str!("unused-in-glue.txt");

/// The service worker, a classic script by itself.
const WORKER: &str = "jisou-sw.js";

fn main() {
    if let Err(error) = build() {
        println!("cargo::error={}", error.to_string().trim_end().replace('\n', " "));
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = package.parent().and_then(Path::parent).ok_or("this package lies in crates/ of the project")?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for source in ["www", "src", "crates/core/src", "crates/core/Cargo.toml", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(source).display());
    }
    println!("cargo::rerun-if-changed={}", package.join("web").display());
    println!("cargo::rerun-if-changed={}", package.join("build").display());
    println!("cargo::rerun-if-env-changed=JISOU_ENGINE");
    let given = env::var_os("JISOU_ENGINE").map(|folder| root.join(folder));
    let engine = |name: &str, feature: Option<&str>| -> Result<String, Box<dyn Error>> {
        let to = out.join(name);
        fs::create_dir_all(&to)?;
        match &given {
            Some(folder) => engine::copy(&folder.join(feature.unwrap_or_default()), &to)?,
            None => engine::build(root, &out, &to, feature)?,
        }
        let glue = fs::read_to_string(to.join("jisou_engine.js"))?;
        let without = |glue: String, unused: &str| glue.replace(&format!("if ({unused})"), "if (false)");
        let shorter = UNUSED_IN_GLUE.lines().fold(glue.clone(), without);
        if shorter == glue {
            return Err("jisou_engine.js asks for none of unused-in-glue.txt any more".into());
        }
        Ok(shorter)
    };
    let glue = engine("engine", None)?;
    let pieces = engine("pieces", Some("pieces"))?;
    let meant = engine("meant", Some("meant"))?;
    let www = root.join("www");
    let module = |entry: &Path, glue: &str| -> Result<String, Box<dyn Error>> {
        let replaced = BTreeMap::from([
            ("jisou_engine.js", glue.to_owned()),
            ("place.js", fs::read_to_string(package.join("web/place.js"))?),
        ]);
        let script = link(entry, Form::Module, &ENTRIES, &replaced)?;
        Ok(minify::minify(&script, SourceType::mjs())?)
    };
    let (mut table, mut table_of_pieces) = (String::from("&[\n"), String::from("&[\n"));
    for entry in ENTRIES.into_iter().filter(|entry| www.join(entry).is_file()) {
        fs::write(out.join(entry), module(&www.join(entry), &glue)?)?;
        let row = |file: &Path| format!("    ({entry:?}, include_str!({file:?})),\n");
        table.push_str(&row(&out.join(entry)));
        // Over pieces only the API is another.
        let file = if entry == ENTRIES[0] { out.join("pieces.js") } else { out.join(entry) };
        table_of_pieces.push_str(&row(&file));
    }
    let worker = minify::minify(&fs::read_to_string(www.join(WORKER))?, SourceType::script())?;
    fs::write(out.join(WORKER), worker)?;
    for table in [&mut table, &mut table_of_pieces] {
        table.push_str(&format!("    ({WORKER:?}, include_str!({:?})),\n", out.join(WORKER)));
    }
    fs::write(out.join("pieces.js"), module(&www.join("pieces.js"), &pieces)?)?;
    fs::write(out.join(MEANT), module(&www.join("pieces.js"), &meant)?)?;
    table_of_pieces.push_str(&format!("    ({MEANT:?}, include_str!({:?})),\n", out.join(MEANT)));
    fs::write(out.join("scripts.rs"), table + "]")?;
    fs::write(out.join("pieces.rs"), table_of_pieces + "]")?;
    // The page that searches by itself: everything is in one classic script.
    let web = package.join("web");
    let replaced =
        BTreeMap::from([("jisou_engine.js", glue), ("place.js", fs::read_to_string(web.join("place-inside.js"))?)]);
    let script = link(&web.join("single.js"), Form::Classic, &ENTRIES, &replaced)?;
    fs::write(out.join("single.js"), minify::minify(&script, SourceType::script())?)?;
    Ok(())
}

//! Builds what bundles are made of: the engine as a WebAssembly module without an index, with the script that belongs to it, and
//! the scripts of `www/` put together.
//!
//! `JISOU_ENGINE` names a folder that has the engine already: `jisou_engine_bg.wasm`, `jisou_engine.js` and `jisou_engine.d.ts`.

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
    let engine = out.join("engine");
    fs::create_dir_all(&engine)?;
    match env::var_os("JISOU_ENGINE") {
        Some(folder) => engine::copy(&root.join(folder), &engine)?,
        None => engine::build(root, &out, &engine)?,
    }
    let glue = fs::read_to_string(engine.join("jisou_engine.js"))?;
    let www = root.join("www");
    let module = |entry: &Path, place: &str| -> Result<String, Box<dyn Error>> {
        let replaced = BTreeMap::from([
            ("jisou_engine.js", glue.clone()),
            ("place.js", fs::read_to_string(package.join("web").join(place))?),
        ]);
        let script = link(entry, Form::Module, &ENTRIES, &replaced)?;
        Ok(minify::minify(&script, SourceType::mjs())?)
    };
    let mut table = String::from("&[\n");
    for entry in ENTRIES {
        if www.join(entry).is_file() {
            fs::write(out.join(entry), module(&www.join(entry), "place.js")?)?;
            table.push_str(&format!("    ({entry:?}, include_str!({:?})),\n", out.join(entry)));
        }
    }
    table.push(']');
    fs::write(out.join("scripts.rs"), table)?;
    // The page that searches by itself: everything is in one classic script.
    let web = package.join("web");
    let replaced =
        BTreeMap::from([("jisou_engine.js", glue), ("place.js", fs::read_to_string(web.join("place-inside.js"))?)]);
    let script = link(&web.join("single.js"), Form::Classic, &ENTRIES, &replaced)?;
    fs::write(out.join("single.js"), minify::minify(&script, SourceType::script())?)?;
    Ok(())
}

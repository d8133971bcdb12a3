//! `jisou embed`: an index in one file, inside a module or inside a page.

use crate::args::{Common, EmbedArguments};
use crate::assets;
use crate::bundle;
use crate::failure::{Failure, say};
use crate::output;
use crate::texts::bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;
use std::path::Path;

/// The page around the script and its payload.
const PAGE: &str = include_str!("../web/single.html");
/// The name of the custom section with the index, which `www/engine.js` looks for.
const SECTION: &str = "jisou";
/// Up to so many bytes the payload is compressed as small as deflate can; beyond, that takes minutes.
const SMALL: usize = 2 << 20;

/// Writes the files that are asked for.
pub(crate) fn run(common: &Common, arguments: &EmbedArguments) -> Result<u8, Failure> {
    let index = bundle::open(&arguments.bundle)?.bytes;
    if let Some(file) = &arguments.wasm {
        write(common, file, &with_section(assets::WHOLE.engine, &index))?;
    }
    if let Some(file) = &arguments.html {
        let title = arguments.title.as_deref().unwrap_or("即搜");
        write(common, file, page(title, &index)?.as_bytes())?;
    }
    Ok(0)
}

/// Writes a file, and says so.
fn write(common: &Common, file: &Path, content: &[u8]) -> Result<(), Failure> {
    output::write_file(file, |mut out| out.write_all(content).map_err(|error| Failure::write(file, &error)))?;
    if common.json {
        say!("{}", serde_json::json!({ "file": file, "bytes": content.len() }));
    } else if !common.quiet {
        say!("{} ({})", file.display(), bytes(content.len() as u64));
    }
    Ok(())
}

/// A module with one more custom section: no byte of its code changes.
fn with_section(module: &[u8], content: &[u8]) -> Vec<u8> {
    let mut section = Vec::with_capacity(content.len() + 16);
    leb128(&mut section, SECTION.len());
    section.extend_from_slice(SECTION.as_bytes());
    section.extend_from_slice(content);
    let mut out = module.to_vec();
    // 0 is the number of custom sections.
    out.push(0);
    leb128(&mut out, section.len());
    out.extend(section);
    out
}

/// Unsigned LEB128, as WebAssembly writes lengths.
fn leb128(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A page with everything inside: script, engine and index are one payload, compressed, in base64.
fn page(title: &str, index: &[u8]) -> Result<String, Failure> {
    let mut payload = Vec::new();
    for part in [assets::SINGLE.as_bytes(), assets::WHOLE.engine] {
        payload.extend_from_slice(&(part.len() as u32).to_le_bytes());
        payload.extend_from_slice(part);
    }
    payload.extend_from_slice(index);
    let packed = if payload.len() <= SMALL { smallest(&payload)? } else { bundle::pack(&payload) };
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    Ok(PAGE.replace("__TITLE__", &title).replace("__PAYLOAD__", &STANDARD.encode(packed)))
}

fn smallest(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    let options = zopfli::Options::default();
    zopfli::compress(options, zopfli::Format::Gzip, bytes, &mut out).map_err(Failure::new)?;
    Ok(out)
}

//! An index built in parts is that of one build; parts that do not belong together are refused.

use crate::{done, failed};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Records with dates and filters, one address twice, and a line that is none.
fn records(folder: &Path) {
    let mut lines: Vec<String> = (0..40)
        .map(|n| {
            format!(
                r#"{{"url":"/{n}","title":"第{n}页","body":"命运共同体，合作 {n}。\n\n国际形势","meta":{{"date":"2024-05-{:02}"}},"filters":{{"类":"{}"}}}}"#,
                n % 28 + 1,
                n % 3
            )
        })
        .collect();
    lines.insert(7, "no record".to_owned());
    lines.insert(20, lines[3].clone());
    fs::write(folder.join("pages.jsonl"), lines.join("\n")).unwrap();
}

/// All files of a bundle, in folders too.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            out.extend(files(&entry.path()).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            out.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    out
}

#[test]
fn parts_merge_to_the_bundle_of_one_build() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    records(at);
    for layout in ["whole", "cut"] {
        let one = [
            "index",
            "-q",
            "pages.jsonl",
            "--output",
            "one",
            "--layout",
            layout,
            "--base-url",
            "/docs/",
            "--meta",
            "date",
        ];
        let said = crate::jisou(at, &one);
        let problems = String::from_utf8(said.stderr).unwrap();
        assert_eq!(problems.lines().count(), 2, "{problems}");
        for of in [1, 3, 8] {
            let parts: Vec<String> = (1..=of).map(|part| format!("parts/{part}-{of}")).collect();
            for (part, name) in (1..).zip(&parts) {
                let which = format!("{part}/{of}");
                done(
                    at,
                    &["index", "pages.jsonl", "--part", &which, "-o", name, "--base-url", "/docs/", "--meta", "date"],
                );
            }
            let names = parts.iter().rev().map(String::as_str);
            let merge: Vec<&str> =
                ["merge", "-q"].into_iter().chain(names).chain(["-o", "merged", "--layout", layout]).collect();
            let merged = crate::jisou(at, &merge);
            assert_eq!(merged.status.code(), Some(0));
            assert_eq!(String::from_utf8(merged.stderr).unwrap(), problems);
            assert!(files(&at.join("one")) == files(&at.join("merged")), "{layout} in {of} parts");
        }
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    records(at);
    fs::copy(at.join("pages.jsonl"), at.join("others.jsonl")).unwrap();
    for (name, input, which) in [("a", "pages.jsonl", "1/2"), ("b", "pages.jsonl", "2/2"), ("c", "others.jsonl", "2/2")]
    {
        done(at, &["index", input, "--part", which, "-o", name]);
    }
    assert!(failed(at, &["merge", "a", "-o", "out"], 2).contains("part 2 of 2 is missing"));
    assert!(failed(at, &["merge", "a", "b", "a", "-o", "out"], 2).contains("part 1 is there twice"));
    assert!(failed(at, &["merge", "a", "c", "-o", "out"], 2).contains("c: is no part of what a is a part of"));
    assert!(failed(at, &["merge", "a", "pages.jsonl", "-o", "out"], 1).contains("pages.jsonl:1: "));
    assert!(failed(at, &["index", "pages.jsonl", "--part", "3/2", "-o", "d"], 2).contains("2/8"));
    fs::create_dir(at.join("site")).unwrap();
    assert!(failed(at, &["index", "site", "--part", "1/2", "-o", "d"], 2).contains("only records"));
    // One that was cut short, or changed.
    let bytes = fs::read(at.join("b")).unwrap();
    fs::write(at.join("b"), &bytes[..bytes.len() / 2]).unwrap();
    assert!(failed(at, &["merge", "a", "b", "-o", "out"], 1).contains("build the part again"));
    let mut changed = bytes;
    let middle = changed.len() / 2;
    changed[middle] ^= 0x55;
    fs::write(at.join("b"), changed).unwrap();
    assert!(failed(at, &["merge", "a", "b", "-o", "out"], 1).contains("build the part again"));
    assert!(!at.join("out").exists());
}

//! What goes wrong says what to do, and leaves nothing half written.

use super::{done, failed, folder, hits, jisou, json, write};
use std::fs;

/// What lies in a folder, without the order of the disk.
fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_without_pages() {
    let site = folder(&[("a.png", "x"), ("b/c.css", "x")]);
    let error = failed(site.path(), &["index", "."], 1);
    assert!(error.contains("no .html, .md or .txt file"), "{error}");
    assert_eq!(names(site.path()), ["a.png", "b"]);
    let error = failed(site.path(), &["index", "nowhere"], 1);
    assert!(error.contains("nowhere: cannot be read") && error.contains("check that it exists"), "{error}");
    let error = failed(site.path(), &["index"], 2);
    assert!(error.contains("Name the folder of the built site"), "{error}");
}

#[test]
fn broken_pages_are_named_and_the_others_indexed() {
    let deep = "<div>".repeat(100_000);
    let site = folder(&[
        ("good.html", "<title>好</title><p>东风来了"),
        ("cut.html", "<title>断</title><p>半句话<b>没有<i>结束"),
        ("empty.html", ""),
        ("deep.html", &deep),
    ]);
    write(site.path(), "image.html", &[0x89, b'P', b'N', b'G', 0, 0, 0, 1, 2, 3, 4, 5]);
    let output = jisou(site.path(), &["index", ".", "--strict"]);
    assert_eq!(output.status.code(), Some(3));
    let error = String::from_utf8_lossy(&output.stderr);
    for (file, remedy) in [
        ("deep.html", "nests more than 1,000 elements"),
        ("empty.html", "holds no text; remove it"),
        ("image.html", "is not text"),
    ] {
        assert!(error.lines().any(|line| line.contains(file) && line.contains(remedy)), "{file}: {error}");
    }
    assert_eq!(hits(site.path(), "jisou", "没有结束"), ["/cut.html"]);
    assert_eq!(hits(site.path(), "jisou", "东风"), ["/good.html"]);
}

#[test]
fn pages_that_are_too_large() {
    let site = folder(&[("a.html", "<p>甲乙"), ("big.html", &"<p>字</p>".repeat(1 << 18))]);
    let report = json(site.path(), &["index", ".", "--max-file-size", "1"]);
    let problem = report["problems"][0].as_str().expect("a problem");
    assert!(problem.contains("big.html: has") && problem.contains("raise the limit"), "{problem}");
    assert_eq!(report["pages"], 1);
}

#[cfg(unix)]
#[test]
fn links_that_loop_and_names_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let site = folder(&[("a/b.html", "<p>甲乙丙")]);
    std::os::unix::fs::symlink(site.path(), site.path().join("a/loop")).expect("a link");
    fs::write(site.path().join(std::ffi::OsStr::from_bytes(b"\xd6\xd0.html")), "<p>丁戊己").expect("a file");
    let report = json(site.path(), &["index", "."]);
    let problem = report["problems"][0].as_str().expect("a problem");
    assert!(problem.contains("a/loop: is a symbolic link to a folder it stands in"), "{problem}");
    assert_eq!(hits(site.path(), "jisou", "丁戊己"), ["/%D6%D0.html"]);
}

#[test]
fn two_pages_of_one_address() {
    let site = folder(&[("index.html", "<p>甲"), ("index.htm", "<p>乙")]);
    let report = json(site.path(), &["index", "."]);
    assert!(report["problems"][0].as_str().is_some_and(|problem| problem.contains("the address of two pages")));
    let records = "{\"url\":\"/a\",\"title\":\"甲\"}\n{\"url\":\"/a\",\"title\":\"乙\"}\n\nno record\n{\"title\":1}\n";
    let site = folder(&[("r.jsonl", records)]);
    let report = json(site.path(), &["index", "r.jsonl", "--output", "out"]);
    let problems = report["problems"].as_array().expect("problems");
    for (problem, start) in
        problems.iter().zip(["r.jsonl:2: /a: is the address", "r.jsonl:4: not a record", "r.jsonl:5: not a record"])
    {
        assert!(problem.as_str().is_some_and(|problem| problem.starts_with(start)), "{problem}");
    }
    assert_eq!((problems.len(), report["pages"].as_u64()), (3, Some(1)));
}

#[test]
fn targets_that_are_not_ours() {
    let site = folder(&[("a.html", "<p>甲乙"), ("kept/mine.txt", "x"), ("file", "x")]);
    let error = failed(site.path(), &["index", ".", "--output", "kept"], 2);
    assert!(error.contains("holds files that jisou did not write"), "{error}");
    assert_eq!(names(&site.path().join("kept")), ["mine.txt"]);
    let error = failed(site.path(), &["index", ".", "--output", "file"], 2);
    assert!(error.contains("is a file"), "{error}");
    let error = failed(site.path(), &["search", "kept", "甲"], 2);
    assert!(error.contains("is no bundle"), "{error}");
}

#[test]
fn a_run_that_fails_leaves_the_old_index() {
    let site = folder(&[("a.html", "<p>甲乙丙丁")]);
    done(site.path(), &["index", "."]);
    let before = names(&site.path().join("jisou"));
    fs::remove_file(site.path().join("a.html")).expect("removed");
    failed(site.path(), &["index", "."], 1);
    assert_eq!(names(&site.path().join("jisou")), before);
    assert_eq!(names(site.path()), ["jisou"]);
}

#[test]
fn front_matter_that_is_none() {
    let site = folder(&[
        ("a.md", "---\ntitle: [甲\n---\n正文"),
        ("b.md", "---\ntitle: 乙\n---\n正文"),
        ("c.md", "---\ndraft: true\n---\n丙"),
    ]);
    let report = json(site.path(), &["index", ".", "--output", "out"]);
    let problem = report["problems"][0].as_str().expect("a problem");
    assert!(problem.contains("a.md: line ") && problem.contains("correct the front matter"), "{problem}");
    assert_eq!((report["pages"].as_u64(), report["leftOut"]["draft"].as_array().map(Vec::len)), (Some(1), Some(1)));
}

#[test]
fn a_damaged_bundle() {
    let site = folder(&[("a.html", "<p>甲乙丙丁")]);
    done(site.path(), &["index", "."]);
    let bundle = site.path().join("jisou");
    let name = names(&bundle).into_iter().find(|name| name.ends_with(".jisou")).expect("an index");
    let mut bytes = fs::read(bundle.join(&name)).expect("the index");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(bundle.join(&name), bytes).expect("written");
    let error = failed(site.path(), &["search", "jisou", "甲"], 1);
    assert!(error.contains(&name), "{error}");
    fs::remove_file(bundle.join(&name)).expect("removed");
    let error = failed(site.path(), &["inspect", "jisou"], 1);
    assert!(error.contains("cannot be read"), "{error}");
}

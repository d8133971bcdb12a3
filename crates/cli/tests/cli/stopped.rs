//! Runs that are stopped, disks that are full, folders that may not be written: the old bundle stays whole, and nothing half written
//! stays at all.
//!
//! What needs a file system of its own is tried in a namespace of its own (`unshare`). Where there is none, the test says so.

use super::{clean, done, failed, folder, hits, jisou};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Says that something was not tried. Past the harness, which keeps what tests print that succeed.
fn not_tried(what: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "NOT TRIED: {what}: {why}");
}

/// Runs a script of the shell in namespaces of its own; `None`, said aloud, if this machine has none. `$1` is the program.
fn apart(folder: &Path, flags: &[&str], what: &str, script: &str) -> Option<Output> {
    let probe = Command::new("unshare").args(flags).arg("true").output();
    match probe {
        Ok(probe) if probe.status.success() => {}
        Ok(probe) => {
            not_tried(what, String::from_utf8_lossy(&probe.stderr).trim());
            return None;
        }
        Err(error) => {
            not_tried(what, &format!("unshare: {error}"));
            return None;
        }
    }
    let mut command = clean(Command::new("unshare"));
    command.args(flags).args(["sh", "-c", script, "sh", env!("CARGO_BIN_EXE_jisou")]).current_dir(folder);
    Some(command.output().expect("unshare starts"))
}

fn bundle(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(path).expect("the bundle").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")))
        .collect()
}

fn unfinished(folder: &Path) -> usize {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".jisou")).count()
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_the_old_bundle_or_the_new_one() {
    let page = |n: u32, word: &str| format!("<title>第{n}页</title><p>{word}{}", "文字与共同的话".repeat(300));
    let pages: Vec<(String, String)> = (0..60).map(|n| (format!("{n}.html"), page(n, "旧词"))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let site = folder(&pages);
    done(site.path(), &["index", "."]);
    let target = site.path().join("jisou");
    let old = bundle(&target);
    fs::write(site.path().join("0.html"), page(0, "新词")).expect("a page");
    let started = Instant::now();
    done(site.path(), &["index", ".", "--output", "other/jisou"]);
    let whole = started.elapsed();
    let new = bundle(&site.path().join("other/jisou"));
    fs::remove_dir_all(site.path().join("other")).expect("removed");
    assert!(old != new);
    let mut stopped = 0;
    const MOMENTS: u32 = 12;
    for moment in 0..MOMENTS {
        let mut run = clean(Command::new(env!("CARGO_BIN_EXE_jisou")))
            .current_dir(site.path())
            .args(["index", "."])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // Most of them near the end, when files are written.
        let part = if moment % 3 == 0 { moment as f64 / f64::from(MOMENTS) } else { 0.8 + moment as f64 / 50.0 };
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part));
        let signal = ["KILL", "TERM", "INT"][(moment / 3) as usize % 3];
        let sent =
            Command::new("kill").args([&format!("-{signal}"), &run.id().to_string()]).stderr(Stdio::null()).status();
        assert!(sent.is_ok(), "kill");
        let status = run.wait().expect("it ends");
        stopped += u32::from(!status.success());
        let now = bundle(&target);
        assert!(now == old || now == new, "{signal} at {part:.2}: half written");
        assert!(unfinished(site.path()) <= 1, "what the run before left is gone");
    }
    assert!(stopped > 0, "no run was stopped before it was done");
    done(site.path(), &["index", "."]);
    assert_eq!(unfinished(site.path()), 0);
    assert!(bundle(&target) == new);
}

#[test]
fn what_is_left_of_a_stopped_run_is_removed_by_the_next() {
    let site = folder(&[
        ("a.html", "<p>甲乙丙丁"),
        (".jisou-new-aaaaaa/engine.wasm", "half"),
        (".jisou-new-bbbbbb", "half a page"),
        (".jisourc", "mine"),
    ]);
    done(site.path(), &["index", "."]);
    let mut names: Vec<_> =
        fs::read_dir(site.path()).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
    names.sort();
    assert_eq!(names, [".jisourc", "a.html", "jisou"]);
}

#[test]
fn a_full_disk() {
    let site = folder(&[("a.html", "<p>甲乙丙丁"), ("disk/keep", "")]);
    let script = "mount -t tmpfs -o size=1m none disk && \"$1\" index a.html --output disk/jisou --quiet && \
        cp -r disk/jisou before && { cat /dev/zero >disk/full; true; } 2>/dev/null && \
        { \"$1\" index a.html --output disk/jisou; code=$?; \"$1\" embed disk/jisou --html disk/page.html; embedded=$?; } 2>error; \
        diff -r before disk/jisou && ls -A disk && echo $code $embedded";
    let flags = ["--mount", "--user", "--map-root-user"];
    let Some(output) = apart(site.path(), &flags, "a full disk", script) else { return };
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(out, "full\njisou\n1 1\n", "{error}");
    let error = fs::read_to_string(site.path().join("error")).expect("what it said");
    assert_eq!(error.matches("the disk is full: make room").count(), 2, "{error}");
}

#[test]
fn a_disk_that_may_only_be_read() {
    let site = folder(&[("a.html", "<p>甲乙丙丁")]);
    done(site.path(), &["index", "."]);
    let before = bundle(&site.path().join("jisou"));
    let script = "mount --bind . . && cd \"$PWD\" && mount -o remount,bind,ro . && exec \"$1\" index .";
    let flags = ["--mount", "--user", "--map-root-user"];
    let Some(output) = apart(site.path(), &flags, "a disk that may only be read", script) else { return };
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("cannot be written") && error.contains("--output"), "{error}");
    assert!(bundle(&site.path().join("jisou")) == before);
}

#[cfg(unix)]
#[test]
fn files_and_folders_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let site = folder(&[("a.html", "<p>甲乙丙"), ("b.html", "<p>丁"), ("closed/c.html", "<p>戊")]);
    let change = |name: &str, mode: u32| {
        fs::set_permissions(site.path().join(name), fs::Permissions::from_mode(mode)).expect("permissions")
    };
    change("b.html", 0);
    change("closed", 0);
    // The superuser may read and write everything, except where its rights do not reach.
    let superuser = fs::read(site.path().join("b.html")).is_ok();
    let run = |arguments: &[&str]| -> Option<Output> {
        if superuser {
            let script = format!("exec \"$1\" {}", arguments.join(" "));
            apart(site.path(), &["--user"], "files without permission", &script)
        } else {
            Some(jisou(site.path(), arguments))
        }
    };
    let Some(output) = run(&["index", ".", "--strict"]) else { return };
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{error}");
    for file in ["b.html", "closed"] {
        let said = |line: &str| line.contains(file) && line.contains("cannot be read") && line.contains("permission");
        assert!(error.lines().any(said), "{file}: {error}");
    }
    assert_eq!(hits(site.path(), "jisou", "甲乙丙"), ["/a.html"]);
    change(".", 0o555);
    let output = run(&["index", ".", "--output", "new"]);
    change(".", 0o755);
    change("closed", 0o755);
    let Some(output) = output else { return };
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("cannot be written") && error.contains("--output"), "{error}");
}

#[test]
fn a_page_of_100_megabytes() {
    let site = folder(&[("a.html", "<p>甲乙丙丁")]);
    let file = fs::File::create(site.path().join("big.html")).expect("a file");
    file.set_len(100_000_000).expect("a large file");
    let error = failed(site.path(), &["index", ".", "--strict"], 3);
    assert!(error.contains("big.html") && error.contains("raise the limit"), "{error}");
    assert_eq!(hits(site.path(), "jisou", "甲乙丙丁"), ["/a.html"]);
}

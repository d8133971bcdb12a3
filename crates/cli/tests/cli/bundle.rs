//! What is written: the bundle, modules and pages with an index inside.

use super::{done, folder, hits, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")))
        .collect()
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let pages: Vec<(String, String)> =
        (0..40).map(|n| (format!("p{n}.html"), format!("<title>第{n}页</title><p>文字{n}与共同的话"))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let (one, two) = (folder(&pages), folder(&pages));
    for site in [&one, &two] {
        done(site.path(), &["index", "."]);
    }
    let first = files(&one.path().join("jisou"));
    assert!(first == files(&two.path().join("jisou")));
    done(one.path(), &["index", "."]);
    assert!(first == files(&one.path().join("jisou")), "a second run over the first");
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    for name in ["jisou.js", "jisou.json", "jisou.d.ts", "jisou-search.d.ts", "jisou_engine.d.ts", "errors.d.ts"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let script = String::from_utf8_lossy(&first["jisou.js"]).into_owned();
    let hashed: Vec<&&str> =
        names.iter().filter(|name| name.starts_with("index-") || name.starts_with("engine-")).collect();
    assert!(hashed.len() == 2 && hashed.iter().all(|name| script.contains(**name)), "{hashed:?}");
}

#[test]
fn a_module_with_the_index_inside() {
    let site = folder(&[("a.html", "<p>甲乙丙丁")]);
    done(site.path(), &["index", "."]);
    done(site.path(), &["embed", "jisou", "--wasm", "a.wasm", "--html", "a.html.out", "--title", "<站>"]);
    let bundle = files(&site.path().join("jisou"));
    let engine = bundle.iter().find(|(name, _)| name.ends_with(".wasm")).expect("an engine").1;
    let module = fs::read(site.path().join("a.wasm")).expect("a module");
    assert_eq!(&module[..engine.len()], &engine[..]);
    let inside = module[engine.len()..].windows(4).any(|window| window == b"JSOU");
    assert!(inside, "the index stands in a custom section");
    let page = fs::read_to_string(site.path().join("a.html.out")).expect("a page");
    assert!(page.contains("<title>&lt;站></title>") && !page.contains("__PAYLOAD__") && !page.contains("src="));
}

#[test]
fn the_page_of_the_seeds_is_small() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = folder(&[]);
    let (corpus, target) = (root.join("corpus"), out.path().join("seeds"));
    done(out.path(), &["index", &corpus.to_string_lossy(), "--output", &target.to_string_lossy()]);
    done(out.path(), &["embed", "seeds", "--html", "seeds.html"]);
    let bytes = fs::metadata(out.path().join("seeds.html")).expect("a page").len();
    println!("{bytes} bytes");
    // Without wasm-opt on the machine the engine is larger.
    assert!(bytes <= 162_000, "{bytes}");
}

#[test]
fn records_with_filters_and_sorts() {
    let records = [
        r#"{"url":"/a","title":"春","body":"东风来了","filters":{"类":["散文","春"]},"sort":{"年":9},"meta":{"date":"2024-05-06"}}"#,
        r#"{"url":"/b","title":"夏","body":"东风不来","filters":{"类":"散文"},"sort":{"年":10}}"#,
        r#"{"url":"/c","title":"秋","body":"东风已去","filters":{"类":"诗"}}"#,
    ];
    let site = folder(&[("r.jsonl", &records.join("\n"))]);
    done(site.path(), &["index", "r.jsonl", "--output", "out"]);
    let ask = |arguments: &[&str]| {
        let answer = json(site.path(), &[&["search", "out"], arguments].concat());
        answer["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .map(|hit| hit["title"].as_str().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ask(&["东风", "--filter", "类=散文", "--sort", "年=desc"]), ["夏", "春"]);
    assert_eq!(ask(&["", "--sort", "年=asc"]), ["春", "夏", "秋"]);
    assert_eq!(ask(&["", "--sort", "date=desc"])[0], "春");
    assert_eq!(ask(&["东风", "--filter", "类=散文", "--filter", "类=春"]), ["春"]);
    assert_eq!(hits(site.path(), "out", "东风").len(), 3);
    let error = super::failed(site.path(), &["search", "out", "东风", "--filter", "无=x"], 2);
    assert!(error.contains("无") && error.contains("类"), "{error}");
}

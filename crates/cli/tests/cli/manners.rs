//! Help, configuration, completions, what is said and where.

use super::{done, failed, folder, hits, jisou, json};

#[test]
fn help_has_examples_and_exit_codes() {
    let site = folder(&[]);
    let help = done(site.path(), &["--help"]);
    assert!(
        help.contains("jisou index public/") && help.contains("Exit codes:") && help.contains("jisou.toml"),
        "{help}"
    );
    for command in ["index", "search", "inspect", "serve", "check", "embed", "init", "completions", "man"] {
        let help = done(site.path(), &[command, "--help"]);
        assert!(help.contains("Example"), "{command}: {help}");
        let page = done(site.path(), &["man", command]);
        assert!(page.starts_with(".ie") && page.contains(".TH"), "{command}: {page}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(done(site.path(), &["completions", shell]).contains("jisou"), "{shell}");
    }
    failed(site.path(), &["indx"], 2);
}

#[test]
fn a_configuration_is_written_and_obeyed() {
    let site =
        folder(&[("public/a.html", "<main><p>甲乙丙<p class=x>丁戊己</main>"), ("public/b/c.html", "<p>庚辛壬")]);
    done(site.path(), &["init"]);
    failed(site.path(), &["init"], 2);
    let text = std::fs::read_to_string(site.path().join("jisou.toml")).expect("written");
    let text = text
        .replace("# site = \"public\"", "site = \"public\"")
        .replace("# output = \"public/jisou\"", "output = \"out\"")
        .replace("# ignore = []", "ignore = [\".x\"]")
        .replace("# exclude = []", "exclude = [\"b/**\"]")
        .replace("# base-url = \"\"", "base-url = \"https://example.org/docs\"");
    std::fs::write(site.path().join("jisou.toml"), text).expect("written");
    done(site.path(), &["index", "--quiet"]);
    assert_eq!(hits(site.path(), "out", "甲乙丙"), ["https://example.org/docs/a.html"]);
    assert_eq!(hits(site.path(), "out", "\"丁戊己\""), [""; 0]);
    assert_eq!(hits(site.path(), "out", "\"庚辛壬\""), [""; 0]);
    // Arguments go before the configuration.
    done(site.path(), &["index", "--base-url", "/"]);
    assert_eq!(hits(site.path(), "out", "甲乙丙"), ["/a.html"]);
    std::fs::write(site.path().join("jisou.toml"), "site = \"public\"\n\nsitte = 1\n").expect("written");
    let error = failed(site.path(), &["index"], 2);
    assert!(error.contains("jisou.toml:3") && error.contains("sitte"), "{error}");
}

#[test]
fn what_is_said_and_where() {
    let site = folder(&[("a.html", "<title>甲</title><p>东风来了")]);
    let quiet = jisou(site.path(), &["index", ".", "--quiet"]);
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty());
    let loud = jisou(site.path(), &["index", "."]);
    let (out, error) = (String::from_utf8_lossy(&loud.stdout), String::from_utf8_lossy(&loud.stderr));
    assert!(
        out.contains("1 page from 1 file") && out.contains("jisou-search.js") && error.contains("reading"),
        "{out}{error}"
    );
    let table = done(site.path(), &["search", "jisou", "东风"]);
    assert!(table.contains("1 page (exact)") && table.contains("东风来了") && table.contains("/a.html"), "{table}");
    let answer = json(site.path(), &["search", "jisou", "东风"]);
    assert_eq!((answer["total"].as_u64(), answer["tier"].as_str()), (Some(1), Some("exact")));
    assert_eq!(answer["hits"][0]["sections"][0]["marks"], serde_json::json!([[0, 2]]));
    let inspected = done(site.path(), &["inspect", "jisou"]);
    assert!(inspected.contains("most frequent words") && inspected.contains("engine-"), "{inspected}");
    let explained = done(site.path(), &["inspect", "jisou", "--explain", "东风", "/a.html"]);
    assert!(explained.contains("甲: 1 of 1, tier exact"), "{explained}");
    let checked = done(site.path(), &["check", ".", "a.html"]);
    assert!(checked.contains("title    甲") && checked.contains("+ text         东风来了"), "{checked}");
    assert!(done(site.path(), &["check", "."]).contains("/a.html"));
}

#[test]
fn a_folder_of_markdown() {
    let text = "---\ntitle: 快速开始\ndate: 2024-05-06\ntags: [入门, 安装]\n---\n\n## 安装 {#install}\n\n先装上它。\n";
    let site = folder(&[("guide/start.md", text), ("index.md", "# 首页\n\n欢迎。\n")]);
    done(site.path(), &["index", ".", "--output", "out"]);
    let answer = json(site.path(), &["search", "out", "先装上"]);
    let hit = &answer["hits"][0];
    assert_eq!((&hit["url"], &hit["title"]), (&"/guide/start".into(), &"快速开始".into()));
    assert_eq!((&hit["sections"][0]["anchor"], &hit["meta"]["date"]), (&"install".into(), &"2024-05-06".into()));
    assert_eq!(hits(site.path(), "out", "欢迎"), ["/"]);
}

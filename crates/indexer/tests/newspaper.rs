//! Reading the seed pages: measured against the hand-made labels, and held to what every page must keep.

use std::collections::HashSet;
use std::path::Path;

use jieba_rs::Jieba;
use jisou_indexer::document::{BlockKind, Document, Span};
use jisou_indexer::newspaper::read_newspaper;
use jisou_indexer::prose::read_text;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Labels {
    joins: Vec<Pair>,
    keeps: Vec<Pair>,
    titles: Vec<Title>,
}

#[derive(Deserialize)]
struct Pair {
    file: String,
    before: String,
    after: String,
}

#[derive(Deserialize)]
struct Title {
    file: String,
    title: String,
}

/// Right ones, found ones and wanted ones.
#[derive(Default, Clone, Copy)]
struct Score {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    fn add(&mut self, other: Score) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<_> = std::fs::read_dir(folder().join("../../corpus"))
        .expect("the corpus folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect();
    pages.sort();
    assert_eq!(pages.len(), 5);
    pages
}

fn jieba() -> &'static Jieba {
    static JIEBA: std::sync::OnceLock<Jieba> = std::sync::OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

fn is_word(text: &str) -> bool {
    jieba().has_word(text)
}

/// Where a block was sewn together: the text before each seam and the text behind it.
fn seams(documents: &[Document]) -> Vec<(String, String)> {
    let blocks = documents.iter().flat_map(|document| &document.blocks);
    blocks
        .flat_map(|block| {
            block.origin.iter().skip(1).map(|span| {
                let (before, after) = block.text.split_at(span.text_start);
                (before.to_owned(), after.to_owned())
            })
        })
        .collect()
}

fn without_mark(text: &str) -> &str {
    text.trim_start_matches('#').trim_start()
}

#[test]
fn the_labels_are_met() {
    let labels = std::fs::read_to_string(folder().join("tests/data/labels.json")).expect("the labels");
    let labels: Labels = serde_json::from_str(&labels).expect("labels");
    let (mut all_joins, mut all_titles) = (Score::default(), Score::default());
    for (name, text) in pages() {
        let documents = read_text(&name, &text, &is_word);
        let blocks: Vec<&str> =
            documents.iter().flat_map(|document| &document.blocks).map(|block| block.text.as_str()).collect();
        let stands = |pair: &Pair| {
            let both = format!("{}{}", without_mark(&pair.before), without_mark(&pair.after));
            blocks.iter().any(|block| block.contains(&both))
        };
        let wanted: Vec<&Pair> = labels.joins.iter().filter(|pair| pair.file == name).collect();
        let seams = seams(&documents);
        let labelled = |seam: &(String, String)| {
            wanted.iter().any(|pair| seam.0.ends_with(&pair.before) && seam.1.starts_with(&pair.after))
        };
        for seam in seams.iter().filter(|seam| !labelled(seam)) {
            println!("{name}: joined without a label: {} | {}", seam.0, seam.1);
        }
        for pair in wanted.iter().filter(|pair| !stands(pair)) {
            println!("{name}: not joined: {} | {}", pair.before, pair.after);
        }
        let sewn: Vec<&str> = labels
            .keeps
            .iter()
            .filter(|pair| pair.file == name && stands(pair))
            .map(|pair| pair.before.as_str())
            .collect();
        assert!(sewn.is_empty(), "{name}: joined, but must stay apart: {sewn:?}");
        let joins = Score {
            right: wanted.iter().filter(|pair| stands(pair)).count(),
            found: seams.len(),
            wanted: wanted.len(),
        };
        let titles: HashSet<&str> =
            labels.titles.iter().filter(|title| title.file == name).map(|title| title.title.as_str()).collect();
        let found: Vec<&str> =
            documents.iter().map(|document| document.title.as_str()).filter(|title| !title.is_empty()).collect();
        for title in found.iter().filter(|title| !titles.contains(*title)) {
            println!("{name}: no title: {title}");
        }
        for title in titles.iter().filter(|title| !found.contains(title)) {
            println!("{name}: title not found: {title}");
        }
        let titles = Score {
            right: found.iter().filter(|title| titles.contains(*title)).count(),
            found: found.len(),
            wanted: titles.len(),
        };
        print(&name, joins, titles);
        all_joins.add(joins);
        all_titles.add(titles);
    }
    print("all", all_joins, all_titles);
    assert!(all_joins.precision() >= 0.95 && all_joins.recall() >= 0.95);
    assert!(all_titles.precision() >= 0.90 && all_titles.recall() >= 0.90);
}

fn print(name: &str, joins: Score, titles: Score) {
    println!(
        "{name:24} joins P {:.3} R {:.3} ({}/{}/{})  titles P {:.3} R {:.3} ({}/{}/{})",
        joins.precision(),
        joins.recall(),
        joins.right,
        joins.found,
        joins.wanted,
        titles.precision(),
        titles.recall(),
        titles.right,
        titles.found,
        titles.wanted,
    );
}

/// What every reading must keep: spans that copy, blocks that are not empty, no character lost but of copies.
fn check(source: &str, documents: &[Document]) -> Result<(), String> {
    let mut covered = vec![false; source.len()];
    let mut cover = |text: &str, origin: &[Span]| -> Result<(), String> {
        let mut end = 0;
        for span in origin {
            if span.text_start < end {
                return Err(format!("spans overlap in {text:?}"));
            }
            end = span.text_start + span.len;
            if text[span.text_start..end] != source[span.source_start..][..span.len] {
                return Err(format!("a span of {text:?} is no copy"));
            }
            covered[span.source_start..][..span.len].fill(true);
        }
        Ok(())
    };
    let mut urls = HashSet::new();
    for document in documents {
        if !urls.insert(document.url.as_str()) {
            return Err(format!("{} stands twice", document.url));
        }
        cover(&document.title, &document.title_origin)?;
        let mut anchors = HashSet::new();
        for block in &document.blocks {
            if block.text.is_empty() || block.text.trim() != block.text {
                return Err(format!("a block is blank or not trimmed: {:?}", block.text));
            }
            if let BlockKind::Heading { anchor, level } = &block.kind
                && !(anchors.insert(anchor.as_str()) && (1..=6).contains(level))
            {
                return Err(format!("bad heading: {:?}", block.kind));
            }
            cover(&block.text, &block.origin)?;
        }
    }
    let kept: String =
        source.char_indices().filter(|&(at, c)| covered[at] && !c.is_whitespace()).map(|(_, c)| c).collect();
    for line in source.split(['\n', '\r']) {
        let at = line.as_ptr() as usize - source.as_ptr() as usize;
        let lost: String = line
            .trim_start_matches(['#', ' ', '\u{3000}', '\t', '\u{feff}'])
            .char_indices()
            .filter(|&(within, c)| {
                !c.is_whitespace()
                    && !covered[at
                        + (line.len() - line.trim_start_matches(['#', ' ', '\u{3000}', '\t', '\u{feff}']).len())
                        + within]
            })
            .map(|(_, c)| c)
            .filter(|&c| !matches!(c, '\u{feff}' | '\u{200b}'))
            .collect();
        if !lost.is_empty() && !kept.contains(&lost) {
            return Err(format!("lost: {lost:?}"));
        }
    }
    Ok(())
}

#[test]
fn the_seed_pages_lose_nothing() {
    for (name, text) in pages() {
        let documents = read_newspaper(&name, &text, &is_word);
        check(&text, &documents).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(documents, read_newspaper(&name, &text, &is_word));
        assert!(documents.iter().all(|document| document.meta == [("source".to_owned(), name.clone())]));
    }
}

/// The articles of a page by title, with every block as `kind: text`.
fn outline(page: &str) -> Vec<(String, Vec<String>)> {
    let kind = |kind: &BlockKind| match kind {
        BlockKind::Heading { level, .. } => format!("h{level}"),
        other => format!("{other:?}").to_lowercase(),
    };
    read_newspaper("page.txt", page, &is_word)
        .into_iter()
        .map(|document| {
            let blocks = document.blocks.iter().map(|block| format!("{}: {}", kind(&block.kind), block.text));
            (document.title, blocks.collect())
        })
        .collect()
}

#[test]
fn passages_out_of_place() {
    // The second half stands behind the copy that the column left, and a byline closes the article before it.
    let page = "\
城市公园开放

清晨的公园里人来人往,居民们沿着湖边散步。新修的步道连接起三个社区,孩子们在草地上奔跑。管理处负责人说,公园还将逐步形

成一条环湖慢行道,沿线设置二十处座椅。

新华社记者 王小明
据新华社北京10月13日电

成一条环湖慢行道,沿线设置二十处座椅。

新华社记者 王小明
据新华社北京10月13日电

乡村图书馆 山里来了读书人

本报记者 李大海

大山深处的图书馆开门了。";
    let outline = outline(page);
    assert_eq!(outline.len(), 2, "{outline:#?}");
    assert!(outline[0].1[0].ends_with("逐步形成一条环湖慢行道,沿线设置二十处座椅。"), "{outline:#?}");
    assert_eq!(outline[1].0, "乡村图书馆 山里来了读书人");
    assert_eq!(outline[1].1[0], "byline: 本报记者 李大海");

    // The same without the copy in place: the half that went astray is brought back.
    let page = page.replacen("成一条环湖慢行道,沿线设置二十处座椅。\n\n新华社记者", "新华社记者", 1);
    let outline = self::outline(&page);
    assert_eq!(outline.len(), 2, "{outline:#?}");
    assert!(outline[0].1[0].ends_with("逐步形成一条环湖慢行道,沿线设置二十处座椅。"), "{outline:#?}");
}

#[test]
fn a_paragraph_printed_twice_in_one_article_is_kept_once() {
    let twice = "清晨的公园里人来人往,居民们沿着湖边散步,孩子们在草地上奔跑。";
    let page = format!("城市公园开放\n\n{twice}\n\n新修的步道连接起三个社区。\n\n{twice}\n\n(王小明)");
    let outline = outline(&page);
    assert_eq!(outline.len(), 1);
    assert_eq!(outline[0].1.iter().filter(|block| block.contains(twice)).count(), 1, "{outline:#?}");
}

#[test]
fn marked_headings_nest() {
    let outline = outline("## 甲市新闻\n\n甲市的事。\n\n### 一、背景\n\n背景的事。\n\n## 乙市新闻\n\n乙市的事。");
    let titles: Vec<&str> = outline.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["甲市新闻", "乙市新闻"]);
    assert_eq!(outline[0].1[1], "h3: 一、背景");
}

#[test]
fn a_large_page_is_read_in_linear_time() {
    // Each is bad for one step if that step looks back at everything: repeats, open marks, loose ends, headings.
    for piece in [
        "清晨的公园里人来人往,居民们沿着湖边散步,孩子们在草地上奔\n",
        "“《(“‘\n",
        "据新华社北京10月13日电\n成一条环湖慢行道。这里还没有完\n",
        "城市公园开放\n清晨的公园里人来人往。\n",
        "(((((((((((((((((((((())\n",
        "\u{3000}一\n",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = std::time::Instant::now();
        read_text("large.txt", &text, &is_word);
        assert!(start.elapsed().as_secs() < 20, "{piece:?} took {:?}", start.elapsed());
    }
}

/// Lines as they stand on pages, to be shuffled.
fn line() -> impl Strategy<Value = String> {
    let from_pages: Vec<String> = pages()
        .into_iter()
        .flat_map(|(_, text)| {
            text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    prop_oneof![
        8 => proptest::sample::select(from_pages),
        1 => Just(String::new()),
        1 => "[甲乙,。“”《》()#:;一二1.、 \u{3000}-]{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shuffled_pages_lose_nothing(lines in prop::collection::vec(line(), 0..60)) {
        let page = lines.join("\n");
        let documents = read_newspaper("a/b.txt", &page, &is_word);
        prop_assert_eq!(check(&page, &documents), Ok(()));
        prop_assert_eq!(&documents, &read_newspaper("a/b.txt", &page, &is_word));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}|[\\s\\S]{0,200}") {
        let documents = read_text("a.txt", &text, &is_word);
        prop_assert_eq!(check(&text, &documents), Ok(()));
        read_newspaper("a.txt", &text, &is_word);
    }

    #[test]
    fn whole_paragraphs_stay_whole(
        paragraphs in prop::collection::vec("[天地人山水春夏秋冬]{5,60}(,[天地人山水]{2,30}){0,4}[。!?]", 2..12)
    ) {
        let text = format!("题目\n\n{}", paragraphs.join("\n\n"));
        let documents = read_text("a.txt", &text, &is_word);
        prop_assert_eq!(documents.len(), 1);
        let read: Vec<_> = documents[0].blocks.iter().map(|block| block.text.clone()).collect();
        prop_assert_eq!(read, paragraphs);
    }
}

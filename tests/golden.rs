//! The corpus of this repository, from files to hits, natively: what every query must find, and what the index must keep.
#![cfg(not(target_arch = "wasm32"))]

mod draw;

use draw::Drawn;
use jisou_core::answer::{self, Options};
use jisou_core::chars::simple_fold;
use jisou_core::ids::PageId;
use jisou_core::pages::Kind;
use jisou_core::rank::Knobs;
use jisou_core::{Error, Index};
use jisou_indexer::assemble::index_folder;
use jisou_indexer::document::BlockKind;
use jisou_indexer::segment::Jieba;
use jisou_indexer::site::{SiteOptions, read_site};
use std::path::Path;
use std::sync::LazyLock;

/// What the build script made of the corpus folder: the bytes that are embedded in the module.
static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.jisou"));

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::open(EMBEDDED).expect("the embedded index opens"));

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::default);

/// Everything that answers, pages that answer with the same passage included.
const ALL: Options = Options { limit: usize::MAX, offset: 0, collapse: false, prefix: true };

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn search(query: &str, options: Options) -> answer::Answer {
    INDEX.search(query, options, &Knobs::default())
}

/// `0/1` for the first article of the file whose name starts with `000`.
fn short(page: PageId) -> String {
    let url = &INDEX.pages().info[page.0 as usize].url;
    let (file, article) = url.split_once('/').expect("an article of a newspaper page");
    format!("{}/{article}", file[..3].parse::<u32>().expect("a numbered page"))
}

/// A query and what it finds, as `tier page page`: the first page stands first, the others stand in the same tier, in any
/// order and maybe among more. With `…` before the pages the first one may be any. `none` for an empty answer.
type Row = (&'static str, &'static str);

fn check(rows: &[Row]) {
    let failures: Vec<String> = rows.iter().filter_map(unmet).collect();
    assert!(failures.is_empty(), "{} of {} rows:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

fn unmet(&(query, expected): &Row) -> Option<String> {
    let answer = search(query, ALL);
    let found: Vec<String> = answer.hits.iter().map(|hit| format!("{}:{}", hit.tier.name(), short(hit.page))).collect();
    let mut words = expected.split(' ');
    let tier = words.next().unwrap_or_default();
    let any_first = expected.contains(" … ");
    let wanted: Vec<String> = words.filter(|&word| word != "…").map(|page| format!("{tier}:{page}")).collect();
    let met = match wanted.first() {
        None => found.is_empty() && tier == "none",
        first => (any_first || found.first() == first) && wanted.iter().all(|page| found.contains(page)),
    };
    (!met).then(|| format!("{query:?}: expected {expected}, found {}", found.join(" ")))
}

#[test]
fn words_and_phrases() {
    check(&[
        // Words, in a title, a heading or the text.
        ("上海精神", "exact 0/1"),
        ("生态", "exact 0/2"),
        ("深中通道", "exact 0/3"),
        ("楼宇", "exact 0/4"),
        ("梦工厂", "exact 1/4"),
        ("钱凯港", "exact 2/5"),
        ("高铁", "exact 4/2"),
        ("香江", "exact 4/3"),
        ("二十国集团", "exact 2/3 2/2"),
        ("命运共同体", "exact … 2/1 2/2 0/1 3/2"),
        ("中巴命运共同体", "exact … 2/1 2/2"),
        // The whole title, and a whole heading.
        ("将和谐稳定创建在基层", "exact 4/1"),
        ("为中塔友好注入新动力", "exact 0/1"),
        // Parts that are no words, and parts across words.
        ("态文明体", "exact 0/2"),
        ("凯港", "exact 2/5"),
        ("亚欧大陆上携手", "exact 0/1"),
        ("海精", "exact 0/1"),
        // Single characters.
        ("碳", "exact 0/2"),
        ("秘", "exact 2/5"),
        // Sentences that the columns of the page cut in two.
        ("中国方案", "exact 0/1"),
    ]);
}

#[test]
fn forms_of_characters() {
    check(&[
        // Punctuation of another kind or width.
        ("“上海精神”", "exact 0/1"),
        ("「上海精神」", "exact 0/1"),
        ("培养“头雁” 助力增收", "exact 1/7"),
        ("培养\"头雁\"助力增收", "adjacent 1/7"),
        ("哈萨克斯坦，塔吉克斯坦", "exact 0/1"),
        ("王海旭：用忠诚护卫香江蓝天", "exact 4/3"),
        // Full width and letter case.
        ("ＧＤＰ", "exact 0/2"),
        ("gdp", "exact 0/2"),
        ("Apec", "exact 0/2"),
        ("ＩＳＯ\u{3000}３７１０１", "exact 1/3"),
        // Traditional characters for simplified text.
        ("國際", "exact 2/2"),
        ("習近平致信祝賀", "exact 0/3"),
        ("無廢城市", "exact 1/2 0/2"),
        ("絲綢之路", "exact 0/1"),
        // Latin and numbers.
        ("GDP", "exact 0/2"),
        ("ISO", "exact 1/3"),
        ("ISO 37101", "exact 1/3"),
        ("Wi-Fi", "exact 2/6"),
        ("17.5", "exact 0/1"),
        ("98%", "exact … 1/6 2/6"),
        ("6月30日", "exact … 0/1 0/2"),
    ]);
}

#[test]
fn several_words() {
    check(&[
        // With blanks, of either width.
        ("生态 答卷", "adjacent 0/2"),
        ("答卷 生态", "all 0/2"),
        ("钱凯港 秘鲁", "all 2/5"),
        ("高铁\u{3000}柯晓宾", "all 4/2"),
        ("GDP 生态", "all 0/2"),
        // Without: cut by the words of the corpus.
        ("答卷生态", "all 0/2"),
        ("秘鲁钱凯港", "all 2/5"),
        ("中国和巴西什么时候建交", "all … 2/1 2/2"),
        ("垃圾分类楼宇", "some 1/2"),
        // No page has both.
        ("钱凯港 无废城市", "some … 2/5 1/2"),
        ("高铁 卢拉", "some 4/2 2/1"),
        ("上海精神 头雁", "some 0/1 1/7"),
    ]);
}

#[test]
fn operators() {
    check(&[
        ("\"命运共同体\"", "exact … 2/1 2/2 0/1 3/2"),
        ("\"生态 答卷\"", "none"),
        ("\"中亚命运共同体\" 哈萨克斯坦", "all 0/1"),
        ("title:生态", "exact 0/2"),
        ("title:习近平", "exact … 0/3 2/1 2/3 2/4"),
        ("heading:黄金三十年", "all 0/1"),
        ("钱凯港 OR 柯晓宾", "exact … 2/5 4/2"),
        ("柯晓宾 | 王海旭", "exact … 4/2 4/3"),
        ("无废城市 -十八届三中全会", "all 1/2"),
    ]);
    for (query, without) in
        [("无废城市 -十八届三中全会", "0/2"), ("卢拉 -宴会", "2/1"), ("命运共同体 -哈萨克斯坦", "0/1")]
    {
        let answer = search(query, ALL);
        assert!(!answer.hits.is_empty(), "{query}");
        assert!(answer.hits.iter().all(|hit| short(hit.page) != without), "{query}");
    }
}

#[test]
fn what_is_not_there() {
    check(&[("", "none"), (" \u{3000}\t", "none"), ("v-model指令", "none")]);
    for query in ["zzzqqq", "香江头雁", "钱凯港柯晓宾", "上海精神 头雁", "国际GDP", "😀", "\0"] {
        let answer = search(query, ALL);
        let strong: Vec<String> = answer
            .hits
            .iter()
            .filter(|hit| matches!(hit.tier.name(), "exact" | "adjacent"))
            .map(|hit| short(hit.page))
            .collect();
        assert!(strong.is_empty(), "{query:?} is in no page, found {strong:?}");
    }
}

/// The text of every page, its title first.
fn texts() -> Vec<String> {
    let pages = 0..INDEX.pages().len() as u32;
    pages
        .map(|page| {
            let reading = INDEX.read(page, "").expect("a page that exists");
            let blocks = reading.blocks.iter().map(|block| block.text.text.as_str());
            std::iter::once(reading.title.text.as_str()).chain(blocks).collect::<Vec<_>>().join("\n")
        })
        .collect()
}

#[test]
fn every_string_of_the_corpus_is_found() {
    const DRAWS: usize = 2000;
    let texts = texts();
    let fold = |text: &str| text.chars().map(simple_fold).collect::<String>();
    let mut lost = Vec::new();
    let mut first = 0;
    for Drawn { file, text } in draw::substrings(DRAWS, 1) {
        let answer = search(&text, ALL);
        let holds = |hit: &answer::Hit| fold(&texts[hit.page.0 as usize]).contains(&fold(&text));
        let source = |hit: &answer::Hit| {
            INDEX.pages().info[hit.page.0 as usize]
                .meta
                .iter()
                .any(|(name, value)| &**name == "source" && value == file)
        };
        if !answer.hits.iter().any(|hit| source(hit) && holds(hit)) {
            lost.push(format!("{text} of {file}"));
        }
        first += usize::from(answer.hits.first().is_some_and(holds));
    }
    println!("{DRAWS} draws: {} found, {first} by the first hit", DRAWS - lost.len());
    assert!(
        lost.is_empty(),
        "{} of {DRAWS} strings not found, the first of them {:?}",
        lost.len(),
        &lost[..lost.len().min(10)]
    );
    assert!(first * 1000 >= DRAWS * 995, "the first hit holds the string in {first} of {DRAWS} cases");
}

#[test]
fn the_text_of_every_page_comes_back() {
    let corpus = read_site(&root().join("corpus"), &SiteOptions::default(), &*JIEBA, &|_| {})
        .expect("the corpus folder can be read");
    assert!(corpus.problems.is_empty(), "{:?}", corpus.problems);
    assert_eq!(corpus.documents.len(), INDEX.pages().len());
    for (page, document) in corpus.documents.iter().enumerate() {
        let info = &INDEX.pages().info[page];
        let meta: Vec<(&str, &str)> = info.meta.iter().map(|(name, value)| (&**name, value.as_str())).collect();
        let written: Vec<(&str, &str)> =
            document.meta.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!((&info.url, meta), (&document.url, written));
        let reading = INDEX.read(page as u32, "").expect("a page that exists");
        assert_eq!(reading.title.text, document.title, "{}", document.url);
        let read: Vec<_> =
            reading.blocks.iter().map(|block| (block.kind, block.anchor.as_str(), block.text.text.as_str())).collect();
        let written: Vec<_> = document
            .blocks
            .iter()
            .map(|block| {
                let (kind, anchor) = match &block.kind {
                    BlockKind::Heading { level, anchor } => (Kind::Heading(*level), anchor.as_str()),
                    BlockKind::Subtitle => (Kind::Subtitle, ""),
                    BlockKind::Byline => (Kind::Byline, ""),
                    BlockKind::Dateline => (Kind::Dateline, ""),
                    BlockKind::Paragraph => (Kind::Paragraph, ""),
                };
                (kind, anchor, block.text.as_str())
            })
            .collect();
        assert_eq!(read, written, "{}", document.url);
    }
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    for _ in 0..2 {
        let (bytes, _) =
            index_folder(&root().join("corpus"), &SiteOptions::default(), &*JIEBA).expect("the corpus can be indexed");
        assert!(bytes == EMBEDDED, "{} bytes, {} embedded", bytes.len(), EMBEDDED.len());
    }
}

#[test]
fn a_damaged_index_is_refused() {
    let refusal = |bytes: Vec<u8>| Index::open(bytes).map(|_| ()).expect_err("a damaged index");
    for len in 0..EMBEDDED.len() {
        let error = Index::open(&EMBEDDED[..len]).map(|_| ()).expect_err("an index that is cut short");
        assert_eq!(error.code(), "wrong-length", "{len} bytes");
    }
    assert_eq!(refusal([EMBEDDED, b"\0"].concat()).code(), "wrong-length");
    const FLIPS: usize = 2000;
    for flip in 0..FLIPS {
        // Spread evenly: the header and every section have some.
        let at = flip * EMBEDDED.len() / FLIPS;
        let mut bytes = EMBEDDED.to_vec();
        bytes[at] ^= 1 << (flip % 8);
        let error = refusal(bytes);
        let codes: &[&str] = match at {
            0..4 => &["wrong-magic"],
            4..6 => &["wrong-version"],
            6..8 => &["wrong-length", "checksum"],
            _ => &["checksum"],
        };
        assert!(codes.contains(&error.code()), "bit {} of byte {at}: {error:?}", flip % 8);
    }
    let pages = INDEX.pages().len() as u32;
    assert_eq!(INDEX.read(pages, "").unwrap_err(), Error::NoSuchPage { page: pages, pages });
}

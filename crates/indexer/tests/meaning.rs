//! What readers mean, on small sites made for each question: documents in, answers out.

use jisou_core::Index;
use jisou_core::answer::{Answer, Options};
use jisou_core::complete::complete;
use jisou_core::rank::Knobs;
use jisou_indexer::assemble::write_index;
use jisou_indexer::document::{Block, Document};
use jisou_indexer::segment::Jieba;
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::default);

/// An index of pages, each a title and its paragraphs.
fn site(pages: &[(&str, &[&str])]) -> Index {
    let documents: Vec<Document> = pages
        .iter()
        .enumerate()
        .map(|(n, (title, paragraphs))| Document {
            url: format!("{n}"),
            title: (*title).to_owned(),
            blocks: paragraphs.iter().map(|text| Block { text: (*text).to_owned(), ..Block::default() }).collect(),
            ..Document::default()
        })
        .collect();
    Index::open(write_index(&documents, &*JIEBA).expect("a small site fits")).expect("what was written opens")
}

fn search(index: &Index, query: &str) -> Answer {
    index.search(query, Options { limit: usize::MAX, collapse: false, ..Options::default() }, &Knobs::default())
}

/// The pages found, each with its tier.
fn found(index: &Index, query: &str) -> Vec<(u32, &'static str)> {
    search(index, query).hits.iter().map(|hit| (hit.page.0, hit.tier.name())).collect()
}

fn suggested(index: &Index, query: &str) -> Option<String> {
    search(index, query).suggestion.map(|offered| offered.suggestion.query)
}

/// Mostly simplified, with a part in traditional characters that has more of some words.
fn both_scripts() -> Index {
    site(&[
        ("领域", &["规划。", "设计与设计,设计与设计,设计与设计,设计与设计。"]),
        ("領域", &["領域的規劃、領域的設計。", "領域與規劃。"]),
        ("单击", &["请单击这个按钮,然后单击确定。", "玉归。"]),
    ])
}

#[test]
fn words_are_read_as_words() {
    // More frequent words that sound so by rarer readings of their characters do not come first, nor do slips.
    let index = site(&[
        ("城市", &["重庆,重庆。", "崇清,冲清。"]),
        ("银行", &["银行,银行业。", "音行,行长,成长。", "音乐,快乐。"]),
    ]);
    for (letters, word) in
        [("chongqing", "重庆"), ("yinhang", "银行"), ("hangzhang", "行长"), ("yinyue", "音乐"), ("kuaile", "快乐")]
    {
        let answer = search(&index, letters);
        let suggestion = answer.suggestion.expect(letters).suggestion;
        assert_eq!(suggestion.query, word, "{letters}");
    }
    // All readings still match.
    assert_eq!(suggested(&index, "zhongqing").as_deref(), Some("重庆"));
}

#[test]
fn letters_suggest_the_script_of_the_site() {
    let index = both_scripts();
    for (letters, word) in [("lingyu", "领域"), ("ling yu", "领域"), ("guihua", "规划"), ("danji", "单击")] {
        assert_eq!(suggested(&index, letters).as_deref(), Some(word), "{letters}");
    }
    assert!(complete(&index, "ly", 8).iter().any(|(text, _)| text == "领域"));
}

#[test]
fn han_suggests_the_script_it_was_typed_in() {
    let index = both_scripts();
    for (typed, word) in [("領玉", "領域"), ("领玉", "领域"), ("归劃", "規劃"), ("归划", "规划")] {
        assert_eq!(suggested(&index, typed).as_deref(), Some(word), "{typed}");
    }
}

#[test]
fn what_stands_there_as_typed_comes_before_a_title_in_the_other_script() {
    let index = both_scripts();
    assert_eq!(found(&index, "領域"), [(1, "exact"), (0, "exact")]);
    assert_eq!(found(&index, "领域"), [(0, "exact"), (1, "exact")]);
    let quoted = site(&[("國際", &["國際。"]), ("新闻", &["国际新闻。"])]);
    assert_eq!(found(&quoted, "国际"), [(1, "exact"), (0, "exact")]);
    // Where no page has it as typed, the title comes first as ever.
    let other = site(&[("新聞", &["國際、國際。"]), ("國際", &["新聞。"])]);
    assert_eq!(found(&other, "国际"), [(1, "exact"), (0, "exact")]);
}

/// What is marked in the text of a page when it is read for a query.
fn marked(index: &Index, page: u32, query: &str) -> Vec<String> {
    let reading = index.read(page, query).expect("a page that exists");
    let texts = reading.blocks.iter().map(|block| &block.text);
    std::iter::once(&reading.title)
        .chain(texts)
        .flat_map(|text| {
            let units: Vec<u16> = text.text.encode_utf16().collect();
            let part = |&(start, end): &(u32, u32)| String::from_utf16(&units[start as usize..end as usize]).unwrap();
            text.marks.iter().map(part).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn blanks_and_line_breaks_hide_nothing() {
    let index = site(&[
        ("甲", &["国际合作的路。"]),
        ("乙", &["国际 合作的路。"]),
        ("丙", &["路在国际\n合作。"]),
        ("丁", &["这是 useState\n指令,使用\nv-model 指令。"]),
        ("戊", &["代表\n格式"]),
        ("己", &["表格"]),
        ("三轮驱动 激发活力", &["别的。"]),
    ]);
    // Between Han: found, behind what has it as typed.
    assert_eq!(found(&index, "国际合作"), [(0, "exact"), (1, "adjacent"), (2, "adjacent")]);
    assert_eq!(found(&index, "国际 合作"), [(1, "exact"), (2, "exact"), (0, "adjacent")]);
    assert_eq!(marked(&index, 1, "国际合作"), ["国际 合作"]);
    assert_eq!(marked(&index, 2, "国际合作"), ["国际\n合作"]);
    // Between Han and Latin a blank is nothing at all, a line break like one between Han.
    assert_eq!(found(&index, "这是useState"), [(3, "exact")]);
    assert_eq!(found(&index, "v-model指令"), [(3, "exact")]);
    assert_eq!(found(&index, "useState指令"), [(3, "adjacent")]);
    assert_eq!(marked(&index, 3, "useState指令"), ["useState\n指令"]);
    assert_eq!(marked(&index, 3, "使用v-model指令"), ["使用\nv-model 指令"]);
    // What only happens to meet across a line break is neither found nor marked.
    assert_eq!(found(&index, "表格"), [(5, "exact")]);
    assert_eq!(marked(&index, 4, "表格"), [""; 0]);
    // Quotation marks mean it.
    assert_eq!(found(&index, "\"国际合作\""), [(0, "exact")]);
    assert_eq!(found(&index, "\"国际 合作\""), [(1, "exact"), (2, "exact")]);
    assert_eq!(found(&index, "路 -\"国际 合作\""), [(0, "exact")]);
    assert_eq!(found(&index, "三轮驱动激发活力"), [(6, "adjacent")]);
    assert_eq!(found(&index, "三轮驱动 激发活力"), [(6, "exact")]);
}

#[test]
fn numbers_meet_in_both_kinds_of_digits() {
    let index = site(&[
        ("甲", &["二〇二四年发布了标准。"]),
        ("乙", &["2024年发布了标准。"]),
        ("丙", &["二零二四年发布了标准。"]),
        ("丁", &["一一对应,十一二人,四年。"]),
        ("戊", &["11人,共4年,房间2023"]),
    ]);
    let sorted = |query: &str| {
        let mut found = found(&index, query);
        found.sort_unstable();
        found
    };
    assert_eq!(sorted("2024年"), [(0, "all"), (1, "exact"), (2, "all")]);
    assert_eq!(sorted("２０２４年"), [(0, "all"), (1, "exact"), (2, "all")]);
    assert_eq!(sorted("二〇二四年"), [(0, "exact"), (1, "all"), (2, "exact")]);
    assert_eq!(sorted("二〇二四年发布"), [(0, "exact"), (1, "all"), (2, "exact")]);
    assert_eq!(marked(&index, 1, "二〇二四年"), ["2024"]);
    assert_eq!(marked(&index, 0, "2024年发布"), ["二〇二四", "发布"]);
    // Digits in words are words.
    assert_eq!(sorted("一一"), [(3, "exact")]);
    assert_eq!(sorted("四年"), [(0, "exact"), (2, "exact"), (3, "exact")]);
    assert_eq!(sorted("\"2024年\""), [(1, "exact")]);
    assert_eq!(found(&index, "年 -2024年").len(), 4);
}

#[test]
fn forms_of_an_english_word_meet_behind_the_word_itself() {
    let index = site(&[
        ("a", &["A component of the page."]),
        ("b", &["Two components, two pages."]),
        ("c", &["It runs and is running."]),
        ("d", &["A universe."]),
        ("e", &["universities"]),
    ]);
    assert_eq!(found(&index, "component "), [(0, "exact"), (1, "exact")]);
    assert_eq!(found(&index, "components"), [(1, "exact"), (0, "all")]);
    assert_eq!(found(&index, "components page"), [(1, "all"), (0, "all")]);
    assert_eq!(marked(&index, 0, "components"), ["component"]);
    assert_eq!(marked(&index, 2, "running"), ["running"]);
    assert_eq!(found(&index, "universities "), [(4, "exact")]);
    assert_eq!(found(&index, "\"components\""), [(1, "exact")]);
    assert_eq!(found(&index, "page -components"), [(0, "exact")]);
    assert_eq!(suggested(&index, "components"), None);
}

#[test]
fn radicals_compatibility_forms_and_variation_selectors_fold_and_offsets_stay_true() {
    // As text copied out of PDF files has them: a radical of either block, a compatibility ideograph of the first and of
    // the supplementary plane, variation selectors of both kinds, half-width katakana, a decomposed accent.
    let index = site(&[
        ("甲", &["𠮷⻓⾯\u{f96f}\u{fe00}明\u{e0100}\u{2f8a6}祥,cafe\u{301}。"]),
        ("乙", &["长面说明慈祥"]),
        ("丙", &["⻢⻋"]),
    ]);
    for (query, mark) in [
        ("长面", "⻓⾯"),
        ("⻓面", "⻓⾯"),
        ("⾯说", "⾯\u{f96f}\u{fe00}"),
        ("说明", "\u{f96f}\u{fe00}明\u{e0100}"),
        ("慈祥", "\u{2f8a6}祥"),
        ("𠮷长", "𠮷⻓"),
    ] {
        assert!(found(&index, query).contains(&(0, "exact")), "{query}");
        assert_eq!(marked(&index, 0, query), [mark], "{query}");
    }
    assert_eq!(marked(&index, 0, "café"), ["cafe\u{301}"]);
    assert_eq!(found(&index, "⻓⾯说明\u{fe00}"), [(1, "exact"), (0, "exact")]);
    assert_eq!(found(&index, "馬車"), [(2, "exact")]);
}

#[test]
fn a_page_that_an_alternative_led_to_has_its_marks() {
    let index = site(&[("甲", &["事实,事实,事实。"]), ("乙", &["实施与研究。"]), ("丙", &["实时。"])]);
    let answer = search(&index, "shishi");
    let offered = answer.suggestion.expect("letters that are no word");
    assert!(offered.applied && !offered.suggestion.alternatives.is_empty(), "{offered:?}");
    assert_eq!(answer.hits.len(), 3);
    for (page, word) in [(1, "实施"), (2, "实时")] {
        assert_eq!(marked(&index, page, "shishi"), [word]);
    }
}

#[test]
fn completions_are_whole_words() {
    let index = site(&[
        ("国家公园", &["国家与国际,国就是家。一国及其他。", "广东的 and 与广大。", "中国共产党。中国。"]),
        ("别的", &["国家。国家。生态,生活。"]),
    ]);
    let texts =
        |prefix: &str| -> Vec<String> { complete(&index, prefix, 8).into_iter().map(|(text, _)| text).collect() };
    // What goes on behind what was typed, by pinyin as by characters.
    assert_eq!(texts("guoj"), ["国家", "国际"]);
    assert!(texts("sheng").starts_with(&["生态".to_owned(), "生活".to_owned()]), "{:?}", texts("sheng"));
    assert_eq!(texts("zhongguogong"), ["中国共产党"]);
    assert_eq!(texts("国家"), ["国家公园", "国家"]);
    // Letters that are a word are not half of another.
    assert_eq!(texts("and"), ["and"]);
    assert_eq!(texts(""), [""; 0]);
}

#[test]
fn bad_input_is_answered_literally_and_in_time() {
    let long = "生态保护与经济发展。".repeat(200);
    let index = site(&[
        ("甲", &["他说\"国际\"-合作,title:与nosuch:国际。", &long]),
        ("乙", &["国际合作与发展。", "use of guo ji"]),
        ("丙", &["OR | - \""]),
    ]);
    let excluded: String = (0..1000).map(|n| format!(" -词{n}")).collect();
    let operators = "-\" OR | title: ".repeat(2000);
    for (query, pages) in [
        // Quotation marks that nothing closes, and that close nothing.
        ("\"国际", vec![0]),
        ("国际\"", vec![0]),
        ("“国际合作", vec![]),
        // Operators without anything.
        ("-", vec![0, 2]),
        ("OR", vec![2]),
        ("| -", vec![2]),
        // Fields that do not exist are text.
        ("nosuch:国际", vec![0]),
        ("title:", vec![0]),
    ] {
        let mut exact: Vec<u32> =
            found(&index, query).into_iter().filter(|hit| hit.1 == "exact").map(|hit| hit.0).collect();
        exact.sort_unstable();
        assert_eq!(exact, pages, "{query}");
        assert!(search(&index, query).suggestion.is_none_or(|offered| !offered.applied || pages.is_empty()), "{query}");
    }
    for query in [
        format!("国际{excluded}"),
        operators,
        "\"".repeat(5000),
        "(((((".repeat(1000),
        "zhongguorenmin".repeat(36),
        "zh".repeat(250),
        "a".repeat(500),
        "zhang ".repeat(80),
        "国".repeat(5000),
        "国 ".repeat(5000),
        "二〇二四".repeat(1000),
        "title:国际 ".repeat(1000),
        "国际 OR ".repeat(1000),
    ] {
        let start = std::time::Instant::now();
        let answer = search(&index, &query);
        complete(&index, &query, 8);
        assert!(start.elapsed().as_secs_f64() < 2.0, "{:?}: {:?}", &query[..12.min(query.len())], start.elapsed());
        assert!(
            answer
                .hits
                .iter()
                .all(|hit| hit.tier.name() != "exact" || query.starts_with("国际") || query.starts_with("title"))
        );
    }
    // Only so many exclusions are minded, which bounds the time; those still hold.
    assert_eq!(found(&index, &format!("国际 -合作{excluded}")), []);
    assert_eq!(found(&index, &format!("国际{excluded}")).len(), 2);
}

#[test]
fn quotation_marks_are_not_guessed_at() {
    let index = site(&[("甲", &["国际合作。"])]);
    assert_eq!(suggested(&index, "guoji").as_deref(), Some("国际"));
    for query in ["\"guoji\"", "\"guo\"ji", "“guoji”", "ji\"guo\""] {
        assert_eq!(suggested(&index, query), None, "{query}");
        assert_eq!(found(&index, query), [], "{query}");
    }
}

#[test]
fn a_suggestion_leads_to_no_other() {
    let index = site(&[("甲", &["国际合作。", "生态环境与component。", "太,记"])]);
    for query in ["guoji", "国记", "compnent", "生太环境", "guo ji he zuo"] {
        let other = suggested(&index, query).expect(query);
        assert_eq!(suggested(&index, &other).filter(|next| next == query), None, "{query} and {other}");
        assert!(search(&index, &other).hits.iter().all(|hit| hit.tier.name() == "exact"), "{other}");
    }
}

#[test]
fn characters_without_readings_or_folds_are_themselves() {
    let index = site(&[("甲", &["𠮷野家😀한국ไทย"])]);
    for query in ["𠮷野家", "😀", "한국", "ไทย", "家😀한"] {
        assert_eq!(found(&index, query), [(0, "exact")], "{query}");
        assert_eq!(marked(&index, 0, query), [query]);
    }
    assert_eq!(found(&index, "\u{e000}"), []);
}

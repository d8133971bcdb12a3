//! Sites laid out as generators lay them out: their content is found, and what stands around it is not.

use super::{done, folder, hits, json, write};

/// A generator's way to set a page: `{title}`, `{body}` and `{other}`, the address of the next page.
struct Generator {
    name: &'static str,
    page: &'static str,
}

/// Stands in every menu and in no text; likewise for footers.
const MENU: &str = "导航专词";
const FOOTER: &str = "页脚专词";

const GENERATORS: &[Generator] = &[
    Generator {
        name: "VitePress",
        page: "<title>{title} | 测试站</title><body><div id=app><div class=Layout><div class=VPSkipLink><a href=#>跳到内容导航专词</a></div>\
            <header class=VPNav><nav><a>导航专词</a></nav></header><aside class=VPSidebar><nav><p>导航专词</p></nav></aside>\
            <div class=VPContent><div class=VPDoc><div class=aside><div class=VPDocAsideOutline>导航专词</div></div>\
            <main class=main><div class='vp-doc _guide'><div><h1 id=t tabindex=-1>{title} <a class=header-anchor href=#t>\u{200b}</a></h1>{body}\
            <div class='language-js vp-adaptive-theme'><button class=copy></button><span class=lang>js</span><pre class=shiki><code>\
            <span class=line>let comment = 1</span></code></pre><div class=line-numbers-wrapper>1</div></div></div></div></main>\
            <footer class=VPDocFooter><a>在 GitHub 上编辑页脚专词</a></footer></div></div><footer class=VPFooter>页脚专词</footer></div></div>",
    },
    Generator {
        name: "VuePress",
        page: "<title>{title} | 测试站</title><body><div id=app><div class=vp-theme-container><header class=vp-navbar><nav class=vp-navbar-items>导航专词</nav></header>\
            <aside class=vp-sidebar><ul class=vp-sidebar-items><li>导航专词</ul></aside><main class=vp-page><div vp-content>\
            <h1 id=t tabindex=-1><a class=header-anchor href=#t><span>{title}</span></a></h1>{body}</div>\
            <footer class=vp-page-meta>页脚专词</footer><nav class=vp-page-nav>页脚专词</nav></main></div></div>",
    },
    Generator {
        name: "Starlight",
        page: "<title>{title} | 测试站</title><body><a href=#_top class=sl-skip>导航专词</a><div class=page><header class=header><a class=site-title>测试站</a></header>\
            <nav class=sidebar><div class=sidebar-content>导航专词</div></nav><div class=main-frame><div class=right-sidebar-container><aside>导航专词</aside></div>\
            <main><div class=content-panel><div class=sl-container><h1 id=_top>{title}</h1></div></div><div class=content-panel><div class=sl-container>\
            <div class=sl-markdown-content>{body}</div><footer class=sl-flex>页脚专词</footer></div></div></main></div></div>",
    },
    Generator {
        name: "Docusaurus",
        page: "<title>{title} | 测试站</title><body><nav class=navbar><a>导航专词</a></nav><div class=main-wrapper><aside class=theme-doc-sidebar-container>\
            <ul><li>导航专词</ul></aside><main class=docMainContainer_x><div class=container><div class=row><div class='col docItemCol_x'>\
            <div class=docItemContainer_x><article><nav class=theme-doc-breadcrumbs><li>导航专词</nav>\
            <div class='tocCollapsible_x theme-doc-toc-mobile'><button>导航专词</button></div>\
            <div class='theme-doc-markdown markdown'><header><h1>{title}</h1></header>{body}</div>\
            <footer class=theme-doc-footer><a class=theme-edit-this-page>编辑页脚专词</a></footer></article>\
            <nav class=pagination-nav><a>页脚专词</a></nav></div></div><div class='col col--3'><div class=tableOfContents_x>导航专词</div></div></div></div></main>\
            </div><footer class=footer>页脚专词</footer>",
    },
    Generator {
        name: "Hugo",
        page: "<title>{title} | 测试站</title><body class=list><header class=header><nav class=nav><div class=logo><a>测试站</a></div><ul id=menu><li>导航专词</ul></nav></header>\
            <main class=main><article class=post-single><header class=post-header><div class=breadcrumbs>导航专词</div><h1 class=post-title>{title}</h1>\
            <div class=post-meta><time datetime='2024-05-06T00:00:00Z'>五月</time></div></header><div class=toc><details><summary>目录导航专词</summary></details></div>\
            <div class=post-content>{body}</div><footer class=post-footer><ul class=post-tags><li>页脚专词</ul></footer></article></main>\
            <footer class=footer>页脚专词</footer>",
    },
    Generator {
        name: "MkDocs Material",
        page: "<title>{title} - 测试站</title><body><div data-md-component=skip><a class=md-skip>导航专词</a></div><header class=md-header><nav>导航专词</nav></header>\
            <div class=md-container><main class=md-main><div class='md-main__inner md-grid'><div class='md-sidebar md-sidebar--primary'><nav>导航专词</nav></div>\
            <div class='md-sidebar md-sidebar--secondary'><nav>导航专词</nav></div><div class=md-content data-md-component=content>\
            <article class='md-content__inner md-typeset'><a class=md-content__button title=编辑页脚专词><svg/></a><h1 id=t>{title}<a class=headerlink href=#t title=链接>¶</a></h1>\
            {body}<aside class=md-source-file>页脚专词</aside></article></div></div></main><footer class=md-footer>页脚专词</footer></div>",
    },
    Generator {
        name: "Jekyll",
        page: "<title>{title} | 测试站</title><body><header class=site-header><div class=wrapper><a class=site-title>测试站</a><nav class=site-nav>导航专词</nav></div></header>\
            <main class=page-content><div class=wrapper><article class='post h-entry'><header class=post-header><h1 class='post-title p-name'>{title}</h1>\
            <p class=post-meta><time datetime=2024-05-06>五月六日</time></p></header><div class='post-content e-content'>{body}</div></article></div></main>\
            <footer class='site-footer h-card'><div>页脚专词</div></footer>",
    },
    Generator {
        name: "Hexo",
        page: "<title>{title} | 测试站</title><body><div class=container><header class=header><div class=site-meta><h1 class=site-title>测试站</h1></div>\
            <nav class=site-nav><ul class=main-menu><li>导航专词</ul></nav></header><div class=main-inner><div class='content post posts-expand'>\
            <article class=post-block><header class=post-header><h1 class=post-title>{title}</h1></header><div class=post-body>{body}\
            <figure class='highlight js'><table><tr><td class=gutter><pre><span class=line>1</span><br></pre></td><td class=code><pre><span class=comment>// 注释留下</span><br></pre></td></table></figure>\
            </div><footer class=post-footer><div class=post-nav>页脚专词</div></footer></article></div></div><aside class=sidebar>导航专词</aside>\
            <footer class=footer>页脚专词</footer></div>",
    },
    Generator {
        name: "mdBook",
        page: "<title>{title} - 测试站</title><body><nav id=sidebar class=sidebar><ol class=chapter><li>导航专词</ol></nav><div class=page-wrapper><div class=page>\
            <div class=menu-bar><h1 class=menu-title>测试站</h1><button>导航专词</button></div><div id=content class=content><main><h2 id=t><a class=header href=#t>{title}</a></h2>{body}</main>\
            <nav class=nav-wrapper><a>页脚专词</a></nav></div></div></div>",
    },
    Generator {
        name: "Sphinx",
        page: "<title>{title} &#8212; 测试站</title><body><div class=related role=navigation><ul><li>导航专词</ul></div><div class=document><div class=documentwrapper>\
            <div class=bodywrapper><div class=body role=main><section id=comments><h1>{title}<a class=headerlink href=#comments>¶</a></h1>{body}</section></div></div></div>\
            <div class=sphinxsidebar role=navigation><p>导航专词</p></div></div><div class=footer>页脚专词</div>",
    },
    Generator {
        name: "GitBook",
        page: "<title>{title} · 测试站</title><body><div class=book><div class=book-summary><nav role=navigation><ul class=summary><li>导航专词</ul></nav></div>\
            <div class=book-body><div class=body-inner><div class=book-header role=navigation><h1><a>{title}</a></h1></div><div class=page-wrapper role=main><div class=page-inner>\
            <section class='normal markdown-section'><h1 id=t>{title}</h1>{body}</section></div></div></div><a class='navigation navigation-next'>页脚专词</a></div></div>",
    },
    Generator {
        name: "plain HTML",
        page: "<title>{title}</title><body><table width=100%><tr><td><a href=a.html>导航专词</a> | <a href=b.html>首页</a></table><h1>{title}</h1>{body}<hr><center>版权页脚专词</center>",
    },
];

/// Titles and texts of the pages; every text has a sentence of its own.
const PAGES: &[(&str, &str, &str)] = &[
    ("index", "开始使用", "本站讲述蒸汽机车的保养。"),
    ("guide/boiler", "锅炉的清洗", "水垢积得越厚,传热就越慢。"),
    ("guide/valve", "安全阀", "压力超过定值时阀门自行打开。"),
    ("guide/grease", "润滑油脂", "轴箱每行驶八百公里加一次油。"),
    ("news/2024", "春季检修通知", "检修期间车间不接待参观。"),
    ("about", "关于我们", "我们是一群退休的司机。"),
];

#[test]
fn content_is_found_and_nothing_around_it() {
    for generator in GENERATORS {
        let site = folder(&[]);
        for (name, title, text) in PAGES {
            let body = format!(
                "<p>{text}</p><h2 id=all><a class=header-anchor href=#all><span>参数</span></a></h2><ul><li>常用参数</li></ul><h2 id=more>注意<a class=headerlink href=#more>#</a></h2><p>操作前请阅读{title}一节,并记下\n日期。<img src=a.png alt='{title}示意图'></p>"
            );
            let page = generator.page.replace("{title}", title).replace("{body}", &body);
            let html = format!("<!doctype html><html lang=en><meta charset=utf-8>{page}</html>");
            write(site.path(), &format!("{name}.html"), html.as_bytes());
        }
        let report = json(site.path(), &["index", "."]);
        assert_eq!(report["pages"], PAGES.len(), "{}", generator.name);
        assert_eq!(report["problems"].as_array().map(Vec::len), Some(0), "{}", generator.name);
        for (name, title, text) in PAGES {
            let url = if *name == "index" { "/".to_owned() } else { format!("/{name}.html") };
            assert_eq!(hits(site.path(), "jisou", title).first(), Some(&url), "{}: {title}", generator.name);
            let sentence = text.trim_end_matches('。');
            assert_eq!(hits(site.path(), "jisou", &format!("\"{sentence}\"")), [url], "{}: {sentence}", generator.name);
        }
        for word in [MENU, FOOTER, "测试站"] {
            assert_eq!(hits(site.path(), "jisou", &format!("\"{word}\"")), [""; 0], "{}: {word}", generator.name);
        }
        for (word, pages) in [("记下日期", 6), ("参数", 6), ("安全阀示意图", 1)] {
            assert_eq!(hits(site.path(), "jisou", &format!("\"{word}\"")).len(), pages, "{}: {word}", generator.name);
        }
        let answer = json(site.path(), &["search", "jisou", "操作前请阅读安全阀"]);
        assert_eq!(answer["hits"][0]["sections"][0]["anchor"], "more", "{}", generator.name);
        assert_eq!(answer["hits"][0]["sections"][0]["heading"], "注意", "{}", generator.name);
    }
}

/// A blog as its themes lay it out: lists whose headings are links to articles, the name of the site as a heading, boxes with what
/// other articles there are and under which licence this one stands.
#[test]
fn lists_of_a_blog_are_called_by_their_own_titles() {
    let list = |title: &str, articles: &str| {
        format!(
            "<title>{title}</title><body><main class=main><header class=header><h1 class=site-title>机车手记</h1><nav>导航专词</nav></header>\
             <section>{articles}</section><div class=aside-content><div class=card-widget>作者小像页脚专词</div></div></main>"
        )
    };
    let article = |title: &str, text: &str| {
        format!(
            "<title>{title} | 机车手记</title><body><main class=main><header class=header><h1 class=site-title>机车手记</h1><nav>导航专词</nav></header>\
             <article class=post-content><h1 class=post-title>{title}</h1><p>{text}</p><div class=license-box>许可页脚专词</div></article>\
             <div class=relatedPosts>推荐页脚专词</div></main>"
        )
    };
    let entry = |name: &str, title: &str| {
        format!("<article><h1><a class=article-title href='../{name}/'>{title}</a></h1><p>摘要如下。</p></article>")
    };
    let (boiler, valve) = (entry("boiler", "锅炉的清洗"), entry("valve", "安全阀"));
    let pages = [
        ("index.html", list("机车手记", &(boiler.clone() + &valve).replace("../", ""))),
        ("tags/index.html", list("标签一览 | 机车手记", &(valve.clone() + &boiler))),
        ("archives/index.html", list("往年文章 | 机车手记", "<p>共有两篇。</p>")),
        ("boiler/index.html", article("锅炉的清洗", "水垢积得越厚,传热就越慢。")),
        ("valve/index.html", article("安全阀", "压力超过定值时阀门自行打开。")),
    ];
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (*name, page.as_str())).collect();
    let site = folder(&pages);
    done(site.path(), &["index", "."]);
    for (query, url) in
        [("安全阀", "/valve/"), ("锅炉的清洗", "/boiler/"), ("往年文章", "/archives/"), ("标签一览", "/tags/")]
    {
        assert_eq!(hits(site.path(), "jisou", query).first().map(String::as_str), Some(url), "{query}");
    }
    for word in [MENU, FOOTER] {
        assert_eq!(hits(site.path(), "jisou", &format!("\"{word}\"")), [""; 0], "{word}");
    }
    assert_eq!(
        hits(site.path(), "jisou", "\"机车手记\""),
        ["/"],
        "the name of the site is the title of its first page only"
    );
}

#[test]
fn a_page_of_links_is_content_where_it_says_so() {
    let page = |title: &str, text: &str| {
        format!(
            "<title>{title}</title><body><div id=main><div class=sidebar><a class=sidebar-link href=/a>导航专词</a></div>\
             <div class='content menu with-sidebar'><ul class=menu-root><li><a class=sidebar-link href=/{text}>{text}</a></ul></div></div>"
        )
    };
    let site = folder(&[("a.html", &page("甲", "锅炉")), ("b.html", &page("乙", "阀门"))]);
    done(site.path(), &["index", "."]);
    assert_eq!(hits(site.path(), "jisou", "\"锅炉\""), ["/a.html"]);
    assert_eq!(hits(site.path(), "jisou", &format!("\"{MENU}\"")), [""; 0]);
}

#[test]
fn what_a_theme_of_ones_own_puts_before_the_text_is_no_text() {
    let page = |title: &str, text: &str| {
        format!(
            "<title>{title} | 站</title><body><div class=wrap><div class=head><h1>{title}</h1><span>{title}于五月写成</span></div>\
             <div class=index-box><b>文章目录</b><nav>导航专词</nav></div><div class=prose><p>{text}</p><h2>参数</h2><p>同一句话。</p><p>{text}又及</p></div></div>"
        )
    };
    let pages: Vec<(String, String)> =
        PAGES.iter().map(|(name, title, text)| (format!("{name}.html"), page(title, &text.repeat(4)))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let site = folder(&pages);
    done(site.path(), &["index", "."]);
    assert_eq!(hits(site.path(), "jisou", "\"文章目录\""), [""; 0]);
    for word in ["参数", "同一句话"] {
        assert_eq!(hits(site.path(), "jisou", &format!("\"{word}\"")).len(), PAGES.len(), "{word} stands in the text");
    }
}

#[test]
fn code_keeps_what_highlighters_call_comments() {
    let generator = GENERATORS.iter().find(|generator| generator.name == "Hexo").expect("one of them");
    let site = folder(&[("a.html", &generator.page.replace("{title}", "甲").replace("{body}", ""))]);
    json(site.path(), &["index", "."]);
    assert_eq!(hits(site.path(), "jisou", "\"注释留下\""), ["/a.html"]);
}

#[test]
fn pages_that_nobody_looks_for_are_left_out_and_counted() {
    let text = "<p>一段足够长的文字,用来看出哪一页重复了别的页,而且在整个站里只出现一次:";
    let whole: String = (1..6).map(|n| format!("{text}{n}{n}{n}")).collect();
    let mut files = vec![
        ("404.html".to_owned(), "<title>404</title><p>页面未找到".to_owned()),
        (
            "old.html".to_owned(),
            "<meta http-equiv=refresh content='0; url=/p1.html'><title>Redirecting</title>".to_owned(),
        ),
        ("secret.html".to_owned(), "<meta name=robots content='noindex, follow'><p>甲".to_owned()),
        (
            "copy.html".to_owned(),
            format!("<link rel=canonical href='https://example.org/docs/p1.html'><h1>第1页</h1>{text}111"),
        ),
        ("print.html".to_owned(), format!("<h1>全书</h1>{whole}")),
        ("errors.html".to_owned(), format!("<title>404 错误的处理</title><h1>404 错误的处理</h1>{text}000")),
    ];
    for n in 1..6 {
        let page =
            format!("<link rel=canonical href='https://example.org/docs/p{n}.html'><h1>第{n}页</h1>{text}{n}{n}{n}");
        files.push((format!("p{n}.html"), page));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let site = folder(&files);
    let report = json(site.path(), &["index", "."]);
    let expected = serde_json::json!({
        "not-found": ["404.html"], "redirect": ["old.html"], "noindex": ["secret.html"], "copy": ["copy.html"], "edition": ["print.html"]
    });
    assert_eq!(report["leftOut"], expected);
    assert_eq!(report["pages"], 6);
    assert_eq!(json(site.path(), &["inspect", "jisou"])["leftOut"], expected);
}

#[test]
fn attributes_say_what_is_content_metadata_and_weight() {
    let page = |body: &str, filter: &str, year: u32| {
        format!(
            "<h1>外面</h1><p>外面的字</p><article data-pagefind-body><h1 data-jisou-meta=title>标题{year}</h1><p data-pagefind-ignore>略去的字</p>\
             <p>{body}</p><i data-pagefind-filter='类:{filter}' data-jisou-sort='年:{year}'></i><img data-pagefind-meta='image[src]' src=a.png></article>"
        )
    };
    let site = folder(&[
        ("a.html", &page("共同的词在正文", "甲", 1990)),
        ("b.html", &page("开头<span data-jisou-weight=9>共同的词</span>", "乙", 2010)),
        ("c.html", "<h1>没有标记</h1><p>共同的词"),
    ]);
    let report = json(site.path(), &["index", "."]);
    assert_eq!(report["leftOut"], serde_json::json!({ "unmarked": ["c.html"] }));
    assert_eq!(hits(site.path(), "jisou", "\"外面的字\""), [""; 0]);
    assert_eq!(hits(site.path(), "jisou", "\"略去的字\""), [""; 0]);
    assert_eq!(hits(site.path(), "jisou", "共同的词"), ["/b.html", "/a.html"]);
    let answer = json(site.path(), &["search", "jisou", "", "--filter", "类=甲"]);
    assert_eq!(answer["hits"][0]["title"], "标题1990");
    assert_eq!(answer["hits"][0]["meta"]["image"], "a.png");
    let values = serde_json::json!([{ "value": "甲", "count": 1 }, { "value": "乙", "count": 1 }]);
    let sorted = |mut values: Vec<serde_json::Value>| {
        values.sort_by_key(|value| value["value"].to_string());
        values
    };
    let of = |value: &serde_json::Value| sorted(value.as_array().cloned().unwrap_or_default());
    assert_eq!(of(&answer["facets"][0]["values"]), of(&values));
    let urls = |order: &str| {
        let answer = json(site.path(), &["search", "jisou", "", "--sort", order]);
        answer["hits"].as_array().expect("hits").iter().map(|hit| hit["url"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        (urls("年=desc").len(), &urls("年=desc")[0], &urls("年=asc")[0]),
        (2, &"\"/b.html\"".into(), &"\"/a.html\"".into())
    );
}

#[test]
fn language_is_told_by_script_and_encodings_by_content() {
    let site = folder(&[("en.html", "<html lang=en><meta charset=utf-8><title>甲</title><p>命运共同体")]);
    let (gbk, _, _) = encoding_rs::GBK.encode("<meta charset=gbk><title>乙</title><p>山朗润起来了,水涨起来了");
    let (big5, _, _) = encoding_rs::BIG5.encode("<title>丙</title><p>國際新聞與天氣預報,請各位聽眾留意收聽");
    write(site.path(), "gbk.html", &gbk);
    write(site.path(), "big5.html", &big5);
    let report = json(site.path(), &["index", "."]);
    assert_eq!(report["encodings"], serde_json::json!({ "Big5": 1, "GBK": 1 }));
    for (query, url) in [("共同体", "/en.html"), ("水涨起来", "/gbk.html"), ("国际新闻", "/big5.html")] {
        assert_eq!(hits(site.path(), "jisou", query), [url], "{query}");
    }
}

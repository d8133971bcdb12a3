//! `jisou serve`, asked as a browser asks.

use super::folder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

/// The answer to a request, its head and its body.
fn ask(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_site_is_served_with_its_box_and_built_again() {
    let page = "<!doctype html><title>甲</title><main><p>东风来了</p></main>";
    let site = folder(&[("index.html", page), ("guide/start.html", page), ("a.svg", "<svg/>")]);
    let mut server = Command::new(env!("CARGO_BIN_EXE_jisou"))
        .args(["serve", ".", "--port", "0"])
        .current_dir(site.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let said = BufReader::new(server.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let line = said.into_iter().find(|line| line.starts_with("serving")).expect("an address");
    let port = line.split("localhost:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok()).expect("a port");

    let home = ask(port, "/");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("text/html"), "{home}");
    for part in ["东风来了", "/-/jisou/reload.js", "/jisou/jisou-search.js", "<jisou-search>"] {
        assert!(home.contains(part), "{part}: {home}");
    }
    assert!(ask(port, "/guide/start").starts_with("HTTP/1.1 200"));
    assert!(ask(port, "/a.svg").contains("image/svg+xml"));
    assert!(ask(port, "/jisou/jisou.js").contains("text/javascript"));
    for path in ["/nothing", "/guide/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"] {
        assert!(ask(port, path).starts_with("HTTP/1.1 404"), "{path}");
    }
    super::write(site.path(), "new.html", page.replace("东风", "西风").as_bytes());
    let again = BufReader::new(server.stderr.take().expect("its messages")).lines().map_while(Result::ok);
    assert!(again.into_iter().any(|line| line.contains("built again, 3 pages")));
    assert_eq!(super::hits(site.path(), "jisou", "西风"), ["/new.html"]);
    server.kill().expect("it runs still");
    server.wait().expect("it ends");
}

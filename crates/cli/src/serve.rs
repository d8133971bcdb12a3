//! `jisou serve`: a site on this machine, with its index built again and its pages reloaded on every change.

use crate::args::{Common, IndexArguments, ServeArguments};
use crate::assets;
use crate::config::Config;
use crate::failure::{Failure, say};
use crate::index;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use notify_debouncer_mini::new_debouncer;
use notify_debouncer_mini::notify::RecursiveMode;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The ports that are tried.
const PORTS: std::ops::Range<u16> = 8000..8100;
/// Changes that come within this time are one.
const QUIET: Duration = Duration::from_millis(300);
/// The largest page that the script for reloading is put into.
const MAX_PAGE: usize = 32 << 20;
/// Reloads the page when the site was built anew.
const RELOAD: &str = "new EventSource('/-/jisou/events').addEventListener('built', () => location.reload());";

/// What every answer needs.
struct Served {
    site: PathBuf,
    /// The bundle's folder, as pages name it; none if it lies elsewhere.
    bundle: Option<String>,
    /// Counts builds.
    built: watch::Receiver<u64>,
}

/// Serves until it is stopped.
pub(crate) fn run(common: &Common, arguments: &ServeArguments) -> Result<u8, Failure> {
    let config = Config::read(common)?;
    let site = arguments.index.input.clone().or_else(|| config.site.clone());
    let site = site
        .filter(|site| site.is_dir())
        .ok_or_else(|| Failure::usage("name the folder of the built site, as in `jisou serve public/`"))?;
    let report = index::build(common, &arguments.index, &config, &site)?;
    report.problems.iter().for_each(|problem| eprintln!("jisou: {problem}"));
    if !common.quiet {
        report.print();
    }
    let output = report.output.clone();
    let bundle = output.strip_prefix(&site).ok().map(|path| format!("/{}", path.to_string_lossy().replace('\\', "/")));
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(Failure::new)?;
    let (builds, built) = watch::channel(0);
    let _watching = watch_site(common, &arguments.index, &config, &site, &output, builds)?;
    runtime.block_on(serve(common, arguments.port, Served { site: site.clone(), bundle, built }))
}

/// Builds again whenever something in the site changes that is not the bundle itself. The watch ends when it is dropped.
fn watch_site(
    common: &Common,
    arguments: &IndexArguments,
    config: &Config,
    site: &Path,
    output: &Path,
    builds: watch::Sender<u64>,
) -> Result<impl Sized + use<>, Failure> {
    let (sender, changes) = std::sync::mpsc::channel();
    let mut debouncer = new_debouncer(QUIET, sender).map_err(Failure::new)?;
    let watched = debouncer.watcher().watch(site, RecursiveMode::Recursive);
    watched.map_err(|error| Failure::new(format_args!("{}: cannot be watched: {error}", site.display())))?;
    let (common, arguments, config, site, output) = (
        Common { quiet: true, json: common.json, config: None },
        arguments.clone(),
        config.clone(),
        site.to_owned(),
        output.to_owned(),
    );
    let mut before = state(&site, &output);
    std::thread::spawn(move || {
        // What changes says nothing of how: reading a page is an event, too.
        for _ in changes {
            let now = state(&site, &output);
            if now == before {
                continue;
            }
            before = now;
            match index::build(&common, &arguments, &config, &site) {
                Ok(report) => {
                    let pages = crate::texts::count(report.pages, "page");
                    eprintln!("jisou: built again, {pages} in {:.1} s", report.seconds);
                    builds.send_modify(|count| *count += 1);
                }
                // The site may be half written; the next change builds again.
                Err(failure) => eprintln!("jisou: {failure}"),
            }
        }
    });
    Ok(debouncer)
}

/// The files of a site without its bundle, with their sizes and when they were written.
fn state(site: &Path, output: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let mine = |path: &Path| {
        path != output && !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".jisou-"))
    };
    let files =
        walkdir::WalkDir::new(site).sort_by_file_name().into_iter().filter_entry(|entry| mine(entry.path())).flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let known = files.filter_map(|entry| Some((entry.path().to_owned(), entry.metadata().ok()?)));
    known.map(|(path, data)| (path, data.len(), data.modified().ok())).collect()
}

async fn serve(common: &Common, port: Option<u16>, served: Served) -> Result<u8, Failure> {
    let listener = listen(port).await?;
    let address = listener.local_addr().map_err(Failure::new)?;
    let served = Arc::new(served);
    let app = Router::new()
        .route("/-/jisou/events", get(events))
        .route("/-/jisou/reload.js", get(([(header::CONTENT_TYPE, "text/javascript")], RELOAD)))
        .fallback(page)
        .layer(CompressionLayer::new())
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-cache")))
        .with_state(served);
    if !common.quiet {
        say!("serving http://localhost:{}/ (stop with Ctrl-C)", address.port());
    }
    axum::serve(listener, app).await.map_err(Failure::new)?;
    Ok(0)
}

async fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    if let Some(port) = port {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        return listener.map_err(|error| {
            Failure::new(format_args!("port {port} cannot be used ({error}); give another with --port"))
        });
    }
    for port in PORTS {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            return Ok(listener);
        }
    }
    Err(Failure::new("no port from 8000 to 8099 is free; give another with --port"))
}

/// Tells a page when the site was built.
async fn events(State(served): State<Arc<Served>>) -> impl IntoResponse {
    let mut built = served.built.clone();
    built.mark_unchanged();
    Sse::new(futures_util::stream::unfold(built, |mut built| async move {
        built.changed().await.ok()?;
        Some((Ok::<Event, Infallible>(Event::default().event("built").data("again")), built))
    }))
}

/// A file of the site; pages get the script for reloading, and the search box if they have none.
async fn page(State(served): State<Arc<Served>>, request: axum::extract::Request) -> Response<Body> {
    let mut request = request;
    // `/guide/start` is `guide/start.html` on most hosts.
    let path = request.uri().path().to_owned();
    let plain = path.trim_matches('/');
    let hidden = plain.split('/').any(|part| part == ".." || part.contains('\\'));
    if !hidden
        && !plain.is_empty()
        && !served.site.join(plain).exists()
        && served.site.join(format!("{plain}.html")).is_file()
    {
        *request.uri_mut() = format!("/{plain}.html").parse::<Uri>().unwrap_or_default();
    }
    let response = match ServeDir::new(&served.site).try_call(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => return not_found(&served.site),
        Ok(response) => response.map(Body::new),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return not_found(&served.site),
        Err(error) => return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    };
    let html =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !html || response.status() != StatusCode::OK {
        return response;
    }
    with_script(response, served.bundle.as_deref()).await
}

/// The site's own page for addresses that do not exist, or the number.
fn not_found(site: &Path) -> Response<Body> {
    let page = tokio::task::block_in_place(|| std::fs::read(site.join("404.html")));
    let page = page.unwrap_or_else(|_| b"404".to_vec());
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}

/// A page with the script for reloading at its end, and the search box if it has none.
async fn with_script(response: Response<Body>, bundle: Option<&str>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_PAGE).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "the page is too large to be served").into_response();
    };
    let mut page = bytes.to_vec();
    page.extend_from_slice(b"\n<script src=\"/-/jisou/reload.js\"></script>\n");
    let box_there = bytes.windows(12).any(|window| window == b"jisou-search");
    let element = assets::WHOLE.scripts.iter().any(|(name, _)| *name == "jisou-search.js");
    if let Some(bundle) = bundle.filter(|_| element && !box_there) {
        let lines = format!(
            "<script type=\"module\" src=\"{bundle}/jisou-search.js\"></script>\n<jisou-search></jisou-search>\n"
        );
        page.extend_from_slice(lines.as_bytes());
    }
    for name in [header::CONTENT_LENGTH, header::LAST_MODIFIED, header::ETAG, header::ACCEPT_RANGES] {
        parts.headers.remove(name);
    }
    Response::from_parts(parts, Body::from(page))
}

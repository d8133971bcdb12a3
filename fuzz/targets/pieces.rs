//! An index in pieces: supplied in any order, again, forgotten, missing, damaged, swapped, of another build; and damaged under a
//! checksum that fits.
#![no_main]

use arbitrary::Arbitrary;
use jisou_core::answer::{Answer, Options};
use jisou_core::cut::chosen::Asking;
use jisou_core::cut::plan::{Cut, Step};
use jisou_core::cut::write::{Files, Sizes, write_in};
use jisou_core::cut::{CHECK, Piece};
use jisou_core::facets::{Facets, How, Selection};
use jisou_core::rank::Knobs;
use jisou_fuzz::SMALL;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// Small enough that there are some of each family.
const SIZES: Sizes = Sizes { keys: 300, list: 60, lists: 9, text: 200 };
static FILES: LazyLock<Files> = LazyLock::new(|| write_in(SMALL.to_vec(), &SIZES).expect("the small index is cut"));

#[derive(Debug, Arbitrary)]
enum Event {
    Supply(u8),
    /// One under the name of another.
    Swap(u8, u8),
    /// One of another build.
    Foreign(u8),
    Damage(u8, u16, u8),
    Keep(u16),
    Ask,
    Complete,
}

#[derive(Debug, Arbitrary)]
struct Input {
    events: Vec<Event>,
    /// Changed bytes under checksums that fit.
    edits: Vec<(u8, u16, u8)>,
    limit: u8,
    text: String,
    /// Values of filters, and how they are asked for.
    wanted: Vec<(u8, u8, u8)>,
    /// A sort, and whether from the largest on.
    sort: Option<(u8, bool)>,
}

fn piece(number: u8) -> &'static (Piece, Vec<u8>) {
    &FILES.pieces[usize::from(number) % FILES.pieces.len()]
}

/// What is chosen, of what there is.
fn selection(wanted: &[(u8, u8, u8)], sort: Option<(u8, bool)>) -> Selection {
    let Facets { filters, sorts, .. } = &FILES.facets;
    let mut selection = Selection::default();
    for &(how, filter, value) in wanted.iter().take(4).filter(|_| !filters.is_empty()) {
        let filter = &filters[usize::from(filter) % filters.len()];
        let value = filter.values.get(usize::from(value)).map_or("none has it", |(value, _)| value);
        let how = [How::Any, How::All, How::None][usize::from(how) % 3];
        selection.wanted.push((how, filter.name.clone(), value.to_owned()));
    }
    let name = |at: u8| sorts.get(usize::from(at) % sorts.len().max(1)).map(|sort| sort.name.clone());
    selection.sort = sort.and_then(|(at, down)| Some((name(at)?, down)));
    selection
}

/// Asks until it is answered, of pieces that are handed over as they are given; `None` if one is refused.
fn ask(
    cut: &mut Cut,
    pieces: &[(Piece, Vec<u8>)],
    text: &str,
    limit: usize,
    selection: &Selection,
) -> Option<(Answer, Vec<u32>)> {
    let options = Options { limit, ..Options::default() };
    let asking = Asking { options, selection, counted: !selection.is_empty(), typed: false };
    loop {
        match cut.select(text, asking, &Knobs::default()).ok()? {
            Step::Done(done) => return Some((done.answer, done.numbers)),
            Step::Needs(needs) => {
                assert!(!needs.is_empty());
                for piece in needs {
                    let (_, bytes) = pieces.iter().find(|(name, _)| *name == piece)?;
                    cut.supply(piece, bytes).ok()?;
                }
            }
        }
    }
}

fuzz_target!(|input: Input| {
    let Input { events, edits, limit, text, wanted, sort } = input;
    let selection = selection(&wanted, sort);
    let limit = usize::from(limit);
    let mut cut = Cut::open(&FILES.root).expect("a sound root");
    let build = cut.root().figures.build;
    for event in events {
        match event {
            Event::Supply(n) => cut.supply(piece(n).0, &piece(n).1).expect("a sound piece"),
            Event::Swap(n, m) => assert!(cut.supply(piece(n).0, &piece(m).1).is_err() != (piece(n).0 == piece(m).0)),
            Event::Foreign(n) => {
                let other = piece(n).0.seal(build ^ 1, &piece(n).1[CHECK..]);
                assert!(cut.supply(piece(n).0, &other).is_err());
            }
            Event::Damage(n, at, with) => {
                let mut bytes = piece(n).1.clone();
                let at = usize::from(at) % bytes.len();
                bytes[at] ^= with | 1;
                assert!(cut.supply(piece(n).0, &bytes).is_err());
            }
            Event::Keep(bytes) => cut.keep(usize::from(bytes)),
            Event::Ask => _ = cut.search(&text, Options::default(), &Knobs::default()),
            Event::Complete => _ = cut.complete(&text, limit),
        }
    }
    let fresh = ask(&mut Cut::open(&FILES.root).expect("a sound root"), &FILES.pieces, &text, limit, &selection);
    assert!(fresh.is_some());
    assert_eq!(ask(&mut cut, &FILES.pieces, &text, limit, &selection), fresh);
    // A search has supplied what completions are made of, if the query is nothing but text.
    if !text.contains(|c: char| c.is_ascii()) {
        assert!(cut.complete(&text, limit).is_ok(), "{text}");
    }
    let mut edited = FILES.pieces.clone();
    for (number, at, with) in edits {
        let place = usize::from(number) % edited.len();
        let (piece, bytes) = &mut edited[place];
        let mut content = bytes[CHECK..].to_vec();
        let at = usize::from(at) % (content.len() + 1);
        match with % 4 {
            0 => content.truncate(at),
            1 => content.insert(at, with),
            _ => content.iter_mut().skip(at).take(1).for_each(|byte| *byte = with),
        }
        *bytes = piece.seal(build, &content);
    }
    let mut cut = Cut::open(&FILES.root).expect("a sound root");
    let _ = ask(&mut cut, &edited, &text, limit, &selection);
    let _ = cut.read(0, &text);
    let _ = cut.complete(&text, limit);
});

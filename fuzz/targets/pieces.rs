//! An index in pieces: supplied in any order, again, forgotten, missing, damaged, swapped, of another build; and damaged under a
//! checksum that fits.
#![no_main]

use arbitrary::Arbitrary;
use jisou_core::answer::{Answer, Options};
use jisou_core::cut::plan::{Cut, Step};
use jisou_core::cut::write::{Files, write};
use jisou_core::cut::{CHECK, Piece};
use jisou_core::rank::Knobs;
use jisou_fuzz::SMALL;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static FILES: LazyLock<Files> = LazyLock::new(|| write(SMALL.to_vec()).expect("the small index is cut"));

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
}

#[derive(Debug, Arbitrary)]
struct Input {
    events: Vec<Event>,
    /// Changed bytes under checksums that fit.
    edits: Vec<(u8, u16, u8)>,
    limit: u8,
    text: String,
}

fn piece(number: u8) -> &'static (Piece, Vec<u8>) {
    &FILES.pieces[usize::from(number) % FILES.pieces.len()]
}

/// Asks until it is answered, of pieces that are handed over as they are given; `None` if one is refused.
fn ask(cut: &mut Cut, pieces: &[(Piece, Vec<u8>)], text: &str, limit: usize) -> Option<(Answer, Vec<u32>)> {
    let options = Options { limit, ..Options::default() };
    loop {
        match cut.search(text, options, &Knobs::default()).ok()? {
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
    let Input { events, edits, limit, text } = input;
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
        }
    }
    let fresh = ask(&mut Cut::open(&FILES.root).expect("a sound root"), &FILES.pieces, &text, limit);
    assert!(fresh.is_some());
    assert_eq!(ask(&mut cut, &FILES.pieces, &text, limit), fresh);
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
    let _ = ask(&mut cut, &edited, &text, limit);
    let _ = cut.read(0, &text);
});

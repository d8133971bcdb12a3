//! Any text with any options, filters, sort and weights, asked of a sound index.
#![no_main]

use arbitrary::Arbitrary;
use jisou_core::answer::Options;
use jisou_core::facets::{How, Selection};
use jisou_core::rank::Knobs;
use jisou_fuzz::{INDEX, answered, bounded};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

#[derive(Debug, Arbitrary)]
struct Question {
    limit: u8,
    offset: u8,
    flags: u8,
    page: u8,
    wanted: Vec<(u8, u8, u8)>,
    /// In hundredths of what they are by default.
    weights: [u8; 4],
    text: String,
}

fuzz_target!(|question: Question| {
    LazyLock::force(&INDEX);
    let Question { limit, offset, flags, page, wanted, weights, text } = question;
    let flag = |bit: u8| flags >> bit & 1 == 1;
    let limit = if limit == u8::MAX { usize::MAX } else { usize::from(limit) };
    let options = Options { limit, offset: usize::from(offset), collapse: flag(0), prefix: flag(1) };
    let names = ["栏目", "年", "无"];
    let values = ["国际", "要闻", "2024", ""];
    let one = |(how, name, value): (u8, u8, u8)| {
        let how = [How::Any, How::All, How::None][usize::from(how) % 3];
        (how, names[usize::from(name) % 3].to_owned(), values[usize::from(value) % 4].to_owned())
    };
    let sort = flag(2).then(|| (if flag(3) { "date" } else { "rank" }.to_owned(), flag(4)));
    let selection = Selection { wanted: wanted.into_iter().take(20).map(one).collect(), sort };
    let mut knobs = Knobs::default();
    for (knob, weight) in knobs.field.iter_mut().zip(weights) {
        *knob = *knob * u64::from(weight) / 100;
    }
    // Whatever the query is as text and as symbols, and what a passage of it has of marks, many times over.
    bounded(text.len(), 4096, 1 << 20, || answered(&INDEX, &text, options, &selection, &knobs));
    assert_eq!(INDEX.read(u32::from(page), &text), INDEX.read(u32::from(page), &text));
});

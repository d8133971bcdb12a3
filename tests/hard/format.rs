//! Indexes of the versions that were, and of versions that are not yet.

use crate::promises::SMALL;
use jisou_core::answer::Options;
use jisou_core::container::VERSION;
use jisou_core::rank::Knobs;
use jisou_core::{Error, Index};

/// An index of each version, of the same records.
const KEPT: [(u16, &[u8]); 2] = [(1, include_bytes!("../data/format-1/index.jisou")), (2, SMALL)];

/// FORMAT.md: a reader opens indexes of its own version and refuses all others; a version that it still reads it reads right.
#[test]
fn indexes_of_all_versions_are_read_or_refused_with_a_code() {
    for (version, bytes) in KEPT {
        assert_eq!(bytes[4..6], version.to_le_bytes(), "the file is kept as it was written");
        match Index::open(bytes) {
            Ok(index) => answers_are_right(&index),
            Err(error) => {
                assert_eq!(error, Error::WrongVersion { found: version, expected: VERSION });
                assert_ne!(VERSION, version);
            }
        }
    }
}

fn answers_are_right(index: &Index) {
    let urls = |query: &str| -> String {
        let answer = index.search(query, Options { collapse: false, ..Options::default() }, &Knobs::default());
        let url = |hit: &jisou_core::answer::Hit| index.pages().info[hit.page.0 as usize].url.clone();
        answer.hits.iter().map(url).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(urls("生态"), "/a");
    assert_eq!(urls("国际合作"), "/b");
    assert_eq!(urls("這句話"), "/a");
    assert_eq!(urls("这句话"), "/a");
    assert_eq!(urls("2024年"), "/b");
    assert_eq!(urls("shengtai"), "/a");
    assert_eq!(urls("component"), "/b /a");
    assert_eq!(urls("重庆"), "/c /b");
    let filters = &index.facets().filters;
    let names: Vec<&str> = filters.iter().map(|filter| filter.name.as_str()).collect();
    assert_eq!(names, ["年", "栏目"]);
    assert_eq!(index.facets().sorts.len(), 2);
    let reading = index.read(0, "").expect("the first page");
    assert_eq!(reading.blocks[1].anchor, "start");
    assert_eq!(reading.blocks[0].text.text, "绿水青山就是金山银山,這句話人人都知道。");
}

/// Whatever else is in the file: a reader that does not know its version must not guess.
#[test]
fn every_other_version_is_refused_by_its_number() {
    for version in (0..=u16::MAX).filter(|&version| version != VERSION) {
        let mut bytes = SMALL.to_vec();
        bytes[4..6].copy_from_slice(&version.to_le_bytes());
        let error = Index::open(bytes).map(|_| ()).expect_err("another version");
        assert_eq!(error, Error::WrongVersion { found: version, expected: VERSION });
        assert_eq!(error.code(), "wrong-version");
    }
}

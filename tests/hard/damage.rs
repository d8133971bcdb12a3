//! Every damaged index is refused: all single bits, all truncations.

use crate::promises::{SMALL, open, sections, use_up, written};
use crate::{SEED, alone, figure};
use jisou_core::Index;
use std::thread;

/// The bits of `bytes`, from `part` on every `parts`th byte, whose flipping is not noticed.
fn unnoticed(bytes: &[u8], part: usize, parts: usize) -> usize {
    let mut copy = bytes.to_vec();
    let mut lost = 0;
    for at in (part..bytes.len()).step_by(parts) {
        for bit in 0..8 {
            copy[at] ^= 1 << bit;
            lost += usize::from(Index::open(copy.clone()).is_ok());
            copy[at] ^= 1 << bit;
        }
    }
    lost
}

#[test]
fn every_flipped_bit_of_a_small_index_is_noticed() {
    assert_eq!(unnoticed(SMALL, 0, 1), 0);
}

#[test]
#[ignore = "hashes the whole index for each of its bits"]
fn every_flipped_bit_of_the_seed_index_is_noticed() {
    let halves = thread::scope(|scope| {
        let halves = [0, 1].map(|part| scope.spawn(move || unnoticed(SEED, part, 2)));
        halves.map(|half| half.join().expect("opening does not panic"))
    });
    figure("bits of the seed index flipped", SEED.len() * 8, halves.iter().sum());
    assert_eq!(halves, [0, 0]);
}

#[test]
fn every_truncation_is_noticed() {
    let opened = |bytes: &'static [u8]| (0..bytes.len()).filter(|&len| Index::open(&bytes[..len]).is_ok()).count();
    let lost = [opened(SMALL), opened(SEED)];
    figure("truncations", SMALL.len() + SEED.len(), lost.iter().sum());
    assert_eq!(lost, [0, 0]);
}

/// Checksums are no signatures: whoever means harm makes them fit, and then the readers behind them stand alone.
#[test]
fn every_flipped_bit_under_a_true_checksum_is_read_or_refused() {
    let _alone = alone();
    let mut sections = sections(SMALL);
    let (mut flips, mut opened) = (0, 0);
    for section in 0..sections.len() {
        for at in 0..sections[section].bytes.len() {
            for bit in 0..8 {
                sections[section].bytes[at] ^= 1 << bit;
                if let Ok(index) = open(&written(&sections)) {
                    opened += 1;
                    use_up(&index);
                }
                sections[section].bytes[at] ^= 1 << bit;
                flips += 1;
            }
        }
    }
    println!("{flips} bits flipped, {opened} of the indexes opened");
    figure("bits flipped under true checksums", flips, 0);
}

/// And every section cut short, and filled up.
#[test]
fn every_cut_section_under_a_true_checksum_is_read_or_refused() {
    let _alone = alone();
    let whole = sections(SMALL);
    for section in 0..whole.len() {
        for len in 0..whole[section].bytes.len() {
            let mut cut = whole.clone();
            cut[section].bytes.truncate(len);
            if let Ok(index) = open(&written(&cut)) {
                use_up(&index);
            }
        }
        for byte in [0, 1, 0x7f, 0x80, 0xff] {
            let mut filled = whole.clone();
            filled[section].bytes.push(byte);
            assert!(open(&written(&filled)).is_err(), "section {section} with {byte} behind it");
        }
    }
}

#[test]
#[ignore = "opens the seed index many thousand times"]
fn flipped_bits_of_the_seed_index_under_a_true_checksum_are_read_or_refused() {
    const FLIPS: usize = 20_000;
    let _alone = alone();
    let mut sections = sections(SEED);
    let each = FLIPS / sections.len();
    for section in 0..sections.len() {
        for flip in 0..each {
            // Spread evenly over the section, small or large.
            let at = flip * sections[section].bytes.len() / each;
            sections[section].bytes[at] ^= 1 << (flip % 8);
            if let Ok(index) = open(&written(&sections)) {
                use_up(&index);
            }
            sections[section].bytes[at] ^= 1 << (flip % 8);
        }
    }
    figure("bits of the seed index flipped under true checksums", each * sections.len(), 0);
}

//! The nodes of an fst, read from its bytes.
//!
//! The dictionary is written by the `fst` crate; this reads the same bytes (its format version 3, laid out by its module
//! `raw::node`) where all values are 0, as in a set. That crate takes what it reads on trust, so every node would have to be
//! looked at before it could be handed over; doing that is reading it.
//!
//! A node is addressed by its last byte and read from there towards its first:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | state: `11......` one transition, to the node right before; `10......` one; `0f......` any number, `f` if a key ends here |
//! | 1, if the low six bits of the state are 0 | one transition: its input; otherwise how many transitions, 1 for 256 |
//! | 1, not in state `11` | bytes of an address, times 16; bytes of an output would be added to that |
//! | 256, with more than 32 transitions | for each input which transition it is |
//! | any number of transitions: 1 each | inputs, the last first |
//! | so many each | how far before the node's first byte the target ends, 0 for the end of all keys; little-endian, the last first |

use crate::Error;
use std::borrow::Cow;

/// What stands before the nodes: the version and a type.
const HEAD: usize = 16;
/// What stands behind them: the number of keys, the address of the root, a checksum.
const TAIL: usize = 20;
/// With more transitions than this a node has an index of its inputs.
const INDEX_FROM: usize = 33;
/// The inputs that the low six bits of a state stand for, from 1 on.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// An fst: its bytes, and where its root is.
#[derive(Debug, Clone)]
pub struct Fst {
    bytes: Cow<'static, [u8]>,
    /// The address of the root.
    pub root: usize,
    /// How many keys there are, as it says itself.
    pub keys: usize,
}

/// A node, which lies within the bytes of its fst and leads to smaller addresses only.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Whether a key ends here.
    pub is_final: bool,
    /// How many transitions it has.
    pub len: usize,
    /// The input of the only transition, if its state says it; else 0.
    common: u8,
    /// One behind the inputs and the addresses.
    inputs: usize,
    addresses: usize,
    address_len: usize,
    /// Its first byte.
    start: usize,
}

/// One way on from a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The next byte of the key.
    pub input: u8,
    /// The address of the next node; 0 for one where a key ends and nothing follows.
    pub target: usize,
}

impl Fst {
    /// Takes the bytes that an `fst::MapBuilder` made of keys with the value 0.
    ///
    /// # Errors
    /// [`Error::Corrupt`] of `section` unless its ends are as they should be. Nodes are checked as they are read.
    pub fn new(bytes: Cow<'static, [u8]>, section: u16) -> Result<Fst, Error> {
        let corrupt = Error::Corrupt { section };
        let (version, rest) = bytes.split_first_chunk::<8>().ok_or(corrupt)?;
        let (_, tail) = rest.split_last_chunk::<TAIL>().ok_or(corrupt)?;
        let number = |from: usize| {
            let bytes = &tail[from..from + 8];
            if bytes[4..] == [0; 4] { Ok(little_endian(&bytes[..4])) } else { Err(corrupt) }
        };
        if *version != [3, 0, 0, 0, 0, 0, 0, 0] || bytes.len() < HEAD + TAIL {
            return Err(corrupt);
        }
        let (keys, root) = (number(0)?, number(8)?);
        Ok(Fst { root, keys, bytes })
    }

    /// Stands where there is none: it has no byte.
    #[cfg(feature = "cut")]
    pub(crate) fn none() -> Fst {
        Fst { root: 0, keys: 0, bytes: Cow::Borrowed(&[]) }
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it has no byte, which none has.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads a node; `None` if there cannot be such a node.
    pub fn node(&self, addr: usize) -> Option<Node> {
        let fst = &*self.bytes;
        let mut node = Node { is_final: true, len: 0, common: 0, inputs: 0, addresses: 0, address_len: 0, start: 0 };
        if addr == 0 {
            return Some(node);
        }
        let state = *fst.get(addr)?;
        let low = usize::from(state & 0x3f);
        let mut at = addr.checked_sub(usize::from(low == 0))?;
        node.is_final = state & 0xc0 == 0x40;
        node.inputs = addr;
        node.len = 1;
        if state >= 0x80 {
            node.common = if low == 0 { 0 } else { COMMON[low - 1] };
        } else {
            node.len = match (low, fst[at]) {
                (0, 1) => 256,
                (0, stated) => usize::from(stated),
                _ => low,
            };
        }
        if state < 0xc0 {
            at = at.checked_sub(1)?;
            node.address_len = usize::from(fst[at] >> 4);
            let outputs = fst[at] & 15 > 0;
            if outputs || node.address_len > 4 || node.address_len == 0 && node.len > 0 {
                return None;
            }
            if state < 0x80 {
                at = at.checked_sub(if node.len < INDEX_FROM { 0 } else { 256 })?;
                node.inputs = at;
                at = at.checked_sub(node.len)?;
            }
            node.addresses = at;
            at = at.checked_sub(node.len * node.address_len)?;
        }
        node.start = at;
        (at >= HEAD).then_some(node)
    }

    /// The `n`-th of a node's transitions; `None` if it leads where there can be no node.
    #[inline(always)]
    pub fn transition(&self, node: &Node, n: usize) -> Option<Transition> {
        let fst = &*self.bytes;
        let input = if node.common > 0 { node.common } else { fst[node.input_at(n)] };
        if node.address_len == 0 {
            return Some(Transition { input, target: node.start - 1 });
        }
        let from = node.addresses - (n + 1) * node.address_len;
        let distance = little_endian(&fst[from..from + node.address_len]);
        let target = if distance == 0 { 0 } else { node.start.checked_sub(distance)? };
        Some(Transition { input, target })
    }

    /// Which transition of a node has an input.
    pub fn find_input(&self, node: &Node, input: u8) -> Option<usize> {
        let fst = &*self.bytes;
        if node.common > 0 {
            return (node.common == input).then_some(0);
        }
        if node.len < INDEX_FROM {
            return (0..node.len).find(|&n| fst[node.input_at(n)] == input);
        }
        Some(usize::from(fst[node.inputs + usize::from(input)])).filter(|&n| n < node.len)
    }
}

impl Node {
    /// Where the input of the `n`-th transition stands, if it is not the state that says it. No two transitions have it at
    /// the same place.
    pub fn input_at(&self, n: usize) -> usize {
        self.inputs - 1 - n
    }
}

#[inline(always)]
fn little_endian(bytes: &[u8]) -> usize {
    let mut number = 0;
    for &byte in bytes.iter().rev() {
        number = number << 8 | usize::from(byte);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn fst_of(keys: &BTreeSet<Vec<u8>>) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        for key in keys {
            builder.insert(key, 0).unwrap();
        }
        builder.into_inner().unwrap()
    }

    /// Walks through both readers side by side.
    fn compare(ours: &Fst, theirs: &fst::raw::Fst<Vec<u8>>, addr: usize) {
        let (node, twin) = (ours.node(addr).unwrap(), theirs.node(addr));
        assert_eq!((node.len, node.is_final), (twin.len(), twin.is_final()));
        assert_eq!(twin.final_output().value(), 0);
        for n in 0..node.len {
            let (ours_on, theirs_on) = (ours.transition(&node, n).unwrap(), twin.transition(n));
            assert_eq!((ours_on.input, ours_on.target), (theirs_on.inp, theirs_on.addr));
            assert_eq!(theirs_on.out.value(), 0);
            compare(ours, theirs, ours_on.target);
        }
        for input in 0..=255 {
            assert_eq!(ours.find_input(&node, input), twin.find_input(input));
        }
    }

    /// Goes wherever damaged nodes lead, but not for ever.
    fn wander(fst: &Fst, addr: usize, steps: &mut usize) {
        *steps = steps.saturating_sub(1);
        let Some(node) = fst.node(addr).filter(|_| *steps > 0) else { return };
        for n in 0..node.len {
            if let Some(next) = fst.transition(&node, n) {
                assert!(next.target < addr);
                fst.find_input(&node, next.input);
                wander(fst, next.target, steps);
            }
        }
    }

    /// Keys of few and of many different bytes, so that all kinds of nodes come up.
    fn keys() -> impl Strategy<Value = BTreeSet<Vec<u8>>> {
        let byte = prop_oneof![0u8..4, b'a'..=b'f', any::<u8>()];
        proptest::collection::btree_set(proptest::collection::vec(byte, 0..5), 0..400)
    }

    proptest! {
        #[test]
        fn reads_what_the_crate_reads(entries in keys()) {
            let bytes = fst_of(&entries);
            let theirs = fst::raw::Fst::new(bytes.clone()).unwrap();
            let ours = Fst::new(Cow::Owned(bytes), 2).unwrap();
            prop_assert_eq!((ours.keys, ours.root), (entries.len(), theirs.root().addr()));
            compare(&ours, &theirs, ours.root);
        }

        #[test]
        fn damage_is_read_or_refused(
            entries in keys(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..5),
            cut: Option<prop::sample::Index>,
        ) {
            let mut bytes = fst_of(&entries);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
            if let Ok(fst) = Fst::new(Cow::Owned(bytes), 2) {
                wander(&fst, fst.root, &mut 2000);
                for addr in 0..fst.len() + 3 {
                    wander(&fst, addr, &mut 5);
                }
            }
        }
    }

    #[test]
    fn every_input_of_a_node_with_an_index_is_found() {
        let entries = (0..=255).map(|byte| vec![byte, 7]).collect();
        let bytes = fst_of(&entries);
        let theirs = fst::raw::Fst::new(bytes.clone()).unwrap();
        let ours = Fst::new(Cow::Owned(bytes), 2).unwrap();
        compare(&ours, &theirs, ours.root);
    }

    #[test]
    fn a_value_is_refused() {
        let mut builder = fst::MapBuilder::memory();
        builder.insert("a", 1).unwrap();
        let fst = Fst::new(Cow::Owned(builder.into_inner().unwrap()), 2).unwrap();
        assert!(fst.node(fst.root).is_none());
    }
}

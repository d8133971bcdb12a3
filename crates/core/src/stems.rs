//! Which Latin words are forms of one word: `component` and `components`.
//!
//! Whoever writes the index finds the forms out; here they are groups of terms (`FORMAT.md`, section STEMS). Only what
//! stands in pages is listed, so the groups are few and no rule of any language is in the module.

use crate::container::Section;
use crate::ids::{Symbol, TermId};
use crate::varint::{self, Reader};
use crate::{Error, Index};

/// The number of this section, which readers may ignore.
pub const SECTION: u16 = 0x8001;

/// Groups of terms, as they are stored: few queries need them.
#[derive(Debug, Clone, Default)]
pub struct Stems(Vec<u8>);

impl Stems {
    /// The other forms of a word; none if it has no other.
    pub fn others(&self, index: &Index, word: &[Symbol]) -> Vec<TermId> {
        let own = index.terms.get(word, &index.alphabet).map(|group| group.first);
        let group = group_of(&self.0, index.terms.len(), own).unwrap_or_default();
        group.into_iter().filter(|&term| Some(term) != own).collect()
    }

    /// Reads the section. `terms` is the number of terms.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(bytes: &[u8], terms: usize) -> Result<Stems, Error> {
        group_of(bytes, terms, None)?;
        Ok(Stems(bytes.to_vec()))
    }
}

/// The group that holds a term; empty if none does. Goes through the section to its end if `wanted` is none.
fn group_of(bytes: &[u8], terms: usize, wanted: Option<TermId>) -> Result<Vec<TermId>, Error> {
    let mut reader = Reader::new(bytes, SECTION);
    let (mut group, mut first) = (Vec::new(), 0);
    while reader.left() > 0 {
        group.clear();
        let mut last = first;
        for _ in 0..=reader.count(1)? {
            last = reader.ascending(last, terms)?;
            group.push(TermId(last));
        }
        if group.iter().any(|&term| Some(term) == wanted) {
            return Ok(group);
        }
        first = group[0].0;
    }
    Ok(Vec::new())
}

/// Writes the section. Groups are ascending, and so is each, of two members or more.
pub fn write(groups: &[Vec<TermId>]) -> Section {
    let mut out = Vec::new();
    let mut first = 0;
    for group in groups {
        varint::put(&mut out, group.len() as u32 - 1);
        let mut last = first;
        for member in group {
            varint::put(&mut out, member.0 - last);
            last = member.0;
        }
        first = group[0].0;
    }
    Section { section: SECTION, piece: 0, bytes: out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn comes_back(groups in proptest::collection::btree_set(proptest::collection::btree_set(0u32..300, 2..5), 0..9)) {
            let groups: BTreeSet<Vec<TermId>> = groups.iter().map(|group| group.iter().map(|&n| TermId(n)).collect()).collect();
            let groups: Vec<Vec<TermId>> = groups.into_iter().collect();
            let section = write(&groups);
            prop_assert!(Stems::read(&section.bytes, 300).is_ok());
            for term in (0..300).map(TermId) {
                let expected = groups.iter().find(|group| group.contains(&term)).cloned().unwrap_or_default();
                prop_assert_eq!(group_of(&section.bytes, 300, Some(term)).unwrap(), expected);
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(group) = group_of(&bytes, 300, Some(TermId(7))) {
                prop_assert!(group.iter().all(|member| member.0 < 300));
            }
        }
    }
}

//! Pieces of text: pages or parts of them as they stand, cut into tokens; and the small index that loaded ones make.
//!
//! A page is in as many parts as ranking tells apart ([`crate::rank::part`]); a piece holds parts that follow each other, of one long page
//! or of many short ones. Where it goes on with a page it repeats the title, and the heading that its first passage stands under,
//! so that any piece shows what it holds.
//!
//! Tokens are written one behind the other in UTF-8. Between two of them stands [`CUT`], and inside one [`JOIN`], only where
//! the kinds of the characters on both sides do not say so already.

use super::Whole;
use super::root::{Root, SECTION};
use super::tokens::{Numbers, Tokens};
use crate::chars::{Class, class};
use crate::decode::Decoded;
use crate::facets::{Facets, WEIGHT};
use crate::ids::{PassageId, Symbol, TermId};
use crate::index::{Field, Parts};
use crate::order::{in_order, sorted};
use crate::pages::{Kind, PageInfo, Pages};
use crate::rank::PARTS;
use crate::readings::Readings;
use crate::stems::{self, Stems};
use crate::terms::Terms;
use crate::varint::{self, Reader};
use crate::{Error, Index, spoken};

/// Between two tokens whose characters are of one kind. None of these bytes stands in UTF-8.
const CUT: u8 = 0xff;
/// Inside a token, between characters of different kinds.
const JOIN: u8 = 0xfe;
/// Ends a passage.
const END: u8 = 0xfd;

const WEIGHED: u8 = 0x80;
const COPY: u8 = 0x40;
const PART: u8 = 0x20;
const LEAD: u8 = 0x10;

/// What a piece holds of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The number of the page in the site.
    pub page: u32,
    /// What is shown with it.
    pub info: PageInfo,
    /// How many symbols each field of the page has.
    pub lengths: [u32; Field::COUNT],
    /// The passages of it that are here; the first is the title, here or repeated.
    pub passages: Vec<Stored>,
}

/// A passage of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its number in the site.
    pub number: u32,
    /// The number of the one that it repeats; its own if it repeats none.
    pub original: u32,
    /// Which part of the page it belongs to, from 0.
    pub part: u8,
    /// Whether it is the first paragraph of the page.
    pub lead: bool,
    /// What it is.
    pub kind: Kind,
    /// The fragment identifier of a heading; empty for none.
    pub anchor: String,
    /// What its words are worth ([`crate::build::Passage::weight`]).
    pub weight: u8,
    /// Its text.
    pub tokens: Tokens,
}

/// Writes pages that follow each other, of the first of which the passages before the one with the number `first` are only repeated.
///
/// # Errors
/// [`Error::TooLarge`].
pub fn write(fragments: &[Fragment], first: u32) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    varint::put(&mut out, first);
    for fragment in fragments {
        let repeated = fragment.passages.iter().take_while(|stored| stored.number < first).count();
        varint::put(&mut out, (fragment.passages.len() - repeated) as u32);
        varint::put_str(&mut out, &fragment.info.url)?;
        varint::put(&mut out, fragment.info.meta.len() as u32);
        for (name, value) in &fragment.info.meta {
            varint::put_str(&mut out, name)?;
            varint::put_str(&mut out, value)?;
        }
        for length in fragment.lengths {
            varint::put(&mut out, length);
        }
        if fragment.page == fragments[0].page {
            out.push(repeated as u8);
        }
        let mut part = 0;
        for (at, stored) in fragment.passages.iter().enumerate() {
            if at < repeated {
                varint::put(&mut out, first - stored.number);
            }
            let Stored { number, original, kind, weight, .. } = stored;
            let further = stored.part - part;
            let flag = |is: bool, flag: u8| if is { flag } else { 0 };
            let (copy, weighed) = (original != number, *weight != WEIGHT);
            out.push(
                kind.code()
                    | flag(copy, COPY)
                    | flag(weighed, WEIGHED)
                    | flag(further > 0, PART)
                    | flag(stored.lead, LEAD),
            );
            if further > 0 {
                out.push(further);
                part = stored.part;
            }
            if copy {
                varint::put(&mut out, *original);
            }
            if weighed {
                out.push(*weight);
            }
            if matches!(kind, Kind::Heading(_)) {
                varint::put_str(&mut out, &stored.anchor)?;
            }
            put_tokens(&mut out, &stored.tokens);
        }
    }
    Ok(out)
}

fn put_tokens(out: &mut Vec<u8>, tokens: &Tokens) {
    let mut last: Option<Class> = None;
    for token in tokens.iter() {
        for (n, c) in token.chars().enumerate() {
            let kind = class(c);
            match (last.is_some_and(|last| last == kind), n) {
                (true, 0) => out.push(CUT),
                (false, 1..) => out.push(JOIN),
                _ => {}
            }
            last = Some(kind);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    out.push(END);
}

/// Reads a piece whose first page has the number `page` in the site.
///
/// # Errors
/// [`Error::Corrupt`].
pub fn read(bytes: &[u8], mut page: u32) -> Result<Vec<Fragment>, Error> {
    let mut reader = Reader::new(bytes, SECTION);
    let first = reader.number()?;
    let mut next = first;
    let mut fragments = Vec::new();
    while reader.left() > 0 {
        let count = reader.count(2)?;
        let mut info = PageInfo { url: reader.string()?, meta: Vec::new() };
        for _ in 0..reader.count(2)? {
            let name = reader.str()?.into();
            info.meta.push((name, reader.string()?));
        }
        let mut lengths = [0; Field::COUNT];
        for length in &mut lengths {
            *length = reader.number()?;
        }
        let repeated = if fragments.is_empty() { usize::from(reader.byte()?) } else { 0 };
        let (mut passages, mut part) = (Vec::new(), 0);
        for at in 0..repeated + count {
            let mut number = next;
            if at < repeated {
                number = first.checked_sub(reader.number()?).ok_or(reader.corrupt())?;
            } else {
                next = next.checked_add(1).ok_or(reader.corrupt())?;
            }
            let flags = reader.byte()?;
            let kind = Kind::from_code(flags & (LEAD - 1)).filter(|&kind| (kind == Kind::Title) == (at == 0));
            let kind = kind.ok_or(reader.corrupt())?;
            let further = if flags & PART > 0 { reader.byte()? } else { 0 };
            part = Some(further).filter(|&further| further < PARTS as u8).map_or(PARTS as u8, |further| part + further);
            let original = if flags & COPY > 0 { reader.number()? } else { number };
            let weight = if flags & WEIGHED > 0 { reader.byte()? } else { WEIGHT };
            let anchor = if matches!(kind, Kind::Heading(_)) { reader.string()? } else { String::new() };
            let tokens = tokens(&mut reader)?;
            let ascends = passages.last().is_none_or(|last: &Stored| last.number < number);
            if !ascends || u32::from(part) >= PARTS {
                return Err(reader.corrupt());
            }
            let lead = flags & LEAD > 0;
            passages.push(Stored { number, original, part, lead, kind, anchor, weight, tokens });
        }
        if passages.is_empty() {
            return Err(reader.corrupt());
        }
        fragments.push(Fragment { page, info, lengths, passages });
        page = page.checked_add(1).ok_or(reader.corrupt())?;
    }
    Ok(fragments)
}

fn tokens(reader: &mut Reader<'_>) -> Result<Tokens, Error> {
    let mut rest = reader.clone();
    let mut len = 0;
    while rest.byte()? != END {
        len += 1;
    }
    let bytes = reader.take(len)?;
    reader.byte()?;
    let mut tokens = Tokens::with_room(len);
    // One kind of byte after the other: text that is UTF-8, then what says how it goes on.
    let (mut last, mut joint) = (None, None);
    for run in bytes.chunk_by(|&a, &b| (a < JOIN) == (b < JOIN)) {
        if run[0] >= JOIN {
            joint = Some(run[0]);
            continue;
        }
        for c in core::str::from_utf8(run).map_err(|_| reader.corrupt())?.chars() {
            let kind = Some(class(c));
            let goes_on = match joint.take() {
                Some(joint) => joint == JOIN,
                None => last == kind,
            };
            if !goes_on || tokens.is_empty() {
                tokens.start(c);
            } else if !tokens.go_on(c) {
                return Err(reader.corrupt());
            }
            last = kind;
        }
    }
    Ok(tokens)
}

/// An index of some pages, in the order of their numbers, of each of which there are some fragments in order, with the words of `whole` in
/// its dictionary whether or not they stand in them. `forms`: groups of words that are forms of one word.
///
/// # Errors
/// [`Error::Corrupt`] for text with characters that are not of the alphabet.
pub fn assemble(
    root: &Root,
    pages: &[Vec<&Fragment>],
    mut whole: Whole,
    forms: &[Vec<Vec<Symbol>>],
) -> Result<Index, Error> {
    let corrupt = Error::Corrupt { section: SECTION };
    let alphabet = root.alphabet.clone();
    let mut numbers = Numbers::default();
    let (mut tokens, mut ends) = (Vec::new(), Vec::new());
    let mut table = Pages::default();
    let mut facets = Facets::default();
    // Which passage stands for each original, by the number of that.
    let mut originals: Vec<(u32, PassageId)> = Vec::new();
    for fragments in pages {
        let first = fragments.first().ok_or(corrupt)?;
        table.first.push(PassageId(table.kinds.len() as u32));
        table.info.push(first.info.clone());
        whole.lengths.push(first.lengths);
        let mut last = None;
        for stored in fragments.iter().flat_map(|fragment| &fragment.passages) {
            // What is repeated is taken once.
            if last.is_some_and(|last| stored.number <= last) {
                continue;
            }
            last = Some(stored.number);
            let id = PassageId(table.kinds.len() as u32);
            table.kinds.push(stored.kind);
            whole.places.push((stored.part, stored.lead));
            if !stored.anchor.is_empty() {
                table.anchors.push((id, stored.anchor.clone()));
            }
            if stored.weight != WEIGHT {
                facets.weights.push((id, stored.weight));
            }
            let at = originals.partition_point(|&(original, _)| original < stored.original);
            if originals.get(at).is_none_or(|&(original, _)| original != stored.original) {
                originals.insert(at, (stored.original, id));
            }
            let original = originals[at].1;
            if original != id {
                table.copies.push((id, original));
            }
            for token in stored.tokens.iter() {
                tokens.push(numbers.of(token));
            }
            ends.push(tokens.len() as u32);
        }
    }
    table.first.push(PassageId(table.kinds.len() as u32));
    let mut spelled: Vec<(Vec<Symbol>, Vec<u8>, Option<u32>)> = Vec::with_capacity(numbers.strings.len());
    for (number, token) in (0..).zip(&numbers.strings) {
        let (mut form, mut members) = (Vec::new(), Vec::new());
        for c in token.chars() {
            let symbol = alphabet.symbol(c);
            let mut all = (0..alphabet.members(symbol)).take(usize::from(u8::MAX)).map(|member| member as u8);
            members.push(all.find(|&member| alphabet.member(symbol, member) == c).ok_or(corrupt)?);
            form.push(symbol);
        }
        while members.last() == Some(&0) {
            members.pop();
        }
        spelled.push((form, members, Some(number)));
    }
    for known in whole.known.iter().filter(|known| known.weight.is_some()) {
        spelled.push((known.form.clone(), Vec::new(), None));
    }
    // A word that stands there comes before the same word that is only known.
    let rank = |at: usize| {
        let (form, members, number) = &spelled[at];
        (&form[..], &members[..], number.is_none())
    };
    let mut standing: Vec<usize> = Vec::with_capacity(spelled.len());
    for at in sorted(spelled.len(), &|a, b| rank(a) < rank(b)) {
        let at = at as usize;
        let again = standing.last().is_some_and(|&last| spelled[last].0 == spelled[at].0);
        if spelled[at].2.is_some() || !again {
            standing.push(at);
        }
    }
    let mut term_of = vec![0; numbers.strings.len()];
    for (term, &at) in standing.iter().enumerate() {
        if let Some(number) = spelled[at].2 {
            term_of[number as usize] = term as u32;
        }
    }
    let terms = Terms::sorted(standing.iter().map(|&at| (&spelled[at].0[..], &spelled[at].1[..])), &alphabet);
    for token in &mut tokens {
        *token = term_of[*token as usize];
    }
    let mut groups: Vec<Vec<TermId>> = Vec::new();
    for group in forms {
        let first = |form: &Vec<Symbol>| Some(terms.get(form, &alphabet)?.first);
        let mut group = in_order(&group.iter().filter_map(first).collect::<Vec<_>>(), &|a, b| a < b);
        group.dedup();
        groups.push(group);
    }
    groups.retain(|group| group.len() > 1);
    let groups = in_order(&groups, &|a, b| a < b);
    let stems = Stems::read(&stems::write(&groups).bytes, terms.len())?;
    let spoken = spoken::read(&[], terms.forms().len())?;
    let decoded = Decoded::of(tokens, ends, &alphabet, &terms)?;
    let parts = Parts { alphabet, terms, pages: table, readings: Readings::default(), spoken, stems, facets, bytes: 0 };
    let mut index = Index::of(parts, decoded);
    index.tell(whole);
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_come_back(tokens in proptest::collection::vec("[国际a-c1,。 \\-+\u{1F600}]{1,5}", 0..20)) {
            let mut out = Vec::new();
            let tokens: Tokens = tokens.into_iter().collect();
            put_tokens(&mut out, &tokens);
            let mut reader = Reader::new(&out, SECTION);
            prop_assert!(super::tokens(&mut reader).unwrap().iter().eq(tokens.iter()));
            prop_assert_eq!(reader.left(), 0);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = read(&bytes, 0);
        }
    }
}

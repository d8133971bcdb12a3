//! How terms are spelled: the keys of the dictionary, written, and all of them read off it at once.
//!
//! A key is the folded form of a term, one code a character ([`crate::alphabet`]). A term that stands in pages in another
//! form than its folded one (`GDP` for `gdp`) has a key of its own: the folded form, a separator, and for each character
//! which member of its symbol it is. So all forms of a word are neighbours in the dictionary, a word is found in one walk
//! whatever its case, and the text comes back as it was.

use crate::alphabet::{Alphabet, SEPARATOR};
use crate::ids::{Symbol, TermId};
use crate::nodes::Fst;

/// The most characters a term has; the indexer cuts longer words.
pub const MAX_CHARS: usize = 64;

/// The key of a term, given the symbol and member number of each of its characters.
pub fn key(chars: &[(Symbol, u8)], alphabet: &Alphabet) -> Vec<u8> {
    let mut key = Vec::with_capacity(chars.len() * 2);
    for &(symbol, _) in chars {
        alphabet.put_code(symbol, &mut key);
    }
    let used = chars.iter().rposition(|&(_, member)| member > 0).map_or(0, |last| last + 1);
    if used > 0 {
        key.push(SEPARATOR);
        key.extend(chars[..used].iter().map(|&(_, member)| member + 1));
    }
    key
}

/// The terms as they are spelled, in the order of their keys.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    /// Folded forms, one behind the other, and where each starts; one more entry than there are terms.
    pub symbols: Vec<Symbol>,
    /// See `symbols`.
    pub starts: Vec<u32>,
    /// Which members the characters of a term are, trailing zeros left out, and where each starts, likewise.
    members: Vec<u8>,
    member_starts: Vec<u32>,
    /// For each transition, by where its input stands in the fst, how many keys come before it of those that go through
    /// its node. 0 where there is no input.
    pub before: Vec<u32>,
}

impl Spellings {
    /// Enumerates a dictionary of at most `most` keys. `None` if it holds anything that is not a key of the alphabet, or
    /// another number of keys than it says.
    pub fn read(fst: &Fst, alphabet: &Alphabet, most: usize) -> Option<Spellings> {
        if fst.keys > most {
            return None;
        }
        let mut spellings = Spellings { before: vec![0; fst.len()], ..Spellings::default() };
        spellings.starts = vec![0; fst.keys + 1];
        spellings.member_starts = vec![0; fst.keys + 1];
        let form = [Symbol::BOUNDARY; MAX_CHARS];
        let mut reading = Reading { fst, alphabet, form, len: 0, members: Vec::new(), keys: 0, spellings };
        reading.visit(fst.root, Place::Code)?;
        (reading.keys == fst.keys).then_some(reading.spellings)
    }

    /// Takes terms in order: folded forms and members.
    #[cfg(feature = "cut")]
    pub fn of<'t>(terms: impl Iterator<Item = (&'t [Symbol], &'t [u8])>) -> Spellings {
        let mut spellings = Spellings { starts: vec![0], member_starts: vec![0], ..Spellings::default() };
        for (form, members) in terms {
            spellings.symbols.extend_from_slice(form);
            spellings.starts.push(spellings.symbols.len() as u32);
            spellings.members.extend_from_slice(members);
            spellings.member_starts.push(spellings.members.len() as u32);
        }
        spellings
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The folded form of a term.
    pub fn folded(&self, term: TermId) -> &[Symbol] {
        let at = term.0 as usize;
        &self.symbols[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Which member of its symbol each character of a term is; what is left out at the end is 0.
    pub fn members(&self, term: TermId) -> &[u8] {
        let at = term.0 as usize;
        &self.members[self.member_starts[at] as usize..self.member_starts[at + 1] as usize]
    }
}

/// A walk through all keys in order.
struct Reading<'a> {
    fst: &'a Fst,
    alphabet: &'a Alphabet,
    /// The form that the key so far stands for, and its length.
    form: [Symbol; MAX_CHARS],
    len: usize,
    /// The members that it stands for.
    members: Vec<u8>,
    /// How many keys there were.
    keys: usize,
    spellings: Spellings,
}

/// Where in a key the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning of a code, or at the separator.
    Code,
    /// Behind the first byte of a code, which is this.
    Lead(u8),
    /// Behind the separator.
    Members,
}

impl Reading<'_> {
    /// Visits a node and what is below it. `None` where there cannot be such a key. Keys are
    /// bounded in length and number, and with them depth and time.
    fn visit(&mut self, addr: usize, place: Place) -> Option<()> {
        let node = self.fst.node(addr)?;
        let first = self.keys;
        if node.is_final {
            self.add(place)?;
        } else if node.len == 0 && addr != self.fst.root {
            // Every way ends in a key, but that of a dictionary without keys.
            return None;
        }
        let (len, members) = (self.len, self.members.len());
        for n in 0..node.len {
            let next = self.fst.transition(&node, n)?;
            let before = self.keys - first;
            if before > 0 {
                self.spellings.before.as_mut_slice()[node.input_at(n)] = before as u32;
            }
            let place = self.step(place, next.input)?;
            if next.target == 0 {
                self.add(place)?;
            } else {
                self.visit(next.target, place)?;
            }
            self.len = len;
            self.members.truncate(members);
        }
        Some(())
    }

    /// Takes the next byte of a key.
    fn step(&mut self, place: Place, byte: u8) -> Option<Place> {
        let lead = match place {
            Place::Members => {
                self.members.push(byte.wrapping_sub(1));
                return (self.members.len() <= MAX_CHARS).then_some(place);
            }
            Place::Code if byte == SEPARATOR => return Some(Place::Members),
            Place::Code if self.alphabet.is_double(byte) => return Some(Place::Lead(byte)),
            Place::Code => 0,
            Place::Lead(lead) => lead,
        };
        *self.form.get_mut(self.len)? = self.alphabet.coded(lead, byte)?;
        self.len += 1;
        Some(Place::Code)
    }

    /// Adds the term of the key so far.
    fn add(&mut self, place: Place) -> Option<()> {
        let to = &mut self.spellings;
        self.keys += 1;
        for &symbol in &self.form[..self.len] {
            to.symbols.push(symbol);
        }
        *to.starts.get_mut(self.keys)? = to.symbols.len() as u32;
        for &member in &self.members {
            to.members.push(member);
        }
        to.member_starts.as_mut_slice()[self.keys] = to.members.len() as u32;
        (self.len > 0 && !matches!(place, Place::Lead(_))).then_some(())
    }
}

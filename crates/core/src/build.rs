//! Writing an index: pages whose text has been cut into tokens go in, sections come out.

use crate::alphabet::{self, Alphabet};
use crate::chars::{Class, class, simple_fold};
use crate::container::Section;
use crate::facets::{self, Facets, Filter, Sort};
use crate::ids::{PassageId, Symbol, TermId};
use crate::pages::{Kind, PageInfo, Pages};
use crate::{Error, readings, spelling, spoken, stems, stream, terms};
use std::collections::{BTreeMap, HashMap};

/// What the builder must know about characters: which of them search does not tell apart, what else readers type for
/// them, how they are read and which look alike.
pub trait Characters {
    /// The character that stands for all that `c` is the same as. Folding twice changes nothing more.
    fn fold(&self, c: char) -> char;

    /// What the forms of an inflected word have in common, and no other word has; `word` is folded. `None` for what is
    /// not inflected.
    fn stem(&self, word: &str) -> Option<String>;

    /// Characters that a query may hold instead of `folded`; those that stand in pages may be among them.
    fn aliases(&self, folded: char) -> Vec<char>;

    /// The toneless pinyin of a Han character in ASCII, ü written v, the usual reading first; empty if there is none.
    fn readings(&self, folded: char) -> Vec<String>;

    /// The toneless pinyin of each character of a word of Han characters, which is folded; empty if the word is not known.
    fn spoken(&self, word: &str) -> Vec<String>;

    /// The folded forms of the characters that look like `folded`.
    fn lookalikes(&self, folded: char) -> Vec<char>;
}

/// A page to be indexed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Where it is found and what is shown with it.
    pub info: PageInfo,
    /// Its passages in reading order; the first is the title and no other is.
    pub passages: Vec<Passage>,
}

/// A passage to be indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// The fragment identifier of a heading; empty for none and for other passages.
    pub anchor: String,
    /// The tokens that tile its text.
    pub tokens: Vec<String>,
    /// What its words are worth against those of other passages of its kind, in tenths; usually [`facets::WEIGHT`].
    pub weight: u8,
}

/// The shortest passage, in characters, that is remembered as a copy of another.
const MIN_COPY: usize = 20;
/// The most characters that can share a symbol.
const MAX_MEMBERS: usize = 254;

/// Collects pages and writes an index of them.
#[derive(Debug)]
pub struct Builder<F> {
    folding: F,
    numbers: HashMap<String, u32>,
    counts: Vec<u32>,
    /// Token numbers in order of first appearance, `None` at the end of a passage.
    tokens: Vec<Option<u32>>,
    pages: Pages,
    seen: HashMap<Vec<u32>, PassageId>,
    facets: Facets,
}

impl<F: Characters> Builder<F> {
    /// An index without pages.
    pub fn new(folding: F) -> Self {
        Builder {
            folding,
            numbers: HashMap::new(),
            counts: Vec::new(),
            tokens: Vec::new(),
            pages: Pages::default(),
            seen: HashMap::new(),
            facets: Facets::default(),
        }
    }

    /// Adds a page behind those added before. A page without a title gets an empty one.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn add(&mut self, page: Page) -> Result<(), Error> {
        let untitled = page.passages.first().is_none_or(|p| p.kind != Kind::Title);
        let title = untitled.then(|| Passage {
            kind: Kind::Title,
            anchor: String::new(),
            tokens: Vec::new(),
            weight: facets::WEIGHT,
        });
        let first = PassageId(self.pages.kinds.len() as u32);
        self.pages.first.push(first);
        self.pages.info.push(page.info);
        for passage in title.into_iter().chain(page.passages) {
            self.add_passage(passage, first)?;
        }
        Ok(())
    }

    fn add_passage(&mut self, passage: Passage, page: PassageId) -> Result<(), Error> {
        let id = PassageId(u32::try_from(self.pages.kinds.len()).map_err(|_| Error::TooLarge)?);
        if !passage.anchor.is_empty() {
            self.pages.anchors.push((id, passage.anchor));
        }
        // Only the first passage of a page can be a title: the reader tells pages apart by it.
        let kind = if passage.kind == Kind::Title && id != page { Kind::Heading(1) } else { passage.kind };
        self.pages.kinds.push(kind);
        if passage.weight != facets::WEIGHT {
            self.facets.weights.push((id, passage.weight));
        }
        let start = self.tokens.len();
        let mut chars = 0;
        for token in &passage.tokens {
            let all: Vec<char> = token.chars().collect();
            for part in all.chunks(spelling::MAX_CHARS) {
                chars += part.len();
                self.add_token(part.iter().collect())?;
            }
        }
        if kind == Kind::Paragraph && chars >= MIN_COPY {
            let key: Vec<u32> = self.tokens[start..].iter().flatten().copied().collect();
            let original = *self.seen.entry(key).or_insert(id);
            if original < page {
                self.pages.copies.push((id, original));
            }
        }
        self.tokens.push(None);
        Ok(())
    }

    fn add_token(&mut self, token: String) -> Result<(), Error> {
        let next = u32::try_from(self.counts.len()).map_err(|_| Error::TooLarge)?;
        let number = *self.numbers.entry(token).or_insert(next);
        if number == next {
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        self.tokens.push(Some(number));
        Ok(())
    }

    /// Says what the pages can be filtered and sorted by; each sort has a rank for every page.
    pub fn facets(&mut self, filters: Vec<Filter>, sorts: Vec<Sort>) {
        self.facets.filters = filters;
        self.facets.sorts = sorts;
    }

    /// Writes the sections of the index, all in the root piece.
    ///
    /// # Errors
    /// [`Error::AlphabetTooLarge`] and [`Error::TooLarge`].
    pub fn finish(mut self) -> Result<Vec<Section>, Error> {
        self.pages.first.push(PassageId(self.pages.kinds.len() as u32));
        let words: Vec<(&str, u32)> = {
            let mut words: Vec<(&str, u32)> = self.numbers.iter().map(|(word, &n)| (word.as_str(), n)).collect();
            words.sort_unstable();
            words
        };
        let (alphabet_section, places) = write_alphabet(&self.folding, &words, &self.counts)?;
        let alphabet = Alphabet::read(&alphabet_section.bytes)?;
        let mut keys: Vec<(Vec<u8>, u32)> = words
            .iter()
            .map(|&(word, number)| {
                let chars: Vec<(Symbol, u8)> = word.chars().map(|c| places[&c]).collect();
                (spelling::key(&chars, &alphabet), number)
            })
            .collect();
        keys.sort_unstable();
        let mut term_of = vec![TermId(0); keys.len()];
        for (at, (_, number)) in keys.iter().enumerate() {
            term_of[*number as usize] = TermId(at as u32);
        }
        let counts: Vec<u32> = keys.iter().map(|(_, number)| self.counts[*number as usize]).collect();
        let keys: Vec<Vec<u8>> = keys.into_iter().map(|key| key.0).collect();
        let stream = stream::write(self.tokens.iter().map(|token| token.map(|n| term_of[n as usize])), &counts)?;
        let mut sections = vec![alphabet_section, terms::write(&keys)?, self.pages.write()?, stream];
        if readings::han(&alphabet).next().is_some() {
            sections.push(self.readings(&alphabet)?);
            let spoken = spoken::write(&self.spoken(&words, &term_of, &alphabet));
            sections.extend((!spoken.bytes.is_empty()).then_some(spoken));
        }
        if !self.facets.is_empty() {
            sections.push(self.facets.write()?);
        }
        let stems = self.stems(&words, &term_of);
        sections.extend((!stems.is_empty()).then(|| stems::write(&stems)));
        Ok(sections)
    }
}

impl<F: Characters> Builder<F> {
    /// The words that are forms of one, as terms: of each folded form the first.
    fn stems(&self, words: &[(&str, u32)], term_of: &[TermId]) -> Vec<Vec<TermId>> {
        let mut folded: BTreeMap<String, TermId> = BTreeMap::new();
        for &(word, number) in words {
            let term = term_of[number as usize];
            let first = folded.entry(word.chars().map(|c| self.folding.fold(c)).collect()).or_insert(term);
            *first = term.min(*first);
        }
        let mut groups: BTreeMap<String, Vec<TermId>> = BTreeMap::new();
        for (word, term) in folded {
            if let Some(stem) = self.folding.stem(&word) {
                groups.entry(stem).or_default().push(term);
            }
        }
        let mut groups: Vec<Vec<TermId>> = groups.into_values().filter(|group| group.len() > 1).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        groups
    }

    /// Which of its readings each character has in its word, in the order of terms: 0, the usual one, if the word is not known.
    fn spoken(&self, words: &[(&str, u32)], term_of: &[TermId], alphabet: &Alphabet) -> Vec<u8> {
        let mut spoken: Vec<Vec<u8>> = vec![Vec::new(); words.len()];
        for &(word, number) in words {
            let folded: Vec<char> = word.chars().map(|c| self.folding.fold(c)).collect();
            let han = word.chars().all(|c| alphabet.class(alphabet.symbol(c)) == Class::Han);
            let syllables = if han { self.folding.spoken(&folded.iter().collect::<String>()) } else { Vec::new() };
            let mut syllables = syllables.into_iter();
            let number_of = |c: &char| {
                let syllable = syllables.next();
                let readings = self.folding.readings(*c).into_iter().take(spoken::READINGS as usize);
                readings.zip(0..).find(|(reading, _)| Some(reading) == syllable.as_ref()).map_or(0, |found| found.1)
            };
            spoken[term_of[number as usize].0 as usize] = folded.iter().map(number_of).collect();
        }
        spoken.concat()
    }

    fn readings(&self, alphabet: &Alphabet) -> Result<Section, Error> {
        let folded = |symbol: Symbol| self.folding.fold(alphabet.member(symbol, 0));
        let alike = |symbol: Symbol| {
            let others = self.folding.lookalikes(folded(symbol)).into_iter().map(|c| alphabet.symbol(c));
            others.filter(|&other| other != Symbol::UNKNOWN && other != symbol).collect()
        };
        readings::write(alphabet, |symbol| self.folding.readings(folded(symbol)), alike)
    }
}

/// For each character its symbol, and which member of it it is.
type Places = HashMap<char, (Symbol, u8)>;

/// Numbers the characters of `words`: the section, and for each character its symbol and which member of it it is.
fn write_alphabet(
    folding: &impl Characters,
    words: &[(&str, u32)],
    counts: &[u32],
) -> Result<(Section, Places), Error> {
    /// How often a character occurs in text, and in how many terms.
    #[derive(Default, Clone, Copy)]
    struct Uses {
        text: u64,
        terms: u32,
    }
    let mut uses: BTreeMap<char, Uses> = BTreeMap::new();
    for &(word, number) in words {
        for c in word.chars() {
            let uses = uses.entry(c).or_default();
            uses.text += u64::from(counts[number as usize]);
            uses.terms += 1;
        }
    }
    let mut groups: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for &c in uses.keys() {
        groups.entry(folding.fold(c)).or_default().push(c);
    }
    // In text that is mostly simplified the simplified form, to which others are folded, comes first even where a part in
    // traditional characters has more of the other: what is suggested is then in one script.
    let mut balance = 0;
    for (&folded, members) in groups.iter().filter(|(_, members)| members.len() > 1) {
        for c in members.iter().filter(|_| class(folded) == Class::Han) {
            balance += if *c == folded { 1 } else { -1 } * uses[c].text.cast_signed();
        }
    }
    let mut ranked: Vec<(u32, alphabet::Entry)> = Vec::with_capacity(groups.len());
    for (folded, mut members) in groups {
        let simplified = balance > 0 && class(folded) == Class::Han;
        members.sort_by_key(|&c| (simplified && c != folded, core::cmp::Reverse(uses[&c].text), c));
        // A code has room for 254 members; beyond that characters are told apart after all.
        let rest = members.split_off(members.len().min(MAX_MEMBERS));
        ranked.extend(
            rest.into_iter().map(|c| (uses[&c].terms, alphabet::Entry { members: vec![c], aliases: Vec::new() })),
        );
        let mut aliases = folding.aliases(folded);
        // What the reader's own folding turns into the folded character needs no mention.
        aliases.retain(|&c| !members.contains(&c) && simple_fold(c) != folded);
        aliases.extend((!members.contains(&folded)).then_some(folded));
        aliases.sort_unstable();
        aliases.dedup();
        let terms = members.iter().map(|c| uses[c].terms).sum();
        ranked.push((terms, alphabet::Entry { members, aliases }));
    }
    let singles = Alphabet::singles_for(ranked.len()).min(ranked.len());
    ranked.sort_by_key(|(terms, entry)| (core::cmp::Reverse(*terms), entry.members[0]));
    let mut entries: Vec<alphabet::Entry> = ranked.into_iter().map(|entry| entry.1).collect();
    entries[..singles].sort_by_key(|entry| entry.members[0]);
    entries[singles..].sort_by_key(|entry| entry.members[0]);
    let section = alphabet::write(&entries)?;
    let mut places = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for (member, &c) in entry.members.iter().enumerate() {
            places.insert(c, (Symbol(at as u16 + 1), member as u8));
        }
    }
    Ok((section, places))
}

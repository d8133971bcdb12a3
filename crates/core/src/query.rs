//! What a reader typed, taken apart: words, quoted phrases, exclusions, fields, alternatives.
//!
//! | typed | means |
//! |---|---|
//! | `生态 保护` | both |
//! | `"命运共同体"` `“命运共同体”` | exactly this |
//! | `-中亚` `-"中亚 五国"` | not this |
//! | `title:生态` | in the title (also `heading:`, `lead:`, `body:`) |
//! | `水稻 OR 小麦` `水稻 \| 小麦` | one of them |
//!
//! Whatever does not fit this is text like any other, and the query as it was typed is always looked for literally too,
//! so that no operator hides a page that holds it.

use crate::Index;
use crate::alphabet::Alphabet;
use crate::chars::{Class, class, simple_fold};
use crate::ids::Symbol;
use crate::index::Field;
use crate::numerals;
use crate::occurrences::{Needle, Where};
use crate::questions;
use crate::segment::segment;
use crate::spread::Spread;
use crate::syntax::{Atom, atoms};
use core::ops::Range;

/// The most units a query is cut into; what comes after them only counts in the literal query. Also the most exclusions.
pub const MAX_UNITS: usize = 48;

/// A string to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The string, as it is searched.
    pub needle: Vec<Symbol>,
    /// Before which of its symbols a blank was typed that is left out, ascending.
    pub gaps: Vec<u32>,
    /// Whether it stood in quotation marks: then it is not looked for across other blanks.
    pub quoted: bool,
    /// Whether it is another spelling of the unit before it that was not typed: it meets the same condition.
    pub other: bool,
    /// Whether it only asks ([`questions`]): then it is not asked for and weighs little, unless there is nothing else.
    pub asking: bool,
    /// Where it must stand; anywhere if `None`.
    pub field: Option<Field>,
    /// The condition it belongs to: of the units with one number, one must be found.
    pub slot: usize,
    /// Whether it is a character that no word covers, in a query that has words: weak evidence, not asked for.
    pub weak: bool,
    /// How the unit before it in the query is joined to it.
    pub joint: Joint,
    /// Where it is looked for.
    pub place: Where,
}

impl Unit {
    /// What to look for.
    pub fn sought(&self) -> Needle<'_> {
        Needle { symbols: &self.needle, gaps: &self.gaps, strict: self.quoted }
    }
}

/// What stands between two units of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing: they were typed as one.
    Tight,
    /// A blank or punctuation.
    Loose,
}

/// A query ready to be evaluated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The whole query as typed.
    pub literal: Vec<Symbol>,
    /// Before which symbols of it a blank was typed that is left out, ascending.
    pub gaps: Vec<u32>,
    /// For each character of `literal`, if it is Han and stands in pages in several forms: whether another form than
    /// the most frequent one was typed. Empty if there is no such character.
    pub variants: Vec<Option<bool>>,
    /// What to look for.
    pub units: Vec<Unit>,
    /// How many conditions there are: slots are numbered below this.
    pub slots: usize,
    /// What pages must not hold.
    pub excluded: Vec<Unit>,
    /// Whether the units come from free text alone, so that standing next to each other in order means something.
    pub plain: bool,
    /// Whether no unit is a word: a run of characters that the index does not know as words.
    pub wordless: bool,
}

impl Query {
    /// Takes `text` apart.
    pub fn parse(index: &Index, text: &str) -> Query {
        // A line break in a query is a blank.
        let mut chars: Vec<char> = text.chars().collect();
        for c in &mut chars {
            if class(*c) == Class::Break {
                *c = ' ';
            }
        }
        let atoms = atoms(&chars);
        let (literal, gaps) = spread_with_gaps(&index.alphabet, &chars);
        let variants = variants(index, &chars, &literal);
        let mut query = Query { literal, gaps, variants, plain: true, ..Query::default() };
        for (at, atom) in atoms.iter().enumerate() {
            query.plain &= !atom.quoted && !atom.excluded && !atom.alternative && atom.field.is_none();
            // An alternative is one string: it could not be told what its words belong to.
            let whole = atom.quoted || atom.alternative || atoms.get(at + 1).is_some_and(|next| next.alternative);
            if whole || atom.excluded {
                query.push_whole(index, atom);
            } else {
                query.push_words(index, atom);
            }
        }
        query.weaken();
        query.place(index);
        query
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.literal.is_empty()
    }

    /// The needle of the whole query.
    pub fn sought(&self) -> Needle<'_> {
        Needle { symbols: &self.literal, gaps: &self.gaps, strict: false }
    }

    /// The units that were typed.
    pub fn typed(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| !unit.other)
    }

    /// Adds a unit, with a condition of its own or that of the unit before it; or a string that must not be there.
    fn push(&mut self, needle: &[Symbol], gaps: Vec<u32>, atom: &Atom<'_>, joint: Joint, other: bool) {
        let list = if atom.excluded { &self.excluded } else { &self.units };
        if needle.is_empty() || list.len() >= MAX_UNITS {
            return;
        }
        let slot = match self.units.last() {
            Some(last) if atom.alternative || other => last.slot,
            _ => self.slots,
        };
        let (needle, quoted) = (needle.to_vec(), atom.quoted || atom.excluded);
        let unit = Unit {
            needle,
            gaps,
            quoted,
            other,
            asking: false,
            field: atom.field,
            slot,
            weak: false,
            joint,
            place: Where::Anywhere,
        };
        if atom.excluded {
            self.excluded.push(unit);
        } else {
            self.slots = slot + 1;
            self.units.push(unit);
        }
    }

    /// Adds what is one string, without the punctuation at its ends.
    fn push_whole(&mut self, index: &Index, atom: &Atom<'_>) {
        let (symbols, gaps) = spread_with_gaps(&index.alphabet, atom.text);
        let range = trim_marks(index, &symbols);
        let mut kept = Vec::new();
        for at in gaps {
            if (range.start + 1..range.end).contains(&(at as usize)) {
                kept.push(at - range.start as u32);
            }
        }
        self.push(&symbols[range], kept, atom, Joint::Loose, false);
    }

    /// Cuts free text at punctuation and blanks, Han by the vocabulary, and keeps identifiers whole.
    fn push_words(&mut self, index: &Index, atom: &Atom<'_>) {
        let mut joint = Joint::Loose;
        let pieces = pieces(atom.text);
        for (at, piece) in pieces.iter().enumerate() {
            let symbols = spread(&index.alphabet, piece);
            match piece.first().map(|&c| class(simple_fold(c))) {
                Some(Class::Han) => {
                    let mut from = 0;
                    while let Some(number) = numerals::find(piece, from, None) {
                        joint =
                            self.push_run(index, &piece[from..number.start], &symbols[from..number.start], atom, joint);
                        from = number.end;
                        self.push(&symbols[number.clone()], Vec::new(), atom, joint, false);
                        self.push(&numerals::other(index, &piece[number]), Vec::new(), atom, joint, true);
                        joint = Joint::Tight;
                    }
                    joint = self.push_run(index, &piece[from..], &symbols[from..], atom, joint);
                }
                Some(Class::Word | Class::Mark) if piece.iter().any(|&c| class(simple_fold(c)) == Class::Word) => {
                    self.push(&symbols, Vec::new(), atom, joint, false);
                    let next = pieces.get(at + 1).and_then(|next| next.first().copied());
                    if numerals::find(piece, 0, next) == Some(0..piece.len()) {
                        self.push(&numerals::other(index, piece), Vec::new(), atom, joint, true);
                    }
                    for term in index.stems.others(index, &symbols) {
                        self.push(index.terms.folded(term), Vec::new(), atom, joint, true);
                    }
                    joint = Joint::Tight;
                }
                _ => joint = Joint::Loose,
            }
        }
    }

    /// Adds the words of a run of Han, each character of which is one of the symbols; how what follows is joined to it.
    fn push_run(
        &mut self,
        index: &Index,
        run: &[char],
        symbols: &[Symbol],
        atom: &Atom<'_>,
        mut joint: Joint,
    ) -> Joint {
        let mut from = 0;
        loop {
            let asking = questions::find(run, from);
            let end = asking.as_ref().map_or(symbols.len(), |asking| asking.start);
            for word in segment(index, &symbols[from..end]) {
                self.push(&symbols[from + word.start..from + word.end], Vec::new(), atom, joint, false);
                joint = Joint::Tight;
            }
            let Some(asking) = asking else { return joint };
            from = asking.end;
            let before = self.units.len();
            self.push(&symbols[asking], Vec::new(), atom, joint, false);
            if let Some(unit) = self.units.get_mut(before) {
                unit.asking = true;
            }
            joint = Joint::Tight;
        }
    }

    /// Single characters that a run of words left over, and words that only ask, are not asked for, unless there is nothing
    /// else.
    fn weaken(&mut self) {
        if !self.plain {
            return;
        }
        // From the last on, since what comes behind a unit tells whether it stands alone.
        let mut behind = Joint::Loose;
        self.wordless = !self.units.is_empty();
        for unit in self.units.iter_mut().rev().filter(|unit| !unit.other) {
            let alone = unit.joint == Joint::Loose && behind == Joint::Loose;
            unit.weak = unit.asking || unit.needle.len() == 1 && !alone;
            self.wordless &= unit.weak;
            behind = unit.joint;
        }
        if self.wordless && self.units.iter().any(|unit| unit.asking) {
            for unit in &mut self.units {
                unit.weak &= !unit.asking;
            }
            self.wordless = false;
        }
        if self.wordless {
            for unit in &mut self.units {
                unit.weak = false;
            }
        }
    }

    /// What is not telling is looked for only where it is a word: left-over characters, and Latin words of one or two
    /// letters beside other words, unless they are still being typed.
    fn place(&mut self, index: &Index) {
        let last = self.typed().count().saturating_sub(1);
        for (at, unit) in self.units.iter_mut().filter(|unit| !unit.other).enumerate() {
            let short = at < last && unit.needle.len() <= 2 && index.alphabet.class(unit.needle[0]) == Class::Word;
            if (unit.weak || short || self.wordless) && index.terms.get(&unit.needle, &index.alphabet).is_some() {
                unit.place = Where::AsWord;
            }
        }
    }

    /// The conditions that a page must meet to hold all words, as bits.
    pub fn required(&self) -> u64 {
        self.units.iter().filter(|unit| !unit.weak).fold(0, |bits, unit| bits | 1 << unit.slot)
    }
}

/// The characters of what was typed, without the blanks around it.
pub fn trimmed(text: &str) -> Vec<char> {
    text.trim().chars().collect()
}

/// Whether the last word of what was typed may go on: a blank finishes it.
pub fn unfinished(text: &str) -> bool {
    text.chars().next_back().is_none_or(|c| class(c) != Class::Blank)
}

/// Folds text and leaves out what takes no part in matching.
pub fn spread(alphabet: &Alphabet, text: &[char]) -> Vec<Symbol> {
    spread_with_gaps(alphabet, text).0
}

/// The same, and before which of the symbols there is a gap ([`crate::spread`]), ascending.
fn spread_with_gaps(alphabet: &Alphabet, text: &[char]) -> (Vec<Symbol>, Vec<u32>) {
    let (mut out, mut gaps) = (Vec::with_capacity(text.len()), Vec::new());
    let mut spread = Spread::default();
    for &c in text {
        let symbol = alphabet.symbol(c);
        let class = if symbol == Symbol::UNKNOWN { class(simple_fold(c)) } else { alphabet.class(symbol) };
        spread.push(class, symbol, 0, &mut |symbol, _| out.push(symbol));
        if spread.gap() {
            gaps.push(out.len() as u32 - 1);
        }
    }
    (out, gaps)
}

/// Which form of each Han character was typed; see [`Query::variants`].
fn variants(index: &Index, text: &[char], literal: &[Symbol]) -> Vec<Option<bool>> {
    let mut typed = text.iter();
    let mut variants = Vec::new();
    let mut any = false;
    for &symbol in literal {
        let c = typed.find(|c| index.alphabet.symbol(**c) == symbol);
        let several = index.alphabet.class(symbol) == Class::Han && index.alphabet.members(symbol) > 1;
        let form = c.filter(|_| several).map(|c| index.alphabet.member(symbol, 0) != *c);
        any |= form.is_some();
        variants.push(form);
    }
    if any { variants } else { Vec::new() }
}

/// What is left without punctuation at both ends: quoted text is meant with or without it. All, if there is nothing else.
pub fn trim_marks(index: &Index, symbols: &[Symbol]) -> Range<usize> {
    let word = |symbol: &Symbol| {
        *symbol == Symbol::UNKNOWN || matches!(index.alphabet.class(*symbol), Class::Han | Class::Word)
    };
    match (symbols.iter().position(word), symbols.iter().rposition(word)) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..symbols.len(),
    }
}

/// Divides free text into runs of Han, of Latin with the marks that identifiers and numbers hold, and of the rest.
pub fn pieces(text: &[char]) -> Vec<Vec<char>> {
    let mut out: Vec<Vec<char>> = Vec::new();
    let kind = |at: usize| {
        let c = text[at];
        let is_word = |at: usize| text.get(at).is_some_and(|&c| class(simple_fold(c)) == Class::Word);
        match class(simple_fold(c)) {
            Class::Mark if joins(c) && at > 0 && is_word(at - 1) && is_word(at + 1) => Class::Word,
            Class::Mark if matches!(c, '+' | '#') && at > 0 && (is_word(at - 1) || text[at - 1] == c) => Class::Word,
            Class::Mark if c == '.' && is_word(at + 1) && (at == 0 || !is_word(at - 1)) => Class::Word,
            kind => kind,
        }
    };
    let mut last = None;
    for (at, &c) in text.iter().enumerate() {
        let kind = kind(at);
        if kind == Class::Ignorable {
            continue;
        }
        match out.last_mut() {
            Some(piece) if last == Some(kind) => piece.push(c),
            _ => out.push(vec![c]),
        }
        last = Some(kind);
    }
    out
}

/// Marks that stand inside identifiers, numbers, dates and versions.
fn joins(c: char) -> bool {
    matches!(c, '-' | '.' | '_' | '/' | ':' | '@' | '\'' | '’' | '+' | '#' | '%' | '&')
}

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
use crate::chars::{Class, class, simple_fold};
use crate::ids::Symbol;
use crate::index::Field;
use crate::occurrences::Where;
use crate::segment::segment;
use crate::spread::Spread;

/// The most units a query is cut into; what comes after them only counts in the literal query.
pub const MAX_UNITS: usize = 48;

/// A string to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The string, as it is searched.
    pub needle: Vec<Symbol>,
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
    /// For each character of `literal`, if it is Han and stands in pages in several forms: whether another form than
    /// the most frequent one was typed. Empty if there is no such character.
    pub variants: Vec<Option<bool>>,
    /// What to look for.
    pub units: Vec<Unit>,
    /// How many conditions there are: slots are numbered below this.
    pub slots: usize,
    /// Strings that pages must not hold.
    pub excluded: Vec<Vec<Symbol>>,
    /// Whether the units come from free text alone, so that standing next to each other in order means something.
    pub plain: bool,
    /// Whether no unit is a word: a run of characters that the index does not know as words.
    pub wordless: bool,
}

/// One blank-separated part of a query.
struct Atom<'t> {
    text: &'t [char],
    quoted: bool,
    excluded: bool,
    field: Option<Field>,
    /// Whether it is an alternative to the atom before it.
    alternative: bool,
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
        let literal = spread(index, &chars);
        let variants = variants(index, &chars, &literal);
        let mut query = Query { literal, variants, plain: true, ..Query::default() };
        for (at, atom) in atoms.iter().enumerate() {
            query.plain &= !atom.quoted && !atom.excluded && !atom.alternative && atom.field.is_none();
            // An alternative is one string: it could not be told what its words belong to.
            let whole = atom.quoted || atom.alternative || atoms.get(at + 1).is_some_and(|next| next.alternative);
            if whole || atom.excluded {
                let symbols = spread(index, atom.text);
                query.push(trim_marks(index, &symbols), atom, Joint::Loose);
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

    /// Adds a unit, with a condition of its own or that of the unit before it; or a string that must not be there.
    fn push(&mut self, needle: &[Symbol], atom: &Atom<'_>, joint: Joint) {
        if needle.is_empty() {
            return;
        }
        let needle = needle.to_vec();
        if atom.excluded {
            if !self.excluded.contains(&needle) {
                self.excluded.push(needle);
            }
        } else if self.units.len() < MAX_UNITS {
            let slot = match self.units.last() {
                Some(last) if atom.alternative => last.slot,
                _ => {
                    self.slots += 1;
                    self.slots - 1
                }
            };
            self.units.push(Unit { needle, field: atom.field, slot, weak: false, joint, place: Where::Anywhere });
        }
    }

    /// Cuts free text at punctuation and blanks, Han by the vocabulary, and keeps identifiers whole.
    fn push_words(&mut self, index: &Index, atom: &Atom<'_>) {
        let mut joint = Joint::Loose;
        for piece in pieces(atom.text) {
            let symbols = spread(index, &piece);
            match piece.first().map(|&c| class(simple_fold(c))) {
                Some(Class::Han) => {
                    for word in segment(index, &symbols) {
                        self.push(&symbols[word.start..word.end], atom, joint);
                        joint = Joint::Tight;
                    }
                }
                Some(Class::Word | Class::Mark) if piece.iter().any(|&c| class(simple_fold(c)) == Class::Word) => {
                    self.push(&symbols, atom, joint);
                    joint = Joint::Tight;
                }
                _ => joint = Joint::Loose,
            }
        }
    }

    /// Single characters that a run of words left over are not asked for, unless there is nothing else.
    fn weaken(&mut self) {
        if !self.plain {
            return;
        }
        // From the last on, since what comes behind a unit tells whether it stands alone.
        let mut behind = Joint::Loose;
        self.wordless = !self.units.is_empty();
        for unit in self.units.iter_mut().rev() {
            let alone = unit.joint == Joint::Loose && behind == Joint::Loose;
            unit.weak = unit.needle.len() == 1 && !alone;
            self.wordless &= unit.weak;
            behind = unit.joint;
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
        let others = self.units.len().saturating_sub(1);
        for (at, unit) in self.units.iter_mut().enumerate() {
            let short = at < others && unit.needle.len() <= 2 && index.alphabet.class(unit.needle[0]) == Class::Word;
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

/// Folds text and leaves out what takes no part in matching.
pub fn spread(index: &Index, text: &[char]) -> Vec<Symbol> {
    let mut out = Vec::with_capacity(text.len());
    let emit: &mut dyn FnMut(Symbol, u32) = &mut |symbol, _| out.push(symbol);
    let mut spread = Spread::default();
    for &c in text {
        let symbol = index.alphabet.symbol(c);
        let class = if symbol == Symbol::UNKNOWN { class(simple_fold(c)) } else { index.alphabet.class(symbol) };
        spread.push(class, symbol, 0, emit);
    }
    out
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

/// Leaves out punctuation at both ends: quoted text is meant with or without it.
pub fn trim_marks<'s>(index: &Index, symbols: &'s [Symbol]) -> &'s [Symbol] {
    let word =
        |symbol: Symbol| symbol == Symbol::UNKNOWN || matches!(index.alphabet.class(symbol), Class::Han | Class::Word);
    let mut rest = symbols;
    while let [first, more @ ..] = rest
        && !word(*first)
    {
        rest = more;
    }
    while let [more @ .., last] = rest
        && !word(*last)
    {
        rest = more;
    }
    if rest.is_empty() { symbols } else { rest }
}

/// Divides a query at blanks, quotes respected.
fn atoms(chars: &[char]) -> Vec<Atom<'_>> {
    let mut atoms: Vec<Atom<'_>> = Vec::new();
    let mut rest = chars;
    let mut alternative = false;
    loop {
        let blanks = rest.iter().take_while(|&&c| class(c) == Class::Blank).count();
        rest = &rest[blanks..];
        if rest.is_empty() {
            return atoms;
        }
        let (atom, len) = atom(rest);
        let more = rest[len..].iter().any(|&c| class(c) != Class::Blank);
        if is_or(&rest[..len]) && more && !alternative && atoms.last().is_some_and(|last| !last.excluded) {
            alternative = true;
        } else {
            atoms.push(Atom { alternative: alternative && !atom.excluded, ..atom });
            alternative = false;
        }
        rest = &rest[len..];
    }
}

fn is_or(word: &[char]) -> bool {
    matches!(word, ['O', 'R'] | ['|'] | ['｜'])
}

/// The atom at the start of `chars`, which does not start with a blank, and how many characters it takes.
fn atom(chars: &[char]) -> (Atom<'_>, usize) {
    let word_end = |from: usize| {
        chars[from..].iter().position(|&c| class(c) == Class::Blank).map_or(chars.len(), |len| from + len)
    };
    let mut atom = Atom { text: &[], quoted: false, excluded: false, field: None, alternative: false };
    let mut at = 0;
    if matches!(chars[0], '-' | '－') && chars.get(1).is_some_and(|&c| starts_excluded(c)) {
        atom.excluded = true;
        at = 1;
    } else if let Some((field, len)) = field_prefix(&chars[..word_end(0)]) {
        atom.field = Some(field);
        at = len;
    }
    if let Some(close) = closing_quote(chars[at]) {
        let ends = |&end: &usize| chars.get(end + 1).is_none_or(|&c| class(c) == Class::Blank);
        let close = (at + 1..chars.len()).filter(|&end| chars[end] == close).find(ends);
        if let Some(end) = close.filter(|&end| end > at + 1) {
            atom.text = &chars[at + 1..end];
            atom.quoted = true;
            return (atom, end + 1);
        }
    }
    let end = word_end(at);
    atom.text = &chars[at..end];
    (atom, end)
}

fn starts_excluded(c: char) -> bool {
    matches!(class(c), Class::Han | Class::Word) || closing_quote(c).is_some()
}

fn closing_quote(c: char) -> Option<char> {
    Some(match c {
        '"' | '＂' => c,
        '“' => '”',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// The field named at the start of a word that goes on behind the colon, and the length of that start.
fn field_prefix(word: &[char]) -> Option<(Field, usize)> {
    let colon = word.iter().position(|&c| c == ':' || c == '：')?;
    let name: String = word[..colon].iter().map(|&c| simple_fold(c)).collect();
    let field = match name.as_str() {
        "title" => Field::Title,
        "heading" => Field::Heading,
        "lead" => Field::Lead,
        "body" => Field::Body,
        _ => return None,
    };
    (colon + 1 < word.len()).then_some((field, colon + 1))
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

//! From the token stream to what queries run on: the searched text, the postings, and where tokens start.
//!
//! Every token of a term is treated alike, so what can be said of a term is worked out once, before the stream is gone
//! through.

use crate::Error;
use crate::alphabet::Alphabet;
use crate::chars::Class;
use crate::ids::{Symbol, TermId};
use crate::postings::Postings;
use crate::spread::Spread;
use crate::stream;
use crate::terms::Terms;
use crate::text::{Bits, Text};
use crate::varint::Reader;
use core::ops::Range;

/// What the stream gives.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The whole corpus as numbers of terms.
    pub tokens: Vec<u32>,
    /// Where each passage starts in it; one more entry than there are passages.
    pub passage_tokens: Vec<u32>,
    /// The searched text.
    pub text: Text,
    /// Where each term stands in it.
    pub postings: Postings,
    /// Where in it a token starts, or a later part of an identifier.
    pub token_starts: Bits,
    /// Where in it a blank or a line break was left out that makes a gap.
    pub gaps: Bits,
    /// Where in it a Han character stands that is not the first member of its symbol.
    pub variants: Bits,
    /// Ranges of it that come from a token with blanks or invisible characters among others: there symbols are not as far
    /// from the start of the token as in its term.
    pub irregular: Vec<Range<u32>>,
}

/// What can be said of all tokens of a term.
#[derive(Clone, Copy)]
struct Shape {
    /// Where its folded form stands among those of all terms.
    form: u32,
    /// How many symbols that has.
    len: u8,
    /// The kinds of its first and its last character.
    first: Class,
    last: Class,
    /// Whether it is searched as it is: no blank, line break or invisible character in it.
    solid: bool,
    /// Whether something in it is to be noted: a part that starts, a character in another form.
    noted: bool,
}

impl Decoded {
    /// Goes through the stream of an index with so many passages.
    ///
    /// The loops are over slices that have their full length from the start: where this runs but once, in a browser
    /// that has not yet optimised it, every call and every growing list would be felt.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn read(stream: &[u8], alphabet: &Alphabet, terms: &Terms, passages: usize) -> Result<Decoded, Error> {
        let corrupt = Error::Corrupt { section: stream::SECTION };
        let mut reader = Reader::new(stream, stream::SECTION);
        let by_code = stream::order(&mut reader, terms.len())?;
        let (tokens, ends) = tokens(reader.take(reader.left())?, &by_code).ok_or(corrupt)?;
        if ends.len() != passages || ends.last().map_or(0, |&end| end as usize) != tokens.len() {
            return Err(corrupt);
        }
        Decoded::of(tokens, ends, alphabet, terms)
    }

    /// Goes through tokens, given as the numbers of their terms; `ends` says at how many of them each passage ends.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when there would be more text than an index can address.
    pub(crate) fn of(tokens: Vec<u32>, ends: Vec<u32>, alphabet: &Alphabet, terms: &Terms) -> Result<Decoded, Error> {
        let (corrupt, passages) = (Error::Corrupt { section: stream::SECTION }, ends.len());
        let mut postings = Postings::with_room(&tokens, terms.len());
        let shapes = shapes(alphabet, terms);
        // A boundary for each passage at most, besides what its tokens hold.
        let mut room = passages;
        for (term, shape) in (0..).map(TermId).zip(&shapes) {
            room += usize::from(shape.len) * postings.room_of(term);
        }
        u32::try_from(room).map_err(|_| corrupt)?;
        // Written as a whole, in larger units: faster than one by one.
        let mut all = vec![[Symbol::BOUNDARY; 512]; room.div_ceil(512)].into_flattened();
        let (symbols, forms, shapes) = (&mut all[..], terms.forms(), &shapes[..]);
        let mut token_starts = Bits::new(room);
        let (mut passage_tokens, mut starts) = (Vec::with_capacity(passages + 1), Vec::with_capacity(passages + 1));
        passage_tokens.push(0);
        starts.push(0);
        let mut notes = Notes::default();
        let (mut rest, mut len) = (&tokens[..], 0);
        for end in ends {
            let (passage, behind) = rest.split_at((end - passage_tokens[passage_tokens.len() - 1]) as usize);
            rest = behind;
            let mut spread = Spread::default();
            for &term in passage {
                let shape = &shapes[term as usize];
                let form = &forms[shape.form as usize..shape.form as usize + usize::from(shape.len)];
                let start;
                if shape.solid {
                    if let Some((before, _)) = spread.run(shape.first, shape.last, 0) {
                        symbols[len] = before;
                        len += 1;
                    }
                    start = len as u32;
                    if spread.gap() {
                        notes.gaps.push(start);
                    }
                    for &symbol in form {
                        symbols[len] = symbol;
                        len += 1;
                    }
                } else {
                    (start, len) = spread_term(form, alphabet, &mut spread, symbols, len, &mut notes.gaps);
                    if (start as usize) < len {
                        notes.irregular.push(start..len as u32);
                    }
                }
                postings.place(TermId(term), start);
                token_starts.set(start);
                if shape.noted {
                    notes.add(TermId(term), start, alphabet, terms);
                }
            }
            // An empty passage has its boundary too, so that every passage holds at least one position.
            if spread.ends() || starts.last() == Some(&(len as u32)) {
                symbols[len] = Symbol::BOUNDARY;
                len += 1;
            }
            passage_tokens.push(end);
            starts.push(len as u32);
        }
        all.truncate(len);
        for at in notes.parts {
            token_starts.set(at);
        }
        Ok(Decoded {
            variants: Bits::of(len, &notes.variants),
            gaps: Bits::of(len, &notes.gaps),
            text: Text::new(all, starts, alphabet.len()),
            tokens,
            passage_tokens,
            postings,
            token_starts,
            irregular: notes.irregular,
        })
    }
}

/// The terms of the stream, and at how many of them each passage ends.
fn tokens(stream: &[u8], by_code: &[TermId]) -> Option<(Vec<u32>, Vec<u32>)> {
    let (mut tokens, mut ends) = (vec![0; stream.len()], Vec::new());
    let (all, mut len, mut at) = (&mut tokens[..], 0, 0);
    while at < stream.len() {
        match stream::get(stream, &mut at)?.checked_sub(1) {
            Some(code) => {
                all[len] = by_code.get(code as usize)?.0;
                len += 1;
            }
            None => ends.push(len as u32),
        }
    }
    tokens.truncate(len);
    Some((tokens, ends))
}

/// The shape of every term.
fn shapes(alphabet: &Alphabet, terms: &Terms) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(terms.len());
    let mut chars = Vec::new();
    let (forms, mut form) = (terms.forms(), 0);
    for (term, &end) in (0..).map(TermId).zip(terms.form_ends()) {
        let folded = &forms[form as usize..end as usize];
        let first = alphabet.class(folded[0]);
        let mut shape = Shape { form, len: folded.len() as u8, first, last: first, solid: true, noted: false };
        form = end;
        for &symbol in folded {
            shape.last = alphabet.class(symbol);
            shape.solid &= matches!(shape.last, Class::Han | Class::Word | Class::Mark);
            shape.noted |= shape.last == Class::Word;
        }
        if shape.noted {
            chars.clear();
            terms.spell(term, alphabet, &mut chars);
            shape.noted = (1..chars.len()).any(|at| starts_part(&chars, at));
        }
        shape.noted |= first == Class::Han && !terms.members(term).is_empty();
        shapes.push(shape);
    }
    shapes
}

/// Writes the searched text of a term to `symbols` from `len` on: where it starts, and how many symbols there are then.
fn spread_term(
    form: &[Symbol],
    alphabet: &Alphabet,
    spread: &mut Spread,
    symbols: &mut [Symbol],
    mut len: usize,
    gaps: &mut Vec<u32>,
) -> (u32, usize) {
    let mut start = None;
    for &symbol in form {
        let class = alphabet.class(symbol);
        spread.push(class, symbol, 0, &mut |symbol, _| {
            symbols[len] = symbol;
            len += 1;
        });
        if spread.gap() {
            gaps.push(len as u32 - 1);
        }
        if start.is_none() && !matches!(class, Class::Blank | Class::Break | Class::Ignorable) {
            start = Some(len - 1);
        }
    }
    (start.unwrap_or(len) as u32, len)
}

/// Whether a later part of an identifier starts at `at`, from 1: `State` in `useState`, `state` in `use_state`.
fn starts_part(chars: &[(Symbol, char)], at: usize) -> bool {
    let (last, c) = (chars[at - 1].1, chars[at].1);
    last == '_' || c.is_ascii_uppercase() && !last.is_ascii_uppercase()
}

/// What is to be noted of tokens, as [`Decoded`] has it.
#[derive(Default)]
struct Notes {
    /// Where the later parts of identifiers start.
    parts: Vec<u32>,
    variants: Vec<u32>,
    gaps: Vec<u32>,
    irregular: Vec<Range<u32>>,
    chars: Vec<(Symbol, char)>,
}

impl Notes {
    fn add(&mut self, term: TermId, start: u32, alphabet: &Alphabet, terms: &Terms) {
        self.chars.clear();
        terms.spell(term, alphabet, &mut self.chars);
        for at in 1..self.chars.len() {
            if starts_part(&self.chars, at) {
                self.parts.push(start + at as u32);
            }
        }
        // A Han term is spread without gaps: its n-th character stands n behind its start.
        if alphabet.class(self.chars[0].0) == Class::Han {
            for (at, &member) in (start..).zip(terms.members(term)) {
                if member > 0 {
                    self.variants.push(at);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Builder, Characters, Page, Passage};
    use crate::ids::PassageId;
    use crate::pages::{Kind, PageInfo};
    use crate::{Index, container};
    use proptest::prelude::*;

    /// Folds letters and one pair of Han characters; knows nothing else.
    struct Plain;

    impl Characters for Plain {
        fn fold(&self, c: char) -> char {
            if c == '國' { '国' } else { c.to_ascii_lowercase() }
        }
        fn stem(&self, _: &str) -> Option<String> {
            None
        }
        fn aliases(&self, _: char) -> Vec<char> {
            Vec::new()
        }
        fn readings(&self, _: char) -> Vec<String> {
            Vec::new()
        }
        fn spoken(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
        fn lookalikes(&self, _: char) -> Vec<char> {
            Vec::new()
        }
    }

    /// What the obvious twin notes of one passage.
    #[derive(Debug, Default, PartialEq)]
    struct Noted {
        symbols: Vec<Symbol>,
        /// Where each token starts.
        tokens: Vec<usize>,
        starts: Vec<usize>,
        gaps: Vec<usize>,
        variants: Vec<usize>,
    }

    /// The obvious twin: character by character.
    fn slowly(index: &Index, tokens: &[String]) -> Noted {
        let mut noted = Noted::default();
        let mut spread = Spread::default();
        for token in tokens {
            let (mut start, mut last) = (None, ' ');
            for (n, c) in token.chars().enumerate() {
                let symbol = index.alphabet.symbol(c);
                let class = index.alphabet.class(symbol);
                spread.push(class, symbol, 0, &mut |symbol, _| noted.symbols.push(symbol));
                if matches!(class, Class::Han | Class::Word | Class::Mark) {
                    let at = noted.symbols.len() - 1;
                    start = start.or(Some(at));
                    noted.gaps.extend(spread.gap().then_some(at));
                    let part = last == '_' || c.is_ascii_uppercase() && !last.is_ascii_uppercase();
                    noted.starts.extend((n > 0 && part).then_some(at));
                    let first = index.alphabet.member(symbol, 0) == c;
                    noted.variants.extend((class == Class::Han && !first).then_some(at));
                }
                last = c;
            }
            noted.tokens.push(start.unwrap_or(noted.symbols.len()));
        }
        noted.starts.extend(&noted.tokens);
        spread.end(0, &mut |symbol, _| noted.symbols.push(symbol));
        if noted.symbols.is_empty() {
            noted.symbols.push(Symbol::BOUNDARY);
        }
        noted.starts.retain(|&at| at < noted.symbols.len());
        noted.starts.sort_unstable();
        noted.starts.dedup();
        noted
    }

    proptest! {
        #[test]
        fn decoding_agrees_with_the_twin(passages in proptest::collection::vec(proptest::collection::vec(
            prop_oneof!["[国國家a]", "[国國]{2,3}", "[a-cA-C_]{1,4}", "[ \\u{3000}]{1,2}", "\n", "[,。]", "\\u{200b}"], 0..9), 1..6)) {
            let mut builder = Builder::new(Plain);
            let all = passages.iter().map(|tokens| (Kind::Paragraph, tokens.clone()));
            let all = core::iter::once((Kind::Title, Vec::new())).chain(all);
            let passage = |(kind, tokens)| Passage { kind, anchor: String::new(), weight: crate::facets::WEIGHT, tokens };
            builder.add(Page { info: PageInfo::default(), passages: all.map(passage).collect() }).unwrap();
            let bytes = container::write(&builder.finish().unwrap()).unwrap().swap_remove(0);
            let index = Index::open(bytes).unwrap();
            let mut ends = 0;
            for (n, tokens) in core::iter::once(&Vec::new()).chain(&passages).enumerate() {
                let passage = PassageId(n as u32);
                let range = index.text.range(passage);
                let places = range.start as usize..range.end as usize;
                let among = |bits: &Bits| range.clone().filter(|&at| bits.has(at)).map(|at| (at - range.start) as usize).collect();
                let terms: Vec<TermId> = index.tokens(passage).collect();
                let mut seen = Vec::new();
                for (at, &term) in terms.iter().enumerate() {
                    let before = terms[..at].iter().filter(|&&other| other == term).count();
                    let mine = index.postings.of(term).iter().filter(|&&place| place >= range.start);
                    seen.push((*mine.clone().nth(before).unwrap() - range.start) as usize);
                }
                let noted = Noted {
                    symbols: places.map(|at| index.text.symbol(at as u32)).collect(),
                    tokens: seen,
                    starts: among(&index.token_starts),
                    gaps: among(&index.gaps),
                    variants: among(&index.variants),
                };
                prop_assert_eq!(noted, slowly(&index, tokens));
                prop_assert_eq!(index.passage_text(passage), tokens.concat());
                prop_assert_eq!(range.start, ends);
                ends = range.end;
            }
        }
    }
}

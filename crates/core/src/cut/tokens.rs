//! The tokens of a passage as one text, and numbers for those of many passages: pieces hold thousands of tokens, which are read again for
//! every query.

use crate::container::hash;
use crate::spelling::MAX_CHARS;

/// Tokens that tile a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    text: String,
    /// Where each token ends, in bytes.
    ends: Vec<u32>,
    /// How many characters the last token has.
    last: usize,
}

impl Tokens {
    /// Room for a text of so many bytes, whose tokens have two Han characters, about.
    pub fn with_room(bytes: usize) -> Tokens {
        Tokens { text: String::with_capacity(bytes), ends: Vec::with_capacity(bytes / 6 + 1), last: 0 }
    }

    /// Adds a token of one character.
    pub fn start(&mut self, c: char) {
        self.text.push(c);
        self.ends.push(self.text.len() as u32);
        self.last = 1;
    }

    /// Adds a character to the last token; whether there is one, and it is not too long then.
    pub fn go_on(&mut self, c: char) -> bool {
        self.text.push(c);
        self.last += 1;
        match self.ends.last_mut() {
            Some(end) => *end = self.text.len() as u32,
            None => return false,
        }
        self.last <= MAX_CHARS
    }

    /// The tokens in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let token = &self.text[start as usize..end as usize];
            start = end;
            token
        })
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl FromIterator<String> for Tokens {
    fn from_iter<T: IntoIterator<Item = String>>(tokens: T) -> Tokens {
        let mut out = Tokens::default();
        for token in tokens {
            out.text.push_str(&token);
            out.ends.push(out.text.len() as u32);
            out.last = token.chars().count();
        }
        out
    }
}

/// Numbers strings from 0 in the order in which they are first met, by a table of hashes with room for twice as many.
#[derive(Debug, Default)]
pub struct Numbers<'s> {
    /// The strings by their numbers.
    pub strings: Vec<&'s str>,
    /// 1 more than a number, or 0, where the hash of its string says or in the next free place behind. It grows with what there is: most of
    /// what is asked for is near, then.
    places: Vec<u32>,
}

impl<'s> Numbers<'s> {
    /// The number of a string.
    pub fn of(&mut self, string: &'s str) -> u32 {
        if self.places.len() <= 2 * self.strings.len() {
            self.places = vec![0; (2 * self.places.len()).max(256)];
            for number in 0..self.strings.len() {
                let at = self.place(self.strings[number]);
                self.places[at] = number as u32 + 1;
            }
        }
        let at = self.place(string);
        if self.places[at] == 0 {
            self.strings.push(string);
            self.places[at] = self.strings.len() as u32;
        }
        self.places[at] - 1
    }

    /// Where the number of a string stands or is to stand.
    fn place(&self, string: &str) -> usize {
        let mask = self.places.len() - 1;
        let mut at = hash(string.as_bytes(), 0) as usize & mask;
        while self.places[at] > 0 && self.strings[self.places[at] as usize - 1] != string {
            at = (at + 1) & mask;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_come_back(tokens in proptest::collection::vec("[a国\u{1F600}]{1,4}", 0..20)) {
            let together: Tokens = tokens.iter().cloned().collect();
            prop_assert_eq!(together.iter().collect::<Vec<_>>(), tokens);
        }

        #[test]
        fn numbers_are_those_of_a_list(strings in proptest::collection::vec("[a-d]{0,5}", 0..600)) {
            let mut numbers = Numbers::default();
            let mut list: Vec<&str> = Vec::new();
            for string in &strings {
                let at = list.iter().position(|known| known == string).unwrap_or_else(|| {
                    list.push(string);
                    list.len() - 1
                });
                prop_assert_eq!(numbers.of(string), at as u32);
            }
            prop_assert_eq!(numbers.strings, list);
        }
    }
}

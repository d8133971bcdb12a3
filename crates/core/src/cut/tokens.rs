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

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.ends.len()
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
#[derive(Debug)]
pub struct Numbers<'s> {
    /// The strings by their numbers.
    pub strings: Vec<&'s str>,
    /// 1 more than a number, or 0, where the hash of its string says or in the next free place behind.
    places: Vec<u32>,
}

impl<'s> Numbers<'s> {
    /// Room for so many strings at most.
    pub fn with_room(most: usize) -> Numbers<'s> {
        Numbers { strings: Vec::new(), places: vec![0; (2 * most + 1).next_power_of_two()] }
    }

    /// The number of a string.
    pub fn of(&mut self, string: &'s str) -> u32 {
        let mask = self.places.len() - 1;
        let mut at = hash(string.as_bytes(), 0) as usize & mask;
        loop {
            match self.places[at] as usize {
                0 => {
                    self.strings.push(string);
                    self.places[at] = self.strings.len() as u32;
                    return self.places[at] - 1;
                }
                number if self.strings[number - 1] == string => return number as u32 - 1,
                _ => at = (at + 1) & mask,
            }
        }
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
            prop_assert_eq!(together.len(), tokens.len());
            prop_assert_eq!(together.iter().collect::<Vec<_>>(), tokens);
        }

        #[test]
        fn numbers_are_those_of_a_list(strings in proptest::collection::vec("[ab]{0,3}", 0..60)) {
            let mut numbers = Numbers::with_room(strings.len());
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

//! Whether characters can be meant by what was typed: letters read as pinyin, Han characters that sound or look alike.
//!
//! Costs are in units of [`crate::rank::ONE`] and mean bits: a character that costs 3 more must be 8 times as frequent.

use crate::Index;
use crate::chars::Class;
use crate::ids::Symbol;
use crate::rank::ONE;
use crate::syllable::{initial, mistaken, near};
use crate::text::Bits;

/// Each reading of a character that is more usual than the one meant, unless that is the one in its word.
const UNUSUAL_READING: u64 = 5 * ONE;
/// The beginning of a syllable, at the end of what was typed.
const HALF_TYPED: u64 = 3 * ONE;
/// Only the initial of a syllable.
const INITIAL: u64 = 5 * ONE;
/// A character behind the end of what was typed.
const UNTYPED: u64 = 6 * ONE;
/// A syllable that is often mistaken for another: zh/z, ch/c, sh/s, n/l, an/ang, en/eng, in/ing.
const FUZZY: u64 = 6 * ONE;
/// Another character of the same sound.
const HOMOPHONE: u64 = 3 * ONE;
/// Another character that looks alike.
const LOOKALIKE: u64 = 5 * ONE;

/// What was typed, one element after the other.
#[derive(Debug, Clone, Default)]
pub struct Pattern {
    elements: Vec<Element>,
    /// Whether words may go on where what was typed ends.
    open: bool,
    /// For each element and each syllable of the index, the ways in which the one can stand for the other.
    table: Vec<Vec<Vec<Step>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// A letter a to z, ü as v; the flag says that a syllable ends before it.
    Letter(u8, bool),
    /// A Han character.
    Han(Symbol),
}

/// One way on: the place reached and what it costs.
pub type Step = (usize, u64);

impl Pattern {
    /// Takes letters, Han characters, blanks and apostrophes; `None` if there is anything else, nothing at all, or more
    /// than `limit` elements.
    pub fn new(index: &Index, text: &[char], limit: usize) -> Option<Pattern> {
        let mut elements = Vec::new();
        let mut cut = false;
        for &c in text {
            match c {
                'ü' | 'Ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => elements.push(Element::Letter(b'v', cut)),
                _ if c.is_ascii_alphabetic() => elements.push(Element::Letter(c.to_ascii_lowercase() as u8, cut)),
                ' ' | '\'' | '’' | '\u{3000}' => {
                    cut = true;
                    continue;
                }
                _ => {
                    let symbol = index.alphabet.symbol(c);
                    if index.alphabet.class(symbol) != Class::Han {
                        return None;
                    }
                    elements.push(Element::Han(symbol));
                }
            }
            cut = false;
            if elements.len() > limit {
                return None;
            }
        }
        (!elements.is_empty()).then_some(Pattern { elements, ..Pattern::default() })
    }

    /// The pattern with all that its elements can stand for worked out, which [`Pattern::steps`] needs.
    pub fn filled(&self, index: &Index) -> Pattern {
        let table = Vec::with_capacity(self.len());
        let mut pattern = Pattern { elements: self.elements.clone(), open: self.open, table };
        for at in 0..self.len() {
            let mut steps = Vec::new();
            for syllable in index.readings.syllables() {
                steps.push(self.read(index, at, syllable.as_bytes()));
            }
            pattern.table.push(steps);
        }
        pattern
    }

    /// The pattern as the beginning of what is meant: a word may go on where it ends.
    pub fn opened(self) -> Pattern {
        Pattern { open: true, ..self }
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether there is no element; [`Pattern::new`] never gives such a pattern.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Whether everything that was typed is letters.
    pub fn is_letters(&self) -> bool {
        self.elements.iter().all(|element| matches!(element, Element::Letter(..)))
    }

    /// Whether anything that was typed is a letter.
    pub fn has_letters(&self) -> bool {
        self.elements.iter().any(|element| matches!(element, Element::Letter(..)))
    }

    /// The symbols that can be meant by what stands at `at`, which [`Pattern::steps`] has ways for.
    pub fn candidates(&self, index: &Index, at: usize) -> Bits {
        let mut found = Bits::new(index.alphabet.len() + 1);
        if let Element::Han(typed) = self.elements[at] {
            found.set(u32::from(typed.0));
            index.readings.lookalikes(typed, |symbol| found.set(u32::from(symbol.0)));
        }
        for (syllable, steps) in self.table[at].iter().enumerate() {
            if !steps.is_empty() {
                for symbol in index.readings.holders(syllable) {
                    found.set(u32::from(symbol.0));
                }
            }
        }
        found
    }

    /// Adds to `out` every way in which `symbol` can be meant by what stands at `at`; `spoken` is the number of its reading
    /// in the word at hand.
    pub fn steps(&self, index: &Index, at: usize, symbol: Symbol, spoken: u8, out: &mut Vec<Step>) {
        let Some(table) = self.table.get(at) else {
            if self.open {
                out.push((at, UNTYPED));
            }
            return;
        };
        if let Element::Han(typed) = self.elements[at] {
            if typed == symbol {
                out.push((at + 1, 0));
                return;
            }
            if index.readings.alike(typed, symbol) {
                out.push((at + 1, LOOKALIKE));
            }
        }
        for (n, &syllable) in index.readings.numbers(symbol).iter().enumerate() {
            let unusual = if n == usize::from(spoken) { 0 } else { n as u64 * UNUSUAL_READING };
            for &(next, cost) in &table[usize::from(syllable)] {
                out.push((next, cost + unusual));
            }
        }
    }

    /// What the cheapest way to read all that was typed costs, whatever characters it stands for, and the syllables, by their numbers, of
    /// all ways that cost at most `slack` more, in the order in which they were typed. [`u64::MAX`] and none if it cannot be read.
    #[cfg(feature = "meant")]
    pub fn likely(&self, index: &Index, slack: u64) -> (u64, Vec<usize>) {
        let han = |at: usize| matches!(self.elements[at], Element::Han(_));
        let ways = |at: usize| {
            let as_typed = han(at).then_some((at + 1, 0));
            self.table[at].iter().flatten().copied().chain(as_typed)
        };
        // What all before a place costs at least, and all behind it.
        let (mut before, mut behind) = (vec![u64::MAX; self.len() + 1], vec![u64::MAX; self.len() + 1]);
        (before[0], behind[self.len()]) = (0, 0);
        for at in 0..self.len() {
            for (next, cost) in ways(at) {
                before[next] = before[next].min(before[at].saturating_add(cost));
            }
        }
        for at in (0..self.len()).rev() {
            behind[at] = ways(at).map(|(next, cost)| behind[next].saturating_add(cost)).min().unwrap_or(u64::MAX);
        }
        let most = behind[0].saturating_add(slack);
        let mut found = Vec::new();
        if behind[0] == u64::MAX {
            return (u64::MAX, found);
        }
        for (at, steps) in self.table.iter().enumerate() {
            let fits = |&(next, cost): &Step| before[at].saturating_add(cost).saturating_add(behind[next]) <= most;
            for (syllable, steps) in steps.iter().enumerate() {
                if steps.iter().any(fits) && !found.contains(&syllable) {
                    found.push(syllable);
                }
            }
            if let Element::Han(typed) = self.elements[at] {
                index.readings.lookalikes(typed, |symbol| {
                    for &syllable in index.readings.numbers(symbol) {
                        if !found.contains(&usize::from(syllable)) {
                            found.push(usize::from(syllable));
                        }
                    }
                });
            }
        }
        (behind[0], found)
    }

    /// The ways in which what stands at `at` can mean a syllable.
    fn read(&self, index: &Index, at: usize, syllable: &[u8]) -> Vec<Step> {
        let mut found = Vec::new();
        let mut other = [0; 8];
        if let Element::Han(typed) = self.elements[at] {
            for (n, reading) in index.readings.of(typed).enumerate() {
                if !near(reading.as_bytes().first(), syllable.first()) {
                    continue;
                }
                let unusual = n as u64 * UNUSUAL_READING;
                if reading.as_bytes() == syllable {
                    found.push((at + 1, HOMOPHONE + unusual));
                }
                // Nobody mistakes the sound of a character for that of another by a reading that it hardly has.
                if n > 0 {
                    continue;
                }
                for fuzzy in 0..3 {
                    if let Some(len) = mistaken(syllable, fuzzy, &mut other)
                        && &other[..len] == reading.as_bytes()
                    {
                        found.push((at + 1, FUZZY));
                        break;
                    }
                }
            }
            return found;
        }
        if let Element::Letter(typed, _) = &self.elements[at]
            && !near(Some(typed), syllable.first())
        {
            return found;
        }
        let same = self.common(at, syllable);
        if same == syllable.len() {
            found.push((at + same, 0));
        } else if same > 0 && at + same == self.len() && same > initial(syllable) {
            found.push((at + same, HALF_TYPED));
        }
        let first = initial(syllable).max(1);
        if same >= first && first < syllable.len() {
            found.push((at + first, INITIAL));
        }
        if same > 0 && first == 2 && syllable.len() > 2 {
            // zh, ch, sh are also typed z, c, s.
            found.push((at + 1, INITIAL));
        }
        for fuzzy in 0..3 {
            if let Some(len) = mistaken(syllable, fuzzy, &mut other)
                && self.common(at, &other[..len]) == len
            {
                found.push((at + len, FUZZY));
            }
        }
        found
    }

    /// How many letters from `at` on are those of `syllable`, no syllable ending in between.
    fn common(&self, at: usize, syllable: &[u8]) -> usize {
        let elements = self.elements[at..].iter().enumerate();
        let same = elements.zip(syllable).take_while(|&((n, element), &letter)| match *element {
            // v stands for ü, which is also typed u.
            Element::Letter(typed, cut) => (typed == letter || letter == b'v' && typed == b'u') && !(cut && n > 0),
            Element::Han(_) => false,
        });
        same.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syllable::tests::mistaken_slowly;
    use crate::testing;
    use proptest::prelude::*;

    /// Syllables of every kind: with and without initials, of two letters, with ü, each with those it is mistaken for.
    const SYLLABLES: &[&str] = &[
        "a", "e", "ai", "an", "ang", "en", "er", "ba", "guo", "ji", "ke", "si", "shi", "xin", "xing", "lan", "nang",
        "lin", "ning", "lv", "nv", "nve", "zan", "zhang", "zhong", "chong", "chuang", "zhuang",
    ];

    /// All ways in which the beginning of `typed` means a syllable: every spelling of it, and what that costs. An apostrophe ends a
    /// syllable.
    fn read_slowly(typed: &str, syllable: &str) -> Vec<Step> {
        let initial = ["zh", "ch", "sh"].into_iter().find(|initial| syllable.starts_with(initial));
        let initial = initial.map_or(usize::from(!syllable.starts_with(['a', 'e', 'o'])), str::len);
        let mut spellings = vec![(syllable.to_owned(), 0)];
        if initial.max(1) < syllable.len() {
            spellings.push((syllable[..initial.max(1)].to_owned(), INITIAL));
        }
        if initial == 2 && syllable.len() > 2 {
            spellings.push((syllable[..1].to_owned(), INITIAL));
        }
        spellings.extend(mistaken_slowly(syllable).into_iter().map(|other| (other, FUZZY)));
        let typed: Vec<char> = typed.chars().collect();
        let letters = typed.iter().filter(|c| **c != '\'').count();
        if letters > initial && letters < syllable.len() && !typed[1..].contains(&'\'') {
            spellings.push((syllable[..letters].to_owned(), HALF_TYPED));
        }
        let same = |spelling: &str| {
            spelling.chars().zip(&typed).all(|(c, t)| c == *t || c == 'v' && *t == 'u') && spelling.len() <= typed.len()
        };
        spellings.retain(|(spelling, _)| same(spelling));
        spellings.into_iter().map(|(spelling, cost)| (spelling.len(), cost)).collect()
    }

    proptest! {
        #[test]
        fn letters_are_read_as_all_spellings_say(
            typed in "(a|e|g|n|l|z|zh|ch|s|sh|zho|guo|ang|en|lu|nv|nue|lan|xing|'){1,4}", syllable in prop::sample::select(SYLLABLES),
        ) {
            let typed = typed.trim_matches('\'');
            prop_assume!(!typed.is_empty());
            let index = testing::index(&[vec![vec!["国".to_owned()]]]);
            let pattern = Pattern::new(&index, &typed.chars().collect::<Vec<_>>(), 40).unwrap();
            let ordered = |mut steps: Vec<Step>| {
                steps.sort_unstable();
                steps.dedup();
                steps
            };
            let expected = read_slowly(typed, syllable);
            prop_assert_eq!(ordered(pattern.read(&index, 0, syllable.as_bytes())), ordered(expected));
        }

        #[test]
        fn characters_are_read_as_what_sounds_like_them(typed in "[国果际记重中安案]", syllable in prop::sample::select(SYLLABLES)) {
            let index = testing::index(&[vec!["国果际记重中安案".chars().map(String::from).collect()]]);
            let pattern = Pattern::new(&index, &typed.chars().collect::<Vec<_>>(), 40).unwrap();
            let mut expected = Vec::new();
            for (n, reading) in index.readings.of(index.alphabet.symbol(typed.chars().next().unwrap())).enumerate() {
                let unusual = n as u64 * UNUSUAL_READING;
                if reading == syllable {
                    expected.push((1, HOMOPHONE + unusual));
                } else if n == 0 && mistaken_slowly(syllable).iter().any(|other| other == reading) {
                    expected.push((1, FUZZY));
                }
            }
            prop_assert_eq!(pattern.read(&index, 0, syllable.as_bytes()), expected);
        }
    }
}

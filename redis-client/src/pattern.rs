//! Text patterns as tables that the generator wrote.
//!
//! `cargo xtask codegen` translates each ECMA-262 `pattern` of a schema into a minimal automaton over code points and
//! prints it as a `static`. What is left for run time is this matcher: one table look-up per character, no allocation,
//! no backtracking, no regex crate. The same automaton carries the pattern's [`Alphabet`], from which keys are proven
//! free of their separators.
//!
//! This module knows nothing about regular expressions: it runs tables.

use crate::key::Alphabet;

/// The tables of one automaton, as the generator prints them.
///
/// State 0 is the dead state. `transitions[state * classes + class]` is the next state. Characters that no range names
/// are of class 0.
#[derive(Debug, Clone, Copy)]
#[doc(hidden)]
#[expect(clippy::exhaustive_structs, reason = "generated code spells out every field")]
pub struct Tables {
    pub source: &'static str,
    pub ascii: &'static [u8; 128],
    pub ranges: &'static [(u32, u32, u8)],
    pub classes: u16,
    pub transitions: &'static [u16],
    pub accepting: &'static [u64],
    pub start: u16,
    pub alphabet_ascii: u128,
    pub alphabet_non_ascii: bool,
}

/// A pattern of a schema, ready to be matched.
///
/// # Examples
///
/// ```
/// use redis_client::Symbol;
///
/// // The pattern of `symbol` speaks through the newtype that carries it.
/// assert!(Symbol::new("BRK.B").is_ok());
/// assert!(Symbol::new("BRK B").is_err());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Pattern(Tables);

impl Pattern {
    /// A pattern made of generated tables.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(tables: Tables) -> Self {
        Self(tables)
    }

    /// Whether the whole `text` takes the automaton from its start to an accepting state.
    ///
    /// A pattern that the schema did not anchor carries its freedom in the tables, so this is always JSON Schema's
    /// meaning of `pattern`.
    ///
    /// ```
    /// # use redis_client::__private::{Pattern, Tables};
    /// # const ASCII: &[u8; 128] = &{
    /// #     let (mut classes, mut digit) = ([0; 128], b'0');
    /// #     while digit <= b'9' { classes[digit as usize] = 1; digit += 1; }
    /// #     classes
    /// # };
    /// # static DESK: Pattern = Pattern::new(Tables {
    /// #     source: "^[0-9]+$", ascii: ASCII, ranges: &[], classes: 2, transitions: &[0, 0, 0, 2, 0, 2], accepting: &[0x4],
    /// #     start: 1, alphabet_ascii: 0x3ff << b'0', alphabet_non_ascii: false,
    /// # });
    /// // `static DESK: Pattern`, as the generator prints it for `"pattern": "^[0-9]+$"`.
    /// assert!(DESK.is_match("17"));
    /// assert!(!DESK.is_match("17a") && !DESK.is_match(""));
    /// ```
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let tables = &self.0;
        let classes = usize::from(tables.classes);
        let mut state = usize::from(tables.start);
        for character in text.chars() {
            let class = match tables.ascii.get(character as usize) {
                Some(&class) => class,
                None => self.class_of(character as u32),
            };
            state = match tables.transitions.get(state * classes + usize::from(class)) {
                Some(&next) => usize::from(next),
                None => 0,
            };
            if state == 0 {
                return false;
            }
        }
        tables
            .accepting
            .get(state / 64)
            .is_some_and(|word| word >> (state % 64) & 1 == 1)
    }

    /// The class of a character beyond ASCII.
    fn class_of(&self, character: u32) -> u8 {
        let ranges = self.0.ranges;
        let found = ranges.binary_search_by(|&(first, last, _)| {
            if character < first {
                std::cmp::Ordering::Greater
            } else if character > last {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Equal
            }
        });
        found
            .ok()
            .and_then(|at| ranges.get(at))
            .map_or(0, |&(_, _, class)| class)
    }

    /// The characters that can occur in a text this pattern accepts.
    ///
    /// ```
    /// # use redis_client::__private::{Pattern, Tables};
    /// # const ASCII: &[u8; 128] = &{
    /// #     let (mut classes, mut digit) = ([0; 128], b'0');
    /// #     while digit <= b'9' { classes[digit as usize] = 1; digit += 1; }
    /// #     classes
    /// # };
    /// # static DESK: Pattern = Pattern::new(Tables {
    /// #     source: "^[0-9]+$", ascii: ASCII, ranges: &[], classes: 2, transitions: &[0, 0, 0, 2, 0, 2], accepting: &[0x4],
    /// #     start: 1, alphabet_ascii: 0x3ff << b'0', alphabet_non_ascii: false,
    /// # });
    /// // `static DESK: Pattern`, as the generator prints it for `"pattern": "^[0-9]+$"`.
    /// assert!(DESK.alphabet().contains('7'));
    /// assert!(!DESK.alphabet().contains(':'));
    /// ```
    #[must_use]
    pub const fn alphabet(&self) -> Alphabet {
        Alphabet::new(self.0.alphabet_ascii, self.0.alphabet_non_ascii)
    }

    /// The pattern as the schema has it.
    ///
    /// ```
    /// # use redis_client::__private::{Pattern, Tables};
    /// # const ASCII: &[u8; 128] = &{
    /// #     let (mut classes, mut digit) = ([0; 128], b'0');
    /// #     while digit <= b'9' { classes[digit as usize] = 1; digit += 1; }
    /// #     classes
    /// # };
    /// # static DESK: Pattern = Pattern::new(Tables {
    /// #     source: "^[0-9]+$", ascii: ASCII, ranges: &[], classes: 2, transitions: &[0, 0, 0, 2, 0, 2], accepting: &[0x4],
    /// #     start: 1, alphabet_ascii: 0x3ff << b'0', alphabet_non_ascii: false,
    /// # });
    /// // `static DESK: Pattern`, as the generator prints it for `"pattern": "^[0-9]+$"`.
    /// assert_eq!(DESK.source(), "^[0-9]+$");
    /// ```
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.0.source
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `^[a-c]+é?$` by hand: classes 0 other, 1 a-c, 2 é; states 0 dead, 1 start, 2 letters seen, 3 after é.
    const ASCII: [u8; 128] = {
        let mut classes = [0; 128];
        classes[b'a' as usize] = 1;
        classes[b'b' as usize] = 1;
        classes[b'c' as usize] = 1;
        classes
    };
    static BY_HAND: Pattern = Pattern::new(Tables {
        source: "^[a-c]+é?$",
        ascii: &ASCII,
        ranges: &[(0xe9, 0xe9, 2)],
        classes: 3,
        transitions: &[0, 0, 0, 0, 2, 0, 0, 2, 3, 0, 0, 0],
        accepting: &[0b1100],
        start: 1,
        alphabet_ascii: 0b111 << b'a',
        alphabet_non_ascii: true,
    });

    #[test]
    fn the_whole_text_counts() {
        let check = |text: &str, expected: bool| assert_eq!(BY_HAND.is_match(text), expected, "{text:?}");
        check("", false);
        check("a", true);
        check("abcabc", true);
        check("abé", true);
        check("é", false);
        check("abéa", false);
        check("a\n", false);
        check("abd", false);
        check("aê", false);
        check("a\u{10ffff}", false);
    }

    #[test]
    fn the_alphabet_comes_with_it() {
        assert!(BY_HAND.alphabet().contains('b'));
        assert!(!BY_HAND.alphabet().contains(':'));
        assert!(BY_HAND.alphabet().contains('é'));
    }
}

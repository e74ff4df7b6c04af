//! Finite automata over Unicode code points: what a pattern becomes, and what the proofs about keys run on.
//!
//! An [`Nfa`] is built by `pattern`, determinised and minimised to a [`Dfa`]. Minimal automata are numbered in
//! breadth-first order, so that equal languages give equal tables on every machine. Everything asked of a
//! language later (which characters can occur, does it meet another, what is its shortest text) is asked of the
//! automaton, never of the pattern's text.

#![expect(
    clippy::indexing_slicing,
    reason = "states and classes are numbers that this module hands out itself; a wrong one is a bug to stop at"
)]

mod blocks;
mod chains;
mod charset;
mod nfa;
pub(crate) mod search;

pub use chains::common_text;
pub use charset::CharSet;
pub use nfa::Nfa;

use std::collections::{BTreeSet, HashMap};

use blocks::Blocks;

/// The first code point behind the last.
const END: u32 = 0x11_0000;
/// More states than this make tables nobody wants in a program.
pub const STATES_MAX: usize = 4096;
/// States of two automata together, before they are made as few as can be.
const PRODUCT_MAX: usize = 4 * STATES_MAX;

/// The automaton has more states than [`STATES_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Code points in classes that no transition tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Partition {
    /// First code point of an interval and its class; sorted, the first starts at 0.
    intervals: Vec<(u32, usize)>,
    /// For each class a code point to show and to test with.
    representatives: Vec<u32>,
}

impl Partition {
    fn of(sets: &[CharSet]) -> Self {
        let mut bounds = BTreeSet::from([0]);
        for (first, last) in sets.iter().flat_map(CharSet::ranges) {
            bounds.insert(*first);
            bounds.insert(last + 1);
        }
        bounds.remove(&END);
        let signature = |code: u32| sets.iter().map(|set| set.contains(code)).collect::<Vec<bool>>();
        Self::grouped(bounds.into_iter().map(|bound| (bound, signature(bound))))
    }

    /// Both at once: code points that neither tells apart.
    fn meet(a: &Self, b: &Self) -> (Self, Vec<(usize, usize)>) {
        let bounds: BTreeSet<u32> = a
            .intervals
            .iter()
            .chain(&b.intervals)
            .map(|(bound, _)| *bound)
            .collect();
        let partition = Self::grouped(
            bounds
                .into_iter()
                .map(|bound| (bound, (a.class(bound), b.class(bound)))),
        );
        let pairs = partition
            .representatives
            .iter()
            .map(|code| (a.class(*code), b.class(*code)))
            .collect();
        (partition, pairs)
    }

    fn grouped<S: Eq + std::hash::Hash>(bounds: impl Iterator<Item = (u32, S)>) -> Self {
        let mut numbers: HashMap<S, usize> = HashMap::new();
        let mut intervals: Vec<(u32, usize)> = Vec::new();
        for (bound, signature) in bounds {
            let count = numbers.len();
            let class = *numbers.entry(signature).or_insert(count);
            if intervals.last().is_none_or(|(_, before)| *before != class) {
                intervals.push((bound, class));
            }
        }
        let mut partition = Self {
            intervals,
            representatives: Vec::new(),
        };
        partition.represent(numbers.len());
        partition
    }

    /// Chooses for each class the character that reads best in a message.
    fn represent(&mut self, classes: usize) {
        let mut representatives = vec![None; classes];
        let readable = ('a'..='z').chain('0'..='9').chain('A'..='Z').chain('!'..='~');
        for code in readable
            .map(u32::from)
            .chain(self.intervals.iter().map(|(bound, _)| *bound))
        {
            // An interval may start with the surrogates, which are no characters.
            let code = if (0xd800..0xe000).contains(&code) {
                0xe000
            } else {
                code
            };
            representatives[self.class(code)].get_or_insert(code);
        }
        self.representatives = representatives
            .into_iter()
            .map(|code| code.unwrap_or(0xe000))
            .collect();
    }

    fn class(&self, code: u32) -> usize {
        let at = self.intervals.partition_point(|(bound, _)| *bound <= code);
        self.intervals[at - 1].1
    }
}

/// A deterministic automaton. State 0 is dead: nothing leads from it to acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dfa {
    partition: Partition,
    /// `state * classes + class` gives the next state.
    transitions: Vec<u32>,
    accepting: Vec<bool>,
    start: usize,
}

/// The tables of a [`Dfa`] as an emitter prints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// The class of each ASCII character.
    pub ascii: Vec<u8>,
    /// Inclusive ranges of non-ASCII code points and their class; what is in none has class 0.
    pub ranges: Vec<(u32, u32, u8)>,
    /// The number of classes.
    pub classes: u16,
    /// `state * classes + class` gives the next state; state 0 is dead.
    pub transitions: Vec<u16>,
    /// Whether a text may end in the state.
    pub accepting: Vec<bool>,
    /// The first state.
    pub start: u16,
    /// A bit for each ASCII character that can occur in an accepted text.
    pub alphabet_ascii: u128,
    /// Whether any other character can.
    pub alphabet_non_ascii: bool,
}

impl Dfa {
    /// Exactly this text.
    ///
    /// # Panics
    ///
    /// When the text has 2^32 characters or more.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let sets: Vec<CharSet> = chars.iter().map(|c| CharSet::single(*c)).collect();
        let partition = Partition::of(&sets);
        let classes = partition.representatives.len();
        let states = chars.len() + 2;
        let mut transitions = vec![0; states * classes];
        for (index, c) in chars.iter().enumerate() {
            transitions[(index + 1) * classes + partition.class(u32::from(*c))] =
                u32::try_from(index + 2).expect("a literal of a schema is far shorter than 2^32");
        }
        let accepting = (0..states).map(|state| state + 1 == states).collect();
        Self {
            partition,
            transitions,
            accepting,
            start: 1,
        }
        .minimised()
    }

    /// Every text of `min` to `max` characters. `None` when that is more than [`STATES_MAX`] states.
    #[must_use]
    pub fn lengths(min: u64, max: Option<u64>) -> Option<Self> {
        let min = usize::try_from(min).ok()?;
        let last = max.map_or(Some(min), |max| usize::try_from(max).ok())?;
        if last >= STATES_MAX {
            return None;
        }
        let partition = Partition::of(&[]);
        let mut transitions = vec![0];
        for state in 1..=last + 1 {
            let next = if state <= last {
                state + 1
            } else if max.is_none() {
                state
            } else {
                0
            };
            transitions.push(u32::try_from(next).ok()?);
        }
        let accepting = (0..last + 2).map(|state| state > min).collect();
        Some(
            Self {
                partition,
                transitions,
                accepting,
                start: 1,
            }
            .minimised(),
        )
    }

    /// The texts that both accept.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.product(other, |a, b| a && b)
    }

    /// The texts that either accepts.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.product(other, |a, b| a || b)
    }

    /// The texts that this accepts and the other does not.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.product(other, |a, b| a && !b)
    }

    /// [`intersection`](Self::intersection) of patterns that a schema brings together.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when the two do not go together in an automaton of a sane size.
    pub fn try_intersection(&self, other: &Self) -> Result<Self, TooLarge> {
        self.product_within(other, PRODUCT_MAX, |a, b| a && b)
    }

    /// [`union`](Self::union) of patterns that a schema brings together.
    ///
    /// # Errors
    ///
    /// As [`try_intersection`](Self::try_intersection).
    pub fn try_union(&self, other: &Self) -> Result<Self, TooLarge> {
        self.product_within(other, PRODUCT_MAX, |a, b| a || b)
    }

    /// [`difference`](Self::difference) of patterns that a schema brings together.
    ///
    /// # Errors
    ///
    /// As [`try_intersection`](Self::try_intersection).
    pub fn try_difference(&self, other: &Self) -> Result<Self, TooLarge> {
        self.product_within(other, PRODUCT_MAX, |a, b| a && !b)
    }

    fn product(&self, other: &Self, accept: impl Fn(bool, bool) -> bool) -> Self {
        self.product_within(other, usize::MAX, accept)
            .expect("there is no limit")
    }

    fn product_within(
        &self,
        other: &Self,
        states_max: usize,
        accept: impl Fn(bool, bool) -> bool,
    ) -> Result<Self, TooLarge> {
        let (partition, pairs) = Partition::meet(&self.partition, &other.partition);
        let mut numbers: HashMap<(usize, usize), usize> = HashMap::from([((0, 0), 0)]);
        let mut states = vec![(0, 0)];
        if (self.start, other.start) != (0, 0) {
            numbers.insert((self.start, other.start), 1);
            states.push((self.start, other.start));
        }
        let start = states.len() - 1;
        let mut transitions = Vec::new();
        let mut next = 0;
        while next < states.len() {
            if states.len() > states_max {
                return Err(TooLarge);
            }
            let (a, b) = states[next];
            for (class_a, class_b) in &pairs {
                let target = (self.step(a, *class_a), other.step(b, *class_b));
                let number = *numbers.entry(target).or_insert_with(|| {
                    states.push(target);
                    states.len() - 1
                });
                transitions.push(u32::try_from(number).expect("a product of bounded automata fits"));
            }
            next += 1;
        }
        let accepting = states
            .iter()
            .map(|(a, b)| accept(self.accepting[*a], other.accepting[*b]))
            .collect();
        let product = Self {
            partition,
            transitions,
            accepting,
            start,
        };
        let product = product.minimised();
        if states_max != usize::MAX && product.accepting.len() > STATES_MAX {
            return Err(TooLarge);
        }
        Ok(product)
    }

    /// The state behind `state` on a character of `class`; dead states stay dead.
    fn transitions_from(&self, state: u32, class: usize) -> u32 {
        self.transitions[state as usize * self.partition.representatives.len() + class]
    }

    fn step(&self, state: usize, class: usize) -> usize {
        self.transitions[state * self.partition.representatives.len() + class] as usize
    }

    /// Whether `text` is accepted.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let end = text.chars().fold(self.start, |state, c| {
            self.step(state, self.partition.class(u32::from(c)))
        });
        self.accepting[end]
    }

    /// Whether no text is accepted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start == 0
    }

    /// A shortest accepted text.
    #[must_use]
    pub fn shortest(&self) -> Option<String> {
        common_text(&[self], &[&Self::lengths(0, None)?])
    }

    /// The characters that can occur in an accepted text.
    #[must_use]
    pub fn alphabet(&self) -> CharSet {
        let classes = self.partition.representatives.len();
        // In a minimal automaton every state but 0 lies on a path from the start to acceptance.
        let live: Vec<bool> = (0..classes)
            .map(|class| (1..self.accepting.len()).any(|state| self.step(state, class) != 0))
            .collect();
        CharSet::new(
            self.intervals()
                .filter(|(_, _, class)| live[*class])
                .map(|(first, last, _)| (first, last)),
        )
    }

    fn intervals(&self) -> impl Iterator<Item = (u32, u32, usize)> + '_ {
        let ends = self
            .partition
            .intervals
            .iter()
            .skip(1)
            .map(|(bound, _)| *bound)
            .chain([END]);
        self.partition
            .intervals
            .iter()
            .zip(ends)
            .map(|((first, class), end)| (*first, end - 1, *class))
    }

    /// The tables to print. `None` when there are more classes than a byte can number.
    #[must_use]
    pub fn tables(&self) -> Option<Tables> {
        // Class 0 is the one most non-ASCII characters have, so that the ranges are few.
        let classes = self.partition.representatives.len();
        let mut sizes = vec![0_u32; classes];
        for (first, last, class) in self.intervals() {
            if last >= 0x80 {
                sizes[class] += last - first.max(0x80) + 1;
            }
        }
        let other = (0..classes)
            .max_by_key(|class| (sizes[*class], std::cmp::Reverse(*class)))
            .unwrap_or(0);
        let mut renumbered = vec![0_u8; classes];
        let rest = (0..classes).filter(|class| *class != other);
        for (number, class) in rest.enumerate() {
            renumbered[class] = u8::try_from(number + 1).ok()?;
        }
        let ascii = (0..128)
            .map(|code| renumbered[self.partition.class(code)])
            .collect();
        let ranges = self
            .intervals()
            .filter(|(_, last, class)| *last >= 0x80 && *class != other)
            .map(|(first, last, class)| (first.max(0x80), last, renumbered[class]))
            .collect();
        let mut order: Vec<usize> = (0..classes).collect();
        order.sort_by_key(|class| renumbered[*class]);
        let transitions = (0..self.accepting.len())
            .flat_map(|state| order.iter().map(move |class| (state, *class)))
            .map(|(state, class)| u16::try_from(self.step(state, class)).ok())
            .collect::<Option<Vec<u16>>>()?;
        let alphabet = self.alphabet();
        let alphabet_ascii = (0..128)
            .filter(|code| alphabet.contains(*code))
            .fold(0, |bits, code| bits | 1 << code);
        let alphabet_non_ascii = alphabet.ranges().iter().any(|(_, last)| *last >= 0x80);
        Some(Tables {
            ascii,
            ranges,
            classes: u16::try_from(classes).ok()?,
            transitions,
            accepting: self.accepting.clone(),
            start: u16::try_from(self.start).ok()?,
            alphabet_ascii,
            alphabet_non_ascii,
        })
    }

    /// Moore's refinement, then numbers in breadth-first order and classes by what they do.
    fn minimised(&self) -> Self {
        let classes = self.partition.representatives.len();
        let block = Blocks::of(self).of_state;
        // State 0 of every automaton built here is dead, so its block is all that is dead.
        let dead = block[0];
        let mut numbers: HashMap<usize, usize> = HashMap::from([(dead, 0)]);
        let mut order = vec![0];
        if block[self.start] != dead {
            numbers.insert(block[self.start], 1);
            order.push(self.start);
        }
        let start = order.len() - 1;
        let mut rows: Vec<Vec<usize>> = Vec::new();
        let mut next = 0;
        while next < order.len() {
            let mut row = Vec::with_capacity(classes);
            for class in 0..classes {
                let target = self.step(order[next], class);
                row.push(*numbers.entry(block[target]).or_insert_with(|| {
                    order.push(target);
                    order.len() - 1
                }));
            }
            rows.push(row);
            next += 1;
        }
        let accepting: Vec<bool> = order.iter().map(|state| self.accepting[*state]).collect();
        let column = |class: usize| rows.iter().map(|row| row[class]).collect::<Vec<usize>>();
        let partition = Partition::grouped(
            self.partition
                .intervals
                .iter()
                .map(|(bound, class)| (*bound, column(*class))),
        );
        let old: Vec<usize> = partition
            .representatives
            .iter()
            .map(|code| self.partition.class(*code))
            .collect();
        let transitions = rows
            .iter()
            .flat_map(|row| old.iter().map(|class| row[*class]))
            .map(|state| u32::try_from(state).expect("no more states than before"))
            .collect();
        Self {
            partition,
            transitions,
            accepting,
            start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_normal_and_never_hold_surrogates() {
        let set = CharSet::new([(5, 9), (0, 4), (20, 20)]);
        assert_eq!(set.ranges(), [(0, 9), (20, 20)]);
        assert_eq!(CharSet::any().ranges(), [(0, 0xd7ff), (0xe000, 0x10_ffff)]);
        assert_eq!(set.negate().negate(), set);
        assert!(CharSet::any().negate().is_empty());
    }

    #[test]
    fn equal_languages_give_equal_automata() {
        let ab = Dfa::literal("ab");
        let cd = Dfa::literal("cd");
        assert_eq!(ab.union(&cd), cd.union(&ab));
        assert_eq!(ab.intersection(&ab), ab);
        assert!(ab.intersection(&cd).is_empty());
        assert_eq!(ab.union(&cd).intersection(&ab), ab);
    }

    #[test]
    fn lengths_count_code_points() {
        let dfa = Dfa::lengths(2, Some(3)).unwrap();
        assert!(!dfa.is_match("a") && dfa.is_match("😀é") && dfa.is_match("abc") && !dfa.is_match("abcd"));
        let open = Dfa::lengths(1, None).unwrap();
        assert!(!open.is_match("") && open.is_match("a") && open.is_match(&"a".repeat(100)));
        assert!(Dfa::lengths(0, Some(1_000_000)).is_none());
    }

    #[test]
    fn two_chains_meet_in_a_shortest_text() {
        let word = Dfa::lengths(1, None).unwrap();
        let colon = Dfa::literal(":");
        let a = Dfa::literal("a:");
        // "a:" word   against   word ":" "b"
        let b = Dfa::literal("b");
        assert_eq!(
            common_text(&[&a, &word], &[&word, &colon, &b]).as_deref(),
            Some("a:b")
        );
        assert_eq!(common_text(&[&a], &[&b]), None);
    }
}

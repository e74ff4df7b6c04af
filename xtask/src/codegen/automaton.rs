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
pub(crate) mod search;

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, VecDeque};

use blocks::Blocks;

/// The first code point behind the last.
const END: u32 = 0x11_0000;
/// More states than this make tables nobody wants in a program.
pub const STATES_MAX: usize = 4096;
/// States of two automata together, before they are made as few as can be.
const PRODUCT_MAX: usize = 4 * STATES_MAX;
/// Bound on the nondeterministic automaton, so that nested counts cannot fill memory.
const NFA_STATES_MAX: usize = 60_000;
/// Bound on the states looked at while determinising: seconds at worst, whatever the pattern.
const WORK_MAX: usize = 1_000_000;

/// A set of Unicode scalar values: sorted, disjoint, inclusive ranges.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CharSet {
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// The set of these inclusive ranges; surrogates are no characters and left out.
    #[must_use]
    pub fn new(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = Vec::new();
        for (first, last) in ranges {
            for (low, high) in [(0, 0xd7ff), (0xe000, END - 1)] {
                if first.max(low) <= last.min(high) {
                    sorted.push((first.max(low), last.min(high)));
                }
            }
        }
        sorted.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Self { ranges: merged }
    }

    /// Every character.
    #[must_use]
    pub fn any() -> Self {
        Self::new([(0, END - 1)])
    }

    /// One character.
    #[must_use]
    pub fn single(c: char) -> Self {
        Self::new([(u32::from(c), u32::from(c))])
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.ranges.iter().chain(&other.ranges).copied())
    }

    /// What is not in it.
    #[must_use]
    pub fn negate(&self) -> Self {
        let mut next = 0;
        let mut out = Vec::new();
        for (first, last) in &self.ranges {
            if next < *first {
                out.push((next, first - 1));
            }
            next = last + 1;
        }
        if next < END {
            out.push((next, END - 1));
        }
        Self::new(out)
    }

    /// Whether the character is in it.
    #[must_use]
    pub fn contains(&self, code: u32) -> bool {
        let at = self.ranges.partition_point(|(_, last)| *last < code);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= code)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Its inclusive ranges, sorted.
    #[must_use]
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }
}

/// The automaton has more states than [`STATES_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

#[derive(Debug, Clone, Default)]
struct NfaState {
    /// Without reading.
    free: Vec<usize>,
    /// Without reading, at the start of the text only.
    at_start: Vec<usize>,
    /// Without reading, at the end of the text only.
    at_end: Vec<usize>,
    /// Reading a character of a set.
    on: Vec<(usize, usize)>,
}

/// A nondeterministic automaton under construction.
#[derive(Debug, Default)]
pub struct Nfa {
    states: Vec<NfaState>,
    sets: Vec<CharSet>,
    set_numbers: HashMap<CharSet, usize>,
}

impl Nfa {
    /// A new state.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when there are far too many.
    pub fn state(&mut self) -> Result<usize, TooLarge> {
        if self.states.len() >= NFA_STATES_MAX {
            return Err(TooLarge);
        }
        self.states.push(NfaState::default());
        Ok(self.states.len() - 1)
    }

    /// `from` goes to `to` without reading.
    pub fn free(&mut self, from: usize, to: usize) {
        self.states[from].free.push(to);
    }

    /// `from` goes to `to` without reading, if nothing has been read yet.
    pub fn at_start(&mut self, from: usize, to: usize) {
        self.states[from].at_start.push(to);
    }

    /// `from` goes to `to` without reading, if nothing is left to read.
    pub fn at_end(&mut self, from: usize, to: usize) {
        self.states[from].at_end.push(to);
    }

    /// `from` goes to `to` reading one character of `set`.
    pub fn on(&mut self, from: usize, set: &CharSet, to: usize) {
        let number = if let Some(number) = self.set_numbers.get(set) {
            *number
        } else {
            self.sets.push(set.clone());
            self.set_numbers.insert(set.clone(), self.sets.len() - 1);
            self.sets.len() - 1
        };
        self.states[from].on.push((number, to));
    }

    /// What can be reached from `states` without reading, sorted.
    fn closure(&self, states: impl IntoIterator<Item = usize>, start: bool, end: bool) -> Vec<usize> {
        let mut seen = vec![false; self.states.len()];
        let mut out = Vec::new();
        let mut stack: Vec<usize> = states.into_iter().collect();
        while let Some(state) = stack.pop() {
            if std::mem::replace(&mut seen[state], true) {
                continue;
            }
            out.push(state);
            let state = &self.states[state];
            stack.extend(&state.free);
            if start {
                stack.extend(&state.at_start);
            }
            if end {
                stack.extend(&state.at_end);
            }
        }
        out.sort_unstable();
        out
    }

    /// The minimal deterministic automaton of the texts that lead from `start` to `accept`.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when it has more than [`STATES_MAX`] states.
    pub fn determinise(&self, start: usize, accept: usize) -> Result<Dfa, TooLarge> {
        let partition = Partition::of(&self.sets);
        // For each class, the sets that hold it.
        let members: Vec<Vec<bool>> = partition
            .representatives
            .iter()
            .map(|code| self.sets.iter().map(|set| set.contains(*code)).collect())
            .collect();
        let classes = partition.representatives.len();
        // A subset and whether nothing has been read; the empty one is the dead state.
        let mut numbers: HashMap<(Vec<usize>, bool), usize> = HashMap::from([((Vec::new(), false), 0)]);
        let mut subsets = vec![Vec::new()];
        let mut transitions = vec![0_u32; classes];
        let mut accepting = vec![false];
        let first = self.closure([start], true, false);
        numbers.insert((first.clone(), true), 1);
        accepting.push(self.closure(first.iter().copied(), true, true).contains(&accept));
        subsets.push(first);
        let mut next = 1;
        let mut work = 0;
        while next < subsets.len() {
            let subset = subsets[next].clone();
            work += (subset.len() + self.states.len() / 64) * members.len();
            if work > WORK_MAX || subsets.len() > STATES_MAX * 4 {
                return Err(TooLarge);
            }
            for holds in &members {
                let targets = subset
                    .iter()
                    .flat_map(|state| &self.states[*state].on)
                    .filter(|(set, _)| holds[*set])
                    .map(|(_, to)| *to);
                let target = self.closure(targets, false, false);
                let number = *numbers.entry((target.clone(), false)).or_insert_with(|| {
                    accepting.push(
                        self.closure(target.iter().copied(), false, true)
                            .contains(&accept),
                    );
                    subsets.push(target);
                    subsets.len() - 1
                });
                transitions.push(u32::try_from(number).map_err(|_| TooLarge)?);
            }
            next += 1;
        }
        let dfa = Dfa {
            partition,
            transitions,
            accepting,
            start: 1,
        }
        .minimised();
        if dfa.accepting.len() > STATES_MAX {
            Err(TooLarge)
        } else {
            Ok(dfa)
        }
    }
}

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

/// Where two chains stand: the automaton of each and its state.
type Place = ((usize, usize), (usize, usize));

/// A shortest text that both chains produce, a chain being automata one behind the other.
#[must_use]
pub fn common_text(left: &[&Dfa], right: &[&Dfa]) -> Option<String> {
    // For each pair of automata, a character of each class that neither tells apart.
    let mut letters: HashMap<(usize, usize), Vec<Letter>> = HashMap::new();
    // How each place was first reached.
    let mut before: HashMap<Place, Option<(Place, Option<char>)>> = HashMap::new();
    let start = ((0, left.first()?.start), (0, right.first()?.start));
    before.insert(start, None);
    let mut queue = VecDeque::from([start]);
    while let Some(here) = queue.pop_front() {
        let ((on_left, from), (on_right, at)) = here;
        let (one, other) = (left[on_left], right[on_right]);
        let ends = on_left + 1 == left.len() && on_right + 1 == right.len();
        if ends && one.accepting[from] && other.accepting[at] {
            return Some(spelt(&before, here));
        }
        // Steps that read nothing come first, so that the first arrival is the shortest.
        let next_left = (one.accepting[from] && on_left + 1 < left.len())
            .then(|| ((on_left + 1, left[on_left + 1].start), (on_right, at)));
        let next_right = (other.accepting[at] && on_right + 1 < right.len())
            .then(|| ((on_left, from), (on_right + 1, right[on_right + 1].start)));
        for next in next_left.into_iter().chain(next_right) {
            if let Entry::Vacant(entry) = before.entry(next) {
                entry.insert(Some((here, None)));
                queue.push_front(next);
            }
        }
        let letters = letters.entry((on_left, on_right)).or_insert_with(|| {
            let (partition, pairs) = Partition::meet(&one.partition, &other.partition);
            let letter = |(code, (left, right)): (&u32, (usize, usize))| Letter {
                code: *code,
                left,
                right,
            };
            partition.representatives.iter().zip(pairs).map(letter).collect()
        });
        for letter in letters {
            let (from, at) = (one.step(from, letter.left), other.step(at, letter.right));
            let next = ((on_left, from), (on_right, at));
            if from != 0
                && at != 0
                && let Entry::Vacant(entry) = before.entry(next)
            {
                entry.insert(Some((here, char::from_u32(letter.code))));
                queue.push_back(next);
            }
        }
    }
    None
}

/// A character and its class in two automata.
struct Letter {
    code: u32,
    left: usize,
    right: usize,
}

/// The characters on the way to `place`.
fn spelt(before: &HashMap<Place, Option<(Place, Option<char>)>>, place: Place) -> String {
    let mut text = Vec::new();
    let mut at = place;
    while let Some(Some((from, letter))) = before.get(&at) {
        text.extend(*letter);
        at = *from;
    }
    text.into_iter().rev().collect()
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

//! A text that some automata accept and others refuse, within bounds on its length, found without building their
//! product: what `compat` asks of patterns. The search is bounded, and says so when it gave up.

use std::collections::{BTreeSet, HashMap};

use super::{Dfa, Partition, TooLarge};

/// Joint states looked at before the search gives up.
const STATES_MAX: usize = 60_000;
/// Steps from joint state to joint state before it gives up: about a second.
const STEPS_MAX: usize = 4_000_000;
/// Nobody reads a witness that is longer than this.
const LENGTH_MAX: u64 = 20_000;

/// The states of all automata at once.
type Joint = Vec<u32>;

/// What is asked: texts that all of `accept` and none of `refuse` accept, of `min` to `max` code points.
pub(crate) struct Question<'a> {
    pub(crate) accept: Vec<&'a Dfa>,
    pub(crate) refuse: Vec<&'a Dfa>,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

impl Question<'_> {
    /// A shortest such text; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when that would take too long to find out.
    pub(crate) fn answer(&self) -> Result<Option<String>, TooLarge> {
        if self.max.is_some_and(|max| max < self.min) {
            return Ok(None);
        }
        let Some(text) = Graph::of(self, &|_| true)?.walk(self)? else {
            return Ok(None);
        };
        // Readers differ about line breaks and rare letters, and so do people: a plain text shows as much.
        let printable = |code: u32| (0x20..0x7f).contains(&code);
        if text.chars().all(|c| printable(u32::from(c))) {
            return Ok(Some(text));
        }
        let plain = Graph::of(self, &printable).and_then(|graph| graph.walk(self));
        Ok(Some(plain.ok().flatten().unwrap_or(text)))
    }

    fn automata(&self) -> impl Iterator<Item = &Dfa> {
        self.accept.iter().chain(&self.refuse).copied()
    }

    fn fine(&self, joint: &Joint) -> bool {
        let accepts = |(dfa, state): (&&Dfa, &u32)| dfa.accepting[*state as usize];
        let (accept, refuse) = joint.split_at(self.accept.len());
        self.accept.iter().zip(accept).all(accepts) && !self.refuse.iter().zip(refuse).any(accepts)
    }
}

/// The joint states that can be reached, and the characters that lead from one to the next.
struct Graph {
    edges: Vec<Vec<(usize, u32)>>,
    fine: Vec<bool>,
}

impl Graph {
    /// The graph over the characters for which `takes` holds.
    fn of(question: &Question<'_>, takes: &dyn Fn(u32) -> bool) -> Result<Self, TooLarge> {
        let bounds: BTreeSet<u32> = question
            .automata()
            .flat_map(|dfa| dfa.partition.intervals.iter().map(|(bound, _)| *bound))
            .chain([0])
            .collect();
        let classes =
            |code: u32| -> Vec<usize> { question.automata().map(|dfa| dfa.partition.class(code)).collect() };
        let letters = Partition::grouped(bounds.into_iter().map(|bound| (bound, classes(bound))));
        let letters: Vec<(u32, Vec<usize>)> = letters
            .representatives
            .iter()
            .filter(|code| takes(**code))
            .map(|code| (*code, classes(*code)))
            .collect();
        let start: Joint = question
            .automata()
            .map(|dfa| u32::try_from(dfa.start).unwrap_or(0))
            .collect();
        let accepting = question.accept.len();
        let mut numbers: HashMap<Joint, usize> = HashMap::from([(start.clone(), 0)]);
        let mut states = vec![start];
        let mut graph = Self {
            edges: Vec::new(),
            fine: Vec::new(),
        };
        // Bound: each turn settles one joint state, of which there are at most `STATES_MAX`.
        while let Some(joint) = states.get(graph.edges.len()).cloned() {
            graph.fine.push(question.fine(&joint));
            let mut edges = Vec::new();
            for (code, classes) in &letters {
                let next: Joint = question
                    .automata()
                    .zip(joint.iter().zip(classes))
                    .map(|(dfa, (state, class))| dfa.transitions_from(*state, *class))
                    .collect();
                // A dead automaton accepts nothing that follows.
                if next.iter().take(accepting).any(|state| *state == 0) {
                    continue;
                }
                let count = states.len();
                let number = *numbers.entry(next.clone()).or_insert(count);
                if number == count {
                    states.push(next);
                }
                edges.push((number, *code));
            }
            graph.edges.push(edges);
            if states.len() > STATES_MAX || graph.edges.len() * letters.len() > STEPS_MAX {
                return Err(TooLarge);
            }
        }
        Ok(graph)
    }

    /// Goes through the lengths one by one; what can be reached at each is a layer.
    fn walk(&self, question: &Question<'_>) -> Result<Option<String>, TooLarge> {
        if !self.fine.contains(&true) {
            return Ok(None);
        }
        let mut layers: Vec<HashMap<usize, (usize, u32)>> = vec![HashMap::from([(0, (0, 0))])];
        let mut steps = 0;
        // Bound: behind `min`, whatever can be reached is reached within as many steps as there are states.
        let last = question.min.saturating_add(self.fine.len() as u64);
        let last = question.max.map_or(last, |max| max.min(last));
        for length in 0..=last {
            let Some(layer) = layers.last() else { break };
            let ends = |state: &&usize| self.fine[**state];
            if length >= question.min
                && let Some(end) = layer.keys().filter(ends).min()
            {
                return Ok(Some(Self::spelt(&layers, *end)));
            }
            if length >= LENGTH_MAX {
                return Err(TooLarge);
            }
            let mut next = HashMap::new();
            let mut from: Vec<usize> = layer.keys().copied().collect();
            from.sort_unstable();
            for state in from {
                for (to, code) in &self.edges[state] {
                    next.entry(*to).or_insert((state, *code));
                    steps += 1;
                }
            }
            if next.is_empty() {
                return Ok(None);
            }
            if steps > STEPS_MAX {
                return Err(TooLarge);
            }
            layers.push(next);
        }
        Ok(None)
    }

    fn spelt(layers: &[HashMap<usize, (usize, u32)>], end: usize) -> String {
        let mut at = end;
        let mut text = Vec::new();
        for layer in layers.iter().skip(1).rev() {
            let (from, code) = layer[&at];
            text.extend(char::from_u32(code));
            at = from;
        }
        text.into_iter().rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pattern::compile;
    use super::*;

    fn find(accept: &[&str], refuse: &[&str], min: u64, max: Option<u64>) -> Option<String> {
        let compile =
            |patterns: &[&str]| -> Vec<Dfa> { patterns.iter().map(|p| compile(p).unwrap()).collect() };
        let (accept, refuse) = (compile(accept), compile(refuse));
        let question = Question {
            accept: accept.iter().collect(),
            refuse: refuse.iter().collect(),
            min,
            max,
        };
        question.answer().unwrap()
    }

    #[test]
    fn a_text_keeps_all_bounds_or_there_is_none() {
        assert_eq!(find(&["^a+$"], &["^a{1,3}$"], 0, None).as_deref(), Some("aaaa"));
        assert_eq!(find(&["^a+$"], &["^a{1,3}$"], 0, Some(3)), None);
        assert_eq!(find(&["^a+$"], &["^a*$"], 0, None), None);
        assert_eq!(find(&["^(ab)*$"], &[], 3, None).as_deref(), Some("abab"));
        assert_eq!(find(&["^(ab)*$"], &[], 3, Some(3)), None);
        assert_eq!(find(&["a", "b"], &["^ab"], 0, None).as_deref(), Some("ba"));
        assert_eq!(find(&[], &["^a?$"], 0, None).as_deref(), Some("b"));
        assert_eq!(find(&[], &[], 2, Some(2)).as_deref(), Some("aa"));
        assert_eq!(find(&[], &["^[^]*$"], 0, None), None);
        // "a\n" is shorter.
        assert_eq!(
            find(&["^[^]{1,4}$"], &["^.{1,3}$"], 0, None).as_deref(),
            Some("aaaa")
        );
        assert_eq!(
            find(&["^[^]{1,3}$"], &["^.{1,3}$"], 0, None).as_deref(),
            Some("\n")
        );
    }
}

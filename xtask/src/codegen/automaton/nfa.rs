//! What a pattern is first: an automaton of which several states hold at once.

use std::collections::HashMap;

use super::{CharSet, Dfa, Partition, STATES_MAX, TooLarge};

/// Bound on the nondeterministic automaton, so that nested counts cannot fill memory.
const NFA_STATES_MAX: usize = 60_000;
/// Bound on the states looked at while determinising: seconds at worst, whatever the pattern.
const WORK_MAX: usize = 1_000_000;

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

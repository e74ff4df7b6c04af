//! Which states of an automaton accept the same texts.
//!
//! Hopcroft's refinement: a block that some other block tells apart falls into two, and only the smaller half is asked in turn what it tells
//! apart. So `[A-Z]{1,4000}` costs a few steps for each of its states; comparing all states once for each of them took minutes.

use super::Dfa;

/// The states in blocks: those of one block accept the same texts.
pub(super) struct Blocks {
    /// The block of each state.
    pub(super) of_state: Vec<usize>,
    /// The states of each block.
    members: Vec<Vec<usize>>,
    /// Where each state is among the members of its block.
    place: Vec<usize>,
    /// Blocks that may tell others apart.
    waiting: Vec<usize>,
    is_waiting: Vec<bool>,
    /// How many transitions were followed back.
    steps: usize,
}

impl Blocks {
    pub(super) fn of(dfa: &Dfa) -> Self {
        let count = dfa.accepting.len();
        let classes = dfa.partition.representatives.len();
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); count * classes];
        for state in 0..count {
            for class in 0..classes {
                before[dfa.step(state, class) * classes + class].push(state);
            }
        }
        let mut blocks = Self::by_acceptance(&dfa.accepting);
        let mut hits: Vec<Vec<usize>> = Vec::new();
        // Bound: a state is looked at again only in a block of at most half the size.
        while let Some(splitter) = blocks.waiting.pop() {
            blocks.is_waiting[splitter] = false;
            let states = blocks.members[splitter].clone();
            for class in 0..classes {
                hits.resize(blocks.members.len(), Vec::new());
                let mut touched = Vec::new();
                for source in states.iter().flat_map(|state| &before[state * classes + class]) {
                    let block = blocks.of_state[*source];
                    if hits[block].is_empty() {
                        touched.push(block);
                    }
                    hits[block].push(*source);
                    blocks.steps += 1;
                }
                for block in touched {
                    blocks.split(block, &std::mem::take(&mut hits[block]));
                }
            }
        }
        blocks
    }

    fn by_acceptance(accepting: &[bool]) -> Self {
        let mut blocks = Self {
            of_state: Vec::new(),
            members: vec![Vec::new(), Vec::new()],
            place: Vec::new(),
            waiting: vec![0, 1],
            is_waiting: vec![true, true],
            steps: 0,
        };
        for (state, accepts) in accepting.iter().enumerate() {
            let block = usize::from(*accepts);
            blocks.of_state.push(block);
            blocks.place.push(blocks.members[block].len());
            blocks.members[block].push(state);
        }
        blocks
    }

    /// Puts some states of a block into one of their own, unless they are all of it.
    fn split(&mut self, block: usize, leaving: &[usize]) {
        if leaving.len() == self.members[block].len() {
            return;
        }
        let new = self.members.len();
        for state in leaving {
            let place = self.place[*state];
            self.members[block].swap_remove(place);
            if let Some(moved) = self.members[block].get(place) {
                self.place[*moved] = place;
            }
            self.of_state[*state] = new;
        }
        for (place, state) in leaving.iter().enumerate() {
            self.place[*state] = place;
        }
        self.members.push(leaving.to_vec());
        self.is_waiting.push(false);
        let smaller = if self.is_waiting[block] || leaving.len() <= self.members[block].len() {
            new
        } else {
            block
        };
        self.is_waiting[smaller] = true;
        self.waiting.push(smaller);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pattern::compile;
    use super::*;

    #[test]
    fn a_long_chain_costs_steps_in_proportion() {
        let steps = |length: usize| {
            let dfa = compile(&format!("^[A-Z]{{1,{length}}}$")).unwrap();
            Blocks::of(&dfa).steps
        };
        let (short, long) = (steps(500), steps(2000));
        assert!(long < 5 * short, "{short} {long}");
    }

    #[test]
    fn a_minimal_automaton_has_a_block_for_each_state() {
        for pattern in ["^(a|b)*abb$", "^[A-Z]{1,30}$", "^$", "[]", "", "a|bc|^d"] {
            let dfa = compile(pattern).unwrap();
            let mut blocks = Blocks::of(&dfa).of_state;
            blocks.sort_unstable();
            blocks.dedup();
            assert_eq!(blocks.len(), dfa.accepting.len(), "{pattern}");
        }
    }
}

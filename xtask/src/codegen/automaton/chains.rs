//! Automata one behind the other, as templates are.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use super::{Dfa, Partition};

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

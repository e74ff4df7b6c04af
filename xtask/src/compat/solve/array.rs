//! Arrays: how long, and what stands where.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Answer, Goal, Held, Role, Solver, TOO_LARGE, Violation, Ways};
use crate::compat::json::Json;
use crate::compat::schema::{Id, Node};

/// Longer arrays are not built.
const LENGTH_MAX: u64 = 10_000;
/// Longer arrays whose elements must all differ are not built.
const DISTINCT_MAX: usize = 500;
/// Positions that are told apart when two equal elements are looked for.
const POSITIONS_MAX: usize = 12;

/// What is asked of an array.
struct Wanted<'h> {
    holds: &'h [Held],
    min: u64,
    max: Option<u64>,
    unique: bool,
    /// Schemas that the element at an index breaks.
    at: BTreeMap<usize, BTreeSet<Id>>,
    /// Schemas that some element from an index on breaks.
    somewhere: Vec<(usize, Id)>,
    repeated: bool,
    /// From here on all positions are alike.
    alike: usize,
}

impl Solver {
    pub(super) fn array(&mut self, holds: &[Held], broken: &[(Rc<Node>, &Violation)]) -> Answer {
        let Some(wanted) = Wanted::of(holds, broken) else {
            return Answer::Nothing;
        };
        if wanted.unique && wanted.repeated {
            return Answer::Nothing;
        }
        if !wanted.repeated {
            return self.place(&wanted, 0, &wanted.at.clone(), None);
        }
        let last = wanted.alike + 1;
        if last > POSITIONS_MAX {
            return Answer::unknown("equal elements were not looked for among so many positions");
        }
        let mut ways = Ways::default();
        for second in 1..=last {
            for first in 0..second {
                let answer = self.place(&wanted, 0, &wanted.at.clone(), Some((first, second)));
                if let Some(answer) = ways.take(answer) {
                    return answer;
                }
            }
        }
        ways.end()
    }

    /// Chooses an index for each element that must break something, from the `next` on. Bound: each choice is a step.
    fn place(
        &mut self,
        wanted: &Wanted<'_>,
        next: usize,
        at: &BTreeMap<usize, BTreeSet<Id>>,
        equal: Option<(usize, usize)>,
    ) -> Answer {
        if !self.may_go_on() {
            return Answer::unknown(TOO_LARGE);
        }
        let Some((from, id)) = wanted.somewhere.get(next) else {
            return self.build_array(wanted, at, equal);
        };
        let mut ways = Ways::default();
        // Behind the last position that is told apart, each may take one of its own.
        let last = wanted.alike.max(*from) + wanted.somewhere.len() - 1;
        for index in *from..=last {
            let mut at = at.clone();
            at.entry(index).or_default().insert(*id);
            let answer = self.place(wanted, next + 1, &at, equal);
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        ways.end()
    }

    fn build_array(
        &mut self,
        wanted: &Wanted<'_>,
        at: &BTreeMap<usize, BTreeSet<Id>>,
        equal: Option<(usize, usize)>,
    ) -> Answer {
        let needed = at.keys().next_back().map_or(0, |index| index + 1);
        let needed = needed.max(equal.map_or(0, |(_, second)| second + 1)) as u64;
        let length = wanted.min.max(needed);
        if wanted.max.is_some_and(|max| length > max) {
            return Answer::Nothing;
        }
        if length > LENGTH_MAX {
            // If a position that must be there has no value, no length helps.
            return match self.build_items(wanted, at, equal, wanted.alike as u64 + 1) {
                Answer::Nothing => Answer::Nothing,
                _ => Answer::unknown("a witness would be an array of more than 10000 elements"),
            };
        }
        self.build_items(wanted, at, equal, length)
    }

    fn build_items(
        &mut self,
        wanted: &Wanted<'_>,
        at: &BTreeMap<usize, BTreeSet<Id>>,
        equal: Option<(usize, usize)>,
        length: u64,
    ) -> Answer {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let mut goals: Vec<Goal> = (0..length).map(|index| wanted.goal(index, at)).collect();
        if let Some((first, second)) = equal
            && let (Some(one), Some(other)) = (goals.get(first).cloned(), goals.get(second).cloned())
        {
            let both = Goal {
                writes: &one.writes | &other.writes,
                reads: &one.reads | &other.reads,
                refuses: &one.refuses | &other.refuses,
                also: &one.also | &other.also,
            };
            for index in [first, second] {
                if let Some(goal) = goals.get_mut(index) {
                    *goal = both.clone();
                }
            }
        }
        let mut items = Vec::new();
        let mut unknown = None;
        // What breaks something comes first: it is the most likely to have no value.
        let mut order: Vec<usize> = (0..length).collect();
        order.sort_by_key(|index| !at.contains_key(index));
        for index in order {
            let Some(goal) = goals.get(index) else { continue };
            match self.find(goal) {
                Answer::Nothing => return Answer::Nothing,
                Answer::Unknown(reason) => unknown = unknown.or(Some(reason)),
                Answer::Value(value) => items.push((index, value)),
            }
        }
        if let Some(reason) = unknown {
            return Answer::Unknown(reason);
        }
        items.sort_by_key(|(index, _)| *index);
        let items: Vec<Json> = items.into_iter().map(|(_, value)| value).collect();
        if wanted.unique {
            return self.distinct(&goals, items);
        }
        Answer::Value(Json::Array(items))
    }

    /// Elements that all differ, if that can be had by choosing one after the other.
    fn distinct(&mut self, goals: &[Goal], items: Vec<Json>) -> Answer {
        if items.len() > DISTINCT_MAX {
            return Answer::unknown("a witness would be an array of more than 500 elements that all differ");
        }
        let mut chosen: Vec<Json> = Vec::new();
        for (goal, item) in goals.iter().zip(items) {
            if !chosen.contains(&item) {
                chosen.push(item);
                continue;
            }
            let mut goal = goal.clone();
            goal.refuses.insert(self.arena.exactly(chosen.clone()));
            match self.find(&goal) {
                Answer::Value(value) => chosen.push(value),
                // All positions are alike, so the order of choosing made no difference.
                Answer::Nothing if goals.windows(2).all(|pair| matches!(pair, [a, b] if a == b)) => {
                    return Answer::Nothing;
                }
                Answer::Nothing => return Answer::unknown("elements that all differ were not found"),
                Answer::Unknown(reason) => return Answer::Unknown(reason),
            }
        }
        Answer::Value(Json::Array(chosen))
    }
}

impl<'h> Wanted<'h> {
    /// `None` when the lengths leave nothing.
    fn of(holds: &'h [Held], broken: &[(Rc<Node>, &Violation)]) -> Option<Self> {
        let nodes = holds
            .iter()
            .map(|(node, _)| node)
            .chain(broken.iter().map(|(node, _)| node));
        let mut wanted = Self {
            holds,
            min: 0,
            max: None,
            unique: false,
            at: BTreeMap::new(),
            somewhere: Vec::new(),
            repeated: false,
            alike: nodes.map(|node| node.prefix.len()).max().unwrap_or(0),
        };
        for (node, _) in holds.iter().filter(|(_, role)| *role != Role::Also) {
            wanted.min = wanted.min.max(node.min_items.unwrap_or(0));
            wanted.at_most(node.max_items);
            wanted.unique |= node.unique;
        }
        for (node, violation) in broken {
            match violation {
                Violation::MinItems => wanted.at_most(Some(node.min_items?.checked_sub(1)?)),
                Violation::MaxItems => wanted.min = wanted.min.max(node.max_items?.checked_add(1)?),
                Violation::Unique => wanted.repeated = true,
                Violation::Prefix(index) => {
                    wanted
                        .at
                        .entry(*index)
                        .or_default()
                        .insert(*node.prefix.get(*index)?);
                }
                Violation::Items => wanted.somewhere.push((node.prefix.len(), node.items?)),
                _ => {}
            }
        }
        wanted.max.is_none_or(|max| wanted.min <= max).then_some(wanted)
    }

    fn at_most(&mut self, max: Option<u64>) {
        if let Some(max) = max {
            self.max = Some(self.max.map_or(max, |before| before.min(max)));
        }
    }

    fn goal(&self, index: usize, at: &BTreeMap<usize, BTreeSet<Id>>) -> Goal {
        let mut goal = Goal::default();
        for (node, role) in self.holds {
            if let Some(id) = node.prefix.get(index).copied().or(node.items) {
                goal.set(*role).insert(id);
            }
        }
        if let Some(refuses) = at.get(&index) {
            goal.refuses.clone_from(refuses);
        }
        goal
    }
}

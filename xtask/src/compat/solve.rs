//! Is there a value that one side writes and the other refuses? The question behind every verdict.
//!
//! A [`Goal`] asks for a value that is valid under some schemas and invalid under others. It is taken apart by JSON
//! type and by alternative (`expand`) into clauses without any "or", and each clause is settled by what its type knows:
//! limits and steps (`number`), automata (`text`), positions (`array`), members (`object`). The answer is a value,
//! a proof that there is none, or not known. What cannot be said exactly is said too widely on the side that writes, so
//! that "none" stays a proof; a value is confirmed by the evaluator before anybody relies on it.
//!
//! **Recursion.** A goal that comes up again below itself is answered "none" there: JSON values are finite, so if the
//! goal has a value at all, it has one in which no part is an answer to the same goal. What was concluded from such an
//! assumption is kept only once the goal it was about is settled.
//!
//! **Writers** send what their schema describes: the members named in `properties` and `required`, undeclared ones
//! where the schema speaks of them, and anything where a schema describes no member at all. Of alternatives that can hold at once, each describes members whichever holds.

mod array;
mod expand;
mod number;
mod object;
mod text;

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::evaluate::{Evaluator, Texts, Truth};
use super::json::Json;
use super::schema::{Arena, FALSE, Id, Node, Opaque, TRUE, kind};

/// What is asked for: a value that a writer of all `writes` sends, valid under all `reads`, invalid under each of `refuses`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Goal {
    pub(crate) writes: BTreeSet<Id>,
    pub(crate) reads: BTreeSet<Id>,
    pub(crate) refuses: BTreeSet<Id>,
    /// Alternatives that need not hold; what they describe may be sent all the same.
    pub(crate) also: BTreeSet<Id>,
}

impl Goal {
    fn set(&mut self, role: Role) -> &mut BTreeSet<Id> {
        match role {
            Role::Writes => &mut self.writes,
            Role::Reads => &mut self.reads,
            Role::Also => &mut self.also,
        }
    }
}

/// What a schema that a goal names means to its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It holds, and describes what is sent.
    Writes,
    /// It holds.
    Reads,
    /// It describes what may be sent, and need not hold.
    Also,
}

/// A schema's rules and their role.
type Held = (Rc<Node>, Role);

/// What became of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// There is no such value.
    Nothing,
    /// Here is one.
    Value(Json),
    /// Nobody knows, and why.
    Unknown(String),
}

impl Answer {
    pub(crate) fn unknown(reason: &str) -> Self {
        Self::Unknown(reason.to_owned())
    }
}

/// Several ways to the same end: the first value wins, and nothing is certain while one way is not known.
#[derive(Debug, Default)]
struct Ways {
    unknown: Option<String>,
}

impl Ways {
    /// Takes one way's answer; `Some` when it settles the matter.
    fn take(&mut self, answer: Answer) -> Option<Answer> {
        match answer {
            Answer::Value(_) => Some(answer),
            Answer::Nothing => None,
            Answer::Unknown(reason) => {
                self.unknown.get_or_insert(reason);
                None
            }
        }
    }

    fn end(self) -> Answer {
        self.unknown.map_or(Answer::Nothing, Answer::Unknown)
    }
}

/// How a value may break a schema by one of its own keywords.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Violation {
    Values,
    NotInteger,
    Minimum,
    Maximum,
    Above,
    Below,
    MultipleOf,
    MinLength,
    MaxLength,
    Pattern,
    Format,
    MinItems,
    MaxItems,
    Unique,
    Prefix(usize),
    Items,
    Required(String),
    Property(String),
    PatternProperty(usize),
    Additional,
    Names,
    MinProperties,
    MaxProperties,
    Unevaluated,
    Opaque(Rc<Opaque>),
}

/// A goal without any "or": the schemas that hold, and which rule of which schema is broken.
#[derive(Debug, Clone)]
struct Clause {
    kind: u8,
    /// The schemas that hold, or at least describe.
    holds: Vec<(Id, Role)>,
    broken: Vec<(Id, Violation)>,
}

/// Goals looked at before the search gives up.
const STEPS_MAX: usize = 40_000;
/// Goals looked at for all questions about one item.
const SPENT_MAX: usize = 10 * STEPS_MAX;
const TOO_LARGE: &str = "the schemas are too large or too entangled to compare within bounds";
/// Goals within goals; deeper values are not looked for.
const DEPTH_MAX: usize = 150;

/// The search and what it remembers.
#[derive(Default)]
pub(crate) struct Solver {
    pub(crate) arena: Arena,
    pub(crate) texts: Texts,
    memo: HashMap<Goal, Answer>,
    /// Goals under way.
    stack: Vec<Goal>,
    /// The outermost goal under way that something was assumed about.
    lowest: usize,
    steps: usize,
    tags: HashMap<Id, Rc<expand::Tags>>,
    /// Whether some schema is extended by those that refer to it: then there is no proof, because all of them take a schema
    /// to say the same wherever it is met.
    pub(crate) dynamic: bool,
    /// The schemas are so many, or so long a chain, that no search ends in time.
    pub(crate) hopeless: bool,
    /// Steps of all questions about one item.
    spent: usize,
}

impl Solver {
    /// Answers a goal.
    pub(crate) fn solve(&mut self, goal: &Goal) -> Answer {
        if self.hopeless {
            return Answer::unknown(TOO_LARGE);
        }
        self.lowest = usize::MAX;
        self.steps = 0;
        self.stack.clear();
        self.find(goal)
    }

    /// Questions from here on are about another item.
    pub(crate) fn next_item(&mut self) {
        self.spent = 0;
    }

    /// Counts a step; `false` when there were too many.
    fn may_go_on(&mut self) -> bool {
        self.steps += 1;
        self.spent += 1;
        self.steps <= STEPS_MAX && self.spent <= SPENT_MAX
    }

    /// Whether `value` is valid under a schema.
    pub(crate) fn holds(&mut self, id: Id, value: &Json) -> Truth {
        let mut evaluator = Evaluator {
            arena: &self.arena,
            texts: &mut self.texts,
        };
        evaluator.holds(id, value)
    }

    fn find(&mut self, goal: &Goal) -> Answer {
        let alike = |ids: &BTreeSet<Id>| ids.iter().map(|id| self.arena.alike(*id)).collect();
        let goal = &Goal {
            writes: alike(&goal.writes),
            reads: alike(&goal.reads),
            refuses: alike(&goal.refuses),
            also: alike(&goal.also),
        };
        let holds = |id: &Id| goal.writes.contains(id) || goal.reads.contains(id);
        if goal.refuses.contains(&TRUE) || holds(&FALSE) || goal.refuses.iter().any(holds) {
            return Answer::Nothing;
        }
        if let Some(answer) = self.memo.get(goal) {
            return answer.clone();
        }
        if let Some(at) = self.stack.iter().position(|other| other == goal) {
            self.lowest = self.lowest.min(at);
            return Answer::Nothing;
        }
        let depth = self.stack.len();
        if !self.may_go_on() || depth > DEPTH_MAX {
            return Answer::unknown(TOO_LARGE);
        }
        self.stack.push(goal.clone());
        let around = std::mem::replace(&mut self.lowest, usize::MAX);
        let answer = self.by_type(goal);
        self.stack.pop();
        let certain = self.lowest >= depth || matches!(answer, Answer::Value(_));
        if certain {
            self.memo.insert(goal.clone(), answer.clone());
            self.lowest = around;
        } else {
            self.lowest = self.lowest.min(around);
        }
        answer
    }

    fn by_type(&mut self, goal: &Goal) -> Answer {
        let mut ways = Ways::default();
        for kind in kind::EACH {
            let answer = self.expand(goal, kind);
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        ways.end()
    }

    /// Settles a clause of a goal.
    fn settle(&mut self, goal: &Goal, clause: &Clause) -> Answer {
        let all: Vec<Held> = clause
            .holds
            .iter()
            .map(|(id, role)| (Rc::clone(self.arena.node(*id)), *role))
            .collect();
        let holds: Vec<Held> = all
            .iter()
            .filter(|(_, role)| *role != Role::Also)
            .cloned()
            .collect();
        let opaque: BTreeSet<&Rc<Opaque>> = holds.iter().flat_map(|(node, _)| &node.opaque).collect();
        let mut blind = !opaque.is_empty();
        for (_, violation) in &clause.broken {
            if let Violation::Opaque(text) = violation {
                // The same whole schema holds and is broken.
                if opaque.contains(text) {
                    return Answer::Nothing;
                }
                blind = true;
            }
        }
        let listed = holds.iter().filter_map(|(node, _)| node.values.as_ref());
        let listed = listed.min_by_key(|list| list.len());
        let answer = if let Some(listed) = listed {
            self.among(goal, clause.kind, listed)
        } else {
            let broken: Vec<(Rc<Node>, &Violation)> = clause
                .broken
                .iter()
                .map(|(id, violation)| (Rc::clone(self.arena.node(*id)), violation))
                .collect();
            match clause.kind {
                kind::NULL => self.among(goal, clause.kind, &[Json::Null]),
                kind::BOOLEAN => self.among(goal, clause.kind, &[Json::Bool(true), Json::Bool(false)]),
                kind::NUMBER => number::settle(&holds, &broken),
                kind::TEXT => self.text(&holds, &broken),
                kind::ARRAY => self.array(&all, &broken),
                _ => self.object(&all, &broken),
            }
        };
        match answer {
            Answer::Value(_) if blind => Answer::unknown(
                "a keyword outside of the schema language stands here, and nothing is known about it",
            ),
            answer => answer,
        }
    }

    /// The first of these values that answers the goal.
    fn among(&mut self, goal: &Goal, kind: u8, values: &[Json]) -> Answer {
        let mut ways = Ways::default();
        for value in values {
            if !super::evaluate::has_type(kind, value) {
                continue;
            }
            let mut truth = Truth::Yes;
            for id in goal.writes.iter().chain(&goal.reads) {
                truth = truth.and(self.holds(*id, value));
            }
            for id in &goal.refuses {
                truth = truth.and(self.holds(*id, value).not());
            }
            let answer = match truth {
                Truth::Yes => Answer::Value(value.clone()),
                Truth::No => Answer::Nothing,
                Truth::Unknown => Answer::unknown("a rule that is not understood decides about a constant"),
            };
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        ways.end()
    }
}

//! What changed, rule by rule and place by place, and which of the changes break readers.
//!
//! The verdict is not made of these: it is proven for each item as a whole. A change is said to break a side when a
//! value that shows it can be found: one that the changed rule alone refuses, in a whole value that one side
//! writes and the other refuses. By file: `scalars`, `choices` (arrays and alternatives), `objects`, and their `words`.

mod choices;
mod objects;
mod scalars;
mod words;

use std::collections::BTreeSet;

use super::contract::Item;
use super::evaluate::Truth;
use super::flat::{Flat, same};
use super::json::Json;
use super::schema::{Id, Node, TRUE, kind};
use super::solve::{Answer, Goal, Solver};
use words::{mentions, shown};

/// How a change stands to one side's readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Harm {
    None,
    /// Readers break; the value that shows it, where a value can.
    Breaks(Option<Json>),
}

/// One change.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The file, empty for the one file that was asked for.
    pub(crate) file: String,
    pub(crate) pointer: String,
    pub(crate) kind: &'static str,
    /// What it was and what it is, for people.
    pub(crate) detail: String,
    pub(crate) backward: Harm,
    pub(crate) forward: Harm,
}

/// What was found out about one direction of one item.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    Compatible,
    Incompatible(Json),
    Unknown(String),
}

/// A step from a value to a part of it.
#[derive(Debug, Clone)]
enum Step {
    Member(String),
    Index(usize),
}

/// Whether everything that a writer of `writes` sends is valid under `reads`.
pub(crate) fn judge(solver: &mut Solver, writes: Id, reads: Id) -> Verdict {
    let goal = Goal {
        writes: BTreeSet::from([writes]),
        refuses: BTreeSet::from([reads]),
        ..Goal::default()
    };
    match solver.solve(&goal) {
        Answer::Nothing if solver.dynamic => Verdict::Unknown(
            "`$dynamicRef` or `$recursiveRef` stands in these schemas: what they say depends on who refers to them".to_owned(),
        ),
        Answer::Nothing => Verdict::Compatible,
        Answer::Unknown(reason) => Verdict::Unknown(reason),
        Answer::Value(value) => {
            if shows(solver, writes, reads, &value) {
                Verdict::Incompatible(value)
            } else {
                Verdict::Unknown("a witness was found but not confirmed".to_owned())
            }
        }
    }
}

/// Whether a value is valid under one schema and not under the other.
fn shows(solver: &mut Solver, writes: Id, reads: Id, value: &Json) -> bool {
    solver.holds(writes, value) == Truth::Yes && solver.holds(reads, value) == Truth::No
}

/// The comparison of two schemas that are one item's.
pub(crate) struct Differ<'s> {
    solver: &'s mut Solver,
    old: Id,
    new: Id,
    backward: Verdict,
    forward: Verdict,
    seen: BTreeSet<(Vec<Id>, Vec<Id>)>,
    changes: Vec<Change>,
}

/// A place in both schemas.
struct Here<'h> {
    old: &'h Flat,
    new: &'h Flat,
    old_ids: &'h [Id],
    new_ids: &'h [Id],
    path: &'h [Step],
}

impl<'s> Differ<'s> {
    /// Judges the whole; what changed comes with [`Differ::run`].
    pub(crate) fn new(solver: &'s mut Solver, old: Id, new: Id) -> Self {
        solver.next_item();
        let backward = judge(solver, old, new);
        let forward = judge(solver, new, old);
        Self {
            solver,
            old,
            new,
            backward,
            forward,
            seen: BTreeSet::new(),
            changes: Vec::new(),
        }
    }

    /// The changes, and the verdicts on new and on old readers.
    pub(crate) fn run(mut self, item: &Item) -> (Vec<Change>, Verdict, Verdict) {
        if !self.solver.hopeless {
            self.compare(&[self.old], &[self.new], &[]);
        }
        self.settle();
        self.explain(item);
        (self.changes, self.backward, self.forward)
    }

    /// Brings the verdicts and the changes together: a value that one has found is good for both.
    fn settle(&mut self) {
        fn settle(verdict: &mut Verdict, harms: Vec<&mut Harm>) {
            let shown = harms.iter().find_map(|harm| match harm {
                Harm::Breaks(Some(value)) => Some(value.clone()),
                _ => None,
            });
            match (&verdict, shown) {
                (Verdict::Unknown(_), Some(value)) => *verdict = Verdict::Incompatible(value),
                (Verdict::Incompatible(value), None) => {
                    let blank = harms.into_iter().find(|harm| **harm == Harm::Breaks(None));
                    if let Some(harm) = blank {
                        *harm = Harm::Breaks(Some(value.clone()));
                    }
                }
                _ => {}
            }
        }
        let backward = self
            .changes
            .iter_mut()
            .map(|change| &mut change.backward)
            .collect();
        settle(&mut self.backward, backward);
        let forward = self
            .changes
            .iter_mut()
            .map(|change| &mut change.forward)
            .collect();
        settle(&mut self.forward, forward);
    }

    /// Adds what no single change explains.
    fn explain(&mut self, item: &Item) {
        let unexplained = |harmed: bool, verdict: &Verdict| match verdict {
            _ if harmed => None,
            Verdict::Compatible => None,
            Verdict::Incompatible(witness) => Some(("values-refused", Some(witness.clone()), String::new())),
            Verdict::Unknown(reason) => Some(("not-decided", None, reason.clone())),
        };
        let harmed = |of: fn(&Change) -> &Harm| self.changes.iter().any(|change| *of(change) != Harm::None);
        let backward = unexplained(harmed(|change| &change.backward), &self.backward);
        let forward = unexplained(harmed(|change| &change.forward), &self.forward);
        for (found, is_backward) in [(backward, true), (forward, false)] {
            let Some((kind, witness, detail)) = found else {
                continue;
            };
            let harm = Harm::Breaks(witness);
            self.changes.push(Change {
                file: item.file.clone(),
                pointer: item.pointer.clone(),
                kind,
                detail,
                backward: if is_backward { harm.clone() } else { Harm::None },
                forward: if is_backward { Harm::None } else { harm },
            });
        }
    }

    fn compare(&mut self, old_ids: &[Id], new_ids: &[Id], path: &[Step]) {
        if !self.seen.insert((old_ids.to_vec(), new_ids.to_vec())) {
            return;
        }
        if let ([old], [new]) = (old_ids, new_ids)
            && same(&self.solver.arena, *old, *new, &mut BTreeSet::new())
        {
            self.words(old_ids, new_ids, path);
            return;
        }
        let old = Flat::of(&self.solver.arena, old_ids);
        let new = Flat::of(&self.solver.arena, new_ids);
        let here = Here {
            old: &old,
            new: &new,
            old_ids,
            new_ids,
            path,
        };
        self.notes(&here);
        self.values(&here);
        self.scalars(&here);
        self.arrays(&here);
        self.members(&here);
        self.undeclared(&here);
        self.alternatives(&here);
    }

    /// Only words for people can differ, here or below.
    fn words(&mut self, old_ids: &[Id], new_ids: &[Id], path: &[Step]) {
        let old = Flat::of(&self.solver.arena, old_ids);
        let new = Flat::of(&self.solver.arena, new_ids);
        let here = Here {
            old: &old,
            new: &new,
            old_ids,
            new_ids,
            path,
        };
        self.notes(&here);
        for (name, ids) in &old.properties {
            if let Some(others) = new.properties.get(name) {
                self.compare(ids, others, &[]);
            }
        }
        for (a, b) in old.parts.iter().zip(&new.parts) {
            let (a, b) = (
                self.solver.arena.node(*a).clone(),
                self.solver.arena.node(*b).clone(),
            );
            let single = |node: &Node| {
                [node.items, node.additional, node.names]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<Id>>()
            };
            let pattern = |node: &Node| {
                node.pattern_properties
                    .iter()
                    .map(|(_, id)| *id)
                    .collect::<Vec<Id>>()
            };
            for (one, other) in [
                (single(&a), single(&b)),
                (pattern(&a), pattern(&b)),
                (a.prefix.clone(), b.prefix.clone()),
                (a.any.clone(), b.any.clone()),
                (a.one.clone(), b.one.clone()),
            ] {
                for (one, other) in one.into_iter().zip(other) {
                    self.compare(&[one], &[other], &[]);
                }
            }
        }
    }

    // ---- one place -------------------------------------------------------------------------------------------

    fn notes(&mut self, here: &Here<'_>) {
        for name in here
            .old
            .notes
            .keys()
            .chain(here.new.notes.keys())
            .collect::<BTreeSet<_>>()
        {
            let (old, new) = (here.old.notes.get(name), here.new.notes.get(name));
            if old != new {
                let kind = if name == "default" {
                    "default-changed"
                } else {
                    "documentation-changed"
                };
                self.harmless(here, name, kind);
            }
        }
        if here.path.is_empty() {
            // At an item's root they are the item's, and judged with it.
            return;
        }
        for name in here
            .old
            .redis
            .keys()
            .chain(here.new.redis.keys())
            .collect::<BTreeSet<_>>()
        {
            let (old, new) = (here.old.redis.get(name), here.new.redis.get(name));
            if old == new {
                continue;
            }
            if name == "x-redis-utc" {
                self.harmless(here, name, "utc-spelling-changed");
            } else {
                let (file, pointer) = self.place(here, name);
                self.changes.push(Change {
                    file,
                    pointer,
                    kind: "redis-keyword-changed",
                    detail: format!("{} became {}", shown(old), shown(new)),
                    backward: Harm::Breaks(None),
                    forward: Harm::Breaks(None),
                });
            }
        }
    }

    fn harmless(&mut self, here: &Here<'_>, keyword: &str, kind: &'static str) {
        let (file, pointer) = self.place(here, keyword);
        self.changes.push(Change {
            file,
            pointer,
            kind,
            detail: String::new(),
            backward: Harm::None,
            forward: Harm::None,
        });
    }

    // ---- judging ---------------------------------------------------------------------------------------------

    /// One schema that says `only` something of the parts that say it.
    fn probe(&mut self, flat: &Flat, says: impl Fn(&Node) -> bool, only: impl Fn(&Node) -> Node) -> Node {
        let parts = flat.saying(&self.solver.arena, says);
        let nodes: Vec<Node> = parts.iter().map(|id| only(self.solver.arena.node(*id))).collect();
        match <[Node; 1]>::try_from(nodes) {
            Ok([one]) => one,
            Err(nodes) => Node {
                all: nodes
                    .into_iter()
                    .map(|node| self.solver.arena.add(node))
                    .collect(),
                ..Node::default()
            },
        }
    }

    /// A name that neither side declares, matching a pattern if one is given.
    fn other_name(&mut self, here: &Here<'_>, pattern: Option<&String>) -> String {
        let mut goal = Goal::default();
        goal.reads.insert(self.solver.arena.texts());
        if let Some(pattern) = pattern {
            goal.reads.insert(self.solver.arena.matching(pattern));
        }
        let taken = here.old.properties.keys().chain(here.new.properties.keys());
        let taken: Vec<Json> = taken
            .cloned()
            .map(Json::Text)
            .chain([Json::Text(String::new())])
            .collect();
        goal.refuses.insert(self.solver.arena.exactly(taken));
        match self.solver.solve(&goal) {
            Answer::Value(Json::Text(name)) => name,
            _ => "member".to_owned(),
        }
    }

    /// Where a keyword stands: in the new schema if it is there, else in the old one.
    fn place(&self, here: &Here<'_>, keyword: &str) -> (String, String) {
        let arena = &self.solver.arena;
        let holds = |id: &&Id| {
            let node = arena.node(**id);
            node.place.is_some() && mentions(node, keyword)
        };
        let found = here
            .new
            .parts
            .iter()
            .find(holds)
            .or_else(|| here.old.parts.iter().find(holds));
        match found {
            Some(id) => {
                let (file, pointer) = self.shown(*id);
                (file, crate::codegen::load::pointer_to(&pointer, keyword))
            }
            None => self.shown(Self::at(here.new_ids, here.old_ids)),
        }
    }

    fn shown(&self, id: Id) -> (String, String) {
        self.solver.arena.node(id).place.clone().unwrap_or_default()
    }

    fn change(
        &mut self,
        here: &Here<'_>,
        keyword: &str,
        kind: &'static str,
        detail: &str,
        old: Node,
        new: Node,
    ) {
        let (file, pointer) = self.place(here, keyword);
        let (backward, forward) = self.harm(here, old, new, None);
        self.changes.push(Change {
            file,
            pointer,
            kind,
            detail: detail.to_owned(),
            backward,
            forward,
        });
    }

    fn member_change(
        &mut self,
        here: &Here<'_>,
        at: Id,
        name: &str,
        kind: &'static str,
        old: Node,
        new: Node,
    ) {
        let (mut file, mut pointer) = self.shown(at);
        if !pointer.contains("/properties/") {
            (file, pointer) = self.place(here, "properties");
            pointer = crate::codegen::load::pointer_to(&pointer, name);
        }
        let (backward, forward) = self.harm(here, old, new, Some(name));
        self.changes.push(Change {
            file,
            pointer,
            kind,
            detail: String::new(),
            backward,
            forward,
        });
    }

    /// Whom a change breaks, judged by what both sides say about it alone.
    fn harm(&mut self, here: &Here<'_>, old: Node, new: Node, member: Option<&str>) -> (Harm, Harm) {
        let (old_probe, new_probe) = (self.solver.arena.add(old), self.solver.arena.add(new));
        let backward = match self.backward {
            Verdict::Compatible => Harm::None,
            _ => self.show(here.old_ids, new_probe, here.path, member, (self.old, self.new)),
        };
        let forward = match self.forward {
            Verdict::Compatible => Harm::None,
            _ => self.show(here.new_ids, old_probe, here.path, member, (self.new, self.old)),
        };
        (backward, forward)
    }

    /// A value that a changed rule refuses, in a whole one that shows it.
    fn show(
        &mut self,
        writes: &[Id],
        refuses: Id,
        path: &[Step],
        member: Option<&str>,
        (from, to): (Id, Id),
    ) -> Harm {
        let goal = |reads: BTreeSet<Id>| Goal {
            writes: writes.iter().copied().collect(),
            reads,
            refuses: BTreeSet::from([refuses]),
            ..Goal::default()
        };
        let present = member.map(|name| {
            self.solver.arena.add(Node {
                required: BTreeSet::from([name.to_owned()]),
                ..Node::default()
            })
        });
        // With the member in question there, if that can be; without it, if its absence is what breaks.
        let mut found = self.solver.solve(&goal(present.into_iter().collect()));
        if present.is_some() && !matches!(found, Answer::Value(_)) {
            found = self.solver.solve(&goal(BTreeSet::new()));
        }
        let part = match found {
            Answer::Nothing => return Harm::None,
            Answer::Unknown(_) => return Harm::Breaks(None),
            Answer::Value(part) => part,
        };
        let mut around = self.solver.arena.exactly(vec![part]);
        for step in path.iter().rev() {
            around = self.solver.arena.add(match step {
                Step::Member(name) => Node {
                    types: Some(kind::OBJECT),
                    required: BTreeSet::from([name.clone()]),
                    properties: [(name.clone(), around)].into(),
                    ..Node::default()
                },
                Step::Index(index) => Node {
                    types: Some(kind::ARRAY),
                    min_items: Some(*index as u64 + 1),
                    prefix: std::iter::repeat_n(TRUE, *index).chain([around]).collect(),
                    ..Node::default()
                },
            });
        }
        let whole = Goal {
            writes: BTreeSet::from([from]),
            reads: BTreeSet::from([around]),
            refuses: BTreeSet::from([to]),
            ..Goal::default()
        };
        match self.solver.solve(&whole) {
            Answer::Value(value) if shows(self.solver, from, to, &value) => Harm::Breaks(Some(value)),
            Answer::Nothing => Harm::None,
            _ => Harm::Breaks(None),
        }
    }
}

fn with(path: &[Step], step: Step) -> Vec<Step> {
    path.iter().cloned().chain([step]).collect()
}

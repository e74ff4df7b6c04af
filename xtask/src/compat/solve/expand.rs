//! A goal to clauses: one JSON type at a time, alternatives one by one, until no "or" is left.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Answer, Clause, Goal, Role, Solver, Violation, Ways};
use crate::compat::evaluate::has_type;
use crate::compat::json::Json;
use crate::compat::schema::{Id, Node, kind};

/// What tells the objects of a schema from others at a glance: members that are constants, and which must be there.
#[derive(Debug, Default)]
pub(super) struct Tags {
    constants: BTreeMap<String, Vec<Json>>,
    required: BTreeSet<String>,
}

/// What is still to be taken apart. Rules that hold come before alternatives, and those before what is broken.
#[derive(Clone, Default)]
struct Pending {
    holds: Vec<(Id, Role)>,
    /// Of each union: the schema, whether exactly one alternative holds, its role.
    unions: Vec<(Id, bool, Role)>,
    broken: Vec<Id>,
}

impl Solver {
    pub(super) fn expand(&mut self, goal: &Goal, kind: u8) -> Answer {
        let clause = Clause {
            kind,
            holds: Vec::new(),
            broken: Vec::new(),
        };
        let pending = Pending {
            holds: goal
                .writes
                .iter()
                .map(|id| (*id, Role::Writes))
                .chain(goal.reads.iter().map(|id| (*id, Role::Reads)))
                .chain(goal.also.iter().map(|id| (*id, Role::Also)))
                .collect(),
            unions: Vec::new(),
            broken: goal.refuses.iter().copied().collect(),
        };
        self.step(goal, clause, pending)
    }

    fn step(&mut self, goal: &Goal, mut clause: Clause, mut pending: Pending) -> Answer {
        if !self.may_go_on() {
            return Answer::unknown(super::TOO_LARGE);
        }
        while let Some((id, role)) = pending.holds.pop() {
            let id = self.arena.alike(id);
            if clause.holds.contains(&(id, role)) {
                continue;
            }
            let node = Rc::clone(self.arena.node(id));
            if role == Role::Also {
                clause.holds.push((id, role));
                let below = node
                    .conjuncts()
                    .chain(node.any.iter().copied())
                    .chain(node.one.iter().copied());
                pending.holds.extend(below.map(|id| (id, role)));
                continue;
            }
            if node.never
                || node.types.is_some_and(|types| types & clause.kind == 0)
                || self.apart(&clause, id)
            {
                return Answer::Nothing;
            }
            clause.holds.push((id, role));
            pending.holds.extend(node.conjuncts().map(|id| (id, role)));
            if !node.any.is_empty() {
                pending.unions.push((id, false, role));
            }
            if !node.one.is_empty() {
                pending.unions.push((id, true, role));
            }
        }
        if let Some((id, exactly_one, role)) = pending.unions.pop() {
            return self.choose(goal, &clause, &pending, id, exactly_one, role);
        }
        // What holds cannot be broken: seen before any way of breaking the others is tried.
        let held = |id: &Id| {
            let id = self.arena.alike(*id);
            let holds = |(other, role): &(Id, Role)| *other == id && *role != Role::Also;
            clause.holds.iter().any(holds)
        };
        if pending.broken.iter().any(held) {
            return Answer::Nothing;
        }
        while let Some(id) = pending.broken.pop() {
            let id = self.arena.alike(id);
            let node = Rc::clone(self.arena.node(id));
            let satisfied = node.never
                || node.types.is_some_and(|types| types & clause.kind == 0)
                || self.apart(&clause, id);
            if satisfied {
                continue;
            }
            return self.break_one(goal, &clause, &pending, id, &node);
        }
        self.settle(goal, &clause)
    }

    /// One alternative after the other. The others that can hold at the same time describe members as well.
    fn choose(
        &mut self,
        goal: &Goal,
        clause: &Clause,
        pending: &Pending,
        id: Id,
        exactly_one: bool,
        role: Role,
    ) -> Answer {
        let node = Rc::clone(self.arena.node(id));
        let ids = if exactly_one { &node.one } else { &node.any };
        let nested = matches!(clause.kind, kind::ARRAY | kind::OBJECT);
        let mut ways = Ways::default();
        for (index, id) in ids.iter().enumerate() {
            let mut pending = pending.clone();
            pending.holds.push((*id, role));
            for (_, other) in ids.iter().enumerate().filter(|(other, _)| *other != index) {
                if exactly_one {
                    pending.broken.push(*other);
                }
                if nested && role == Role::Writes && !self.disjoint(*id, *other, clause.kind) {
                    pending.holds.push((*other, Role::Also));
                }
            }
            let answer = self.step(goal, clause.clone(), pending);
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        ways.end()
    }

    /// One way after the other in which a value of the clause's type can break a schema.
    fn break_one(&mut self, goal: &Goal, clause: &Clause, pending: &Pending, id: Id, node: &Node) -> Answer {
        let mut ways = Ways::default();
        for violation in violations(clause.kind, node) {
            let mut clause = clause.clone();
            clause.broken.push((id, violation));
            let answer = self.step(goal, clause, pending.clone());
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        if node.unevaluated.is_some() && clause.kind == kind::OBJECT {
            // What is left depends on the alternative that holds: one after the other. Where several of `anyOf` hold, this
            // finds too much left, and what it finds is confirmed later.
            for branch in node.any.iter().chain(&node.one) {
                let with_branch = self.arena.make(format!("{id:?} with {branch:?}"), || Node {
                    all: node.all.iter().copied().chain([*branch]).collect(),
                    any: Vec::new(),
                    one: Vec::new(),
                    ..node.clone()
                });
                let mut clause = clause.clone();
                clause.broken.push((with_branch, Violation::Unevaluated));
                let mut pending = pending.clone();
                pending.holds.push((*branch, Role::Reads));
                let answer = self.step(goal, clause, pending);
                if let Some(answer) = ways.take(answer) {
                    return answer;
                }
            }
        }
        let mut more: Vec<Pending> = Vec::new();
        for conjunct in node.conjuncts() {
            let mut pending = pending.clone();
            pending.broken.push(conjunct);
            more.push(pending);
        }
        if let (Some(values), kind::ARRAY | kind::OBJECT) = (&node.values, clause.kind) {
            // None of these, each taken apart: another length, or another part somewhere.
            let mut pending = pending.clone();
            for value in values.iter().filter(|value| has_type(clause.kind, value)) {
                pending.broken.push(self.arena.shaped(value));
            }
            more.push(pending);
        }
        for none in [&node.any, &node.one] {
            if !none.is_empty() {
                let mut pending = pending.clone();
                pending.broken.extend(none);
                more.push(pending);
            }
        }
        for (index, first) in node.one.iter().enumerate() {
            for second in node.one.iter().skip(index + 1) {
                if !self.disjoint(*first, *second, clause.kind) {
                    let mut pending = pending.clone();
                    pending
                        .holds
                        .extend([(*first, Role::Reads), (*second, Role::Reads)]);
                    more.push(pending);
                }
            }
        }
        for pending in more {
            let answer = self.step(goal, clause.clone(), pending);
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        ways.end()
    }

    /// Whether a schema shares no value with one of those that hold, as far as that can be seen at a glance.
    fn apart(&mut self, clause: &Clause, id: Id) -> bool {
        let holds = clause.holds.iter().filter(|(_, role)| *role != Role::Also);
        let holds: Vec<Id> = holds.map(|(id, _)| *id).collect();
        holds
            .into_iter()
            .any(|other| self.disjoint(other, id, clause.kind))
    }

    /// Whether two schemas share no value of a type, at a glance: by types, and by constants that members must be.
    fn disjoint(&mut self, a: Id, b: Id, kind: u8) -> bool {
        if a == b {
            return false;
        }
        let types = |id: Id| self.arena.node(id).types.unwrap_or(kind::ALL);
        if types(a) & types(b) & kind == 0 {
            return true;
        }
        if kind != kind::OBJECT {
            return false;
        }
        let (one, other) = (self.tags(a), self.tags(b));
        one.constants.iter().any(|(name, values)| {
            let required = one.required.contains(name) || other.required.contains(name);
            let others = other.constants.get(name);
            required && others.is_some_and(|others| !others.iter().any(|value| values.contains(value)))
        })
    }

    fn tags(&mut self, id: Id) -> Rc<Tags> {
        if let Some(tags) = self.tags.get(&id) {
            return Rc::clone(tags);
        }
        let node = Rc::clone(self.arena.node(id));
        let mut tags = Tags {
            constants: BTreeMap::new(),
            required: node.required.clone(),
        };
        for (name, child) in &node.properties {
            if let Some(values) = self.constants(*child) {
                tags.constants.insert(name.clone(), values);
            }
        }
        for conjunct in node.conjuncts() {
            let below = self.tags(conjunct);
            tags.required.extend(below.required.iter().cloned());
            for (name, values) in &below.constants {
                tags.constants
                    .entry(name.clone())
                    .or_insert_with(|| values.clone());
            }
        }
        let tags = Rc::new(tags);
        self.tags.insert(id, Rc::clone(&tags));
        tags
    }

    /// The values that a schema lists, itself or by what it refers to.
    fn constants(&self, id: Id) -> Option<Vec<Json>> {
        let node = self.arena.node(id);
        let own = node.values.clone();
        own.or_else(|| node.conjuncts().find_map(|conjunct| self.constants(conjunct)))
    }
}

/// Every rule of a schema's own that a value of this type could break.
fn violations(kind: u8, node: &Node) -> Vec<Violation> {
    let mut out = Vec::new();
    let mut when = |given: bool, violation: Violation| {
        if given {
            out.push(violation);
        }
    };
    let scalar = !matches!(kind, kind::ARRAY | kind::OBJECT);
    when(scalar && node.values.is_some(), Violation::Values);
    match kind {
        kind::NUMBER => {
            let whole = node
                .types
                .is_some_and(|types| types & kind::NUMBER == kind::INTEGER);
            when(whole, Violation::NotInteger);
            when(node.minimum.is_some(), Violation::Minimum);
            when(node.maximum.is_some(), Violation::Maximum);
            when(node.above.is_some(), Violation::Above);
            when(node.below.is_some(), Violation::Below);
            when(node.multiple_of.is_some(), Violation::MultipleOf);
        }
        kind::TEXT => {
            when(node.min_length.is_some(), Violation::MinLength);
            when(node.max_length.is_some(), Violation::MaxLength);
            when(node.pattern.is_some(), Violation::Pattern);
            when(node.format.is_some(), Violation::Format);
        }
        kind::ARRAY => {
            when(node.min_items.is_some(), Violation::MinItems);
            when(node.max_items.is_some(), Violation::MaxItems);
            when(node.unique, Violation::Unique);
            for index in 0..node.prefix.len() {
                when(true, Violation::Prefix(index));
            }
            when(node.items.is_some(), Violation::Items);
        }
        kind::OBJECT => {
            for name in &node.required {
                when(true, Violation::Required(name.clone()));
            }
            for name in node.properties.keys() {
                when(true, Violation::Property(name.clone()));
            }
            for index in 0..node.pattern_properties.len() {
                when(true, Violation::PatternProperty(index));
            }
            when(node.additional.is_some(), Violation::Additional);
            when(node.names.is_some(), Violation::Names);
            when(node.min_properties.is_some(), Violation::MinProperties);
            when(node.max_properties.is_some(), Violation::MaxProperties);
            let alone = node.any.is_empty() && node.one.is_empty();
            when(alone && node.unevaluated.is_some(), Violation::Unevaluated);
        }
        _ => {}
    }
    if let Some(opaque) = &node.opaque {
        when(true, Violation::Opaque(Rc::clone(opaque)));
    }
    out
}

//! Objects: which members are there, and what they hold.
//!
//! Names fall into those that some schema mentions and all others, which differ by the patterns that they match. So a
//! rule about undeclared members is tried on each name that is mentioned and on a few of each other sort.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Answer, Goal, Held, Role, Solver, TOO_LARGE, Violation, Ways};
use crate::compat::evaluate::Truth;
use crate::compat::json::Json;
use crate::compat::schema::{Id, Node};

/// More patterns than this are not told apart: each doubles the sorts of names.
const PATTERNS_MAX: usize = 6;
/// Larger objects are not built.
const MEMBERS_MAX: u64 = 400;

/// A member that must be there because it breaks a rule: any of these names, and what its value breaks.
type Pick = Vec<(String, Option<Id>)>;

/// What is asked of an object.
struct Wanted<'h> {
    holds: &'h [Held],
    broken: &'h [(Rc<Node>, &'h Violation)],
    /// Every name that is mentioned.
    literal: BTreeSet<String>,
    required: BTreeSet<String>,
    forbidden: BTreeSet<String>,
    min: u64,
    max: Option<u64>,
    /// Whether the members are those that a writer sends.
    written: bool,
    /// Nothing is described, so writers may send any member.
    free: bool,
}

impl Solver {
    pub(super) fn object(&mut self, holds: &[Held], broken: &[(Rc<Node>, &Violation)]) -> Answer {
        let Some(mut wanted) = Wanted::of(holds, broken) else {
            return Answer::Nothing;
        };
        for (node, _) in broken {
            self.names_of(node, &mut wanted.literal);
        }
        if !wanted.required.is_disjoint(&wanted.forbidden) {
            return Answer::Nothing;
        }
        let mut unknown = None;
        let picks = match self.picks(&wanted, &mut unknown) {
            Ok(picks) => picks,
            Err(answer) => return answer,
        };
        let answer = self.assign(&wanted, &picks, &mut Vec::new());
        match (answer, unknown) {
            (Answer::Nothing, Some(reason)) => Answer::Unknown(reason),
            (answer, _) => answer,
        }
    }

    /// For each broken rule about members, which members could break it.
    fn picks(&mut self, wanted: &Wanted<'_>, unknown: &mut Option<String>) -> Result<Vec<Pick>, Answer> {
        let anywhere = |violation: &Violation| {
            matches!(
                violation,
                Violation::PatternProperty(_)
                    | Violation::Additional
                    | Violation::Names
                    | Violation::Unevaluated
            )
        };
        let count = wanted
            .broken
            .iter()
            .filter(|(_, violation)| anywhere(violation))
            .count();
        let mut pool: Vec<String> = Vec::new();
        if count > 0 {
            pool.extend(wanted.literal.iter().cloned());
            pool.extend(self.other_names(wanted, &wanted.literal, count, unknown));
        }
        let mut picks = Vec::new();
        for (node, violation) in wanted.broken {
            match violation {
                Violation::Property(name) => {
                    let id = node.properties.get(name).copied();
                    picks.push(vec![(name.clone(), id)]);
                }
                violation if anywhere(violation) => {
                    let mut pick = Vec::new();
                    for name in &pool {
                        match self.concerns(node, violation, name) {
                            (Truth::Yes, id) => pick.push((name.clone(), id)),
                            (Truth::No, _) => {}
                            (Truth::Unknown, _) => {
                                unknown.get_or_insert_with(|| {
                                    "a pattern of names that is not regular decides".to_owned()
                                });
                            }
                        }
                    }
                    if pick.is_empty() && unknown.is_none() {
                        return Err(Answer::Nothing);
                    }
                    picks.push(pick);
                }
                _ => {}
            }
        }
        Ok(picks)
    }

    /// Whether a rule about undeclared members is about `name`, and what the value must break then.
    fn concerns(&mut self, node: &Node, violation: &Violation, name: &str) -> (Truth, Option<Id>) {
        match violation {
            Violation::PatternProperty(index) => match node.pattern_properties.get(*index) {
                Some((pattern, id)) => (self.matches(pattern, name), Some(*id)),
                None => (Truth::No, None),
            },
            Violation::Additional => (self.declared(node, name).not(), node.additional),
            Violation::Names => {
                let names = node
                    .names
                    .map_or(Truth::Yes, |id| self.holds(id, &Json::Text(name.to_owned())));
                (names.not(), None)
            }
            Violation::Unevaluated => match self.judged(node, name) {
                // Whether an alternative holds that judges it is not known here.
                Some(judged) => (judged.not(), node.unevaluated),
                None => (Truth::Unknown, None),
            },
            _ => (Truth::No, None),
        }
    }

    fn matches(&mut self, pattern: &str, name: &str) -> Truth {
        self.texts.pattern(pattern).map(|dfa| dfa.is_match(name)).into()
    }

    /// Whether `properties` or `patternProperties` of a schema speak of `name`.
    fn declared(&mut self, node: &Node, name: &str) -> Truth {
        let mut declared = Truth::from(node.properties.contains_key(name));
        for (pattern, _) in &node.pattern_properties {
            declared = declared.not().and(self.matches(pattern, name).not()).not();
        }
        declared
    }

    /// Whether a schema judges a member, for `unevaluatedProperties`; `None` when that depends on an alternative, or on a
    /// keyword that nothing is known about.
    fn judged(&mut self, node: &Node, name: &str) -> Option<Truth> {
        let mut judged = Truth::from(node.additional.is_some())
            .not()
            .and(self.declared(node, name).not())
            .not();
        for conjunct in node.conjuncts().collect::<Vec<Id>>() {
            let conjunct = Rc::clone(self.arena.node(conjunct));
            if conjunct.unevaluated.is_some() {
                return Some(Truth::Yes);
            }
            judged = judged.not().and(self.judged(&conjunct, name)?.not()).not();
        }
        let plain = node.any.is_empty() && node.one.is_empty() && node.opaque.is_none();
        if judged == Truth::Yes || plain {
            return Some(judged);
        }
        None
    }

    /// The names that a schema, or what holds with it, mentions.
    fn names_of(&self, node: &Node, names: &mut BTreeSet<String>) {
        names.extend(node.properties.keys().chain(&node.required).cloned());
        for conjunct in node.conjuncts() {
            self.names_of(self.arena.node(conjunct), names);
        }
    }

    /// The patterns of names of a schema and of what holds with it.
    fn patterns_of(&self, node: &Node, patterns: &mut BTreeSet<String>) {
        patterns.extend(node.pattern_properties.iter().map(|(pattern, _)| pattern.clone()));
        for conjunct in node.conjuncts() {
            self.patterns_of(self.arena.node(conjunct), patterns);
        }
    }

    /// Names that nobody mentions, up to `count` of each sort.
    fn other_names(
        &mut self,
        wanted: &Wanted<'_>,
        taken: &BTreeSet<String>,
        count: usize,
        unknown: &mut Option<String>,
    ) -> Vec<String> {
        let nodes = wanted.holds.iter().map(|(node, _)| node);
        let nodes: Vec<&Rc<Node>> = nodes.chain(wanted.broken.iter().map(|(node, _)| node)).collect();
        let mut patterns: BTreeSet<String> = BTreeSet::new();
        for node in nodes {
            self.patterns_of(node, &mut patterns);
        }
        let mut bits: Vec<Id> = patterns
            .iter()
            .map(|pattern| self.arena.matching(pattern))
            .collect();
        let broken = wanted
            .broken
            .iter()
            .filter(|(_, violation)| **violation == Violation::Names);
        bits.extend(broken.filter_map(|(node, _)| node.names));
        bits.sort_unstable();
        bits.dedup();
        if bits.len() > PATTERNS_MAX {
            *unknown = Some("too many patterns of names at once".to_owned());
            return Vec::new();
        }
        let mut base = Goal::default();
        base.reads.insert(self.arena.texts());
        base.reads.extend(wanted.keeping().filter_map(|node| node.names));
        if !taken.is_empty() {
            let taken = taken.iter().cloned().map(Json::Text).collect();
            base.refuses.insert(self.arena.exactly(taken));
        }
        let mut names = Vec::new();
        for set in 0..1_usize << bits.len() {
            let mut goal = base.clone();
            for (index, bit) in bits.iter().enumerate() {
                if set >> index & 1 == 1 {
                    goal.reads.insert(*bit);
                } else {
                    goal.refuses.insert(*bit);
                }
            }
            let mut found = Vec::new();
            while found.len() < count {
                match self.find(&goal) {
                    Answer::Value(Json::Text(name)) => {
                        found.push(name);
                        let known = found.iter().cloned().map(Json::Text).collect();
                        goal.refuses.insert(self.arena.exactly(known));
                    }
                    Answer::Unknown(reason) => {
                        unknown.get_or_insert(reason);
                        break;
                    }
                    Answer::Nothing | Answer::Value(_) => break,
                }
            }
            names.extend(found);
        }
        names
    }

    /// Chooses a name for each broken rule, one after the other. Bound: each choice is a step, since there are as many as names to
    /// the power of rules.
    fn assign(&mut self, wanted: &Wanted<'_>, picks: &[Pick], chosen: &mut Pick) -> Answer {
        if !self.may_go_on() {
            return Answer::unknown(TOO_LARGE);
        }
        let Some((pick, rest)) = picks.split_first() else {
            return self.build_object(wanted, chosen);
        };
        let mut ways = Ways::default();
        for choice in pick {
            chosen.push(choice.clone());
            let answer = self.assign(wanted, rest, chosen);
            chosen.pop();
            if let Some(answer) = ways.take(answer) {
                return answer;
            }
        }
        ways.end()
    }

    fn build_object(&mut self, wanted: &Wanted<'_>, chosen: &Pick) -> Answer {
        let mut names: BTreeMap<String, BTreeSet<Id>> = BTreeMap::new();
        for (name, broken) in chosen {
            names.entry(name.clone()).or_default().extend(*broken);
        }
        for name in &wanted.required {
            names.entry(name.clone()).or_default();
        }
        if wanted.max.is_some_and(|max| names.len() as u64 > max) {
            return Answer::Nothing;
        }
        if names.keys().any(|name| !self.allowed(wanted, name)) {
            return Answer::Nothing;
        }
        let mut members = BTreeMap::new();
        let mut unknown = None;
        // What breaks something comes first: it is the most likely to have no value.
        let mut order: Vec<(String, BTreeSet<Id>)> = names.into_iter().collect();
        order.sort_by_key(|(_, refuses)| refuses.is_empty());
        for (name, refuses) in order {
            let mut goal = self.member(wanted, &name);
            goal.refuses.extend(refuses);
            match self.find(&goal) {
                Answer::Nothing => return Answer::Nothing,
                Answer::Unknown(reason) => unknown = unknown.or(Some(reason)),
                Answer::Value(value) => {
                    members.insert(name, value);
                }
            }
        }
        match unknown {
            Some(reason) => Answer::Unknown(reason),
            None => self.fill(wanted, members),
        }
    }

    /// Adds members until there are enough.
    fn fill(&mut self, wanted: &Wanted<'_>, mut members: BTreeMap<String, Json>) -> Answer {
        let mut unknown = None;
        let enough = |members: &BTreeMap<String, Json>| members.len() as u64 >= wanted.min;
        if enough(&members) {
            return Answer::Value(Json::Object(members));
        }
        if wanted.min > MEMBERS_MAX {
            return Answer::unknown("a witness would be an object of more than 400 members");
        }
        let literal: Vec<String> = wanted.literal.iter().cloned().collect();
        for name in literal {
            self.add(wanted, name, &mut members, &mut unknown);
            if enough(&members) {
                return Answer::Value(Json::Object(members));
            }
        }
        let taken: BTreeSet<String> = members.keys().chain(&wanted.literal).cloned().collect();
        let missing = usize::try_from(wanted.min).unwrap_or(usize::MAX) - members.len();
        for name in self.other_names(wanted, &taken, missing, &mut unknown) {
            self.add(wanted, name, &mut members, &mut unknown);
            if enough(&members) {
                return Answer::Value(Json::Object(members));
            }
        }
        unknown.map_or(Answer::Nothing, Answer::Unknown)
    }

    fn add(
        &mut self,
        wanted: &Wanted<'_>,
        name: String,
        members: &mut BTreeMap<String, Json>,
        unknown: &mut Option<String>,
    ) {
        if members.contains_key(&name) || !self.allowed(wanted, &name) {
            return;
        }
        let goal = self.member(wanted, &name);
        match self.find(&goal) {
            Answer::Value(value) => {
                members.insert(name, value);
            }
            Answer::Unknown(reason) => {
                unknown.get_or_insert(reason);
            }
            Answer::Nothing => {}
        }
    }

    /// Whether a member of this name may be there, as far as its name decides.
    fn allowed(&mut self, wanted: &Wanted<'_>, name: &str) -> bool {
        if wanted.forbidden.contains(name) {
            return false;
        }
        for node in wanted.keeping() {
            let text = Json::Text(name.to_owned());
            if node.names.is_some_and(|id| self.holds(id, &text) == Truth::No) {
                return false;
            }
        }
        if !wanted.written || wanted.free {
            return true;
        }
        wanted.holds.iter().any(|(node, role)| {
            *role != Role::Reads
                && (node.required.contains(name)
                    || node.describes_the_rest()
                    || self.declared(node, name) != Truth::No)
        })
    }

    /// What the value of a member must be.
    fn member(&mut self, wanted: &Wanted<'_>, name: &str) -> Goal {
        let mut goal = Goal::default();
        for (node, role) in wanted.holds {
            let mut ids: Vec<Id> = node.properties.get(name).copied().into_iter().collect();
            for (pattern, id) in &node.pattern_properties {
                if self.matches(pattern, name) == Truth::Yes {
                    ids.push(*id);
                }
            }
            if let Some(additional) = node.additional
                && self.declared(node, name) == Truth::No
            {
                ids.push(additional);
            }
            if let Some(rest) = node.unevaluated
                && self.judged(node, name) == Some(Truth::No)
            {
                ids.push(rest);
            }
            goal.set(*role).extend(ids);
        }
        goal
    }
}

impl<'h> Wanted<'h> {
    /// `None` when the counts leave nothing.
    fn of(holds: &'h [Held], broken: &'h [(Rc<Node>, &'h Violation)]) -> Option<Self> {
        let mut wanted = Self {
            holds,
            broken,
            literal: BTreeSet::new(),
            required: BTreeSet::new(),
            forbidden: BTreeSet::new(),
            min: 0,
            max: None,
            written: holds.iter().any(|(_, role)| *role == Role::Writes),
            free: false,
        };
        for node in holds
            .iter()
            .map(|(node, _)| node)
            .chain(broken.iter().map(|(node, _)| node))
        {
            wanted
                .literal
                .extend(node.properties.keys().chain(&node.required).cloned());
        }
        for (node, _) in holds.iter().filter(|(_, role)| *role != Role::Also) {
            wanted.required.extend(node.required.iter().cloned());
            wanted.min = wanted.min.max(node.min_properties.unwrap_or(0));
            wanted.at_most(node.max_properties);
        }
        wanted.free = wanted.nothing_described();
        for (node, violation) in broken {
            match violation {
                Violation::Required(name) => {
                    wanted.forbidden.insert(name.clone());
                }
                Violation::MinProperties => wanted.at_most(Some(node.min_properties?.checked_sub(1)?)),
                Violation::MaxProperties => {
                    wanted.min = wanted.min.max(node.max_properties?.checked_add(1)?);
                }
                _ => {}
            }
        }
        wanted.max.is_none_or(|max| wanted.min <= max).then_some(wanted)
    }

    /// The schemas that hold.
    fn keeping(&self) -> impl Iterator<Item = &'h Rc<Node>> + use<'h> {
        let holds = |held: &&Held| held.1 != Role::Also;
        self.holds.iter().filter(holds).map(|(node, _)| node)
    }

    fn at_most(&mut self, max: Option<u64>) {
        if let Some(max) = max {
            self.max = Some(self.max.map_or(max, |before| before.min(max)));
        }
    }

    /// Whether a writer's schema describes no member: then it says nothing about which ones are sent, and any may be.
    fn nothing_described(&self) -> bool {
        let sent = |held: &&Held| held.1 == Role::Writes;
        let writers = || self.holds.iter().filter(sent).map(|(node, _)| node);
        !writers().any(|node| node.describes_members())
    }
}

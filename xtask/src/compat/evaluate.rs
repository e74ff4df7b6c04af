//! Whether a value is valid under a schema, exactly: yes, no, or not known. Every witness passes through here before
//! anyone sees it, so a mistake in the search for one costs an answer, never a wrong one.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::decimal::is_multiple;
use super::formats::{self, Format};
use super::json::Json;
use super::schema::{Arena, Id, Node, kind};
use crate::codegen::automaton::Dfa;
use crate::codegen::number::Exact;
use crate::codegen::pattern;

/// A verdict of three values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    No,
    Unknown,
    Yes,
}

use Truth::{No, Unknown, Yes};

impl Truth {
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (No, _) | (_, No) => No,
            (Yes, Yes) => Yes,
            _ => Unknown,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    pub(crate) fn not(self) -> Self {
        match self {
            No => Yes,
            Unknown => Unknown,
            Yes => No,
        }
    }
}

impl From<bool> for Truth {
    fn from(fact: bool) -> Self {
        if fact { Yes } else { No }
    }
}

impl From<Option<bool>> for Truth {
    fn from(fact: Option<bool>) -> Self {
        fact.map_or(Unknown, Self::from)
    }
}

/// Patterns and formats as automata, each compiled once.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    patterns: HashMap<String, Option<Arc<Dfa>>>,
    formats: HashMap<String, Option<Format>>,
}

impl Texts {
    /// `None` when the pattern is not regular, or too large.
    pub(crate) fn pattern(&mut self, text: &str) -> Option<Arc<Dfa>> {
        let compile = || pattern::compile(text).ok().map(Arc::new);
        let found = self.patterns.entry(text.to_owned()).or_insert_with(compile);
        found.clone()
    }

    pub(crate) fn format(&mut self, name: &str) -> Option<Format> {
        let found = self.formats.entry(name.to_owned());
        found.or_insert_with(|| formats::bounds(name)).clone()
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Truth {
        self.pattern(pattern).map(|dfa| dfa.is_match(text)).into()
    }
}

/// Evaluates values under the schemas of an arena.
pub(crate) struct Evaluator<'a> {
    pub(crate) arena: &'a Arena,
    pub(crate) texts: &'a mut Texts,
}

impl Evaluator<'_> {
    /// Whether `value` is valid under the schema.
    pub(crate) fn holds(&mut self, id: Id, value: &Json) -> Truth {
        let node = Rc::clone(self.arena.node(id));
        self.satisfies(id, node.as_ref(), value)
    }

    /// Whether `value` is valid under what the schema says by itself: neither by reference nor by `allOf`, nor by the choices,
    /// `anyOf` or `oneOf`, that are `chosen` already.
    pub(crate) fn holds_alone(&mut self, id: Id, chosen: &[(Id, &str)], value: &Json) -> Truth {
        let mut node = self.arena.node(id).as_ref().clone();
        node.reference = None;
        node.all.clear();
        if chosen.contains(&(id, "anyOf")) {
            node.any.clear();
        }
        if chosen.contains(&(id, "oneOf")) {
            node.one.clear();
        }
        // Which members are left depends on all of it.
        if node.unevaluated.take().is_some() && matches!(value, Json::Object(_)) {
            return Unknown;
        }
        self.satisfies(id, &node, value)
    }

    fn satisfies(&mut self, id: Id, node: &Node, value: &Json) -> Truth {
        if node.never {
            return No;
        }
        let mut truth = Truth::from(node.types.is_none_or(|types| has_type(types, value)));
        if let Some(values) = &node.values {
            truth = truth.and(values.contains(value).into());
        }
        if truth == No {
            return No;
        }
        truth = truth.and(match value {
            Json::Number(number) => in_range(node, number),
            Json::Text(text) => self.text(node, text),
            Json::Array(items) => self.array(node, items),
            Json::Object(members) => self.object(node, members),
            Json::Null | Json::Bool(_) => Yes,
        });
        for conjunct in node.conjuncts() {
            truth = truth.and(self.holds(conjunct, value));
        }
        if !node.any.is_empty() {
            let any = node
                .any
                .iter()
                .fold(No, |truth, id| truth.or(self.holds(*id, value)));
            truth = truth.and(any);
        }
        if !node.one.is_empty() {
            truth = truth.and(self.exactly_one(&node.one, value));
        }
        if let Some(rest) = node.unevaluated
            && truth != No
        {
            truth = truth.and(self.unevaluated(id, rest, value));
        }
        if node.opaque.is_none() {
            truth
        } else {
            truth.and(Unknown)
        }
    }

    fn exactly_one(&mut self, ids: &[Id], value: &Json) -> Truth {
        let (mut yes, mut unknown) = (0, 0);
        for id in ids {
            match self.holds(*id, value) {
                Yes => yes += 1,
                Unknown => unknown += 1,
                No => {}
            }
        }
        match (yes, unknown) {
            (2.., _) | (0, 0) => No,
            (1, 0) => Yes,
            _ => Unknown,
        }
    }

    fn text(&mut self, node: &Node, text: &str) -> Truth {
        let length = text.chars().count() as u64;
        let mut truth = Truth::from(
            node.min_length.is_none_or(|min| length >= min)
                && node.max_length.is_none_or(|max| length <= max),
        );
        if let Some(pattern) = &node.pattern {
            truth = truth.and(self.texts.matches(pattern, text));
        }
        if let Some(name) = &node.format {
            let format = self.texts.format(name);
            let fact = format.and_then(|format| formats::is_match(&format, name, text));
            truth = truth.and(fact.into());
        }
        truth
    }

    fn array(&mut self, node: &Node, items: &[Json]) -> Truth {
        let length = items.len() as u64;
        let mut truth = Truth::from(
            node.min_items.is_none_or(|min| length >= min) && node.max_items.is_none_or(|max| length <= max),
        );
        if node.unique {
            let distinct = items
                .iter()
                .enumerate()
                .all(|(index, item)| !items.iter().take(index).any(|other| other == item));
            truth = truth.and(distinct.into());
        }
        for (index, item) in items.iter().enumerate() {
            if let Some(id) = node.prefix.get(index).copied().or(node.items) {
                truth = truth.and(self.holds(id, item));
            }
        }
        truth
    }

    fn object(&mut self, node: &Node, members: &BTreeMap<String, Json>) -> Truth {
        let count = members.len() as u64;
        let mut truth = Truth::from(
            node.min_properties.is_none_or(|min| count >= min)
                && node.max_properties.is_none_or(|max| count <= max)
                && node.required.iter().all(|name| members.contains_key(name)),
        );
        for (name, value) in members {
            if let Some(names) = node.names {
                truth = truth.and(self.holds(names, &Json::Text(name.clone())));
            }
            let mut seen = No;
            if let Some(id) = node.properties.get(name) {
                seen = Yes;
                truth = truth.and(self.holds(*id, value));
            }
            for (pattern, id) in &node.pattern_properties {
                let matches = self.texts.matches(pattern, name);
                seen = seen.or(matches);
                if matches != No {
                    let fine = self.holds(*id, value);
                    truth = truth.and(if matches == Yes { fine } else { fine.or(Unknown) });
                }
            }
            if let Some(id) = node.additional
                && seen != Yes
            {
                let fine = self.holds(id, value);
                truth = truth.and(if seen == No { fine } else { fine.or(Unknown) });
            }
        }
        truth
    }

    /// `unevaluatedProperties`: what nothing beside or below has judged is valid under `rest`.
    fn unevaluated(&mut self, id: Id, rest: Id, value: &Json) -> Truth {
        let Json::Object(members) = value else { return Yes };
        members.iter().fold(Yes, |truth, (name, member)| {
            let judged = self.judged(id, value, name, true);
            truth.and(judged.or(self.holds(rest, member)))
        })
    }

    /// Whether a schema, valid for `value`, judges its member `name`; that of `own` is asked about others' judgement.
    fn judged(&mut self, id: Id, value: &Json, name: &str, own: bool) -> Truth {
        let node = Rc::clone(self.arena.node(id));
        let rest = node.unevaluated.is_some() && !own;
        if node.properties.contains_key(name) || node.additional.is_some() || rest {
            return Yes;
        }
        // A keyword that nothing is known about may judge it.
        let mut truth = if node.opaque.is_some() { Unknown } else { No };
        for (pattern, _) in &node.pattern_properties {
            truth = truth.or(self.texts.matches(pattern, name));
        }
        for conjunct in node.conjuncts() {
            truth = truth.or(self.judged(conjunct, value, name, false));
        }
        for branch in node.any.iter().chain(&node.one) {
            if truth == Yes {
                break;
            }
            let both = self
                .holds(*branch, value)
                .and(self.judged(*branch, value, name, false));
            truth = truth.or(both);
        }
        truth
    }
}

/// Whether a value has one of the types.
pub(crate) fn has_type(types: u8, value: &Json) -> bool {
    let bit = match value {
        Json::Null => kind::NULL,
        Json::Bool(_) => kind::BOOLEAN,
        Json::Number(number) if number.is_integer() => kind::INTEGER,
        Json::Number(_) => kind::NUMBER & !kind::INTEGER,
        Json::Text(_) => kind::TEXT,
        Json::Array(_) => kind::ARRAY,
        Json::Object(_) => kind::OBJECT,
    };
    types & bit != 0
}

/// The limits and the step of a number.
pub(crate) fn in_range(node: &Node, number: &Exact) -> Truth {
    let within = node.minimum.as_ref().is_none_or(|limit| number >= limit)
        && node.maximum.as_ref().is_none_or(|limit| number <= limit)
        && node.above.as_ref().is_none_or(|limit| number > limit)
        && node.below.as_ref().is_none_or(|limit| number < limit);
    let step = node.multiple_of.as_ref();
    let step = step.map_or(Yes, |step| is_multiple(number, step).into());
    Truth::from(within).and(step)
}

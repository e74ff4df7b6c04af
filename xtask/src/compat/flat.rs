//! A schema with its references and `allOf` read as one: what a person would compare. Used to say what changed and where,
//! never to decide whether it breaks anything.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::json::Json;
use super::schema::{Arena, Id, Node, Opaque, kind};
use crate::codegen::number::Exact;

/// All that some schemas, which hold together, say.
#[derive(Debug, Default)]
pub(crate) struct Flat {
    /// The schemas and what they refer to.
    pub(crate) parts: Vec<Id>,
    pub(crate) never: bool,
    pub(crate) types: u8,
    pub(crate) values: Option<Vec<Json>>,
    /// The lowest and highest number: the limit, and whether it is itself left out.
    pub(crate) low: Option<(Exact, bool)>,
    pub(crate) high: Option<(Exact, bool)>,
    pub(crate) steps: BTreeSet<String>,
    pub(crate) lengths: Counts,
    pub(crate) patterns: BTreeSet<String>,
    pub(crate) formats: BTreeSet<String>,
    pub(crate) items: Counts,
    pub(crate) unique: bool,
    pub(crate) properties: BTreeMap<String, Vec<Id>>,
    pub(crate) required: BTreeSet<String>,
    pub(crate) members: Counts,
    pub(crate) closed: bool,
    pub(crate) opaque: BTreeSet<Rc<Opaque>>,
    pub(crate) redis: BTreeMap<String, String>,
    pub(crate) notes: BTreeMap<String, String>,
}

/// A range of counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

impl Counts {
    fn narrow(&mut self, min: Option<u64>, max: Option<u64>) {
        self.min = self.min.max(min.unwrap_or(0));
        self.max = match (self.max, max) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// Whether everything here is there as well.
    pub(crate) fn within(&self, other: &Self) -> bool {
        self.min >= other.min
            && other
                .max
                .is_none_or(|most| self.max.is_some_and(|max| max <= most))
    }
}

impl Flat {
    pub(crate) fn of(arena: &Arena, ids: &[Id]) -> Self {
        let mut flat = Self {
            types: kind::ALL,
            ..Self::default()
        };
        for id in ids {
            flat.add(arena, *id);
        }
        flat
    }

    fn add(&mut self, arena: &Arena, id: Id) {
        if self.parts.contains(&id) {
            return;
        }
        self.parts.push(id);
        let node = arena.node(id);
        self.never |= node.never;
        self.types &= node.types.unwrap_or(kind::ALL);
        if let Some(values) = &node.values {
            match &mut self.values {
                Some(before) => before.retain(|value| values.contains(value)),
                None => self.values = Some(values.clone()),
            }
        }
        self.limits(node);
        self.steps
            .extend(node.multiple_of.as_ref().map(ToString::to_string));
        self.lengths.narrow(node.min_length, node.max_length);
        self.patterns.extend(node.pattern.clone());
        self.formats.extend(node.format.clone());
        self.items.narrow(node.min_items, node.max_items);
        self.unique |= node.unique;
        for (name, child) in &node.properties {
            self.properties.entry(name.clone()).or_default().push(*child);
        }
        self.required.extend(node.required.iter().cloned());
        self.members.narrow(node.min_properties, node.max_properties);
        let never = Some(super::schema::FALSE);
        self.closed |= node.unevaluated == never || node.additional == never;
        self.opaque.extend(node.opaque.clone());
        for (name, text) in &node.redis {
            self.redis.entry(name.clone()).or_insert_with(|| text.clone());
        }
        for (name, text) in &node.notes {
            // The words at the place of use win over those of what it refers to.
            self.notes.entry(name.clone()).or_insert_with(|| text.clone());
        }
        for conjunct in node.conjuncts() {
            self.add(arena, conjunct);
        }
    }

    fn limits(&mut self, node: &Node) {
        for (limit, open) in [(&node.minimum, false), (&node.above, true)] {
            let Some(limit) = limit else { continue };
            let new = (limit.clone(), open);
            if self.low.as_ref().is_none_or(|low| new > *low) {
                self.low = Some(new);
            }
        }
        for (limit, open) in [(&node.maximum, false), (&node.below, true)] {
            let Some(limit) = limit else { continue };
            let tighter = |high: &(Exact, bool)| limit < &high.0 || (limit == &high.0 && open);
            if self.high.as_ref().is_none_or(tighter) {
                self.high = Some((limit.clone(), open));
            }
        }
    }

    /// Whether the limits of this range lie within those of another.
    pub(crate) fn range_within(&self, other: &Self) -> bool {
        let low = match (&self.low, &other.low) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(others)) => own >= others,
        };
        let high = match (&self.high, &other.high) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some((own, open)), Some((others, opened))) => {
                own < others || (own == others && (*open || !opened))
            }
        };
        low && high
    }

    /// The parts for which `says` holds.
    pub(crate) fn saying(&self, arena: &Arena, says: impl Fn(&Node) -> bool) -> Vec<Id> {
        self.parts
            .iter()
            .copied()
            .filter(|id| says(arena.node(*id)))
            .collect()
    }
}

/// Whether two schemas say the same, words for people aside; `assumed` are the pairs under way.
pub(crate) fn same(arena: &Arena, a: Id, b: Id, assumed: &mut BTreeSet<(Id, Id)>) -> bool {
    if a == b || !assumed.insert((a, b)) {
        return true;
    }
    let (one, other) = (arena.node(a), arena.node(b));
    let mut children = |one: &[Id], other: &[Id]| {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(arena, *a, *b, assumed))
    };
    one.without_below() == other.without_below()
        && one.properties.keys().eq(other.properties.keys())
        && one
            .pattern_properties
            .iter()
            .map(|(p, _)| p)
            .eq(other.pattern_properties.iter().map(|(p, _)| p))
        && children(&below(one), &below(other))
        && [&one.prefix, &one.all, &one.any, &one.one]
            .into_iter()
            .zip([&other.prefix, &other.all, &other.any, &other.one])
            .all(|(a, b)| children(a, b))
}

/// Every subschema that stands in a place of its own; a placeholder where there is none.
fn below(node: &Node) -> Vec<Id> {
    let absent = super::schema::TRUE;
    let present = |id: Option<Id>| {
        if id.is_some() {
            super::schema::FALSE
        } else {
            absent
        }
    };
    let single = [
        node.items,
        node.additional,
        node.names,
        node.unevaluated,
        node.reference,
    ];
    node.properties
        .values()
        .copied()
        .chain(node.pattern_properties.iter().map(|(_, id)| *id))
        .chain(single.map(present))
        .chain(single.map(|id| id.unwrap_or(absent)))
        .collect()
}

//! What changed in the members of objects, declared and undeclared.

use std::collections::BTreeSet;

use super::words::{counts, narrowed, words};
use super::{Differ, Here, Step, with};
use crate::compat::flat::{Flat, same};
use crate::compat::schema::{FALSE, Id, Node, TRUE};

impl Differ<'_> {
    pub(super) fn members(&mut self, here: &Here<'_>) {
        let (old, new) = (here.old, here.new);
        let shape = |node: &Node| {
            !node.properties.is_empty() || !node.pattern_properties.is_empty() || node.additional.is_some()
        };
        // What a side says about members that it does not declare.
        let rest = |node: &Node| Node {
            properties: node.properties.keys().map(|name| (name.clone(), TRUE)).collect(),
            pattern_properties: node.pattern_properties.clone(),
            additional: node.additional,
            ..Node::default()
        };
        for name in old
            .properties
            .keys()
            .chain(new.properties.keys())
            .collect::<BTreeSet<_>>()
        {
            let (before, after) = (old.properties.get(name), new.properties.get(name));
            let declared = |ids: &Vec<Id>, required: bool| Node {
                all: vec![],
                properties: ids.first().map(|id| (name.clone(), *id)).into_iter().collect(),
                required: required.then(|| name.clone()).into_iter().collect(),
                ..Node::default()
            };
            match (before, after) {
                (Some(before), Some(after)) => {
                    self.compare(before, after, &with(here.path, Step::Member(name.clone())));
                }
                (None, Some(after)) => {
                    let required = new.required.contains(name) && !old.required.contains(name);
                    let kind = if required {
                        "required-member-added"
                    } else {
                        "member-added"
                    };
                    let (a, b) = (self.closing(here, old, shape, rest), declared(after, required));
                    let at = Self::at(after, &new.parts);
                    self.member_change(here, at, name, kind, a, b);
                }
                (Some(before), None) => {
                    let required = old.required.contains(name) && !new.required.contains(name);
                    let (a, b) = (declared(before, required), self.closing(here, new, shape, rest));
                    let at = Self::at(before, &old.parts);
                    self.member_change(here, at, name, "member-removed", a, b);
                }
                (None, None) => {}
            }
        }
        for name in old.required.symmetric_difference(&new.required) {
            let (was, is) = (
                old.properties.contains_key(name),
                new.properties.contains_key(name),
            );
            if was != is {
                continue;
            }
            let required = Node {
                required: BTreeSet::from([name.clone()]),
                ..Node::default()
            };
            let detail = format!("`{name}`");
            if new.required.contains(name) {
                self.change(
                    here,
                    "required",
                    "member-required",
                    &detail,
                    Node::default(),
                    required,
                );
            } else {
                self.change(
                    here,
                    "required",
                    "member-made-optional",
                    &detail,
                    required,
                    Node::default(),
                );
            }
        }
    }

    /// What a side says about members that it does not declare, also by `unevaluatedProperties`.
    fn closing(
        &mut self,
        here: &Here<'_>,
        flat: &Flat,
        says: fn(&Node) -> bool,
        only: fn(&Node) -> Node,
    ) -> Node {
        let by_all = flat
            .parts
            .iter()
            .any(|id| self.solver.arena.node(*id).unevaluated.is_some());
        if by_all {
            let ids = if std::ptr::eq(flat, here.old) {
                here.old_ids
            } else {
                here.new_ids
            };
            return Node {
                all: ids.to_vec(),
                ..Node::default()
            };
        }
        self.probe(flat, says, only)
    }

    pub(super) fn at(ids: &[Id], parts: &[Id]) -> Id {
        ids.first().or(parts.first()).copied().unwrap_or(TRUE)
    }

    pub(super) fn undeclared(&mut self, here: &Here<'_>) {
        let (old, new) = (here.old, here.new);
        if old.members != new.members {
            let kind = narrowed(
                new.members.within(&old.members),
                old.members.within(&new.members),
                [
                    "member-count-narrowed",
                    "member-count-widened",
                    "member-count-changed",
                ],
            );
            let keyword = if old.members.min == new.members.min {
                "maxProperties"
            } else {
                "minProperties"
            };
            let probe = |flat: &Flat| Node {
                min_properties: Some(flat.members.min),
                max_properties: flat.members.max,
                ..Node::default()
            };
            let detail = format!("{} became {}", counts(old.members), counts(new.members));
            self.change(here, keyword, kind, &detail, probe(old), probe(new));
        }
        if old.closed != new.closed {
            let kind = if new.closed {
                "members-closed"
            } else {
                "members-opened"
            };
            let (a, b) = (
                Node {
                    all: here.old_ids.to_vec(),
                    ..Node::default()
                },
                Node {
                    all: here.new_ids.to_vec(),
                    ..Node::default()
                },
            );
            self.change(here, "additionalProperties", kind, "", a, b);
        }
        let arena = &self.solver.arena;
        let schema = |node: &Node| node.additional.is_some_and(|id| id != FALSE);
        let (before, after) = (old.saying(arena, schema), new.saying(arena, schema));
        if let ([a], [b]) = (before.as_slice(), after.as_slice()) {
            let ids = (arena.node(*a).additional, arena.node(*b).additional);
            if let (Some(one), Some(other)) = ids {
                let name = self.other_name(here, None);
                self.compare(&[one], &[other], &with(here.path, Step::Member(name)));
            }
        } else if !before.is_empty() || !after.is_empty() {
            let only = |node: &Node| Node {
                properties: node.properties.keys().map(|name| (name.clone(), TRUE)).collect(),
                pattern_properties: node
                    .pattern_properties
                    .iter()
                    .map(|(p, _)| (p.clone(), TRUE))
                    .collect(),
                additional: node.additional,
                ..Node::default()
            };
            let (a, b) = (self.probe(old, schema, only), self.probe(new, schema, only));
            self.change(
                here,
                "additionalProperties",
                "undeclared-members-changed",
                "",
                a,
                b,
            );
        }
        self.patterned(here);
        self.names(here);
    }

    fn patterned(&mut self, here: &Here<'_>) {
        let arena = &self.solver.arena;
        let says = |node: &Node| !node.pattern_properties.is_empty();
        let all = |flat: &Flat| -> Vec<(String, Id)> {
            let parts = flat.saying(arena, says);
            parts
                .iter()
                .flat_map(|id| arena.node(*id).pattern_properties.clone())
                .collect()
        };
        let (before, after) = (all(here.old), all(here.new));
        for (pattern, id) in &before {
            if let Some((_, other)) = after.iter().find(|(other, _)| other == pattern) {
                let name = self.other_name(here, Some(pattern));
                self.compare(&[*id], &[*other], &with(here.path, Step::Member(name)));
            }
        }
        let patterns = |list: &[(String, Id)]| {
            list.iter()
                .map(|(pattern, _)| pattern.clone())
                .collect::<BTreeSet<_>>()
        };
        let (one, other) = (patterns(&before), patterns(&after));
        if one != other {
            let only = |node: &Node| Node {
                pattern_properties: node.pattern_properties.clone(),
                ..Node::default()
            };
            let (a, b) = (self.probe(here.old, says, only), self.probe(here.new, says, only));
            let detail = format!("{} became {}", words(&one), words(&other));
            self.change(
                here,
                "patternProperties",
                "pattern-members-changed",
                &detail,
                a,
                b,
            );
        }
    }

    fn names(&mut self, here: &Here<'_>) {
        let arena = &self.solver.arena;
        let says = |node: &Node| node.names.is_some();
        let ids = |flat: &Flat| -> Vec<Id> {
            let parts = flat.saying(arena, says);
            parts.iter().filter_map(|id| arena.node(*id).names).collect()
        };
        let (before, after) = (ids(here.old), ids(here.new));
        let equal = before.len() == after.len()
            && before
                .iter()
                .zip(&after)
                .all(|(a, b)| same(arena, *a, *b, &mut BTreeSet::new()));
        if !equal {
            let only = |node: &Node| Node {
                names: node.names,
                ..Node::default()
            };
            let (a, b) = (self.probe(here.old, says, only), self.probe(here.new, says, only));
            self.change(here, "propertyNames", "member-names-changed", "", a, b);
        }
    }
}

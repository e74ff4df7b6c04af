//! What changed in arrays and among alternatives.

use std::collections::BTreeSet;

use super::words::{counts, narrowed};
use super::{Differ, Here, Step, with};
use crate::compat::flat::{Flat, same};
use crate::compat::json::Json;
use crate::compat::schema::{Id, Node};

impl Differ<'_> {
    pub(super) fn arrays(&mut self, here: &Here<'_>) {
        let (old, new) = (here.old, here.new);
        if old.items != new.items {
            let kind = narrowed(
                new.items.within(&old.items),
                old.items.within(&new.items),
                ["item-count-narrowed", "item-count-widened", "item-count-changed"],
            );
            let keyword = if old.items.min == new.items.min {
                "maxItems"
            } else {
                "minItems"
            };
            let probe = |flat: &Flat| Node {
                min_items: Some(flat.items.min),
                max_items: flat.items.max,
                ..Node::default()
            };
            let detail = format!("{} became {}", counts(old.items), counts(new.items));
            self.change(here, keyword, kind, &detail, probe(old), probe(new));
        }
        if old.unique != new.unique {
            let kind = if new.unique {
                "unique-items-required"
            } else {
                "unique-items-dropped"
            };
            let probe = |flat: &Flat| Node {
                unique: flat.unique,
                ..Node::default()
            };
            self.change(here, "uniqueItems", kind, "", probe(old), probe(new));
        }
        let says = |node: &Node| !node.prefix.is_empty() || node.items.is_some();
        let arena = &self.solver.arena;
        let (before, after) = (old.saying(arena, says), new.saying(arena, says));
        let only = |node: &Node| Node {
            prefix: node.prefix.clone(),
            items: node.items,
            ..Node::default()
        };
        if let ([a], [b]) = (before.as_slice(), after.as_slice()) {
            let (a, b) = (arena.node(*a).clone(), arena.node(*b).clone());
            for (index, (one, other)) in a.prefix.iter().zip(&b.prefix).enumerate() {
                self.compare(&[*one], &[*other], &with(here.path, Step::Index(index)));
            }
            let behind = Step::Index(a.prefix.len().max(b.prefix.len()));
            match (a.items, b.items) {
                (Some(one), Some(other)) => self.compare(&[one], &[other], &with(here.path, behind)),
                (None, None) => {}
                _ => self.change(here, "items", "items-changed", "", only(&a), only(&b)),
            }
            if a.prefix.len() != b.prefix.len() {
                let detail = format!("a list of {} became one of {}", a.prefix.len(), b.prefix.len());
                self.change(here, "prefixItems", "tuple-changed", &detail, only(&a), only(&b));
            }
        } else if !before.is_empty() || !after.is_empty() {
            let (a, b) = (self.probe(old, says, only), self.probe(new, says, only));
            self.change(here, "items", "items-changed", "", a, b);
        }
    }

    pub(super) fn alternatives(&mut self, here: &Here<'_>) {
        let says = |node: &Node| !node.any.is_empty() || !node.one.is_empty();
        let arena = &self.solver.arena;
        let (before, after) = (here.old.saying(arena, says), here.new.saying(arena, says));
        let only = |node: &Node| Node {
            any: node.any.clone(),
            one: node.one.clone(),
            ..Node::default()
        };
        let ([a], [b]) = (before.as_slice(), after.as_slice()) else {
            if !before.is_empty() || !after.is_empty() {
                let (a, b) = (self.probe(here.old, says, only), self.probe(here.new, says, only));
                self.change(here, "oneOf", "alternatives-changed", "", a, b);
            }
            return;
        };
        let (a, b) = (arena.node(*a).clone(), arena.node(*b).clone());
        let keyword = if b.one.is_empty() { "anyOf" } else { "oneOf" };
        if a.any.is_empty() != b.any.is_empty() || a.one.is_empty() != b.one.is_empty() {
            self.change(here, keyword, "alternatives-changed", "", only(&a), only(&b));
        }
        let list = |node: &Node| -> Vec<Id> { node.any.iter().chain(&node.one).copied().collect() };
        let (mut before, mut after) = (list(&a), list(&b));
        let mut pairs = Vec::new();
        // What says the same belongs together, then what has the same constants, then what stands at the same place.
        for alike in [
            (|differ: &Self, a, b| same(&differ.solver.arena, a, b, &mut BTreeSet::new()))
                as fn(&Self, Id, Id) -> bool,
            |differ, a, b| differ.tagged(a).is_some_and(|tag| differ.tagged(b) == Some(tag)),
        ] {
            before.retain(
                |one| match after.iter().position(|other| alike(self, *one, *other)) {
                    Some(at) => {
                        pairs.push((*one, after.remove(at)));
                        false
                    }
                    None => true,
                },
            );
        }
        if before.len() == after.len() {
            pairs.extend(before.drain(..).zip(after.drain(..)));
        }
        for (one, other) in pairs {
            self.compare(&[one], &[other], here.path);
        }
        if !after.is_empty() {
            let detail = format!("{} more", after.len());
            self.change(here, keyword, "alternative-added", &detail, only(&a), only(&b));
        }
        if !before.is_empty() {
            let detail = format!("{} fewer", before.len());
            self.change(here, keyword, "alternative-removed", &detail, only(&a), only(&b));
        }
    }

    /// The constants of an alternative's members, by which it is told from the others.
    fn tagged(&self, id: Id) -> Option<Vec<(String, Json)>> {
        let flat = Flat::of(&self.solver.arena, &[id]);
        let constant = |(name, ids): (&String, &Vec<Id>)| {
            let values = Flat::of(&self.solver.arena, ids).values?;
            match values.as_slice() {
                [one] => Some((name.clone(), one.clone())),
                _ => None,
            }
        };
        let tags: Vec<(String, Json)> = flat.properties.iter().filter_map(constant).collect();
        (!tags.is_empty()).then_some(tags)
    }
}

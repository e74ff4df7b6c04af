//! What changed in types, values, numbers and texts.

use std::collections::BTreeSet;

use super::words::{counts, narrowed, range, types, words};
use super::{Differ, Here};
use crate::compat::flat::Flat;
use crate::compat::json::Json;
use crate::compat::schema::{Node, kind};

impl Differ<'_> {
    pub(super) fn values(&mut self, here: &Here<'_>) {
        let (old, new) = (here.old, here.new);
        if old.types != new.types || old.never != new.never {
            let allowed = |flat: &Flat| if flat.never { 0 } else { flat.types };
            let (before, after) = (allowed(old), allowed(new));
            let added = after & !before;
            let gone = before & !after;
            let kind = match (gone, added) {
                (kind::NULL, 0) => "null-refused",
                (0, kind::NULL) => "null-allowed",
                (_, 0) => "type-narrowed",
                (0, _) => "type-widened",
                _ => "type-changed",
            };
            let probe = |flat: &Flat| Node {
                never: flat.never,
                types: Some(flat.types),
                ..Node::default()
            };
            let detail = format!("{} became {}", types(before), types(after));
            self.change(here, "type", kind, &detail, probe(old), probe(new));
        }
        if old.values == new.values {
            return;
        }
        let probe = |flat: &Flat| Node {
            values: flat.values.clone(),
            ..Node::default()
        };
        let list = |values: &[Json]| values.iter().map(Json::text).collect::<Vec<_>>().join(", ");
        match (&old.values, &new.values) {
            (Some(before), Some(after)) if before.len() == 1 && after.len() == 1 => {
                let detail = format!("{} became {}", list(before), list(after));
                self.change(here, "const", "const-changed", &detail, probe(old), probe(new));
            }
            (Some(before), Some(after)) => {
                let missing = |from: &[Json], of: &[Json]| -> Vec<Json> {
                    from.iter().filter(|value| !of.contains(value)).cloned().collect()
                };
                let (gone, came) = (missing(before, after), missing(after, before));
                let both = || {
                    let both = before
                        .iter()
                        .filter(|value| after.contains(value))
                        .cloned()
                        .collect();
                    Node {
                        values: Some(both),
                        ..Node::default()
                    }
                };
                if !gone.is_empty() {
                    let detail = format!("{} is not allowed any more", list(&gone));
                    self.change(
                        here,
                        "enum",
                        "enum-value-removed",
                        &detail,
                        Node::default(),
                        both(),
                    );
                }
                if !came.is_empty() {
                    let detail = format!("{} is allowed too", list(&came));
                    self.change(here, "enum", "enum-value-added", &detail, both(), Node::default());
                }
            }
            (None, Some(after)) => {
                let detail = format!("only {}", list(after));
                self.change(here, "enum", "values-restricted", &detail, probe(old), probe(new));
            }
            _ => self.change(here, "enum", "values-freed", "", probe(old), probe(new)),
        }
    }

    pub(super) fn scalars(&mut self, here: &Here<'_>) {
        let (old, new) = (here.old, here.new);
        if old.low != new.low || old.high != new.high {
            let kind = narrowed(
                new.range_within(old),
                old.range_within(new),
                ["range-narrowed", "range-widened", "range-changed"],
            );
            let keyword = if old.low == new.low { "maximum" } else { "minimum" };
            let probe = |flat: &Flat| {
                let limit = |side: &Option<(_, bool)>, open: bool| {
                    side.clone()
                        .filter(|(_, is_open)| *is_open == open)
                        .map(|(limit, _)| limit)
                };
                Node {
                    minimum: limit(&flat.low, false),
                    above: limit(&flat.low, true),
                    maximum: limit(&flat.high, false),
                    below: limit(&flat.high, true),
                    ..Node::default()
                }
            };
            let detail = format!("{} became {}", range(old), range(new));
            self.change(here, keyword, kind, &detail, probe(old), probe(new));
        }
        if old.lengths != new.lengths {
            let kind = narrowed(
                new.lengths.within(&old.lengths),
                old.lengths.within(&new.lengths),
                ["length-narrowed", "length-widened", "length-changed"],
            );
            let keyword = if old.lengths.min == new.lengths.min {
                "maxLength"
            } else {
                "minLength"
            };
            let probe = |flat: &Flat| Node {
                min_length: Some(flat.lengths.min),
                max_length: flat.lengths.max,
                ..Node::default()
            };
            let detail = format!("{} became {}", counts(old.lengths), counts(new.lengths));
            self.change(here, keyword, kind, &detail, probe(old), probe(new));
        }
        for (keyword, kind, of) in [
            (
                "multipleOf",
                "step-changed",
                (|flat| &flat.steps) as fn(&Flat) -> &BTreeSet<String>,
            ),
            ("pattern", "pattern-changed", |flat| &flat.patterns),
            ("format", "format-changed", |flat| &flat.formats),
        ] {
            if of(old) == of(new) {
                continue;
            }
            let says = |node: &Node| match keyword {
                "multipleOf" => node.multiple_of.is_some(),
                "pattern" => node.pattern.is_some(),
                _ => node.format.is_some(),
            };
            let only = |node: &Node| Node {
                multiple_of: node.multiple_of.clone().filter(|_| keyword == "multipleOf"),
                pattern: node.pattern.clone().filter(|_| keyword == "pattern"),
                format: node.format.clone().filter(|_| keyword == "format"),
                ..Node::default()
            };
            let (before, after) = (self.probe(old, says, only), self.probe(new, says, only));
            let detail = format!("{} became {}", words(of(old)), words(of(new)));
            self.change(here, keyword, kind, &detail, before, after);
        }
        if old.opaque != new.opaque {
            self.opaque(here);
        }
    }

    /// Keywords that nothing is known about, or what stands beside them.
    fn opaque(&mut self, here: &Here<'_>) {
        let (old, new) = (here.old, here.new);
        let said = |flat: &Flat| {
            let keywords = flat.opaque.iter().flat_map(|opaque| opaque.keywords.clone());
            keywords.collect::<BTreeSet<(String, String)>>()
        };
        let (before, after) = (said(old), said(new));
        // The keyword that changed, or the first of those beside which something did.
        let changed = before.symmetric_difference(&after).next();
        let keyword = changed
            .or_else(|| after.first())
            .map_or("", |(name, _)| name)
            .to_owned();
        let says = |node: &Node| node.opaque.is_some();
        let only = |node: &Node| Node {
            opaque: node.opaque.clone(),
            ..Node::default()
        };
        let (before, after) = (self.probe(old, says, only), self.probe(new, says, only));
        self.change(here, &keyword, "unknown-keyword-changed", "", before, after);
    }
}

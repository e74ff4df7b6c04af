//! What is said about one value: a schema together with all that its `$ref` and `allOf` add.
//!
//! Rules are *taken* from here, each occurrence by whoever decides its meaning; `report` asks in the end for those that
//! nobody took. Where a keyword is given in several parts, a value must satisfy each: limits become the tightest, types
//! what all allow.

use super::super::keywords::{self, Verdict};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::super::resolve::{Place, SchemaId};
use super::kinds::{ALL, type_bits};
use super::{DEPTH_MAX, Lowered, Lowering, Reported};

/// A schema and all it refers to by `$ref` beside other rules: a value must satisfy each.
pub(super) struct Facts {
    /// The schema itself first.
    pub(super) parts: Vec<SchemaId>,
    /// What was asked for: one schema, several that describe the same value, or none where these are a branch of them.
    pub(super) asked: Vec<SchemaId>,
    /// The choice that has been made already where the rules beside it are read with each of its branches.
    pub(super) made: Vec<(SchemaId, &'static str)>,
    /// Which part adds which: what `$ref`, `allOf` and the choices that are made lead to, in place.
    pub(super) added: Vec<(SchemaId, SchemaId)>,
    /// Where several types are allowed, the one that is looked at.
    pub(super) only: Option<u8>,
}

impl Facts {
    /// The part itself and all that it adds: what its `unevaluatedProperties` sees.
    pub(super) fn seen_by(&self, part: SchemaId) -> Vec<SchemaId> {
        let mut seen = vec![part];
        let mut next = 0;
        // Bound: each part is looked at once.
        while let Some(at) = seen.get(next).copied() {
            let below = self.added.iter().filter(|(by, _)| *by == at);
            for (_, other) in below {
                if !seen.contains(other) {
                    seen.push(*other);
                }
            }
            next += 1;
        }
        seen
    }

    pub(super) fn own(&self) -> SchemaId {
        self.parts.first().copied().unwrap_or(SchemaId(0))
    }
}

/// An occurrence of a keyword.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) owner: SchemaId,
    pub(super) keyword: &'static str,
    pub(super) node: &'a Node,
}

/// The types a schema allows.
pub(super) struct Types {
    pub(super) set: u8,
    /// Whether it says so, or allows all for want of a word.
    pub(super) given: bool,
}

impl<'a> Lowering<'a, '_> {
    /// The schemas and all that their `$ref` and `allOf` add.
    pub(super) fn gather(&mut self, ids: &[SchemaId]) -> Lowered<Facts> {
        let mut facts = Facts {
            parts: Vec::new(),
            asked: ids.to_vec(),
            made: Vec::new(),
            added: Vec::new(),
            only: None,
        };
        for id in ids {
            self.gather_into(*id, &mut facts, &mut Vec::new())?;
        }
        Ok(facts)
    }

    pub(super) fn gather_into(
        &mut self,
        id: SchemaId,
        facts: &mut Facts,
        path: &mut Vec<SchemaId>,
    ) -> Lowered<()> {
        if facts.parts.contains(&id) && !path.contains(&id) {
            facts.added.extend(path.last().map(|by| (*by, id)));
            return Ok(());
        }
        // What could not be gathered once is not tried again: it was reported, and a chain would be followed from each of its links.
        if self.ungathered.contains(&id) {
            return Err(Reported);
        }
        #[cfg(test)]
        {
            self.gathered += 1;
        }
        let gathered = self.gather_part(id, facts, path);
        if gathered.is_err() {
            self.ungathered.insert(id);
        }
        gathered
    }

    fn gather_part(&mut self, id: SchemaId, facts: &mut Facts, path: &mut Vec<SchemaId>) -> Lowered<()> {
        if path.len() >= DEPTH_MAX {
            return Err(self.too_deep(id));
        }
        if path.contains(&id) {
            return Err(self.endless(path.last().copied().unwrap_or(id)));
        }
        facts.added.extend(path.last().map(|by| (*by, id)));
        let schema = self.set.schema(id);
        if schema.broken {
            return Err(Reported);
        }
        if let Value::Bool(false) = schema.node.value {
            let help = Some("remove what it describes");
            return Err(self.error(id, "`false` accepts no value at all", help));
        }
        facts.parts.push(id);
        path.push(id);
        self.taken.insert((id, "$ref"));
        if let Some(target) = schema.target {
            self.gather_into(target, facts, path)?;
        }
        if let Some(all) = schema.node.get("allOf").and_then(Node::as_array) {
            self.taken.insert((id, "allOf"));
            for index in 0..all.len() {
                if let Some(child) = self.set.child(id, &["allOf", &index.to_string()]) {
                    self.gather_into(child, facts, path)?;
                }
            }
        }
        path.pop();
        Ok(())
    }

    /// Takes every occurrence of `keyword`.
    pub(super) fn take_all(&mut self, facts: &Facts, keyword: &'static str) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        for owner in &facts.parts {
            if facts.made.contains(&(*owner, keyword)) {
                continue;
            }
            if let Some(node) = self.set.schema(*owner).node.get(keyword) {
                self.taken.insert((*owner, keyword));
                found.push(Found {
                    owner: *owner,
                    keyword,
                    node,
                });
            }
        }
        found
    }

    /// Takes the occurrence of a keyword that cannot be combined with another of its kind.
    pub(super) fn take_one(&mut self, facts: &Facts, keyword: &'static str) -> Lowered<Option<Found<'a>>> {
        let found = self.take_all(facts, keyword);
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            [_, second, ..] => {
                let message = format!("`{keyword}` is given twice for the same value, by `$ref` or `allOf`");
                Err(self.error_at(*second, message, Some("give it in one place")))
            }
        }
    }

    pub(super) fn take_number(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        tighter: fn(&Exact, &Exact) -> bool,
    ) -> Option<(Found<'a>, Exact)> {
        let mut best: Option<(Found<'a>, Exact)> = None;
        for found in self.take_all(facts, keyword) {
            let Value::Number(text) = &found.node.value else {
                continue;
            };
            let Some(number) = Exact::parse(text) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, before)| tighter(&number, before)) {
                best = Some((found, number));
            }
        }
        best
    }

    pub(super) fn take_count(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        tighter: fn(&Exact, &Exact) -> bool,
    ) -> Option<u64> {
        self.take_number(facts, keyword, tighter)
            .and_then(|(_, number)| number.as_u64())
    }

    /// The types that all parts allow, and where they say so.
    pub(super) fn types(&mut self, facts: &Facts) -> Lowered<Types> {
        let mut types = Types {
            set: facts.only.unwrap_or(ALL),
            given: facts.only.is_some(),
        };
        for found in self.take_all(facts, "type") {
            types.given = true;
            types.set &= type_bits(found.node);
            if types.set == 0 {
                return Err(self.error_at(
                    found,
                    "no value has this type and the other types it must have",
                    Some("correct one of the types"),
                ));
            }
        }
        Ok(types)
    }

    /// Takes all that schemas say, here and within: it is decided without lowering them.
    pub(super) fn take_within(&mut self, ids: &[SchemaId]) {
        let mut all = ids.to_vec();
        // Bound: a schema stands in one place.
        while let Some(id) = all.pop() {
            for member in self.set.schema(id).node.as_object().unwrap_or(&[]) {
                if let Some(keyword) = keywords::find(&member.name) {
                    self.taken.insert((id, keyword.name));
                }
            }
            let inner = self.set.children(id).iter().copied();
            all.extend(inner.filter(|child| !matches!(self.set.schema(*child).place, Place::Definition(_))));
        }
    }

    /// Whether a schema says nothing about values by itself.
    pub(super) fn binds_nothing(&self, id: SchemaId) -> bool {
        self.set
            .schema(id)
            .node
            .as_object()
            .unwrap_or(&[])
            .iter()
            .all(|member| is_unbinding(&member.name))
    }

    /// The schema that a schema is, if all it says is `allOf` of that one.
    pub(super) fn only_conjunct(&self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.set.schema(id);
        let one = schema
            .node
            .get("allOf")
            .and_then(Node::as_array)
            .is_some_and(|all| all.len() == 1);
        (one && schema.target.is_none() && self.binds_nothing(id))
            .then(|| self.set.child(id, &["allOf", "0"]))
            .flatten()
    }

    /// Whether a schema is a `$ref` and at most documentation.
    pub(super) fn only_refers(&self, id: SchemaId) -> bool {
        self.binds_nothing(id) && self.set.schema(id).node.get("allOf").is_none()
    }
}

/// Whether a keyword says nothing about values by itself.
pub(super) fn is_unbinding(name: &str) -> bool {
    let verdict = keywords::find(name).map(|keyword| keyword.verdict);
    verdict == Some(Verdict::Annotation)
        || matches!(name, "$ref" | "$defs" | "$id" | "$anchor" | "default" | "allOf")
}

#[cfg(test)]
mod tests {
    use super::super::super::diagnostics::Diagnostics;
    use super::super::super::{load, resolve};
    use super::*;
    use crate::codegen::lower::Scope;

    /// How many schemas are gathered for a chain of definitions by `allOf`, and how many mistakes are reported.
    fn gathered(length: usize) -> (usize, usize) {
        let link = |n: usize| {
            format!(
                "\"d{n}\":{{\"minLength\":1,\"allOf\":[{{\"$ref\":\"#/$defs/d{}\"}}]}}",
                n + 1
            )
        };
        let links: Vec<String> = (0..length).map(link).collect();
        let last = format!("\"d{length}\":{{\"type\":\"string\"}}");
        let text = format!(
            "{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{},{last}}}}}",
            links.join(",")
        );
        let mut diagnostics = Diagnostics::default();
        let sources = load::text(&text, &mut diagnostics);
        let set = resolve::resolve(&sources, &mut diagnostics);
        let gathered = crate::codegen::with_room(|| {
            let mut lowering = Lowering::new(&set, Scope::File, &mut diagnostics);
            let _ = lowering.run();
            lowering.gathered
        });
        (gathered, diagnostics.sorted().len())
    }

    /// Each link of a chain that is too long was followed as far as it goes, and reported: 5,000 took half a minute.
    #[test]
    fn a_chain_is_followed_once() {
        let (few, mistakes) = gathered(2_000);
        assert!(mistakes < 20, "{mistakes}");
        let (many, _) = gathered(8_000);
        // The last links alone are not too long, and cost the square of how many may follow each other.
        let tail = DEPTH_MAX * DEPTH_MAX / 8;
        assert!(few < tail + 2 * 2_000 && many < tail + 2 * 8_000, "{few} {many}");
    }
}

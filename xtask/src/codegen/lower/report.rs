//! What is said to people: mistakes with their place, and the assertion that no keyword was dropped.

use std::collections::HashSet;

use super::super::diagnostics::Diagnostic;
use super::super::keywords::{self, Verdict};
use super::super::load::{Node, Value, pointer_to};
use super::super::number::Exact;
use super::super::resolve::SchemaId;
use super::{DEPTH_MAX, Facts, Found, Lowering, Reported};

/// What is said of a schema that describes nothing but itself.
pub(crate) const ENDLESS: &str = "the schema refers to itself without describing anything";
pub(crate) const ENDLESS_HELP: &str =
    "a schema may hold itself in a member or an element, but not stand for itself";

impl Lowering<'_, '_> {
    /// Reports a mistake in the value of a keyword.
    pub(super) fn error_at(
        &mut self,
        found: Found<'_>,
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Reported {
        let pointer = pointer_to(&self.set.schema(found.owner).pointer, found.keyword);
        self.failed.insert(found.owner);
        let mut diagnostic =
            Diagnostic::at(self.set.document(found.owner), found.node.span, pointer, message);
        diagnostic.help = help.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Reports a mistake of some characters of a text: how many, and how many stand before them.
    pub(super) fn error_within(
        &mut self,
        found: Found<'_>,
        (from, count): (usize, usize),
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Reported {
        let document = self.set.document(found.owner);
        let pointer = pointer_to(&self.set.schema(found.owner).pointer, found.keyword);
        self.failed.insert(found.owner);
        let span = document.within(found.node.span, from, count);
        let mut diagnostic = Diagnostic::at(document, span, pointer, message);
        diagnostic.help = help.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Reports a mistake of a whole schema.
    pub(super) fn error(&mut self, id: SchemaId, message: impl Into<String>, help: Option<&str>) -> Reported {
        let schema = self.set.schema(id);
        self.failed.insert(id);
        let mut diagnostic = Diagnostic::at(
            self.set.document(id),
            schema.node.span,
            schema.pointer.clone(),
            message,
        );
        diagnostic.help = help.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Reports a schema that leads back to itself without going into the value, where it does.
    pub(super) fn endless(&mut self, id: SchemaId) -> Reported {
        let found = self.set.schema(id).node.get("$ref");
        match found {
            Some(node) => {
                let (owner, keyword) = (id, "$ref");
                self.error_at(Found { owner, keyword, node }, ENDLESS, Some(ENDLESS_HELP))
            }
            None => self.error(id, ENDLESS, Some(ENDLESS_HELP)),
        }
    }

    /// Reports a mistake of one of these keywords where it is given.
    pub(super) fn error_of(
        &mut self,
        facts: &Facts,
        keywords: &[&'static str],
        message: &str,
        help: Option<&str>,
    ) -> Reported {
        let of = |owner: SchemaId| {
            let schema = self.set.schema(owner);
            keywords.iter().find_map(move |keyword| {
                let node = schema.node.get(keyword)?;
                Some(Found { owner, keyword, node })
            })
        };
        match facts.parts.iter().find_map(|owner| of(*owner)) {
            Some(found) => self.error_at(found, message, help),
            None => self.error(facts.own(), message, help),
        }
    }

    /// Reports a mistake of a keyword where it says this number; where it comes from no keyword, of the schema.
    pub(super) fn error_of_number(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        number: &Exact,
        message: &str,
        help: Option<&str>,
    ) -> Reported {
        let says_so = |node: &Node| match &node.value {
            Value::Number(text) => Exact::parse(text).as_ref() == Some(number),
            _ => false,
        };
        let found = facts.parts.iter().find_map(|owner| {
            let node = self.set.schema(*owner).node.get(keyword)?;
            let owner = *owner;
            says_so(node).then_some(Found { owner, keyword, node })
        });
        match found {
            Some(found) => self.error_at(found, message, help),
            None => self.error(facts.own(), message, help),
        }
    }

    /// Reports two counts that leave nothing between them.
    pub(super) fn error_of_counts(
        &mut self,
        facts: &Facts,
        keyword: &'static str,
        count: u64,
        message: &str,
    ) -> Reported {
        match Exact::parse(&count.to_string()) {
            Some(count) => {
                self.error_of_number(facts, keyword, &count, message, Some("correct one of the two"))
            }
            None => self.error(facts.own(), message, None),
        }
    }

    /// Reports that the run has reached one of its bounds, once: all that comes after it fails for the same reason.
    pub(super) fn exhausted(&mut self, report: impl FnOnce(&mut Self) -> Reported) -> Reported {
        if std::mem::replace(&mut self.is_exhausted, true) {
            Reported
        } else {
            report(self)
        }
    }

    pub(super) fn too_deep(&mut self, id: SchemaId) -> Reported {
        let message = format!("schemas refer to each other over more than {DEPTH_MAX} levels to get here");
        self.error(
            id,
            message,
            Some("no value is read that deep: let fewer schemas hold each other"),
        )
    }

    /// The assertion of the promise: whatever nobody took is an error.
    pub(super) fn check_taken(&mut self) {
        let (count, places) = (self.diagnostics.len(), self.diagnostics.places());
        // Below a keyword without effect nothing has one.
        let mut idle: HashSet<SchemaId> = HashSet::new();
        for index in 0..self.set.schemas.len() {
            let id = SchemaId(index);
            let schema = self.set.schema(id);
            if !schema.reached {
                continue;
            }
            if schema.parent.is_some_and(|around| idle.contains(&around)) {
                idle.insert(id);
            }
            if idle.contains(&id) {
                continue;
            }
            let has_failed = schema.broken || self.failed.contains(&id);
            let is_known = !has_failed && (!self.inside_failed(id) || self.is_settled(id));
            for member in schema.node.as_object().unwrap_or(&[]) {
                let Some(keyword) = keywords::find(&member.name) else {
                    continue;
                };
                // These are settled by `resolve`, and a default outside of a member is documentation.
                let settled = matches!(keyword.name, "$id" | "$anchor" | "$defs" | "default");
                let is_idle = if is_known {
                    !self.taken.contains(&(id, keyword.name))
                } else {
                    // Nobody knows what would have been taken, but for what its own `type` excludes.
                    has_failed && self.is_of_another_type(id, keyword.name)
                };
                if keyword.verdict != Verdict::Enforced || settled || !is_idle {
                    continue;
                }
                let pointer = pointer_to(&schema.pointer, keyword.name);
                let within = format!("{pointer}/");
                let below = self.set.children(id).iter().filter(|child| {
                    let child = self.set.schema(**child);
                    child.pointer == pointer || child.pointer.starts_with(&within)
                });
                idle.extend(below);
                let message = format!("`{}` has no effect here", keyword.name);
                let help = if schema.node.get("x-redis-key").is_some() {
                    "remove it: a key is what its template and the types of its parts say"
                } else {
                    unused(keyword.name, &member.value)
                };
                self.diagnostics.push(
                    Diagnostic::at(self.set.document(id), member.name_span, pointer, message).help(help),
                );
            }
        }
        self.diagnostics.drop_repeated(count, &places);
    }

    /// Whether a schema around this one failed, so that this one was perhaps never looked at.
    pub(super) fn inside_failed(&self, id: SchemaId) -> bool {
        let mut at = self.set.schema(id).parent;
        while let Some(id) = at {
            if self.failed.contains(&id) || self.set.schema(id).broken {
                return true;
            }
            at = self.set.schema(id).parent;
        }
        false
    }
}

/// What to do about a keyword that binds nothing where it stands.
fn unused(keyword: &str, value: &Node) -> &'static str {
    const WIDTHS: [&str; 6] = ["int8", "int16", "int32", "int64", "float", "double"];
    match keyword {
        "format" if value.as_str().is_some_and(|format| WIDTHS.contains(&format)) => {
            "remove it: an integer and a number have 64 bits, and limits say what is less"
        }
        "format" => "remove it, or add `\"type\": \"string\"`: a format says what texts look like",
        _ => "remove it, or give the schema the `type` that it is meant for",
    }
}

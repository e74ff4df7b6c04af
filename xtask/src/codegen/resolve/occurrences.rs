//! Each occurrence of a keyword held against the closed table: unknown ones, refused ones and malformed values are reported.

use std::collections::HashSet;

use super::super::diagnostics::{Diagnostic, Diagnostics};
use super::super::hints;
use super::super::keywords::{self, Holds, Verdict};
use super::super::load::{Member, Node, Value, pointer_to};
use super::super::number::Exact;
use super::super::uri;
use super::{DIALECT, Place, Resolved, SchemaId};

impl Resolved<'_> {
    pub(super) fn check_occurrences(&mut self, diagnostics: &mut Diagnostics) {
        for index in 0..self.schemas.len() {
            let id = SchemaId(index);
            let schema = self.schema(id);
            if !schema.reached {
                continue;
            }
            let node = schema.node;
            match &node.value {
                Value::Bool(_) => {}
                Value::Object(members) => {
                    for member in members {
                        self.check_occurrence(id, member, diagnostics);
                    }
                }
                _ => {
                    let pointer = schema.pointer.clone();
                    let keyword = (schema.place == Place::Items).then_some("items");
                    let member = match &schema.place {
                        Place::Property(name) => Some(name.as_str()),
                        _ => None,
                    };
                    let help = hints::schema(keyword, member, node);
                    let message = "a schema is an object, `true` or `false`";
                    let mut diagnostic = Diagnostic::at(self.document(id), node.span, pointer, message);
                    diagnostic.help = help;
                    diagnostics.push(diagnostic);
                    self.edit(id, |schema| schema.broken = true);
                }
            }
        }
    }

    fn check_occurrence(&mut self, id: SchemaId, member: &Member, diagnostics: &mut Diagnostics) {
        let name = member.name.as_str();
        let fault = match keywords::find(name) {
            None => Some((
                format!("unknown keyword `{name}`"),
                Some(hints::unknown(name, &member.value)),
            )),
            Some(keyword) => match keyword.verdict {
                Verdict::Refused(help) => Some((
                    format!("the keyword `{name}` is not supported"),
                    Some(help.to_owned()),
                )),
                Verdict::Enforced | Verdict::Annotation => {
                    malformed(keyword.holds, &member.value).map(|expected| {
                        let help = hints::value(name, keyword.holds, &member.value);
                        (format!("the value of `{name}` must be {expected}"), help)
                    })
                }
            },
        };
        if let Some((message, help)) = fault {
            self.edit(id, |schema| schema.broken = true);
            let pointer = pointer_to(&self.schema(id).pointer, name);
            let known = keywords::find(name).is_some_and(|k| !matches!(k.verdict, Verdict::Refused(_)));
            let span = if known {
                member.value.span
            } else {
                member.name_span
            };
            let mut diagnostic = Diagnostic::at(self.document(id), span, pointer, message);
            diagnostic.help = help;
            diagnostics.push(diagnostic);
        } else if name == "$schema" {
            self.check_dialect(id, member, diagnostics);
        }
    }

    /// `$schema` names the dialect, or a meta-schema of ours that was read: an editor follows it.
    fn check_dialect(&mut self, id: SchemaId, member: &Member, diagnostics: &mut Diagnostics) {
        let text = member.value.as_str().unwrap_or("");
        if uri::split_fragment(text) == (DIALECT, None) || text == format!("{DIALECT}#") {
            return;
        }
        let document = self.document(id);
        let target = uri::resolve(&document.uri, text);
        let by_id = uri::resolve(&self.schema(id).base, text);
        let meta_schemas = self.documents.iter().zip(&self.roots);
        let mut meta_schemas = meta_schemas.filter(|(_, root)| root.is_none());
        let vocabulary = meta_schemas.any(|(other, _)| {
            let own = other.root.get("$id").and_then(Node::as_str);
            other.uri == target || own == Some(by_id.as_str())
        });
        if !vocabulary {
            let help = Some(format!("write \"$schema\": \"{DIALECT}\""));
            let message = format!("`{text}` is not the dialect this generator reads, draft 2020-12");
            self.report(id, "$schema", &member.value, message, help, diagnostics);
        }
    }
}

/// What the value of a keyword should have been, if it is not.
pub(crate) fn malformed(holds: Holds, node: &Node) -> Option<&'static str> {
    let number = |node: &Node| {
        if let Value::Number(text) = &node.value {
            Exact::parse(text)
        } else {
            None
        }
    };
    let is_number = matches!(node.value, Value::Number(_));
    let (fine, expected) = match holds {
        Holds::Anything | Holds::Schema | Holds::Unseen => (true, ""),
        Holds::Text => (node.as_str().is_some(), "a string"),
        Holds::Flag => (matches!(node.value, Value::Bool(_)), "`true` or `false`"),
        Holds::Count => (
            number(node).is_some_and(|n| n.as_u64().is_some()),
            match number(node) {
                Some(n) if !n.is_integer() || n.is_negative() => "an integer of 0 or more",
                _ if is_number => "an integer that fits 64 bits",
                _ => "an integer of 0 or more",
            },
        ),
        Holds::Number if is_number => (number(node).is_some(), "a number of at most 400 digits"),
        Holds::Number => (false, "a number"),
        Holds::Positive if is_number && number(node).is_none() => (false, "a number of at most 400 digits"),
        Holds::Positive => (
            number(node).is_some_and(|n| !n.is_negative() && !n.is_zero()),
            "a number above 0",
        ),
        Holds::Texts => (
            node.as_array().is_some_and(distinct_texts),
            "an array of distinct strings",
        ),
        Holds::Types => (
            node.as_str().is_some_and(is_type)
                || node.as_array().is_some_and(|items| {
                    !items.is_empty()
                        && distinct_texts(items)
                        && items.iter().all(|item| item.as_str().is_some_and(is_type))
                }),
            "one of `null`, `boolean`, `integer`, `number`, `string`, `array` and `object`, or an array of distinct ones",
        ),
        Holds::Values => (
            node.as_array().is_some_and(|items| !items.is_empty()),
            "an array with at least one value",
        ),
        Holds::List => (node.as_array().is_some(), "an array"),
        Holds::Schemas => (
            node.as_array().is_some_and(|items| !items.is_empty()),
            "an array with at least one schema",
        ),
        Holds::SchemaMap => (node.as_object().is_some(), "an object whose values are schemas"),
    };
    (!fine).then_some(expected)
}

fn distinct_texts(items: &[Node]) -> bool {
    let mut seen = HashSet::new();
    items
        .iter()
        .all(|item| item.as_str().is_some_and(|text| seen.insert(text)))
}

fn is_type(name: &str) -> bool {
    hints::TYPE_NAMES.contains(&name)
}

//! Whether schemas say of values that are not valid under them that they are examples, or defaults.
//!
//! By JSON Schema these are annotations, which bind nobody; but in a catalogue they are promises. Only what is surely
//! invalid is reported.

use std::collections::{HashMap, HashSet};

use super::evaluate::{Evaluator, Texts, Truth};
use super::json::Json;
use super::schema::{Arena, Builder, Id};
use crate::codegen::diagnostics::{Diagnostic, Diagnostics};
use crate::codegen::load::{Node, pointer_to};
use crate::codegen::resolve::{Place, Resolved, SchemaId};

/// Reports each example and default of the documents that were asked for that its schema refuses.
/// Where a schema, or what it refers to, is wrong itself, nobody knows what it was meant to refuse.
pub(crate) fn check(set: &Resolved<'_>, diagnostics: &mut Diagnostics) {
    let wrong = wrong(set, diagnostics);
    let mut arena = Arena::default();
    // What is wrong with the schemas is said already.
    let mut own = Diagnostics::default();
    let mut builder = Builder::new(set, &mut arena, &mut own, None);
    let mut said: Vec<(SchemaId, Id, String, &Node, &str)> = Vec::new();
    for index in 0..set.schemas.len() {
        let id = SchemaId(index);
        let schema = set.schema(id);
        if schema.document >= set.asked || wrong.contains(&id) {
            continue;
        }
        if let Some(value) = schema.node.get("default") {
            let pointer = pointer_to(&schema.pointer, "default");
            said.push((id, builder.schema(id), pointer, value, "default"));
        }
        let examples = schema.node.get("examples").and_then(Node::as_array);
        for (place, value) in examples.unwrap_or_default().iter().enumerate() {
            let pointer = pointer_to(&pointer_to(&schema.pointer, "examples"), &place.to_string());
            said.push((id, builder.schema(id), pointer, value, "example"));
        }
    }
    // A definition that nothing uses may still lead back to itself.
    if builder.check_loops() {
        if diagnostics.is_empty() {
            *diagnostics = own;
        }
        return;
    }
    let mut texts = Texts::default();
    let mut evaluator = Evaluator {
        arena: &arena,
        texts: &mut texts,
    };
    for (id, built, pointer, value, what) in said {
        let is_refused = Json::of(value).is_some_and(|json| evaluator.holds(built, &json) == Truth::No);
        if is_refused {
            let message = format!("the {what} is not valid under its schema");
            let diagnostic = Diagnostic::at(set.document(id), value.span, pointer, message);
            diagnostics.push(diagnostic.help(format!("correct the {what}, or the schema that refuses it")));
        }
    }
}

/// The schemas about which something was reported, there, within, or where they refer to.
fn wrong(set: &Resolved<'_>, diagnostics: &Diagnostics) -> HashSet<SchemaId> {
    let mut next: Vec<SchemaId> = Vec::new();
    for (file, pointer) in diagnostics.places() {
        let document = set.documents.iter().position(|document| document.name == file);
        next.extend(document.and_then(|document| set.around(document, &pointer)));
    }
    let mut referring: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    for (index, schema) in set.schemas.iter().enumerate() {
        if schema.broken {
            next.push(SchemaId(index));
        }
        if let Some(target) = schema.target {
            referring.entry(target).or_default().push(SchemaId(index));
        }
    }
    let mut wrong = HashSet::new();
    // Bound: a schema is added once.
    while let Some(id) = next.pop() {
        if !wrong.insert(id) {
            continue;
        }
        let schema = set.schema(id);
        // A definition says nothing about what it stands in.
        next.extend(
            schema
                .parent
                .filter(|_| !matches!(schema.place, Place::Definition(_))),
        );
        next.extend(referring.get(&id).into_iter().flatten());
    }
    wrong
}

//! Whether schemas say of values that are not valid under them that they are examples, or defaults.
//!
//! By JSON Schema these are annotations, which bind nobody; but in a catalogue they are promises. Only what is surely
//! invalid is reported.

use super::evaluate::{Evaluator, Texts, Truth};
use super::json::Json;
use super::schema::{Arena, Builder, Id};
use crate::codegen::diagnostics::{Diagnostic, Diagnostics};
use crate::codegen::load::{Node, pointer_to};
use crate::codegen::resolve::{Resolved, SchemaId};

/// Reports each example and default of the documents that were asked for that its schema refuses.
/// Nothing was wrong so far.
pub(crate) fn check(set: &Resolved<'_>, diagnostics: &mut Diagnostics) {
    let mut arena = Arena::default();
    let mut builder = Builder::new(set, &mut arena, diagnostics, None);
    let mut said: Vec<(SchemaId, Id, String, &Node, &str)> = Vec::new();
    for index in 0..set.schemas.len() {
        let id = SchemaId(index);
        let schema = set.schema(id);
        if schema.document >= set.asked {
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
    builder.check_loops();
    if !diagnostics.is_empty() {
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

//! The schema that a type carries, with all it refers to: documents under their `$id`, and which of them a type needs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::ir::{DocumentText, Ir, SchemaText};
use super::super::uri;
use super::prose::quoted;

/// The documents that the schema of some type holds as a definition.
pub(super) fn held(ir: &Ir) -> BTreeSet<usize> {
    let mut held: BTreeSet<usize> = BTreeSet::new();
    for def in &ir.types {
        held.extend(&def.schema.needs);
        if !def.schema.pointer.is_empty() {
            held.insert(def.schema.document);
        }
    }
    held
}

/// The documents that any type's schema is made of.
pub(super) fn documents(ir: &Ir) -> Vec<&DocumentText> {
    let mut needed = held(ir);
    needed.extend(ir.types.iter().map(|def| def.schema.document));
    needed
        .iter()
        .filter_map(|index| ir.documents.get(*index))
        .collect()
}

/// The schema of a type by the identifiers of documents.
pub(super) struct Schema<'a> {
    /// The document it stands in.
    pub(super) document: &'a str,
    /// Where in it, as a URI fragment; `None` for the whole.
    pub(super) fragment: Option<String>,
    /// The documents that it refers to.
    pub(super) needs: Vec<&'a str>,
}

impl<'a> Schema<'a> {
    pub(super) fn of(ir: &'a Ir, schema: &SchemaText) -> Self {
        let id = |index: usize| {
            ir.documents
                .get(index)
                .map_or("", |document| document.id.as_str())
        };
        Self {
            document: id(schema.document),
            fragment: (!schema.pointer.is_empty()).then(|| fragment(&schema.pointer)),
            needs: schema.needs.iter().map(|need| id(*need)).collect(),
        }
    }
}

/// A document as one object, under its `$id`.
pub(super) fn whole(document: &DocumentText) -> String {
    let mut out = format!("{{\n  \"$id\": {}", quoted(&document.id));
    for (name, text) in &document.members {
        let _ = write!(out, ",\n  {}: {text}", quoted(name));
    }
    if !document.definitions.is_empty() {
        out.push_str(",\n  \"$defs\": {");
        for (index, (name, text)) in document.definitions.iter().enumerate() {
            let gap = if index > 0 { "," } else { "" };
            let _ = write!(out, "{gap}\n    {}: {text}", quoted(name));
        }
        out.push_str("\n  }");
    }
    out.push_str("\n}");
    out
}

/// A JSON pointer as a URI fragment; `$` may stand in one.
pub(super) fn fragment(pointer: &str) -> String {
    uri::from_path(pointer).replace("%24", "$")
}

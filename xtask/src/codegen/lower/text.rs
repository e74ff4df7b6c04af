//! What a schema says beside its rules: documentation, and the schema that a type carries.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use super::super::automaton::{CharSet, Dfa};
use super::super::ir::{AlternativeKind, Docs, DocumentText, Ir, PatternId, Rules, SchemaText, Shape, Type};
use super::super::load::{Member, Node, Value};
use super::super::pattern;
use super::super::resolve::{Resolved, SchemaId};
use super::super::uri;
use super::super::visible::is_hidden;
use super::Lowering;

impl Lowering<'_, '_> {
    /// The documentation of a schema, and what it lacks from where its `$ref` leads.
    pub(super) fn docs(&self, id: SchemaId) -> Docs {
        let schema = self.set.schema(id);
        let text = |name: &str| schema.node.get(name).and_then(Node::as_str).map(str::to_owned);
        let flag = |name: &str| {
            schema
                .node
                .get(name)
                .is_some_and(|node| matches!(node.value, Value::Bool(true)))
        };
        let examples = schema
            .node
            .get("examples")
            .and_then(Node::as_array)
            .unwrap_or(&[]);
        Docs {
            title: text("title"),
            description: text("description"),
            examples: examples.iter().map(json_text).collect(),
            default: schema.node.get("default").map(json_text),
            deprecated: flag("deprecated"),
            read_only: flag("readOnly"),
            write_only: flag("writeOnly"),
        }
    }

    /// Where the schema of a type stands, and the documents it needs.
    pub(super) fn schema_text(&self, id: SchemaId) -> SchemaText {
        let document = self.set.schema(id).document;
        let needs = self.needs.get(document).cloned().unwrap_or_default();
        SchemaText {
            document,
            pointer: self.set.schema(id).pointer.clone(),
            needs,
        }
    }

    pub(super) fn documents(&self) -> Vec<DocumentText> {
        (0..self.set.documents.len())
            .map(|index| document_text(self.set, index))
            .collect()
    }

    /// The texts of a type, exactly or a few more; `None` when it has none or they are not known.
    pub(super) fn language(&self, ty: &Type) -> Option<Dfa> {
        let shape = |id: super::TypeId| Some(&self.types.get(id.0)?.as_ref()?.def.shape);
        language(ty, &shape, &|id| {
            self.patterns.get(id.0).map(|pattern| &pattern.dfa)
        })
    }
}

/// For each document, the others that its references reach, however far.
pub(super) fn needs(set: &Resolved<'_>) -> Vec<Vec<usize>> {
    let mut direct: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); set.documents.len()];
    for schema in &set.schemas {
        if let (Some(all), Some(target)) = (direct.get_mut(schema.document), schema.target) {
            all.insert(set.schema(target).document);
        }
    }
    let reached = |document: usize| {
        let mut all = BTreeSet::new();
        let mut queue = vec![document];
        // Bound: a document is followed once.
        while let Some(next) = queue.pop() {
            if all.insert(next) {
                queue.extend(direct.get(next).into_iter().flatten());
            }
        }
        all.remove(&document);
        all.into_iter().collect()
    };
    (0..set.documents.len()).map(reached).collect()
}

/// The texts that values of a type have in a key or channel, exactly or a few more.
fn language<'t>(
    ty: &Type,
    shape: &dyn Fn(super::TypeId) -> Option<&'t Shape>,
    pattern: &dyn Fn(PatternId) -> Option<&'t Dfa>,
) -> Option<Dfa> {
    match ty {
        Type::Any
        | Type::Null
        | Type::Boolean
        | Type::Number
        | Type::Timestamp
        | Type::Text
        | Type::List(_)
        | Type::Map(_) => None,
        Type::Integer => built_in("^(0|-?[1-9][0-9]{0,18})$"),
        Type::Unsigned => built_in("^(0|[1-9][0-9]{0,19})$"),
        Type::Date => built_in("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
        Type::Uuid => built_in("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
        Type::Decimal => built_in("^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?$"),
        Type::Named(id) => match shape(*id)? {
            Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_) => None,
            Shape::Texts(values) => values
                .iter()
                .map(|value| Dfa::literal(&value.text))
                .reduce(|all, one| all.union(&one)),
            Shape::Alternatives(alternatives) => {
                let mut all: Option<Dfa> = None;
                for alternative in alternatives {
                    let one = match &alternative.kind {
                        AlternativeKind::Constant(text) => Dfa::literal(text),
                        AlternativeKind::Type(ty) => language(ty, shape, pattern)?,
                    };
                    all = Some(all.map_or_else(|| one.clone(), |all| all.union(&one)));
                }
                all
            }
            Shape::Wrapper(slot) if slot.nullable => None,
            Shape::Wrapper(slot) if slot.ty == Type::Text => ruled(&slot.rules, pattern),
            Shape::Wrapper(slot) => language(&slot.ty, shape, pattern),
        },
    }
}

/// The texts of a pattern within lengths; lengths too large to model are left out, which only adds texts.
fn ruled<'t>(rules: &Rules, pattern: &dyn Fn(PatternId) -> Option<&'t Dfa>) -> Option<Dfa> {
    const LENGTH_MAX: u64 = 512;
    let dfa = pattern(rules.pattern?)?;
    let max = rules.max_length.filter(|max| *max <= LENGTH_MAX);
    let min = rules.min_length.filter(|min| *min <= LENGTH_MAX).unwrap_or(0);
    Some(match Dfa::lengths(min, max) {
        Some(lengths) => dfa.intersection(&lengths),
        None => dfa.clone(),
    })
}

fn built_in(source: &'static str) -> Option<Dfa> {
    static COMPILED: Mutex<BTreeMap<&str, Dfa>> = Mutex::new(BTreeMap::new());
    // A panic elsewhere leaves the map as good as it was: each entry is made before it is put in.
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(dfa) = compiled.get(source) {
        return Some(dfa.clone());
    }
    let dfa = pattern::compile(source).ok()?;
    compiled.insert(source, dfa.clone());
    Some(dfa)
}

/// Characters that no part of a key or channel may hold: globs, white space and control characters.
pub(super) fn unsafe_characters() -> CharSet {
    // All of White_Space and Cc, which the pattern language can say itself.
    built_in("^[*?\\[\\]\\\\\\p{White_Space}\\p{Cc}]$")
        .map(|dfa| dfa.alphabet())
        .unwrap_or_default()
}

/// Why a type's texts are not safe in a key or channel; `None` when they are.
pub(super) fn unsafe_part(alternatives: &[Dfa]) -> Option<u32> {
    let forbidden = unsafe_characters();
    let glob = Dfa::literal("*");
    alternatives
        .iter()
        .filter(|dfa| **dfa != glob)
        .find_map(|dfa| first_common(&dfa.alphabet(), &forbidden))
}

/// The first character in both sets.
pub(super) fn first_common(a: &CharSet, b: &CharSet) -> Option<u32> {
    a.ranges()
        .iter()
        .flat_map(|(first, last)| {
            b.ranges()
                .iter()
                .map(move |(f, l)| ((*first).max(*f), (*last).min(*l)))
        })
        .find(|(first, last)| first <= last)
        .map(|(first, _)| first)
}

/// The alternatives of a type as automata of their own, so that `*` alone can be told from `*` within.
pub(super) fn part_languages<'t>(
    ty: &Type,
    shape: &dyn Fn(super::TypeId) -> Option<&'t Shape>,
    pattern: &dyn Fn(PatternId) -> Option<&'t Dfa>,
) -> Option<Vec<Dfa>> {
    if let Type::Named(id) = ty
        && let Shape::Alternatives(alternatives) = shape(*id)?
    {
        let mut all = Vec::new();
        for alternative in alternatives {
            match &alternative.kind {
                AlternativeKind::Constant(text) => all.push(Dfa::literal(text)),
                AlternativeKind::Type(ty) => all.extend(part_languages(ty, shape, pattern)?),
            }
        }
        return Some(all);
    }
    Some(vec![language(ty, shape, pattern)?])
}

/// Marks the types whose text is safe in a key or channel, as proven.
pub(super) fn mark_key_parts(ir: &mut Ir) {
    let safe: Vec<bool> = (0..ir.types.len())
        .map(|index| {
            let own = match ir.types.get(index).map(|def| &def.shape) {
                Some(Shape::Texts(_) | Shape::Alternatives(_)) => true,
                Some(Shape::Wrapper(slot)) => matches!(slot.ty, Type::Text | Type::Integer | Type::Unsigned),
                Some(Shape::Object(_) | Shape::Union(_) | Shape::Tuple(_)) | None => false,
            };
            let shape = |id: super::TypeId| ir.types.get(id.0).map(|def| &def.shape);
            let pattern = |id: PatternId| ir.patterns.get(id.0).map(|pattern| &pattern.dfa);
            own && part_languages(&Type::Named(super::TypeId(index)), &shape, &pattern).is_some_and(
                |languages| {
                    unsafe_part(&languages).is_none() && languages.iter().all(|dfa| !dfa.is_match(""))
                },
            )
        })
        .collect();
    for (def, safe) in ir.types.iter_mut().zip(safe) {
        def.key_part = safe;
    }
}

fn document_text(set: &Resolved<'_>, index: usize) -> DocumentText {
    let Some(document) = set.documents.get(index) else {
        return DocumentText {
            name: String::new(),
            id: String::new(),
            members: Vec::new(),
            definitions: Vec::new(),
        };
    };
    let file = document.name.rsplit('/').next().unwrap_or(&document.name);
    let id = set
        .identity(index)
        .filter(|id| uri::is_absolute(id) && !id.starts_with("file:"));
    // A path of this machine must not reach the output.
    let local = || {
        format!(
            "schema:///{}",
            uri::from_path(document.name.trim_start_matches("../"))
        )
    };
    let retrieved = (!document.uri.starts_with("file:")).then(|| document.uri.clone());
    let mut members = Vec::new();
    let mut definitions = Vec::new();
    for Member { name, value, .. } in document.root.as_object().unwrap_or(&[]) {
        match name.as_str() {
            "$schema" | "$id" => {}
            "$defs" => {
                for Member { name, value, .. } in value.as_object().unwrap_or(&[]) {
                    definitions.push((name.clone(), json_text(value)));
                }
            }
            _ => members.push((name.clone(), json_text(value))),
        }
    }
    DocumentText {
        name: file
            .trim_end_matches(".json")
            .trim_end_matches(".schema")
            .to_owned(),
        id: id.or(retrieved).unwrap_or_else(local),
        members,
        definitions,
    }
}

/// A value as compact JSON, numbers as they were written.
pub(super) fn json_text(node: &Node) -> String {
    let mut out = String::new();
    write_json(node, &mut out);
    out
}

fn write_json(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_json(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_string(&member.name, out);
                out.push_str(": ");
                write_json(&member.value, out);
            }
            out.push('}');
        }
    }
}

/// A text as a JSON string; what cannot be seen is escaped.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // All of them have four digits.
            c if is_hidden(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

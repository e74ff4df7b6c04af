//! Kinds of values: the JSON types as a set of bits, of a `type` keyword and of types that are made.

use std::collections::HashSet;

use super::super::ir::{BranchKind, Shape, Slot, Type, TypeId};
use super::super::load::{Node, Value};
use super::super::resolve::SchemaId;
use super::reach::of_branches;
use super::union::just;
use super::{DEPTH_MAX, Facts, Lowering};

pub(super) const NULL: u8 = 1;
pub(super) const BOOLEAN: u8 = 2;
pub(super) const INTEGER: u8 = 4;
/// Every integer is a number.
pub(super) const NUMBER: u8 = 8 | INTEGER;
pub(super) const TEXT: u8 = 16;
pub(super) const ARRAY: u8 = 32;
pub(super) const OBJECT: u8 = 64;
pub(super) const ALL: u8 = 127;

/// The types that a value of `type` allows.
pub(super) fn type_bits(node: &Node) -> u8 {
    let names = node.as_array().unwrap_or(std::slice::from_ref(node));
    let names = names.iter().filter_map(Node::as_str);
    names.fold(0, |set, name| set | type_bit(name))
}

pub(super) fn type_bit(name: &str) -> u8 {
    match name {
        "null" => NULL,
        "boolean" => BOOLEAN,
        "integer" => INTEGER,
        "number" => NUMBER,
        "string" => TEXT,
        "array" => ARRAY,
        "object" => OBJECT,
        _ => 0,
    }
}

impl Lowering<'_, '_> {
    /// Whether values of a type are texts that its Rust type can be read from.
    pub(super) fn is_text(&self, ty: &Type) -> bool {
        let is_scalar = |ty: &Type| {
            matches!(
                ty,
                Type::Text | Type::Timestamp | Type::Date | Type::Uuid | Type::Decimal
            )
        };
        let Type::Named(id) = ty else { return is_scalar(ty) };
        match self.shape(*id) {
            Some(Shape::Texts(_) | Shape::Alternatives(_)) => true,
            Some(Shape::Wrapper(slot)) => !slot.nullable && is_scalar(&slot.ty),
            _ => false,
        }
    }

    /// Whether no value is of a type that a branch and all that is said beside it allow.
    pub(super) fn is_contradiction(&mut self, facts: &Facts, branch: SchemaId) -> bool {
        let parts = facts.parts.iter().chain([&branch]);
        let kinds = parts.fold(facts.only.unwrap_or(ALL), |kinds, part| {
            kinds & self.kinds_allowed(*part, &mut Vec::new())
        });
        kinds == 0
    }

    /// The JSON types that a schema allows at most, by its words.
    pub(super) fn kinds_allowed(&mut self, id: SchemaId, path: &mut Vec<SchemaId>) -> u8 {
        if let Some(known) = self.kinds.get(&id) {
            return *known;
        }
        let schema = self.set.schema(id);
        if matches!(schema.node.value, Value::Bool(false)) {
            return 0;
        }
        // Bound: whatever leads back to itself, or too far, is refused elsewhere.
        if path.contains(&id) || path.len() >= DEPTH_MAX {
            return ALL;
        }
        path.push(id);
        let mut kinds = schema.node.get("type").map_or(ALL, type_bits);
        if let Some(target) = schema.target {
            kinds &= self.kinds_allowed(target, path);
        }
        for conjunct in self.branches_of(id, "allOf").unwrap_or_default() {
            kinds &= self.kinds_allowed(conjunct, path);
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(alternatives) = self.branches_of(id, keyword) {
                let any = alternatives
                    .into_iter()
                    .fold(0, |any, one| any | self.kinds_allowed(one, path));
                kinds &= any;
            }
        }
        path.pop();
        self.kinds.insert(id, kinds);
        kinds
    }

    /// The schemas that `allOf`, `anyOf` or `oneOf` lists.
    fn branches_of(&self, id: SchemaId, keyword: &str) -> Option<Vec<SchemaId>> {
        let all = self.set.schema(id).node.get(keyword).and_then(Node::as_array)?;
        let numbers = (0..all.len()).map(|index| index.to_string());
        let branches = numbers.filter_map(|index| self.set.child(id, &[keyword, &index]));
        Some(branches.collect())
    }

    /// The JSON types that the values of a type have. What is still being lowered is taken for an object.
    pub(super) fn kind_of(&self, ty: &Type) -> u8 {
        self.kinds_within(ty, &mut HashSet::new())
    }

    fn slot_within(&self, slot: &Slot, seen: &mut HashSet<TypeId>) -> u8 {
        let values = &slot.rules.values;
        if slot.ty == Type::Any && !values.is_empty() {
            return values.iter().fold(0, |kinds, json| kinds | kind_of_json(json));
        }
        self.kinds_within(&slot.ty, seen)
    }

    fn kinds_within(&self, ty: &Type, seen: &mut HashSet<TypeId>) -> u8 {
        match ty {
            Type::Any => ALL,
            Type::Null => NULL,
            Type::Boolean => BOOLEAN,
            Type::Integer | Type::Unsigned => INTEGER,
            Type::Number => NUMBER,
            Type::Text | Type::Timestamp | Type::Date | Type::Uuid | Type::Decimal => TEXT,
            Type::List(_) => ARRAY,
            Type::Map(_) => OBJECT,
            Type::Named(id) => {
                // What was seen is counted already.
                if !seen.insert(*id) {
                    return 0;
                }
                match self.shape(*id) {
                    Some(Shape::Texts(_) | Shape::Alternatives(_)) => TEXT,
                    Some(Shape::Wrapper(slot)) => {
                        self.slot_within(slot, seen) | if slot.nullable { NULL } else { 0 }
                    }
                    Some(Shape::Union(union)) => union.branches.iter().fold(0, |kinds, branch| {
                        kinds
                            | match &branch.kind {
                                BranchKind::Constant(_) => TEXT,
                                BranchKind::Type(ty) => self.kinds_within(ty, seen),
                            }
                    }),
                    Some(Shape::Tuple(_)) => ARRAY,
                    Some(Shape::Object(_)) | None => OBJECT,
                }
            }
        }
    }

    /// Whether a slot takes `null` without being nullable, for sure: a `oneOf` that counts may find that two alternatives do.
    pub(super) fn surely_takes_null(&self, slot: &Slot) -> bool {
        self.null_of_slot(slot, &mut HashSet::new())
    }

    fn null_of_slot(&self, slot: &Slot, seen: &mut HashSet<TypeId>) -> bool {
        let values = &slot.rules.values;
        match &slot.ty {
            Type::Any => values.is_empty() || values.iter().any(|json| json == "null"),
            Type::Null => true,
            Type::Named(id) if seen.insert(*id) => match self.shape(*id) {
                Some(Shape::Wrapper(slot)) => slot.nullable || self.null_of_slot(slot, seen),
                Some(Shape::Union(union)) => {
                    let counts = self
                        .unions
                        .iter()
                        .any(|pending| pending.ty == *id && pending.exclusive);
                    let mut types = of_branches(union);
                    !counts && types.any(|ty| self.null_of_slot(&just(ty), seen))
                }
                _ => false,
            },
            _ => false,
        }
    }
}

pub(super) fn kind_word(kinds: u8) -> &'static str {
    match kinds {
        NULL => "Null",
        BOOLEAN => "Boolean",
        INTEGER => "Integer",
        NUMBER => "Number",
        TEXT => "Text",
        ARRAY => "List",
        OBJECT => "Object",
        _ => "",
    }
}

/// The type of a value, by its JSON.
pub(super) fn kind_of_json(json: &str) -> u8 {
    match json.chars().next() {
        Some('n') => NULL,
        Some('t' | 'f') => BOOLEAN,
        Some('"') => TEXT,
        Some('[') => ARRAY,
        Some('{') => OBJECT,
        _ => NUMBER,
    }
}

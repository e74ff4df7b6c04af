//! Objects: members, maps, and which members must be boxed.

use std::collections::HashSet;

use super::super::diagnostics::nearest;
use super::super::ir::{Content, Docs, Ir, Member, Object, Rules, Shape, Slot, Type, TypeId, Valued};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::super::resolve::SchemaId;
use super::text::json_text;
use super::{Facts, Found, Lowered, Lowering, Reported};

/// A declared member and the schemas that all describe it.
type Declared<'a> = (&'a str, Vec<SchemaId>);

impl<'a> Lowering<'a, '_> {
    pub(super) fn object(&mut self, facts: &Facts, nullable: bool) -> Lowered<(Type, Rules)> {
        let own = facts.own();
        let mut declared: Vec<Declared<'a>> = Vec::new();
        for found in self.take_all(facts, "properties") {
            for member in found.node.as_object().unwrap_or(&[]) {
                let Some(id) = self.set.child(found.owner, &["properties", &member.name]) else {
                    continue;
                };
                match declared.iter_mut().find(|(name, _)| *name == member.name) {
                    Some((_, ids)) => ids.push(id),
                    None => declared.push((&member.name, vec![id])),
                }
            }
        }
        let required = self.take_all(facts, "required");
        let mut open = !self.closed_by_all(facts)?;
        for found in self.take_all(facts, "additionalProperties") {
            match found.node.value {
                Value::Bool(true) => {
                    let message =
                        "`additionalProperties: true` would keep undeclared members, which is not supported";
                    let help = "leave it out: undeclared members are then accepted, and ignored";
                    return Err(self.error_at(found, message, Some(help)));
                }
                Value::Bool(false) => {
                    self.check_closed(found, &declared)?;
                    open = false;
                }
                _ => {
                    let only = declared.is_empty() && required.is_empty() && facts.parts.len() == 1;
                    return self.map(found, only && open);
                }
            }
        }
        let ty = self.reserve();
        if facts.whole {
            self.open.insert(
                own,
                Slot {
                    ty: Type::Named(ty),
                    nullable,
                    rules: Rules::default(),
                },
            );
        }
        let is_required = |name: &str| {
            required
                .iter()
                .any(|found| names(*found).any(|other| other == name))
        };
        let mut members = Vec::new();
        let mut failed = false;
        for (name, ids) in &declared {
            match self.member(ids, name, is_required(name)) {
                Ok(member) => members.push(member),
                Err(Reported) => failed = true,
            }
        }
        if facts.whole {
            self.open.remove(&own);
        }
        for found in &required {
            failed |= self.undeclared(*found, &declared, open, &mut members).is_err();
        }
        if failed {
            return Err(Reported);
        }
        self.define(own, ty, Shape::Object(Object { members, open }));
        Ok((Type::Named(ty), Rules::default()))
    }

    /// Whether `unevaluatedProperties: false` closes the whole.
    fn closed_by_all(&mut self, facts: &Facts) -> Lowered<bool> {
        let mut closed = false;
        for found in self.take_all(facts, "unevaluatedProperties") {
            if !matches!(found.node.value, Value::Bool(false)) {
                let message = "`unevaluatedProperties` other than `false` is not supported";
                return Err(self.error_at(found, message, Some("leave it out")));
            }
            if found.owner != facts.own() {
                let message = "it sees only what is beside and below it, not the rest of the object";
                let help = "put `unevaluatedProperties` where the whole object is described";
                return Err(self.error_at(found, message, Some(help)));
            }
            closed = true;
        }
        Ok(closed)
    }

    /// `additionalProperties: false` sees only the `properties` beside it, and forbids all others.
    fn check_closed(&mut self, found: Found<'a>, declared: &[Declared<'a>]) -> Lowered<()> {
        let beside = self.set.schema(found.owner).node.get("properties");
        let forbidden = declared
            .iter()
            .find(|(name, _)| beside.and_then(|beside| beside.get(name)).is_none());
        let Some((name, _)) = forbidden else { return Ok(()) };
        let message = format!("it sees only the `properties` beside it, so it forbids `{name}`");
        let help = "use `unevaluatedProperties: false` where the whole object is described";
        Err(self.error_at(found, message, Some(help)))
    }

    /// Members that are required but not declared: any value will do, but there must be one.
    fn undeclared(
        &mut self,
        found: Found<'a>,
        declared: &[Declared<'a>],
        open: bool,
        members: &mut Vec<Member>,
    ) -> Lowered<()> {
        let mut result = Ok(());
        for name in names(found) {
            if declared.iter().any(|(other, _)| *other == name) || members.iter().any(|m| m.wire == name) {
                continue;
            }
            let near = nearest(name, declared.iter().map(|(name, _)| *name));
            if near.is_none() && open {
                let slot = Slot {
                    ty: Type::Any,
                    nullable: false,
                    rules: Rules::default(),
                };
                let value = Valued {
                    slot,
                    required: true,
                    default_null: false,
                    boxed: false,
                };
                let content = Content::Value(Box::new(value));
                members.push(Member {
                    wire: name.to_owned(),
                    docs: Docs::default(),
                    content,
                });
                continue;
            }
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it in `properties`".to_owned(),
            };
            result = Err(self.error_at(
                found,
                format!("`{name}` is required but not declared"),
                Some(&help),
            ));
        }
        result
    }

    fn map(&mut self, found: Found<'a>, only: bool) -> Lowered<(Type, Rules)> {
        if !only {
            let message = "members by name beside declared or required ones are not supported";
            let help = "put the undeclared members into a member of their own";
            return Err(self.error_at(found, message, Some(help)));
        }
        let Some(child) = self.set.child(found.owner, &["additionalProperties"]) else {
            return Err(Reported);
        };
        let item = self.item(child)?;
        Ok((Type::Map(Box::new(item)), Rules::default()))
    }

    fn member(&mut self, ids: &[SchemaId], wire: &str, required: bool) -> Lowered<Member> {
        let content = match self.constant(ids, required)? {
            Some(text) => Content::Constant(text),
            None => self.value(ids, required)?,
        };
        let docs = ids.first().map(|id| self.docs(*id)).unwrap_or_default();
        Ok(Member {
            wire: wire.to_owned(),
            docs,
            content,
        })
    }

    fn value(&mut self, ids: &[SchemaId], required: bool) -> Lowered<Content> {
        let slot = if let [one] = ids {
            self.slot(*one)?
        } else {
            let facts = self.gather(ids)?;
            self.lower_facts(&facts)?
        };
        let null = ids.iter().any(|id| {
            let default = self.set.schema(*id).node.get("default");
            default.is_some_and(|node| matches!(node.value, Value::Null))
        });
        let default_null = null && !required && slot.nullable;
        Ok(Content::Value(Box::new(Valued {
            slot,
            required,
            default_null,
            boxed: false,
        })))
    }

    /// The text of a constant member that is always there: it costs the caller nothing.
    fn constant(&mut self, ids: &[SchemaId], required: bool) -> Lowered<Option<String>> {
        if !required || ids.iter().any(|id| self.set.schema(*id).broken) {
            return Ok(None);
        }
        let facts = self.gather(ids)?;
        if facts
            .parts
            .iter()
            .all(|part| self.set.schema(*part).node.get("const").is_none())
        {
            return Ok(None);
        }
        let Some(found) = self.take_one(&facts, "const")? else {
            return Ok(None);
        };
        let types = self.types(&facts)?;
        let (bit, text) = match &found.node.value {
            Value::Null => (super::NULL, json_text(found.node)),
            Value::String(_) => (super::TEXT, json_text(found.node)),
            Value::Bool(_) => (super::BOOLEAN, json_text(found.node)),
            Value::Number(text) => match Exact::parse(text) {
                Some(number) if number.is_integer() => (super::INTEGER, number.to_string()),
                Some(number) => (super::NUMBER & !super::INTEGER, number.to_string()),
                None => return Err(self.error_at(found, "the number is too large", None)),
            },
            Value::Array(_) | Value::Object(_) => {
                let message = "a constant that is an array or object is not supported";
                return Err(self.error_at(found, message, None));
            }
        };
        if types.set & bit == 0 {
            return Err(self.error_at(
                found,
                "the constant does not have the `type` given beside it",
                None,
            ));
        }
        Ok(Some(text))
    }
}

fn names(found: Found<'_>) -> impl Iterator<Item = &str> {
    found
        .node
        .as_array()
        .unwrap_or(&[])
        .iter()
        .filter_map(Node::as_str)
}

/// Boxes every member through which a type would contain itself.
pub(super) fn mark_boxes(ir: &mut Ir) {
    let inside: Vec<Vec<TypeId>> = ir.types.iter().map(|def| contained(&def.shape)).collect();
    let reaches = |from: TypeId, to: TypeId| {
        let mut seen = HashSet::new();
        let mut stack = vec![from];
        // Bound: a type is looked into once.
        while let Some(id) = stack.pop() {
            if id == to {
                return true;
            }
            if seen.insert(id) {
                stack.extend(inside.get(id.0).into_iter().flatten().copied());
            }
        }
        false
    };
    for (index, def) in ir.types.iter_mut().enumerate() {
        let Shape::Object(object) = &mut def.shape else {
            continue;
        };
        for member in &mut object.members {
            if let Content::Value(value) = &mut member.content
                && let Type::Named(id) = value.slot.ty
            {
                value.boxed = reaches(id, TypeId(index));
            }
        }
    }
}

/// The types that a value holds in itself, not behind a list or map.
fn contained(shape: &Shape) -> Vec<TypeId> {
    let named = |ty: &Type| if let Type::Named(id) = ty { Some(*id) } else { None };
    match shape {
        Shape::Object(object) => object
            .members
            .iter()
            .filter_map(|member| match &member.content {
                Content::Value(value) => named(&value.slot.ty),
                Content::Constant(_) => None,
            })
            .collect(),
        Shape::Wrapper(slot) => named(&slot.ty).into_iter().collect(),
        Shape::Texts(_) | Shape::Alternatives(_) => Vec::new(),
    }
}

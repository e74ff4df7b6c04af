//! Objects: members, maps, and which members must be boxed.

use std::collections::HashSet;

use super::super::diagnostics::nearest;
use super::super::ir::{Content, Ir, Member, Object, Rules, Shape, Slot, Type, TypeId, Valued};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::super::resolve::SchemaId;
use super::text::json_text;
use super::{Facts, Found, Lowered, Lowering, Reported};

impl<'a> Lowering<'a, '_> {
    pub(super) fn object(&mut self, facts: &Facts, nullable: bool) -> Lowered<(Type, Rules)> {
        let own = facts.own();
        let properties = self.take_one(facts, "properties")?;
        let required = self.take_all(facts, "required");
        let additional = self.take_one(facts, "additionalProperties")?;
        let declared = properties.and_then(|found| found.node.as_object()).unwrap_or(&[]);
        let open = match additional.map(|found| (found, &found.node.value)) {
            None => true,
            Some((found, Value::Bool(true))) => {
                return Err(self.error_at(
                    found,
                    "`additionalProperties: true` would keep undeclared members, which is not supported",
                    Some("leave it out: undeclared members are then accepted, and ignored"),
                ));
            }
            Some((found, Value::Bool(false))) => {
                if properties.is_some_and(|properties| properties.owner != found.owner) {
                    let message = "it sees only the `properties` beside it, so nothing would be allowed";
                    let help = "put `additionalProperties` beside the `properties` it closes";
                    return Err(self.error_at(found, message, Some(help)));
                }
                false
            }
            Some((found, _)) => return self.map(found, declared.is_empty() && required.is_empty()),
        };
        let ty = self.reserve();
        self.open.insert(
            own,
            Slot {
                ty: Type::Named(ty),
                nullable,
                rules: Rules::default(),
            },
        );
        let mut members = Vec::new();
        let mut failed = false;
        for member in declared {
            let child =
                properties.and_then(|found| self.set.child(found.owner, &["properties", &member.name]));
            let Some(child) = child else { continue };
            let is_required = required
                .iter()
                .any(|found| names(*found).any(|name| name == member.name));
            match self.member(child, &member.name, is_required) {
                Ok(member) => members.push(member),
                Err(Reported) => failed = true,
            }
        }
        self.open.remove(&own);
        for found in required {
            for name in names(found) {
                if declared.iter().any(|member| member.name == name) {
                    continue;
                }
                let help = match nearest(name, declared.iter().map(|member| member.name.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "declare it in `properties`".to_owned(),
                };
                self.error_at(
                    found,
                    format!("`{name}` is required but not declared"),
                    Some(&help),
                );
                failed = true;
            }
        }
        if failed {
            return Err(Reported);
        }
        self.define(own, ty, Shape::Object(Object { members, open }));
        Ok((Type::Named(ty), Rules::default()))
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

    fn member(&mut self, id: SchemaId, wire: &str, required: bool) -> Lowered<Member> {
        let content = match self.constant(id, required)? {
            Some(text) => Content::Constant(text),
            None => self.value(id, required)?,
        };
        Ok(Member {
            wire: wire.to_owned(),
            docs: self.docs(id),
            content,
        })
    }

    fn value(&mut self, id: SchemaId, required: bool) -> Lowered<Content> {
        let slot = self.slot(id)?;
        let default = self.set.schema(id).node.get("default");
        let null = default.is_some_and(|node| matches!(node.value, Value::Null));
        let default_null = null && !required && slot.nullable;
        Ok(Content::Value(Box::new(Valued {
            slot,
            required,
            default_null,
            boxed: false,
        })))
    }

    /// The text of a constant member that is always there: it costs the caller nothing.
    fn constant(&mut self, id: SchemaId, required: bool) -> Lowered<Option<String>> {
        if !required || self.set.schema(id).broken {
            return Ok(None);
        }
        let facts = self.gather(id)?;
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
            Value::String(_) => (super::TEXT, json_text(found.node)),
            Value::Bool(_) => (super::BOOLEAN, json_text(found.node)),
            Value::Number(text) => match Exact::parse(text).filter(Exact::is_integer) {
                Some(number) => (super::INTEGER, number.to_string()),
                None => {
                    return Err(self.error_at(found, "a constant with a fraction is not supported", None));
                }
            },
            _ => {
                let message = "a constant that is no string, integer or boolean is not supported";
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

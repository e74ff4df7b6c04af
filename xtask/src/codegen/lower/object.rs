//! Objects: members, maps, and which members must be boxed.

use std::collections::HashSet;

use super::super::automaton::Dfa;
use super::super::diagnostics::nearest;
use super::super::ir::{
    BranchKind, Content, Docs, Ir, Item, Member, Object, Rules, Shape, Slot, Type, TypeId, Valued,
};
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
        let names_only = declared.is_empty() && required.is_empty();
        if let Some(map) = self.map(facts, names_only)? {
            return Ok(map);
        }
        let mut open = !self.closed_by_all(facts)?;
        for found in self.take_all(facts, "additionalProperties") {
            // What is no `false` has made it a map.
            self.check_closed(found, &declared)?;
            open = false;
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
            if found.owner != facts.around.unwrap_or(facts.own()) {
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

    /// An object whose members are data, if it is one: nothing is declared, and something is said of all members.
    fn map(&mut self, facts: &Facts, names_only: bool) -> Lowered<Option<(Type, Rules)>> {
        let additional: Vec<Found<'a>> = facts
            .parts
            .iter()
            .filter_map(|owner| {
                let keyword = "additionalProperties";
                let node = self.set.schema(*owner).node.get(keyword)?;
                Some(Found {
                    owner: *owner,
                    keyword,
                    node,
                })
            })
            .filter(|found| !matches!(found.node.value, Value::Bool(false)))
            .collect();
        let of_all: Vec<Found<'a>> = ["propertyNames", "minProperties", "maxProperties"]
            .into_iter()
            .flat_map(|keyword| self.take_all(facts, keyword))
            .collect();
        let Some(first) = additional.iter().chain(&of_all).next() else {
            return Ok(None);
        };
        if !names_only {
            let message = format!(
                "`{}` beside declared or required members is not supported",
                first.keyword
            );
            let help = "put the undeclared members into a member of their own";
            return Err(self.error_at(*first, message, Some(help)));
        }
        let item = match additional.as_slice() {
            [] => Item {
                ty: Type::Any,
                nullable: false,
            },
            [found] => {
                self.taken.insert((found.owner, found.keyword));
                let Some(child) = self.set.child(found.owner, &[found.keyword]) else {
                    return Err(Reported);
                };
                self.item(child)?
            }
            [_, second, ..] => {
                let message =
                    "`additionalProperties` is given twice for the same value, by `$ref` or `allOf`";
                return Err(self.error_at(*second, message, Some("give it in one place")));
            }
        };
        let mut rules = Rules {
            min_properties: self
                .take_count(facts, "minProperties", |new, old| new > old)
                .filter(|n| *n > 0),
            max_properties: self.take_count(facts, "maxProperties", |new, old| new < old),
            ..Rules::default()
        };
        if let (Some(min), Some(max)) = (rules.min_properties, rules.max_properties)
            && min > max
        {
            let message = "no object has `minProperties` and `maxProperties` members at once";
            return Err(self.error(facts.own(), message, None));
        }
        let mut names: Option<(String, Dfa)> = None;
        for found in of_all.iter().filter(|found| found.keyword == "propertyNames") {
            let Some(child) = self.set.child(found.owner, &["propertyNames"]) else {
                return Err(Reported);
            };
            if let Some((source, dfa)) = self.name_language(child)? {
                names = Some(self.both(*found, names, source, dfa)?);
            }
        }
        if let Some((source, dfa)) = names {
            rules.names = Some(self.pattern(facts.own(), source, dfa));
        }
        Ok(Some((Type::Map(Box::new(item)), rules)))
    }

    /// The texts that a schema of names allows; a name is always a text. `None` when it allows all.
    fn name_language(&mut self, id: SchemaId) -> Lowered<Option<(String, Dfa)>> {
        let facts = self.gather(&[id])?;
        if self.types(&facts)?.set & super::TEXT == 0 {
            return Err(self.error(id, "a name is always a string", None));
        }
        let mut texts: Vec<&str> = Vec::new();
        for found in self
            .take_one(&facts, "enum")?
            .into_iter()
            .chain(self.take_one(&facts, "const")?)
        {
            if !texts.is_empty() {
                return Err(self.error_at(found, "`const` beside `enum` is not supported", None));
            }
            let values = if found.keyword == "const" {
                std::slice::from_ref(found.node)
            } else {
                found.node.as_array().unwrap_or(&[])
            };
            texts.extend(values.iter().filter_map(Node::as_str));
            if texts.is_empty() {
                return Err(self.error_at(found, "a name is always a string", None));
            }
        }
        let listed = texts
            .iter()
            .map(|text| Dfa::literal(text))
            .reduce(|all, one| all.union(&one));
        if let Some(dfa) = listed {
            return Ok(Some((texts.join("|"), dfa)));
        }
        let (ty, rules) = self.text(&facts)?;
        if ty != Type::Text {
            return Err(self.error(
                id,
                "this format is not supported for names",
                Some("use `pattern`"),
            ));
        }
        let mut language = rules.pattern.and_then(|id| {
            let pattern = self.patterns.get(id.0)?;
            Some((pattern.source.clone(), pattern.dfa.clone()))
        });
        if rules.min_length.is_some() || rules.max_length.is_some() {
            let (min, max) = (rules.min_length.unwrap_or(0), rules.max_length);
            let Some(lengths) = Dfa::lengths(min, max) else {
                return Err(self.error(id, "the lengths of names are too large", None));
            };
            let source = format!(
                "^[^]{{{min},{}}}$",
                max.map(|max| max.to_string()).unwrap_or_default()
            );
            language = Some(match language {
                None => (source, lengths),
                Some((pattern, dfa)) => (format!("{pattern} and {source}"), dfa.intersection(&lengths)),
            });
        }
        Ok(language)
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
        Shape::Union(union) => union
            .branches
            .iter()
            .filter_map(|branch| match &branch.kind {
                BranchKind::Type(ty) => named(ty),
                BranchKind::Constant(_) => None,
            })
            .collect(),
        Shape::Texts(_) | Shape::Alternatives(_) => Vec::new(),
    }
}

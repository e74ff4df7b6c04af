//! Objects: their declared members, and which of these must be boxed. What `undeclared` finds out about the others is put
//! beside them.

use std::collections::HashSet;

use super::super::diagnostics::nearest;
use super::super::ir::{BranchKind, Content, Ir, Item, Member, Object, Rules, Shape, Type, TypeId, Valued};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::super::resolve::SchemaId;
use super::text::json_text;
use super::undeclared::{Kept, Says, Undeclared};
use super::{Facts, Found, Lowered, Lowering, Reported, Scope};

/// A declared member and the schemas that all describe it.
type Declared<'a> = (&'a str, Vec<SchemaId>);

impl<'a> Lowering<'a, '_> {
    pub(super) fn object(&mut self, facts: &Facts, nullable: bool) -> Lowered<(Type, Rules)> {
        let own = facts.own();
        let says = self.says(facts)?;
        let (min_properties, max_properties) = self.counts(facts)?;
        let counted = min_properties.is_some() || max_properties.is_some();
        let required = self.take_all(facts, "required");
        let (declared, forbidden) = self.declared(&says, &required)?;
        let mut undeclared = self.undeclared(facts, &says, &declared, &forbidden, counted)?;
        if declared.is_empty()
            && let Some(only) = undeclared.only_map()
        {
            let (ty, mut rules) = self.map(facts, only)?;
            rules.min_properties = min_properties.filter(|min| *min > 0);
            rules.max_properties = max_properties;
            return Ok((ty, rules));
        }
        let says_nothing = declared.is_empty() && matches!(undeclared, Undeclared::Ignored);
        if facts.only.is_some() && says_nothing {
            // An object among other types, of which nothing is said: any, and kept as any list is.
            let item = Item {
                ty: Type::Any,
                nullable: false,
            };
            return Ok((Type::Map(Box::new(item)), Rules::default()));
        }
        let ty = self.reserve();
        let entered = self.enter(facts, ty, nullable);
        let members = self.members(&declared, &required);
        let kept = self.kept(facts, &mut undeclared);
        self.leave(facts, entered);
        let (members, (groups, rest)) = (members?, kept?);
        let object = Object {
            members,
            groups,
            rest,
            min_properties: min_properties.filter(|min| *min > 0),
            max_properties,
        };
        self.define(own, ty, Shape::Object(object));
        Ok((Type::Named(ty), Rules::default()))
    }

    /// `minProperties` and `maxProperties`.
    pub(super) fn counts(&mut self, facts: &Facts) -> Lowered<(Option<u64>, Option<u64>)> {
        let min = self.take_count(facts, "minProperties", |new, old| new > old);
        let max = self.take_count(facts, "maxProperties", |new, old| new < old);
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let message = "no object has `minProperties` and `maxProperties` members at once";
            return Err(self.error_of_counts(facts, "maxProperties", max, message));
        }
        Ok((min, max))
    }

    /// The members that have a place of their own, in order, and the names of those that no object has.
    fn declared(
        &mut self,
        says: &Says<'a>,
        required: &[Found<'a>],
    ) -> Lowered<(Vec<Declared<'a>>, Vec<&'a str>)> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut forbidden = Vec::new();
        let mut failed = false;
        for name in says.properties() {
            if declared.iter().any(|(other, _)| *other == name) || forbidden.contains(&name) {
                continue;
            }
            let ids = says.describing(name);
            self.check_closed(says, name)?;
            if self.is_impossible(&ids) {
                self.take_within(&ids);
                forbidden.push(name);
            } else if says.allows(name) {
                declared.push((name, ids));
            } else if let Some(first) = ids.first() {
                let message = format!("`propertyNames` does not allow the name `{name}`");
                self.error(*first, message, Some("remove the member, or allow its name"));
                failed = true;
            }
        }
        for found in required {
            for name in names(*found) {
                failed |= self
                    .require(says, *found, name, &mut declared, &forbidden)
                    .is_err();
            }
        }
        if failed {
            Err(Reported)
        } else {
            Ok((declared, forbidden))
        }
    }

    /// Holds a required name against what is declared. One that is not gets a place: any value that an undeclared member
    /// may have will do, but there must be one.
    fn require(
        &mut self,
        says: &Says<'a>,
        found: Found<'a>,
        name: &'a str,
        declared: &mut Vec<Declared<'a>>,
        forbidden: &[&str],
    ) -> Lowered<()> {
        if declared.iter().any(|(other, _)| *other == name) {
            return Ok(());
        }
        let ids = says.describing(name);
        if forbidden.contains(&name) || !says.allows(name) {
            let message = format!("`{name}` is required, but no object may have it");
            let help = Some("take it out of `required`, or allow it");
            return Err(self.error_at(required_name(found, name), message, help));
        }
        if self.is_impossible(&ids) {
            let message = format!("`{name}` is required but not declared");
            let help = match nearest(name, declared.iter().map(|(other, _)| *other)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "declare it in `properties`".to_owned(),
            };
            return Err(self.error_at(required_name(found, name), message, Some(&help)));
        }
        declared.push((name, ids));
        Ok(())
    }

    /// `additionalProperties: false` sees only the `properties` beside it, and forbids all others: never what is meant, though
    /// a single file is taken at its word.
    fn check_closed(&mut self, says: &Says<'a>, name: &str) -> Lowered<()> {
        let Some(found) = says
            .closed_against(name)
            .filter(|_| self.scope == Scope::Directory)
        else {
            return Ok(());
        };
        let sees = match found.keyword {
            "additionalProperties" => "only the `properties` beside it",
            _ => "only what is beside and below it",
        };
        let message = format!("`{}: false` sees {sees}, so it forbids `{name}`", found.keyword);
        let help = "use `unevaluatedProperties: false` where the whole object is described";
        Err(self.error_at(found, message, Some(help)))
    }

    fn members(&mut self, declared: &[Declared<'a>], required: &[Found<'a>]) -> Lowered<Vec<Member>> {
        let is_required = |name: &str| {
            let mut all = required.iter().flat_map(|found| names(*found));
            all.any(|other| other == name)
        };
        let mut members = Vec::new();
        let mut failed = false;
        for (name, ids) in declared {
            match self.member(ids, name, is_required(name)) {
                Ok(member) => members.push(member),
                Err(Reported) => failed = true,
            }
        }
        if failed { Err(Reported) } else { Ok(members) }
    }

    /// An object whose members are all data.
    fn map(&mut self, facts: &Facts, only: &Kept) -> Lowered<(Type, Rules)> {
        let item = self.kept_item(facts, only)?;
        let mut rules = Rules::default();
        if let Some((source, dfa)) = &only.names {
            rules.names = Some(self.pattern(facts.own(), source.clone(), dfa.clone()));
        }
        Ok((Type::Map(Box::new(item)), rules))
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
        let slot = self.described(ids)?;
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
        let Some(found) = self.constant_of(&facts)? else {
            return Ok(None);
        };
        if self.binds_listed(&facts) {
            self.valid_listed(&facts, found, &[found.node])?;
        }
        let types = self.types(&facts)?;
        let (bit, text) = match &found.node.value {
            Value::Null => (super::NULL, json_text(found.node)),
            Value::String(_) => (super::TEXT, json_text(found.node)),
            Value::Bool(_) => (super::BOOLEAN, json_text(found.node)),
            Value::Number(text) => match Exact::parse(text) {
                Some(number) if number.is_integer() => (super::INTEGER, number.to_string()),
                Some(number) => (super::NUMBER & !super::INTEGER, number.to_string()),
                None => return Err(self.error_at(found, "the number is too large", Some("use a text"))),
            },
            // They are values like others, if always the same.
            Value::Array(_) | Value::Object(_) => return Ok(None),
        };
        if let Value::Number(_) = &found.node.value
            && text.parse::<i64>().is_err()
            && text.parse::<u64>().is_err()
            && !text
                .parse::<f64>()
                .is_ok_and(|number| text.contains('.') && number.is_finite())
        {
            return Err(self.error_at(found, "the number is too large", Some("use a text")));
        }
        if types.set & bit == 0 {
            return Err(self.not_of_type(found, found.node));
        }
        Ok(Some(text))
    }
}

/// Where a name is required.
fn required_name<'a>(found: Found<'a>, name: &str) -> Found<'a> {
    let names = found.node.as_array().unwrap_or(&[]);
    let node = names.iter().find(|node| node.as_str() == Some(name));
    Found {
        node: node.unwrap_or(found.node),
        ..found
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
        match &mut def.shape {
            Shape::Object(object) => {
                for member in &mut object.members {
                    if let Content::Value(value) = &mut member.content
                        && let Type::Named(id) = value.slot.ty
                    {
                        value.boxed = reaches(id, TypeId(index));
                    }
                }
            }
            Shape::Tuple(tuple) => {
                for element in &mut tuple.elements {
                    if let Type::Named(id) = element.item.ty {
                        element.boxed = reaches(id, TypeId(index));
                    }
                }
            }
            _ => {}
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
        Shape::Tuple(tuple) => tuple
            .elements
            .iter()
            .filter_map(|element| named(&element.item.ty))
            .collect(),
        Shape::Texts(_) | Shape::Alternatives(_) => Vec::new(),
    }
}

//! Arrays: lists, tuples (`prefixItems`), and which of them can be held to `uniqueItems`.

use std::collections::HashSet;

use super::super::ir::{
    AlternativeKind, BranchKind, Content, Element, Item, Rest, Rules, Shape, Tuple, Type, TypeId,
};
use super::super::load::{Node, Value};
use super::super::resolve::SchemaId;
use super::{Facts, Found, Lowered, Lowering, Reported};

/// What an array says about all of its elements.
pub(super) struct Counts {
    min: Option<u64>,
    max: Option<u64>,
    unique: bool,
}

/// What one of the schemas says of elements; its `items` sees its own `prefixItems` alone.
struct Elements {
    owner: SchemaId,
    /// `prefixItems`
    first: Vec<SchemaId>,
    /// `items`
    rest: Option<SchemaId>,
}

impl Elements {
    /// What describes the element at this place.
    fn at(&self, index: usize) -> Option<SchemaId> {
        self.first.get(index).copied().or(self.rest)
    }
}

/// What describes the elements behind all that have schemas of their own.
fn rest_of(said: &[Elements]) -> Vec<SchemaId> {
    said.iter().filter_map(|part| part.rest).collect()
}

impl Lowering<'_, '_> {
    pub(super) fn array(&mut self, facts: &Facts, nullable: bool) -> Lowered<(Type, Rules)> {
        let own = facts.own();
        let said = self.elements(facts)?;
        let counts = self.item_counts(facts)?;
        if said.iter().any(|part| !part.first.is_empty()) {
            return self.tuple(facts, nullable, &said, &counts);
        }
        let mut rules = Rules {
            min_items: counts.min,
            max_items: counts.max,
            unique_items: counts.unique,
            ..Rules::default()
        };
        let item = self.element(own, &rest_of(&said), "item")?;
        if item.is_none() {
            if rules.min_items.is_some() {
                return Err(self.no_elements(facts));
            }
            rules.max_items = Some(0);
        }
        let item = item.unwrap_or_else(any);
        if rules.unique_items {
            self.unique.push((own, item.ty.clone()));
        }
        Ok((Type::List(Box::new(item)), rules))
    }

    fn no_elements(&mut self, facts: &Facts) -> Reported {
        let message = "no array has no elements and `minItems` of them";
        let help = Some("allow elements, or leave `minItems` out");
        let all = self.take_all(facts, "items");
        let mut found = all.last().copied();
        for one in all {
            let child = self.set.child(one.owner, &["items"]);
            if child.is_some_and(|child| self.is_impossible(&[child])) {
                found = Some(one);
            }
        }
        match found {
            Some(found) => self.error_at(found, message, help),
            None => self.error(facts.own(), message, help),
        }
    }

    /// What each part says of elements.
    fn elements(&mut self, facts: &Facts) -> Lowered<Vec<Elements>> {
        let mut said: Vec<Elements> = Vec::new();
        for keyword in ["prefixItems", "items"] {
            for found in self.take_all(facts, keyword) {
                let mut first = Vec::new();
                for index in 0..found.node.as_array().map_or(0, <[Node]>::len) {
                    let child = self.set.child(found.owner, &[keyword, &index.to_string()]);
                    first.push(child.ok_or(Reported)?);
                }
                if keyword == "prefixItems" {
                    said.push(Elements {
                        owner: found.owner,
                        first,
                        rest: None,
                    });
                    continue;
                }
                let rest = Some(self.set.child(found.owner, &["items"]).ok_or(Reported)?);
                match said.iter_mut().find(|part| part.owner == found.owner) {
                    // It sees the `prefixItems` of its own schema alone.
                    Some(part) => part.rest = rest,
                    None => said.push(Elements {
                        owner: found.owner,
                        first,
                        rest,
                    }),
                }
            }
        }
        Ok(said)
    }

    /// What an element is that all of these describe; `None` where no value is.
    fn element(&mut self, own: SchemaId, ids: &[SchemaId], word: &str) -> Lowered<Option<Item>> {
        if self.is_impossible(ids) || !self.share_a_type(ids)? {
            self.take_within(ids);
            return Ok(None);
        }
        match ids {
            [] => Ok(Some(any())),
            [one] => self.item(*one).map(Some),
            many => {
                let slot = self.described(many)?;
                let name = format!("{} {word}", self.name_of(own));
                Ok(Some(self.named_item(own, slot, name)))
            }
        }
    }

    pub(super) fn item_counts(&mut self, facts: &Facts) -> Lowered<Counts> {
        let min = self.take_count(facts, "minItems", |new, old| new > old);
        let counts = Counts {
            min: min.filter(|count| *count > 0),
            max: self.take_count(facts, "maxItems", |new, old| new < old),
            unique: self
                .take_all(facts, "uniqueItems")
                .iter()
                .any(|found| matches!(found.node.value, Value::Bool(true))),
        };
        if let (Some(min), Some(max)) = (counts.min, counts.max)
            && min > max
        {
            let message = "no array has `minItems` and `maxItems` elements at once";
            return Err(self.error_of_counts(facts, "maxItems", max, message));
        }
        Ok(counts)
    }

    /// An array whose first elements have schemas of their own. Those that are not there break no rule but `minItems`.
    fn tuple(
        &mut self,
        facts: &Facts,
        nullable: bool,
        said: &[Elements],
        counts: &Counts,
    ) -> Lowered<(Type, Rules)> {
        let own = facts.own();
        let ty = self.reserve();
        let entered = self.enter(facts, ty, nullable);
        let length = said.iter().map(|part| part.first.len()).max().unwrap_or(0);
        let mut elements = Vec::new();
        // From the first on that no value is, there are no elements.
        let mut end = None;
        for index in 0..length {
            let ids: Vec<SchemaId> = said.iter().filter_map(|part| part.at(index)).collect();
            let Some(item) = self.element(own, &ids, &format!("item {}", index + 1))? else {
                end = end.or(Some(index));
                continue;
            };
            elements.push(Element {
                docs: ids.first().map(|id| self.docs(*id)).unwrap_or_default(),
                item,
                boxed: false,
            });
        }
        let mut rest = self.element(own, &rest_of(said), "rest")?;
        self.leave(facts, entered);
        let max = counts.max.and_then(|max| usize::try_from(max).ok());
        let end = [end, max.filter(|max| *max <= elements.len())]
            .into_iter()
            .flatten()
            .min();
        if let Some(end) = end {
            elements.truncate(end);
            rest = None;
        }
        let first = u64::try_from(elements.len()).unwrap_or(u64::MAX);
        if let Some(min) = counts.min.filter(|min| rest.is_none() && *min > first) {
            let message = "no array has as many elements as `minItems` asks for";
            return Err(self.error_of_counts(facts, "minItems", min, message));
        }
        if elements.is_empty() && rest.is_none() {
            if self.recursed.contains(&own) {
                return Err(self.endless(own));
            }
            let rules = Rules {
                max_items: Some(0),
                ..Rules::default()
            };
            return Ok((Type::List(Box::new(any())), rules));
        }
        let required = counts.min.unwrap_or(0).min(first);
        let tuple = Tuple {
            required: usize::try_from(required).unwrap_or(elements.len()),
            min_items: counts.min.filter(|min| *min > first),
            max_items: counts.max.filter(|_| rest.is_some()),
            unique_items: counts.unique,
            elements,
            rest,
        };
        self.define(own, ty, Shape::Tuple(tuple));
        if counts.unique {
            self.unique.push((own, Type::Named(ty)));
        }
        Ok((Type::Named(ty), Rules::default()))
    }

    /// `uniqueItems` compares JSON values, so it needs types that lose nothing of them that could tell two apart.
    pub(super) fn check_unique_items(&mut self) {
        for (id, ty) in std::mem::take(&mut self.unique) {
            // Two objects may differ in members that they do not declare, so these are kept.
            self.keep_members(vec![ty.clone()]);
            if self.equal_as_json(&ty, &mut HashSet::new()) {
                continue;
            }
            if let Some(node) = self.set.schema(id).node.get("uniqueItems") {
                let found = Found {
                    owner: id,
                    keyword: "uniqueItems",
                    node,
                };
                let message =
                    "`uniqueItems` is not supported for elements that are written alike when they were not";
                let help = "times and members with `default: null` are such: they are written again in one way; check it where the list is used";
                self.error_at(found, message, Some(help));
            }
        }
    }

    fn equal_as_json(&self, ty: &Type, seen: &mut HashSet<TypeId>) -> bool {
        match ty {
            Type::Null
            | Type::Boolean
            | Type::Integer
            | Type::Unsigned
            | Type::Number
            | Type::Text
            | Type::Any
            | Type::Date
            | Type::Uuid
            | Type::Decimal => true,
            Type::Timestamp => false,
            Type::List(item) | Type::Map(item) => self.equal_as_json(&item.ty, seen),
            Type::Named(id) => {
                if !seen.insert(*id) {
                    return true;
                }
                match self.shape(*id) {
                    Some(Shape::Texts(_)) => true,
                    Some(Shape::Wrapper(slot)) => self.equal_as_json(&slot.ty, seen),
                    Some(Shape::Object(object)) => {
                        !matches!(object.rest, Rest::Ignored)
                            && object
                                .maps()
                                .all(|(_, _, item)| self.equal_as_json(&item.ty, seen))
                            && object.members.iter().all(|member| match &member.content {
                                Content::Constant(_) => true,
                                Content::Value(value) => {
                                    !value.default_null && self.equal_as_json(&value.slot.ty, seen)
                                }
                            })
                    }
                    Some(Shape::Union(union)) => union.branches.iter().all(|branch| match &branch.kind {
                        BranchKind::Constant(_) => true,
                        BranchKind::Type(ty) => self.equal_as_json(ty, seen),
                    }),
                    Some(Shape::Alternatives(alternatives)) => {
                        alternatives.iter().all(|alternative| match &alternative.kind {
                            AlternativeKind::Constant(_) => true,
                            AlternativeKind::Type(ty) => self.equal_as_json(ty, seen),
                        })
                    }
                    Some(Shape::Tuple(tuple)) => {
                        let elements = tuple.elements.iter().map(|element| &element.item);
                        elements
                            .chain(&tuple.rest)
                            .all(|item| self.equal_as_json(&item.ty, seen))
                    }
                    None => false,
                }
            }
        }
    }
}

/// Any value.
fn any() -> Item {
    Item {
        ty: Type::Any,
        nullable: false,
    }
}

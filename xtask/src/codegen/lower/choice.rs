//! Choices: `const`, `enum`, `anyOf` and `oneOf`.

use std::collections::HashSet;

use super::super::automaton::{Dfa, common_text};
use super::super::ir::{Alternative, AlternativeKind, Item, Rules, Shape, Slot, TextValue, Type, TypeId};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::super::resolve::SchemaId;
use super::{Facts, Found, Lowered, Lowering, Reported};

impl<'a> Lowering<'a, '_> {
    /// What a schema with `const`, `enum`, `anyOf` or `oneOf` is; `None` when it has none of them.
    pub(super) fn choice(&mut self, facts: &Facts) -> Lowered<Option<Slot>> {
        let constant = self.take_one(facts, "const")?;
        let values = self.take_one(facts, "enum")?;
        let any = self.take_one(facts, "anyOf")?;
        let one = self.take_one(facts, "oneOf")?;
        let given: Vec<Found<'a>> = [constant, values, any, one].into_iter().flatten().collect();
        match given.as_slice() {
            [] => Ok(None),
            [found] if matches!(found.keyword, "const" | "enum") => {
                let values: Vec<&Node> = match found.keyword {
                    "const" => vec![found.node],
                    _ => found.node.as_array().unwrap_or(&[]).iter().collect(),
                };
                let all = |is: fn(&Value) -> bool| {
                    values
                        .iter()
                        .all(|v| is(&v.value) || matches!(v.value, Value::Null))
                };
                let some = |is: fn(&Value) -> bool| values.iter().any(|v| is(&v.value));
                let number = |value: &Value| matches!(value, Value::Number(_));
                if all(number) && some(number) {
                    return self.numbers(facts, *found, &values).map(Some);
                }
                if values.iter().all(|value| matches!(value.value, Value::Null)) {
                    if self.types(facts)?.set & super::NULL == 0 {
                        return Err(self.error_at(
                            *found,
                            "`null` is not of the `type` given beside it",
                            None,
                        ));
                    }
                    return Ok(Some(Slot {
                        ty: Type::Null,
                        nullable: false,
                        rules: Rules::default(),
                    }));
                }
                self.texts(facts, *found, &values).map(Some)
            }
            [found] => self.alternatives(facts, *found).map(Some),
            [_, second, ..] => {
                let message = format!("`{}` beside another choice is not supported", second.keyword);
                Err(self.error_at(*second, message, Some("write one choice that says it all")))
            }
        }
    }

    /// A list of integers that is a range, perhaps in steps, or a single number.
    fn numbers(&mut self, facts: &Facts, found: Found<'a>, values: &[&Node]) -> Lowered<Slot> {
        let types = self.types(facts)?;
        let nullable = values.iter().any(|value| matches!(value.value, Value::Null));
        let mut numbers: Vec<Exact> = Vec::new();
        for value in values {
            if let Value::Number(text) = &value.value {
                let Some(number) = Exact::parse(text) else {
                    return Err(self.error_at(found, "the number is too large", None));
                };
                numbers.push(number);
            }
        }
        numbers.sort();
        let whole = numbers.iter().all(Exact::is_integer);
        let kind = if whole {
            super::INTEGER
        } else {
            super::NUMBER & !super::INTEGER
        };
        if types.set & kind == 0 || (nullable && types.set & super::NULL == 0) {
            return Err(self.error_at(found, "a value does not have the `type` given beside it", None));
        }
        let (Some(first), Some(last)) = (numbers.first().cloned(), numbers.last().cloned()) else {
            return Err(Reported);
        };
        let small: Option<Vec<i64>> = numbers
            .iter()
            .map(|number| number.to_string().parse().ok())
            .collect();
        let step = match (numbers.len(), small) {
            (1, _) => Some(1),
            (_, Some(small)) => range_step(&small),
            (_, None) => None,
        };
        let Some(step) = step else {
            let message = "numbers that are no range are not supported";
            let help = "use `minimum`, `maximum` and `multipleOf`, or texts";
            return Err(self.error_at(found, message, Some(help)));
        };
        let negative = first.is_negative();
        let ty = match (whole, negative) {
            (false, _) => Type::Number,
            (true, true) => Type::Integer,
            (true, false) => Type::Unsigned,
        };
        let zero = first.is_zero() && ty == Type::Unsigned;
        let rules = Rules {
            minimum: (!zero).then_some(first),
            maximum: Some(last),
            multiple_of: Exact::parse(&step.to_string()).filter(|_| step > 1),
            ..Rules::default()
        };
        Ok(Slot { ty, nullable, rules })
    }

    /// A closed list of texts, and perhaps `null`.
    fn texts(&mut self, facts: &Facts, found: Found<'a>, values: &[&Node]) -> Lowered<Slot> {
        let types = self.types(facts)?;
        let mut texts: Vec<TextValue> = Vec::new();
        let mut nullable = false;
        let mut seen = HashSet::new();
        for value in values {
            let bit = match &value.value {
                Value::Null => super::NULL,
                Value::String(_) => super::TEXT,
                _ => {
                    let message = "values of this type, or of several types, are not supported here";
                    let help = "use texts or integers, and `type` for `boolean`";
                    return Err(self.error_at(found, message, Some(help)));
                }
            };
            if types.set & bit == 0 {
                return Err(self.error_at(found, "a value does not have the `type` given beside it", None));
            }
            match &value.value {
                Value::String(text) if seen.insert(text) => texts.push(TextValue { text: text.clone() }),
                Value::Null if !nullable => nullable = true,
                _ => {
                    return Err(self.error_at(
                        found,
                        "a value is given twice",
                        Some("remove one of the two"),
                    ));
                }
            }
        }
        let ty = self.reserve();
        self.define(facts.own(), ty, Shape::Texts(texts));
        Ok(Slot {
            ty: Type::Named(ty),
            nullable,
            rules: Rules::default(),
        })
    }

    fn alternatives(&mut self, facts: &Facts, found: Found<'a>) -> Lowered<Slot> {
        let exclusive = found.keyword == "oneOf";
        let types = self.types(facts)?;
        let twice = "`null` would match two alternatives, so `oneOf` would refuse it";
        let mut nulls = 0;
        let mut rest: Vec<SchemaId> = Vec::new();
        for index in 0..found.node.as_array().map_or(0, <[Node]>::len) {
            let Some(id) = self.set.child(found.owner, &[found.keyword, &index.to_string()]) else {
                return Err(Reported);
            };
            if self.is_null(id) {
                nulls += 1;
            } else {
                rest.push(id);
            }
        }
        if nulls > 1 && exclusive {
            return Err(self.error_at(found, twice, None));
        }
        let nullable = nulls > 0;
        if nullable && types.set & super::NULL == 0 {
            return Err(self.error_at(found, "`null` is not of the `type` given beside it", None));
        }
        if let ([id], true) = (rest.as_slice(), nullable) {
            let mut slot = self.slot(*id)?;
            if slot.nullable && exclusive {
                return Err(self.error_at(found, twice, None));
            }
            if types.set & self.kind_of(&slot.ty) == 0 {
                return Err(self.error_at(
                    found,
                    "an alternative is not of the `type` given beside it",
                    None,
                ));
            }
            slot.nullable = true;
            return Ok(slot);
        }
        let mut constants = Vec::new();
        let mut kinds = Vec::new();
        let mut failed = false;
        for id in rest {
            match self.alternative(id) {
                Ok(one) if matches!(one.0.kind, AlternativeKind::Constant(_)) => constants.push(one),
                Ok(one) => kinds.push(one),
                Err(Reported) => failed = true,
            }
        }
        if failed {
            return Err(Reported);
        }
        let all: Vec<(Alternative, Option<Dfa>)> = constants.into_iter().chain(kinds).collect();
        if exclusive {
            self.check_exclusive(found, &all)?;
        }
        if types.set & super::TEXT == 0 {
            return Err(self.error_at(found, "an alternative is not of the `type` given beside it", None));
        }
        let ty = self.reserve();
        let alternatives = all.into_iter().map(|(alternative, _)| alternative).collect();
        self.define(facts.own(), ty, Shape::Alternatives(alternatives));
        Ok(Slot {
            ty: Type::Named(ty),
            nullable,
            rules: Rules::default(),
        })
    }

    /// Whether a schema allows `null` and nothing else.
    fn is_null(&mut self, id: SchemaId) -> bool {
        let node = self.set.schema(id).node;
        let keyword = match (
            node.get("type").map(Node::as_str),
            node.get("const").map(|n| &n.value),
        ) {
            (Some(Some("null")), None) => "type",
            (None, Some(Value::Null)) => "const",
            _ => return false,
        };
        self.taken.insert((id, keyword));
        true
    }

    fn alternative(&mut self, id: SchemaId) -> Lowered<(Alternative, Option<Dfa>)> {
        let node = self.set.schema(id).node;
        if let Some(Value::String(text)) = node.get("const").map(|node| &node.value) {
            let facts = self.gather(&[id])?;
            self.take_one(&facts, "const")?;
            if self.types(&facts)?.set & super::TEXT == 0 {
                return Err(self.error(id, "the constant does not have the `type` given beside it", None));
            }
            let titled = node.get("title").and_then(Node::as_str);
            let name = titled.map_or_else(|| text.clone(), str::to_owned);
            let kind = AlternativeKind::Constant(text.clone());
            return Ok((
                Alternative {
                    name,
                    docs: self.docs(id),
                    kind,
                },
                Some(Dfa::literal(text)),
            ));
        }
        let Item { ty, nullable } = self.item(id)?;
        if nullable || self.kind_of(&ty) != super::TEXT {
            let message = "alternatives other than texts are not supported";
            return Err(self.error(id, message, Some("make two members of it, or two events")));
        }
        let name = match &ty {
            Type::Named(inner) => self.draft_name(*inner),
            Type::Text => Some("Text".to_owned()),
            Type::Timestamp => Some("Timestamp".to_owned()),
            Type::Date => Some("Date".to_owned()),
            Type::Uuid => Some("Uuid".to_owned()),
            Type::Decimal => Some("Decimal".to_owned()),
            _ => None,
        };
        let name = name.unwrap_or_else(|| self.name_of(id));
        let language = self.language(&ty);
        Ok((
            Alternative {
                name,
                docs: self.docs(id),
                kind: AlternativeKind::Type(ty),
            },
            language,
        ))
    }

    fn draft_name(&self, id: TypeId) -> Option<String> {
        self.types.get(id.0)?.as_ref().map(|draft| draft.def.name.clone())
    }

    /// The JSON types that the values of a type have.
    fn kind_of(&self, ty: &Type) -> u8 {
        match ty {
            Type::Any => super::ALL,
            Type::Null => super::NULL,
            Type::Boolean => super::BOOLEAN,
            Type::Integer | Type::Unsigned => super::INTEGER,
            Type::Number => super::NUMBER,
            Type::Text | Type::Timestamp | Type::Date | Type::Uuid | Type::Decimal => super::TEXT,
            Type::List(_) => super::ARRAY,
            Type::Map(_) => super::OBJECT,
            Type::Named(id) => match self
                .types
                .get(id.0)
                .and_then(Option::as_ref)
                .map(|draft| &draft.def.shape)
            {
                Some(Shape::Texts(_) | Shape::Alternatives(_)) => super::TEXT,
                Some(Shape::Wrapper(slot)) => self.kind_of(&slot.ty),
                Some(Shape::Object(_)) | None => super::OBJECT,
            },
        }
    }

    /// `oneOf` wants exactly one match, which a type can only promise when no two alternatives meet.
    fn check_exclusive(&mut self, found: Found<'a>, all: &[(Alternative, Option<Dfa>)]) -> Lowered<()> {
        for (index, (first, a)) in all.iter().enumerate() {
            for (second, b) in all.iter().skip(index + 1) {
                let (Some(a), Some(b)) = (a, b) else {
                    let message = "these alternatives cannot be shown to exclude each other";
                    return Err(self.error_at(found, message, Some("use `anyOf`")));
                };
                if let Some(witness) = common_text(&[a], &[b]) {
                    let message = format!(
                        "`{}` and `{}` both accept {witness:?}, so `oneOf` would refuse it",
                        first.name, second.name
                    );
                    return Err(self.error_at(
                        found,
                        message,
                        Some("use `anyOf`, or let them exclude each other"),
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The step between integers that are a range which `multipleOf` describes; `None` when they are none.
fn range_step(sorted: &[i64]) -> Option<i64> {
    let mut steps = sorted
        .iter()
        .zip(sorted.iter().skip(1))
        .map(|(a, b)| b.checked_sub(*a));
    let step = steps.next()??;
    if step == 0 || steps.any(|other| other != Some(step)) {
        return None;
    }
    sorted.first().filter(|first| **first % step == 0).map(|_| step)
}

//! Choices: `const` and `enum`; `anyOf` and `oneOf` go on in `union`.

use std::collections::HashSet;

use super::super::ir::{Rules, Shape, Slot, TextValue, Type};
use super::super::load::{Node, Value};
use super::super::number::Exact;
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

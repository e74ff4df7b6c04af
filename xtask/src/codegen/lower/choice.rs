//! Choices: `const` and `enum`; `anyOf` and `oneOf` go on in `union`.

use std::collections::HashSet;

use super::super::super::compat::json::Json;
use super::super::super::compat::listed;
use super::super::ir::{Rules, Shape, Slot, TextValue, Type};
use super::super::load::{Node, Value};
use super::super::number::Exact;
use super::facts::is_unbinding;
use super::kinds::{ALL, type_bits};
use super::text::{json_text, write_string};
use super::{Facts, Found, Lowered, Lowering, Reported, SchemaId, Scope};

/// 2^53: from here on, two integers may be one float.
const FLOAT_INTEGERS_END: &str = "9007199254740992";

/// More combinations than this, of choices side by side, are not what a person meant.
const COMBINATIONS_MAX: usize = 256;

/// Choices within choices multiply without end.
const COMBINATIONS_IN_ALL: usize = 10_000;

impl<'a> Lowering<'a, '_> {
    /// What a schema with `const`, `enum`, `anyOf` or `oneOf` is; `None` when it has none of them.
    pub(super) fn choice(&mut self, facts: &Facts) -> Lowered<Option<Slot>> {
        let constant = self.constant_of(facts)?;
        let lists = match constant {
            Some(_) => Vec::new(),
            None => self.take_all(facts, "enum"),
        };
        let listed = constant.or(lists.first().copied());
        let mut choices = self.take_all(facts, "anyOf");
        choices.extend(self.take_all(facts, "oneOf"));
        match (listed, choices.as_slice()) {
            (None, []) => Ok(None),
            (Some(found), _) => {
                let mut values: Vec<&Node> = match found.keyword {
                    "const" => vec![found.node],
                    _ => found.node.as_array().unwrap_or(&[]).iter().collect(),
                };
                if lists.len() > 1 || self.binds_listed(facts) || self.is_wider(facts, found, &values)? {
                    values = self.valid_listed(facts, found, &values)?;
                }
                self.listed(facts, found, &values).map(Some)
            }
            (None, [first, others @ ..]) => {
                self.check_combinations(*first, others)?;
                // The others are made within each of its alternatives.
                self.alternatives(facts, *first).map(Some)
            }
        }
    }

    /// Whether a list has values of types that something else than its own schema excludes: in a directory, a `type` beside the
    /// list that excludes some of it is a mistake.
    fn is_wider(&mut self, facts: &Facts, found: Found<'a>, values: &[&Node]) -> Lowered<bool> {
        let allowed = self.types(facts)?.set;
        let own = self
            .set
            .schema(found.owner)
            .node
            .get("type")
            .map_or(ALL, type_bits);
        let mistaken = self.scope == Scope::Directory
            && values.iter().any(|value| own & kind_of_value(&value.value) == 0);
        Ok(!mistaken
            && values
                .iter()
                .any(|value| allowed & kind_of_value(&value.value) == 0))
    }

    /// Whether anything but types is said beside a list of values.
    pub(super) fn binds_listed(&self, facts: &Facts) -> bool {
        facts.parts.iter().any(|part| {
            let members = self.set.schema(*part).node.as_object().unwrap_or(&[]);
            members.iter().any(|member| {
                let is_made = facts
                    .made
                    .iter()
                    .any(|(owner, made)| owner == part && *made == member.name);
                let of_list = matches!(member.name.as_str(), "type" | "const" | "enum");
                !is_made && !of_list && !is_unbinding(&member.name)
            })
        })
    }

    /// The values of a list that are valid under all that is said beside it.
    pub(super) fn valid_listed<'v>(
        &mut self,
        facts: &Facts,
        found: Found<'a>,
        values: &[&'v Node],
    ) -> Lowered<Vec<&'v Node>> {
        let Some(valid) = listed::valid(self.set, &facts.parts, &facts.made, values) else {
            return Err(self.undecided(facts, found, values));
        };
        if valid.is_empty() {
            let message = "what is said beside these constants allows none of them";
            return Err(self.error_at(
                found,
                message,
                Some("correct the constants, or what is said beside them"),
            ));
        }
        self.take_within(&facts.parts);
        Ok(valid)
    }

    /// Reports why it is not known which values of a list are valid: most often a rule beside them, or a number, is wrong itself.
    fn undecided(&mut self, facts: &Facts, found: Found<'a>, values: &[&Node]) -> Reported {
        if values.iter().any(|value| Json::of(value).is_none()) {
            return self.error_at(found, "the number is too large", Some("use a text"));
        }
        if facts.parts.iter().any(|part| self.holds_broken(*part)) {
            return Reported;
        }
        let before = self.diagnostics.len();
        let _ = self.text(facts);
        for part in &facts.parts {
            for child in self.set.children(*part).to_vec() {
                let _ = self.slot(child);
            }
        }
        if self.diagnostics.len() > before {
            return Reported;
        }
        let message = "whether these constants are valid under what is said beside them is not known";
        self.error_at(found, message, Some("list those that are, and nothing else"))
    }

    /// Whether something within a schema was reported when it was read.
    fn holds_broken(&self, id: SchemaId) -> bool {
        let mut open = vec![id];
        // Bound: the schemas of a document, each once.
        while let Some(id) = open.pop() {
            if self.set.schema(id).broken {
                return true;
            }
            open.extend(self.set.children(id));
        }
        false
    }

    /// Choices within choices, each with rules beside it, multiply as well: there is a bound to how often alternatives are read.
    pub(super) fn check_distribution(&mut self, facts: &Facts, found: Found<'a>) -> Lowered<()> {
        self.combinations += usize::from(!facts.made.is_empty());
        if self.combinations > COMBINATIONS_IN_ALL {
            return Err(self.exhausted(|lowering| {
                let message = "the rules beside choices make too many combinations of their alternatives";
                let help = "put the rules into the alternatives";
                lowering.error_at(found, message, Some(help))
            }));
        }
        Ok(())
    }

    /// Choices side by side are read as one of all combinations, so there must not be too many.
    fn check_combinations(&mut self, first: Found<'a>, others: &[Found<'a>]) -> Lowered<()> {
        let count = |found: &Found<'a>| found.node.as_array().map_or(1, <[Node]>::len);
        let mut combinations = count(&first);
        for other in others {
            combinations = combinations.saturating_mul(count(other));
            self.combinations += count(other);
            let too_many = |lowering: &mut Self| {
                let message = format!(
                    "`{}` beside other choices makes too many combinations",
                    other.keyword
                );
                lowering.error_at(*other, message, Some("write one choice that says it all"))
            };
            if combinations > COMBINATIONS_MAX {
                return Err(too_many(self));
            }
            if self.combinations > COMBINATIONS_IN_ALL {
                return Err(self.exhausted(too_many));
            }
        }
        Ok(())
    }

    /// The constant of a value: all that are given are the same, and any list beside it has it.
    pub(super) fn constant_of(&mut self, facts: &Facts) -> Lowered<Option<Found<'a>>> {
        let all = self.take_all(facts, "const");
        let Some((first, others)) = all.split_first() else {
            return Ok(None);
        };
        let text = plain_json(first.node);
        for other in others {
            if text.is_none() || plain_json(other.node) != text {
                let message = "no value is this constant and another that it must be";
                return Err(self.error_at(*other, message, Some("correct one of them")));
            }
        }
        for list in self.take_all(facts, "enum") {
            let mut values = list.node.as_array().unwrap_or(&[]).iter();
            if text.is_none() || !values.any(|value| plain_json(value) == text) {
                let message = "the constant that the value must be is none of these";
                return Err(self.error_at(
                    list,
                    message,
                    Some("correct the constant, or add it to the list"),
                ));
            }
        }
        Ok(Some(*first))
    }

    /// What values are that are listed.
    fn listed(&mut self, facts: &Facts, found: Found<'a>, values: &[&Node]) -> Lowered<Slot> {
        let types = self.types(facts)?;
        for value in values {
            if types.set & kind_of_value(&value.value) == 0 {
                return Err(self.not_of_type(found, value));
            }
        }
        let kinds = values
            .iter()
            .fold(0, |kinds, value| kinds | kind_of_value(&value.value));
        let nullable = kinds & super::NULL != 0;
        match kinds & !super::NULL {
            0 => Ok(Slot {
                ty: Type::Null,
                nullable: false,
                rules: Rules::default(),
            }),
            super::TEXT => self.texts(facts, found, values),
            super::INTEGER | super::NUMBER => self.numbers(found, values, nullable),
            super::BOOLEAN => {
                let values =
                    self.texts_of(found, values.iter().filter(|v| matches!(v.value, Value::Bool(_))))?;
                let rules = Rules {
                    // Both are all there is.
                    values: if values.len() == 1 { values } else { Vec::new() },
                    ..Rules::default()
                };
                Ok(Slot {
                    ty: Type::Boolean,
                    nullable,
                    rules,
                })
            }
            _ => {
                let values = self.texts_of(found, values.iter())?;
                let rules = Rules {
                    values,
                    ..Rules::default()
                };
                Ok(Slot {
                    ty: Type::Any,
                    nullable: false,
                    rules,
                })
            }
        }
    }

    /// Reports a value that is not of the type it must be of.
    pub(super) fn not_of_type(&mut self, found: Found<'_>, node: &Node) -> Reported {
        let message = format!("`{}` is not of the `type` given beside it", json_text(node));
        let help = match node.value {
            Value::Null => "add `\"null\"` to that `type`",
            _ => "correct the value, or the `type`",
        };
        self.error_at(Found { node, ..found }, message, Some(help))
    }

    /// The JSON of each value, each once, its numbers in plain digits.
    fn texts_of<'v>(
        &mut self,
        found: Found<'a>,
        values: impl Iterator<Item = &'v &'v Node>,
    ) -> Lowered<Vec<String>> {
        let mut texts: Vec<String> = Vec::new();
        for value in values {
            let Some(text) = plain_json(value) else {
                let message = "a number that 64 bits do not hold exactly is not supported among constants";
                let found = Found { node: value, ..found };
                return Err(self.error_at(found, message, Some("use a text")));
            };
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        Ok(texts)
    }

    /// A list of numbers: a range of integers, perhaps in steps, a single number, or just a list.
    fn numbers(&mut self, found: Found<'a>, values: &[&Node], nullable: bool) -> Lowered<Slot> {
        let mut numbers: Vec<Exact> = Vec::new();
        for value in values {
            if let Value::Number(text) = &value.value {
                let Some(number) = Exact::parse(text) else {
                    return Err(self.error_at(found, "the number is too large", Some("use a text")));
                };
                numbers.push(number);
            }
        }
        numbers.sort();
        numbers.dedup();
        // `9007199254740992.0` is this constant too, but no integer type reads it: it may have been `9007199254740993.0`.
        if numbers
            .iter()
            .any(|number| number.to_string().trim_start_matches('-') == FLOAT_INTEGERS_END)
        {
            let rules = Rules {
                values: self.texts_of(found, values.iter())?,
                ..Rules::default()
            };
            return Ok(Slot {
                ty: Type::Any,
                nullable: false,
                rules,
            });
        }
        let (Some(first), Some(last)) = (numbers.first().cloned(), numbers.last().cloned()) else {
            return Err(Reported);
        };
        let ty = match (numbers.iter().all(Exact::is_integer), first.is_negative()) {
            (false, _) => Type::Number,
            (true, true) => Type::Integer,
            (true, false) => Type::Unsigned,
        };
        let of_numbers = values
            .iter()
            .filter(|value| matches!(value.value, Value::Number(_)));
        let texts = self.texts_of(found, of_numbers)?;
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
            let rules = Rules {
                values: texts,
                ..Rules::default()
            };
            return Ok(Slot { ty, nullable, rules });
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
        let mut texts: Vec<TextValue> = Vec::new();
        let mut nullable = false;
        let mut seen = HashSet::new();
        for value in values {
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

/// The type of a value.
pub(super) fn kind_of_value(value: &Value) -> u8 {
    match value {
        Value::Null => super::NULL,
        Value::Bool(_) => super::BOOLEAN,
        Value::Number(text) => match Exact::parse(text) {
            Some(number) if number.is_integer() => super::INTEGER,
            _ => super::NUMBER & !super::INTEGER,
        },
        Value::String(_) => super::TEXT,
        Value::Array(_) => super::ARRAY,
        Value::Object(_) => super::OBJECT,
    }
}

/// A value as compact JSON, its numbers in plain digits. `None` when 64 bits do not hold one of them exactly.
fn plain_json(node: &Node) -> Option<String> {
    let mut out = String::new();
    write_plain(node, &mut out)?;
    Some(out)
}

fn write_plain(node: &Node, out: &mut String) -> Option<()> {
    match &node.value {
        Value::Number(text) => {
            let number = Exact::parse(text)?;
            let text = number.to_string();
            let fits = if number.is_integer() {
                text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok()
            } else {
                let nearest: f64 = text.parse().ok()?;
                Exact::parse(&format!("{nearest:e}")).as_ref() == Some(&number)
            };
            out.push_str(&text);
            fits.then_some(())
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_plain(item, out)?;
            }
            out.push(']');
            Some(())
        }
        Value::Object(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_string(&member.name, out);
                out.push(':');
                write_plain(&member.value, out)?;
            }
            out.push('}');
            Some(())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {
            out.push_str(&json_text(node));
            Some(())
        }
    }
}

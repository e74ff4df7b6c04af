//! Values that a writer of a schema sends, by seed: members that the schema describes, and no others. It knows nothing of
//! the code under test.

use serde_json::{Map, Value, json};

/// `SplitMix64`: small, and the same on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Texts around the edges of what the random schemas say.
pub(crate) const TEXTS: [&str; 32] = [
    "",
    "a",
    "b",
    "ab",
    "abc",
    "aab",
    "cba",
    "x-1",
    "x-a",
    "y",
    "12",
    "123",
    "1234",
    "é",
    "😀",
    "ä b",
    "red",
    "green",
    "blue",
    "2024-02-29",
    "2023-02-29",
    "2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00.5-05:00",
    "12:30:00Z",
    "127.0.0.1",
    "::1",
    "a@b.c",
    "http://x/y",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "1.50",
    "-2e3",
    "P1D",
];

/// Numbers around the edges.
pub(crate) const NUMBERS: [&str; 22] = [
    "0", "1", "-1", "2", "3", "4", "5", "6", "7", "9", "10", "11", "12", "20", "99", "100", "0.5", "1.5",
    "-0.5", "0.1", "0.25", "2.0",
];

/// Values of a schema, as a writer might send them. Not all are valid: the caller asks the referee.
pub(crate) fn values(root: &Value, seed: u64, count: usize) -> Vec<Value> {
    let mut random = Random(seed);
    (0..count)
        .map(|_| {
            Generator {
                root,
                random: &mut random,
            }
            .value(&[root], 0)
        })
        .collect()
}

struct Generator<'a, 'r> {
    root: &'a Value,
    random: &'r mut Random,
}

impl<'a> Generator<'a, '_> {
    fn value(&mut self, schemas: &[&'a Value], depth: usize) -> Value {
        let mut all = Vec::new();
        for schema in schemas {
            self.gather(schema, &mut all, 0);
        }
        for schema in &all {
            if let Some(value) = schema.get("const") {
                return value.clone();
            }
            if let Some(values) = schema.get("enum").and_then(Value::as_array) {
                return self.random.pick(values).clone();
            }
        }
        let types: Vec<&str> = [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ]
        .into_iter()
        .filter(|name| {
            all.iter().all(|schema| match schema.get("type") {
                None => true,
                Some(Value::String(only)) => only == name || (only == "number" && *name == "integer"),
                Some(several) => several.as_array().unwrap().iter().any(|one| one == name),
            })
        })
        .collect();
        if types.is_empty() {
            return Value::Null;
        }
        match *self.random.pick(&types) {
            "null" => Value::Null,
            "boolean" => json!(self.random.chance(2)),
            "integer" | "number" => self.number(&all),
            "string" => self.text(&all),
            "array" => self.array(&all, depth),
            _ => self.object(&all, depth),
        }
    }

    /// A schema and what holds with it: references, `allOf`, and a choice of alternatives.
    fn gather(&mut self, schema: &'a Value, all: &mut Vec<&'a Value>, depth: usize) {
        if depth > 8 {
            return;
        }
        all.push(schema);
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(reference.trim_start_matches('#')).unwrap();
            self.gather(target, all, depth + 1);
        }
        for part in schema
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.gather(part, all, depth + 1);
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(alternatives) = schema.get(keyword).and_then(Value::as_array) {
                let one = self.random.pick(alternatives);
                self.gather(one, all, depth + 1);
                if keyword == "anyOf" && self.random.chance(3) {
                    let other = self.random.pick(alternatives);
                    self.gather(other, all, depth + 1);
                }
            }
        }
    }

    fn number(&mut self, all: &[&Value]) -> Value {
        let mut limits: Vec<Value> = Vec::new();
        for schema in all {
            for keyword in [
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
            ] {
                limits.extend(schema.get(keyword).cloned());
            }
        }
        if !limits.is_empty() && self.random.chance(2) {
            let limit = self.random.pick(&limits).as_f64().unwrap();
            let by = *self.random.pick(&[0.0, 1.0, -1.0, 0.5, -0.5, 0.1]);
            let number = limit * f64::from(u8::try_from(self.random.below(3) + 1).unwrap()) + by;
            #[expect(clippy::cast_possible_truncation, reason = "a small number by construction")]
            let whole = number as i64;
            return if number.fract() == 0.0 {
                json!(whole)
            } else {
                json!(number)
            };
        }
        serde_json::from_str(self.random.pick::<&str>(&NUMBERS)).unwrap()
    }

    fn text(&mut self, all: &[&Value]) -> Value {
        let length = all
            .iter()
            .find_map(|schema| schema.get("minLength").or(schema.get("maxLength")));
        if let Some(length) = length.and_then(Value::as_u64)
            && self.random.chance(2)
        {
            let length = usize::try_from(length).unwrap() + self.random.below(3);
            return json!(
                self.random
                    .pick(&["a", "b", "é"])
                    .repeat(length.saturating_sub(1))
            );
        }
        json!(self.random.pick(&TEXTS))
    }

    fn array(&mut self, all: &[&'a Value], depth: usize) -> Value {
        let count = |keyword: &str| {
            all.iter()
                .filter_map(|schema| schema.get(keyword)?.as_u64())
                .max()
        };
        let prefix = all
            .iter()
            .filter_map(|schema| schema.get("prefixItems")?.as_array())
            .map(Vec::len)
            .max();
        let mut length = usize::try_from(count("minItems").unwrap_or(0)).unwrap();
        if depth < 4 {
            length += self.random.below(3 + prefix.unwrap_or(0));
        }
        let items = (0..length.min(12)).map(|index| {
            let schemas: Vec<&Value> = all
                .iter()
                .filter_map(|schema| {
                    let prefix = schema.get("prefixItems").and_then(|prefix| prefix.get(index));
                    prefix.or_else(|| schema.get("items"))
                })
                .collect();
            self.value(&schemas, depth + 1)
        });
        Value::Array(items.collect())
    }

    fn object(&mut self, all: &[&'a Value], depth: usize) -> Value {
        let mut names: Vec<String> = Vec::new();
        let mut required: Vec<String> = Vec::new();
        for schema in all {
            let properties = schema.get("properties").and_then(Value::as_object);
            names.extend(
                properties
                    .into_iter()
                    .flat_map(|properties| properties.keys().cloned()),
            );
            let list = schema.get("required").and_then(Value::as_array);
            required.extend(
                list.into_iter()
                    .flatten()
                    .map(|name| name.as_str().unwrap().to_owned()),
            );
            let open = schema
                .get("additionalProperties")
                .is_some_and(|schema| *schema != json!(false));
            let rest = speaks_of_others(schema);
            if open || rest || schema.get("patternProperties").is_some() {
                names.extend(TEXTS.iter().take(12).map(|name| (*name).to_owned()));
            }
        }
        let many = depth < 4;
        names.retain(|name| required.contains(name) || (many && self.random.chance(3)));
        names.extend(required);
        let mut members = Map::new();
        for name in names {
            let mut schemas: Vec<&Value> = Vec::new();
            let mut described = false;
            for schema in all {
                described |= speaks_of_others(schema);
                let mut own: Vec<&Value> = Vec::new();
                own.extend(
                    schema
                        .get("properties")
                        .and_then(|properties| properties.get(&name)),
                );
                let patterns = schema.get("patternProperties").and_then(Value::as_object);
                for (pattern, schema) in patterns.into_iter().flatten() {
                    if regex::Regex::new(pattern).unwrap().is_match(&name) {
                        own.push(schema);
                    }
                }
                if own.is_empty() {
                    own.extend(schema.get("additionalProperties"));
                }
                let list = schema.get("required").and_then(Value::as_array);
                described |= !own.is_empty() || list.is_some_and(|list| list.contains(&json!(name)));
                schemas.extend(own);
            }
            if described {
                members.insert(name, self.value(&schemas, depth + 1));
            }
        }
        Value::Object(members)
    }
}

/// Whether undeclared members are sent because of something else than `additionalProperties` and `patternProperties`.
fn speaks_of_others(schema: &Value) -> bool {
    let counted = ["propertyNames", "minProperties", "maxProperties"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some());
    let rest = schema.get("unevaluatedProperties");
    counted || rest.is_some_and(|rest| *rest != json!(false))
}

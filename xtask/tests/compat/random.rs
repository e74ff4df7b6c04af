//! Random pairs of schemas: one grown by seed, the other a mutation of it. No verdict may be wrong on the compatible side, and
//! each "incompatible" has a witness that the referee confirms.

use serde_json::{Map, Value, json};

use super::generate::{NUMBERS, Random, TEXTS};
use super::referee;

/// Pairs per run; each costs two proofs and some eighty values.
const PAIRS: u64 = 400;

const PATTERNS: [&str; 7] = [
    "^a",
    "^[a-c]+$",
    "b$",
    "^x-",
    "^[0-9]{2,3}$",
    "^[^b]*$",
    "^(red|green)$",
];
const FORMATS: [&str; 9] = [
    "date",
    "date-time",
    "time",
    "uuid",
    "ipv4",
    "ipv6",
    "email",
    "uri",
    "duration",
];
const NAMES: [&str; 6] = ["a", "b", "ab", "x-1", "kind", "abc"];

pub(crate) struct Grower<'r> {
    pub(crate) random: &'r mut Random,
}

impl Grower<'_> {
    fn number(&mut self) -> Value {
        serde_json::from_str(self.random.pick::<&str>(&NUMBERS)).unwrap()
    }

    fn constant(&mut self) -> Value {
        match self.random.below(8) {
            0 => json!(null),
            1 => json!(true),
            2 | 3 => self.number(),
            4 => json!([1]),
            5 => json!({"a": 1}),
            _ => json!(self.random.pick(&TEXTS)),
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        if depth == 0 {
            return match self.random.below(4) {
                0 => json!({"type": "integer"}),
                1 => json!({"type": "string"}),
                2 => self.scalar(),
                _ => json!({"type": ["integer", "null"]}),
            };
        }
        match self.random.below(12) {
            0..=4 => self.object(depth),
            5 | 6 => self.array(depth),
            7 => {
                let keyword = *self.random.pick(&["anyOf", "oneOf"]);
                let count = 2 + self.random.below(2);
                let alternatives: Vec<Value> = (0..count).map(|_| self.schema(depth - 1)).collect();
                json!({ keyword: alternatives })
            }
            8 => self.union(depth),
            9 if self.random.chance(2) => {
                let mut parts = vec![self.object(depth), self.object(depth)];
                for part in &mut parts {
                    part.as_object_mut().unwrap().remove("additionalProperties");
                }
                let mut schema = json!({ "allOf": parts });
                match self.random.below(4) {
                    0 | 1 => schema["unevaluatedProperties"] = json!(false),
                    2 => schema["unevaluatedProperties"] = self.scalar(),
                    _ => {}
                }
                schema
            }
            9 => json!({"allOf": [self.schema(depth - 1), self.scalar_rules()]}),
            10 => json!({"$ref": format!("#/$defs/{}", self.random.pick(&["one", "two"]))}),
            _ => self.scalar(),
        }
    }

    /// Objects told apart by a constant.
    fn union(&mut self, depth: usize) -> Value {
        let mut alternatives = Vec::new();
        for kind in ["red", "green", "blue"].iter().take(2 + self.random.below(2)) {
            let member = *self.random.pick(&NAMES);
            let mut properties = Map::new();
            properties.insert(member.to_owned(), self.schema(depth - 1));
            properties.insert("kind".to_owned(), json!({"const": kind}));
            alternatives.push(json!({"type": "object", "properties": properties, "required": ["kind"]}));
        }
        let mut schema = json!({ "oneOf": alternatives });
        if self.random.chance(4) {
            schema["unevaluatedProperties"] = json!(false);
        }
        schema
    }

    fn scalar_rules(&mut self) -> Value {
        match self.random.below(3) {
            0 => json!({"minimum": self.number()}),
            1 => json!({"maxLength": self.random.below(5)}),
            _ => json!({}),
        }
    }

    fn scalar(&mut self) -> Value {
        match self.random.below(9) {
            0 => json!({"const": self.constant()}),
            1 => {
                let count = 1 + self.random.below(4);
                let mut values: Vec<Value> = Vec::new();
                for _ in 0..count {
                    let value = self.constant();
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                json!({ "enum": values })
            }
            2 | 3 => {
                let mut schema = json!({"type": self.random.pick(&["integer", "number"])});
                for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
                    if self.random.chance(4) {
                        schema[keyword] = self.number();
                    }
                }
                if self.random.chance(5) {
                    schema["multipleOf"] = self
                        .random
                        .pick(&[json!(2), json!(3), json!(0.5), json!(0.1), json!(6)])
                        .clone();
                }
                schema
            }
            4 => json!({"type": "boolean"}),
            5 => json!({"type": "string", "format": self.random.pick(&FORMATS)}),
            _ => {
                let mut schema = json!({"type": "string"});
                if self.random.chance(3) {
                    schema["minLength"] = json!(self.random.below(4));
                }
                if self.random.chance(3) {
                    schema["maxLength"] = json!(self.random.below(6));
                }
                if self.random.chance(3) {
                    schema["pattern"] = json!(self.random.pick(&PATTERNS));
                }
                schema
            }
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "array"});
        if self.random.chance(3) {
            let count = 1 + self.random.below(2);
            schema["prefixItems"] = (0..count).map(|_| self.schema(depth - 1)).collect();
        }
        if !self.random.chance(4) {
            schema["items"] = if self.random.chance(6) {
                json!(false)
            } else {
                self.schema(depth - 1)
            };
        }
        for keyword in ["minItems", "maxItems"] {
            if self.random.chance(4) {
                schema[keyword] = json!(self.random.below(4));
            }
        }
        if self.random.chance(6) {
            schema["uniqueItems"] = json!(true);
        }
        schema
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..self.random.below(4) {
            let name = *self.random.pick(&NAMES);
            properties.insert(name.to_owned(), self.schema(depth - 1));
        }
        let mut required: Vec<&str> = NAMES
            .iter()
            .copied()
            .filter(|name| properties.contains_key(*name))
            .collect();
        required.retain(|_| self.random.chance(2));
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        match self.random.below(6) {
            0 => schema["additionalProperties"] = json!(false),
            1 => schema["additionalProperties"] = self.schema(depth - 1),
            2 => schema["additionalProperties"] = json!(true),
            _ => {}
        }
        if self.random.chance(5) {
            let pattern = *self.random.pick(&PATTERNS);
            schema["patternProperties"] = json!({ pattern: self.schema(depth - 1) });
        }
        if self.random.chance(8) {
            schema["propertyNames"] = json!({"pattern": self.random.pick(&PATTERNS)});
        }
        for keyword in ["minProperties", "maxProperties"] {
            if self.random.chance(10) {
                schema[keyword] = json!(self.random.below(4));
            }
        }
        schema
    }

    /// A schema with one thing changed somewhere.
    fn mutate(&mut self, schema: &mut Value, depth: usize) {
        let Some(members) = schema.as_object_mut() else {
            *schema = self.schema(1);
            return;
        };
        let names: Vec<String> = members.keys().filter(|name| *name != "$defs").cloned().collect();
        if names.is_empty() || self.random.chance(8) {
            *schema = self.schema(depth.clamp(1, 2));
            return;
        }
        let name = self.random.pick(&names).clone();
        let random_name = *self.random.pick(&NAMES);
        let remove = self.random.chance(5);
        let number = self.number();
        match (name.as_str(), &mut members[&name]) {
            (_, _) if remove && name != "$ref" => {
                members.remove(&name);
            }
            ("properties" | "patternProperties", Value::Object(inner)) => {
                if inner.is_empty() || self.random.chance(3) {
                    if name == "properties" {
                        inner.insert(random_name.to_owned(), self.schema(1));
                    }
                } else {
                    let keys: Vec<String> = inner.keys().cloned().collect();
                    let key = self.random.pick(&keys).clone();
                    if self.random.chance(4) {
                        inner.remove(&key);
                    } else {
                        self.mutate(&mut inner[&key], depth.saturating_sub(1));
                    }
                }
            }
            ("required", Value::Array(list)) => {
                if list.is_empty() || self.random.chance(2) {
                    if !list.contains(&json!(random_name)) {
                        list.push(json!(random_name));
                    }
                } else {
                    list.pop();
                }
            }
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(list)) => match self.random.below(6) {
                0 | 1 => list.push(self.schema(1)),
                2 => list.reverse(),
                _ => {
                    let index = self.random.below(list.len());
                    self.mutate(&mut list[index], depth.saturating_sub(1));
                }
            },
            ("items" | "additionalProperties" | "propertyNames", inner) => {
                self.mutate(inner, depth.saturating_sub(1));
            }
            ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", limit) => *limit = number,
            ("enum", Value::Array(list)) => {
                let value = self.constant();
                if !list.contains(&value) && self.random.chance(2) {
                    list.push(value);
                } else if list.len() > 1 {
                    list.remove(0);
                }
            }
            ("const", value) => *value = self.constant(),
            ("pattern", value) => *value = json!(self.random.pick(&PATTERNS)),
            ("format", value) => *value = json!(self.random.pick(&FORMATS)),
            ("multipleOf", step) => *step = json!(1 + self.random.below(4)),
            (_, value) if value.is_u64() => *value = json!(self.random.below(5)),
            (_, _) => {
                for (keyword, value) in self.scalar().as_object().unwrap() {
                    members.insert(keyword.clone(), value.clone());
                }
            }
        }
    }
}

pub(crate) fn root(grower: &mut Grower<'_>) -> Value {
    let mut schema = grower.schema(3);
    let two =
        json!({"type": "object", "properties": {"next": {"$ref": "#/$defs/two"}, "a": grower.scalar()}});
    schema["$defs"] = json!({"one": grower.scalar(), "two": two});
    schema
}

#[test]
fn no_pair_is_wrongly_called_compatible() {
    let pairs = std::env::var("COMPAT_PAIRS").map_or(PAIRS, |count| count.parse().unwrap());
    let first: u64 = std::env::var("COMPAT_SEED").map_or(0, |seed| seed.parse().unwrap());
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for seed in first..first + pairs {
        let mut random = Random(seed);
        let mut grower = Grower { random: &mut random };
        let old = root(&mut grower);
        let mut new = old.clone();
        for _ in 0..=grower.random.below(2) {
            grower.mutate(&mut new, 3);
        }
        if !new.is_object() {
            continue;
        }
        if new.get("$defs").is_none() {
            new["$defs"] = old["$defs"].clone();
        }
        if grower.random.chance(4) {
            // A definition that leads to itself alone is no schema.
            let before = new.clone();
            let which = *grower.random.pick(&["one", "two"]);
            grower.mutate(&mut new["$defs"][which], 2);
            if new["$defs"].to_string().contains("{\"$ref\":\"#/$defs/") && new["$defs"] != before["$defs"] {
                let loops = |name: &str| {
                    let text = new["$defs"][name].to_string();
                    text.contains("#/$defs/")
                        && !text.starts_with("{\"properties\"")
                        && !text.starts_with("{\"type\":\"object\"")
                };
                if loops("one") || loops("two") {
                    new = before;
                }
            }
        }
        let started = std::panic::catch_unwind(|| referee(&old, &new, seed));
        let (backward, forward) = started.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned().unwrap_or_default();
            panic!("seed {seed}: {text}\nold {old}\nnew {new}")
        });
        for verdict in [backward, forward] {
            *counts.entry(verdict).or_default() += 1;
        }
    }
    println!("{counts:?}");
    let count = |word: &str| counts.get(word).copied().unwrap_or(0);
    let all: usize = counts.values().sum();
    assert!(
        count("compatible") * 5 > all && count("incompatible") * 5 > all,
        "{counts:?}"
    );
    assert!(count("unknown") * 50 < all, "too often unknown: {counts:?}");
}

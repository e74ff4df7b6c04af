//! Schemas of our dialect by seed: every keyword that the generator enforces, in the shapes that people write and in some that
//! nobody would. The same seed grows the same schema on every machine.

use serde_json::{Map, Value, json};

use crate::shared::values::{NUMBERS, Random, TEXTS};

/// Patterns that a value can well match or just miss.
const PATTERNS: [&str; 16] = [
    "^a",
    "^[a-c]+$",
    "b$",
    "^x-",
    "^[0-9]{2,3}$",
    "^[^b]*$",
    "^(red|green)$",
    "\\d\\w?$",
    "^\\p{Lu}[a-z]*$",
    "[\\s-]",
    "^(?:ab?|c)*$",
    "^.{2}$",
    "é|😀",
    "^[A-Z]{2}[0-9]*$",
    "^$|a",
    "\\$",
];

const FORMATS: [&str; 11] = [
    "date",
    "date-time",
    "time",
    "uuid",
    "ipv4",
    "ipv6",
    "email",
    "uri",
    "duration",
    "decimal",
    "hostname",
];

/// Names of members, some of which mean something to one of the languages.
const NAMES: [&str; 34] = [
    "a",
    "b",
    "ab",
    "x-1",
    "kind",
    "abc",
    "größe",
    "class",
    "type",
    "self",
    "1st",
    "a b",
    "",
    "__proto__",
    "constructor",
    "toString",
    "model_config",
    "copy",
    "schema",
    "from",
    "None",
    "async",
    "value",
    "A",
    "aB",
    "a_b",
    "$",
    "😀",
    "then",
    "hasOwnProperty",
    "dict",
    "Self",
    "r#type",
    "json",
];

/// A schema of some seed, and the file beside it that it may refer to.
pub(crate) struct Grown {
    pub(crate) root: Value,
    pub(crate) other: Value,
}

/// Grows the schema of a seed.
pub(crate) fn grow(seed: u64) -> Grown {
    let mut random = Random(seed);
    let mut grower = Grower { random: &mut random };
    let mut root = if grower.random.chance(3) {
        grower.schema(3)
    } else {
        grower.object(3)
    };
    if root.get("$ref").is_some() {
        root = json!({ "allOf": [root] });
    }
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    if grower.random.chance(2) {
        root["title"] =
            json!(
                *grower
                    .random
                    .pick(&["Thing", "thing of 1", "Größe", "Value", "Model", "type"])
            );
    }
    let mut node = grower.object(2);
    node["properties"]["next"] = grower.reference_to("node");
    if let Some(required) = node["required"].as_array_mut() {
        required.retain(|name| name != "next");
    }
    root["$defs"] = json!({
        "scalar": grower.scalar(),
        "node": node,
        "tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}, "maxItems": 3},
        "named": {"$anchor": "anchored", "type": "string", "enum": ["red", "green", "blue", "a b", "😀"]},
        "choice": grower.tagged(1),
        "a/b~c": grower.text(),
    });
    let other = json!({"$defs": {"far": grower.scalar(), "back": {"$ref": "schema.json#/$defs/scalar"}}});
    Grown { root, other }
}

struct Grower<'r> {
    random: &'r mut Random,
}

impl Grower<'_> {
    fn number(&mut self) -> Value {
        serde_json::from_str(self.random.pick::<&str>(&NUMBERS)).unwrap()
    }

    fn constant(&mut self) -> Value {
        match self.random.below(9) {
            0 => json!(null),
            1 => json!(true),
            2 | 3 => self.number(),
            4 => json!([1]),
            5 => json!({"a": 1}),
            _ => json!(*self.random.pick(&TEXTS)),
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        let mut schema = self.bare(depth);
        if self.random.chance(12)
            && let Some(schema) = schema.as_object_mut()
        {
            schema.insert(
                "description".to_owned(),
                json!("What it is: \"quoted\", */ and `marked`."),
            );
            schema.insert("deprecated".to_owned(), json!(true));
        }
        schema
    }

    fn bare(&mut self, depth: usize) -> Value {
        if depth == 0 {
            return match self.random.below(8) {
                0 => json!({"type": "integer"}),
                1 => json!({"type": "string"}),
                2 => json!({"type": ["integer", "null"]}),
                3 => self.reference(),
                _ => self.scalar(),
            };
        }
        match self.random.below(24) {
            0..=6 => self.object(depth),
            7..=9 => self.array(depth),
            10 => self.tuple(depth),
            11 | 12 => self.map(depth),
            13 => self.tagged(depth),
            14 => self.kinds(depth),
            15 => self.several_types(depth),
            16 => {
                let inner = self.schema(depth - 1);
                json!({ "anyOf": [inner, {"type": "null"}] })
            }
            17 | 23 => self.all_of(depth),
            18 | 19 => self.reference(),
            20 if self.random.chance(3) => json!({}),
            _ => self.scalar(),
        }
    }

    fn reference(&mut self) -> Value {
        let name = *self.random.pick(&[
            "scalar", "node", "tree", "choice", "named", "a~1b~0c", "far", "back", "root",
        ]);
        self.reference_to(name)
    }

    fn reference_to(&mut self, name: &str) -> Value {
        let reference = match name {
            "named" => "#anchored".to_owned(),
            "far" | "back" => format!("other.json#/$defs/{name}"),
            "root" => "#/$defs/node".to_owned(),
            _ => format!("#/$defs/{name}"),
        };
        let reference = json!({ "$ref": reference });
        match self.random.below(6) {
            0 => json!({"anyOf": [reference, {"type": "null"}]}),
            1 => json!({"oneOf": [{"type": "null"}, reference]}),
            _ => reference,
        }
    }

    /// Objects told apart by a constant.
    fn tagged(&mut self, depth: usize) -> Value {
        let mut alternatives = Vec::new();
        for kind in ["red", "green", "blue"].iter().take(2 + self.random.below(2)) {
            let mut properties = Map::new();
            for _ in 0..self.random.below(3) {
                let name = *self.random.pick(&NAMES);
                properties.insert(name.to_owned(), self.schema(depth.saturating_sub(1).min(1)));
            }
            properties.insert("kind".to_owned(), json!({"const": kind}));
            let mut alternative = json!({"type": "object", "properties": properties, "required": ["kind"]});
            if self.random.chance(4) {
                alternative["additionalProperties"] = json!(false);
            }
            alternatives.push(alternative);
        }
        let keyword = *self.random.pick(&["oneOf", "anyOf"]);
        let mut schema = json!({ keyword: alternatives });
        if self.random.chance(6) {
            schema["unevaluatedProperties"] = json!(false);
        }
        schema
    }

    /// Alternatives of any kind, which may overlap.
    fn kinds(&mut self, depth: usize) -> Value {
        let keyword = *self.random.pick(&["anyOf", "oneOf"]);
        let count = 2 + self.random.below(2);
        let alternatives: Vec<Value> = (0..count).map(|_| self.schema(depth - 1)).collect();
        json!({ keyword: alternatives })
    }

    fn several_types(&mut self, depth: usize) -> Value {
        let mut types: Vec<&str> = Vec::new();
        for _ in 0..2 + self.random.below(2) {
            let name = *self.random.pick(&[
                "integer", "string", "boolean", "array", "object", "null", "number",
            ]);
            let known = types.contains(&name) || (types.contains(&"number") && name == "integer");
            if !known {
                types.push(name);
            }
        }
        let mut schema = json!({ "type": types });
        if types.contains(&"string") {
            schema["minLength"] = json!(self.random.below(3));
        }
        if types.contains(&"array") {
            schema["items"] = self.schema(depth - 1);
        }
        if types.contains(&"object") {
            schema["additionalProperties"] = self.schema(depth - 1);
        }
        schema
    }

    fn all_of(&mut self, depth: usize) -> Value {
        if self.random.chance(4) {
            return match self.random.below(3) {
                0 => json!({"allOf": [self.numeric(), {"minimum": 3}]}),
                1 => json!({"allOf": [self.text(), {"maxLength": 5}]}),
                _ => json!({"allOf": [{"$ref": "#/$defs/scalar"}, {}]}),
            };
        }
        let mut parts = vec![self.object(depth), self.object(depth)];
        for part in &mut parts {
            part.as_object_mut().unwrap().remove("additionalProperties");
        }
        // What both describe must fit both, which two random schemas hardly do.
        let first: Vec<String> = parts[0]["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        if !self.random.chance(8) {
            parts[1]["properties"]
                .as_object_mut()
                .unwrap()
                .retain(|name, _| !first.contains(name));
            parts[1]["required"]
                .as_array_mut()
                .unwrap()
                .retain(|name| !first.iter().any(|other| name == other));
        }
        let mut schema = json!({ "allOf": parts });
        match self.random.below(5) {
            0 | 1 => schema["unevaluatedProperties"] = json!(false),
            2 => schema["unevaluatedProperties"] = self.scalar(),
            _ => {}
        }
        schema
    }

    fn scalar(&mut self) -> Value {
        match self.random.below(12) {
            0 => json!({"const": self.constant()}),
            1 => {
                let mut values: Vec<Value> = Vec::new();
                for _ in 0..=self.random.below(4) {
                    let value = self.constant();
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                json!({ "enum": values })
            }
            2..=4 => self.numeric(),
            5 => json!({"type": "boolean"}),
            6 | 7 => {
                let mut schema = json!({"type": "string", "format": self.random.pick(&FORMATS)});
                if self.random.chance(5) {
                    schema["type"] = json!(["string", "null"]);
                }
                schema
            }
            _ => self.text(),
        }
    }

    fn numeric(&mut self) -> Value {
        let mut schema = json!({"type": self.random.pick(&["integer", "number"])});
        let (low, high) = (
            *self.random.pick(&[-10, -1, 0, 0, 1, 2]),
            *self.random.pick(&[5, 7, 10, 12, 99, 100]),
        );
        for (keywords, limit) in [
            (["minimum", "exclusiveMinimum"], low),
            (["maximum", "exclusiveMaximum"], high),
        ] {
            if self.random.chance(3) {
                schema[*self.random.pick(&keywords)] = json!(limit);
            }
        }
        if self.random.chance(4) {
            let steps = ["2", "3", "0.5", "0.1", "6", "0.01", "1", "1e-3", "2.5"];
            schema["multipleOf"] = serde_json::from_str(self.random.pick::<&str>(&steps)).unwrap();
        }
        schema
    }

    fn text(&mut self) -> Value {
        let mut schema = json!({"type": "string"});
        if self.random.chance(3) {
            schema["minLength"] = json!(self.random.below(3));
        }
        if self.random.chance(3) {
            schema["maxLength"] = json!(2 + self.random.below(6));
        }
        if self.random.chance(2) {
            schema["pattern"] = json!(*self.random.pick(&PATTERNS));
        }
        schema
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "array"});
        if !self.random.chance(5) {
            schema["items"] = self.schema(depth - 1);
        }
        if self.random.chance(4) {
            schema["minItems"] = json!(self.random.below(3));
        }
        if self.random.chance(4) {
            schema["maxItems"] = json!(2 + self.random.below(3));
        }
        if self.random.chance(5) {
            schema["uniqueItems"] = json!(true);
        }
        schema
    }

    fn tuple(&mut self, depth: usize) -> Value {
        let mut schema = self.array(depth);
        let count = 1 + self.random.below(3);
        schema["prefixItems"] = (0..count).map(|_| self.schema(depth - 1)).collect();
        match self.random.below(3) {
            0 => schema["items"] = json!(false),
            1 => schema["minItems"] = json!(count),
            _ => {}
        }
        if self.random.chance(3) {
            schema["maxItems"] = json!(count + self.random.below(2));
        }
        if schema["items"] == json!(false) {
            schema.as_object_mut().unwrap().remove("minItems");
        }
        schema
    }

    fn map(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "object", "additionalProperties": self.schema(depth - 1)});
        if self.random.chance(3) {
            schema["propertyNames"] = match self.random.below(3) {
                0 => json!({"maxLength": 3}),
                1 => json!({"enum": ["a", "x-1", "größer", ""]}),
                _ => json!({"pattern": self.random.pick(&PATTERNS)}),
            };
        }
        self.counts(&mut schema);
        schema
    }

    fn counts(&mut self, schema: &mut Value) {
        if self.random.chance(8) {
            schema["minProperties"] = json!(self.random.below(3));
        }
        if self.random.chance(8) {
            schema["maxProperties"] = json!(2 + self.random.below(3));
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..=self.random.below(4) {
            let name = *self.random.pick(&NAMES);
            let mut schema = self.schema(depth - 1);
            if self.random.chance(10) {
                schema = json!({"type": ["integer", "null"], "default": null});
            }
            properties.insert(name.to_owned(), schema);
        }
        let mut required: Vec<&str> = properties.keys().map(String::as_str).collect();
        required.retain(|_| self.random.chance(2));
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        match self.random.below(7) {
            0 | 1 => schema["additionalProperties"] = json!(false),
            2 => schema["additionalProperties"] = self.schema(depth - 1),
            3 => schema["additionalProperties"] = json!(true),
            // Required, and not declared.
            4 if self.random.chance(3) => {
                let undeclared = *self.random.pick(&NAMES);
                let required = schema["required"].as_array_mut().unwrap();
                if !required.iter().any(|name| name == undeclared) {
                    required.push(json!(undeclared));
                }
            }
            _ => {}
        }
        if self.random.chance(7) {
            let pattern = *self.random.pick(&PATTERNS);
            schema["patternProperties"] = json!({ pattern: self.scalar() });
        }
        if self.random.chance(12) {
            self.counts(&mut schema);
        }
        schema
    }
}

//! Pairs of schemas and what must be said of them, one row a question.

use serde_json::{Value, json};

use super::referee;

/// What must be said: `c` compatible, `i` incompatible, backward and forward.
fn check(old: Value, new: Value, expected: &str) {
    let word = |letter: char| {
        if letter == 'c' {
            "compatible"
        } else {
            "incompatible"
        }
    };
    let expected: Vec<&str> = expected.chars().map(word).collect();
    let (backward, forward) = referee(&old, &new, 7);
    assert_eq!(
        [backward.as_str(), forward.as_str()],
        *expected,
        "\nold {old}\nnew {new}"
    );
}

fn object(properties: Value, more: Value) -> Value {
    let mut schema = json!({ "type": "object", "properties": properties });
    for (name, value) in more.as_object().unwrap() {
        schema[name] = value.clone();
    }
    schema
}

#[test]
fn numbers() {
    for (old, new, expected) in [
        (json!({"type": "integer"}), json!({"type": "number"}), "ci"),
        (
            json!({"type": "integer", "minimum": 0}),
            json!({"type": "integer", "minimum": 1}),
            "ic",
        ),
        (
            json!({"type": "integer", "minimum": 0}),
            json!({"type": "integer"}),
            "ci",
        ),
        (
            json!({"type": "integer", "exclusiveMinimum": 0}),
            json!({"type": "integer", "minimum": 1}),
            "cc",
        ),
        (
            json!({"type": "number", "exclusiveMinimum": 0}),
            json!({"type": "number", "minimum": 1}),
            "ic",
        ),
        (
            json!({"type": "integer", "minimum": 0.5}),
            json!({"type": "integer", "minimum": 1}),
            "cc",
        ),
        (
            json!({"type": "number", "multipleOf": 1}),
            json!({"type": "integer"}),
            "cc",
        ),
        (
            json!({"type": "number", "multipleOf": 0.5}),
            json!({"type": "integer"}),
            "ic",
        ),
        (
            json!({"type": "integer", "multipleOf": 6}),
            json!({"type": "integer", "multipleOf": 4}),
            "ii",
        ),
        (
            json!({"type": "integer", "multipleOf": 6}),
            json!({"type": "integer", "multipleOf": 3}),
            "ci",
        ),
        (
            json!({"type": "integer", "multipleOf": 6, "minimum": 1, "maximum": 20}),
            json!({"enum": [6, 12, 18]}),
            "cc",
        ),
        (
            json!({"type": "number", "multipleOf": 0.1}),
            json!({"type": "number", "multipleOf": 0.01}),
            "ci",
        ),
        (
            json!({"enum": [1, 2, 3]}),
            json!({"type": "integer", "minimum": 1, "maximum": 3}),
            "cc",
        ),
        (json!({"enum": [1, 2, 3]}), json!({"enum": [3, 2.0, 1]}), "cc"),
        (json!({"const": 1}), json!({"const": 1.0}), "cc"),
        (
            json!({"type": "integer", "minimum": 0, "maximum": 10}),
            json!({"anyOf": [{"type": "integer", "minimum": 0, "maximum": 4}, {"type": "integer", "minimum": 5, "maximum": 10}]}),
            "cc",
        ),
        (
            json!({"type": "number", "minimum": 0, "maximum": 10}),
            json!({"anyOf": [{"type": "number", "minimum": 0, "maximum": 4}, {"type": "number", "minimum": 5, "maximum": 10}]}),
            "ic",
        ),
        (
            json!({"type": "number", "minimum": 0.1, "maximum": 0.3}),
            json!({"type": "number", "minimum": 0.1, "maximum": 0.30}),
            "cc",
        ),
        (
            json!({"type": "integer"}),
            json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "integer", "maximum": -1}]}),
            "cc",
        ),
        (
            json!({"type": "integer", "maximum": 18_446_744_073_709_551_615_u64}),
            json!({"type": "integer", "maximum": 18_446_744_073_709_551_614_u64}),
            "ic",
        ),
    ] {
        check(old, new, expected);
    }
}

#[test]
fn texts() {
    for (old, new, expected) in [
        (
            json!({"type": "string", "maxLength": 5}),
            json!({"type": "string", "maxLength": 6}),
            "ci",
        ),
        (
            json!({"type": "string", "minLength": 1}),
            json!({"type": "string", "pattern": "^[\\s\\S]"}),
            "cc",
        ),
        (
            json!({"type": "string", "pattern": "^[a-f]+$"}),
            json!({"type": "string", "pattern": "^[a-z]+$"}),
            "ci",
        ),
        (
            json!({"type": "string", "pattern": "^a"}),
            json!({"type": "string", "pattern": "a"}),
            "ci",
        ),
        (
            json!({"type": "string", "pattern": "^[0-9]{4}$"}),
            json!({"type": "string", "pattern": "^\\d{4}$"}),
            "cc",
        ),
        (
            json!({"type": "string", "pattern": "^[0-9]{4}$"}),
            json!({"type": "string", "minLength": 4, "maxLength": 4}),
            "ci",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!({"type": "string"}),
            "ci",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!({"type": "string", "maxLength": 10, "minLength": 10}),
            "ci",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!({"type": "string", "maxLength": 9}),
            "ii",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!({"type": "string", "format": "date-time"}),
            "ii",
        ),
        (
            json!({"type": "string", "format": "date-time"}),
            json!({"type": "string", "format": "date-time", "minLength": 20}),
            "cc",
        ),
        (
            json!({"type": "string", "format": "date-time", "minLength": 1}),
            json!({"type": "string", "format": "date-time"}),
            "cc",
        ),
        (
            json!({"type": "string", "format": "uuid"}),
            json!({"type": "string", "pattern": "^[0-9a-fA-F-]{36}$"}),
            "ci",
        ),
        (
            json!({"type": "string", "format": "ipv4"}),
            json!({"anyOf": [{"type": "string", "format": "ipv4"}, {"type": "string", "format": "ipv6"}]}),
            "ci",
        ),
        (
            json!({"enum": ["buy", "sell"]}),
            json!({"enum": ["buy", "sell", "fill"]}),
            "ci",
        ),
        (
            json!({"enum": ["buy", "sell"]}),
            json!({"type": "string", "pattern": "^(buy|sell)$"}),
            "cc",
        ),
        (json!({"const": "a"}), json!({"const": "b"}), "ii"),
        (
            json!({"type": "string"}),
            json!({"type": ["string", "null"]}),
            "ci",
        ),
        (
            json!({"type": "string", "format": "decimal"}),
            json!({"type": "string", "format": "decimal", "pattern": "^[^-]"}),
            "ic",
        ),
        (
            json!({"type": "string", "format": "hostname"}),
            json!({"type": "string", "format": "hostname", "maxLength": 253}),
            "cc",
        ),
        (
            json!({"type": "string", "maxLength": 100_000}),
            json!({"type": "string", "maxLength": 100_001}),
            "ci",
        ),
        (
            json!({"type": "string", "maxLength": 3000}),
            json!({"type": "string", "maxLength": 2000}),
            "ic",
        ),
    ] {
        check(old, new, expected);
    }
}

#[test]
fn objects() {
    let a = json!({"a": {"type": "integer"}});
    let ab = json!({"a": {"type": "integer"}, "b": {"type": "string"}});
    let closed = json!({"additionalProperties": false});
    let open = json!({});
    for (old, new, expected) in [
        // Writers send only what their schema describes.
        (
            object(a.clone(), open.clone()),
            object(ab.clone(), open.clone()),
            "cc",
        ),
        (
            object(a.clone(), closed.clone()),
            object(ab.clone(), closed.clone()),
            "ci",
        ),
        (
            object(a.clone(), open.clone()),
            object(a.clone(), closed.clone()),
            "cc",
        ),
        (
            object(a.clone(), open.clone()),
            object(ab.clone(), json!({"required": ["b"]})),
            "ic",
        ),
        (
            object(ab.clone(), open.clone()),
            object(a.clone(), closed.clone()),
            "ic",
        ),
        (
            object(ab.clone(), json!({"required": ["b"]})),
            object(a.clone(), open.clone()),
            "ci",
        ),
        (
            object(a.clone(), json!({"additionalProperties": true})),
            object(ab.clone(), json!({"additionalProperties": true})),
            "ic",
        ),
        (
            object(a.clone(), json!({"additionalProperties": {"type": "string"}})),
            object(ab.clone(), json!({"additionalProperties": {"type": "string"}})),
            "cc",
        ),
        (
            object(a.clone(), json!({"additionalProperties": {"type": "integer"}})),
            object(ab.clone(), json!({"additionalProperties": {"type": "integer"}})),
            "ii",
        ),
        (
            object(a.clone(), json!({"required": ["a"]})),
            object(a.clone(), open.clone()),
            "ci",
        ),
        (
            object(
                a.clone(),
                json!({"patternProperties": {"^x": {"type": "integer"}}}),
            ),
            object(
                a.clone(),
                json!({"patternProperties": {"^x": {"type": "number"}}}),
            ),
            "ci",
        ),
        (
            object(
                a.clone(),
                json!({"patternProperties": {"^x": {"type": "integer"}}}),
            ),
            object(
                a.clone(),
                json!({"patternProperties": {"^xy": {"type": "integer"}}}),
            ),
            "cc",
        ),
        (
            object(
                a.clone(),
                json!({"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": false}),
            ),
            object(
                a.clone(),
                json!({"patternProperties": {"^xy": {"type": "integer"}}, "additionalProperties": false}),
            ),
            "ic",
        ),
        (
            json!({"type": "object", "additionalProperties": true, "maxProperties": 2}),
            json!({"type": "object", "additionalProperties": true, "maxProperties": 3}),
            "ci",
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1}),
            json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2}),
            "ic",
        ),
        (
            json!({"type": "object", "additionalProperties": true, "propertyNames": {"pattern": "^[a-z]$"}}),
            json!({"type": "object", "additionalProperties": true, "propertyNames": {"maxLength": 1}}),
            "ci",
        ),
        (
            json!({"type": "object", "additionalProperties": true, "propertyNames": {"pattern": "^[ab]$"}}),
            json!({"type": "object", "additionalProperties": true, "maxProperties": 2}),
            "ci",
        ),
        (
            json!({"type": "object", "additionalProperties": true, "propertyNames": {"enum": ["a", "b"]}}),
            object(json!({"a": true, "b": true}), closed.clone()),
            "cc",
        ),
        (
            object(
                json!({"a": {"type": "object", "properties": {"x": {"type": "integer"}}}}),
                open.clone(),
            ),
            object(
                json!({"a": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}}}),
                open.clone(),
            ),
            "cc",
        ),
        // What speaks of undeclared members has them sent.
        (
            object(a.clone(), json!({"propertyNames": {"maxLength": 3}})),
            object(a.clone(), json!({"propertyNames": {"maxLength": 2}})),
            "ic",
        ),
        (
            object(a.clone(), json!({"maxProperties": 3})),
            object(ab.clone(), json!({"maxProperties": 3})),
            "ic",
        ),
        // Nothing described: any member may be sent.
        (json!({"type": "object"}), object(a.clone(), open.clone()), "ic"),
        (
            object(json!({"a": true}), open.clone()),
            object(json!({"a": {"type": "object"}}), open.clone()),
            "ic",
        ),
    ] {
        check(old, new, expected);
    }
}

#[test]
fn arrays() {
    let of = |item: Value, more: Value| {
        let mut schema = json!({"type": "array", "items": item});
        for (name, value) in more.as_object().unwrap() {
            schema[name] = value.clone();
        }
        schema
    };
    let integer = json!({"type": "integer"});
    for (old, new, expected) in [
        (
            of(integer.clone(), json!({})),
            of(json!({"type": "number"}), json!({})),
            "ci",
        ),
        (
            of(integer.clone(), json!({"minItems": 1})),
            of(integer.clone(), json!({})),
            "ci",
        ),
        (
            of(integer.clone(), json!({"maxItems": 3})),
            of(integer.clone(), json!({"maxItems": 2})),
            "ic",
        ),
        (
            of(integer.clone(), json!({"uniqueItems": true})),
            of(integer.clone(), json!({})),
            "ci",
        ),
        (
            of(integer.clone(), json!({"maxItems": 1})),
            of(integer.clone(), json!({"maxItems": 1, "uniqueItems": true})),
            "cc",
        ),
        (
            of(json!({"enum": [1, 2]}), json!({"uniqueItems": true})),
            of(
                json!({"enum": [1, 2]}),
                json!({"maxItems": 2, "uniqueItems": true}),
            ),
            "cc",
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": false}),
            json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}),
            "ci",
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}], "items": false, "minItems": 1}),
            json!({"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 1}),
            "cc",
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}], "items": {"type": "integer"}}),
            json!({"type": "array", "items": {"type": "integer"}}),
            "cc",
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "integer"}]}),
            json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}),
            "ic",
        ),
        (of(json!(false), json!({})), json!({"const": []}), "cc"),
    ] {
        check(old, new, expected);
    }
}

#[test]
fn combinations_and_references() {
    let shape = |kind: &str, more: Value| {
        let mut properties = json!({"kind": {"const": kind}});
        for (name, value) in more.as_object().unwrap() {
            properties[name] = value.clone();
        }
        json!({"type": "object", "properties": properties, "required": ["kind"]})
    };
    let circle = shape("circle", json!({"r": {"type": "number"}}));
    let square = shape("square", json!({"side": {"type": "number"}}));
    let line = shape("line", json!({"length": {"type": "number"}}));
    let tree = |value: Value| {
        json!({"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "properties": {
            "value": value, "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}, "required": ["value"]}}})
    };
    for (old, new, expected) in [
        (
            json!({"oneOf": [circle, square]}),
            json!({"oneOf": [square, circle]}),
            "cc",
        ),
        (
            json!({"oneOf": [circle, square]}),
            json!({"anyOf": [circle, square]}),
            "cc",
        ),
        (
            json!({"oneOf": [circle, square]}),
            json!({"oneOf": [circle, square, line]}),
            "ci",
        ),
        (
            json!({"oneOf": [circle, square, line]}),
            json!({"oneOf": [circle, line]}),
            "ic",
        ),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}]}),
            json!({"oneOf": [{"type": "number"}, {"type": "string"}]}),
            "ci",
        ),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "number"}]}),
            json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
            "ic",
        ),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"type": ["null", "string"]}),
            "cc",
        ),
        (
            json!({"allOf": [{"type": "integer"}, {"minimum": 3}]}),
            json!({"type": "integer", "minimum": 3}),
            "cc",
        ),
        (
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"type": "object", "properties": {"b": {"type": "integer"}}}], "unevaluatedProperties": false}),
            object(
                json!({"a": {"type": "integer"}, "b": {"type": "integer"}}),
                json!({"additionalProperties": false}),
            ),
            "cc",
        ),
        (
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"type": "object", "properties": {"b": {"type": "integer"}}}], "unevaluatedProperties": false}),
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}], "unevaluatedProperties": false}),
            "ic",
        ),
        // `unevaluatedProperties` sees what `allOf` and patterns below it describe.
        (
            json!({"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "integer"}}),
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "patternProperties": {"^x": {"type": "integer"}}}], "unevaluatedProperties": false}),
            "ic",
        ),
        (
            json!({"type": "object", "properties": {"a": {"type": "integer"}}, "oneOf": [circle, square], "unevaluatedProperties": false}),
            json!({"type": "object", "properties": {"a": {"type": "integer"}}, "oneOf": [circle, square, line], "unevaluatedProperties": false}),
            "ci",
        ),
        (
            json!({"type": "object", "properties": {"a": {"type": "integer"}}, "oneOf": [circle, square]}),
            json!({"type": "object", "oneOf": [circle, square], "unevaluatedProperties": false}),
            "ic",
        ),
        (
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}], "unevaluatedProperties": {"type": "integer"}}),
            json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}], "unevaluatedProperties": {"type": "number"}}),
            "ci",
        ),
        // Into a reference, and more definitions.
        (
            object(json!({"a": {"type": "string", "maxLength": 3}}), json!({})),
            object(
                json!({"a": {"$ref": "#/$defs/short"}}),
                json!({"$defs": {"short": {"type": "string", "maxLength": 3}, "other": {"type": "null"}}}),
            ),
            "cc",
        ),
        (
            tree(json!({"type": "integer"})),
            tree(json!({"type": "number"})),
            "ci",
        ),
        (
            tree(json!({"type": "integer"})),
            tree(json!({"type": "integer", "description": "words"})),
            "cc",
        ),
        // The same trees, unrolled once.
        (
            tree(json!({"type": "integer"})),
            json!({"type": "object", "properties": {"value": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}}},
            "required": ["value"], "$defs": {"tree": {"type": "object", "properties": {"value": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}, "required": ["value"]}}}),
            "cc",
        ),
        (json!(true), json!({}), "cc"),
        (json!(false), json!({"type": "integer"}), "ci"),
        (
            json!({"type": "integer", "default": 1}),
            json!({"type": "integer", "default": 2, "title": "T"}),
            "cc",
        ),
    ] {
        check(old, new, expected);
    }
}

#[test]
fn what_did_not_change_needs_no_search() {
    // Ten objects that overlap in every way: no search ends, and none is needed.
    let shape = |index: usize| {
        let member = |other: usize| {
            (
                format!("p{other}"),
                json!({"type": "integer", "minimum": index + other}),
            )
        };
        json!({"type": "object", "properties": (0..6).map(member).collect::<serde_json::Map<_, _>>()})
    };
    let old =
        json!({"type": "object", "properties": {"a": {"oneOf": (0..10).map(shape).collect::<Vec<_>>()}}});
    let mut new = old.clone();
    new["properties"]["a"]["oneOf"].as_array_mut().unwrap().reverse();
    new["properties"]["a"]["description"] = json!("words");
    new["properties"]["b"] = json!({"type": "string"});
    let report = super::compare(&old, &new);
    assert_eq!(
        [&report["backward"], &report["forward"]],
        ["compatible", "compatible"],
        "{report}"
    );
}

#[test]
fn changes_are_told_by_place_kind_and_witness() {
    let old = object(
        json!({"side": {"enum": ["buy", "sell"]}, "qty": {"type": "integer"}, "note": {"type": "string"}}),
        json!({"required": ["side"], "additionalProperties": false}),
    );
    let new = object(
        json!({"side": {"enum": ["buy"]}, "qty": {"type": "integer", "minimum": 1, "description": "How many."}, "at": {"type": "string"}}),
        json!({"required": ["side", "at"], "additionalProperties": false}),
    );
    let report = super::compare(&old, &new);
    let rows: Vec<String> = report["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            let text = |name: &str| change[name].as_str().unwrap();
            format!("{} {} {}", text("pointer"), text("kind"), text("breaks"))
        })
        .collect();
    assert_eq!(
        rows,
        [
            "/properties/at required-member-added backward",
            "/properties/at required-member-added forward",
            "/properties/note member-removed backward",
            "/properties/qty/description documentation-changed none",
            "/properties/qty/minimum range-narrowed backward",
            "/properties/side/enum enum-value-removed backward",
        ]
    );
    let members: Vec<&str> = report["changes"][0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(members, ["breaks", "kind", "pointer", "witness"]);
}

#[test]
fn what_is_not_understood_is_never_compatible() {
    let not = |word: &str| json!({"type": "string", "not": {"const": word}});
    let report = super::compare(&not("a"), &not("b"));
    assert_eq!([&report["backward"], &report["forward"]], ["unknown", "unknown"]);
    let report = super::compare(
        &json!({"type": "string"}),
        &json!({"type": "string", "if": {"minLength": 3}, "then": false}),
    );
    assert_eq!(report["backward"], "unknown");
    // The same words say the same.
    let described = json!({"type": "string", "not": {"const": "a"}, "description": "words"});
    let report = super::compare(&not("a"), &described);
    assert_eq!(
        [&report["backward"], &report["forward"]],
        ["compatible", "compatible"]
    );
}

#[test]
fn a_keyword_that_is_not_understood_depends_on_those_beside_it() {
    let integer = || json!({"type": "integer"});
    let branch = |condition: Value, then: Value| json!({"if": condition, "then": then});
    let (low, high) = (json!({"maximum": 4}), json!({"minimum": 5}));
    let (two, three) = (json!({"multipleOf": 2}), json!({"multipleOf": 3}));
    let dynamic =
        |kind: &str| json!({"$dynamicRef": "#a", "$defs": {"a": {"$dynamicAnchor": "a", "type": kind}}});
    let contains = |kind: &str| {
        json!({"type": "array", "contains": {"$dynamicRef": "#a"},
            "$defs": {"a": {"$dynamicAnchor": "a", "type": kind}}})
    };
    // What is refused stands elsewhere.
    let inside = |kind: &str| json!({"type": "object", "properties": {"p": {"not": {"$ref": "#/$defs/a"}}}, "$defs": {"a": {"type": kind}}});
    let text = || json!({"contains": {"type": "string"}});
    let twice = |mut schema: Value| {
        schema["minContains"] = json!(2);
        schema
    };
    // By an old writer, refused by new readers: `[]`, `[1, 2]`, `[1]`, 8, `[1, 2, "a"]`, a text, `[1]`, a number.
    for (old, new) in [
        (
            json!({"contains": integer(), "minContains": 0}),
            json!({"contains": integer()}),
        ),
        (
            json!({"prefixItems": [integer(), integer()], "unevaluatedItems": false}),
            json!({"prefixItems": [integer()], "unevaluatedItems": false}),
        ),
        (
            json!({"items": integer(), "unevaluatedItems": false}),
            json!({"unevaluatedItems": false}),
        ),
        (
            json!({"type": "integer", "allOf": [branch(high.clone(), two.clone()), branch(low.clone(), three.clone())]}),
            json!({"type": "integer", "allOf": [branch(high, three), branch(low, two)]}),
        ),
        (
            json!({"allOf": [twice(json!({"contains": integer()})), text()]}),
            json!({"allOf": [{"contains": integer()}, twice(text())]}),
        ),
        (dynamic("string"), dynamic("integer")),
        (inside("string"), inside("integer")),
        (contains("integer"), contains("string")),
        (json!({"not": {"const": 1e300}}), json!({"not": {"const": 2e300}})),
        // Known keywords see through unknown ones: `{"a": 1}` and `{"a": "x"}`.
        (
            json!({"const": {"a": 1}, "if": true, "then": {"properties": {"a": true}}, "unevaluatedProperties": false}),
            json!({"type": "string"}),
        ),
        (
            json!({"type": "object", "properties": {"b": true}, "if": true, "then": {"properties": {"a": {"type": "string"}}}}),
            json!({"type": "object", "properties": {"b": true, "a": {"type": "integer"}}}),
        ),
        // One schema that two others extend: alternatives that look the same and are not.
        (
            json!({"oneOf": [
                {"$id": "one", "$defs": {"x": {"$dynamicAnchor": "a", "type": "integer"}}, "$ref": "/all"},
                {"$id": "other", "$defs": {"x": {"$dynamicAnchor": "a", "type": "string"}}, "$ref": "/all"}],
                "$defs": {"all": {"$id": "/all", "$dynamicRef": "#a", "$defs": {"x": {"$dynamicAnchor": "a"}}}}}),
            json!({"type": "null"}),
        ),
    ] {
        let report = super::compare(&old, &new);
        assert_ne!(report["backward"], "compatible", "old {old}\nnew {new}");
        // The very same document is compatible with itself, whatever it says.
        let report = super::compare(&old, &old);
        assert_eq!(
            [&report["backward"], &report["forward"]],
            ["compatible", "compatible"],
            "{old}"
        );
    }
}

#[test]
fn long_chains_are_compared_within_bounds() {
    let chain = |last: &str| {
        let mut definitions = serde_json::Map::new();
        for index in 0..1500 {
            let next = json!({"$ref": format!("#/$defs/a{}", index + 1)});
            definitions.insert(
                format!("a{index}"),
                json!({"type": "object", "properties": {"x": next}}),
            );
        }
        definitions.insert("a1500".to_owned(), json!({"type": last}));
        json!({"$ref": "#/$defs/a0", "$defs": definitions})
    };
    let report = super::compare(&chain("string"), &chain("string"));
    assert_eq!(
        [&report["backward"], &report["forward"]],
        ["compatible", "compatible"]
    );
    let report = super::compare(&chain("string"), &chain("integer"));
    assert_eq!([&report["backward"], &report["forward"]], ["unknown", "unknown"]);
    assert_eq!(report["changes"][0]["kind"], "not-decided");
}

/// Each of many rules about undeclared members can be broken by each of several names: the search went through all combinations, and
/// did not end while anybody waited.
#[test]
fn a_search_that_branches_at_each_rule_ends_in_unknown() {
    let schema = |additional: Value, more: Value| {
        let open = |properties: Value, more: Value| {
            let mut schema = json!({"properties": properties, "additionalProperties": true});
            schema
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            schema
        };
        let nullable = json!({"type": ["integer", "null"]});
        let tagged = json!({
            "type": "object",
            "properties": {"foo": nullable, "a": nullable, "k": {"const": "x"}},
            "required": ["k"],
            "additionalProperties": false,
            "anyOf": [
                open(json!({"b": {"type": "integer"}}), json!({"type": "object", "required": ["b"]})),
                open(json!({"foo": {"type": "integer"}, "a": {"const": 2}}), json!({})),
                open(json!({"foo": nullable}), json!({"required": ["foo"]})),
            ],
        });
        let other = json!({"properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": additional});
        let mut whole = open(
            json!({"b": true, "foo": {"type": "string"}}),
            json!({"oneOf": [tagged, other], "type": "object"}),
        );
        whole
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        whole
    };
    let new = schema(
        json!({"type": "integer", "maxLength": 0, "enum": [0, 1, "b"]}),
        json!({}),
    );
    let old = schema(
        json!({"type": "integer"}),
        json!({"unevaluatedProperties": false}),
    );
    let (backward, forward) = referee(&old, &new, 7);
    assert_eq!((backward.as_str(), forward.as_str()), ("incompatible", "unknown"));
}

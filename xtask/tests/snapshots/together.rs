//! All mistakes at once: what is wrong with a schema by itself is told wherever it stands, whatever else is wrong around it, and
//! nothing else is.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use redis_client_xtask::codegen::compile_directory;

/// Pointers and messages of all that is wrong with a schema.
fn mistakes(schema: &Value) -> BTreeSet<(String, String)> {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.schema.json"), schema.to_string()).unwrap();
    match compile_directory(directory.path()) {
        Ok(_) => BTreeSet::new(),
        Err(diagnostics) => diagnostics
            .sorted()
            .into_iter()
            .map(|item| (item.pointer.clone(), item.message.clone()))
            .collect(),
    }
}

#[test]
fn each_mistake_is_told_wherever_it_stands_and_nothing_else() {
    let case = crate::testdata("diagnostics").join("by_hand/a.schema.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(case).unwrap()).unwrap();
    let all = all.get("$defs").and_then(Value::as_object).unwrap();
    // What a reference leads to is wrong where that is.
    let alone =
        |schema: &Value| !schema.to_string().contains("$ref") && !schema.to_string().contains("$schema");
    let wrong: Map<String, Value> = all
        .iter()
        .filter(|(_, schema)| alone(schema))
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let list: Vec<&Value> = wrong.values().collect();
    let parts: Vec<Value> = wrong
        .iter()
        .map(|(name, schema)| json!({"properties": {name: schema}}))
        .collect();
    let object = json!({"type": "object", "properties": wrong});
    for (arrangement, schema, place) in [
        ("members", object.clone(), "/properties/NAME"),
        (
            "elements",
            json!({"type": "array", "prefixItems": list}),
            "/prefixItems/INDEX",
        ),
        ("alternatives", json!({"anyOf": list}), "/anyOf/INDEX"),
        (
            "parts",
            json!({"type": "object", "allOf": parts}),
            "/allOf/INDEX/properties/NAME",
        ),
        (
            "items",
            json!({"type": "array", "items": object}),
            "/items/properties/NAME",
        ),
    ] {
        let mut expected = BTreeSet::new();
        for (index, (name, schema)) in wrong.iter().enumerate() {
            let place = place.replace("NAME", name).replace("INDEX", &index.to_string());
            for (pointer, message) in mistakes(&json!({"$defs": {"x": schema}})) {
                expected.insert((
                    format!("{place}{}", pointer.strip_prefix("/$defs/x").unwrap()),
                    message,
                ));
            }
        }
        assert!(
            expected.len() > wrong.len() / 2,
            "most of these are wrong by themselves"
        );
        let got = mistakes(&schema);
        let missing: Vec<_> = expected.difference(&got).collect();
        let more: Vec<_> = got.difference(&expected).collect();
        assert!(
            missing.is_empty() && more.is_empty(),
            "{arrangement}\nmissing {missing:#?}\nmore {more:#?}"
        );
        // One more mistake around them all hides none.
        let mut around = schema;
        around
            .as_object_mut()
            .unwrap()
            .insert("unheardOf".to_owned(), json!(1));
        let more = mistakes(&around);
        let missing: Vec<_> = got.difference(&more).collect();
        assert!(
            missing.is_empty() && more.len() == got.len() + 1,
            "{arrangement}, around\nmissing {missing:#?}"
        );
    }
}

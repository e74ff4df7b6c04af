//! Schemas that nobody means, and that must end in a report: endless depth, patterns that multiply. A test runs on a small
//! stack, as a thread of any program may.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use redis_client_xtask::codegen::{compile_directory, compile_file, print_text};

/// The report of a schema that is refused.
fn refused(schema: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("schema.json");
    std::fs::write(&path, schema).unwrap();
    match compile_file(&path) {
        Ok(_) => panic!("the schema was taken"),
        Err(diagnostics) => diagnostics.render(),
    }
}

/// Definitions that each describe the next by `link`, in which `@` stands for it.
fn chain(link: &str, length: usize) -> String {
    let all: Vec<String> = (0..length)
        .map(|index| {
            let next = format!("{{\"$ref\":\"#/$defs/d{}\"}}", index + 1);
            format!("\"d{index}\":{}", link.replace('@', &next))
        })
        .collect();
    let definitions = all.join(",\n");
    format!(
        "{{\"$ref\":\"#/$defs/d0\",\n\"$defs\":{{\n{definitions},\n\"d{length}\":{{\"type\":\"string\"}}}}}}"
    )
}

#[test]
fn schemas_deeper_than_any_value_are_refused() {
    for link in [
        "@",
        r#"{"type":"object","properties":{"x":@}}"#,
        r#"{"type":"object","patternProperties":{"^x":@,"x$":true}}"#,
        r#"{"type":"array","items":@}"#,
        r#"{"type":"array","prefixItems":[@]}"#,
        r#"{"anyOf":[@,{"type":"integer"}]}"#,
        r#"{"minLength":1,"allOf":[@]}"#,
    ] {
        let report = refused(&chain(link, 1000));
        assert!(report.contains("over more than 256 levels"), "{link}:\n{report}");
    }
}

#[test]
fn patterns_that_multiply_are_refused() {
    let pattern = |length: usize| format!("{{\"pattern\":\"^(a{{{length}}})*$\"}}");
    let all = [31, 37, 41, 43].map(pattern).join(",");
    let report = refused(&format!("{{\"type\":\"string\",\"allOf\":[{all}]}}"));
    assert!(
        report.contains("an automaton together that is too large"),
        "{report}"
    );
    let names = [31, 37, 41, 43].map(|length| format!("\"^(a{{{length}}})*$\":true"));
    let report = refused(&format!(
        "{{\"type\":\"object\",\"patternProperties\":{{{}}}}}",
        names.join(",")
    ));
    assert!(report.contains("overlap in too many ways"), "{report}");
}

#[test]
fn hidden_characters_of_schemas_show_in_what_is_generated() {
    // What rustc refuses in literals and comments, what ends a line for somebody, and what nobody sees.
    let hidden =
        "\\u202e\\u202a\\u2066\\u2069\\u200f\\u061c\\u2028\\u2029\\ufeff\\r\\u0000\\u0007\\u007f\\u0085";
    let schema = r#"{
        "title": "Ferry @ T", "description": "rises @ and\r\nfalls", "type": "object",
        "examples": [{ "f@": "@", "state": "low@" }],
        "required": ["f@", "state"],
        "properties": {
            "f@": { "const": "@", "description": "x @ y" },
            "state": { "description": "`@` as code", "enum": ["low@", "high"] },
            "range": { "type": "string", "default": "@", "examples": ["@"], "pattern": "^[@]*$" },
            "either": { "title": "Or@", "oneOf": [{ "const": "a@", "title": "A @" }, { "const": 1 }] },
            "any": { "enum": ["@", { "k@": 1 }] },
            "pair": { "prefixItems": [{ "type": "string", "description": "@" }], "type": "array" }
        },
        "patternProperties": { "^z@": { "type": "integer" } }
    }"#;
    let files = print_text(&schema.replace('@', hidden)).unwrap_or_else(|all| panic!("{}", all.render()));
    let is_hidden = |c: char| {
        (c.is_control() && c != '\n')
            || ('\u{2028}'..='\u{202e}').contains(&c)
            || matches!(c, '\u{61c}' | '\u{200f}' | '\u{2066}' | '\u{2069}' | '\u{feff}')
    };
    for file in &files {
        let line = file.text.lines().find(|line| line.contains(is_hidden));
        assert_eq!(line, None, "{}", file.path);
    }
    let catalogue = files.iter().find(|file| file.path == "CATALOGUE.md").unwrap();
    assert!(catalogue.text.contains("x \\u{202e}"), "{}", catalogue.text);
}

#[test]
fn a_required_name_that_looks_like_a_declared_one_is_taken() {
    let schema = r#"{ "title": "Trip", "type": "object", "properties": { "from": { "type": "string" } }, "required": ["form"] }"#;
    let files = print_text(schema).unwrap_or_else(|all| panic!("{}", all.render()));
    let rust = &files.first().unwrap().text;
    assert!(
        rust.contains("pub form: ") && rust.contains("pub from: Option<String>"),
        "{rust}"
    );
}

/// Each mistake of the schema as its pointer and message, from the lines that programs read.
fn mistakes(schema: &str) -> Vec<(String, String)> {
    let Err(diagnostics) = print_text(schema) else {
        panic!("the schema was taken: {schema}")
    };
    let lines = diagnostics.json_lines();
    let mistake = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value.get(name).unwrap().as_str().unwrap().to_owned();
        (text("pointer"), text("message"))
    };
    lines.lines().map(mistake).collect()
}

#[test]
fn a_mistake_is_reported_once_and_where_its_keyword_stands() {
    for (schema, pointer) in [
        (r##"{"$ref":"#"}"##, "/$ref"),
        (
            r##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
            "/$defs/a/$ref",
        ),
        (r##"{"type":"string","$defs":{"a":{"$id":"#"}}}"##, "/$defs/a/$id"),
        (r#"{"type":"number","minimum":1e309}"#, "/minimum"),
        (
            r#"{"type":"number","exclusiveMaximum":9007199254740993}"#,
            "/exclusiveMaximum",
        ),
        (r#"{"type":"number","minimum":2,"maximum":1}"#, "/maximum"),
        (
            r#"{"type":"number","allOf":[{"exclusiveMinimum":1},{"maximum":1}]}"#,
            "/allOf/1/maximum",
        ),
        (r#"{"type":"integer","minimum":1e20}"#, "/minimum"),
        (
            r#"{"type":"integer","exclusiveMaximum":-1e20}"#,
            "/exclusiveMaximum",
        ),
        (
            r#"{"type":"number","multipleOf":1.0000000000000000001}"#,
            "/multipleOf",
        ),
        (r#"{"type":"number","multipleOf":1e401}"#, "/multipleOf"),
        (r#"{"type":"string","minLength":3,"maxLength":2}"#, "/maxLength"),
        (
            r#"{"type":"string","maxLength":18446744073709551616}"#,
            "/maxLength",
        ),
        (r#"{"type":"array","minItems":3,"maxItems":2}"#, "/maxItems"),
        (
            r#"{"type":"array","prefixItems":[{}],"items":false,"minItems":3}"#,
            "/minItems",
        ),
        (
            r#"{"type":"object","minProperties":3,"maxProperties":2}"#,
            "/maxProperties",
        ),
        (
            r#"{"type":"object","propertyNames":{"type":"integer"}}"#,
            "/propertyNames/type",
        ),
        (
            r#"{"type":"object","propertyNames":{"format":"date-time"}}"#,
            "/propertyNames/format",
        ),
        (
            r#"{"type":"object","propertyNames":{"format":"decimal","pattern":"^a"}}"#,
            "/propertyNames/format",
        ),
        (
            r##"{"type":"object","propertyNames":{"$ref":"#/$defs/n"},"$defs":{"n":{"anyOf":[{"$ref":"#/$defs/n"},{"pattern":"^a"}]}}}"##,
            "/$defs/n/anyOf/0/$ref",
        ),
        (
            r##"{"type":"object","propertyNames":{"anyOf":[{"$ref":"#/propertyNames"},{"pattern":"^a"}]}}"##,
            "/propertyNames/anyOf/0/$ref",
        ),
        (
            r##"{"type":"object","propertyNames":{"oneOf":[{"allOf":[{"minLength":1},{"$ref":"#/propertyNames"}]},{"pattern":"^a"}]}}"##,
            "/propertyNames/oneOf/0/allOf/1/$ref",
        ),
        (
            r##"{"type":"object","propertyNames":{"$ref":"#/$defs/n"},"$defs":{"n":{"oneOf":[{"$ref":"#/$defs/m"},{"pattern":"^a"}]},"m":{"allOf":[{"minLength":1},{"anyOf":[{"pattern":"^b"},{"$ref":"#/$defs/n"}]}]}}}"##,
            "/$defs/m/allOf/1/anyOf/1/$ref",
        ),
    ] {
        let found = mistakes(schema);
        assert!(
            found.len() == 1 && found.iter().all(|(at, _)| at == pointer),
            "{schema}: {found:?}"
        );
    }
}

/// A file with `$vocabulary` was taken for a meta-schema, whatever else it said: nothing was made of it, and nobody was told.
#[test]
fn nothing_that_describes_data_passes_for_a_meta_schema() {
    const CORE: &str = r#""https://json-schema.org/draft/2020-12/vocab/core":true"#;
    for declared in ["{}", "null", "1", &format!("{{{CORE}}}")] {
        let found = mistakes(&format!(r#"{{"$vocabulary":{declared},"type":"string"}}"#));
        assert!(
            matches!(found.as_slice(), [(at, _)] if at == "/$vocabulary"),
            "{found:?}"
        );
    }
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
    write("data.schema.json", r#"{"title":"Tide","type":"integer"}"#);
    let pointers = |other: &str| {
        write("other.schema.json", other);
        let Err(diagnostics) = compile_directory(directory.path()) else {
            return Vec::new();
        };
        let pointers = diagnostics.sorted().into_iter();
        pointers
            .map(|mistake| mistake.pointer.clone())
            .collect::<Vec<_>>()
    };
    let meta = format!(r#"{{"$vocabulary":{{{CORE}}},"$dynamicAnchor":"meta","type":["object","boolean"]}}"#);
    assert_eq!(pointers(&meta), Vec::<String>::new());
    let event = meta.replace(r#""$dynamicAnchor":"meta""#, r#""x-redis-channel":"a""#);
    assert!(pointers(&event).contains(&"/$vocabulary".to_owned()));
    let other = meta.replace("vocab/core", "vocab/nothing");
    assert!(pointers(&other).contains(&"/$vocabulary".to_owned()));
}

#[test]
fn choices_over_shared_definitions_are_not_walked_again_and_again() {
    // Each definition twice in the next: a walk through all of them takes 2^40 steps.
    let level = |at: usize| {
        let below = at - 1;
        format!(
            r##""b{at}": {{ "anyOf": [{{ "$ref": "#/$defs/b{below}" }}, {{ "$ref": "#/$defs/b{below}" }}] }}"##
        )
    };
    let levels: Vec<String> = (1..=40).map(level).collect();
    for kind in ["integer", "object"] {
        let schema = format!(
            r##"{{ "$ref": "#/$defs/b40", "$defs": {{ "b0": {{ "type": "{kind}" }}, {} }} }}"##,
            levels.join(", ")
        );
        print_text(&schema).unwrap_or_else(|all| panic!("{}", all.render()));
    }
    let of_names = |level: &dyn Fn(usize) -> String| {
        let levels: Vec<String> = (1..=40).map(level).collect();
        let levels = levels.join(", ");
        format!(
            r##"{{ "type": "object", "propertyNames": {{ "$ref": "#/$defs/b40" }}, "$defs": {{ "b0": {{ "pattern": "^a" }}, {levels} }} }}"##
        )
    };
    print_text(&of_names(&level)).unwrap_or_else(|all| panic!("{}", all.render()));
    // Here each says more than the one before, and a pattern of them all would have 2^40 words.
    let more = |at: usize| {
        let below = at - 1;
        format!(
            r##""b{at}": {{ "oneOf": [{{ "$ref": "#/$defs/b{below}" }}, {{ "pattern": "^b{{{at}}}", "$ref": "#/$defs/b{below}" }}] }}"##
        )
    };
    assert!(print_text(&of_names(&more)).is_err());
}

//! `cargo xtask compat` as a command: directories, revisions of git, exit status, allow-lists.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn compat(arguments: &[&str], directory: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("compat")
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

fn write(directory: &Path, name: &str, value: &Value) {
    let path = directory.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, serde_json::to_string_pretty(value).unwrap()).unwrap();
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Rows of a JSON report: pointer, kind, breaks.
fn rows(output: &Output) -> Vec<String> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let row = |change: &Value| {
        let text = |name: &str| change[name].as_str().unwrap();
        format!("{} {} {}", text("pointer"), text("kind"), text("breaks"))
    };
    report["changes"].as_array().unwrap().iter().map(row).collect()
}

fn tide() -> Value {
    json!({
        "title": "TideEvent", "type": "object", "x-redis-channel": "tide.{port}",
        "properties": {
            "event_type": {"const": "tide"},
            "port": {"$ref": "../common.schema.json#/$defs/port"},
            "metres": {"type": "number", "minimum": -20},
        },
        "required": ["event_type", "port", "metres"],
    })
}

fn common() -> Value {
    json!({"$defs": {"port": {"type": "string", "pattern": "^[a-z]{1,20}$"}}})
}

fn keys() -> Value {
    json!({"$defs": {
        "level": {
            "type": "object", "x-redis-key": "level:{port}", "x-redis-ttl": 60, "x-redis-value": "#/$defs/reading",
            "properties": {"port": {"$ref": "common.schema.json#/$defs/port"}}, "required": ["port"],
        },
        "reading": {"type": "object", "properties": {"metres": {"type": "number"}}, "required": ["metres"]},
    }})
}

/// A directory with the same schemas as `old/` and `new/`.
fn workspace() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for side in ["old", "new"] {
        write(
            directory.path(),
            &format!("{side}/events/tide.schema.json"),
            &tide(),
        );
        write(directory.path(), &format!("{side}/common.schema.json"), &common());
        write(directory.path(), &format!("{side}/keys.schema.json"), &keys());
    }
    directory
}

const SIDES: [&str; 6] = ["--old", "old", "--new", "new", "--format", "json"];

#[test]
fn directories_are_compared_item_by_item_and_across_files() {
    let workspace = workspace();
    let directory = workspace.path();
    let output = compat(&SIDES, directory);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "{\"backward\":\"compatible\",\"forward\":\"compatible\",\"changes\":[]}\n"
    );

    write(
        directory,
        "new/common.schema.json",
        &json!({"$defs": {"port": {"type": "string", "pattern": "^[a-z]{1,10}$"}}}),
    );
    let output = compat(&SIDES, directory);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        rows(&output),
        ["common.schema.json#/$defs/port/pattern pattern-changed backward"]
    );
    let forward: Vec<&str> = SIDES.iter().copied().chain(["--mode", "forward"]).collect();
    assert_eq!(compat(&forward, directory).status.code(), Some(0));
    let full: Vec<&str> = SIDES.iter().copied().chain(["--mode", "full"]).collect();
    assert_eq!(compat(&full, directory).status.code(), Some(1));
}

#[test]
fn channels_templates_lifetimes_and_values_are_part_of_the_contract() {
    for (change, expected) in [
        (
            (
                "events/tide.schema.json",
                "/x-redis-channel",
                json!("tides.{port}"),
            ),
            "events/tide.schema.json#/x-redis-channel channel-changed both",
        ),
        (
            ("events/tide.schema.json", "/x-redis-max-age", json!(30)),
            "events/tide.schema.json#/x-redis-max-age max-age-changed both",
        ),
        (
            (
                "keys.schema.json",
                "/$defs/level/x-redis-key",
                json!("height:{port}"),
            ),
            "keys.schema.json#/$defs/level/x-redis-key key-template-changed both",
        ),
        (
            ("keys.schema.json", "/$defs/level/x-redis-ttl", json!(61)),
            "keys.schema.json#/$defs/level/x-redis-ttl lifetime-changed both",
        ),
        (
            (
                "keys.schema.json",
                "/$defs/level/x-redis-value",
                json!("features"),
            ),
            "keys.schema.json#/$defs/level/x-redis-value key-value-changed both",
        ),
        (
            (
                "keys.schema.json",
                "/$defs/reading/properties/metres",
                json!({"type": "integer"}),
            ),
            "keys.schema.json#/$defs/reading/properties/metres/type type-narrowed backward",
        ),
        (
            (
                "events/tide.schema.json",
                "/properties/event_type/const",
                json!("tides"),
            ),
            "events/tide.schema.json#/properties/event_type/const const-changed backward",
        ),
    ] {
        let workspace = workspace();
        let (file, pointer, value) = change;
        let path = workspace.path().join("new").join(file);
        let mut schema: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        schema.pointer_mut(parent).unwrap()[name] = value;
        write(workspace.path(), &format!("new/{file}"), &schema);
        let output = compat(&SIDES, workspace.path());
        assert_eq!(
            output.status.code(),
            Some(1),
            "{expected}: {}",
            text(&output.stderr)
        );
        assert!(
            rows(&output).iter().any(|row| row == expected),
            "{expected}: {:?}",
            rows(&output)
        );
    }
}

/// What the report says when the new side has these files instead.
fn changed(files: &[(&str, Value)], removed: &[&str], prepare: impl Fn(&Path)) -> (Vec<String>, Option<i32>) {
    let workspace = workspace();
    prepare(workspace.path());
    for (name, schema) in files {
        write(workspace.path(), &format!("new/{name}"), schema);
    }
    for name in removed {
        std::fs::remove_file(workspace.path().join("new").join(name)).unwrap();
    }
    let full: Vec<&str> = SIDES.iter().copied().chain(["--mode", "full"]).collect();
    let output = compat(&full, workspace.path());
    (rows(&output), output.status.code())
}

#[test]
fn parts_of_keys_are_known_by_their_places() {
    let lake = |template: &str, parts: &[(&str, &str)]| {
        let properties: serde_json::Map<String, Value> = parts
            .iter()
            .map(|(name, pattern)| ((*name).to_owned(), json!({"type": "string", "pattern": pattern})))
            .collect();
        let required: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
        json!({"$defs": {"lake": {"type": "object", "x-redis-key": template, "properties": properties, "required": required}}})
    };
    let (letters, digits) = ("^[a-z]{1,5}$", "^[0-9]{1,5}$");
    let old = lake("lake:{name}:{station}", &[("name", letters), ("station", digits)]);
    let renamed = "lakes.schema.json#/$defs/lake/x-redis-key key-part-renamed none";
    for (new, expected, status) in [
        // Another name for the same part.
        (
            lake(
                "lake:{water}:{station}",
                &[("water", letters), ("station", digits)],
            ),
            vec![renamed],
            0,
        ),
        (
            lake("lake:{a}:{b}", &[("b", digits), ("a", letters)]),
            vec![renamed],
            0,
        ),
        // The names change places and leave their rules behind: each place holds something else.
        (
            lake("lake:{station}:{name}", &[("name", letters), ("station", digits)]),
            vec![
                "lakes.schema.json#/$defs/lake/properties/name/pattern pattern-changed backward",
                "lakes.schema.json#/$defs/lake/properties/station/pattern pattern-changed forward",
                renamed,
            ],
            1,
        ),
        // The names change places and take their rules with them: the same keys as before.
        (
            lake("lake:{station}:{name}", &[("station", letters), ("name", digits)]),
            vec![renamed],
            0,
        ),
        // A name and a rule.
        (
            lake(
                "lake:{water}:{station}",
                &[("water", "^[a-z]{1,4}$"), ("station", digits)],
            ),
            vec![
                "lakes.schema.json#/$defs/lake/properties/water/pattern pattern-changed backward",
                renamed,
            ],
            1,
        ),
        // Another text around them.
        (
            lake(
                "lake:{water}/{station}",
                &[("water", letters), ("station", digits)],
            ),
            vec!["lakes.schema.json#/$defs/lake/x-redis-key key-template-changed both"],
            1,
        ),
    ] {
        let prepare = |directory: &Path| write(directory, "old/lakes.schema.json", &old);
        let (rows, code) = changed(&[("lakes.schema.json", new)], &[], prepare);
        for row in expected {
            assert!(rows.iter().any(|one| one == row), "{row}: {rows:?}");
        }
        assert_eq!(code, Some(status), "{rows:?}");
    }
}

#[test]
fn what_says_the_same_in_other_words_breaks_nobody() {
    let aged = |expired: Option<&str>| {
        let mut tide = tide();
        tide["x-redis-max-age"] = json!(30);
        if let Some(expired) = expired {
            tide["x-redis-expired"] = json!(expired);
        }
        tide
    };
    let old = aged(None);
    for (expired, status) in [("publish", 0), ("dead-letter", 1)] {
        let prepare = |directory: &Path| write(directory, "old/events/tide.schema.json", &old);
        let new = aged(Some(expired));
        let (rows, code) = changed(&[("events/tide.schema.json", new)], &[], prepare);
        let row = "events/tide.schema.json#/x-redis-expired redis-keyword-changed both".to_owned();
        let expected = if status == 0 { vec![] } else { vec![row] };
        assert_eq!((rows, code), (expected, Some(status)));
    }
}

#[test]
fn what_a_key_holds_may_move_to_another_file() {
    let holds = |reference: &str| {
        let mut keys = keys();
        keys["$defs"]["level"]["x-redis-value"] = json!(reference);
        keys["$defs"].as_object_mut().unwrap().remove("reading");
        keys
    };
    let reading =
        json!({"type": "object", "properties": {"metres": {"type": "number"}}, "required": ["metres"]});
    let mut narrower = reading.clone();
    narrower["properties"]["metres"]["minimum"] = json!(0);
    let prepare = |directory: &Path| {
        for side in ["old", "new"] {
            write(
                directory,
                &format!("{side}/keys.schema.json"),
                &holds("reading.schema.json"),
            );
            write(directory, &format!("{side}/reading.schema.json"), &reading);
        }
    };
    let moved = ("keys.schema.json", holds("values/level.schema.json"));
    let target = "values/level.schema.json";
    let (rows, code) = changed(
        &[moved.clone(), (target, reading.clone())],
        &["reading.schema.json"],
        prepare,
    );
    assert_eq!((rows, code), (vec![], Some(0)));
    // With another meaning it is compared where it is now.
    let (rows, code) = changed(
        &[moved.clone(), (target, narrower)],
        &["reading.schema.json"],
        prepare,
    );
    let expected = "values/level.schema.json#/properties/metres/minimum range-narrowed backward".to_owned();
    assert_eq!((rows, code), (vec![expected], Some(1)));
    // A file that no key held is what it was: gone.
    let (rows, code) = changed(
        &[(target, reading.clone())],
        &["reading.schema.json", "keys.schema.json"],
        prepare,
    );
    assert!(
        rows.contains(&"reading.schema.json# schema-removed backward".to_owned()),
        "{rows:?}"
    );
    assert_eq!(code, Some(1));
}

#[test]
fn events_come_go_and_move() {
    let workspace = workspace();
    let directory = workspace.path();
    // The same event in another file is the same event.
    std::fs::remove_file(directory.join("new/events/tide.schema.json")).unwrap();
    write(directory, "new/events/water.schema.json", &tide());
    let output = compat(&SIDES, directory);
    assert_eq!((output.status.code(), rows(&output)), (Some(0), vec![]));
    // Without it, what old writers publish is lost.
    std::fs::remove_file(directory.join("new/events/water.schema.json")).unwrap();
    let output = compat(&SIDES, directory);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(rows(&output), ["events/tide.schema.json# event-removed backward"]);
    // The other way round it is new, and breaks nobody.
    let back = [
        "--old", "new", "--new", "old", "--format", "json", "--mode", "full",
    ];
    let output = compat(&back, directory);
    assert_eq!(
        (output.status.code(), rows(&output)),
        (
            Some(0),
            vec!["events/tide.schema.json# event-added none".to_owned()]
        )
    );
}

#[test]
fn shared_definitions_and_roots_without_a_type_are_promises() {
    let narrow = json!({"type": "string", "pattern": "^[a-z]{1,10}$"});
    let payload = json!({"title": "Payload"});
    let typed = json!({"title": "Payload", "type": "string"});
    let shared = json!({"title": "Shared", "$defs": {"harbour": narrow}});
    for (file, old, new, expected) in [
        (
            "common.schema.json",
            common(),
            shared,
            "common.schema.json#/$defs/port definition-removed backward",
        ),
        (
            "payload.schema.json",
            payload,
            typed,
            "payload.schema.json#/type type-narrowed backward",
        ),
    ] {
        let directory = tempfile::tempdir().unwrap();
        write(directory.path(), &format!("old/{file}"), &old);
        write(directory.path(), &format!("new/{file}"), &new);
        let output = compat(&SIDES, directory.path());
        assert_eq!(output.status.code(), Some(1), "{expected}");
        assert!(
            rows(&output).iter().any(|row| row == expected),
            "{:?}",
            rows(&output)
        );
    }
}

#[test]
fn an_allow_list_gives_reasons_and_holds_nothing_unused() {
    let workspace = workspace();
    let directory = workspace.path();
    let mut keys = keys();
    keys["$defs"]["level"]["x-redis-ttl"] = json!(30);
    write(directory, "new/keys.schema.json", &keys);
    assert_eq!(compat(&SIDES, directory).status.code(), Some(1));

    let entry = json!({"pointer": "keys.schema.json#/$defs/level/x-redis-ttl", "kind": "lifetime-changed", "reason": "readers poll each second"});
    write(directory, "new/compat-allow.json", &json!([entry]));
    let output = compat(&["--old", "old", "--new", "new"], directory);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("allowed: readers poll each second"),
        "{}",
        text(&output.stdout)
    );
    assert!(text(&output.stdout).ends_with("backward: incompatible, forward: incompatible\n"));

    for (list, complaint) in [
        (
            json!([entry, {"pointer": "x", "kind": "type-changed", "reason": "y"}]),
            "no change of kind `type-changed` is at `x`",
        ),
        (
            json!([{"pointer": "x", "kind": "ttl-changed", "reason": "y"}]),
            "there is no kind of change called `ttl-changed`",
        ),
        (
            json!([{"pointer": "x", "kind": "type-changed", "reason": " "}]),
            "an entry without a reason",
        ),
        (
            json!([{"pointer": "x", "kind": "type-changed"}]),
            "an entry has `pointer`, `kind` and `reason`",
        ),
        (json!({}), "an allow-list is an array"),
    ] {
        write(directory, "new/compat-allow.json", &list);
        let output = compat(&["--old", "old", "--new", "new"], directory);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(complaint),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_revision_of_git_is_read_without_touching_the_work_tree() {
    let directory = tempfile::tempdir().unwrap();
    let directory = directory.path();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.com",
                "-c",
                "init.defaultBranch=main",
            ])
            .args(arguments)
            .current_dir(directory)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    write(directory, "sub/schemas/events/tide.schema.json", &tide());
    write(directory, "sub/schemas/common.schema.json", &common());
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    let mut changed = tide();
    changed["properties"]["metres"]["minimum"] = json!(0);
    write(directory, "sub/schemas/events/tide.schema.json", &changed);
    let before = git(&["status", "--porcelain"]);
    let output = compat(
        &["--against", "HEAD", "--new", "sub/schemas", "--format", "json"],
        directory,
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(
        rows(&output),
        ["events/tide.schema.json#/properties/metres/minimum range-narrowed backward"]
    );
    assert_eq!(git(&["status", "--porcelain"]), before);
    // One file, and what it refers to.
    let output = compat(
        &[
            "--against",
            "HEAD",
            "--new",
            "sub/schemas/events/tide.schema.json",
            "--format",
            "json",
        ],
        directory,
    );
    assert_eq!(
        rows(&output),
        ["/properties/metres/minimum range-narrowed backward"]
    );
    let output = compat(&["--against", "nowhere", "--new", "sub/schemas"], directory);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("revision \"nowhere\""),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn wrong_schemas_and_wrong_usage_exit_2() {
    let workspace = workspace();
    let directory = workspace.path();
    assert_eq!(compat(&["--new", "new"], directory).status.code(), Some(2));
    assert_eq!(
        compat(&["--old", "nowhere", "--new", "new"], directory)
            .status
            .code(),
        Some(2)
    );
    for (schema, complaint) in [
        (json!({"type": "strin"}), "the value of `type` must be"),
        (json!({"$ref": "#/$defs/x"}), "leads nowhere"),
        (
            json!({"properties": {"a": {"minLength": -1}}}),
            "the value of `minLength` must be",
        ),
        (json!({"properties": {"a": 3}}), "a schema is an object"),
        (
            json!({"allOf": [{"$ref": "#"}]}),
            "refers to itself without describing anything",
        ),
    ] {
        write(directory, "new/common.schema.json", &schema);
        let output = compat(&["--old", "old", "--new", "new/common.schema.json"], directory);
        assert_eq!(output.status.code(), Some(2), "{schema}");
        assert!(
            text(&output.stderr).contains(complaint),
            "{}",
            text(&output.stderr)
        );
    }
}

//! `cargo xtask codegen` as a command: what it writes, what it exits with, and what it says where.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use std::path::Path;
use std::process::{Command, Output};

const SCHEMA: &str =
    r#"{ "title": "Tide", "type": "object", "properties": { "metres": { "type": "number" } } }"#;

fn codegen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("codegen")
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A directory with `schemas/tide.schema.json` and the arguments that compile it into `out/`.
fn workspace(schema: &str) -> (tempfile::TempDir, Vec<String>) {
    let directory = tempfile::tempdir().unwrap();
    let schemas = directory.path().join("schemas");
    std::fs::create_dir(&schemas).unwrap();
    std::fs::write(schemas.join("tide.schema.json"), schema).unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let arguments = vec![
        "--schemas".to_owned(),
        path("schemas"),
        "--out".to_owned(),
        path("out"),
    ];
    (directory, arguments)
}

fn with<'a>(arguments: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    arguments
        .iter()
        .map(String::as_str)
        .chain(more.iter().copied())
        .collect()
}

fn files(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn it_writes_once_and_then_has_nothing_to_do() {
    let (directory, arguments) = workspace(SCHEMA);
    let rust = directory.path().join("out").join("rust");

    let check = codegen(&with(&arguments, &["--check"]));
    assert_eq!(check.status.code(), Some(1));
    assert!(!rust.exists(), "--check writes nothing");

    assert_eq!(codegen(&with(&arguments, &[])).status.code(), Some(0));
    assert_eq!(files(&rust), ["mod.rs", "schemas.rs"]);
    let written = std::fs::metadata(rust.join("mod.rs"))
        .unwrap()
        .modified()
        .unwrap();

    assert_eq!(codegen(&with(&arguments, &["--check"])).status.code(), Some(0));
    assert_eq!(codegen(&with(&arguments, &[])).status.code(), Some(0));
    let again = std::fs::metadata(rust.join("mod.rs"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(written, again, "what is current is not written again");
}

#[test]
fn a_check_shows_the_difference_and_the_command_that_mends_it() {
    let (directory, arguments) = workspace(SCHEMA);
    let rust = directory.path().join("out").join("rust");
    codegen(&with(&arguments, &[]));
    std::fs::write(
        directory.path().join("schemas/tide.schema.json"),
        SCHEMA.replace("metres", "feet"),
    )
    .unwrap();
    // A module that no schema asks for any more.
    let mark =
        "Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.";
    let stale = format!("//! Keys.\n//!\n//! {mark}\n");
    std::fs::write(rust.join("keys.rs"), &stale).unwrap();
    // What people wrote, one of them about us; and what a link leads to, which is not in the directory at all.
    std::fs::write(rust.join("by_hand.rs"), "//! Mine.\n").unwrap();
    std::fs::write(
        rust.join("about.md"),
        format!("The first line of the others is \"{mark}\"\n"),
    )
    .unwrap();
    let elsewhere = directory.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::write(elsewhere.join("keys.rs"), &stale).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&elsewhere, rust.join("linked")).unwrap();

    let check = codegen(&with(&arguments, &["--check"]));
    assert_eq!(check.status.code(), Some(1));
    let diff = text(&check.stdout);
    assert!(
        diff.contains(
            "-    pub metres: Option<f64>,
+    pub feet: Option<f64>,"
        ),
        "{diff}"
    );
    assert!(diff.contains("rust/keys.rs\n+++ /dev/null"), "{diff}");
    for others in ["by_hand", "about", "linked", "elsewhere"] {
        assert!(!diff.contains(others), "{diff}");
    }
    let advice = text(&check.stderr);
    assert!(advice.contains("run `cargo xtask codegen --schemas "), "{advice}");

    let run = codegen(&with(&arguments, &[]));
    assert_eq!(run.status.code(), Some(0));
    assert!(
        text(&run.stderr).ends_with("rust/keys.rs: no schema asks for it any more\n"),
        "{}",
        text(&run.stderr)
    );
    let mut left = files(&rust);
    left.retain(|name| name != "linked");
    assert_eq!(left, ["about.md", "by_hand.rs", "mod.rs", "schemas.rs"]);
    assert_eq!(files(&elsewhere), ["keys.rs"]);
    assert_eq!(codegen(&with(&arguments, &["--check"])).status.code(), Some(0));
}

#[test]
fn wrong_schemas_exit_2_and_write_nothing() {
    let (directory, arguments) = workspace(&SCHEMA.replace("\"number\"", "\"numbr\""));
    let output = codegen(&with(&arguments, &[]));
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let report = text(&output.stderr);
    assert!(
        report.contains("tide.schema.json:1:74  #/properties/metres/type"),
        "{report}"
    );
    assert!(!directory.path().join("out").exists());

    let missing = codegen(&["--schemas", "/nowhere/at/all"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("/nowhere/at/all"));
    assert_eq!(codegen(&["--colour"]).status.code(), Some(2));
}

#[test]
fn references_stay_in_the_directory_unless_one_file_is_asked_for() {
    let schema = |reference: &str| {
        format!(r#"{{ "title": "Tide", "type": "array", "items": {{ "$ref": "{reference}" }} }}"#)
    };
    for (reference, is_taken) in [
        ("../outside.json", false),
        ("sub/../../outside.json#/$defs/metres", false),
        ("%2e%2e/outside.json", false),
        ("sub/../inside.json", true),
    ] {
        let (directory, arguments) = workspace(&schema(reference));
        let target = r#"{ "type": "integer", "$defs": { "metres": { "type": "number" } } }"#;
        std::fs::write(directory.path().join("outside.json"), target).unwrap();
        std::fs::write(directory.path().join("schemas/inside.json"), target).unwrap();
        let output = codegen(&with(&arguments, &[]));
        let complaint = text(&output.stderr);
        if is_taken {
            assert_eq!(output.status.code(), Some(0), "{complaint}");
        } else {
            assert_eq!(output.status.code(), Some(2), "{reference}");
            let expected = format!(
                "error: `{reference}` leads out of the directory of the schemas\n --> tide.schema.json:1:"
            );
            assert!(complaint.contains(&expected), "{complaint}");
            assert!(complaint.contains("#/items/$ref"), "{complaint}");
            assert!(!directory.path().join("out").exists(), "nothing is written");
        }
        let file = directory.path().join("schemas/tide.schema.json");
        let alone = codegen(&["--rust-stdout", file.to_str().unwrap()]);
        assert_eq!(alone.status.code(), Some(0), "{}", text(&alone.stderr));
    }
}

#[test]
fn one_file_is_printed_or_refused_with_3() {
    let (directory, _) = workspace(SCHEMA);
    let file = directory.path().join("schemas").join("tide.schema.json");
    let file = file.to_str().unwrap();
    let output = codegen(&["--rust-stdout", file]);
    assert_eq!(output.status.code(), Some(0));
    let module = text(&output.stdout);
    assert!(
        module.contains("pub struct Tide {") && module.contains("pub type Root = Tide;"),
        "{module}"
    );
    assert!(output.stderr.is_empty());

    std::fs::write(file, r#"{ "not": {} }"#).unwrap();
    let output = codegen(&["--rust-stdout", file]);
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("tide.schema.json:1:3  #/not"));
    assert_eq!(
        codegen(&["--rust-stdout", "/nowhere.json"]).status.code(),
        Some(3)
    );
}

#[test]
fn the_committed_files_are_current() {
    let output = codegen(&["--check"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

#[test]
fn mistakes_are_lines_of_json_for_programs() {
    let broken = r#"{ "type": "object", "properties": { "metres": { "type": "number", "minimun": 0 } } }"#;
    let (directory, arguments) = workspace(broken);
    let output = codegen(&with(&arguments, &["--format", "json"]));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "");
    let expected = concat!(
        r#"{"severity":"error","file":"tide.schema.json","line":1,"column":67,"pointer":"/properties/metres/minimun","#,
        r#""message":"unknown keyword `minimun`","help":"did you mean `minimum`?"}"#,
        "\n"
    );
    assert_eq!(text(&output.stdout), expected);
    let file = directory.path().join("schemas").join("tide.schema.json");
    let output = codegen(&["--rust-stdout", file.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(text(&output.stdout), expected);
    for line in expected.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["severity"], "error");
    }
}

//! A thousand events cost ten times a hundred: what codegen prints grows in step with the schemas. How long it takes is a row
//! of `cargo xtask bench`, since no test depends on time.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use std::path::Path;

use redis_client_xtask::{Project, run};
use serde_json::json;

/// Writes `count` events that share two definitions, as the files of a large workspace do.
fn write_events(schemas: &Path, count: usize) {
    std::fs::create_dir_all(schemas.join("events")).unwrap();
    let write = |name: &str, schema: &serde_json::Value| {
        std::fs::write(schemas.join(name), schema.to_string()).unwrap();
    };
    let common = json!({"$defs": {
        "symbol": {"title": "Symbol", "type": "string", "pattern": "^[A-Z]{1,8}$"},
        "quantity": {"title": "Quantity", "type": "integer", "minimum": 0},
    }});
    write("common.schema.json", &common);
    for number in 1000..1000 + count {
        let event = json!({
            "title": format!("Thing{number}Event"), "type": "object", "x-redis-channel": format!("thing{number}.happened.{{symbol}}"),
            "properties": {
                "event_type": {"const": format!("thing{number}.happened")},
                "symbol": {"$ref": "../common.schema.json#/$defs/symbol"},
                "quantity": {"$ref": "../common.schema.json#/$defs/quantity"},
                "side": {"type": "string", "enum": ["buy", "sell"]},
                "legs": {"type": "array", "items": {"type": "object", "properties": {
                    "id": {"type": "string", "pattern": format!("^x{number}-[0-9]+$")}}, "required": ["id"]}},
            },
            "required": ["event_type", "symbol"],
        });
        write(&format!("events/thing{number}.schema.json"), &event);
    }
}

fn bytes_below(directory: &Path) -> u64 {
    let entries = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let size = |path: std::path::PathBuf| {
        if path.is_dir() {
            bytes_below(&path)
        } else {
            std::fs::metadata(path).unwrap().len()
        }
    };
    entries.map(size).sum()
}

fn bytes_printed(count: usize) -> u64 {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    write_events(&path("schemas"), count);
    let words = [
        "xtask".into(),
        "codegen".into(),
        "--schemas".into(),
        path("schemas").into_os_string(),
    ];
    let words = words
        .into_iter()
        .chain(["--out".into(), path("out").into_os_string()]);
    assert_eq!(
        run(words, &Project::new(directory.path())),
        std::process::ExitCode::SUCCESS
    );
    bytes_below(&path("out"))
}

#[test]
fn output_grows_in_step_with_the_schemas() {
    let [few, more, many] = [20, 40, 80].map(bytes_printed);
    let (first, second) = (more - few, many - more);
    // The second step adds twice as many events; list separators and the like are all that may differ.
    assert!(second.abs_diff(2 * first) * 100 < second, "{few} {more} {many}");
}

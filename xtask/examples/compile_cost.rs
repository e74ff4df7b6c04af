//! How many seconds the compiler takes for a hundred generated events.
//!
//! ```console
//! $ cargo run -p redis-client-xtask --example compile_cost
//! ```
//!
//! Writes the schemas of `EVENTS` events as desks have them (ten members each: constants, times, decimals, enumerations, lists,
//! patterns, optional and nullable ones), generates their module, and builds it in a crate of its own that depends on
//! `redis-client` without features. What the same crate takes with two structs derived by serde is measured beside it. The
//! dependencies are built before the clock starts. What it printed last stands in `docs/decisions/0113-compile-seconds.md`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement: it reads the clock, prints, and ends where something is wrong"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use redis_client_xtask::{Project, codegen};
use serde_json::json;

const EVENTS: usize = 100;

fn main() {
    let project = Project::of_this_repository();
    let home = project.target().join("compile-cost");
    let _ = fs::remove_dir_all(home.join("crate"));
    fs::create_dir_all(home.join("crate/src")).unwrap();
    fs::create_dir_all(home.join("schemas")).unwrap();
    let library = project.root().join("redis-client");
    let manifest = format!(
        "[package]\nname = \"compile-cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nredis-client = {{ path = {:?}, default-features = false }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = \"1\"\n\n[profile.dev]\nincremental = false\n",
        library.to_str().unwrap()
    );
    fs::write(home.join("crate/Cargo.toml"), manifest).unwrap();
    fs::copy(project.root().join("Cargo.lock"), home.join("crate/Cargo.lock")).unwrap();
    for verb in ["check", "build"] {
        build(&home, verb, "");
    }
    let generated = module(&home);
    let lines = generated.lines().count();
    println!(
        "{EVENTS} events of ten members, {lines} generated lines, processor seconds (of the clock) in a debug build:"
    );
    for verb in ["check", "build"] {
        let ours = build(&home, verb, &generated);
        let plain = build(&home, verb, &derived_by_serde());
        let none = build(&home, verb, "");
        println!(
            "  {verb}: {ours} generated, {plain} derived by serde without checks, {none} an empty crate"
        );
    }
}

/// The generated module of all events.
fn module(home: &Path) -> String {
    let definitions: serde_json::Map<String, serde_json::Value> = (0..EVENTS)
        .map(|number| (format!("e{number}"), event(number)))
        .collect();
    let file = home.join("schemas/all.schema.json");
    let schema = json!({ "$defs": definitions, "type": "object" });
    fs::write(&file, schema.to_string()).unwrap();
    codegen::rust_module(&file).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render()))
}

fn event(number: usize) -> serde_json::Value {
    json!({
        "title": format!("Fill{number}Event"),
        "type": "object",
        "x-redis-channel": format!("fills.venue{number}"),
        "properties": {
            "event_type": { "const": format!("fills.venue{number}") },
            "timestamp": { "type": "string", "format": "date-time" },
            "symbol": { "type": "string", "pattern": "^[A-Z0-9.]{1,16}$" },
            "side": { "enum": ["buy", "sell"] },
            "quantity": { "type": "integer", "minimum": 0 },
            "price": { "type": "string", "format": "decimal" },
            "fees": { "type": "array", "items": { "type": "string", "format": "decimal" }, "maxItems": 8 },
            "venue": { "type": ["string", "null"], "minLength": 1 },
            "run_id": { "type": "string", "format": "uuid" },
            "note": { "type": "string", "maxLength": 200 }
        },
        "required": ["event_type", "timestamp", "symbol", "side", "quantity", "price", "fees", "venue", "run_id"]
    })
}

/// The same members, as a user of serde would have them.
fn derived_by_serde() -> String {
    let one = |number: usize| {
        format!(
            "#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]\n\
             #[serde(rename_all = \"snake_case\")]\npub enum Side{number} {{ Buy, Sell }}\n\
             #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]\npub struct Fill{number}Event {{\n\
             pub event_type: String, pub timestamp: String, pub symbol: String, pub side: Side{number}, pub quantity: u64,\n\
             pub price: String, pub fees: Vec<String>, pub venue: Option<String>, pub run_id: String, pub note: Option<String>,\n}}\n"
        )
    };
    let structs: String = (0..EVENTS).map(one).collect();
    let uses = reads();
    format!("{structs}\npub fn read(text: &str) -> usize {{\n    let mut out = 0;\n{uses}    out\n}}\n")
}

/// Reads each type once: what is generic is compiled where it is used.
fn reads() -> String {
    (0..EVENTS).fold(String::new(), |all, number| {
        all + &format!("    out += usize::from(serde_json::from_str::<Fill{number}Event>(text).is_ok());\n")
    })
}

/// Builds the crate with this source and says how long that took.
fn build(home: &Path, verb: &str, source: &str) -> String {
    let reads = if source.contains("redis_client") {
        reads()
    } else {
        String::new()
    };
    let read = if reads.is_empty() {
        String::new()
    } else {
        format!("\npub fn read(text: &str) -> usize {{\n    let mut out = 0;\n{reads}    out\n}}\n")
    };
    fs::write(home.join("crate/src/lib.rs"), format!("{source}{read}")).unwrap();
    let (started, before) = (Instant::now(), children());
    let status = Command::new(env!("CARGO"))
        .args([verb, "--quiet", "--offline"])
        .current_dir(home.join("crate"))
        .env("CARGO_TARGET_DIR", home.join("target"))
        .status()
        .unwrap();
    assert!(status.success(), "the crate does not build");
    let clock = started.elapsed().as_secs_f64();
    match (before, children()) {
        (Some(before), Some(after)) => format!("{:.1} ({clock:.1})", after - before),
        _ => format!("({clock:.1})"),
    }
}

/// Processor seconds of all children that have ended, where Linux says: neighbours do not count then.
fn children() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything, `cutime` and `cstime` are the 14th and 15th; a hundred ticks are a second.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u32>().ok();
    Some(f64::from(ticks(13)? + ticks(14)?) / 100.0)
}

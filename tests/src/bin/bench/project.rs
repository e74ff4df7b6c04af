//! What the project costs those who build it: generating, and compiling from nothing.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use redis_client_xtask::Project;
use serde_json::json;

use super::{Bench, Rates, Result, Row, rate};

/// What generating everything from the schemas of this repository may take.
const CODEGEN_AT_MOST: Duration = Duration::from_millis(100);
/// The manifest of a program that uses redis-rs as we do, with tokio.
const REDIS_WITH_TOKIO: &str = r#"
[package]
name = "redis-with-tokio"
version = "0.0.0"
edition = "2024"

[dependencies]
redis = { version = "1.8", default-features = false, features = ["aio", "tokio-comp"] }
tokio = { version = "1", features = ["io-util", "net", "rt", "sync", "time"] }

[workspace]
"#;

pub(crate) fn rows() -> Vec<Row> {
    let mut clean = Row::new(
        "clean build, default features",
        "redis with tokio",
        1.0 / 1.5,
        Bench::clean_build,
    );
    clean.is_long = true;
    vec![
        Row::new("codegen, all targets", "100 ms", 1.0, |bench| {
            Ok((rate(1, bench.generate(&schemas())?), rate(1, CODEGEN_AT_MOST)))
        }),
        Row::new(
            "codegen, all targets, by `cargo xtask` as built for development",
            "100 ms",
            1.0,
            |bench| Ok((rate(1, bench.run_codegen(&schemas())?), rate(1, CODEGEN_AT_MOST))),
        ),
        Row::new(
            "codegen, 1,000 schemas",
            "100 schemas, ten times",
            0.90,
            |bench| {
                let few = bench.directory()?;
                write_schemas(few.path(), 100)?;
                let many = bench.directory()?;
                write_schemas(many.path(), 1000)?;
                Ok((
                    rate(1000, bench.generate(many.path())?),
                    rate(100, bench.generate(few.path())?),
                ))
            },
        ),
        clean,
    ]
}

impl Bench {
    /// The generator with all its targets over `schemas`, in this process and as optimised as it is.
    fn generate(&self, schemas: &Path) -> Result<Duration> {
        let out = self.directory()?;
        let words = ["xtask", "codegen", "--schemas"].map(OsStr::new);
        let words =
            words
                .into_iter()
                .chain([schemas.as_os_str(), OsStr::new("--out"), out.path().as_os_str()]);
        let begun = Instant::now();
        let status = redis_client_xtask::run(words, &Project::new(out.path()));
        let time = begun.elapsed();
        if status == ExitCode::SUCCESS {
            Ok(time)
        } else {
            Err("the schemas are refused".into())
        }
    }

    /// The same by the program that runs this benchmark.
    fn run_codegen(&self, schemas: &Path) -> Result<Duration> {
        let out = self.directory()?;
        let begun = Instant::now();
        let output = Command::new(&self.options.xtask)
            .args(["codegen", "--schemas"])
            .arg(schemas)
            .arg("--out")
            .arg(out.path())
            .output()?;
        let time = begun.elapsed();
        if output.status.success() {
            Ok(time)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
        }
    }

    /// Both from an empty target directory and a full registry, with the same versions.
    fn clean_build(&self) -> Result<Rates> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let ours = self.directory()?;
        let ours = build(&root, &["--package", "redis-client", "--lib"], ours.path())?;
        let rival = self.directory()?;
        fs::create_dir(rival.path().join("src"))?;
        fs::write(rival.path().join("src/lib.rs"), "")?;
        fs::write(rival.path().join("Cargo.toml"), REDIS_WITH_TOKIO)?;
        fs::copy(root.join("Cargo.lock"), rival.path().join("Cargo.lock"))?;
        let rival = build(rival.path(), &[], &rival.path().join("target"))?;
        Ok((rate(1, ours), rate(1, rival)))
    }
}

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

/// How long `cargo build` takes in `directory`, with nothing built before.
fn build(directory: &Path, words: &[&str], target: &Path) -> Result<Duration> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let begun = Instant::now();
    let status = Command::new(cargo)
        .current_dir(directory)
        .args(["build", "--quiet", "--offline", "--target-dir"])
        .arg(target)
        .args(words)
        .stdout(Stdio::null())
        .status()?;
    if status.success() {
        Ok(begun.elapsed())
    } else {
        Err(format!("cargo build: {status}").into())
    }
}

/// `count` events that look nothing like each other to the generator: names, channels and members of their own.
fn write_schemas(directory: &Path, count: usize) -> Result<()> {
    let events = directory.join("events");
    fs::create_dir(&events)?;
    for index in 0..count {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": format!("Reading{index}"),
            "description": "What an instrument has read.",
            "x-redis-channel": format!("readings.{index}"),
            "type": "object",
            "properties": {
                "event_type": {"const": format!("readings.{index}")},
                "taken_at": {"type": "string", "format": "date-time"},
                "instrument": {"type": "string", "minLength": 1, "maxLength": 64},
                format!("celsius_{index}"): {"type": "number", "minimum": -273.15},
                "count": {"type": "integer", "minimum": 0},
                "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 8},
                "state": {"enum": ["cold", "warm", "hot"]},
            },
            "required": ["event_type", "taken_at", "instrument", "count"],
        });
        fs::write(
            events.join(format!("reading_{index}.schema.json")),
            serde_json::to_string_pretty(&schema)?,
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_takes_the_schemas_that_are_measured() {
        let dir = tempfile::tempdir().unwrap();
        write_schemas(dir.path(), 3).unwrap();
        let ir = redis_client_xtask::codegen::compile_directory(dir.path());
        assert_eq!(ir.unwrap().events.len(), 3);
    }
}

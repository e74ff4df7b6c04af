//! `cargo xtask test`: everything that can fail, in one command that needs Rust, Python 3 and Node.
//!
//! The order is from cheap to dear. Each stage runs whether or not the one before it passed, and the closing lines name
//! what passed and what did not. All stages share one target directory and, where they can, one set of features: a
//! dependency is compiled once for running and once for checking.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::debian::execute;
use crate::redis_server::ServerProgram;
use crate::run::{cargo, has_cargo, note};
use crate::stages::Stages;
use crate::{Project, lint, node, python, redis_server};

/// What a feature must do without when it is built alone, where that is promised. The empty name is no feature at all.
const WITHOUT: [(&str, &[&str]); 7] = [
    ("", &["redis", "tokio", "tracing", "crc32c", "serde_derive"]),
    ("client", &["crc32c", "serde_derive"]),
    ("buffer", &["redis", "tokio", "serde_derive"]),
    ("publisher", &["serde_derive"]),
    ("blocking", &["crc32c"]),
    ("rust_decimal", &["redis", "tokio"]),
    ("uuid", &["redis", "tokio"]),
];

/// Runs all tests of the repository.
pub(crate) fn run(project: &Project) -> ExitCode {
    let (server, valkey) = match gather(project) {
        Ok(servers) => servers,
        Err(missing) => {
            for line in missing {
                note(&format!("error: {line}"));
            }
            return ExitCode::FAILURE;
        }
    };
    let mut stages = Stages::begin();
    lint::checks(&mut stages, project);
    let equipped = |mut command: Command| {
        // Building all tests with all features builds the command line as well; without its path, the tests that run it
        // would each ask cargo for another build of it.
        let binary = project.target().join("debug").join("redis-client");
        command
            .env(redis_server::VARIABLE, server.path())
            .env("REDIS_CLIENT_BIN", binary)
            .env(
                redis_server::VALKEY_VARIABLE,
                valkey.as_ref().map_or(Path::new(""), |valkey| valkey.path()),
            );
        command
    };
    let everything = ["--workspace", "--all-features"];
    let tests = if has_cargo(project, "nextest") {
        let mut command = cargo(project, ["nextest", "run"]);
        command.args(everything).args([
            "--no-fail-fast",
            "--status-level",
            "slow",
            "--final-status-level",
            "slow",
        ]);
        command
    } else {
        let mut command = cargo(
            project,
            [
                "test",
                "--no-fail-fast",
                "--lib",
                "--bins",
                "--tests",
                "--examples",
            ],
        );
        command.args(everything);
        command
    };
    stages.command("tests", equipped(tests));
    // The examples that need a server find it in `REDIS_URL`; the tests' build has just made the program that sets it.
    let mut doctests = Command::new(project.target().join("debug").join("with-redis"));
    let words = cargo(project, ["test", "--quiet", "--doc", "--no-fail-fast"]);
    doctests.current_dir(project.root()).arg(words.get_program());
    doctests.args(words.get_args()).args(everything);
    stages.command("doctests", equipped(doctests));
    let manifest = fs::read_to_string(project.root().join("redis-client/Cargo.toml")).unwrap_or_default();
    stages.command("docs", docs(project, &manifest));
    for feature in std::iter::once("").chain(features(&manifest)) {
        let name = if feature.is_empty() {
            "no features"
        } else {
            feature
        };
        stages.stage(&format!("alone: {name}"), || alone(project, feature));
    }
    let fenced_on = valkey.as_ref().map_or_else(
        || "no Valkey".to_owned(),
        |valkey| format!("{} (the fence, and what servers refuse)", valkey.version()),
    );
    note(&format!("\ntested on {} and {fenced_on}", server.version()));
    stages.finish("test")
}

/// Finds or fetches what the tests need, and says what it is; else all that is missing. The second server is a Valkey, which nothing
/// needs.
fn gather(project: &Project) -> Result<(ServerProgram, Option<ServerProgram>), Vec<String>> {
    let mut missing = Vec::new();
    match python::version() {
        Ok(version) => note(&version),
        Err(error) => missing.push(error.to_string()),
    }
    match node::version() {
        Ok(version) => note(&version),
        Err(error) => missing.push(error.to_string()),
    }
    let server = redis_server::find(project, &mut note);
    match &server {
        Ok(server) => note(server.version()),
        Err(error) => missing.push(error.to_string()),
    }
    if missing.is_empty()
        && let Err(error) = python::find(project, &mut note)
    {
        missing.push(error.to_string());
    }
    if missing.is_empty()
        && let Err(error) = node::find(project, &mut note)
    {
        missing.push(error.to_string());
    }
    let valkey = match redis_server::valkey(project, &mut note) {
        Ok(valkey) => valkey,
        // Whoever names a server wants to be tested on it.
        Err(error @ redis_server::Error::Named { .. }) => {
            missing.push(error.to_string());
            None
        }
        Err(error) => {
            note(&format!("no Valkey to test on: {error}"));
            None
        }
    };
    match server {
        Ok(server) if missing.is_empty() => Ok((server, valkey)),
        _ => Err(missing),
    }
}

/// The documentation of what is published, with the features that users may ask for, warnings being errors. With the seams of
/// the simulation, modules are public whose prose speaks to those who read the source.
fn docs(project: &Project, manifest: &str) -> Command {
    let mut docs = cargo(project, ["doc", "--quiet", "--no-deps"]);
    for package in ["redis-client", "redis-client-derive", "redis-client-xtask"] {
        docs.args(["--package", package]);
    }
    for feature in features(manifest) {
        docs.arg("--features").arg(format!("redis-client/{feature}"));
    }
    docs.env("RUSTDOCFLAGS", "-D warnings");
    docs
}

/// The features of a manifest that users may ask for: not the default set, and none that begins with an underscore.
fn features(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.split("[features]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let names = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(" = ")?.0));
    names.filter(|name| *name != "default" && !name.starts_with('_'))
}

/// Builds the library with one feature, warnings being errors, and looks that the crates it must do without are absent.
fn alone(project: &Project, feature: &str) -> Result<(), String> {
    let without = WITHOUT
        .iter()
        .find(|(name, _)| *name == feature)
        .map_or(&[][..], |(_, without)| *without);
    let selected = [
        "--package",
        "redis-client",
        "--no-default-features",
        "--features",
        feature,
    ];
    let mut build = cargo(project, ["rustc", "--quiet", "--lib", "--profile", "check"]);
    build.args(selected).args(["--", "-D", "warnings"]);
    crate::run::succeed(&mut build)?;
    let mut tree = cargo(
        project,
        [
            "tree", "--quiet", "--edges", "normal", "--prefix", "none", "--format", "{p}",
        ],
    );
    let tree = execute(tree.args(selected), "cargo tree").map_err(|error| error.to_string())?;
    let found: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| without.contains(name))
        .collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "feature `{feature}` must do without {}",
            found.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_of_the_library_are_found() {
        let manifest = "[package]\na = 1\n[features]\ndefault = [\"x\"]\n# z = words\nx = []\nlong = [\n  \"x\",\n]\n__y = []\n[dependencies]\nb = 1\n";
        assert_eq!(features(manifest).collect::<Vec<_>>(), ["x", "long"]);
        let ours = include_str!("../../redis-client/Cargo.toml");
        let found: Vec<&str> = features(ours).collect();
        for (name, _) in WITHOUT.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(
                found.contains(name),
                "{name} is promised something, and is not a feature"
            );
        }
    }
}

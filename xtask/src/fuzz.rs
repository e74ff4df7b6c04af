//! `cargo xtask fuzz`: the fuzz targets under libFuzzer, where a nightly compiler and cargo-fuzz are installed. The same targets run
//! by seed on stable within the tests.

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use clap::{Args, ValueEnum};

use crate::Project;
use crate::run::{note, succeed};

/// Arguments of `cargo xtask fuzz`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 nothing was found, 1 something was or is missing, 2 the usage is wrong."
)]
pub struct Arguments {
    /// What to fuzz; everything, one after the other, if not given.
    #[arg(value_enum)]
    pub target: Option<Target>,
    /// How long each target runs.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: u64,
}

/// A fuzz target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Target {
    /// Records of the buffer, appended and read back.
    Record,
    /// Damaged files of the buffer, opened.
    Recovery,
    /// Texts of keys, parsed and written.
    Key,
    /// Schemas, compiled and compared with themselves.
    SchemaLoad,
    /// JSON of events, decoded and encoded.
    Decoders,
}

impl Target {
    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Runs `cargo xtask fuzz`.
pub(crate) fn run(arguments: &Arguments, project: &Project) -> ExitCode {
    let missing = missing();
    if !missing.is_empty() {
        for line in missing {
            note(&format!("error: {line}"));
        }
        note("the same targets run by seed on stable: cargo test -p redis-client-tests --test fuzz_seeds");
        return ExitCode::FAILURE;
    }
    let targets = match arguments.target {
        Some(target) => vec![target],
        None => Target::value_variants().to_vec(),
    };
    let mut failed = Vec::new();
    for target in targets {
        let name = target.name();
        note(&format!("fuzzing {name} for {} s", arguments.seconds));
        if let Err(error) = succeed(&mut command(project, &name, arguments.seconds)) {
            note(&format!("error: {error}"));
            failed.push(name);
        }
    }
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        note(&format!(
            "error: something was found in {}; the input is below redis-client/fuzz/artifacts: make it a test of its name and story",
            failed.join(", ")
        ));
        ExitCode::FAILURE
    }
}

fn command(project: &Project, target: &str, seconds: u64) -> Command {
    let directory: PathBuf = project.root().join("redis-client").join("fuzz");
    let mut command = Command::new("cargo");
    command
        .current_dir(project.root())
        // What cargo tells the processes it starts, ourselves, would choose the compiler of this build again.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .args(["+nightly", "fuzz", "run", "--fuzz-dir"])
        .arg(directory)
        .args([target, "--"])
        .arg(format!("-max_total_time={seconds}"));
    command
}

/// What is not installed, each with the command that installs it.
fn missing() -> Vec<&'static str> {
    let runs = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command
            .env_remove("RUSTUP_TOOLCHAIN")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let mut missing = Vec::new();
    if !runs(&["+nightly", "--version"]) {
        missing.push("there is no nightly compiler: rustup toolchain install nightly");
    }
    if !runs(&["fuzz", "--version"]) {
        missing.push("cargo-fuzz is not installed: cargo install cargo-fuzz");
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_one_of_the_fuzz_workspace() {
        let manifest = Project::of_this_repository()
            .root()
            .join("redis-client/fuzz/Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("the fuzz workspace is in the repository");
        let declared: Vec<&str> = manifest
            .split("[[bin]]")
            .skip(1)
            .filter_map(|bin| bin.split('"').nth(1))
            .collect();
        let known: Vec<String> = Target::value_variants()
            .iter()
            .map(|target| target.name())
            .collect();
        assert_eq!(declared, known);
    }
}

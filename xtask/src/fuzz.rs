//! `cargo xtask fuzz`: the fuzz targets under libFuzzer, with the compiler of the workspace. The same targets run by seed within the tests.
//!
//! No sanitizer is asked for: none of our code is `unsafe`, and with that the coverage that libFuzzer follows needs no nightly compiler.
//! What libFuzzer learns is kept below `target/fuzz/`; the committed corpus is only read.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
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
    /// Run the target on this input alone, to see again what was found.
    #[arg(long, value_name = "FILE", requires = "target", conflicts_with = "seconds")]
    pub input: Option<PathBuf>,
}

/// A fuzz target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Target {
    /// Records of the buffer, appended and read back.
    Record,
    /// Damaged files of the buffer, opened.
    Recovery,
    /// Any bytes as a file of the buffer, opened.
    LogFiles,
    /// Buffer files of the Python services, imported.
    Import,
    /// Texts of keys, parsed and written.
    Key,
    /// Texts of times, dates, decimals and identifiers, parsed and written.
    Scalar,
    /// JSON of features, decoded both ways and encoded.
    Features,
    /// Replies of a server, in pieces.
    Replies,
    /// URLs of servers, with passwords that nothing may show.
    Url,
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
    if !is_installed() {
        note("error: cargo-fuzz is not installed: cargo install cargo-fuzz");
        note(
            "libFuzzer is built with it, so a C++ compiler is needed as well (Debian and Ubuntu: apt install g++)",
        );
        note("the same targets run by seed: cargo test -p redis-client-tests --test fuzz_seeds");
        return ExitCode::FAILURE;
    }
    let targets = match arguments.target {
        Some(target) => vec![target],
        None => Target::value_variants().to_vec(),
    };
    let mut build = cargo_fuzz(project, "build");
    if let Some(target) = arguments.target {
        build.arg(target.name());
    }
    if let Err(error) = succeed(&mut build) {
        note(&format!("error: {error}"));
        return ExitCode::FAILURE;
    }
    let mut failed = Vec::new();
    for target in targets {
        let name = target.name();
        let result = match &arguments.input {
            Some(input) => replay(project, &name, input),
            None => fuzz(project, &name, arguments.seconds),
        };
        if let Err(reason) = result {
            note(&format!("error: {name}: {reason}"));
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    note(&format!("error: something was found in {}", failed.join(", ")));
    note("make the input a test of its name and story, and put it into redis-client/fuzz/corpus/");
    ExitCode::FAILURE
}

/// Fuzzes one target and says what that came to.
fn fuzz(project: &Project, target: &str, seconds: u64) -> Result<(), String> {
    note(&format!("fuzzing {target} for {seconds} s"));
    let place = |kind: &str| project.target().join("fuzz").join(kind).join(target);
    let (learnt, artifacts) = (place("corpus"), place("artifacts"));
    for directory in [&learnt, &artifacts] {
        std::fs::create_dir_all(directory).map_err(|error| format!("{}: {error}", directory.display()))?;
    }
    let mut command = cargo_fuzz(project, "run");
    command
        .arg(target)
        // The first is written to.
        .args([
            &learnt,
            &project.root().join("redis-client/fuzz/corpus").join(target),
        ])
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(words(project, target))
        // An input that takes so long, or so much memory, is a find as well.
        .args(["-timeout=20", "-rss_limit_mb=2048"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("cargo fuzz does not start: {error}"))?;
    let mut report = Report::default();
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).split(b'\n') {
            let line = line.map_err(|error| format!("its words cannot be read: {error}"))?;
            report.read(&String::from_utf8_lossy(&line));
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("it cannot be waited for: {error}"))?;
    note(&format!("{target}: {}", report.summary()));
    if status.success() {
        return Ok(());
    }
    for line in &report.said {
        note(line);
    }
    Err(match &report.artifact {
        Some(input) => {
            let input = Path::new(input);
            let input = input.strip_prefix(project.root()).unwrap_or(input).display();
            format!("it failed; replay: cargo xtask fuzz {target} --input {input}")
        }
        None => format!("it ended with {status}"),
    })
}

/// The words that inputs of a target are made of, where somebody wrote them down.
fn words(project: &Project, target: &str) -> Option<String> {
    let file = project
        .root()
        .join("redis-client/fuzz/dictionaries")
        .join(format!("{target}.dict"));
    file.is_file().then(|| format!("-dict={}", file.display()))
}

/// Runs one target on one input, with all that it says.
fn replay(project: &Project, target: &str, input: &Path) -> Result<(), String> {
    let input = std::path::absolute(input).map_err(|error| error.to_string())?;
    if !input.is_file() {
        return Err(format!("there is no file {}", input.display()));
    }
    succeed(cargo_fuzz(project, "run").arg(target).arg(input))
}

fn cargo_fuzz(project: &Project, what: &str) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(project.root())
        .args(["fuzz", what, "--sanitizer", "none", "--fuzz-dir"])
        .arg(project.root().join("redis-client").join("fuzz"))
        .arg("--target-dir")
        .arg(project.target().join("fuzz").join("build"));
    command
}

fn is_installed() -> bool {
    let mut command = Command::new("cargo");
    command
        .args(["fuzz", "--version"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What libFuzzer said, as far as people care.
#[derive(Debug, Default, PartialEq, Eq)]
struct Report {
    executions: u64,
    covered: u64,
    inputs: u64,
    artifact: Option<String>,
    /// Lines that are no progress: a panic and where it came from, or the last there were.
    said: Vec<String>,
    has_panicked: bool,
}

impl Report {
    /// Takes a line, such as `#1234  DONE  cov: 12 ft: 34 corp: 5/10b lim: 4 exec/s: 0 rss: 30Mb`.
    fn read(&mut self, line: &str) {
        const SAID_MAX: usize = 40;
        if let Some((_, artifact)) = line.split_once("Test unit written to ") {
            self.artifact = Some(artifact.trim().to_owned());
        }
        let number = |text: &str| {
            let digits = text.trim_start().split(|c: char| !c.is_ascii_digit()).next();
            digits?.parse::<u64>().ok()
        };
        let behind = |word: &str| line.split_once(word).and_then(|(_, rest)| number(rest));
        let Some(executions) = line.strip_prefix('#').and_then(number) else {
            if line.contains(" panicked at ") {
                self.said.clear();
                self.has_panicked = true;
            }
            if !line.trim().is_empty() && !line.starts_with("INFO:") {
                self.said.push(line.to_owned());
            }
            // Of a panic the first lines say what happened, of all else the last.
            if self.said.len() > SAID_MAX {
                let least = if self.has_panicked { SAID_MAX } else { 0 };
                self.said.remove(least);
            }
            return;
        };
        // Behind `#`, a frame of a backtrace may stand as well.
        if let Some(covered) = behind(" cov: ") {
            self.executions = executions;
            self.covered = covered;
            self.inputs = behind(" corp: ").unwrap_or(self.inputs);
        }
    }

    fn summary(&self) -> String {
        format!(
            "{} executions, {} places covered, {} inputs in the corpus",
            self.executions, self.covered, self.inputs
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_one_of_the_fuzz_workspace_and_has_a_corpus() {
        let fuzz = Project::of_this_repository().root().join("redis-client/fuzz");
        let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml"))
            .expect("the fuzz workspace is in the repository");
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
        for target in known {
            assert!(fuzz.join("corpus").join(&target).is_dir(), "{target}");
        }
    }

    #[test]
    fn what_libfuzzer_says_is_understood() {
        let mut report = Report::default();
        for line in [
            "INFO: Running with entropic power schedule (0xFF, 100).",
            "#2\tINITED cov: 402 ft: 403 corp: 1/1b exec/s: 0 rss: 44Mb",
            "#65536\tpulse  cov: 1187 ft: 4210 corp: 311/9Kb lim: 652 exec/s: 21845 rss: 71Mb",
            "thread '<unnamed>' panicked at src/lib.rs:7:5:",
            "    #3 0x55d5 in main cov.c:3",
            "artifact_prefix='x/'; Test unit written to x/crash-adc83b19",
        ] {
            report.read(line);
        }
        assert_eq!(
            report.summary(),
            "65536 executions, 1187 places covered, 311 inputs in the corpus"
        );
        assert_eq!(report.artifact.as_deref(), Some("x/crash-adc83b19"));
        for _ in 0..1000 {
            report.read("a frame of a deep stack");
        }
        assert!(report.said.len() <= 40);
        assert!(report.said.iter().any(|line| line.contains("panicked")));
    }
}

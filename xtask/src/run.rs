//! Starting other programs, and talking to the person who called: the only place of this crate, beside the code
//! generator's reports, that prints.
//!
//! The demo and the benchmarks are binaries of `tests/`, because they need the library and this crate must run when
//! generated code is broken. Here they are built and started, with a server found for them first, so that whatever has
//! to be fetched is fetched before they begin.

use std::ffi::OsStr;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::Project;
use crate::redis_server::{self, ServerProgram};

/// Says something to the person at the terminal, on standard error: standard output is for results.
#[expect(
    clippy::print_stderr,
    reason = "this is the function that everything to be said goes through"
)]
pub(crate) fn note(line: &str) {
    eprintln!("{line}");
}

/// Prints a result on standard output.
#[expect(clippy::print_stdout, reason = "this is the function that results go through")]
pub(crate) fn print(line: &str) {
    println!("{line}");
}

/// `cargo` in the root of the project, as the cargo that started us.
pub(crate) fn cargo<A: AsRef<OsStr>>(project: &Project, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(project.root()).args(arguments);
    command
}

/// Whether `cargo <subcommand>` is installed.
pub(crate) fn has_cargo(project: &Project, subcommand: &str) -> bool {
    let mut command = cargo(project, [subcommand, "--version"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a command to its end with our terminal; the reason when it did not succeed.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let shown = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}`: {status}")),
        Err(error) => Err(format!("`{shown}` does not start: {error}")),
    }
}

/// Arguments of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub struct BenchArguments {
    /// How often each piece of work and its rival are run in turn.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Seconds for which each is measured in a round.
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS", value_parser = seconds)]
    seconds: f64,
    /// Only the work whose name contains this text; `build` is done only when it is asked for so.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Reads a positive number of seconds that a [`Duration`] can hold; on the command line of the benchmarks too.
///
/// ```
/// use redis_client_xtask::seconds;
///
/// assert_eq!(seconds("0.5"), Ok(0.5));
/// assert!(["-1", "0", "inf", "nan", "1e300", "x"].iter().all(|text| seconds(text).is_err()));
/// ```
///
/// # Errors
///
/// When the text is anything else; the error says what is expected.
pub fn seconds(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|&seconds| Duration::try_from_secs_f64(seconds).is_ok_and(|duration| !duration.is_zero()))
        .ok_or_else(|| "expected a positive number of seconds".to_owned())
}

/// `cargo xtask demo`: exits as the demo does.
pub(crate) fn demo(project: &Project) -> ExitCode {
    with_server(project, |server| {
        let mut demo = cargo(
            project,
            [
                "run",
                "--quiet",
                "--package",
                "redis-client-tests",
                "--bin",
                "demo",
            ],
        );
        succeed(demo.env(redis_server::VARIABLE, server.path()))
    })
}

/// `cargo xtask bench`: builds ours and the rivals with the same profile, and runs them in turn.
pub(crate) fn bench(arguments: &BenchArguments, project: &Project) -> ExitCode {
    with_server(project, |server| {
        let Some(redis_benchmark) = server.tool("benchmark") else {
            return Err("redis-benchmark is missing: it comes with `redis-tools` or `valkey-tools`".into());
        };
        let target = project.target().join("rivals");
        let mut rivals = cargo(
            project,
            [
                "build",
                "--quiet",
                "--profile",
                "bench",
                "--features",
                "bundled",
                "--manifest-path",
            ],
        );
        rivals
            .arg(project.root().join("tests/rivals/Cargo.toml"))
            .arg("--target-dir")
            .arg(&target);
        note("building the rivals and the benchmarks, with optimisation");
        succeed(&mut rivals)?;
        let package = ["--package", "redis-client-tests", "--bin", "bench"];
        let mut ours = cargo(project, ["run", "--quiet", "--profile", "bench"]);
        ours.args(package)
            .arg("--")
            .arg("--rivals")
            .arg(target.join("release/rivals"))
            .arg("--redis-benchmark")
            .arg(redis_benchmark)
            .arg("--xtask")
            .arg(
                std::env::current_exe()
                    .map_err(|error| format!("this program's path is not known: {error}"))?,
            )
            .arg("--json")
            .arg(project.target().join("bench.json"))
            .args([
                "--rounds",
                &arguments.rounds.to_string(),
                "--seconds",
                &arguments.seconds.to_string(),
            ])
            .env(redis_server::VARIABLE, server.path());
        if let Some(only) = &arguments.only {
            ours.args(["--only", only]);
        }
        succeed(&mut ours)
    })
}

/// Arguments of `cargo xtask soak`.
#[derive(Debug, clap::Args)]
pub struct SoakArguments {
    /// How many seeds, from 0.
    #[arg(long, default_value_t = 1_000_000)]
    seeds: u64,
    /// Only this seed, to replay what it did.
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
}

/// `cargo xtask soak`: the simulation of the tests with many seeds, and with optimisation.
pub(crate) fn soak(arguments: &SoakArguments, project: &Project) -> ExitCode {
    let mut soak = cargo(
        project,
        [
            "test",
            "--release",
            "--package",
            "redis-client-tests",
            "--test",
            "simulation",
        ],
    );
    soak.args(["--", "--nocapture", "every_seed"]);
    match arguments.seed {
        Some(seed) => soak.env("SIM_SEED", seed.to_string()),
        None => soak
            .env_remove("SIM_SEED")
            .env("SIM_SEEDS", arguments.seeds.to_string()),
    };
    finish(succeed(&mut soak))
}

fn finish(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            note(&format!("error: {reason}"));
            ExitCode::FAILURE
        }
    }
}

fn with_server(project: &Project, work: impl FnOnce(&ServerProgram) -> Result<(), String>) -> ExitCode {
    let result = redis_server::find(project, &mut note).map_err(|error| error.to_string());
    finish(result.and_then(|server| work(&server)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_or_is_not_there_says_which() {
        assert_eq!(succeed(&mut Command::new("true")), Ok(()));
        let reason = succeed(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(
            reason.contains("sh -c exit 3") && reason.contains('3'),
            "{reason}"
        );
        assert!(
            succeed(&mut Command::new("no-such-program"))
                .unwrap_err()
                .contains("does not start")
        );
    }
}

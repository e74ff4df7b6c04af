//! The code generator and the commands of this repository, as a library with a thin binary: another workspace
//! has an `xtask` of its own, and calls [`run`] with its own [`Project`].
//!
//! The command line is one declaration, [`Cli`]: a subcommand is a variant with its arguments, and one line in
//! [`run`]. Nothing here depends on `redis-client`, so that the generator runs when generated code is broken.
//! What needs the library is started as a child process: demo and bench are binaries of `tests/`, soak is its simulation
//! test in release mode.

pub mod codegen;
pub mod compat;
mod debian;
mod fuzz;
mod lint;
pub mod node;
mod project;
pub mod python;
pub mod redis_server;
mod run;
mod stages;
mod test;
mod tidy;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use fuzz::{Arguments as FuzzArguments, Target as FuzzTarget};
pub use project::Project;
pub use run::{BenchArguments, SoakArguments, seconds};

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    about,
    propagate_version = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One command each.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write models, keys and channels from the schemas.
    Codegen(codegen::Arguments),
    /// Tell whether a change of the schemas breaks readers of old or of new data, and show a value that does.
    Compat(compat::Arguments),
    /// Measure the library against its rivals on this machine; a table, and JSON in target/bench.json.
    Bench(BenchArguments),
    /// Publish a day of events through a Redis that is killed in the middle, and count what arrives.
    Demo,
    /// Feed the fuzz targets with whatever libFuzzer thinks of.
    Fuzz(fuzz::Arguments),
    /// Check format, warnings, generated files and the repository's own rules.
    Lint,
    /// Print the path of the Redis server that tests use; fetch it first if there is none.
    RedisServer(redis_server::Arguments),
    /// Simulate the publisher under faults for a million seeds, or replay one.
    Soak(SoakArguments),
    /// Run everything: unit, property, macro, simulation, crash, real Redis, Python, documentation, features.
    Test,
    /// Check the repository's own rules: heads, paths, layers, twins, mirrors.
    Tidy,
}

/// Runs the command line `args`, program name first, on `project`, and returns what the process should exit with.
///
/// Wrong usage exits 2, as each command's help and documentation says what else it returns.
///
/// ```
/// use redis_client_xtask::{Project, run};
///
/// let status = run(["xtask", "codegen", "--check", "--schemas", "/nowhere"], &Project::new("."));
/// assert_eq!(format!("{status:?}"), format!("{:?}", std::process::ExitCode::from(2)));
/// ```
pub fn run<A>(args: impl IntoIterator<Item = A>, project: &Project) -> ExitCode
where
    A: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are errors to clap, and go to standard output with status 0.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match cli.command {
        Command::Codegen(arguments) => codegen::run(&arguments, project),
        Command::Compat(arguments) => compat::run(&arguments, project),
        Command::Bench(arguments) => run::bench(&arguments, project),
        Command::Demo => run::demo(project),
        Command::Fuzz(arguments) => fuzz::run(&arguments, project),
        Command::Lint => lint::run(project),
        Command::RedisServer(arguments) => redis_server::run(&arguments, project),
        Command::Soak(arguments) => run::soak(&arguments, project),
        Command::Test => test::run(project),
        Command::Tidy => tidy::run(project),
    }
}

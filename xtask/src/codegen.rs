//! Runs the pipeline: load, resolve, lower, emit.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::Project;

/// Arguments of `cargo xtask codegen`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Write nothing; show what would change and exit 1 when something would.
    #[arg(long)]
    pub check: bool,
    /// The directory of the schemas, instead of `schemas/`.
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
    /// Write `rust/` below this directory, instead of into the repository.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the Rust module for one schema file; exit 3 when it is refused.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "schemas", "out"])]
    pub rust_stdout: Option<PathBuf>,
}

/// Runs `cargo xtask codegen`.
pub(crate) fn run(_arguments: &Arguments, _project: &Project) -> ExitCode {
    ExitCode::from(2)
}

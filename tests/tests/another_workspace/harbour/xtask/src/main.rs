//! `cargo xtask codegen` and `cargo xtask compat` on the schemas of this workspace.

use redis_client_xtask::{Project, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let project = Project::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .with_library("harbour")
        .with_generated_rust("harbour/src/generated")
        .with_bindings("bindings");
    run(std::env::args_os(), &project)
}

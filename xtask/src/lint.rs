//! `cargo xtask lint`: what can be judged without running the code. CI runs it first, since it is quick.

use std::process::ExitCode;

use crate::run::cargo;
use crate::stages::Stages;
use crate::{Project, codegen, tidy};

/// Runs all checks and reports all failures.
pub(crate) fn run(project: &Project) -> ExitCode {
    let mut stages = Stages::begin();
    stages.command("format", cargo(project, ["fmt", "--all", "--check"]));
    checks(&mut stages, project);
    stages.command(
        "clippy",
        cargo(
            project,
            [
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ],
        ),
    );
    // Outside the workspace, so that nothing else builds it until somebody measures.
    let mut rivals = cargo(project, ["check", "--quiet", "--locked", "--manifest-path"]);
    rivals
        .arg(project.root().join("tests/rivals/Cargo.toml"))
        .arg("--target-dir")
        .arg(project.target().join("rivals"));
    stages.command("rivals", rivals);
    stages.finish("lint")
}

/// The stages that `cargo xtask test` shares.
pub(crate) fn checks(stages: &mut Stages, project: &Project) {
    stages.stage("tidy", || tidy::check(project));
    stages.stage("codegen --check", || {
        let arguments = codegen::Arguments {
            check: true,
            schemas: None,
            out: None,
            rust_stdout: None,
            format: codegen::Format::Text,
        };
        // What is wrong has been printed, with the command that repairs it.
        if codegen::run(&arguments, project) == ExitCode::SUCCESS {
            Ok(())
        } else {
            Err(String::new())
        }
    });
}

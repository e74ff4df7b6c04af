//! Starting other programs and talking to the person who called: the only place of this crate, beside the code
//! generator's reports, that prints.

use std::ffi::OsStr;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::Project;

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

/// What is run one after another and summed up at the end. A failure does not stop the rest: one run names all that is
/// wrong.
pub(crate) struct Stages {
    begun: Instant,
    passed: Vec<String>,
    failed: Vec<String>,
}

impl Stages {
    pub(crate) fn begin() -> Self {
        Self {
            begun: Instant::now(),
            passed: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// Runs one stage; the reason when it fails may be empty if it has already been printed.
    pub(crate) fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<(), String>) {
        note(&format!("\n=== {name}"));
        let before = self.begun.elapsed();
        let result = work();
        let took = shown(self.begun.elapsed().saturating_sub(before));
        match result {
            Ok(()) => {
                note(&format!("=== {name}: passed in {took}"));
                self.passed.push(format!("{name} {took}"));
            }
            Err(reason) => {
                if !reason.is_empty() {
                    note(&format!("error: {reason}"));
                }
                note(&format!("=== {name}: FAILED after {took}"));
                self.failed.push(name.to_owned());
            }
        }
    }

    /// Runs one stage that is a command, with its output shown as it comes.
    pub(crate) fn command(&mut self, name: &str, mut command: Command) {
        self.stage(name, || succeed(&mut command));
    }

    /// The closing lines, and what to exit with.
    pub(crate) fn finish(self, what: &str) -> ExitCode {
        let took = shown(self.begun.elapsed());
        note("");
        if !self.passed.is_empty() {
            note(&format!("passed: {}", self.passed.join(", ")));
        }
        if self.failed.is_empty() {
            note(&format!(
                "{what}: all {} stages passed in {took}",
                self.passed.len()
            ));
            ExitCode::SUCCESS
        } else {
            note(&format!("FAILED: {}", self.failed.join(", ")));
            let all = self.failed.len() + self.passed.len();
            note(&format!(
                "{what}: {} of {all} stages failed, after {took}",
                self.failed.len()
            ));
            ExitCode::FAILURE
        }
    }
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

fn shown(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_stage_fails_the_run_but_not_the_stages_after_it() {
        let mut stages = Stages::begin();
        let mut ran = false;
        stages.stage("one", || Err("out of luck".to_owned()));
        stages.stage("two", || {
            ran = true;
            Ok(())
        });
        assert!(ran);
        assert_eq!((stages.failed.len(), stages.passed.len()), (1, 1));
        assert_eq!(stages.finish("the run"), ExitCode::FAILURE);
        assert_eq!(Stages::begin().finish("nothing"), ExitCode::SUCCESS);
    }

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

    #[test]
    fn durations_are_written_for_people() {
        assert_eq!(shown(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(65)), "1 min 05 s");
    }
}

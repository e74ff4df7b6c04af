//! What `lint` and `test` run one after another, with the time each takes and a summary at the end.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::run::{note, succeed};

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
    fn durations_are_written_for_people() {
        assert_eq!(shown(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(65)), "1 min 05 s");
    }
}

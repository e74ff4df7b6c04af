//! Standard output for results, standard error for messages, and a progress bar that is in nobody's way.
//!
//! A result is written whole and flushed at once, so that a script sees it as soon as it is true. Colours and bars appear on
//! terminals only.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use console::{Style, StyledObject};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::exit::Failure;

/// Where a command writes. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    json: bool,
    bar: Arc<Mutex<Option<ProgressBar>>>,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            bar: Arc::default(),
        }
    }

    /// Whether results are JSON lines.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Writes a result: as one JSON object, or as text for people, which may have several lines and ends without a line break.
    pub(crate) fn result<T: Serialize>(&self, value: &T, text: impl FnOnce() -> String) -> io::Result<()> {
        let mut line = if self.json {
            serde_json::to_string(value)?
        } else {
            text()
        };
        line.push('\n');
        self.write(&line)
    }

    /// Writes whole lines, which are results of any number, at once.
    pub(crate) fn write(&self, lines: &str) -> io::Result<()> {
        self.aside(|| {
            let mut stdout = io::stdout().lock();
            stdout.write_all(lines.as_bytes())?;
            stdout.flush()
        })
    }

    /// Writes a message for people to standard error.
    pub(crate) fn say(&self, message: &str) {
        // Nobody to tell that standard error is closed.
        // One write, so that a line stays whole between those of other processes.
        let line = format!("redis-client: {message}\n");
        let _ = self.aside(|| io::stderr().lock().write_all(line.as_bytes()));
    }

    /// Writes why a command failed to standard error.
    pub(crate) fn complain(&self, failure: &Failure) {
        if !failure.message().is_empty() {
            self.say(failure.message());
        }
    }

    /// A bar of `length` units, or a counter without one; `None` when nobody would see it.
    pub(crate) fn progress(&self, length: Option<u64>, template: &str) -> Option<ProgressBar> {
        if self.json || !io::stderr().is_terminal() {
            return None;
        }
        let bar = length.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        // A template that cannot be read leaves the default, which is a bar too.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        *self.bar.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
        Some(bar)
    }

    /// Takes the progress bar away, if there is one.
    pub(crate) fn finish(&self) {
        if let Some(bar) = self.bar.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }

    fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        let bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// What went well, in green where standard output has colours.
pub(crate) fn good<T: Display>(text: T) -> StyledObject<T> {
    Style::new().green().apply_to(text)
}

/// What went wrong, in red where standard output has colours.
pub(crate) fn bad<T: Display>(text: T) -> StyledObject<T> {
    Style::new().red().apply_to(text)
}

/// What is beside the point, dimmed where standard output has colours.
pub(crate) fn faint<T: Display>(text: T) -> StyledObject<T> {
    Style::new().dim().apply_to(text)
}

/// Names and values in two columns.
pub(crate) fn columns(rows: &[(&str, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines: Vec<String> = rows
        .iter()
        .map(|(name, value)| format!("{}  {value}", faint(format!("{name:<width$}"))))
        .collect();
    lines.join("\n")
}

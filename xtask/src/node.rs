//! A Node with the packages of the cross-language tests, installed under `target/` and nowhere else.
//!
//! The versions are pinned in `tests/node/package.json` and its lockfile, which names no registry: `npm ci` asks
//! whichever one the machine is set up for, and compares digests. Another lockfile or another Node gets another
//! installation, so that a stale one is never used; one that is there needs no network.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Project;
use crate::debian::{self, Failure, during, execute, on_path, remove};

/// Why there is no usable Node.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No `node` on `PATH`, or it does not run.
    #[error("Node is missing (`node` on PATH): install it, for example with `apt-get install nodejs npm`")]
    Absent,
    /// The packages could not be installed.
    #[error("cannot install the Node packages of the tests under target/: {stage}: {reason}")]
    Packages {
        /// What was being done.
        stage: String,
        /// What went wrong.
        reason: String,
    },
}

impl From<Failure> for Error {
    fn from(Failure { stage, reason }: Failure) -> Self {
        Self::Packages { stage, reason }
    }
}

/// An interpreter and the directory of the tests' packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    interpreter: PathBuf,
    home: PathBuf,
}

impl Node {
    /// A command that runs `script`, which may import the packages by the path that `packages` gives.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, node};
    ///
    /// let node = node::find(&Project::of_this_repository(), &mut |_| ())?;
    /// let status = node.script("tests/node/judge.mjs").arg("--help").status()?;
    /// # let _ = status;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn script(&self, script: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(&self.interpreter);
        command
            .arg(script)
            .env("TEST_PACKAGES", self.packages())
            .env_remove("NODE_OPTIONS");
        command
    }

    /// The directory that holds `node_modules`' content.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, node};
    ///
    /// let node = node::find(&Project::of_this_repository(), &mut |_| ())?;
    /// assert!(node.packages().join("typescript").is_dir());
    /// # Ok::<(), node::Error>(())
    /// ```
    #[must_use]
    pub fn packages(&self) -> PathBuf {
        self.home.join("node_modules")
    }
}

/// Whether there is a `node` that runs: its version, for example `Node v20.20.2`.
///
/// ```no_run
/// assert!(redis_client_xtask::node::version()?.starts_with("Node v"));
/// # Ok::<(), redis_client_xtask::node::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Absent`] when there is none.
pub fn version() -> Result<String, Error> {
    let version = execute(Command::new("node").arg("--version"), "run node").map_err(|_| Error::Absent)?;
    Ok(format!("Node {}", version.trim()))
}

/// Finds `node` and installs the pinned packages under `target/node/` unless they are there.
///
/// `say` is told before anything slow begins. Safe to call from many processes at once: one installs, the others wait.
///
/// ```no_run
/// use redis_client_xtask::{Project, node};
///
/// node::find(&Project::of_this_repository(), &mut |line| eprintln!("{line}"))?;
/// # Ok::<(), node::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Absent`] without `node`, [`Error::Packages`] when npm is missing or fails, with what it said.
///
/// # Blocking
///
/// Starts programs, and downloads about 20 MB the first time.
pub fn find(project: &Project, say: &mut dyn FnMut(&str)) -> Result<Node, Error> {
    let version = version()?;
    let interpreter = on_path("node").ok_or(Error::Absent)?;
    let sources = project.root().join("tests/node");
    let read =
        |name: &str| fs::read_to_string(sources.join(name)).map_err(during("read the list of packages"));
    let (list, lock) = (read("package.json")?, read("package-lock.json")?);
    let stamp = format!("{version} at {}\n{list}\n{lock}", interpreter.display());
    let home = project.target().join("node");
    let node = Node {
        interpreter,
        home: home.clone(),
    };
    // Written last: an installation that was interrupted has none.
    let stamp_file = home.join("installed");
    let is_current = || fs::read_to_string(&stamp_file).is_ok_and(|text| text == stamp);
    if is_current() {
        return Ok(node);
    }
    let _lock = debian::lock(project, "node")?;
    if is_current() {
        return Ok(node);
    }
    say("installing the tests' Node packages into target/node (once)");
    remove(&home)?;
    fs::create_dir_all(&home).map_err(during("make the directory of packages"))?;
    write(&home, "package.json", &list)?;
    write(&home, "package-lock.json", &lock)?;
    let npm = on_path("npm").ok_or_else(|| Failure {
        stage: "find npm".to_owned(),
        reason: "npm is missing: install it, for example with `apt-get install npm`".to_owned(),
    })?;
    let mut install = Command::new(npm);
    install
        .args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(&home);
    execute(&mut install, "npm ci")?;
    fs::write(&stamp_file, stamp).map_err(during("note what is installed"))?;
    Ok(node)
}

fn write(home: &Path, name: &str, text: &str) -> Result<(), Failure> {
    fs::write(home.join(name), text).map_err(during("copy the list of packages"))
}

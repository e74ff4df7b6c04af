//! A Python 3 with the packages of the cross-language tests, installed under `target/` and nowhere else.
//!
//! Debian's Python refuses to have packages installed beside it, and may come without pip or without venv. So packages
//! always go to a directory of our own (`pip install --target`), and only the source of pip varies: the
//! interpreter's, that of a virtual environment, or on Debian and Ubuntu the distribution's wheel of it, unpacked.
//!
//! The versions are pinned in `tests/python/requirements.txt`; another text or another interpreter gets another
//! directory, so that a stale one is never used.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Project;
use crate::debian::{self, Failure, during, execute, on_path, remove};

/// Why there is no usable Python.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No `python3` on `PATH`, or it does not run.
    #[error(
        "python 3 is missing (`python3` on PATH): install it, for example with `apt-get install python3`"
    )]
    Absent,
    /// The packages could not be installed.
    #[error("cannot install the Python packages of the tests under target/: {stage}: {reason}")]
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
pub struct Python {
    interpreter: PathBuf,
    packages: PathBuf,
}

impl Python {
    /// A command that runs `script` with the packages importable, and with UTF-8 on its pipes.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, python};
    ///
    /// let python = python::find(&Project::of_this_repository(), &mut |_| ())?;
    /// let status = python.script("tests/python/service.py").arg("--help").status()?;
    /// assert!(status.success());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn script(&self, script: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(&self.interpreter);
        command
            .arg(script)
            .env("PYTHONPATH", &self.packages)
            .env("PYTHONUTF8", "1")
            // Nothing is written beside the sources.
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("PYTHONHOME");
        command
    }

    /// Installs the package whose sources lie in `source` into `target`, with what the tests have and no network.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, python};
    ///
    /// let project = Project::of_this_repository();
    /// let python = python::find(&project, &mut |_| ())?;
    /// let target = project.target().join("installed");
    /// python.install(&project.bindings().join("python"), &target)?;
    /// assert!(target.join("redis_client_schemas/__init__.py").is_file());
    /// # Ok::<(), python::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Packages`] when pip fails, with what it said.
    ///
    /// # Blocking
    ///
    /// Starts pip, which builds the package.
    pub fn install(&self, source: &Path, target: &Path) -> Result<(), Error> {
        let home = self.packages.parent().unwrap_or(&self.packages);
        let pip = pip(&self.interpreter, home)?;
        let mut install = Command::new(pip.first().unwrap_or(&OsString::new()));
        install
            .args(pip.get(1..).unwrap_or_default())
            .args(QUIETLY)
            .args(["--no-index", "--no-deps", "--no-build-isolation", "--upgrade"])
            .arg("--target")
            .arg(target)
            .arg(source)
            .env("PIP_USER", "0")
            .env("PIP_REQUIRE_VIRTUALENV", "0")
            // The build backend is one of the tests' packages.
            .env("PYTHONPATH", &self.packages)
            .env("PYTHONDONTWRITEBYTECODE", "1");
        execute(&mut install, "pip install")?;
        Ok(())
    }
}

/// How pip is asked to install.
const QUIETLY: [&str; 5] = [
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    "--no-warn-script-location",
];

/// Whether there is a `python3` that runs: its version, for example `Python 3.11.2`.
///
/// ```no_run
/// assert!(redis_client_xtask::python::version()?.starts_with("Python 3"));
/// # Ok::<(), redis_client_xtask::python::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Absent`] when there is none.
pub fn version() -> Result<String, Error> {
    let version =
        execute(Command::new("python3").arg("--version"), "run python3").map_err(|_| Error::Absent)?;
    Ok(version.trim().to_owned())
}

/// Finds `python3` and installs the pinned packages under `target/python/` unless they are there.
///
/// `say` is told before anything slow begins. Safe to call from many processes at once: one installs, the others wait.
///
/// ```no_run
/// use redis_client_xtask::{Project, python};
///
/// python::find(&Project::of_this_repository(), &mut |line| eprintln!("{line}"))?;
/// # Ok::<(), python::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Absent`] without `python3`, [`Error::Packages`] when pip fails, with what it said.
///
/// # Blocking
///
/// Starts programs, and downloads about 20 MB the first time.
pub fn find(project: &Project, say: &mut dyn FnMut(&str)) -> Result<Python, Error> {
    let version = version()?;
    let interpreter = on_path("python3").ok_or(Error::Absent)?;
    let list = project.root().join("tests/python/requirements.txt");
    let wanted = fs::read_to_string(&list).map_err(during("read the list of packages"))?;
    let stamp = format!("{version} at {}\n{wanted}", interpreter.display());
    let home = project.target().join("python");
    let packages = home.join("packages");
    let python = Python {
        interpreter,
        packages,
    };
    // Written last: an installation that was interrupted has none.
    let stamp_file = home.join("installed");
    let is_current = || fs::read_to_string(&stamp_file).is_ok_and(|text| text == stamp);
    if is_current() {
        return Ok(python);
    }
    let _lock = debian::lock(project, "python")?;
    if is_current() {
        return Ok(python);
    }
    say("installing the tests' Python packages into target/python (once)");
    remove(&home)?;
    fs::create_dir_all(&home).map_err(during("make the directory of packages"))?;
    let pip = pip(&python.interpreter, &home)?;
    let mut install = Command::new(pip.first().unwrap_or(&OsString::new()));
    install
        .args(pip.get(1..).unwrap_or_default())
        .args(QUIETLY)
        .arg("--target")
        .arg(&python.packages)
        .arg("--requirement")
        .arg(&list)
        // Settings of the user's that contradict `--target`.
        .env("PIP_USER", "0")
        .env("PIP_REQUIRE_VIRTUALENV", "0")
        .env_remove("PYTHONPATH");
    execute(&mut install, "pip install")?;
    fs::write(&stamp_file, stamp).map_err(during("note what is installed"))?;
    Ok(python)
}

/// The words that start a pip that works.
fn pip(interpreter: &Path, home: &Path) -> Result<Vec<OsString>, Failure> {
    let own: Vec<OsString> = vec![interpreter.into(), "-m".into(), "pip".into()];
    if runs(&own) {
        return Ok(own);
    }
    let environment = home.join("environment");
    let made = execute(
        Command::new(interpreter).args(["-m", "venv"]).arg(&environment),
        "make a venv",
    );
    let venv: Vec<OsString> = vec![environment.join("bin/python3").into(), "-m".into(), "pip".into()];
    if made.is_ok() && runs(&venv) {
        return Ok(venv);
    }
    if debian::is_supported() {
        let root = home.join("pip");
        let sources = debian::Sources::Configured;
        debian::unpack(
            "python3-pip-whl",
            sources,
            |_| false,
            &home.join("scratch"),
            &root,
        )?;
        let wheels = debian::read_dir(&root.join("usr/share/python-wheels"))?;
        let is_pip = |path: &PathBuf| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("pip-"))
        };
        if let Some(wheel) = wheels.into_iter().find(is_pip) {
            // A wheel is a zip, and Python runs a package inside one.
            return Ok(vec![interpreter.into(), wheel.join("pip").into()]);
        }
    }
    Err(Failure {
        stage: "find pip".to_owned(),
        reason:
            "python3 has neither pip nor venv: install one, for example with `apt-get install python3-pip`"
                .to_owned(),
    })
}

fn runs(words: &[OsString]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    execute(Command::new(program).args(arguments).arg("--version"), "run pip").is_ok()
}

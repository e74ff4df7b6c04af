//! A real Redis server for the tests, the demo and the benchmarks, found or fetched without root.
//!
//! [`find`] looks in this order and stops at the first that answers `--version`:
//! 1. `REDIS_SERVER`: the path of a program. If it is set and does not run, that is an error: nobody who names a
//!    server wants to be tested on another one.
//! 2. `redis-server`, then `valkey-server`, on `PATH`.
//! 3. What an earlier call unpacked under `target/redis-server/`.
//! 4. On Debian and Ubuntu: the distribution's package and the libraries it needs, downloaded with apt into lists and
//!    caches of our own and unpacked with `dpkg -x` into `target/redis-server/`. Needs neither root nor filled system
//!    lists, and changes nothing outside `target/`.
//!
//! Otherwise the error says what to install.
//!
//! [`valkey`] is asked for a Valkey beside it, on which the tests of the fence and of refusals are run as well: `VALKEY_SERVER`, `PATH`,
//! `target/valkey-server/`, the distribution's package or backport. Without one they run on the server above alone, and the run says so.
//!
//! What is unpacked gets a shell wrapper in `target/redis-server/bin/` that sets `LD_LIBRARY_PATH` and `exec`s the real
//! program, so that a server is a path wherever it came from, and a signal to the child reaches the server itself.
//!
//! **The closure is ours to compute.** The walk follows only libraries and the server's own packages, since init
//! scripts, users and Perl are of no use to a program that is started by hand. The C library and the compiler's
//! runtime are taken from the machine: they must fit its loader. See `docs/decisions/0601-unpack-a-server.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::Project;
use crate::debian::{self, Failure, during, on_path, read_dir, remove};
use crate::run::{note, print};

/// The environment variable that names the server to use.
pub const VARIABLE: &str = "REDIS_SERVER";

/// The environment variable that names the Valkey to test on as well; empty for none.
pub const VALKEY_VARIABLE: &str = "VALKEY_SERVER";

const VALKEY: &str = "valkey-server";

/// Programs that serve, in order of preference; each is also the name of its package.
const PROGRAMS: [&str; 2] = ["redis-server", VALKEY];

const ADVICE: &str = "install `redis-server` or `valkey-server` (`apt-get install redis-server`, `dnf install valkey`, \
     `brew install redis`), or set REDIS_SERVER to the path of one";

/// Why no server could be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// `REDIS_SERVER` or `VALKEY_SERVER` names something that does not run.
    #[error("{variable} is {}, which does not run: {reason}", path.display())]
    Named {
        /// The variable.
        variable: &'static str,
        /// What the variable holds.
        path: PathBuf,
        /// What starting it with `--version` said.
        reason: String,
    },
    /// There is none, and this system's packages are not ones we can unpack.
    #[error("no Redis or Valkey server found, and this system has no apt to fetch one with: {ADVICE}")]
    Absent,
    /// Fetching or unpacking the distribution's package failed.
    #[error(
        "no Redis or Valkey server found, and unpacking the distribution's package failed: {stage}: {reason}; {ADVICE}"
    )]
    Unpack {
        /// What was being done.
        stage: String,
        /// What went wrong.
        reason: String,
    },
}

/// A server program that answered `--version`, and the tools that came with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerProgram {
    path: PathBuf,
    version: String,
    origin: Origin,
}

impl From<Failure> for Error {
    fn from(Failure { stage, reason }: Failure) -> Self {
        Self::Unpack { stage, reason }
    }
}

/// Where a [`ServerProgram`] was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// Named by `REDIS_SERVER`.
    Named,
    /// On `PATH`.
    Path,
    /// Unpacked under `target/`.
    Unpacked,
}

impl ServerProgram {
    /// The program to start; also what to set `REDIS_SERVER` to for a child process.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, redis_server};
    ///
    /// let server = redis_server::find(&Project::of_this_repository(), &mut |_| ())?;
    /// std::process::Command::new(server.path()).args(["--port", "0"]).spawn()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it calls itself, for example `Redis server v=7.0.15`.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, redis_server};
    ///
    /// let server = redis_server::find(&Project::of_this_repository(), &mut |_| ())?;
    /// assert!(server.version().contains("v="));
    /// # Ok::<(), redis_server::Error>(())
    /// ```
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where it was found.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, redis_server};
    ///
    /// let server = redis_server::find(&Project::of_this_repository(), &mut |_| ())?;
    /// assert!(std::env::var_os("REDIS_SERVER").is_none() || server.origin() == redis_server::Origin::Named);
    /// # Ok::<(), redis_server::Error>(())
    /// ```
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The tool of this server's distribution, such as `benchmark` or `cli` (`redis-benchmark`, `valkey-cli`): beside
    /// the server, else on `PATH`.
    ///
    /// ```no_run
    /// use redis_client_xtask::{Project, redis_server};
    ///
    /// let server = redis_server::find(&Project::of_this_repository(), &mut |_| ())?;
    /// assert!(server.tool("benchmark").is_some());
    /// # Ok::<(), redis_server::Error>(())
    /// ```
    #[must_use]
    pub fn tool(&self, name: &str) -> Option<PathBuf> {
        let beside = self.path.parent();
        let names = PROGRAMS.map(|program| program.replace("server", name));
        beside
            .into_iter()
            .flat_map(|dir| names.iter().map(|tool| dir.join(tool)))
            .chain(names.iter().filter_map(|tool| on_path(tool)))
            .find(|candidate| candidate.is_file())
    }
}

/// Finds a server, and as a last resort on Debian and Ubuntu fetches one into the project's target directory.
///
/// `say` is told before anything slow begins. Safe to call from many processes at once: one fetches, the others wait.
///
/// ```no_run
/// use redis_client_xtask::{Project, redis_server};
///
/// let server = redis_server::find(&Project::of_this_repository(), &mut |line| eprintln!("{line}"))?;
/// println!("testing against {}", server.version());
/// # Ok::<(), redis_server::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Named`] when `REDIS_SERVER` does not run, [`Error::Absent`] when there is no server and no apt,
/// [`Error::Unpack`] when fetching failed, with what apt or dpkg said. Each message says what to do.
///
/// # Blocking
///
/// Starts programs, and when it fetches, downloads about 15 MB.
pub fn find(project: &Project, say: &mut dyn FnMut(&str)) -> Result<ServerProgram, Error> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        return named_by(VARIABLE, named.into());
    }
    let mut on_path = PROGRAMS.iter().filter_map(|name| on_path(name));
    if let Some((path, version)) = on_path.find_map(|path| version(&path).ok().map(|version| (path, version)))
    {
        return Ok(ServerProgram {
            path,
            version,
            origin: Origin::Path,
        });
    }
    unpacked(project, say)
}

fn named_by(variable: &'static str, path: PathBuf) -> Result<ServerProgram, Error> {
    match version(&path) {
        Ok(version) => Ok(ServerProgram {
            path,
            version,
            origin: Origin::Named,
        }),
        Err(reason) => Err(Error::Named {
            variable,
            path,
            reason,
        }),
    }
}

/// Finds a Valkey, and as a last resort on Debian and Ubuntu fetches one into the project's target directory. `None` when
/// `VALKEY_SERVER` is empty, or there is no package manager to ask.
///
/// ```no_run
/// use redis_client_xtask::{Project, redis_server};
///
/// let project = Project::of_this_repository();
/// let server = redis_server::valkey(&project, &mut |line| eprintln!("{line}"))?;
/// assert!(server.is_none_or(|server| server.version().starts_with("Valkey")));
/// # Ok::<(), redis_server::Error>(())
/// ```
///
/// # Errors
///
/// As [`find`]. Nothing needs a Valkey: but for [`Error::Named`], an error says why there is none.
///
/// # Blocking
///
/// Starts programs, and when it fetches, downloads about 15 MB.
pub fn valkey(project: &Project, say: &mut dyn FnMut(&str)) -> Result<Option<ServerProgram>, Error> {
    let is_wanted = std::env::var_os(VALKEY_VARIABLE).is_none_or(|value| !value.is_empty());
    let at_hand = valkey_at_hand(project)?;
    if at_hand.is_some() || !is_wanted || !debian::is_supported() {
        return Ok(at_hand);
    }
    let _lock = debian::lock(project, VALKEY)?;
    let home = project.target().join(VALKEY);
    if let Some(found) = installed(&home, &[VALKEY]) {
        return Ok(Some(found));
    }
    say("fetching the distribution's Valkey into target/valkey-server (once)");
    let staging = project.target().join("valkey-server.partial");
    remove(&staging)?;
    let fetched = fetch(VALKEY, debian::Sources::WithBackports, &staging);
    settle(fetched, &staging, &home, &[VALKEY]).map(Some)
}

/// The Valkey that is there without fetching one: what `VALKEY_SERVER` names, else on `PATH`, else unpacked under `target/`.
///
/// ```no_run
/// use redis_client_xtask::{Project, redis_server};
///
/// let server = redis_server::valkey_at_hand(&Project::of_this_repository())?;
/// println!("{}", server.map_or("none".into(), |server| server.version().to_owned()));
/// # Ok::<(), redis_server::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Named`] when `VALKEY_SERVER` does not run.
pub fn valkey_at_hand(project: &Project) -> Result<Option<ServerProgram>, Error> {
    if let Some(named) = std::env::var_os(VALKEY_VARIABLE) {
        if named.is_empty() {
            return Ok(None);
        }
        return named_by(VALKEY_VARIABLE, named.into()).map(Some);
    }
    let on_path = on_path(VALKEY).and_then(|path| {
        Some(ServerProgram {
            version: version(&path).ok()?,
            path,
            origin: Origin::Path,
        })
    });
    Ok(on_path.or_else(|| installed(&project.target().join(VALKEY), &[VALKEY])))
}

/// Arguments of `cargo xtask redis-server`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Use the distribution's package under `target/redis-server/`, whatever else is installed.
    #[arg(long)]
    unpacked: bool,
    /// The Valkey that the fence is tested on as well.
    #[arg(long, conflicts_with = "unpacked")]
    valkey: bool,
}

/// `cargo xtask redis-server`: prints the path of the server that tests would use, fetching it first if need be.
pub(crate) fn run(arguments: &Arguments, project: &Project) -> ExitCode {
    let found = if arguments.valkey {
        valkey(project, &mut note).and_then(|found| found.ok_or(Error::Absent))
    } else if arguments.unpacked {
        unpacked(project, &mut note)
    } else {
        find(project, &mut note)
    };
    match found {
        Ok(server) => {
            note(server.version());
            print(&server.path().display().to_string());
            ExitCode::SUCCESS
        }
        Err(error) => {
            note(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// The server under `target/redis-server/`, fetched first when it is not there or does not run.
///
/// This is the last step of [`find`], for callers who want the distribution's server whatever is installed.
///
/// ```no_run
/// use redis_client_xtask::{Project, redis_server};
///
/// let server = redis_server::unpacked(&Project::of_this_repository(), &mut |_| ())?;
/// assert_eq!(server.origin(), redis_server::Origin::Unpacked);
/// # Ok::<(), redis_server::Error>(())
/// ```
///
/// # Errors
///
/// As [`find`], without [`Error::Named`].
pub fn unpacked(project: &Project, say: &mut dyn FnMut(&str)) -> Result<ServerProgram, Error> {
    let home = project.target().join("redis-server");
    if let Some(found) = installed(&home, &PROGRAMS) {
        return Ok(found);
    }
    if !debian::is_supported() {
        return Err(Error::Absent);
    }
    let _lock = debian::lock(project, "redis-server")?;
    if let Some(found) = installed(&home, &PROGRAMS) {
        return Ok(found);
    }
    say("fetching the distribution's Redis server into target/redis-server (once)");
    let staging = project.target().join("redis-server.partial");
    remove(&staging)?;
    let mut first = None;
    for package in PROGRAMS {
        match fetch(package, debian::Sources::Configured, &staging) {
            Ok(()) => return settle(Ok(()), &staging, &home, &PROGRAMS),
            // The first package's failure is the one to report: the second is the rarer name.
            Err(error) => first = first.or(Some(error)),
        }
    }
    settle(first.map_or(Ok(()), Err), &staging, &home, &PROGRAMS)
}

/// Moves what was fetched into place, and looks that one of `programs` runs there.
fn settle(
    fetched: Result<(), Failure>,
    staging: &Path,
    home: &Path,
    programs: &[&str],
) -> Result<ServerProgram, Error> {
    if let Err(failure) = fetched {
        remove(staging)?;
        return Err(failure.into());
    }
    remove(home)?;
    fs::rename(staging, home).map_err(during("move the unpacked server into place"))?;
    installed(home, programs).ok_or_else(|| Error::Unpack {
        stage: format!("start the unpacked server under {}", home.display()),
        reason: programs
            .iter()
            .map(|name| home.join("bin").join(name))
            .filter(|path| path.is_file())
            .map(|path| version(&path).err().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("; "),
    })
}

fn installed(home: &Path, programs: &[&str]) -> Option<ServerProgram> {
    programs.iter().find_map(|name| {
        let path = home.join("bin").join(name);
        let version = version(&path).ok()?;
        Some(ServerProgram {
            path,
            version,
            origin: Origin::Unpacked,
        })
    })
}

fn fetch(package: &str, sources: debian::Sources, staging: &Path) -> Result<(), Failure> {
    let root = staging.join("root");
    debian::unpack(package, sources, is_of_use, &staging.join("scratch"), &root)?;
    let mut libraries = BTreeSet::new();
    library_directories(&root, &root, &mut libraries)?;
    let bin = staging.join("bin");
    fs::create_dir_all(&bin).map_err(during("make the directory of wrappers"))?;
    for program in read_dir(&root.join("usr/bin"))? {
        let name = program
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with("redis-") || name.starts_with("valkey-") {
            write_wrapper(&bin.join(name), name, &libraries)?;
        }
    }
    Ok(())
}

fn is_of_use(package: &str) -> bool {
    // Bound to the machine's loader and compiler runtime: one of another build beside it would crash.
    const OF_THE_MACHINE: [&str; 4] = ["libc6", "libgcc-s1", "libstdc++6", "libcrypt1"];
    // A foreign architecture is written `name:arch`.
    let ours = package.starts_with("redis") || package.starts_with("valkey");
    let library = package.starts_with("lib") || package.starts_with("lua");
    (ours || library) && !package.contains(':') && !OF_THE_MACHINE.contains(&package)
}

fn library_directories(root: &Path, dir: &Path, found: &mut BTreeSet<String>) -> Result<(), Failure> {
    for path in read_dir(dir)? {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && !path.is_symlink() {
            library_directories(root, &path, found)?;
        } else if name.starts_with("lib") && name.contains(".so") {
            let relative = dir.strip_prefix(root).unwrap_or(dir);
            found.insert(relative.display().to_string());
        }
    }
    Ok(())
}

fn write_wrapper(path: &Path, name: &str, libraries: &BTreeSet<String>) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;

    let libraries: Vec<String> = libraries.iter().map(|dir| format!("$root/{dir}")).collect();
    let libraries = libraries.join(":");
    let script = format!(
        "#!/bin/sh\n\
         # Written by `cargo xtask`: the distribution's {name}, unpacked beside this file, with its libraries.\n\
         here=$(CDPATH= cd -- \"$(dirname -- \"$0\")\" && pwd) || exit 1\n\
         root=${{here%/bin}}/root\n\
         LD_LIBRARY_PATH=\"{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\"\n\
         export LD_LIBRARY_PATH\n\
         exec \"$root/usr/bin/{name}\" \"$@\"\n"
    );
    fs::write(path, script).map_err(during("write a wrapper"))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(during("make a wrapper executable"))
}

/// What `path --version` prints, first words only; the reason when it does not run or is no Redis.
fn version(path: &Path) -> Result<String, String> {
    let output = Command::new(path)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    if output.status.success() && words.iter().any(|word| word.starts_with("v=")) {
        Ok(words.join(" "))
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "{}: {}",
            output.status,
            said.lines().last().unwrap_or("it does not answer `--version`")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_no_server_is_refused_with_its_reason() {
        let reason = version(Path::new("/bin/ls")).unwrap_err();
        assert!(reason.contains("--version"), "{reason}");
        assert!(version(Path::new("/nowhere/redis-server")).is_err());
    }

    #[test]
    fn a_wrapper_starts_the_program_below_its_own_directory_wherever_that_is_moved() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("a b");
        fs::create_dir_all(home.join("bin")).unwrap();
        fs::create_dir_all(home.join("root/usr/bin")).unwrap();
        std::os::unix::fs::symlink("/usr/bin/env", home.join("root/usr/bin/redis-env")).unwrap();
        let libraries = BTreeSet::from(["usr/lib/x".to_owned(), "lib".to_owned()]);
        write_wrapper(&home.join("bin/redis-env"), "redis-env", &libraries).unwrap();
        let moved = dir.path().join("moved here");
        fs::rename(&home, &moved).unwrap();
        let output = Command::new(moved.join("bin/redis-env"))
            .env_remove("LD_LIBRARY_PATH")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let root = moved.join("root");
        let expected = format!("LD_LIBRARY_PATH={0}/lib:{0}/usr/lib/x", root.display());
        assert!(text.lines().any(|line| line == expected), "{text}");
    }
}

//! Fetching Debian and Ubuntu packages into `target/` without root: what the machine lacks for the tests.
//!
//! apt gets lists, caches and a package status of its own, so that nothing outside the given directory is read for
//! its state or changed; the machine's sources and their keys are used as they are. It is told that nothing is
//! installed, because what dpkg believes and what is on the disk differ on stripped images.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Project;

/// What was being done, and what went wrong.
#[derive(Debug, thiserror::Error)]
#[error("{stage}: {reason}")]
pub(crate) struct Failure {
    pub(crate) stage: String,
    pub(crate) reason: String,
}

/// Whether this machine can unpack packages.
pub(crate) fn is_supported() -> bool {
    ["apt-get", "apt-cache", "dpkg"]
        .iter()
        .all(|program| on_path(program).is_some())
}

/// Where packages are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sources {
    /// Those of the machine.
    Configured,
    /// Those, and what the distribution has made for this release later on (`bookworm-backports`). For what is good to have: an
    /// archive that does not answer is given up soon.
    WithBackports,
}

/// Downloads `package` with those of its dependencies that `is_of_use` admits, reached through such ones, and unpacks
/// them all into `root`. `scratch` is used and removed.
pub(crate) fn unpack(
    package: &str,
    sources: Sources,
    is_of_use: fn(&str) -> bool,
    scratch: &Path,
    root: &Path,
) -> Result<(), Failure> {
    let mut apt = Apt::new(&scratch.join("apt"))?;
    if sources == Sources::WithBackports {
        apt.be_quick();
    }
    // Lists of third parties that fail to update are none of our business: what counts is whether the package is there.
    let mut update = apt.run("apt-get", &["update"], scratch);
    if sources == Sources::WithBackports && apt.add_backports(&scratch.join("apt"))? {
        update = apt.run("apt-get", &["update"], scratch);
    }
    let graph = apt.run(
        "apt-cache",
        &["depends", "--recurse", "--important", package],
        scratch,
    );
    let (graph, updated) = match (graph, update) {
        (Ok(graph), update) => (graph, update.err()),
        (Err(_), Err(update)) => return Err(update),
        (Err(depends), Ok(_)) => return Err(depends),
    };
    let packages = closure(package, is_of_use, &graph);
    let debs = scratch.join("debs");
    fs::create_dir_all(&debs).map_err(during("make the download directory"))?;
    let mut arguments = vec!["download"];
    arguments.extend(packages.iter().map(String::as_str));
    apt.run("apt-get", &arguments, &debs)
        .map_err(|error| updated.unwrap_or(error))?;
    for entry in read_dir(&debs)? {
        if entry.extension().is_some_and(|extension| extension == "deb") {
            execute(
                Command::new("dpkg").arg("-x").arg(&entry).arg(root),
                "unpack a package",
            )?;
        }
    }
    remove(scratch)
}

/// Holds other processes back until the handle is dropped: one makes `target/<name>`, the others then find it made.
/// The lock goes with the handle, also when its holder is killed.
pub(crate) fn lock(project: &Project, name: &str) -> Result<File, Failure> {
    fs::create_dir_all(project.target()).map_err(during("make the target directory"))?;
    let path = project.target().join(format!("{name}.lock"));
    let lock = File::create(path).map_err(during("make the lock file"))?;
    lock.lock().map_err(during("take the lock"))?;
    Ok(lock)
}

struct Apt {
    options: Vec<String>,
}

impl Apt {
    fn new(dir: &Path) -> Result<Self, Failure> {
        for part in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(dir.join(part)).map_err(during("make apt's directories"))?;
        }
        let status = dir.join("status");
        fs::write(&status, "").map_err(during("make apt's status file"))?;
        let dir = dir.display();
        Ok(Self {
            options: [
                format!("Dir::State={dir}"),
                format!("Dir::State::Lists={dir}/lists"),
                format!("Dir::State::status={dir}/status"),
                format!("Dir::Cache={dir}/cache"),
                // Only the real package database has a lock to take.
                "Debug::NoLocking=true".into(),
                // Run by root, apt would drop to a user that cannot write below our directory.
                "APT::Sandbox::User=root".into(),
                "Acquire::Languages=none".into(),
                "Acquire::Retries=3".into(),
                "Acquire::http::Timeout=30".into(),
                "Acquire::https::Timeout=30".into(),
                "APT::Get::AllowUnauthenticated=false".into(),
            ]
            .into(),
        })
    }

    /// Waits for no archive for long.
    fn be_quick(&mut self) {
        self.options.extend([
            "Acquire::Retries=0".into(),
            "Acquire::http::Timeout=10".into(),
            "Acquire::https::Timeout=10".into(),
        ]);
    }

    /// Adds the backports of the machine's release, from the archives whose lists there are; `false` when there are none to add.
    fn add_backports(&mut self, dir: &Path) -> Result<bool, Failure> {
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let targets = self.run(
            "apt-get",
            &[
                "indextargets",
                "--format",
                "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                "Created-By: Packages",
            ],
            dir,
        )?;
        let list = dir.join("sources.list");
        let own = fs::read_to_string("/etc/apt/sources.list").unwrap_or_default();
        let added = backports(&release, &targets, Path::new(KEYRING).is_file());
        if added.is_empty() {
            return Ok(false);
        }
        let text = own + "\n" + &added;
        fs::write(&list, text).map_err(during("write apt's sources"))?;
        self.options
            .push(format!("Dir::Etc::sourcelist={}", list.display()));
        Ok(true)
    }

    fn run(&self, program: &str, arguments: &[&str], dir: &Path) -> Result<String, Failure> {
        let mut command = Command::new(program);
        command
            .current_dir(dir)
            .env("LC_ALL", "C.UTF-8")
            .env("DEBIAN_FRONTEND", "noninteractive");
        for option in &self.options {
            command.arg("-o").arg(option);
        }
        command.args(arguments);
        let shown = arguments
            .iter()
            .take(1)
            .chain(arguments.last().filter(|_| arguments.len() > 1));
        execute(
            &mut command,
            &format!("{program} {}", shown.copied().collect::<Vec<_>>().join(" .. ")),
        )
    }
}

/// What signs Debian's archives, where they are not signed for by name.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The backports that belong to the sources in `targets`, as lines of `sources.list`. None on a distribution that has them among
/// its sources already, or is not Debian: others do not keep them that way.
fn backports(os_release: &str, targets: &str, has_keyring: bool) -> String {
    let fact = |name: &str| {
        let line = os_release.lines().find_map(|line| line.strip_prefix(name));
        line.map_or("", |value| value.trim_matches('"'))
    };
    let codename = fact("VERSION_CODENAME=");
    if fact("ID=") != "debian" || codename.is_empty() {
        return String::new();
    }
    let signed = if has_keyring {
        format!("[signed-by={KEYRING}] ")
    } else {
        String::new()
    };
    let suite = format!("{codename}-backports");
    let is_there = targets
        .lines()
        .any(|line| line.split(' ').nth(1) == Some(suite.as_str()));
    let mut lines = BTreeSet::new();
    for target in targets.lines().filter(|_| !is_there) {
        if let [uri, release, component] = target.split(' ').collect::<Vec<_>>()[..]
            && release == codename
        {
            lines.insert(format!("deb {signed}{uri} {suite} {component}\n"));
        }
    }
    lines.into_iter().collect()
}

/// The packages to unpack, from what `apt-cache depends --recurse --important` printed.
fn closure(package: &str, is_of_use: fn(&str) -> bool, graph: &str) -> BTreeSet<String> {
    // name -> the packages it depends on
    let mut edges: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut virtual_package = false;
    for line in graph.lines() {
        let text = line.trim_start();
        match line.len() - text.len() {
            0 => edges.push((text, Vec::new())),
            // A provider of the line above: needed when that line is a virtual package, a mere alternative otherwise.
            indent => {
                let (relation, name) = text.split_once(": ").unwrap_or(("", text));
                let provider = indent > 3 && relation.is_empty();
                if provider && !virtual_package {
                    continue;
                }
                virtual_package = name.starts_with('<');
                let depends = matches!(relation.trim_start_matches('|'), "" | "Depends" | "PreDepends");
                if let (true, false, Some((_, list))) = (depends, virtual_package, edges.last_mut()) {
                    list.push(name);
                }
            }
        }
    }
    let mut wanted = BTreeSet::from([package.to_owned()]);
    let mut queue = vec![package];
    // Bound: a package enters the queue once, when it enters the set.
    while let Some(next) = queue.pop() {
        for (_, list) in edges.iter().filter(|(name, _)| *name == next) {
            for &name in list {
                if is_of_use(name) && wanted.insert(name.to_owned()) {
                    queue.push(name);
                }
            }
        }
    }
    wanted
}

pub(crate) fn execute(command: &mut Command, stage: &str) -> Result<String, Failure> {
    let output = command.stdin(Stdio::null()).output().map_err(during(stage))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    // apt puts what matters into lines that begin with E:.
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("E:")).collect();
    let said = if errors.is_empty() {
        said.trim().to_owned()
    } else {
        errors.join("; ")
    };
    Err(Failure {
        stage: stage.to_owned(),
        reason: format!("{}: {said}", output.status),
    })
}

pub(crate) fn read_dir(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(dir).and_then(|entries| {
        entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()
    });
    entries.map_err(during(&format!("list {}", dir.display())))
}

pub(crate) fn remove(dir: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(during(&format!("remove {}", dir.display()))(error))
        }
        _ => Ok(()),
    }
}

pub(crate) fn during(stage: &str) -> impl FnOnce(io::Error) -> Failure {
    let stage = stage.to_owned();
    move |error| Failure {
        stage,
        reason: error.to_string(),
    }
}

pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    // As printed on Debian 12, shortened; `libfoo` is virtual.
    const GRAPH: &str = "\
redis-server
  PreDepends: init-system-helpers
  Depends: lsb-base
    sysvinit-utils
  Depends: redis-tools
redis-tools
  Depends: adduser
 |Depends: libatomic1
  Depends: libc6
  Depends: libsystemd0
    libelogind0
  Depends: <libfoo>
    libfoo2t64
libatomic1
  Depends: gcc-12-base
  Depends: libc6
libsystemd0
  Depends: libcap2
  Depends: libother:i386
adduser
  Depends: libpam0g
libcap2
  Depends: libc6
";

    fn is_of_use(package: &str) -> bool {
        package.starts_with("redis")
            || package.starts_with("lib") && package != "libc6" && !package.contains(':')
    }

    #[test]
    fn backports_come_from_the_archives_of_the_release() {
        let debian = "ID=debian\nVERSION_CODENAME=bookworm\n";
        let targets =
            "http://a/debian/ bookworm main\nhttp://a/debian/ bookworm-updates main\nhttp://b/ stable main\n";
        let check = |release: &str, targets: &str, signed: bool, expected: &str| {
            assert_eq!(backports(release, targets, signed), expected);
        };
        check(
            debian,
            targets,
            false,
            "deb http://a/debian/ bookworm-backports main\n",
        );
        let signed = format!("deb [signed-by={KEYRING}] http://a/debian/ bookworm-backports main\n");
        check(debian, targets, true, &signed);
        let known = format!("{targets}http://a/debian/ bookworm-backports main\n");
        check(debian, &known, true, "");
        check("ID=ubuntu\nVERSION_CODENAME=noble\n", targets, true, "");
        check("", targets, true, "");
    }

    #[test]
    fn the_closure_follows_libraries_only() {
        let closure: Vec<String> = closure("redis-server", is_of_use, GRAPH).into_iter().collect();
        let expected = [
            "libatomic1",
            "libcap2",
            "libfoo2t64",
            "libsystemd0",
            "redis-server",
            "redis-tools",
        ];
        assert_eq!(closure, expected);
    }
}

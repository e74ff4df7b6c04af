//! The built command line `redis-client`, run as its users run it: as a process with pipes, signals and an exit code.
//!
//! A binary of another package is not built for a test, so [`binary`] builds it, once per process, into the target directory in
//! use: `REDIS_CLIENT_BIN` names one that stands already. The environment of the tests does not leak in: no `REDIS_URL`, no
//! timeouts.
//!
//! Start with [`CommandLine::new`]; [`Running`] is a process whose lines are read as they come, and which is killed when dropped.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use redis_client_xtask::Project;
use rustix::process::{Pid, Signal, kill_process};

use crate::wait::eventually_within;

/// How long a process may take for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// The path of the binary, built when it is first asked for.
///
/// # Panics
///
/// When it cannot be built; cargo's own words are on standard error.
#[must_use]
#[track_caller]
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<Option<PathBuf>> = OnceLock::new();
    let Some(binary) = BINARY.get_or_init(build) else {
        panic!("cannot build the command line");
    };
    binary
}

fn build() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("REDIS_CLIENT_BIN") {
        return Some(path.into());
    }
    let project = Project::of_this_repository();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project.root());
    cargo.args([
        "build",
        "--quiet",
        "--package=redis-client",
        "--features=cli",
        "--bin=redis-client",
    ]);
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        cargo.arg("--release");
        "release"
    };
    cargo.arg("--target-dir").arg(project.target());
    let built = cargo.status().is_ok_and(|status| status.success());
    built.then(|| project.target().join(profile).join("redis-client"))
}

/// A command that is to be run.
#[derive(Debug)]
#[must_use = "a command does nothing until it is run or started"]
pub struct CommandLine {
    command: Command,
    input: Vec<u8>,
    is_read: bool,
}

impl CommandLine {
    /// `redis-client` with these arguments, and nothing on standard input.
    ///
    /// ```
    /// use redis_client_tests::command_line::CommandLine;
    ///
    /// let ran = CommandLine::new(["--version"]).run();
    /// assert_eq!(ran.code, 0);
    /// assert!(ran.stdout.starts_with("redis-client "));
    /// ```
    pub fn new<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Self {
        let mut command = Command::new(binary());
        command.args(arguments);
        for variable in [
            "REDIS_URL",
            "REDIS_CLIENT_RESPONSE_TIMEOUT",
            "REDIS_CLIENT_CLOSE_TIMEOUT",
        ] {
            command.env_remove(variable);
        }
        Self {
            command,
            input: Vec::new(),
            is_read: true,
        }
    }

    /// Adds arguments.
    pub fn more<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets a variable of its environment.
    ///
    /// ```
    /// use redis_client_tests::command_line::CommandLine;
    ///
    /// let ran = CommandLine::new(["health"]).env("REDIS_URL", "no url").run();
    /// assert_eq!(ran.code, 2);
    /// ```
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Gives it these bytes on standard input, which then ends.
    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// Closes the reading end of its standard output as soon as it is started.
    pub fn without_reader(mut self) -> Self {
        self.is_read = false;
        self
    }

    /// Runs it to its end.
    ///
    /// # Panics
    ///
    /// When it takes longer than 30 seconds.
    #[must_use]
    #[track_caller]
    pub fn run(mut self) -> Ran {
        let input = std::mem::take(&mut self.input);
        let mut running = self.start();
        running.feed(&input);
        running.finish()
    }

    /// Starts it, with a pipe that stays open for its input.
    ///
    /// ```
    /// use redis_client_tests::RedisServer;
    /// use redis_client_tests::command_line::CommandLine;
    ///
    /// let server = RedisServer::start();
    /// let arguments = ["publish", "--json", "--receipts", "--url", &server.url()];
    /// let mut running = CommandLine::new(arguments).start();
    /// running.feed(b"no event\n");
    /// assert_eq!(running.object()["outcome"], "invalid");
    /// assert_eq!(running.finish().code, 1);
    /// ```
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[must_use]
    #[track_caller]
    pub fn start(self) -> Running {
        self.start_on(Stdio::piped())
    }

    /// Starts it with this as its standard input, of which the caller may keep a copy.
    ///
    /// ```
    /// use redis_client_tests::command_line::CommandLine;
    ///
    /// let (reader, writer) = std::io::pipe()?;
    /// let running = CommandLine::new(["publish"]).start_on(reader);
    /// drop(writer);
    /// assert_eq!(running.finish().code, 0);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[must_use]
    #[track_caller]
    pub fn start_on(mut self, input: impl Into<Stdio>) -> Running {
        self.command
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let Ok(mut child) = self.command.spawn() else {
            panic!("cannot start {}", binary().display());
        };
        let stdout = child.stdout.take().filter(|_| self.is_read).map(lines_of);
        let stderr = child.stderr.take().map(lines_of);
        let input = child.stdin.take();
        Running {
            child,
            input,
            stdout,
            stderr,
            read: String::new(),
        }
    }
}

fn lines_of(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Bound: the process; its lines are few.
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; 128 and the signal's number when the process was killed by one, as a shell has it.
    pub code: i32,
    /// What it wrote to standard output and was not read before.
    pub stdout: String,
    /// What it wrote to standard error and was not read before.
    pub stderr: String,
}

impl Ran {
    /// The JSON objects on standard output.
    ///
    /// # Panics
    ///
    /// When a line is no JSON object.
    #[must_use]
    #[track_caller]
    pub fn objects(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(object).collect()
    }
}

/// A line that must be a JSON object.
///
/// # Panics
///
/// When it is none.
#[must_use]
#[track_caller]
pub fn object(line: &str) -> serde_json::Value {
    match serde_json::from_str(line) {
        Ok(value @ serde_json::Value::Object(_)) => value,
        _ => panic!("not a JSON object: {line}"),
    }
}

/// A command that runs. Dropping it kills the process.
#[derive(Debug)]
pub struct Running {
    child: Child,
    input: Option<ChildStdin>,
    stdout: Option<Receiver<String>>,
    stderr: Option<Receiver<String>>,
    /// Of standard error, read in passing.
    read: String,
}

impl Running {
    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Writes to its standard input. That nobody reads it is no failure.
    pub fn feed(&mut self, input: &[u8]) {
        if let Some(stdin) = &mut self.input {
            let _ = stdin.write_all(input).and_then(|()| stdin.flush());
        }
    }

    /// Hands out its standard input, for a thread that feeds it: dropping it is its end.
    #[must_use]
    pub fn take_input(&mut self) -> Option<ChildStdin> {
        self.input.take()
    }

    /// Ends its standard input.
    pub fn end_input(&mut self) {
        self.input = None;
    }

    /// The next line of its standard output.
    ///
    /// # Panics
    ///
    /// When none comes.
    #[must_use]
    #[track_caller]
    pub fn line(&mut self) -> String {
        let received = self
            .stdout
            .as_ref()
            .map_or(Err(RecvTimeoutError::Disconnected), |lines| {
                lines.recv_timeout(PATIENCE)
            });
        match received {
            Ok(line) => line,
            Err(error) => panic!("no line on standard output: {error}; {}", self.complaints()),
        }
    }

    /// The next line of its standard output as a JSON object.
    ///
    /// # Panics
    ///
    /// When none comes, or it is no JSON object.
    #[must_use]
    #[track_caller]
    pub fn object(&mut self) -> serde_json::Value {
        object(&self.line())
    }

    /// Waits until standard error says something with `text` in it.
    ///
    /// # Panics
    ///
    /// When it does not.
    #[track_caller]
    pub fn says(&mut self, text: &str) {
        let Some(stderr) = &self.stderr else { return };
        // Bound: the patience for each line.
        while !self.read.contains(text) {
            match stderr.recv_timeout(PATIENCE) {
                Ok(line) => self.read.push_str(&(line + "\n")),
                Err(error) => panic!("{error}: {text:?} is not in {:?}", self.read),
            }
        }
    }

    /// Sends it a signal.
    ///
    /// # Panics
    ///
    /// When it has ended.
    #[track_caller]
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.child.id().cast_signed());
        let sent = pid.is_some_and(|pid| kill_process(pid, signal).is_ok());
        assert!(sent, "the process has ended");
    }

    /// Ends its input and waits for its end.
    ///
    /// # Panics
    ///
    /// When it takes longer than 30 seconds.
    #[must_use]
    #[track_caller]
    pub fn finish(mut self) -> Ran {
        self.end_input();
        self.ended()
    }

    /// Waits for its end, its input left open.
    ///
    /// # Panics
    ///
    /// When it takes longer than 30 seconds.
    #[must_use]
    #[track_caller]
    pub fn ended(mut self) -> Ran {
        let mut status: Option<ExitStatus> = None;
        let ended = eventually_within(PATIENCE, || {
            status = self.child.try_wait().ok().flatten();
            status.is_some()
        });
        let Some(status) = status.filter(|_| ended) else {
            panic!("it did not end; {}", self.complaints());
        };
        let rest = |lines: Option<Receiver<String>>| -> String {
            lines.map_or_else(String::new, |lines| {
                lines.iter().map(|line| line + "\n").collect()
            })
        };
        let stderr = std::mem::take(&mut self.read) + &rest(self.stderr.take());
        Ran {
            code: status
                .code()
                .unwrap_or_else(|| status.signal().unwrap_or_default() + 128),
            stdout: rest(self.stdout.take()),
            stderr,
        }
    }

    fn complaints(&mut self) -> String {
        let rest: String = self
            .stderr
            .iter()
            .flat_map(|lines| lines.try_iter())
            .map(|line| line + "\n")
            .collect();
        format!("standard error: {}{rest}", self.read)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! A private Redis server per test: on a Unix socket and a free loopback port, in a temporary directory, gone with
//! the value.
//!
//! The server is real: `REDIS_SERVER`, else the one on `PATH`, else the distribution's package unpacked under
//! `target/` (`redis_client_xtask::redis_server`). Without one, a test fails and says how to get one; it is never
//! skipped.
//!
//! **No process outlives its test.** Dropping the value kills the server, also while a panic unwinds. A test process
//! that ends without unwinding (killed, aborted) cannot do that, so a small shell watches each server: it reads from a
//! pipe that only the test process holds, and kills the server when that pipe closes.
//!
//! Start with [`RedisServer::start`], or with [`RedisServer::builder`] for a password, users or limits.

use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use std::{env, fs};

use redis_client_xtask::{Project, redis_server};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use tempfile::TempDir;

use crate::wait::eventually_within;

/// How long a server may take to answer, and to shut down when asked.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running (or stopped, or killed) private Redis server. Dropping it kills the server and removes its directory.
///
/// All methods take `&self`, so that a test can restart the server under a client that borrows nothing from it.
#[derive(Debug)]
pub struct RedisServer {
    settings: Builder,
    port: u16,
    running: Mutex<Option<Running>>,
    // Dropped last: the server's directory.
    dir: TempDir,
}

#[derive(Debug)]
struct Running {
    server: Child,
    watchdog: Child,
}

/// What a server shall be like; made by [`RedisServer::builder`].
///
/// By default: no password, no persistence, any commands, no memory limit.
#[derive(Debug, Clone, Default)]
#[must_use = "a builder starts nothing until `start` is called"]
pub struct Builder {
    password: Option<String>,
    persistent: bool,
    lines: Vec<String>,
    program: Option<PathBuf>,
}

impl Builder {
    /// Requires this password of the default user.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().password("hush").start();
    /// assert!(server.url().contains(":hush@"));
    /// ```
    pub fn password(mut self, password: &str) -> Self {
        self.password = Some(password.to_owned());
        self.line(&format!("requirepass {}", quoted(password)))
    }

    /// Adds an ACL user by its rules, as after `ACL SETUSER name`.
    ///
    /// ```
    /// let rules = "on >secret ~* &signals.* +publish +ping";
    /// let server = redis_client_tests::RedisServer::builder().user("reader", rules).start();
    /// ```
    pub fn user(self, name: &str, rules: &str) -> Self {
        self.line(&format!("user {name} {rules}"))
    }

    /// Limits the memory, in bytes or as `"2mb"`; with Redis's default policy, writes beyond it are refused with OOM.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().max_memory("2mb").start();
    /// ```
    pub fn max_memory(self, limit: &str) -> Self {
        self.line(&format!("maxmemory {limit}"))
    }

    /// Keeps the data across restarts, in an append-only file that is synced at each write.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().persistent().start();
    /// ```
    pub fn persistent(mut self) -> Self {
        self.persistent = true;
        self
    }

    /// Starts this program instead of the one that is found.
    ///
    /// ```
    /// let program = std::env::var_os("VALKEY_SERVER").filter(|path| !path.is_empty());
    /// let server = program.map(|program| redis_client_tests::RedisServer::builder().program(program).start());
    /// assert!(server.is_none_or(|server| server.pid().is_some()));
    /// ```
    pub fn program(mut self, path: impl Into<PathBuf>) -> Self {
        self.program = Some(path.into());
        self
    }

    /// Adds any line of the server's configuration file.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().line("databases 2").start();
    /// ```
    pub fn line(mut self, line: &str) -> Self {
        self.lines.push(line.to_owned());
        self
    }

    /// Starts the server and waits until it answers.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().start();
    /// ```
    ///
    /// # Panics
    ///
    /// When there is no server, or it does not come up; the message says what to install, or what the server's log says.
    #[must_use]
    #[track_caller]
    pub fn start(self) -> RedisServer {
        match self.try_start() {
            Ok(server) => server,
            Err(error) => panic!("cannot start a Redis server: {error}"),
        }
    }

    /// Starts the server and waits until it answers, for callers that report errors themselves.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().try_start()?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no server program, or it exits or does not answer within 20 seconds.
    pub fn try_start(self) -> io::Result<RedisServer> {
        let dir = temporary_directory()?;
        let mut server = RedisServer {
            settings: self,
            port: 0,
            running: Mutex::new(None),
            dir,
        };
        let mut attempts = 0;
        // Bound: five ports. Another process may take the port between our look and the server's bind.
        loop {
            attempts += 1;
            server.port = free_port();
            match server.launch() {
                Err(error) if attempts < 5 && error.kind() == io::ErrorKind::AddrInUse => {}
                result => return result.map(|()| server),
            }
        }
    }
}

impl RedisServer {
    /// Starts a server without a password and without persistence, and waits until it answers.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// assert!(server.url().starts_with("redis://127.0.0.1:"));
    /// ```
    ///
    /// # Panics
    ///
    /// As [`Builder::start`].
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        Self::builder().start()
    }

    /// A server to be configured before it starts.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::builder().password("hush").max_memory("4mb").start();
    /// ```
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The host it listens on, always `127.0.0.1`.
    ///
    /// ```
    /// assert_eq!(redis_client_tests::RedisServer::start().host(), "127.0.0.1");
    /// ```
    #[must_use]
    pub fn host(&self) -> &'static str {
        "127.0.0.1"
    }

    /// The port it listens on; the same after a restart.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// assert_ne!(server.port(), 0);
    /// ```
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The path of its Unix socket.
    ///
    /// ```
    /// assert!(redis_client_tests::RedisServer::start().socket().exists());
    /// ```
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.dir.path().join("redis.sock")
    }

    /// `redis://127.0.0.1:port`, with the password if there is one.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// assert_eq!(server.url(), format!("redis://127.0.0.1:{}", server.port()));
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        let password = self
            .settings
            .password
            .as_ref()
            .map(|word| format!(":{}@", percent_encoded(word)))
            .unwrap_or_default();
        format!("redis://{password}127.0.0.1:{}", self.port)
    }

    /// `unix://` and the path of its socket, without a password.
    ///
    /// ```
    /// assert!(redis_client_tests::RedisServer::start().unix_url().starts_with("unix:///"));
    /// ```
    #[must_use]
    pub fn unix_url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    /// A plain blocking connection of redis-rs, logged in, to look at the server from beside the code under test.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// let pong: String = redis::cmd("PING").query(&mut server.redis()).expect("the server runs");
    /// assert_eq!(pong, "PONG");
    /// ```
    ///
    /// # Panics
    ///
    /// When the server does not run.
    #[must_use]
    #[track_caller]
    pub fn redis(&self) -> redis::Connection {
        let connection = redis::Client::open(self.url()).and_then(|client| client.get_connection());
        match connection {
            Ok(connection) => connection,
            Err(error) => panic!("the private server does not answer: {error}"),
        }
    }

    /// What the server has logged so far.
    ///
    /// ```
    /// assert!(redis_client_tests::RedisServer::start().log().contains("Ready"));
    /// ```
    #[must_use]
    pub fn log(&self) -> String {
        fs::read(self.dir.path().join("log"))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// The process id, `None` while it does not run.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.kill();
    /// assert_eq!(server.pid(), None);
    /// ```
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.running().as_ref().map(|running| running.server.id())
    }

    /// Kills the server as `kill -9` does, and waits until it is gone. Does nothing when it does not run.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.kill();
    /// assert_eq!(server.pid(), None);
    /// ```
    pub fn kill(&self) {
        if let Some(running) = self.running().take() {
            running.end(None);
        }
    }

    /// Asks the server to shut down, as `kill` does, and waits until it is gone; kills it when it takes over 20 seconds.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.stop();
    /// assert_eq!(server.pid(), None);
    /// ```
    pub fn stop(&self) {
        if let Some(running) = self.running().take() {
            running.end(Some(PATIENCE));
        }
    }

    /// Starts the server again on the same port and socket, killing it first if it still runs, and waits until it answers.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.kill();
    /// server.restart();
    /// assert!(server.pid().is_some());
    /// ```
    ///
    /// # Panics
    ///
    /// When it does not come up again.
    #[track_caller]
    pub fn restart(&self) {
        self.kill();
        let mut last = String::new();
        // The port was ours a moment ago; whoever has it now is an outgoing connection that will be gone soon.
        let up = eventually_within(PATIENCE, || match self.launch() {
            Ok(()) => true,
            Err(error) => {
                last = error.to_string();
                false
            }
        });
        assert!(up, "cannot restart the Redis server: {last}");
    }

    /// Gives the server twenty megabytes of data and starts it again so that it takes minutes to load them, until
    /// [`finish_loading`](Self::finish_loading). Returns while it loads.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.restart_loading();
    /// let answer = redis::cmd("PING").query::<String>(&mut server.redis());
    /// assert_eq!(answer.unwrap_err().code(), Some("LOADING"));
    /// server.finish_loading();
    /// # Ok::<(), redis::RedisError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When it cannot save, or does not come up again.
    #[track_caller]
    pub fn restart_loading(&self) {
        let mut pipeline = redis::pipe();
        for key in 0..10_000 {
            pipeline.set(key, "x".repeat(2000)).ignore();
        }
        pipeline.cmd("SAVE").ignore();
        let saved = pipeline.query::<()>(&mut self.redis());
        self.kill();
        // Twenty milliseconds for each key, and a look at the clients after each.
        let slowly = "key-load-delay 20000\nloading-process-events-interval-bytes 1024\n";
        let launched = saved
            .map_err(io::Error::other)
            .and_then(|()| self.launch_with(slowly));
        if let Err(error) = launched {
            panic!("cannot restart the Redis server: {error}");
        }
    }

    /// Lets a server that loads slowly come to the end of it.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.restart_loading();
    /// server.finish_loading();
    /// let pong = redis::cmd("PING").query::<String>(&mut server.redis())?;
    /// # Ok::<(), redis::RedisError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When it does not come to the end of it.
    #[track_caller]
    pub fn finish_loading(&self) {
        let mut connection = self.redis();
        let told = redis::cmd("CONFIG")
            .arg(&["SET", "key-load-delay", "0"])
            .query::<()>(&mut connection);
        let is_up = told.is_ok() && eventually_within(PATIENCE, || self.answers(*b"+PONG"));
        assert!(is_up, "the Redis server goes on loading: {told:?}");
    }

    /// Stops the process in its tracks (`SIGSTOP`): connections stay open and nothing is answered. Returns when it stands.
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.pause();
    /// server.resume();
    /// ```
    ///
    /// # Panics
    ///
    /// When it does not run.
    #[track_caller]
    pub fn pause(&self) {
        let pid = self.signal(Signal::STOP);
        // Also returns when the server exited instead; NOWAIT leaves its status to `Child::wait`.
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        if let Err(error) = waitid(WaitId::Pid(pid), options) {
            panic!("cannot wait for the Redis server to stand: {error}");
        }
    }

    /// Lets a paused server go on (`SIGCONT`).
    ///
    /// ```
    /// let server = redis_client_tests::RedisServer::start();
    /// server.pause();
    /// server.resume();
    /// ```
    ///
    /// # Panics
    ///
    /// When it does not run.
    #[track_caller]
    pub fn resume(&self) {
        self.signal(Signal::CONT);
    }

    #[track_caller]
    fn signal(&self, signal: Signal) -> Pid {
        let running = self.running();
        let Some(pid) = running
            .as_ref()
            .and_then(|running| Pid::from_raw(running.server.id().cast_signed()))
        else {
            panic!("the Redis server does not run");
        };
        if let Err(error) = kill_process(pid, signal) {
            panic!("cannot signal the Redis server: {error}");
        }
        pid
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        // A panicking test still has to kill its server.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn launch(&self) -> io::Result<()> {
        self.launch_with("")
    }

    fn launch_with(&self, lines: &str) -> io::Result<()> {
        let program = match &self.settings.program {
            Some(program) => program.as_path(),
            None => program()?,
        };
        let config = self.dir.path().join("redis.conf");
        fs::write(&config, self.configuration() + lines)?;
        let log = fs::File::create(self.dir.path().join("log"))?;
        let server = Command::new(program)
            .arg(&config)
            .current_dir(self.dir.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut running = Running::watched(server)?;
        let mut exited = None;
        let answered = eventually_within(PATIENCE, || {
            exited = running.server.try_wait().ok().flatten();
            // Whoever makes loading slow wants to see it.
            exited.is_some() || self.answers(if lines.is_empty() { *b"+PONG" } else { *b"-LOAD" })
        });
        if answered && exited.is_none() {
            *self.running() = Some(running);
            return Ok(());
        }
        running.end(None);
        let log = self.log();
        let tail: Vec<&str> = log.lines().rev().take(5).collect();
        let tail = tail.into_iter().rev().collect::<Vec<_>>().join("\n");
        let kind = if tail.contains("Address already in use") {
            io::ErrorKind::AddrInUse
        } else {
            io::ErrorKind::Other
        };
        let happened = exited.map_or("it does not answer".to_owned(), |status| {
            format!("it exited with {status}")
        });
        Err(io::Error::new(kind, format!("{happened}; its log ends:\n{tail}")))
    }

    fn configuration(&self) -> String {
        let dir = quoted(&self.dir.path().display().to_string());
        let socket = quoted(&self.socket().display().to_string());
        let mut text = format!(
            "bind 127.0.0.1\nport {}\nunixsocket {socket}\nunixsocketperm 700\ndir {dir}\ndaemonize no\nsave \"\"\n",
            self.port
        );
        text.push_str(if self.settings.persistent {
            "appendonly yes\nappendfsync always\n"
        } else {
            "appendonly no\n"
        });
        for line in &self.settings.lines {
            let _ = writeln!(text, "{line}");
        }
        text
    }

    /// Whether the server's answer to a PING on its socket begins so, or asks for a password.
    fn answers(&self, expected: [u8; 5]) -> bool {
        let ping = || -> io::Result<[u8; 5]> {
            let mut stream = UnixStream::connect(self.socket())?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(b"PING\r\n")?;
            let mut answer = [0; 5];
            stream.read_exact(&mut answer)?;
            Ok(answer)
        };
        ping().is_ok_and(|answer| answer == expected || &answer == b"-NOAU")
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Running {
    /// Puts a watchdog beside the server: a shell that kills it when our end of a pipe closes, however we end.
    fn watched(mut server: Child) -> io::Result<Self> {
        let watchdog = Command::new("sh")
            .args(["-c", "trap '' INT TERM; read -r _; kill -9 \"$0\""])
            .arg(server.id().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match watchdog {
            Ok(watchdog) => Ok(Self { server, watchdog }),
            Err(error) => {
                let _ = server.kill();
                let _ = server.wait();
                Err(error)
            }
        }
    }

    /// Ends both, the watchdog first: until the server has been waited for, its process id cannot be another's.
    fn end(mut self, grace: Option<Duration>) {
        let _ = self.watchdog.kill();
        let _ = self.watchdog.wait();
        if let Some(grace) = grace {
            let pid = Pid::from_raw(self.server.id().cast_signed());
            let asked = pid.is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
            if asked && eventually_within(grace, || !matches!(self.server.try_wait(), Ok(None))) {
                return;
            }
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A loopback port on which nothing listened a moment ago.
///
/// ```
/// assert_ne!(redis_client_tests::free_port(), 0);
/// ```
///
/// # Panics
///
/// When the machine has no free loopback port.
#[must_use]
#[track_caller]
pub fn free_port() -> u16 {
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    match address {
        Ok(address) => address.port(),
        Err(error) => panic!("no free loopback port: {error}"),
    }
}

/// A server of each kind that a fence is tested on: the one that is found, and Valkey if there is one at hand, by
/// `VALKEY_SERVER`, on `PATH` or under `target/`, into which `cargo xtask test` fetches it where the distribution has it.
///
/// Says which it starts: a run that has covered one of them only can be told from one that has covered both.
///
/// ```
/// let servers = redis_client_tests::fence_servers(|builder| builder);
/// assert!(!servers.is_empty());
/// ```
///
/// # Panics
///
/// As [`Builder::start`].
#[must_use]
#[track_caller]
#[expect(clippy::print_stdout, reason = "a run says which servers it has covered")]
pub fn fence_servers(configure: impl Fn(Builder) -> Builder) -> Vec<RedisServer> {
    let valkey = match redis_server::valkey_at_hand(&Project::of_this_repository()) {
        Ok(valkey) => valkey.map(|valkey| valkey.path().to_owned()),
        Err(error) => panic!("{error}"),
    };
    // Where there is no Redis, Valkey is what is found.
    let is_another = valkey.is_some() && program().ok() != valkey.as_deref();
    let programs = [None, valkey];
    let wanted = programs.iter().take(if is_another { 2 } else { 1 });
    let servers = wanted.map(|program| {
        let builder = match program {
            Some(program) => RedisServer::builder().program(program),
            None => RedisServer::builder(),
        };
        let server = configure(builder).start();
        let info = redis::cmd("INFO")
            .arg("server")
            .query::<String>(&mut server.redis());
        let info = info.unwrap_or_default();
        let version = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name));
            line.map(|version| version.trim().to_owned())
        };
        let name = if let Some(version) = version("valkey_version:") {
            format!("valkey {version}")
        } else {
            format!("redis {}", version("redis_version:").unwrap_or_default())
        };
        println!("on {name}");
        server
    });
    servers.collect()
}

fn program() -> io::Result<&'static Path> {
    static PROGRAM: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let found = PROGRAM.get_or_init(|| {
        let project = Project::of_this_repository();
        redis_server::find(&project, &mut |_| ())
            .map(|server| server.path().to_owned())
            .map_err(|error| error.to_string())
    });
    found.as_deref().map_err(|error| io::Error::other(error.clone()))
}

fn temporary_directory() -> io::Result<TempDir> {
    // The path of a Unix socket has room for about a hundred bytes; some set TMPDIR to a long one.
    let parent = env::temp_dir();
    let parent = if parent.as_os_str().len() > 60 {
        Path::new("/tmp").to_owned()
    } else {
        parent
    };
    tempfile::Builder::new().prefix("redis-").tempdir_in(parent)
}

/// A word of the configuration file.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A word of a URL.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::test_kill_process;

    fn lives(pid: u32) -> bool {
        // A zombie has been killed and only waits to be looked at.
        let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        test_kill_process(Pid::from_raw(pid.cast_signed()).unwrap()).is_ok() && !state.contains(") Z ")
    }

    #[test]
    fn it_answers_on_both_addresses_and_ends_with_the_value() {
        let server = RedisServer::builder()
            .password("p w\"d")
            .line("databases 2")
            .start();
        let pid = server.pid().unwrap();
        assert!(lives(pid));
        assert!(server.answers(*b"+PONG"));
        let pong: String = redis::cmd("PING").query(&mut server.redis()).unwrap();
        assert_eq!(pong, "PONG");
        // The socket's URL carries no password: the server is reached, and refuses.
        let mut stranger = redis::Client::open(server.unix_url())
            .unwrap()
            .get_connection()
            .unwrap();
        let refused = redis::cmd("PING").query::<String>(&mut stranger).unwrap_err();
        assert_eq!(refused.code(), Some("NOAUTH"));
        let dir = server.dir.path().to_owned();
        drop(server);
        assert!(!lives(pid));
        assert!(!dir.exists());
    }

    #[test]
    fn it_is_killed_restarted_paused_and_resumed() {
        let server = RedisServer::builder().persistent().start();
        let (port, first) = (server.port(), server.pid().unwrap());
        let _: () = redis::cmd("SET")
            .arg("kept")
            .arg(1)
            .query(&mut server.redis())
            .unwrap();
        server.kill();
        assert!(!lives(first));
        server.restart();
        assert_eq!(server.port(), port);
        let kept: i64 = redis::cmd("GET").arg("kept").query(&mut server.redis()).unwrap();
        assert_eq!(kept, 1);

        server.pause();
        let mut stream = UnixStream::connect(server.socket()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        stream.write_all(b"PING\r\n").unwrap();
        let silent = stream.read(&mut [0; 7]).unwrap_err();
        assert!(
            matches!(silent.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
            "{silent}"
        );
        server.resume();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut answer = [0; 7];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"+PONG\r\n");
        server.stop();
        assert_eq!(server.pid(), None);
    }

    #[test]
    fn a_wrong_configuration_is_reported_with_the_servers_own_words() {
        let error = RedisServer::builder()
            .line("no-such-setting 1")
            .try_start()
            .unwrap_err();
        assert!(error.to_string().contains("no-such-setting"), "{error}");
    }

    /// What happened: a test process that is killed runs no destructor, and its server stayed for ever.
    #[test]
    fn it_does_not_outlive_a_process_that_aborts() {
        const CHILD: &str = "REDIS_SERVER_TEST_CHILD";
        if env::var_os(CHILD).is_some() {
            let server = RedisServer::start();
            println!("pid={}", server.pid().unwrap());
            std::process::abort();
        }
        let output = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "redis_server::tests::it_does_not_outlive_a_process_that_aborts",
            ])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let pid: u32 = text
            .split("pid=")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next())
            .unwrap()
            .parse()
            .unwrap();
        assert!(
            eventually_within(PATIENCE, || !lives(pid)),
            "server {pid} outlived its test"
        );
    }
}

//! Connections: opening them, keeping one alive, and knowing what became of a command when one dies.
//!
//! Promise: no reply ever reaches the wrong caller, no call outlives its deadline, and a command is repeated only when that is
//! safe. This is the only file that opens connections, and all of them (the shared one, dedicated ones, the subscriber's, the
//! publisher's) pass the same handshake, so that a wrong password reads the same everywhere.
//!
//! It refuses to know what the commands mean; it is told by [`Command`](super::command::Command) whether one may be repeated.
//!
//! Start at [`PipelineConnection`] for the publisher's blocking connection.

use super::config::{ConnectionConfig, Endpoint};
use super::error::{RedisConnectionError, ServerError};
use redis::{ConnectionAddr, IntoConnectionInfo, RedisError, Value};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A reply, without the types of redis-rs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reply {
    Nil,
    Integer(i64),
    /// A status such as `OK`, or a bulk string.
    Bytes(Vec<u8>),
    Array(Vec<Self>),
    /// The server refused the command.
    Error(ServerError),
}

/// What a server is to its peers.
///
/// ```
/// use redis_client::client::ServerRole;
///
/// assert_eq!(ServerRole::Primary.to_string(), "primary");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServerRole {
    /// It accepts writes, and what is published on it reaches its subscribers.
    Primary,
    /// It follows another server.
    Replica,
    /// It did not say; an ACL may forbid it.
    Unknown,
}

impl std::fmt::Display for ServerRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Primary => "primary",
            Self::Replica => "replica",
            Self::Unknown => "unknown",
        })
    }
}

/// A blocking connection that sends bytes packed elsewhere and gives back replies one by one, in order.
///
/// After any error from [`send`](Self::send) or [`receive`](Self::receive) the connection is of no more use: a reply may be half
/// read, so the next one could not be told from its rest. Both then go on failing.
///
/// # Blocking
/// All methods but the constructor's checks block on the socket, up to the timeouts of the configuration.
pub(crate) struct PipelineConnection {
    connection: redis::Connection,
    endpoint: String,
    timeout: Duration,
    /// Set by the first error.
    broken: bool,
}

impl PipelineConnection {
    /// Opens a connection and completes the handshake: user, password, database. `connect_timeout` bounds connecting and handshake
    /// together, but not the operating system's name resolution, and each address of a name anew;
    /// `response_timeout` bounds each later read and write.
    pub(crate) fn connect(config: &ConnectionConfig) -> Result<Self, RedisConnectionError> {
        let started = Instant::now();
        let endpoint = config.endpoint.to_string();
        let client = blocking_client(config).map_err(|error| unreachable(&endpoint, &error))?;
        let connection = client
            .get_connection_with_timeout(config.connect_timeout)
            .map_err(|error| connect_failed(config, &error))?;
        let mut this = Self {
            connection,
            endpoint,
            timeout: config.connect_timeout,
            broken: false,
        };
        let steps = handshake(config);
        let left = config
            .connect_timeout
            .saturating_sub(started.elapsed())
            .max(Duration::from_millis(1));
        this.set_timeout(left)?;
        this.send(&packed(&steps))
            .map_err(|error| as_connect_timeout(error, config))?;
        for step in &steps {
            let reply = this
                .receive_value()
                .map_err(|error| as_connect_timeout(error, config))?;
            step.check(&reply, config)?;
        }
        this.set_timeout(config.response_timeout)?;
        Ok(this)
    }

    /// Changes the limit of each later read and write, for instance to what is left of a deadline. Must be more than 0.
    pub(crate) fn set_timeout(&mut self, timeout: Duration) -> Result<(), RedisConnectionError> {
        let set = self.connection.set_read_timeout(Some(timeout));
        let set = set.and_then(|()| self.connection.set_write_timeout(Some(timeout)));
        self.timeout = timeout;
        set.map_err(|error| self.failed(&error))
    }

    /// Hands bytes, whole commands in RESP, to the operating system. On an error any part of them may have been sent.
    pub(crate) fn send(&mut self, packed: &[u8]) -> Result<(), RedisConnectionError> {
        self.check_usable()?;
        self.connection
            .send_packed_command(packed)
            .map_err(|error| self.failed(&error))
    }

    /// Waits for the next reply. A command that the server refused is a [`Reply::Error`], not an error.
    pub(crate) fn receive(&mut self) -> Result<Reply, RedisConnectionError> {
        let value = self.receive_value()?;
        reply(value).ok_or_else(|| {
            self.broken = true;
            RedisConnectionError::Protocol {
                endpoint: self.endpoint.clone(),
            }
        })
    }

    /// Asks the server for its role. Only when no reply is outstanding.
    pub(crate) fn role(&mut self) -> Result<ServerRole, RedisConnectionError> {
        for (command, role_of) in ROLE_QUESTIONS {
            self.send(&command())?;
            let role = role_of(&self.receive_value()?);
            if role != ServerRole::Unknown {
                return Ok(role);
            }
        }
        Ok(ServerRole::Unknown)
    }

    fn receive_value(&mut self) -> Result<Value, RedisConnectionError> {
        self.check_usable()?;
        self.connection
            .recv_response()
            .map_err(|error| self.failed(&error))
    }

    fn check_usable(&self) -> Result<(), RedisConnectionError> {
        if self.broken {
            return Err(RedisConnectionError::Lost {
                endpoint: self.endpoint.clone(),
                source: None,
            });
        }
        Ok(())
    }

    fn failed(&mut self, error: &RedisError) -> RedisConnectionError {
        self.broken = true;
        lost(&self.endpoint, self.timeout, error)
    }
}

fn blocking_client(config: &ConnectionConfig) -> Result<redis::Client, RedisError> {
    let address = match &config.endpoint {
        Endpoint::Tcp { host, port } => ConnectionAddr::Tcp(host.clone(), *port),
        Endpoint::Unix(path) => ConnectionAddr::Unix(path.clone()),
    };
    // redis-rs gets no credentials: its own handshake would blur what the server said. Ours follows.
    let settings = redis::RedisConnectionInfo::default().set_skip_set_lib_name();
    let info = address.into_connection_info()?.set_redis_settings(settings);
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    redis::Client::open(info.set_tcp_settings(tcp))
}

/// One command of the handshake.
struct Step {
    packed: Vec<u8>,
    kind: StepKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StepKind {
    Authenticate,
    Select,
    /// Says who we are; servers before 7.2 do not know it.
    Introduce,
    /// The first round trip of a connection without user or database: shows that the server answers and lets us in.
    Hello,
}

/// The commands that turn a fresh socket into a usable connection, to be sent at once.
fn handshake(config: &ConnectionConfig) -> Vec<Step> {
    let mut steps = Vec::with_capacity(4);
    let mut step = |kind, command: &redis::Cmd| {
        steps.push(Step {
            packed: command.get_packed_command(),
            kind,
        });
    };
    if config.user.is_some() || config.password.is_some() {
        let mut command = redis::cmd("AUTH");
        if let Some(user) = &config.user {
            command.arg(user);
        }
        // A user that needs no password takes any.
        command.arg(config.password.as_ref().map_or("", |password| password.expose()));
        step(StepKind::Authenticate, &command);
    }
    if config.db != 0 {
        step(StepKind::Select, redis::cmd("SELECT").arg(config.db));
    }
    step(
        StepKind::Introduce,
        redis::cmd("CLIENT")
            .arg("SETINFO")
            .arg("LIB-NAME")
            .arg("redis-client-rs"),
    );
    step(StepKind::Hello, redis::cmd("HELLO").arg(2));
    steps
}

fn packed(steps: &[Step]) -> Vec<u8> {
    steps
        .iter()
        .flat_map(|step| step.packed.iter().copied())
        .collect()
}

impl Step {
    /// Whether the server's answer lets us go on.
    fn check(&self, value: &Value, config: &ConnectionConfig) -> Result<(), RedisConnectionError> {
        let Value::ServerError(error) = value else {
            return Ok(());
        };
        let server = server_error(error);
        let endpoint = config.endpoint.to_string();
        if server.code() == "NOAUTH" {
            return Err(RedisConnectionError::Authentication { endpoint, server });
        }
        if server.is_transient() {
            return Err(RedisConnectionError::Unavailable { endpoint, server });
        }
        match self.kind {
            StepKind::Authenticate => Err(RedisConnectionError::Authentication { endpoint, server }),
            StepKind::Select => Err(RedisConnectionError::Database {
                endpoint,
                db: config.db,
                server,
            }),
            // Unknown to an old server, or forbidden to this user: neither is needed.
            StepKind::Introduce | StepKind::Hello => Ok(()),
        }
    }
}

/// Ways to ask for the role, the cheapest first. An old server does not know the first, an ACL may forbid any.
const ROLE_QUESTIONS: [(fn() -> Vec<u8>, fn(&Value) -> ServerRole); 3] = [
    (
        || redis::cmd("HELLO").arg(2).get_packed_command(),
        |value| role_word(hello_field(value, "role")),
    ),
    (
        || redis::cmd("ROLE").get_packed_command(),
        |value| match value {
            Value::Array(items) => role_word(items.first().and_then(text)),
            _ => ServerRole::Unknown,
        },
    ),
    (
        || redis::cmd("INFO").arg("replication").get_packed_command(),
        |value| {
            role_word(text(value).and_then(|info| info.lines().find_map(|line| line.strip_prefix("role:"))))
        },
    ),
];

fn role_word(word: Option<&str>) -> ServerRole {
    match word.map(str::trim) {
        Some("master" | "primary") => ServerRole::Primary,
        Some("slave" | "replica") => ServerRole::Replica,
        _ => ServerRole::Unknown,
    }
}

/// A field of the answer to `HELLO`: a flat list of names and values in RESP2.
fn hello_field<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    let Value::Array(items) = value else { return None };
    let mut pairs = items.chunks_exact(2);
    pairs.find_map(|pair| match pair {
        [key, value] if text(key) == Some(name) => text(value),
        _ => None,
    })
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::BulkString(bytes) => std::str::from_utf8(bytes).ok(),
        Value::SimpleString(text) => Some(text),
        Value::Okay => Some("OK"),
        _ => None,
    }
}

/// A reply in RESP2; `None` for what only RESP3 has, which we never ask for.
fn reply(value: Value) -> Option<Reply> {
    Some(match value {
        Value::Nil => Reply::Nil,
        Value::Int(number) => Reply::Integer(number),
        Value::BulkString(bytes) => Reply::Bytes(bytes),
        Value::SimpleString(text) => Reply::Bytes(text.into_bytes()),
        Value::Okay => Reply::Bytes(b"OK".to_vec()),
        Value::Array(items) => Reply::Array(items.into_iter().map(reply).collect::<Option<_>>()?),
        Value::ServerError(error) => Reply::Error(server_error(&error)),
        _ => return None,
    })
}

fn server_error(error: &redis::ServerError) -> ServerError {
    ServerError::new(error.code(), error.details().unwrap_or_default())
}

/// The operating system's part of an error of redis-rs.
fn io_error(error: &RedisError) -> Option<io::Error> {
    let source = std::error::Error::source(error)?.downcast_ref::<io::Error>()?;
    Some(match source.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(source.kind(), source.to_string()),
    })
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

fn unreachable(endpoint: &str, error: &RedisError) -> RedisConnectionError {
    let source = io_error(error).unwrap_or_else(|| io::Error::other(error.category().to_owned()));
    RedisConnectionError::Unreachable {
        endpoint: endpoint.to_owned(),
        source: Arc::new(source),
    }
}

fn connect_failed(config: &ConnectionConfig, error: &RedisError) -> RedisConnectionError {
    let endpoint = config.endpoint.to_string();
    if io_error(error).as_ref().is_some_and(is_timeout) {
        return RedisConnectionError::Timeout {
            endpoint,
            timeout: config.connect_timeout,
        };
    }
    unreachable(&endpoint, error)
}

/// What an error on a standing connection means.
fn lost(endpoint: &str, timeout: Duration, error: &RedisError) -> RedisConnectionError {
    let endpoint = endpoint.to_owned();
    match io_error(error) {
        Some(source) if is_timeout(&source) => RedisConnectionError::Timeout { endpoint, timeout },
        Some(source) if source.kind() == io::ErrorKind::UnexpectedEof => RedisConnectionError::Lost {
            endpoint,
            source: None,
        },
        Some(source) => RedisConnectionError::Lost {
            endpoint,
            source: Some(Arc::new(source)),
        },
        None if error.kind() == redis::ErrorKind::Parse => RedisConnectionError::Protocol { endpoint },
        None => RedisConnectionError::Lost {
            endpoint,
            source: None,
        },
    }
}

/// During the handshake the limit is the whole of `connect_timeout`, whatever the socket was given of it.
fn as_connect_timeout(error: RedisConnectionError, config: &ConnectionConfig) -> RedisConnectionError {
    match error {
        RedisConnectionError::Timeout { endpoint, .. } => RedisConnectionError::Timeout {
            endpoint,
            timeout: config.connect_timeout,
        },
        other => other,
    }
}

//! Connections: opening them, keeping one alive, and knowing what became of a command when one dies.
//!
//! Promise: no reply ever reaches the wrong caller, no call outlives its deadline, and a command is repeated only when that is
//! safe. This is the only file that opens connections, and all of them (the shared one, dedicated ones, the subscriber's, the
//! publisher's) pass the same handshake, so that a wrong password reads the same everywhere.
//!
//! It refuses to know what the commands mean; it is told by [`Command`](super::command::Command) whether one may be repeated.
//!
//! The shared connection is a state machine around one [`Link`] at a time:
//!
//! ```text
//!            first call                handshake answered
//!   Idle ───────────────▶ Connecting ─────────────────────▶ Up
//!    ▲                     ▲      │ failed                   │ closed by the server, or a call timed out on it:
//!    │       a call, after │      ▼                          │ it gets no new commands
//!    │       the pause     BackingOff                        │
//!    └───────────────────────────────────────────────────────┘
//! ```
//!
//! The attempt to connect is a task of its own, so that a caller who gives up takes nobody else's connection with him. A link that
//! left `Up` lives on until the last call on it has its answer or its deadline.
//!
//! Whether a command was sent is not guessed: the socket counts the bytes that left it. A link that died without one byte
//! written since the call began has never sent it.
//!
//! Start at [`SharedConnection`]; [`PipelineConnection`] is the publisher's blocking connection.

use super::command::{self, Command};
use super::config::{ConnectionConfig, Endpoint, backoff, random};
use super::error::{Error, Fate, RedisConnectionError, ServerError};
use futures_core::Stream as _;
use redis::aio::{MultiplexedConnection, PubSub, PubSubSink, PubSubStream};
use redis::{
    AsyncConnectionConfig, ConnectionAddr, IntoConnectionInfo, RedisConnectionInfo, RedisError, Value,
};
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout_at;

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

impl fmt::Display for ServerRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Primary => "primary",
            Self::Replica => "replica",
            Self::Unknown => "unknown",
        })
    }
}

/// What the shared connection is doing.
///
/// ```
/// use redis_client::RedisClient;
/// use redis_client::client::ConnectionState;
///
/// // Nothing connects before the first command.
/// assert_eq!(RedisClient::builder().build()?.connection_state(), ConnectionState::Idle);
/// # Ok::<(), redis_client::client::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionState {
    /// There is none, and nobody has asked for one since the last.
    Idle,
    /// An attempt is under way.
    Connecting,
    /// It stands.
    Connected,
    /// The last attempt failed; the next one waits for its time and a caller.
    BackingOff,
}

impl fmt::Display for ConnectionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Idle => "idle",
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::BackingOff => "backing off",
        })
    }
}

/// The connection that all clones of a client share: made when it is needed, replaced when it fails.
pub(crate) struct SharedConnection {
    config: Arc<ConnectionConfig>,
    state: Mutex<State>,
    /// How many links have stood so far.
    opened: AtomicU64,
}

enum State {
    Idle,
    /// The task that connects sets the next state before it drops the sender.
    Connecting {
        ended: watch::Receiver<()>,
    },
    BackingOff {
        failures: u32,
        until: Instant,
        error: RedisConnectionError,
    },
    Up(Arc<Link>),
}

/// How often a command that was sent may be sent again. Bound: a server that closes the connection at each attempt, for an
/// argument that is too large, say, must not be asked until the deadline.
const REPEATS_MAX: u32 = 2;

impl SharedConnection {
    pub(crate) fn new(config: Arc<ConnectionConfig>) -> Arc<Self> {
        Arc::new(Self {
            config,
            state: Mutex::new(State::Idle),
            opened: AtomicU64::new(0),
        })
    }

    /// Executes a command before the deadline, on whatever connection there is then.
    pub(crate) async fn execute<T>(
        self: &Arc<Self>,
        command: &Command<T>,
        deadline: Instant,
    ) -> Result<T, Error> {
        let value = self.exchange(command.packed(), deadline).await?;
        decoded(command, value)
    }

    /// Executes commands as one pipeline: one round trip, each with its own result.
    pub(crate) async fn execute_all<T>(
        self: &Arc<Self>,
        commands: &[Command<T>],
        deadline: Instant,
    ) -> Result<Vec<Result<T, Error>>, Error> {
        if commands.is_empty() {
            return Ok(Vec::new());
        }
        let mut batch = Batch {
            pipeline: redis::Pipeline::with_capacity(commands.len()),
            repeatable: commands.iter().all(Command::is_repeatable),
        };
        for command in commands {
            batch.pipeline.add_command(command.packed().clone());
        }
        let values = self.exchange(&batch, deadline).await?;
        Ok(commands
            .iter()
            .zip(values)
            .map(|(command, value)| decoded(command, value))
            .collect())
    }

    /// Opens the connection if there is none, before the deadline.
    pub(crate) async fn ready(self: &Arc<Self>, deadline: Instant) -> Result<(), RedisConnectionError> {
        self.link(deadline).await.map(|_| ())
    }

    pub(crate) fn state(&self) -> ConnectionState {
        match &*self.lock() {
            State::Up(link) if link.is_usable() => ConnectionState::Connected,
            State::Up(_) | State::Idle => ConnectionState::Idle,
            State::Connecting { .. } => ConnectionState::Connecting,
            State::BackingOff { .. } => ConnectionState::BackingOff,
        }
    }

    /// How many connections have stood so far; all but the first are reconnects.
    pub(crate) fn opened(&self) -> u64 {
        // Ordering: a statistic; it orders nothing.
        self.opened.load(Ordering::Relaxed)
    }

    /// What the server says about itself, and how fast.
    pub(crate) async fn facts(self: &Arc<Self>, deadline: Instant) -> Result<ServerFacts, Error> {
        self.ready(deadline).await?;
        let started = Instant::now();
        self.execute(&Command::ping(), deadline).await?;
        let latency = started.elapsed();
        let mut facts = ServerFacts {
            latency,
            role: ServerRole::Unknown,
            version: None,
        };
        for (question, role_of) in ROLE_QUESTIONS {
            let answer = self.exchange(&question(), deadline).await?;
            facts.role = role_of(&answer);
            if let Some(version) = hello_field(&answer, "version") {
                facts.version = Some(version.to_owned());
            }
            if facts.role != ServerRole::Unknown {
                break;
            }
        }
        if facts.version.is_none() {
            let answer = self
                .exchange(&*redis::cmd("INFO").arg("server"), deadline)
                .await?;
            let mut lines = text(&answer).into_iter().flat_map(str::lines);
            let version = lines.find_map(|line| line.strip_prefix("redis_version:"));
            facts.version = version.map(|version| version.trim().to_owned());
        }
        Ok(facts)
    }

    /// Sends over the link of the moment; repeats what was never sent until the deadline, and what was sent if it may be. A
    /// refusal by the server is an answer here.
    async fn exchange<R: Request>(
        self: &Arc<Self>,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Answer, Error> {
        let mut repeats = 0;
        let mut losses = 0_u32;
        // Bound: the deadline, which every wait in here observes; a server that drops us after each handshake gets longer and
        // longer pauses.
        loop {
            let link = self.link(deadline).await?;
            match link.exchange(request, deadline).await {
                Ok(value) => return Ok(value),
                Err(Failure::TimedOut) => {
                    self.retire(&link);
                    let (command, timeout) = (request.name(), self.config.response_timeout);
                    return Err(Error::Timeout {
                        command,
                        timeout,
                        fate: Fate::Ambiguous,
                    });
                }
                Err(Failure::Lost { written, source }) => {
                    self.retire(&link);
                    if written {
                        if repeats == REPEATS_MAX || !request.is_repeatable() {
                            return Err(Error::Interrupted {
                                command: request.name(),
                                fate: Fate::Ambiguous,
                                source,
                            });
                        }
                        repeats += 1;
                    }
                    tracing::debug!(
                        command = request.name(),
                        written,
                        "connection lost under a command; repeating it"
                    );
                    if losses > 0 {
                        let pause = Instant::now() + backoff(losses, random());
                        tokio::time::sleep_until(pause.min(deadline).into()).await;
                    }
                    losses = losses.saturating_add(1);
                }
            }
        }
    }

    /// The link, connecting or waiting for a connection until the deadline.
    async fn link(self: &Arc<Self>, deadline: Instant) -> Result<Arc<Link>, RedisConnectionError> {
        let mut last_error = None;
        // Bound: the deadline.
        loop {
            let now = Instant::now();
            let wait = {
                let mut state = self.lock();
                match &mut *state {
                    State::Up(link) if link.is_usable() => return Ok(Arc::clone(link)),
                    // The sender is gone but the state was not set: the runtime that connected was shut down.
                    State::Connecting { ended } if ended.has_changed().is_ok() => Wait::For(ended.clone()),
                    State::BackingOff { until, error, .. } if *until > now => {
                        if self.config.fail_fast || !error.is_transient() {
                            return Err(error.clone());
                        }
                        last_error = Some(error.clone());
                        Wait::Until(*until)
                    }
                    State::BackingOff { failures, .. } => {
                        let failures = *failures;
                        Wait::For(self.start_connecting(&mut state, failures))
                    }
                    State::Idle | State::Up(_) | State::Connecting { .. } => {
                        Wait::For(self.start_connecting(&mut state, 0))
                    }
                }
            };
            let in_time = match wait {
                Wait::For(mut ended) => timeout_at(deadline.into(), ended.changed()).await.is_ok(),
                Wait::Until(until) => {
                    tokio::time::sleep_until(until.min(deadline).into()).await;
                    until < deadline
                }
            };
            if !in_time {
                return Err(last_error.unwrap_or_else(|| self.config.connect_timed_out()));
            }
        }
    }

    /// Starts the task that connects. It outlives its caller, but not the client: it only holds a weak reference.
    fn start_connecting(self: &Arc<Self>, state: &mut State, failures: u32) -> watch::Receiver<()> {
        let (sender, ended) = watch::channel(());
        let shared = Arc::downgrade(self);
        let config = Arc::clone(&self.config);
        *state = State::Connecting { ended: ended.clone() };
        tokio::spawn(async move {
            let outcome = Link::open(&config).await;
            Self::connected(&shared, failures, outcome);
            drop(sender);
        });
        ended
    }

    fn connected(shared: &Weak<Self>, failures: u32, outcome: Result<Link, RedisConnectionError>) {
        let Some(shared) = shared.upgrade() else { return };
        let next = match outcome {
            Ok(link) => {
                // Ordering: a statistic; it orders nothing.
                shared.opened.fetch_add(1, Ordering::Relaxed);
                tracing::debug!(endpoint = link.endpoint, "connected");
                State::Up(Arc::new(link))
            }
            Err(error) => {
                let failures = failures.saturating_add(1);
                let pause = backoff(failures, random());
                tracing::warn!(%error, failures, pause_ms = pause.as_millis(), "cannot connect");
                State::BackingOff {
                    failures,
                    until: Instant::now() + pause,
                    error,
                }
            }
        };
        *shared.lock() = next;
    }

    /// Gives this link no new commands.
    fn retire(&self, link: &Arc<Link>) {
        link.retire();
        let mut state = self.lock();
        if matches!(&*state, State::Up(current) if Arc::ptr_eq(current, link)) {
            *state = State::Idle;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change of the state is one assignment, so a panic elsewhere cannot have left it half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What goes over a link at once.
trait Request: Sync {
    type Answer;

    /// For errors: no arguments.
    fn name(&self) -> String;
    fn is_repeatable(&self) -> bool;
    fn send(
        &self,
        connection: MultiplexedConnection,
    ) -> impl Future<Output = Result<Self::Answer, RedisError>> + Send;
}

impl Request for redis::Cmd {
    type Answer = Value;

    fn name(&self) -> String {
        command::name_of(self)
    }

    fn is_repeatable(&self) -> bool {
        command::is_repeatable(self)
    }

    async fn send(&self, mut connection: MultiplexedConnection) -> Result<Value, RedisError> {
        connection.send_packed_command(self).await
    }
}

/// One or more commands of the same kind.
struct Batch {
    pipeline: redis::Pipeline,
    repeatable: bool,
}

impl Request for Batch {
    type Answer = Vec<Value>;

    fn name(&self) -> String {
        self.pipeline
            .cmd_iter()
            .next()
            .map(command::name_of)
            .unwrap_or_default()
    }

    fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    async fn send(&self, mut connection: MultiplexedConnection) -> Result<Vec<Value>, RedisError> {
        connection
            .send_packed_commands(&self.pipeline, 0, self.pipeline.len())
            .await
    }
}

/// What a server says about itself.
pub(crate) struct ServerFacts {
    pub(crate) latency: Duration,
    pub(crate) role: ServerRole,
    pub(crate) version: Option<String>,
}

enum Wait {
    For(watch::Receiver<()>),
    Until(Instant),
}

/// Reads a reply, the server's refusal included.
fn decoded<T>(command: &Command<T>, value: Value) -> Result<T, Error> {
    if let Value::ServerError(error) = &value {
        return Err(Error::Rejected {
            command: command.name(),
            server: server_error(error),
        });
    }
    command.decode(value).ok_or_else(|| Error::Reply {
        command: command.name(),
    })
}

/// A connection for one caller.
pub(crate) struct ExclusiveConnection {
    link: Link,
}

impl ExclusiveConnection {
    pub(crate) async fn open(
        config: &ConnectionConfig,
        deadline: Instant,
    ) -> Result<Self, RedisConnectionError> {
        let opened = timeout_at(deadline.into(), Link::open(config)).await;
        let link = opened.unwrap_or_else(|_| Err(config.connect_timed_out()))?;
        Ok(Self { link })
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.link.endpoint
    }

    /// Executes one command within `timeout`; after a timeout or a loss, every further one fails unsent.
    pub(crate) async fn execute<T>(&mut self, command: &Command<T>, timeout: Duration) -> Result<T, Error> {
        if !self.link.is_usable() {
            return Err(RedisConnectionError::Lost {
                endpoint: self.link.endpoint.clone(),
                source: None,
            }
            .into());
        }
        let deadline = deadline_in(timeout);
        match self.link.exchange(command.packed(), deadline).await {
            Ok(value) => decoded(command, value),
            Err(failure) => {
                self.link.retire();
                Err(match failure {
                    Failure::TimedOut => Error::Timeout {
                        command: command.name(),
                        timeout,
                        fate: Fate::Ambiguous,
                    },
                    Failure::Lost {
                        written: false,
                        source,
                    } => source.into(),
                    Failure::Lost {
                        written: true,
                        source,
                    } => Error::Interrupted {
                        command: command.name(),
                        fate: Fate::Ambiguous,
                        source,
                    },
                })
            }
        }
    }
}

/// The end of a call that starts now.
pub(crate) fn deadline_in(timeout: Duration) -> Instant {
    let now = Instant::now();
    // A timeout beyond what the clock can express is one that never comes; thirty years do as well.
    now.checked_add(timeout)
        .unwrap_or_else(|| now + Duration::from_hours(24 * 365 * 30))
}

/// One connection, from its handshake to its end.
struct Link {
    connection: MultiplexedConnection,
    endpoint: String,
    response_timeout: Duration,
    /// Bytes that have left the socket since the handshake.
    written: Arc<AtomicU64>,
    /// Closed when the task that serves the connection has ended: no byte leaves after that.
    served: watch::Receiver<()>,
    retired: AtomicBool,
    /// Ends the task when the last call on this link is over.
    _driver: AbortOnDrop,
}

/// Why an exchange has no reply.
enum Failure {
    TimedOut,
    Lost {
        /// Whether any byte left the socket since the exchange began. If not, the server cannot have seen the command.
        written: bool,
        source: RedisConnectionError,
    },
}

struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Link {
    /// Opens a socket and completes the handshake, within `connect_timeout`.
    async fn open(config: &ConnectionConfig) -> Result<Self, RedisConnectionError> {
        let socket = open_socket(config).await?;
        let written = Arc::new(AtomicU64::new(0));
        let socket = CountingSocket {
            socket,
            written: Arc::clone(&written),
        };
        // Deadlines are ours: redis-rs's own would be a second opinion. Its queue holds as many commands as one turn may gather.
        let settings = AsyncConnectionConfig::new()
            .set_connection_timeout(None)
            .set_response_timeout(None)
            .set_pipeline_buffer_size(256);
        let endpoint = config.endpoint.to_string();
        let (connection, driver) = MultiplexedConnection::new_with_config(&no_handshake(), socket, settings)
            .await
            .map_err(|error| lost(&endpoint, config.connect_timeout, &error))?;
        let (serving, served) = watch::channel(());
        let driver = AbortOnDrop(tokio::spawn(async move {
            driver.await;
            drop(serving);
        }));
        Ok(Self {
            connection,
            endpoint,
            response_timeout: config.response_timeout,
            written,
            served,
            retired: AtomicBool::new(false),
            _driver: driver,
        })
    }

    /// Whether a new command may go over it.
    fn is_usable(&self) -> bool {
        // Ordering: `retire` stores before it takes the lock under which the state is read again; a late reader only finds a
        // link that is about to be replaced, whose replies are still its own.
        !self.retired.load(Ordering::Acquire) && self.served.has_changed().is_ok()
    }

    fn retire(&self) {
        // Ordering: partner of the load in `is_usable`.
        self.retired.store(true, Ordering::Release);
    }

    /// Sends and waits for the reply until the deadline. Dropping the future gives up the wait, not the command.
    async fn exchange<R: Request>(&self, request: &R, deadline: Instant) -> Result<R::Answer, Failure> {
        // Ordering: the count is compared with a later one only after the writing task has ended, which synchronises.
        let before = self.written.load(Ordering::Acquire);
        let error = match timeout_at(deadline.into(), request.send(self.connection.clone())).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error,
            Err(_) => return Err(Failure::TimedOut),
        };
        // The connection failed. Only when its task has ended is the count final.
        let ended = timeout_at(deadline.into(), self.served.clone().changed())
            .await
            .is_ok();
        let written = !ended || self.written.load(Ordering::Acquire) != before;
        Err(Failure::Lost {
            written,
            source: lost(&self.endpoint, self.response_timeout, &error),
        })
    }
}

/// A connection for messages, subscribed and pinged by the subscriber.
pub(crate) struct PubSubConnection {
    sink: PubSubSink,
    stream: PubSubStream,
    endpoint: String,
}

/// A message as it came; from [`EventSubscriber::next_message`](super::EventSubscriber::next_message).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The channel it was published on.
    pub channel: String,
    /// Its bytes, which may be anything.
    pub payload: Vec<u8>,
}

impl fmt::Debug for Message {
    /// Shows the channel and the size, never the payload.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("channel", &self.channel)
            .field("bytes", &self.payload.len())
            .finish()
    }
}

impl PubSubConnection {
    /// Opens a socket and completes the handshake, within `connect_timeout`.
    pub(crate) async fn open(config: &ConnectionConfig) -> Result<Self, RedisConnectionError> {
        let socket = open_socket(config).await?;
        let endpoint = config.endpoint.to_string();
        let pubsub = PubSub::new(&no_handshake(), socket).await;
        let (sink, stream) = pubsub
            .map_err(|error| lost(&endpoint, config.connect_timeout, &error))?
            .split();
        Ok(Self {
            sink,
            stream,
            endpoint,
        })
    }

    /// Subscribes, and returns when the server has confirmed each name and glob.
    pub(crate) async fn subscribe(
        &mut self,
        names: &[String],
        globs: &[String],
        deadline: Instant,
    ) -> Result<(), Error> {
        let subscribed = async {
            if !names.is_empty() {
                self.sink
                    .subscribe(names)
                    .await
                    .map_err(|error| ("SUBSCRIBE", error))?;
            }
            if !globs.is_empty() {
                self.sink
                    .psubscribe(globs)
                    .await
                    .map_err(|error| ("PSUBSCRIBE", error))?;
            }
            Ok(())
        };
        let started = Instant::now();
        let timeout = deadline.saturating_duration_since(started);
        match timeout_at(deadline.into(), subscribed).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err((command, error))) => match redis::ServerError::try_from(error) {
                Ok(error) => Err(Error::Rejected {
                    command: command.to_owned(),
                    server: server_error(&error),
                }),
                Err(error) => Err(lost(&self.endpoint, timeout, &error).into()),
            },
            Err(_) => Err(RedisConnectionError::Timeout {
                endpoint: self.endpoint.clone(),
                timeout,
            }
            .into()),
        }
    }

    /// The next message; `None` when the connection is gone.
    ///
    /// # Cancel safety
    /// Dropping the future loses no message.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        poll_fn(|context| poll_message(&mut self.stream, context)).await
    }

    /// Whether the server answers a ping within `timeout`. Messages that come meanwhile are given to `deliver`, so that they need
    /// not wait for the answer.
    pub(crate) async fn answers(&mut self, timeout: Duration, mut deliver: impl FnMut(Message)) -> bool {
        let Self { sink, stream, .. } = self;
        let mut ping = pin!(timeout_at(deadline_in(timeout).into(), sink.ping::<Value>()));
        poll_fn(|context| {
            // Bound: tokio's budget for one poll; when it is used up, the stream answers `Pending` and wakes us.
            while let Poll::Ready(message) = poll_message(stream, context) {
                let Some(message) = message else {
                    return Poll::Ready(false);
                };
                deliver(message);
            }
            ping.as_mut()
                .poll(context)
                .map(|answer| matches!(answer, Ok(Ok(_))))
        })
        .await
    }
}

fn poll_message(stream: &mut PubSubStream, context: &mut Context<'_>) -> Poll<Option<Message>> {
    Pin::new(stream).poll_next(context).map(|message| {
        message.map(|message| Message {
            channel: message.get_channel_name().to_owned(),
            payload: message.get_payload_bytes().to_vec(),
        })
    })
}

enum Socket {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// Opens a socket and completes the handshake, within `connect_timeout`.
async fn open_socket(config: &ConnectionConfig) -> Result<Socket, RedisConnectionError> {
    let opened = async {
        let mut socket =
            Socket::connect(&config.endpoint)
                .await
                .map_err(|source| RedisConnectionError::Unreachable {
                    endpoint: config.endpoint.to_string(),
                    source: Arc::new(source),
                })?;
        shake_hands(&mut socket, config).await?;
        Ok(socket)
    };
    let deadline = deadline_in(config.connect_timeout);
    timeout_at(deadline.into(), opened).await.unwrap_or_else(|_| {
        Err(RedisConnectionError::Timeout {
            endpoint: config.endpoint.to_string(),
            timeout: config.connect_timeout,
        })
    })
}

async fn shake_hands(socket: &mut Socket, config: &ConnectionConfig) -> Result<(), RedisConnectionError> {
    let endpoint = config.endpoint.to_string();
    let steps = handshake(config);
    if let Err(source) = socket.write_all(&packed(&steps)).await {
        return Err(RedisConnectionError::Lost {
            endpoint,
            source: Some(Arc::new(source)),
        });
    }
    // It may read ahead, but only answers to these very commands: nothing else has been asked.
    let mut decoder = Default::default();
    for step in &steps {
        let reply = redis::parse_redis_value_async(&mut decoder, socket).await;
        step.check(
            &reply.map_err(|error| lost(&endpoint, config.connect_timeout, &error))?,
            config,
        )?;
    }
    Ok(())
}

impl Socket {
    async fn connect(endpoint: &Endpoint) -> io::Result<Self> {
        match endpoint {
            Endpoint::Tcp { host, port } => {
                let stream = TcpStream::connect((host.as_str(), *port)).await?;
                // A command is small and waits for its answer: nothing to gather.
                stream.set_nodelay(true)?;
                Ok(Self::Tcp(stream))
            }
            Endpoint::Unix(path) => Ok(Self::Unix(UnixStream::connect(path).await?)),
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Unix(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_flush(cx),
            Self::Unix(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

/// A socket that counts what leaves it.
struct CountingSocket {
    socket: Socket,
    written: Arc<AtomicU64>,
}

impl AsyncRead for CountingSocket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_read(cx, buf)
    }
}

impl AsyncWrite for CountingSocket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.socket).poll_write(cx, bytes);
        if let Poll::Ready(Ok(count)) = polled {
            // Ordering: read by `Link::exchange`, before the bytes are handed over and after this task has ended.
            this.written
                .fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::AcqRel);
        }
        polled
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_shutdown(cx)
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
            self.send(&command().get_packed_command())?;
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
    let info = address.into_connection_info()?.set_redis_settings(no_handshake());
    let tcp = info.tcp_settings().clone().set_nodelay(true);
    redis::Client::open(info.set_tcp_settings(tcp))
}

/// Settings under which redis-rs sends nothing of its own.
fn no_handshake() -> RedisConnectionInfo {
    RedisConnectionInfo::default().set_skip_set_lib_name()
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
        if server.is_transient() || server.code() == "DENIED" {
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
const ROLE_QUESTIONS: [(fn() -> redis::Cmd, fn(&Value) -> ServerRole); 3] = [
    (
        || redis::cmd("HELLO").arg(2).take(),
        |value| role_word(hello_field(value, "role")),
    ),
    (
        || redis::cmd("ROLE"),
        |value| match value {
            Value::Array(items) => role_word(items.first().and_then(text)),
            _ => ServerRole::Unknown,
        },
    ),
    (
        || redis::cmd("INFO").arg("replication").take(),
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

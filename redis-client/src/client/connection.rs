//! Connections: opening them, keeping one alive, and knowing what became of a command when one dies.
//!
//! Promise: no reply ever reaches the wrong caller, no call outlives its deadline, and a command is repeated only when that is
//! safe. Connections are opened here and in the files of this folder, and nowhere else; all of them (the shared one, dedicated
//! ones, the subscriber's, the publisher's) pass the same handshake, so that a wrong password reads the same everywhere.
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

mod handshake;
mod link;
mod messages;
#[cfg(feature = "publisher")]
mod pipeline;
#[cfg(feature = "publisher")]
pub(crate) mod replies;
mod socket;

pub use messages::Message;
pub(crate) use messages::PubSubConnection;
#[cfg(feature = "publisher")]
pub(crate) use pipeline::{PipelineConnection, Reply, TimeLeft};

use super::command::Command;
use super::config::{ConnectionConfig, backoff, random};
use super::error::{Error, Fate, RedisConnectionError};
use handshake::{ROLE_QUESTIONS, hello_field, server_error, text, version_in};
use link::{Batch, Failure, Link, Request};
use redis::Value;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout_at;

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
            State::Connecting { ended } if ended.has_changed().is_ok() => ConnectionState::Connecting,
            State::Up(_) | State::Idle | State::Connecting { .. } => ConnectionState::Idle,
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
            facts.version = text(&answer).and_then(version_in).map(str::to_owned);
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
        let mut attempted = false;
        // Bound: the deadline, looked at in each round: a wait may be over before it began.
        while Instant::now() < deadline {
            let now = Instant::now();
            let wait = {
                let mut state = self.lock();
                match &mut *state {
                    State::Up(link) if link.is_usable() => return Ok(Arc::clone(link)),
                    // The sender is gone but the state was not set: the runtime that connected was shut down.
                    State::Connecting { ended } if ended.has_changed().is_ok() => Wait::For(ended.clone()),
                    State::BackingOff {
                        failures,
                        until,
                        error,
                    } => {
                        let pausing = *until > now;
                        if (pausing || attempted) && (self.config.fail_fast || !error.is_transient()) {
                            return Err(error.clone());
                        }
                        last_error = Some(error.clone());
                        if pausing {
                            Wait::Until(*until)
                        } else {
                            let failures = *failures;
                            Wait::For(self.start_connecting(&mut state, failures))
                        }
                    }
                    State::Idle | State::Up(_) | State::Connecting { .. } => {
                        Wait::For(self.start_connecting(&mut state, 0))
                    }
                }
            };
            match wait {
                Wait::For(mut ended) => {
                    attempted = true;
                    // Ended or out of time: the next round sees which.
                    let _ = timeout_at(deadline.into(), ended.changed()).await;
                }
                Wait::Until(until) => tokio::time::sleep_until(until.min(deadline).into()).await,
            }
        }
        Err(last_error.unwrap_or_else(|| self.config.connect_timed_out()))
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

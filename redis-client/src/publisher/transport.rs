//! The seam towards Redis: one connection, used as a pipe for batches of PUBLISH.
//!
//! The worker needs eight verbs and this trait is all eight. What is behind it, a socket here and a faulty imitation in the
//! simulation, decides nothing: which failure means what is decided by the worker, from [`Outage`] and
//! [`Reply`], so that there is one place for it.
//!
//! *Outage or rejection* is the question this file answers once (spec: promise P6). A refusal that says something about
//! the server or the login will pass or be mended, and the event waits for that. A refusal that says something about
//! the event itself will never pass, and waiting would hold up all others. In doubt it is an outage: that loses nothing.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use thiserror::Error;
use tracing::{debug, debug_span};

use super::store::StoreError;
use crate::client::config::ConnectionConfig;
use crate::client::connection::{self, PipelineConnection, TimeLeft};
use crate::client::{RedisConnectionError, ServerError, ServerRole};

/// One connection to Redis that takes packed commands and gives replies in their order.
pub trait Transport {
    /// Begins to connect, log in and ask for the server's role. Returns at once; an attempt already under way is
    /// given up, an open connection closed.
    fn connect(&mut self);

    /// How the attempt ended, once: `None` while it is under way and after it was asked for.
    fn connected(&mut self) -> Option<Result<Session, Outage>>;

    /// Hands a packed pipeline to the connection, to which so many replies will come. After an error any part of it may have been
    /// sent.
    ///
    /// # Errors
    ///
    /// The connection is gone, or did not take the bytes in time.
    fn send(&mut self, pipeline: &[u8], replies: usize) -> Result<(), Outage>;

    /// Waits for the reply to the oldest command that has none.
    ///
    /// # Errors
    ///
    /// The connection is gone, or the reply did not come in time, or the replies to one pipeline take too long together. It never
    /// comes later: the connection is given up.
    fn receive(&mut self) -> Result<Reply, Outage>;

    /// The reply to the oldest command that has none, if it is a number and has come already: those to a batch come together, and
    /// this is the short way to the next one. `None` says nothing: [`receive`](Self::receive) does.
    fn arrived(&mut self) -> Option<u64> {
        None
    }

    /// Asks whether the server still is a primary. Called with no reply outstanding.
    ///
    /// # Errors
    ///
    /// [`Outage::Replica`], or the connection is gone.
    fn check_role(&mut self) -> Result<(), Outage>;

    /// What the server said before it closed the connection, if it did and if that is a refusal. Called once, after `send` has
    /// failed with no reply outstanding from before; does not wait.
    fn last_words(&mut self) -> Option<ServerError>;

    /// How many receivers a message to any of these channels would have, for that which has the fewest: its subscribers, and
    /// all patterns. `None` when the server does not say. Called with no reply outstanding.
    ///
    /// # Errors
    ///
    /// The connection is gone.
    fn receivers(&mut self, channels: &[String]) -> Result<Option<u64>, Outage>;

    /// Closes the connection, if there is one.
    fn disconnect(&mut self);
}

/// What is known of a server once a connection to it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The largest argument it takes (`proto-max-bulk-len`): to send more closes the connection.
    pub payload_bytes_max: usize,
}

/// What Redis says to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A number: to PUBLISH, that it was taken and passed on to that many subscribers.
    Receivers(u64),
    /// Not taken.
    Refused(ServerError),
    /// A text, from the scripts of the fence.
    Text(String),
    /// Several, from the scripts of the fence.
    List(Vec<Self>),
}

/// Why Redis cannot be published to at present.
///
/// ```
/// use redis_client::client::ServerError;
/// use redis_client::publisher::Outage;
///
/// let outage = Outage::Refused(ServerError::new("OOM", "command not allowed when used memory > 'maxmemory'."));
/// assert!(outage.to_string().starts_with("redis takes no events at present: OOM"));
/// ```
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum Outage {
    /// The first attempt to connect has not ended yet, and took too long.
    #[error("redis has not answered yet")]
    Connecting,
    /// What the buffer holds must be sent first, and it cannot be read or acknowledged.
    #[error("the buffer must be replayed first, and it fails")]
    Buffer(#[source] StoreError),
    /// There is no connection, or the login failed.
    #[error(transparent)]
    Connection(#[from] RedisConnectionError),
    /// The server is a replica: it would take events, and hardly anybody listens there.
    #[error("the server is a replica, and events belong on the primary")]
    Replica,
    /// The server refuses events for a reason that will pass or can be mended.
    #[error("redis takes no events at present: {0}")]
    Refused(ServerError),
    /// The fence belongs to a publisher that this buffer does not know: the buffer is a copy, or was copied, and the other one has
    /// gone on; or the buffer has lost its memory of itself to damage. It does not end by itself.
    #[error(
        "fenced: the fence of this buffer's producer id belongs to a publisher that the buffer does not know: one on a copy of \
         its directory, or itself, if its files `fence` and `producer` were damaged; `redis-client buffer adopt` gives it an id \
         of its own"
    )]
    Fenced,
}

/// Whether a refusal concerns the event itself, so that no later attempt can succeed.
///
/// Only the general code `ERR` can mean that. Each specific code (`LOADING`, `READONLY`, `OOM`, `CLUSTERDOWN`,
/// `MASTERDOWN`, `NOAUTH`, `NOPERM`, `WRONGPASS`, `NOREPLICAS`, `MISCONF`, `BUSY`, `TRYAGAIN` and those still to be
/// invented) speaks of the server or the login, and some lines under `ERR` do too: they are listed here. In doubt, a code
/// is an outage.
///
/// A line under `ERR` that is not listed is final, on purpose: to PUBLISH Redis answers `ERR` for what is wrong with the
/// command, and a line that nobody foresaw must not hold up all others for good. It costs nothing that cannot be
/// mended: the caller is told, or the event lies among the dead letters with these words, and can be put back.
pub(super) fn is_final(refusal: &ServerError) -> bool {
    const OUTAGES: [&str; 8] = [
        "max number of clients",
        "unknown command",
        "unknown redis command",
        "operation not permitted",
        "invalid password",
        "client sent auth",
        // Redis takes arguments of more than 16 KiB only from who is logged in.
        "unauthenticated",
        // A permission that a script lacks has no code of its own.
        "script",
    ];
    let message = refusal.message().to_ascii_lowercase();
    refusal.code() == "ERR" && !OUTAGES.iter().any(|outage| message.contains(outage))
}

/// Whether Redis could not even read the command, so that nothing of it ran: an argument beyond its limit, most of all. It closes
/// the connection then.
pub(super) fn is_protocol_error(refusal: &ServerError) -> bool {
    refusal.code() == "ERR" && refusal.message().starts_with("Protocol error")
}

/// The real thing: a [`PipelineConnection`], connected by a thread of its own.
///
/// An attempt to connect can take as long as the operating system's name resolution and two timeouts; the I/O thread
/// has events to keep meanwhile. So each attempt gets a thread that ends with it.
pub(super) struct RedisTransport {
    config: Arc<ConnectionConfig>,
    connection: Option<PipelineConnection>,
    attempt: Option<Receiver<Result<(PipelineConnection, Session), Outage>>>,
    /// Rung when an attempt has ended.
    bell: Arc<dyn Fn() + Send + Sync>,
    time_left: TimeLeft,
}

impl RedisTransport {
    /// `bell` is rung when an attempt has ended; `time_left` says when all waiting must, once the publisher is being closed.
    pub(super) fn new(
        config: Arc<ConnectionConfig>,
        bell: Arc<dyn Fn() + Send + Sync>,
        time_left: TimeLeft,
    ) -> Self {
        Self {
            config,
            connection: None,
            attempt: None,
            bell,
            time_left,
        }
    }

    fn connection(&mut self) -> Result<&mut PipelineConnection, Outage> {
        self.connection.as_mut().ok_or_else(|| {
            RedisConnectionError::Lost {
                endpoint: self.config.endpoint.to_string(),
                source: None,
            }
            .into()
        })
    }
}

impl Transport for RedisTransport {
    fn connect(&mut self) {
        self.disconnect();
        let config = Arc::clone(&self.config);
        let span = debug_span!("connect", endpoint = %config.endpoint);
        let attempt =
            move || span.in_scope(|| attempt(&config).inspect_err(|outage| debug!(%outage, "no connection")));
        let begun = begin(attempt, Arc::clone(&self.bell));
        self.attempt = Some(begun.unwrap_or_else(|error| {
            let (sender, receiver) = mpsc::sync_channel(1);
            let _ = sender.send(Err(RedisConnectionError::Unreachable {
                endpoint: self.config.endpoint.to_string(),
                source: Arc::new(error),
            }
            .into()));
            (self.bell)();
            receiver
        }));
    }

    fn connected(&mut self) -> Option<Result<Session, Outage>> {
        let ended = match self.attempt.as_ref()?.try_recv() {
            Ok(ended) => ended,
            Err(TryRecvError::Empty) => return None,
            // The attempt's thread panicked.
            Err(TryRecvError::Disconnected) => Err(RedisConnectionError::Lost {
                endpoint: self.config.endpoint.to_string(),
                source: None,
            }
            .into()),
        };
        self.attempt = None;
        Some(ended.map(|(mut connection, session)| {
            connection.end_within(Arc::clone(&self.time_left));
            self.connection = Some(connection);
            session
        }))
    }

    fn send(&mut self, pipeline: &[u8], replies: usize) -> Result<(), Outage> {
        Ok(self.connection()?.send(pipeline, replies)?)
    }

    fn receive(&mut self) -> Result<Reply, Outage> {
        let reply = self.connection()?.receive()?;
        understood(reply).ok_or_else(|| {
            self.connection = None;
            RedisConnectionError::Protocol {
                endpoint: self.config.endpoint.to_string(),
            }
            .into()
        })
    }

    #[inline]
    fn arrived(&mut self) -> Option<u64> {
        let count = self.connection.as_mut()?.arrived()?;
        Some(u64::try_from(count).unwrap_or(0))
    }

    fn check_role(&mut self) -> Result<(), Outage> {
        refuse_replica(self.connection()?)
    }

    fn last_words(&mut self) -> Option<ServerError> {
        self.connection.as_mut()?.last_words()
    }

    fn receivers(&mut self, channels: &[String]) -> Result<Option<u64>, Outage> {
        let connection = self.connection()?;
        let mut question = Vec::new();
        pack_command(&mut question, 2 + channels.len());
        for argument in ["PUBSUB", "NUMSUB"]
            .into_iter()
            .chain(channels.iter().map(String::as_str))
        {
            pack_argument(&mut question, &[argument.as_bytes()]);
        }
        pack(&mut question, &[&[b"PUBSUB"], &[b"NUMPAT"]]);
        connection.send(&question, 2)?;
        let (subscribers, patterns) = (connection.receive()?, connection.receive()?);
        // An ACL may forbid the question.
        let (connection::Reply::Array(subscribers), connection::Reply::Integer(patterns)) =
            (subscribers, patterns)
        else {
            return Ok(None);
        };
        let counts = subscribers.iter().filter_map(|item| match item {
            connection::Reply::Integer(count) => u64::try_from(*count).ok(),
            _ => None,
        });
        let patterns = u64::try_from(patterns).unwrap_or_default();
        Ok(counts.min().map(|least| least.saturating_add(patterns)))
    }

    fn disconnect(&mut self) {
        self.connection = None;
        self.attempt = None;
    }
}

/// Runs an attempt in a thread of its own. When it has ended, also by a panic, the bell rings: what it came to can be
/// received by then, or the receiver is found disconnected.
fn begin<T: Send + 'static>(
    attempt: impl FnOnce() -> T + Send + 'static,
    bell: Arc<dyn Fn() + Send + Sync>,
) -> io::Result<Receiver<T>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("redis-connect".to_owned())
        .spawn(move || {
            // Dropped last, also in a panic: who is woken finds the result, or that there is none.
            let _ring = Ring(bell);
            let sender = sender;
            // Nobody may be there any more; then the connection closes here.
            let _ = sender.send(attempt());
        })?;
    Ok(receiver)
}

/// `None` for what no command of a publisher is answered with.
fn understood(reply: connection::Reply) -> Option<Reply> {
    Some(match reply {
        connection::Reply::Integer(count) => Reply::Receivers(u64::try_from(count).unwrap_or(0)),
        connection::Reply::Error(refusal) => Reply::Refused(refusal),
        connection::Reply::Bytes(bytes) => Reply::Text(String::from_utf8_lossy(&bytes).into_owned()),
        connection::Reply::Array(items) => {
            Reply::List(items.into_iter().map(understood).collect::<Option<_>>()?)
        }
        connection::Reply::Nil => return None,
    })
}

/// Rings when it is dropped.
struct Ring(Arc<dyn Fn() + Send + Sync>);

impl Drop for Ring {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn attempt(config: &ConnectionConfig) -> Result<(PipelineConnection, Session), Outage> {
    let mut connection = PipelineConnection::connect(config)?;
    refuse_replica(&mut connection)?;
    let payload_bytes_max = argument_bytes_max(&mut connection)?;
    Ok((connection, Session { payload_bytes_max }))
}

/// The server's limit for one argument; its default where it does not say.
fn argument_bytes_max(connection: &mut PipelineConnection) -> Result<usize, Outage> {
    const DEFAULT: usize = 512 * 1024 * 1024;
    const NAME: &[u8] = b"proto-max-bulk-len";
    let mut question = Vec::new();
    pack(&mut question, &[&[b"CONFIG"], &[b"GET"], &[NAME]]);
    connection.send(&question, 1)?;
    let answer = match connection.receive()? {
        connection::Reply::Array(answer) => answer,
        // It says so later, and takes no event until then.
        connection::Reply::Error(refusal) if refusal.code() == "BUSY" => {
            return Err(Outage::Refused(refusal));
        }
        // An ACL may forbid the question, and many do.
        _ => return Ok(DEFAULT),
    };
    let value = answer
        .iter()
        .zip(answer.iter().skip(1))
        .find_map(|pair| match pair {
            (connection::Reply::Bytes(name), connection::Reply::Bytes(value)) if name == NAME => Some(value),
            _ => None,
        });
    let number = value.and_then(|value| std::str::from_utf8(value).ok()?.parse().ok());
    Ok(number.unwrap_or(DEFAULT))
}

fn refuse_replica(connection: &mut PipelineConnection) -> Result<(), Outage> {
    match connection.role()? {
        ServerRole::Replica => Err(Outage::Replica),
        // An ACL may hide the role; to refuse such a server would be to refuse nearly all that have ACLs.
        ServerRole::Primary | ServerRole::Unknown => Ok(()),
    }
}

/// Appends `PUBLISH channel payload` as RESP to `pipeline`, for each, and says how many there are; all channels begin with `prefix`.
pub(super) fn pack_publishes<'a>(
    pipeline: &mut Vec<u8>,
    prefix: &[u8],
    events: impl Iterator<Item = (&'a [u8], &'a [u8])>,
) -> usize {
    let mut packed = 0;
    // What a command begins with, up to its payload: the same as that of the one before, if it goes to the same channel, as most do.
    let mut head = Vec::new();
    let mut before = None;
    for (channel, payload) in events {
        // Only the channels are compared: to compare what is empty costs hundreds of cycles on some processors.
        if before != Some(channel) {
            head.clear();
            head.extend_from_slice(b"*3\r\n$7\r\nPUBLISH\r\n");
            pack_argument(&mut head, &[prefix, channel]);
            before = Some(channel);
        }
        pipeline.extend_from_slice(&head);
        pack_header(pipeline, b'$', payload.len());
        pipeline.extend_from_slice(payload);
        pipeline.extend_from_slice(b"\r\n");
        packed += 1;
    }
    packed
}

/// Appends a command as RESP; each argument is the concatenation of its parts.
fn pack(pipeline: &mut Vec<u8>, arguments: &[&[&[u8]]]) {
    pack_command(pipeline, arguments.len());
    for argument in arguments {
        pack_argument(pipeline, argument);
    }
}

/// Begins a command of that many arguments, its name included; they follow by [`pack_argument`].
pub(super) fn pack_command(pipeline: &mut Vec<u8>, arguments: usize) {
    pack_header(pipeline, b'*', arguments);
}

/// Appends one argument, the concatenation of its parts.
pub(super) fn pack_argument(pipeline: &mut Vec<u8>, parts: &[&[u8]]) {
    pack_header(pipeline, b'$', parts.iter().map(|part| part.len()).sum());
    for part in parts {
        pipeline.extend_from_slice(part);
    }
    pipeline.extend_from_slice(b"\r\n");
}

#[inline]
fn pack_header(pipeline: &mut Vec<u8>, kind: u8, number: usize) {
    // Nearly every length has no more than three digits, and there are two in each event: a line of known size is a store,
    // one of another size a call.
    let digit = |value: usize| b'0' + u8::try_from(value % 10).unwrap_or_default();
    match number {
        0..10 => pipeline.extend_from_slice(&[kind, digit(number), b'\r', b'\n']),
        10..100 => pipeline.extend_from_slice(&[kind, digit(number / 10), digit(number), b'\r', b'\n']),
        100..1000 => {
            let (hundreds, tens, ones) = (digit(number / 100), digit(number / 10), digit(number));
            pipeline.extend_from_slice(&[kind, hundreds, tens, ones, b'\r', b'\n']);
        }
        _ => {
            pipeline.push(kind);
            pipeline.extend_from_slice(number.to_string().as_bytes());
            pipeline.extend_from_slice(b"\r\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// The worker sleeps until the bell rings. Once the attempt's thread had panicked it slept for good: nobody rang.
    #[test]
    fn an_attempt_that_panics_rings_the_bell_and_counts_as_lost() {
        let (rung, bell) = mpsc::channel();
        let bell_rope: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
            let _ = rung.send(());
        });
        let client = crate::client::RedisClient::new("127.0.0.1", 1).unwrap();
        let config = Arc::clone(client.connection_config());
        let mut transport = RedisTransport::new(config, Arc::clone(&bell_rope), Arc::new(|| None));
        let panicking = || std::panic::resume_unwind(Box::new("while connecting"));
        transport.attempt = Some(begin(panicking, bell_rope).unwrap());
        bell.recv_timeout(Duration::from_secs(20)).unwrap();
        let ended = transport.connected();
        assert!(
            matches!(
                ended,
                Some(Err(Outage::Connection(RedisConnectionError::Lost { .. })))
            ),
            "{ended:?}"
        );
        // Said once.
        assert!(transport.connected().is_none());
    }

    #[test]
    fn commands_are_packed_as_resp() {
        let events = [
            ("c", String::new()),
            ("orders.executed", "{}".to_owned()),
            ("orders.executed", "{}".to_owned()),
            ("orders.executed", "y".repeat(9)),
            ("cc", "y".repeat(10)),
            ("cc", "y".repeat(99)),
            ("c", "y".repeat(100)),
            ("cc", "y".repeat(999)),
            ("cc", "y".repeat(1000)),
            ("x", "y".repeat(70_000)),
        ];
        let parts = events
            .iter()
            .map(|(channel, payload)| (channel.as_bytes(), payload.as_bytes()));
        let mut pipeline = b"before".to_vec();
        assert_eq!(pack_publishes(&mut pipeline, b"ns.", parts), events.len());
        let mut expected = "before".to_owned();
        for (channel, payload) in &events {
            let (channel_len, payload_len) = (3 + channel.len(), payload.len());
            let command = format!(
                "*3\r\n$7\r\nPUBLISH\r\n${channel_len}\r\nns.{channel}\r\n${payload_len}\r\n{payload}\r\n"
            );
            expected.push_str(&command);
        }
        assert!(pipeline == expected.as_bytes(), "packed as something else");
    }

    #[test]
    fn a_refusal_is_final_only_when_it_speaks_of_the_event() {
        let outages = [
            "LOADING Redis is loading the dataset in memory",
            "READONLY You can't write against a read only replica.",
            "OOM command not allowed when used memory > 'maxmemory'.",
            "CLUSTERDOWN The cluster is down",
            "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
            "NOAUTH Authentication required.",
            "NOPERM this user has no permissions to access one of the channels used as arguments",
            "WRONGPASS invalid username-password pair or user is disabled.",
            "NOREPLICAS Not enough good replicas to write.",
            "MISCONF Redis is configured to save RDB snapshots",
            "BUSY Redis is busy running a script.",
            "TRYAGAIN Multiple keys request during rehashing of slot",
            "ERR max number of clients reached",
            "ERR unknown command 'PUBLISH', with args beginning with:",
            "ERR operation not permitted",
            "ERR invalid password",
            "ERR Client sent AUTH, but no password is set",
            "ERR Protocol error: unauthenticated bulk length",
            "ERR ACL failure in script: No permissions to access a channel",
            "ERR The user executing the script can't publish to the channel mentioned in the command",
            "ERR Unknown Redis command called from script",
            "upstream failure",
        ];
        let finals = [
            "ERR Protocol error: invalid bulk length",
            "ERR string exceeds maximum allowed size",
        ];
        let refusal = |line: &str| {
            let (code, message) = line.split_once(' ').unwrap();
            ServerError::new(code, message)
        };
        for line in outages {
            assert!(!is_final(&refusal(line)), "{line}");
        }
        for line in finals {
            assert!(is_final(&refusal(line)), "{line}");
        }
    }
}

//! A Redis in memory, and connections to it that fail by seed.
//!
//! **Fault model.** What may break, where, and how much:
//!
//! - *Connecting* takes a while and may be refused, run into its timeout, or fail its login. A replica is reported.
//! - *Sending* may fail after any number of bytes; whole commands among them may still reach the server.
//! - *A reply* may be lost with its connection, after the server has worked on any number of the commands sent, or fail
//!   to come in time. What lies in the socket of a connection that was given up may be worked on *later*, also beside
//!   what newer connections send; each connection's commands keep their order.
//! - *The server* may be killed (connections break, what they hold is lost, what it published is published), come back
//!   with or without its role, be made a replica at any moment, and refuse any number of PUBLISH for a reason that
//!   passes (`OOM`). It refuses poisoned events for good, and closes the connection on an argument beyond its limit.
//! - *Nothing* is invented: the server publishes what was sent, byte for byte.
//!
//! What reaches the server as a primary is written down in order: [`SimRedis::arrivals`] is what the referee goes by.
//! The same seed gives the same faults.

#![expect(
    clippy::indexing_slicing,
    reason = "sockets are numbered by this file; what is not RESP is a finding"
)]

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis_client::RedisConnectionError;
use redis_client::client::ServerError;
use redis_client::publisher::Outage;
use redis_client::publisher::simulation::{Reply, Session, Transport};

use super::storage::Random;

/// How often what fails, in a thousand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// Attempts to connect that fail although the server is up.
    pub connect: u32,
    /// Sends that fail after some of the bytes.
    pub send: u32,
    /// Replies lost with their connection.
    pub lost: u32,
    /// Replies that do not come in time.
    pub late: u32,
    /// PUBLISH refused for a reason that passes.
    pub refused: u32,
}

/// The largest argument the server takes.
pub const PAYLOAD_BYTES_MAX: usize = 2000;
/// How long the client waits for a reply.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long it waits for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The server, and the time it shares with the simulation. Clones are the same server.
#[derive(Debug, Clone)]
pub struct SimRedis {
    server: Arc<Mutex<Server>>,
}

#[derive(Debug)]
struct Server {
    random: Random,
    faults: Faults,
    now: Duration,
    is_up: bool,
    replica_since: Option<Duration>,
    poison: HashSet<Vec<u8>>,
    arrivals: Vec<Arrival>,
    refused: HashSet<Vec<u8>>,
    sockets: Vec<Socket>,
    attempt_ends_at: Duration,
    subscribers: u64,
    /// It does not say how many there are.
    hides_subscribers: bool,
    /// The client has died: what it does from now on has no effect.
    client_is_dead: bool,
}

/// One PUBLISH that the server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The channel.
    pub channel: String,
    /// The payload.
    pub payload: Vec<u8>,
    /// How long the server had been a replica when it was sent: hardly anybody heard it.
    pub on_replica_for: Option<Duration>,
    /// Whether it came on a connection that the client had given up.
    pub is_late: bool,
    /// When it was sent.
    pub sent_at: Duration,
}

/// A PUBLISH that the server has not worked on yet.
#[derive(Debug)]
struct Sent {
    channel: String,
    payload: Vec<u8>,
    /// How long the server had been a replica when it was sent.
    on_replica_for: Option<Duration>,
    at: Duration,
}

#[derive(Debug, Default)]
struct Socket {
    inbox: VecDeque<Sent>,
    replies: VecDeque<Reply>,
    /// The server's end is closed.
    is_closed: bool,
    /// The client's end is.
    is_given_up: bool,
}

impl SimRedis {
    /// A server that is up and a primary.
    #[must_use]
    pub fn new(seed: u64, faults: Faults) -> Self {
        let server = Server {
            random: Random::new(seed),
            faults,
            now: Duration::ZERO,
            is_up: true,
            replica_since: None,
            poison: HashSet::new(),
            arrivals: Vec::new(),
            refused: HashSet::new(),
            sockets: Vec::new(),
            attempt_ends_at: Duration::ZERO,
            subscribers: 0,
            hides_subscribers: false,
            client_is_dead: false,
        };
        Self {
            server: Arc::new(Mutex::new(server)),
        }
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection's client end, not yet connected.
    #[must_use]
    pub fn transport(&self) -> SimTransport {
        SimTransport {
            redis: self.clone(),
            socket: None,
            attempt: None,
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.server().now
    }

    /// When the last attempt to connect will have ended.
    #[must_use]
    pub fn attempt_ends_at(&self) -> Duration {
        self.server().attempt_ends_at
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.server().now += by;
    }

    /// Sets what fails from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.server().faults = faults;
    }

    /// Makes the server refuse this payload for good.
    pub fn poison(&self, payload: Vec<u8>) {
        self.server().poison.insert(payload);
    }

    /// Kills the server: it works on some of what it was sent, and all connections break.
    pub fn kill(&self) {
        let mut server = self.server();
        server.work_on_some();
        server.is_up = false;
        server.sockets.iter_mut().for_each(Socket::close);
    }

    /// Starts it again, as a primary.
    pub fn start(&self) {
        let mut server = self.server();
        server.is_up = true;
        server.replica_since = None;
    }

    /// So many listen from now on; `None` when it does not say.
    pub fn set_subscribers(&self, subscribers: Option<u64>) {
        let mut server = self.server();
        server.hides_subscribers = subscribers.is_none();
        server.subscribers = subscribers.unwrap_or_default();
    }

    /// Whether it runs.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.server().is_up
    }

    /// Makes it a replica; connections stay.
    pub fn demote(&self) {
        let mut server = self.server();
        let now = server.now;
        server.replica_since.get_or_insert(now);
    }

    /// Makes it a primary again.
    pub fn promote(&self) {
        self.server().replica_since = None;
    }

    /// Works on some of what lies in its sockets, also in those that were given up.
    pub fn work_on_some(&self) {
        self.server().work_on_some();
    }

    /// The client's process dies: nothing it does from now on reaches the server.
    pub fn client_dies(&self) {
        self.server().client_is_dead = true;
    }

    /// A new process takes the client's place.
    pub fn client_lives(&self) {
        self.server().client_is_dead = false;
    }

    /// Everything published, in order.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.server().arrivals.clone()
    }

    /// Whether this payload was ever refused for a reason that passes.
    #[must_use]
    pub fn has_refused(&self, payload: &[u8]) -> bool {
        self.server().refused.contains(payload)
    }
}

impl Server {
    fn work_on_some(&mut self) {
        for socket in 0..self.sockets.len() {
            let count = self.sockets[socket].inbox.len();
            for _ in 0..self.random.below(count + 1) {
                self.work_on(socket);
            }
        }
    }

    /// Works on the oldest command of a socket.
    fn work_on(&mut self, socket: usize) {
        if !self.is_up {
            return;
        }
        let Some(Sent {
            channel,
            payload,
            on_replica_for,
            at: sent_at,
        }) = self.sockets[socket].inbox.pop_front()
        else {
            return;
        };
        let reply = if payload.len() > PAYLOAD_BYTES_MAX {
            self.sockets[socket].inbox.clear();
            self.sockets[socket].is_closed = true;
            Reply::Refused(ServerError::new("ERR", "Protocol error: invalid bulk length"))
        } else if self.poison.contains(&payload) {
            Reply::Refused(ServerError::new("ERR", "this one never"))
        } else if self.random.chance(self.faults.refused) {
            self.refused.insert(payload);
            Reply::Refused(ServerError::new(
                "OOM",
                "command not allowed when used memory > 'maxmemory'.",
            ))
        } else {
            let is_late = self.sockets[socket].is_given_up;
            self.arrivals.push(Arrival {
                channel,
                payload,
                on_replica_for,
                is_late,
                sent_at,
            });
            Reply::Receivers(1)
        };
        self.sockets[socket].replies.push_back(reply);
    }
}

impl Socket {
    fn close(&mut self) {
        self.inbox.clear();
        self.replies.clear();
        self.is_closed = true;
    }
}

/// The client's end of connections to a [`SimRedis`], one at a time.
#[derive(Debug)]
pub struct SimTransport {
    redis: SimRedis,
    socket: Option<usize>,
    attempt: Option<(Duration, Result<(), Outage>)>,
}

fn lost() -> Outage {
    RedisConnectionError::Lost {
        endpoint: "simulated".to_owned(),
        source: None,
    }
    .into()
}

fn timeout(timeout: Duration) -> Outage {
    RedisConnectionError::Timeout {
        endpoint: "simulated".to_owned(),
        timeout,
    }
    .into()
}

fn login_failed() -> Outage {
    let server = ServerError::new("WRONGPASS", "invalid username-password pair or user is disabled.");
    RedisConnectionError::Authentication {
        endpoint: "simulated".to_owned(),
        server,
    }
    .into()
}

impl Transport for SimTransport {
    fn connect(&mut self) {
        self.disconnect();
        let mut server = self.redis.server();
        let server = &mut *server;
        let fails = server.random.chance(server.faults.connect);
        let quick = Duration::from_micros(200 + server.random.next() % 2000);
        let (takes, ends) = if server.is_up && !fails {
            (quick, Ok(()))
        } else {
            match server.random.below(4) {
                0 => (CONNECT_TIMEOUT, Err(timeout(CONNECT_TIMEOUT))),
                1 => (quick, Err(login_failed())),
                _ => (quick, Err(lost())),
            }
        };
        self.attempt = Some((server.now + takes, ends));
        server.attempt_ends_at = server.now + takes;
    }

    fn connected(&mut self) -> Option<Result<Session, Outage>> {
        let (ends_at, _) = self.attempt.as_ref()?;
        let mut server = self.redis.server();
        if *ends_at > server.now {
            return None;
        }
        let (_, ends) = self.attempt.take()?;
        Some(match ends {
            Err(outage) => Err(outage),
            Ok(()) if !server.is_up => Err(lost()),
            Ok(()) if server.replica_since.is_some() => Err(Outage::Replica),
            Ok(()) => {
                server.sockets.push(Socket::default());
                self.socket = Some(server.sockets.len() - 1);
                Ok(Session {
                    payload_bytes_max: PAYLOAD_BYTES_MAX,
                })
            }
        })
    }

    fn send(&mut self, pipeline: &[u8]) -> Result<(), Outage> {
        let mut server = self.redis.server();
        let server = &mut *server;
        let socket = self.socket.expect("send needs a connection");
        assert!(!pipeline.is_empty(), "redis-rs takes an empty write for an end");
        server.now += Duration::from_micros(5 + pipeline.len() as u64 / 1000);
        if server.client_is_dead {
            return Err(lost());
        }
        let fails = server.random.chance(server.faults.send);
        let sent = if fails {
            server.random.below(pipeline.len() + 1)
        } else {
            pipeline.len()
        };
        if !server.sockets[socket].is_closed {
            let on_replica_for = server.replica_since.map(|since| server.now.saturating_sub(since));
            let at = server.now;
            let (commands, left) = parse(&pipeline[..sent]);
            let commands = commands.into_iter().map(|(channel, payload)| Sent {
                channel,
                payload,
                on_replica_for,
                at,
            });
            assert!(fails || left == 0, "the pipeline ends in the middle of a command");
            server.sockets[socket].inbox.extend(commands);
        }
        if server.random.chance(300) {
            server.work_on_some();
        }
        if fails {
            server.sockets[socket].is_closed |= server.random.chance(500);
            return Err(lost());
        }
        // A dead peer is often noticed at the first read only.
        if server.sockets[socket].is_closed && server.random.chance(500) {
            return Err(lost());
        }
        Ok(())
    }

    fn receive(&mut self) -> Result<Reply, Outage> {
        let mut server = self.redis.server();
        let server = &mut *server;
        let socket = self.socket.expect("receive needs a connection");
        server.now += Duration::from_micros(1);
        if server.client_is_dead {
            return Err(lost());
        }
        if server.random.chance(server.faults.lost) {
            server.work_on_some();
            server.sockets[socket].close();
        }
        if server.random.chance(server.faults.late) {
            // Nobody says that the server will not work on it, later.
            server.now += RESPONSE_TIMEOUT;
            return Err(timeout(RESPONSE_TIMEOUT));
        }
        if server.sockets[socket].replies.is_empty() {
            let is_closed = server.sockets[socket].is_closed;
            assert!(
                is_closed || !server.sockets[socket].inbox.is_empty(),
                "waits for a reply that nothing was sent for"
            );
            server.work_on(socket);
        }
        server.sockets[socket].replies.pop_front().ok_or_else(lost)
    }

    fn check_role(&mut self) -> Result<(), Outage> {
        let mut server = self.redis.server();
        let server = &mut *server;
        let socket = self.socket.expect("check_role needs a connection");
        server.now += Duration::from_micros(50);
        if server.client_is_dead {
            return Err(lost());
        }
        if server.random.chance(server.faults.lost) {
            server.sockets[socket].close();
        }
        if server.sockets[socket].is_closed {
            return Err(lost());
        }
        let outstanding = server.sockets[socket].inbox.len() + server.sockets[socket].replies.len();
        assert_eq!(outstanding, 0, "asks for the role with replies outstanding");
        if server.replica_since.is_some() {
            Err(Outage::Replica)
        } else {
            Ok(())
        }
    }

    fn receivers(&mut self, channels: &[String]) -> Result<Option<u64>, Outage> {
        assert!(!channels.is_empty(), "asks for nobody");
        self.check_role()?;
        let server = self.redis.server();
        Ok((!server.hides_subscribers).then_some(server.subscribers))
    }

    fn disconnect(&mut self) {
        if let Some(socket) = self.socket.take() {
            self.redis.server().sockets[socket].is_given_up = true;
        }
        self.attempt = None;
    }
}

/// The whole PUBLISH commands that `bytes` starts with, and how many bytes are left.
fn parse(mut bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, usize) {
    let mut commands = Vec::new();
    loop {
        let mut rest = bytes;
        let Some(command) = command(&mut rest) else {
            return (commands, bytes.len());
        };
        commands.push(command);
        bytes = rest;
    }
}

fn command(rest: &mut &[u8]) -> Option<(String, Vec<u8>)> {
    if header(rest, b'*')? != 3 {
        return None;
    }
    assert_eq!(argument(rest)?, b"PUBLISH");
    let channel = String::from_utf8(argument(rest)?).expect("channels are UTF-8");
    Some((channel, argument(rest)?))
}

fn header(rest: &mut &[u8], kind: u8) -> Option<usize> {
    let line = rest.windows(2).position(|pair| pair == b"\r\n")?;
    assert_eq!(rest.first(), Some(&kind), "not RESP");
    let number = std::str::from_utf8(&rest[1..line])
        .expect("digits")
        .parse()
        .expect("a number");
    *rest = &rest[line + 2..];
    Some(number)
}

fn argument(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let length = header(rest, b'$')?;
    let whole = rest.get(..length + 2)?;
    assert!(whole.ends_with(b"\r\n"), "not RESP");
    let argument = whole[..length].to_vec();
    *rest = &rest[length + 2..];
    Some(argument)
}

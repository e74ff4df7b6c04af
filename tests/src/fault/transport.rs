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
//!   passes (`OOM`). It refuses poisoned events for good, and closes the connection on an argument beyond its limit, which it tells
//!   or hides.
//! - *The fence* lives in the server and forgets its scripts, is flushed, or falls back to an older state (a failover); its
//!   first write of a script is refused like any (`OOM`), and a channel may be closed to the user (`NOPERM`).
//! - *Nothing* is invented: the server publishes what was sent, byte for byte.
//!
//! What reaches the server as a primary is written down in order: [`SimRedis::arrivals`] is what the referee goes by.
//! The same seed gives the same faults.

#![expect(
    clippy::indexing_slicing,
    reason = "sockets are numbered by this file; what is not RESP is a finding"
)]

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis_client::RedisConnectionError;
use redis_client::client::ServerError;
use redis_client::publisher::Outage;
use redis_client::publisher::simulation::{FENCE_BATCH, FENCE_CLAIM, Reply, Session, Transport};

use super::fence::{self, Fence, Rules};
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
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Server {
    random: Random,
    faults: Faults,
    now: Duration,
    is_up: bool,
    replica_since: Option<Duration>,
    poison: HashSet<Vec<u8>>,
    curse: HashSet<Vec<u8>>,
    arrivals: Vec<Arrival>,
    refused: HashSet<Vec<u8>>,
    sockets: Vec<Socket>,
    attempt_ends_at: Duration,
    subscribers: u64,
    /// It does not say how many there are.
    hides_subscribers: bool,
    /// It does not say what it takes as one argument.
    hides_limit: bool,
    /// What it says before it closes reaches nobody whose send failed.
    loses_last_words: bool,
    /// Clients that have died: what they do from now on has no effect.
    dead: HashSet<usize>,
    clients: usize,
    rules: Rules,
    fences: HashMap<String, Fence>,
    /// Whether it knows the batch by its name.
    knows_batch: bool,
    closed_channels: HashSet<String>,
    /// Whether it was made to forget fences.
    has_forgotten: bool,
    /// Sockets whose client has not read that its claim found nothing where something was forgotten.
    untold: HashSet<usize>,
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

/// A command that the server has not worked on yet.
#[derive(Debug)]
struct Sent {
    arguments: Vec<Vec<u8>>,
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
            curse: HashSet::new(),
            arrivals: Vec::new(),
            refused: HashSet::new(),
            sockets: Vec::new(),
            attempt_ends_at: Duration::ZERO,
            subscribers: 0,
            hides_subscribers: false,
            hides_limit: false,
            loses_last_words: false,
            dead: HashSet::new(),
            clients: 0,
            rules: Rules::ALL,
            fences: HashMap::new(),
            knows_batch: false,
            closed_channels: HashSet::new(),
            has_forgotten: false,
            untold: HashSet::new(),
        };
        Self {
            server: Arc::new(Mutex::new(server)),
        }
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new client.
    #[must_use]
    pub fn client(&self) -> SimClient {
        let mut server = self.server();
        server.clients += 1;
        SimClient {
            redis: self.clone(),
            number: server.clients,
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.server().now
    }

    /// When all attempts to connect will have ended.
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

    /// Makes the server, or what is in front of it, close each connection that brings this payload, without a word.
    pub fn curse(&self, payload: Vec<u8>) {
        self.server().curse.insert(payload);
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

    /// Whether it says what it takes as one argument to those that connect from now on.
    pub fn hide_limit(&self, hides: bool) {
        self.server().hides_limit = hides;
    }

    /// Whether what it says before it closes is lost on those whose send failed.
    pub fn lose_last_words(&self, loses: bool) {
        self.server().loses_last_words = loses;
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

    /// Leaves out rules of the fence.
    pub fn set_rules(&self, rules: Rules) {
        self.server().rules = rules;
    }

    /// Forgets the scripts.
    pub fn flush_scripts(&self) {
        self.server().knows_batch = false;
    }

    /// Forgets the fences, and says whether there were any.
    #[must_use]
    pub fn flush(&self) -> bool {
        let mut server = self.server();
        let any = !server.fences.is_empty();
        server.fences.clear();
        server.has_forgotten |= any;
        any
    }

    /// Whether a claim found that its fence was forgotten, and its answer reached nobody.
    #[must_use]
    pub fn has_untold_loss(&self) -> bool {
        !self.server().untold.is_empty()
    }

    /// The state of the fences, to go back to.
    #[must_use]
    pub fn fences(&self) -> HashMap<String, Fence> {
        self.server().fences.clone()
    }

    /// Goes back to an older state of the fences, as a failover to a replica that lags behind.
    pub fn fall_back(&self, fences: HashMap<String, Fence>) {
        let mut server = self.server();
        server.fences = fences;
        server.sockets.iter_mut().for_each(Socket::close);
    }

    /// Takes from the user the permission for a channel, or gives it back.
    pub fn close_channel(&self, channel: &str, is_closed: bool) {
        let mut server = self.server();
        if is_closed {
            server.closed_channels.insert(channel.to_owned());
        } else {
            server.closed_channels.remove(channel);
        }
    }

    /// Whether anything was published.
    #[must_use]
    pub fn has_published(&self) -> bool {
        !self.server().arrivals.is_empty()
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
            arguments,
            on_replica_for,
            at: sent_at,
        }) = self.sockets[socket].inbox.pop_front()
        else {
            return;
        };
        // The script itself is no event.
        let events = if arguments[0] == b"EVAL" { 2 } else { 1 };
        let is_too_large = |argument: &Vec<u8>| argument.len() > PAYLOAD_BYTES_MAX;
        let reply = if arguments.iter().skip(events).any(is_too_large) {
            self.sockets[socket].inbox.clear();
            self.sockets[socket].is_closed = true;
            Reply::Refused(ServerError::new("ERR", "Protocol error: invalid bulk length"))
        } else if arguments
            .iter()
            .skip(events)
            .any(|argument| self.curse.contains(argument))
        {
            self.sockets[socket].inbox.clear();
            self.sockets[socket].is_closed = true;
            return;
        } else {
            let is_late = self.sockets[socket].is_given_up;
            let how = How {
                on_replica_for,
                is_late,
                sent_at,
            };
            if self.has_forgotten && is_claim(&arguments) && !self.fences.contains_key(text(&arguments[3])) {
                self.untold.insert(socket);
            }
            self.answer(&arguments, how)
        };
        self.sockets[socket].replies.push_back(reply);
    }

    fn answer(&mut self, arguments: &[Vec<u8>], how: How) -> Reply {
        if arguments[0] == b"PUBLISH" {
            let (channel, payload) = (text(&arguments[1]), &arguments[2]);
            if !self.poison.contains(payload) && self.random.chance(self.faults.refused) {
                self.refused.insert(payload.clone());
                return refused(OUT_OF_MEMORY);
            }
            return match self.publish(channel, payload, how) {
                Ok(receivers) => Reply::Receivers(receivers),
                Err(error) => refused(error),
            };
        }
        if self.random.chance(self.faults.refused) {
            return refused("BUSY Redis is busy running a script.");
        }
        let is_named = arguments[0] == b"EVALSHA";
        let is_claim = is_claim(arguments);
        if is_named && !self.knows_batch {
            return refused("NOSCRIPT No matching script. Please use EVAL.");
        }
        assert!(
            is_named || is_claim || text(&arguments[1]) == FENCE_BATCH,
            "no script of ours"
        );
        self.knows_batch |= !is_claim;
        let key = text(&arguments[3]).to_owned();
        let mut fence = self.fences.remove(&key).unwrap_or_default();
        let words: Vec<&str> = arguments[4..].iter().map(|argument| text(argument)).collect();
        let rules = self.rules;
        let mut script = Script { server: self, how };
        let reply = if is_claim {
            fence.claim(&words, rules, &mut script)
        } else {
            fence.batch(&words, rules, &mut script)
        };
        if fence != Fence::default() {
            self.fences.insert(key, fence);
        }
        reply
    }

    fn publish(&mut self, channel: &str, payload: &[u8], how: How) -> Result<u64, &'static str> {
        if self.poison.contains(payload) {
            return Err("ERR this one never");
        }
        if self.closed_channels.contains(channel) {
            return Err("NOPERM No permissions to access a channel");
        }
        self.arrivals.push(Arrival {
            channel: channel.to_owned(),
            payload: payload.to_vec(),
            on_replica_for: how.on_replica_for,
            is_late: how.is_late,
            sent_at: how.sent_at,
        });
        Ok(1)
    }
}

fn is_claim(arguments: &[Vec<u8>]) -> bool {
    arguments[0] == b"EVAL" && text(&arguments[1]) == FENCE_CLAIM
}

const OUT_OF_MEMORY: &str = "OOM command not allowed when used memory > 'maxmemory'.";

fn refused(line: &str) -> Reply {
    let (code, message) = line.split_once(' ').unwrap_or((line, ""));
    Reply::Refused(ServerError::new(code, message))
}

fn text(argument: &[u8]) -> &str {
    std::str::from_utf8(argument).expect("all that is sent here is text")
}

/// How a command came to the server: see [`Arrival`].
#[derive(Debug, Clone, Copy)]
struct How {
    on_replica_for: Option<Duration>,
    is_late: bool,
    sent_at: Duration,
}

/// A script while it runs.
struct Script<'a> {
    server: &'a mut Server,
    how: How,
}

impl fence::Server for Script<'_> {
    fn may_write(&mut self) -> Result<(), String> {
        if self.server.replica_since.is_some() {
            return Err("READONLY You can't write against a read only replica.".to_owned());
        }
        if self.server.random.chance(self.server.faults.refused) {
            return Err(OUT_OF_MEMORY.to_owned());
        }
        Ok(())
    }

    fn publish(&mut self, channel: &str, payload: &[u8]) -> Result<u64, String> {
        let taken = self.server.publish(channel, payload, self.how);
        taken.map_err(str::to_owned)
    }
}

impl Socket {
    fn close(&mut self) {
        self.inbox.clear();
        self.replies.clear();
        self.is_closed = true;
    }
}

/// A process that talks to a [`SimRedis`].
#[derive(Debug, Clone)]
pub struct SimClient {
    redis: SimRedis,
    number: usize,
}

impl SimClient {
    /// A connection's client end, not yet connected.
    #[must_use]
    pub fn transport(&self) -> SimTransport {
        SimTransport {
            redis: self.redis.clone(),
            client: self.number,
            socket: None,
            attempt: None,
        }
    }

    /// It dies: nothing it does from now on reaches the server.
    pub fn dies(&self) {
        self.redis.server().dead.insert(self.number);
    }
}

/// The client's end of connections to a [`SimRedis`], one at a time.
#[derive(Debug)]
pub struct SimTransport {
    redis: SimRedis,
    client: usize,
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
        server.attempt_ends_at = server.attempt_ends_at.max(server.now + takes);
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
                    payload_bytes_max: if server.hides_limit {
                        usize::MAX
                    } else {
                        PAYLOAD_BYTES_MAX
                    },
                })
            }
        })
    }

    fn send(&mut self, pipeline: &[u8], replies: usize) -> Result<(), Outage> {
        let mut server = self.redis.server();
        let server = &mut *server;
        let socket = self.socket.expect("send needs a connection");
        assert!(!pipeline.is_empty(), "redis-rs takes an empty write for an end");
        server.now += Duration::from_micros(5 + pipeline.len() as u64 / 1000);
        if server.dead.contains(&self.client) {
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
            let commands = commands.into_iter().map(|arguments| Sent {
                arguments,
                on_replica_for,
                at,
            });
            assert!(fails || left == 0, "the pipeline ends in the middle of a command");
            assert!(
                fails || commands.len() == replies,
                "it waits for the wrong number of replies"
            );
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
        if server.dead.contains(&self.client) {
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
        let reply = server.sockets[socket].replies.pop_front();
        if reply.is_some() {
            // Nothing else is in flight beside a claim.
            server.untold.remove(&socket);
        }
        reply.ok_or_else(lost)
    }

    fn check_role(&mut self) -> Result<(), Outage> {
        let mut server = self.redis.server();
        let server = &mut *server;
        let socket = self.socket.expect("check_role needs a connection");
        server.now += Duration::from_micros(50);
        if server.dead.contains(&self.client) {
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

    fn last_words(&mut self) -> Option<ServerError> {
        let mut server = self.redis.server();
        let socket = self.socket?;
        // Where a send failed, what was said lies there or got lost.
        let is_lost = server.loses_last_words || server.dead.contains(&self.client);
        let is_heard = server.random.chance(500) && !is_lost;
        match server.sockets[socket].replies.pop_front() {
            Some(Reply::Refused(server)) if is_heard => Some(server),
            _ => None,
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

/// The whole commands that `bytes` starts with, and how many bytes are left.
fn parse(mut bytes: &[u8]) -> (Vec<Vec<Vec<u8>>>, usize) {
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

fn command(rest: &mut &[u8]) -> Option<Vec<Vec<u8>>> {
    let arguments = header(rest, b'*')?;
    (0..arguments).map(|_| argument(rest)).collect()
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

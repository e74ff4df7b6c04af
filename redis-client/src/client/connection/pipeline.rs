//! A blocking connection for pipelines packed elsewhere: the publisher's.
//!
//! Promise: bytes go out and replies come back in order, and after the first error nothing does any more. What the bytes mean is the
//! publisher's business.
//!
//! The socket is the standard library's and not one of redis-rs's connections, since those take a thousand instructions to read the
//! integer that PUBLISH answers; what is said on it, and every other reply, is redis-rs's still. Start at [`PipelineConnection`].

use super::ServerRole;
use super::handshake::{ROLE_QUESTIONS, handshake, is_timeout, packed, server_error};
use super::replies::{Incoming, Next};
use crate::client::config::{ConnectionConfig, Endpoint};
use crate::client::error::{RedisConnectionError, ServerError};
use redis::Value;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How much time is left for all that is to come; `None` while there is no end to it.
pub(crate) type TimeLeft = Arc<dyn Fn() -> Option<Duration> + Send + Sync>;

/// Replies that are still to come to what was sent at once.
struct Batch {
    /// How many there were, and are.
    sent: usize,
    left: usize,
    /// When the first of them was waited for.
    waiting_since: Option<Instant>,
}

/// How long the replies to one batch may take together: one `timeout` for the first of them and one more for each further 256,
/// six at most. That is some fifty replies a second at the default timeout of five seconds, of which a server that is well gives a hundred
/// thousand, and half a minute for the largest batch, as Kafka's `request.timeout.ms` has it.
fn patience(timeout: Duration, replies: usize) -> Duration {
    const REPLIES: usize = 256;
    const TIMEOUTS_MAX: u32 = 6;
    let further = u32::try_from(replies.saturating_sub(1).div_ceil(REPLIES)).unwrap_or(u32::MAX);
    timeout.saturating_mul(further.saturating_add(1).min(TIMEOUTS_MAX))
}

/// How long one send may take as a whole: six times `timeout` for each 16 MiB that it begins. That is half a minute for a batch, at
/// the default timeout, and a pace of half a MiB a second for an event of any size.
fn patience_to_send(timeout: Duration, bytes: usize) -> Duration {
    const TIMEOUTS: u32 = 6;
    const BYTES: usize = 16 << 20;
    let begun = u32::try_from(bytes.div_ceil(BYTES)).unwrap_or(u32::MAX);
    timeout.saturating_mul(TIMEOUTS.saturating_mul(begun))
}

/// A blocking connection that sends bytes packed elsewhere and gives back replies one by one, in order.
///
/// Each reply has `response_timeout`, and those to one [`send`](Self::send) together have [`patience`]: a server that gives one now and
/// then, each in time, does not hold its caller for as long as it likes. Nor does one that takes bytes so: a send as a whole has
/// [`patience_to_send`].
///
/// After any error from [`send`](Self::send) or [`receive`](Self::receive) the connection is of no more use: a reply may be half
/// read, so the next one could not be told from its rest. Both then go on failing.
///
/// # Blocking
/// All methods but the constructor's checks block on the socket, up to the timeouts of the configuration.
pub(crate) struct PipelineConnection {
    stream: Stream,
    incoming: Incoming,
    endpoint: String,
    timeout: Duration,
    time_left: Option<TimeLeft>,
    /// Set by the first error.
    broken: bool,
    /// The socket's timeout is less than `timeout`: what was left for a reply that came in pieces, or for all.
    is_shortened: bool,
    /// What was sent and is not answered, oldest first.
    // Bound: what the caller has in flight.
    batches: VecDeque<Batch>,
    /// It was a send that failed, so what there is to read begins with a reply.
    failed_to_send: bool,
}

impl PipelineConnection {
    /// Opens a connection and completes the handshake: user, password, database. `connect_timeout` bounds connecting and handshake
    /// together, but not the operating system's name resolution, and each address of a name anew;
    /// `response_timeout` bounds each later write, and each reply from when it is waited for.
    pub(crate) fn connect(config: &ConnectionConfig) -> Result<Self, RedisConnectionError> {
        let started = Instant::now();
        let endpoint = config.endpoint.to_string();
        let stream = Stream::connect(&config.endpoint, config.connect_timeout)
            .map_err(|error| connect_failed(config, error))?;
        let mut this = Self {
            stream,
            incoming: Incoming::default(),
            endpoint,
            timeout: config.connect_timeout,
            time_left: None,
            broken: false,
            is_shortened: false,
            batches: VecDeque::new(),
            failed_to_send: false,
        };
        let steps = handshake(config);
        let left = || {
            let left = config.connect_timeout.saturating_sub(started.elapsed());
            left.max(Duration::from_millis(1))
        };
        this.set_timeout(left())?;
        this.send(&packed(&steps), steps.len())
            .map_err(|error| as_connect_timeout(error, config))?;
        for step in &steps {
            this.set_timeout(left())?;
            let reply = this
                .receive_value()
                .map_err(|error| as_connect_timeout(error, config))?;
            step.check(&reply, config)?;
        }
        this.set_timeout(config.response_timeout)?;
        Ok(this)
    }

    /// Changes the limit of each later reply and write, for instance to what is left of a deadline. Must be more than 0.
    pub(crate) fn set_timeout(&mut self, timeout: Duration) -> Result<(), RedisConnectionError> {
        let set = self.stream.set_timeout(timeout);
        self.timeout = timeout;
        set.map_err(|error| self.failed(error))
    }

    /// Hands bytes, whole commands in RESP that have so many `replies`, to the operating system. On an error any part of them may have
    /// been sent. No command at all is sent at once.
    pub(crate) fn send(&mut self, packed: &[u8], replies: usize) -> Result<(), RedisConnectionError> {
        self.check_usable()?;
        if replies > 0 {
            self.batches.push_back(Batch {
                sent: replies,
                left: replies,
                waiting_since: None,
            });
        }
        let mut rest = packed;
        let mut since = None;
        // Bound: each turn writes at least one byte, or fails.
        while !rest.is_empty() {
            let written = match self.stream.write(rest) {
                Ok(0) => Err(io::ErrorKind::WriteZero.into()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other,
            };
            let written = written.map_err(|error| {
                self.failed_to_send = true;
                self.failed(error)
            })?;
            rest = rest.get(written..).unwrap_or_default();
            if !rest.is_empty() {
                let since = *since.get_or_insert_with(Instant::now);
                if since.elapsed() >= patience_to_send(self.timeout, packed.len()) {
                    self.failed_to_send = true;
                    return Err(self.failed(io::ErrorKind::TimedOut.into()));
                }
                self.heed_the_end()?;
            }
        }
        Ok(())
    }

    /// From now on all waits together end when `time_left` says so: each read and write is asked for no more than that. One that has
    /// begun is not cut short.
    pub(crate) fn end_within(&mut self, time_left: TimeLeft) {
        self.time_left = Some(time_left);
    }

    /// Before a wait: bounds it by what is left.
    fn heed_the_end(&mut self) -> Result<(), RedisConnectionError> {
        let Some(left) = self.time_left.as_ref().and_then(|left| left()) else {
            return Ok(());
        };
        let set = if left.is_zero() {
            Err(io::ErrorKind::TimedOut.into())
        } else {
            self.stream.set_timeout(left.min(self.timeout))
        };
        set.map_err(|error| self.failed(error))
    }

    /// What the server said before it closed the connection in the middle of a send, if that is an error. Only when no reply was
    /// outstanding. Asks for what has arrived, and waits for no more.
    pub(crate) fn last_words(&mut self) -> Option<ServerError> {
        const AT_ONCE: Duration = Duration::from_millis(50);
        if !std::mem::take(&mut self.failed_to_send) {
            return None;
        }
        self.stream.set_timeout(AT_ONCE).ok()?;
        self.broken = false;
        let reply = self.receive();
        self.broken = true;
        match reply {
            Ok(Reply::Error(error)) => Some(error),
            _ => None,
        }
    }

    /// Waits for the next reply. A command that the server refused is a [`Reply::Error`], not an error.
    pub(crate) fn receive(&mut self) -> Result<Reply, RedisConnectionError> {
        let value = match self.next()? {
            Next::Integer(number) => return Ok(Reply::Integer(number)),
            next => self.value(next)?,
        };
        reply(value).ok_or_else(|| self.no_reply())
    }

    /// The next reply, if it is an integer and has come already. After an error there is none: what would follow is not known.
    #[inline]
    pub(crate) fn arrived(&mut self) -> Option<i64> {
        if self.broken {
            return None;
        }
        let number = self.incoming.next_integer()?;
        self.has_come();
        Some(number)
    }

    /// Asks the server for its role. Only when no reply is outstanding.
    pub(crate) fn role(&mut self) -> Result<ServerRole, RedisConnectionError> {
        for (command, role_of) in ROLE_QUESTIONS {
            self.send(&command().get_packed_command(), 1)?;
            let role = role_of(&self.receive_value()?);
            if role != ServerRole::Unknown {
                return Ok(role);
            }
        }
        Ok(ServerRole::Unknown)
    }

    fn receive_value(&mut self) -> Result<Value, RedisConnectionError> {
        let next = self.next()?;
        self.value(next)
    }

    /// The next reply that is all there.
    #[inline]
    fn next(&mut self) -> Result<Next, RedisConnectionError> {
        self.check_usable()?;
        let mut waiting_since: Option<Instant> = None;
        // Bound: each read brings something or ends the connection, and a reply has its time.
        loop {
            match self.incoming.next() {
                Next::Missing => {
                    self.heed_the_end()?;
                    self.bound_the_wait(&mut waiting_since)?;
                    match self.incoming.read_from(&mut self.stream) {
                        Ok(0) => return Err(self.failed(io::ErrorKind::UnexpectedEof.into())),
                        Ok(_) => {}
                        Err(error) => return Err(self.failed(error)),
                    }
                }
                next => {
                    if std::mem::take(&mut self.is_shortened) {
                        self.set_timeout(self.timeout)?;
                    }
                    self.has_come();
                    return Ok(next);
                }
            }
        }
    }

    /// One reply less is awaited.
    #[inline]
    fn has_come(&mut self) {
        if let Some(batch) = self.batches.front_mut() {
            batch.left -= 1;
            if batch.left == 0 {
                self.batches.pop_front();
            }
        }
    }

    /// Before a read: bounds it by what is left of the timeout of this reply, which may come in pieces, and of the patience with the
    /// batch, whose replies may come one by one. Without this a server that says something now and then would be waited for without
    /// end.
    fn bound_the_wait(&mut self, waiting_since: &mut Option<Instant>) -> Result<(), RedisConnectionError> {
        let now = Instant::now();
        let since = *waiting_since.get_or_insert(now);
        let mut left = self.timeout.saturating_sub(now - since);
        if let Some(batch) = self.batches.front_mut() {
            let since = *batch.waiting_since.get_or_insert(now);
            left = left.min(patience(self.timeout, batch.sent).saturating_sub(now - since));
        }
        if left == self.timeout {
            return Ok(());
        }
        let end = self.time_left.as_ref().and_then(|left| left());
        let left = end.map_or(left, |end| end.min(left));
        let set = if left.is_zero() {
            Err(io::ErrorKind::TimedOut.into())
        } else {
            self.is_shortened = true;
            self.stream.set_timeout(left)
        };
        set.map_err(|error| self.failed(error))
    }

    fn value(&mut self, next: Next) -> Result<Value, RedisConnectionError> {
        match next {
            Next::Integer(number) => Ok(Value::Int(number)),
            Next::Other(bytes) => redis::parse_redis_value(&bytes).map_err(|_| self.no_reply()),
            Next::Missing | Next::Broken => Err(self.no_reply()),
        }
    }

    /// What came is no reply of Redis, so nothing that follows can be told from it.
    fn no_reply(&mut self) -> RedisConnectionError {
        self.broken = true;
        RedisConnectionError::Protocol {
            endpoint: self.endpoint.clone(),
        }
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

    fn failed(&mut self, error: io::Error) -> RedisConnectionError {
        self.broken = true;
        let endpoint = self.endpoint.clone();
        if is_timeout(&error) {
            let timeout = self.batches.front().and_then(|batch| {
                let patience = patience(self.timeout, batch.sent);
                let waited = batch.waiting_since?.elapsed();
                (waited >= patience).then_some(patience)
            });
            return RedisConnectionError::Timeout {
                endpoint,
                timeout: timeout.unwrap_or(self.timeout),
            };
        }
        // That the other side has ended it is no error of the system's.
        let source = (error.kind() != io::ErrorKind::UnexpectedEof).then(|| Arc::new(error));
        RedisConnectionError::Lost { endpoint, source }
    }
}

/// A socket of either kind, blocking.
enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Stream {
    /// Tries each address of a name for up to `timeout`.
    fn connect(endpoint: &Endpoint, timeout: Duration) -> io::Result<Self> {
        match endpoint {
            Endpoint::Tcp { host, port } => {
                let mut failure = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
                for address in (host.as_str(), *port).to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, timeout) {
                        Ok(stream) => {
                            // A batch goes out at once; nothing follows that would fill its last packet.
                            stream.set_nodelay(true)?;
                            return Ok(Self::Tcp(stream));
                        }
                        Err(error) => failure = error,
                    }
                }
                Err(failure)
            }
            Endpoint::Unix(path) => UnixStream::connect(path).map(Self::Unix),
        }
    }

    fn set_timeout(&self, timeout: Duration) -> io::Result<()> {
        let timeout = Some(timeout);
        match self {
            Self::Tcp(stream) => stream
                .set_read_timeout(timeout)
                .and_then(|()| stream.set_write_timeout(timeout)),
            Self::Unix(stream) => stream
                .set_read_timeout(timeout)
                .and_then(|()| stream.set_write_timeout(timeout)),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(bytes),
            Self::Unix(stream) => stream.read(bytes),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(bytes),
            Self::Unix(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

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

fn connect_failed(config: &ConnectionConfig, error: io::Error) -> RedisConnectionError {
    let endpoint = config.endpoint.to_string();
    if is_timeout(&error) {
        return RedisConnectionError::Timeout {
            endpoint,
            timeout: config.connect_timeout,
        };
    }
    RedisConnectionError::Unreachable {
        endpoint,
        source: Arc::new(error),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::RedisClient;
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    /// A server that says its lines, whatever it hears, and then keeps the connection open until the client closes it, or not.
    fn server(says: &'static str, then_closes: bool) -> (ConnectionConfig, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let client = RedisClient::builder()
            .host("127.0.0.1")
            .port(port)
            .connect_timeout(Duration::from_millis(200))
            .response_timeout(Duration::from_millis(100))
            .build()
            .unwrap();
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(says.as_bytes()).unwrap();
            // Bound: the client, which drops its end.
            while !then_closes && stream.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {}
        });
        (ConnectionConfig::clone(client.connection_config()), serving)
    }

    fn connected(says: &'static str, then_closes: bool) -> (PipelineConnection, JoinHandle<()>) {
        let (config, serving) = server(says, then_closes);
        (PipelineConnection::connect(&config).unwrap(), serving)
    }

    #[test]
    fn the_short_way_takes_what_has_come_and_is_an_integer() {
        let says = "+OK\r\n*0\r\n+PONG\r\n:3\r\n:4\r\n+PONG\r\n:5\r\n";
        let (mut connection, serving) = connected(says, false);
        connection.send(b"*1\r\n$4\r\nPING\r\n", 4).unwrap();
        assert_eq!(connection.receive().unwrap(), Reply::Integer(3));
        assert_eq!(connection.arrived(), Some(4));
        assert_eq!(connection.arrived(), None);
        assert_eq!(connection.batches[0].left, 2);
        assert_eq!(connection.receive().unwrap(), Reply::Bytes(b"PONG".to_vec()));
        assert_eq!(connection.receive().unwrap(), Reply::Integer(5));
        assert!(connection.batches.is_empty());
        drop(connection);
        serving.join().unwrap();
    }

    #[test]
    fn replies_come_one_by_one_and_a_refusal_is_one_of_them() {
        let (mut connection, serving) = connected(
            "+OK\r\n*0\r\n+PONG\r\n:3\r\n-NOPERM no\r\n$-1\r\n*2\r\n:1\r\n$1\r\nx\r\n+PONG\r\n",
            false,
        );
        connection.send(b"", 0).unwrap();
        connection.send(b"*1\r\n$4\r\nPING\r\n", 1).unwrap();
        let refused = Reply::Error(ServerError::new("NOPERM", "no"));
        let array = Reply::Array(vec![Reply::Integer(1), Reply::Bytes(b"x".to_vec())]);
        for expected in [
            Reply::Integer(3),
            refused,
            Reply::Nil,
            array,
            Reply::Bytes(b"PONG".to_vec()),
        ] {
            assert_eq!(connection.receive().unwrap(), expected);
        }
        drop(connection);
        serving.join().unwrap();
    }

    #[test]
    fn a_mute_server_ends_in_a_timeout_and_half_a_reply_ends_the_connection() {
        let (config, serving) = server("", false);
        let error = PipelineConnection::connect(&config).map(drop).unwrap_err();
        assert!(
            matches!(error, RedisConnectionError::Timeout { timeout, .. } if timeout == config.connect_timeout),
            "{error:?}"
        );
        serving.join().unwrap();

        let (mut connection, serving) = connected(concat!("+OK\r\n*0\r\n+PONG\r\n", "$5\r\nhal"), false);
        let error = connection.receive().unwrap_err();
        assert!(error.is_transient(), "{error:?}");
        // What comes next would be the rest of that reply.
        assert!(matches!(
            connection.receive(),
            Err(RedisConnectionError::Lost { .. })
        ));
        assert!(matches!(
            connection.send(b"x", 1),
            Err(RedisConnectionError::Lost { .. })
        ));
        drop(connection);
        serving.join().unwrap();
    }

    #[test]
    fn a_reply_that_comes_in_drips_has_no_more_time_than_one_that_does_not_come() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = RedisClient::builder()
            .host("127.0.0.1")
            .port(listener.local_addr().unwrap().port())
            .response_timeout(Duration::from_millis(200))
            .build()
            .unwrap();
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"+OK\r\n*0\r\n+PONG\r\n:").unwrap();
            let mut drips = 0;
            // Bound: a client that waits for ever would hear a number without end; this one hangs up.
            while drips < 500 && stream.write_all(b"0").is_ok() {
                std::thread::sleep(Duration::from_millis(10));
                drips += 1;
            }
            drips
        });
        let mut connection = PipelineConnection::connect(client.connection_config()).unwrap();
        let error = connection.receive().unwrap_err();
        let timeout = Duration::from_millis(200);
        assert!(
            matches!(error, RedisConnectionError::Timeout { timeout: of, .. } if of == timeout),
            "{error:?}"
        );
        drop(connection);
        assert!(serving.join().unwrap() < 500);
    }

    /// What happened: each write that the server took a little of began its time anew, so a large event held its caller for minutes.
    #[test]
    fn a_send_that_is_taken_in_drips_has_an_end() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = RedisClient::builder()
            .host("127.0.0.1")
            .port(listener.local_addr().unwrap().port())
            .response_timeout(Duration::from_millis(100))
            .build()
            .unwrap();
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"+OK\r\n*0\r\n+PONG\r\n").unwrap();
            let mut taken = vec![0; 64 << 10];
            // Ten seconds at least for all of it. Bound: what is sent.
            while stream.read(&mut taken).is_ok_and(|read| read > 0) {
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let mut connection = PipelineConnection::connect(client.connection_config()).unwrap();
        let error = connection.send(&vec![b'x'; 64 << 20], 1).unwrap_err();
        assert!(matches!(error, RedisConnectionError::Timeout { .. }), "{error:?}");
        drop(connection);
        serving.join().unwrap();
    }

    #[test]
    fn patience_to_send_grows_with_the_bytes() {
        let timeout = Duration::from_secs(5);
        for (bytes, seconds) in [(1, 30), (16 << 20, 30), ((16 << 20) + 1, 60), (64 << 20, 120)] {
            assert_eq!(
                patience_to_send(timeout, bytes),
                Duration::from_secs(seconds),
                "{bytes}"
            );
        }
        assert_eq!(patience_to_send(Duration::MAX, usize::MAX), Duration::MAX);
    }

    #[test]
    fn patience_grows_with_a_batch_and_has_an_end() {
        let timeout = Duration::from_secs(5);
        for (replies, timeouts) in [
            (0, 1),
            (1, 1),
            (2, 2),
            (257, 2),
            (258, 3),
            (1024, 5),
            (1282, 6),
            (usize::MAX, 6),
        ] {
            assert_eq!(patience(timeout, replies), timeout * timeouts, "{replies}");
        }
        assert_eq!(patience(Duration::MAX, 9), Duration::MAX);
    }

    /// What happened: each reply was in time, and a thousand of them held an event for an hour.
    #[test]
    fn replies_that_come_one_by_one_have_an_end_together() {
        let timeout = Duration::from_millis(200);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = RedisClient::builder()
            .host("127.0.0.1")
            .port(listener.local_addr().unwrap().port())
            .response_timeout(timeout)
            .build()
            .unwrap();
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"+OK\r\n*0\r\n+PONG\r\n").unwrap();
            let mut replies = 0;
            // Bound: a client that waits for all would hear all.
            while replies < 250 && stream.write_all(b":1\r\n").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
                replies += 1;
            }
            replies
        });
        let mut connection = PipelineConnection::connect(client.connection_config()).unwrap();
        connection.send(b"*1\r\n$4\r\nPING\r\n", 250).unwrap();
        let mut heard = 0;
        let error = loop {
            match connection.receive() {
                Ok(reply) => assert_eq!(reply, Reply::Integer(1)),
                Err(error) => break error,
            }
            heard += 1;
        };
        // Two timeouts, of which some ten replies fit into each.
        assert!(
            matches!(error, RedisConnectionError::Timeout { timeout: of, .. } if of == 2 * timeout),
            "{error:?}"
        );
        assert!((1..250).contains(&heard), "{heard}");
        drop(connection);
        assert!(serving.join().unwrap() < 250);
    }

    #[test]
    fn a_closed_connection_and_another_protocol_are_told_apart() {
        let (mut connection, serving) = connected("+OK\r\n*0\r\n+PONG\r\n:1\r\n", true);
        serving.join().unwrap();
        assert_eq!(connection.receive().unwrap(), Reply::Integer(1));
        let error = connection.receive().unwrap_err();
        assert!(matches!(error, RedisConnectionError::Lost { .. }), "{error:?}");

        let (config, serving) = server("HTTP/1.1 400 Bad Request\r\n\r\n", false);
        let error = PipelineConnection::connect(&config).map(drop).unwrap_err();
        assert!(
            matches!(error, RedisConnectionError::Protocol { .. }),
            "{error:?}"
        );
        serving.join().unwrap();
    }

    #[test]
    fn nobody_there_and_a_refusal_are_told_apart() {
        let nobody = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let client = RedisClient::new("127.0.0.1", nobody).unwrap();
        let error = PipelineConnection::connect(client.connection_config())
            .map(drop)
            .unwrap_err();
        assert!(
            matches!(error, RedisConnectionError::Unreachable { .. }),
            "{error:?}"
        );

        let (config, serving) = server("-ERR max number of clients reached\r\n", true);
        let error = PipelineConnection::connect(&config).map(drop).unwrap_err();
        assert!(error.is_transient(), "{error:?}");
        serving.join().unwrap();
    }

    #[test]
    fn the_role_is_asked_in_three_ways() {
        let check = |says: &'static str, expected: ServerRole| {
            let (mut connection, serving) = connected(says, false);
            assert_eq!(connection.role().unwrap(), expected, "{says:?}");
            drop(connection);
            serving.join().unwrap();
        };
        check(
            concat!("+OK\r\n*0\r\n+PONG\r\n", "*2\r\n$4\r\nrole\r\n$6\r\nmaster\r\n"),
            ServerRole::Primary,
        );
        check(
            concat!("+OK\r\n*0\r\n+PONG\r\n", "-ERR unknown\r\n*1\r\n$5\r\nslave\r\n"),
            ServerRole::Replica,
        );
        let all_forbidden = concat!(
            "+OK\r\n*0\r\n+PONG\r\n",
            "-NOPERM a\r\n-NOPERM b\r\n-NOPERM c\r\n"
        );
        check(all_forbidden, ServerRole::Unknown);
    }
}

//! One multiplexed connection, from its handshake to its end.
//!
//! Promise: a link that failed knows whether anything left it since a call began. Start at [`Link`].

use super::handshake::{lost, no_handshake};
use super::socket::{CountingSocket, open_socket};
use crate::client::command;
use crate::client::config::ConnectionConfig;
use crate::client::error::RedisConnectionError;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, RedisError, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout_at;

/// What goes over a link at once.
pub(super) trait Request: Sync {
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
pub(super) struct Batch {
    pub(super) pipeline: redis::Pipeline,
    pub(super) repeatable: bool,
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

/// One connection, from its handshake to its end.
pub(super) struct Link {
    connection: MultiplexedConnection,
    pub(super) endpoint: String,
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
pub(super) enum Failure {
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
    pub(super) async fn open(config: &ConnectionConfig) -> Result<Self, RedisConnectionError> {
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
    pub(super) fn is_usable(&self) -> bool {
        // Ordering: `retire` stores before it takes the lock under which the state is read again; a late reader only finds a
        // link that is about to be replaced, whose replies are still its own.
        !self.retired.load(Ordering::Acquire) && self.served.has_changed().is_ok()
    }

    pub(super) fn retire(&self) {
        // Ordering: partner of the load in `is_usable`.
        self.retired.store(true, Ordering::Release);
    }

    /// Sends and waits for the reply until the deadline. Dropping the future gives up the wait, not the command.
    pub(super) async fn exchange<R: Request>(
        &self,
        request: &R,
        deadline: Instant,
    ) -> Result<R::Answer, Failure> {
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "what `#[tokio::test]` expands to")]
mod tests {
    use super::*;
    use crate::client::RedisClient;
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    /// A server that completes the handshake, says `then` when it hears a command, and hangs up.
    fn server(then: &'static str) -> ConnectionConfig {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"+OK\r\n*0\r\n+PONG\r\n").unwrap();
            let mut heard = Vec::new();
            // Bound: the client, which sends one command or hangs up.
            while !heard.ends_with(b"INCR\r\n") {
                let mut bytes = [0; 256];
                match stream.read(&mut bytes) {
                    Ok(count) if count > 0 => heard.extend_from_slice(&bytes[..count]),
                    _ => return,
                }
            }
            stream.write_all(then.as_bytes()).unwrap();
        });
        let client = RedisClient::new("127.0.0.1", port).unwrap();
        ConnectionConfig::clone(client.connection_config())
    }

    async fn exchange(link: &Link) -> Result<Value, Failure> {
        link.exchange(&redis::cmd("INCR"), Instant::now() + Duration::from_secs(20))
            .await
    }

    #[tokio::test]
    async fn what_left_the_socket_may_have_been_executed() {
        let link = Link::open(&server(":1\r\n")).await.unwrap();
        assert!(matches!(exchange(&link).await, Ok(Value::Int(1))));

        let link = Link::open(&server("")).await.unwrap();
        let Err(Failure::Lost { written, source }) = exchange(&link).await else {
            panic!("it hung up");
        };
        assert!(written);
        assert!(matches!(source, RedisConnectionError::Lost { .. }), "{source:?}");
        assert!(!link.is_usable());
    }

    #[tokio::test]
    async fn what_never_left_the_socket_was_never_sent() {
        let link = Link::open(&server("")).await.unwrap();
        // As when the runtime that served it ended: nobody takes the command any more, and the link does not know yet.
        #[expect(
            clippy::used_underscore_binding,
            reason = "elsewhere, dropping it is its only use"
        )]
        link._driver.0.abort();
        assert!(link.is_usable());
        let Err(Failure::Lost { written, .. }) = exchange(&link).await else {
            panic!("nobody served it");
        };
        assert!(!written);
        assert!(!link.is_usable());
    }
}

//! A connection for published messages.
//!
//! Promise: messages come in order and whole, and asking whether the server is there loses none of them. When to ask, and what to do
//! about the answer, is the [subscriber's](crate::client::subscriber) business. Start at [`PubSubConnection`].

use super::deadline_in;
use super::handshake::{lost, no_handshake, server_error};
use super::socket::open_socket;
use crate::client::config::ConnectionConfig;
use crate::client::error::{Error, RedisConnectionError};
use futures_core::Stream as _;
use redis::Value;
use redis::aio::{PubSub, PubSubSink, PubSubStream};
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::timeout_at;

/// A connection for messages, subscribed and pinged by the subscriber.
pub(crate) struct PubSubConnection {
    sink: PubSubSink,
    stream: PubSubStream,
    endpoint: String,
    response_timeout: Duration,
}

/// A message as it came; from [`EventSubscriber::next_message`](crate::client::EventSubscriber::next_message).
///
/// ```
/// fn show(message: &redis_client::client::Message) -> String {
///     format!("{}: {}", message.channel, String::from_utf8_lossy(&message.payload))
/// }
/// # let _ = show;
/// ```
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
            response_timeout: config.response_timeout,
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
        let timeout = self.response_timeout;
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

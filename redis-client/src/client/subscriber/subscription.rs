//! What is subscribed to, and the task that stays subscribed (layer 2): opening, feeding the queue, opening again.

use std::sync::Arc;
use std::time::Instant;

use tokio::time::timeout_at;

use super::queue::{Entry, Feed, Queue};
use crate::client::RedisClient;
use crate::client::config::{ConnectionConfig, backoff, random};
use crate::client::connection::{PubSubConnection, deadline_in};
use crate::client::error::{ConfigError, Error};
use crate::event::ChannelPattern;

/// What is subscribed to, and where.
pub(super) struct Subscription {
    config: Arc<ConnectionConfig>,
    names: Vec<String>,
    globs: Vec<String>,
}

impl Subscription {
    pub(super) fn of(channels: Vec<ChannelPattern>, client: &RedisClient) -> Self {
        let (mut names, mut globs) = (Vec::new(), Vec::new());
        for channel in channels {
            // A namespace holds no glob character, so that it stands in a pattern as it is.
            match channel {
                ChannelPattern::Exact(name) => names.push(client.channel(name)),
                ChannelPattern::Glob(glob) => globs.push(client.channel(&glob)),
            }
        }
        Self::new(names, globs, client)
    }

    /// What the caller names.
    pub(super) fn to(channels: Vec<String>, client: &RedisClient) -> Result<Self, ConfigError> {
        if channels.is_empty() {
            let reason = "must name at least one";
            return Err(ConfigError::Invalid {
                option: "channels",
                reason,
            });
        }
        let (globs, names) = channels
            .into_iter()
            .map(|channel| client.channel(&channel))
            .partition(|channel| channel.contains(['*', '?', '[', '\\']));
        Ok(Self::new(names, globs, client))
    }

    fn new(mut names: Vec<String>, mut globs: Vec<String>, client: &RedisClient) -> Self {
        names.sort();
        names.dedup();
        globs.sort();
        globs.dedup();
        Self {
            config: Arc::clone(client.connection_config()),
            names,
            globs,
        }
    }

    /// The first connection: tried until the deadline while there is hope.
    pub(super) async fn confirmed(&self) -> Result<PubSubConnection, Error> {
        let deadline = deadline_in(self.config.response_timeout);
        let mut failures = 0_u32;
        let mut before = None;
        // Bound: the deadline.
        loop {
            let error = match self.open(deadline).await {
                Ok(connection) => return Ok(connection),
                Err(error) => error,
            };
            failures = failures.saturating_add(1);
            let next = Instant::now() + backoff(failures, random());
            if self.config.fail_fast || !error.is_transient() {
                return Err(error);
            }
            if next >= deadline {
                // An attempt that the deadline cut short says less than one that failed by itself.
                return Err(before.filter(|_| error.is_timeout()).unwrap_or(error));
            }
            before = Some(error);
            tokio::time::sleep_until(next.into()).await;
        }
    }

    /// A connection on which the server has confirmed every channel.
    async fn open(&self, deadline: Instant) -> Result<PubSubConnection, Error> {
        let opened = timeout_at(deadline.into(), PubSubConnection::open(&self.config)).await;
        let mut connection = opened.unwrap_or_else(|_| Err(self.config.connect_timed_out()))?;
        connection.subscribe(&self.names, &self.globs, deadline).await?;
        Ok(connection)
    }

    /// Feeds the queue for as long as anybody reads it, on one connection after the other.
    pub(super) async fn keep_up(self, mut connection: PubSubConnection, feed: Feed) {
        // Bound: the reader; dropping it ends this task.
        loop {
            self.pump(&mut connection, &feed.0).await;
            tracing::warn!(endpoint = %self.config.endpoint, "the subscription's connection was lost");
            connection = self.reopened().await;
            feed.0.push(Entry::Reconnected);
        }
    }

    async fn reopened(&self) -> PubSubConnection {
        let mut failures = 0_u32;
        // Bound: the reader, as above; and each attempt by its own deadline.
        loop {
            let deadline = deadline_in(
                self.config
                    .connect_timeout
                    .saturating_add(self.config.response_timeout),
            );
            match self.open(deadline).await {
                Ok(connection) => return connection,
                Err(error) => {
                    failures = failures.saturating_add(1);
                    let pause = backoff(failures, random());
                    tracing::warn!(%error, failures, pause_ms = pause.as_millis(), "cannot subscribe again");
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    /// Moves messages until the connection is lost, or found dead.
    async fn pump(&self, connection: &mut PubSubConnection, queue: &Queue) {
        let patience = self.config.response_timeout;
        // Bound: the connection's life.
        loop {
            match timeout_at(deadline_in(patience).into(), connection.next()).await {
                Ok(Some(message)) => queue.push(Entry::Message(message)),
                Ok(None) => return,
                Err(_) => {
                    let alive = connection
                        .answers(patience, |message| queue.push(Entry::Message(message)))
                        .await;
                    if !alive {
                        return;
                    }
                }
            }
        }
    }
}

//! Events as they come: a typed stream that subscribes again by itself.
//!
//! Promise: while a subscriber lives, it is subscribed or trying to be, and it says so when events may have been missed:
//! [`Received::Reconnected`] when the connection was, [`Received::Lagged`] when the reader was too slow for its bounded queue,
//! [`Received::Invalid`] when a message is no event. Nothing is dropped without one of them.
//!
//! A connection that died without saying so (a half-open one) is found by asking: after `response_timeout` without a message the
//! server is pinged over the subscription's own connection, and an answer that takes longer than `response_timeout` counts as
//! a loss.
//!
//! A task of its own moves messages from the connection into the queue, undecoded; the reader decodes. Thus a slow reader costs
//! its own queue and never the server, which would cut it off.
//!
//! It refuses to know who publishes. Start at [`EventSubscriber`].

use super::RedisClient;
use super::config::{ConnectionConfig, backoff, random};
use super::connection::{Message, PubSubConnection, deadline_in};
use super::error::{ConfigError, Error};
use crate::codec::DecodeError;
use crate::event::{ChannelPattern, EventSet};
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;
use tokio::task::JoinHandle;
use tokio::time::timeout_at;

/// How many messages wait for a slow reader, when nothing else is asked for.
const QUEUE_CAPACITY: usize = 65_536;
/// How many bytes of payload wait for a slow reader, 64 MiB. One message is kept whatever its size.
const QUEUE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// What a subscriber yields.
///
/// ```
/// use redis_client::client::Received;
///
/// fn describe<E: std::fmt::Debug>(item: &Received<E>) -> String {
///     match item {
///         Received::Event(event) => format!("{event:?}"),
///         Received::Invalid { channel, error, .. } => format!("not an event on {channel}: {error}"),
///         Received::Reconnected => "events may have been missed".to_owned(),
///         Received::Lagged(n) => format!("{n} events were dropped here"),
///         _ => "something newer than this program".to_owned(),
///     }
/// }
/// assert_eq!(describe(&Received::<u8>::Lagged(3)), "3 events were dropped here");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Received<S> {
    /// An event, checked against its schema.
    Event(S),
    /// A message on one of our channels that is no event.
    Invalid {
        /// The channel, without the namespace.
        channel: String,
        /// The message as it came.
        payload: Vec<u8>,
        /// Where and why.
        error: DecodeError,
    },
    /// The connection was lost and stands again. What was published in between is missing.
    Reconnected,
    /// This many messages were dropped here, because the reader was slower than they came and the queue was full.
    Lagged(u64),
}

/// A subscription to one event type or a set of them: a [`Stream`] that ends only with its runtime.
///
/// `S` is an event, an enum of events with `#[derive(EventSet)]`, or `AnyEvent` for all that the schemas know. Types with a plain
/// channel are subscribed to by name, those with a templated one by pattern. With a namespace, the client's, channels carry it and
/// events do not.
///
/// Redis keeps nothing for a subscriber that is away: what is published before [`subscribe`](Self::subscribe) returns or while the
/// connection is down does not arrive later.
///
/// ```
/// use redis_client::{EventPublisher, EventSubscriber, OrderEvent, RedisClient};
/// use redis_client::client::Received;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = RedisClient::from_env()?.namespace("example-orders")?;
/// let mut orders = EventSubscriber::<OrderEvent>::subscribe(&client).await?;
/// let order = OrderEvent {
///     timestamp: "2025-01-17T14:30:00Z".parse()?,
///     run_id: "550e8400-e29b-41d4-a716-446655440000".parse()?,
///     strategy_id: "alpha_baseline".parse()?,
///     num_orders: 3,
///     num_accepted: 2,
///     num_rejected: 1,
/// };
/// EventPublisher::new(&client)?.publish(&order)?.await?;
///
/// while let Some(received) = orders.next().await {
///     match received {
///         Received::Event(event) => {
///             assert_eq!(event, order);
///             break;
///         }
///         Received::Invalid { channel, error, .. } => eprintln!("not an order on {channel}: {error}"),
///         Received::Reconnected | Received::Lagged(_) => eprintln!("some may be missing"),
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventSubscriber<S> {
    queue: Arc<Queue>,
    /// `prod.` of `prod.orders.executed`.
    prefix: String,
    _task: AbortOnDrop,
    events: PhantomData<fn() -> S>,
}

impl<S: EventSet> EventSubscriber<S> {
    /// Subscribes, and returns when the server has confirmed it: every event published from then on is received.
    ///
    /// Ends by the client's `response_timeout`.
    ///
    /// ```
    /// use redis_client::{AnyEvent, EventPublisher, EventSubscriber, RedisClient};
    /// use redis_client::client::Received;
    /// use redis_client::publisher::Outcome;
    /// # use redis_client::OrderEvent;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?.namespace("example-everything")?;
    /// let mut everything = EventSubscriber::<AnyEvent>::subscribe(&client).await?;
    /// # let order = OrderEvent {
    /// #     timestamp: "2025-01-17T14:30:00Z".parse()?,
    /// #     run_id: "550e8400-e29b-41d4-a716-446655440000".parse()?,
    /// #     strategy_id: "alpha_baseline".parse()?,
    /// #     num_orders: 3,
    /// #     num_accepted: 2,
    /// #     num_rejected: 1,
    /// # };
    /// let outcome = EventPublisher::new(&client)?.publish(&order)?.await?;
    /// assert!(matches!(outcome, Outcome::Delivered { receivers: 1, .. }));
    /// assert_eq!(everything.next().await, Some(Received::Event(AnyEvent::Order(order))));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Connection`] when no connection stood in time, and [`Error::Rejected`] when an ACL forbids a channel.
    ///
    /// # Cancel safety
    /// The subscription is given up.
    pub async fn subscribe(client: &RedisClient) -> Result<Self, Error> {
        Self::builder(client).subscribe().await
    }

    /// Starts with the defaults; see [`EventSubscriberBuilder`].
    ///
    /// ```
    /// use redis_client::{EventSubscriber, PriceUpdateEvent, RedisClient, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?.namespace("example-prices")?;
    /// let prices = EventSubscriber::<PriceUpdateEvent>::builder(&client).queue_capacity(1_000).subscribe().await?;
    ///
    /// // Prices have a channel for each symbol, so they are subscribed to by pattern.
    /// let patterns: i64 = client.command(redis::cmd("PUBSUB").arg("NUMPAT")).await?;
    /// assert!(patterns >= 1);
    /// # drop(prices);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(client: &RedisClient) -> EventSubscriberBuilder<S> {
        EventSubscriberBuilder {
            client: client.clone(),
            capacity: QUEUE_CAPACITY,
            channels: None,
            events: PhantomData,
        }
    }

    /// The next item, as soon as there is one; `None` when the runtime that subscribed has ended.
    ///
    /// ```
    /// use redis_client::{EventSubscriber, OrderEvent, RedisClient, redis};
    /// use redis_client::client::Received;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?.namespace("example-next")?;
    /// let mut orders = EventSubscriber::<OrderEvent>::subscribe(&client).await?;
    ///
    /// let channel = client.channel("orders.executed");
    /// let receivers: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("[1, 2]")).await?;
    /// assert_eq!(receivers, 1);
    /// assert!(matches!(orders.next().await, Some(Received::Invalid { .. })));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Received<S>> {
        poll_fn(|context| self.poll_received(context)).await
    }

    /// As [`next`](Self::next), but the message is handed over as it came: for tools that show what is on the wire. It is never
    /// [`Received::Invalid`].
    ///
    /// ```
    /// use redis_client::{EventSubscriber, OrderEvent, RedisClient, redis};
    /// use redis_client::client::Received;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?.namespace("example-message")?;
    /// let mut orders = EventSubscriber::<OrderEvent>::subscribe(&client).await?;
    ///
    /// let channel = client.channel("orders.executed");
    /// let _: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("[1, 2]")).await?;
    /// let Some(Received::Event(message)) = orders.next_message().await else { panic!("nothing came") };
    /// assert_eq!((message.channel.as_str(), message.payload.as_slice()), ("orders.executed", &b"[1, 2]"[..]));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn next_message(&mut self) -> Option<Received<Message>> {
        poll_fn(|context| self.poll_message(context)).await
    }

    fn poll_received(&mut self, context: &mut Context<'_>) -> Poll<Option<Received<S>>> {
        // Bound: the queue; a message that is not ours is skipped.
        loop {
            let message = match std::task::ready!(self.poll_message(context)) {
                None => return Poll::Ready(None),
                Some(Received::Event(message)) => message,
                Some(Received::Reconnected) => return Poll::Ready(Some(Received::Reconnected)),
                Some(Received::Lagged(dropped)) => return Poll::Ready(Some(Received::Lagged(dropped))),
                // Nothing is decoded there.
                Some(Received::Invalid { .. }) => continue,
            };
            match S::decode(&message.channel, &message.payload) {
                None => {}
                Some(Ok(event)) => return Poll::Ready(Some(Received::Event(event))),
                Some(Err(error)) => {
                    let Message { channel, payload } = message;
                    return Poll::Ready(Some(Received::Invalid {
                        channel,
                        payload,
                        error,
                    }));
                }
            }
        }
    }

    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Received<Message>>> {
        // Bound: the queue; a message of another namespace is skipped.
        loop {
            match std::task::ready!(self.queue.poll_pop(context)) {
                None => return Poll::Ready(None),
                Some(Entry::Reconnected) => return Poll::Ready(Some(Received::Reconnected)),
                Some(Entry::Lagged(dropped)) => return Poll::Ready(Some(Received::Lagged(dropped))),
                Some(Entry::Message(Message { channel, payload })) => {
                    if let Some(channel) = channel.strip_prefix(self.prefix.as_str()) {
                        let channel = channel.to_owned();
                        return Poll::Ready(Some(Received::Event(Message { channel, payload })));
                    }
                }
            }
        }
    }
}

impl<S: EventSet> Stream for EventSubscriber<S> {
    type Item = Received<S>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_received(context)
    }
}

impl<S> fmt::Debug for EventSubscriber<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queue = self.queue.lock();
        f.debug_struct("EventSubscriber")
            .field("waiting", &queue.entries.len())
            .field("dropped", &queue.dropped)
            .finish_non_exhaustive()
    }
}

/// What is left to choose about a subscription.
///
/// ```
/// use redis_client::{EventSubscriber, OrderEvent, RedisClient};
///
/// let client = RedisClient::builder().build()?;
/// let builder = EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(10_000);
/// # let _ = builder;
/// # Ok::<(), redis_client::client::Error>(())
/// ```
#[must_use = "a builder does nothing until `subscribe` is called"]
pub struct EventSubscriberBuilder<S> {
    client: RedisClient,
    capacity: usize,
    /// Instead of those of `S`.
    channels: Option<Vec<String>>,
    events: PhantomData<fn() -> S>,
}

impl<S: EventSet> EventSubscriberBuilder<S> {
    /// Subscribes to these instead of all channels of `S`: names, and globs where one of `*`, `?`, `[` or `\` occurs. The
    /// namespace is added.
    ///
    /// A message that two of them match comes twice, as Redis has it. One on a channel of no event of `S` is skipped by
    /// [`next`](EventSubscriber::next) and seen by [`next_message`](EventSubscriber::next_message) alone.
    ///
    /// ```
    /// use redis_client::{EventSubscriber, PriceUpdateEvent, RedisClient};
    ///
    /// let client = RedisClient::builder().build()?;
    /// let builder = EventSubscriber::<PriceUpdateEvent>::builder(&client).channels(["price.updated.AAPL", "price.updated.B*"]);
    /// # let _ = builder;
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn channels<C: Into<String>>(mut self, channels: impl IntoIterator<Item = C>) -> Self {
        self.channels = Some(channels.into_iter().map(Into::into).collect());
        self
    }

    /// How many messages may wait for the reader before the oldest are dropped and counted, 65,536 by default and at least 1.
    /// Whatever their number, 64 MiB of payload is the limit.
    ///
    /// ```
    /// use redis_client::{EventSubscriber, OrderEvent, RedisClient};
    ///
    /// let client = RedisClient::builder().build()?;
    /// let builder = EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(100);
    /// # let _ = builder;
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn queue_capacity(mut self, messages: usize) -> Self {
        self.capacity = messages;
        self
    }

    /// Subscribes, as [`EventSubscriber::subscribe`].
    ///
    /// ```
    /// use redis_client::{EventSubscriber, OrderEvent, RedisClient, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?.namespace("example-builder")?;
    /// let orders = EventSubscriber::<OrderEvent>::builder(&client).subscribe().await?;
    ///
    /// let channel = client.channel("orders.executed");
    /// let receivers: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("{}")).await?;
    /// assert_eq!(receivers, 1);
    /// assert!(EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(0).subscribe().await.is_err());
    /// # drop(orders);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`EventSubscriber::subscribe`], and [`Error::Config`] for a capacity of 0 or an empty list of channels.
    ///
    /// # Cancel safety
    /// The subscription is given up.
    pub async fn subscribe(self) -> Result<EventSubscriber<S>, Error> {
        if self.capacity == 0 {
            let reason = "must be at least 1";
            return Err(ConfigError::Invalid {
                option: "queue_capacity",
                reason,
            }
            .into());
        }
        let prefix = self.client.channel("");
        let subscription = match self.channels {
            Some(channels) => Subscription::to(channels, &self.client)?,
            None => Subscription::of(S::channels(), &self.client),
        };
        let connection = subscription.confirmed().await?;
        let queue = Arc::new(Queue::new(self.capacity));
        let task = tokio::spawn(subscription.keep_up(connection, Feed(Arc::clone(&queue))));
        Ok(EventSubscriber {
            queue,
            prefix,
            _task: AbortOnDrop(task),
            events: PhantomData,
        })
    }
}

impl<S> fmt::Debug for EventSubscriberBuilder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSubscriberBuilder")
            .field("client", &self.client)
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

/// What is subscribed to, and where.
struct Subscription {
    config: Arc<ConnectionConfig>,
    names: Vec<String>,
    globs: Vec<String>,
}

impl Subscription {
    fn of(channels: Vec<ChannelPattern>, client: &RedisClient) -> Self {
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
    fn to(channels: Vec<String>, client: &RedisClient) -> Result<Self, ConfigError> {
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
    async fn confirmed(&self) -> Result<PubSubConnection, Error> {
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
    async fn keep_up(self, mut connection: PubSubConnection, feed: Feed) {
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

struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The task's end of the queue: when it goes, the reader learns that nothing will come any more.
struct Feed(Arc<Queue>);

impl Drop for Feed {
    fn drop(&mut self) {
        self.0.close();
    }
}

enum Entry {
    Message(Message),
    Reconnected,
    Lagged(u64),
}

/// Messages between the task and the reader, bounded in number and bytes: when it is full, the oldest go and are counted.
struct Queue {
    inner: Mutex<QueueInner>,
    capacity: usize,
    bytes_max: usize,
}

#[derive(Default)]
struct QueueInner {
    entries: VecDeque<Entry>,
    bytes: usize,
    /// Messages dropped in front of the first entry.
    dropped: u64,
    /// Whether a reconnection was among them.
    reconnected: bool,
    reader: Option<Waker>,
    closed: bool,
}

impl Queue {
    fn new(capacity: usize) -> Self {
        Self {
            inner: Mutex::new(QueueInner::default()),
            capacity,
            bytes_max: QUEUE_BYTES_MAX,
        }
    }

    fn push(&self, entry: Entry) {
        let mut inner = self.lock();
        if let Entry::Message(message) = &entry {
            inner.bytes += message.payload.len();
        }
        inner.entries.push_back(entry);
        // Bound: what lies in the queue. The newest entry stays whatever its size.
        while inner.entries.len() > self.capacity || (inner.bytes > self.bytes_max && inner.entries.len() > 1)
        {
            match inner.entries.pop_front() {
                Some(Entry::Message(message)) => {
                    inner.bytes -= message.payload.len();
                    inner.dropped += 1;
                }
                Some(Entry::Reconnected) => inner.reconnected = true,
                Some(Entry::Lagged(_)) | None => {}
            }
        }
        let reader = inner.reader.take();
        drop(inner);
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    fn poll_pop(&self, context: &mut Context<'_>) -> Poll<Option<Entry>> {
        let mut inner = self.lock();
        if inner.dropped > 0 {
            return Poll::Ready(Some(Entry::Lagged(std::mem::take(&mut inner.dropped))));
        }
        if std::mem::take(&mut inner.reconnected) {
            return Poll::Ready(Some(Entry::Reconnected));
        }
        match inner.entries.pop_front() {
            Some(entry) => {
                if let Entry::Message(message) = &entry {
                    inner.bytes -= message.payload.len();
                }
                Poll::Ready(Some(entry))
            }
            None if inner.closed => Poll::Ready(None),
            None => {
                inner.reader = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    fn close(&self) {
        let mut inner = self.lock();
        inner.closed = true;
        let reader = inner.reader.take();
        drop(inner);
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, QueueInner> {
        // Nothing in here can panic half-way through a change.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(payload: &str) -> Entry {
        Entry::Message(Message {
            channel: "c".to_owned(),
            payload: payload.as_bytes().to_vec(),
        })
    }

    /// All that is in the queue, as text.
    fn drained(queue: &Queue) -> String {
        let mut context = Context::from_waker(Waker::noop());
        let mut all = Vec::new();
        while let Poll::Ready(Some(entry)) = queue.poll_pop(&mut context) {
            all.push(match entry {
                Entry::Message(message) => String::from_utf8(message.payload).unwrap(),
                Entry::Reconnected => "reconnected".to_owned(),
                Entry::Lagged(dropped) => format!("lagged {dropped}"),
            });
        }
        all.join(", ")
    }

    fn queue(capacity: usize, bytes_max: usize) -> Queue {
        Queue {
            bytes_max,
            ..Queue::new(capacity)
        }
    }

    #[test]
    fn a_full_queue_drops_the_oldest_and_says_how_many() {
        let check = |capacity: usize, pushes: &[&str], expected: &str| {
            let queue = queue(capacity, usize::MAX);
            for push in pushes {
                queue.push(if *push == "!" {
                    Entry::Reconnected
                } else {
                    message(push)
                });
            }
            assert_eq!(drained(&queue), expected, "{capacity} {pushes:?}");
            assert_eq!(drained(&queue), "");
            assert_eq!(queue.lock().bytes, 0);
        };
        check(3, &["a", "b", "c"], "a, b, c");
        check(3, &["a", "b", "c", "d", "e"], "lagged 2, c, d, e");
        check(1, &["a", "b"], "lagged 1, b");
        check(2, &["a", "!", "b"], "lagged 1, reconnected, b");
        check(2, &["a", "!", "b", "c"], "lagged 1, reconnected, b, c");
        check(2, &["!", "b", "c", "!"], "lagged 1, reconnected, c, reconnected");
    }

    #[test]
    fn the_queue_is_bounded_in_bytes_too() {
        let queue = queue(100, 4);
        queue.push(message("aa"));
        queue.push(message("bb"));
        queue.push(message("cc"));
        assert_eq!(drained(&queue), "lagged 1, bb, cc");
        queue.push(message("more than the limit"));
        assert_eq!(drained(&queue), "more than the limit");
    }

    #[test]
    fn the_end_comes_after_what_was_received() {
        let queue = Arc::new(queue(10, 100));
        let feed = Feed(Arc::clone(&queue));
        queue.push(message("last"));
        drop(feed);
        assert_eq!(drained(&queue), "last");
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(queue.poll_pop(&mut context), Poll::Ready(None)));
    }
}

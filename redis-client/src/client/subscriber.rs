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
//! It refuses to know who publishes. Start at [`EventSubscriber`]; the task is `subscriber/subscription.rs`. Layer 2.

mod queue;
mod subscription;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::task::JoinHandle;

use self::queue::{Entry, Feed, Queue};
use self::subscription::Subscription;
use super::RedisClient;
use super::connection::Message;
use super::error::{ConfigError, Error};
use crate::codec::DecodeError;
use crate::event::EventSet;

/// How many messages wait for a slow reader, when nothing else is asked for.
const QUEUE_CAPACITY: usize = 65_536;

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

struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

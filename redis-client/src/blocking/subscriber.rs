//! [`EventSubscriber`]: forwarding methods, no logic.

use super::{RedisClient, wait};
use crate::client::{self, Error, Message, Received};
use crate::event::EventSet;
use std::fmt;
use std::time::Duration;

/// A subscription as an endless [`Iterator`]: the blocking face of [`client::EventSubscriber`].
///
/// Messages are received while nobody iterates; they wait in the bounded queue.
///
/// ```
/// use redis_client::blocking::{EventSubscriber, RedisClient};
/// use redis_client::client::Received;
/// use redis_client::{EventPublisher, OrderEvent};
///
/// let client = RedisClient::from_env()?.namespace("example-blocking-orders")?;
/// let orders = EventSubscriber::<OrderEvent>::subscribe(&client)?;
/// # let order = OrderEvent {
/// #     timestamp: "2025-01-17T14:30:00Z".parse()?,
/// #     run_id: "550e8400-e29b-41d4-a716-446655440000".parse()?,
/// #     strategy_id: "alpha_baseline".parse()?,
/// #     num_orders: 3,
/// #     num_accepted: 2,
/// #     num_rejected: 1,
/// # };
/// EventPublisher::new(client.as_async())?.publish(&order)?.wait()?;
/// for received in orders {
///     if let Received::Event(event) = received {
///         assert_eq!(event, order);
///         break;
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// Methods that wait panic inside an async context; see the [module](super).
pub struct EventSubscriber<S> {
    inner: client::EventSubscriber<S>,
}

impl<S: EventSet> EventSubscriber<S> {
    /// As [`client::EventSubscriber::subscribe`].
    ///
    /// ```
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    /// use redis_client::{AnyEvent, redis};
    ///
    /// let client = RedisClient::from_env()?.namespace("example-blocking-everything")?;
    /// let everything = EventSubscriber::<AnyEvent>::subscribe(&client)?;
    ///
    /// let channel = client.channel("signals.generated");
    /// let receivers: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("{}"))?;
    /// assert_eq!(receivers, 1);
    /// # drop(everything);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`client::EventSubscriber::subscribe`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn subscribe(client: &RedisClient) -> Result<Self, Error> {
        Self::builder(client).subscribe()
    }

    /// As [`client::EventSubscriber::builder`].
    ///
    /// ```
    /// use redis_client::OrderEvent;
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    ///
    /// let client = RedisClient::builder().build()?;
    /// let builder = EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(100);
    /// # let _ = builder;
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn builder(client: &RedisClient) -> EventSubscriberBuilder<S> {
        EventSubscriberBuilder {
            inner: client::EventSubscriber::builder(client.as_async()),
        }
    }

    /// As [`client::EventSubscriber::next`]; also what iterating calls.
    ///
    /// ```
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    /// use redis_client::client::Received;
    /// use redis_client::{OrderEvent, redis};
    ///
    /// let client = RedisClient::from_env()?.namespace("example-blocking-next")?;
    /// let mut orders = EventSubscriber::<OrderEvent>::subscribe(&client)?;
    ///
    /// let channel = client.channel("orders.executed");
    /// let _: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("[1, 2]"))?;
    /// assert!(matches!(orders.next(), Some(Received::Invalid { .. })));
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits until there is something, however long that takes.
    #[expect(
        clippy::should_implement_trait,
        reason = "it is implemented, and forwards to here"
    )]
    pub fn next(&mut self) -> Option<Received<S>> {
        wait(self.inner.next())
    }

    /// As [`client::EventSubscriber::next_message`].
    ///
    /// ```
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    /// use redis_client::client::Received;
    /// use redis_client::{OrderEvent, redis};
    ///
    /// let client = RedisClient::from_env()?.namespace("example-blocking-message")?;
    /// let mut orders = EventSubscriber::<OrderEvent>::subscribe(&client)?;
    ///
    /// let channel = client.channel("orders.executed");
    /// let _: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("[1, 2]"))?;
    /// let Some(Received::Event(message)) = orders.next_message() else { panic!("nothing came") };
    /// assert_eq!((message.channel.as_str(), message.payload.as_slice()), ("orders.executed", &b"[1, 2]"[..]));
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits until there is something, however long that takes.
    pub fn next_message(&mut self) -> Option<Received<Message>> {
        wait(self.inner.next_message())
    }

    /// The next item, or `None` when nothing has come within `timeout`.
    ///
    /// ```
    /// use redis_client::OrderEvent;
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    /// use std::time::Duration;
    ///
    /// let client = RedisClient::from_env()?.namespace("example-blocking-within")?;
    /// let mut orders = EventSubscriber::<OrderEvent>::subscribe(&client)?;
    /// assert_eq!(orders.next_within(Duration::from_millis(10)), None);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits up to `timeout`.
    pub fn next_within(&mut self, timeout: Duration) -> Option<Received<S>> {
        wait(async {
            tokio::time::timeout(timeout, self.inner.next())
                .await
                .ok()
                .flatten()
        })
    }
}

impl<S: EventSet> Iterator for EventSubscriber<S> {
    type Item = Received<S>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next()
    }
}

impl<S> fmt::Debug for EventSubscriber<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

/// What is left to choose about a subscription: the blocking face of [`client::EventSubscriberBuilder`].
///
/// ```
/// use redis_client::OrderEvent;
/// use redis_client::blocking::{EventSubscriber, RedisClient};
///
/// let client = RedisClient::builder().build()?;
/// let builder = EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(100);
/// # let _ = builder;
/// # Ok::<(), redis_client::client::Error>(())
/// ```
#[must_use = "a builder does nothing until `subscribe` is called"]
pub struct EventSubscriberBuilder<S> {
    inner: client::EventSubscriberBuilder<S>,
}

impl<S: EventSet> EventSubscriberBuilder<S> {
    /// As [`client::EventSubscriberBuilder::queue_capacity`].
    ///
    /// ```
    /// use redis_client::OrderEvent;
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    ///
    /// let client = RedisClient::builder().build()?;
    /// let builder = EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(1);
    /// # let _ = builder;
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn queue_capacity(self, messages: usize) -> Self {
        Self {
            inner: self.inner.queue_capacity(messages),
        }
    }

    /// As [`client::EventSubscriberBuilder::channels`].
    ///
    /// ```
    /// use redis_client::PriceUpdateEvent;
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    ///
    /// let client = RedisClient::builder().build()?;
    /// let builder = EventSubscriber::<PriceUpdateEvent>::builder(&client).channels(["price.updated.AAPL"]);
    /// # let _ = builder;
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn channels<C: Into<String>>(self, channels: impl IntoIterator<Item = C>) -> Self {
        Self {
            inner: self.inner.channels(channels),
        }
    }

    /// As [`client::EventSubscriberBuilder::subscribe`].
    ///
    /// ```
    /// use redis_client::blocking::{EventSubscriber, RedisClient};
    /// use redis_client::{OrderEvent, redis};
    ///
    /// let client = RedisClient::from_env()?.namespace("example-blocking-builder")?;
    /// let orders = EventSubscriber::<OrderEvent>::builder(&client).queue_capacity(100).subscribe()?;
    ///
    /// let channel = client.channel("orders.executed");
    /// let receivers: i64 = client.command(redis::cmd("PUBLISH").arg(channel).arg("{}"))?;
    /// assert_eq!(receivers, 1);
    /// # drop(orders);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`client::EventSubscriberBuilder::subscribe`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn subscribe(self) -> Result<EventSubscriber<S>, Error> {
        wait(self.inner.subscribe()).map(|inner| EventSubscriber { inner })
    }
}

impl<S> fmt::Debug for EventSubscriberBuilder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

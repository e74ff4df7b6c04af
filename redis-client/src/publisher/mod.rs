//! The publisher: events in the order of the calls, a receipt for each, and a buffer on disk behind them.
//!
//! What it promises, in the words of the README: an event whose receipt says *delivered* or *buffered* reaches Redis,
//! whatever happens to Redis, the network or this process (P1); events reach Redis in the order of the calls to
//! `publish`, across outages and restarts, because while one is unsent all later ones queue behind it (P2); a lost
//! reply means that an event is sent again, so each arrives at least once, and under a fence once (P3); every receipt resolves (P4); the
//! queue has limits in events and bytes, and the caller is told (P5); an event that Redis refuses for good holds up no
//! other (P6); one that is perishable is not sent when it has outlived its use, if its schema says so (P7).
//!
//! ```text
//!                                    build
//!                                      |
//!                                      v      connected, buffer empty
//!      .-------------------------> DEGRADED --------------------------.
//!      |                            |    ^                            |
//!      |                  connected,|    |lost, refused, replica,     |
//!      |            records buffered|    |buffer fails                |
//!      |                            v    |                            v
//!      |                          REPLAYING ---------------------> ONLINE
//!      |                                    last record acknowledged  |
//!      '--------------------------------------------------------------'
//!                lost, refused, replica: what is unanswered
//!                goes into the buffer, in order
//!
//!      the fence is another publisher's: from each state to FENCED, for good
//!      close, last handle dropped, panic of the thread: from each state to CLOSED
//! ```
//!
//! | state | a new event | its receipt |
//! | --- | --- | --- |
//! | online | is sent with whatever has gathered, up to two batches at once | `Delivered` after Redis's reply |
//! | degraded | is appended to the buffer; without one it fails | `Buffered` after the sync that covers it |
//! | degraded, first attempt to connect, empty buffer | waits for that attempt | as it ends |
//! | replaying, holding | is appended behind the records on their way, or that wait for subscribers | `Buffered` after the sync that covers it |
//! | fenced | is refused; what was accepted before is appended to the buffer | `Buffered` after the sync that covers it |
//! | closed | is refused | |
//!
//! In *write-ahead* ([`EventPublisherBuilder::write_ahead`]) each event is in the buffer, synced, before it is sent; its
//! receipt resolves by the same table. A backlog is then what the buffer holds beside the events that are on their way.
//!
//! Shaped so that calling is never waiting: `publish` encodes, numbers and enqueues in the caller's thread and returns.
//! One thread owns the connection and the buffer, so order needs no lock and a sync stalls nobody's executor; its loop
//! is in `thread.rs`, and what it does at each turn in `worker.rs`, which the simulation calls as well. The buffer takes
//! channel and payload as opaque bytes, and Redis is reached through `transport.rs` alone. `fence.rs` and its two scripts are the
//! protocol of the fence; `docs/fence.md` argues it.
//!
//! What a publisher tells about itself, in `stats` and through `tracing`, is listed in `docs/observability.md`.
//!
//! Start at [`EventPublisher`]. Layer 4: the only module that sees both the buffer and the client.

#![cfg_attr(
    not(feature = "__simulation"),
    expect(
        unreachable_pub,
        reason = "public for the simulation, which its feature exposes"
    )
)]

mod backoff;
mod builder;
mod ending;
mod error;
mod fence;
mod queue;
mod receipt;
mod replay;
mod stats;
mod store;
#[cfg(test)]
mod tests;
mod thread;
mod transport;
mod worker;

#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod simulation;

use std::fmt;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

pub use backoff::Backoff;
pub use builder::EventPublisherBuilder;
pub use ending::{CloseReport, Closing, Flush};
pub use error::{BuildError, PublishError, ReceiptError};
pub use queue::Ready;
pub use receipt::{Outcome, Receipt};
pub use replay::{ReplayPace, ReplayWhen};
pub use stats::{State, Stats};
pub use store::StoreError;
pub use transport::Outage;

use queue::Queue;
use stats::Status;
use thread::{Board, Clock};
use worker::Limits;

use crate::client::RedisClient;
use crate::event::{Encoded, Event, EventSet};

/// How long the I/O thread goes on by itself once the last handle is gone.
const DROP_TIMEOUT: Duration = Duration::from_secs(5);

/// Publishes events in order, and keeps them on disk while Redis is away.
///
/// Cheap to clone: all clones share one queue, one thread and one order. When the last one is dropped, the thread goes on by
/// itself for up to five seconds, delivers or buffers what was accepted, and ends; nobody waits for it. To wait, and to
/// learn how it went, [`close`](Self::close).
///
/// # Examples
///
/// ```
/// use redis_client::{EventPublisher, RedisClient, RedisEvent};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "heartbeat")]
/// struct Heartbeat {
///     desk: u32,
/// }
///
/// # let dir = tempfile::tempdir()?;
/// // Nothing listens on port 1: an outage from the start.
/// let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
/// let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
///
/// let receipt = publisher.publish(&Heartbeat { desk: 7 })?;
/// let outcome = receipt.wait()?;
/// assert!(outcome.is_buffered());
/// assert_eq!(outcome.sequence(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct EventPublisher {
    inner: Arc<Inner>,
}

struct Inner {
    queue: Arc<Queue>,
    clock: Clock,
    board: Board,
}

impl EventPublisher {
    /// A publisher without a buffer, and with the defaults of [`builder`](Self::builder): during an outage, receipts
    /// resolve to errors.
    ///
    /// ```
    /// use redis_client::{EventPublisher, RedisClient};
    ///
    /// let publisher = EventPublisher::new(&RedisClient::builder().port(6380).build()?)?;
    /// assert_eq!(publisher.stats().delivered, 0);
    /// # Ok::<(), redis_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`BuildError::Thread`]. A server is not needed: the first connection is made in the background.
    pub fn new(client: &RedisClient) -> Result<Self, BuildError> {
        Self::builder(client).build()
    }

    /// Starts a publisher to the server of `client`, in its namespace.
    ///
    /// ```
    /// use redis_client::{EventPublisher, RedisClient};
    ///
    /// # let dir = tempfile::tempdir()?;
    /// let client = RedisClient::builder().build()?;
    /// let publisher = EventPublisher::builder(&client)
    ///     .buffer(dir.path())
    ///     .queue_events(10_000)
    ///     .queue_bytes(16 << 20)
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(client: &RedisClient) -> EventPublisherBuilder {
        EventPublisherBuilder::new(client)
    }

    /// Validates the event, encodes it and puts it into the queue, behind everything accepted before.
    ///
    /// Never waits. The receipt resolves when the event is delivered or buffered, or when neither is possible.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Serialize, Deserialize, RedisEvent)]
    /// #[redis(channel = "heartbeat")]
    /// struct Heartbeat {
    ///     desk: u32,
    /// }
    ///
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// # let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// let first = publisher.publish(&Heartbeat { desk: 7 })?;
    /// let second = publisher.publish(&Heartbeat { desk: 8 })?;
    /// assert!(first.sequence() < second.sequence());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PublishError`]: the event is invalid or too large, the queue is full, or the publisher is closed. The event was
    /// then not accepted.
    pub fn publish<E: Event>(&self, event: &E) -> Result<Receipt, PublishError> {
        self.publish_encoded(Encoded::new(event)?)
    }

    /// As [`publish`](Self::publish), for an event that has been encoded before, also as one of a set.
    ///
    /// ```
    /// # use redis_client::{Encoded, EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// # let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// let heartbeat = Encoded::new(&Heartbeat { desk: 7 })?;
    /// for _ in 0..3 {
    ///     assert!(publisher.publish_encoded(heartbeat.clone())?.wait()?.is_buffered());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`publish`](Self::publish), save that the event is known to be valid.
    pub fn publish_encoded<E: EventSet>(&self, event: Encoded<E>) -> Result<Receipt, PublishError> {
        self.inner.queue.push(event.into_parts(), self.inner.clock.unix())
    }

    /// Accepts all events, with numbers in a row and nothing between them, or none.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// # let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// let receipts = publisher.publish_batch(&[Heartbeat { desk: 1 }, Heartbeat { desk: 2 }])?;
    /// assert_eq!(receipts.len(), 2);
    /// for receipt in receipts {
    ///     assert!(receipt.wait()?.is_buffered());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PublishError::InBatch`] for the first event that is invalid, otherwise as [`publish`](Self::publish) for the batch
    /// as a whole.
    pub fn publish_batch<'a, E: Event>(
        &self,
        events: impl IntoIterator<Item = &'a E>,
    ) -> Result<Vec<Receipt>, PublishError> {
        let encode = |(index, event): (usize, &E)| {
            let encoded = Encoded::new(event).map_err(|error| PublishError::InBatch {
                index,
                source: Box::new(error.into()),
            })?;
            Ok::<_, PublishError>(encoded.into_parts())
        };
        let events = events
            .into_iter()
            .enumerate()
            .map(encode)
            .collect::<Result<Vec<_>, _>>()?;
        self.inner.queue.push_all(events, self.inner.clock.unix())
    }

    /// As [`publish`](Self::publish), and waits for room while the queue is full.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let publisher = EventPublisher::builder(&client).buffer(dir.path()).queue_events(1).build()?;
    /// let first = publisher.publish_blocking(&Heartbeat { desk: 1 })?;
    /// let second = publisher.publish_blocking(&Heartbeat { desk: 2 })?;
    /// assert!(first.try_get().is_some(), "there was room for the second only then");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`publish`](Self::publish), save that a full queue is none.
    ///
    /// # Blocking
    ///
    /// Parks the calling thread while the queue is full. In async code, use [`ready`](Self::ready).
    pub fn publish_blocking<E: Event>(&self, event: &E) -> Result<Receipt, PublishError> {
        let event = Encoded::new(event)?;
        let wanted = Limits {
            events: 1,
            bytes: event.channel().len() + event.payload().len(),
        };
        loop {
            match self.publish_encoded(event.clone()) {
                Err(PublishError::QueueFull { .. }) => self.inner.queue.ready_for(wanted).wait(),
                other => return other,
            }
        }
    }

    /// Resolves when the queue has room for what last found none, one event at least, or is closed.
    ///
    /// Another caller may be quicker: try again in a loop.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient};
    /// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let publisher = EventPublisher::new(&client)?;
    /// publisher.ready().await;
    /// # Ok::<(), redis_client::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ready(&self) -> Ready {
        self.inner.queue.ready()
    }

    /// Resolves when everything accepted before this call is answered, well or badly: the receipts say.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// # let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// let receipt = publisher.publish(&Heartbeat { desk: 7 })?;
    /// publisher.flush().wait();
    /// assert!(receipt.try_get().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn flush(&self) -> Flush {
        Flush {
            waiting: self.inner.queue.flush(),
        }
    }

    /// Accepts nothing more, and ends once all is answered and the buffer replayed, or what is left has to wait.
    ///
    /// While Redis can be reached, it goes on replaying until the buffer is empty, for half of `timeout` at most: the other half is for
    /// the answers to what it has sent, which then need not be sent again. During an outage it ends as soon as
    /// everything lies in the buffer. When `timeout` has passed, what is unanswered goes into the buffer, or without one
    /// fails with [`ReceiptError::Stopped`]. A wait for Redis that has begun is not cut short, so it may take one response
    /// timeout of the client longer.
    ///
    /// The work starts with this call; the result need not be awaited. All clones are closed.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// # let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// publisher.publish(&Heartbeat { desk: 7 })?;
    /// let report = publisher.close(Duration::from_secs(5)).wait();
    /// assert_eq!((report.buffered, report.in_time), (1, true));
    /// assert!(publisher.publish(&Heartbeat { desk: 8 }).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[expect(
        clippy::must_use_candidate,
        reason = "the work starts with the call; the report is for who wants it"
    )]
    pub fn close(&self, timeout: Duration) -> Closing {
        let deadline = self.inner.clock.now().elapsed.saturating_add(timeout);
        Closing {
            waiting: self.inner.queue.close(deadline),
        }
    }

    /// The state and the counters at this moment.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// # let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// publisher.publish(&Heartbeat { desk: 7 })?.wait()?;
    /// let stats = publisher.stats();
    /// assert_eq!((stats.buffered, stats.buffer_events, stats.queue_events), (1, 1, 0));
    /// assert!(stats.oldest_unsent_age.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn stats(&self) -> Stats {
        let (held, queued_at) = self.inner.queue.depth();
        let ended = self.inner.queue.has_ended();
        let Status {
            state,
            buffer_events,
            buffer_bytes,
            dropped,
            oldest_unsent_at,
            counts,
            outage,
        } = self
            .inner
            .board
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let oldest = [oldest_unsent_at, queued_at].into_iter().flatten().min();
        Stats {
            state: if ended { State::Closed } else { state },
            queue_events: held.events,
            queue_bytes: held.bytes,
            buffer_events,
            buffer_bytes,
            oldest_unsent_age: oldest.map(|at| self.inner.clock.unix().saturating_sub(at)),
            delivered: counts.delivered,
            buffered: counts.buffered,
            replayed: counts.replayed,
            rejected: counts.rejected,
            dead_letters: counts.dead_letters,
            expired: counts.expired,
            overdue: counts.overdue,
            dropped,
            reordered: counts.reordered,
            reconnects: counts.reconnects,
            duplicates_refused: counts.duplicates_refused,
            fence_losses: counts.fence_losses,
            outage,
        }
    }
}

impl fmt::Debug for EventPublisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventPublisher")
            .field("stats", &self.stats())
            .finish()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop(
            self.queue
                .close(self.clock.now().elapsed.saturating_add(DROP_TIMEOUT)),
        );
    }
}

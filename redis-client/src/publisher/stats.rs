//! What a publisher says about itself: facts as numbers, taken between two turns.

use std::time::Duration;

use super::transport::Outage;

/// Where a publisher is in its life. The module's head draws the ways between them.
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
/// use redis_client::publisher::State;
/// use std::time::Duration;
///
/// let publisher = EventPublisher::new(&RedisClient::builder().host("127.0.0.1").port(1).build()?)?;
/// assert_eq!(publisher.stats().state, State::Degraded);
/// publisher.close(Duration::from_secs(5)).wait();
/// assert_eq!(publisher.stats().state, State::Closed);
/// # Ok::<(), redis_client::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// Connected, and nothing waits in the buffer: events go straight to Redis.
    Online,
    /// No connection to a primary that takes events: events go into the buffer, or fail for want of one.
    Degraded,
    /// Connected, and older events are on their way out of the buffer: new ones go in behind them.
    Replaying,
    /// Connected, and older events wait in the buffer until somebody listens ([`ReplayWhen`](super::ReplayWhen)): new ones go in
    /// behind them.
    Holding,
    /// A publisher that this buffer does not know owns the fence of its producer id. Nothing is accepted or sent any more; what was
    /// accepted lies in the buffer.
    Fenced,
    /// Nothing is accepted any more, and the I/O thread has ended.
    Closed,
}

/// Counters of the worker, since the publisher started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events that went straight to Redis.
    pub delivered: u64,
    /// Events that were put into the buffer.
    pub buffered: u64,
    /// Records of the buffer that Redis has taken, repetitions included.
    pub replayed: u64,
    /// Events that Redis refuses for good, told to their callers.
    pub rejected: u64,
    /// Events that Redis took later than one published after them.
    pub reordered: u64,
    /// Records that Redis refuses for good, moved to the dead letters.
    pub dead_letters: u64,
    /// Events that were too old when they were to be sent, and were not.
    pub expired: u64,
    /// Events that were too old when they were sent.
    pub overdue: u64,
    /// Times that Redis was reached again after an outage.
    pub reconnects: u64,
    /// Events that the fence knew to be published already.
    pub duplicates_refused: u64,
    /// Times that Redis had forgotten what the fence knew.
    pub fence_losses: u64,
}

/// The worker's part of [`Stats`].
#[derive(Debug, Clone)]
pub struct Status {
    /// Online, degraded or replaying.
    pub state: State,
    /// Records in the buffer that are not acknowledged.
    pub buffer_events: u64,
    /// Their bytes.
    pub buffer_bytes: u64,
    /// Records that the buffer dropped unsent.
    pub dropped: u64,
    /// When the oldest event that Redis does not have was accepted, since 1970; not counting the queue.
    pub oldest_unsent_at: Option<Duration>,
    /// The counters.
    pub counts: Counts,
    /// Why Redis cannot be published to.
    pub outage: Option<Outage>,
}

/// A publisher's state and counters at one moment.
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
/// use redis_client::publisher::State;
///
/// // Nothing listens on port 1.
/// let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
/// let publisher = EventPublisher::new(&client)?;
/// let stats = publisher.stats();
/// assert_eq!((stats.state, stats.delivered, stats.queue_events), (State::Degraded, 0, 0));
/// # Ok::<(), redis_client::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Stats {
    /// Where the publisher is in its life.
    pub state: State,
    /// Events accepted and not yet answered.
    pub queue_events: usize,
    /// Bytes of their channels and payloads.
    pub queue_bytes: usize,
    /// Events in the buffer that Redis has not confirmed.
    pub buffer_events: u64,
    /// Bytes they take there.
    pub buffer_bytes: u64,
    /// How long the oldest event that Redis has not confirmed has been waiting, in queue or buffer.
    pub oldest_unsent_age: Option<Duration>,
    /// Events that went straight to Redis.
    pub delivered: u64,
    /// Events that were put into the buffer.
    pub buffered: u64,
    /// Events of the buffer that Redis has taken. One whose confirmation was lost counts each time it is taken.
    pub replayed: u64,
    /// Events that Redis refused for good; their receipts say so.
    pub rejected: u64,
    /// Events moved to the dead letters: of the buffer, when Redis refused them for good, and those that had expired.
    pub dead_letters: u64,
    /// Events that had outlived their use when they were to be sent, and were not: [`MaxAge`](crate::MaxAge).
    pub expired: u64,
    /// Events that had outlived their use and were sent all the same, as their schema says. One that is sent again counts
    /// again.
    pub overdue: u64,
    /// Events of the buffer that were dropped unsent to make room, though their receipts said `Buffered`: only under
    /// [`WhenFull::DropOldest`](crate::buffer::WhenFull::DropOldest).
    pub dropped: u64,
    /// Events that Redis took later than one published after them: it refused them for a moment, in the middle of a
    /// batch whose rest it took.
    pub reordered: u64,
    /// Times that Redis was reached again after an outage.
    pub reconnects: u64,
    /// Events that were sent again after a lost reply and that the fence knew to be published already.
    pub duplicates_refused: u64,
    /// Times that Redis had forgotten what the fence knew: flushed, evicted, or an older state after a failover. What was sent
    /// again then may have arrived twice.
    pub fence_losses: u64,
    /// Why Redis cannot be published to, during an outage.
    pub outage: Option<Outage>,
}

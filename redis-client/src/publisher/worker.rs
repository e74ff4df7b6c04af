//! The logic of the publisher, as one bounded turn after another.
//!
//! [`Worker::turn`] takes a batch of accepted events and the time, does a bounded piece of work and returns the answers
//! it has. It promises the order (P2) and that no answer is given before it is true (P1):
//!
//! - `Delivered` follows a reply of Redis, `Buffered` follows the sync that covers the record;
//! - while the buffer holds a record that is not acknowledged, each new event goes behind it;
//! - a record is acknowledged after the reply to it, never before;
//! - what was sent and not answered is sent again, in its old place.
//!
//! It is straight-line code over two seams, [`Transport`] and the buffer's `Storage`: it reads no clock, starts no
//! thread and takes no lock, so that `thread.rs` and the simulation are its two callers and equal before it.
//!
//! Up to two batches are in flight: while Redis works on one, the next is written. Both travel on one connection, and
//! Redis takes a connection's commands in order, so a later batch cannot arrive without the earlier one. If the
//! connection breaks, the unanswered part of both goes to the buffer in order. Redis may still be busy with what the
//! old connection left in its socket when the new one begins: each of the two streams is in order and starts no later
//! than the first unanswered event, hence so is the order of first arrivals.
//!
//! This file holds the turn, `worker/link.rs` the connection. What is sent: `worker/direct.rs` new events, `worker/ahead.rs`
//! those that are logged first, `worker/replay.rs` the buffer, which `worker/keep.rs` fills; under a fence, `worker/fenced.rs`
//! lands what each of them has sent. What is not: `worker/hold.rs` waits for subscribers, `worker/expiry.rs` finds what is too
//! old, `worker/culprit.rs` what ends connections, and `worker/deferred.rs` has what a full disk does not take. Layer 4.

mod accepted;
mod ahead;
mod culprit;
mod deferred;
mod direct;
mod expiry;
mod fenced;
mod hold;
mod keep;
mod link;
mod replay;

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

use tracing::Span;

pub use self::accepted::{Accepted, Limits};
use self::ahead::Ahead;
use self::culprit::Suspect;
use self::deferred::Deferred;
use self::hold::Hold;
use self::link::Link;
use super::backoff::Backoff;
use super::error::ReceiptError;
use super::fence::Fence;
use super::receipt::Answers;
use super::replay::{Allowance, ReplayPace, ReplayWhen};
use super::stats::{Counts, State, Status};
use super::store::Store;
use super::transport::{Outage, Transport};
use crate::buffer::storage::Storage;
use crate::buffer::{Pair, Record};

/// How many batches may be on their way at once: one that Redis works on and one that is being written.
const FLIGHTS_MAX: usize = 2;

/// The time as the worker gets to know it: by argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now {
    /// Since the publisher started; never goes back.
    pub elapsed: Duration,
    /// Since 1970 in UTC; as true as the machine's clock.
    pub unix: Duration,
}

/// What a worker goes by, from the builder.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What one batch may hold.
    pub batch: Limits,
    /// When to try again to reach Redis.
    pub backoff: Backoff,
    /// Makes this publisher's jitter its own.
    pub seed: u64,
    /// How often the server is asked whether it still is a primary.
    pub role_interval: Duration,
    /// How long events wait for the first connection before they count as met by an outage.
    pub patience: Duration,
    /// What the client's namespace puts before each channel: empty, or with its dot.
    pub channel_prefix: String,
    /// Whether each event is logged before it is sent. Needs a store.
    pub write_ahead: bool,
    /// The key of the fence, if the store is fenced.
    pub fence_key: Option<String>,
    /// What a replay waits for.
    pub replay_when: ReplayWhen,
    /// How fast it may be.
    pub replay_pace: ReplayPace,
}

/// What a turn did.
pub struct Turn {
    /// The answers it found, not yet given.
    pub answers: Answers,
    /// When the next one is due.
    pub next: Next,
}

/// When a worker wants its next turn, if no event comes before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// At once: there is work in hand.
    Now,
    /// At that time since the start.
    At(Duration),
    /// When the transport rings: an attempt to connect is under way.
    Rung,
}

/// See the head of the file.
pub struct Worker<T, S: Storage> {
    transport: T,
    store: Option<Store<S>>,
    settings: Settings,
    link: Link,
    /// Sent and not yet answered, oldest first: all of one kind.
    // Bound: FLIGHTS_MAX.
    flights: VecDeque<Flight>,
    /// Logged and not yet sent, behind what is in flight; their callers wait.
    // Bound: the queue's limits, for they are not answered.
    ahead: VecDeque<Ahead>,
    /// New events that the buffer could not take while its records were on their way to Redis.
    deferred: Deferred,
    fence: Option<Fence>,
    pipeline: Vec<u8>,
    /// How many replies come to it.
    replies: usize,
    /// What the server takes as one argument.
    payload_bytes_max: usize,
    /// Attempts to reach Redis that failed since it last took an event.
    failed: u32,
    /// Why events cannot be sent, during an outage.
    outage: Option<Outage>,
    /// While it lasts.
    outage_span: Option<Span>,
    /// From the first record that is sent until the buffer is empty or the connection gone.
    replay_span: Option<Span>,
    /// How many records the next replayed batch may hold: one after each outage, and twice as many after each batch that
    /// landed. A record that is refused again and again thus goes alone, and what lies behind it is not sent with it
    /// each time.
    probe: usize,
    /// The record that is in flight alone.
    lone: Option<Pair>,
    /// The record on which the last connection ended.
    suspect: Option<Suspect>,
    /// What replay has landed and intake has not yet used: new events come in at half the rate at which old ones go
    /// out, so that a backlog ends however fast the callers are.
    credit: Limits,
    /// Whether the buffer could not take an event, and has not been empty since.
    is_full: bool,
    /// Whether the replay waits for subscribers.
    hold: Option<Hold>,
    /// What of the replay may go out now.
    allowance: Allowance,
    /// When that is something, if it is nothing now.
    paced_until: Option<Duration>,
    /// From when on no record is sent any more, since the publisher is about to end.
    replay_until: Option<Duration>,
    answers: Answers,
    counts: Counts,
}

/// A batch on its way.
enum Flight {
    Direct(Vec<Accepted>),
    Ahead(Vec<Ahead>),
    Replay(Vec<Record>),
}

impl Flight {
    /// When its first event was accepted, since 1970.
    fn oldest_at(&self) -> Option<Duration> {
        match self {
            Self::Direct(events) => events.first().map(|event| event.created_at),
            Self::Ahead(events) => events.first().map(|ahead| ahead.event.created_at),
            Self::Replay(records) => records.first().map(|record| {
                Duration::from_micros(u64::try_from(record.created_at_us()).unwrap_or_default())
            }),
        }
    }
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// A worker that begins to connect. `store` holds what earlier processes left: it goes first.
    pub fn new(mut transport: T, store: Option<Store<S>>, settings: Settings, now: Now) -> Self {
        transport.connect();
        let link = Link::Connecting {
            patience: Some(now.elapsed.saturating_add(settings.patience)),
        };
        let probe = settings.batch.events;
        let reached = store.as_ref().map_or(Pair::default(), Store::reached);
        let fence = settings.fence_key.clone().map(|key| Fence::new(key, reached));
        let allowance = Allowance::new(settings.replay_pace, now.elapsed);
        Self {
            transport,
            store,
            settings,
            link,
            flights: VecDeque::with_capacity(FLIGHTS_MAX),
            ahead: VecDeque::new(),
            deferred: Deferred::default(),
            fence,
            pipeline: Vec::new(),
            replies: 0,
            payload_bytes_max: 0,
            failed: 0,
            outage: None,
            outage_span: None,
            replay_span: None,
            probe,
            lone: None,
            suspect: None,
            credit: Limits::NONE,
            is_full: false,
            hold: None,
            allowance,
            paced_until: None,
            replay_until: None,
            answers: Answers::default(),
            counts: Counts::default(),
        }
    }

    /// How much the next turn can use. What it is given beyond that is still handled in order.
    #[must_use]
    pub fn appetite(&self) -> Limits {
        if !self.deferred.is_empty() {
            return Limits::NONE;
        }
        match self.link {
            // Nobody knows of an outage, and behind a backlog not either whether the disk has room. What is logged before it is
            // sent need not wait for that, but behind a backlog it is not.
            Link::Connecting { patience: Some(_) } if self.has_backlog() || !self.settings.write_ahead => {
                Limits::NONE
            }
            // What would be refused by the disk can wait in the queue instead, since the backlog is on its way out.
            Link::Up { .. } if self.has_backlog() && self.is_full => Limits::NONE,
            // Nothing goes out for now, so nothing comes in for it.
            Link::Up { .. } if self.has_backlog() && self.hold.is_some() => self.settings.batch,
            Link::Up { .. } if self.has_backlog() => {
                // The rest of the backlog is on its way: wait that moment and send directly.
                if self.store.as_ref().is_some_and(Store::is_read_up) {
                    return Limits::NONE;
                }
                Limits {
                    events: (self.credit.events / 2).min(self.settings.batch.events),
                    bytes: (self.credit.bytes / 2).min(self.settings.batch.bytes),
                }
            }
            _ => self.settings.batch,
        }
    }

    /// One bounded piece of work: looks after the connection, sends or appends `batch`, and replays or reads replies.
    ///
    /// # Blocking
    ///
    /// On the transport and the disk, each within its own limits.
    pub fn turn(&mut self, batch: Vec<Accepted>, now: Now) -> Turn {
        if let Some(store) = &mut self.store {
            store.sync_if_due(now.elapsed);
        }
        self.follow_link(now);
        let batch = self.with_deferred(batch);
        let idle = batch.is_empty();
        if !idle {
            self.take(batch, now);
        }
        if self.is_up() {
            if self.has_backlog() {
                self.replay(now);
            } else {
                self.is_full = false;
                self.launch_ahead(now);
                if idle || self.flights.len() >= FLIGHTS_MAX {
                    self.land_oldest(now);
                }
            }
        }
        Turn {
            answers: mem::take(&mut self.answers),
            next: self.next(),
        }
    }

    /// Ends the work: what is in flight and what is in `batch` is appended, or answered that it will not be sent.
    pub fn finish(&mut self, batch: Vec<Accepted>, now: Now) -> Answers {
        let mut unsent = self.abandon_flights();
        self.settle_ahead();
        unsent.extend(self.deferred.take());
        unsent.extend(batch);
        self.transport.disconnect();
        if self.store.is_some() {
            self.keep(unsent, now);
        } else {
            for event in unsent {
                let error = ReceiptError::Stopped {
                    sequence: event.pair.sequence,
                    sent: event.sent,
                };
                self.answer(event, Err(error));
            }
        }
        if let Some(store) = &mut self.store {
            if let Some(fence) = &self.fence {
                store.note_reached(fence.reached());
            }
            store.close();
        }
        mem::take(&mut self.answers)
    }

    /// How many events it holds that are neither logged nor sent: they are what it was given last.
    #[cfg(feature = "__simulation")]
    #[must_use]
    pub fn deferred(&self) -> usize {
        self.deferred.len()
    }

    /// Whether nothing is left that could be done now: no reply is awaited, and the buffer is empty or Redis away.
    ///
    /// While the first attempt to connect is under way, a backlog waits for how it ends.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_away = match self.link {
            Link::Up { .. } | Link::Connecting { patience: Some(_) } => false,
            Link::Connecting { patience: None } | Link::Down { .. } | Link::Fenced => true,
        };
        let has_all_placed = self.flights.is_empty() && self.ahead.is_empty() && self.deferred.is_empty();
        has_all_placed && (is_away || !self.has_backlog())
    }

    /// From `at` on no record goes out any more: what is in flight then has the time to be answered, and need not be sent again by
    /// the next process.
    pub fn replay_until(&mut self, at: Duration) {
        self.replay_until = Some(at);
    }

    /// Whether that has come, and nothing is in flight: what is left lies on disk, or is to be put there by `finish`.
    #[must_use]
    pub fn has_wound_up(&self, now: Now) -> bool {
        self.has_backlog() && self.flights.is_empty() && self.replays_no_more(now)
    }

    pub(super) fn replays_no_more(&self, now: Now) -> bool {
        self.replay_until.is_some_and(|until| now.elapsed >= until)
    }

    /// The facts for `stats()`.
    #[must_use]
    pub fn status(&self) -> Status {
        let state = match (&self.link, self.has_backlog()) {
            (Link::Up { .. }, false) => State::Online,
            (Link::Up { .. }, true) if self.hold.is_some() => State::Holding,
            (Link::Up { .. }, true) => State::Replaying,
            (Link::Fenced, _) => State::Fenced,
            _ => State::Degraded,
        };
        let in_flight = self.flights.front().and_then(Flight::oldest_at);
        Status {
            state,
            buffer_events: self.store.as_ref().map_or(0, Store::len),
            buffer_bytes: self.store.as_ref().map_or(0, Store::bytes),
            dropped: self.store.as_ref().map_or(0, Store::dropped),
            oldest_unsent_at: self.store.as_ref().and_then(Store::oldest_at).or(in_flight),
            counts: self.counts,
            outage: self.outage.clone(),
        }
    }

    fn next(&self) -> Next {
        let next = self.next_of_link();
        match self.store.as_ref().and_then(Store::sync_at) {
            Some(sync_at) => match next {
                Next::Now => next,
                Next::At(at) => Next::At(at.min(sync_at)),
                Next::Rung => Next::At(sync_at),
            },
            None => next,
        }
    }

    fn next_of_link(&self) -> Next {
        if !self.flights.is_empty() || (!self.deferred.is_empty() && !self.has_backlog()) {
            return Next::Now;
        }
        match self.link {
            Link::Up { role_check_at } if self.has_backlog() => {
                let hold = self.hold.as_ref().map(Hold::next_at);
                hold.or(self.paced_until)
                    .map_or(Next::Now, |at| Next::At(at.min(role_check_at)))
            }
            Link::Up { role_check_at } => Next::At(role_check_at),
            Link::Down { retry_at } => Next::At(retry_at),
            Link::Connecting {
                patience: Some(until),
            } => Next::At(until),
            Link::Connecting { patience: None } | Link::Fenced => Next::Rung,
        }
    }

    fn is_up(&self) -> bool {
        matches!(self.link, Link::Up { .. })
    }

    /// Whether something is stored that must be read and sent before anything newer; what goes ahead is in hand already.
    fn has_backlog(&self) -> bool {
        let is_in_hand = !self.ahead.is_empty() || matches!(self.flights.front(), Some(Flight::Ahead(_)));
        !is_in_hand && self.store.as_ref().is_some_and(|store| !store.is_empty())
    }

    /// Reads the replies to the oldest batch in flight.
    fn land_oldest(&mut self, now: Now) {
        match self.flights.front() {
            Some(Flight::Direct(_)) => self.land(now),
            Some(Flight::Ahead(_)) => self.land_ahead(now),
            Some(Flight::Replay(_)) => self.land_records(now),
            None => {}
        }
    }
}

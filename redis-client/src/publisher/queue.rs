//! What stands between the callers of `publish` and the I/O thread: a bounded queue that numbers what it takes.
//!
//! Order is one promise here (P2): a number and a place are given under one lock, so the order of the calls, of the
//! numbers and of the queue are the same thing. The bound is the other (P5): an event counts against the limits from the
//! call to `publish` until its receipt resolves, wherever it is meanwhile, so the limits are the truth about memory. A
//! caller who finds no room is told so; nothing is dropped.
//!
//! The lock is held for moves and sums only, never over I/O, a wake or a free.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use super::CloseReport;
use super::error::PublishError;
use super::receipt::{Completion, Receipt, Waiting, Wakers, slot};
use super::thread;
use super::worker::{Accepted, Limits};
use crate::buffer::Pair;
use crate::event::Parts;

/// See the head of the file.
pub struct Queue {
    state: Mutex<State>,
    /// Rung when the I/O thread sleeps and has a reason not to.
    bell: Condvar,
    limits: Limits,
    epoch: u64,
}

#[derive(Default)]
struct State {
    // Bound: `Queue::limits`, checked in `admit`.
    waiting: VecDeque<Accepted>,
    /// Accepted and not yet answered: `waiting`, and what the worker holds.
    held: Limits,
    /// How many were accepted, which is also the number of the last one, and how many of them are answered.
    accepted: u64,
    answered: u64,
    /// What was last refused for lack of room, unless something has been accepted since.
    wanted: Limits,
    /// Who waits for room, and for how much. Those who have given up are dropped when the next one comes.
    // Bound: one entry for each caller who waits.
    room: Vec<(Limits, Completion<()>)>,
    flushes: VecDeque<(u64, Completion<()>)>,
    closers: Vec<Completion<CloseReport>>,
    /// Nothing is accepted any more, and the work ends by that time since the start.
    closing: Option<Duration>,
    /// Nothing is accepted any more, for the fence is another publisher's.
    is_fenced: bool,
    /// The I/O thread has ended.
    ended: Option<CloseReport>,
    sleep: Sleep,
    /// Something other than an event has happened since the I/O thread last looked.
    nudged: bool,
}

/// Whether the I/O thread waits for the bell, which is rung once: to ring is a call of the system, and until that thread
/// runs again, each event would make one.
#[derive(Debug, Clone, Copy, Default)]
enum Sleep {
    /// It does not, or has been called.
    #[default]
    Awake,
    /// It does, and takes no events.
    UntilNudged,
    /// It does.
    UntilRung,
}

/// What the I/O thread gets to do.
pub struct Taken {
    /// The oldest events, in order.
    pub batch: Vec<Accepted>,
    /// Whether that was all.
    pub is_all: bool,
    /// When the work must end, once the publisher is being closed.
    pub closing: Option<Duration>,
}

/// Callers whose waiting is over. Dropping it tells them.
#[must_use = "they are told when this is dropped"]
pub struct Released {
    _callers: Vec<(Limits, Completion<()>)>,
}

impl Queue {
    /// An empty queue that numbers from 1 in `epoch`.
    #[must_use]
    pub fn new(limits: Limits, epoch: u64) -> Self {
        Self {
            state: Mutex::new(State::default()),
            bell: Condvar::new(),
            limits,
            epoch,
        }
    }

    /// Accepts an event: gives it the next number and the last place.
    pub(super) fn push(&self, parts: Arc<Parts>, accepted_at: Duration) -> Result<Receipt, PublishError> {
        // Its memory is asked for before the lock is.
        let (event, receipt) = Accepted::new(parts, accepted_at);
        let bytes = event.bytes();
        let mut state = self.lock();
        self.admit(&mut state, Limits { events: 1, bytes })?;
        let sequence = self.enqueue(&mut state, event, bytes);
        self.ring(state);
        Ok(receipt.numbered(sequence))
    }

    /// Accepts all events, with numbers in a row, or none.
    pub(super) fn push_all(
        &self,
        events: Vec<Arc<Parts>>,
        accepted_at: Duration,
    ) -> Result<Vec<Receipt>, PublishError> {
        let events: Vec<(Accepted, Receipt)> = events
            .into_iter()
            .map(|parts| Accepted::new(parts, accepted_at))
            .collect();
        let whole = Limits {
            events: events.len(),
            bytes: events.iter().map(|(event, _)| event.bytes()).sum(),
        };
        let mut state = self.lock();
        self.admit(&mut state, whole)?;
        let receipts = events
            .into_iter()
            .map(|(event, receipt)| {
                let bytes = event.bytes();
                receipt.numbered(self.enqueue(&mut state, event, bytes))
            })
            .collect();
        self.ring(state);
        Ok(receipts)
    }

    /// Resolves when there is room for what was last refused, or when the publisher is closed.
    pub(super) fn ready(self: &Arc<Self>) -> Ready {
        let wanted = self.lock().wanted;
        self.ready_for(wanted)
    }

    /// Resolves when there is room for `wanted` and one event at least, or when the publisher is closed.
    pub(super) fn ready_for(self: &Arc<Self>, wanted: Limits) -> Ready {
        Ready {
            queue: Arc::clone(self),
            wanted: Limits {
                events: wanted.events.max(1),
                ..wanted
            },
            waiting: None,
        }
    }

    /// Resolves when everything accepted so far is answered.
    pub(super) fn flush(&self) -> Waiting<()> {
        let (completion, waiting) = slot();
        let mut state = self.lock();
        if state.answered < state.accepted && state.ended.is_none() {
            let target = state.accepted;
            state.flushes.push_back((target, completion));
        }
        waiting
    }

    /// Accepts no more and asks the I/O thread to end by `deadline` since the start.
    pub(super) fn close(&self, deadline: Duration) -> Waiting<CloseReport> {
        let mut state = self.lock();
        let (completion, waiting) = slot();
        match state.ended {
            // Nobody waits yet who would have to be woken.
            Some(report) => drop(completion.resolve(report)),
            None => state.closers.push(completion),
        }
        state.closing = Some(state.closing.map_or(deadline, |earlier| earlier.min(deadline)));
        state.nudged = true;
        let room = std::mem::take(&mut state.room);
        self.ring(state);
        drop(room);
        waiting
    }

    /// Accepts no more: another publisher owns the fence. Who waits for room is told so by the next call.
    pub fn fence(&self) {
        let mut state = self.lock();
        state.is_fenced = true;
        let room = std::mem::take(&mut state.room);
        drop(state);
        drop(room);
    }

    /// Makes the I/O thread look around.
    pub(super) fn nudge(&self) {
        let mut state = self.lock();
        state.nudged = true;
        self.ring(state);
    }

    /// The oldest events within `limits`. When there is nothing to do, waits for up to `pause` (for ever if `None`): for
    /// an event that may be taken, a nudge or the end.
    pub fn take(&self, limits: Limits, pause: Option<Duration>) -> Taken {
        let mut state = self.lock();
        let has_work = state.nudged || (limits.events > 0 && !state.waiting.is_empty());
        if !has_work && pause != Some(Duration::ZERO) {
            state.sleep = if limits.events > 0 {
                Sleep::UntilRung
            } else {
                Sleep::UntilNudged
            };
            state = match pause {
                // Waking too early is harmless: the turn finds nothing to do and comes back.
                Some(pause) => {
                    self.bell
                        .wait_timeout(state, pause)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0
                }
                None => self.bell.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
            state.sleep = Sleep::Awake;
        }
        state.nudged = false;
        let batch = take_within(&mut state.waiting, limits);
        Taken {
            batch,
            is_all: state.waiting.is_empty(),
            closing: state.closing,
        }
    }

    /// Makes room for what is about to be answered. Drop the result after the answers have been given.
    pub fn release(&self, answered: Limits) -> Released {
        let mut state = self.lock();
        state.held.events = state.held.events.saturating_sub(answered.events);
        state.held.bytes = state.held.bytes.saturating_sub(answered.bytes);
        let waiting = std::mem::take(&mut state.room);
        let (fitting, others) = waiting
            .into_iter()
            .partition(|(wanted, _)| self.fits(&state, *wanted));
        state.room = others;
        Released { _callers: fitting }
    }

    /// Counts what has been answered. Who flushes learns it only now, and finds every answer given.
    pub(super) fn settle(&self, answered: usize) {
        let mut state = self.lock();
        state.answered += answered as u64;
        let done = state.answered;
        let reached = state
            .flushes
            .iter()
            .take_while(|(target, _)| *target <= done)
            .count();
        let flushed: Vec<(u64, Completion<()>)> = state.flushes.drain(..reached).collect();
        drop(state);
        drop(flushed);
    }

    /// The I/O thread has ended: whatever still waits learns it.
    pub(super) fn end(&self, report: CloseReport) {
        let mut state = self.lock();
        state.ended = Some(report);
        state.closing.get_or_insert(Duration::ZERO);
        let left = std::mem::take(&mut state.waiting);
        state.held = Limits::NONE;
        let closers = std::mem::take(&mut state.closers);
        let others = (
            std::mem::take(&mut state.room),
            std::mem::take(&mut state.flushes),
        );
        drop(state);
        drop(left);
        let mut wakers = Wakers::default();
        for closer in closers {
            wakers.push(closer.resolve(report));
        }
        drop(wakers);
        drop(others);
    }

    /// What is accepted and not answered, and since when the oldest of what still waits here.
    #[must_use]
    pub fn depth(&self) -> (Limits, Option<Duration>) {
        let state = self.lock();
        (state.held, state.waiting.front().map(|event| event.created_at))
    }

    /// How many events wait here, of those that are accepted and not answered.
    #[cfg(feature = "__simulation")]
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    /// By when the work must end, if the publisher is being closed.
    pub(super) fn closing(&self) -> Option<Duration> {
        self.lock().closing
    }

    /// Whether the I/O thread has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.lock().ended.is_some()
    }

    fn admit(&self, state: &mut State, wanted: Limits) -> Result<(), PublishError> {
        if state.closing.is_some() {
            return Err(PublishError::Closed);
        }
        if state.is_fenced {
            return Err(PublishError::Fenced);
        }
        if wanted.events > self.limits.events {
            return Err(PublishError::BatchTooLarge {
                events: wanted.events,
                events_max: self.limits.events,
            });
        }
        if wanted.bytes > self.limits.bytes {
            return Err(PublishError::TooLarge {
                bytes: wanted.bytes,
                bytes_max: self.limits.bytes,
            });
        }
        let fits = self.fits(state, wanted);
        if !fits {
            state.wanted = wanted;
            return Err(PublishError::QueueFull {
                events: state.held.events,
                bytes: state.held.bytes,
                events_max: self.limits.events,
                bytes_max: self.limits.bytes,
            });
        }
        // What was refused before is its caller's business from now on: others ask for room for one event.
        state.wanted = Limits::NONE;
        Ok(())
    }

    /// Gives an event the last place and the next number, which it says.
    fn enqueue(&self, state: &mut State, mut event: Accepted, bytes: usize) -> u64 {
        state.accepted += 1;
        state.held.events += 1;
        state.held.bytes += bytes;
        event.pair = Pair {
            epoch: self.epoch,
            sequence: state.accepted,
        };
        state.waiting.push_back(event);
        state.accepted
    }

    fn fits(&self, state: &State, wanted: Limits) -> bool {
        wanted.events <= self.limits.events.saturating_sub(state.held.events)
            && wanted.bytes <= self.limits.bytes.saturating_sub(state.held.bytes)
    }

    /// Wakes the I/O thread if it waits for what has just happened and nobody has woken it yet.
    fn ring(&self, mut state: MutexGuard<'_, State>) {
        let wake = match state.sleep {
            Sleep::Awake => false,
            Sleep::UntilNudged => state.nudged,
            Sleep::UntilRung => true,
        };
        if wake {
            state.sleep = Sleep::Awake;
        }
        drop(state);
        if wake {
            self.bell.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Only sums and moves happen under this lock: a poisoned one is as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first events of `waiting` within `limits`; one at least, however large, if any may be taken.
fn take_within(waiting: &mut VecDeque<Accepted>, limits: Limits) -> Vec<Accepted> {
    let mut bytes = 0_usize;
    let fits = |event: &&Accepted| {
        let first = bytes == 0;
        bytes = bytes.saturating_add(event.bytes());
        first || bytes <= limits.bytes
    };
    let count = waiting.iter().take(limits.events).take_while(fits).count();
    waiting.drain(..count).collect()
}

/// Waits for room in the queue; from [`EventPublisher::ready`](super::EventPublisher::ready).
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
///
/// let publisher = EventPublisher::new(&RedisClient::builder().host("127.0.0.1").port(1).build()?)?;
/// publisher.ready().wait(); // an empty queue has room, whether Redis is there or not
/// assert_eq!(publisher.stats().queue_events, 0);
/// # Ok::<(), redis_client::Error>(())
/// ```
///
/// # Cancel safety
///
/// Dropping it loses nothing.
#[must_use = "does nothing unless it is awaited or waited for"]
pub struct Ready {
    queue: Arc<Queue>,
    wanted: Limits,
    waiting: Option<Waiting<()>>,
}

impl Ready {
    /// Waits without a runtime.
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
    /// publisher.ready().wait();
    /// assert!(publisher.publish(&Heartbeat { desk: 7 }).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Blocking
    ///
    /// Parks the calling thread until there is room or the publisher is closed. In async code, await it instead.
    pub fn wait(mut self) {
        thread::wait(&mut self);
    }
}

impl Future for Ready {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            if let Some(waiting) = &mut self.waiting {
                match Pin::new(waiting).poll(context) {
                    Poll::Ready(()) => self.waiting = None,
                    Poll::Pending => return Poll::Pending,
                }
            }
            let mut state = self.queue.lock();
            if state.closing.is_some() || state.is_fenced || self.queue.fits(&state, self.wanted) {
                return Poll::Ready(());
            }
            let (completion, waiting) = slot();
            state.room.retain(|(_, completion)| !completion.is_abandoned());
            state.room.push((self.wanted, completion));
            drop(state);
            self.waiting = Some(waiting);
        }
    }
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ready").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;

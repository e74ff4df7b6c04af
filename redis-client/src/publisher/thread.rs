//! The loop around [`Worker::turn`]: takes batches, tells the time, gives the answers, and survives a panic.
//!
//! Nothing is decided here about events; the simulation is the other caller of the same turns. What this file adds is
//! the end: whether the publisher is closed, dropped, or its thread panics, each receipt resolves (P4), each caller who
//! waits for room or for a flush is told, and later calls find the publisher closed.
//!
//! It is also the only file of the publisher that reads a clock or parks a thread.

use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tracing::{error, info_span};

use super::CloseReport;
use super::queue::Queue;
use super::receipt::Answers;
use super::stats::{State, Status};
use super::transport::Transport;
use super::worker::{Limits, Next, Now, Worker};
use crate::buffer::storage::Storage;

/// The time since the publisher started, and of the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    pub(super) fn now(&self) -> Now {
        Now {
            elapsed: self.start.elapsed(),
            unix: self.unix(),
        }
    }

    #[expect(
        clippy::unused_self,
        reason = "a clock is asked for the time, also when it needs no start for that"
    )]
    pub(super) fn unix(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

/// What the I/O thread leaves for `stats()` after each turn.
pub(super) type Board = Arc<Mutex<Status>>;

/// Starts the I/O thread.
pub(super) fn spawn<T, S>(
    worker: Worker<T, S>,
    queue: Arc<Queue>,
    clock: Clock,
    board: Board,
) -> io::Result<()>
where
    T: Transport + Send + 'static,
    S: Storage + Send + 'static,
{
    let body = move || {
        let _inside = info_span!("publisher").entered();
        let mut report = None;
        let run = AssertUnwindSafe(|| report = Some(run(worker, &queue, clock, &board)));
        if catch_unwind(run).is_err() {
            // The panic hook has told where and why. What the worker held was answered when it unwound.
            error!("the i/o thread of the publisher panicked: the publisher is closed");
        }
        let buffered = board.lock().unwrap_or_else(PoisonError::into_inner).buffer_events;
        queue.end(report.unwrap_or(CloseReport {
            buffered,
            in_time: false,
        }));
    };
    thread::Builder::new()
        .name("redis-publisher".to_owned())
        .spawn(body)
        .map(drop)
}

fn run<T: Transport, S: Storage>(
    mut worker: Worker<T, S>,
    queue: &Queue,
    clock: Clock,
    board: &Board,
) -> CloseReport {
    let mut next = Next::Now;
    let mut deadline = None;
    // Bound: ends when the publisher is closed and the deadline for that has passed, or before.
    loop {
        let mut pause = match next {
            Next::Now => Some(Duration::ZERO),
            Next::At(at) => Some(at.saturating_sub(clock.now().elapsed)),
            Next::Rung => None,
        };
        if let Some(deadline) = deadline {
            let left = Duration::saturating_sub(deadline, clock.now().elapsed);
            pause = Some(pause.map_or(left, |pause| pause.min(left)));
        }
        let taken = queue.take(worker.appetite(), pause);
        let now = clock.now();
        if taken.closing != deadline
            && let Some(closing) = taken.closing
        {
            // The first half of the time for the backlog, the second for the answers to what of it is in flight.
            worker.replay_until(now.elapsed + closing.saturating_sub(now.elapsed) / 2);
        }
        deadline = taken.closing;
        if let Some(deadline) = deadline {
            let in_time = taken.batch.is_empty() && taken.is_all && worker.is_settled();
            if in_time || worker.has_wound_up(now) || now.elapsed >= deadline {
                let mut rest = taken.batch;
                rest.extend(queue.take(Limits::ALL, Some(Duration::ZERO)).batch);
                let answers = worker.finish(rest, now);
                give(&worker, answers, queue, board);
                return CloseReport {
                    buffered: worker.status().buffer_events,
                    in_time,
                };
            }
        }
        let turn = worker.turn(taken.batch, now);
        next = turn.next;
        give(&worker, turn.answers, queue, board);
    }
}

/// Room and counters first, answers second: who sees an answer finds the room it made and the counter it moved.
fn give<T: Transport, S: Storage>(worker: &Worker<T, S>, answers: Answers, queue: &Queue, board: &Board) {
    let status = worker.status();
    if status.state == State::Fenced {
        queue.fence();
    }
    *board.lock().unwrap_or_else(PoisonError::into_inner) = status;
    let size = answers.size();
    let released = queue.release(size);
    answers.give();
    queue.settle(size.events);
    drop(released);
}

/// Wakes a parked thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

thread_local! {
    static UNPARK: Waker = unpark();
}

fn unpark() -> Waker {
    Waker::from(Arc::new(Unpark(thread::current())))
}

fn waker() -> Waker {
    // Past the end of a thread's life its waker is gone, and it may still want to wait.
    UNPARK.try_with(Waker::clone).unwrap_or_else(|_| unpark())
}

/// Parks until `future` is done.
pub(super) fn wait<F: Future + Unpin>(future: &mut F) -> F::Output {
    let waker = waker();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = Pin::new(&mut *future).poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

/// Parks until `future` is done or `timeout` has passed.
pub(super) fn wait_timeout<F: Future + Unpin>(future: &mut F, timeout: Duration) -> Option<F::Output> {
    let start = Instant::now();
    let waker = waker();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = Pin::new(&mut *future).poll(&mut context) {
            return Some(output);
        }
        match timeout.checked_sub(start.elapsed()) {
            Some(left) if !left.is_zero() => thread::park_timeout(left),
            _ => return None,
        }
    }
}

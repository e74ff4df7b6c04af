//! The two ends of an answer (layer 4): one that gives it once, one that waits for it in whichever way.
//!
//! Shaped for many at once: to *resolve* a receipt and to *wake* whoever waits for it are two steps. The worker writes
//! the answers of a whole batch first and wakes afterwards, so that a caller who waits for the first of 512 receipts
//! wakes once and finds the other 511 answered. Waking is what costs; see `docs/decisions/0503-receipts.md`.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::Answer;
use crate::publisher::worker::Limits;

/// One answer between the thread that gives it and the one caller who waits.
struct Slot<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    /// What stands if nobody answers, until somebody does.
    answer: T,
    resolved: bool,
    waker: Option<Waker>,
}

impl<T> Slot<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing under this lock can panic half-way, so a poisoned one is as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A slot's two ends. `if_dropped` is the answer should the first end go away without giving one.
pub(in crate::publisher) fn slot<T>(if_dropped: T) -> (Completion<T>, Waiting<T>) {
    let slot = Arc::new(Slot {
        state: Mutex::new(State {
            answer: if_dropped,
            resolved: false,
            waker: None,
        }),
    });
    (
        Completion {
            slot: Some(Arc::clone(&slot)),
        },
        Waiting { slot },
    )
}

/// The end that answers, once.
pub(in crate::publisher) struct Completion<T> {
    slot: Option<Arc<Slot<T>>>,
}

impl<T> Completion<T> {
    /// Whether nobody waits any more.
    pub(in crate::publisher) fn is_abandoned(&self) -> bool {
        self.slot.as_ref().is_none_or(|slot| Arc::strong_count(slot) == 1)
    }

    /// Writes the answer. Whoever waits is woken by the waker this returns, later and together with others.
    #[must_use = "whoever waits sleeps on until the waker is used"]
    pub(in crate::publisher) fn resolve(mut self, answer: T) -> Option<Waker> {
        let slot = self.slot.take()?;
        let mut state = slot.lock();
        state.answer = answer;
        state.resolved = true;
        state.waker.take()
    }
}

impl<T> Drop for Completion<T> {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            let mut wakers = Wakers::default();
            let mut state = slot.lock();
            state.resolved = true;
            wakers.push(state.waker.take());
            // Woken when the lock is open again.
            drop(state);
            drop(wakers);
        }
    }
}

/// The end that waits.
pub(in crate::publisher) struct Waiting<T> {
    slot: Arc<Slot<T>>,
}

impl<T: Clone> Waiting<T> {
    pub(super) fn get(&self) -> Option<T> {
        let state = self.slot.lock();
        state.resolved.then(|| state.answer.clone())
    }
}

impl<T: Clone> Future for Waiting<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.slot.lock();
        if state.resolved {
            return Poll::Ready(state.answer.clone());
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(context.waker()),
            empty => *empty = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}

/// The answers that a turn has found, not yet given.
///
/// Giving is dropping: no way out of a turn, not even a panic, leaves an answer ungiven or an answered caller asleep.
#[derive(Default)]
pub struct Answers {
    found: Vec<(Completion<Answer>, Answer)>,
    bytes: usize,
}

impl Answers {
    pub(in crate::publisher) fn push(
        &mut self,
        completion: Completion<Answer>,
        answer: Answer,
        bytes: usize,
    ) {
        self.found.push((completion, answer));
        self.bytes += bytes;
    }

    /// How many events are answered, and how many bytes they counted for.
    #[must_use]
    pub fn size(&self) -> Limits {
        Limits {
            events: self.found.len(),
            bytes: self.bytes,
        }
    }

    /// Writes all answers, then wakes all who wait for one.
    pub fn give(self) {
        drop(self);
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        let mut wakers = Wakers::default();
        for (completion, answer) in self.found.drain(..) {
            wakers.push(completion.resolve(answer));
        }
    }
}

/// Callers to be woken together. Dropping wakes them.
#[derive(Default)]
pub(in crate::publisher) struct Wakers {
    wakers: Vec<Waker>,
}

impl Wakers {
    pub(in crate::publisher) fn push(&mut self, waker: Option<Waker>) {
        self.wakers.extend(waker);
    }
}

impl Drop for Wakers {
    fn drop(&mut self) {
        for waker in self.wakers.drain(..) {
            // A waker is foreign code; if one panics, the others still have to be called.
            let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
        }
    }
}

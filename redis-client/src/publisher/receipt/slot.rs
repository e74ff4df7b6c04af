//! The two ends of an answer (layer 4): one that gives it once, one that waits for it in whichever way.
//!
//! Shaped for many at once: to *resolve* a receipt and to *wake* whoever waits for it are two steps. The worker writes
//! the answers of a whole batch first and wakes afterwards, so that a caller who waits for the first of 512 receipts
//! wakes once and finds the other 511 answered. Waking is what costs; see `docs/decisions/0503-receipts.md`.

use std::future::Future;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::{Answer, Given};
use crate::publisher::worker::Limits;

/// One answer between the thread that gives it and the one caller who waits.
///
/// It goes from one core's cache to the other's and back for each event: what lies in it should be as little as a cache line.
struct Slot<T> {
    state: Mutex<State<T>>,
}

enum State<T> {
    /// There is no answer yet.
    Open {
        waker: Option<Waker>,
    },
    Resolved(T),
}

impl<T> State<T> {
    /// Writes the answer, and gives back who waits for it.
    fn resolve(&mut self, answer: T) -> Option<Waker> {
        match mem::replace(self, Self::Resolved(answer)) {
            Self::Open { waker } => waker,
            Self::Resolved(_) => None,
        }
    }
}

impl<T> Slot<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing under this lock can panic half-way, so a poisoned one is as good as any.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A slot's two ends. The answer is the default one should the first end go away without giving any.
pub(in crate::publisher) fn slot<T: Default>() -> (Completion<T>, Waiting<T>) {
    let slot = Arc::new(Slot {
        state: Mutex::new(State::Open { waker: None }),
    });
    (
        Completion {
            slot: Some(Arc::clone(&slot)),
        },
        Waiting { slot },
    )
}

/// The end that answers, once.
pub(in crate::publisher) struct Completion<T: Default> {
    slot: Option<Arc<Slot<T>>>,
}

impl<T: Default> Completion<T> {
    /// Whether nobody waits any more.
    pub(in crate::publisher) fn is_abandoned(&self) -> bool {
        self.slot.as_ref().is_none_or(|slot| Arc::strong_count(slot) == 1)
    }

    /// Writes the answer. Whoever waits is woken by the waker this returns, later and together with others.
    #[must_use = "whoever waits sleeps on until the waker is used"]
    pub(in crate::publisher) fn resolve(mut self, answer: T) -> Option<Waker> {
        let slot = self.slot.take()?;
        slot.lock().resolve(answer)
    }
}

impl<T: Default> Drop for Completion<T> {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            let mut wakers = Wakers::default();
            // Woken when the lock is open again.
            let waker = slot.lock().resolve(T::default());
            wakers.push(waker);
        }
    }
}

/// The end that waits.
pub(in crate::publisher) struct Waiting<T> {
    slot: Arc<Slot<T>>,
}

impl<T: Clone> Waiting<T> {
    pub(super) fn get(&self) -> Option<T> {
        match &*self.slot.lock() {
            State::Resolved(answer) => Some(answer.clone()),
            State::Open { .. } => None,
        }
    }
}

impl<T: Clone> Future for Waiting<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        match &mut *self.slot.lock() {
            State::Resolved(answer) => return Poll::Ready(answer.clone()),
            State::Open { waker: Some(waker) } => waker.clone_from(context.waker()),
            State::Open { waker } => *waker = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}

/// The answers that a turn has found, not yet given.
///
/// Giving is dropping: no way out of a turn, not even a panic, leaves an answer ungiven or an answered caller asleep.
#[derive(Default)]
pub struct Answers {
    found: Vec<(Completion<Given>, Given)>,
    bytes: usize,
}

impl Answers {
    pub(in crate::publisher) fn push(&mut self, completion: Completion<Given>, answer: Answer, bytes: usize) {
        self.found.push((completion, Some(answer.map_err(Box::new))));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_its_slot_is_no_longer_than_a_cache_line() {
        let counts = 2 * size_of::<usize>();
        assert!(
            counts + size_of::<Slot<Given>>() <= 64,
            "{}",
            size_of::<Slot<Given>>()
        );
    }
}

//! What callers of a cache share (layer 3): the figures, and one computation for all who miss the same key at once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

/// Whoever holds the lock computes; what lies in it was computed while others waited.
type Slot<T> = Arc<tokio::sync::Mutex<Option<T>>>;

/// What clones of a cache have in common.
pub(super) struct Shared<T> {
    pub(super) counters: Counters,
    /// Computations under way, by full key.
    flights: Mutex<HashMap<String, Slot<T>>>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self {
            counters: Counters::default(),
            flights: Mutex::default(),
        }
    }
}

impl<T> Shared<T> {
    fn flights(&self) -> MutexGuard<'_, HashMap<String, Slot<T>>> {
        // Every change is one insertion or removal.
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
pub(super) struct Counters {
    pub(super) hits: Counter,
    pub(super) misses: Counter,
    pub(super) writes: Counter,
    pub(super) invalid: Counter,
    pub(super) unfit: Counter,
    pub(super) degraded: Counter,
    pub(super) computed: Counter,
}

#[derive(Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, n: u64) {
        // Ordering: a statistic; it orders nothing.
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    pub(super) fn get(&self) -> u64 {
        // Ordering: as above.
        self.0.load(Ordering::Relaxed)
    }
}

/// An entry, or the right to compute it.
pub(crate) enum Lookup<T> {
    Found(T),
    Missing(Flight<T>),
}

/// The right to compute an entry. Dropping it passes the right on.
pub(crate) struct Flight<T> {
    shared: Arc<Shared<T>>,
    pub(super) key: String,
    /// Always there until it is dropped.
    pub(super) slot: Option<OwnedMutexGuard<Option<T>>>,
    pub(super) degraded: bool,
}

impl<T> Flight<T> {
    /// Joins the computation of `key`, or begins it, and waits for its turn.
    pub(super) async fn board(shared: &Arc<Shared<T>>, key: String) -> Self {
        let slot = Arc::clone(shared.flights().entry(key.clone()).or_default());
        // From here on the guard tidies up, also when the wait is given up.
        let mut flight = Self {
            shared: Arc::clone(shared),
            key,
            slot: None,
            degraded: false,
        };
        flight.slot = Some(slot.lock_owned().await);
        flight
    }

    /// Leaves the value to those who wait. Who comes later finds it in Redis, or begins anew.
    pub(super) fn landed(&mut self, value: T) {
        if let Some(slot) = &mut self.slot {
            **slot = Some(value);
            let mut flights = self.shared.flights();
            let ours = OwnedMutexGuard::mutex(slot);
            if flights
                .get(&self.key)
                .is_some_and(|current| Arc::ptr_eq(current, ours))
            {
                flights.remove(&self.key);
            }
        }
    }
}

impl<T> Drop for Flight<T> {
    fn drop(&mut self) {
        // The lock first: those who wait hold the slot too, and the last to leave removes it.
        self.slot = None;
        let mut flights = self.shared.flights();
        if flights
            .get(&self.key)
            .is_some_and(|slot| Arc::strong_count(slot) == 1)
        {
            flights.remove(&self.key);
        }
    }
}

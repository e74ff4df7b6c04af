//! Waiting for a condition with a deadline: what tests do instead of sleeping.

use std::thread;
use std::time::{Duration, Instant};

/// How long [`eventually`] waits: far more than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `condition` holds, looking every few milliseconds, for at most 20 seconds.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// let looked = AtomicU32::new(0);
/// redis_client_tests::eventually("looked three times", || looked.fetch_add(1, Ordering::Relaxed) == 2);
/// assert_eq!(looked.into_inner(), 3);
/// ```
///
/// # Panics
///
/// When the condition still does not hold, naming `what` was waited for.
///
/// # Blocking
///
/// Sleeps on the calling thread; in async code, call it in `spawn_blocking`.
#[track_caller]
pub fn eventually(what: &str, condition: impl FnMut() -> bool) {
    assert!(
        eventually_within(PATIENCE, condition),
        "waited {PATIENCE:?} in vain: {what}"
    );
}

/// Waits until `condition` holds, for at most `patience`, and says whether it did.
///
/// ```
/// use std::time::Duration;
///
/// assert!(redis_client_tests::eventually_within(Duration::from_secs(1), || true));
/// assert!(!redis_client_tests::eventually_within(Duration::from_millis(10), || false));
/// ```
///
/// # Blocking
///
/// Sleeps on the calling thread.
#[must_use]
pub fn eventually_within(patience: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + patience;
    // Bound: the deadline.
    loop {
        if condition() {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(3));
    }
}

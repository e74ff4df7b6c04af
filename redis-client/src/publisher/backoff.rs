//! When to try again: a delay from an attempt's number and a seed, and nothing else.
//!
//! The schedule is pure, so that the simulation replays it exactly and a test can look at every step. It reads no
//! clock and keeps no state: the worker counts the attempts, and starts over once Redis has taken an event (a mere
//! connection does not count: a server may accept connections all day and refuse each event).

use std::time::Duration;

/// How long to wait between attempts to reach Redis.
///
/// The delay doubles with each failed attempt from `first` up to `max`, and each is shortened by a random part of at
/// most one half, so that publishers that lost the same server do not come back to it in step.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use redis_client::publisher::Backoff;
///
/// let backoff = Backoff::new(Duration::from_millis(50), Duration::from_secs(2));
/// assert!(backoff.delay(0, 7) <= Duration::from_millis(50));
/// assert!(backoff.delay(30, 7) <= Duration::from_secs(2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    max: Duration,
}

impl Backoff {
    /// A schedule that starts at `first` and never waits longer than `max`.
    ///
    /// A `max` below `first` counts as `first`; a `first` below one millisecond counts as one millisecond, so that an
    /// outage is never a busy loop.
    ///
    /// ```
    /// use std::time::Duration;
    /// use redis_client::publisher::Backoff;
    ///
    /// let always_a_second = Backoff::new(Duration::from_secs(1), Duration::ZERO);
    /// assert!(always_a_second.delay(9, 0) >= Duration::from_millis(500));
    /// ```
    #[must_use]
    pub fn new(first: Duration, max: Duration) -> Self {
        let first = first.max(Duration::from_millis(1));
        Self {
            first,
            max: max.max(first),
        }
    }

    /// The delay before the attempt that follows `failed` failed ones in a row, counted from 0.
    ///
    /// The same arguments give the same delay: `seed` is what makes two publishers differ.
    ///
    /// ```
    /// use redis_client::publisher::Backoff;
    ///
    /// let backoff = Backoff::default();
    /// assert_eq!(backoff.delay(3, 7), backoff.delay(3, 7));
    /// assert!(backoff.delay(0, 7) < backoff.delay(4, 7));
    /// ```
    #[must_use]
    pub fn delay(&self, failed: u32, seed: u64) -> Duration {
        let doubled = self
            .first
            .saturating_mul(1_u32.checked_shl(failed).unwrap_or(u32::MAX));
        let whole = doubled.min(self.max);
        let random = mix(seed ^ u64::from(failed));
        // The low 16 bits over 2^17: a fraction in [0, 1/2).
        let part = u32::from(u16::try_from(random & 0xffff).unwrap_or_default());
        whole.saturating_sub(whole / (1 << 17) * part)
    }
}

impl Default for Backoff {
    /// 50 ms, doubling up to 2 s.
    fn default() -> Self {
        Self::new(Duration::from_millis(50), Duration::from_secs(2))
    }
}

/// `SplitMix64`'s finalizer: enough to spread neighbouring seeds, and the same everywhere.
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(50);
    const MAX: Duration = Duration::from_secs(2);

    #[test]
    fn each_delay_lies_between_half_and_the_whole_of_its_step() {
        let backoff = Backoff::new(FIRST, MAX);
        for failed in 0..64 {
            let whole = FIRST
                .saturating_mul(1_u32.checked_shl(failed).unwrap_or(u32::MAX))
                .min(MAX);
            for seed in 0..200 {
                let delay = backoff.delay(failed, seed);
                assert!(
                    delay <= whole,
                    "attempt {failed}, seed {seed}: {delay:?} above {whole:?}"
                );
                assert!(
                    delay >= whole / 2,
                    "attempt {failed}, seed {seed}: {delay:?} below half of {whole:?}"
                );
            }
        }
    }

    #[test]
    fn two_seeds_part_and_one_seed_repeats() {
        let backoff = Backoff::default();
        assert_ne!(backoff.delay(3, 1), backoff.delay(3, 2));
        assert_eq!(backoff.delay(3, 1), backoff.delay(3, 1));
    }

    #[test]
    fn limits_that_make_no_sense_are_mended() {
        let backoff = Backoff::new(Duration::ZERO, Duration::ZERO);
        assert!(backoff.delay(0, 0) >= Duration::from_micros(500));
        assert!(Backoff::new(MAX, FIRST).delay(9, 0) >= MAX / 2);
    }
}

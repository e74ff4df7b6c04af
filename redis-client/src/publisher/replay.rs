//! When and how fast the buffer is replayed, as settings: plain values, and one small account of bytes.

use std::time::Duration;

/// When the buffer is replayed after an outage.
///
/// Redis passes an event on to whoever listens at that moment and keeps nothing. After a restart the publisher is often back
/// before the subscribers are, and what it replays then has reached Redis and nobody else.
///
/// ```
/// use redis_client::publisher::ReplayWhen;
/// use redis_client::{EventPublisher, RedisClient};
/// use std::time::Duration;
///
/// # let dir = tempfile::tempdir()?;
/// let client = RedisClient::builder().build()?;
/// let publisher = EventPublisher::builder(&client)
///     .buffer(dir.path())
///     .replay_when(ReplayWhen::Receivers { at_least: 1, or_after: Duration::from_secs(30) })
///     .build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ReplayWhen {
    /// As soon as Redis takes events again.
    #[default]
    Immediately,
    /// When each channel of the oldest 1,024 records (or 1 MiB of them) has this many receivers, or when that has not come true for
    /// `or_after` since the connection stands.
    ///
    /// Receivers are what Redis tells: the subscribers to the channel itself (`PUBSUB NUMSUB`), and each pattern that anybody
    /// has subscribed to (`PUBSUB NUMPAT`), for Redis does not say whose channels a pattern matches. Redis is asked ten times a
    /// second. While the replay waits, new events queue behind what is stored; `or_after` bounds that.
    Receivers {
        /// How many.
        at_least: u64,
        /// How long to wait for them.
        or_after: Duration,
    },
}

/// How fast the buffer is replayed.
///
/// A subscriber that takes events more slowly than they come is served from a buffer in Redis, which by default is limited to 32 MiB,
/// or 8 MiB for a minute: beyond that Redis cuts it off, and it misses what it was counted as a receiver of. A replay at full
/// speed brings hundreds of megabytes a second. At the default of 4 MiB a second, a subscriber may stand still for seven
/// seconds, and one that keeps up with 4 MiB (some 14,000 events of 240 bytes) a second never lags. What a second allows may come at
/// once, so a backlog of up to 4 MiB is replayed without a pause.
///
/// Counted are the channel, the payload and 64 bytes for each event, about what Redis writes to a subscriber. New events come in behind a
/// backlog at half its pace: [`PublishError::QueueFull`](super::PublishError::QueueFull) tells who publishes faster.
///
/// ```
/// use redis_client::publisher::ReplayPace;
/// use redis_client::{EventPublisher, RedisClient};
///
/// # let dir = tempfile::tempdir()?;
/// let client = RedisClient::builder().build()?;
/// let builder = EventPublisher::builder(&client).buffer(dir.path());
/// let publisher = builder.replay_pace(ReplayPace::bytes_per_second(1 << 20)).build()?;
/// assert_eq!(ReplayPace::default(), ReplayPace::bytes_per_second(4 << 20));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReplayPace {
    bytes_per_second: Option<u64>,
}

impl ReplayPace {
    /// That many bytes a second; at least 1.
    ///
    /// ```
    /// use redis_client::publisher::ReplayPace;
    ///
    /// assert_ne!(ReplayPace::bytes_per_second(1 << 20), ReplayPace::default());
    /// ```
    #[must_use]
    pub const fn bytes_per_second(bytes: u64) -> Self {
        Self {
            bytes_per_second: Some(if bytes == 0 { 1 } else { bytes }),
        }
    }

    /// As fast as Redis takes it: for servers whose `client-output-buffer-limit pubsub` is raised or off, and for replays that
    /// nobody listens to.
    ///
    /// ```
    /// use redis_client::publisher::ReplayPace;
    ///
    /// assert_ne!(ReplayPace::unpaced(), ReplayPace::default());
    /// ```
    #[must_use]
    pub const fn unpaced() -> Self {
        Self {
            bytes_per_second: None,
        }
    }
}

impl Default for ReplayPace {
    /// 4 MiB a second.
    fn default() -> Self {
        Self::bytes_per_second(4 << 20)
    }
}

/// What Redis writes to a subscriber around channel and payload.
const FRAME_BYTES: i128 = 64;

/// What a pace allows, as time passes. It goes below nothing by what was in flight, and comes back in its time.
#[derive(Debug)]
pub(super) struct Allowance {
    pace: ReplayPace,
    /// What may be sent at `at`; owed when negative.
    bytes: i128,
    at: Duration,
}

impl Allowance {
    pub(super) fn new(pace: ReplayPace, now: Duration) -> Self {
        Self {
            pace,
            bytes: i128::from(pace.bytes_per_second.unwrap_or_default()),
            at: now,
        }
    }

    /// When something may be sent; `None` for now.
    pub(super) fn permits_at(&mut self, now: Duration) -> Option<Duration> {
        let rate = i128::from(self.pace.bytes_per_second?);
        let passed = now.saturating_sub(self.at);
        // Whole bytes only, and the time they took: what is left of it counts the next time.
        let nanos = i128::try_from(passed.as_nanos()).unwrap_or(i128::MAX / rate);
        let earned = nanos.saturating_mul(rate) / NANOS;
        let took = u64::try_from((earned * NANOS).div_euclid(rate)).unwrap_or(u64::MAX);
        self.at = self.at.saturating_add(Duration::from_nanos(took)).min(now);
        self.bytes = self.bytes.saturating_add(earned);
        if self.bytes >= rate {
            // More than a second's worth is not saved up.
            (self.bytes, self.at) = (rate, now);
        }
        if self.bytes > 0 {
            return None;
        }
        let missing = 1 - self.bytes;
        let wait = u64::try_from((missing * NANOS).div_euclid(rate) + 1).unwrap_or(u64::MAX);
        Some(self.at.saturating_add(Duration::from_nanos(wait)))
    }

    /// So many records went out, with so many bytes of channel and payload.
    pub(super) fn spend(&mut self, records: usize, bytes: usize) {
        if self.pace.bytes_per_second.is_some() {
            self.bytes -= i128::from(records as u64) * FRAME_BYTES + i128::from(bytes as u64);
        }
    }
}

const NANOS: i128 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_allowed_at_once_and_the_rest_in_its_time() {
        let mut allowance = Allowance::new(ReplayPace::bytes_per_second(1000), Duration::ZERO);
        let mut now = Duration::ZERO;
        let mut sent = 0_u32;
        while now < Duration::from_secs(10) {
            match allowance.permits_at(now) {
                None => {
                    allowance.spend(1, 36);
                    sent += 100;
                }
                Some(at) => {
                    assert!(at > now, "time goes on");
                    now = at;
                }
            }
        }
        assert!((11_000..=11_200).contains(&sent), "{sent}");
    }

    #[test]
    fn looking_often_earns_nothing() {
        let mut allowance = Allowance::new(ReplayPace::bytes_per_second(1000), Duration::ZERO);
        allowance.spend(1, 5000);
        let debt = allowance.permits_at(Duration::ZERO).unwrap();
        for micros in 0..4_064_000 {
            if micros % 7 == 0 {
                let at = allowance.permits_at(Duration::from_micros(micros)).unwrap();
                assert!(at.abs_diff(debt) < Duration::from_millis(2), "{at:?} {debt:?}");
            }
        }
        assert_eq!(allowance.permits_at(debt), None);
    }

    #[test]
    fn idle_time_is_not_saved_up_and_no_pace_has_no_limits() {
        let mut allowance = Allowance::new(ReplayPace::bytes_per_second(1000), Duration::ZERO);
        let later = Duration::from_hours(100_000);
        assert_eq!(allowance.permits_at(later), None);
        allowance.spend(1, 1000);
        assert!(allowance.permits_at(later).is_some());

        for bytes in [0, 1, u64::MAX] {
            let mut allowance = Allowance::new(ReplayPace::bytes_per_second(bytes), Duration::ZERO);
            allowance.spend(1, 100);
            allowance.permits_at(Duration::MAX);
            allowance.permits_at(Duration::ZERO);
        }
        let mut allowance = Allowance::new(ReplayPace::unpaced(), Duration::ZERO);
        allowance.spend(1, 100);
        assert_eq!(allowance.permits_at(Duration::ZERO), None);
    }
}

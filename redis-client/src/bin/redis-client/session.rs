//! A publisher as commands use it: made for one client, and ended in one of two ways.
//!
//! At the end of the input there is time: what the buffer holds is sent for as long as Redis can be reached. After a signal there is
//! the time that `--close-timeout` gives.

use std::pin::pin;
use std::time::Duration;

use redis_client::publisher::{CloseReport, Closing, EventPublisherBuilder, Outage, State, Stats};
use redis_client::{EventPublisher, RedisClient};
use tokio::time::{Instant, interval};

use crate::args::Common;
use crate::exit::{Exit, Failure};
use crate::signals::Signals;

/// Longer than any replay takes.
const NO_HURRY: Duration = Duration::from_hours(365 * 24);
/// How often the publisher's state is looked at while Redis comes back.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A publisher and what it was made from.
pub(crate) struct Session {
    pub(crate) publisher: EventPublisher,
    client: RedisClient,
    close_timeout: Duration,
}

impl Session {
    /// Opens the buffer, if `configure` asks for one, and begins to connect.
    pub(crate) fn start(
        common: &Common,
        configure: impl FnOnce(EventPublisherBuilder) -> EventPublisherBuilder,
    ) -> Result<Self, Failure> {
        let client = common.client()?;
        let close_timeout = common.close_timeout()?;
        let builder = configure(EventPublisher::builder(&client));
        Ok(Self {
            publisher: builder.build()?,
            client,
            close_timeout,
        })
    }

    /// Why the publisher stopped by itself, if it did: another one owns the fence.
    pub(crate) fn fenced(&self) -> Option<Failure> {
        let outage = self.publisher.stats().outage?;
        matches!(outage, Outage::Fenced).then(|| Failure::new(Exit::FAILED, &outage))
    }

    /// How long after a signal the process may live at most: closing, the reply that it may be waiting for, and a little for the
    /// disk.
    pub(crate) fn patience(&self, common: &Common) -> Result<Duration, Failure> {
        let reply = common.response_timeout()?;
        Ok(self
            .close_timeout
            .saturating_add(reply)
            .saturating_add(Duration::from_secs(1)))
    }

    /// The moment by which closing must have come to an end, were it to begin now.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.close_timeout
    }

    /// Sends what the buffer holds while Redis is reachable, and closes. A signal makes it hurry, and is returned.
    pub(crate) async fn end(&self, signals: &mut Signals) -> (CloseReport, Option<Exit>) {
        let stopped = tokio::select! {
            () = self.drain() => None,
            exit = signals.first() => Some(exit),
        };
        if stopped.is_some() {
            return (self.publisher.close(self.close_timeout).await, stopped);
        }
        let mut closing = self.publisher.close(NO_HURRY);
        tokio::select! {
            report = &mut closing => (report, None),
            exit = signals.first() => (self.publisher.close(self.close_timeout).await, Some(exit)),
        }
    }

    /// Closes, bringing to an end by `deadline` what can be.
    pub(crate) fn close_by(&self, deadline: Instant) -> Closing {
        self.publisher
            .close(deadline.saturating_duration_since(Instant::now()))
    }

    /// Waits for `work`, and lets `look` see the publisher's figures meanwhile.
    pub(crate) async fn watched<T>(&self, work: impl Future<Output = T>, mut look: impl FnMut(&Stats)) -> T {
        let mut work = pin!(work);
        let mut again = interval(LOOK_AGAIN);
        // Bound: the work.
        loop {
            tokio::select! {
                done = &mut work => return done,
                _ = again.tick() => look(&self.publisher.stats()),
            }
        }
    }

    /// Waits while the publisher sends what the buffer holds, also through connections that break, for as long as Redis
    /// answers. An outage that is none of the connection's (the server is a replica, or refuses a record again and again)
    /// is given the close timeout since the last record that landed.
    async fn drain(&self) {
        let mut look = interval(LOOK_AGAIN);
        let mut left = u64::MAX;
        let mut landed_at = Instant::now();
        // Bound: every turn lands records, or time runs out, or Redis does not answer.
        loop {
            let stats = self.publisher.stats();
            if stats.buffer_events == 0 {
                return;
            }
            if stats.buffer_events < left {
                left = stats.buffer_events;
                landed_at = Instant::now();
            }
            let goes_on = match stats.state {
                State::Online | State::Replaying | State::Holding => true,
                State::Degraded => landed_at.elapsed() < self.close_timeout && self.is_reachable().await,
                _ => false,
            };
            if !goes_on {
                return;
            }
            look.tick().await;
        }
    }

    /// Whether Redis answers. The connection that was in use may just have been cut: that is asked again, once.
    async fn is_reachable(&self) -> bool {
        match self.client.ping().await {
            Ok(()) => true,
            Err(error) => !error.is_timeout() && self.client.ping().await.is_ok(),
        }
    }
}

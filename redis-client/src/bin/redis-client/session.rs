//! A publisher as commands use it: made for one client, and ended in one of two ways.
//!
//! At the end of the input there is time: what the buffer holds is sent for as long as Redis can be reached. After a signal there is
//! the time that `--close-timeout` gives.

use std::pin::pin;
use std::time::Duration;

use redis_client::publisher::{CloseReport, Closing, EventPublisherBuilder, Outage, State, Stats};
use redis_client::{EventPublisher, RedisClient};
use tokio::time::{Instant, interval, timeout};

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

    /// The moment by which closing must have come to an end, were it to begin now.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.close_timeout
    }

    /// Sends what the buffer holds while Redis is reachable, and closes. A signal makes it hurry, and is returned.
    pub(crate) async fn end(&self, signals: &mut Signals) -> (CloseReport, Option<Exit>) {
        let stopped = tokio::select! {
            () = self.come_back() => None,
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

    /// When the buffer holds something and the publisher waits before it tries Redis again: asks Redis, and if that answers,
    /// gives the publisher the time to notice.
    async fn come_back(&self) {
        let waits = || {
            let stats = self.publisher.stats();
            stats.state == State::Degraded && stats.buffer_events > 0
        };
        if !waits() || self.client.ping().await.is_err() {
            return;
        }
        let noticed = async {
            let mut look = interval(LOOK_AGAIN);
            // Bound: the timeout around it.
            while waits() {
                look.tick().await;
            }
        };
        // An outage that is none of the connection's goes on: the server is a replica, say.
        let _ = timeout(self.close_timeout, noticed).await;
    }
}

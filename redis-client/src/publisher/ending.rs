//! Waiting for the publisher itself (layer 4): for what was published so far, and for its end. As a future, or blocking.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::receipt::Waiting;
use super::thread;

/// How a publisher ended.
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
/// use redis_client::publisher::CloseReport;
/// use std::time::Duration;
///
/// let publisher = EventPublisher::new(&RedisClient::builder().host("127.0.0.1").port(1).build()?)?;
/// let report: CloseReport = publisher.close(Duration::from_secs(5)).wait();
/// assert_eq!(report.buffered, 0);
/// # Ok::<(), redis_client::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CloseReport {
    /// Events left in the buffer; the next publisher on that directory sends them first.
    pub buffered: u64,
    /// Whether all that could be done was done before the timeout.
    pub in_time: bool,
}

/// Waits for the answers to all that was accepted; from [`EventPublisher::flush`](super::EventPublisher::flush).
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let publisher = EventPublisher::new(&RedisClient::from_env()?)?;
/// // A future, or a wait without a runtime: there is nothing to wait for here.
/// publisher.flush().await;
/// publisher.flush().wait();
/// # Ok(())
/// # }
/// ```
///
/// # Cancel safety
///
/// Dropping it loses nothing.
#[must_use = "does nothing unless it is awaited or waited for"]
pub struct Flush {
    pub(super) waiting: Waiting<()>,
}

impl Flush {
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
    /// publisher.publish(&Heartbeat { desk: 7 })?;
    /// publisher.flush().wait();
    /// assert_eq!(publisher.stats().queue_events, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Blocking
    ///
    /// Parks the calling thread. In async code, await it instead.
    pub fn wait(mut self) {
        thread::wait(&mut self.waiting);
    }

    /// Waits for at most `timeout`, and says whether everything was answered by then.
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
    /// use std::time::Duration;
    ///
    /// assert!(publisher.flush().wait_timeout(Duration::from_secs(10)), "nothing is waiting");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Blocking
    ///
    /// Parks the calling thread, for no longer than `timeout`.
    pub fn wait_timeout(&mut self, timeout: Duration) -> bool {
        thread::wait_timeout(&mut self.waiting, timeout).is_some()
    }
}

impl Future for Flush {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.waiting).poll(context)
    }
}

impl fmt::Debug for Flush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flush").finish_non_exhaustive()
    }
}

/// Waits for the end of a publisher; from [`EventPublisher::close`](super::EventPublisher::close). Dropping it changes nothing about that end.
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let publisher = EventPublisher::new(&RedisClient::from_env()?)?;
/// let report = publisher.close(Duration::from_secs(5)).await;
/// assert!(report.in_time);
/// assert_eq!(report.buffered, 0);
/// # Ok(())
/// # }
/// ```
pub struct Closing {
    pub(super) waiting: Waiting<CloseReport>,
}

impl Closing {
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
    /// use std::time::Duration;
    ///
    /// let report = publisher.close(Duration::from_secs(5)).wait();
    /// assert!(report.in_time);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Blocking
    ///
    /// Parks the calling thread, for the timeout given to `close`, and longer only while Redis
    /// is slow: each reply on its way may take its response timeout. In async code,
    /// await it instead.
    #[expect(clippy::must_use_candidate, reason = "who only wants to wait needs no report")]
    pub fn wait(mut self) -> CloseReport {
        thread::wait(&mut self.waiting)
    }
}

impl Future for Closing {
    type Output = CloseReport;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<CloseReport> {
        Pin::new(&mut self.waiting).poll(context)
    }
}

impl fmt::Debug for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Closing").finish_non_exhaustive()
    }
}

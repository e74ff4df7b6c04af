//! What a caller holds for an event that was accepted: its answer, once there is one. Layer 4.
//!
//! The promise is P4: every receipt resolves. It holds by construction: whoever holds the other end of its slot
//! (`receipt/slot.rs`) either writes an answer or drops it, which is the answer "the publisher stopped". So neither a panic nor a forgotten branch can leave a caller waiting.
//!
//! This file knows nothing of queues, connections or disks.

mod slot;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

pub use self::slot::Answers;
pub(super) use self::slot::{Completion, Waiting, Wakers, slot};
use super::error::ReceiptError;
use super::thread;

/// How an accepted event ended well.
///
/// New ways are added as the publisher learns more modes: match with a catch-all arm.
///
/// ```
/// use redis_client::publisher::Outcome;
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
///
/// // Nothing listens on this port.
/// let outcome = publisher.publish(&Heartbeat { desk: 7 })?.wait()?;
/// assert!(matches!(outcome, Outcome::Buffered { sequence: 1, synced: true, .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Redis has taken the event and said to how many subscribers it passed it on.
    #[non_exhaustive]
    Delivered {
        /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
        sequence: u64,
        /// How many subscribers Redis counted. 0 means that nobody listened: pub/sub keeps nothing for later.
        receivers: u64,
    },
    /// The event lies in the buffer and goes to Redis when that can be reached again, before anything newer.
    #[non_exhaustive]
    Buffered {
        /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
        sequence: u64,
        /// Whether the disk has confirmed it: it then survives power loss too. Without, it survives the end of this
        /// process. Always `true` under the default `Sync::Always`.
        synced: bool,
    },
    /// The fence knows the event: it was published before, though the reply to that was lost.
    #[non_exhaustive]
    AlreadyDelivered {
        /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
        sequence: u64,
    },
    /// The event had outlived its use before it could be sent, and its type says that it is not sent then:
    /// [`Expired::DeadLetter`](crate::Expired). It lies among the dead letters of the buffer, if there is one.
    #[non_exhaustive]
    Expired {
        /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
        sequence: u64,
    },
}

impl Outcome {
    /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
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
    /// assert_eq!(publisher.publish(&Heartbeat { desk: 7 })?.wait()?.sequence(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        match *self {
            Self::Delivered { sequence, .. }
            | Self::Buffered { sequence, .. }
            | Self::AlreadyDelivered { sequence }
            | Self::Expired { sequence } => sequence,
        }
    }

    /// Whether Redis has the event already.
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
    /// assert!(!publisher.publish(&Heartbeat { desk: 7 })?.wait()?.is_delivered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn is_delivered(&self) -> bool {
        matches!(self, Self::Delivered { .. } | Self::AlreadyDelivered { .. })
    }

    /// Whether the event waits in the buffer.
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
    /// assert!(publisher.publish(&Heartbeat { desk: 7 })?.wait()?.is_buffered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn is_buffered(&self) -> bool {
        matches!(self, Self::Buffered { .. })
    }

    /// Whether the event was too old to be sent, and was not.
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
    /// assert!(!publisher.publish(&Heartbeat { desk: 7 })?.wait()?.is_expired());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn is_expired(&self) -> bool {
        matches!(self, Self::Expired { .. })
    }
}

/// The answer to one event.
pub(super) type Answer = Result<Outcome, ReceiptError>;

/// The same as it lies in a slot: `None` says that the publisher stopped. An error is large and rare, and lies elsewhere.
pub(super) type Given = Option<Result<Outcome, Box<ReceiptError>>>;

/// The receipt for an event that was accepted: resolves once the event is delivered, buffered or given up.
///
/// Await it in any runtime or in none, or block with [`wait`](Self::wait) or [`wait_timeout`](Self::wait_timeout).
/// **Dropping it withdraws nothing**: the event goes on its way, only the answer is lost.
///
/// # Cancel safety
///
/// Awaiting is cancel safe: dropping the future between polls loses neither the event nor, while the receipt itself is
/// kept (await `&mut receipt`), its answer.
///
/// # Examples
///
/// ```
/// use redis_client::publisher::Outcome;
/// # use redis_client::publisher::Receipt;
///
/// # fn example(mut receipt: Receipt) {
/// match receipt.wait() {
///     Ok(Outcome::Delivered { receivers, .. }) => println!("{receivers} subscribers have it"),
///     Ok(outcome) => println!("kept for later as number {}", outcome.sequence()),
///     Err(error) if error.may_have_been_delivered() => println!("perhaps: {error}"),
///     Err(error) => println!("no: {error}"),
/// }
/// # }
/// ```
#[must_use = "the event is on its way either way, but only the receipt tells how it ended"]
pub struct Receipt {
    sequence: u64,
    waiting: Waiting<Given>,
}

impl Receipt {
    /// A receipt without a number, and the end that answers it. Unanswered and dropped, it says that the publisher stopped.
    pub(super) fn new() -> (Completion<Given>, Self) {
        let (completion, waiting) = slot();
        (completion, Self { sequence: 0, waiting })
    }

    /// Gives it the number of its event.
    pub(super) fn numbered(self, sequence: u64) -> Self {
        Self { sequence, ..self }
    }

    fn answer(&self, given: Given) -> Answer {
        let sequence = self.sequence;
        match given {
            Some(answer) => answer.map_err(|error| *error),
            None => Err(ReceiptError::Stopped { sequence, sent: true }),
        }
    }

    /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
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
    /// assert_eq!(publisher.publish(&Heartbeat { desk: 7 })?.sequence(), 1);
    /// assert_eq!(publisher.publish(&Heartbeat { desk: 7 })?.sequence(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Waits for the answer, without a runtime.
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
    /// let outcome = publisher.publish(&Heartbeat { desk: 7 })?.wait()?;
    /// assert!(outcome.is_buffered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReceiptError`] when the event was neither delivered nor buffered; it says whether Redis may have it all the
    /// same.
    ///
    /// # Blocking
    ///
    /// Parks the calling thread. It ends: each receipt resolves, during an outage at once. In async code, await the
    /// receipt instead.
    pub fn wait(mut self) -> Result<Outcome, ReceiptError> {
        // Most have been answered when their turn comes: those of a batch are answered together.
        let given = match self.waiting.get() {
            Some(given) => given,
            None => thread::wait(&mut self.waiting),
        };
        self.answer(given)
    }

    /// Waits for the answer for at most `timeout`; `None` when it has not come by then.
    ///
    /// The receipt stays good: ask again, or await it.
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
    /// let mut receipt = publisher.publish(&Heartbeat { desk: 7 })?;
    /// if let Some(answer) = receipt.wait_timeout(Duration::from_secs(10)) {
    ///     assert!(answer?.is_buffered());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Blocking
    ///
    /// Parks the calling thread, for no longer than `timeout`.
    pub fn wait_timeout(&mut self, timeout: Duration) -> Option<Result<Outcome, ReceiptError>> {
        let given = thread::wait_timeout(&mut self.waiting, timeout)?;
        Some(self.answer(given))
    }

    /// The answer, when it has come already. Does not wait.
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
    /// let receipt = publisher.publish(&Heartbeat { desk: 7 })?;
    /// publisher.flush().wait();
    /// assert!(receipt.try_get().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn try_get(&self) -> Option<Result<Outcome, ReceiptError>> {
        self.waiting.get().map(|given| self.answer(given))
    }
}

impl Future for Receipt {
    type Output = Result<Outcome, ReceiptError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let given = Pin::new(&mut self.waiting).poll(context);
        given.map(|given| self.answer(given))
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt")
            .field("sequence", &self.sequence)
            .field("answer", &self.try_get())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};
    use std::task::{Wake, Waker};

    use super::*;
    use crate::publisher::CloseReport;
    use crate::publisher::queue::Queue;
    use crate::publisher::worker::Limits;

    #[expect(clippy::unnecessary_wraps, reason = "an answer is a result")]
    fn delivered(sequence: u64) -> Answer {
        Ok(Outcome::Delivered {
            sequence,
            receivers: 2,
        })
    }

    fn numbered(sequence: u64) -> (Completion<Given>, Receipt) {
        let (completion, receipt) = Receipt::new();
        (completion, receipt.numbered(sequence))
    }

    #[test]
    fn an_answer_is_seen_by_each_way_of_waiting() {
        let (completion, mut receipt) = numbered(7);
        assert!(receipt.try_get().is_none());
        assert!(receipt.wait_timeout(Duration::ZERO).is_none());
        drop(completion.resolve(Some(Ok(delivered(7).unwrap()))));
        assert_eq!(receipt.try_get().unwrap().unwrap().sequence(), 7);
        assert!(
            receipt
                .wait_timeout(Duration::ZERO)
                .unwrap()
                .unwrap()
                .is_delivered()
        );
        assert!(receipt.wait().unwrap().is_delivered());
    }

    #[test]
    fn a_thread_that_waits_is_woken_by_the_answer() {
        let (completion, receipt) = numbered(1);
        let waiter = std::thread::spawn(move || receipt.wait());
        let mut answers = Answers::default();
        answers.push(completion, delivered(1), 0);
        answers.give();
        assert_eq!(waiter.join().unwrap().unwrap().sequence(), 1);
    }

    #[test]
    fn an_end_that_is_dropped_answers_that_the_publisher_stopped() {
        let (completion, receipt) = numbered(3);
        let waiter = std::thread::spawn(move || receipt.wait());
        drop(completion);
        let error = waiter.join().unwrap().unwrap_err();
        assert!(
            matches!(error, ReceiptError::Stopped { sequence: 3, .. }),
            "{error}"
        );
        assert!(error.may_have_been_delivered());
    }

    /// A caller's waker that panics when it is called.
    fn panicking() -> Waker {
        struct Panics;
        impl Wake for Panics {
            fn wake(self: Arc<Self>) {
                std::panic::resume_unwind(Box::new("a caller's waker"));
            }
        }
        Waker::from(Arc::new(Panics))
    }

    /// What could happen: the publisher's thread panicked, and while its receipts were dropped a caller's waker did so too, which
    /// ends the process.
    #[test]
    fn a_waker_that_panics_is_the_trouble_of_its_caller_alone() {
        let waker = panicking();
        let mut context = Context::from_waker(&waker);
        let (completion, mut receipt) = numbered(1);
        assert!(Pin::new(&mut receipt).poll(&mut context).is_pending());
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(completion)));
        assert!(dropped.is_ok() && receipt.wait().is_err());

        let queue = Queue::new(Limits::ALL, 1);
        let (mut first, second) = (queue.close(Duration::ZERO), queue.close(Duration::ZERO));
        assert!(Pin::new(&mut first).poll(&mut context).is_pending());
        let report = CloseReport {
            buffered: 3,
            in_time: true,
        };
        let ended = catch_unwind(AssertUnwindSafe(|| queue.end(report)));
        assert!(ended.is_ok());
        assert_eq!(
            second.get(),
            Some(report),
            "who waits behind it learns how it ended"
        );
    }

    #[test]
    fn all_answers_are_written_before_the_first_caller_wakes() {
        struct Look(Mutex<Option<Receipt>>, AtomicUsize);
        impl Wake for Look {
            fn wake(self: Arc<Self>) {
                let other = self.0.lock().unwrap();
                assert!(
                    other.as_ref().unwrap().try_get().is_some(),
                    "the second is answered when the first wakes"
                );
                // Ordering: a counter read by the same thread, nothing hangs on it.
                self.1.fetch_add(1, Ordering::Relaxed);
            }
        }
        let (first, mut first_receipt) = numbered(1);
        let (second, second_receipt) = numbered(2);
        let look = Arc::new(Look(Mutex::new(Some(second_receipt)), AtomicUsize::new(0)));
        let waker = Waker::from(Arc::clone(&look));
        assert!(
            Pin::new(&mut first_receipt)
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        // Given by the unwinding of a panic, too.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let mut answers = Answers::default();
            answers.push(first, delivered(1), 10);
            answers.push(second, delivered(2), 5);
            assert_eq!(answers.size(), Limits { events: 2, bytes: 15 });
            assert_eq!(
                look.1.load(Ordering::Relaxed),
                0,
                "finding an answer does not wake"
            );
            std::panic::resume_unwind(Box::new("before they were given"));
        }));
        assert!(result.is_err());
        assert_eq!(look.1.load(Ordering::Relaxed), 1);
        assert!(first_receipt.wait().unwrap().is_delivered());
    }
}

//! What can go wrong, in three places: when a publisher is built, in the call to `publish`, and afterwards.
//!
//! Each place has its own type, so that a caller sees only what can happen there: [`PublishError`] means that the event
//! was *not* accepted, [`ReceiptError`] that an accepted one was neither delivered nor buffered, [`BuildError`] that
//! there is no publisher. None of them holds payloads or passwords.

use std::path::PathBuf;

use thiserror::Error;

use super::store::StoreError;
use super::transport::Outage;
use crate::buffer;
use crate::client::ServerError;
use crate::codec::EncodeError;
use crate::validate::Violation;

/// Why an event was not accepted. It has no number, no receipt, and nothing of it is sent.
///
/// ```
/// use redis_client::publisher::PublishError;
///
/// let error = PublishError::QueueFull { events: 65_536, bytes: 1_000, events_max: 65_536, bytes_max: 1_000_000 };
/// assert!(error.is_transient());
/// assert_eq!(error.to_string(), "the queue is full: 65536 of 65536 events, 1000 of 1000000 bytes");
/// assert!(!PublishError::Closed.is_transient());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The event breaks a rule of its schema, or cannot be written as JSON.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The event or the batch alone takes more bytes than the queue may hold.
    #[error("{bytes} bytes are to be accepted at once, and the queue holds {bytes_max} at most")]
    TooLarge {
        /// Bytes of channels and payloads.
        bytes: usize,
        /// The queue's limit.
        bytes_max: usize,
    },
    /// The batch alone has more events than the queue may hold.
    #[error("{events} events are to be accepted at once, and the queue holds {events_max} at most")]
    BatchTooLarge {
        /// Events of the batch.
        events: usize,
        /// The queue's limit.
        events_max: usize,
    },
    /// As many events or bytes are waiting for their answers as may wait.
    ///
    /// [`ready`](super::EventPublisher::ready) and [`publish_blocking`](super::EventPublisher::publish_blocking) wait for
    /// room.
    #[error("the queue is full: {events} of {events_max} events, {bytes} of {bytes_max} bytes")]
    QueueFull {
        /// Events that wait.
        events: usize,
        /// Bytes of their channels and payloads.
        bytes: usize,
        /// The limit on events.
        events_max: usize,
        /// The limit on bytes.
        bytes_max: usize,
    },
    /// The publisher was closed, or its I/O thread has ended.
    #[error("the publisher is closed")]
    Closed,
    /// A publisher that the buffer does not know owns the fence: the buffer's directory is a copy, or was copied, or its memory of its
    /// own claims is lost to damage. What was accepted before lies in the buffer; [`adopt`](crate::buffer::adopt) gives the
    /// directory a fence of its own.
    #[error("the publisher is fenced: its fence belongs to one that its buffer does not know")]
    Fenced,
    /// An event of a batch is at fault, and none of the batch was accepted.
    #[error("event {index} of the batch")]
    InBatch {
        /// Its place in the batch, from 0.
        index: usize,
        /// What is wrong with it.
        source: Box<Self>,
    },
}

impl PublishError {
    /// Whether the same event can be accepted later: only the queue was full.
    ///
    /// ```
    /// use redis_client::publisher::PublishError;
    ///
    /// let full = PublishError::QueueFull { events: 10, bytes: 90, events_max: 10, bytes_max: 100 };
    /// assert!(full.is_transient() && !PublishError::Closed.is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::QueueFull { .. })
    }

    /// The rule of the schema that the event breaks, if that is why.
    ///
    /// ```
    /// use redis_client::publisher::PublishError;
    ///
    /// assert!(PublishError::Closed.violation().is_none());
    /// ```
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match self {
            Self::Encode(error) => error.violation(),
            Self::InBatch { source, .. } => source.violation(),
            _ => None,
        }
    }
}

/// Why an accepted event was neither delivered nor buffered.
///
/// ```
/// use redis_client::publisher::ReceiptError;
///
/// let error = ReceiptError::Stopped { sequence: 7, sent: false };
/// assert_eq!(error.sequence(), 7);
/// assert!(!error.may_have_been_delivered());
/// ```
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum ReceiptError {
    /// Redis refused this event for good; to send it again would not help.
    #[error("redis rejected event {sequence}: {server}")]
    Rejected {
        /// The event's number.
        sequence: u64,
        /// The server's answer.
        server: ServerError,
    },
    /// The server takes no argument of this size.
    #[error("event {sequence} has {bytes} bytes, and the server takes {limit} at most")]
    TooLarge {
        /// The event's number.
        sequence: u64,
        /// Bytes of its payload.
        bytes: usize,
        /// The server's `proto-max-bulk-len`.
        limit: usize,
    },
    /// There is no buffer, Redis cannot be published to, and nothing of the event was sent.
    #[error("event {sequence} was not sent: redis is unavailable, and there is no buffer")]
    Unavailable {
        /// The event's number.
        sequence: u64,
        /// Why Redis cannot be published to.
        #[source]
        outage: Outage,
    },
    /// There is no buffer, and the reply was lost: Redis may have the event or not.
    #[error("event {sequence} was sent and its reply lost, and there is no buffer")]
    Ambiguous {
        /// The event's number.
        sequence: u64,
        /// What happened to the connection.
        #[source]
        outage: Outage,
    },
    /// Redis cannot be published to, and the buffer has no room for the event.
    #[error("event {sequence} was not kept")]
    BufferFull {
        /// The event's number.
        sequence: u64,
        /// Whether it was sent before, so that Redis may have it all the same.
        sent: bool,
        /// The buffer's limits.
        source: StoreError,
    },
    /// Redis cannot be published to, and the buffer could not write or sync the event.
    ///
    /// What was written of it is taken back. After a failed sync, or when that fails too, the event may lie in the buffer
    /// and be sent later: [`may_have_been_delivered`](Self::may_have_been_delivered) is true then.
    #[error("the buffer failed to keep event {sequence}")]
    BufferFailed {
        /// The event's number.
        sequence: u64,
        /// Whether it was sent before, so that Redis may have it all the same.
        sent: bool,
        /// What happened to the buffer.
        source: StoreError,
    },
    /// The publisher ended before the event was sent or answered: closed in a hurry, or its thread panicked.
    #[error("the publisher stopped before event {sequence} was answered")]
    Stopped {
        /// The event's number.
        sequence: u64,
        /// Whether it may have been sent before, so that Redis may have it all the same.
        sent: bool,
    },
}

impl ReceiptError {
    /// The number of the event in this publisher, from 1, in the order of the calls to `publish`.
    ///
    /// ```
    /// use redis_client::publisher::ReceiptError;
    ///
    /// assert_eq!(ReceiptError::Stopped { sequence: 7, sent: true }.sequence(), 7);
    /// ```
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        match *self {
            Self::Rejected { sequence, .. }
            | Self::TooLarge { sequence, .. }
            | Self::Unavailable { sequence, .. }
            | Self::Ambiguous { sequence, .. }
            | Self::BufferFull { sequence, .. }
            | Self::BufferFailed { sequence, .. }
            | Self::Stopped { sequence, .. } => sequence,
        }
    }

    /// Whether Redis may have the event all the same, or get it later, so that publishing it again may double it.
    ///
    /// False means that the event was neither sent nor kept.
    ///
    /// ```
    /// use redis_client::publisher::ReceiptError;
    ///
    /// assert!(ReceiptError::Stopped { sequence: 7, sent: true }.may_have_been_delivered());
    /// ```
    #[must_use]
    pub const fn may_have_been_delivered(&self) -> bool {
        match *self {
            Self::Rejected { .. } | Self::TooLarge { .. } | Self::Unavailable { .. } => false,
            Self::Ambiguous { .. } => true,
            Self::BufferFailed { sent, ref source, .. } => sent || source.may_be_stored(),
            Self::BufferFull { sent, .. } | Self::Stopped { sent, .. } => sent,
        }
    }

    /// Whether the same event may be accepted later without anybody changing it.
    ///
    /// ```
    /// use redis_client::publisher::ReceiptError;
    ///
    /// assert!(ReceiptError::Stopped { sequence: 7, sent: true }.is_transient());
    /// assert!(!ReceiptError::TooLarge { sequence: 7, bytes: 9, limit: 8 }.is_transient());
    /// ```
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        !matches!(self, Self::Rejected { .. } | Self::TooLarge { .. })
    }
}

/// Why a publisher could not be built.
///
/// ```
/// use redis_client::buffer::Config;
/// use redis_client::publisher::BuildError;
/// use redis_client::{EventPublisher, RedisClient};
///
/// let client = RedisClient::builder().build()?;
/// let built = EventPublisher::builder(&client).buffer_config(Config::new()).build();
/// assert!(matches!(built, Err(BuildError::NoDirectory { option: "buffer_config" })), "limits of no buffer");
/// let built = EventPublisher::builder(&client).queue_events(0).build();
/// assert!(matches!(built, Err(BuildError::Limit { option: "queue_events" })));
/// # Ok::<(), redis_client::Error>(())
/// ```
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The buffer cannot be opened: another process owns it, the path is no directory or not writable, the disk fails.
    #[error(transparent)]
    Buffer(#[from] StoreError),
    /// The buffer holds events of another namespace, and would send them to channels nobody meant.
    #[error("the buffer holds events of namespace \"{theirs}\", and this client's is \"{ours}\"")]
    Namespace {
        /// The namespace of the buffer; empty for none.
        theirs: String,
        /// The namespace of the client; empty for none.
        ours: String,
    },
    /// `buffer` was not set, and something was that is nothing without it.
    #[error("`{option}` needs `buffer`: without a directory nothing is kept")]
    NoDirectory {
        /// What was set.
        option: &'static str,
    },
    /// The directory was used with a fence before, and what is sent past that could be sent twice.
    #[error("{} is fenced: open it with a fence", directory.display())]
    Fenced {
        /// The buffer's directory.
        directory: PathBuf,
    },
    /// A limit is 0.
    #[error("`{option}` must be at least 1")]
    Limit {
        /// Which one.
        option: &'static str,
    },
    /// The operating system gives no thread.
    #[error("cannot start the i/o thread")]
    Thread(#[source] std::io::Error),
}

impl From<buffer::Error> for BuildError {
    fn from(error: buffer::Error) -> Self {
        Self::Buffer(error.into())
    }
}

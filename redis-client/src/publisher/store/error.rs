//! What the buffer said, for the worker and for callers (layer 4): one failure may be the answer to many receipts.

use std::fmt;
use std::sync::Arc;

use crate::buffer;

/// What the buffer said. Cheap to clone: one failure may concern many receipts.
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
/// use redis_client::publisher::BuildError;
///
/// # let dir = tempfile::tempdir()?;
/// let client = RedisClient::builder().build()?;
/// let _owner = EventPublisher::builder(&client).buffer(dir.path()).build()?;
/// let BuildError::Buffer(error) = EventPublisher::builder(&client).buffer(dir.path()).build().unwrap_err() else {
///     panic!("one owner at a time");
/// };
/// assert!(error.as_buffer_error().is_locked());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct StoreError {
    error: Arc<buffer::Error>,
    /// Whether the event that this is said of may lie in the buffer all the same.
    may_be_stored: bool,
}

impl StoreError {
    /// The buffer's own error, with its predicates.
    ///
    /// ```
    /// use redis_client::{EventPublisher, RedisClient};
    /// use redis_client::publisher::BuildError;
    ///
    /// # let dir = tempfile::tempdir()?;
    /// let file = dir.path().join("file");
    /// std::fs::write(&file, "no directory")?;
    /// let builder = EventPublisher::builder(&RedisClient::builder().build()?);
    /// let Err(BuildError::Buffer(error)) = builder.buffer(&file).build() else { panic!("a file is no buffer") };
    /// assert!(!error.as_buffer_error().is_locked());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_buffer_error(&self) -> &buffer::Error {
        &self.error
    }

    /// Whether the event lies in the buffer all the same, or a part of its batch does, and may be sent from there.
    pub(in crate::publisher) const fn may_be_stored(&self) -> bool {
        self.may_be_stored
    }

    pub(super) fn of_event(&self, may_be_stored: bool) -> Self {
        Self {
            error: Arc::clone(&self.error),
            may_be_stored,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

impl From<buffer::Error> for StoreError {
    fn from(error: buffer::Error) -> Self {
        Self {
            error: Arc::new(error),
            may_be_stored: false,
        }
    }
}

/// Why an event was not kept.
pub(in crate::publisher) enum KeepError {
    /// The log is at a limit, or the record is larger than a log can take.
    Full(StoreError),
    /// A write or a sync failed.
    Failed(StoreError),
}

impl KeepError {
    /// Whether the event lies in the buffer all the same.
    pub(in crate::publisher) fn may_be_stored(&self) -> bool {
        let (Self::Full(error) | Self::Failed(error)) = self;
        error.may_be_stored()
    }
}

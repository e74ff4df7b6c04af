//! What a [`FallbackBuffer`] says of itself (layer 2): how much is stored, how old it is, and what was found wrong.

use std::time::Duration;

use super::FallbackBuffer;
use crate::buffer::{Error, Finding, Status, inspect, now_us, record, wal};

impl FallbackBuffer {
    /// How many records are unacknowledged.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// let first = buffer.append("a", b"1")?;
    /// buffer.append("a", b"2")?;
    /// buffer.acknowledge(first)?;
    /// assert_eq!(buffer.len()?, 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Latched`] after a panic in another thread of the buffer.
    pub fn len(&self) -> Result<u64, Error> {
        self.group.with(|wal| Ok(wal.len()))
    }

    /// Whether everything is acknowledged.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// let only = buffer.append("a", b"1")?;
    /// assert!(!buffer.is_empty()?);
    /// buffer.acknowledge(only)?;
    /// assert!(buffer.is_empty()?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`len`](Self::len).
    pub fn is_empty(&self) -> Result<bool, Error> {
        self.group.with(|wal| Ok(wal.is_empty()))
    }

    /// The bytes of the unacknowledged records, their headers (52 bytes each) included.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// assert_eq!(buffer.bytes()?, 52 + 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`len`](Self::len).
    pub fn bytes(&self) -> Result<u64, Error> {
        self.group.with(|wal| Ok(wal.bytes()))
    }

    /// How long ago the oldest unacknowledged record was appended, by the wall clock; `None` when there is none.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// assert_eq!(buffer.oldest_age()?, None);
    /// buffer.append("a", b"1")?;
    /// assert!(buffer.oldest_age()?.is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`peek`](Self::peek).
    pub fn oldest_age(&self) -> Result<Option<Duration>, Error> {
        let oldest = self.group.with(wal::Wal::oldest_created_at_us)?;
        let age = |created_at_us: i64| u64::try_from(now_us().saturating_sub(created_at_us)).unwrap_or(0);
        Ok(oldest.map(|created_at_us| Duration::from_micros(age(created_at_us))))
    }

    /// What is stored, in figures.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// let status = buffer.status()?;
    /// assert_eq!((status.records, status.bytes, status.dropped, status.damaged), (1, 54, 0, 0));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`peek`](Self::peek).
    pub fn status(&self) -> Result<Status, Error> {
        self.group.with(|wal| {
            Ok(Status {
                records: wal.len(),
                bytes: wal.bytes(),
                oldest_created_at: wal.oldest_created_at_us()?.map(record::time_of),
                dropped: wal.dropped(),
                damaged: wal.damaged(),
            })
        })
    }

    /// What opening found wrong, and set right.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// FallbackBuffer::open(dir.path())?.close()?;
    /// assert!(FallbackBuffer::open(dir.path())?.findings()?.is_empty(), "closed in order");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`len`](Self::len).
    pub fn findings(&self) -> Result<Vec<Finding>, Error> {
        self.group.with(|wal| Ok(wal.findings().to_vec()))
    }

    /// Reads all that is unacknowledged and says what is wrong with it now; nothing is changed.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// assert!(buffer.verify()?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be read.
    pub fn verify(&self) -> Result<Vec<Finding>, Error> {
        Ok(inspect(&self.path)?.findings().to_vec())
    }
}

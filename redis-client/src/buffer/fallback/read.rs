//! Records out of a [`FallbackBuffer`] (layer 2): looking at them, letting go of them, and both in one.

use std::ops::ControlFlow;
use std::sync::{MutexGuard, PoisonError};

use super::FallbackBuffer;
use crate::buffer::wal::Position;
use crate::buffer::{Error, Pair, Record};

impl FallbackBuffer {
    /// The oldest `records_max` records, which stay stored.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("orders.executed", b"{}")?;
    /// assert_eq!(buffer.peek(10)?.len(), 1);
    /// assert_eq!(buffer.len()?, 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Corrupt`] when a record was damaged since the buffer was opened; opening again sets it aside.
    /// [`Error::Io`] when the file cannot be read.
    ///
    /// # Blocking
    /// Reads from disk.
    pub fn peek(&self, records_max: usize) -> Result<Vec<Record>, Error> {
        self.group.with(|wal| wal.peek(records_max))
    }

    /// Acknowledges every record up to and including this pair and says how many that were.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("orders.executed", b"1")?;
    /// let second = buffer.append("orders.executed", b"2")?;
    /// assert_eq!(buffer.acknowledge(second)?, 2);
    /// assert_eq!(buffer.acknowledge(second)?, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Fenced`] for a directory of a fenced publisher. [`Error::Failed`] and [`Error::Latched`]: the disk failed, and
    /// the records may come again.
    ///
    /// # Durability
    /// On return it survives this process. After a power cut an older position may be found: records then come again.
    pub fn acknowledge(&self, up_to: Pair) -> Result<u64, Error> {
        self.refuse_fenced()?;
        self.group.with(|wal| wal.acknowledge(up_to))
    }

    /// Hands each record to `deliver`, oldest first, and acknowledges it when that says [`ControlFlow::Continue`].
    ///
    /// It stops at the first `Break`, which leaves that record stored, or when there is none left, and says how many
    /// were delivered. A second replay waits until the first has ended; `deliver` must not begin one.
    ///
    /// ```
    /// # use std::ops::ControlFlow;
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append_batch(&[("a", b"1"), ("a", b"2"), ("a", b"3")])?;
    /// let delivered = buffer.replay(|record| match record.payload() {
    ///     b"2" => ControlFlow::Break(()), // Redis went away again
    ///     _ => ControlFlow::Continue(()),
    /// })?;
    /// assert_eq!((delivered, buffer.len()?), (1, 2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`peek`](Self::peek) and [`acknowledge`](Self::acknowledge).
    ///
    /// # Durability
    /// A crash between a delivery and its acknowledgement delivers that record again: at least once.
    pub fn replay(&self, mut deliver: impl FnMut(&Record) -> ControlFlow<()>) -> Result<u64, Error> {
        const BATCH: usize = 256;
        self.refuse_fenced()?;
        let _one_at_a_time: MutexGuard<'_, ()> =
            self.replaying.lock().unwrap_or_else(PoisonError::into_inner);
        let mut delivered = 0;
        // Bound: ends when the log is empty or `deliver` says so; a caller that appends faster keeps it going.
        loop {
            let records = self.peek(BATCH)?;
            if records.is_empty() {
                return Ok(delivered);
            }
            for record in &records {
                if deliver(record).is_break() {
                    return Ok(delivered);
                }
                self.acknowledge(record.pair())?;
                delivered += 1;
            }
        }
    }

    /// All unacknowledged records, oldest first, read as they are asked for.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append_batch(&[("a", b"1"), ("b", b"2")])?;
    /// let channels: Vec<String> =
    ///     buffer.iter().map(|record| record.map(|record| record.channel().to_owned())).collect::<Result<_, _>>()?;
    /// assert_eq!(channels, ["a", "b"]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter {
            buffer: self,
            position: Position::default(),
            read: Vec::new().into_iter(),
            failed: false,
        }
    }
}

/// The records of a buffer, see [`FallbackBuffer::iter`]. Ends after the first error.
///
/// ```
/// # use redis_client::buffer::FallbackBuffer;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// # let buffer = FallbackBuffer::open(dir.path())?;
/// buffer.append_batch(&[("a", b"1"), ("b", b"2")])?;
/// let mut records = buffer.iter();
/// assert_eq!(records.next().unwrap()?.channel(), "a");
/// assert_eq!(records.next().unwrap()?.channel(), "b");
/// assert!(records.next().is_none());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Iter<'a> {
    buffer: &'a FallbackBuffer,
    position: Position,
    read: std::vec::IntoIter<Record>,
    failed: bool,
}

impl Iterator for Iter<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        const BATCH: usize = 256;
        if let Some(record) = self.read.next() {
            return Some(Ok(record));
        }
        if self.failed {
            return None;
        }
        match self
            .buffer
            .group
            .with(|wal| wal.read(&mut self.position, BATCH, 1 << 20))
        {
            Ok(records) => {
                self.read = records.into_iter();
                self.read.next().map(Ok)
            }
            Err(error) => {
                self.failed = true;
                Some(Err(error))
            }
        }
    }
}

impl<'a> IntoIterator for &'a FallbackBuffer {
    type Item = Result<Record, Error>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

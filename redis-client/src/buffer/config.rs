//! Limits of the log, with their units, and when it asks for stable storage.

use std::time::Duration;

use super::error::Error;

/// When an appended record is made to survive a power cut.
///
/// Whatever the mode, a record whose append returned survives the death of this process.
///
/// ```
/// use redis_client::buffer::Sync;
///
/// assert_eq!(Sync::default(), Sync::Always);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Sync {
    /// Before the append returns. Appends that wait at the same time share one sync.
    #[default]
    Always,
    /// At the latest this long after the append, by a thread of the buffer or of the publisher. From a millisecond to a day.
    Every(Duration),
    /// When the operating system likes.
    Os,
}

/// What an append does when the log is at a limit.
///
/// ```
/// use redis_client::buffer::WhenFull;
///
/// assert_eq!(WhenFull::default(), WhenFull::Reject);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum WhenFull {
    /// Refuses the new record with [`Error::Full`].
    #[default]
    Reject,
    /// Drops as many of the oldest records as needed. They are counted, see `Status::dropped` and
    /// `publisher::Stats::dropped`, and the first of a run is told as a warning.
    DropOldest,
}

/// How a [`FallbackBuffer`](super::FallbackBuffer) is to behave.
///
/// What is out of its range is told when a buffer is opened with it: [`Error::Configuration`].
///
/// ```
/// use std::time::Duration;
/// use redis_client::buffer::{Config, Sync, WhenFull};
///
/// let config = Config::new()
///     .sync(Sync::Every(Duration::from_millis(50)))
///     .bytes_max(64 << 20)
///     .when_full(WhenFull::DropOldest);
/// assert_eq!(config, config.clone());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub(super) sync: Sync,
    pub(super) bytes_max: u64,
    pub(super) records_max: u64,
    pub(super) segment_bytes: u64,
    pub(super) when_full: WhenFull,
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl Config {
    const SEGMENT_BYTES_MIN: u64 = 8 << 10;
    const SEGMENT_BYTES_MAX: u64 = 1 << 30;

    /// The defaults: [`Sync::Always`], 1 GiB, no limit on the number of records, segments of 8 MiB, reject when full.
    ///
    /// ```
    /// use redis_client::buffer::{Config, Sync, WhenFull};
    ///
    /// let written_out = Config::new()
    ///     .sync(Sync::Always)
    ///     .bytes_max(1 << 30)
    ///     .records_max(u64::MAX)
    ///     .segment_bytes(8 << 20)
    ///     .when_full(WhenFull::Reject);
    /// assert_eq!(Config::new(), written_out);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self {
            sync: Sync::Always,
            bytes_max: 1 << 30,
            records_max: u64::MAX,
            segment_bytes: 8 << 20,
            when_full: WhenFull::Reject,
        }
    }

    /// Sets when records are synced.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer, Sync};
    /// # use std::time::Duration;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// // No append waits for the disk; what is appended is synced by a thread.
    /// let config = Config::new().sync(Sync::Every(Duration::from_millis(50)));
    /// assert!(FallbackBuffer::open_with(dir.path(), &config).is_ok());
    /// let config = Config::new().sync(Sync::Every(Duration::ZERO));
    /// assert!(FallbackBuffer::open_with(dir.path(), &config).is_err());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn sync(mut self, sync: Sync) -> Self {
        self.sync = sync;
        self
    }

    /// Sets the most bytes of unacknowledged records, their headers (52 bytes each) included. At least 1.
    ///
    /// The files take up to one segment more: a segment goes when its last record is acknowledged.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open_with(dir.path(), &Config::new().bytes_max(100))?;
    /// buffer.append("a", b"1")?; // 54 bytes: 52, the channel, the payload
    /// assert!(buffer.append("a", b"2").unwrap_err().is_full());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn bytes_max(mut self, bytes_max: u64) -> Self {
        self.bytes_max = bytes_max;
        self
    }

    /// Sets the most unacknowledged records. At least 1.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open_with(dir.path(), &Config::new().records_max(1))?;
    /// let first = buffer.append("a", b"1")?;
    /// assert!(buffer.append("a", b"2").unwrap_err().is_full());
    /// buffer.acknowledge(first)?;
    /// assert!(buffer.append("a", b"2").is_ok());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn records_max(mut self, records_max: u64) -> Self {
        self.records_max = records_max;
        self
    }

    /// Sets the size of a segment file in bytes, between 8 KiB and 1 GiB. A larger record gets a segment of its own.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, Error, FallbackBuffer};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// assert!(FallbackBuffer::open_with(dir.path(), &Config::new().segment_bytes(64 << 10)).is_ok());
    /// let error = FallbackBuffer::open_with(dir.path(), &Config::new().segment_bytes(100)).unwrap_err();
    /// assert!(matches!(error, Error::Configuration { given: 100, min: 8192, .. }));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn segment_bytes(mut self, segment_bytes: u64) -> Self {
        self.segment_bytes = segment_bytes;
        self
    }

    /// Sets what an append does at a limit.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer, WhenFull};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let config = Config::new().records_max(1).when_full(WhenFull::DropOldest);
    /// let buffer = FallbackBuffer::open_with(dir.path(), &config)?;
    /// buffer.append("a", b"old")?;
    /// buffer.append("a", b"new")?;
    /// assert_eq!(buffer.peek(10)?[0].payload(), b"new");
    /// assert_eq!(buffer.status()?.dropped, 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn when_full(mut self, when_full: WhenFull) -> Self {
        self.when_full = when_full;
        self
    }

    /// When records are synced.
    #[cfg(feature = "publisher")]
    pub(crate) fn sync_mode(&self) -> Sync {
        self.sync
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let range = |name, given, min, max| {
            if (min..=max).contains(&given) {
                Ok(())
            } else {
                Err(Error::Configuration {
                    name,
                    given,
                    min,
                    max,
                })
            }
        };
        range(
            "segment_bytes",
            self.segment_bytes,
            Self::SEGMENT_BYTES_MIN,
            Self::SEGMENT_BYTES_MAX,
        )?;
        range("bytes_max", self.bytes_max, 1, u64::MAX)?;
        range("records_max", self.records_max, 1, u64::MAX)?;
        if let Sync::Every(interval) = self.sync {
            let given = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
            range("sync interval in milliseconds", given, 1, 86_400_000)?;
        }
        Ok(())
    }
}

//! What can go wrong with the log, as situations a caller can act on.
//!
//! A failure names the file, and the place in it where there is one; it never holds a payload. Decisions are methods
//! ([`Error::is_locked`], [`Error::is_full`] ..), so that nobody matches on text.

use std::io;
use std::path::PathBuf;

use super::record::Pair;

/// Why the buffer could not do what it was asked.
///
/// ```
/// # use redis_client::buffer::{Error, FallbackBuffer};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// let _owner = FallbackBuffer::open(dir.path())?;
/// let error = FallbackBuffer::open(dir.path()).unwrap_err();
/// assert!(matches!(error, Error::Locked { .. }));
/// assert!(error.is_locked());
/// # Ok(())
/// # }
/// ```
#[non_exhaustive]
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process (or another handle in this one) owns the directory.
    #[error("{} is in use by {}", path.display(), owner(*pid))]
    Locked {
        /// The buffer's directory.
        path: PathBuf,
        /// The process that holds the lock, when its number could be read.
        pid: Option<u32>,
    },
    /// The path is there and is not a directory.
    #[error("{} is not a directory", path.display())]
    NotADirectory {
        /// The path that was given.
        path: PathBuf,
    },
    /// The files were written by a newer version of this software.
    #[error("{} has format {found}, this version reads format {supported}", path.display())]
    Version {
        /// The file that says so.
        path: PathBuf,
        /// The format it names.
        found: u32,
        /// The newest format this version reads.
        supported: u32,
    },
    /// A limit or an interval of the configuration is out of range.
    #[error("{name} is {given}, it must be between {min} and {max}")]
    Configuration {
        /// The setting.
        name: &'static str,
        /// What was given.
        given: u64,
        /// The least that is allowed.
        min: u64,
        /// The most that is allowed.
        max: u64,
    },
    /// Opening, reading or listing failed. Nothing was changed by it.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A write or a sync failed. The buffer is latched from now on: see [`Error::Latched`].
    #[error("cannot {action} {}", path.display())]
    Failed {
        /// What was tried.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// An earlier write or sync failed, so nothing more is accepted until the buffer is opened again.
    #[error("refused since an earlier failure ({cause}); open the buffer again")]
    Latched {
        /// The first failure, in words.
        cause: String,
    },
    /// The bytes read are not those that were written.
    #[error("corrupt record in {} at offset {offset}", path.display())]
    Corrupt {
        /// The segment file.
        path: PathBuf,
        /// Where in it the record starts.
        offset: u64,
        /// Which record it is, when its header still says so.
        pair: Option<Pair>,
    },
    /// The log holds as much as its limits allow.
    #[error("buffer is full: {records} records of {records_max}, {bytes} bytes of {bytes_max}")]
    Full {
        /// Records stored.
        records: u64,
        /// The limit on records.
        records_max: u64,
        /// Bytes stored.
        bytes: u64,
        /// The limit on bytes.
        bytes_max: u64,
    },
    /// One record is larger than the log can ever take.
    #[error("record of {bytes} bytes is larger than {bytes_max}")]
    TooLarge {
        /// The record's bytes with its header.
        bytes: u64,
        /// The most a record may have.
        bytes_max: u64,
    },
    /// The pair does not follow the last one appended.
    #[error("pair {given} does not follow {last}")]
    OutOfOrder {
        /// The pair that was given.
        given: Pair,
        /// The last pair of the log.
        last: Pair,
    },
    /// The directory belongs to a fenced publisher: what is sent past its fence could be sent twice.
    #[error("{} is fenced: only a fenced publisher may send what it holds", path.display())]
    Fenced {
        /// The buffer's directory.
        path: PathBuf,
    },
    /// The buffer was closed.
    #[error("buffer is closed")]
    Closed,
    /// A file to import is not what it should be.
    #[error("cannot import {}: {reason}", path.display())]
    Import {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

fn owner(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
}

impl Error {
    /// Whether another process owns the directory.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let dir = tempfile::tempdir()?;
    /// let _owner = FallbackBuffer::open(dir.path())?;
    /// let error = FallbackBuffer::open(dir.path()).unwrap_err();
    /// assert!(error.is_locked());
    /// assert!(error.to_string().contains(&std::process::id().to_string()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Locked { .. })
    }

    /// Whether the log is at one of its limits: acknowledging records makes room.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open_with(dir.path(), &Config::new().records_max(1))?;
    /// buffer.append("orders.executed", b"{}")?;
    /// assert!(buffer.append("orders.executed", b"{}").unwrap_err().is_full());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full { .. })
    }

    /// Whether the disk had no room, or the file may not grow.
    ///
    /// ```
    /// # use redis_client::buffer::Error;
    /// let source = std::io::Error::from(std::io::ErrorKind::StorageFull);
    /// let error = Error::Failed { action: "write", path: "log/1.wal".into(), source };
    /// assert!(error.is_disk_full());
    /// ```
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Failed { source, .. } | Self::Io { source, .. } => matches!(
                source.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
            ),
            _ => false,
        }
    }

    /// Whether stored bytes turned out damaged. Opening the buffer again sets them aside.
    ///
    /// ```
    /// # use redis_client::buffer::Error;
    /// let error = Error::Corrupt { path: "log/1.wal".into(), offset: 4096, pair: None };
    /// assert!(error.is_corruption());
    /// ```
    #[must_use]
    pub fn is_corruption(&self) -> bool {
        matches!(self, Self::Corrupt { .. })
    }

    /// Whether a write or sync failed, now or earlier: nothing is accepted until the buffer is opened again.
    ///
    /// ```
    /// # use redis_client::buffer::Error;
    /// assert!(Error::Latched { cause: "cannot sync log/1.wal".into() }.is_latched());
    /// assert!(!Error::Closed.is_latched());
    /// ```
    #[must_use]
    pub fn is_latched(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Latched { .. })
    }

    /// Whether the directory belongs to a fenced publisher, which alone may send what it holds.
    ///
    /// ```
    /// # use redis_client::buffer::Error;
    /// assert!(Error::Fenced { path: "log".into() }.is_fenced());
    /// assert!(!Error::Closed.is_fenced());
    /// ```
    #[must_use]
    pub fn is_fenced(&self) -> bool {
        matches!(self, Self::Fenced { .. })
    }

    /// Whether the files belong to a newer version of this software.
    ///
    /// ```
    /// # use redis_client::buffer::Error;
    /// let error = Error::Version { path: "log/producer".into(), found: 2, supported: 1 };
    /// assert!(error.is_version());
    /// assert_eq!(error.to_string(), "log/producer has format 2, this version reads format 1");
    /// ```
    #[must_use]
    pub fn is_version(&self) -> bool {
        matches!(self, Self::Version { .. })
    }
}

//! A log on disk that keeps events while Redis is away.
//!
//! [`FallbackBuffer`] promises: a record whose append returned is there after this process was killed, and, under
//! [`Sync::Always`], after a power cut. Records come back in the order they were appended, until they are acknowledged.
//! Damage never passes for a record: it is set aside and reported, and every intact record around it is delivered.
//!
//! It is a segmented, checksummed, append-only log in a directory of its own; appending and acknowledging cost the same
//! however much is stored, and opening does not read what was acknowledged. The channel is text and the payload is
//! bytes, nothing more: what they mean is the publisher's business. Read `wal.rs` for the log, `recovery.rs` for what
//! opening does with what it finds, `record.rs` and `segment.rs` for the bytes, which `docs/wal-format.md` draws.

#[cfg_attr(not(feature = "publisher"), expect(dead_code, reason = "the publisher's"))]
mod claims;
mod config;
mod cursor;
mod error;
#[cfg(test)]
mod golden;
mod group;
mod import;
mod inspect;
mod lock;
#[allow(unreachable_pub, dead_code, reason = "the publisher writes notes")]
pub(crate) mod note;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, reason = "a seam: public to the simulator alone")]
pub(crate) mod record;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod record;
#[cfg(not(feature = "__simulation"))]
mod recovery;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod recovery;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, reason = "a seam: public to the simulator alone")]
pub(crate) mod requeue;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod requeue;
mod retention;
mod segment;
mod slots;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, reason = "a seam: public to the simulator alone")]
pub(crate) mod storage;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod storage;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, dead_code, reason = "a seam: public to the simulator alone")]
pub(crate) mod wal;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod wal;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use self::group::Group;
use self::wal::Position;

#[cfg(feature = "publisher")]
pub(crate) use self::claims::{Claim, Claims};
pub use self::config::{Config, Sync, WhenFull};
pub use self::error::Error;
pub use self::import::{Import, Skipped};
pub use self::inspect::{Inspection, Status, inspect, inspect_dead_letters};
pub use self::record::{Pair, Record};
#[cfg(feature = "publisher")]
pub(crate) use self::recovery::NAMESPACE_FILE;
pub use self::recovery::{DEAD_LETTERS_FOLDER, Finding, FindingKind};
pub use self::wal::ProducerId;

/// The buffer for use by itself, shared by threads by reference.
///
/// The publisher drives the log below on its own; a program that has its own way of sending uses this.
///
/// ```
/// use std::ops::ControlFlow;
/// use redis_client::buffer::FallbackBuffer;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let dir = tempfile::tempdir()?;
/// let buffer = FallbackBuffer::open(dir.path())?;
/// buffer.append("orders.executed", b"first")?;
/// buffer.append("orders.executed", b"second")?;
/// buffer.close()?;
///
/// let buffer = FallbackBuffer::open(dir.path())?;
/// assert_eq!(buffer.len()?, 2);
/// let mut sent = Vec::new();
/// buffer.replay(|record| {
///     sent.push(record.payload().to_vec());
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(sent, [b"first".to_vec(), b"second".to_vec()]);
/// assert!(buffer.is_empty()?);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct FallbackBuffer {
    group: Group,
    path: PathBuf,
    /// Two replays at once would deliver everything twice.
    replaying: Mutex<()>,
    is_fenced: bool,
}

/// The one place where the buffer reads the clock; everything below is told the time.
fn now_us() -> i64 {
    record::micros_of(SystemTime::now())
}

impl FallbackBuffer {
    /// Opens the buffer in a directory with the default [`Config`]; the directory is made if it is absent.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open(dir.path().join("log"))?;
    /// assert!(dir.path().join("log").is_dir());
    /// assert!(buffer.is_empty()?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`open_with`](Self::open_with).
    ///
    /// # Blocking
    /// As [`open_with`](Self::open_with).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_with(path, &Config::new())
    }

    /// Opens the buffer in a directory, and repairs what a crash or damage left there.
    ///
    /// [`findings`](Self::findings) says what was found wrong. Files get mode 0600 and the directory 0700, also when it
    /// was there and open to others.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open_with(dir.path(), &Config::new().bytes_max(64 << 20))?;
    /// assert!(buffer.is_empty()?);
    /// assert!(buffer.findings()?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Locked`] names the process that has it open. [`Error::NotADirectory`], [`Error::Version`] and
    /// [`Error::Io`] name the path; nothing was changed then. [`Error::Failed`] when a repair could not be written.
    ///
    /// # Blocking
    /// Reads all that is unacknowledged, and syncs a few small files.
    ///
    /// # Durability
    /// The raised epoch is on disk on return.
    pub fn open_with(path: impl AsRef<Path>, config: &Config) -> Result<Self, Error> {
        let path = path.as_ref().to_owned();
        let group = Group::open(&path, config)?;
        let is_fenced = group.with(|wal| wal.is_fenced())?;
        Ok(Self {
            group,
            path,
            replaying: Mutex::new(()),
            is_fenced,
        })
    }

    /// Whether the directory belongs to a fenced publisher. Then records can be appended, imported and looked at, but not replayed
    /// or acknowledged: only a fenced publisher may send them.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # use redis_client::{EventPublisher, RedisClient};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let publisher = EventPublisher::builder(&client).buffer(dir.path()).fence().build()?;
    /// publisher.close(std::time::Duration::from_secs(5)).wait();
    /// let buffer = FallbackBuffer::open(dir.path())?;
    /// assert!(buffer.is_fenced());
    /// let pair = buffer.append("a", b"1")?;
    /// assert!(buffer.acknowledge(pair).unwrap_err().is_fenced());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_fenced(&self) -> bool {
        self.is_fenced
    }

    fn refuse_fenced(&self) -> Result<(), Error> {
        if self.is_fenced {
            return Err(Error::Fenced {
                path: self.path.clone(),
            });
        }
        Ok(())
    }

    /// Appends an event's bytes for a channel (at most 65,535 bytes of name) and returns its pair.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// let first = buffer.append("orders.executed", b"{}")?;
    /// let second = buffer.append("orders.executed", b"{}")?;
    /// assert!(first < second);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Full`] and [`Error::TooLarge`]: nothing was stored. [`Error::Failed`] and [`Error::Latched`]: the disk
    /// failed; the record does not count as accepted, though it may come back after opening again.
    ///
    /// # Blocking
    /// Under [`Sync::Always`] it waits for the disk; callers that wait at the same time share one sync.
    ///
    /// # Durability
    /// On return the record survives this process, and a power cut as [`Config::sync`] says.
    pub fn append(&self, channel: &str, payload: &[u8]) -> Result<Pair, Error> {
        self.group.append(&[(channel, payload, now_us())])
    }

    /// Appends several at once, with one sync, and returns the pair of the first; the others' sequences follow it. An empty
    /// batch stores nothing and returns the pair that the next record gets.
    ///
    /// Either all are accepted or none, though after a crash within the call some may be delivered.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// let first = buffer.append_batch(&[("a", b"1"), ("b", b"2"), ("a", b"3")])?;
    /// assert_eq!(buffer.peek(10)?[2].pair().sequence, first.sequence + 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`append`](Self::append).
    ///
    /// # Blocking
    /// As [`append`](Self::append).
    ///
    /// # Durability
    /// As [`append`](Self::append).
    pub fn append_batch<P: AsRef<[u8]>>(&self, records: &[(&str, P)]) -> Result<Pair, Error> {
        let created_at_us = now_us();
        let records: Vec<(&str, &[u8], i64)> = records
            .iter()
            .map(|(channel, payload)| (*channel, payload.as_ref(), created_at_us))
            .collect();
        self.group.append(&records)
    }

    /// Appends the records of a Python service's buffer file: a JSON array of `{channel, payload, created_at}`.
    ///
    /// `payload` is the message as text or as an object. The records get new pairs, behind what is stored, and keep their
    /// times. All of them fit or none is taken; elements that are no records are skipped and listed. The file stays as it
    /// is: importing it again appends it again.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let file = dir.path().join("buffer.json");
    /// std::fs::write(&file, r#"[{"channel": "a", "payload": {"n": 1}, "created_at": "2025-01-17T10:02:03Z"}, 7]"#)?;
    /// let buffer = FallbackBuffer::open(dir.path().join("log"))?;
    /// let import = buffer.import(&file)?;
    /// assert_eq!((import.imported, import.skipped.len()), (1, 1));
    /// assert_eq!(buffer.peek(1)?[0].payload(), br#"{"n":1}"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Import`] when the file is no JSON array, with the place; [`Error::Io`] when it cannot be read; as
    /// [`append`](Self::append) otherwise.
    ///
    /// # Blocking
    /// As [`append`](Self::append).
    ///
    /// # Durability
    /// As [`append`](Self::append). A crash within the call may leave some of the records.
    pub fn import(&self, file: impl AsRef<Path>) -> Result<Import, Error> {
        let (records, skipped) = import::read(file.as_ref())?;
        let now_us = now_us();
        let new: Vec<(&str, &[u8], i64)> = records
            .iter()
            .map(|record| {
                (
                    &*record.channel,
                    &*record.payload,
                    record.created_at_us.unwrap_or(now_us),
                )
            })
            .collect();
        if !new.is_empty() {
            self.group.append(&new)?;
        }
        Ok(Import {
            imported: new.len() as u64,
            skipped,
        })
    }

    /// Puts the dead letters of a publisher's buffer back: each is appended behind what is stored, with a new pair and its old
    /// time, and then removed from the dead letters. Says how many there were.
    ///
    /// What made them dead letters should be mended first: the next publisher sends them again. One that has outlived its
    /// maximum age is sent whatever its age is then, for somebody wants it sent; the others keep theirs.
    ///
    /// ```
    /// # use redis_client::buffer::{DEAD_LETTERS_FOLDER, FallbackBuffer};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let dead = FallbackBuffer::open(dir.path().join(DEAD_LETTERS_FOLDER))?;
    /// # dead.append("orders.executed", b"{}")?;
    /// # dead.close()?;
    /// let buffer = FallbackBuffer::open(dir.path())?;
    /// assert_eq!(buffer.requeue()?, 1);
    /// assert_eq!(buffer.peek(1)?[0].channel(), "orders.executed");
    /// assert_eq!(buffer.requeue()?, 0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`append`](Self::append) and [`open`](Self::open), the latter of the dead letters. What was put back before stays so.
    ///
    /// # Blocking
    /// On the disk, for as many as there are.
    ///
    /// # Durability
    /// Each is synced here before it is removed there, and after a crash within the call the next opening of the buffer finishes
    /// what was begun: none is lost, and none comes twice.
    pub fn requeue(&self) -> Result<u64, Error> {
        let path = self.path.join(DEAD_LETTERS_FOLDER);
        if !path.is_dir() {
            return Ok(0);
        }
        let mut dead = wal::Wal::open_directory(&path, &Config::new())?;
        let requeued = self.group.alone(|wal| requeue::requeue(wal, &mut dead))?;
        dead.close()?;
        Ok(requeued)
    }

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

    /// The random id of this directory.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let id = FallbackBuffer::open(dir.path())?.producer_id();
    /// assert_eq!(FallbackBuffer::open(dir.path())?.producer_id(), id);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn producer_id(&self) -> ProducerId {
        self.group.producer_id()
    }

    /// Makes everything appended so far survive a power cut.
    ///
    /// ```
    /// # use redis_client::buffer::{Config, FallbackBuffer, Sync};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open_with(dir.path(), &Config::new().sync(Sync::Os))?;
    /// buffer.append("a", b"1")?;
    /// buffer.sync()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Failed`] and [`Error::Latched`]: whether the records reached the disk is not known.
    ///
    /// # Blocking
    /// Waits for the disk.
    pub fn sync(&self) -> Result<(), Error> {
        self.group.sync()
    }

    /// Syncs everything and closes the files, so that the next start has nothing to repair.
    ///
    /// Dropping does the same, but cannot say when it fails.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// buffer.close()?;
    /// assert_eq!(FallbackBuffer::open(dir.path())?.len()?, 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`sync`](Self::sync).
    ///
    /// # Blocking
    /// Waits for the disk.
    pub fn close(self) -> Result<(), Error> {
        self.group.close()
    }
}

/// Gives the buffer in a directory a new producer id: for one that was restored from a backup or copied, so that it is not
/// taken for the original. Its records stay, with their pairs.
///
/// ```
/// use redis_client::buffer::{FallbackBuffer, adopt};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// let buffer = FallbackBuffer::open(dir.path())?;
/// buffer.append("a", b"1")?;
/// let original = buffer.producer_id();
/// buffer.close()?;
/// let adopted = adopt(dir.path())?;
/// let buffer = FallbackBuffer::open(dir.path())?;
/// assert_eq!((buffer.producer_id(), buffer.len()?), (adopted, 1));
/// assert_ne!(adopted, original);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`FallbackBuffer::open_with`].
///
/// # Blocking
/// As [`FallbackBuffer::open_with`].
///
/// # Durability
/// The new id is on disk on return.
pub fn adopt(path: impl AsRef<Path>) -> Result<ProducerId, Error> {
    let path = path.as_ref();
    // A path that holds nothing is a mistake, not a new buffer.
    storage::FileStorage::open_to_read(path)?;
    let mut wal = wal::Wal::open_directory(path, &Config::new())?;
    let producer_id = wal.adopt()?;
    wal.close()?;
    Ok(producer_id)
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

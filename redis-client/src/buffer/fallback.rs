//! [`FallbackBuffer`]: the log for use by itself (layer 2). Opening it, appending, and what is done with a directory as a whole.
//!
//! `read` is what comes out and is let go of, `figures` is what it says of itself. All of it is a line or two over the log, which
//! `group` shares among threads.

mod figures;
mod read;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub use self::read::Iter;
use super::group::Group;
use super::record::NewRecord;
use super::{
    Config, DEAD_LETTERS_FOLDER, Error, Import, Pair, ProducerId, import, now_us, requeue, storage, wal,
};

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
    /// [`Error::Configuration`] names the limit that is out of its range. [`Error::Locked`] names the process that has it open.
    /// [`Error::NotADirectory`], [`Error::Version`] and [`Error::Io`] name the path; nothing was changed then. [`Error::Failed`]
    /// when a repair could not be written.
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
    /// Under [`Sync::Always`](super::Sync::Always) it waits for the disk; callers that wait at the same time share one sync.
    ///
    /// # Durability
    /// On return the record survives this process, and a power cut as [`Config::sync`] says.
    pub fn append(&self, channel: &str, payload: &[u8]) -> Result<Pair, Error> {
        self.group
            .append(&mut [NewRecord::unnumbered(channel, payload, now_us())])
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
        let mut records: Vec<NewRecord<'_>> = records
            .iter()
            .map(|(channel, payload)| NewRecord::unnumbered(channel, payload.as_ref(), created_at_us))
            .collect();
        self.group.append(&mut records)
    }

    /// Appends the records of a Python service's buffer file: a JSON array of `{channel, payload, created_at}`.
    ///
    /// `payload` is the message as text or as an object. The records get new pairs, behind what is stored, and keep their
    /// times. All of them fit or none is taken; elements that are no records are skipped and listed, and so is what a torn or
    /// damaged file has lost. The file stays as it is: importing it again appends it again.
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
    /// [`Error::Import`] when the file does not begin as a JSON array; [`Error::Io`] when it cannot be read; as
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
        let mut new: Vec<NewRecord<'_>> = records
            .iter()
            .map(|record| {
                let created_at_us = record.created_at_us.unwrap_or(now_us);
                NewRecord::unnumbered(&record.channel, &record.payload, created_at_us)
            })
            .collect();
        if !new.is_empty() {
            self.group.append(&mut new)?;
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

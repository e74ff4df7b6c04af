//! The worker's view of the buffer: events in, records out, acknowledged in order, and the dead letters beside.
//!
//! What is promised here is the order of steps: [`Store::keep`] answers after the sync that covers a record,
//! [`Store::bury`] returns after the dead letter is synced, so that its record may be acknowledged. A buffer that failed
//! refuses everything until [`Store::mend`] has opened it anew; what was stored before is then still there.
//!
//! Dead letters are a log of the same format in the folder `dead-letters`, opened when the first one comes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tracing::warn;

use super::error::BuildError;
use super::fence::Claimant;
use super::worker::{Accepted, Limits};
use crate::buffer::note;
use crate::buffer::record::NewRecord;
use crate::buffer::storage::{Access, FileStorage, Storage, StorageFile};
use crate::buffer::wal::{Position, Wal};
use crate::buffer::{
    self, Claim, Claims, Config, DEAD_LETTERS_FOLDER, NAMESPACE_FILE, Pair, ProducerId, Record, Sync,
};

/// They are few: a segment of 8 MiB would mostly be zeros.
const DEAD_LETTERS_SEGMENT_BYTES: u64 = 1 << 20;

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
    pub(super) const fn may_be_stored(&self) -> bool {
        self.may_be_stored
    }

    fn of_event(&self, may_be_stored: bool) -> Self {
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

/// Opens a log of the publisher's: the buffer itself, or its dead letters.
type Opener<S> = Box<dyn FnMut(Log) -> Result<Wal<S>, buffer::Error> + Send>;

/// Which of its two logs a store wants opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Events on their way.
    Buffer,
    /// Events that Redis refuses for good.
    DeadLetters,
}

/// Why an event was not kept.
pub(super) enum KeepError {
    /// The log is at a limit, or the record is larger than a log can take.
    Full(StoreError),
    /// A write or a sync failed.
    Failed(StoreError),
}

/// A dead letter in the making.
pub(super) struct Letter<'a> {
    channel: Cow<'a, str>,
    payload: &'a [u8],
    created_at_us: i64,
    /// The pair it has in the buffer, if it lies there.
    pair: Pair,
    note: String,
}

impl<'a> Letter<'a> {
    pub(super) fn of_record(record: &'a Record, reason: &str) -> Self {
        Self {
            channel: Cow::Borrowed(record.channel()),
            payload: record.payload(),
            created_at_us: record.created_at_us(),
            pair: record.pair(),
            note: note::with_reason(&note::with_event(record.note(), record.pair()), reason),
        }
    }

    pub(super) fn of_event(event: &'a Accepted, prefix: &str, reason: &str) -> Self {
        let note = event.parts.max_age.map(note::of_max_age).unwrap_or_default();
        Self {
            channel: Cow::Owned(format!("{prefix}{}", event.parts.channel)),
            payload: &event.parts.payload,
            created_at_us: micros(event.created_at),
            pair: event.pair,
            note: note::with_reason(&note::with_event(&note, event.pair), reason),
        }
    }
}

/// As records hold it.
fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// See the head of the file.
pub struct Store<S: Storage> {
    /// `None` between a failure and the opening after it.
    wal: Option<Wal<S>>,
    dead_letters: Option<Wal<S>>,
    /// Events that may lie in the buffer although they are dead letters already, by their pairs: an earlier process was killed
    /// between the two steps. With the pairs of the letters.
    // Bound: what is stored.
    buried: HashMap<Pair, Pair>,
    open: Opener<S>,
    sync: Sync,
    /// When what is written must be synced, under `Sync::Every`.
    sync_at: Option<Duration>,
    /// Why nothing can be written until `mend`.
    failed: Option<StoreError>,
    epoch: u64,
    /// Records that were answered for and not acknowledged, and their bytes; those of a failed append are not.
    len: u64,
    bytes: u64,
    /// Records dropped unsent since this store was opened, and before.
    dropped: u64,
    dropped_before: Option<u64>,
    /// When the oldest of them was accepted.
    oldest_at: Option<Duration>,
    /// Where reading goes on.
    read_to: Position,
    read_pair: Pair,
    fencing: Option<Fencing>,
    #[cfg(feature = "__simulation")]
    omits_pairs: bool,
    #[cfg(feature = "__simulation")]
    omits_forgetting: bool,
}

/// A store's part of the fence: who claims it, and the file that remembers who has.
struct Fencing {
    claims: Claims,
    producer_id: ProducerId,
    epoch: u64,
    nonce: [u8; 16],
}

impl Fencing {
    fn known(&self) -> Option<Claim> {
        let claims = self.claims.as_slice().iter();
        claims.copied().find(|claim| claim.nonce == self.nonce)
    }
}

fn hex(nonce: &[u8; 16]) -> String {
    nonce.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Store<FileStorage> {
    /// Opens the buffer in a directory, which is made when it is absent, and takes its lock.
    ///
    /// The directory belongs to the namespace whose events it holds: `BuildError::Namespace` for another. Once it was fenced,
    /// it stays so: `BuildError::Fenced` for who would send past the fence.
    pub(super) fn open_directory(
        directory: &Path,
        config: &Config,
        namespace: Option<&str>,
        is_fenced: bool,
    ) -> Result<Self, BuildError> {
        let path = directory.to_owned();
        let config = config.clone();
        let mut store = Self::open(config.sync_mode(), move |log| match log {
            Log::Buffer => Wal::open_directory(&path, &config),
            Log::DeadLetters => {
                let config = Config::new().segment_bytes(DEAD_LETTERS_SEGMENT_BYTES);
                Wal::open_directory(&path.join(DEAD_LETTERS_FOLDER), &config)
            }
        })?;
        if !is_fenced && store.is_marked()? {
            let directory = directory.to_owned();
            return Err(BuildError::Fenced { directory });
        }
        let ours = namespace.unwrap_or_default();
        let storage = FileStorage::open(directory).map_err(StoreError::from)?;
        let failed = |action| {
            move |source| {
                let path = directory.join(NAMESPACE_FILE);
                BuildError::Buffer(buffer::Error::Io { action, path, source }.into())
            }
        };
        match read_namespace(&storage).map_err(failed("read"))? {
            Some(theirs) if theirs == ours => {}
            Some(theirs) if !store.is_empty() || has_dead_letters(directory)? => {
                let ours = ours.to_owned();
                return Err(BuildError::Namespace { theirs, ours });
            }
            // New, or emptied: whatever comes now is ours.
            _ => write_namespace(&storage, ours).map_err(failed("write"))?,
        }
        if is_fenced {
            store.fence()?;
        }
        Ok(store)
    }
}

/// Whether there are dead letters: they may be put back, and would go to channels of the namespace they came from.
fn has_dead_letters(directory: &Path) -> Result<bool, StoreError> {
    let found = buffer::inspect_dead_letters(directory)?;
    Ok(found.is_some_and(|found| found.status().records > 0))
}

fn read_namespace(storage: &impl Storage) -> io::Result<Option<String>> {
    let file = match storage.open(NAMESPACE_FILE, Access::Read) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut bytes = vec![0; usize::try_from(file.size()?).unwrap_or(usize::MAX).min(4096)];
    let read = file.read_at(&mut bytes, 0)?;
    bytes.truncate(read);
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn write_namespace(storage: &impl Storage, namespace: &str) -> io::Result<()> {
    const NEW: &str = "namespace.tmp";
    match storage.remove(NEW) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = storage.create(NEW)?;
    let mut left = namespace.as_bytes();
    // Bound: each turn writes at least one byte.
    while !left.is_empty() {
        let at = (namespace.len() - left.len()) as u64;
        left = left.get(file.write_at(left, at)?.max(1)..).unwrap_or_default();
    }
    // Durability: the name must not be on disk before the bytes are, nor the first record before the name.
    file.sync()?;
    storage.rename(NEW, NAMESPACE_FILE)?;
    storage.sync_folder("")
}

impl<S: Storage> Store<S> {
    /// A store over the logs that `open` opens, now and after a failure. The log it gives must be configured for `sync`.
    ///
    /// # Errors
    ///
    /// What opening the buffer says.
    pub fn open(
        sync: Sync,
        open: impl FnMut(Log) -> Result<Wal<S>, buffer::Error> + Send + 'static,
    ) -> Result<Self, StoreError> {
        let mut store = Self {
            wal: None,
            dead_letters: None,
            buried: HashMap::new(),
            open: Box::new(open),
            sync,
            sync_at: None,
            failed: None,
            epoch: 0,
            len: 0,
            bytes: 0,
            dropped: 0,
            dropped_before: None,
            oldest_at: None,
            read_to: Position::default(),
            read_pair: Pair::default(),
            fencing: None,
            #[cfg(feature = "__simulation")]
            omits_pairs: false,
            #[cfg(feature = "__simulation")]
            omits_forgetting: false,
        };
        store.reopen()?;
        Ok(store)
    }

    fn is_marked(&self) -> Result<bool, StoreError> {
        Ok(self.wal.as_ref().map_or(Ok(false), Wal::is_fenced)?)
    }

    /// Marks the log as fenced, and draws the nonce of this start. Once, before an event is accepted.
    ///
    /// # Errors
    ///
    /// The mark cannot be read or written.
    ///
    /// # Durability
    ///
    /// The mark is on disk on return.
    pub fn fence(&mut self) -> Result<(), StoreError> {
        let Some(wal) = &mut self.wal else {
            return Err(buffer::Error::Closed.into());
        };
        let mut claims = wal.fence()?;
        #[cfg(feature = "__simulation")]
        let may_forget = !self.omits_forgetting;
        #[cfg(not(feature = "__simulation"))]
        let may_forget = true;
        // On disk, too: the next start's epoch is higher than theirs.
        if may_forget && claims.forget_from(wal.epoch()) {
            wal.write_claims(&mut claims)?;
        }
        self.fencing = Some(Fencing {
            claims,
            producer_id: wal.producer_id(),
            epoch: wal.epoch(),
            nonce: wal.nonce()?,
        });
        Ok(())
    }

    /// Whose fence it is, if the store is fenced.
    #[must_use]
    pub fn fenced_producer(&self) -> Option<ProducerId> {
        self.fencing.as_ref().map(|fencing| fencing.producer_id)
    }

    /// Who claims the fence. From now on the directory remembers it, whatever becomes of the claim.
    pub(super) fn claimant(&mut self) -> Result<Option<Claimant>, StoreError> {
        let Some(fencing) = &self.fencing else {
            return Ok(None);
        };
        let others = fencing.claims.as_slice().iter();
        let others = others.filter(|claim| claim.nonce != fencing.nonce);
        let claimant = Claimant {
            epoch: fencing.epoch,
            nonce: hex(&fencing.nonce),
            known: others.map(|claim| (hex(&claim.nonce), claim.is_held)).collect(),
        };
        if fencing.known().is_none() {
            self.note_claim(false, fencing.claims.reached)?;
        }
        Ok(Some(claimant))
    }

    /// What an earlier start knew to be published through the fence.
    pub(super) fn reached(&self) -> Pair {
        self.fencing
            .as_ref()
            .map_or(Pair::default(), |fencing| fencing.claims.reached)
    }

    /// Redis has said that the fence is ours, and how far it came.
    pub(super) fn claimed(&mut self, reached: Pair) -> Result<(), StoreError> {
        let known = self.fencing.as_ref().and_then(Fencing::known);
        // After a loss it is lower, or each start to come would report that loss again.
        if known.is_some_and(|claim| claim.is_held) && self.reached() <= reached {
            return Ok(());
        }
        self.note_claim(true, reached)
    }

    /// Writes down how far the fence came, when something is about to be left for later.
    pub(super) fn note_reached(&mut self, reached: Pair) {
        let is_held = self.fencing.as_ref().and_then(Fencing::known);
        if let Some(claim) = is_held
            && self.reached() < reached
        {
            // It serves to notice a loss; what is left for later is kept without it.
            let _ = self.note_claim(claim.is_held, reached);
        }
    }

    fn note_claim(&mut self, is_held: bool, reached: Pair) -> Result<(), StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let (Some(wal), Some(fencing)) = (&mut self.wal, &mut self.fencing) else {
            return Err(buffer::Error::Closed.into());
        };
        let mut claims = fencing.claims.clone();
        claims.reached = reached;
        claims.put(Claim {
            epoch: fencing.epoch,
            nonce: fencing.nonce,
            is_held,
        });
        if let Err(error) = wal.write_claims(&mut claims) {
            return Err(self.failed.insert(error.into()).clone());
        }
        fencing.claims = claims;
        Ok(())
    }

    /// The epoch of the last opening.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Records that Redis has not confirmed.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether Redis has confirmed everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Records that were dropped unsent since the store was opened, under `WhenFull::DropOldest`.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(super) fn oldest_at(&self) -> Option<Duration> {
        self.oldest_at
    }

    /// Whether everything that is stored has been read since the last `rewind`.
    pub(super) fn is_read_up(&self) -> bool {
        self.wal.as_ref().is_none_or(|wal| wal.last() <= self.read_pair)
    }

    /// When `sync_if_due` has something to do.
    pub(super) fn sync_at(&self) -> Option<Duration> {
        self.sync_at
    }

    /// Why nothing can be written or acknowledged until `mend`, if so.
    pub(super) fn failure(&self) -> Option<StoreError> {
        self.failed.clone()
    }

    /// Appends the events in order, with one sync for all, and says of each whether the disk has confirmed it.
    ///
    /// When not all fit, those that do are kept.
    pub(super) fn keep(
        &mut self,
        prefix: &str,
        events: &[Accepted],
        now: Duration,
    ) -> Vec<Result<bool, KeepError>> {
        let kept = self.append(prefix, events);
        let any = kept.iter().any(Result::is_ok);
        // Durability: an answer "buffered" is true after a power cut, too.
        let synced = if any && self.failed.is_none() {
            self.sync_after_append(now)
        } else {
            Ok(false)
        };
        if let Err(error) = &synced {
            self.failed.get_or_insert_with(|| error.clone());
        }
        if let Some(error) = &self.failed {
            // What was appended lies in the log, and the next opening may find it or not.
            return kept
                .into_iter()
                .map(|kept| kept.and_then(|()| Err(KeepError::Failed(error.of_event(true)))))
                .collect();
        }
        let synced = synced.unwrap_or_default();
        if any && self.len == 0 {
            self.oldest_at = events.first().map(|event| event.created_at);
        }
        self.count();
        kept.into_iter().map(|kept| kept.map(|()| synced)).collect()
    }

    /// An answer for each event.
    fn append(&mut self, prefix: &str, events: &[Accepted]) -> Vec<Result<(), KeepError>> {
        let pairs = self.pairs_of(events);
        let channels: Vec<Cow<'_, str>> = events
            .iter()
            .map(|event| match prefix {
                "" => Cow::Borrowed(&*event.parts.channel),
                prefix => Cow::Owned(format!("{prefix}{}", event.parts.channel)),
            })
            .collect();
        let notes: Vec<String> = events
            .iter()
            .map(|event| event.parts.max_age.map(note::of_max_age).unwrap_or_default())
            .collect();
        let records: Vec<NewRecord<'_>> = events
            .iter()
            .zip(pairs)
            .zip(channels.iter().zip(&notes))
            .map(|((event, pair), (channel, note))| NewRecord {
                pair,
                channel,
                payload: &event.parts.payload,
                created_at_us: micros(event.created_at),
                note,
            })
            .collect();
        let all_failed = |error: &StoreError, may_be_stored| {
            let failed = |_| Err(KeepError::Failed(error.of_event(may_be_stored)));
            records.iter().map(failed).collect()
        };
        if let Some(error) = &self.failed {
            return all_failed(error, false);
        }
        let Some(wal) = &mut self.wal else {
            return all_failed(&buffer::Error::Closed.into(), false);
        };
        match wal.append_batch(&records) {
            Ok(()) => return records.iter().map(|_| Ok(())).collect(),
            Err(error) if !is_refusal(&error) => {
                let error = self.failed.insert(error.into());
                return all_failed(error, wal.has_remains());
            }
            Err(_) => {}
        }
        // Not all fit, or one is too large for any log: one by one, each in its turn.
        let mut kept = Vec::with_capacity(records.len());
        for record in records {
            kept.push(match (&self.failed, wal.append_batch(&[record])) {
                (Some(error), _) => Err(KeepError::Failed(error.of_event(false))),
                (None, Ok(())) => Ok(()),
                (None, Err(error)) if is_refusal(&error) => Err(KeepError::Full(error.into())),
                (None, Err(error)) => {
                    let error = self.failed.insert(error.into());
                    Err(KeepError::Failed(error.of_event(wal.has_remains())))
                }
            });
        }
        kept
    }

    /// Gives the events the pairs under which they will be stored.
    pub(super) fn number(&self, events: &mut [Accepted]) {
        let pairs = self.pairs_of(events);
        for (event, pair) in events.iter_mut().zip(pairs) {
            event.pair = pair;
        }
    }

    /// Leaves out a rule: what is stored gets a new pair. For the simulation to see that this goes wrong.
    #[cfg(feature = "__simulation")]
    pub fn omit_pairs(&mut self) {
        self.omits_pairs = true;
    }

    /// Leaves out a rule: claims of later starts are believed to be this directory's. Before `fence`.
    #[cfg(feature = "__simulation")]
    pub fn omit_forgetting(&mut self) {
        self.omits_forgetting = true;
    }

    /// The pairs under which events are stored: their own, by which the fence knows them. Only when the log has gone beyond
    /// those in the meantime, under another process, they get the next ones.
    fn pairs_of(&self, events: &[Accepted]) -> Vec<Pair> {
        let mut last = self.wal.as_ref().map(Wal::last).unwrap_or_default();
        let pairs = events.iter().map(|event| {
            let given = event.pair;
            #[cfg(feature = "__simulation")]
            let given = if self.omits_pairs { Pair::default() } else { given };
            if given <= last || given.epoch > self.epoch {
                let before = if last.epoch == self.epoch {
                    last.sequence
                } else {
                    0
                };
                last = Pair {
                    epoch: self.epoch,
                    sequence: given.sequence.max(before + 1),
                };
            } else {
                last = given;
            }
            last
        });
        pairs.collect()
    }

    fn sync_after_append(&mut self, now: Duration) -> Result<bool, StoreError> {
        match self.sync {
            Sync::Always => self.sync_now().map(|()| true),
            Sync::Every(interval) => {
                self.sync_at.get_or_insert(now.saturating_add(interval));
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// Syncs what `Sync::Every` has let wait until now.
    pub(super) fn sync_if_due(&mut self, now: Duration) {
        if self.sync_at.is_some_and(|at| at <= now)
            && let Err(error) = self.sync_now()
        {
            self.failed = Some(error);
        }
    }

    fn sync_now(&mut self) -> Result<(), StoreError> {
        self.sync_at = None;
        match &mut self.wal {
            Some(wal) => Ok(wal.sync()?),
            None => Ok(()),
        }
    }

    /// The next records within `limits`, oldest first; none when all have been read.
    pub(super) fn read(&mut self, limits: Limits) -> Result<Vec<Record>, StoreError> {
        // What was just answered as failed must not go out from here in the same turn.
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let Some(wal) = &mut self.wal else {
            return Err(buffer::Error::Closed.into());
        };
        let records = wal
            .read(&mut self.read_to, limits.events, limits.bytes as u64)
            .map_err(|error| {
                // Opening anew sets damage aside and delivers what follows it.
                let error = StoreError::from(error);
                self.failed.get_or_insert_with(|| error.clone());
                error
            })?;
        if let Some(last) = records.last() {
            self.read_pair = last.pair();
        }
        Ok(records)
    }

    /// The last record that was read.
    pub(super) fn read_up_to(&self) -> Pair {
        self.read_pair
    }

    /// Goes on reading behind this record.
    pub(super) fn read_on_after(&mut self, pair: Pair) {
        self.read_to = Position::after(pair);
        self.read_pair = pair;
    }

    /// Reads from the oldest unacknowledged record again.
    pub(super) fn rewind(&mut self) {
        self.read_to = Position::default();
        self.read_pair = Pair::default();
        self.note_oldest();
    }

    /// Lets go of everything up to this record.
    pub(super) fn acknowledge(&mut self, last: Pair, next_at: Option<Duration>) -> Result<(), StoreError> {
        let Some(wal) = &mut self.wal else { return Ok(()) };
        if let Err(error) = wal.acknowledge(last) {
            let error = StoreError::from(error);
            self.failed.get_or_insert_with(|| error.clone());
            return Err(error);
        }
        self.count();
        self.oldest_at = if self.len == 0 {
            None
        } else {
            next_at.or(self.oldest_at)
        };
        Ok(())
    }

    /// Puts records among the dead letters, with one sync for all.
    pub(super) fn bury(&mut self, letters: &[Letter<'_>]) -> Result<(), StoreError> {
        let mut wal = match self.dead_letters.take() {
            Some(wal) => wal,
            None => self.open_dead_letters()?,
        };
        for letter in letters {
            if self.is_buried(&mut wal, letter)? {
                continue;
            }
            let last = wal.last();
            let sequence = if last.epoch == wal.epoch() {
                last.sequence + 1
            } else {
                1
            };
            let record = NewRecord {
                pair: Pair {
                    epoch: wal.epoch(),
                    sequence,
                },
                channel: &letter.channel,
                payload: letter.payload,
                created_at_us: letter.created_at_us,
                note: &letter.note,
            };
            match wal.append_batch(&[record]) {
                // A record of the largest size there is has no room for a reason.
                Err(buffer::Error::TooLarge { .. }) => {
                    wal.append_batch(&[NewRecord { note: "", ..record }])?;
                }
                appended => appended?,
            }
        }
        // Durability: the records are acknowledged next, and then lie nowhere else.
        wal.sync()?;
        // After an error it stays closed, and the next dead letter opens it anew.
        self.dead_letters = Some(wal);
        Ok(())
    }

    fn open_dead_letters(&mut self) -> Result<Wal<S>, StoreError> {
        const BATCH: usize = 256;
        const BATCH_BYTES: u64 = 1 << 20;
        let mut wal = (self.open)(Log::DeadLetters)?;
        let acknowledged = self.wal.as_ref().map(Wal::acknowledged).unwrap_or_default();
        self.buried.clear();
        let mut position = Position::default();
        // Bound: the dead letters, once for each process that has one to add.
        loop {
            let letters = wal.read(&mut position, BATCH, BATCH_BYTES)?;
            if letters.is_empty() {
                return Ok(wal);
            }
            for letter in &letters {
                if let Some(event) = note::event(letter.note())
                    && event > acknowledged
                {
                    self.buried.insert(event, letter.pair());
                }
            }
        }
    }

    /// Whether the event lies among the dead letters already, byte for byte.
    fn is_buried(&mut self, wal: &mut Wal<S>, letter: &Letter<'_>) -> Result<bool, StoreError> {
        let Some(pair) = self.buried.remove(&letter.pair) else {
            return Ok(false);
        };
        let mut position = Position::after(Pair {
            sequence: pair.sequence.saturating_sub(1),
            ..pair
        });
        let found = wal.read(&mut position, 1, 1)?;
        Ok(found.first().is_some_and(|found| {
            found.pair() == pair
                && found.created_at_us() == letter.created_at_us
                && *found.channel() == *letter.channel
                && found.payload() == letter.payload
        }))
    }

    /// Opens the log anew if it has failed. Its records are then read from the first.
    pub(super) fn mend(&mut self) -> Result<(), StoreError> {
        if self.failed.is_none() {
            return Ok(());
        }
        // The old one first, for it holds the lock.
        self.wal = None;
        let mended = self.reopen();
        if let Err(error) = &mended {
            self.failed = Some(error.clone());
        }
        mended
    }

    fn reopen(&mut self) -> Result<(), StoreError> {
        let wal = (self.open)(Log::Buffer)?;
        self.epoch = wal.epoch();
        self.wal = Some(wal);
        self.failed = None;
        self.sync_at = None;
        self.count();
        self.rewind();
        Ok(())
    }

    /// Leaves the log so that the next start finds nothing to repair.
    pub(super) fn close(&mut self) {
        for wal in [self.wal.take(), self.dead_letters.take()].into_iter().flatten() {
            if let Err(error) = wal.close() {
                // What was answered for is synced; the next start has a little more to look through.
                warn!(%error, "the buffer was not closed properly");
            }
        }
    }

    fn count(&mut self) {
        if let Some(wal) = &self.wal {
            self.len = wal.len();
            self.bytes = wal.bytes();
            let before = *self.dropped_before.get_or_insert(wal.dropped());
            // A cursor that could not be written may count less when it is read back.
            self.dropped = self.dropped.max(wal.dropped().saturating_sub(before));
        }
    }

    fn note_oldest(&mut self) {
        let micros = self
            .wal
            .as_mut()
            .and_then(|wal| wal.oldest_created_at_us().ok().flatten());
        self.oldest_at =
            micros.map(|micros| Duration::from_micros(u64::try_from(micros).unwrap_or_default()));
    }
}

/// Whether a log refused a record and is well otherwise.
fn is_refusal(error: &buffer::Error) -> bool {
    matches!(error, buffer::Error::Full { .. } | buffer::Error::TooLarge { .. })
}

//! The log itself: segments, the acknowledged position, rotation. One owner, no locks, no clock. Layer 2.
//!
//! [`Wal`] is what the publisher's thread and [`FallbackBuffer`](super::FallbackBuffer) both drive. Records are appended
//! with pairs that the caller gives in rising order; [`Wal::append`] returns when the operating system has the bytes,
//! [`Wal::sync`] when the disk has them. Records stay until they are acknowledged, in order.
//!
//! In memory there are eight bytes for each unacknowledged record (its sequence and where it ends), so that appending,
//! acknowledging and finding a place cost the same however much is stored. Payloads are read back from the files.
//!
//! Segments of earlier starts are never written to again: each start begins a segment of its own with its first record.
//!
//! This file opens a log and says how it stands; `append`, `sync`, `read` and `acknowledge` are what is done with it, `stored`
//! is what it knows of a segment.

mod acknowledge;
mod append;
mod read;
mod stored;
mod sync;

use std::collections::VecDeque;
use std::mem;
use std::path::Path;
use std::sync::Arc;

pub use self::read::Position;
use self::stored::Stored;
use super::config::Config;
use super::cursor::{Cursor, Marks, Producer, Start};
use super::error::Error;
use super::lock::Lock;
use super::record::Pair;
use super::recovery::{self, Finding, Survey};
use super::requeue;
use super::storage::{Disk, DiskFile, FileStorage, Storage};

/// How much memory is kept between writes and reads.
const SCRATCH_BYTES_MAX: usize = 1 << 20;

/// A segmented, checksummed, append-only log in a directory of its own.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Wal<S: Storage> {
    disk: Arc<Disk<S>>,
    config: Config,
    log_id: [u8; 16],
    producer_id: ProducerId,
    epoch: u64,
    marks: Marks,
    segments: VecDeque<Stored<S::File>>,
    /// Whether the last of `segments` is the one that is written.
    is_writing: bool,
    next_segment: u64,
    /// Records the last segment has had, acknowledged ones too.
    last_segment_records: u64,
    last: Pair,
    records: u64,
    bytes: u64,
    cursor: Cursor,
    cursor_file: DiskFile<S::File>,
    cursor_generation: u64,
    producer_generation: u64,
    damaged: u64,
    findings: Vec<Finding>,
    unsynced: Vec<Arc<DiskFile<S::File>>>,
    names_unsynced: bool,
    /// Whether records of an append that failed may lie in the files.
    has_remains: bool,
    /// Whether records were dropped since some were last acknowledged: then it has been said.
    is_dropping: bool,
    scratch: Vec<u8>,
    /// The segment that was read last, so that it is not opened for each read.
    reading: Option<(u64, Arc<DiskFile<S::File>>)>,
    lock: Option<Lock>,
}

/// The random id of a buffer's directory, 128 bits; a fence knows the writer by it.
///
/// ```
/// # use redis_client::buffer::FallbackBuffer;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// let id = FallbackBuffer::open(dir.path())?.producer_id();
/// assert_eq!(id.to_string().len(), 32);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProducerId(pub(crate) [u8; 16]);

impl std::fmt::Display for ProducerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Wal<FileStorage> {
    /// Opens the log in a directory, which is made if absent, and takes its lock.
    ///
    /// # Errors
    /// [`Error::Locked`] names the owner; [`Error::NotADirectory`], [`Error::Version`], [`Error::Io`] and
    /// [`Error::Failed`] name the path.
    pub fn open_directory(path: &Path, config: &Config) -> Result<Self, Error> {
        Self::open_directory_if(path, config, |_| Ok(()))
    }

    /// As [`open_directory`](Self::open_directory), after `admits` has looked at what was found. When it refuses, nothing is changed.
    pub(crate) fn open_directory_if<E: From<Error>>(
        path: &Path,
        config: &Config,
        admits: impl FnOnce(&Survey) -> Result<(), E>,
    ) -> Result<Self, E> {
        config.check()?;
        let storage = FileStorage::open(path)?;
        let lock = Lock::take(path)?;
        match Self::open_locked(path, storage, config, admits) {
            Ok(mut wal) => {
                wal.lock = Some(lock);
                Ok(wal)
            }
            Err(error) => {
                lock.give_back();
                Err(error)
            }
        }
    }

    fn open_locked<E: From<Error>>(
        path: &Path,
        storage: FileStorage,
        config: &Config,
        admits: impl FnOnce(&Survey) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut wal = Self::open_if(storage, config, admits)?;
        if requeue::is_begun(&wal)? {
            requeue::finish_in(path, &mut wal)?;
            let found = mem::take(&mut wal.findings);
            // What that appended has numbers of this start, and who opens a log counts from the first.
            wal.close()?;
            wal = Self::open(FileStorage::open(path)?, config)?;
            wal.findings.splice(0..0, found);
        }
        Ok(wal)
    }
}

impl<S: Storage> Wal<S> {
    /// Recovers the log in `storage` and raises its epoch.
    ///
    /// # Errors
    /// [`Error::Version`] and [`Error::Io`] before anything was changed; [`Error::Failed`] when a repair could not be
    /// written, in which case nothing is lost either.
    ///
    /// # Durability
    /// The raised epoch is on disk before this returns.
    pub fn open(storage: S, config: &Config) -> Result<Self, Error> {
        Self::open_if(storage, config, |_| Ok(()))
    }

    fn open_if<E: From<Error>>(
        storage: S,
        config: &Config,
        admits: impl FnOnce(&Survey) -> Result<(), E>,
    ) -> Result<Self, E> {
        config.check()?;
        let disk = Arc::new(Disk::new(storage));
        let mut survey = recovery::survey(&disk)?;
        recovery::judge_dead_letters(&disk)?;
        admits(&survey)?;
        let fresh = [disk.random()?, disk.random()?];
        let plan = recovery::decide(&mut survey, fresh);
        drop(survey);
        let applied = recovery::apply(&disk, &plan)?;
        for finding in &plan.findings {
            let Finding {
                file,
                offset,
                bytes,
                records,
                ..
            } = finding;
            let kind = finding.kind.as_str();
            tracing::warn!(log = %disk.path_of("").display(), kind, file, offset, bytes, records, "found while opening");
        }
        let mut records = 0;
        let mut bytes = 0;
        let mut segments = VecDeque::new();
        let mut last_segment_records = 0;
        for kept in plan.kept {
            let stored = Stored::recovered(&kept, plan.producer.log_id);
            records += stored.entries.len() as u64;
            bytes += stored.end() - stored.start;
            last_segment_records = u64::from(kept.ordinal) + kept.records.len() as u64;
            segments.push_back(stored);
        }
        let mut cursor = plan.cursor;
        // Only now, after everything that was found is synced: said earlier, it could survive what it speaks of.
        cursor.synced_below = applied.next_segment;
        let newest = segments.back().map_or(0, |last: &Stored<S::File>| last.number);
        cursor.newest_segment = cursor.newest_segment.max(newest);
        Ok(Self {
            disk,
            config: config.clone(),
            log_id: plan.producer.log_id,
            producer_id: ProducerId(plan.producer.producer_id),
            epoch: plan.producer.epoch,
            marks: plan.producer.marks,
            segments,
            is_writing: false,
            next_segment: applied.next_segment,
            last_segment_records,
            last: plan.last,
            records,
            bytes,
            cursor,
            cursor_file: applied.cursor,
            cursor_generation: applied.cursor_generation,
            producer_generation: applied.producer_generation,
            damaged: applied.damaged,
            findings: plan.findings,
            unsynced: Vec::new(),
            names_unsynced: false,
            has_remains: false,
            is_dropping: false,
            scratch: Vec::new(),
            reading: None,
            lock: None,
        })
    }

    pub(super) fn disk(&self) -> &Disk<S> {
        &self.disk
    }

    /// The id of this log's writer.
    pub fn producer_id(&self) -> ProducerId {
        self.producer_id
    }

    /// Gives the log a new producer id, drawn at random, for the records to come and those that are stored.
    ///
    /// # Errors
    /// [`Error::Failed`] and [`Error::Latched`]; the old id is still valid then, or the new one already.
    ///
    /// # Durability
    /// The new id is on disk on return.
    pub fn adopt(&mut self) -> Result<ProducerId, Error> {
        let producer_id = self.disk.random()?;
        // Who has claimed the old one's fence is nothing to the new one's.
        let marks = Marks {
            starts: [Start::default(); 2],
            ..self.marks
        };
        self.write_producer(producer_id, marks)?;
        (self.producer_id, self.marks) = (ProducerId(producer_id), marks);
        Ok(self.producer_id)
    }

    /// Which files must be there beside the log.
    pub(super) fn marks(&self) -> Marks {
        self.marks
    }

    /// Remembers which files must be there beside the log.
    ///
    /// # Durability
    /// On disk on return. The files must be before.
    pub(super) fn remember(&mut self, marks: Marks) -> Result<(), Error> {
        if marks != self.marks {
            self.write_producer(self.producer_id.0, marks)?;
            self.marks = marks;
        }
        Ok(())
    }

    fn write_producer(&mut self, producer_id: [u8; 16], marks: Marks) -> Result<(), Error> {
        let producer = Producer {
            log_id: self.log_id,
            producer_id,
            epoch: self.epoch,
            marks,
        };
        let generation = self.producer_generation + 1;
        self.producer_generation = recovery::write_producer(&self.disk, &producer, Some(generation))?;
        Ok(())
    }

    /// The epoch of this start: higher than that of every start before.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// How many records are unacknowledged.
    pub fn len(&self) -> u64 {
        self.records
    }

    /// Whether everything is acknowledged.
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// The bytes of the unacknowledged records, headers included.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Records dropped unsent because the log was full, ever.
    pub fn dropped(&self) -> u64 {
        self.cursor.dropped
    }

    /// Pieces of damage that are kept beside.
    pub fn damaged(&self) -> u64 {
        self.damaged
    }

    /// What opening found wrong.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Everything up to this pair is acknowledged or dropped; zeros when nothing is.
    pub fn acknowledged(&self) -> Pair {
        self.cursor.acknowledged
    }

    /// The greatest pair the log has held; zeros when there was none.
    pub fn last(&self) -> Pair {
        self.last
    }

    /// Whether a write or sync failed, so that nothing more is accepted.
    pub fn is_latched(&self) -> bool {
        self.disk.is_latched()
    }

    /// Keeps the memory of a write or a read for the next one.
    fn put_back(&mut self, scratch: Vec<u8>) {
        // Bound: one large record does not keep its memory for ever.
        if scratch.capacity() <= SCRATCH_BYTES_MAX {
            self.scratch = scratch;
        }
    }
}

#[cfg(test)]
mod tests;

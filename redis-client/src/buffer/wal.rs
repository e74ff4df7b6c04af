//! The log itself: segments, the acknowledged position, rotation. One owner, no locks, no clock.
//!
//! [`Wal`] is what the publisher's thread and [`FallbackBuffer`](super::FallbackBuffer) both drive. Records are appended
//! with pairs that the caller gives in rising order; [`Wal::append`] returns when the operating system has the bytes,
//! [`Wal::sync`] when the disk has them. Records stay until they are acknowledged, in order.
//!
//! In memory there are eight bytes for each unacknowledged record (its sequence and where it ends), so that appending,
//! acknowledging and finding a place cost the same however much is stored. Payloads are read back from the files.
//!
//! Segments of earlier starts are never written to again: each start begins a segment of its own with its first record.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use super::config::Config;
use super::cursor::{CURSOR_MAGIC, Cursor, Producer};
use super::error::Error;
use super::lock::Lock;
use super::record::{self, NewRecord, Pair, RECORD_BYTES_MAX, Record, Seed};
use super::recovery::{self, Finding, Kept};
use super::requeue;
use super::retention::{self, Demand};
use super::segment::{self, RECORDS_START, SegmentHeader};
use super::slots;
use super::storage::{Access, Disk, DiskFile, FileStorage, Storage};

/// Zeros are written ahead in steps of this many bytes.
const FILL_BYTES: u64 = 1 << 20;
/// A read asks for at most this many bytes at once, unless one record has more.
const READ_BYTES_MAX: u64 = 1 << 20;
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

/// A segment with unacknowledged records, or the one that is written.
#[derive(Debug)]
struct Stored<F> {
    number: u64,
    epoch: u64,
    /// The sequence that `entries` count from.
    base_sequence: u64,
    /// Where the first unacknowledged record starts.
    start: u64,
    /// Its ordinal.
    ordinal: u32,
    entries: VecDeque<Entry>,
    /// Present while the segment is written.
    file: Option<Arc<DiskFile<F>>>,
    /// Up to where zeros are written ahead.
    filled: u64,
}

/// Where the log ended before an append.
#[derive(Debug, Clone, Copy)]
struct Mark {
    /// The last segment, how many records it had and where they ended.
    segment: Option<(u64, usize, u64)>,
    last_segment_records: u64,
    last: Pair,
    records: u64,
    bytes: u64,
}

/// An unacknowledged record: it starts where the one before ends.
#[derive(Debug, Clone, Copy)]
struct Entry {
    sequence: u32,
    end: u32,
}

impl<F> Stored<F> {
    fn end(&self) -> u64 {
        self.entries.back().map_or(self.start, |last| u64::from(last.end))
    }

    fn pair(&self, entry: Entry) -> Pair {
        Pair {
            epoch: self.epoch,
            sequence: self.base_sequence + u64::from(entry.sequence),
        }
    }

    fn last_pair(&self) -> Option<Pair> {
        self.entries.back().map(|last| self.pair(*last))
    }

    /// How many of the entries are at most `pair`.
    fn up_to(&self, pair: Pair) -> usize {
        self.entries.partition_point(|entry| self.pair(*entry) <= pair)
    }
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

/// A place in the log from which [`Wal::read`] goes on; it stays valid while records are appended and acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    after: Pair,
}

impl Position {
    /// The place after a pair.
    #[must_use]
    pub fn after(pair: Pair) -> Self {
        Self { after: pair }
    }
}

impl Wal<FileStorage> {
    /// Opens the log in a directory, which is made if absent, and takes its lock.
    ///
    /// # Errors
    /// [`Error::Locked`] names the owner; [`Error::NotADirectory`], [`Error::Version`], [`Error::Io`] and
    /// [`Error::Failed`] name the path.
    pub fn open_directory(path: &Path, config: &Config) -> Result<Self, Error> {
        config.check()?;
        let storage = FileStorage::open(path)?;
        let lock = Lock::take(path)?;
        let mut wal = Self::open(storage, config)?;
        if requeue::is_begun(&wal)? {
            requeue::finish_in(path, &mut wal)?;
            // What that appended has numbers of this start, and who opens a log counts from the first.
            wal.close()?;
            wal = Self::open(FileStorage::open(path)?, config)?;
        }
        wal.lock = Some(lock);
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
        config.check()?;
        let disk = Arc::new(Disk::new(storage));
        let mut survey = recovery::survey(&disk)?;
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
            tracing::warn!(log = %disk.path_of("").display(), kind, file, offset, bytes, records, "set right while opening");
        }
        let mut records = 0;
        let mut bytes = 0;
        let mut segments = VecDeque::new();
        let mut last_segment_records = 0;
        for kept in plan.kept {
            let stored = Stored::recovered(&kept);
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
        let producer = Producer {
            log_id: self.log_id,
            producer_id,
            epoch: self.epoch,
        };
        let generation = self.producer_generation + 1;
        self.producer_generation = recovery::write_producer(&self.disk, &producer, Some(generation))?;
        self.producer_id = ProducerId(producer_id);
        Ok(self.producer_id)
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

    /// Appends one record. See [`append_batch`](Self::append_batch).
    ///
    /// # Errors
    /// As [`append_batch`](Self::append_batch).
    pub fn append(
        &mut self,
        pair: Pair,
        channel: &str,
        payload: &[u8],
        created_at_us: i64,
    ) -> Result<(), Error> {
        self.append_batch(&[NewRecord {
            pair,
            channel,
            payload,
            created_at_us,
            note: "",
        }])
    }

    /// Appends records, in the order given, with as few writes as there are segments to write to.
    ///
    /// Their pairs rise. An epoch may be that of an earlier start, for an event that was accepted under it.
    ///
    /// # Errors
    /// Before anything is written: [`Error::Latched`], [`Error::OutOfOrder`], [`Error::TooLarge`], [`Error::Full`].
    /// [`Error::Failed`] when a write failed: none of the records counts as accepted, and what was written of them is
    /// taken back. [`has_remains`](Self::has_remains) says whether that failed, too: then some may be delivered.
    ///
    /// # Durability
    /// On return the operating system has the bytes: they survive this process, and a power cut only after
    /// [`sync`](Self::sync).
    pub fn append_batch(&mut self, records: &[NewRecord<'_>]) -> Result<(), Error> {
        self.disk.check()?;
        let mut last = self.last;
        let mut bytes = 0;
        for record in records {
            let in_range = record.pair.epoch <= self.epoch && record.pair.sequence < Pair::LIMIT;
            if !in_range || record.pair <= last {
                return Err(Error::OutOfOrder {
                    given: record.pair,
                    last,
                });
            }
            let longest = record.channel.len().max(record.note.len());
            if record.bytes() > RECORD_BYTES_MAX || longest > usize::from(u16::MAX) {
                return Err(Error::TooLarge {
                    bytes: record.bytes(),
                    bytes_max: RECORD_BYTES_MAX,
                });
            }
            last = record.pair;
            bytes += record.bytes();
        }
        self.make_room(records.len() as u64, bytes)?;
        let mark = self.mark();
        let appended = self.append_checked(records);
        if appended.is_err() {
            self.has_remains |= !self.take_back(mark);
        }
        appended
    }

    fn append_checked(&mut self, records: &[NewRecord<'_>]) -> Result<(), Error> {
        let mut rest = records;
        // Bound: each turn writes at least one record.
        while let Some(first) = rest.first() {
            if !self.has_room_for(first) {
                self.rotate(first)?;
            }
            let written = self.write(rest)?;
            rest = rest.get(written..).unwrap_or_default();
        }
        Ok(())
    }

    /// Whether records of an append that failed may lie in the files, for the next opening to find.
    pub fn has_remains(&self) -> bool {
        self.has_remains
    }

    fn mark(&self) -> Mark {
        Mark {
            segment: self
                .segments
                .back()
                .map(|last| (last.number, last.entries.len(), last.end())),
            last_segment_records: self.last_segment_records,
            last: self.last,
            records: self.records,
            bytes: self.bytes,
        }
    }

    /// Ends the log where it ended before an append that failed, and says whether the files are sure to end there, too.
    ///
    /// The caller is told that nothing was accepted and may append the same events again; a part that stayed would be
    /// delivered beside them. To cut a file needs no room on the disk.
    fn take_back(&mut self, mark: Mark) -> bool {
        // The latch is closed by now, and this cannot make anything worse.
        let disk = self.disk.apart();
        let mut is_certain = true;
        // Bound: the segments that the append began, and the one before.
        while let Some(segment) = self.segments.back_mut() {
            let number = segment.number;
            let before = mark.segment.filter(|(last, ..)| number <= *last);
            let end = before.map_or(RECORDS_START, |(_, _, end)| end);
            is_certain &= cut(&disk, number, end).is_ok();
            if let Some((_, records, end)) = before {
                segment.entries.truncate(records);
                segment.filled = end;
                break;
            }
            self.segments.pop_back();
            self.is_writing = false;
        }
        self.last_segment_records = mark.last_segment_records;
        self.last = mark.last;
        self.records = mark.records;
        self.bytes = mark.bytes;
        is_certain
    }

    fn make_room(&mut self, new_records: u64, new_bytes: u64) -> Result<(), Error> {
        let demand = Demand {
            records: self.records,
            bytes: self.bytes,
            new_records,
            new_bytes,
        };
        let excess = retention::excess(&self.config, demand)?;
        let (mut records, mut bytes, mut up_to) = (0, 0, None);
        'segments: for segment in &self.segments {
            let mut start = segment.start;
            for entry in &segment.entries {
                if records >= excess.records && bytes >= excess.bytes {
                    break 'segments;
                }
                records += 1;
                bytes += u64::from(entry.end) - start;
                start = u64::from(entry.end);
                up_to = Some(segment.pair(*entry));
            }
        }
        if let Some(up_to) = up_to {
            self.cursor.dropped += records;
            if !self.is_dropping {
                self.is_dropping = true;
                let (log, dropped) = (self.disk.path_of(""), self.cursor.dropped);
                tracing::warn!(log = %log.display(), records, bytes, dropped, "full: drops its oldest records unsent");
            }
            self.let_go(up_to)?;
        }
        Ok(())
    }

    fn has_room_for(&self, record: &NewRecord<'_>) -> bool {
        self.segments
            .back()
            .is_some_and(|active| self.is_writing && self.fits(active, active.end(), record))
    }

    /// Whether a record may start at `end` in a segment: within its size, of its epoch, and its sequence within 32 bits of
    /// the first.
    fn fits(&self, segment: &Stored<S::File>, end: u64, record: &NewRecord<'_>) -> bool {
        let is_first = end == RECORDS_START;
        let near =
            u32::try_from(record.pair.sequence - segment.base_sequence.min(record.pair.sequence)).is_ok();
        record.pair.epoch == segment.epoch
            && (is_first || (end + record.bytes() <= self.config.segment_bytes && near))
    }

    /// Writes as many of the records as the segment has room for, and says how many.
    fn write(&mut self, records: &[NewRecord<'_>]) -> Result<usize, Error> {
        let seed_log = self.log_id;
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let Some(active) = self.segments.back() else {
            return Ok(0);
        };
        let Some(file) = active.file.clone() else {
            return Ok(0);
        };
        let seed = Seed::new(seed_log, active.number);
        let start = active.end();
        let mut ordinal = u32::try_from(self.last_segment_records).unwrap_or(u32::MAX);
        let mut entries = Vec::with_capacity(records.len());
        let mut end = start;
        for record in records {
            if end > start && !self.fits(active, end, record) {
                break;
            }
            let position = u32::try_from(end).unwrap_or(u32::MAX);
            record::encode(&mut scratch, seed, position, ordinal, record);
            end += record.bytes();
            ordinal = ordinal.saturating_add(1);
            let sequence = u32::try_from(record.pair.sequence - active.base_sequence).unwrap_or(u32::MAX);
            entries.push(Entry {
                sequence,
                end: u32::try_from(end).unwrap_or(u32::MAX),
            });
        }
        file.write_at(&scratch, start)?;
        self.put_back(scratch);
        let written = entries.len();
        self.records += written as u64;
        self.bytes += end - start;
        self.last_segment_records += written as u64;
        if let Some(last) = written.checked_sub(1).and_then(|last| records.get(last)) {
            self.last = last.pair;
        }
        if let Some(active) = self.segments.back_mut() {
            active.entries.extend(entries);
        }
        if !self.unsynced.iter().any(|unsynced| Arc::ptr_eq(unsynced, &file)) {
            self.unsynced.push(file);
        }
        Ok(written)
    }

    /// Keeps the memory of a write or a read for the next one.
    fn put_back(&mut self, scratch: Vec<u8>) {
        // Bound: one large record does not keep its memory for ever.
        if scratch.capacity() <= SCRATCH_BYTES_MAX {
            self.scratch = scratch;
        }
    }

    /// Seals the segment that is written, and begins the next one for this record.
    fn rotate(&mut self, first: &NewRecord<'_>) -> Result<(), Error> {
        self.seal()?;
        let number = self.next_segment;
        let header = SegmentHeader {
            log_id: self.log_id,
            producer_id: self.producer_id.0,
            number,
            epoch: self.epoch,
            previous: self.last,
            previous_records: self.last_segment_records,
            created_at_us: first.created_at_us,
        };
        let file = Arc::new(self.disk.create(&segment::name(number))?);
        // Durability: the name is synced with the first record, by the sync that makes that one durable.
        self.names_unsynced = true;
        file.write_at(&header.encode(), 0)?;
        self.unsynced.push(Arc::clone(&file));
        self.next_segment += 1;
        self.last_segment_records = 0;
        self.is_writing = true;
        self.segments.push_back(Stored {
            number,
            epoch: first.pair.epoch,
            base_sequence: first.pair.sequence,
            start: RECORDS_START,
            ordinal: 0,
            entries: VecDeque::new(),
            file: Some(file),
            filled: RECORDS_START,
        });
        Ok(())
    }

    /// Ends the segment that is written: cuts the zeros ahead, and removes it when everything in it is acknowledged.
    fn seal(&mut self) -> Result<(), Error> {
        if !self.is_writing {
            return Ok(());
        }
        self.is_writing = false;
        if let Some(active) = self.segments.back_mut()
            && let Some(file) = active.file.take()
            && active.filled > active.end()
        {
            // Durability: what is cut is zeros; a crash that brings them back changes nothing.
            file.set_size(active.end())?;
        }
        self.remove_acknowledged()
    }

    /// Makes everything appended so far survive a power cut.
    ///
    /// # Errors
    /// [`Error::Failed`], and [`Error::Latched`] from then on: whether the records reached the disk is not known.
    ///
    /// # Blocking
    /// Waits for the disk.
    pub fn sync(&mut self) -> Result<(), Error> {
        let job = self.begin_sync()?;
        job.run()?;
        self.finish_sync(&job)
    }

    /// The first half of a sync: what has to be synced, so that it can be done while others append.
    ///
    /// # Errors
    /// As [`sync`](Self::sync).
    pub(crate) fn begin_sync(&mut self) -> Result<SyncJob<S>, Error> {
        self.disk.check()?;
        if !self.unsynced.is_empty() {
            self.fill_ahead()?;
        }
        Ok(SyncJob {
            disk: Arc::clone(&self.disk),
            files: std::mem::take(&mut self.unsynced),
            names: std::mem::take(&mut self.names_unsynced),
            newest_segment: self.next_segment - 1,
        })
    }

    /// The last half of a sync that succeeded.
    pub(crate) fn finish_sync(&mut self, job: &SyncJob<S>) -> Result<(), Error> {
        if job.names && self.cursor.newest_segment < job.newest_segment {
            self.cursor.newest_segment = job.newest_segment;
            self.cursor.synced_below = job.newest_segment;
            return self.write_cursor();
        }
        Ok(())
    }

    /// Writes zeros ahead of the records, so that the syncs to come change no metadata.
    ///
    /// Only syncs ask for it: a log that is never synced would write everything twice for nothing.
    fn fill_ahead(&mut self) -> Result<(), Error> {
        let segment_bytes = self.config.segment_bytes;
        let Some(active) = self.segments.back_mut().filter(|_| self.is_writing) else {
            return Ok(());
        };
        let Some(file) = &active.file else { return Ok(()) };
        let end = active.end();
        active.filled = active.filled.max(end);
        if active.filled - end >= FILL_BYTES / 8 || active.filled >= segment_bytes {
            return Ok(());
        }
        let size = (segment_bytes - active.filled).min(FILL_BYTES);
        let zeros = vec![0; usize::try_from(size).unwrap_or_default()];
        let is_filled = file.fill(&zeros, active.filled)?;
        // A disk without room for zeros is not asked again in this segment.
        active.filled = if is_filled {
            active.filled + size
        } else {
            segment_bytes
        };
        Ok(())
    }

    /// The first `records_max` unacknowledged records, oldest first.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn peek(&mut self, records_max: usize) -> Result<Vec<Record>, Error> {
        self.read(&mut Position::default(), records_max, u64::MAX)
    }

    /// The unacknowledged records that follow `position`, oldest first, and moves it behind them.
    ///
    /// At most `records_max`, and no more than `bytes_max` bytes unless the first alone has more.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Corrupt`] when a record was damaged since the log was opened: opening it again sets the
    /// damage aside.
    pub fn read(
        &mut self,
        position: &mut Position,
        records_max: usize,
        bytes_max: u64,
    ) -> Result<Vec<Record>, Error> {
        let mut records = Vec::new();
        let mut bytes_left = bytes_max;
        let after = position.after;
        let mut index = self
            .segments
            .partition_point(|segment| segment.last_pair().is_some_and(|last| last <= after));
        // Bound: each turn reads at least one record or goes to the next segment.
        while records.len() < records_max {
            let Some(segment) = self.segments.get(index) else {
                break;
            };
            let first = segment.up_to(position.after);
            let start = first
                .checked_sub(1)
                .and_then(|before| segment.entries.get(before))
                .map_or(segment.start, |before| u64::from(before.end));
            let limit = bytes_left.min(READ_BYTES_MAX);
            let mut end = start;
            let mut count = 0;
            for entry in segment.entries.range(first..).take(records_max - records.len()) {
                let next = u64::from(entry.end);
                if next - start > limit
                    && !(count == 0 && records.is_empty())
                    && (count > 0 || next - start > bytes_left)
                {
                    break;
                }
                end = next;
                count += 1;
            }
            if count == 0 {
                if first < segment.entries.len() {
                    break;
                }
                index += 1;
                continue;
            }
            bytes_left = bytes_left.saturating_sub(end - start);
            let seed = Seed::new(self.log_id, segment.number);
            let (number, file) = (segment.number, segment.file.clone());
            let file = match file {
                Some(file) => file,
                None => self.file_of(number)?,
            };
            records.reserve(count);
            let mut scratch = std::mem::take(&mut self.scratch);
            let read = read_records(&file, seed, start..end, &mut scratch, position, &mut records);
            self.put_back(scratch);
            read?;
        }
        Ok(records)
    }

    fn file_of(&mut self, number: u64) -> Result<Arc<DiskFile<S::File>>, Error> {
        if let Some((_, file)) = self.reading.as_ref().filter(|(reading, _)| *reading == number) {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(self.disk.open(&segment::name(number), Access::Read)?);
        self.reading = Some((number, Arc::clone(&file)));
        Ok(file)
    }

    /// When the oldest unacknowledged record was accepted, in microseconds since 1970.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn oldest_created_at_us(&mut self) -> Result<Option<i64>, Error> {
        Ok(self.peek(1)?.first().map(Record::created_at_us))
    }

    /// Acknowledges every record up to and including this pair, and says how many there were.
    ///
    /// Segments of which every record is acknowledged are removed.
    ///
    /// # Errors
    /// [`Error::Latched`], and [`Error::Failed`] when the position could not be written: the records may come again.
    ///
    /// # Durability
    /// On return the position survives this process. After a power cut it may be an older one, so that records are
    /// delivered again.
    pub fn acknowledge(&mut self, up_to: Pair) -> Result<u64, Error> {
        self.is_dropping = false;
        self.let_go(up_to)
    }

    fn let_go(&mut self, up_to: Pair) -> Result<u64, Error> {
        self.disk.check()?;
        if up_to <= self.cursor.acknowledged {
            return Ok(0);
        }
        let mut acknowledged = 0;
        for segment in &mut self.segments {
            let count = segment.up_to(up_to);
            let Some(last) = count
                .checked_sub(1)
                .and_then(|last| segment.entries.get(last))
                .copied()
            else {
                break;
            };
            self.bytes -= u64::from(last.end) - segment.start;
            segment.start = u64::from(last.end);
            segment.ordinal = segment
                .ordinal
                .saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
            segment.entries.drain(..count);
            acknowledged += count as u64;
            if !segment.entries.is_empty() {
                break;
            }
        }
        self.records -= acknowledged;
        self.cursor.acknowledged = up_to;
        self.last = self.last.max(up_to);
        self.remove_acknowledged()?;
        Ok(acknowledged)
    }

    /// Writes the cursor, then removes the segments below it.
    fn remove_acknowledged(&mut self) -> Result<(), Error> {
        let mut finished = Vec::new();
        while let Some(front) = self.segments.front() {
            let is_active = self.is_writing && self.segments.len() == 1;
            if is_active || !front.entries.is_empty() {
                break;
            }
            finished.push(front.number);
            self.segments.pop_front();
        }
        self.write_cursor()?;
        if finished.is_empty() {
            return Ok(());
        }
        // Durability: a segment goes only when the cursor above it is on disk, or it would be reported missing.
        self.cursor_file.sync()?;
        for number in finished {
            self.disk.remove(&segment::name(number))?;
            // A file that is gone needs no sync, and a failed one would latch the log for nothing.
            if self
                .reading
                .as_ref()
                .is_some_and(|(reading, _)| *reading == number)
            {
                self.reading = None;
            }
        }
        // Durability: a removal that a power cut takes back is repeated, since the segment is below the cursor.
        self.names_unsynced = true;
        Ok(())
    }

    fn write_cursor(&mut self) -> Result<(), Error> {
        let front = self.segments.front();
        self.cursor.segment = front.map_or(self.next_segment, |front| front.number);
        self.cursor.offset = front.map_or(RECORDS_START, |front| front.start);
        self.cursor.ordinal = front.map_or(0, |front| front.ordinal);
        self.cursor.epoch = self.epoch;
        self.cursor_generation += 1;
        let slot = slots::encode(CURSOR_MAGIC, self.cursor_generation, &self.cursor.encode());
        self.cursor_file
            .write_at(&slot, slots::offset_of(self.cursor_generation))
    }

    /// Makes what was acknowledged so far survive a power cut.
    ///
    /// # Errors
    /// As [`sync`](Self::sync).
    pub(crate) fn sync_cursor(&mut self) -> Result<(), Error> {
        // Durability: records whose copies may be sent elsewhere must not come back with a power cut.
        self.cursor_file.sync()
    }

    /// Syncs, seals the last segment and writes the cursor twice, so that the next start finds nothing to repair.
    ///
    /// # Errors
    /// As [`sync`](Self::sync). Whatever happens, the lock is released.
    pub fn close(mut self) -> Result<(), Error> {
        self.sync()?;
        self.seal()?;
        self.cursor.synced_below = self.next_segment;
        self.write_cursor()?;
        // Durability: each slot is synced while the other is intact, so a power cut at any point leaves one; in the end both
        // say the same.
        self.cursor_file.sync()?;
        self.write_cursor()?;
        self.cursor_file.sync()?;
        if self.names_unsynced {
            self.disk.sync_folder("")?;
        }
        Ok(())
    }
}

/// Takes from a segment what lies behind `end`, for good.
fn cut<S: Storage>(disk: &Disk<S>, number: u64, end: u64) -> Result<(), Error> {
    let file = disk.open(&segment::name(number), Access::Write)?;
    if file.size()? > end {
        file.set_size(end)?;
        // Durability: what is told as not accepted must not come back with a power cut.
        file.sync()?;
    }
    Ok(())
}

/// Reads the records in a range of a segment that holds nothing else.
fn read_records<F: super::storage::StorageFile>(
    file: &DiskFile<F>,
    seed: Seed,
    range: std::ops::Range<u64>,
    scratch: &mut Vec<u8>,
    position: &mut Position,
    records: &mut Vec<Record>,
) -> Result<(), Error> {
    let wanted = usize::try_from(range.end - range.start).unwrap_or_default();
    if scratch.len() < wanted {
        scratch.resize(wanted, 0);
    }
    let read = file.read_at(scratch.get_mut(..wanted).unwrap_or_default(), range.start)?;
    let bytes = scratch.get(..read).unwrap_or_default();
    let mut at = 0;
    // Bound: a record has at least its header, so `at` grows in each turn.
    while range.start + (at as u64) < range.end {
        let offset = range.start + at as u64;
        let rest = bytes.get(at..).unwrap_or_default();
        let header = record::parse(rest, seed).filter(|header| u64::from(header.position) == offset);
        let Some((header, body)) = header.and_then(|header| Some((header, header.body(rest)?))) else {
            let pair = header.map(|header| header.pair);
            return Err(Error::Corrupt {
                path: file.path().to_owned(),
                offset,
                pair,
            });
        };
        let record = header.to_record(&body, records.last());
        records.push(record);
        position.after = header.pair;
        at += usize::try_from(header.record_bytes()).unwrap_or(usize::MAX);
    }
    Ok(())
}

/// A sync that was begun: the files and names it covers.
#[derive(Debug)]
pub(crate) struct SyncJob<S: Storage> {
    disk: Arc<Disk<S>>,
    files: Vec<Arc<DiskFile<S::File>>>,
    names: bool,
    newest_segment: u64,
}

impl<S: Storage> SyncJob<S> {
    /// Waits for the disk.
    pub(crate) fn run(&self) -> Result<(), Error> {
        for file in &self.files {
            // Durability: older segments first, so that no record is on disk whose predecessors are not.
            file.sync()?;
        }
        if self.names {
            // Durability: a segment whose name is lost is lost with all its records.
            self.disk.sync_folder("")?;
        }
        Ok(())
    }
}

impl<F> Stored<F> {
    fn recovered(kept: &Kept) -> Self {
        let first = kept.records.first().map_or(Pair::default(), |first| first.pair);
        let entries = kept.records.iter().map(|record| Entry {
            // The scan takes only records whose sequences lie within 32 bits of the segment's first.
            sequence: u32::try_from(record.pair.sequence - first.sequence).unwrap_or(u32::MAX),
            end: u32::try_from(record.end).unwrap_or(u32::MAX),
        });
        Self {
            number: kept.number,
            epoch: first.epoch,
            base_sequence: first.sequence,
            start: kept.start,
            ordinal: kept.ordinal,
            entries: entries.collect(),
            file: None,
            filled: 0,
        }
    }
}

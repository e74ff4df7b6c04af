//! Records into the log (layer 2): room for them, the segment that is written, rotation, and the way back when a write fails.
//!
//! An append that failed is taken back from the files, since its caller may append the same events again.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Wal;
use super::stored::{Entry, Stored};
use crate::buffer::error::Error;
use crate::buffer::record::{self, NewRecord, Pair, Seed};
use crate::buffer::retention::{self, Demand};
use crate::buffer::segment::{self, RECORDS_START, SegmentHeader};
use crate::buffer::storage::{Access, Disk, Storage};

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

impl<S: Storage> Wal<S> {
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
            record.check_size()?;
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
        if excess.records == 0 && excess.bytes == 0 {
            return Ok(());
        }
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
        let segment_bytes = self.config.segment_bytes;
        self.segments
            .back()
            .is_some_and(|active| self.is_writing && active.fits(active.end(), record, segment_bytes))
    }

    /// Writes as many of the records as the segment has room for, and says how many.
    fn write(&mut self, records: &[NewRecord<'_>]) -> Result<usize, Error> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let Some(active) = self.segments.back_mut() else {
            return Ok(0);
        };
        let Some(file) = &active.file else {
            return Ok(0);
        };
        let start = active.end();
        let mut last = self.last;
        let mut written = 0;
        let mut end = start;
        for record in records {
            if end > start && !active.fits(end, record, self.config.segment_bytes) {
                break;
            }
            end += record.bytes();
            let sequence = u32::try_from(record.pair.sequence - active.base_sequence).unwrap_or(u32::MAX);
            // Taken back by the caller should the write fail.
            active.entries.push_back(Entry {
                sequence,
                end: u32::try_from(end).unwrap_or(u32::MAX),
            });
            last = record.pair;
            written += 1;
        }
        let position = u32::try_from(start).unwrap_or(u32::MAX);
        let ordinal = u32::try_from(self.last_segment_records).unwrap_or(u32::MAX);
        let fitting = records.get(..written).unwrap_or_default();
        record::encode_all(&mut scratch, active.seed, position, ordinal, fitting);
        file.write_at(&scratch, start)?;
        if !self.unsynced.iter().any(|unsynced| Arc::ptr_eq(unsynced, file)) {
            self.unsynced.push(Arc::clone(file));
        }
        self.put_back(scratch);
        self.records += written as u64;
        self.bytes += end - start;
        self.last_segment_records += written as u64;
        self.last = last;
        Ok(written)
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
            seed: Seed::new(self.log_id, number),
            file: Some(file),
            filled: RECORDS_START,
        });
        Ok(())
    }

    /// Ends the segment that is written: cuts the zeros ahead, and removes it when everything in it is acknowledged.
    pub(super) fn seal(&mut self) -> Result<(), Error> {
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

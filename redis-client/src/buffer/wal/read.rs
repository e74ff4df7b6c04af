//! Records out of the log (layer 2): read back from the files, in batches, from a place that stays valid.

use std::sync::Arc;

use super::Wal;
use crate::buffer::error::Error;
use crate::buffer::record::{self, Pair, Record, Seed};
use crate::buffer::segment;
use crate::buffer::storage::{Access, DiskFile, Storage, StorageFile};

/// A read asks for at most this many bytes at once, unless one record has more.
const READ_BYTES_MAX: u64 = 1 << 20;

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

impl<S: Storage> Wal<S> {
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
            let (number, seed, file) = (segment.number, segment.seed, segment.file.clone());
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
}

/// Reads the records in a range of a segment that holds nothing else.
fn read_records<F: StorageFile>(
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

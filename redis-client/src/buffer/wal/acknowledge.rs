//! Letting go of records (layer 2): the cursor first, then the segments below it.

use super::Wal;
use crate::buffer::cursor::CURSOR_MAGIC;
use crate::buffer::error::Error;
use crate::buffer::record::Pair;
use crate::buffer::segment::{self, RECORDS_START};
use crate::buffer::slots;
use crate::buffer::storage::Storage;

impl<S: Storage> Wal<S> {
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

    pub(super) fn let_go(&mut self, up_to: Pair) -> Result<u64, Error> {
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
    pub(super) fn remove_acknowledged(&mut self) -> Result<(), Error> {
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

    pub(super) fn write_cursor(&mut self) -> Result<(), Error> {
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
}

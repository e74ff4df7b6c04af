//! What the log keeps in memory of a segment (layer 2): where each unacknowledged record ends, eight bytes for each.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::buffer::record::{NewRecord, Pair, Seed};
use crate::buffer::recovery::Kept;
use crate::buffer::segment::RECORDS_START;
use crate::buffer::storage::DiskFile;

/// A segment with unacknowledged records, or the one that is written.
#[derive(Debug)]
pub(super) struct Stored<F> {
    pub(super) number: u64,
    pub(super) epoch: u64,
    /// The sequence that `entries` count from.
    pub(super) base_sequence: u64,
    /// Where the first unacknowledged record starts.
    pub(super) start: u64,
    /// Its ordinal.
    pub(super) ordinal: u32,
    pub(super) entries: VecDeque<Entry>,
    /// What the checksums of its records start from.
    pub(super) seed: Seed,
    /// Present while the segment is written.
    pub(super) file: Option<Arc<DiskFile<F>>>,
    /// Up to where zeros are written ahead.
    pub(super) filled: u64,
}

/// An unacknowledged record: it starts where the one before ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) sequence: u32,
    pub(super) end: u32,
}

impl<F> Stored<F> {
    pub(super) fn end(&self) -> u64 {
        self.entries.back().map_or(self.start, |last| u64::from(last.end))
    }

    pub(super) fn pair(&self, entry: Entry) -> Pair {
        Pair {
            epoch: self.epoch,
            sequence: self.base_sequence + u64::from(entry.sequence),
        }
    }

    pub(super) fn last_pair(&self) -> Option<Pair> {
        self.entries.back().map(|last| self.pair(*last))
    }

    /// How many of the entries are at most `pair`.
    pub(super) fn up_to(&self, pair: Pair) -> usize {
        self.entries.partition_point(|entry| self.pair(*entry) <= pair)
    }

    /// Whether a record may start at `end`: within the size of a segment, of its epoch, and its sequence within 32 bits of
    /// the first.
    pub(super) fn fits(&self, end: u64, record: &NewRecord<'_>, segment_bytes: u64) -> bool {
        let is_first = end == RECORDS_START;
        let near = u32::try_from(record.pair.sequence.saturating_sub(self.base_sequence)).is_ok();
        record.pair.epoch == self.epoch && (is_first || (end + record.bytes() <= segment_bytes && near))
    }

    pub(super) fn recovered(kept: &Kept, log_id: [u8; 16]) -> Self {
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
            seed: Seed::new(log_id, kept.number),
            file: None,
            filled: 0,
        }
    }
}

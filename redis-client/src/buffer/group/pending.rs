//! Appends that were handed over while a sync was under way: who begins the next one writes them, all with one write.
//!
//! Their callers wait for that sync anyway. Written one by one they would cost a call to the operating system each, under the lock that
//! everybody needs to hand over a record or to find that it is stored.

use std::mem;
use std::ops::Range;

use super::super::record::{NewRecord, Pair};

/// Memory that is kept from one sync to the next; a large record does not keep its own for ever.
const KEPT_BYTES_MAX: usize = 1 << 20;

/// Copies of what callers gave, in order. Bound: each caller waits for its own.
#[derive(Debug, Default)]
pub(super) struct Pending {
    channels: String,
    payloads: Vec<u8>,
    records: Vec<Copied>,
    appends: Vec<Append>,
}

/// A record's pair and time, and where its channel and its payload end; they begin where those of the one before end.
#[derive(Debug)]
struct Copied {
    pair: Pair,
    created_at_us: i64,
    channel_end: usize,
    payload_end: usize,
}

/// One call: its number, and its records.
#[derive(Debug)]
struct Append {
    number: u64,
    records: Range<usize>,
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.appends.is_empty()
    }

    /// Adds the records of the append with this number.
    pub(super) fn add(&mut self, number: u64, records: &[NewRecord<'_>]) {
        let start = self.records.len();
        for record in records {
            self.channels.push_str(record.channel);
            self.payloads.extend_from_slice(record.payload);
            self.records.push(Copied {
                pair: record.pair,
                created_at_us: record.created_at_us,
                channel_end: self.channels.len(),
                payload_end: self.payloads.len(),
            });
        }
        let records = start..self.records.len();
        self.appends.push(Append { number, records });
    }

    /// All records, in the order in which they were added.
    pub(super) fn records(&self) -> Vec<NewRecord<'_>> {
        let (mut channel_start, mut payload_start) = (0, 0);
        let record = |copied: &Copied| {
            let channel = mem::replace(&mut channel_start, copied.channel_end)..copied.channel_end;
            let payload = mem::replace(&mut payload_start, copied.payload_end)..copied.payload_end;
            NewRecord {
                pair: copied.pair,
                channel: self.channels.get(channel).unwrap_or_default(),
                payload: self.payloads.get(payload).unwrap_or_default(),
                created_at_us: copied.created_at_us,
                note: "",
            }
        };
        self.records.iter().map(record).collect()
    }

    /// The number of each append and which of [`records`](Self::records) are its own.
    pub(super) fn appends(&self) -> impl Iterator<Item = (u64, Range<usize>)> {
        self.appends
            .iter()
            .map(|append| (append.number, append.records.clone()))
    }

    /// Without what was added, and with its memory.
    pub(super) fn emptied(mut self) -> Self {
        if self.payloads.capacity().max(self.channels.capacity()) > KEPT_BYTES_MAX {
            return Self::default();
        }
        self.channels.clear();
        self.payloads.clear();
        self.records.clear();
        self.appends.clear();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_comes_back_in_order_and_as_it_was() {
        let record = |sequence, channel, payload| NewRecord {
            pair: Pair { epoch: 2, sequence },
            channel,
            payload,
            created_at_us: -7,
            note: "",
        };
        let (one, none, two) = (
            [record(1, "a", &b"1"[..])],
            [],
            [record(2, "", b"22"), record(3, "ccc", b"")],
        );
        let mut pending = Pending::default();
        for _ in 0..2 {
            assert!(pending.is_empty());
            pending.add(5, &one);
            pending.add(6, &none);
            pending.add(7, &two);
            let expected: Vec<NewRecord<'_>> = one.iter().chain(&two).copied().collect();
            assert_eq!(format!("{:?}", pending.records()), format!("{expected:?}"));
            assert_eq!(
                pending.appends().collect::<Vec<_>>(),
                [(5, 0..1), (6, 1..1), (7, 1..3)]
            );
            pending = pending.emptied();
        }
    }
}

//! Events that Redis refuses for good (layer 4): a log of the same format in the folder `dead-letters`, opened when the first
//! one comes.
//!
//! [`Store::bury`] returns after the dead letter is synced, so that its record may be acknowledged. A process that is killed
//! between the two finds the record again; `Store::buried` is what keeps it from being buried twice.

use std::borrow::Cow;

use super::{Log, Store, StoreError, micros};
use crate::buffer::record::NewRecord;
use crate::buffer::storage::Storage;
use crate::buffer::wal::{Position, Wal};
use crate::buffer::{self, Pair, Record, note};
use crate::publisher::worker::Accepted;

/// A dead letter in the making.
pub(in crate::publisher) struct Letter<'a> {
    channel: Cow<'a, str>,
    payload: &'a [u8],
    created_at_us: i64,
    /// The pair it has in the buffer, if it lies there.
    pair: Pair,
    note: String,
}

impl<'a> Letter<'a> {
    pub(in crate::publisher) fn of_record(record: &'a Record, reason: &str) -> Self {
        Self {
            channel: Cow::Borrowed(record.channel()),
            payload: record.payload(),
            created_at_us: record.created_at_us(),
            pair: record.pair(),
            note: note::with_reason(&note::with_event(record.note(), record.pair()), reason),
        }
    }

    pub(in crate::publisher) fn of_event(event: &'a Accepted, prefix: &str, reason: &str) -> Self {
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

impl<S: Storage> Store<S> {
    /// Puts records among the dead letters, with one sync for all.
    pub(in crate::publisher) fn bury(&mut self, letters: &[Letter<'_>]) -> Result<(), StoreError> {
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
}

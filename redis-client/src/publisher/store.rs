//! The worker's view of the buffer: events in, records out, acknowledged in order, and the dead letters beside (layer 4).
//!
//! What is promised here is the order of steps: [`Store::keep`] answers after the sync that covers a record,
//! [`Store::bury`] returns after the dead letter is synced, so that its record may be acknowledged. A buffer that failed
//! refuses everything until [`Store::mend`] has opened it anew; what was stored before is then still there.
//!
//! This file opens, reads, acknowledges and mends; `directory` is the file system, `keep` the way in, `dead_letters` the way
//! out of what Redis refuses, `fencing` the part of the fence.

mod dead_letters;
mod directory;
mod error;
mod fencing;
mod keep;

use std::collections::HashMap;
use std::time::Duration;

use tracing::warn;

pub(super) use self::dead_letters::Letter;
pub(super) use self::error::KeepError;
pub use self::error::StoreError;
use self::fencing::Fencing;
use super::worker::Limits;
use crate::buffer::storage::Storage;
use crate::buffer::wal::{Position, Wal};
use crate::buffer::{self, Pair, Record, Sync};

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

impl<S: Storage> Store<S> {
    /// A store over the logs that `open` opens, now and after a failure. The log it gives must be configured for `sync`.
    ///
    /// # Errors
    ///
    /// What opening the buffer says.
    #[cfg(any(test, feature = "__simulation"))]
    pub fn open(
        sync: Sync,
        mut open: impl FnMut(Log) -> Result<Wal<S>, buffer::Error> + Send + 'static,
    ) -> Result<Self, StoreError> {
        let wal = open(Log::Buffer)?;
        Ok(Self::over(wal, sync, open))
    }

    /// A store over a log that is open, which opens it anew after a failure.
    fn over(
        wal: Wal<S>,
        sync: Sync,
        open: impl FnMut(Log) -> Result<Wal<S>, buffer::Error> + Send + 'static,
    ) -> Self {
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
        store.take(wal);
        store
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
        self.take(wal);
        Ok(())
    }

    fn take(&mut self, wal: Wal<S>) {
        self.epoch = wal.epoch();
        self.wal = Some(wal);
        self.failed = None;
        self.sync_at = None;
        self.count();
        self.rewind();
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

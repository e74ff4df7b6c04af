//! Many callers, one log: they append under a lock and share the syncs.
//!
//! Whoever finds no sync under way begins one for all that is there, lets go of the lock, and waits for the disk;
//! those who append meanwhile hand their records over and wait for the next one, which one of them begins. So there is at most one
//! sync at a time, it covers everybody who was there when it began, and what was handed over goes into the file with one
//! write: see `group/pending.rs`.
//!
//! **Each caller is woken once**: when the sync that covers it has ended. Those that wait for the sync under way and those
//! that wait for the next one wait at two doors, and only one of the latter is called, to begin it. And as the callers of
//! the sync before are on their way back with their next records just then, who begins a sync lets them come first, for
//! as long as every look finds more of them: with two cores and 64 callers, half of them would otherwise miss each sync.
//! They are called when the lock is free: who wakes wants it at once.

mod pending;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::mem;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::config::{Config, Sync};
use super::error::Error;
use super::record::{NewRecord, Pair};
use super::storage::FileStorage;
use super::wal::{ProducerId, Wal};
use pending::Pending;

/// The log behind its lock, and the thread that syncs it under [`Sync::Every`].
#[derive(Debug)]
pub(crate) struct Group {
    shared: Arc<Shared>,
    syncer: Option<JoinHandle<()>>,
    producer_id: ProducerId,
    sync: Sync,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// Sync number n has ended, at door n % 2; or it may begin.
    synced: [Condvar; 2],
    /// There is something to sync, or the buffer closes; the syncing thread alone waits for it.
    work: Condvar,
}

#[derive(Debug)]
struct State {
    /// `None` once closed.
    wal: Option<Wal<FileStorage>>,
    next_sequence: u64,
    /// How many appends were taken: in the log, or in `pending`.
    taken: u64,
    /// How many of them are on disk, or refused.
    durable: u64,
    /// What was handed over since the sync under way began. While there is something, a sync is under way or somebody is called
    /// to begin one.
    pending: Pending,
    /// Appends that were handed over and then refused, by their numbers, until their callers learn it.
    // Bound: one entry for each caller who waits.
    refused: BTreeMap<u64, Error>,
    /// A sync is under way, or about to begin.
    is_syncing: bool,
    /// The number of the newest sync, from 1.
    sync: u64,
    /// What that one covers: as many appends. More than there are while it has not begun.
    covers: u64,
    /// How many appends the sync before covered by itself.
    covered_before: u64,
}

impl State {
    fn wal(&mut self) -> Result<&mut Wal<FileStorage>, Error> {
        self.wal.as_mut().ok_or(Error::Closed)
    }

    /// Writes what was handed over. Who is refused finds the reason under its number.
    fn write_pending(&mut self) {
        let Some(wal) = self.wal.as_mut().filter(|_| !self.pending.is_empty()) else {
            return;
        };
        let pending = mem::take(&mut self.pending);
        let records = pending.records();
        if let Err(error) = wal.append_batch(&records) {
            // Together they were refused, and nothing of them is stored. Each is an append of its own, and may be taken yet.
            let mut failure = wal.is_latched().then_some(error);
            for (number, own) in pending.appends() {
                if let Err(error) = wal.append_batch(records.get(own).unwrap_or_default()) {
                    self.refused.insert(number, failure.take().unwrap_or(error));
                }
            }
        }
        drop(records);
        self.pending = pending.emptied();
    }
}

impl Group {
    pub(crate) fn open(path: &Path, config: &Config) -> Result<Self, Error> {
        let wal = Wal::open_directory(path, config)?;
        let producer_id = wal.producer_id();
        let state = State {
            wal: Some(wal),
            next_sequence: 1,
            taken: 0,
            durable: 0,
            pending: Pending::default(),
            refused: BTreeMap::new(),
            is_syncing: false,
            sync: 0,
            covers: 0,
            covered_before: 0,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            synced: [Condvar::new(), Condvar::new()],
            work: Condvar::new(),
        });
        let mut group = Self {
            shared,
            syncer: None,
            producer_id,
            sync: config.sync,
        };
        if let Sync::Every(interval) = config.sync {
            let shared = Arc::clone(&group.shared);
            let thread = thread::Builder::new().name("redis-client-buffer".to_owned());
            let spawned = thread.spawn(move || shared.sync_every(interval));
            let failed = |source| Error::Io {
                action: "start the syncing thread of",
                path: path.to_owned(),
                source,
            };
            group.syncer = Some(spawned.map_err(failed)?);
        }
        Ok(group)
    }

    pub(crate) fn producer_id(&self) -> ProducerId {
        self.producer_id
    }

    /// Does something with the log.
    pub(crate) fn with<T>(
        &self,
        act: impl FnOnce(&mut Wal<FileStorage>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        act(self.shared.lock()?.wal()?)
    }

    /// Appends records as one, numbers them, and returns the pair of the first.
    pub(crate) fn append(&self, records: &mut [NewRecord<'_>]) -> Result<Pair, Error> {
        for record in &*records {
            record.check_size()?;
        }
        let mut state = self.shared.lock()?;
        let first = Pair {
            epoch: state.wal()?.epoch(),
            sequence: state.next_sequence,
        };
        for (record, sequence) in records.iter_mut().zip(first.sequence..) {
            record.pair = Pair { sequence, ..first };
        }
        let number = state.taken + 1;
        let waits_anyway = state.is_syncing || !state.pending.is_empty();
        if self.sync == Sync::Always && waits_anyway {
            state.pending.add(number, records);
        } else {
            state.wal()?.append_batch(records)?;
        }
        state.next_sequence += records.len() as u64;
        state.taken = number;
        match self.sync {
            Sync::Always => self.shared.sync_append(state, number)?,
            Sync::Every(_) => self.shared.work.notify_one(),
            Sync::Os => {}
        }
        Ok(first)
    }

    /// Does something with the log while nobody else has anything under way on it: it may append, and sync by itself.
    pub(crate) fn alone<T>(
        &self,
        act: impl FnOnce(&mut Wal<FileStorage>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut state = self.shared.lock()?;
        // Bound: each turn ends with a sync; a name that it has yet to sync is none that `act` would.
        while state.is_syncing {
            let door = self.shared.door(state.sync);
            state = door.wait(state).map_err(|_| poisoned())?;
        }
        // They have their numbers, which come before those of what `act` appends.
        state.write_pending();
        let wal = state.wal()?;
        let done = act(wal);
        let last = wal.last();
        if last.epoch == wal.epoch() {
            state.next_sequence = state.next_sequence.max(last.sequence + 1);
        }
        done
    }

    pub(crate) fn sync(&self) -> Result<(), Error> {
        let state = self.shared.lock()?;
        let all = state.taken;
        self.shared.sync_up_to(state, all).map(drop)
    }

    pub(crate) fn close(mut self) -> Result<(), Error> {
        self.shut()
    }

    fn shut(&mut self) -> Result<(), Error> {
        let closed = match self.shared.lock() {
            Ok(mut state) => state.wal.take().map_or(Ok(()), Wal::close),
            Err(error) => Err(error),
        };
        self.shared.work.notify_all();
        self.shared.call_all();
        if let Some(syncer) = self.syncer.take() {
            // A panic of that thread has poisoned the lock, and `closed` says so.
            let _ = syncer.join();
        }
        closed
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Nobody is left to tell; what could not be synced is still in the files, and recovered by the next start.
        let _ = self.shut();
    }
}

impl Shared {
    fn lock(&self) -> Result<MutexGuard<'_, State>, Error> {
        self.state.lock().map_err(|_| poisoned())
    }

    /// Waits until the append with this number is on disk, or refused after all.
    fn sync_append(&self, state: MutexGuard<'_, State>, number: u64) -> Result<(), Error> {
        let error = match self.sync_up_to(state, number) {
            Ok(mut state) => return state.refused.remove(&number).map_or(Ok(()), Err),
            Err(error) => error,
        };
        // Why it was refused says more than that the log has failed since.
        Err(self.lock()?.refused.remove(&number).unwrap_or(error))
    }

    /// Waits until the first `target` appends are on disk, and syncs them if nobody does.
    fn sync_up_to<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        target: u64,
    ) -> Result<MutexGuard<'a, State>, Error> {
        // Bound: each turn waits for a sync to end; the one after that covers `target`.
        while state.durable < target {
            state = if state.is_syncing {
                state.wal()?;
                let is_covered = target <= state.covers;
                let door = self.door(if is_covered { state.sync } else { state.sync + 1 });
                door.wait(state).map_err(|_| poisoned())?
            } else {
                self.lead(state)?
            };
        }
        Ok(state)
    }

    /// Where those wait whom the sync of this number covers.
    fn door(&self, sync: u64) -> &Condvar {
        let [even, odd] = &self.synced;
        if sync.is_multiple_of(2) { even } else { odd }
    }

    /// One sync for everybody, without the lock while the disk works.
    fn lead<'a>(&'a self, mut state: MutexGuard<'a, State>) -> Result<MutexGuard<'a, State>, Error> {
        state.wal()?;
        state.is_syncing = true;
        state.sync += 1;
        state.covers = u64::MAX;
        state = self.gather(state)?;
        state.write_pending();
        state.covers = state.taken;
        let job = match state.wal().and_then(Wal::begin_sync) {
            Ok(job) => job,
            Err(error) => return Err(self.failed(state, error)),
        };
        drop(state);
        let synced = job.run();
        let mut state = self.lock()?;
        let finished = synced.and_then(|()| match &mut state.wal {
            Some(wal) => wal.finish_sync(&job),
            None => Ok(()),
        });
        if let Err(error) = finished {
            return Err(self.failed(state, error));
        }
        self.succeeded(state);
        self.lock()
    }

    /// Ends the sync under way: calls all whom it covers, and one of the others to begin the next.
    fn succeeded(&self, mut state: MutexGuard<'_, State>) {
        state.is_syncing = false;
        state.covered_before = state.covers.saturating_sub(state.durable);
        state.durable = state.durable.max(state.covers);
        let ended = state.sync;
        drop(state);
        // Nobody can miss the call: who found the sync under way let go of the lock by waiting at the door.
        self.door(ended).notify_all();
        self.door(ended + 1).notify_one();
    }

    /// Ends a sync that failed: everybody has to look, and finds the log latched.
    fn failed(&self, mut state: MutexGuard<'_, State>, error: Error) -> Error {
        state.is_syncing = false;
        self.call_all();
        error
    }

    /// Lets other callers append first, while there are as many on their way as the sync before has sent home, and they come.
    fn gather<'a>(&'a self, mut state: MutexGuard<'a, State>) -> Result<MutexGuard<'a, State>, Error> {
        // Bound: each turn but the last finds an append more, and there are as many turns as appends of the sync before.
        while state.covered_before > 1 && state.taken - state.durable < state.covered_before {
            let taken = state.taken;
            drop(state);
            thread::yield_now();
            state = self.lock()?;
            if state.taken == taken {
                break;
            }
        }
        Ok(state)
    }

    /// Everybody has to look: the log has failed, or is closed.
    fn call_all(&self) {
        for door in &self.synced {
            door.notify_all();
        }
    }

    fn sync_every(&self, interval: Duration) {
        let Ok(mut state) = self.lock() else { return };
        // Bound: until the buffer is closed or has failed.
        while state.wal.is_some() {
            let waited = if state.durable == state.taken {
                self.work.wait(state).map_err(|_| poisoned())
            } else {
                let closed = |state: &mut State| state.wal.is_some();
                let waited = self.work.wait_timeout_while(state, interval, closed);
                waited.map_err(|_| poisoned()).and_then(|(state, _)| {
                    if state.wal.is_none() || state.is_syncing {
                        Ok(state)
                    } else {
                        self.lead(state)
                    }
                })
            };
            // A failure has latched the log: the next append says so.
            let Ok(next) = waited else { return };
            state = next;
        }
    }
}

fn poisoned() -> Error {
    Error::Latched {
        cause: "another thread panicked in the buffer".to_owned(),
    }
}

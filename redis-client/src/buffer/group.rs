//! Many callers, one log: they append under a lock and share the syncs.
//!
//! Whoever finds no sync under way begins one for all that is written, lets go of the lock, and waits for the disk;
//! those who append meanwhile wait for the next one, which one of them begins. So there is at most one sync at a time
//! and it covers everybody who was there when it began.
//!
//! **Each caller is woken once**: when the sync that covers it has ended. Those that wait for the sync under way and those
//! that wait for the next one wait at two doors, and only one of the latter is called, to begin it. And as the callers of
//! the sync before are on their way back with their next records just then, who begins a sync lets them come first, for
//! as long as every look finds more of them: with two cores and 64 callers, half of them would otherwise miss each sync.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::config::{Config, Sync};
use super::error::Error;
use super::record::{NewRecord, Pair};
use super::storage::FileStorage;
use super::wal::{ProducerId, Wal};

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
    /// How many appends the operating system has.
    written: u64,
    /// How many of them are on disk.
    durable: u64,
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
}

impl Group {
    pub(crate) fn open(path: &Path, config: &Config) -> Result<Self, Error> {
        let wal = Wal::open_directory(path, config)?;
        let producer_id = wal.producer_id();
        let state = State {
            wal: Some(wal),
            next_sequence: 1,
            written: 0,
            durable: 0,
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

    /// Appends records (channel, payload, time in microseconds) as one, and returns the pair of the first.
    pub(crate) fn append(&self, records: &[(&str, &[u8], i64)]) -> Result<Pair, Error> {
        let mut state = self.shared.lock()?;
        let sequence = state.next_sequence;
        let wal = state.wal()?;
        let first = Pair {
            epoch: wal.epoch(),
            sequence,
        };
        if let [(channel, payload, created_at_us)] = records {
            wal.append(first, channel, payload, *created_at_us)?;
        } else {
            let numbered = records.iter().zip(sequence..);
            let new: Vec<NewRecord<'_>> = numbered
                .map(|((channel, payload, created_at_us), sequence)| {
                    let pair = Pair { sequence, ..first };
                    NewRecord {
                        pair,
                        channel,
                        payload,
                        created_at_us: *created_at_us,
                        note: "",
                    }
                })
                .collect();
            wal.append_batch(&new)?;
        }
        state.next_sequence += records.len() as u64;
        state.written += 1;
        match self.sync {
            Sync::Always => self.shared.sync_up_to(state)?,
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
        let wal = state.wal()?;
        let done = act(wal);
        let last = wal.last();
        if last.epoch == wal.epoch() {
            state.next_sequence = state.next_sequence.max(last.sequence + 1);
        }
        done
    }

    pub(crate) fn sync(&self) -> Result<(), Error> {
        self.shared.sync_up_to(self.shared.lock()?)
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

    /// Waits until all that is written now is on disk, and syncs it if nobody does.
    fn sync_up_to<'a>(&'a self, mut state: MutexGuard<'a, State>) -> Result<(), Error> {
        let target = state.written;
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
        Ok(())
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
        state.covers = state.written;
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
        self.succeeded(&mut state);
        Ok(state)
    }

    /// Ends the sync under way: calls all whom it covers, and one of the others to begin the next.
    fn succeeded(&self, state: &mut State) {
        state.is_syncing = false;
        state.covered_before = state.covers.saturating_sub(state.durable);
        state.durable = state.durable.max(state.covers);
        self.door(state.sync).notify_all();
        self.door(state.sync + 1).notify_one();
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
        while state.covered_before > 1 && state.written - state.durable < state.covered_before {
            let written = state.written;
            drop(state);
            thread::yield_now();
            state = self.lock()?;
            if state.written == written {
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
            let waited = if state.durable == state.written {
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A caller who waits at a door that nobody opens would wait for ever, and the join with it.
    #[test]
    fn every_caller_is_called_however_many_there_are() {
        let dir = tempfile::tempdir().unwrap();
        for callers in [2_u64, 3, 16] {
            let group = Group::open(&dir.path().join(callers.to_string()), &Config::new()).unwrap();
            thread::scope(|scope| {
                for caller in 0..callers {
                    let group = &group;
                    scope.spawn(move || {
                        for index in 0..60 {
                            group.append(&[("a", b"1", 0)]).unwrap();
                            // Callers that come and go, alone and together.
                            if index % (caller + 2) == 0 {
                                group.sync().unwrap();
                            }
                        }
                    });
                }
            });
            let state = group.shared.lock().unwrap();
            assert_eq!((state.written, state.durable), (60 * callers, 60 * callers));
            assert!(state.sync <= state.written + 1, "{} syncs", state.sync);
        }
    }

    /// A group in which a sync is under way that covers nobody, and what becomes of an append meanwhile.
    fn waiting(end: impl FnOnce(&Group)) -> Result<Pair, Error> {
        let dir = tempfile::tempdir().unwrap();
        let group = Group::open(&dir.path().join("log"), &Config::new()).unwrap();
        {
            let mut state = group.shared.lock().unwrap();
            state.is_syncing = true;
            state.sync = 1;
        }
        thread::scope(|scope| {
            let (ended, end_of_wait) = mpsc::channel();
            let group = &group;
            scope.spawn(move || ended.send(group.append(&[("a", b"1", 0)])));
            // It holds the lock from its write to its wait: once the former shows, only a call from its door ends the latter.
            while group.shared.lock().unwrap().written == 0 {
                thread::yield_now();
            }
            end(group);
            end_of_wait
                .recv_timeout(Duration::from_secs(20))
                .unwrap_or_else(|_| {
                    group.shared.call_all();
                    panic!("nobody called")
                })
        })
    }

    #[test]
    fn one_of_those_who_came_too_late_is_called_to_begin_the_next_sync() {
        let appended = waiting(|group| {
            let mut state = group.shared.lock().unwrap();
            group.shared.succeeded(&mut state);
        });
        assert_eq!(appended.unwrap().sequence, 1);
    }

    #[test]
    fn who_waits_learns_that_the_log_was_closed() {
        let appended = waiting(|group| {
            let wal = group.shared.lock().unwrap().wal.take();
            group.shared.call_all();
            wal.unwrap().close().unwrap();
        });
        assert!(matches!(appended, Err(Error::Closed)), "{appended:?}");
    }
}

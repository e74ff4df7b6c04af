//! Many callers, one log: they append under a lock and share the syncs.
//!
//! Whoever finds no sync under way begins one for all that is written, lets go of the lock, and waits for the disk;
//! those who append meanwhile wait for the next one, which one of them begins. So there is at most one sync at a time
//! and it covers everybody who was there when it began.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
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
    /// A sync has ended.
    synced: Condvar,
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
    is_syncing: bool,
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
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            synced: Condvar::new(),
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
            let thread = std::thread::Builder::new().name("redis-client-buffer".to_owned());
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
        self.shared.synced.notify_all();
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
                self.synced.wait(state).map_err(|_| poisoned())?
            } else {
                self.lead(state)?
            };
        }
        Ok(())
    }

    /// One sync for everybody, without the lock while the disk works.
    fn lead<'a>(&'a self, mut state: MutexGuard<'a, State>) -> Result<MutexGuard<'a, State>, Error> {
        let covered = state.written;
        let job = state.wal()?.begin_sync()?;
        state.is_syncing = true;
        drop(state);
        let synced = job.run();
        let mut state = self.lock()?;
        state.is_syncing = false;
        self.synced.notify_all();
        synced?;
        if let Some(wal) = &mut state.wal {
            wal.finish_sync(&job)?;
        }
        state.durable = state.durable.max(covered);
        Ok(state)
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

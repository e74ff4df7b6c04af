//! Appending synced records to what other people's crates offer for that: queues, logs and embedded databases.
//!
//! Each is used as its documentation shows, with the strongest durability it has for one append: when the call returns,
//! the record survives a power cut. Callers are threads that share one handle, if the crate can be shared.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use fjall::{Database, KeyspaceCreateOptions, PersistMode};
use okaywal::{LogVoid, WriteAheadLog};
use persistent_queue::{Builder, Durability, RedbStore};
use redb::TableDefinition;
use rusqlite::Connection;

use super::{Meter, Result};

type Outcome<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// One append, by whoever calls.
type Append<'a> = dyn Fn(&[u8]) -> Outcome<()> + Sync + 'a;

/// What `callers` threads append to `crate_name` per second, `None` when it is not known here.
pub(super) fn append(
    crate_name: &str,
    dir: &Path,
    time: Duration,
    callers: usize,
    bytes: usize,
) -> Result<Option<f64>> {
    let run = |append: &Append<'_>| together(time, callers, bytes, append);
    let rate = match crate_name {
        "okaywal" => {
            let log = WriteAheadLog::recover(dir, LogVoid)?;
            let rate = run(&|payload| {
                let mut entry = log.begin_entry()?;
                entry.write_chunk(payload)?;
                entry.commit()?;
                Ok(())
            })?;
            log.shutdown()?;
            rate
        }
        "fjall" => {
            let db = Database::builder(dir).open()?;
            let items = db.keyspace("events", KeyspaceCreateOptions::default)?;
            let sequence = AtomicU64::new(0);
            run(&|payload| {
                // Ordering: a number of its own is all it is.
                let key = sequence.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                items.insert(key, payload)?;
                db.persist(PersistMode::SyncData)?;
                Ok(())
            })?
        }
        "redb" => {
            const EVENTS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("events");
            std::fs::create_dir_all(dir)?;
            let db = redb::Database::create(dir.join("events.redb"))?;
            let sequence = AtomicU64::new(0);
            run(&|payload| {
                let transaction = db.begin_write()?;
                {
                    let mut table = transaction.open_table(EVENTS)?;
                    // Ordering: transactions are serial.
                    table.insert(sequence.fetch_add(1, Ordering::Relaxed), payload)?;
                }
                transaction.commit()?;
                Ok(())
            })?
        }
        "rusqlite" => {
            std::fs::create_dir_all(dir)?;
            let connection = Connection::open(dir.join("events.db"))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection
                .execute_batch("CREATE TABLE events (sequence INTEGER PRIMARY KEY, payload BLOB NOT NULL)")?;
            let connection = Mutex::new(connection);
            run(&|payload| {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                connection
                    .prepare_cached("INSERT INTO events (payload) VALUES (?1)")?
                    .execute([payload])?;
                Ok(())
            })?
        }
        "persistent-queue" => {
            std::fs::create_dir_all(dir)?;
            let store = RedbStore::open(dir.join("queue.redb"))?;
            let durability = if callers == 1 {
                Durability::Sync
            } else {
                Durability::Group
            };
            let (producer, _consumer) = Builder::new(store)
                .capacity(usize::MAX)
                .durability(durability)
                .open()?;
            run(&|payload| producer.push(payload).map_err(|error| error.to_string().into()))?
        }
        _ => return Ok(None),
    };
    Ok(Some(rate))
}

/// What one caller sends to yaque per second: it has one producer and never syncs.
pub(super) fn yaque(dir: &Path, time: Duration, bytes: usize) -> Result<f64> {
    let (mut sender, _receiver) = yaque::channel(dir)?;
    let meter = Meter::start(time);
    let payload = vec![b'x'; bytes];
    loop {
        sender.try_send(&payload).map_err(|error| format!("{error:?}"))?;
        if !meter.tick() {
            return Ok(meter.rate());
        }
    }
}

/// The rate of `callers` threads that call `append` until the time is over.
fn together(time: Duration, callers: usize, bytes: usize, append: &Append<'_>) -> Result<f64> {
    let meter: Arc<Meter> = Meter::start(time);
    let payload = vec![b'x'; bytes];
    thread::scope(|scope| -> Result<()> {
        let callers: Vec<_> = (0..callers)
            .map(|_| {
                scope.spawn(|| -> Outcome<()> {
                    loop {
                        append(&payload)?;
                        if !meter.tick() {
                            return Ok(());
                        }
                    }
                })
            })
            .collect();
        for caller in callers {
            let ended = caller.join().map_err(|_| "a thread panicked")?;
            ended.map_err(|error| error as Box<dyn std::error::Error>)?;
        }
        Ok(())
    })?;
    Ok(meter.rate())
}

//! What the buffer costs beside doing the same without it, on the same disk in the same run.
//!
//! Each function measures once and says both rates; `cargo xtask bench` calls them in turn, several rounds. Payloads
//! have 240 bytes, as in the publisher's benchmarks.

#![expect(
    clippy::missing_panics_doc,
    reason = "a benchmark on a disk that fails has nothing to say"
)]

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use redis_client::buffer::{Config, Error, FallbackBuffer, Sync};

const PAYLOAD: [u8; 240] = [b'x'; 240];
const CHANNEL: &str = "orders.executed";
/// What a bare frame has before its payload: length and checksum.
const FRAME_BYTES: usize = 8;

/// Two times for the same work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The buffer's time.
    pub ours: Duration,
    /// The rival's.
    pub rival: Duration,
}

impl Measured {
    /// The buffer's speed as a share of the rival's: 1 is equal, more is faster.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.rival.as_secs_f64() / self.ours.as_secs_f64()
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// `callers` threads append `appends` records each, every one of them synced before the call returns; beside it the
/// barest group commit: a file of zeros, frames under a mutex, one fdatasync at a time for whoever waits.
///
/// # Errors
/// What the disk says.
pub fn append_synced(directory: &Path, callers: usize, appends: usize) -> Result<Measured, Error> {
    let buffer = FallbackBuffer::open(directory.join("synced"))?;
    let (ours, ()) = timed(|| {
        std::thread::scope(|scope| {
            for _ in 0..callers {
                scope.spawn(|| {
                    for _ in 0..appends {
                        buffer.append(CHANNEL, &PAYLOAD).expect("the disk works");
                    }
                });
            }
        });
    });
    buffer.close()?;
    let bare = BareGroupCommit::create(&directory.join("bare"), callers * appends).expect("the disk works");
    let (rival, ()) = timed(|| {
        std::thread::scope(|scope| {
            for _ in 0..callers {
                scope.spawn(|| {
                    for _ in 0..appends {
                        bare.append(&PAYLOAD).expect("the disk works");
                    }
                });
            }
        });
    });
    Ok(Measured { ours, rival })
}

/// Batches of 512 records, each batch synced or none; beside it the same frames in one write each.
///
/// # Errors
/// What the disk says.
pub fn append_batches(directory: &Path, batches: usize, synced: bool) -> Result<Measured, Error> {
    let config = Config::new().sync(if synced { Sync::Always } else { Sync::Os });
    let buffer = FallbackBuffer::open_with(
        directory.join(if synced { "batches" } else { "unsynced" }),
        &config,
    )?;
    let records = vec![(CHANNEL, PAYLOAD.as_slice()); 512];
    let (ours, ()) = timed(|| {
        for _ in 0..batches {
            buffer.append_batch(&records).expect("the disk works");
        }
    });
    buffer.close()?;
    let (rival, ()) = timed(|| {
        let file = File::create(directory.join("bare-batches")).expect("the disk works");
        let mut offset = 0;
        let mut frames = Vec::new();
        for _ in 0..batches {
            frames.clear();
            for _ in 0..512 {
                frame(&mut frames, &PAYLOAD);
            }
            file.write_all_at(&frames, offset).expect("the disk works");
            offset += frames.len() as u64;
            if synced {
                sync(&file).expect("the disk works");
            }
        }
    });
    Ok(Measured { ours, rival })
}

/// Appends and acknowledges one by one with `stored` records in the log, and with none.
///
/// # Errors
/// What the disk says.
pub fn append_and_acknowledge(directory: &Path, stored: usize, rounds: usize) -> Result<Measured, Error> {
    let run = |name: &str, stored: usize| -> Result<Duration, Error> {
        let config = Config::new().sync(Sync::Os).bytes_max(u64::MAX);
        let buffer = FallbackBuffer::open_with(directory.join(name), &config)?;
        // One more than is acknowledged below, so that there is always one.
        fill(&buffer, stored.max(1))?;
        let mut oldest = buffer.iter().step_by(1);
        let (time, ()) = timed(|| {
            for _ in 0..rounds {
                buffer.append(CHANNEL, &PAYLOAD).expect("the disk works");
                let oldest = oldest.next().expect("one is stored").expect("intact");
                buffer.acknowledge(oldest.pair()).expect("the disk works");
            }
        });
        Ok(time)
    };
    let ours = run("many", stored)?;
    let rival = run("none", 0)?;
    Ok(Measured { ours, rival })
}

/// Opens a log with `stored` unacknowledged records; beside it reads the same files for their checksum.
///
/// # Errors
/// What the disk says.
pub fn open_unacknowledged(directory: &Path, stored: usize) -> Result<Measured, Error> {
    let path = directory.join("unacknowledged");
    let config = Config::new().sync(Sync::Os).bytes_max(u64::MAX);
    let buffer = FallbackBuffer::open_with(&path, &config)?;
    fill(&buffer, stored)?;
    buffer.close()?;
    let (ours, opened) = timed(|| FallbackBuffer::open_with(&path, &config));
    let opened = opened?;
    assert_eq!(opened.len()?, stored as u64);
    opened.close()?;
    let (rival, sum) = timed(|| {
        let mut sum = 0;
        let mut bytes = Vec::new();
        for entry in std::fs::read_dir(&path).expect("listed").flatten() {
            if entry.file_name().to_string_lossy().ends_with(".wal") {
                let mut file = File::open(entry.path()).expect("opened");
                bytes.clear();
                std::io::Read::read_to_end(&mut file, &mut bytes).expect("read");
                sum = crc32c::crc32c_append(sum, &bytes);
            }
        }
        sum
    });
    assert_ne!(sum, 0);
    Ok(Measured { ours, rival })
}

/// How long it takes to open a log all of whose records are acknowledged, by an owner that was killed.
///
/// # Errors
/// What the disk says.
pub fn open_acknowledged(directory: &Path, stored: usize) -> Result<Duration, Error> {
    let path = directory.join("acknowledged");
    let config = Config::new().sync(Sync::Os).bytes_max(u64::MAX);
    let buffer = FallbackBuffer::open_with(&path, &config)?;
    fill(&buffer, stored)?;
    let last = buffer.append(CHANNEL, &PAYLOAD)?;
    buffer.acknowledge(last)?;
    buffer.close()?;
    let (time, opened) = timed(|| FallbackBuffer::open_with(&path, &config));
    assert!(opened?.is_empty()?);
    Ok(time)
}

fn fill(buffer: &FallbackBuffer, records: usize) -> Result<(), Error> {
    let batch = vec![(CHANNEL, PAYLOAD.as_slice()); 512];
    let mut left = records;
    while left > 0 {
        let some = batch.get(..left.min(512)).unwrap_or_default();
        buffer.append_batch(some)?;
        left -= some.len();
    }
    Ok(())
}

fn frame(out: &mut Vec<u8>, payload: &[u8]) {
    out.extend_from_slice(&u32::try_from(payload.len()).unwrap_or_default().to_le_bytes());
    out.extend_from_slice(&crc32c::crc32c(payload).to_le_bytes());
    out.extend_from_slice(payload);
}

#[expect(clippy::disallowed_methods, reason = "the rival of the buffer's own sync")]
fn sync(file: &File) -> std::io::Result<()> {
    file.sync_data()
}

/// The least that a log with group commit can do.
#[derive(Debug)]
struct BareGroupCommit {
    file: File,
    state: Mutex<Bare>,
    synced: Condvar,
}

#[derive(Debug, Default)]
struct Bare {
    offset: u64,
    written: u64,
    durable: u64,
    is_syncing: bool,
}

impl BareGroupCommit {
    fn create(path: &Path, appends: usize) -> std::io::Result<Self> {
        let file = File::create(path)?;
        file.write_all_at(&vec![0; appends * (FRAME_BYTES + PAYLOAD.len())], 0)?;
        sync(&file)?;
        Ok(Self {
            file,
            state: Mutex::default(),
            synced: Condvar::new(),
        })
    }

    fn append(&self, payload: &[u8]) -> std::io::Result<()> {
        let mut bytes = Vec::with_capacity(FRAME_BYTES + payload.len());
        frame(&mut bytes, payload);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.file.write_all_at(&bytes, state.offset)?;
        state.offset += bytes.len() as u64;
        state.written += 1;
        let target = state.written;
        while state.durable < target {
            if state.is_syncing {
                state = self.synced.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.is_syncing = true;
            let covered = state.written;
            drop(state);
            sync(&self.file)?;
            state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.is_syncing = false;
            state.durable = covered;
            self.synced.notify_all();
        }
        Ok(())
    }
}

//! The log on a disk that fails by seed, against the model.
//!
//! Each seed is a life of several processes on one disk: appends of all sizes, batches, syncs, acknowledgements and
//! reads, under short writes, failed writes, failed syncs and a small disk, ended by a kill or a power cut. What the
//! next process finds is judged by `redis_client_tests::model`. A failure names its seed; `SEED=7` replays it, `SEEDS=100000`
//! tries more.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod fence;
mod opening;
mod requeue;

use redis_client::buffer::record::NewRecord;
use redis_client::buffer::wal::{Position, Wal};
use redis_client::buffer::{Config, Finding, FindingKind, Pair, Sync};
use redis_client_tests::fault::storage::{Faults, Random, SimDisk};
use redis_client_tests::model::{Crash, Model, Promise};

const SEEDS: u64 = 600;

fn config() -> Config {
    Config::new().segment_bytes(8 << 10).sync(Sync::Always)
}

/// A payload whose bytes are hard on a scanner: markers, zeros, copies of what was on disk before.
fn payload(random: &mut Random, disk: &SimDisk) -> Vec<u8> {
    let length = match random.below(10) {
        0 => 0,
        1 => random.below(6000),
        _ => random.below(300),
    };
    match random.below(5) {
        0 => vec![0; length],
        1 => [0xF5, b'R', 0xC1, 1]
            .iter()
            .copied()
            .cycle()
            .take(length)
            .collect(),
        2 => {
            let segments: Vec<String> = disk
                .names()
                .into_iter()
                .filter(|name| name.strip_suffix(".wal").is_some())
                .collect();
            let Some(name) = segments.get(random.below(segments.len())) else {
                return Vec::new();
            };
            let bytes = disk.read(name).unwrap_or_default();
            let from = random.below(bytes.len());
            bytes
                .get(from..)
                .unwrap_or_default()
                .iter()
                .copied()
                .take(length * 4)
                .collect()
        }
        _ => (0..length)
            .map(|_| u8::try_from(random.below(256)).unwrap_or_default())
            .collect(),
    }
}

/// Opens the log and has what it finds judged; `None` when the disk failed meanwhile.
fn start(disk: &SimDisk, model: &mut Model, crash: Option<Crash>) -> Result<Option<Wal<SimDisk>>, String> {
    let mut wal = match Wal::open(disk.clone(), &config()) {
        Ok(wal) => wal,
        // A disk that fails while it is opened: nothing is promised about this start, and nothing may be lost by it.
        Err(error) if error.is_latched() => return Ok(None),
        Err(error) => return Err(format!("cannot open: {error}")),
    };
    // Neither a kill nor a power cut makes a file foreign or takes one away that was reported stored.
    let impossible = |finding: &&Finding| {
        matches!(
            finding.kind,
            FindingKind::Foreign | FindingKind::MissingSegment | FindingKind::Producer
        )
    };
    if let Some(finding) = wal.findings().iter().find(impossible) {
        return Err(format!("this cannot have happened: {finding:?}"));
    }
    let found = wal
        .peek(usize::MAX)
        .map_err(|error| format!("cannot read: {error}"))?;
    if wal.len() != found.len() as u64 {
        return Err(format!("len is {} and {} were read", wal.len(), found.len()));
    }
    if let Some(crash) = crash {
        model
            .judge(crash, &found)
            .map_err(|broken| format!("{broken}; {:?}", wal.findings()))?;
    }
    Ok(Some(wal))
}

/// What an append has promised; `None` when what it wrote was taken back, so that nothing of it may ever come.
fn promise(wal: &Wal<SimDisk>, is_appended: bool) -> Option<Promise> {
    match (is_appended, wal.has_remains()) {
        (true, _) => Some(Promise::Written),
        (false, true) => Some(Promise::Attempted),
        (false, false) => None,
    }
}

/// One process: works until it is told to end or its disk fails. Says whether it opened its log.
fn process(
    disk: &SimDisk,
    random: &mut Random,
    model: &mut Model,
    crash: Option<Crash>,
) -> Result<bool, String> {
    let Some(mut wal) = start(disk, model, crash)? else {
        return Ok(false);
    };
    let mut sequence = 0;
    let mut next = || {
        sequence += 1;
        sequence
    };
    for _ in 0..random.below(60) {
        match random.below(10) {
            0..=4 => {
                let pair = Pair {
                    epoch: wal.epoch(),
                    sequence: next(),
                };
                let bytes = payload(random, disk);
                let appended = wal.append(pair, "orders.executed", &bytes, 1);
                if let Some(promise) = promise(&wal, appended.is_ok()) {
                    model.append(pair, "orders.executed", &bytes, promise);
                }
                if appended.is_err() {
                    break;
                }
            }
            5 => {
                let payloads: Vec<Vec<u8>> = (0..random.below(40)).map(|_| payload(random, disk)).collect();
                let records: Vec<NewRecord<'_>> = payloads
                    .iter()
                    .map(|payload| NewRecord {
                        pair: Pair {
                            epoch: wal.epoch(),
                            sequence: next(),
                        },
                        channel: "price.updated.AAPL",
                        payload,
                        created_at_us: 2,
                        note: "",
                    })
                    .collect();
                let appended = wal.append_batch(&records);
                if let Some(promise) = promise(&wal, appended.is_ok()) {
                    for record in &records {
                        model.append(record.pair, record.channel, record.payload, promise);
                    }
                }
                if appended.is_err() {
                    break;
                }
            }
            6 | 7 => {
                if wal.sync().is_err() {
                    break;
                }
                model.sync();
            }
            8 => {
                let mut position = Position::default();
                let records = wal
                    .read(
                        &mut position,
                        1 + random.below(30),
                        1 + random.below(20_000) as u64,
                    )
                    .map_err(|error| format!("cannot read: {error}"))?;
                let expected: Vec<Pair> = model.pending().into_iter().take(records.len()).collect();
                let pairs: Vec<Pair> = records.iter().map(redis_client::buffer::Record::pair).collect();
                if pairs != expected || (records.is_empty() && !wal.is_empty()) {
                    return Err(format!("read {pairs:?}, expected {expected:?}"));
                }
                if let Some(last) = records.get(random.below(records.len())) {
                    let acknowledged = wal.acknowledge(last.pair());
                    // The position may have been written before what failed: then it holds.
                    if acknowledged.is_err() {
                        model.acknowledge_perhaps(last.pair());
                        break;
                    }
                    model.acknowledge(last.pair());
                }
            }
            _ => {
                if random.chance(300) {
                    let closed = wal.close();
                    if closed.is_ok() {
                        model.sync();
                    }
                    return Ok(true);
                }
            }
        }
    }
    Ok(true)
}

fn life(seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let mut model = Model::default();
    let mut disk = SimDisk::new(random.next(), Faults::default());
    let mut crash = None;
    for _ in 0..6 {
        let faults = match random.below(4) {
            0 => Faults {
                short_write: 300,
                ..Faults::default()
            },
            1 => Faults {
                short_write: 100,
                failed_write: 20,
                failed_sync: 40,
                disk_bytes: 0,
            },
            2 => Faults {
                disk_bytes: 200_000,
                ..Faults::default()
            },
            _ => Faults::default(),
        };
        disk.set_faults(faults);
        let was_judged = process(&disk, &mut random, &mut model, crash)?;
        let kind = if random.chance(500) {
            Crash::Kill
        } else {
            Crash::PowerCut
        };
        disk = match kind {
            Crash::Kill => disk.kill(),
            Crash::PowerCut => disk.power_cut(),
        };
        // What a start that failed did not judge, the next one does, by the worse of the two crashes.
        crash = if !was_judged && crash == Some(Crash::PowerCut) {
            crash
        } else {
            Some(kind)
        };
    }
    Ok(())
}

#[test]
fn every_seed_keeps_its_promises() {
    let only = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse::<u64>().ok());
    let many = std::env::var("SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse::<u64>().ok());
    let seeds = only.map_or(0..many.unwrap_or(SEEDS), |seed| seed..seed + 1);
    for seed in seeds {
        if let Err(broken) = life(seed) {
            panic!("seed {seed}: {broken} (replay with SEED={seed})");
        }
    }
}

/// Appends a batch of several segments to a log on a disk that has room for `room` bytes more, and gives the pairs that
/// the next start finds behind the three that were there; `None` when the log says that there may be some.
fn after_a_full_disk(room: u64, failed_sync: u32, crash: Crash) -> Option<Vec<Pair>> {
    let disk = SimDisk::new(room, Faults::default());
    let mut wal = Wal::open(disk.clone(), &config()).unwrap();
    let epoch = wal.epoch();
    let payload = [b'x'; 3000];
    let records = |sequences: std::ops::RangeInclusive<u64>| -> Vec<NewRecord<'_>> {
        sequences
            .map(|sequence| NewRecord {
                pair: Pair { epoch, sequence },
                channel: "orders.executed",
                payload: &payload,
                created_at_us: 1,
                note: "",
            })
            .collect()
    };
    wal.append_batch(&records(1..=3)).unwrap();
    wal.sync().unwrap();
    let used = disk
        .names()
        .iter()
        .map(|name| disk.read(name).unwrap().len() as u64)
        .sum::<u64>();
    disk.set_faults(Faults {
        failed_sync,
        disk_bytes: used + room,
        ..Faults::default()
    });
    let error = wal.append_batch(&records(4..=9)).unwrap_err();
    assert!(error.is_latched(), "{error}");
    let before = [1, 2, 3].map(|sequence| Pair { epoch, sequence });
    let stored: Vec<Pair> = wal
        .peek(99)
        .unwrap()
        .iter()
        .map(redis_client::buffer::Record::pair)
        .collect();
    assert_eq!(
        (stored.as_slice(), wal.len(), wal.last()),
        (&before[..], 3, before[2])
    );
    let has_remains = wal.has_remains();
    drop(wal);
    let disk = match crash {
        Crash::Kill => disk.kill(),
        Crash::PowerCut => disk.power_cut(),
    };
    disk.set_faults(Faults::default());
    let found = Wal::open(disk, &config()).unwrap().peek(99).unwrap();
    let mut found: Vec<Pair> = found.iter().map(redis_client::buffer::Record::pair).collect();
    assert_eq!(found.drain(..3).as_slice(), before, "what was there before");
    (!has_remains).then_some(found)
}

#[test]
fn a_failed_append_leaves_nothing_behind() {
    // The last of the segments that the batch would take is cut off, or the one before, or the first.
    for room in (0..24_000).step_by(700) {
        for crash in [Crash::Kill, Crash::PowerCut] {
            let found = after_a_full_disk(room, 0, crash);
            assert_eq!(found, Some(Vec::new()), "room for {room} bytes, then {crash:?}");
        }
    }
    // A disk that does not confirm the cut may bring the records back, and the log says so.
    assert_eq!(after_a_full_disk(12_000, 1000, Crash::PowerCut), None);
}

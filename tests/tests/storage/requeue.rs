//! Dead letters on their way back, with a crash before each single operation of either log, and another before each of the
//! opening that finishes it: what is sent in the end is every event, once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use redis_client::buffer::record::NewRecord;
use redis_client::buffer::requeue::{finish, requeue};
use redis_client::buffer::storage::Storage;
use redis_client::buffer::wal::{Position, Wal};
use redis_client::buffer::{Config, Pair, Sync};
use redis_client_tests::fault::mortal::{Death, Mortal};
use redis_client_tests::fault::storage::{Faults, Random, SimDisk};
use redis_client_tests::model::Crash;

const LETTERS: u64 = 12;
const STORED: u64 = 3;

fn config() -> Config {
    Config::new().segment_bytes(8 << 10).sync(Sync::Always)
}

/// The directory of a buffer and that of its dead letters.
struct Disks {
    buffer: SimDisk,
    dead: SimDisk,
}

impl Disks {
    fn after(&self, crash: Crash) -> Self {
        let after = |disk: &SimDisk| match crash {
            Crash::Kill => disk.kill(),
            Crash::PowerCut => disk.power_cut(),
        };
        Self {
            buffer: after(&self.buffer),
            dead: after(&self.dead),
        }
    }

    /// Does something with both logs in a process that dies before operation `number`; whether it lived.
    fn live(&self, number: u64, act: impl FnOnce(&mut Log, &mut Log)) -> bool {
        let left = Arc::new(AtomicU64::new(number));
        let open = |disk: &SimDisk| Wal::open(Mortal::new(disk.clone(), &left, Death::Fail), &config()).ok();
        if let (Some(mut wal), Some(mut dead)) = (open(&self.buffer), open(&self.dead)) {
            act(&mut wal, &mut dead);
        }
        // Ordering: one thread.
        left.load(Ordering::Relaxed) > 0
    }
}

type Log = Wal<Mortal<SimDisk>>;

fn append<S: Storage>(wal: &mut Wal<S>, numbers: std::ops::Range<u64>) {
    let epoch = wal.epoch();
    for (number, sequence) in numbers.zip(1..) {
        let record = NewRecord {
            pair: Pair { epoch, sequence },
            channel: "c",
            // Several sectors each, so that a power cut can take one and leave the next.
            payload: &[number.to_le_bytes()].concat().repeat(100),
            created_at_us: 5,
            note: "",
        };
        wal.append_batch(&[record]).unwrap();
    }
    wal.sync().unwrap();
}

/// Everything that is stored is sent, and acknowledged.
fn send(disks: &Disks, sent: &mut Vec<u64>) {
    let mut wal = Wal::open(disks.buffer.clone(), &config()).unwrap();
    let records = wal.read(&mut Position::default(), usize::MAX, u64::MAX).unwrap();
    for record in records {
        sent.push(u64::from_le_bytes(*record.payload().first_chunk::<8>().unwrap()));
        wal.acknowledge(record.pair()).unwrap();
    }
    wal.close().unwrap();
}

/// What an opening does before it lets anybody at the log.
fn finished(disks: &Disks, number: u64) -> bool {
    disks.live(number, |wal, dead| {
        // A process that has died says so wherever it is asked.
        let _ = finish(wal, dead);
    })
}

/// A requeue that dies before operation `first`, an opening that dies before operation `second`; whether both lived.
fn story(seed: u64, crash: Crash, first: u64, second: u64) -> (bool, bool) {
    let disks = Disks {
        buffer: SimDisk::new(seed, Faults::default()),
        dead: SimDisk::new(seed + 1, Faults::default()),
    };
    disks.live(u64::MAX, |wal, dead| {
        append(wal, 0..STORED);
        append(dead, STORED..STORED + LETTERS);
    });
    let first_lived = disks.live(first, |wal, dead| {
        let _ = requeue(wal, dead);
    });
    let disks = disks.after(crash);
    let second_lived = finished(&disks, second);
    let disks = disks.after(crash);
    assert!(finished(&disks, u64::MAX), "nothing more goes wrong");

    let mut sent = Vec::new();
    send(&disks, &mut sent);
    disks.live(u64::MAX, |wal, dead| {
        requeue(wal, dead).unwrap();
        assert!(dead.is_empty());
    });
    send(&disks, &mut sent);
    sent.sort_unstable();
    let all: Vec<u64> = (0..STORED + LETTERS).collect();
    assert_eq!(
        sent, all,
        "seed {seed}, {crash:?}, before operation {first}, then {second}"
    );
    (first_lived, second_lived)
}

#[test]
fn killed_before_any_operation_a_requeue_loses_and_doubles_nothing() {
    let mut stories = 0;
    for crash in [Crash::Kill, Crash::PowerCut] {
        let seeds = if crash == Crash::Kill { 1 } else { 3 };
        for seed in 0..seeds {
            // Bound: the operations of a requeue, by those of an opening.
            for first in 0.. {
                let mut lived = (false, false);
                let mut random = Random::new(seed + first);
                let mut second = 0;
                while !lived.1 {
                    lived = story(100 * seed + first, crash, first, second);
                    stories += 1;
                    second += 1 + if crash == Crash::Kill {
                        0
                    } else {
                        random.below(4) as u64
                    };
                }
                if lived.0 {
                    break;
                }
            }
        }
    }
    assert!(stories > 500, "{stories}");
}

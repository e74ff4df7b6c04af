//! The publisher under faults by seed, in virtual time, with a referee.
//!
//! Each seed is one story: events are published, the server is killed, demoted, refuses and loses replies, the disk
//! fails and fills up, the process dies between any two operations or with the power, and is started again. The code under
//! test is the publisher's own queue, worker and log; the network, the server, the disk and the clock are imitations
//! (`tests/src/fault`). At the end everything is healed, the publisher is given time, and the referee compares what the
//! callers were told with what reached the server:
//!
//! - P1: what was answered `Delivered` or `Buffered` has arrived, or lies among the dead letters if the server refuses it
//!   for good;
//! - P2: first arrivals come in the order of the calls. Four kinds of events are no part of that: those whose receipt said
//!   that they failed, those of a process that died before it answered them, those that the server refused for a
//!   moment in the middle of a batch, and those that were sent, not answered and then too old to be sent again, which may
//!   come late out of the dead connection;
//! - in write-ahead, what a turn took from the queue, did not defer and did not answer badly arrives too, though its process died before
//!   it answered; and what was answered `Delivered` never comes again, unless a power cut or a failing disk took the
//!   acknowledgement back;
//! - P4: every receipt of a process that lived is answered;
//! - P5: the queue never holds more than its limits, and refuses only what does not fit;
//! - P7: nothing is sent that is older than it may be, and what was not sent for that reason is a dead letter;
//! - a replica is published to for no longer than the interval at which the role is asked for;
//! - the publisher gets well: once everything is healed, its buffer is empty within a bounded number of turns, and one more
//!   outage is survived whole.
//!
//! `SIM_SEED=n` replays one seed, and with `SIM_TRACE=1` tells its story as it goes; `SIM_SEEDS=n` runs that many.
//!
//! **The referee was tried.** Each of these changes to the code under test turns seeds red, most of them within the first
//! hundred:
//!
//! | change | what the referee says |
//! | --- | --- |
//! | `Buffered` is answered before the sync | P1 |
//! | a new event is sent although the buffer holds older ones | P2 |
//! | a record is acknowledged before the reply to it | P1 |
//! | a record is acknowledged behind one that was refused | P1 |
//! | reading is not rewound when the connection is lost | P1, P2 |
//! | the second batch in flight is forgotten when the first is lost | does not get well |
//! | what was in flight is appended behind newer events | fails on a sound disk |
//! | an event counts as delivered when it is sent | P1 |
//! | a refusal that passes counts as final in a replay | P1 |
//! | no dead letter is written, or it is not synced | P1 |
//! | events are sent past a buffer that failed with records in it | P2 |
//! | a buffer that failed is not opened anew | does not get well |
//! | the role is never asked for | publishes to a replica |
//! | the queue does not count bytes | P5 |
//! | room in the queue is not given back | does not get well |
//! | a failed append or sync counts as kept | P1 |
//! | what was written of a failed append is not taken back | told as neither sent nor kept, and it arrived |
//! | an event accepted before the buffer was opened anew keeps its epoch | the last outage |
//! | an event that ends each connection without a word is not buried | does not get well |
//! | fenced, a protocol error is an outage like any other refusal of a script | does not get well |
//! | a record that is too old is sent, or dropped without a dead letter | P7, P1 |
//! | in write-ahead, what is on its way is not in the log | P1; logged, not answered, and lost |
//! | in write-ahead, `Delivered` is answered and the acknowledgement left for later | delivered, and repeated |
//! | in write-ahead, what waits is forgotten when the connection is lost | does not get well |

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a test that cannot go on says so; its modules are its own"
)]

mod fenced;
mod mortal;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use mortal::{Life, Mortal};
use redis_client::buffer::wal::Wal;
use redis_client::buffer::{Config, Sync};
use redis_client::publisher::simulation::{Limits, Log, Next, Now, Queue, Settings, Store, Worker, push};
use redis_client::publisher::{Backoff, Outcome, PublishError, Receipt, ReceiptError, State};
use redis_client::publisher::{ReplayPace, ReplayWhen};
use redis_client::{Expired, MaxAge};
use redis_client_tests::fault::storage::{self, Random, SimDisk};
use redis_client_tests::fault::transport::{self, Arrival, PAYLOAD_BYTES_MAX, SimRedis, SimTransport};

const QUEUE: Limits = Limits {
    events: 40,
    bytes: 4000,
};
const BATCH: Limits = Limits {
    events: 5,
    bytes: 1500,
};
const ROLE_INTERVAL: Duration = Duration::from_secs(1);
/// Where the clock of the stories begins.
const EPOCH: Duration = Duration::from_secs(1_700_000_000);
/// Turns that a healed publisher may take to get well.
const TURNS_MAX: u32 = 4000;

#[test]
fn every_seed_keeps_the_promises() {
    if let Ok(seed) = std::env::var("SIM_SEED") {
        let seed = seed.parse().expect("SIM_SEED is a number");
        Story::tell(seed);
        return;
    }
    let seeds: usize = std::env::var("SIM_SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse().ok())
        .unwrap_or(1500);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let failed: Vec<u64> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    let seeds = (first..seeds).step_by(threads).map(|seed| seed as u64);
                    let fails = |seed: &u64| std::panic::catch_unwind(|| Story::tell(*seed)).is_err();
                    seeds.filter(fails).take(5).collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(failed.is_empty(), "replay with SIM_SEED=n, n of {failed:?}");
}

/// What happened: while a full disk's backlog was on its way out, new events were answered as failed, though Redis was there and
/// had only to be waited for.
#[test]
fn behind_a_backlog_on_a_full_disk_events_wait_for_redis() {
    let mut waited = 0;
    for seed in 0..100 {
        let mut story = Story::begin(seed);
        story.write_ahead = false;
        story.get_well();
        story.redis.kill();
        let all_answered = |process: &Process| process.queue.depth().0 == Limits::NONE;
        for _ in 0..5 {
            story.publish();
            story.run_until("answered", all_answered);
        }
        story.process().has_sound_disk = false;
        let full = storage::Faults {
            disk_bytes: 1,
            ..storage::Faults::default()
        };
        story.disk.set_faults(full);
        // What was sent and brought the connection down has had its chance.
        let is_failed = |told: &Told| {
            let Some(Err(error)) = &told.answer else {
                return false;
            };
            matches!(error, ReceiptError::BufferFailed { sent: false, .. })
        };
        // Bound: the disk has no room for a second segment.
        while !story.process().told.iter().any(is_failed) {
            story.publish();
            story.run_until("answered", all_answered);
        }
        story.redis.start();
        story.run_until("connected", |process| {
            process.worker.status().state != State::Degraded
        });
        let before = story.process().told.len();
        for _ in 0..5 {
            waited += u32::from(story.process().worker.status().state == State::Replaying);
            story.publish();
            story.turn();
        }
        story.get_well();
        if story.process().worker.status().counts.reconnects > 1 {
            // An event among them ended the connection: an outage of its own.
            continue;
        }
        let failed = story.process().told[before..].iter().find(|told| is_failed(told));
        assert!(
            failed.is_none(),
            "seed {seed}: {:?}",
            failed.map(|told| &told.answer)
        );
    }
    assert!(waited > 50, "{waited}");
}

/// A new process with a backlog, a disk that became full, and Redis back; some events were deferred by it, if the seed has it so.
fn on_a_full_disk(seed: u64) -> (Story, bool) {
    let mut story = Story::begin(seed);
    story.write_ahead = false;
    story.get_well();
    story.redis.kill();
    let all_answered = |process: &Process| process.queue.depth().0 == Limits::NONE;
    for _ in 0..5 {
        story.publish();
        story.run_until("answered", all_answered);
    }
    story.process().life.end();
    story.bury_process();
    story.redis.start();
    story.run_until("started", |_| true);
    story.has_sound_disk = false;
    story.process().has_sound_disk = false;
    story.disk.set_faults(storage::Faults {
        disk_bytes: 1,
        ..storage::Faults::default()
    });
    // Some come before the connection stands, some while the backlog goes out.
    story.publish();
    story.turn();
    let connecting = story.redis.attempt_ends_at().saturating_sub(story.redis.now());
    story.redis.advance(connecting);
    for _ in 0..12 {
        story.publish();
        story.turn();
        let worker = &story.process().worker;
        if worker.deferred() > 0 {
            assert!(!worker.is_settled(), "seed {seed}: something waits");
            return (story, true);
        }
    }
    (story, false)
}

/// What happened: a new process does not know yet that the disk is full. The first events that met it were answered as failed, though
/// Redis was there.
#[test]
fn a_new_process_on_a_full_disk_fails_nothing_that_redis_can_take() {
    let mut met = 0;
    for seed in 0..200 {
        let (mut story, is_met) = on_a_full_disk(seed);
        for _ in 0..12 {
            story.publish();
            story.turn();
        }
        story.get_well();
        let is_large = |payload: &Vec<u8>| payload.len() > PAYLOAD_BYTES_MAX;
        if !story.poisoned.is_empty() || story.payloads.values().any(is_large) {
            // An event that ends the connection is an outage of its own.
            continue;
        }
        for told in &story.process().told {
            let failed = matches!(told.answer, Some(Err(ReceiptError::BufferFailed { .. })));
            assert!(!failed, "seed {seed}: {} is told {:?}", told.id, told.answer);
        }
        met += u32::from(is_met);
    }
    assert!(met > 50, "{met}");
}

/// What waits for Redis does not outwait it: when it goes away, or the log cannot be opened anew, everybody is answered.
#[test]
fn what_waits_on_a_full_disk_is_answered_when_that_goes_on() {
    let mut met = 0;
    for seed in 0..100 {
        for redis_stays in [false, true] {
            let (mut story, is_met) = on_a_full_disk(seed);
            if !is_met {
                continue;
            }
            met += 1;
            if redis_stays {
                story.disk.set_faults(storage::Faults {
                    failed_write: 1000,
                    failed_sync: 1000,
                    ..storage::Faults::default()
                });
            } else {
                story.redis.kill();
            }
            // Bound: the time in which a publisher gets well.
            let mut turns = 0;
            while story.process().queue.depth().0 != Limits::NONE {
                turns += 1;
                assert!(turns < TURNS_MAX, "seed {seed}, redis stays: {redis_stays}");
                story.turn();
            }
        }
    }
    assert!(met > 50, "{met}");
}

/// What happened: what Redis refused for good was called buffered when it could not be acknowledged. Where the acknowledgement had been
/// written all the same it was then neither sent nor a dead letter.
#[test]
fn what_redis_refuses_for_good_is_told_though_it_cannot_be_acknowledged() {
    for seed in 0..50 {
        let mut story = Story::begin(seed);
        story.write_ahead = true;
        story.get_well();
        let payload = b"00000000 refused".to_vec();
        story.redis.poison(payload.clone());
        let now = story.now().unix;
        let process = story.process();
        let receipt = push(&process.queue, "c", payload, None, now).unwrap();
        // Logged and sent, and not yet answered.
        while story.process().queue.waiting() > 0 {
            story.turn();
        }
        assert!(receipt.try_get().is_none(), "seed {seed}");
        story.process().has_sound_disk = false;
        story.disk.set_faults(storage::Faults {
            failed_write: 1000,
            ..storage::Faults::default()
        });
        for _ in 0..10 {
            story.turn();
        }
        let answer = receipt.try_get();
        assert!(
            matches!(answer, Some(Err(ReceiptError::Rejected { .. }))),
            "seed {seed}: {answer:?}"
        );
    }
}

/// Tells the story as it goes, if asked to.
#[expect(clippy::print_stdout, reason = "what SIM_TRACE is for")]
fn aloud(line: impl FnOnce() -> String) {
    static IS_ASKED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("SIM_TRACE").is_some());
    if *IS_ASKED {
        println!("{}", line());
    }
}

/// How often something fails, in a thousand: below `limit`, and never at all in one of `one_in` times.
fn rate(random: &mut Random, one_in: usize, limit: u32) -> u32 {
    if random.below(one_in) == 0 {
        return 0;
    }
    u32::try_from(random.next() % u64::from(limit)).unwrap_or_default()
}

/// What a caller was told.
struct Told {
    id: u64,
    receipt: Option<Receipt>,
    answer: Option<Result<Outcome, ReceiptError>>,
    /// A turn has logged it, and its process lived on after that.
    is_logged: bool,
}

struct Process {
    queue: Arc<Queue>,
    worker: Worker<SimTransport, Mortal>,
    next: Next,
    life: Arc<Life>,
    told: Vec<Told>,
    /// Its disk has never failed, so its buffer has no reason to.
    has_sound_disk: bool,
}

struct Story {
    random: Random,
    redis: SimRedis,
    disk: SimDisk,
    dead_letters: SimDisk,
    sync: Sync,
    write_ahead: bool,
    replay_when: ReplayWhen,
    replay_pace: ReplayPace,
    process: Option<Process>,
    /// What callers of processes that are gone were told.
    told: Vec<Told>,
    payloads: HashMap<u64, Vec<u8>>,
    poisoned: HashSet<u64>,
    /// Events that are not sent once they are older than this, and when they were accepted.
    perishable: HashMap<u64, (Duration, Duration)>,
    next_id: u64,
    has_sound_disk: bool,
    /// No acknowledgement that was written was ever lost.
    keeps_acknowledgements: bool,
}

impl Story {
    fn tell(seed: u64) {
        let mut story = Self::begin(seed);
        story.set_network_faults();
        let steps = 30 + story.random.below(150);
        for _ in 0..steps {
            story.step();
        }
        story.heal();
        story.judge();
    }

    fn begin(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let redis = SimRedis::new(random.next(), transport::Faults::default());
        redis.hide_limit(random.below(3) == 0);
        redis.lose_last_words(random.below(2) == 0);
        let disk = SimDisk::new(random.next(), storage::Faults::default());
        let dead_letters = SimDisk::new(random.next(), storage::Faults::default());
        let sync = match random.below(4) {
            0 => Sync::Os,
            1 => Sync::Every(Duration::from_millis(40)),
            _ => Sync::Always,
        };
        let write_ahead = random.chance(400);
        let replay_when = match random.below(3) {
            0 => ReplayWhen::Receivers {
                at_least: 1,
                or_after: Duration::from_millis(random.next() % 3000),
            },
            _ => ReplayWhen::Immediately,
        };
        let replay_pace = match random.below(3) {
            0 => ReplayPace::bytes_per_second(20_000),
            _ => ReplayPace::unpaced(),
        };
        Self {
            random,
            redis,
            disk,
            dead_letters,
            sync,
            write_ahead,
            replay_when,
            replay_pace,
            process: None,
            told: Vec::new(),
            payloads: HashMap::new(),
            poisoned: HashSet::new(),
            perishable: HashMap::new(),
            next_id: 0,
            has_sound_disk: true,
            keeps_acknowledgements: true,
        }
    }

    fn step(&mut self) {
        if self.process.is_none() {
            self.start_process();
            return;
        }
        match self.random.below(100) {
            0..30 => self.publish(),
            30..72 => {
                for _ in 0..=self.random.below(6) {
                    self.turn();
                }
            }
            72..75 => self.redis.kill(),
            75..81 => self.redis.start(),
            81 => self.redis.demote(),
            82 => self.redis.promote(),
            83 => {
                let subscribers = [None, Some(0), Some(1)][self.random.below(3)];
                self.redis.set_subscribers(subscribers);
            }
            84..86 => self.set_network_faults(),
            86..88 => self.set_disk_faults(),
            88..91 => self.redis.work_on_some(),
            91..94 => {
                let by = Duration::from_millis(self.random.next() % 3000);
                self.redis.advance(by);
            }
            94..96 => {
                let operations = self.random.next() % 40;
                self.process().life.end_after(operations);
            }
            96 => {
                self.process().life.end();
                self.bury_process();
            }
            97 => self.close(),
            _ => {}
        }
    }

    fn process(&mut self) -> &mut Process {
        self.process.as_mut().expect("a process")
    }

    fn now(&self) -> Now {
        let elapsed = self.redis.now();
        Now {
            elapsed,
            unix: EPOCH + elapsed,
        }
    }

    fn start_process(&mut self) {
        let life = Life::new(&self.redis);
        if self.random.chance(100) {
            life.end_after(self.random.next() % 30);
        }
        let config = Config::new()
            .segment_bytes(8 << 10)
            .bytes_max(60_000)
            .sync(self.sync);
        let (disk, dead_letters, its_life) =
            (self.disk.clone(), self.dead_letters.clone(), Arc::clone(&life));
        let store = Store::open(self.sync, move |log| {
            let disk = match log {
                Log::Buffer => disk.clone(),
                Log::DeadLetters => dead_letters.clone(),
            };
            Wal::open(
                Mortal {
                    disk,
                    life: Arc::clone(&its_life),
                    unsynced: None,
                },
                &config,
            )
        });
        // A disk that fails or a process that dies while it opens: it is tried again at the next step.
        let Ok(store) = store else {
            if life.is_over() {
                self.after_death();
            }
            self.disk.set_faults(storage::Faults::default());
            self.dead_letters.set_faults(storage::Faults::default());
            self.has_sound_disk = true;
            return;
        };
        let settings = Settings {
            batch: BATCH,
            backoff: Backoff::new(Duration::from_millis(20), Duration::from_millis(500)),
            seed: self.random.next(),
            role_interval: ROLE_INTERVAL,
            patience: Duration::from_secs(5),
            channel_prefix: "sim.".to_owned(),
            write_ahead: self.write_ahead,
            fence_key: None,
            replay_when: self.replay_when,
            replay_pace: self.replay_pace,
        };
        aloud(|| {
            format!(
                "a process starts: epoch {}, {} records",
                store.epoch(),
                store.len()
            )
        });
        let queue = Arc::new(Queue::new(QUEUE, store.epoch()));
        let worker = Worker::new(life.client().transport(), Some(store), settings, self.now());
        self.process = Some(Process {
            queue,
            worker,
            next: Next::Now,
            life,
            told: Vec::new(),
            has_sound_disk: self.has_sound_disk,
        });
    }

    fn publish(&mut self) {
        for _ in 0..=self.random.below(15) {
            let id = self.next_id;
            let padding = match self.random.below(200) {
                0 => PAYLOAD_BYTES_MAX,
                1..10 => self.random.below(1500),
                _ => self.random.below(120),
            };
            let payload = format!("{id:08}{}", "x".repeat(padding)).into_bytes();
            let bytes = payload.len() + "c".len();
            let is_poison = self.random.chance(5);
            let is_cursed = self.random.chance(2);
            let accepted_at = self.now().unix;
            let max_age = match self.random.below(20) {
                0 => Some(Duration::from_millis(self.random.next() % 4000)),
                1 => Some(Duration::ZERO),
                _ => None,
            };
            let noted = max_age.map(|max_age| MaxAge::new(max_age, Expired::DeadLetter));
            let process = self.process.as_mut().expect("a process");
            let (held, _) = process.queue.depth();
            match push(&process.queue, "c", payload.clone(), noted, accepted_at) {
                Ok(receipt) => {
                    self.next_id += 1;
                    if is_poison {
                        self.redis.poison(payload.clone());
                        self.poisoned.insert(id);
                    } else if is_cursed {
                        self.redis.curse(payload.clone());
                        self.poisoned.insert(id);
                    }
                    if let Some(max_age) = max_age {
                        self.perishable.insert(id, (max_age, accepted_at));
                    }
                    self.payloads.insert(id, payload);
                    if let Some(last) = process.told.last() {
                        let last = last.receipt.as_ref().map_or(0, Receipt::sequence);
                        assert!(last < receipt.sequence(), "numbers rise");
                    }
                    process.told.push(Told {
                        id,
                        receipt: Some(receipt),
                        answer: None,
                        is_logged: false,
                    });
                }
                Err(PublishError::QueueFull { .. }) => {
                    let fits = held.events < QUEUE.events && held.bytes + bytes <= QUEUE.bytes;
                    assert!(!fits, "P5: refused although there is room");
                    return;
                }
                Err(error) => panic!("{error}"),
            }
            let (held, _) = process.queue.depth();
            assert!(
                held.events <= QUEUE.events && held.bytes <= QUEUE.bytes,
                "P5: {held:?}"
            );
        }
    }

    /// What `thread.rs` does, without waiting.
    fn turn(&mut self) {
        let Some(process) = &self.process else { return };
        match process.next {
            Next::Now => {}
            Next::At(at) => {
                let wait = at.saturating_sub(self.redis.now());
                if self.random.chance(500) {
                    self.redis.advance(wait);
                }
            }
            Next::Rung => {
                let wait = self.redis.attempt_ends_at().saturating_sub(self.redis.now());
                if self.random.chance(500) {
                    self.redis.advance(wait);
                }
            }
        }
        let now = self.now();
        let process = self.process.as_mut().expect("a process");
        let taken = process
            .queue
            .take(process.worker.appetite(), Some(Duration::ZERO));
        let waiting = process.queue.waiting();
        let before = process.worker.status();
        let turn = process.worker.turn(taken.batch, now);
        let after = process.worker.status();
        if before.state != after.state || before.buffer_events != after.buffer_events {
            aloud(|| {
                format!(
                    "{:?}: {:?} to {:?}, buffer {} to {}, {:?}",
                    now.elapsed,
                    before.state,
                    after.state,
                    before.buffer_events,
                    after.buffer_events,
                    after.outage
                )
            });
        }
        process.next = turn.next;
        if process.life.is_over() {
            // Its callers died with it, before they could see these answers.
            process.told.iter_mut().for_each(|told| told.receipt = None);
            self.bury_process();
            return;
        }
        if self.write_ahead {
            // Whatever happens to this process from here on.
            let logged_up_to = process.told.len() - waiting - process.worker.deferred();
            process.told[..logged_up_to]
                .iter_mut()
                .for_each(|told| told.is_logged = true);
        }
        let released = process.queue.release(turn.answers.size());
        turn.answers.give();
        drop(released);
        self.listen();
    }

    /// Writes down the answers that have come, and holds them against what is true at this moment.
    fn listen(&mut self) {
        let Some(process) = &mut self.process else { return };
        let always = self.sync == Sync::Always;
        let mut waits = false;
        for told in &mut process.told {
            let Some(receipt) = &told.receipt else { continue };
            let Some(answer) = receipt.try_get() else {
                waits = true;
                continue;
            };
            assert!(!waits, "answers come in the order of the calls, turn by turn");
            match &answer {
                Ok(Outcome::Buffered { synced, .. }) => assert_eq!(*synced, always),
                Err(ReceiptError::BufferFailed { source, .. }) => {
                    assert!(!process.has_sound_disk, "failed on a sound disk: {source}");
                }
                Err(ReceiptError::Unavailable { .. } | ReceiptError::Ambiguous { .. }) => {
                    panic!("there is a buffer")
                }
                _ => {}
            }
            aloud(|| format!("{:?}: {} is told {answer:?}", self.redis.now(), told.id));
            told.answer = Some(answer);
            told.receipt = None;
        }
    }

    fn close(&mut self) {
        let now = self.now();
        let Some(process) = &mut self.process else { return };
        let rest = process.queue.take(Limits::ALL, Some(Duration::ZERO)).batch;
        let answers = process.worker.finish(rest, now);
        if process.life.is_over() {
            process.told.iter_mut().for_each(|told| told.receipt = None);
            self.bury_process();
            return;
        }
        answers.give();
        self.listen();
        let process = self.process().told.iter().find(|told| told.receipt.is_some());
        assert!(process.is_none(), "P4: closed without an answer");
        self.process().life.end();
        self.bury_process();
    }

    /// The process is gone; what its disk kept depends on whether the power went with it.
    fn bury_process(&mut self) {
        let Some(process) = self.process.take() else {
            return;
        };
        self.told.extend(process.told.into_iter().map(|told| Told {
            receipt: None,
            ..told
        }));
        drop((process.worker, process.queue));
        self.after_death();
    }

    fn after_death(&mut self) {
        let power_cut = self.sync == Sync::Always && self.random.chance(500);
        self.keeps_acknowledgements &= !power_cut;
        aloud(|| format!("the process dies, with the power: {power_cut}"));
        for disk in [&mut self.disk, &mut self.dead_letters] {
            *disk = if power_cut { disk.power_cut() } else { disk.kill() };
        }
    }

    fn set_network_faults(&mut self) {
        let refused = if self.random.chance(200) { 30 } else { 0 };
        let mut rate = |limit| rate(&mut self.random, 3, limit);
        let faults = transport::Faults {
            connect: rate(600),
            send: rate(60),
            lost: rate(40),
            late: rate(10),
            refused,
        };
        self.redis.set_faults(faults);
    }

    fn set_disk_faults(&mut self) {
        let mut rate = |limit| rate(&mut self.random, 2, limit);
        let faults = storage::Faults {
            short_write: rate(100),
            failed_write: rate(40),
            failed_sync: rate(40),
            disk_bytes: u64::from(rate(2)) * 60_000,
        };
        aloud(|| format!("the disk: {faults:?}"));
        self.disk.set_faults(faults);
        self.dead_letters.set_faults(faults);
        self.has_sound_disk = false;
        self.keeps_acknowledgements = false;
        if let Some(process) = &mut self.process {
            process.has_sound_disk = false;
        }
    }

    /// Ends all faults and lets the publisher get well; then sends it through one more outage, which it must survive whole.
    fn heal(&mut self) {
        self.redis.set_faults(transport::Faults::default());
        self.disk.set_faults(storage::Faults::default());
        self.dead_letters.set_faults(storage::Faults::default());
        self.get_well();
        // A buffer that has failed is opened anew with the next role check.
        self.redis.advance(2 * ROLE_INTERVAL);
        self.get_well();
        self.process().has_sound_disk = true;

        self.redis.kill();
        let before = self.process().told.len();
        self.publish();
        self.run_until("answered in an outage", |process| {
            process.queue.depth().0 == Limits::NONE
        });
        for told in &self.process().told[before..] {
            let is_kept = matches!(
                told.answer,
                Some(Ok(Outcome::Buffered { .. } | Outcome::Expired { .. }))
            );
            assert!(is_kept, "an outage after all is healed: {:?}", told.answer);
        }
        self.get_well();
        let unanswered = self.process().told.iter().find(|told| told.receipt.is_some());
        assert!(
            unanswered.is_none(),
            "P4: {:?} was never answered",
            unanswered.map(|told| told.id)
        );
        self.close();
    }

    fn get_well(&mut self) {
        self.redis.start();
        self.run_until("well", |process| {
            let status = process.worker.status();
            let is_idle = process.queue.depth().0 == Limits::NONE && process.worker.is_settled();
            is_idle && status.state == State::Online && status.buffer_events == 0
        });
    }

    /// Lets the publisher work, and starts it if need be, until a condition holds.
    fn run_until(&mut self, what: &str, condition: impl Fn(&Process) -> bool) {
        let mut turns = 0;
        // Bound: TURNS_MAX.
        loop {
            turns += 1;
            assert!(turns < TURNS_MAX, "healed, and never {what}");
            let Some(process) = &mut self.process else {
                self.start_process();
                continue;
            };
            process.life.end_after(u64::MAX);
            if condition(process) {
                return;
            }
            self.turn();
        }
    }

    fn judge(&mut self) {
        let arrivals = self.redis.arrivals();
        let ids: Vec<u64> = arrivals
            .iter()
            .map(|arrival| {
                assert_eq!(arrival.channel, "sim.c");
                let id = std::str::from_utf8(&arrival.payload[..8])
                    .unwrap()
                    .parse()
                    .unwrap();
                assert_eq!(
                    Some(&arrival.payload),
                    self.payloads.get(&id),
                    "not what was published"
                );
                id
            })
            .collect();
        let mut arrived: HashMap<u64, u32> = HashMap::new();
        for id in &ids {
            *arrived.entry(*id).or_default() += 1;
        }
        let life = Life::new(&self.redis);
        let mut dead = Wal::open(
            Mortal {
                disk: self.dead_letters.clone(),
                life,
                unsynced: None,
            },
            &Config::new(),
        )
        .unwrap();
        let dead: HashSet<Vec<u8>> = dead
            .peek(usize::MAX)
            .unwrap()
            .into_iter()
            .map(redis_client::buffer::Record::into_payload)
            .collect();
        let dead: HashSet<u64> = self
            .payloads
            .iter()
            .filter(|(_, payload)| dead.contains(*payload))
            .map(|(id, _)| *id)
            .collect();

        let in_order = self.judge_answers(&arrived, &dead);
        let mut seen = HashSet::new();
        let mut last = None;
        for id in ids.iter().filter(|id| seen.insert(**id) && in_order.contains(id)) {
            assert!(last < Some(*id), "P2: {id} after {last:?}");
            last = Some(*id);
        }
        self.judge_times(&arrivals, &ids);
    }

    /// Holds what callers were told against what arrived how often and what is dead; says which events must have come in order.
    fn judge_answers(&self, arrived: &HashMap<u64, u32>, dead: &HashSet<u64>) -> HashSet<u64> {
        let mut in_order: HashSet<u64> = HashSet::new();
        for told in &self.told {
            let id = told.id;
            let hopeless = self.poisoned.contains(&id) || self.payloads[&id].len() > PAYLOAD_BYTES_MAX;
            match &told.answer {
                Some(Ok(Outcome::Delivered { .. })) => {
                    assert!(arrived.contains_key(&id), "P1: {id} was delivered");
                    assert!(
                        arrived[&id] == 1 || !self.keeps_acknowledgements,
                        "{id} was delivered, and repeated"
                    );
                }
                Some(Ok(Outcome::Expired { .. })) => {
                    assert!(
                        self.perishable.contains_key(&id) && dead.contains(&id),
                        "P7: {id}"
                    );
                    assert!(!arrived.contains_key(&id), "P7: {id} was expired, and arrived");
                }
                Some(Ok(outcome)) => {
                    let may_be_dead = hopeless || self.perishable.contains_key(&id);
                    let kept =
                        (may_be_dead && dead.contains(&id)) || (!hopeless && arrived.contains_key(&id));
                    assert!(kept, "P1: {id} was {outcome:?}, and is nowhere");
                }
                Some(Err(ReceiptError::Rejected { .. } | ReceiptError::TooLarge { .. })) => {
                    assert!(hopeless && !arrived.contains_key(&id));
                }
                Some(Err(error)) => {
                    let arrived = arrived.contains_key(&id);
                    assert!(
                        !arrived || error.may_have_been_delivered(),
                        "{error}, and it arrived"
                    );
                }
                None if told.is_logged => {
                    let kept = arrived.contains_key(&id) || dead.contains(&id) || hopeless;
                    assert!(kept, "{id} was logged and not answered, and is lost");
                }
                None => {}
            }
            let refused = self.redis.has_refused(&self.payloads[&id]);
            let expired = self.perishable.contains_key(&id) && dead.contains(&id);
            if matches!(told.answer, Some(Ok(_))) && !refused && !expired {
                in_order.insert(id);
            }
        }
        in_order
    }

    /// Whether each event was sent while it was of use, and to a primary.
    fn judge_times(&self, arrivals: &[Arrival], ids: &[u64]) {
        for (arrival, id) in arrivals.iter().zip(ids) {
            if let Some((max_age, accepted_at)) = self.perishable.get(id) {
                let age = (EPOCH + arrival.sent_at).saturating_sub(*accepted_at);
                assert!(
                    age <= *max_age + Duration::from_millis(100),
                    "P7: {id} was sent {age:?} old, and may be {max_age:?}"
                );
            }
        }
        for arrival in arrivals.iter().filter(|arrival| !arrival.is_late) {
            if let Some(since) = arrival.on_replica_for {
                assert!(
                    since < ROLE_INTERVAL + Duration::from_millis(100),
                    "published to a replica for {since:?}"
                );
            }
        }
    }
}

//! A process that is killed with -9 while it buries an event, or puts dead letters back: before each single write, sync, rename and
//! removal in either log, in turn. The event that Redis refuses becomes one dead letter, and goes out once when it is put back.
//!
//! As in `crash.rs`, the child is this test binary.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use redis_client::buffer::requeue::requeue;
use redis_client::buffer::storage::FileStorage;
use redis_client::buffer::wal::Wal;
use redis_client::buffer::{
    Config, DEAD_LETTERS_FOLDER, FallbackBuffer, Sync, inspect, inspect_dead_letters,
};
use redis_client::publisher::simulation::{self, Log, Store};
use redis_client::publisher::{Backoff, EventPublisherBuilder};
use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::fault::mortal::{Death, Mortal};
use redis_client_tests::{RedisServer, eventually, eventually_within};

use crate::support::{Ear, Large, Tick, first_arrivals, publish};

const TASK: &str = "BURIAL_CHILD";
const LIMIT: usize = 1 << 20;

fn config() -> Config {
    Config::new().segment_bytes(4 << 20)
}

fn builder(port: u16) -> EventPublisherBuilder {
    let client = RedisClient::builder().host("127.0.0.1").port(port).build();
    EventPublisher::builder(&client.unwrap())
        .backoff(Backoff::new(Duration::from_millis(1), Duration::from_millis(5)))
        .buffer_config(config())
}

/// Runs this binary as a child that does `task` and dies before operation `number`; whether it lived.
fn lives(task: &str, dir: &Path, port: u16, number: u64) -> bool {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "burial::child_of_another_test", "--quiet"])
        .env(TASK, format!("{task} {port} {number} {}", dir.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

/// Does nothing unless another test starts it.
#[test]
fn child_of_another_test() {
    let Ok(task) = std::env::var(TASK) else { return };
    let mut words = task.splitn(4, ' ');
    let mut next = || words.next().unwrap();
    let (task, port, number, dir) = (next(), next(), next(), next());
    let (port, number, dir) = (port.parse().unwrap(), number.parse().unwrap(), Path::new(dir));
    let left = Arc::new(AtomicU64::new(number));
    if task == "bury" {
        replay_and_bury(dir, port, &left);
    } else {
        put_back(dir, &left);
    }
    std::process::exit(0);
}

fn open(
    dir: &Path,
    log: Log,
    left: &Arc<AtomicU64>,
) -> Result<Wal<Mortal<FileStorage>>, redis_client::buffer::Error> {
    let path = match log {
        Log::Buffer => dir.to_owned(),
        Log::DeadLetters => dir.join(DEAD_LETTERS_FOLDER),
    };
    Wal::open(
        Mortal::new(FileStorage::open(&path)?, left, Death::Kill),
        &config(),
    )
}

fn replay_and_bury(dir: &Path, port: u16, left: &Arc<AtomicU64>) {
    let (path, left) = (dir.to_owned(), Arc::clone(left));
    let store = Store::open(Sync::Always, move |log| open(&path, log, &left));
    let publisher = simulation::start(builder(port), store.unwrap()).unwrap();
    eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
    publisher.close(Duration::from_secs(5)).wait();
}

fn put_back(dir: &Path, left: &Arc<AtomicU64>) {
    let mut wal = open(dir, Log::Buffer, left).unwrap();
    let mut dead = open(dir, Log::DeadLetters, left).unwrap();
    requeue(&mut wal, &mut dead).unwrap();
    dead.close().unwrap();
    wal.close().unwrap();
}

/// Two ticks, an event that the server refuses, two ticks.
fn fill(dir: &Path) {
    let offline = builder(1).buffer(dir).build().unwrap();
    let text = "x".repeat(LIMIT + 1);
    let mut receipts = publish(&offline, 0..2);
    receipts.push(offline.publish(&Large { text }).unwrap());
    receipts.extend(publish(&offline, 2..4));
    for receipt in receipts {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    offline.close(Duration::from_secs(5)).wait();
}

fn letters(dir: &Path) -> Vec<String> {
    let dead = inspect_dead_letters(dir).unwrap();
    let channel = |record: Result<redis_client::buffer::Record, _>| record.unwrap().channel().to_owned();
    dead.map_or_else(Vec::new, |dead| dead.records().map(channel).collect())
}

#[test]
fn killed_before_any_single_write_it_buries_an_event_once() {
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let mut killed = 0;
    // Bound: the first number that the child does not reach.
    for number in 0.. {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path());
        let mut ear = Ear::on(&server);
        let lived = lives("bury", dir.path(), server.port(), number);
        let heir = builder(server.port()).buffer(dir.path()).build().unwrap();
        let is_empty = eventually_within(Duration::from_secs(20), || heir.stats().buffer_events == 0);
        assert!(is_empty, "killed before operation {number}: {:?}", heir.stats());
        heir.publish(&Tick { n: 9 }).unwrap().wait().unwrap();
        let heard = first_arrivals(ear.until(9));
        assert_eq!(heard, [0, 1, 2, 3, 9], "killed before operation {number}");
        heir.close(Duration::from_secs(5)).wait();
        assert_eq!(letters(dir.path()), ["large"], "killed before operation {number}");
        if lived {
            break;
        }
        killed += 1;
    }
    // Opening two logs, a letter, and what is acknowledged; fewer would mean that the child died of something else.
    assert!(killed > 15, "{killed}");
}

#[test]
fn killed_before_any_single_write_it_puts_each_dead_letter_back_once() {
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let buried = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        fill(buried.path());
    }
    assert!(lives("bury", buried.path(), server.port(), u64::MAX));
    assert_eq!(letters(buried.path()), ["large"; 3]);
    let mut killed = 0;
    // Bound: the first number that the child does not reach.
    for number in 0.. {
        let dirs = tempfile::tempdir().unwrap();
        let dir = dirs.path().join("copy");
        copy(buried.path(), &dir);
        let lived = lives("requeue", &dir, 0, number);
        // Each in one of the two places, once what was begun is finished.
        let buffer = FallbackBuffer::open(&dir).unwrap();
        buffer.requeue().unwrap();
        buffer.close().unwrap();
        let stored = inspect(&dir).unwrap();
        let channels: Vec<String> = stored
            .records()
            .map(|record| record.unwrap().channel().to_owned())
            .collect();
        assert_eq!(channels, ["large"; 3], "killed before operation {number}");
        assert!(letters(&dir).is_empty(), "killed before operation {number}");
        if lived {
            break;
        }
        killed += 1;
    }
    assert!(killed > 10, "{killed}");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

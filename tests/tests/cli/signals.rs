//! What a signal leaves: each line that has left the pipe has its receipt, and what is still in it begins with a line.
//!
//! The test holds a copy of the pipe's reading end, so that whatever was not read can be counted when the process is gone.

use std::io::{self, PipeWriter, Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use redis_client_tests::command_line::{CommandLine, Running};
use redis_client_tests::{RedisServer, eventually, eventually_within, free_port};
use rustix::process::Signal;
use serde_json::Value;

use crate::support::{Listener, object, order, payloads, text};

/// More than is ever read before the signal.
const LINES: u64 = 90_000;
/// What the publisher takes without an answer.
const QUEUE: u64 = 65_536;

fn publish(url: &str, more: &[&str]) -> CommandLine {
    CommandLine::new(["publish", "--receipts", "--json", "--url", url]).more(more)
}

/// Writes lines without end, and counts them.
fn feed(mut input: PipeWriter, fed: Arc<AtomicU64>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for n in 1..=LINES {
            input.write_all((order(n) + "\n").as_bytes()).unwrap();
            // Ordering: a number that only grows; nothing else hangs on it.
            fed.store(n, Ordering::Relaxed);
        }
    })
}

/// Signals `command` in the middle of its input, when `is_time` returns; its receipts, one for each line that has left the pipe.
#[track_caller]
fn signalled(command: CommandLine, is_time: impl FnOnce(&mut Running, &AtomicU64)) -> Vec<Value> {
    let (reader, writer) = io::pipe().unwrap();
    let mut unread = reader.try_clone().unwrap();
    let mut running = command.start_on(reader);
    let fed = Arc::new(AtomicU64::new(0));
    let feeder = feed(writer, Arc::clone(&fed));
    is_time(&mut running, &fed);
    running.signal(Signal::TERM);
    let ran = running.ended();
    assert_eq!(ran.code, 143, "{}", ran.stderr);
    let mut left = String::new();
    unread.read_to_string(&mut left).unwrap();
    feeder.join().unwrap();
    assert!(left.starts_with("{\"event_type\""), "a line is cut in two");
    assert!(!ran.stderr.contains("not read to its end"), "{}", ran.stderr);
    let read = LINES - left.lines().count() as u64;
    let receipts = ran.objects();
    let mut lines: Vec<u64> = receipts
        .iter()
        .map(|receipt| receipt["line"].as_u64().unwrap())
        .collect();
    lines.sort_unstable();
    let answered = lines.len();
    assert!(
        lines.into_iter().eq(1..=read),
        "{answered} receipts for {read} lines"
    );
    receipts
}

/// More than the queue holds was read, and nothing moves any more.
fn held_back(_: &mut Running, fed: &AtomicU64) {
    let (mut last, mut looks) = (0, 0);
    let is_held_back = eventually_within(Duration::from_mins(2), || {
        let now = fed.load(Ordering::Relaxed);
        looks = if now == last && now > QUEUE { looks + 1 } else { 0 };
        last = now;
        looks == 50
    });
    assert!(is_held_back, "{last} lines were taken");
}

fn count(receipts: &[Value], outcome: &str) -> usize {
    receipts
        .iter()
        .filter(|receipt| receipt["outcome"] == outcome)
        .count()
}

/// What happened: what the reading thread had taken and not handed over, up to three reads, had neither receipt nor event.
#[test]
fn each_line_that_has_left_the_pipe_is_published_and_answered() {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let receipts = signalled(publish(&server.url(), &[]), |_, fed| {
        eventually("it reads", || fed.load(Ordering::Relaxed) > 2000);
    });
    assert_eq!(count(&receipts, "delivered"), receipts.len());
    assert_eq!(listener.payloads(&server), payloads(1..=receipts.len() as u64));
}

#[test]
fn without_redis_and_without_a_buffer_each_has_failed() {
    let nowhere = format!("redis://127.0.0.1:{}", free_port());
    let receipts = signalled(publish(&nowhere, &[]), |_, fed| {
        eventually("it reads", || fed.load(Ordering::Relaxed) > 2000);
    });
    assert_eq!(count(&receipts, "failed"), receipts.len());
}

#[test]
fn behind_a_full_queue_each_line_is_answered_too() {
    let server = RedisServer::start();
    server.pause();
    let timeouts = ["--response-timeout", "600", "--close-timeout", "0.2"];
    let receipts = signalled(publish(&server.url(), &timeouts), held_back);
    assert_eq!(count(&receipts, "failed"), receipts.len());
    assert!(receipts.len() as u64 > QUEUE);
}

#[test]
fn with_a_buffer_all_that_found_room_is_kept() {
    let server = RedisServer::start();
    server.pause();
    let dir = tempfile::tempdir().unwrap();
    let more = [
        "--response-timeout",
        "600",
        "--close-timeout",
        "0.2",
        "--buffer",
        text(dir.path()),
        "--fence",
    ];
    let receipts = signalled(publish(&server.url(), &more), held_back);
    let kept = count(&receipts, "buffered");
    // What was behind the queue found no room in time.
    assert_eq!(kept + count(&receipts, "failed"), receipts.len());
    assert!(kept as u64 >= QUEUE);
    let status = object(&["buffer", "status", text(dir.path())]);
    assert_eq!(status["records"], kept);
}

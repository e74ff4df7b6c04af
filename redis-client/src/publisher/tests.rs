//! Single steps of the worker and the end of its thread; what happens in combination is the simulation's business.

mod ahead;
mod burial;
mod culprit;
mod expiry;
mod restraint;
mod traces;
mod unreadable;

use std::collections::VecDeque;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::EventPublisher;
use super::backoff::Backoff;
use super::error::{BuildError, PublishError, ReceiptError};
use super::queue::Queue;
use super::receipt::{Outcome, Receipt};
use super::replay::{ReplayPace, ReplayWhen};
use super::stats::State;
use super::store::{Letter, Store};
use super::thread::{self, Clock};
use super::transport::{Outage, Reply, Session, Transport};
use super::worker::{Limits, Next, Now, Settings, Worker};
use crate::buffer::storage::FileStorage;
use crate::buffer::{Config, FallbackBuffer, WhenFull};
use crate::client::{RedisClient, RedisConnectionError, ServerError};
use crate::event::Parts;

/// What the test decides, and what it can look at.
#[derive(Default)]
struct Script {
    /// What Redis says to each PUBLISH in turn; when the script has ended, it takes everything.
    replies: VecDeque<Result<Reply, Outage>>,
    /// An event with this payload is refused whenever it comes.
    refuses: Option<&'static str>,
    /// An event with this payload is refused for good whenever it comes.
    refuses_for_good: Option<&'static str>,
    sent: Vec<String>,
    /// Connecting takes as long as this is set.
    connects_slowly: bool,
    /// What the server says before it closes.
    last_words: Option<ServerError>,
    /// The connection ends when an event with this payload is in flight.
    ends_on: Option<&'static str>,
    /// An attempt to connect fails.
    is_down: bool,
    /// Who listens, and the channels of each question for that.
    receivers: Option<u64>,
    asked_for: Vec<Vec<String>>,
    /// Looked at whenever something is sent.
    at_send: Option<Box<dyn FnMut() + Send>>,
    /// The payloads that wait for their reply.
    asked: VecDeque<String>,
    received: usize,
    panics: bool,
}

#[derive(Clone, Default)]
struct Scripted(Arc<Mutex<Script>>);

impl Transport for Scripted {
    fn connect(&mut self) {}

    fn connected(&mut self) -> Option<Result<Session, Outage>> {
        if self.0.lock().unwrap().connects_slowly {
            return None;
        }
        if self.0.lock().unwrap().is_down {
            return Some(Err(lost()));
        }
        Some(Ok(Session {
            payload_bytes_max: 100,
        }))
    }

    fn send(&mut self, pipeline: &[u8], _: usize) -> Result<(), Outage> {
        let mut script = self.0.lock().unwrap();
        if let Some(look) = &mut script.at_send {
            look();
        }
        assert!(!script.panics, "a bug, say");
        let text = String::from_utf8(pipeline.to_vec()).unwrap();
        // Seven lines a command, and the last of them is the payload.
        let lines: Vec<&str> = text.split("\r\n").collect();
        script
            .asked
            .extend(lines.chunks_exact(7).map(|command| command[6].to_owned()));
        script.sent.push(text);
        Ok(())
    }

    fn receive(&mut self) -> Result<Reply, Outage> {
        let mut script = self.0.lock().unwrap();
        script.received += 1;
        let payload = script.asked.pop_front();
        if payload.is_some() && payload.as_deref() == script.ends_on {
            return Err(lost());
        }
        if payload.is_some() && payload.as_deref() == script.refuses {
            return Ok(Reply::Refused(ServerError::new("NOPERM", "no permission")));
        }
        if payload.is_some() && payload.as_deref() == script.refuses_for_good {
            return Ok(Reply::Refused(ServerError::new("ERR", "no")));
        }
        script.replies.pop_front().unwrap_or(Ok(Reply::Receivers(1)))
    }

    fn check_role(&mut self) -> Result<(), Outage> {
        Ok(())
    }

    fn last_words(&mut self) -> Option<ServerError> {
        self.0.lock().unwrap().last_words.take()
    }

    fn receivers(&mut self, channels: &[String]) -> Result<Option<u64>, Outage> {
        let mut script = self.0.lock().unwrap();
        script.asked_for.push(channels.to_vec());
        Ok(script.receivers)
    }

    fn disconnect(&mut self) {
        self.0.lock().unwrap().asked.clear();
    }
}

const AT: Now = Now {
    elapsed: Duration::from_secs(1),
    unix: Duration::from_secs(1_700_000_000),
};

fn at(seconds: u64) -> Now {
    Now {
        elapsed: Duration::from_secs(seconds),
        ..AT
    }
}

fn settings() -> Settings {
    Settings {
        batch: Limits {
            events: 4,
            bytes: 1000,
        },
        backoff: Backoff::default(),
        seed: 1,
        role_interval: Duration::from_hours(1),
        patience: Duration::from_secs(5),
        channel_prefix: String::new(),
        write_ahead: false,
        replay_when: ReplayWhen::Immediately,
        replay_pace: ReplayPace::unpaced(),
        fence_key: None,
    }
}

fn queue() -> Queue {
    let limits = Limits {
        events: 100,
        bytes: 10_000,
    };
    Queue::new(limits, 1)
}

fn push(queue: &Queue, count: u64) -> Vec<Receipt> {
    (0..count)
        .map(|n| {
            let payload = n.to_string().into_bytes();
            let parts = Parts {
                channel: "c".into(),
                payload,
                max_age: None,
            };
            queue.push(Arc::new(parts), AT.unix).unwrap()
        })
        .collect()
}

fn turn(worker: &mut Worker<Scripted, FileStorage>, queue: &Queue, now: Now) -> Next {
    let taken = queue.take(worker.appetite(), Some(Duration::ZERO));
    let turn = worker.turn(taken.batch, now);
    let size = turn.answers.size();
    let released = queue.release(size);
    turn.answers.give();
    queue.settle(size.events);
    drop(released);
    turn.next
}

#[expect(clippy::unnecessary_wraps, reason = "a line of a script is a result")]
fn refused() -> Result<Reply, Outage> {
    Ok(Reply::Refused(ServerError::new("OOM", "command not allowed")))
}

fn lost() -> Outage {
    RedisConnectionError::Lost {
        endpoint: "script".into(),
        source: None,
    }
    .into()
}

fn store(dir: &tempfile::TempDir) -> Store<FileStorage> {
    Store::open_directory(dir.path(), &Config::new(), None, false).unwrap()
}

fn is_delivered(receipt: &Receipt) -> Option<bool> {
    receipt.try_get().map(|answer| answer.unwrap().is_delivered())
}

#[track_caller]
fn all_delivered(receipts: &[Receipt]) {
    let answers: Vec<_> = receipts.iter().map(is_delivered).collect();
    assert_eq!(answers, vec![Some(true); receipts.len()]);
}

#[track_caller]
fn all_buffered(receipts: &[Receipt]) {
    let answers: Vec<_> = receipts.iter().map(is_delivered).collect();
    assert_eq!(answers, vec![Some(false); receipts.len()]);
}

#[test]
fn two_batches_are_sent_before_the_first_reply_is_read() {
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, None, settings(), AT);
    let receipts = push(&queue, 12);
    turn(&mut worker, &queue, AT);
    assert!(script.lock().unwrap().sent.is_empty(), "connects first");
    let counts = |script: &Mutex<Script>| {
        let script = script.lock().unwrap();
        (script.sent.len(), script.received)
    };
    turn(&mut worker, &queue, AT);
    assert_eq!(counts(&script), (1, 0));
    turn(&mut worker, &queue, AT);
    assert_eq!(counts(&script), (2, 4));
    turn(&mut worker, &queue, AT);
    assert_eq!(counts(&script), (3, 8));
    assert_eq!(
        turn(&mut worker, &queue, AT),
        Next::At(AT.elapsed + Duration::from_hours(1))
    );
    assert_eq!(counts(&script), (3, 12));
    all_delivered(&receipts);
}

#[test]
fn a_refusal_in_the_middle_is_kept_and_counted_as_reordered() {
    let dir = tempfile::tempdir().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let taken = || Ok(Reply::Receivers(3));
    // Two batches in flight: the second is read too, and shows that the refused one was overtaken.
    script.lock().unwrap().replies = [taken(), refused(), taken(), refused(), taken(), refused()].into();
    let receipts = push(&queue, 6);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    let delivered: Vec<_> = receipts.iter().map(is_delivered).collect();
    assert_eq!(delivered, [true, false, true, false, true, false].map(Some));
    let status = worker.status();
    assert_eq!(
        (
            status.counts.reordered,
            status.counts.delivered,
            status.counts.buffered
        ),
        (2, 3, 3)
    );
    assert_eq!((status.state, status.buffer_events), (State::Degraded, 3));
    assert_eq!(script.lock().unwrap().sent.len(), 2);

    // The outage over, they go in their order, and a new one behind them.
    let later = push(&queue, 1);
    turn(&mut worker, &queue, AT);
    assert_eq!(is_delivered(&later[0]), Some(false));
    // One to see whether Redis takes it, then twice as many each time.
    for _ in 0..4 {
        turn(&mut worker, &queue, at(9));
    }
    assert_eq!(worker.status().counts.replayed, 4);
    let sent = script.lock().unwrap().sent[2..].concat();
    let payloads: Vec<&str> = sent
        .split("$1\r\nc\r\n$1\r\n")
        .skip(1)
        .map(|rest| &rest[..1])
        .collect();
    assert_eq!(payloads, ["1", "3", "5", "0"]);
    assert_eq!(worker.status().state, State::Online);
}

#[test]
fn a_record_is_acknowledged_after_its_reply_and_only_up_to_a_refused_one() {
    let dir = tempfile::tempdir().unwrap();
    {
        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        for payload in ["a", "b", "c", "d"] {
            buffer.append("c", payload.as_bytes()).unwrap();
        }
    }
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    let taken = || Ok(Reply::Receivers(0));
    script.lock().unwrap().replies = [taken(), refused(), taken(), Err(lost())].into();
    turn(&mut worker, &queue, AT);
    let status = worker.status();
    assert_eq!((status.state, status.buffer_events), (State::Degraded, 3));
    assert_eq!((status.counts.replayed, status.counts.reordered), (2, 1));
    // Bound: one probe, and twice as many each time.
    for _ in 0..4 {
        turn(&mut worker, &queue, at(9));
    }
    assert_eq!(worker.status().buffer_events, 0);
    let again = script.lock().unwrap().sent[1..].concat();
    let places = ["b\r\n", "c\r\n*", "d\r\n"].map(|payload| again.find(payload).unwrap());
    assert!(places.is_sorted(), "{again}");
}

/// What happened: a user without permission for one channel had a buffer whose first record went there. All behind it was
/// taken, could not be acknowledged, and was sent again with every attempt, forty times a second.
#[test]
fn what_lies_behind_a_record_that_is_always_refused_is_not_sent_each_time() {
    let dir = tempfile::tempdir().unwrap();
    {
        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        for payload in ["a", "b", "c", "d"] {
            buffer.append("channel", payload.as_bytes()).unwrap();
        }
    }
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    script.lock().unwrap().refuses = Some("b");
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    let mut attempts = Vec::new();
    for second in 1..60 {
        let before = script.lock().unwrap().sent.len();
        turn(&mut worker, &queue, at(10 * second));
        attempts.push(script.lock().unwrap().sent[before..].concat());
    }
    let count = |payload: &str| attempts.iter().filter(|sent| sent.contains(payload)).count();
    assert!(count("b\r\n") > 10, "it is tried again and again");
    assert_eq!(count("d\r\n"), 1, "what follows was on its way once");
    assert_eq!(worker.status().buffer_events, 3);

    script.lock().unwrap().refuses = None;
    for second in 60..70 {
        turn(&mut worker, &queue, at(10 * second));
    }
    assert_eq!(worker.status().buffer_events, 0);
}

#[test]
fn new_events_come_in_at_half_the_rate_of_the_replay() {
    let dir = tempfile::tempdir().unwrap();
    {
        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        for _ in 0..40 {
            buffer.append("c", b"old").unwrap();
        }
    }
    let queue = queue();
    let mut worker = Worker::new(Scripted::default(), Some(store(&dir)), settings(), AT);
    push(&queue, 80);
    let mut turns = 0;
    while worker.status().buffer_events > 0 {
        turn(&mut worker, &queue, AT);
        turns += 1;
        assert!(turns < 40, "a backlog ends however fast the callers are");
    }
}

#[test]
fn without_a_buffer_what_was_sent_is_ambiguous_and_what_was_not_is_unavailable() {
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, None, settings(), AT);
    turn(&mut worker, &queue, AT);
    script.lock().unwrap().replies = [Ok(Reply::Receivers(0)), refused(), Err(lost())].into();
    let receipts = push(&queue, 4);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    let answers: Vec<_> = receipts
        .iter()
        .map(|receipt| receipt.try_get().unwrap())
        .collect();
    assert!(matches!(
        answers[0],
        Ok(Outcome::Delivered {
            sequence: 1,
            receivers: 0
        })
    ));
    assert!(matches!(
        answers[1],
        Err(ReceiptError::Unavailable { sequence: 2, .. })
    ));
    assert!(matches!(
        answers[2],
        Err(ReceiptError::Ambiguous { sequence: 3, .. })
    ));
    assert!(matches!(
        answers[3],
        Err(ReceiptError::Ambiguous { sequence: 4, .. })
    ));
}

#[test]
fn closed_in_a_hurry_what_was_not_answered_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let queue = queue();
    let mut worker = Worker::new(Scripted::default(), Some(store(&dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let receipts = push(&queue, 6);
    turn(&mut worker, &queue, AT);
    let rest = queue.take(Limits::ALL, Some(Duration::ZERO)).batch;
    worker.finish(rest, AT).give();
    all_buffered(&receipts);
    assert_eq!(FallbackBuffer::open(dir.path()).unwrap().len().unwrap(), 6);
}

#[test]
fn a_panic_of_the_thread_leaves_nobody_waiting() {
    let transport = Scripted::default();
    transport.0.lock().unwrap().panics = true;
    let queue = Arc::new(queue());
    let clock = Clock::start();
    let worker: Worker<_, FileStorage> = Worker::new(transport, None, settings(), clock.now());
    let board = Arc::new(Mutex::new(worker.status()));
    // All are in the queue before the thread runs: some will be in flight, some still in the queue.
    let receipts = push(&queue, 50);
    let flush = queue.flush();
    let mut flush = std::pin::pin!(flush);
    let asleep = flush.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(asleep.is_pending());
    thread::spawn(worker, Arc::clone(&queue), clock, board).unwrap();
    for receipt in receipts {
        let error = receipt.wait().unwrap_err();
        assert!(matches!(error, ReceiptError::Stopped { .. }), "{error}");
        assert!(error.may_have_been_delivered());
    }
    thread::wait(&mut flush);
    let report = thread::wait(&mut queue.close(Duration::ZERO));
    assert!(!report.in_time);
    queue.ready().wait();
    let parts = Arc::new(Parts {
        channel: "c".into(),
        payload: Vec::new(),
        max_age: None,
    });
    assert_eq!(queue.push(parts, AT.unix).unwrap_err(), PublishError::Closed);
    assert!(queue.has_ended());
}

/// What happened: a replay went on up to the deadline and threw the last replies away, which Redis was about to give.
#[test]
fn closed_in_the_middle_of_a_replay_it_waits_for_the_answers_to_what_it_sent() {
    let dir = tempfile::tempdir().unwrap();
    let buffer = FallbackBuffer::open_with(dir.path(), &Config::new().sync(crate::buffer::Sync::Os)).unwrap();
    for n in 0..200 {
        buffer.append("c", format!("{n}").as_bytes()).unwrap();
    }
    buffer.close().unwrap();
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), AT);
    // Batches begin with one record and grow to two that are in flight at once.
    for _ in 0..10 {
        turn(&mut worker, &queue, AT);
    }
    let sent = || script.lock().unwrap().sent.concat().matches("PUBLISH").count() as u64;
    let in_flight = || script.lock().unwrap().asked.len();
    assert!(in_flight() > 0, "there is something to wait for");
    let receipts = push(&queue, 3);
    worker.replay_until(at(5).elapsed);
    let before = sent();
    assert!(!worker.has_wound_up(at(5)), "answers are on their way");
    // Each turn lands a batch.
    for _ in 0..2 {
        turn(&mut worker, &queue, at(5));
    }
    assert!(worker.has_wound_up(at(5)));
    assert_eq!((sent(), in_flight()), (before, 0));
    worker
        .finish(queue.take(Limits::ALL, Some(Duration::ZERO)).batch, at(5))
        .give();
    all_buffered(&receipts);
    assert_eq!(sent() + worker.status().buffer_events, 200 + 3);
}

#[test]
fn room_is_announced_when_what_was_refused_fits() {
    let limits = Limits {
        events: 10,
        bytes: 100,
    };
    let queue = Arc::new(Queue::new(limits, 1));
    let parts = |bytes: usize| {
        Arc::new(Parts {
            channel: "c".into(),
            payload: vec![b'x'; bytes - 1],
            max_age: None,
        })
    };
    let too_large = queue.push(parts(101), AT.unix).unwrap_err();
    assert_eq!(
        too_large,
        PublishError::TooLarge {
            bytes: 101,
            bytes_max: 100
        }
    );
    let batch = |count: usize| (0..count).map(|_| parts(2)).collect();
    let too_large = queue.push_all(batch(11), AT.unix).unwrap_err();
    assert_eq!(
        too_large,
        PublishError::BatchTooLarge {
            events: 11,
            events_max: 10
        }
    );
    for _ in 0..3 {
        drop(queue.push(parts(30), AT.unix).unwrap());
    }
    // What happened: room for one event was announced to a caller with a batch, who was refused again, for ever.
    assert!(queue.push_all(batch(8), AT.unix).is_err());
    let poll = |ready: &mut super::Ready| Pin::new(ready).poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(
        poll(&mut queue.ready()),
        Poll::Pending,
        "7 places are free, and 8 are wanted"
    );
    assert!(matches!(
        queue.push(parts(50), AT.unix),
        Err(PublishError::QueueFull { bytes: 90, .. })
    ));
    let mut ready = queue.ready();
    assert_eq!(poll(&mut ready), Poll::Pending);
    drop(queue.release(Limits { events: 1, bytes: 30 }));
    assert_eq!(
        poll(&mut ready),
        Poll::Pending,
        "40 bytes are free, and 50 are wanted"
    );
    drop(queue.release(Limits { events: 1, bytes: 30 }));
    assert_eq!(poll(&mut ready), Poll::Ready(()));
    drop(queue.push(parts(50), AT.unix).unwrap());

    // What happened: a batch that was refused once kept those waiting who wanted room for one event.
    assert!(queue.push_all(batch(10), AT.unix).is_err());
    let mut large = queue.ready();
    assert_eq!(poll(&mut large), Poll::Pending);
    let mut small = queue.ready_for(Limits { events: 1, bytes: 2 });
    assert_eq!(poll(&mut small), Poll::Ready(()));
}

#[test]
fn timeouts_beyond_every_clock_are_taken_as_for_ever() {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(1)
        .connect_timeout(Duration::MAX)
        .build()
        .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let publisher = EventPublisher::builder(&client)
        .buffer(dir.path())
        .build()
        .unwrap();
    assert!(publisher.close(Duration::from_secs(5)).wait().in_time);
}

#[test]
fn what_is_dropped_for_want_of_room_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config::new().records_max(3).when_full(WhenFull::DropOldest);
    // What an earlier process dropped is not this one's.
    let mut dropped = Vec::new();
    for _ in 0..2 {
        let transport = Scripted::default();
        transport.0.lock().unwrap().replies = std::iter::repeat_with(refused).take(100).collect();
        let queue = queue();
        let store = Store::open_directory(dir.path(), &config, None, false).unwrap();
        let mut worker = Worker::new(transport, Some(store), settings(), AT);
        turn(&mut worker, &queue, AT);
        let receipts = push(&queue, 8);
        for _ in 0..4 {
            turn(&mut worker, &queue, AT);
        }
        assert!(receipts.iter().all(|receipt| is_delivered(receipt).is_some()));
        let status = worker.status();
        assert_eq!(status.buffer_events, 3);
        dropped.push(status.dropped);
        worker.finish(Vec::new(), AT).give();
    }
    assert_eq!(dropped, [5, 8]);
}

#[test]
fn a_dead_letter_says_what_redis_said_and_keeps_its_namespace() {
    let dir = tempfile::tempdir().unwrap();
    FallbackBuffer::open(dir.path())
        .unwrap()
        .append("prod.c", b"never")
        .unwrap();
    let open = |namespace| Store::open_directory(dir.path(), &Config::new(), namespace, false);
    std::fs::write(dir.path().join("namespace"), "prod").unwrap();
    let transport = Scripted::default();
    let never = Ok(Reply::Refused(ServerError::new("ERR", "this one never")));
    transport.0.lock().unwrap().replies = [never].into();
    let mut worker = Worker::new(transport, Some(open(Some("prod")).unwrap()), settings(), AT);
    let queue = queue();
    for _ in 0..3 {
        turn(&mut worker, &queue, AT);
    }
    assert_eq!(
        (worker.status().counts.dead_letters, worker.status().buffer_events),
        (1, 0)
    );
    worker.finish(Vec::new(), AT).give();
    let dead = crate::buffer::inspect_dead_letters(dir.path()).unwrap().unwrap();
    let dead: Vec<_> = dead.records().map(Result::unwrap).collect();
    assert_eq!(dead[0].reason(), Some("ERR this one never"));

    // Put back under another namespace, it would go where nobody meant.
    assert!(matches!(open(None), Err(BuildError::Namespace { .. })));
    FallbackBuffer::open(dir.path()).unwrap().requeue().unwrap();
    assert!(matches!(open(None), Err(BuildError::Namespace { .. })));
    let buffer = FallbackBuffer::open(dir.path()).unwrap();
    let last = buffer.peek(1).unwrap()[0].pair();
    buffer.acknowledge(last).unwrap();
    buffer.close().unwrap();
    assert!(open(None).is_ok());
}

#[test]
fn buried_and_not_acknowledged_it_is_buried_once() {
    let dir = tempfile::tempdir().unwrap();
    for payload in [b"first", b"other"] {
        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        buffer.append("c", payload).unwrap();
    }
    let bury = || {
        let mut store = store(&dir);
        let records = store
            .read(Limits {
                events: 9,
                bytes: 999,
            })
            .unwrap();
        let letters: Vec<_> = records
            .iter()
            .map(|record| Letter::of_record(record, "ERR no"))
            .collect();
        store.bury(&letters).unwrap();
        // Killed here.
        records.len()
    };
    assert_eq!((bury(), bury(), bury()), (2, 2, 2));
    let dead = crate::buffer::inspect_dead_letters(dir.path()).unwrap().unwrap();
    let dead: Vec<_> = dead
        .records()
        .map(|record| record.unwrap().into_payload())
        .collect();
    assert_eq!(dead, [b"first", b"other"]);
}

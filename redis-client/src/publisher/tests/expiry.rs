//! Events that have outlived their use.

use super::*;
use crate::age::{Expired, MaxAge};
use crate::buffer::{Record, inspect_dead_letters};

const SECOND: Duration = Duration::from_secs(1);

fn push(queue: &Queue, payload: &str, max_age: Option<MaxAge>) -> Receipt {
    let parts = Parts {
        channel: "c".into(),
        payload: payload.as_bytes().to_vec(),
        max_age,
    };
    queue.push(Arc::new(parts), AT.unix).unwrap()
}

fn old(seconds: u64) -> Now {
    let by = Duration::from_secs(seconds);
    Now {
        elapsed: AT.elapsed + by,
        unix: AT.unix + by,
    }
}

fn dead(dir: &tempfile::TempDir) -> Vec<(Vec<u8>, Option<String>)> {
    let letters = inspect_dead_letters(dir.path()).unwrap();
    let of = |record: Record| (record.payload().to_vec(), record.reason().map(str::to_owned));
    letters
        .iter()
        .flat_map(|letters| letters.records().map(|record| of(record.unwrap())))
        .collect()
}

fn payloads(script: &Mutex<Script>) -> String {
    let sent = script.lock().unwrap().sent.concat();
    let lines: Vec<&str> = sent.split("\r\n").collect();
    lines.chunks_exact(7).map(|command| command[6]).collect()
}

/// Keeps a, b, c, d and e in an outage; b and c may be a second old, d as well, and is published all the same.
fn backlog(dir: &tempfile::TempDir) {
    let queue = queue();
    let transport = Scripted::default();
    transport.0.lock().unwrap().replies = [refused()].into();
    let mut worker = Worker::new(transport, Some(store(dir)), settings(), AT);
    turn(&mut worker, &queue, AT);
    let drop_after = Some(MaxAge::new(SECOND, Expired::DeadLetter));
    let send_after = Some(MaxAge::new(SECOND, Expired::Publish));
    let first = push(&queue, "0", None);
    turn(&mut worker, &queue, AT);
    turn(&mut worker, &queue, AT);
    assert_eq!(is_delivered(&first), Some(false));
    let events = [
        ("a", None),
        ("b", drop_after),
        ("c", drop_after),
        ("d", send_after),
        ("e", None),
    ];
    for (payload, max_age) in events {
        let receipt = push(&queue, payload, max_age);
        turn(&mut worker, &queue, AT);
        assert_eq!(
            is_delivered(&receipt),
            Some(false),
            "an outage keeps what is fresh"
        );
    }
    worker.finish(Vec::new(), AT).give();
}

#[test]
fn what_an_earlier_process_stored_is_not_sent_when_it_is_too_old() {
    let dir = tempfile::tempdir().unwrap();
    backlog(&dir);
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), old(60));
    let queue = queue();
    for _ in 0..6 {
        turn(&mut worker, &queue, old(60));
    }
    assert_eq!(payloads(&script), "0ade");
    let reason = "expired: 60.0 s old, and of use for 1 s at most";
    let letters = ["b", "c"].map(|payload| (payload.as_bytes().to_vec(), Some(reason.to_owned())));
    assert_eq!(dead(&dir), letters);
    let counts = worker.status().counts;
    assert_eq!((counts.expired, counts.dead_letters, counts.overdue), (2, 2, 1));
    assert_eq!(worker.status().buffer_events, 0);
    worker.finish(Vec::new(), AT).give();

    // Put back by hand, they are sent whatever their age.
    assert_eq!(FallbackBuffer::open(dir.path()).unwrap().requeue().unwrap(), 2);
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), old(60));
    for _ in 0..6 {
        turn(&mut worker, &queue, old(60));
    }
    assert_eq!(payloads(&script), "bc");
}

#[test]
fn what_is_young_enough_is_sent() {
    let dir = tempfile::tempdir().unwrap();
    backlog(&dir);
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), old(1));
    let queue = queue();
    for _ in 0..6 {
        turn(&mut worker, &queue, old(1));
    }
    assert_eq!(payloads(&script), "0abcde");
    assert_eq!(dead(&dir), []);
    assert_eq!(worker.status().counts.overdue, 0);
}

/// What happened: each attempt buried the same record again, since what was before it could not be acknowledged.
#[test]
fn behind_a_record_that_is_refused_nothing_is_buried_again_and_again() {
    let dir = tempfile::tempdir().unwrap();
    backlog(&dir);
    let transport = Scripted::default();
    transport.0.lock().unwrap().refuses = Some("a");
    let mut worker = Worker::new(transport, Some(store(&dir)), settings(), old(60));
    let queue = queue();
    for n in 0..20 {
        turn(&mut worker, &queue, old(60 + 10 * n));
    }
    assert_eq!(worker.status().buffer_events, 5);
    assert_eq!(dead(&dir), []);
}

#[test]
fn an_event_that_waited_for_too_long_is_told_so_in_its_turn() {
    for write_ahead in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let transport = Scripted::default();
        let script = Arc::clone(&transport.0);
        script.lock().unwrap().connects_slowly = true;
        let queue = queue();
        let settings = Settings {
            write_ahead,
            patience: 60 * SECOND,
            ..settings()
        };
        let mut worker = Worker::new(transport, Some(store(&dir)), settings, AT);
        let drop_after = Some(MaxAge::new(SECOND, Expired::DeadLetter));
        let receipts = [("a", None), ("b", drop_after), ("c", drop_after), ("d", None)]
            .map(|(payload, max_age)| push(&queue, payload, max_age));
        turn(&mut worker, &queue, AT);
        script.lock().unwrap().connects_slowly = false;
        for _ in 0..6 {
            turn(&mut worker, &queue, old(30));
        }
        let answers = receipts.map(|receipt| receipt.try_get().unwrap().unwrap());
        let expired = answers.map(|outcome| outcome.is_expired());
        assert_eq!(expired, [false, true, true, false], "write-ahead: {write_ahead}");
        assert_eq!(answers.map(|outcome| outcome.sequence()), [1, 2, 3, 4]);
        assert!(answers[0].is_delivered() && answers[3].is_delivered());
        assert_eq!(payloads(&script), "ad");
        assert_eq!(dead(&dir).len(), 2);
        assert_eq!(worker.status().buffer_events, 0);
    }
}

#[test]
fn without_a_buffer_the_receipt_alone_tells() {
    let transport = Scripted::default();
    let script = Arc::clone(&transport.0);
    let queue = queue();
    let mut worker: Worker<_, FileStorage> = Worker::new(transport, None, settings(), AT);
    turn(&mut worker, &queue, AT);
    let receipt = push(&queue, "a", Some(MaxAge::new(SECOND, Expired::DeadLetter)));
    turn(&mut worker, &queue, old(30));
    assert!(receipt.try_get().unwrap().unwrap().is_expired());
    assert_eq!(payloads(&script), "");
    let counts = worker.status().counts;
    assert_eq!((counts.expired, counts.dead_letters), (1, 0));
}

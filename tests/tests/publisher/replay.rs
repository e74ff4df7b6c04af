//! Replays that have regard for subscribers: those that are not back yet, and those that are slow.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use redis_client::EventPublisher;
use redis_client::buffer::FallbackBuffer;
use redis_client::publisher::{ReplayPace, ReplayWhen, State};
use redis_client_tests::{RedisServer, eventually, eventually_within};

use crate::support::{Ear, client, publish};

#[test]
fn what_is_stored_waits_for_the_subscribers_of_its_channel() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let publisher = EventPublisher::builder(&client(&server))
        .buffer(dir.path())
        .replay_when(ReplayWhen::Receivers {
            at_least: 1,
            or_after: Duration::from_hours(1),
        })
        .build()
        .unwrap();
    for receipt in publish(&publisher, 0..3) {
        receipt.wait().unwrap();
    }
    server.kill();
    for receipt in publish(&publisher, 3..50) {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    server.restart();
    eventually("the replay waits", || publisher.stats().state == State::Holding);
    // Somebody listens elsewhere, and what is published meanwhile goes behind.
    let mut elsewhere = server.redis();
    let mut elsewhere = elsewhere.as_pubsub();
    elsewhere.subscribe("elsewhere").unwrap();
    for receipt in publish(&publisher, 50..60) {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    assert_eq!(publisher.stats().replayed, 0);

    let mut ear = Ear::on(&server);
    assert_eq!(ear.until(59), (3..60).collect::<Vec<_>>());
    eventually("online", || publisher.stats().state == State::Online);
}

#[test]
fn a_replay_waits_no_longer_than_it_is_told_to() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    FallbackBuffer::open(dir.path())
        .unwrap()
        .append("ticks", b"{\"n\":1}")
        .unwrap();
    let publisher = EventPublisher::builder(&client(&server))
        .buffer(dir.path())
        .replay_when(ReplayWhen::Receivers {
            at_least: 1,
            or_after: Duration::from_millis(300),
        })
        .build()
        .unwrap();
    eventually("replayed, with nobody there", || publisher.stats().replayed == 1);
}

/// What happened: a replay at full speed filled the buffer of a subscriber in Redis, Redis cut it off, and it missed what it had been
/// counted as a receiver of.
#[test]
fn a_slow_subscriber_outlives_a_backlog_beyond_its_limit() {
    const EVENTS: u64 = 6000;
    let server = RedisServer::builder()
        .line("client-output-buffer-limit pubsub 8mb 2mb 60")
        .start();
    let dir = tempfile::tempdir().unwrap();
    let buffer = FallbackBuffer::open(dir.path()).unwrap();
    let payload = vec![b'x'; 4096];
    let batch: Vec<(&str, &[u8])> = (0..EVENTS).map(|_| ("ticks", &*payload)).collect();
    buffer.append_batch(&batch).unwrap();
    buffer.close().unwrap();

    // It takes some 6 MB a second.
    let mut slow = TcpStream::connect((server.host(), server.port())).unwrap();
    slow.write_all(b"SUBSCRIBE ticks\r\n").unwrap();
    let subscription = b"*3\r\n$9\r\nsubscribe\r\n$5\r\nticks\r\n:1\r\n".len();
    let message = b"*3\r\n$7\r\nmessage\r\n$5\r\nticks\r\n$4096\r\n\r\n".len() + payload.len();
    slow.read_exact(&mut vec![0; subscription]).unwrap();
    let reader = std::thread::spawn(move || {
        let mut heard = 0;
        let mut bytes = vec![0; 64 << 10];
        while heard < message * usize::try_from(EVENTS).unwrap() {
            match slow.read(&mut bytes) {
                Ok(0) | Err(_) => break,
                Ok(count) => heard += count,
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        heard / message
    });
    let publisher = EventPublisher::builder(&client(&server))
        .buffer(dir.path())
        .replay_pace(ReplayPace::bytes_per_second(4 << 20))
        .build()
        .unwrap();
    let replayed = || publisher.stats().buffer_events == 0;
    assert!(eventually_within(Duration::from_mins(2), replayed));
    assert_eq!(reader.join().unwrap() as u64, EVENTS);
}

//! The publisher against real servers that go away, come back, refuse and stand still.

#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on says so; its modules are its own"
)]

mod burial;
mod closing;
mod crash;
mod dripping;
mod examples;
mod fence;
mod fence_rules;
mod outages;
mod refusals;
mod replay;
mod support;
mod unreadable;

use std::time::Duration;

use redis_client::EventPublisher;
use redis_client::publisher::State;
use redis_client_tests::{RedisServer, eventually};
use support::{Ear, client, first_arrivals, publish};

#[test]
fn events_are_delivered_in_order_while_redis_is_up() {
    let server = RedisServer::start();
    let mut ear = Ear::on(&server);
    let publisher = EventPublisher::new(&client(&server)).unwrap();
    let receipts = publish(&publisher, 0..5000);
    for (n, receipt) in receipts.into_iter().enumerate() {
        let outcome = receipt.wait().unwrap();
        assert!(outcome.is_delivered(), "{outcome:?}");
        assert_eq!(outcome.sequence(), n as u64 + 1);
    }
    assert_eq!(ear.until(4999), (0..5000).collect::<Vec<_>>());
    let stats = publisher.stats();
    assert_eq!(
        (stats.state, stats.delivered, stats.queue_events),
        (State::Online, 5000, 0)
    );
}

#[test]
fn an_outage_and_a_restart_of_redis_keep_every_event_and_their_order() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let publisher = EventPublisher::builder(&client(&server))
        .buffer(dir.path())
        .build()
        .unwrap();
    let mut ear = Ear::on(&server);
    for receipt in publish(&publisher, 0..100) {
        assert!(receipt.wait().unwrap().is_delivered());
    }
    ear.until(99);
    server.kill();
    assert_eq!(ear.rest(), (0..100).collect::<Vec<_>>());

    for receipt in publish(&publisher, 100..2000) {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    let stats = publisher.stats();
    assert_eq!((stats.state, stats.buffer_events), (State::Degraded, 1900));
    assert!(stats.outage.is_some() && stats.oldest_unsent_age.is_some());

    server.restart();
    let mut ear = Ear::on(&server);
    // Some of these come while the old ones are replayed, some after.
    for receipt in publish(&publisher, 2000..4000) {
        receipt.wait().unwrap();
    }
    let heard = first_arrivals(ear.until(3999));
    // What was replayed before the ear was there, nobody heard.
    let first = heard[0];
    assert_eq!(heard, (first..4000).collect::<Vec<_>>());
    eventually("the buffer is empty", || publisher.stats().state == State::Online);
    let stats = publisher.stats();
    assert_eq!(
        (stats.buffer_events, stats.buffer_bytes, stats.oldest_unsent_age),
        (0, 0, None)
    );
    assert_eq!(stats.replayed, stats.buffered);
    let report = publisher.close(Duration::from_secs(5)).wait();
    assert_eq!((report.buffered, report.in_time), (0, true));
}

//! Events beyond a limit that the server does not tell, because its user may not ask: each is found, whatever the server does on it,
//! and holds up no other.

use std::path::Path;
use std::time::Duration;

use redis_client::buffer::inspect_dead_letters;
use redis_client::publisher::{Backoff, EventPublisherBuilder, ReceiptError, ReplayPace};
use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::{RedisServer, eventually};

use crate::support::{Ear, Large, Tick, first_arrivals, publish};

/// The server answers, and may close while it is still written to: little beyond the limit, more than a socket holds, much more.
const SIZES: [usize; 3] = [1_100_000, 2_800_000, 17_500_000];
const CLOSE: Duration = Duration::from_secs(20);

fn server() -> RedisServer {
    RedisServer::builder()
        .line("proto-max-bulk-len 1mb")
        .user("desk", "on >pass ~* &* +@all -config")
        .start()
}

fn open(
    port: u16,
    dir: &Path,
    configure: fn(EventPublisherBuilder) -> EventPublisherBuilder,
) -> EventPublisher {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(port)
        .user("desk")
        .password("pass")
        .build()
        .unwrap();
    let quick = Backoff::new(Duration::from_millis(1), Duration::from_millis(5));
    let builder = EventPublisher::builder(&client)
        .buffer(dir)
        .backoff(quick)
        .replay_pace(ReplayPace::unpaced());
    configure(builder).build().unwrap()
}

fn large(bytes: usize) -> Large {
    Large {
        text: "x".repeat(bytes),
    }
}

/// In the dead letters of `dir` lies what Redis could not read, and nothing else.
#[track_caller]
fn is_buried(dir: &Path, bytes: usize) {
    let dead = inspect_dead_letters(dir).unwrap().expect("a dead letter");
    let records: Vec<_> = dead.records().map(|record| record.unwrap()).collect();
    let [record] = records.as_slice() else {
        panic!("{} dead letters", records.len());
    };
    assert!(record.payload().len() > bytes);
    let reason = record.reason().unwrap();
    assert!(reason.starts_with("ERR Protocol error"), "{reason}");
}

/// All ticks are heard, in order; how many of them again.
#[track_caller]
fn hear_all(ear: &mut Ear) -> usize {
    let heard = ear.until(9);
    assert_eq!(first_arrivals(heard), (0..10).collect::<Vec<_>>());
    heard.len() - 10
}

/// Published while Redis is there; how many events came again.
fn published(server: &RedisServer, configure: fn(EventPublisherBuilder) -> EventPublisherBuilder) -> usize {
    let mut repeated = 0;
    for bytes in SIZES {
        let mut ear = Ear::on(server);
        let dir = tempfile::tempdir().unwrap();
        let publisher = open(server.port(), dir.path(), configure);
        publisher.publish(&Tick { n: 0 }).unwrap().wait().unwrap();
        let culprit = publisher.publish(&large(bytes)).unwrap();
        let behind = publish(&publisher, 1..10);
        let answer = culprit.wait();
        for receipt in behind {
            receipt.wait().unwrap();
        }
        repeated += hear_all(&mut ear);
        eventually("the culprit is buried", || publisher.stats().buffer_events == 0);
        publisher.close(CLOSE).wait();
        match answer {
            Err(ReceiptError::Rejected { .. }) => {
                assert!(inspect_dead_letters(dir.path()).unwrap().is_none());
            }
            Ok(outcome) if outcome.is_buffered() => is_buried(dir.path(), bytes),
            answer => panic!("{bytes} bytes: {answer:?}"),
        }
    }
    repeated
}

/// Buffered while it is not; how many events came again.
fn replayed(server: &RedisServer, configure: fn(EventPublisherBuilder) -> EventPublisherBuilder) -> usize {
    let mut repeated = 0;
    for bytes in SIZES {
        let mut ear = Ear::on(server);
        let dir = tempfile::tempdir().unwrap();
        // Nobody listens there.
        let offline = open(1, dir.path(), configure);
        for receipt in publish(&offline, 0..5) {
            receipt.wait().unwrap();
        }
        assert!(
            offline
                .publish(&large(bytes))
                .unwrap()
                .wait()
                .unwrap()
                .is_buffered()
        );
        for receipt in publish(&offline, 5..10) {
            receipt.wait().unwrap();
        }
        assert_eq!(offline.close(CLOSE).wait().buffered, 11);
        drop(offline);
        let publisher = open(server.port(), dir.path(), configure);
        repeated += hear_all(&mut ear);
        eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
        publisher.close(CLOSE).wait();
        is_buried(dir.path(), bytes);
    }
    repeated
}

#[test]
fn beyond_an_unknown_limit_an_event_holds_up_no_other() {
    let server = server();
    published(&server, |builder| builder);
    published(&server, EventPublisherBuilder::write_ahead);
    replayed(&server, |builder| builder);
}

/// What happened: the answer to the fence's script was taken for an outage, and the event was sent again for ever.
#[test]
fn beyond_an_unknown_limit_a_fenced_event_holds_up_no_other() {
    let server = server();
    assert_eq!(published(&server, EventPublisherBuilder::fence), 0);
    assert_eq!(published(&server, |builder| builder.fence().write_ahead()), 0);
    assert_eq!(replayed(&server, EventPublisherBuilder::fence), 0);
}

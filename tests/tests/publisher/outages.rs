//! Outages, one kind per test: what the caller sees, and that everything arrives when it is over.

use std::net::TcpListener;
use std::time::Duration;

use redis_client::publisher::{BuildError, PublishError, ReceiptError, State};
use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::{RedisServer, eventually, free_port};
use tempfile::TempDir;

use crate::support::{Ear, Flash, Tick, builder, client, deliver, first_arrivals, publish};

const CLOSE: Duration = Duration::from_secs(10);

/// A publisher on the buffer in `dir`.
fn open(client: &RedisClient, dir: &TempDir) -> EventPublisher {
    EventPublisher::builder(client)
        .buffer(dir.path())
        .build()
        .unwrap()
}

/// A publisher to `server` on a new buffer.
fn open_new(server: &RedisServer) -> (TempDir, EventPublisher) {
    let dir = tempfile::tempdir().unwrap();
    let publisher = open(&client(server), &dir);
    (dir, publisher)
}

/// A client of a server that is not there.
fn nowhere() -> RedisClient {
    let builder = RedisClient::builder().host("127.0.0.1").port(free_port());
    builder.build().unwrap()
}

/// Tells the server something.
fn order(server: &RedisServer, command: &str, arguments: &[&str]) {
    let _: () = redis::cmd(command)
        .arg(arguments)
        .query(&mut server.redis())
        .unwrap();
}

/// All of `range` is answered as buffered.
fn buffer_all(publisher: &EventPublisher, range: std::ops::Range<u64>) {
    for receipt in publish(publisher, range) {
        let outcome = receipt.wait().unwrap();
        assert!(outcome.is_buffered(), "{outcome:?}");
    }
}

#[test]
fn redis_that_was_never_up_gets_everything_from_the_next_process() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = nowhere();
    let publisher = open(&nowhere, &dir);
    buffer_all(&publisher, 0..500);
    let report = publisher.close(CLOSE).wait();
    assert_eq!((report.buffered, report.in_time), (500, true));
    assert_eq!(publisher.stats().state, State::Closed);
    assert_eq!(
        publisher.publish(&Tick { n: 0 }).unwrap_err(),
        PublishError::Closed
    );
    drop(publisher);

    let server = RedisServer::start();
    let mut ear = Ear::on(&server);
    let publisher = open(&client(&server), &dir);
    let receipts = publish(&publisher, 500..600);
    assert_eq!(ear.until(599), (0..600).collect::<Vec<_>>());
    // Behind a backlog they may have been buffered first; all of them have an answer.
    for receipt in receipts {
        receipt.wait().unwrap();
    }
    assert_eq!(publisher.close(CLOSE).wait().buffered, 0);
}

#[test]
fn without_a_buffer_an_outage_is_an_error_at_once() {
    let nowhere = nowhere();
    let publisher = EventPublisher::new(&nowhere).unwrap();
    let error = publisher.publish(&Tick { n: 1 }).unwrap().wait().unwrap_err();
    assert!(
        matches!(error, ReceiptError::Unavailable { sequence: 1, .. }),
        "{error:?}"
    );
    assert!(!error.may_have_been_delivered() && error.is_transient());
}

#[test]
fn a_server_that_accepts_and_never_answers_is_an_outage() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let dir = tempfile::tempdir().unwrap();
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(port)
        .connect_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let publisher = open(&client, &dir);
    buffer_all(&publisher, 0..10);
    // The first connection is accepted now at the latest, and nothing is ever said on it.
    let _silent = listener.accept().unwrap();
    let report = publisher.close(CLOSE).wait();
    assert_eq!((report.buffered, report.in_time), (10, true));
}

/// What happened in another library: during an outage each event waited for the next attempt to connect.
#[test]
fn an_attempt_to_connect_that_hangs_holds_up_nobody() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let client = RedisClient::builder()
        .unix_socket(server.socket())
        .response_timeout(Duration::from_secs(1))
        .connect_timeout(Duration::from_hours(1))
        .build()
        .unwrap();
    let publisher = open(&client, &dir);
    deliver(&publisher, 0);
    server.pause();
    // The first waits for its reply in vain; from then on an attempt of an hour is under way.
    buffer_all(&publisher, 1..2);
    for n in 2..50 {
        let mut receipt = publisher.publish(&Tick { n }).unwrap();
        let answer = receipt
            .wait_timeout(Duration::from_mins(1))
            .expect("answered during the attempt");
        assert!(answer.unwrap().is_buffered());
    }
    server.resume();
    eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
}

#[test]
fn a_server_that_stands_still_gets_what_it_did_not_confirm_again() {
    let server = RedisServer::start();
    let mut ear = Ear::on(&server);
    let dir = tempfile::tempdir().unwrap();
    let client = builder(&server)
        .response_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let publisher = open(&client, &dir);
    for receipt in publish(&publisher, 0..100) {
        assert!(receipt.wait().unwrap().is_delivered());
    }
    server.pause();
    buffer_all(&publisher, 100..3000);
    server.resume();
    let heard = ear.until(2999).to_vec();
    assert_eq!(first_arrivals(&heard), (0..3000).collect::<Vec<_>>());
    eventually("online again", || publisher.stats().state == State::Online);
    assert!(publisher.stats().reconnects >= 1);
}

#[test]
fn without_a_buffer_a_lost_reply_is_ambiguous() {
    let server = RedisServer::start();
    let client = builder(&server)
        .response_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let publisher = EventPublisher::new(&client).unwrap();
    deliver(&publisher, 0);
    server.pause();
    let error = publisher.publish(&Tick { n: 1 }).unwrap().wait().unwrap_err();
    assert!(
        matches!(error, ReceiptError::Ambiguous { sequence: 2, .. }),
        "{error:?}"
    );
    assert!(error.may_have_been_delivered());
}

#[test]
fn a_wrong_password_is_an_outage_that_names_itself_and_not_the_password() {
    let server = RedisServer::builder().password("right").start();
    let dir = tempfile::tempdir().unwrap();
    let client = builder(&server).password("wrong-and-secret").build().unwrap();
    let publisher = open(&client, &dir);
    buffer_all(&publisher, 0..10);
    let stats = publisher.stats();
    let text = stats.outage.as_ref().unwrap().to_string();
    assert!(text.contains("WRONGPASS"), "{text}");
    assert!(!format!("{stats:?}{publisher:?}{text}").contains("wrong-and-secret"));
    // Mended on the server, without a restart here.
    order(&server, "CONFIG", &["SET", "requirepass", "wrong-and-secret"]);
    eventually("replayed", || publisher.stats().buffer_events == 0);
    assert_eq!(publisher.stats().replayed, 10);
}

#[test]
fn a_permission_that_is_taken_away_is_an_outage_until_it_is_given_back() {
    let server = RedisServer::builder()
        .user("desk", "on >pass ~* &* +@all")
        .start();
    let dir = tempfile::tempdir().unwrap();
    let client = builder(&server).user("desk").password("pass").build().unwrap();
    let publisher = open(&client, &dir);
    deliver(&publisher, 0);
    let rule = |rule: &str| {
        order(&server, "ACL", &["SETUSER", "desk", rule]);
    };
    rule("-publish");
    buffer_all(&publisher, 1..20);
    assert!(publisher.stats().outage.unwrap().to_string().contains("NOPERM"));
    let mut ear = Ear::on(&server);
    rule("+publish");
    assert_eq!(ear.until(19), (1..20).collect::<Vec<_>>());
}

#[test]
fn a_replica_is_an_outage_also_when_it_became_one_later() {
    let server = RedisServer::start();
    let (_dir, publisher) = open_new(&server);
    deliver(&publisher, 0);
    // A primary that is nowhere: the server is a replica all the same.
    order(&server, "REPLICAOF", &["127.0.0.1", "1"]);
    eventually("the demotion is noticed", || {
        publisher.stats().state == State::Degraded
    });
    buffer_all(&publisher, 1..20);
    assert_eq!(
        publisher.stats().outage.unwrap().to_string(),
        redis_client::publisher::Outage::Replica.to_string()
    );
    let mut ear = Ear::on(&server);
    order(&server, "REPLICAOF", &["NO", "ONE"]);
    assert_eq!(ear.until(19), (1..20).collect::<Vec<_>>());
}

#[test]
fn too_many_clients_is_an_outage() {
    let server = RedisServer::builder().line("maxclients 2").start();
    let mut ear = Ear::on(&server);
    let second = server.redis();
    let (_dir, publisher) = open_new(&server);
    buffer_all(&publisher, 0..20);
    drop(second);
    assert_eq!(ear.until(19), (0..20).collect::<Vec<_>>());
}

#[test]
fn an_event_beyond_the_servers_limit_holds_up_no_other() {
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let mut ear = Ear::on(&server);
    let (dir, publisher) = open_new(&server);
    let large = crate::support::Large {
        text: "x".repeat(2 << 20),
    };
    let before = publisher.publish(&Tick { n: 0 }).unwrap();
    let refused = publisher.publish(&large).unwrap();
    let after = publisher.publish(&Tick { n: 1 }).unwrap();
    for receipt in [before, after] {
        let outcome = receipt.wait().unwrap();
        assert!(outcome.is_delivered(), "{outcome:?}, {:?}", publisher.stats());
    }
    let error = refused.wait().unwrap_err();
    assert!(
        matches!(
            error,
            ReceiptError::TooLarge {
                sequence: 2,
                limit: 1_048_576,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(ear.until(1), [0, 1]);

    // In an outage nobody can tell; it is found out in the replay, and becomes a dead letter.
    server.kill();
    buffer_all(&publisher, 2..3);
    assert!(publisher.publish(&large).unwrap().wait().unwrap().is_buffered());
    buffer_all(&publisher, 3..4);
    server.restart();
    eventually("replayed", || publisher.stats().buffer_events == 0);
    let stats = publisher.stats();
    assert_eq!((stats.dead_letters, stats.rejected), (1, 1));
    deliver(&publisher, 4);
    publisher.close(CLOSE).wait();
    let dead = redis_client::buffer::FallbackBuffer::open(dir.path().join("dead-letters")).unwrap();
    let records = dead.peek(10).unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].channel(), "large");
    assert!(records[0].payload().len() > 2 << 20);
}

/// What happened: CONFIG was forbidden, so the server's limit was not known; it closed the connection on each larger event, and
/// nothing behind that one was ever sent.
#[test]
fn an_event_on_which_redis_closes_the_connection_is_found_and_buried() {
    let server = RedisServer::builder()
        .line("proto-max-bulk-len 1mb")
        .line("rename-command CONFIG \"\"")
        .start();
    let mut ear = Ear::on(&server);
    let (dir, publisher) = open_new(&server);
    deliver(&publisher, 0);
    // So large that the server closes while it is still being written.
    let large = crate::support::Large {
        text: "x".repeat(30 << 20),
    };
    let culprit = publisher.publish(&large).unwrap();
    let behind = publish(&publisher, 1..5);
    assert!(!matches!(culprit.wait(), Ok(outcome) if outcome.is_delivered()));
    for receipt in behind {
        receipt.wait().unwrap();
    }
    assert_eq!(ear.until(4), [0, 1, 2, 3, 4]);
    eventually("the culprit is buried", || publisher.stats().buffer_events == 0);
    let stats = publisher.stats();
    assert_eq!(stats.dead_letters + stats.rejected, 1);
    if stats.dead_letters == 1 {
        let dead = redis_client::buffer::inspect_dead_letters(dir.path())
            .unwrap()
            .unwrap();
        let record = dead.records().next().unwrap().unwrap();
        assert!(
            record.reason().unwrap().starts_with("ERR Protocol error"),
            "{record:?}"
        );
    }
}

#[test]
fn an_event_that_has_outlived_its_use_in_an_outage_is_a_dead_letter() {
    let server = RedisServer::start();
    let (dir, publisher) = open_new(&server);
    deliver(&publisher, 0);
    server.kill();
    buffer_all(&publisher, 1..2);
    let flash = publisher.publish(&Flash { n: 2 }).unwrap().wait().unwrap();
    assert!(flash.is_buffered());
    buffer_all(&publisher, 3..4);
    assert_eq!(publisher.close(CLOSE).wait().buffered, 3);
    drop(publisher);

    // The next process knows of the event's age from its record alone.
    server.restart();
    let mut ear = Ear::on(&server);
    let publisher = open(&client(&server), &dir);
    assert_eq!(ear.until(3), [1, 3]);
    publisher.close(CLOSE).wait();
    let stats = publisher.stats();
    assert_eq!((stats.expired, stats.dead_letters, stats.replayed), (1, 1, 2));
    let dead = redis_client::buffer::inspect_dead_letters(dir.path())
        .unwrap()
        .unwrap();
    let reasons: Vec<_> = dead
        .records()
        .map(|record| record.unwrap().reason().unwrap().to_owned())
        .collect();
    assert_eq!(reasons.len(), 1);
    assert!(reasons[0].starts_with("expired: "), "{reasons:?}");
}

#[test]
fn a_buffer_that_cannot_be_opened_is_said_at_once_and_with_its_path() {
    let client = RedisClient::builder().port(free_port()).build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let build = |path: &std::path::Path| EventPublisher::builder(&client).buffer(path).build();

    let file = dir.path().join("file");
    std::fs::write(&file, b"not a directory").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = build(&path).unwrap_err();
        assert!(matches!(error, BuildError::Buffer(_)), "{error:?}");
        assert!(error.to_string().contains(file.to_str().unwrap()), "{error}");
    }

    let error = build(std::path::Path::new("/proc/nowhere")).unwrap_err();
    assert!(error.to_string().contains("/proc/nowhere"), "{error}");

    let taken = dir.path().join("taken");
    let owner = build(&taken).unwrap();
    let BuildError::Buffer(error) = build(&taken).unwrap_err() else {
        panic!("not the buffer")
    };
    assert!(error.as_buffer_error().is_locked());
    assert!(
        error.to_string().contains(&std::process::id().to_string()),
        "{error}"
    );
    owner.close(CLOSE).wait();
    drop(build(&taken).unwrap());
}

#[test]
fn the_namespace_is_in_front_of_the_channel_also_after_an_outage() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let bare = client(&server);
    let prod = bare.namespace("prod").unwrap();
    let mut ear = Ear::on(&server);
    let publisher = open(&prod, &dir);
    deliver(&publisher, 0);
    assert_eq!(ear.next(), ("prod.ticks".to_owned(), "{\"n\":0}".to_owned()));
    server.kill();
    buffer_all(&publisher, 1..3);
    assert_eq!(publisher.close(CLOSE).wait().buffered, 2);

    // Its events would go to channels nobody meant.
    for other in [bare.clone(), bare.namespace("test").unwrap()] {
        let error = EventPublisher::builder(&other)
            .buffer(dir.path())
            .build()
            .unwrap_err();
        assert!(
            matches!(&error, BuildError::Namespace { theirs, .. } if theirs == "prod"),
            "{error}"
        );
    }

    server.restart();
    let mut ear = Ear::on(&server);
    let publisher = open(&prod, &dir);
    assert_eq!(ear.next(), ("prod.ticks".to_owned(), "{\"n\":1}".to_owned()));
    assert_eq!(ear.next().0, "prod.ticks");
    assert_eq!(publisher.close(CLOSE).wait().buffered, 0);
    // Nothing in it belongs to anybody any more.
    drop(open(&bare, &dir));
}

#[test]
fn a_publisher_that_is_dropped_in_an_outage_keeps_what_it_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = nowhere();
    let publisher = open(&nowhere, &dir);
    let receipts = publish(&publisher, 0..1000);
    drop(publisher);
    for receipt in receipts {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    let buffer = || redis_client::buffer::FallbackBuffer::open(dir.path());
    eventually("the thread has let go of the buffer", || buffer().is_ok());
    assert_eq!(buffer().unwrap().len().unwrap(), 1000);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "shows that receipts are awaited on any runtime"
)]
fn a_full_queue_says_so_and_tells_when_there_is_room() {
    let server = RedisServer::start();
    let client = client(&server);
    let publisher = EventPublisher::builder(&client).queue_events(10).build().unwrap();
    deliver(&publisher, 0);
    server.pause();
    let held = publish(&publisher, 1..11);
    let error = publisher.publish(&Tick { n: 11 }).unwrap_err();
    assert!(
        matches!(
            error,
            PublishError::QueueFull {
                events: 10,
                events_max: 10,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.is_transient());
    assert_eq!(publisher.publish_batch(&[Tick { n: 11 }]).unwrap_err(), error);
    let waiting = {
        let publisher = publisher.clone();
        std::thread::spawn(move || publisher.publish_blocking(&Tick { n: 11 }).unwrap())
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let room = publisher.ready();
    server.resume();
    runtime.block_on(room);
    assert!(waiting.join().unwrap().wait().unwrap().is_delivered());
    let outcomes = runtime.block_on(async {
        let mut outcomes = Vec::new();
        for receipt in held {
            outcomes.push(receipt.await.unwrap());
        }
        outcomes
    });
    assert!(
        outcomes
            .iter()
            .all(redis_client::publisher::Outcome::is_delivered)
    );
}

#[test]
fn a_batch_is_accepted_whole_or_not_at_all() {
    let server = RedisServer::start();
    let mut ear = Ear::on(&server);
    let publisher = EventPublisher::builder(&client(&server))
        .queue_events(5)
        .build()
        .unwrap();
    let ticks = |range: std::ops::Range<u64>| range.map(|n| Tick { n }).collect::<Vec<_>>();
    let error = publisher.publish_batch(&ticks(0..6)).unwrap_err();
    assert!(
        matches!(
            error,
            PublishError::BatchTooLarge {
                events: 6,
                events_max: 5,
                ..
            }
        ),
        "{error:?}"
    );
    let receipts = publisher.publish_batch(&ticks(0..5)).unwrap();
    let numbers: Vec<u64> = receipts
        .into_iter()
        .map(|receipt| receipt.wait().unwrap().sequence())
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(ear.until(4), [0, 1, 2, 3, 4]);
}

#[test]
fn closing_waits_for_no_attempt_to_connect_when_there_is_nothing_to_send() {
    // Accepts and never answers; the attempt would take an hour.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(listener.local_addr().unwrap().port())
        .connect_timeout(Duration::from_hours(1))
        .build()
        .unwrap();
    let publisher = EventPublisher::new(&client).unwrap();
    let report = publisher.close(Duration::from_hours(1)).wait();
    assert_eq!((report.buffered, report.in_time), (0, true));
}

#[test]
fn a_flush_ends_when_all_before_it_is_answered() {
    let server = RedisServer::start();
    let publisher = EventPublisher::new(&client(&server)).unwrap();
    let receipts = publish(&publisher, 0..2000);
    publisher.flush().wait();
    assert!(receipts.iter().all(|receipt| receipt.try_get().is_some()));
    assert_eq!(publisher.stats().delivered, 2000);
}

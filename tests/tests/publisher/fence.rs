//! Fenced publishers on real servers: each event once, whatever is lost on the way.
//!
//! An ear on the server counts what reaches it. Where the fence itself is lost, the publisher must say so.

use std::fs;
use std::path::Path;
use std::time::Duration;

use redis_client::buffer::adopt;
use redis_client::publisher::{Backoff, BuildError, EventPublisherBuilder, Outage, PublishError, State};
use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::fault::gate::Gate;
use redis_client_tests::{Builder, RedisServer, eventually, fence_servers};

use crate::support::{Ear, Large, Tick, publish};

/// A process that another test starts holds, for the moment between fork and exec, what this one has open: so also the lock of
/// a publisher that has just ended.
fn fenced(port: u16, dir: &Path) -> EventPublisher {
    let mut publisher = None;
    eventually("the directory is free", || {
        match builder(port).buffer(dir).fence().build() {
            Err(BuildError::Buffer(error)) if error.as_buffer_error().is_locked() => {}
            built => publisher = Some(built.unwrap()),
        }
        publisher.is_some()
    });
    publisher.unwrap()
}

fn builder(port: u16) -> EventPublisherBuilder {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(port)
        .build()
        .unwrap();
    quick(&client)
}

fn quick(client: &RedisClient) -> EventPublisherBuilder {
    EventPublisher::builder(client).backoff(Backoff::new(Duration::from_millis(1), Duration::from_millis(5)))
}

/// Publishes and waits for every answer.
#[track_caller]
fn deliver(publisher: &EventPublisher, range: std::ops::Range<u64>) {
    for receipt in publish(publisher, range) {
        let outcome = receipt.wait().unwrap();
        assert!(outcome.is_delivered(), "{outcome:?}");
    }
}

/// Publishes into an outage.
#[track_caller]
fn keep(publisher: &EventPublisher, range: std::ops::Range<u64>) {
    for receipt in publish(publisher, range) {
        let outcome = receipt.wait().unwrap();
        assert!(outcome.is_buffered(), "{outcome:?}");
    }
}

/// A copy, as a backup makes it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[track_caller]
fn close(publisher: &EventPublisher) {
    assert_eq!(publisher.close(Duration::from_secs(10)).wait().buffered, 0);
}

/// Rounds of: the server takes events, and the replies are lost with the connection. What the ear hears, and how many duplicates
/// the publisher says were refused.
fn replies_are_lost(
    server: &RedisServer,
    publisher: impl Fn(u16, &Path) -> EventPublisher,
) -> (Vec<u64>, u64) {
    let gate = Gate::to(server.port());
    let dir = tempfile::tempdir().unwrap();
    let mut ear = Ear::on(server);
    let publisher = publisher(gate.port(), dir.path());
    for round in 0..10_u64 {
        let first = round * 100;
        deliver(&publisher, first..first + 10);
        gate.swallow_replies();
        let receipts = publish(&publisher, first + 10..first + 60);
        // The server has the first batch, at least.
        ear.until(first + 10);
        gate.shut();
        for receipt in receipts {
            assert!(receipt.wait().unwrap().is_buffered());
        }
        keep(&publisher, first + 60..first + 100);
        gate.open();
        eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
    }
    deliver(&publisher, 1000..1001);
    let stats = publisher.stats();
    assert_eq!(stats.fence_losses, 0);
    close(&publisher);
    (ear.until(1000).to_vec(), stats.duplicates_refused)
}

#[test]
fn an_event_whose_reply_is_lost_arrives_once() {
    for server in fence_servers(|builder| builder) {
        let (heard, refused) = replies_are_lost(&server, fenced);
        assert_eq!(heard, (0..=1000).collect::<Vec<_>>());
        assert!(refused >= 10, "{refused}");
    }
    // Without a fence the same story has duplicates: it tells what it is meant to tell.
    let (heard, _) = replies_are_lost(&RedisServer::start(), |port, dir| {
        builder(port).buffer(dir).build().unwrap()
    });
    assert!(heard.len() > 1001, "{}", heard.len());
}

#[test]
fn a_fenced_publisher_survives_an_outage_and_a_server_that_keeps_its_data() {
    for server in fence_servers(Builder::persistent) {
        survive_an_outage(&server);
    }
}

fn survive_an_outage(server: &RedisServer) {
    let dir = tempfile::tempdir().unwrap();
    let publisher = fenced(server.port(), dir.path());
    let mut ear = Ear::on(server);
    deliver(&publisher, 0..500);
    ear.until(499);
    server.kill();
    assert_eq!(ear.rest(), (0..500).collect::<Vec<_>>());
    keep(&publisher, 500..900);
    server.restart();
    eventually("the buffer is replayed", || {
        publisher.stats().state == State::Online
    });
    deliver(&publisher, 900..1000);
    let stats = publisher.stats();
    assert_eq!(
        (stats.replayed, stats.duplicates_refused, stats.fence_losses),
        (400, 0, 0)
    );
    close(&publisher);
    // The next process goes on where this one ended.
    let heir = fenced(server.port(), dir.path());
    deliver(&heir, 1000..1010);
    assert_eq!(heir.stats().fence_losses, 0);
}

#[test]
fn a_server_that_lost_its_data_has_lost_the_fence_and_it_is_said() {
    for server in fence_servers(|builder| builder) {
        lose_the_fence(&server);
    }
}

fn lose_the_fence(server: &RedisServer) {
    let dir = tempfile::tempdir().unwrap();
    let publisher = fenced(server.port(), dir.path());
    let mut ear = Ear::on(server);
    deliver(&publisher, 0..10);
    // While it is connected: nothing goes wrong but the fence, and no event waits for long.
    let () = redis::cmd("FLUSHALL").query(&mut server.redis()).unwrap();
    deliver(&publisher, 10..20);
    assert_eq!(
        (publisher.stats().fence_losses, publisher.stats().reconnects),
        (1, 0)
    );
    deliver(&publisher, 20..30);
    assert_eq!(ear.until(29), (0..30).collect::<Vec<_>>());
    // Between two connections.
    server.kill();
    server.restart();
    let mut ear = Ear::on(server);
    for receipt in publish(&publisher, 30..40) {
        receipt.wait().unwrap();
    }
    assert_eq!(ear.until(39), (30..40).collect::<Vec<_>>());
    eventually("replayed", || publisher.stats().buffer_events == 0);
    assert_eq!(publisher.stats().fence_losses, 2);
    close(&publisher);
    // Between two processes.
    let () = redis::cmd("FLUSHALL").query(&mut server.redis()).unwrap();
    let heir = fenced(server.port(), dir.path());
    deliver(&heir, 40..50);
    assert_eq!(heir.stats().fence_losses, 1);
    close(&heir);
    // A failover between two processes, to a replica that lagged behind.
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg("fence:*")
        .query(&mut server.redis())
        .unwrap();
    let mut fall_back = redis::cmd("HSET");
    let () = fall_back
        .arg(&keys)
        .arg("last")
        .arg("1 3")
        .query(&mut server.redis())
        .unwrap();
    let heir = fenced(server.port(), dir.path());
    deliver(&heir, 50..55);
    assert_eq!(heir.stats().fence_losses, 1);
    close(&heir);
    let heir = fenced(server.port(), dir.path());
    deliver(&heir, 55..56);
    assert_eq!(heir.stats().fence_losses, 0, "reported once");
    close(&heir);
    // Under a new id there is nothing to lose.
    adopt(dir.path()).unwrap();
    let adopted = fenced(server.port(), dir.path());
    deliver(&adopted, 56..60);
    assert_eq!(adopted.stats().fence_losses, 0);
    assert_eq!(ear.until(59), (30..60).collect::<Vec<_>>());
}

#[test]
fn a_script_that_redis_has_forgotten_is_sent_again_and_no_event_waits_for_it() {
    for server in fence_servers(|builder| builder) {
        lose_the_script(&server);
    }
}

fn lose_the_script(server: &RedisServer) {
    let dir = tempfile::tempdir().unwrap();
    let publisher = fenced(server.port(), dir.path());
    let mut ear = Ear::on(server);
    let mut connection = server.redis();
    for round in 0..20_u64 {
        let receipts = publish(&publisher, round * 1000..round * 1000 + 500);
        let () = redis::cmd("SCRIPT").arg("FLUSH").query(&mut connection).unwrap();
        for receipt in receipts
            .into_iter()
            .chain(publish(&publisher, round * 1000 + 500..round * 1000 + 1000))
        {
            assert!(receipt.wait().unwrap().is_delivered());
        }
    }
    assert_eq!(ear.until(19_999), (0..20_000).collect::<Vec<_>>());
    let stats = publisher.stats();
    assert_eq!((stats.buffered, stats.fence_losses, stats.reconnects), (0, 0, 0));
    let named: String = redis::cmd("INFO")
        .arg("commandstats")
        .query(&mut connection)
        .unwrap();
    assert!(
        named.contains("cmdstat_evalsha"),
        "it is sent by its name otherwise"
    );
}

#[test]
fn of_two_publishers_on_copies_of_a_directory_the_earlier_ends_and_keeps_what_it_accepted() {
    for server in fence_servers(|builder| builder) {
        use_a_copy(&server);
    }
}

fn use_a_copy(server: &RedisServer) {
    let mut ear = Ear::on(server);
    let dirs = tempfile::tempdir().unwrap();
    let (original, copied) = (dirs.path().join("original"), dirs.path().join("copy"));
    let first = fenced(server.port(), &original);
    deliver(&first, 0..10);
    copy(&original, &copied);
    let second = fenced(server.port(), &copied);
    deliver(&second, 10..20);

    let receipts: Vec<_> = (100..110)
        .map_while(|n| first.publish(&Tick { n }).ok())
        .collect();
    let accepted = receipts.len() as u64;
    assert!(accepted > 0);
    for receipt in receipts {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    assert_eq!(first.stats().state, State::Fenced);
    assert!(matches!(first.stats().outage, Some(Outage::Fenced)));
    assert_eq!(first.publish(&Tick { n: 0 }).unwrap_err(), PublishError::Fenced);
    assert_eq!(first.close(Duration::from_secs(5)).wait().buffered, accepted);
    deliver(&second, 20..30);

    // Starting it again, however often, changes nothing: its epoch rises beyond the other's, and the owner is a stranger.
    for _ in 0..4 {
        let again = fenced(server.port(), &original);
        eventually("it is fenced", || again.stats().state == State::Fenced);
        assert_eq!(again.close(Duration::from_secs(5)).wait().buffered, accepted);
    }
    deliver(&second, 30..40);
    assert_eq!(ear.until(39), (0..40).collect::<Vec<_>>());

    adopt(&original).unwrap();
    let adopted = fenced(server.port(), &original);
    eventually("what it kept is sent", || adopted.stats().replayed == accepted);
    assert_eq!(adopted.stats().fence_losses, 0);
    deliver(&second, 40..41);
    let heard: Vec<u64> = ear.until(40).iter().copied().skip(40).collect();
    assert_eq!(heard, (100..100 + accepted).chain([40]).collect::<Vec<_>>());
}

/// What happened: a copy that was started during an outage raised its epoch beyond the original's, took the fence over, and
/// took its own new events for published, since the original's `last` was above their pairs.
#[test]
fn a_restored_copy_that_was_started_often_is_fenced_and_loses_nothing() {
    for server in fence_servers(|builder| builder) {
        restore_a_copy(&server);
    }
}

fn restore_a_copy(server: &RedisServer) {
    let dirs = tempfile::tempdir().unwrap();
    let (original, restored) = (dirs.path().join("original"), dirs.path().join("restored"));
    close(&fenced(server.port(), &original));
    copy(&original, &restored);
    let publisher = fenced(server.port(), &original);
    deliver(&publisher, 0..100);
    close(&publisher);

    // An outage, as the restored one sees it.
    for round in 0..5 {
        let offline = fenced(1, &restored);
        keep(&offline, 200 + round..201 + round);
        assert_eq!(offline.close(Duration::from_secs(5)).wait().buffered, round + 1);
    }
    let publisher = fenced(server.port(), &restored);
    eventually("it is fenced", || publisher.stats().state == State::Fenced);
    assert_eq!(publisher.close(Duration::from_secs(5)).wait().buffered, 5);
    adopt(&restored).unwrap();
    let mut ear = Ear::on(server);
    let publisher = fenced(server.port(), &restored);
    assert_eq!(ear.until(204), [200, 201, 202, 203, 204]);
    close(&publisher);
}

#[test]
fn a_fenced_directory_is_not_opened_unfenced_and_an_unfenced_one_can_become_fenced() {
    for server in fence_servers(|builder| builder) {
        open_unfenced(&server);
    }
}

fn open_unfenced(server: &RedisServer) {
    let dir = tempfile::tempdir().unwrap();
    let unfenced = builder(1).buffer(dir.path()).build().unwrap();
    keep(&unfenced, 0..10);
    unfenced.close(Duration::from_secs(5)).wait();
    let mut ear = Ear::on(server);
    let publisher = fenced(server.port(), dir.path());
    deliver_or_keep(&publisher, 10..20);
    assert_eq!(ear.until(19), (0..20).collect::<Vec<_>>());
    close(&publisher);
    let error = builder(server.port()).buffer(dir.path()).build().unwrap_err();
    assert!(matches!(error, BuildError::Fenced { .. }), "{error}");
    assert!(error.to_string().contains("fenced"), "{error}");
}

fn deliver_or_keep(publisher: &EventPublisher, range: std::ops::Range<u64>) {
    for receipt in publish(publisher, range) {
        receipt.wait().unwrap();
    }
}

#[test]
fn without_memory_nothing_is_published_and_afterwards_all_of_it_once() {
    for server in fence_servers(|builder| builder) {
        run_out_of_memory(&server);
    }
}

fn run_out_of_memory(server: &RedisServer) {
    let dir = tempfile::tempdir().unwrap();
    let publisher = fenced(server.port(), dir.path());
    let mut ear = Ear::on(server);
    let mut connection = server.redis();
    let mut limit = |bytes: &str| {
        let () = redis::cmd("CONFIG")
            .arg(&["SET", "maxmemory", bytes])
            .query(&mut connection)
            .unwrap();
    };
    for round in 0..5 {
        let first = round * 100;
        deliver(&publisher, first..first + 10);
        limit("1");
        keep(&publisher, first + 10..first + 90);
        limit("0");
        eventually("replayed", || publisher.stats().buffer_events == 0);
        deliver(&publisher, first + 90..first + 100);
    }
    assert_eq!(ear.until(499), (0..500).collect::<Vec<_>>());
    let stats = publisher.stats();
    assert_eq!(stats.fence_losses, 0);
}

#[test]
fn a_channel_without_permission_holds_up_what_is_behind_it_and_doubles_nothing() {
    let rules = "on >secret ~fence:* resetchannels &ticks +@all";
    for server in fence_servers(|builder| builder.user("desk", rules)) {
        meet_a_shut_channel(&server);
    }
}

fn meet_a_shut_channel(server: &RedisServer) {
    let dir = tempfile::tempdir().unwrap();
    let offline = fenced(1, dir.path());
    keep(&offline, 0..3);
    let refused = Large {
        text: "{\"n\":3}".to_owned(),
    };
    assert!(offline.publish(&refused).unwrap().wait().unwrap().is_buffered());
    keep(&offline, 4..6);
    offline.close(Duration::from_secs(5)).wait();

    let mut ear = Ear::on(server);
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(server.port())
        .user("desk")
        .password("secret")
        .build()
        .unwrap();
    let publisher = quick(&client).buffer(dir.path()).fence().build().unwrap();
    eventually("what is in front of it is sent", || {
        publisher.stats().buffer_events == 3
    });
    eventually("it is an outage", || publisher.stats().outage.is_some());
    assert_eq!(ear.until(2), [0, 1, 2]);
    let stats = publisher.stats();
    assert_eq!((stats.replayed, stats.dead_letters), (3, 0), "{:?}", stats.outage);

    let () = redis::cmd("ACL")
        .arg(&["SETUSER", "desk", "&large"])
        .query(&mut server.redis())
        .unwrap();
    eventually("all of it is sent", || publisher.stats().buffer_events == 0);
    assert_eq!(ear.next().0, "large");
    assert_eq!(ear.until(5), [0, 1, 2, 4, 5]);
    assert_eq!(publisher.stats().duplicates_refused, 0);
}

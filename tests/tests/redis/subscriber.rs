//! [`EventSubscriber`]: what a reader sees while messages come, and while the server does not.

use crate::support::{BRIEF, NOBODY, PATIENT, SLACK, client, kill_clients};
use redis_client::client::{Error, Received};
use redis_client::{EventSet, EventSubscriber, RedisClient, RedisConnectionError, RedisEvent, redis};
use redis_client_tests::{RedisServer, eventually};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk.opened")]
struct Opened {
    desk: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk.{desk}.heartbeat")]
struct Heartbeat {
    desk: u32,
    beat: u64,
}

#[derive(Clone, Debug, PartialEq, EventSet)]
enum Desk {
    Opened(Opened),
    Heartbeat(Heartbeat),
}

/// How long a silent subscription waits before it asks, and then for the answer: short to wait for, long for a loaded machine.
const PING_AFTER: Duration = Duration::from_millis(400);

/// Publishes beside the code under test, and says how many received it.
fn publish(server: &RedisServer, channel: &str, payload: &str) -> i64 {
    redis::cmd("PUBLISH")
        .arg(channel)
        .arg(payload)
        .query(&mut server.redis())
        .unwrap()
}

/// The next item, which must come.
async fn next<S: EventSet>(subscriber: &mut EventSubscriber<S>) -> Received<S> {
    let next = tokio::time::timeout(PATIENT, subscriber.next()).await;
    next.expect("an item comes in time").expect("the stream goes on")
}

/// A reader of desks that open, which waits and asks as `patience` says.
async fn listening(server: &RedisServer, patience: Duration) -> EventSubscriber<Opened> {
    EventSubscriber::subscribe(&client(server, patience))
        .await
        .unwrap()
}

fn opened(desk: u32) -> Received<Opened> {
    Received::Event(Opened { desk })
}

#[tokio::test]
async fn what_is_published_after_subscribing_is_received_in_order() {
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PATIENT).await;
    for desk in 0..100 {
        assert_eq!(
            publish(&server, "desk.opened", &format!(r#"{{"desk":{desk}}}"#)),
            1
        );
    }
    for desk in 0..100 {
        assert_eq!(next(&mut subscriber).await, opened(desk));
    }
}

#[tokio::test]
async fn a_set_takes_plain_and_templated_channels_and_leaves_others_alone() {
    let server = RedisServer::start();
    let mut subscriber = EventSubscriber::<Desk>::subscribe(&client(&server, PATIENT))
        .await
        .unwrap();
    publish(&server, "desk.7.heartbeat", r#"{"desk":7,"beat":1}"#);
    publish(&server, "desk.closed", r#"{"desk":7}"#);
    publish(
        &server,
        "desk.opened",
        r#"{"desk":7,"by":"a reader ignores what it does not know"}"#,
    );
    let heartbeat = Desk::Heartbeat(Heartbeat { desk: 7, beat: 1 });
    assert_eq!(next(&mut subscriber).await, Received::Event(heartbeat));
    assert_eq!(
        next(&mut subscriber).await,
        Received::Event(Desk::Opened(Opened { desk: 7 }))
    );
}

#[tokio::test]
async fn a_message_that_is_no_event_is_handed_over_as_it_came() {
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PATIENT).await;
    let mut check = async |payload: &[u8]| {
        let _: i64 = redis::cmd("PUBLISH")
            .arg("desk.opened")
            .arg(payload)
            .query(&mut server.redis())
            .unwrap();
        let Received::Invalid {
            channel,
            payload: received,
            error,
        } = next(&mut subscriber).await
        else {
            panic!("{}", String::from_utf8_lossy(payload))
        };
        assert_eq!(channel, "desk.opened");
        assert_eq!(received, payload);
        assert!(!error.to_string().is_empty());
    };
    check(b"no json").await;
    check(b"{\"desk\":\"seven\"}").await;
    check(b"{}").await;
    check(b"").await;
    check(&[0xff, 0xfe]).await;
    publish(&server, "desk.opened", r#"{"desk":1}"#);
    assert_eq!(next(&mut subscriber).await, opened(1));
}

#[tokio::test]
async fn a_namespace_is_on_the_channel_and_not_in_the_event() {
    let server = RedisServer::start();
    let prod = client(&server, PATIENT).namespace("prod").unwrap();
    let mut subscriber = EventSubscriber::<Desk>::subscribe(&prod).await.unwrap();
    assert_eq!(publish(&server, "desk.opened", r#"{"desk":1}"#), 0);
    assert_eq!(publish(&server, "test.desk.opened", r#"{"desk":2}"#), 0);
    assert_eq!(publish(&server, "prod.desk.opened", r#"{"desk":3}"#), 1);
    assert_eq!(
        publish(&server, "prod.desk.4.heartbeat", r#"{"desk":4,"beat":0}"#),
        1
    );
    assert_eq!(publish(&server, "prod.desk.opened", "{}"), 1);
    assert_eq!(
        next(&mut subscriber).await,
        Received::Event(Desk::Opened(Opened { desk: 3 }))
    );
    let heartbeat = Desk::Heartbeat(Heartbeat { desk: 4, beat: 0 });
    assert_eq!(next(&mut subscriber).await, Received::Event(heartbeat));
    let Received::Invalid { channel, .. } = next(&mut subscriber).await else {
        panic!("it is no event")
    };
    assert_eq!(channel, "desk.opened");
}

/// A connection that was closed is replaced, and the reader is told that something may be missing.
#[tokio::test(flavor = "multi_thread")]
async fn it_subscribes_again_by_itself_and_says_so() {
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PATIENT).await;
    publish(&server, "desk.opened", r#"{"desk":1}"#);
    assert_eq!(next(&mut subscriber).await, opened(1));

    assert_eq!(kill_clients(&server, "pubsub"), 1);
    assert_eq!(next(&mut subscriber).await, Received::Reconnected);
    assert_eq!(publish(&server, "desk.opened", r#"{"desk":2}"#), 1);
    assert_eq!(next(&mut subscriber).await, opened(2));

    server.restart();
    assert_eq!(next(&mut subscriber).await, Received::Reconnected);
    assert_eq!(publish(&server, "desk.opened", r#"{"desk":3}"#), 1);
    assert_eq!(next(&mut subscriber).await, opened(3));
}

/// What was received before the loss is not lost with the connection.
#[tokio::test(flavor = "multi_thread")]
async fn what_lies_in_the_queue_survives_the_connection() {
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PATIENT).await;
    for desk in 1..=3 {
        publish(&server, "desk.opened", &format!(r#"{{"desk":{desk}}}"#));
    }
    eventually("all are queued", || {
        format!("{subscriber:?}").contains("waiting: 3")
    });
    server.restart();
    for desk in 1..=3 {
        assert_eq!(next(&mut subscriber).await, opened(desk));
    }
    assert_eq!(next(&mut subscriber).await, Received::Reconnected);
}

/// A half-open connection: the socket stands, nobody answers, and no message would ever tell.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_died_silently_is_found_and_replaced() {
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PING_AFTER).await;
    let before = local_ports(&server);
    assert_eq!(before.len(), 1, "{before:?}");
    // Nobody closes anything now, so only an unanswered ping can tell. That it was missed shows in the kernel: another connection,
    // which a paused server's backlog takes and nobody serves.
    server.pause();
    eventually("another connection is tried", || {
        local_ports(&server).iter().any(|port| !before.contains(port))
    });
    server.resume();
    assert_eq!(next(&mut subscriber).await, Received::Reconnected);
    // The server may not have noticed yet that the old connection is gone.
    assert!(publish(&server, "desk.opened", r#"{"desk":1}"#) >= 1);
    assert_eq!(next(&mut subscriber).await, opened(1));
}

/// The local ports of established connections to the server. The kernel's list is no snapshot: it may miss one while others come and
/// go, but makes none up.
fn local_ports(server: &RedisServer) -> Vec<String> {
    let connections = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let remote_end = format!(":{:04X}", server.port());
    let mut ports: Vec<String> = connections
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|fields| fields[2].ends_with(&remote_end) && fields[3] == "01")
        .map(|fields| fields[1].to_owned())
        .collect();
    ports.sort();
    ports
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_alone_is_no_loss() {
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PING_AFTER).await;
    let pings = || -> u32 {
        let stats: String = redis::cmd("INFO")
            .arg("commandstats")
            .query(&mut server.redis())
            .unwrap();
        let calls = stats
            .lines()
            .find_map(|line| line.strip_prefix("cmdstat_ping:calls="))
            .unwrap_or("0");
        calls.split(',').next().unwrap().parse().unwrap()
    };
    // The harness has pinged too, and so has the handshake.
    let before = pings();
    let pings = || pings() >= before + 2;
    eventually("several pings", pings);
    assert_eq!(publish(&server, "desk.opened", r#"{"desk":1}"#), 1);
    assert_eq!(next(&mut subscriber).await, opened(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_is_told_how_many_were_dropped() {
    let server = RedisServer::start();
    let mut subscriber = EventSubscriber::<Opened>::builder(&client(&server, PATIENT))
        .queue_capacity(3)
        .subscribe()
        .await
        .unwrap();
    for desk in 1..=10 {
        publish(&server, "desk.opened", &format!(r#"{{"desk":{desk}}}"#));
    }
    eventually("all have come", || {
        format!("{subscriber:?}").contains("dropped: 7")
    });
    assert_eq!(next(&mut subscriber).await, Received::Lagged(7));
    for desk in 8..=10 {
        assert_eq!(next(&mut subscriber).await, opened(desk));
    }
    let none = EventSubscriber::<Opened>::builder(&client(&server, PATIENT))
        .queue_capacity(0)
        .subscribe()
        .await;
    assert!(matches!(none.unwrap_err(), Error::Config(_)));
}

#[tokio::test]
async fn without_a_server_subscribing_fails_by_its_deadline() {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(NOBODY)
        .response_timeout(BRIEF)
        .build()
        .unwrap();
    let started = Instant::now();
    let error = EventSubscriber::<Opened>::subscribe(&client).await.unwrap_err();
    assert!(started.elapsed() < BRIEF + SLACK, "{:?}", started.elapsed());
    assert!(
        matches!(error, Error::Connection(RedisConnectionError::Unreachable { .. })),
        "{error:?}"
    );

    let mute = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(mute.local_addr().unwrap().port())
        .response_timeout(BRIEF)
        .build()
        .unwrap();
    let started = Instant::now();
    let error = EventSubscriber::<Opened>::subscribe(&client).await.unwrap_err();
    assert!(started.elapsed() < BRIEF + SLACK, "{:?}", started.elapsed());
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribing_bridges_a_restart() {
    let server = RedisServer::start();
    server.kill();
    let client = client(&server, PATIENT);
    let subscribing = tokio::spawn(async move { EventSubscriber::<Opened>::subscribe(&client).await });
    server.restart();
    let mut subscriber = subscribing.await.unwrap().unwrap();
    assert_eq!(publish(&server, "desk.opened", r#"{"desk":1}"#), 1);
    assert_eq!(next(&mut subscriber).await, opened(1));
}

#[tokio::test]
async fn a_forbidden_channel_and_a_wrong_password_are_told_at_once() {
    let server = RedisServer::builder()
        .user("reader", "on >letmein ~* +@all &other.*")
        .start();
    let client = |password: &str| {
        let builder = RedisClient::builder().host(server.host()).port(server.port());
        builder.user("reader").password(password).build().unwrap()
    };
    let started = Instant::now();
    let error = EventSubscriber::<Desk>::subscribe(&client("letmein"))
        .await
        .unwrap_err();
    let Error::Rejected {
        command,
        server: refusal,
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!((command.as_str(), refusal.code()), ("SUBSCRIBE", "NOPERM"));
    let error = EventSubscriber::<Heartbeat>::subscribe(&client("letmein"))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Rejected { command, .. } if command == "PSUBSCRIBE"),
        "{error:?}"
    );
    let error = EventSubscriber::<Desk>::subscribe(&client("guess"))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Connection(error) if error.is_authentication()),
        "{error:?}"
    );
    assert!(started.elapsed() < SLACK, "{:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_subscriber_is_gone_from_the_server() {
    let server = RedisServer::start();
    let subscriber = listening(&server, PATIENT).await;
    let subscribers = || -> i64 {
        let (_, count): (String, i64) = redis::cmd("PUBSUB")
            .arg("NUMSUB")
            .arg("desk.opened")
            .query(&mut server.redis())
            .unwrap();
        count
    };
    assert_eq!(subscribers(), 1);
    drop(subscriber);
    eventually("it is gone", || subscribers() == 0);
}

#[tokio::test]
async fn it_is_a_stream() {
    use std::pin::Pin;
    fn poll<S: futures_core::Stream + Unpin>(stream: &mut S) -> impl Future<Output = Option<S::Item>> {
        std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context))
    }
    let server = RedisServer::start();
    let mut subscriber = listening(&server, PATIENT).await;
    publish(&server, "desk.opened", r#"{"desk":1}"#);
    assert_eq!(poll(&mut subscriber).await, Some(opened(1)));
}

#[tokio::test]
async fn channels_may_be_named_and_messages_seen_as_they_came() {
    let server = RedisServer::start();
    let prod = client(&server, PATIENT).namespace("prod").unwrap();
    let builder = || EventSubscriber::<Desk>::builder(&prod);
    let mut some = builder()
        .channels(["desk.7.heartbeat", "desk.1*"])
        .subscribe()
        .await
        .unwrap();
    let beat = |desk: u32| format!(r#"{{"desk":{desk},"beat":0}}"#);
    assert_eq!(publish(&server, "prod.desk.8.heartbeat", &beat(8)), 0);
    assert_eq!(publish(&server, "desk.7.heartbeat", &beat(7)), 0);
    assert_eq!(publish(&server, "prod.desk.7.heartbeat", &beat(7)), 1);
    assert_eq!(publish(&server, "prod.desk.11.heartbeat", &beat(11)), 1);
    for desk in [7, 11] {
        let heartbeat = Desk::Heartbeat(Heartbeat { desk, beat: 0 });
        assert_eq!(next(&mut some).await, Received::Event(heartbeat));
    }
    // What is no event is a message all the same.
    assert_eq!(publish(&server, "prod.desk.1", "anything"), 1);
    let seen = tokio::time::timeout(PATIENT, some.next_message()).await.unwrap();
    let Some(Received::Event(message)) = seen else {
        panic!("{seen:?}")
    };
    assert_eq!(
        (message.channel.as_str(), message.payload.as_slice()),
        ("desk.1", &b"anything"[..])
    );

    let none = builder()
        .channels(Vec::<String>::new())
        .subscribe()
        .await
        .unwrap_err();
    assert!(matches!(none, Error::Config(_)), "{none:?}");
}

#[test]
fn it_ends_with_the_runtime_that_feeds_it() {
    let server = RedisServer::start();
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let first = runtime();
    let client = client(&server, PATIENT);
    let subscribing = async { EventSubscriber::<Opened>::subscribe(&client).await.unwrap() };
    let mut subscriber = tokio::task::LocalSet::new().block_on(&first, subscribing);
    drop(first);
    let ended = async { tokio::time::timeout(PATIENT, subscriber.next()).await };
    assert_eq!(
        tokio::task::LocalSet::new().block_on(&runtime(), ended).unwrap(),
        None
    );
}

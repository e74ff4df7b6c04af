//! The blocking facade: the same answers without a runtime, and advice where it must not be used.

use crate::support::PATIENT;
use redis_client::blocking::{EventSubscriber, FeatureCache, RedisClient};
use redis_client::client::{Error, Fate, Received};
use redis_client::{Features, RedisEvent, redis};
use redis_client_tests::{RedisServer, eventually};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk.opened")]
struct Opened {
    desk: u32,
}

fn client(server: &RedisServer) -> RedisClient {
    RedisClient::builder()
        .host(server.host())
        .port(server.port())
        .response_timeout(PATIENT)
        .build()
        .unwrap()
}

#[test]
fn commands_are_answered() {
    let server = RedisServer::start();
    let client = client(&server);
    client.ping().unwrap();
    let n: i64 = client.command(redis::cmd("INCR").arg("n")).unwrap();
    assert_eq!(n, 1);
    assert!(client.health().unwrap().version.is_some());
    let mut dedicated = client.dedicated().unwrap();
    let () = dedicated.command(redis::cmd("SELECT").arg(1)).unwrap();
    let none: Option<i64> = dedicated.command(redis::cmd("GET").arg("n")).unwrap();
    assert_eq!(none, None);
    let job: Option<(String, String)> = dedicated
        .command_within(redis::cmd("BLPOP").arg("jobs").arg(0.01), PATIENT)
        .unwrap();
    assert_eq!(job, None);
    let refused = client
        .command::<()>(redis::cmd("BLPOP").arg("jobs").arg(0))
        .unwrap_err();
    assert_eq!(refused.fate(), Some(Fate::NotSent));
}

#[test]
fn one_client_serves_many_threads_through_a_restart() {
    let server = RedisServer::start();
    let client = client(&server);
    std::thread::scope(|scope| {
        for thread in 0..8_i64 {
            let client = client.clone();
            scope.spawn(move || {
                for turn in 0..50 {
                    let mine = thread * 1000 + turn;
                    let echoed: i64 = client.command(redis::cmd("ECHO").arg(mine)).unwrap();
                    assert_eq!(echoed, mine);
                }
            });
        }
    });
    server.restart();
    let echoed: String = client.command(redis::cmd("ECHO").arg("back")).unwrap();
    assert_eq!(echoed, "back");
}

#[test]
fn a_cache_is_filled_by_a_computation_that_may_use_the_client() {
    let server = RedisServer::start();
    let client = client(&server);
    let cache = FeatureCache::new(&client);
    let features: Features = cache
        .get_or_compute("AAPL", "2025-01-17", || {
            let n: i64 = client.command(redis::cmd("INCR").arg("computed"))?;
            Ok::<_, Error>(Features::from_iter([("n", f64::from(i32::try_from(n).unwrap()))]))
        })
        .unwrap();
    assert_eq!(features.get("n"), Some(1.0));
    assert_eq!(cache.get("AAPL", "2025-01-17").unwrap(), Some(features.clone()));
    cache.set_many([("MSFT", &features)], "2025-01-17").unwrap();
    assert_eq!(
        cache.get_many(["MSFT", "GOOG"], "2025-01-17").unwrap(),
        [Some(features), None]
    );
    assert!(cache.invalidate("AAPL", "2025-01-17").unwrap());
    assert!(matches!(cache.get("A:B", "2025-01-17"), Err(Error::Key(_))));
    let stats = cache.stats();
    assert_eq!((stats.computed, stats.writes, stats.hits), (1, 2, 2));
}

#[test]
fn a_subscription_receives_while_nobody_reads() {
    let server = RedisServer::start();
    let mut subscriber = EventSubscriber::<Opened>::subscribe(&client(&server)).unwrap();
    for desk in 1..=3 {
        let payload = format!(r#"{{"desk":{desk}}}"#);
        let receivers: i64 = redis::cmd("PUBLISH")
            .arg("desk.opened")
            .arg(payload)
            .query(&mut server.redis())
            .unwrap();
        assert_eq!(receivers, 1);
    }
    eventually("all have come", || {
        format!("{subscriber:?}").contains("waiting: 3")
    });
    assert_eq!(subscriber.next(), Some(Received::Event(Opened { desk: 1 })));
    assert_eq!(
        subscriber.next_within(PATIENT),
        Some(Received::Event(Opened { desk: 2 }))
    );
    let rest: Vec<_> = subscriber.by_ref().take(1).collect();
    assert_eq!(rest, [Received::Event(Opened { desk: 3 })]);
    assert_eq!(subscriber.next_within(Duration::from_millis(10)), None);
    server.restart();
    assert_eq!(subscriber.next(), Some(Received::Reconnected));
}

/// Waiting inside an async context would stop other tasks, so it is refused there with advice, and works where the advice points.
#[test]
fn inside_an_async_context_it_panics_with_advice() {
    let server = RedisServer::start();
    let client = client(&server);
    let check = |runtime: tokio::runtime::Runtime| {
        let inside = client.clone();
        let refused = runtime.spawn(async move { inside.ping() });
        let allowed = {
            let inside = client.clone();
            runtime.spawn_blocking(move || inside.ping())
        };
        // Joined from outside, since waiting is what this thread may do.
        eventually("both have ended", || {
            // A current-thread runtime only runs while something is driven.
            drive(&runtime);
            refused.is_finished() && allowed.is_finished()
        });
        let (refused, allowed) = outcome(&runtime, refused, allowed);
        let message = refused.unwrap_err().into_panic();
        let message = message
            .downcast_ref::<&str>()
            .copied()
            .or(message.downcast_ref::<String>().map(String::as_str));
        assert!(message.unwrap().contains("spawn_blocking"), "{message:?}");
        allowed.unwrap().unwrap();
    };
    check(
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap(),
    );
    check(
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap(),
    );
    client.ping().unwrap();
}

type Ended = Result<Result<(), Error>, tokio::task::JoinError>;

fn drive(runtime: &tokio::runtime::Runtime) {
    tokio::task::LocalSet::new().block_on(runtime, tokio::task::yield_now());
}

fn outcome(
    runtime: &tokio::runtime::Runtime,
    refused: tokio::task::JoinHandle<Result<(), Error>>,
    allowed: tokio::task::JoinHandle<Result<(), Error>>,
) -> (Ended, Ended) {
    tokio::task::LocalSet::new().block_on(runtime, async { (refused.await, allowed.await) })
}

//! [`FeatureCache`]: what is stored and for how long, what is read back, and what happens to what should not be there.

use crate::support::{BRIEF, NOBODY, PATIENT, client};
use redis_client::client::{ConnectionState, Error};
use redis_client::{Date, FeatureCache, Features, RedisClient, redis};
use redis_client_tests::{RedisServer, eventually};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

const DAY: &str = "2025-01-17";

fn features(beta: f64) -> Features {
    Features::from_iter([("beta", beta), ("momentum_5d", -0.25)])
}

/// Stores bytes beside the code under test.
fn store(server: &RedisServer, key: &str, value: &[u8]) {
    let () = redis::cmd("SET")
        .arg(key)
        .arg(value)
        .query(&mut server.redis())
        .unwrap();
}

fn stored(server: &RedisServer, key: &str) -> Option<Vec<u8>> {
    redis::cmd("GET").arg(key).query(&mut server.redis()).unwrap()
}

fn lifetime_ms(server: &RedisServer, key: &str) -> i64 {
    redis::cmd("PTTL").arg(key).query(&mut server.redis()).unwrap()
}

/// How often the server has executed a command.
fn calls(server: &RedisServer, command: &str) -> u32 {
    let stats: String = redis::cmd("INFO")
        .arg("commandstats")
        .query(&mut server.redis())
        .unwrap();
    let prefix = format!("cmdstat_{command}:calls=");
    let calls = stats
        .lines()
        .find_map(|line| line.strip_prefix(prefix.as_str()))
        .unwrap_or("0");
    calls.split(',').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_entry_is_json_under_the_templates_key_for_an_hour() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    cache.set("BRK.B", DAY, &features(1.5)).await.unwrap();
    let key = "features:BRK.B:2025-01-17";
    assert_eq!(
        stored(&server, key).unwrap(),
        br#"{"beta":1.5,"momentum_5d":-0.25}"#
    );
    let lifetime = lifetime_ms(&server, key);
    assert!((3_590_000..=3_600_000).contains(&lifetime), "{lifetime}");
    assert_eq!(cache.get("BRK.B", DAY).await.unwrap(), Some(features(1.5)));
    let date: Date = DAY.parse().unwrap();
    assert_eq!(
        cache.get("BRK.B".to_owned(), &date).await.unwrap(),
        Some(features(1.5))
    );
    assert_eq!(cache.get("BRK.A", DAY).await.unwrap(), None);
    assert_eq!(cache.get("BRK.B", "2025-01-18").await.unwrap(), None);
    let stats = cache.stats();
    assert_eq!((stats.hits, stats.misses, stats.writes), (2, 2, 1));
}

#[tokio::test]
async fn an_expired_entry_is_none() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT))
        .ttl(Duration::from_millis(1))
        .unwrap();
    cache.set("AAPL", DAY, &features(1.0)).await.unwrap();
    let key = "features:AAPL:2025-01-17";
    eventually("it has expired", || lifetime_ms(&server, key) == -2);
    assert_eq!(cache.get("AAPL", DAY).await.unwrap(), None);
}

#[tokio::test]
async fn a_lifetime_is_kept_to_the_millisecond_and_jitter_spreads_it() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT))
        .ttl(Duration::from_millis(900_500))
        .unwrap();
    cache.set("AAPL", DAY, &features(1.0)).await.unwrap();
    let lifetime = lifetime_ms(&server, "features:AAPL:2025-01-17");
    assert!((890_000..=900_500).contains(&lifetime), "{lifetime}");

    let cache = cache.jitter(0.5).unwrap();
    let symbols: Vec<String> = (0..40).map(|n| format!("S{n}")).collect();
    let value = features(1.0);
    cache
        .set_many(symbols.iter().map(|symbol| (symbol.as_str(), &value)), DAY)
        .await
        .unwrap();
    let mut lifetimes: Vec<i64> = symbols
        .iter()
        .map(|symbol| lifetime_ms(&server, &format!("features:{symbol}:{DAY}")))
        .collect();
    lifetimes.sort_unstable();
    assert!(
        lifetimes[0] >= 440_000 && lifetimes[39] <= 900_500,
        "{lifetimes:?}"
    );
    // The chance that forty random lifetimes lie within a tenth of their range is nil.
    assert!(lifetimes[39] - lifetimes[0] > 45_000, "{lifetimes:?}");
}

#[tokio::test]
async fn many_are_read_in_order_and_in_one_round_trip() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    let (one, three) = (features(1.0), features(3.0));
    cache.set_many([("A", &one), ("C", &three)], DAY).await.unwrap();
    let found = cache.get_many(["A", "B", "C", "A"], DAY).await.unwrap();
    assert_eq!(
        found,
        [
            Some(features(1.0)),
            None,
            Some(features(3.0)),
            Some(features(1.0))
        ]
    );
    assert_eq!((calls(&server, "mget"), calls(&server, "get")), (1, 0));
    assert!(lifetime_ms(&server, "features:C:2025-01-17") > 3_590_000);
    assert_eq!(cache.get_many(Vec::<&str>::new(), DAY).await.unwrap(), []);
    cache
        .set_many(Vec::<(&str, &Features)>::new(), DAY)
        .await
        .unwrap();
    assert_eq!(cache.stats().writes, 2);
}

#[tokio::test]
async fn an_invalidated_entry_is_gone() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    cache.set("AAPL", DAY, &features(1.0)).await.unwrap();
    assert!(cache.invalidate("AAPL", DAY).await.unwrap());
    assert!(!cache.invalidate("AAPL", DAY).await.unwrap());
    assert_eq!(cache.get("AAPL", DAY).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_no_symbol_or_date_is_refused_before_anything_is_sent() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let cache = FeatureCache::new(&client);
    let value = features(1.0);
    let refused = |result: Result<(), Error>, what: &str| {
        assert!(matches!(result, Err(Error::Key(_))), "{what:?}: {result:?}");
    };
    for symbol in [
        "",
        "AA:PL",
        "A*",
        "A\nB",
        "A B",
        "A[B]",
        "A\\",
        "\u{e9}",
        &"A".repeat(65),
    ] {
        refused(cache.get(symbol, DAY).await.map(drop), symbol);
        refused(cache.set(symbol, DAY, &value).await, symbol);
        refused(cache.get_many(["AAPL", symbol], DAY).await.map(drop), symbol);
        refused(
            cache.set_many([("AAPL", &value), (symbol, &value)], DAY).await,
            symbol,
        );
        refused(cache.invalidate(symbol, DAY).await.map(drop), symbol);
    }
    for date in [
        "",
        "2025-02-30",
        "2025-1-17",
        "17.01.2025",
        "2025-01-17T00:00:00Z",
        "*",
        "2025-13-01",
    ] {
        refused(cache.get("AAPL", date).await.map(drop), date);
        refused(cache.set("AAPL", date, &value).await, date);
        refused(cache.get_many(["AAPL"], date).await.map(drop), date);
        refused(cache.set_many([("AAPL", &value)], date).await, date);
        refused(cache.invalidate("AAPL", date).await.map(drop), date);
    }
    assert_eq!(client.connection_state(), ConnectionState::Idle);
}

#[tokio::test]
async fn a_number_that_is_not_finite_is_never_written() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let cache = FeatureCache::new(&client);
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let value = features(number);
        let error = cache.set("AAPL", DAY, &value).await.unwrap_err();
        assert!(matches!(error, Error::Encode(_)), "{error:?}");
        let error = cache
            .set_many([("MSFT", &features(1.0)), ("AAPL", &value)], DAY)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("finite"), "{error}");
    }
    let error = FeatureCache::<[f64; 1]>::typed(&client)
        .set("AAPL", DAY, &[1.0])
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotAnObject), "{error:?}");
    assert_eq!(client.connection_state(), ConnectionState::Idle);
    assert_eq!(cache.stats().writes, 0);
}

#[tokio::test]
async fn what_python_wrote_is_read() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    let python = br#"{"beta": NaN, "up": Infinity, "down": -Infinity, "m\u00e9lange": 1, "NaN": 2.5}"#;
    store(&server, "features:AAPL:2025-01-17", python);
    let found = cache.get("AAPL", DAY).await.unwrap().unwrap();
    assert!(found.get("beta").unwrap().is_nan());
    assert_eq!(found.get("up"), Some(f64::INFINITY));
    assert_eq!(found.get("down"), Some(f64::NEG_INFINITY));
    assert_eq!(found.get("m\u{e9}lange"), Some(1.0));
    assert_eq!(found.get("NaN"), Some(2.5));
    assert_eq!(cache.stats().hits, 1);
}

#[tokio::test]
async fn bytes_that_are_no_json_object_are_deleted_and_counted() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    let key = "features:AAPL:2025-01-17";
    let wrong: [&[u8]; 9] = [
        b"",
        b"not json",
        b"{",
        b"{\"beta\": 1",
        b"[1, 2]",
        b"\"text\"",
        b"null",
        b"{\"beta\": 1} x",
        &[0xff, 0, 1],
    ];
    for (n, bytes) in (1..).zip(wrong) {
        store(&server, key, bytes);
        assert_eq!(
            cache.get("AAPL", DAY).await.unwrap(),
            None,
            "{}",
            String::from_utf8_lossy(bytes)
        );
        assert_eq!(stored(&server, key), None, "{}", String::from_utf8_lossy(bytes));
        assert_eq!(cache.stats().invalid, n);
    }
    store(&server, key, b"not json");
    cache.set("MSFT", DAY, &features(1.0)).await.unwrap();
    assert_eq!(
        cache.get_many(["AAPL", "MSFT"], DAY).await.unwrap(),
        [None, Some(features(1.0))]
    );
    assert_eq!(stored(&server, key), None);
    assert_eq!(cache.stats().misses, 0);
}

/// What it defends against: between our read and our delete, the owner writes a good value, and we delete that one.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_was_repaired_meanwhile_is_kept() {
    let server = Arc::new(RedisServer::start());
    let cache = FeatureCache::new(&client(&server, PATIENT));
    let key = "features:AAPL:2025-01-17";
    store(&server, key, b"not json");
    let blocked = |count: u32| {
        let info: String = redis::cmd("INFO")
            .arg("clients")
            .query(&mut server.redis())
            .unwrap();
        info.contains(&format!("blocked_clients:{count}"))
    };
    // Writes and scripts are held back, in the order in which they come; reads go on.
    let () = redis::cmd("CLIENT")
        .arg(&["PAUSE", "100000", "WRITE"])
        .query(&mut server.redis())
        .unwrap();
    let owner = std::thread::spawn({
        let server = Arc::clone(&server);
        move || store(&server, "features:AAPL:2025-01-17", br#"{"beta":1.0}"#)
    });
    eventually("the owner writes", || blocked(1));
    let reading = tokio::spawn({
        let cache = cache.clone();
        async move { cache.get("AAPL", DAY).await }
    });
    eventually("the cache deletes", || blocked(2));
    let () = redis::cmd("CLIENT")
        .arg("UNPAUSE")
        .query(&mut server.redis())
        .unwrap();
    owner.join().unwrap();
    assert_eq!(reading.await.unwrap().unwrap(), None);
    assert_eq!(cache.stats().invalid, 1);
    assert_eq!(stored(&server, key).unwrap(), br#"{"beta":1.0}"#);
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Risk {
    beta: f64,
    regime: String,
}

#[tokio::test]
async fn an_object_of_another_type_is_an_error_and_kept() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let features_cache = FeatureCache::new(&client);
    let risks = FeatureCache::<Risk>::typed(&client);
    let risk = Risk {
        beta: 1.5,
        regime: "calm".to_owned(),
    };
    risks.set("AAPL", DAY, &risk).await.unwrap();
    assert_eq!(risks.get("AAPL", DAY).await.unwrap(), Some(risk));

    let error = features_cache.get("AAPL", DAY).await.unwrap_err();
    let Error::Decode { key, source } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (key.as_str(), source.pointer()),
        ("features:AAPL:2025-01-17", "/regime")
    );
    assert!(!format!("{error} {source}").contains("calm"), "{error} {source}");
    assert_eq!(features_cache.stats().unfit, 1);
    assert!(features_cache.get_many(["MSFT", "AAPL"], DAY).await.is_err());
    assert!(stored(&server, "features:AAPL:2025-01-17").is_some());

    // JSON by its grammar, and beyond what this reader can hold: somebody else's, and kept.
    for json in [r#"{"n":1e400}"#, r#"{"n":"\ud800"}"#] {
        let _: () = redis::cmd("SET")
            .arg("features:AAPL:2025-01-17")
            .arg(json)
            .query(&mut server.redis())
            .unwrap();
        let error = features_cache.get("AAPL", DAY).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }), "{json}: {error:?}");
        assert!(stored(&server, "features:AAPL:2025-01-17").is_some(), "{json}");
    }
    assert_eq!(features_cache.stats().invalid, 0);
}

#[tokio::test]
async fn a_key_of_another_kind_is_an_error_also_for_a_cache_that_degrades() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT)).degrade();
    let _: i64 = redis::cmd("RPUSH")
        .arg("features:AAPL:2025-01-17")
        .arg(1)
        .query(&mut server.redis())
        .unwrap();
    let error = cache.get("AAPL", DAY).await.unwrap_err();
    assert!(
        matches!(&error, Error::Rejected { server, .. } if server.code() == "WRONGTYPE"),
        "{error:?}"
    );
    assert_eq!(cache.stats().degraded, 0);
}

#[tokio::test]
async fn without_redis_it_fails_or_degrades() {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(NOBODY)
        .response_timeout(BRIEF)
        .build()
        .unwrap();
    let strict = FeatureCache::new(&client);
    assert!(matches!(strict.get("AAPL", DAY).await, Err(Error::Connection(_))));
    assert!(matches!(
        strict.get_many(["AAPL"], DAY).await,
        Err(Error::Connection(_))
    ));

    let degrading = FeatureCache::new(&client).degrade();
    assert_eq!(degrading.get("AAPL", DAY).await.unwrap(), None);
    assert_eq!(
        degrading.get_many(["AAPL", "MSFT"], DAY).await.unwrap(),
        [None, None]
    );
    assert_eq!(degrading.stats().degraded, 3);
    assert_eq!(degrading.stats().misses, 0);
    assert!(matches!(
        degrading.set("AAPL", DAY, &features(1.0)).await,
        Err(Error::Connection(_))
    ));
    assert!(matches!(degrading.get("A:B", DAY).await, Err(Error::Key(_))));
    let computed = degrading
        .get_or_compute("AAPL", DAY, || async { Ok::<_, Error>(features(2.0)) })
        .await;
    assert_eq!(computed.unwrap(), features(2.0));
    let failed = strict
        .get_or_compute("AAPL", DAY, || async { Ok::<_, Error>(features(2.0)) })
        .await;
    assert!(matches!(failed, Err(Error::Connection(_))), "{failed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_entry_is_computed_once_however_many_wait() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    let computed = Arc::new(AtomicU64::new(0));
    let go = Arc::new(Notify::new());
    let callers: Vec<_> = (0..20)
        .map(|_| {
            let (cache, computed, go) = (cache.clone(), Arc::clone(&computed), Arc::clone(&go));
            tokio::spawn(async move {
                let compute = || async {
                    computed.fetch_add(1, Ordering::Relaxed);
                    go.notified().await;
                    Ok::<_, Error>(features(7.0))
                };
                cache.get_or_compute("AAPL", DAY, compute).await
            })
        })
        .collect();
    // Every caller has looked and found nothing; one more look by the one who computes.
    eventually("all wait", || cache.stats().misses == 21);
    go.notify_one();
    for caller in callers {
        assert_eq!(caller.await.unwrap().unwrap(), features(7.0));
    }
    assert_eq!(computed.load(Ordering::Relaxed), 1);
    let stats = cache.stats();
    assert_eq!((stats.computed, stats.writes), (1, 1));
    assert_eq!(cache.get("AAPL", DAY).await.unwrap(), Some(features(7.0)));
    // And again after it is gone.
    cache.invalidate("AAPL", DAY).await.unwrap();
    let again = cache
        .get_or_compute("AAPL", DAY, || async { Ok::<_, Error>(features(8.0)) })
        .await;
    assert_eq!(again.unwrap(), features(8.0));
}

/// Without Redis the value cannot be left there for those who wait; they get it all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_computed_once_also_while_redis_is_away() {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(NOBODY)
        .fail_fast(true)
        .build()
        .unwrap();
    let cache = FeatureCache::new(&client).degrade();
    let go = Arc::new(Notify::new());
    let callers: Vec<_> = (0..5)
        .map(|_| {
            let (cache, go) = (cache.clone(), Arc::clone(&go));
            tokio::spawn(async move {
                let compute = || async {
                    go.notified().await;
                    Ok::<_, Error>(features(7.0))
                };
                cache.get_or_compute("AAPL", DAY, compute).await
            })
        })
        .collect();
    eventually("all have looked", || cache.stats().degraded == 5);
    go.notify_one();
    for caller in callers {
        assert_eq!(caller.await.unwrap().unwrap(), features(7.0));
    }
    assert_eq!(cache.stats().computed, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_fails_or_gives_up_lets_the_next_compute() {
    let server = RedisServer::start();
    let cache = FeatureCache::new(&client(&server, PATIENT));
    let began = Arc::new(Notify::new());

    // The first gives up while it computes.
    let first = tokio::spawn({
        let (cache, began) = (cache.clone(), Arc::clone(&began));
        async move {
            let compute = || async {
                began.notify_one();
                std::future::pending::<Result<Features, Error>>().await
            };
            cache.get_or_compute("AAPL", DAY, compute).await
        }
    });
    began.notified().await;
    // The second waits for it, and fails.
    let second = tokio::spawn({
        let cache = cache.clone();
        async move {
            cache
                .get_or_compute::<_, _, Box<dyn std::error::Error + Send + Sync>>("AAPL", DAY, || async {
                    Err("no data".into())
                })
                .await
        }
    });
    eventually("the second waits", || cache.stats().misses >= 3);
    first.abort();
    assert_eq!(second.await.unwrap().unwrap_err().to_string(), "no data");
    // The third computes.
    let third = cache
        .get_or_compute("AAPL", DAY, || async { Ok::<_, Error>(features(3.0)) })
        .await;
    assert_eq!(third.unwrap(), features(3.0));
    assert_eq!(cache.stats().computed, 1);
}

#[tokio::test]
async fn a_namespace_is_in_the_key() {
    let server = RedisServer::start();
    let prod = client(&server, PATIENT).namespace("prod").unwrap();
    let cache = FeatureCache::new(&prod);
    cache.set("AAPL", DAY, &features(1.0)).await.unwrap();
    assert!(stored(&server, "prod:features:AAPL:2025-01-17").is_some());
    assert_eq!(stored(&server, "features:AAPL:2025-01-17"), None);
    assert_eq!(cache.get("AAPL", DAY).await.unwrap(), Some(features(1.0)));
    assert_eq!(
        FeatureCache::new(&client(&server, PATIENT))
            .get("AAPL", DAY)
            .await
            .unwrap(),
        None
    );
}

//! Rust and Python through a real Redis: what one publishes the other reads, byte for byte where the wire facts say so.
//!
//! `tests/python/service.py` is the service as it runs today, pydantic v2 and redis-py, written from the wire facts and
//! nothing of ours. It is a child process that talks in JSON lines; see its head for the commands.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and has a runtime of its own"
)]

mod cases;
mod packages;
mod referee;
mod service;
#[path = "../shared/mod.rs"]
mod shared;
mod verdicts;

use std::path::Path;

use redis_client::client::Received;
use redis_client::{AnyEvent, EventPublisher, EventSubscriber, FeatureCache, Features, RedisClient};
use redis_client_tests::{RedisServer, examples};
use redis_client_xtask::{Project, python};
use serde_json::json;

use crate::service::Service;

/// The Python service in one of its roles.
fn python_service(server: &RedisServer, words: &[&str]) -> Service {
    let python = python::find(&Project::of_this_repository(), &mut |_| ()).expect("Python with its packages");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/service.py");
    let mut command = python.script(script);
    command.arg(server.url()).args(words);
    Service::start(command)
}

/// Python's `datetime` ends at microseconds: what has nanoseconds loses them there, and only there.
fn has_nanoseconds(line: &str) -> bool {
    line.split_once("\"timestamp\":\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .is_some_and(|timestamp| {
            let fraction = timestamp.split_once('.').map_or("", |(_, rest)| rest);
            fraction.bytes().take_while(u8::is_ascii_digit).count() == 9
        })
}

async fn next_event(subscriber: &mut EventSubscriber<AnyEvent>) -> AnyEvent {
    match next(subscriber).await {
        Received::Event(event) => event,
        other => panic!("not an event: {other:?}"),
    }
}

async fn next(subscriber: &mut EventSubscriber<AnyEvent>) -> Received<AnyEvent> {
    let patience = std::time::Duration::from_secs(20);
    tokio::time::timeout(patience, subscriber.next())
        .await
        .expect("a message")
        .expect("the stream goes on")
}

#[test]
fn python_reads_what_rust_publishes() {
    let server = RedisServer::start();
    let events = examples::events().unwrap();
    let mut service = python_service(&server, &["listen", &events.len().to_string()]);
    assert_eq!(service.answer()["ready"], true);

    let client = RedisClient::from_url(&server.url()).unwrap();
    let publisher = EventPublisher::new(&client).unwrap();
    let receipts: Vec<_> = events
        .iter()
        .map(|example| examples::publish(&publisher, &example.event).unwrap())
        .collect();
    for receipt in receipts {
        assert!(receipt.wait().unwrap().is_delivered());
    }
    let mut exact = 0;
    for example in &events {
        let answer = service.answer();
        assert_eq!(
            answer["payload"], example.line,
            "what was sent, {}",
            example.place
        );
        assert_eq!(answer["channel"], answer["expected_channel"], "{}", example.place);
        if !has_nanoseconds(&example.line) {
            assert_eq!(
                answer["written"], example.line,
                "as Python writes it, {}",
                example.place
            );
            exact += 1;
        }
    }
    assert!(exact >= 300, "only {exact} could be compared");
}

#[tokio::test]
async fn rust_reads_what_python_publishes() {
    let server = RedisServer::start();
    let client = RedisClient::from_url(&server.url()).unwrap();
    let mut subscriber = EventSubscriber::<AnyEvent>::subscribe(&client).await.unwrap();
    let mut service = python_service(&server, &["publish"]);
    for example in examples::events().unwrap() {
        let answer = service.ask(&example.line);
        assert_eq!(answer["receivers"], 1, "{}", example.place);
        let event = next_event(&mut subscriber).await;
        let written = &answer["payload"];
        let (_, payload) = examples::encode(&event).unwrap();
        assert_eq!(String::from_utf8(payload).unwrap(), *written, "{}", example.place);
        if !has_nanoseconds(&example.line) {
            assert_eq!(event, example.event, "{}", example.place);
        }
    }
}

#[tokio::test]
async fn rust_reads_other_spellings_of_the_same_events() {
    let server = RedisServer::start();
    let client = RedisClient::from_url(&server.url()).unwrap();
    let mut subscriber = EventSubscriber::<AnyEvent>::subscribe(&client).await.unwrap();
    let mut service = python_service(&server, &["raw"]);
    let cases = [
        (
            "json.dumps with its spaces and escapes, UTC as +00:00, and a field of a later version",
            "positions.updated",
            r#"{"event_type": "positions.updated", "timestamp": "2025-01-17T14:30:00+00:00", "symbol": "AAPL", "action": "buy", "qty_change": 10, "new_qty": 10, "price": "150.250", "strategy_id": "\u00fcberschuss", "venue": {"a": [1]}}"#,
            r#"{"event_type":"positions.updated","timestamp":"2025-01-17T14:30:00Z","symbol":"AAPL","action":"buy","qty_change":10,"new_qty":10,"price":"150.250","strategy_id":"überschuss"}"#,
        ),
        (
            "another order, a fraction of three digits, a count as 3.0",
            "signals.generated",
            r#"{"symbols":["BTC/USD"],"num_signals":3.0,"as_of_date":"2024-02-29","strategy_id":"momentum","timestamp":"2025-01-17T09:30:00.123-05:00","event_type":"signals.generated"}"#,
            r#"{"event_type":"signals.generated","timestamp":"2025-01-17T09:30:00.123000-05:00","strategy_id":"momentum","symbols":["BTC/USD"],"num_signals":3,"as_of_date":"2024-02-29"}"#,
        ),
        (
            "UTC as Z where this event writes +00:00",
            "price.updated.ES=F",
            r#"{"event_type":"price.updated","symbol":"ES=F","price":"6034.25","timestamp":"2025-01-17T14:30:00Z","bid":null,"ask":null,"bid_price":null,"ask_price":null,"bid_size":null,"ask_size":null,"exchange":null,"volume":null}"#,
            r#"{"event_type":"price.updated","symbol":"ES=F","price":"6034.25","timestamp":"2025-01-17T14:30:00+00:00","bid":null,"ask":null,"bid_price":null,"ask_price":null,"bid_size":null,"ask_size":null,"exchange":null,"volume":null}"#,
        ),
    ];
    for (what, channel, payload, expected) in cases {
        let answer = service.ask(&json!({"channel": channel, "payload": payload}).to_string());
        assert_eq!(answer["receivers"], 1, "{what}");
        let (encoded_channel, encoded) = examples::encode(&next_event(&mut subscriber).await).unwrap();
        assert_eq!(String::from_utf8(encoded).unwrap(), expected, "{what}");
        assert_eq!(encoded_channel, channel, "{what}");
    }
    for (what, payload) in [
        ("no JSON", "{\"event_type\""),
        (
            "a timestamp without a zone",
            r#"{"event_type":"orders.executed","timestamp":"2025-01-17T14:30:00","run_id":"550e8400-e29b-41d4-a716-446655440000","strategy_id":"momentum","num_orders":1,"num_accepted":1,"num_rejected":0}"#,
        ),
        (
            "another event's type",
            r#"{"event_type":"signals.generated","timestamp":"2025-01-17T14:30:00Z","run_id":"550e8400-e29b-41d4-a716-446655440000","strategy_id":"momentum","num_orders":1,"num_accepted":1,"num_rejected":0}"#,
        ),
    ] {
        service.ask(&json!({"channel": "orders.executed", "payload": payload}).to_string());
        match next(&mut subscriber).await {
            Received::Invalid {
                channel,
                payload: bytes,
                ..
            } => {
                assert_eq!(channel, "orders.executed", "{what}");
                assert_eq!(bytes, payload.as_bytes(), "{what}");
            }
            other => panic!("{what} was read as {other:?}"),
        }
    }
}

#[tokio::test]
async fn rust_reads_the_features_that_python_writes() {
    let server = RedisServer::start();
    let client = RedisClient::from_url(&server.url()).unwrap();
    let cache = FeatureCache::new(&client);
    let mut service = python_service(&server, &["features-write"]);
    // What `json.loads` reads here, `json.dumps` writes as the bare tokens and `\u` escapes that are no JSON elsewhere.
    let text = r#"{"momentum_5d": 0.013, "gap": NaN, "up": Infinity, "down": -Infinity, "größe": 1e-7, "third": 0.3333333333333333, "big": 1.7976931348623157e308, "zero": -0.0}"#;
    let answer = service.ask(&json!({"symbol": "AAPL", "date": "2025-01-17", "json": text}).to_string());
    let stored = answer["stored"].as_str().unwrap();
    for token in ["NaN", ": Infinity", "-Infinity", "\\u00f6"] {
        assert!(stored.contains(token), "{token} is not in {stored}");
    }
    let features = cache.get("AAPL", "2025-01-17").await.unwrap().unwrap();
    let bits = |name: &str| features.get(name).unwrap().to_bits();
    assert!(features.get("gap").unwrap().is_nan());
    let expected = [
        ("momentum_5d", 0.013),
        ("up", f64::INFINITY),
        ("down", f64::NEG_INFINITY),
        ("größe", 1e-7),
        ("third", 0.333_333_333_333_333_3),
        ("big", f64::MAX),
        ("zero", -0.0),
    ];
    for (name, value) in expected {
        assert_eq!(bits(name), value.to_bits(), "{name}");
    }
    assert_eq!(features.len(), expected.len() + 1);
}

#[tokio::test]
async fn python_reads_the_features_that_rust_writes() {
    let server = RedisServer::start();
    let client = RedisClient::from_url(&server.url()).unwrap();
    let cache = FeatureCache::new(&client);
    let mut service = python_service(&server, &["features-read"]);
    for entry in examples::features().unwrap() {
        cache
            .set(entry.symbol.as_str(), entry.date.as_str(), &entry.features)
            .await
            .unwrap();
        let answer = service.ask(&json!({"symbol": entry.symbol, "date": entry.date}).to_string());
        let found: Vec<(String, u64)> = serde_json::from_value(answer["values"].clone()).unwrap();
        let expected: Vec<(String, u64)> = entry
            .features
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_bits()))
            .collect();
        assert_eq!(found, expected, "{}", entry.symbol);
        let ttl = answer["ttl"].as_i64().unwrap();
        assert!((3590..=3600).contains(&ttl), "an hour, not {ttl} s");
    }
    // What no JSON can hold is refused before anything is written.
    let features: Features = [("gap", f64::NAN)].into_iter().collect();
    cache.set("NEW", "2025-01-17", &features).await.unwrap_err();
    assert_eq!(cache.get("NEW", "2025-01-17").await.unwrap(), None);
}

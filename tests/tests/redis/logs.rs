//! What is logged: that something happened and where, and never a password or a payload.

use crate::support::{NOBODY, PATIENT, client};
use redis_client::{EventSubscriber, FeatureCache, RedisClient, RedisEvent, redis};
use redis_client_tests::RedisServer;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk.opened")]
struct Opened {
    desk: u32,
}

/// Keeps everything that is logged on this thread, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

impl Visit for &Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("redis_client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

// One thread, so that what the client's tasks log is seen here too.
#[tokio::test(flavor = "current_thread")]
async fn neither_passwords_nor_payloads_are_logged() {
    // With a single subscriber alive, `tracing` asks the thread that first passes a place whether anybody listens there, and
    // remembers that: a test on another thread would mute this one.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = RedisServer::builder().password("hush-hush").start();
    let check = |happened: &str| {
        let text = log.text();
        assert!(text.contains(happened), "{happened}: {text}");
        // The last is `payload` as a list of bytes.
        for secret in ["hush", "guess", "payload", "112, 97, 121"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    };
    let url = format!("redis://:guess@127.0.0.1:{}", server.port());
    RedisClient::from_url(&url).unwrap().ping().await.unwrap_err();
    check("refused to authenticate");
    let nobody = RedisClient::builder()
        .host("127.0.0.1")
        .port(NOBODY)
        .password("guess")
        .fail_fast(true)
        .build()
        .unwrap();
    nobody.ping().await.unwrap_err();
    check("cannot reach redis");

    let good = client(&server, PATIENT);
    let cache = FeatureCache::new(&good);
    let () = redis::cmd("SET")
        .arg("features:AAPL:2025-01-17")
        .arg("payload")
        .query(&mut server.redis())
        .unwrap();
    assert_eq!(cache.get("AAPL", "2025-01-17").await.unwrap(), None);
    check("no JSON object");
    let degrading = FeatureCache::new(&nobody).degrade();
    assert_eq!(degrading.get("AAPL", "2025-01-17").await.unwrap(), None);
    check("going on without the cache");

    let mut subscriber = EventSubscriber::<Opened>::subscribe(&good).await.unwrap();
    let _: i64 = redis::cmd("PUBLISH")
        .arg("desk.opened")
        .arg("payload")
        .query(&mut server.redis())
        .unwrap();
    server.restart();
    while subscriber.next().await != Some(redis_client::client::Received::Reconnected) {}
    check("connection was lost");
}

//! The examples of the library, run as they stand.

use crate::support::{PATIENT, client};
use redis_client::{AnyEvent, EventSubscriber, redis};
use redis_client_tests::RedisServer;

#[expect(
    dead_code,
    reason = "its `main` reads the environment, and calls what is called here"
)]
#[path = "../../../redis-client/examples/feature_cache.rs"]
mod feature_cache;

#[expect(
    dead_code,
    reason = "its `main` reads the environment, and calls what is called here"
)]
#[path = "../../../redis-client/examples/subscribe.rs"]
mod subscribe;

#[tokio::test]
async fn feature_cache_tells_what_it_found() {
    let server = RedisServer::start();
    let told = feature_cache::run(&client(&server, PATIENT)).await.unwrap();
    assert_eq!(
        told,
        [
            "AAPL: beta 1.21",
            "BRK.B: beta 0.87",
            "MSFT: not cached",
            "MSFT: computed 1 feature",
            &told[4],
            "2 hits, 3 misses, 3 writes",
        ]
    );
    assert!(told[4].starts_with("BTC:USD: "), "{told:?}");
}

#[tokio::test]
async fn subscribe_describes_whatever_comes() {
    let server = RedisServer::start();
    let mut subscriber = EventSubscriber::<AnyEvent>::subscribe(&client(&server, PATIENT))
        .await
        .unwrap();
    let mut check = async |channel: &str, payload: &str, expected: &str| {
        let _: i64 = redis::cmd("PUBLISH")
            .arg(channel)
            .arg(payload)
            .query(&mut server.redis())
            .unwrap();
        let received = tokio::time::timeout(PATIENT, subscriber.next())
            .await
            .unwrap()
            .unwrap();
        let described = subscribe::describe(&received);
        assert!(described.starts_with(expected), "{described}");
    };
    check(
        "signals.generated",
        r#"{"event_type":"signals.generated","timestamp":"2025-01-17T14:30:00Z","strategy_id":"alpha","symbols":["AAPL","MSFT"],"num_signals":2,"as_of_date":"2025-01-17"}"#,
        "signal from alpha: 2 symbols",
    )
    .await;
    check(
        "orders.executed",
        r#"{"event_type":"orders.executed","timestamp":"2025-01-17T14:30:00Z","run_id":"67e55044-10b1-426f-9247-bb680e5fe0c8","strategy_id":"alpha","num_orders":3,"num_accepted":2,"num_rejected":1}"#,
        "2 of 3 orders accepted",
    )
    .await;
    check(
        "positions.updated",
        r#"{"event_type":"positions.updated","timestamp":"2025-01-17T14:30:00Z","symbol":"BRK.B","action":"sell","qty_change":-5,"new_qty":-5,"price":"412.50","strategy_id":"alpha"}"#,
        "BRK.B now holds -5",
    )
    .await;
    check(
        "price.updated.AAPL",
        r#"{"event_type":"price.updated","symbol":"AAPL","price":"150.250","timestamp":"2025-01-17T14:30:00+00:00","bid":null,"ask":null,"bid_price":null,"ask_price":null,"bid_size":null,"ask_size":null,"exchange":null,"volume":null}"#,
        "AAPL at 150.250",
    )
    .await;
    check(
        "orders.executed",
        "{",
        "not an event on orders.executed: not JSON",
    )
    .await;
}

//! The examples of the library that publish and look into a buffer, run as they stand.

use redis_client::RedisClient;
use redis_client_tests::{RedisServer, free_port};

use crate::support::{Ear, client};

#[expect(
    dead_code,
    reason = "its `main` reads the environment, and calls what is called here"
)]
#[path = "../../../redis-client/examples/inspect_buffer.rs"]
mod inspect_buffer;

#[expect(
    dead_code,
    reason = "its `main` reads the environment, and calls what is called here"
)]
#[path = "../../../redis-client/examples/publish_order.rs"]
mod publish_order;

#[test]
fn an_order_is_kept_without_redis_seen_on_disk_and_sent_before_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = RedisClient::builder()
        .host("127.0.0.1")
        .port(free_port())
        .build()
        .unwrap();
    let told = publish_order::run(&nowhere, dir.path()).unwrap();
    assert_eq!(told, ["kept for later, on disk: true", "1 events wait for redis"]);

    let told = inspect_buffer::run(dir.path()).unwrap();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[1].starts_with("1.1 orders.executed: "), "{told:?}");
    assert_eq!(told[2], "0 dead letters");

    let server = RedisServer::start();
    let mut ear = Ear::on(&server);
    let told = publish_order::run(&client(&server), dir.path()).unwrap();
    assert_eq!(told[1], "0 events wait for redis");
    for _ in 0..2 {
        let (channel, payload) = ear.next();
        assert_eq!(channel, "orders.executed");
        assert!(
            payload.contains(r#""run_id":"67e55044-10b1-426f-9247-bb680e5fe0c8""#),
            "{payload}"
        );
    }
}

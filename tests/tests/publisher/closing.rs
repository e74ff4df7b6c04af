//! Closing keeps its time, also when Redis keeps nobody waiting for long and everybody for ever.

use std::time::{Duration, Instant};

use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::{RedisServer, eventually};

use crate::dripping::Dripping;
use crate::support::publish;

/// What happened: each reply came in time, and there were a thousand of them; closing waited for all.
#[test]
fn a_server_that_answers_drip_by_drip_does_not_keep_a_publisher_from_closing() {
    let server = RedisServer::start();
    let way = Dripping::to(&server);
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(way.port())
        .response_timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let publisher = EventPublisher::builder(&client)
        .buffer(dir.path())
        .build()
        .unwrap();
    for receipt in publish(&publisher, 0..2) {
        receipt.wait().unwrap();
    }
    way.drip(Duration::from_millis(200));
    let receipts = publish(&publisher, 2..1000);
    eventually("the publisher waits for replies", || {
        let mut admin = server.redis();
        let info: String = redis::cmd("INFO").arg("commandstats").query(&mut admin).unwrap();
        info.contains("cmdstat_publish:calls=") && !info.contains("cmdstat_publish:calls=2,")
    });
    let begun = Instant::now();
    let report = publisher.close(Duration::from_secs(1)).wait();
    // All of them would take three minutes.
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    assert!(report.buffered > 0);
    for receipt in receipts {
        receipt.wait().unwrap();
    }
}

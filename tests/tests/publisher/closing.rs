//! Closing keeps its time, also when Redis keeps nobody waiting for long and everybody for ever.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::{RedisServer, eventually};

use crate::support::publish;

/// A way to the server that hands on each reply by itself and late, once it is told to.
fn dripping(server: &RedisServer, is_dripping: Arc<AtomicBool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let address = (server.host().to_owned(), server.port());
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let mut up = TcpStream::connect((address.0.as_str(), address.1)).unwrap();
            let (mut from_client, mut to_server) = (client.try_clone().unwrap(), up.try_clone().unwrap());
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut from_client, &mut to_server);
                let _ = to_server.shutdown(Shutdown::Both);
            });
            let is_dripping = Arc::clone(&is_dripping);
            std::thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(count @ 1..) = up.read(&mut bytes) {
                    // Replies to PUBLISH without a subscriber have four bytes.
                    let step = if is_dripping.load(Ordering::Relaxed) {
                        4
                    } else {
                        count
                    };
                    for piece in bytes.get(..count).unwrap().chunks(step) {
                        if is_dripping.load(Ordering::Relaxed) {
                            std::thread::sleep(Duration::from_millis(200));
                        }
                        if client.write_all(piece).is_err() {
                            return;
                        }
                    }
                }
            });
        }
    });
    port
}

/// What happened: each reply came in time, and there were a thousand of them; closing waited for all.
#[test]
fn a_server_that_answers_drip_by_drip_does_not_keep_a_publisher_from_closing() {
    let server = RedisServer::start();
    let is_dripping = Arc::new(AtomicBool::new(false));
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(dripping(&server, Arc::clone(&is_dripping)))
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
    is_dripping.store(true, Ordering::Relaxed);
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

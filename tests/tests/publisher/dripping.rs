//! A server that answers each event in time, and all of them never: a batch comes to an end all the same, and a server that is merely
//! slow is not cut off.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use redis_client::publisher::{Backoff, Outage, ReplayPace};
use redis_client::{EventPublisher, RedisClient, RedisConnectionError};
use redis_client_tests::{RedisServer, eventually, eventually_within};

use crate::support::{Ear, first_arrivals, publish};

/// A way to a server that hands on each reply to PUBLISH by itself and late, once it is told to.
pub struct Dripping {
    port: u16,
    pause_ms: Arc<AtomicU64>,
}

impl Dripping {
    pub fn to(server: &RedisServer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let address = (server.host().to_owned(), server.port());
        let pause_ms = Arc::new(AtomicU64::new(0));
        let of_all = Arc::clone(&pause_ms);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(up) = TcpStream::connect((address.0.as_str(), address.1)) else {
                    continue;
                };
                pass(client.unwrap(), up, Arc::clone(&of_all));
            }
        });
        Self { port, pause_ms }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on there is this pause before each reply; none at zero.
    pub fn drip(&self, pause: Duration) {
        let pause = u64::try_from(pause.as_millis()).unwrap();
        // Ordering: a number by itself.
        self.pause_ms.store(pause, Ordering::Relaxed);
    }
}

fn pass(mut client: TcpStream, mut up: TcpStream, pause_ms: Arc<AtomicU64>) {
    client.set_nodelay(true).unwrap();
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), up.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Both);
    });
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = up.read(&mut bytes) {
            let mut rest = bytes.get(..count).unwrap();
            while !rest.is_empty() {
                let pause = pause_ms.load(Ordering::Relaxed);
                // Replies to PUBLISH are numbers, of four bytes up to nine receivers; what is said to a new connection is none.
                let is_number = rest.first() == Some(&b':') && pause > 0;
                let step = if is_number { 4.min(rest.len()) } else { rest.len() };
                let (piece, left) = rest.split_at(step);
                if is_number {
                    std::thread::sleep(Duration::from_millis(pause));
                }
                if client.write_all(piece).is_err() {
                    return;
                }
                rest = left;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
    });
}

fn client(way: &Dripping, response_timeout: Duration) -> RedisClient {
    RedisClient::builder()
        .host("127.0.0.1")
        .port(way.port())
        .response_timeout(response_timeout)
        .build()
        .unwrap()
}

fn took_too_long(publisher: &EventPublisher) -> bool {
    let outage = publisher.stats().outage;
    matches!(
        outage,
        Some(Outage::Connection(RedisConnectionError::Timeout { .. }))
    )
}

/// What happened: each reply came in time, so a batch of a thousand could keep its callers waiting for an hour.
#[test]
fn replies_that_drip_are_an_outage_and_no_event_waits_for_all_of_them() {
    let server = RedisServer::start();
    let way = Dripping::to(&server);
    let mut ear = Ear::on(&server);
    let dir = tempfile::tempdir().unwrap();
    let publisher = EventPublisher::builder(&client(&way, Duration::from_millis(500)))
        .buffer(dir.path())
        .replay_pace(ReplayPace::unpaced())
        .build()
        .unwrap();
    for receipt in publish(&publisher, 0..10) {
        assert!(receipt.wait().unwrap().is_delivered());
    }
    way.drip(Duration::from_millis(200));
    let receipts = publish(&publisher, 10..1000);
    // All replies would take more than three minutes.
    let is_outage = eventually_within(Duration::from_mins(1), || took_too_long(&publisher));
    assert!(is_outage, "{:?}", publisher.stats());
    for mut receipt in receipts {
        let answer = receipt.wait_timeout(Duration::from_mins(1)).expect("an answer");
        answer.unwrap();
    }
    assert!(publisher.stats().buffered > 800);

    way.drip(Duration::ZERO);
    eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
    let heard = first_arrivals(ear.until(999));
    assert_eq!(heard, (0..1000).collect::<Vec<_>>());
    publisher.close(Duration::from_secs(10)).wait();
}

#[test]
fn a_replay_whose_replies_drip_is_cut_as_well_and_keeps_what_it_has_achieved() {
    let server = RedisServer::start();
    let way = Dripping::to(&server);
    let mut ear = Ear::on(&server);
    let dir = tempfile::tempdir().unwrap();
    let nowhere = RedisClient::builder().host("127.0.0.1").port(1).build().unwrap();
    let offline = EventPublisher::builder(&nowhere)
        .buffer(dir.path())
        .build()
        .unwrap();
    for receipt in publish(&offline, 0..1000) {
        assert!(receipt.wait().unwrap().is_buffered());
    }
    offline.close(Duration::from_secs(10)).wait();
    way.drip(Duration::from_millis(100));
    let publisher = EventPublisher::builder(&client(&way, Duration::from_millis(500)))
        .buffer(dir.path())
        .backoff(Backoff::new(Duration::from_millis(1), Duration::from_millis(5)))
        .replay_pace(ReplayPace::unpaced())
        .build()
        .unwrap();
    // All replies would take more than a minute and a half; what was answered is not sent again.
    let is_cut = eventually_within(Duration::from_mins(1), || took_too_long(&publisher));
    assert!(is_cut, "{:?}", publisher.stats());
    let goes_on = eventually_within(Duration::from_mins(1), || publisher.stats().replayed >= 60);
    assert!(goes_on, "{:?}", publisher.stats());
    way.drip(Duration::ZERO);
    eventually("the buffer is replayed", || publisher.stats().buffer_events == 0);
    assert_eq!(first_arrivals(ear.until(999)), (0..1000).collect::<Vec<_>>());
}

#[test]
fn a_slow_server_is_given_the_time_it_takes() {
    let server = RedisServer::start();
    let way = Dripping::to(&server);
    let mut ear = Ear::on(&server);
    let timeout = Duration::from_secs(2);
    let dir = tempfile::tempdir().unwrap();
    let publisher = EventPublisher::builder(&client(&way, timeout))
        .buffer(dir.path())
        .build()
        .unwrap();
    publish(&publisher, 0..1).remove(0).wait().unwrap();
    // Six hundred of them take longer than one reply may, and less than all of them may.
    way.drip(Duration::from_millis(4));
    for receipt in publish(&publisher, 1..700) {
        assert!(receipt.wait().unwrap().is_delivered());
    }
    assert_eq!(publisher.stats().reconnects, 0);
    assert_eq!(ear.until(699), (0..700).collect::<Vec<_>>());
}

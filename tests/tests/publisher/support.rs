//! What the tests of the publisher share: an event with a number, and an ear on the server.

use std::borrow::Cow;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use redis_client::client::RedisClientBuilder;
use redis_client::{Event, EventPublisher, Expired, MaxAge, RedisClient};
use redis_client_tests::RedisServer;
use serde::{Deserialize, Serialize};

/// An event that is a number.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tick {
    pub n: u64,
}

impl Event for Tick {
    const CHANNEL: &'static str = "ticks";
    const EVENT_TYPE: &'static str = "ticks";

    fn channel(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::CHANNEL)
    }
}

/// A tick with some weight, so that a few fill a segment.
#[derive(Debug, Serialize, Deserialize)]
pub struct Block {
    pub n: u64,
    pub weight: String,
}

impl Block {
    pub fn new(n: u64) -> Self {
        Self {
            n,
            weight: "x".repeat(1500),
        }
    }
}

impl Event for Block {
    const CHANNEL: &'static str = "ticks";
    const EVENT_TYPE: &'static str = "ticks";

    fn channel(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::CHANNEL)
    }
}

/// A tick that is of use for a microsecond, which any outage outlasts.
#[derive(Debug, Serialize, Deserialize)]
pub struct Flash {
    pub n: u64,
}

impl Event for Flash {
    const CHANNEL: &'static str = "ticks";
    const EVENT_TYPE: &'static str = "ticks";
    const MAX_AGE: Option<MaxAge> = Some(MaxAge::new(Duration::from_micros(1), Expired::DeadLetter));

    fn channel(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::CHANNEL)
    }
}

/// An event as large as its text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Large {
    pub text: String,
}

impl Event for Large {
    const CHANNEL: &'static str = "large";
    const EVENT_TYPE: &'static str = "large";

    fn channel(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::CHANNEL)
    }
}

/// A client of `server` in the making.
pub fn builder(server: &RedisServer) -> RedisClientBuilder {
    RedisClient::builder().host(server.host()).port(server.port())
}

pub fn client(server: &RedisServer) -> RedisClient {
    builder(server).build().unwrap()
}

/// A subscriber to everything, in a thread of its own; hears until the server goes away.
pub struct Ear {
    messages: Receiver<(String, String)>,
    heard: Vec<u64>,
}

impl Ear {
    /// Returns once the subscription stands.
    pub fn on(server: &RedisServer) -> Self {
        Self::of(server, "*")
    }

    /// Hears ticks alone.
    pub fn of_ticks(server: &RedisServer) -> Self {
        Self::of(server, Tick::CHANNEL)
    }

    fn of(server: &RedisServer, pattern: &'static str) -> Self {
        let (sender, messages) = mpsc::channel();
        let (ready, stands) = mpsc::channel();
        let mut connection = server.redis();
        thread::spawn(move || {
            let mut pubsub = connection.as_pubsub();
            pubsub.psubscribe(pattern).unwrap();
            ready.send(()).unwrap();
            while let Ok(message) = pubsub.get_message() {
                let channel = message.get_channel_name().to_owned();
                let payload = String::from_utf8_lossy(message.get_payload_bytes()).into_owned();
                if sender.send((channel, payload)).is_err() {
                    return;
                }
            }
        });
        stands.recv().unwrap();
        Self {
            messages,
            heard: Vec::new(),
        }
    }

    /// The next message as it is.
    pub fn next(&mut self) -> (String, String) {
        self.messages
            .recv_timeout(Duration::from_secs(20))
            .expect("a message")
    }

    /// Listens until tick `n` has been heard, and returns all that were heard so far, in their order.
    #[track_caller]
    pub fn until(&mut self, n: u64) -> &[u64] {
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut found = self.heard.contains(&n);
        while !found {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok((_, payload)) = self.messages.recv_timeout(left) else {
                panic!(
                    "tick {n} was not heard; the last were {:?}",
                    self.heard.iter().rev().take(5).collect::<Vec<_>>()
                );
            };
            let heard = serde_json::from_str::<Tick>(&payload).unwrap().n;
            self.heard.push(heard);
            found = heard == n;
        }
        &self.heard
    }

    /// Everything there is to hear from a server that is gone.
    pub fn rest(mut self) -> Vec<u64> {
        while let Ok((_, payload)) = self.messages.recv_timeout(Duration::from_secs(20)) {
            self.heard.push(serde_json::from_str::<Tick>(&payload).unwrap().n);
        }
        self.heard
    }
}

pub fn publish(
    publisher: &EventPublisher,
    range: std::ops::Range<u64>,
) -> Vec<redis_client::publisher::Receipt> {
    range.map(|n| publisher.publish(&Tick { n }).unwrap()).collect()
}

/// Publishes tick `n`, which Redis confirms.
#[track_caller]
pub fn deliver(publisher: &EventPublisher, n: u64) {
    let outcome = publisher.publish(&Tick { n }).unwrap().wait().unwrap();
    assert!(outcome.is_delivered(), "{outcome:?}");
}

/// The order of first arrivals.
pub fn first_arrivals(heard: &[u64]) -> Vec<u64> {
    let mut seen = std::collections::HashSet::new();
    heard.iter().copied().filter(|n| seen.insert(*n)).collect()
}

//! Sets of events, also such as share a channel.

use redis_client::{ChannelPattern, EventSet, RedisEvent};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk", event_type = "opened")]
struct Opened {
    at: u32,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk", event_type = "closed")]
struct Closed {
    why: u32,
}

#[derive(Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price.{desk}")]
struct Price {
    desk: u32,
}

#[derive(Debug, PartialEq, EventSet)]
enum Desk {
    Opened(Opened),
    Closed(Closed),
    Price(Price),
}

fn main() {
    let channels = [ChannelPattern::Exact("desk"), ChannelPattern::Glob("price.*".to_owned())];
    assert_eq!(Desk::channels(), channels);
    let closed = Desk::decode("desk", br#"{"event_type":"closed","why":3}"#);
    assert_eq!(closed, Some(Ok(Desk::from(Closed { why: 3 }))));
    let opened = Desk::decode("desk", br#"{"event_type":"opened","at":3}"#);
    assert_eq!(opened, Some(Ok(Desk::Opened(Opened { at: 3 }))));
    assert_eq!(Desk::decode("price.3", br#"{"desk":3}"#), Some(Ok(Desk::Price(Price { desk: 3 }))));
    assert_eq!(Desk::decode("prices", b"{}"), None);
    assert!(Desk::decode("desk", b"{}").unwrap().is_err());
}

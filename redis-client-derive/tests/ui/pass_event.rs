//! All words of events, on types of the user's own.

use redis_client::{Channel, ChannelPattern, Encoded, Event, RedisEvent, Validate, Violation};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk.{type}.opened.{year}", event_type = "desk-opened", validate)]
struct Opened {
    r#type: u32,
    #[serde(rename = "year", default)]
    opened_in: u16,
    note: Option<String>,
}

impl Validate for Opened {
    fn validate(&self) -> Result<(), Violation> {
        if self.r#type > 0 { Ok(()) } else { Err(Violation::new(redis_client::Rule::Minimum("1")).at("type")) }
    }
}

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "desk.closed")]
struct Closed {}

mod elsewhere {
    pub use redis_client::__private;
}

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "renamed", crate = "crate::elsewhere")]
struct Renamed {}

fn main() {
    let mut opened = Opened { r#type: 7, opened_in: 1999, note: None };
    assert_eq!(opened.channel(), "desk.7.opened.1999");
    assert_eq!(Opened::EVENT_TYPE, "desk-opened");
    assert_eq!(Channel::<Opened>::pattern(), ChannelPattern::Glob("desk.*.opened.*".to_owned()));
    assert!(Channel::<Opened>::matches("desk.7.opened.1"));
    assert!(!Channel::<Opened>::matches("desk.7.opened."));
    assert!(!Channel::<Opened>::matches("desk..opened.7"));
    assert!(!Channel::<Opened>::matches("desk.7.closed.7"));
    assert_eq!(Encoded::new(&opened).unwrap().payload(), br#"{"type":7,"year":1999,"note":null}"#);
    opened.r#type = 0;
    assert_eq!(Encoded::new(&opened).unwrap_err().pointer(), "/type");
    assert_eq!(Closed::EVENT_TYPE, "desk.closed");
    assert!(matches!(Closed {}.channel(), std::borrow::Cow::Borrowed("desk.closed")));
    assert_eq!(Renamed {}.channel(), "renamed");
}

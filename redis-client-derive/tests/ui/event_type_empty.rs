use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price.{desk}", event_type = "")]
struct Price {
    desk: u32,
}

fn main() {}

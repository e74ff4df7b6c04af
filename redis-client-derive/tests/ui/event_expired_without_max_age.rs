use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "quotes", expired = "dead-letter")]
struct Quote {
    bid: u32,
}

fn main() {}

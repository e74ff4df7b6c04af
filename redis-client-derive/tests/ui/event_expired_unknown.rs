use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "quotes", max_age = 5, expired = "drop")]
struct Quote {
    bid: u32,
}

fn main() {}

use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price", ttl = 3, key = "price")]
struct Price {
    desk: u32,
}

fn main() {}

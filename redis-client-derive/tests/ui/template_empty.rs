use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "", event_type = "price")]
struct Price {
    desk: u32,
    date: redis_client::Date,
}

fn main() {}

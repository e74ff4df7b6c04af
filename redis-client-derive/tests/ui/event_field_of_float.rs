use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price.{value}.x")]
struct Price {
    value: f64,
}

fn main() {}

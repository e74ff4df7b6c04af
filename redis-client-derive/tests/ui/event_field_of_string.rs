use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price.{symbol}")]
struct Price {
    symbol: String,
}

fn main() {}

use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price.{desk}")]
struct Price {
    desk: Option<u32>,
}

fn main() {}

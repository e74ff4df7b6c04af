use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(validate)]
struct Price {
    desk: u32,
}

fn main() {}

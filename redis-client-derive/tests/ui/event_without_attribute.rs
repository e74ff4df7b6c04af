use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
// Nothing says which channel.
struct Price {
    desk: u32,
}

fn main() {}

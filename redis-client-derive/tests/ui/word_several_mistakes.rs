use redis_client::RedisEvent;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(chanel = "price", validat, event_typ = "x")]
struct Price {
    desk: u32,
}

fn main() {}

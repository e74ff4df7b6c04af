use redis_client::{EventSet, RedisEvent};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, RedisEvent)]
#[redis(channel = "price")]
struct Price {
    desk: u32,
}

#[derive(EventSet)]
enum All {
    Price(Price),
    Other,
    Two(Price, Price),
    Named { price: Price },
}

fn main() {}

use redis_client::RedisEvent;

#[derive(RedisEvent)]
#[redis(channel = "price")]
struct Price {
    desk: u32,
}

fn main() {}

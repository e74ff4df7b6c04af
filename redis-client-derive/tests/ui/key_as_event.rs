use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", channel = "desk", event_type = "desk", validate)]
struct DeskKey {
    desk: u32,
}

fn main() {}

use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", value = 3)]
struct DeskKey {
    desk: u32,
}

fn main() {}

use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", ttl = 4294967296)]
struct DeskKey {
    desk: u32,
}

fn main() {}

use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", ttl = 0)]
struct DeskKey {
    desk: u32,
}

fn main() {}

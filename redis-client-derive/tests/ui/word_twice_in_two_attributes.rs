use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", ttl = 1)]
#[redis(ttl = 2)]
struct DeskKey {
    desk: u32,
}

fn main() {}

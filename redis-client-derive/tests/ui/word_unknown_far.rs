use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", expiry = 3)]
struct DeskKey {
    desk: u32,
}

fn main() {}

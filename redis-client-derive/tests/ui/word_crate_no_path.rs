use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", crate = "not a path")]
struct DeskKey {
    desk: u32,
}

fn main() {}

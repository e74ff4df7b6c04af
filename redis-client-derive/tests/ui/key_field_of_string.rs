use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}:{name}")]
struct DeskKey {
    desk: u32,
    name: String,
}

fn main() {}

use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{name}")]
struct DeskKey {
    name: &'static str,
}

fn main() {}

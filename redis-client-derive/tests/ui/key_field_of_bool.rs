use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{open}")]
struct DeskKey {
    open: bool,
}

fn main() {}

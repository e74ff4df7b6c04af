use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}")]
struct DeskKey;

fn main() {}

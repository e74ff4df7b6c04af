use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{0}")]
struct DeskKey(u32);

fn main() {}

use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk")]
enum DeskKey {
    One,
}

fn main() {}

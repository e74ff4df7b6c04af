use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}")]
struct DeskKey<T> {
    desk: T,
}

fn main() {}

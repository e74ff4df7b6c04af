use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}")]
struct DeskKey {
    desk: u32,
    date: redis_client::Date,
}

fn main() {}

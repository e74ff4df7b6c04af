use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(keey = "desk:{desk}", key = "desk:{desk}")]
struct DeskKey {
    desk: u32,
}

fn main() {}

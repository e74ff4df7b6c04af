use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}")]
struct DeskKey {
    #[redis(rename = "x")]
    desk: u32,
}

fn main() {}

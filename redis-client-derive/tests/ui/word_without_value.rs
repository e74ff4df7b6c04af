use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key)]
struct DeskKey {
    desk: u32,
}

fn main() {}

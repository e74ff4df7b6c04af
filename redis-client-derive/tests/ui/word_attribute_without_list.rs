use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis]
struct DeskKey {
    desk: u32,
}

fn main() {}

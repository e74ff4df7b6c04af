use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(ttl = 3)]
struct DeskKey {
    desk: u32,
}

fn main() {}

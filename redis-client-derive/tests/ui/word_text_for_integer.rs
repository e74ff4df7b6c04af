use redis_client::RedisKey;

#[derive(RedisKey)]
#[redis(key = "desk:{desk}", ttl = "3600")]
struct DeskKey {
    desk: u32,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
#[redis(crte = "x")]
struct Trade {
    count: i64,
}

fn main() {}

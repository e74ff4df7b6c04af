use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    count: Option<i64>,
}

fn main() {}

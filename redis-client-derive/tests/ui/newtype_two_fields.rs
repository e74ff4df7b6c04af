use redis_client::Model;

#[derive(Clone, Model)]
struct Trade(i64, i64);

fn main() {}

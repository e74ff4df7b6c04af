use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(default_null)]
    count: Option<i64>,
}

fn main() {}

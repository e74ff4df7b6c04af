use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(min_length = 1, max_length = 2)]
    count: i64,
    #[model(min_items = 1, unique_items)]
    name: String,
}

fn main() {}

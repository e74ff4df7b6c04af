use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(min_items = 99999999999999999999999)]
    list: Vec<i64>,
}

fn main() {}

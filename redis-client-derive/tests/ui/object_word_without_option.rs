use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(optional)]
    count: i64,
    #[model(nullable)]
    other: i64,
    #[model(optional, nullable)]
    third: Option<i64>,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
#[model(unknown = "refuse")]
struct Trade {
    count: i64,
}

fn main() {}

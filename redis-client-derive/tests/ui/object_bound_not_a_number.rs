use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(minimum = "zero")]
    count: i64,
    #[model(maximum = "1.")]
    size: f64,
}

fn main() {}

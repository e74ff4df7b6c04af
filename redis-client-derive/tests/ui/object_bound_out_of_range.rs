use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(minimum = "9223372036854775808")]
    count: i64,
    #[model(maximum = "-1")]
    size: u64,
    #[model(maximum = "1e400")]
    ratio: f64,
    #[model(multiple_of = "0")]
    step: f64,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(pattern = patterns::ID)]
    count: i64,
    #[model(values = "[1, 2]")]
    symbol: String,
    #[model(values = "1, 2")]
    side: i64,
}

fn main() {}

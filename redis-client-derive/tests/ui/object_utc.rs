use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(utc = "+00:00")]
    id: String,
    #[model(utc = "-00:00")]
    at: redis_client::Timestamp,
}

fn main() {}

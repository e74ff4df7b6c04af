use redis_client::Model;

#[derive(Clone, Model)]
#[model(nam = "Trade")]
struct Trade {
    #[model(minimun = "0")]
    count: i64,
}

fn main() {}

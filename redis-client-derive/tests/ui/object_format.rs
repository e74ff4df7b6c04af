use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(format = "uuid")]
    id: String,
    #[model(format = "uid")]
    other: String,
}

fn main() {}

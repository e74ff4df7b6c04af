use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(pattern = "^a$")]
    id: String,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
enum Side {
    #[model(value = "buy")]
    Other(redis_client::Date),
}

fn main() {}

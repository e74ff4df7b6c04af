use redis_client::Model;

#[derive(Clone, Model)]
enum Side {
    Other(redis_client::Date),
    #[model(value = "buy")]
    Buy,
}

fn main() {}

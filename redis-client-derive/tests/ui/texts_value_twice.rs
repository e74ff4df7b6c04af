use redis_client::Model;

#[derive(Clone, Model)]
enum Side {
    #[model(value = "buy")]
    Buy,
    #[model(value = "buy")]
    Bid,
}

fn main() {}

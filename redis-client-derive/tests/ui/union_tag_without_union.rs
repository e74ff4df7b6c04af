use redis_client::Model;

#[derive(Clone, Model)]
#[model(union = "any", tag = "kind")]
enum Value {
    #[model(value = "1")]
    Count(i64),
}

#[derive(Clone, Model)]
#[model(tag = "kind")]
enum Side {
    #[model(value = "buy")]
    Buy,
}

fn main() {}

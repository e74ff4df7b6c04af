use redis_client::Model;

#[derive(Clone, Model)]
#[model(union = "any")]
enum Value {
    #[model(value = "none")]
    None,
    Count(i64),
}

fn main() {}

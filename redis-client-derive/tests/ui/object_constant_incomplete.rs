use redis_client::Model;

#[derive(Clone, Model)]
#[model(constant(name = "kind"))]
#[model(constant(value = "1"))]
#[model(constant = "x")]
struct Trade {
    count: i64,
}

fn main() {}

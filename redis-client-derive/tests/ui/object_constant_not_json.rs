use redis_client::Model;

#[derive(Clone, Model)]
#[model(constant(name = "kind", value = "trade"))]
#[model(constant(name = "list", value = "[]"))]
struct Trade {
    count: i64,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
#[model(constant(name = "count", value = "1"))]
struct Trade {
    count: i64,
    #[model(rename = "count")]
    other: i64,
}

fn main() {}

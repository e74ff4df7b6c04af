use redis_client::Model;

#[derive(Clone, Model)]
#[model(constant(name = "kind", value = "1", before = "cuont"))]
struct Trade {
    count: i64,
}

fn main() {}

use redis_client::Model;

#[derive(Clone)]
struct Foreign;

#[derive(Clone, Model)]
struct Trade {
    value: Foreign,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
struct Trade<T> {
    value: T,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
enum Side {
    Buy,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
enum Side {}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
struct Name(#[model(min_length = 1)] String);

fn main() {}

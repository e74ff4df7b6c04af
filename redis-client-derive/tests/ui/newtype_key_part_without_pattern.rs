use redis_client::Model;

#[derive(Clone, Model)]
#[model(key_part)]
struct Name(String);

fn main() {}

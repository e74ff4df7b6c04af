use redis_client::Model;

#[derive(Clone, Model)]
#[model(minimum = "0", unknown = "deny")]
struct Name(String);

fn main() {}

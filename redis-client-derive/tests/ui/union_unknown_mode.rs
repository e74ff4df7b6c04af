use redis_client::Model;

#[derive(Clone, Model)]
#[model(union = "first", key_part)]
enum Value {
    Count(i64),
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
#[model(key_part)]
struct Names(Vec<String>);

#[derive(Clone, Model)]
#[model(key_part)]
struct Ratio(f64);

fn main() {}

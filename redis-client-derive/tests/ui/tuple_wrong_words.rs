use redis_client::Model;

#[derive(Clone, Model)]
#[model(tuple, key_part)]
struct Pair(#[model(optional)] Option<i64>, i64);

#[derive(Clone, Model)]
#[model(tuple)]
struct Rest(#[model(rest)] Vec<i64>, i64);

#[derive(Clone, Model)]
#[model(tuple)]
struct Plain(#[model(optional)] i64, #[model(rest)] i64);

#[derive(Clone, Model)]
struct Two(i64, i64);

fn main() {}

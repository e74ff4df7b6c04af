use redis_client::Model;

#[derive(Clone, Model)]
#[model(tuple)]
struct NoList(i64, #[model(rest)] i64);

#[derive(Clone, Model)]
#[model(tuple)]
struct Absent(i64, #[model(rest, optional)] Option<Vec<i64>>);

fn main() {}

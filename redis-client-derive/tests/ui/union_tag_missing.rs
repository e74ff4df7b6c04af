use redis_client::Model;

#[derive(Clone, Model)]
#[model(union = "tag")]
enum Value {
    #[model(value = "1")]
    Count(i64),
    Ratio(f64),
    #[model(value = "2")]
    None,
}

fn main() {}

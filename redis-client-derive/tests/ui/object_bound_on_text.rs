use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(minimum = "0")]
    name: String,
    #[model(multiple_of = "2")]
    list: Vec<i64>,
}

fn main() {}

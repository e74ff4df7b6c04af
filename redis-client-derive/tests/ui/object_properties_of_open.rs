use redis_client::Model;

#[derive(Clone, Model)]
#[model(min_properties = 1, max_properties = 99999999999999999999999)]
struct Trade {
    #[model(optional)]
    count: Option<i64>,
}

fn main() {}

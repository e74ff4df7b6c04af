use redis_client::Model;

#[derive(Clone, Model)]
#[model(unknown = "ignore")]
struct Trade {
    count: i64,
    #[model(additional, optional)]
    rest: Option<std::collections::BTreeMap<String, i64>>,
    #[model(additional, names = patterns::X)]
    more: std::collections::BTreeMap<String, i64>,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
struct Trade {
    #[model(min_properties = 1, max_properties = 2)]
    tags: Vec<String>,
    #[model(names = patterns::NAMES)]
    name: String,
}

fn main() {}

use redis_client::Model;

#[derive(Clone, Model)]
#[model(unknown = "ignore", builder = elsewhere::Maker)]
struct Note {
    author: String,
}

fn main() {}

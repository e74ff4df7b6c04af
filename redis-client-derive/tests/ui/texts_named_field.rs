use redis_client::Model;

#[derive(Clone, Model)]
enum Side {
    Other { date: redis_client::Date },
}

fn main() {}

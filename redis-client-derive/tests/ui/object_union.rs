use redis_client::Model;

#[derive(Clone, Model)]
union Trade {
    value: u32,
}

fn main() {}

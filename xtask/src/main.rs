//! `cargo xtask`: see `redis_client_xtask`.
fn main() {}

//! What the modules share.

use redis_client::client::RedisClientBuilder;
use redis_client::{RedisClient, redis};
use redis_client_tests::RedisServer;
use std::time::Duration;

/// Long enough for anything that works, on a busy machine.
pub(crate) const PATIENT: Duration = Duration::from_secs(20);
/// Short enough to wait for what does not.
pub(crate) const BRIEF: Duration = Duration::from_millis(150);
/// What a call may take beyond its deadline on a busy machine.
pub(crate) const SLACK: Duration = Duration::from_secs(5);

/// A port on which nobody listens. A free one would do until another test takes it.
pub(crate) const NOBODY: u16 = 1;

/// A client of the server whose calls have this long.
pub(crate) fn client(server: &RedisServer, response_timeout: Duration) -> RedisClient {
    RedisClientBuilder::from_url(&server.url())
        .and_then(|builder| {
            builder
                .response_timeout(response_timeout)
                .connect_timeout(PATIENT)
                .build()
        })
        .unwrap()
}

/// Closes the connections of one type of clients, save the one that asks, and says how many.
pub(crate) fn kill_clients(server: &RedisServer, kind: &str) -> i64 {
    redis::cmd("CLIENT")
        .arg(&["KILL", "TYPE", kind, "SKIPME", "yes"])
        .query(&mut server.redis())
        .unwrap()
}

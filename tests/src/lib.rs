//! Harness of the tests that need real servers, real interpreters or simulated faults.
//!
//! [`RedisServer`] is a private server per test, [`eventually`] waits for a condition instead of sleeping, and
//! [`command_line`] runs the built `redis-client`.

pub mod buffer_bench;
pub mod command_line;
pub mod examples;
pub mod fault;
pub mod model;
mod redis_server;
mod wait;

pub use redis_server::{Builder, RedisServer, fence_servers, free_port};
pub use wait::{eventually, eventually_within};

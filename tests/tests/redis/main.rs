//! The client, the subscriber, the cache and the blocking facade against a real server: answering, refusing, restarted, paused,
//! silent.
//!
//! Each test has a server of its own. Nothing sleeps to let something happen: tests wait for a condition, or for an answer.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy knows the tests, but not the helpers beside them"
)]
#![expect(clippy::disallowed_methods, reason = "what `#[tokio::test]` expands to")]

mod blocking;
mod cache;
mod client;
mod examples;
mod logs;
mod subscriber;
mod support;

//! The client, the subscriber, the cache and the blocking facade against a real server: answering, refusing, restarted, paused,
//! silent.
//!
//! Each test has a server of its own. Nothing sleeps to let something happen: tests wait for a condition, or for an answer.

mod blocking;
mod cache;
mod client;
mod subscriber;
mod support;

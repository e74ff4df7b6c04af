//! The command line `redis-client`, as a process, against real servers: what operators and scripts rely on.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

mod buffer;
mod cache;
mod disk;
mod fence;
mod files;
mod publish;
mod refusals;
mod signals;
mod support;
mod tail;
mod usage;

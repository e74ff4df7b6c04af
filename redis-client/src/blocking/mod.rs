//! The client, the cache and the subscriber for callers without a runtime.
//!
//! Promise: the same names, arguments, errors and promises as in [`client`](crate::client) and [`cache`](crate::cache), one method
//! for one, each of which waits on the calling thread. No logic is repeated here.
//!
//! One tokio runtime with one worker thread, named `redis-client`, serves the connections of all blocking clients of the
//! process; so a connection is looked after between calls, and a subscription while nobody reads it. It starts with the first call and
//! stays.
//!
//! # Panics
//! Every method that waits panics inside an async context, where waiting would stop other tasks: use the async client there, or
//! call it in `tokio::task::spawn_blocking`. It also panics when the operating system cannot start the worker thread.
//!
//! Start at [`RedisClient`].

mod cache;
mod client;
mod subscriber;

pub use cache::FeatureCache;
pub use client::{DedicatedConnection, RedisClient, RedisClientBuilder};
pub use subscriber::{EventSubscriber, EventSubscriberBuilder};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle, Runtime};

/// The runtime of all blocking clients. It is never dropped: dropping one inside an async context would panic.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("redis-client")
            .enable_all()
            .build()
            .expect("the operating system can start one more thread")
    })
}

/// Waits for a future on this thread: the one place where the crate does.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "this is the facade's only block_on")]
fn wait<F: Future>(future: F) -> F::Output {
    let runtime = runtime();
    // A runtime's handle is at hand in an async context, where waiting is wrong, but also inside `spawn_blocking`, where it is right.
    // Only tokio can tell them apart, and only by trying.
    let forbidden = || catch_unwind(AssertUnwindSafe(|| runtime.block_on(std::future::ready(())))).is_err();
    assert!(
        Handle::try_current().is_err() || !forbidden(),
        "the blocking redis client was called inside an async context, where it would stop other tasks: use \
         `redis_client::RedisClient` and `.await` there, or move the call into `tokio::task::spawn_blocking`"
    );
    runtime.block_on(future)
}

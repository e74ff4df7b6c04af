//! Publishes what became of a strategy's orders, with a buffer for the time without Redis.
//!
//! ```sh
//! REDIS_URL=redis://localhost:6379 cargo run --example publish_order -- /var/lib/desk/events
//! ```
//!
//! Try it with and without a server: the outcome differs, the event is kept either way. The tests do both.

use redis_client::publisher::Outcome;
use redis_client::{Error, EventPublisher, OrderEvent, RedisClient};
use std::path::{Path, PathBuf};
use std::time::Duration;

fn main() -> Result<(), Error> {
    let directory = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("events"), PathBuf::from);
    for line in run(&RedisClient::from_env()?, &directory)? {
        #[expect(clippy::print_stdout, reason = "an example shows what it does")]
        {
            println!("{line}");
        }
    }
    Ok(())
}

/// What there is to tell, line by line.
pub(crate) fn run(client: &RedisClient, directory: &Path) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    let publisher = EventPublisher::builder(client).buffer(directory).build()?;
    let order = OrderEvent {
        timestamp: "2025-01-17T14:30:00Z".parse()?,
        run_id: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse()?,
        strategy_id: "alpha_baseline".parse()?,
        num_orders: 12,
        num_accepted: 11,
        num_rejected: 1,
    };

    // Publishing never waits; the receipt does, here or in async code.
    let receipt = publisher.publish(&order)?;
    told.push(match receipt.wait()? {
        Outcome::Delivered { receivers, .. } => format!("delivered to {receivers} subscribers"),
        Outcome::Buffered { synced, .. } => format!("kept for later, on disk: {synced}"),
        other => format!("{other:?}"),
    });

    let report = publisher.close(Duration::from_secs(5)).wait();
    told.push(format!("{} events wait for redis", report.buffered));
    Ok(told)
}

//! Prints events as they come, of every type that the schemas know, until it is stopped.
//!
//! ```sh
//! REDIS_URL=redis://localhost:6379 cargo run --example subscribe
//! ```
//!
//! The tests run it against a server of their own.

#![expect(clippy::disallowed_methods, reason = "what `#[tokio::main]` expands to")]

use redis_client::client::Received;
use redis_client::{AnyEvent, Error, EventSubscriber, RedisClient};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = RedisClient::from_env()?;
    let mut subscriber = EventSubscriber::<AnyEvent>::subscribe(&client).await?;
    while let Some(received) = subscriber.next().await {
        #[expect(clippy::print_stdout, reason = "an example shows what it does")]
        {
            println!("{}", describe(&received));
        }
    }
    Ok(())
}

/// One line for each thing that can come.
pub(crate) fn describe(received: &Received<AnyEvent>) -> String {
    match received {
        Received::Event(AnyEvent::Signal(signal)) => {
            format!(
                "signal from {}: {} symbols",
                signal.strategy_id,
                signal.symbols.len()
            )
        }
        Received::Event(AnyEvent::Order(order)) => {
            format!("{} of {} orders accepted", order.num_accepted, order.num_orders)
        }
        Received::Event(AnyEvent::Position(position)) => {
            format!("{} now holds {}", position.symbol, position.new_qty)
        }
        Received::Event(AnyEvent::PriceUpdate(update)) => {
            format!("{} at {}", update.symbol, update.price.get())
        }
        Received::Invalid { channel, error, .. } => format!("not an event on {channel}: {error}"),
        Received::Reconnected => "connected again; events may be missing".to_owned(),
        Received::Lagged(dropped) => format!("too slow: {dropped} events dropped"),
        _ => "something newer than this program".to_owned(),
    }
}

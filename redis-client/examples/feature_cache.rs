//! Caches the features of a few symbols and reads them back, together and by one.
//!
//! ```sh
//! REDIS_URL=redis://localhost:6379 cargo run --example feature_cache
//! ```
//!
//! The tests run it against a server of their own.

#![expect(clippy::disallowed_methods, reason = "what `#[tokio::main]` expands to")]

use redis_client::{Error, FeatureCache, Features, RedisClient};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = RedisClient::from_env()?;
    for line in run(&client).await? {
        #[expect(clippy::print_stdout, reason = "an example shows what it does")]
        {
            println!("{line}");
        }
    }
    Ok(())
}

/// What there is to tell, line by line.
pub(crate) async fn run(client: &RedisClient) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    let cache: FeatureCache = FeatureCache::new(client)
        .ttl(Duration::from_mins(10))?
        .jitter(0.1)?;
    let day = "2025-01-17";

    let apple = Features::from_iter([("beta", 1.21), ("momentum_5d", 0.034)]);
    let berkshire = Features::from_iter([("beta", 0.87), ("momentum_5d", -0.002)]);
    cache
        .set_many([("AAPL", &apple), ("BRK.B", &berkshire)], day)
        .await?;

    let symbols = ["AAPL", "BRK.B", "MSFT"];
    for (symbol, features) in symbols.iter().zip(cache.get_many(symbols, day).await?) {
        told.push(match features.and_then(|features| features.get("beta")) {
            Some(beta) => format!("{symbol}: beta {beta}"),
            None => format!("{symbol}: not cached"),
        });
    }

    // However many tasks ask for it at once, one computes.
    let microsoft = cache
        .get_or_compute("MSFT", day, || async {
            Ok::<_, Error>(Features::from_iter([("beta", 0.9)]))
        })
        .await?;
    told.push(format!("MSFT: computed {} feature", microsoft.len()));

    // What is no symbol never leaves the process.
    if let Err(error) = cache.get("BTC:USD", day).await {
        told.push(format!("BTC:USD: {error}"));
    }
    let stats = cache.stats();
    told.push(format!(
        "{} hits, {} misses, {} writes",
        stats.hits, stats.misses, stats.writes
    ));
    Ok(told)
}

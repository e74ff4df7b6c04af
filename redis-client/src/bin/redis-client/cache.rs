//! `cache ...`: the features of a symbol on a day.
//!
//! Reading shows any object, since another service may keep more than numbers there; writing takes what services read back: names
//! and finite numbers.

use std::io::Read as _;
use std::time::Duration;

use redis_client::{FeatureCache, Features, codec};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::args::{Cache, Common, Entry};
use crate::exit::{Exit, Failure};
use crate::input;
use crate::output::{Output, columns};

/// The largest object that is read from a file: more than any symbol has features.
const OBJECT_BYTES_MAX: u64 = 64 << 20;

/// See the head of the file.
pub(crate) async fn run(command: Cache, common: &Common, output: &Output) -> Result<Exit, Failure> {
    let client = common.client()?;
    match command {
        Cache::Get(Entry { symbol, date }) => {
            let cache = FeatureCache::<Map<String, Value>>::typed(&client);
            let Some(found) = cache.get(&symbol, date).await? else {
                let message = format!("there are no features of {symbol} on {date}");
                return Err(Failure::of(Exit::FAILED, message));
            };
            show(&found, output)
        }
        Cache::Set { entry, file, ttl } => {
            let path = file.display().to_string();
            let failed = |reason: String| Failure::of(Exit::FAILED, format!("{path}: {reason}"));
            // On a thread of its own, so that a signal is heard while a terminal is waited for.
            let bytes = tokio::task::spawn_blocking(move || {
                let mut bytes = Vec::new();
                let (input, _) = input::open(&file)?;
                input.take(OBJECT_BYTES_MAX + 1).read_to_end(&mut bytes)?;
                Ok::<_, std::io::Error>(bytes)
            });
            let bytes = bytes
                .await
                .map_err(|error| failed(error.to_string()))?
                .map_err(|error| failed(error.to_string()))?;
            if bytes.len() as u64 > OBJECT_BYTES_MAX {
                return Err(failed(format!("more than {OBJECT_BYTES_MAX} bytes")));
            }
            let features: Features = codec::decode(&bytes).map_err(|error| failed(error.to_string()))?;
            let cache = FeatureCache::new(&client).ttl(Duration::from_secs(ttl))?;
            cache.set(entry.symbol, entry.date, &features).await?;
            show(&features, output)
        }
        Cache::Invalidate(Entry { symbol, date }) => {
            let cache = FeatureCache::new(&client);
            let invalidated = cache.invalidate(symbol, date).await?;
            output.result(&Invalidated { invalidated }, || {
                let word = if invalidated { "removed" } else { "there were none" };
                word.to_owned()
            })?;
            Ok(Exit::WELL)
        }
    }
}

#[derive(Serialize)]
struct Invalidated {
    /// Whether there were any.
    invalidated: bool,
}

fn show<T: Serialize>(features: &T, output: &Output) -> Result<Exit, Failure> {
    output.result(features, || match serde_json::to_value(features) {
        Ok(Value::Object(features)) => {
            let rows: Vec<(&str, String)> = features
                .iter()
                .map(|(name, value)| (name.as_str(), value.to_string()))
                .collect();
            columns(&rows)
        }
        _ => String::new(),
    })?;
    Ok(Exit::WELL)
}

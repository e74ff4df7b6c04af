//! Data: features from the cache, and events from and to their JSON.

use std::hint::black_box;

use redis_client::{Decimal, FeatureCache, PriceUpdateEvent, Timestamp, codec};
use redis_client_tests::examples;
use serde::{Deserialize, Serialize};

use super::{Bench, Rates, Result, Row};

/// The fields of [`PriceUpdateEvent`] as serde's derive reads and writes them, without a rule of the schema.
#[derive(Debug, Serialize, Deserialize)]
struct Plain {
    event_type: String,
    symbol: String,
    price: Decimal,
    timestamp: Timestamp,
    bid: Option<Decimal>,
    ask: Option<Decimal>,
    bid_price: Option<Decimal>,
    ask_price: Option<Decimal>,
    bid_size: Option<i64>,
    ask_size: Option<i64>,
    exchange: Option<String>,
    volume: Option<i64>,
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new(
            "cache get, 158 features",
            "redis-rs GET, undecoded",
            0.90,
            |bench| Ok((bench.cache_get()?, bench.rival("redis-get", &[&feature_key(0)])?)),
        ),
        Row::new(
            "cache get_many, 100 x 158 features",
            "redis-rs MGET into ordered maps",
            3.0,
            |bench| {
                let keys: Vec<String> = (0..100).map(feature_key).collect();
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                Ok((bench.cache_get_many()?, bench.rival("redis-mget", &keys)?))
            },
        ),
        Row::new("decode an event", "serde's derive, no checks", 0.80, |bench| {
            Ok(bench.decode())
        }),
        Row::new(
            "encode an event",
            "serde's derive, no checks",
            0.90,
            Bench::encode,
        ),
    ]
}

impl Bench {
    fn decode(&self) -> Rates {
        let json = self.encoded.payload();
        let ours = self.repeated(|| drop(black_box(codec::decode::<PriceUpdateEvent>(black_box(json)))));
        let rival = self.repeated(|| drop(black_box(serde_json::from_slice::<Plain>(black_box(json)))));
        (ours, rival)
    }

    fn encode(&self) -> Result<Rates> {
        let plain: Plain = serde_json::from_slice(self.encoded.payload())?;
        // What `publish` does with a typed event: its rules are checked before it is written.
        let ours = self.repeated(|| drop(black_box(redis_client::Encoded::new(black_box(&self.event)))));
        let rival = self.repeated(|| drop(black_box(serde_json::to_vec(black_box(&plain)))));
        Ok((ours, rival))
    }

    /// How often per second `work` can be done.
    fn repeated(&self, work: impl Fn()) -> f64 {
        const AT_ONCE: usize = 100;
        let meter = self.meter();
        loop {
            for _ in 0..AT_ONCE {
                work();
            }
            if !meter.tick(AT_ONCE) {
                return meter.rate();
            }
        }
    }

    fn cache_get(&self) -> Result<f64> {
        let cache = FeatureCache::new(&self.client);
        let meter = self.meter();
        self.runtime.block_on(async {
            loop {
                let features = cache
                    .get("S0", "2025-01-17")
                    .await?
                    .ok_or("the entry is not there")?;
                black_box(&features);
                if !meter.tick(1) {
                    return Ok(meter.rate());
                }
            }
        })
    }

    fn cache_get_many(&self) -> Result<f64> {
        let cache = FeatureCache::new(&self.client);
        let symbols: Vec<String> = (0..100).map(|index| format!("S{index}")).collect();
        let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
        let meter = self.meter();
        self.runtime.block_on(async {
            loop {
                let features = cache.get_many(symbols.iter().copied(), "2025-01-17").await?;
                black_box(&features);
                if !meter.tick(1) {
                    return Ok(meter.rate());
                }
            }
        })
    }

    pub(crate) fn fill_cache(&self) -> Result<()> {
        let cache = FeatureCache::new(&self.client);
        let features = examples::features()?
            .into_iter()
            .next()
            .ok_or("no features")?
            .features;
        self.runtime.block_on(async {
            for index in 0..100 {
                cache.set(&format!("S{index}"), "2025-01-17", &features).await?;
            }
            Ok(())
        })
    }
}

fn feature_key(index: usize) -> String {
    format!("features:S{index}:2025-01-17")
}

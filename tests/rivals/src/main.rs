//! What `cargo xtask bench` measures redis-client against: one piece of work per call, its rate as JSON.
//!
//! ```text
//! rivals redis-publish URL SECONDS TASKS BYTES     tasks on one multiplexed connection, each awaiting its reply
//! rivals redis-publish-one URL SECONDS BYTES       one blocking caller
//! rivals fred-publish URL SECONDS TASKS BYTES      as redis-publish, with fred
//! rivals redis-get URL SECONDS KEY                 GET of the bytes, undecoded, one async caller
//! rivals redis-mget URL SECONDS KEY...             MGET of JSON objects, decoded into ordered maps
//! rivals append DIR SECONDS CRATE CALLERS BYTES    synced appends to okaywal, fjall, redb, rusqlite or persistent-queue
//! rivals yaque-append DIR SECONDS BYTES            appends that nobody syncs, one caller
//! ```
//!
//! It prints `{"rate": operations per second}`. A rival is used as its own documentation shows, without settings that
//! favour anybody.

mod queues;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fred::prelude::{Builder, ClientLike as _, Config, PubsubInterface as _};
use redis::AsyncTypedCommands as _;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const CHANNEL: &str = "orders.executed";

/// What is not measured at the beginning: connections settle, caches fill.
const WARM_UP: Duration = Duration::from_millis(200);

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [work, target, seconds, rest @ ..] = words.as_slice() else {
        return Err("usage: rivals WORK TARGET SECONDS ...".into());
    };
    let time = Duration::from_secs_f64(seconds.parse()?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let rate = match (*work, rest) {
        ("redis-publish", [tasks, bytes]) => {
            runtime.block_on(redis_publish(target, time, tasks.parse()?, bytes.parse()?))?
        }
        ("redis-publish-one", [bytes]) => redis_publish_one(target, time, bytes.parse()?)?,
        ("fred-publish", [tasks, bytes]) => {
            runtime.block_on(fred_publish(target, time, tasks.parse()?, bytes.parse()?))?
        }
        ("redis-get", [key]) => runtime.block_on(redis_get(target, time, key))?,
        ("redis-mget", keys) if !keys.is_empty() => runtime.block_on(redis_mget(target, time, keys))?,
        ("append", [name, callers, bytes]) => {
            queues::append(name, Path::new(target), time, callers.parse()?, bytes.parse()?)?
                .ok_or_else(|| format!("unknown crate: {name}"))?
        }
        ("yaque-append", [bytes]) => queues::yaque(Path::new(target), time, bytes.parse()?)?,
        _ => return Err(format!("unknown work: {work}").into()),
    };
    println!("{}", serde_json::json!({ "rate": rate }));
    Ok(())
}

/// Counts what happens between the end of the warm-up and the deadline.
struct Meter {
    begin: Instant,
    end: Instant,
    count: AtomicU64,
}

impl Meter {
    fn start(time: Duration) -> Arc<Self> {
        let begin = Instant::now() + WARM_UP;
        Arc::new(Self {
            begin,
            end: begin + time,
            count: AtomicU64::new(0),
        })
    }

    /// Counts one operation; `false` when the time is over.
    fn tick(&self) -> bool {
        let now = Instant::now();
        if now >= self.begin && now < self.end {
            // Ordering: a counter that is read after all threads have been joined.
            self.count.fetch_add(1, Ordering::Relaxed);
        }
        now < self.end
    }

    fn rate(&self) -> f64 {
        self.count.load(Ordering::Relaxed) as f64 / (self.end - self.begin).as_secs_f64()
    }
}

async fn redis_publish(url: &str, time: Duration, tasks: usize, bytes: usize) -> Result<f64> {
    let connection = redis::Client::open(url)?
        .get_multiplexed_async_connection()
        .await?;
    let payload: Arc<[u8]> = vec![b'x'; bytes].into();
    let meter = Meter::start(time);
    let mut running = Vec::new();
    for _ in 0..tasks {
        let (mut connection, payload, meter) = (connection.clone(), Arc::clone(&payload), Arc::clone(&meter));
        running.push(tokio::spawn(async move {
            loop {
                let _: usize = connection.publish(CHANNEL, &payload[..]).await?;
                if !meter.tick() {
                    return redis::RedisResult::Ok(());
                }
            }
        }));
    }
    for task in running {
        task.await??;
    }
    Ok(meter.rate())
}

fn redis_publish_one(url: &str, time: Duration, bytes: usize) -> Result<f64> {
    let mut connection = redis::Client::open(url)?.get_connection()?;
    let payload = vec![b'x'; bytes];
    let meter = Meter::start(time);
    loop {
        let _: i64 = redis::cmd("PUBLISH")
            .arg(CHANNEL)
            .arg(&payload[..])
            .query(&mut connection)?;
        if !meter.tick() {
            return Ok(meter.rate());
        }
    }
}

async fn fred_publish(url: &str, time: Duration, tasks: usize, bytes: usize) -> Result<f64> {
    let client = Builder::from_config(Config::from_url(url)?).build()?;
    let driver = client.init().await?;
    let payload: Arc<[u8]> = vec![b'x'; bytes].into();
    let meter = Meter::start(time);
    let mut running = Vec::new();
    for _ in 0..tasks {
        let (client, payload, meter) = (client.clone(), Arc::clone(&payload), Arc::clone(&meter));
        running.push(tokio::spawn(async move {
            loop {
                let _: i64 = client.publish(CHANNEL, &payload[..]).await?;
                if !meter.tick() {
                    return std::result::Result::<(), fred::error::Error>::Ok(());
                }
            }
        }));
    }
    for task in running {
        task.await??;
    }
    client.quit().await?;
    driver.await??;
    Ok(meter.rate())
}

async fn redis_get(url: &str, time: Duration, key: &str) -> Result<f64> {
    let mut connection = redis::Client::open(url)?
        .get_multiplexed_async_connection()
        .await?;
    let meter = Meter::start(time);
    loop {
        let bytes: Option<Vec<u8>> = redis::cmd("GET").arg(key).query_async(&mut connection).await?;
        if bytes.is_none_or(|bytes| bytes.is_empty()) {
            return Err("the key is not there".into());
        }
        if !meter.tick() {
            return Ok(meter.rate());
        }
    }
}

async fn redis_mget(url: &str, time: Duration, keys: &[&str]) -> Result<f64> {
    let mut connection = redis::Client::open(url)?
        .get_multiplexed_async_connection()
        .await?;
    let meter = Meter::start(time);
    loop {
        let values: Vec<Vec<u8>> = redis::cmd("MGET").arg(keys).query_async(&mut connection).await?;
        for value in values {
            let features: BTreeMap<String, f64> = serde_json::from_slice(&value)?;
            std::hint::black_box(features);
        }
        if !meter.tick() {
            return Ok(meter.rate());
        }
    }
}

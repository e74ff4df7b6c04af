//! `cargo xtask bench`: how fast is each piece of work, next to a rival on the same machine in the same minute?
//!
//! Absolute figures say more about the machine than about the library, so each piece of work is a ratio: ours and the
//! rival run in turn, several rounds, and the median of the per-round ratios counts. Higher is better throughout. The
//! server has no persistence and listens on loopback; the log is written below the target directory, on whatever disk
//! that is; payloads are events of about 240 bytes. A table goes to standard output, all rounds as JSON to `--json`.
//!
//! The rivals that are other people's crates are processes of `tests/rivals`; those of the log are in `buffer_bench`, as
//! bare as one can be.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a table is what this program is for"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own has a runtime of its own"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use redis_client::buffer::FallbackBuffer;
use redis_client::{Encoded, EventPublisher, FeatureCache, PriceUpdateEvent, RedisClient, codec};
use redis_client_tests::buffer_bench::{self, Measured};
use redis_client_tests::{RedisServer, eventually_within, examples};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is not measured at the beginning: connections settle, caches fill.
const WARM_UP: Duration = Duration::from_millis(200);
/// Bytes of an event's payload.
const PAYLOAD_BYTES: usize = 240;
const THREADS: usize = 8;
const BATCH: usize = 512;

#[derive(Debug, Parser)]
struct Options {
    /// The program built from `tests/rivals`.
    #[arg(long)]
    rivals: PathBuf,
    /// The program `redis-benchmark` or `valkey-benchmark`.
    #[arg(long)]
    redis_benchmark: PathBuf,
    /// Where all rounds go, as JSON.
    #[arg(long)]
    json: PathBuf,
    /// How often ours and the rival are run in turn.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 1.0, value_parser = redis_client_xtask::seconds)]
    seconds: f64,
    /// Only work whose name contains this.
    #[arg(long)]
    only: Option<String>,
}

fn main() -> ExitCode {
    match run(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<()> {
    let bench = Bench::new(options)?;
    let options = &bench.options;
    let mut results = Vec::new();
    println!(
        "| work | rival | ours /s | rival /s | ratio (median of {}) | goal |",
        options.rounds
    );
    println!("| --- | --- | ---: | ---: | ---: | ---: |");
    for pair in PAIRS
        .iter()
        .filter(|pair| options.only.as_ref().is_none_or(|text| pair.work.contains(text)))
    {
        let mut rounds = Vec::new();
        for _ in 0..options.rounds {
            let (ours, rival) = (pair.measure)(&bench).map_err(|error| format!("{}: {error}", pair.work))?;
            rounds.push((ours, rival, ours / rival));
        }
        let ratio = median(rounds.iter().map(|(_, _, ratio)| *ratio));
        let ours = median(rounds.iter().map(|(ours, _, _)| *ours));
        let rival = median(rounds.iter().map(|(_, rival, _)| *rival));
        println!(
            "| {} | {} | {} | {} | {ratio:.2} | {:.2} |",
            pair.work,
            pair.rival,
            thousands(ours),
            thousands(rival),
            pair.goal
        );
        let rounds: Vec<Value> = rounds
            .iter()
            .map(|(ours, rival, ratio)| json!({"ours": ours, "rival": rival, "ratio": ratio}))
            .collect();
        results.push(json!({
            "work": pair.work, "rival": pair.rival, "goal": pair.goal, "median_ratio": ratio, "rounds": rounds,
        }));
    }
    let report = json!({ "machine": machine(&bench.server), "seconds": options.seconds, "results": results });
    fs::write(&options.json, serde_json::to_string_pretty(&report)?)?;
    println!(
        "\n{}",
        report.get("machine").and_then(Value::as_str).unwrap_or_default()
    );
    Ok(())
}

/// One piece of work and what it is held against.
struct Pair {
    work: &'static str,
    rival: &'static str,
    goal: f64,
    measure: fn(&Bench) -> Result<(f64, f64)>,
}

const PAIRS: [Pair; 16] = [
    Pair {
        work: "publish, 8 threads x 512, payload ready",
        rival: "redis-benchmark -c 50 -P 512",
        goal: 0.90,
        measure: |bench| Ok((bench.publish_batches(Payload::Ready)?, bench.redis_benchmark()?)),
    },
    Pair {
        work: "publish, 8 threads x 512, typed event",
        rival: "redis-benchmark -c 50 -P 512",
        goal: 0.75,
        measure: |bench| Ok((bench.publish_batches(Payload::Typed)?, bench.redis_benchmark()?)),
    },
    Pair {
        work: "publish, 8 threads x 512, payload ready, one subscriber",
        rival: "redis-benchmark -c 50 -P 512",
        goal: 0.95,
        measure: |bench| {
            let ours = bench.with_subscriber(|bench| bench.publish_batches(Payload::Ready))?;
            Ok((ours, bench.with_subscriber(Bench::redis_benchmark)?))
        },
    },
    Pair {
        work: "publish, 8 threads x 512, typed event, one subscriber",
        rival: "redis-benchmark -c 50 -P 512",
        goal: 0.80,
        measure: |bench| {
            let ours = bench.with_subscriber(|bench| bench.publish_batches(Payload::Typed))?;
            Ok((ours, bench.with_subscriber(Bench::redis_benchmark)?))
        },
    },
    Pair {
        work: "publish, 512 tasks, each awaiting its receipt",
        rival: "redis-rs multiplexed",
        goal: 1.8,
        measure: |bench| {
            Ok((
                bench.publish_tasks()?,
                bench.rival("redis-publish", &["512", &bytes()])?,
            ))
        },
    },
    Pair {
        work: "publish, 512 tasks, each awaiting its receipt",
        rival: "fred",
        goal: 2.5,
        measure: |bench| {
            Ok((
                bench.publish_tasks()?,
                bench.rival("fred-publish", &["512", &bytes()])?,
            ))
        },
    },
    Pair {
        work: "publish, one caller waiting for each",
        rival: "redis-rs blocking PUBLISH",
        goal: 0.90,
        measure: |bench| {
            Ok((
                bench.publish_one()?,
                bench.rival("redis-publish-one", &[&bytes()])?,
            ))
        },
    },
    Pair {
        work: "buffer append, synced, 1 caller",
        rival: "bare group commit",
        goal: 0.90,
        measure: |bench| bench.append_synced(1),
    },
    Pair {
        work: "buffer append, synced, 8 callers",
        rival: "bare group commit",
        goal: 0.90,
        measure: |bench| bench.append_synced(8),
    },
    Pair {
        work: "buffer append, synced, 64 callers",
        rival: "bare group commit",
        goal: 0.90,
        measure: |bench| bench.append_synced(64),
    },
    Pair {
        work: "buffer append, synced, 64 callers",
        rival: "okaywal",
        goal: 1.0,
        measure: |bench| Ok((bench.append(64)?, bench.okaywal()?)),
    },
    Pair {
        work: "buffer append, batches of 512, synced",
        rival: "bare write and fdatasync",
        goal: 0.80,
        measure: |bench| bench.log(400 * 512, |dir| buffer_bench::append_batches(dir, 400, true)),
    },
    Pair {
        work: "buffer append, batches of 512, not synced",
        rival: "bare framed write",
        goal: 0.85,
        measure: |bench| bench.log(400 * 512, |dir| buffer_bench::append_batches(dir, 400, false)),
    },
    Pair {
        work: "buffer append and acknowledge, 1,000,000 records stored",
        rival: "the same with none stored",
        goal: 0.95,
        measure: |bench| {
            bench.log(100_000, |dir| {
                buffer_bench::append_and_acknowledge(dir, 1_000_000, 100_000)
            })
        },
    },
    Pair {
        work: "cache get, 158 features",
        rival: "redis-rs GET, undecoded",
        goal: 0.90,
        measure: |bench| Ok((bench.cache_get()?, bench.rival("redis-get", &[&feature_key(0)])?)),
    },
    Pair {
        work: "cache get_many, 100 x 158 features",
        rival: "redis-rs MGET into ordered maps",
        goal: 3.0,
        measure: |bench| {
            let keys: Vec<String> = (0..100).map(feature_key).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            Ok((bench.cache_get_many()?, bench.rival("redis-mget", &keys)?))
        },
    },
];

#[derive(Debug, Clone, Copy)]
enum Payload {
    Ready,
    Typed,
}

/// What every piece of work starts from.
struct Bench {
    options: Options,
    server: RedisServer,
    client: RedisClient,
    runtime: Runtime,
    event: PriceUpdateEvent,
    encoded: Encoded<PriceUpdateEvent>,
}

impl Bench {
    fn new(options: Options) -> Result<Self> {
        // Default output limits, as in the field; no persistence.
        let server = RedisServer::builder().try_start()?;
        let client = RedisClient::from_url(&server.url())?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let event = event_of(PAYLOAD_BYTES)?;
        let encoded = Encoded::new(&event)?;
        let bench = Self {
            options,
            server,
            client,
            runtime,
            event,
            encoded,
        };
        bench.runtime.block_on(bench.fill_cache())?;
        Ok(bench)
    }

    fn meter(&self) -> Arc<Meter> {
        Meter::start(Duration::from_secs_f64(self.options.seconds))
    }

    fn publish_batches(&self, payload: Payload) -> Result<f64> {
        let publisher = EventPublisher::new(&self.client)?;
        let meter = self.meter();
        thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| {
                    scope.spawn(|| -> std::result::Result<(), String> {
                        let mut receipts = Vec::with_capacity(BATCH);
                        loop {
                            for _ in 0..BATCH {
                                let receipt = match payload {
                                    Payload::Ready => publisher.publish_encoded(self.encoded.clone()),
                                    Payload::Typed => publisher.publish(&self.event),
                                };
                                receipts.push(receipt.map_err(|error| error.to_string())?);
                            }
                            for receipt in receipts.drain(..) {
                                receipt.wait().map_err(|error| error.to_string())?;
                            }
                            if !meter.tick(BATCH) {
                                return Ok(());
                            }
                        }
                    })
                })
                .collect();
            threads.into_iter().try_for_each(join)
        })?;
        Ok(meter.rate())
    }

    fn publish_tasks(&self) -> Result<f64> {
        let publisher = EventPublisher::new(&self.client)?;
        let meter = self.meter();
        self.runtime.block_on(async {
            let tasks: Vec<_> = (0..BATCH)
                .map(|_| {
                    let (publisher, encoded, meter) =
                        (publisher.clone(), self.encoded.clone(), Arc::clone(&meter));
                    tokio::spawn(async move {
                        loop {
                            let receipt = publisher
                                .publish_encoded(encoded.clone())
                                .map_err(|error| error.to_string())?;
                            receipt.await.map_err(|error| error.to_string())?;
                            if !meter.tick(1) {
                                return Ok::<(), String>(());
                            }
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await??;
            }
            Ok(meter.rate())
        })
    }

    fn publish_one(&self) -> Result<f64> {
        let publisher = EventPublisher::new(&self.client)?;
        let meter = self.meter();
        loop {
            publisher.publish_encoded(self.encoded.clone())?.wait()?;
            if !meter.tick(1) {
                return Ok(meter.rate());
            }
        }
    }

    /// Runs `work` while one connection subscribes to the event's channel and reads as fast as it can.
    fn with_subscriber(&self, work: fn(&Self) -> Result<f64>) -> Result<f64> {
        use std::io::{Read as _, Write as _};
        let mut stream = std::os::unix::net::UnixStream::connect(self.server.socket())?;
        write!(stream, "SUBSCRIBE {}\r\n", self.encoded.channel())?;
        let mut bytes = vec![0; 1 << 16];
        // The confirmation.
        let _ = stream.read(&mut bytes)?;
        let end = stream.try_clone()?;
        let drain = thread::spawn(move || while stream.read(&mut bytes).is_ok_and(|count| count > 0) {});
        let rate = work(self);
        end.shutdown(std::net::Shutdown::Both)?;
        join_silently(&drain);
        rate
    }

    fn append(&self, callers: usize) -> Result<f64> {
        let dir = self.directory()?;
        let buffer = FallbackBuffer::open(dir.path().join("log"))?;
        let (channel, payload) = (self.encoded.channel(), self.encoded.payload());
        self.callers(callers, || {
            buffer
                .append(channel, payload)
                .map(drop)
                .map_err(|error| error.to_string())
        })
    }

    /// One of the measurements of `buffer_bench`, which takes `count` operations, as rates.
    fn log(
        &self,
        count: usize,
        work: impl FnOnce(&Path) -> std::result::Result<Measured, redis_client::buffer::Error>,
    ) -> Result<(f64, f64)> {
        let dir = self.directory()?;
        let measured = work(dir.path())?;
        #[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 53 bits")]
        let rate = |time: Duration| count as f64 / time.as_secs_f64();
        Ok((rate(measured.ours), rate(measured.rival)))
    }

    fn append_synced(&self, callers: usize) -> Result<(f64, f64)> {
        // As many as take about a second where a sync takes a tenth of a millisecond.
        let each = 6400 / callers.max(8) * 10;
        self.log(callers * each, |dir| {
            buffer_bench::append_synced(dir, callers, each)
        })
    }

    fn callers(
        &self,
        callers: usize,
        work: impl Fn() -> std::result::Result<(), String> + Sync,
    ) -> Result<f64> {
        let meter = self.meter();
        thread::scope(|scope| {
            let threads: Vec<_> = (0..callers)
                .map(|_| {
                    scope.spawn(|| {
                        loop {
                            work()?;
                            if !meter.tick(1) {
                                return Ok(());
                            }
                        }
                    })
                })
                .collect();
            threads.into_iter().try_for_each(join)
        })?;
        Ok(meter.rate())
    }

    fn okaywal(&self) -> Result<f64> {
        let dir = self.directory()?;
        let path = dir.path().join("log").display().to_string();
        self.start_rival(&[
            "okaywal-append",
            &path,
            &self.seconds(),
            "64",
            &PAYLOAD_BYTES.to_string(),
        ])
    }

    /// On a disk: the directory for temporary files is memory on many machines.
    fn directory(&self) -> Result<tempfile::TempDir> {
        let parent = self.options.json.parent().unwrap_or(Path::new("."));
        Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(parent)?)
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
                std::hint::black_box(&features);
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
                std::hint::black_box(&features);
                if !meter.tick(1) {
                    return Ok(meter.rate());
                }
            }
        })
    }

    async fn fill_cache(&self) -> Result<()> {
        let cache = FeatureCache::new(&self.client);
        let features = examples::features()?
            .into_iter()
            .next()
            .ok_or("no features")?
            .features;
        for index in 0..100 {
            cache.set(&format!("S{index}"), "2025-01-17", &features).await?;
        }
        Ok(())
    }

    fn redis_benchmark(&self) -> Result<f64> {
        // As many as take about the asked time at two million per second.
        let count = (self.options.seconds * 2_000_000.0).round().max(100_000.0);
        let payload = "x".repeat(PAYLOAD_BYTES);
        let output = Command::new(&self.options.redis_benchmark)
            .args(["-h", self.server.host(), "-p", &self.server.port().to_string()])
            .args([
                "-c",
                "50",
                "-P",
                &BATCH.to_string(),
                "-n",
                &count.to_string(),
                "--csv",
            ])
            .args(["PUBLISH", self.encoded.channel(), &payload])
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        // "test","rps",... and a line of the same shape.
        let rate = text
            .lines()
            .last()
            .and_then(|line| line.split("\",\"").nth(1))
            .and_then(|rate| rate.parse().ok());
        rate.ok_or_else(|| format!("redis-benchmark printed no rate: {text}").into())
    }

    fn rival(&self, work: &str, rest: &[&str]) -> Result<f64> {
        let (url, seconds) = (self.server.url(), self.seconds());
        let mut words = vec![work, &url, &seconds];
        words.extend(rest);
        self.start_rival(&words)
    }

    fn start_rival(&self, words: &[&str]) -> Result<f64> {
        let output = Command::new(&self.options.rivals).args(words).output()?;
        let answer: Option<Value> = serde_json::from_slice(&output.stdout).ok();
        answer
            .as_ref()
            .and_then(|answer| answer.get("rate"))
            .and_then(Value::as_f64)
            .ok_or_else(|| {
                format!(
                    "{}: {}",
                    output.status,
                    String::from_utf8_lossy(&output.stderr).trim()
                )
                .into()
            })
    }

    fn seconds(&self) -> String {
        self.options.seconds.to_string()
    }
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

    /// Counts finished operations; `false` when the time is over.
    fn tick(&self, operations: usize) -> bool {
        let now = Instant::now();
        if now >= self.begin && now < self.end {
            // Ordering: a counter that is read after all threads have been joined.
            self.count.fetch_add(operations as u64, Ordering::Relaxed);
        }
        now < self.end
    }

    #[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 53 bits")]
    fn rate(&self) -> f64 {
        self.count.load(Ordering::Relaxed) as f64 / (self.end - self.begin).as_secs_f64()
    }
}

fn feature_key(index: usize) -> String {
    format!("features:S{index}:2025-01-17")
}

fn bytes() -> String {
    PAYLOAD_BYTES.to_string()
}

/// A price update whose payload has exactly this many bytes: the exchange's name is as long as it takes.
fn event_of(bytes: usize) -> Result<PriceUpdateEvent> {
    let text = |exchange: &str| {
        format!(
            "{{\"event_type\":\"price.updated\",\"symbol\":\"AAPL\",\"price\":\"229.98\",\
             \"timestamp\":\"2025-01-17T14:30:00+00:00\",\"bid\":\"229.97\",\"ask\":\"229.99\",\"bid_price\":null,\
             \"ask_price\":null,\"bid_size\":300,\"ask_size\":100,\"exchange\":\"{exchange}\",\"volume\":1234567}}"
        )
    };
    let room = bytes
        .checked_sub(text("").len())
        .ok_or("the event is longer than that")?;
    let event: PriceUpdateEvent = codec::decode(text(&"X".repeat(room)).as_bytes())?;
    let length = Encoded::new(&event)?.payload().len();
    if length == bytes {
        Ok(event)
    } else {
        Err(format!("the payload has {length} bytes").into())
    }
}

fn join(thread: thread::ScopedJoinHandle<'_, std::result::Result<(), String>>) -> Result<()> {
    thread
        .join()
        .map_err(|_| "a thread panicked")?
        .map_err(Into::into)
}

fn join_silently(thread: &thread::JoinHandle<()>) {
    // It only read; what it did not read is of no interest.
    let _ = eventually_within(Duration::from_secs(5), || thread.is_finished());
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (
        values.get(middle),
        values.len() % 2,
        middle.checked_sub(1).and_then(|below| values.get(below)),
    ) {
        (Some(upper), 0, Some(lower)) => f64::midpoint(*lower, *upper),
        (Some(value), _, _) => *value,
        (None, ..) => f64::NAN,
    }
}

fn thousands(rate: f64) -> String {
    let digits = format!("{rate:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What the figures were taken on, in a line.
fn machine(server: &RedisServer) -> String {
    let first = |path: &str, field: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text
            .lines()
            .find(|line| line.starts_with(field))
            .unwrap_or_default();
        line.rsplit(':').next().unwrap_or_default().trim().to_owned()
    };
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let mut text = format!("{}, {cores} cores", first("/proc/cpuinfo", "model name"));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let _ = write!(text, ", {} {}", std::env::consts::OS, kernel.trim());
    let version: Option<String> = redis::cmd("INFO").arg("server").query(&mut server.redis()).ok();
    let version = version.unwrap_or_default();
    let redis = version
        .lines()
        .find_map(|line| line.strip_prefix("redis_version:"))
        .unwrap_or("unknown");
    let _ = write!(
        text,
        ", Redis {redis}, redis-client {}",
        env!("CARGO_PKG_VERSION")
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_figures() {
        assert!((median([3.0, 1.0, 2.0].into_iter()) - 2.0).abs() < f64::EPSILON);
        assert!((median([4.0, 1.0].into_iter()) - 2.5).abs() < f64::EPSILON);
        assert!(median([].into_iter()).is_nan());
        assert_eq!(
            [7.4, 1234.0, 1_234_567.0].map(thousands),
            ["7", "1,234", "1,234,567"]
        );
    }

    #[test]
    fn the_payload_has_the_size_that_the_rivals_use() {
        let encoded = Encoded::new(&event_of(PAYLOAD_BYTES).unwrap()).unwrap();
        assert_eq!(encoded.payload().len(), PAYLOAD_BYTES);
    }
}

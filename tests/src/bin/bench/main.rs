//! `cargo xtask bench`: how fast is each piece of work, next to a rival on the same machine in the same minute?
//!
//! Absolute figures say more about the machine than about the library, so each piece of work is a ratio: ours and the
//! rival run in turn, several rounds, and the median of the per-round ratios counts. Higher is better throughout. The
//! server has no persistence and listens on loopback; the log is written below the target directory, on whatever disk
//! that is; payloads are events of about 240 bytes. A table goes to standard output, all rounds as JSON to `--json`, both with the
//! machine, the versions and the command.
//!
//! The rivals that are other people's crates are processes of `tests/rivals`; those of the log are in `buffer_bench`, as
//! bare as one can be. The rows are in `publish`, `log`, `data` and `project`, one function each.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a table is what this program is for"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own has a runtime of its own"
)]

mod conditions;
mod data;
mod log;
mod project;
mod publish;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use redis_client::{Encoded, PriceUpdateEvent, RedisClient, codec};
use redis_client_tests::RedisServer;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What is not measured at the beginning: connections settle, caches fill.
const WARM_UP: Duration = Duration::from_millis(200);
/// Bytes of an event's payload.
const PAYLOAD_BYTES: usize = 240;

#[derive(Debug, Parser)]
struct Options {
    /// The program built from `tests/rivals`.
    #[arg(long)]
    rivals: PathBuf,
    /// The program `redis-benchmark` or `valkey-benchmark`.
    #[arg(long)]
    redis_benchmark: PathBuf,
    /// The program that `cargo xtask` runs.
    #[arg(long)]
    xtask: PathBuf,
    /// Where all rounds go, as JSON.
    #[arg(long)]
    json: PathBuf,
    /// How often ours and the rival are run in turn.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 1.0, value_parser = redis_client_xtask::seconds)]
    seconds: f64,
    /// Only work whose name contains this; some, which takes minutes, is done only if it is asked for.
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
    let rows = [publish::rows(), log::rows(), data::rows(), project::rows()];
    let is_asked_for = |row: &Row| match &options.only {
        Some(text) => row.work.contains(text.as_str()),
        None => !row.is_long,
    };
    for row in rows.into_iter().flatten().filter(is_asked_for) {
        let rounds = if row.is_long { 1 } else { options.rounds };
        let mut measured = Vec::new();
        for _ in 0..rounds {
            let (ours, rival) = (row.measure)(&bench).map_err(|error| format!("{}: {error}", row.work))?;
            measured.push((ours, rival, ours / rival));
        }
        let ratio = median(measured.iter().map(|(_, _, ratio)| *ratio));
        let ours = median(measured.iter().map(|(ours, _, _)| *ours));
        let rival = median(measured.iter().map(|(_, rival, _)| *rival));
        println!(
            "| {} | {} | {} | {} | {ratio:.2} | {:.2} |",
            row.work,
            row.rival,
            per_second(ours),
            per_second(rival),
            row.goal
        );
        let rounds: Vec<Value> = measured
            .iter()
            .map(|(ours, rival, ratio)| json!({"ours": ours, "rival": rival, "ratio": ratio}))
            .collect();
        results.push(json!({
            "work": row.work, "rival": row.rival, "goal": row.goal, "median_ratio": ratio, "rounds": rounds,
        }));
    }
    if results.is_empty() {
        return Err("no work has such a name".into());
    }
    let conditions = conditions::of(options, &bench.server);
    println!("\n{}", conditions::lines(&conditions));
    let report = json!({ "conditions": conditions, "results": results });
    fs::write(&options.json, serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

/// Both rates of one measurement, per second: ours and the rival's.
type Rates = (f64, f64);

/// Measures both once.
type Measure = Box<dyn Fn(&Bench) -> Result<Rates>>;

/// One piece of work and what it is held against.
struct Row {
    work: String,
    rival: String,
    goal: f64,
    /// Takes minutes: measured once, and only if it is asked for.
    is_long: bool,
    measure: Measure,
}

impl Row {
    fn new(
        work: impl Into<String>,
        rival: impl Into<String>,
        goal: f64,
        measure: impl Fn(&Bench) -> Result<Rates> + 'static,
    ) -> Self {
        Self {
            work: work.into(),
            rival: rival.into(),
            goal,
            is_long: false,
            measure: Box::new(measure),
        }
    }
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
        bench.fill_cache()?;
        Ok(bench)
    }

    fn meter(&self) -> Arc<Meter> {
        self.meter_of(1.0)
    }

    /// Measures for a share of the asked time.
    fn meter_of(&self, share: f64) -> Arc<Meter> {
        Meter::start(Duration::from_secs_f64(self.options.seconds * share))
    }

    /// On a disk: the directory for temporary files is memory on many machines.
    fn directory(&self) -> Result<tempfile::TempDir> {
        let parent = self.options.json.parent().unwrap_or(Path::new("."));
        Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(parent)?)
    }

    fn rival(&self, work: &str, rest: &[&str]) -> Result<f64> {
        let (url, seconds) = (self.server.url(), self.seconds_of(1.0));
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

    /// A share of the asked time, as a word on a command line.
    fn seconds_of(&self, share: f64) -> String {
        (self.options.seconds * share).to_string()
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

#[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 53 bits")]
fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
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

/// A rate with as many digits as say something.
fn per_second(rate: f64) -> String {
    if rate < 100.0 {
        return format!("{rate:.2}");
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_figures() {
        assert!((median([3.0, 1.0, 2.0].into_iter()) - 2.0).abs() < f64::EPSILON);
        assert!((median([4.0, 1.0].into_iter()) - 2.5).abs() < f64::EPSILON);
        assert!(median([].into_iter()).is_nan());
        assert_eq!(
            [7.4, 1234.0, 1_234_567.0].map(per_second),
            ["7.40", "1,234", "1,234,567"]
        );
    }

    #[test]
    fn the_payload_has_the_size_that_the_rivals_use() {
        let encoded = Encoded::new(&event_of(PAYLOAD_BYTES).unwrap()).unwrap();
        assert_eq!(encoded.payload().len(), PAYLOAD_BYTES);
    }
}

//! Publishing: batches, tasks, one caller at a time, a subscriber in the way, and replay.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use redis_client::EventPublisher;
use redis_client::buffer::{Config, FallbackBuffer, Sync};
use redis_client::publisher::ReplayPace;
use redis_client_tests::eventually_within;

use super::{Bench, PAYLOAD_BYTES, Rates, Result, Row, join, rate};

const THREADS: usize = 8;
const BATCH: usize = 512;
/// As many events as are replayed: about half a second's work.
const REPLAYED: usize = 1_000_000;
/// The payload that ends what a subscriber reads.
const LAST: &str = "that was all";
/// How long a subscriber waits for more.
const SUBSCRIBER_PATIENCE: Duration = Duration::from_secs(30);
const REDIS_BENCHMARK: &str = "redis-benchmark -c 50 -P 512";

#[derive(Debug, Clone, Copy)]
enum Payload {
    Ready,
    Typed,
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, payload, goal, goal_with_subscriber) in [
        ("payload ready", Payload::Ready, 0.90, 0.95),
        ("typed event", Payload::Typed, 0.75, 0.80),
    ] {
        let work = format!("publish, {THREADS} threads x {BATCH}, {name}");
        rows.push(Row::new(work.as_str(), REDIS_BENCHMARK, goal, move |bench| {
            Ok((bench.publish_batches(payload)?, bench.redis_benchmark()?))
        }));
        let work = format!("{work}, one subscriber");
        rows.push(Row::new(
            work,
            REDIS_BENCHMARK,
            goal_with_subscriber,
            move |bench| {
                let ours = bench.with_subscriber(|bench| bench.publish_batches(payload))?;
                Ok((ours, bench.with_subscriber(Bench::redis_benchmark)?))
            },
        ));
    }
    for (rival, work, goal) in [
        ("redis-rs multiplexed", "redis-publish", 1.8),
        ("fred", "fred-publish", 2.5),
    ] {
        let name = format!("publish, {BATCH} tasks, each awaiting its receipt");
        rows.push(Row::new(name, rival, goal, move |bench| {
            let words = [BATCH.to_string(), PAYLOAD_BYTES.to_string()];
            let rival = bench.rival(work, &words.each_ref().map(String::as_str))?;
            Ok((bench.publish_tasks()?, rival))
        }));
    }
    rows.push(Row::new(
        "publish, one caller waiting for each",
        "redis-rs blocking PUBLISH",
        0.90,
        |bench| {
            let rival = bench.rival("redis-publish-one", &[&PAYLOAD_BYTES.to_string()])?;
            Ok((bench.publish_one()?, rival))
        },
    ));
    rows.push(Row::new(
        format!("publish, {THREADS} threads x {BATCH}, payload ready, fenced"),
        "the same unfenced",
        0.40,
        Bench::publish_fenced,
    ));
    rows.push(Row::new(
        "replay of 1,000,000 events from the buffer, unpaced",
        "publishing the same from memory",
        0.80,
        Bench::replay,
    ));
    rows
}

impl Bench {
    fn publish_batches(&self, payload: Payload) -> Result<f64> {
        self.batches_to(&EventPublisher::new(&self.client)?, payload)
    }

    /// Both with a buffer, which stays empty: the fence lives in one.
    fn publish_fenced(&self) -> Result<Rates> {
        let dir = self.directory()?;
        let publisher = |name: &str| EventPublisher::builder(&self.client).buffer(dir.path().join(name));
        let fenced = self.batches_to(&publisher("fenced").fence().build()?, Payload::Ready)?;
        let unfenced = self.batches_to(&publisher("unfenced").build()?, Payload::Ready)?;
        Ok((fenced, unfenced))
    }

    fn batches_to(&self, publisher: &EventPublisher, payload: Payload) -> Result<f64> {
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

    /// Runs `work` while one connection subscribes to the event's channel and reads as fast as it can. All that was published has to
    /// arrive there, or the figure is worth nothing.
    ///
    /// The server's limits on what may wait for a subscriber are lifted meanwhile: with the default ones it is cut off when
    /// it falls behind, and what is measured from then on is publishing to nobody.
    fn with_subscriber(&self, work: impl Fn(&Self) -> Result<f64>) -> Result<f64> {
        let mut connection = self.server.redis();
        let channel = self.encoded.channel();
        let limit = |connection: &mut redis::Connection, limit: &str| -> Result<()> {
            let mut set = redis::cmd("CONFIG");
            set.arg("SET").arg("client-output-buffer-limit").arg(limit);
            Ok(set.query(connection)?)
        };
        limit(&mut connection, "pubsub 0 0 0")?;
        let mut stream = UnixStream::connect(self.server.socket())?;
        write!(stream, "SUBSCRIBE {channel}\r\n")?;
        let mut bytes = vec![0; 1 << 16];
        // The confirmation.
        let _ = stream.read(&mut bytes)?;
        stream.set_read_timeout(Some(SUBSCRIBER_PATIENCE))?;
        let before = published(&mut connection)?;
        let last = message_bytes(channel, LAST.len());
        let drain = thread::spawn(move || drain(stream, LAST));
        let rate = work(self)?;
        let events = published(&mut connection)? - before;
        let _: i64 = redis::cmd("PUBLISH")
            .arg(channel)
            .arg(LAST)
            .query(&mut connection)?;
        let read = drain.join().map_err(|_| "the subscriber panicked")??;
        limit(&mut connection, "pubsub 33554432 8388608 60")?;
        let expected = events * message_bytes(channel, PAYLOAD_BYTES) + last;
        if read != expected {
            return Err(
                format!("the subscriber read {read} bytes, and {expected} were published to it").into(),
            );
        }
        Ok(rate)
    }

    /// A backlog on disk, sent by a publisher that has nothing else to do; beside it as many events from memory.
    fn replay(&self) -> Result<Rates> {
        let dir = self.directory()?;
        let path = dir.path().join("log");
        let config = Config::new().sync(Sync::Os);
        let buffer = FallbackBuffer::open_with(&path, &config)?;
        let batch = vec![(self.encoded.channel(), self.encoded.payload()); 500];
        for _ in 0..REPLAYED / batch.len() {
            buffer.append_batch(&batch)?;
        }
        buffer.close()?;
        let publisher = EventPublisher::builder(&self.client)
            .buffer(&path)
            .buffer_config(config)
            .replay_pace(ReplayPace::unpaced())
            .build()?;
        let begun = Instant::now();
        let is_empty = eventually_within(Duration::from_mins(1), || publisher.stats().buffer_events == 0);
        let ours = begun.elapsed();
        if !is_empty {
            return Err("the replay does not end".into());
        }
        let publisher = EventPublisher::new(&self.client)?;
        let begun = Instant::now();
        thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|_| {
                    scope.spawn(|| {
                        let mut receipts = Vec::with_capacity(BATCH);
                        let mut left = REPLAYED / THREADS;
                        while left > 0 {
                            let some = left.min(BATCH);
                            left -= some;
                            for _ in 0..some {
                                let receipt = publisher.publish_encoded(self.encoded.clone());
                                receipts.push(receipt.map_err(|error| error.to_string())?);
                            }
                            for receipt in receipts.drain(..) {
                                receipt.wait().map_err(|error| error.to_string())?;
                            }
                        }
                        Ok(())
                    })
                })
                .collect();
            threads.into_iter().try_for_each(join)
        })?;
        Ok((rate(REPLAYED, ours), rate(REPLAYED, begun.elapsed())))
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
}

/// How many times the server has been asked to publish.
fn published(connection: &mut redis::Connection) -> Result<u64> {
    let info: String = redis::cmd("INFO").arg("commandstats").query(connection)?;
    let calls = info.lines().find_map(|line| {
        let calls = line.strip_prefix("cmdstat_publish:calls=")?;
        calls.split(',').next()?.parse().ok()
    });
    Ok(calls.unwrap_or(0))
}

/// The bytes of a message to a subscriber.
fn message_bytes(channel: &str, payload: usize) -> u64 {
    let bulk = |length: usize| format!("${length}\r\n").len() + length + 2;
    ("*3\r\n".len() + bulk("message".len()) + bulk(channel.len()) + bulk(payload)) as u64
}

/// Reads until a message with this payload, and says how many bytes there were.
fn drain(mut stream: UnixStream, last: &str) -> std::result::Result<u64, String> {
    let end = format!("${}\r\n{last}\r\n", last.len()).into_bytes();
    let mut bytes = vec![0; 1 << 16];
    // The end of what was read before lies at the front.
    let (mut kept, mut read) = (0, 0_u64);
    loop {
        let free = bytes.get_mut(kept..).unwrap_or_default();
        let count = stream.read(free).map_err(|error| error.to_string())?;
        if count == 0 {
            return Err("the server cut the subscriber off".to_owned());
        }
        read += count as u64;
        let filled = kept + count;
        if bytes.get(..filled).is_some_and(|bytes| bytes.ends_with(&end)) {
            return Ok(read);
        }
        let start = filled.saturating_sub(end.len());
        bytes.copy_within(start..filled, 0);
        kept = filled - start;
    }
}

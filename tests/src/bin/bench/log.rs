//! The log on disk: appends by callers and in batches, acknowledging, opening; beside bare files and other people's queues.

use std::path::Path;
use std::thread;
use std::time::Duration;

use redis_client::buffer::{Config, Error, FallbackBuffer, Sync};
use redis_client_tests::buffer_bench::{self, Measured};

use super::{Bench, PAYLOAD_BYTES, Rates, Result, Row, join, rate};

/// What other people's crates append, synced. The first two gather callers behind one sync, as we do.
const QUEUES: [&str; 5] = ["okaywal", "persistent-queue", "fjall", "redb", "rusqlite"];
/// How much of the asked time each of their many rows takes.
const QUEUES_SHARE: f64 = 0.5;
/// What opening a log may take that has nothing left to send.
const OPEN_AT_MOST: Duration = Duration::from_millis(2);
const STORED: usize = 1_000_000;

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for callers in [1, 8, 64] {
        let work = format!(
            "buffer append, synced, {callers} {}",
            if callers == 1 { "caller" } else { "callers" }
        );
        rows.push(Row::new(work.as_str(), "bare group commit", 0.90, move |bench| {
            // As many as take about a second where a sync takes a tenth of a millisecond.
            let each = 6400 / callers.max(8) * 10;
            bench.log(callers * each, |dir| {
                buffer_bench::append_synced(dir, callers, each)
            })
        }));
        for queue in QUEUES {
            rows.push(Row::new(work.as_str(), queue, 1.0, move |bench| {
                let ours = bench.append(callers, Sync::Always)?;
                Ok((ours, bench.queue("append", &[queue, &callers.to_string()])?))
            }));
        }
    }
    rows.push(Row::new(
        "buffer append, not synced, 1 caller",
        "yaque, which never syncs",
        1.0,
        |bench| Ok((bench.append(1, Sync::Os)?, bench.queue("yaque-append", &[])?)),
    ));
    for (name, rival, goal, synced) in [
        ("synced", "bare write and fdatasync", 0.80, true),
        ("not synced", "bare framed write", 0.85, false),
    ] {
        let work = format!("buffer append, batches of 512, {name}");
        rows.push(Row::new(work, rival, goal, move |bench| {
            bench.log(400 * 512, |dir| buffer_bench::append_batches(dir, 400, synced))
        }));
    }
    rows.push(Row::new(
        "buffer append and acknowledge, 1,000,000 records stored",
        "the same with none stored",
        0.95,
        |bench| {
            bench.log(100_000, |dir| {
                buffer_bench::append_and_acknowledge(dir, STORED, 100_000)
            })
        },
    ));
    rows.push(Row::new(
        "buffer open, 1,000,000 records unacknowledged",
        "reading the same bytes for their checksum",
        0.33,
        |bench| bench.log(1, |dir| buffer_bench::open_unacknowledged(dir, STORED)),
    ));
    rows.push(Row::new(
        "buffer open, 1,000,000 records, all acknowledged",
        "2 ms",
        1.0,
        |bench| {
            bench.log(1, |dir| {
                let ours = buffer_bench::open_acknowledged(dir, STORED)?;
                Ok(Measured {
                    ours,
                    rival: OPEN_AT_MOST,
                })
            })
        },
    ));
    rows
}

impl Bench {
    /// What `callers` threads append, each record as durable as `sync` says when the call returns.
    fn append(&self, callers: usize, sync: Sync) -> Result<f64> {
        let dir = self.directory()?;
        let buffer = FallbackBuffer::open_with(dir.path().join("log"), &Config::new().sync(sync))?;
        let (channel, payload) = (self.encoded.channel(), self.encoded.payload());
        let meter = self.meter_of(QUEUES_SHARE);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..callers)
                .map(|_| {
                    scope.spawn(|| {
                        loop {
                            buffer
                                .append(channel, payload)
                                .map_err(|error| error.to_string())?;
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

    /// The same by somebody else's crate, in a process of its own.
    fn queue(&self, work: &str, rest: &[&str]) -> Result<f64> {
        let dir = self.directory()?;
        let (path, seconds, bytes) = (
            dir.path().join("log").display().to_string(),
            self.seconds_of(QUEUES_SHARE),
            PAYLOAD_BYTES.to_string(),
        );
        let mut words = vec![work, &path, &seconds];
        words.extend(rest);
        words.push(&bytes);
        self.start_rival(&words)
    }

    /// One of the measurements of `buffer_bench`, which takes `count` operations, as rates.
    fn log(
        &self,
        count: usize,
        work: impl FnOnce(&Path) -> std::result::Result<Measured, Error>,
    ) -> Result<Rates> {
        let dir = self.directory()?;
        let measured = work(dir.path())?;
        Ok((rate(count, measured.ours), rate(count, measured.rival)))
    }
}

//! `cargo xtask demo`: the main job on a real Redis, which is killed in the middle.
//!
//! A day of example events is published by a gateway and read by a risk service. In the middle Redis dies by
//! `kill -9`; the gateway goes on publishing into its buffer on disk, and replays that once Redis is back and the reader
//! has subscribed again. At the end the reader must have each event once, in the order in which
//! it was published: otherwise the demo fails.
//!
//! On a terminal there is a progress bar and a pace that eyes can follow; in a pipe plain lines and full speed.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "showing what happens is what a demo is for"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own has a runtime of its own"
)]

use std::collections::HashSet;
use std::error::Error;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use redis_client::client::Received;
use redis_client::publisher::{Outcome, ReplayWhen};
use redis_client::{AnyEvent, EventPublisher, EventSet, EventSubscriber, FeatureCache, RedisClient};
use redis_client_tests::examples::{self, Example};
use redis_client_tests::{RedisServer, eventually_within};
use tokio::runtime::Runtime;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How long any one step may take. All of them together take a few seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two events, where somebody watches.
const PACE: Duration = Duration::from_millis(8);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: FAILED: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let begun = Instant::now();
    let events = examples::events()?;
    let (before, rest) = events.split_at(events.len() / 2);
    let (during, after) = rest.split_at(rest.len() * 7 / 10);
    let server = RedisServer::builder().try_start()?;
    let directory = tempfile::tempdir()?;
    let show = Show::new(events.len());
    show.line(
        "start",
        &format!(
            "a private Redis on {}, {} events of {} types",
            server.url(),
            events.len(),
            AnyEvent::event_types().len()
        ),
    );

    let runtime = Runtime::new()?;
    let client = RedisClient::from_url(&server.url())?;
    runtime.block_on(cache_features(&client, &show))?;
    let reader = Reader::start(&runtime, &client)?;
    show.line(
        "subscribe",
        "to signals.generated, orders.executed, positions.updated and price.updated.*",
    );

    let buffer = directory.path();
    let mut sent = Vec::new();
    let mut tally = Tally::default();
    let publisher = open(&client, buffer)?;
    publish(&publisher, before, &mut sent, &mut tally, &show)?;
    reader.wait_for(&sent)?;
    show.line(
        "publish",
        &format!("{} events: {} delivered", before.len(), tally.delivered),
    );
    if tally.delivered != before.len() {
        return Err("not everything was delivered while Redis was up".into());
    }

    server.kill();
    show.line(
        "kill -9",
        &format!(
            "Redis is gone; the subscriber has all {}",
            reader.received().len()
        ),
    );
    publish(&publisher, during, &mut sent, &mut tally, &show)?;
    let buffered = tally.buffered;
    show.line(
        "publish",
        &format!("{} events: {buffered} buffered and synced to disk", during.len()),
    );
    if buffered != during.len() {
        return Err("not everything was buffered while Redis was down".into());
    }

    server.restart();
    show.line(
        "restart",
        "Redis is up again, empty; the publisher waits for the subscriber",
    );
    reader.wait_until_back()?;
    if !eventually_within(PATIENCE, || publisher.stats().buffer_events == 0) {
        return Err(format!("the buffer is not replayed: {:?}", publisher.stats()).into());
    }
    let replayed = publisher.stats().replayed;
    reader.wait_for(&sent)?;
    show.line(
        "replay",
        &format!("the subscriber is back and gets the {replayed} events of the buffer"),
    );
    publish(&publisher, after, &mut sent, &mut tally, &show)?;
    let live = tally.delivered.saturating_sub(before.len());
    reader.wait_for(&sent)?;
    show.line("publish", &format!("{} events: {live} delivered", after.len()));
    publisher.close(PATIENCE).wait();
    show.end();

    let received = reader.received();
    let verdict = Verdict::of(&sent, &received);
    println!(
        "\n  sent {}   buffered {}   replayed {replayed}   received {}   in order {}   missing {}   duplicates {}   in {:.1} s",
        sent.len(),
        tally.buffered,
        received.len(),
        if verdict.in_order { "yes" } else { "NO" },
        verdict.missing,
        verdict.duplicates,
        begun.elapsed().as_secs_f64()
    );
    if replayed != u64::try_from(buffered)? || tally.delivered + tally.buffered != sent.len() {
        return Err("the counts do not agree".into());
    }
    verdict.judge()
}

fn open(client: &RedisClient, buffer: &Path) -> Result<EventPublisher> {
    let subscriber = ReplayWhen::Receivers {
        at_least: 1,
        or_after: PATIENCE,
    };
    let builder = EventPublisher::builder(client).buffer(buffer);
    Ok(builder.replay_when(subscriber).build()?)
}

async fn cache_features(client: &RedisClient, show: &Show) -> Result<()> {
    let cache = FeatureCache::new(client);
    let entries = examples::features()?;
    for entry in &entries {
        cache
            .set(entry.symbol.as_str(), entry.date.as_str(), &entry.features)
            .await?;
    }
    for entry in &entries {
        let found = cache.get(entry.symbol.as_str(), entry.date.as_str()).await?;
        if found.as_ref() != Some(&entry.features) {
            return Err(format!("the features of {} changed in the cache", entry.symbol).into());
        }
    }
    show.line(
        "cache",
        &format!(
            "{} symbols with 158 features each, stored for an hour and read back",
            entries.len()
        ),
    );
    Ok(())
}

/// How the receipts so far came out.
#[derive(Debug, Default)]
struct Tally {
    delivered: usize,
    buffered: usize,
}

/// Publishes one after another, then waits for all receipts.
fn publish(
    publisher: &EventPublisher,
    events: &[Example],
    sent: &mut Vec<AnyEvent>,
    tally: &mut Tally,
    show: &Show,
) -> Result<()> {
    let mut receipts = Vec::new();
    for example in events {
        receipts.push(examples::publish(publisher, &example.event)?);
        sent.push(example.event.clone());
        show.step();
    }
    for mut receipt in receipts {
        match receipt
            .wait_timeout(PATIENCE)
            .ok_or("a receipt does not resolve")??
        {
            Outcome::Delivered { .. } => tally.delivered += 1,
            Outcome::Buffered { synced: true, .. } => tally.buffered += 1,
            outcome => return Err(format!("an unexpected outcome: {outcome:?}").into()),
        }
    }
    Ok(())
}

/// The service at the other end: keeps what arrives, in order.
struct Reader {
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    events: Vec<AnyEvent>,
    reconnects: usize,
    trouble: Option<String>,
}

impl Reader {
    fn start(runtime: &Runtime, client: &RedisClient) -> Result<Self> {
        let mut subscriber = runtime.block_on(EventSubscriber::<AnyEvent>::subscribe(client))?;
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = Arc::clone(&log);
        runtime.spawn(async move {
            while let Some(item) = subscriber.next().await {
                let mut log = lock(&shared);
                match item {
                    Received::Event(event) => log.events.push(event),
                    Received::Reconnected => log.reconnects += 1,
                    other => log.trouble = Some(format!("{other:?}")),
                }
            }
        });
        Ok(Self { log })
    }

    fn received(&self) -> Vec<AnyEvent> {
        lock(&self.log).events.clone()
    }

    fn wait_for(&self, sent: &[AnyEvent]) -> Result<()> {
        // What is missing at the end is counted there; here it only must not hang.
        eventually_within(PATIENCE, || lock(&self.log).events.len() >= sent.len())
            .then_some(())
            .ok_or_else(|| {
                format!(
                    "the subscriber has {} of {} events",
                    self.received().len(),
                    sent.len()
                )
            })?;
        lock(&self.log)
            .trouble
            .take()
            .map_or(Ok(()), |trouble| Err(trouble.into()))
    }

    fn wait_until_back(&self) -> Result<()> {
        eventually_within(PATIENCE, || lock(&self.log).reconnects >= 1)
            .then_some(())
            .ok_or_else(|| "the subscriber does not come back".into())
    }
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the reader's list says about the sender's.
#[derive(Debug, PartialEq, Eq)]
struct Verdict {
    in_order: bool,
    missing: usize,
    duplicates: usize,
}

impl Verdict {
    fn of(sent: &[AnyEvent], received: &[AnyEvent]) -> Self {
        // Every example differs from every other, so its text names it.
        let name = |event: &AnyEvent| format!("{event:?}");
        let seen: HashSet<String> = received.iter().map(name).collect();
        let missing = sent
            .iter()
            .map(name)
            .filter(|event| !seen.contains(event))
            .count();
        Self {
            in_order: sent == received,
            missing,
            duplicates: received.len() - seen.len(),
        }
    }

    fn judge(&self) -> Result<()> {
        let good = Self {
            in_order: true,
            missing: 0,
            duplicates: 0,
        };
        if *self == good {
            Ok(())
        } else {
            Err(format!("the promise is broken: {self:?}").into())
        }
    }
}

/// Lines for people, with a bar below them where there is a terminal.
struct Show {
    bar: Option<ProgressBar>,
}

impl Show {
    fn new(events: usize) -> Self {
        let is_watched = std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        let bar = is_watched.then(|| {
            let style = ProgressStyle::with_template("  {bar:40.cyan/blue} {pos}/{len} published, {elapsed}");
            let bar = ProgressBar::new(u64::try_from(events).unwrap_or(u64::MAX));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self { bar }
    }

    fn line(&self, what: &str, text: &str) {
        let line = format!("  {what:<10} {text}");
        match &self.bar {
            Some(bar) => bar.suspend(|| println!("{line}")),
            None => println!("{line}"),
        }
    }

    fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
            thread::sleep(PACE);
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_sees_what_is_missing_doubled_or_moved() {
        let events: Vec<AnyEvent> = examples::events()
            .unwrap()
            .into_iter()
            .take(4)
            .map(|example| example.event)
            .collect();
        let [a, b, c, d] = events.as_slice() else {
            panic!("too few examples")
        };
        let sent = [a, b, c].map(AnyEvent::clone);
        let check = |received: &[&AnyEvent], in_order, missing, duplicates| {
            let received: Vec<AnyEvent> = received.iter().copied().cloned().collect();
            let verdict = Verdict::of(&sent, &received);
            assert_eq!(
                verdict,
                Verdict {
                    in_order,
                    missing,
                    duplicates
                }
            );
            assert_eq!(
                verdict.judge().is_ok(),
                in_order && missing == 0 && duplicates == 0
            );
        };
        check(&[a, b, c], true, 0, 0);
        check(&[a, c], false, 1, 0);
        check(&[a, b, b, c], false, 0, 1);
        check(&[b, a, c], false, 0, 0);
        check(&[a, b, d], false, 1, 0);
    }
}

//! `buffer ...`: what lies in a fallback buffer, whether it is sound, and how it gets to Redis.
//!
//! Looking needs no lock and changes nothing, so that it works beside a live owner; what changes something opens the buffer, which
//! only one process can. A directory that holds no buffer is refused rather than made into one: a mistyped path must not look like
//! "all well".

use std::fs::File;
use std::path::Path;
use std::time::SystemTime;

use redis_client::Timestamp;
use redis_client::buffer::{
    self, DEAD_LETTERS_FOLDER, FallbackBuffer, Finding, Inspection, inspect, inspect_dead_letters,
};
use redis_client::publisher::{Outage, ReplayPace, Stats};
use serde::Serialize;

use crate::args::{Buffer, Common, Replay};
use crate::exit::{Exit, Failure, chain};
use crate::output::{Output, bad, columns, faint, good};
use crate::session::Session;
use crate::signals::Signals;

/// See the head of the file.
pub(crate) async fn run(
    command: Buffer,
    common: &Common,
    output: &Output,
    signals: Signals,
) -> Result<Exit, Failure> {
    if let Buffer::Replay(replayed) = command {
        return replay(&replayed, common, output, signals).await;
    }
    // Files are read with blocking calls: on a thread of its own, so that a signal is heard meanwhile.
    let output = output.clone();
    let work = tokio::task::spawn_blocking(move || match command {
        Buffer::Status(at) => status(&at.directory, &output),
        Buffer::List(at) => {
            let found = open(&at.directory)?;
            list(&found, &output)
        }
        Buffer::DeadLetters(at) => {
            open(&at.directory)?;
            match inspect_dead_letters(&at.directory)? {
                Some(found) => list(&found, &output),
                None => Ok(Exit::WELL),
            }
        }
        Buffer::Verify(at) => verify(&at.directory, &output),
        Buffer::Repair(at) => repair(&at.directory, &output),
        Buffer::Requeue(at) => requeue(&at.directory, &output),
        Buffer::Import { at, file } => import(&at.directory, &file, &output),
        Buffer::Adopt(at) => adopt(&at.directory, &output),
        Buffer::Replay(_) => Ok(Exit::WELL),
    });
    signals
        .or(async {
            work.await
                .unwrap_or_else(|error| Err(Failure::new(Exit::FAILED, &error)))
        })
        .await
}

/// Looks into a directory that must hold a buffer.
fn open(directory: &Path) -> Result<Inspection, Failure> {
    let found = inspect(directory)?;
    if found.is_buffer() {
        return Ok(found);
    }
    let path = directory.display();
    Err(Failure::of(Exit::BUFFER, format!("{path} holds no buffer")))
}

#[derive(Serialize)]
struct Status {
    records: u64,
    bytes: u64,
    oldest_age_seconds: Option<f64>,
    dead_letters: u64,
    dropped: u64,
    damaged: u64,
}

fn status(directory: &Path, output: &Output) -> Result<Exit, Failure> {
    let found = open(directory)?;
    let dead_letters = inspect_dead_letters(directory)?;
    let figures = found.status();
    let age = |created_at| {
        let age = SystemTime::now().duration_since(created_at).unwrap_or_default();
        (age.as_secs_f64() * 1e3).round() / 1e3
    };
    let status = Status {
        records: figures.records,
        bytes: figures.bytes,
        oldest_age_seconds: figures.oldest_created_at.map(age),
        dead_letters: dead_letters.map_or(0, |found| found.status().records),
        dropped: figures.dropped,
        damaged: figures.damaged,
    };
    output.result(&status, || {
        let age = status.oldest_age_seconds;
        columns(&[
            ("records", status.records.to_string()),
            ("bytes", status.bytes.to_string()),
            (
                "oldest",
                age.map_or_else(|| "-".to_owned(), |age| format!("{age} s")),
            ),
            ("dead letters", status.dead_letters.to_string()),
            ("dropped", status.dropped.to_string()),
            ("damaged", status.damaged.to_string()),
        ])
    })?;
    Ok(Exit::WELL)
}

#[derive(Serialize)]
struct Record<'a> {
    sequence: u64,
    channel: &'a str,
    payload: &'a str,
    created_at: &'a str,
    /// Of a dead letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

fn list(found: &Inspection, output: &Output) -> Result<Exit, Failure> {
    let mut exit = Exit::WELL;
    for record in found.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) if error.is_corruption() => {
                output.say(&chain(&error));
                exit = Exit::FAILED;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let payload = String::from_utf8_lossy(record.payload());
        let created_at = written(record.created_at());
        let line = Record {
            sequence: record.pair().sequence,
            channel: record.channel(),
            payload: &payload,
            created_at: &created_at,
            reason: record.reason(),
        };
        output.result(&line, || {
            let (sequence, channel) = (faint(format!("{:>8}", line.sequence)), good(line.channel));
            let reason = line
                .reason
                .map_or_else(String::new, |reason| format!("{}  ", bad(reason)));
            format!("{sequence}  {}  {channel}  {reason}{payload}", faint(&created_at))
        })?;
    }
    if found.findings().iter().any(|finding| finding.kind.is_damage()) {
        output.say("there is damage beside these records: see `buffer verify`");
    }
    Ok(exit)
}

/// RFC 3339 in UTC.
fn written(time: SystemTime) -> String {
    // Every time that a record can hold is in range: its microseconds were a time before.
    Timestamp::try_from(time).map_or_else(|_| String::new(), |time| time.to_string())
}

#[derive(Serialize)]
struct Found<'a> {
    kind: &'static str,
    file: &'a str,
    offset: u64,
    records: u64,
}

fn verify(directory: &Path, output: &Output) -> Result<Exit, Failure> {
    let found = open(directory)?;
    let dead_letters = inspect_dead_letters(directory)?;
    let mut is_damaged = report(found.findings(), None, output)?;
    if let Some(dead_letters) = &dead_letters {
        is_damaged |= report(dead_letters.findings(), Some(DEAD_LETTERS_FOLDER), output)?;
    }
    if is_damaged {
        return Ok(Exit::FAILED);
    }
    if !output.is_json() {
        output.say(&format!("no damage, {} records", found.status().records));
    }
    Ok(Exit::WELL)
}

fn repair(directory: &Path, output: &Output) -> Result<Exit, Failure> {
    open(directory)?;
    let opened = FallbackBuffer::open(directory)?;
    report(&opened.findings()?, None, output)?;
    if inspect_dead_letters(directory)?.is_some() {
        let dead_letters = FallbackBuffer::open(directory.join(DEAD_LETTERS_FOLDER))?;
        report(&dead_letters.findings()?, Some(DEAD_LETTERS_FOLDER), output)?;
        dead_letters.close()?;
    }
    let records = opened.len()?;
    opened.close()?;
    // The name of a namespace is known to its publishers alone.
    let left = inspect(directory)?;
    let left: Vec<Finding> = left
        .findings()
        .iter()
        .filter(|left| left.kind.is_damage())
        .cloned()
        .collect();
    if report(&left, None, output)? {
        return Ok(Exit::FAILED);
    }
    if !output.is_json() {
        output.say(&format!("in order, {records} records"));
    }
    Ok(Exit::WELL)
}

/// Writes the findings, and says whether any is damage.
fn report(findings: &[Finding], folder: Option<&str>, output: &Output) -> Result<bool, Failure> {
    let mut is_damaged = false;
    for finding in findings {
        let file = match folder {
            Some(folder) => &format!("{folder}/{}", finding.file),
            None => &finding.file,
        };
        let found = Found {
            kind: finding.kind.as_str(),
            file,
            offset: finding.offset,
            records: finding.records,
        };
        is_damaged |= finding.kind.is_damage();
        output.result(&found, || {
            let kind = if finding.kind.is_damage() {
                bad(found.kind)
            } else {
                faint(found.kind)
            };
            let Finding {
                offset,
                bytes,
                records,
                ..
            } = finding;
            format!("{kind}  {file} at {offset}: {bytes} bytes, {records} records")
        })?;
    }
    Ok(is_damaged)
}

#[derive(Serialize)]
struct Requeued {
    requeued: u64,
    records: u64,
}

fn requeue(directory: &Path, output: &Output) -> Result<Exit, Failure> {
    open(directory)?;
    let buffer = FallbackBuffer::open(directory)?;
    let requeued = buffer.requeue()?;
    let records = buffer.len()?;
    buffer.close()?;
    let done = Requeued { requeued, records };
    output.result(&done, || {
        let Requeued { requeued, records } = &done;
        format!("{} put back, {records} records now", good(requeued))
    })?;
    Ok(Exit::WELL)
}

#[derive(Serialize)]
struct Imported {
    imported: u64,
    skipped: usize,
}

fn import(directory: &Path, file: &Path, output: &Output) -> Result<Exit, Failure> {
    // Before a buffer is made for nothing.
    if let Err(error) = File::open(file) {
        let path = file.display();
        return Err(Failure::of(Exit::FAILED, format!("cannot read {path}: {error}")));
    }
    let buffer = FallbackBuffer::open(directory)?;
    let done = buffer.import(file)?;
    buffer.close()?;
    for skipped in &done.skipped {
        output.say(&format!("entry {}: {}", skipped.index, skipped.reason));
    }
    let done = Imported {
        imported: done.imported,
        skipped: done.skipped.len(),
    };
    output.result(&done, || {
        let Imported { imported, skipped } = &done;
        format!("{} imported, {skipped} skipped", good(imported))
    })?;
    Ok(if done.skipped == 0 {
        Exit::WELL
    } else {
        Exit::FAILED
    })
}

#[derive(Serialize)]
struct Adopted {
    producer_id: String,
}

fn adopt(directory: &Path, output: &Output) -> Result<Exit, Failure> {
    open(directory)?;
    let producer_id = buffer::adopt(directory)?.to_string();
    let adopted = Adopted { producer_id };
    output.result(&adopted, || {
        let Adopted { producer_id } = &adopted;
        format!("the producer is now {}", good(producer_id))
    })?;
    Ok(Exit::WELL)
}

#[derive(Serialize)]
struct Replayed {
    replayed: u64,
    remaining: u64,
}

async fn replay(
    options: &Replay,
    common: &Common,
    output: &Output,
    mut signals: Signals,
) -> Result<Exit, Failure> {
    let directory = options.at.directory.as_path();
    let stored = open(directory)?.status().records;
    let session = Session::start(common, |builder| {
        let pace = match options.bytes_per_second {
            _ if options.unpaced => ReplayPace::unpaced(),
            Some(bytes) => ReplayPace::bytes_per_second(bytes),
            None => ReplayPace::default(),
        };
        let builder = builder.buffer(directory).replay_pace(pace);
        if options.fence { builder.fence() } else { builder }
    })?;
    signals.bound(session.patience(common)?);
    let bar = output.progress(Some(stored), "{elapsed_precise} {bar:40} {pos}/{len} records");
    let look = |stats: &Stats| {
        if let Some(bar) = &bar {
            bar.set_position(stored.saturating_sub(stats.buffer_events));
        }
    };
    let (report, signal) = session.watched(session.end(&mut signals), look).await;
    let stats = session.publisher.stats();
    output.finish();
    let replayed = Replayed {
        // Not the count of replies: a record whose reply was lost is sent twice.
        replayed: stored
            .saturating_sub(report.buffered)
            .saturating_sub(stats.dead_letters),
        remaining: report.buffered,
    };
    output.result(&replayed, || {
        let Replayed { replayed, remaining } = &replayed;
        format!("{} replayed, {remaining} remaining", good(replayed))
    })?;
    if let Some(exit) = signal {
        return Ok(exit);
    }
    if stats.dead_letters > 0 {
        let dead = stats.dead_letters;
        output.say(&format!(
            "{dead} refused for good, or too old: see `buffer dead-letters`"
        ));
    }
    if let Some(fenced) = session.fenced() {
        return Err(fenced);
    }
    match stats.outage {
        Some(outage) if report.buffered > 0 => Err(Failure::new(Exit::UNREACHABLE, &outage)),
        // Closed before the first attempt to connect had come to an end: something accepts and never answers.
        None if report.buffered > 0 && report.buffered == stored => {
            Err(Failure::new(Exit::UNREACHABLE, &Outage::Connecting))
        }
        _ if report.buffered > 0 || stats.dead_letters > 0 => Ok(Exit::FAILED),
        _ => Ok(Exit::WELL),
    }
}

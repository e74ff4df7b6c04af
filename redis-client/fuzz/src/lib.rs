//! What is asked of any bytes, one function a target. A target panics when a promise is broken, and on nothing else.
//!
//! `cargo xtask fuzz` runs them under libFuzzer on a nightly compiler. On stable, `tests/tests/fuzz_seeds/main.rs` includes this
//! file and feeds it mutations of the corpus by seed, so that every push tries some.

use std::fmt::{Debug, Display};
use std::path::Path;
use std::str::FromStr;

use redis_client::buffer::{Config, FallbackBuffer, Record, Sync, inspect};
use redis_client::codec;
use redis_client::{
    AnyEvent, BreakerId, CircuitBreakerKey, EventSet, FeaturesKey, ModelVersionKey, OrderEvent,
    OrphanExposureKey, PositionEvent, PriceKey, PriceUpdateEvent, QuarantineKey, Quote, ReduceOnlyLockKey,
    SignalEvent, StrategyId, StrategyScope, Symbol,
};
use serde_json::Value;

fn config() -> Config {
    Config::new().segment_bytes(8 << 10).sync(Sync::Os)
}

/// In memory where the system has such a place: each run opens a log or two.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .expect("a temporary directory can be made")
}

/// Cuts the bytes into records: a byte says how long the channel is, two how long the payload, then both.
fn records(mut data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut records = Vec::new();
    // Bound: each turn takes three bytes at least, and a log of few segments shows as much as a long one.
    while let [channel, low, high, rest @ ..] = data
        && records.len() < 24
    {
        let (channel, rest) = rest.split_at(rest.len().min(usize::from(*channel % 40)));
        let length = usize::from(u16::from_le_bytes([*low, *high]) % 3000);
        let (payload, rest) = rest.split_at(rest.len().min(length));
        records.push((String::from_utf8_lossy(channel).into_owned(), payload.to_vec()));
        data = rest;
    }
    records
}

/// Appends what the buffer takes, and returns that.
fn append(directory: &Path, records: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let buffer = FallbackBuffer::open_with(directory, &config()).expect("a fresh directory opens");
    records
        .into_iter()
        .filter(|(channel, payload)| buffer.append(channel, payload).is_ok())
        .collect()
}

fn contents(record: &Record) -> (String, Vec<u8>) {
    (record.channel().to_owned(), record.payload().to_vec())
}

/// What was appended is read back after a restart: all of it, in order, and nothing else.
pub fn record(data: &[u8]) {
    let directory = scratch();
    let appended = append(directory.path(), records(data));
    let buffer = FallbackBuffer::open_with(directory.path(), &config()).expect("what was closed opens");
    let read = buffer
        .peek(appended.len() + 1)
        .expect("what was appended is read");
    assert_eq!(read.iter().map(contents).collect::<Vec<_>>(), appended);
}

/// Damage anywhere in the files never passes for data: what is read was appended, in its order, and each once.
pub fn recovery(data: &[u8]) {
    let (edits, content) = data.split_at(data.len().min(24));
    let directory = scratch();
    let appended = append(directory.path(), records(content));
    let mut files: Vec<std::path::PathBuf> = std::fs::read_dir(directory.path())
        .expect("the directory of the log is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    for edit in edits.chunks_exact(4) {
        let &[file, low, high, byte] = edit else { continue };
        let Some(path) = files.get(usize::from(file) % files.len().max(1)) else {
            continue;
        };
        let mut bytes = std::fs::read(path).expect("a file of the log is read");
        let at = usize::from(u16::from_le_bytes([low, high]));
        if byte == 0 {
            bytes.truncate(at);
        } else if let Some(there) = bytes.get_mut(at) {
            *there ^= byte;
        }
        std::fs::write(path, bytes).expect("a file of the log is written");
    }
    // Reading beside a live owner meets the same bytes first.
    let _ = inspect(directory.path());
    let Ok(buffer) = FallbackBuffer::open_with(directory.path(), &config()) else {
        return;
    };
    let Ok(read) = buffer.peek(appended.len() + 1) else {
        return;
    };
    let mut expected = appended.iter();
    for found in read.iter().map(contents) {
        assert!(
            expected.any(|record| *record == found),
            "what nobody appended, or out of order"
        );
    }
}

/// A key that is read from a text is that text again.
pub fn key(data: &[u8]) {
    fn same<T: FromStr + Display>(text: &str) {
        if let Ok(value) = text.parse::<T>() {
            assert_eq!(value.to_string(), text);
        }
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    same::<FeaturesKey>(text);
    same::<PriceKey>(text);
    same::<CircuitBreakerKey>(text);
    same::<ModelVersionKey>(text);
    same::<QuarantineKey>(text);
    same::<OrphanExposureKey>(text);
    same::<ReduceOnlyLockKey>(text);
    same::<Symbol>(text);
    same::<StrategyId>(text);
    same::<StrategyScope>(text);
    same::<BreakerId>(text);
}

/// Any text is a schema that compiles, with code in every language, or is refused with diagnostics; and no schema is
/// incompatible with itself.
pub fn schema_load(data: &[u8]) {
    use redis_client_xtask::{codegen, compat};
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Err(diagnostics) = codegen::print_text(text) {
        assert!(!diagnostics.is_empty(), "a refusal says why");
        for line in diagnostics.json_lines().lines() {
            let value: Value = serde_json::from_str(line).expect("a diagnostic is JSON");
            assert_eq!(value["severity"], "error");
        }
    }
    if let Ok(report) = compat::compare_texts(text, text) {
        let report: Value = serde_json::from_str(&report).expect("a report is JSON");
        for direction in ["backward", "forward"] {
            assert_ne!(report[direction], "incompatible", "with itself");
        }
    }
}

/// Whatever bytes come, a generated type refuses them or writes them so that it reads the same value again; and `codec` and bare
/// serde agree.
pub fn decoders(data: &[u8]) {
    fn again<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug>(data: &[u8]) {
        let decoded = codec::decode::<T>(data);
        assert_eq!(
            decoded.is_ok(),
            serde_json::from_slice::<T>(data).is_ok(),
            "codec and serde agree"
        );
        if let Ok(value) = decoded {
            let written = codec::encode(&value).expect("what was read can be written");
            assert_eq!(
                codec::decode::<T>(&written).expect("what was written is read"),
                value
            );
        }
    }
    again::<SignalEvent>(data);
    again::<OrderEvent>(data);
    again::<PositionEvent>(data);
    again::<PriceUpdateEvent>(data);
    again::<Quote>(data);
    for channel in [
        "signals.generated",
        "orders.executed",
        "positions.updated",
        "price.updated.AAPL",
        "nowhere",
    ] {
        let _ = AnyEvent::decode(channel, data);
    }
}

//! What is asked of any bytes, one function a target. A target panics when a promise is broken, and on nothing else.
//!
//! `cargo xtask fuzz` runs them under libFuzzer. `tests/tests/fuzz_seeds/main.rs` includes this file and feeds it mutations of the
//! corpus by seed, so that every push tries some.

use std::fmt::{Debug, Display};
use std::path::Path;
use std::str::FromStr;

use redis_client::buffer::{Config, FallbackBuffer, Record, Sync, inspect};
use redis_client::codec;
use redis_client::{
    AnyEvent, BreakerId, CircuitBreakerKey, Date, Decimal, EventSet, Features, FeaturesKey, ModelVersionKey,
    OrderEvent, OrphanExposureKey, PositionEvent, PriceKey, PriceUpdateEvent, QuarantineKey, Quote,
    RedisClient, ReduceOnlyLockKey, SignalEvent, StrategyId, StrategyScope, Symbol, Timestamp, Uuid, seams,
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

/// Any bytes in place of a file of the log: whatever opening makes of them, it makes the same of them once more, and what is appended
/// then is there.
pub fn log_files(data: &[u8]) {
    const NAMES: [&str; 6] = [
        "00000000000000000001.wal",
        "00000000000000000002.wal",
        "cursor",
        "producer",
        "dead-letters/00000000000000000001.wal",
        "dead-letters/cursor",
    ];
    let Some((which, rest)) = data.split_first() else {
        return;
    };
    let directory = scratch();
    append(
        directory.path(),
        vec![
            ("a".to_owned(), b"first".to_vec()),
            ("b".to_owned(), b"second".to_vec()),
        ],
    );
    let which = usize::from(*which);
    let path = directory.path().join(NAMES[which % NAMES.len()]);
    std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder is made");
    // Each file of the log is its bytes and then zeros to a size; half of the inputs leave the rest as it was.
    let mut bytes = std::fs::read(&path).unwrap_or_default();
    if (which / NAMES.len()).is_multiple_of(2) {
        bytes.clear();
    }
    let kept = bytes.split_off(bytes.len().min(rest.len()));
    std::fs::write(&path, [rest, &kept].concat()).expect("a file of the log is written");
    let _ = inspect(directory.path());
    let open = || FallbackBuffer::open_with(directory.path(), &config());
    let Ok(buffer) = open() else { return };
    let Ok(before) = buffer.peek(usize::MAX) else {
        return;
    };
    drop(buffer);
    let buffer = open().expect("what was opened opens again");
    let again = buffer.peek(usize::MAX).expect("and is read again");
    assert_eq!(again, before, "recovery ends with what it leaves");
    // What the bytes say of its size may have filled it.
    if buffer.append("c", b"third").is_ok() {
        drop(buffer);
        let buffer = open().expect("what was appended to opens");
        let read = buffer.peek(usize::MAX).expect("and is read");
        let last = read.last().map(contents);
        assert_eq!(last, Some(("c".to_owned(), b"third".to_vec())));
        assert_eq!(read.len(), before.len() + 1);
    }
}

/// The file of the Python services: every element is imported or skipped, in order, and what was imported is in the log.
pub fn import(data: &[u8]) {
    let directory = scratch();
    let file = directory.path().join("buffer.json");
    std::fs::write(&file, data).expect("a file is written");
    let buffer =
        FallbackBuffer::open_with(directory.path().join("log"), &config()).expect("a fresh directory opens");
    let Ok(import) = buffer.import(&file) else {
        assert!(
            buffer.peek(1).expect("it is read").is_empty(),
            "a refused file leaves nothing"
        );
        return;
    };
    let read = buffer.peek(usize::MAX).expect("what was imported is read");
    assert_eq!(u64::try_from(read.len()), Ok(import.imported));
    if let Ok(Value::Array(elements)) = serde_json::from_slice(data) {
        assert_eq!(elements.len(), read.len() + import.skipped.len());
        let skipped: Vec<usize> = import.skipped.iter().map(|skipped| skipped.index).collect();
        let taken = elements.iter().enumerate();
        let taken = taken.filter(|(index, _)| !skipped.contains(index));
        for ((_, element), record) in taken.zip(&read) {
            assert_eq!(element["channel"].as_str(), Some(record.channel()));
            match &element["payload"] {
                Value::String(text) => assert_eq!(text.as_bytes(), record.payload()),
                object => assert_eq!(
                    serde_json::from_slice::<Value>(record.payload()).ok().as_ref(),
                    Some(object)
                ),
            }
        }
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

/// A time, date, decimal or identifier that is read from a text is written so that it is the same again, and written once it is
/// written alike ever after; as JSON too.
pub fn scalar(data: &[u8]) {
    fn same<T>(text: &str)
    where
        T: FromStr + Display + PartialEq + Debug + serde::Serialize + serde::de::DeserializeOwned,
    {
        let Ok(value) = text.parse::<T>() else {
            return;
        };
        let written = value.to_string();
        let again = written.parse::<T>().ok().expect("what was written is read");
        assert_eq!(again, value, "{text}");
        assert_eq!(again.to_string(), written, "{text}");
        let json = codec::encode(&value).expect("it is written as JSON");
        assert_eq!(codec::decode::<T>(&json).expect("and read"), value);
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    same::<Timestamp>(text);
    same::<Date>(text);
    same::<Decimal>(text);
    same::<Uuid>(text);
}

/// Features of a cache entry are the same whether the short way reads them or `codec` does, and are written so that they are read.
pub fn features(data: &[u8]) {
    let numbers = |features: &Features| {
        let entries = features.iter();
        let entries = entries.map(|(name, number)| (name.to_owned(), number.to_bits()));
        entries.collect::<Vec<_>>()
    };
    let decoded = codec::decode_lenient::<Features>(data);
    if let Ok(text) = std::str::from_utf8(data)
        && let Some(plain) = seams::plain_features(text)
    {
        let decoded = decoded.as_ref().expect("what is read the short way is right");
        assert_eq!(numbers(&plain), numbers(decoded));
    }
    let Ok(features) = decoded else { return };
    let is_finite = features.iter().all(|(_, number)| number.is_finite());
    let written = codec::encode(&features);
    assert_eq!(written.is_ok(), is_finite, "only what is finite is written");
    if let Ok(written) = written {
        let again = codec::decode::<Features>(&written).expect("what was written is read");
        assert_eq!(numbers(&again), numbers(&features));
    }
}

/// Replies are found whatever pieces they come in, and each is the one that redis-rs finds.
pub fn replies(data: &[u8]) {
    use redis_client::redis::{Parser, Value, parse_redis_value};
    let Some((piece, text)) = data.split_first() else {
        return;
    };
    let found = seams::replies(text, text.len().max(1));
    let in_pieces = seams::replies(text, usize::from(*piece).max(1));
    assert_eq!(in_pieces, found);
    let mut parser = Parser::new();
    let mut rest = text;
    // Where we find none, redis-rs may: RESP3 is never asked for.
    for reply in found.0 {
        let theirs = parser.parse_value(&mut rest);
        match reply {
            seams::Reply::Integer(number) => assert_eq!(theirs.ok(), Some(Value::Int(number))),
            seams::Reply::Other(bytes) => match (parse_redis_value(&bytes), theirs) {
                (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
                // Neither takes it, and the connection ends there.
                (Err(_), Err(_)) => return,
                (ours, theirs) => panic!("{ours:?} is not {theirs:?}"),
            },
        }
    }
}

/// No URL panics, and no password that stands in one is repeated.
pub fn url(data: &[u8]) {
    const PASSWORD: &str = "geheimnis";
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let shown = |url: &str| match RedisClient::from_url(url) {
        Ok(client) => format!("{client:?} {}", client.endpoint()),
        Err(error) => {
            // With all that it says of its sources.
            let mut shown = format!("{error:?} {error}");
            let mut source = std::error::Error::source(&error);
            while let Some(error) = source {
                shown.push_str(&error.to_string());
                source = error.source();
            }
            shown
        }
    };
    shown(text);
    let (user, rest) = text.split_once('\0').unwrap_or(("", text));
    if !user.contains(['/', '?', '#', '\\']) {
        let url = format!("redis://{user}:{PASSWORD}@{rest}");
        assert!(!shown(&url).contains(PASSWORD), "the password is shown");
    }
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

//! The example events of `schemas/examples/`, as text and as values.
//!
//! The files are each in the order of time; together they are mixed evenly, so that any stretch of them has events of
//! all types, as on a channel.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use redis_client::codec::EncodeError;
use redis_client::publisher::{PublishError, Receipt};
use redis_client::{AnyEvent, EventPublisher, EventSet, Features};
use serde::Deserialize;

/// One example: its line without the line end, and what it decodes to.
#[derive(Debug, Clone)]
pub struct Example {
    /// The JSON text.
    pub line: String,
    /// The file and line it stands in, for messages.
    pub place: String,
    /// The event.
    pub event: AnyEvent,
}

/// The features of one symbol on one day.
#[derive(Debug, Clone, Deserialize)]
pub struct SymbolFeatures {
    /// A symbol.
    pub symbol: String,
    /// A date, as in a key.
    pub date: String,
    /// Values by name.
    pub features: Features,
}

/// All example events: those of every `*.jsonl` in `schemas/examples/`.
///
/// ```
/// assert!(redis_client_tests::examples::events()?.len() >= 200);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// When a file cannot be read, or a line is not an event; the error names the line.
pub fn events() -> io::Result<Vec<Example>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory())? {
        let name = entry?.file_name();
        if Path::new(&name)
            .extension()
            .is_some_and(|ending| ending == "jsonl")
        {
            files.push(name.to_string_lossy().into_owned());
        }
    }
    // A directory has no order of its own.
    files.sort();
    let mut placed = Vec::new();
    for name in files {
        let text = read(&name)?;
        let count = text.lines().count();
        for (index, line) in text.lines().enumerate() {
            let place = format!("schemas/examples/{name}:{}", index + 1);
            let event = decode(line).map_err(|error| io::Error::other(format!("{place}: {error}")))?;
            // Twice the middle of its share of the whole, as a fraction of two integers.
            placed.push((
                (2 * index + 1) * 1_000_000 / count,
                Example {
                    line: line.to_owned(),
                    place,
                    event,
                },
            ));
        }
    }
    placed.sort_by_key(|(position, _)| *position);
    Ok(placed.into_iter().map(|(_, example)| example).collect())
}

/// The example features: 158 of each of some symbols.
///
/// ```
/// assert!(redis_client_tests::examples::features()?.iter().all(|entry| entry.features.len() == 158));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// When the file cannot be read or holds something else.
pub fn features() -> io::Result<Vec<SymbolFeatures>> {
    serde_json::from_str(&read("features.json")?).map_err(io::Error::other)
}

/// Publishes an event of any type.
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
/// use redis_client_tests::{RedisServer, examples};
///
/// let server = RedisServer::start();
/// let client = RedisClient::from_url(&server.url())?;
/// let publisher = EventPublisher::new(&client)?;
/// for example in examples::events()?.into_iter().take(3) {
///     assert!(examples::publish(&publisher, &example.event)?.wait()?.is_delivered());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`EventPublisher::publish`].
pub fn publish(publisher: &EventPublisher, event: &AnyEvent) -> Result<Receipt, PublishError> {
    publisher.publish_encoded(event.encode()?)
}

/// The channel and the payload of an event of any type.
///
/// ```
/// use redis_client_tests::examples;
///
/// let example = examples::events()?.remove(0);
/// let (_channel, payload) = examples::encode(&example.event)?;
/// assert_eq!(payload, example.line.as_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`EventSet::encode`].
pub fn encode(event: &AnyEvent) -> Result<(String, Vec<u8>), EncodeError> {
    let encoded = event.encode()?;
    Ok((encoded.channel().to_owned(), encoded.payload().to_owned()))
}

/// A line has no channel, but says its type.
fn decode(line: &str) -> io::Result<AnyEvent> {
    let Typed { event_type } = serde_json::from_str(line)?;
    AnyEvent::decode_type(&event_type, line.as_bytes())
        .ok_or_else(|| io::Error::other(format!("no event has the type `{event_type}`")))?
        .map_err(io::Error::other)
}

#[derive(Deserialize)]
struct Typed {
    event_type: String,
}

fn read(name: &str) -> io::Result<String> {
    let path = directory().join(name);
    fs::read_to_string(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/examples")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_example_survives_decoding_and_encoding_byte_for_byte() {
        let events = events().unwrap();
        assert!(events.len() >= 200);
        for Example { line, place, event } in &events {
            let (_, payload) = encode(event).unwrap();
            assert_eq!(String::from_utf8(payload).unwrap(), *line, "{place}");
        }
    }

    #[test]
    fn each_example_differs_from_every_other() {
        let events = events().unwrap();
        let lines: HashSet<&str> = events.iter().map(|example| example.line.as_str()).collect();
        assert_eq!(lines.len(), events.len());
    }

    #[test]
    fn all_types_are_mixed_evenly() {
        for stretch in events().unwrap().chunks_exact(20) {
            let types: HashSet<_> = stretch
                .iter()
                .map(|example| std::mem::discriminant(&example.event))
                .collect();
            assert_eq!(
                types.len(),
                AnyEvent::event_types().len(),
                "from {}",
                stretch[0].place
            );
        }
    }
}

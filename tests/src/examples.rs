//! The example events of `schemas/examples/`, as text and as values.
//!
//! The files are each in the order of time; together they are mixed evenly, so that any stretch of them has events of
//! all types, as on a channel.

use std::fs;
use std::io;
use std::path::Path;

use redis_client::codec::{self, EncodeError};
use redis_client::publisher::{PublishError, Receipt};
use redis_client::{
    AnyEvent, Encoded, Event, EventPublisher, Features, OrderEvent, PositionEvent, PriceUpdateEvent,
    SignalEvent,
};
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

type Decode = fn(&[u8]) -> io::Result<AnyEvent>;

/// All example events.
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
    let mut placed = Vec::new();
    let files: [(&str, Decode); 4] = [
        ("signal", |line| decode::<SignalEvent>(line).map(AnyEvent::Signal)),
        ("order", |line| decode::<OrderEvent>(line).map(AnyEvent::Order)),
        ("position", |line| {
            decode::<PositionEvent>(line).map(AnyEvent::Position)
        }),
        ("price_update", |line| {
            decode::<PriceUpdateEvent>(line).map(AnyEvent::PriceUpdate)
        }),
    ];
    for (name, decode) in files {
        let text = read(&format!("{name}.jsonl"))?;
        let count = text.lines().count();
        for (index, line) in text.lines().enumerate() {
            let place = format!("schemas/examples/{name}.jsonl:{}", index + 1);
            let event =
                decode(line.as_bytes()).map_err(|error| io::Error::other(format!("{place}: {error}")))?;
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
    match event {
        AnyEvent::Signal(event) => publisher.publish(event),
        AnyEvent::Order(event) => publisher.publish(event),
        AnyEvent::Position(event) => publisher.publish(event),
        AnyEvent::PriceUpdate(event) => publisher.publish(event),
    }
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
/// As [`Encoded::new`].
pub fn encode(event: &AnyEvent) -> Result<(String, Vec<u8>), EncodeError> {
    fn parts<E: Event>(event: &E) -> Result<(String, Vec<u8>), EncodeError> {
        let encoded = Encoded::new(event)?;
        Ok((encoded.channel().to_owned(), encoded.payload().to_owned()))
    }
    match event {
        AnyEvent::Signal(event) => parts(event),
        AnyEvent::Order(event) => parts(event),
        AnyEvent::Position(event) => parts(event),
        AnyEvent::PriceUpdate(event) => parts(event),
    }
}

fn decode<E: Event>(line: &[u8]) -> io::Result<E> {
    codec::decode(line).map_err(io::Error::other)
}

fn read(name: &str) -> io::Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../schemas/examples")
        .join(name);
    fs::read_to_string(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
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
            assert_eq!(types.len(), 4, "from {}", stretch[0].place);
        }
    }
}

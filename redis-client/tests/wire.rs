//! The wire format, byte for byte: texts that a Python producer sends, and what must become of each.
//!
//! `vectors/*.jsonl` has one case per line: `event`, `verdict` (accept or refuse), `input`, `why`, and for accepted ones
//! `output`, what decoding and encoding again gives. Written by pydantic models with the fields of the schemas, and a
//! list of mutations for the refused ones.

#![expect(clippy::unwrap_used, reason = "a test may panic, also in its helpers")]

use redis_client::{Encoded, Event, OrderEvent, PositionEvent, SignalEvent, codec};

#[derive(serde::Deserialize)]
struct Case {
    event: String,
    verdict: String,
    input: String,
    output: Option<String>,
    why: String,
}

/// What becomes of an input: the output, or `None` when it is refused.
fn run<E: Event>(input: &str) -> Option<String> {
    let decoded = codec::decode::<E>(input.as_bytes());
    let bare = serde_json::from_str::<E>(input);
    assert_eq!(decoded.is_ok(), bare.is_ok(), "bare serde_json differs: {input}");
    let event = decoded.ok()?;
    let encoded = Encoded::new(&event).unwrap();
    assert_eq!(
        codec::encode(&event).unwrap(),
        encoded.payload(),
        "serde writes it otherwise: {input}"
    );
    let again = codec::decode::<E>(encoded.payload()).unwrap();
    assert_eq!(
        Encoded::new(&again).unwrap().payload(),
        encoded.payload(),
        "{input}"
    );
    assert_eq!(encoded.channel(), E::CHANNEL);
    Some(String::from_utf8(encoded.payload().to_vec()).unwrap())
}

fn check(file: &str, least: usize) {
    let cases: Vec<Case> = file
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(cases.len() >= least, "only {} cases", cases.len());
    for case in cases {
        let result = match case.event.as_str() {
            "SignalEvent" => run::<SignalEvent>(&case.input),
            "OrderEvent" => run::<OrderEvent>(&case.input),
            "PositionEvent" => run::<PositionEvent>(&case.input),
            other => panic!("no event {other}"),
        };
        match case.verdict.as_str() {
            "accept" => assert_eq!(result, case.output, "{}: {}", case.why, case.input),
            "refuse" => assert_eq!(result, None, "{}: {}", case.why, case.input),
            other => panic!("no verdict {other}"),
        }
    }
}

#[test]
fn signals() {
    check(include_str!("vectors/SignalEvent.jsonl"), 36);
}

#[test]
fn orders() {
    check(include_str!("vectors/OrderEvent.jsonl"), 34);
}

#[test]
fn positions() {
    check(include_str!("vectors/PositionEvent.jsonl"), 45);
}

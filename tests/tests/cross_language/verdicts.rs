//! Rust and the generated packages judge the same JSON texts: equal verdicts, and equal bytes when written again. A validator
//! that reads the schema which a type carries judges them as well, so that the loop from schema to type and back is closed.
//!
//! The texts are every wire vector, every example, the values of the schemas' own types, and mutations of all of them:
//! members dropped, nulled, doubled, of another type or spelling; then values made from each schema by seed, and mutations
//! of these. None is sampled. A package is asked through a child process, `tests/python/judge.py` and its twin for Node.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use redis_client::__private::schemars::{JsonSchema, SchemaGenerator};
use redis_client::codec;
use redis_client::{
    Action, AnyEvent, BreakerId, Features, FencedProducer, NonNegativeDecimal, OrderEvent, PositionEvent,
    PriceUpdateEvent, Quote, SignalEvent, StrategyId, StrategyName, StrategyScope, Symbol,
};
use redis_client_xtask::{Project, node, python};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::referee;

/// What is judged: the name of a type, and a text that may be one of its values.
pub(crate) type Question = (&'static str, Vec<u8>);

/// The bytes an accepted value is written as again, or why it is refused.
pub(crate) type Verdict = Result<Vec<u8>, String>;

pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(payload: &[u8]) -> Verdict {
    let value: T = codec::decode(payload).map_err(|error| error.to_string())?;
    codec::encode(&value).map_err(|error| error.to_string())
}

fn features(payload: &[u8]) -> Verdict {
    let value: Features = codec::decode_lenient(payload).map_err(|error| error.to_string())?;
    codec::encode(&value).map_err(|error| error.to_string())
}

pub(crate) type Judge = fn(&[u8]) -> Verdict;

/// The schema that a type carries, its references bundled.
pub(crate) type Schema = fn() -> Value;

pub(crate) fn schema<T: JsonSchema>() -> Value {
    SchemaGenerator::default().into_root_schema_for::<T>().to_value()
}

/// The types that a schema describes, by name. `Features` is ours, and reads what is no JSON as well.
fn described() -> Vec<(&'static str, Judge, Schema)> {
    macro_rules! described {
        ($($ty:ident)*) => { vec![$((stringify!($ty), round_trip::<$ty> as Judge, schema::<$ty> as Schema)),*] };
    }
    described! {
        SignalEvent OrderEvent PositionEvent PriceUpdateEvent Quote Symbol StrategyId StrategyName BreakerId FencedProducer
        StrategyScope NonNegativeDecimal Action
    }
}

/// The types by name, and a value of each.
pub(crate) fn types() -> BTreeMap<&'static str, (Judge, &'static str)> {
    BTreeMap::from([
        ("SignalEvent", (round_trip::<SignalEvent> as Judge, SIGNAL)),
        ("OrderEvent", (round_trip::<OrderEvent>, ORDER)),
        ("PositionEvent", (round_trip::<PositionEvent>, POSITION)),
        ("PriceUpdateEvent", (round_trip::<PriceUpdateEvent>, PRICE)),
        ("Quote", (round_trip::<Quote>, QUOTE)),
        ("Features", (features, FEATURES)),
        ("Symbol", (round_trip::<Symbol>, "\"BRK.B\"")),
        ("StrategyId", (round_trip::<StrategyId>, "\"überschuss\"")),
        ("StrategyName", (round_trip::<StrategyName>, "\"alpha_baseline\"")),
        ("BreakerId", (round_trip::<BreakerId>, "\"global\"")),
        (
            "FencedProducer",
            (
                round_trip::<FencedProducer>,
                "\"0f8fad5bd9cb469fa16570867728950e\"",
            ),
        ),
        ("StrategyScope", (round_trip::<StrategyScope>, "\"*\"")),
        (
            "NonNegativeDecimal",
            (round_trip::<NonNegativeDecimal>, "\"1.50\""),
        ),
        ("Action", (round_trip::<Action>, "\"buy\"")),
    ])
}

const SIGNAL: &str = r#"{"event_type":"signals.generated","timestamp":"2025-01-17T14:30:00.123000Z","strategy_id":"alpha_baseline","symbols":["AAPL","BRK.B"],"num_signals":2,"as_of_date":"2025-01-17"}"#;
const ORDER: &str = r#"{"event_type":"orders.executed","timestamp":"2025-01-17T14:31:05Z","run_id":"94608f57-3eac-456e-9ab8-1311f9ed4e5d","strategy_id":"alpha_baseline","num_orders":420,"num_accepted":418,"num_rejected":2}"#;
const POSITION: &str = r#"{"event_type":"positions.updated","timestamp":"2025-01-17T09:31:05.500000-05:00","symbol":"BRK.B","action":"partial_fill","qty_change":100,"new_qty":350,"price":"451.250","strategy_id":"alpha_baseline"}"#;
const PRICE: &str = r#"{"event_type":"price.updated","symbol":"AAPL","price":"187.44","timestamp":"2025-01-17T14:30:00.123000+00:00","bid":"187.43","ask":"187.45","bid_price":null,"ask_price":null,"bid_size":300,"ask_size":200,"exchange":"XNAS","volume":48211907}"#;
const QUOTE: &str = r#"{"symbol":"AAPL","bid":"187.43","ask":"187.45","mid":"187.44","bid_size":300,"ask_size":200,"timestamp":"2025-01-17T14:30:00.123000Z","exchange":"XNAS"}"#;
const FEATURES: &str = r#"{"KMID":0.048,"KLEN":-0.5,"größe":1e-7,"big":1e300}"#;

/// JSON texts, valid or not, that are put in the place of each member and of each whole value.
pub(crate) const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "-1.0",
    "1.5",
    "1e3",
    "1E+2",
    "1e-7",
    "0.1e1",
    "-0.0",
    "00",
    "01",
    "+1",
    "1.",
    ".5",
    "1e",
    "0x1",
    "1_0",
    "NaN",
    "Infinity",
    "-Infinity",
    "nan",
    "undefined",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9007199254740992.0",
    "9007199254740994.0",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e15",
    "1e16",
    "123456789012345680.0",
    "1e17",
    "1e18",
    "1e400",
    "-1e400",
    "1e-400",
    "0e999999999999",
    "5e-324",
    "1.7976931348623157e308",
    "0.99999999999999999999",
    "4.35",
    "0.1",
    "100",
    "1e21",
    "123456.789e3",
    "0.00001",
    "0.000001",
    "\"\"",
    "\"x\"",
    "\"true\"",
    "\"1\"",
    "\"1.50\"",
    "\"-1.50\"",
    "\"1E+2\"",
    "\"1.5E-7\"",
    "\"1e1234567890\"",
    "\"1e999999999\"",
    "\"+1\"",
    "\".5\"",
    "\"5.\"",
    "\"1,5\"",
    "\"1_0\"",
    "\"00.10\"",
    "\"-0\"",
    "\"--1\"",
    "\" 1\"",
    "\"1 \"",
    "\"1\\n\"",
    "\"NaN\"",
    "\"Infinity\"",
    "\"\\u0661\"",
    "\"\\uff11\"",
    "\"AAPL\"",
    "\"aapl\"",
    "\"BTC/USD\"",
    "\"^GSPC\"",
    "\"ES=F\"",
    "\"A:B\"",
    "\"A B\"",
    "\"A*\"",
    "\"*\"",
    "\"**\"",
    "\"a[b]\"",
    "\"a\\\\b\"",
    "\"a?b\"",
    "\"\\u00e9\"",
    "\"é\"",
    "\"日本\"",
    "\"😀\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\ude00\\ud83d\"",
    "\"\\ud83dx\"",
    "\"\\u0000\"",
    "\"\\u001f\"",
    "\"\\u007f\"",
    "\"\u{7f}\"",
    "\"\\u0085\"",
    "\"\\u00a0\"",
    "\"\\u2028\"",
    "\"\u{2028}\"",
    "\"\\u3000\"",
    "\"\\ufeff\"",
    "\"\\u200b\"",
    "\"a\tb\"",
    "\"a\nb\"",
    "\"\\x41\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\U0041\"",
    "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
    "\"",
    "\"\\\"",
    "'x'",
    "\"buy\"",
    "\"Buy\"",
    "\"sell\"",
    "\"fill\"",
    "\"partial_fill\"",
    "\"buy \"",
    "\"b\\u0075y\"",
    "{\"buy\":null}",
    "\"2025-01-17\"",
    "\"2024-02-29\"",
    "\"2025-02-29\"",
    "\"1900-02-29\"",
    "\"2000-02-29\"",
    "\"0000-01-01\"",
    "\"0000-02-29\"",
    "\"9999-12-31\"",
    "\"2025-1-17\"",
    "\"2025-13-01\"",
    "\"2025-00-10\"",
    "\"2025-04-31\"",
    "\"2025-01-00\"",
    "\"20250117\"",
    "\"2025-W03-5\"",
    "\"2025-017\"",
    "\"-2025-01-17\"",
    "\"2025-01-17 \"",
    "\"2025-01-1\u{0667}\"",
    "\"2025-01-17T00:00:00Z\"",
    "\"2025-01-17t00:00:00z\"",
    "\"2025-01-17 00:00:00Z\"",
    "\"2025-01-17T24:00:00Z\"",
    "\"2025-01-17T23:60:00Z\"",
    "\"2025-01-17T23:59:60Z\"",
    "\"2016-12-31T23:59:60Z\"",
    "\"2016-12-31T18:59:60-05:00\"",
    "\"2016-12-31T23:59:60+01:00\"",
    "\"2016-12-31T23:59:60.5Z\"",
    "\"2016-12-31T23:59:61Z\"",
    "\"2025-01-17T00:00:00\"",
    "\"2025-01-17T00:00Z\"",
    "\"2025-01-17T00:00:00.Z\"",
    "\"2025-01-17T00:00:00.1Z\"",
    "\"2025-01-17T00:00:00.000Z\"",
    "\"2025-01-17T00:00:00.123456Z\"",
    "\"2025-01-17T00:00:00.123456789Z\"",
    "\"2025-01-17T00:00:00.1234567891Z\"",
    "\"2025-01-17T00:00:00.0000000009Z\"",
    "\"2025-01-17T00:00:00.123456780Z\"",
    "\"2025-01-17T00:00:00.000000001Z\"",
    "\"2025-01-17T00:00:00,5Z\"",
    "\"2025-01-17T00:00:00+00:00\"",
    "\"2025-01-17T00:00:00-00:00\"",
    "\"2025-01-17T00:00:00+23:59\"",
    "\"2025-01-17T00:00:00+24:00\"",
    "\"2025-01-17T00:00:00+05:60\"",
    "\"2025-01-17T00:00:00+0530\"",
    "\"2025-01-17T00:00:00+05\"",
    "\"2025-01-17T00:00:00 Z\"",
    "\"2025-01-17T00:00:00\u{2212}05:00\"",
    "\"2025-01-17T00:00:00-05:30\"",
    "\"2025-02-29T00:00:00Z\"",
    "\"0000-01-01T00:00:00Z\"",
    "\"9999-12-31T23:59:59.999999999-23:59\"",
    "\"2025-01-17T0\u{0667}:00:00Z\"",
    "\"2025-01-17T00:00:00Z\\n\"",
    "\"94608f57-3eac-456e-9ab8-1311f9ed4e5d\"",
    "\"94608F57-3EAC-456E-9AB8-1311F9ED4E5D\"",
    "\"94608F57-3eac-456e-9ab8-1311f9ed4e5d\"",
    "\"94608f573eac456e9ab81311f9ed4e5d\"",
    "\"{94608f57-3eac-456e-9ab8-1311f9ed4e5d}\"",
    "\"urn:uuid:94608f57-3eac-456e-9ab8-1311f9ed4e5d\"",
    "\"94608f57-3eac-456e-9ab8-1311f9ed4e5g\"",
    "\"94608f57-3eac-456e-9ab8-1311f9ed4e5d \"",
    "\"00000000-0000-0000-0000-000000000000\"",
    "[]",
    "[[]]",
    "[null]",
    "[1]",
    "[\"AAPL\"]",
    "[\"AAPL\",\"AAPL\"]",
    "[\"AAPL\",]",
    "[,]",
    "[\"AAPL\" \"B\"]",
    "[\"A:B\"]",
    "[\"AAPL\",null]",
    "{\"0\":\"AAPL\"}",
    "{}",
    "{\"a\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":{\"b\":1,\"b\":1}}",
    "{\"a\":\"\\ud800\"}",
    "{\"\\ud800\":1}",
    "{\"a\":1e400}",
    "{\"a\":NaN}",
    "{\"a\":1,}",
    "{a:1}",
    "{\"a\" 1}",
    "{\"a\":}",
    "{\"__proto__\":1}",
    "{\"b\":1,\"a\":2,\"é\":3,\"😀\":4,\"\u{ff5e}\":5}",
    "{\"10\":1,\"9\":2}",
    "{\"a\":true}",
    "{\"a\":null}",
    "{\"a\":\"1\"}",
    "{\"a\":[1]}",
    "/* c */ 1",
    "1 // c",
    "\u{feff}1",
    "\u{a0}1",
    "",
    " ",
];

/// The places of the members of the outermost object: name, and the bounds of the value's text.
fn members(text: &str) -> Vec<(String, usize, usize)> {
    let value: Value = serde_json::from_str(text).unwrap();
    let object = value.as_object().unwrap();
    let mut out = Vec::new();
    for name in object.keys() {
        let quoted = format!("{}:", serde_json::to_string(name).unwrap());
        // The lines are compact, and no name of a member stands in a value.
        let start = text.find(&quoted).unwrap() + quoted.len();
        let mut stream = serde_json::Deserializer::from_str(text.get(start..).unwrap()).into_iter::<Value>();
        stream.next().unwrap().unwrap();
        out.push((name.clone(), start, start + stream.byte_offset()));
    }
    out.sort_by_key(|(_, start, _)| *start);
    out
}

/// Other texts near an object.
pub(crate) fn near(text: &str, out: &mut Vec<String>) {
    let members = members(text);
    let rebuilt = |skip: usize, with: Option<(usize, &str)>| {
        let all = members.iter().enumerate().filter(|(index, _)| *index != skip);
        let all: Vec<String> = all
            .map(|(index, (name, start, end))| {
                let value = with
                    .filter(|(at, _)| *at == index)
                    .map_or(&text[*start..*end], |(_, value)| value);
                format!("{}:{value}", serde_json::to_string(name).unwrap())
            })
            .collect();
        format!("{{{}}}", all.join(","))
    };
    for (index, (name, start, end)) in members.iter().enumerate() {
        let value = &text[*start..*end];
        out.push(rebuilt(index, None));
        for other in ["null", "true", "[]", "{}", "\"\"", "-1"] {
            out.push(rebuilt(usize::MAX, Some((index, other))));
        }
        // A digit or letter more or less, and the same value in another spelling or type.
        let inner = value.trim_matches('"');
        for other in [
            format!("{value}0"),
            format!("{value}.0"),
            format!("{value}.5"),
            format!("{value}e0"),
            format!("{value}e30"),
            format!("\"{value}\""),
            format!("\"{inner}\""),
            format!("\"{inner}0\""),
            format!("\"{inner} \""),
            format!("\"{inner}:\""),
            format!("\"{}\"", inner.chars().skip(1).collect::<String>()),
            format!("\"{}\"", inner.to_uppercase()),
            format!("\"{}\"", inner.to_lowercase()),
            format!("\"{}\"", inner.replace('Z', "+00:00")),
            format!("\"{}\"", inner.replace('T', "t")),
            format!("[{value}]"),
        ] {
            out.push(rebuilt(usize::MAX, Some((index, &other))));
        }
        // Twice, at the end and in front.
        out.push(text.replacen(
            '{',
            &format!("{{{}:{value},", serde_json::to_string(name).unwrap()),
            1,
        ));
        let twice = format!(",{}:{value}}}", serde_json::to_string(name).unwrap());
        out.push(format!("{}{twice}", text.strip_suffix('}').unwrap()));
    }
    let open = text.strip_suffix('}').unwrap();
    for tail in [
        ",\"later\":{\"a\":[1,null]}}",
        ",\"later\":1,\"later\":1}",
        ",\"later\":{\"a\":1,\"a\":1}}",
        ",\"later\":\"\\ud800\"}",
        ",\"later\":NaN}",
        ",\"later\":1e400}",
        ",}",
        "",
        "}}",
        "} ",
        "}\n",
        "}\u{a0}",
        "},",
    ] {
        out.push(format!("{open}{tail}"));
    }
    out.push(format!(" \t\r\n{text}"));
    out.push(format!("\u{feff}{text}"));
    out.push(format!("[{text}]"));
    let values: Vec<&str> = members
        .iter()
        .map(|(_, start, end)| &text[*start..*end])
        .collect();
    out.push(format!("[{}]", values.join(",")));
    let mut reversed: Vec<String> = members
        .iter()
        .map(|(name, start, end)| {
            format!(
                "{} : {}",
                serde_json::to_string(name).unwrap(),
                &text[*start..*end]
            )
        })
        .collect();
    reversed.reverse();
    out.push(format!("{{ {} }}", reversed.join(" , ")));
}

/// Every text of the tests, each once.
fn questions() -> Vec<Question> {
    let types = types();
    let mut all: BTreeSet<Question> = BTreeSet::new();
    let mut ask = |name: &'static str, text: &str| {
        all.insert((name, text.as_bytes().to_vec()));
    };
    for (name, (_, value)) in &types {
        ask(name, value);
        for other in VALUES {
            ask(name, other);
            if value.starts_with('{') {
                for (_, start, end) in members(value) {
                    ask(name, &format!("{}{other}{}", &value[..start], &value[end..]));
                }
            }
        }
        // Lengths in code points, around the limits of all texts.
        for length in [1, 63, 64, 65, 127, 128, 129] {
            for letter in ["a", "é", "😀"] {
                ask(name, &format!("\"{}\"", letter.repeat(length)));
            }
        }
        for depth in [126, 127, 128, 129, 2000, 100_000] {
            ask(name, &format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            if let Some(open) = value.strip_suffix('}') {
                ask(
                    name,
                    &format!("{open},\"later\":{}{}}}", "[".repeat(depth), "]".repeat(depth)),
                );
            }
        }
    }
    for (name, text) in wire_vectors() {
        ask(name, &text);
    }
    let mut lines = examples();
    lines.extend(
        types
            .iter()
            .filter(|(_, (_, value))| value.starts_with('{'))
            .map(|(n, (_, v))| (*n, (*v).to_owned())),
    );
    for (name, line) in &lines {
        ask(name, line);
        let mut others = Vec::new();
        near(line, &mut others);
        for other in others {
            ask(name, &other);
        }
    }
    for (name, _, schema) in described() {
        for text in referee::near(&schema()) {
            ask(name, &text);
        }
    }
    for (name, (_, value)) in &types {
        // Not UTF-8: cut, overlong, a surrogate's encoding, a stray byte.
        for bad in [
            &b"\xc3"[..],
            b"\xc0\xaf",
            b"\xed\xa0\x80",
            b"\xff",
            b"\xf4\x90\x80\x80",
        ] {
            let mut payload = value.as_bytes().to_vec();
            let at = payload.iter().rposition(|byte| *byte == b'"').unwrap();
            payload.splice(at..at, bad.iter().copied());
            all.insert((name, payload));
        }
    }
    all.into_iter().collect()
}

fn wire_vectors() -> Vec<(&'static str, String)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../redis-client/tests/vectors");
    let names = types();
    let mut out = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text.lines() {
            let vector: Value = serde_json::from_str(line).unwrap();
            let (name, _) = names.get_key_value(vector["event"].as_str().unwrap()).unwrap();
            out.push((*name, vector["input"].as_str().unwrap().to_owned()));
        }
    }
    assert!(out.len() >= 100, "only {} wire vectors", out.len());
    out
}

fn examples() -> Vec<(&'static str, String)> {
    let events = redis_client_tests::examples::events().unwrap();
    let named = events.into_iter().map(|example| {
        let name = match example.event {
            AnyEvent::Signal(_) => "SignalEvent",
            AnyEvent::Order(_) => "OrderEvent",
            AnyEvent::Position(_) => "PositionEvent",
            AnyEvent::PriceUpdate(_) => "PriceUpdateEvent",
        };
        (name, example.line)
    });
    named.collect()
}

/// Asks a judge all questions at once.
pub(crate) fn ask(mut command: Command, questions: &[Question]) -> Vec<Verdict> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<u8> = questions
        .iter()
        .flat_map(|(name, payload)| {
            format!("{{\"type\":\"{name}\",\"payload\":\"{}\"}}\n", hex(payload)).into_bytes()
        })
        .collect();
    let writer = thread::spawn(move || {
        // A judge that has died says so below.
        let _ = input.write_all(&lines);
    });
    let answers: Vec<Verdict> = output
        .lines()
        .map(|line| {
            let answer: Value = serde_json::from_str(&line.unwrap()).unwrap();
            match answer["written"].as_str() {
                Some(written) => Ok(from_hex(written)),
                None => Err(answer["refused"].as_str().unwrap().to_owned()),
            }
        })
        .collect();
    writer.join().unwrap();
    assert!(
        child.wait().unwrap().success(),
        "the judge failed; its error is above"
    );
    assert_eq!(answers.len(), questions.len(), "an answer to each question");
    answers
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<String>>()
        .concat()
}

fn from_hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

/// Holds the answers of a package against Rust's; `excused` are differences that are documented. At least `fewest` are
/// accepted, and as many refused.
pub(crate) fn compare(
    language: &str,
    questions: &[Question],
    theirs: &[Verdict],
    rust: impl Fn(&str, &[u8]) -> Verdict,
    excused: fn(&[u8], &Verdict, &Verdict) -> bool,
    fewest: usize,
) {
    let mut differences = Vec::new();
    let (mut accepted, mut refused, mut documented) = (0, 0, 0);
    for ((name, payload), theirs) in questions.iter().zip(theirs) {
        let ours = rust(name, payload);
        let same = match (&ours, theirs) {
            (Ok(a), Ok(b)) => a == b,
            (Err(_), Err(_)) => true,
            _ => false,
        };
        match (&ours, same) {
            (Ok(_), true) => accepted += 1,
            (Err(_), true) => refused += 1,
            (_, false) if excused(payload, &ours, theirs) => documented += 1,
            (_, false) => {
                let shown = |verdict: &Verdict| match verdict {
                    Ok(written) => format!("accepts and writes {}", String::from_utf8_lossy(written)),
                    Err(reason) => format!("refuses: {reason}"),
                };
                let text = String::from_utf8_lossy(payload);
                let text: String = text.chars().take(300).collect();
                differences.push(format!(
                    "{name} {text}\n  Rust {}\n  {language} {}",
                    shown(&ours),
                    shown(theirs)
                ));
            }
        }
    }
    assert!(
        accepted >= fewest && refused >= fewest,
        "{language}: {accepted} accepted by both, {refused} refused by both, {documented} documented differences"
    );
    let shown = differences
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        differences.is_empty(),
        "{} verdicts differ:\n{shown}",
        differences.len()
    );
}

fn package(language: &str) -> PathBuf {
    Project::of_this_repository().bindings().join(language)
}

/// The documented difference of JavaScript's numbers: an integer beyond 2^53 - 1 is refused instead of rounded. Where any
/// value is allowed, a whole number is written without a fraction.
pub(crate) fn of_numbers(payload: &[u8], ours: &Verdict, theirs: &Verdict) -> bool {
    match (ours, theirs) {
        (Ok(_), Err(reason)) => reason.contains("2^53") && has_unsafe_integer(payload),
        (Ok(ours), Ok(theirs)) => {
            let read = |written: &[u8]| {
                serde_json::from_slice::<Value>(written)
                    .ok()
                    .map(whole_as_integer)
            };
            read(ours) == read(theirs)
        }
        (Err(_), _) => false,
    }
}

/// A value with its whole numbers as integers, as JavaScript has them.
fn whole_as_integer(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 => {
                Value::String(format!("{float:.0}"))
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(whole_as_integer).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, whole_as_integer(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn the_validator_judges_as_rust_does() {
    let questions = questions();
    for (name, judge, schema) in described() {
        let texts = questions
            .iter()
            .filter(|(of, _)| *of == name)
            .map(|(_, text)| text.as_slice());
        referee::check(name, judge, &schema(), texts, 5);
    }
}

#[test]
fn python_judges_as_rust_does() {
    let python = python::find(&Project::of_this_repository(), &mut |_| ()).expect("Python with its packages");
    let mut command = python.script(Path::new(env!("CARGO_MANIFEST_DIR")).join("python/judge.py"));
    command.arg(package("python").join("src"));
    let (questions, types) = (questions(), types());
    let answers = ask(command, &questions);
    let rust = |name: &str, payload: &[u8]| types[name].0(payload);
    compare("Python", &questions, &answers, rust, |_, _, _| false, 10_000);
}

#[test]
fn typescript_judges_as_rust_does() {
    let node = node::find(&Project::of_this_repository(), &mut |_| ()).expect("Node with its packages");
    let mut command = node.script(Path::new(env!("CARGO_MANIFEST_DIR")).join("node/judge.mjs"));
    command.arg(package("typescript"));
    let (questions, types) = (questions(), types());
    let answers = ask(command, &questions);
    let rust = |name: &str, payload: &[u8]| types[name].0(payload);
    // No member of our own types takes any value, so only integers are excused.
    let excused = |payload: &[u8], ours: &Verdict, theirs: &Verdict| {
        theirs.is_err() && of_numbers(payload, ours, theirs)
    };
    compare("TypeScript", &questions, &answers, rust, excused, 10_000);
}

/// Whether a JSON text holds a whole number beyond 2^53 - 1.
fn has_unsafe_integer(payload: &[u8]) -> bool {
    fn unsafe_in(value: &Value) -> bool {
        match value {
            Value::Number(number) => number
                .as_f64()
                .is_some_and(|n| n.fract() == 0.0 && n.abs() > 9_007_199_254_740_991.0),
            Value::Array(items) => items.iter().any(unsafe_in),
            Value::Object(members) => members.values().any(unsafe_in),
            Value::Null | Value::Bool(_) | Value::String(_) => false,
        }
    }
    serde_json::from_slice(payload).is_ok_and(|value| unsafe_in(&value))
}

//! The loop is closed: a generated type accepts exactly what its own schema does, as an independent validator reads it.
//!
//! The examples of each schema are mutated by seed, members dropped, added, renamed and replaced by values that sit on
//! the edges of the rules, and both judge each. The referee reads the schema that the type itself carries.

#![expect(
    clippy::indexing_slicing,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use redis_client::__private::schemars::{JsonSchema, SchemaGenerator};
use redis_client::{
    Action, BreakerId, NonNegativeDecimal, OrderEvent, PositionEvent, PriceUpdateEvent, Quote, SignalEvent,
    StrategyId, StrategyName, StrategyScope, Symbol, codec,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SEEDS: u64 = 3_000;

/// `SplitMix64`: small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).expect("small")).expect("small")
    }
}

/// Values on the edges of the rules of our schemas.
fn edges() -> Vec<Value> {
    let mut edges = vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.0),
        json!(-0.0),
        json!(1.5),
        json!(9_007_199_254_740_992_u64),
        json!([]),
        json!({}),
        json!([null]),
        json!(["AAPL", "AAPL"]),
        json!(["A B"]),
    ];
    edges.extend(
        [
            "",
            " ",
            "x",
            "AAPL",
            "BRK.B",
            "BTC/USD",
            "A:B",
            "A*",
            "A\n",
            "é",
            "\u{85}",
            "\u{a0}",
            "😀",
            "*",
            "**",
            "?",
            "a\\b",
            "buy",
            "Buy",
            "partial_fill",
            "0",
            "-0",
            "-1",
            "1.",
            ".5",
            "+1",
            "1e5",
            "1E+2",
            "1e",
            "150.250",
            "Infinity",
            "NaN",
            "2025-01-17",
            "2025-02-29",
            "2024-02-29",
            "2025-1-17",
            "2025-01-17T09:30:00Z",
            "2025-01-17T09:30:00.123-05:00",
            "2025-01-17t09:30:00z",
            "2025-01-17 09:30:00Z",
            "2025-01-17T09:30:00",
            "2025-01-17T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "2016-12-31T23:59:60+01:00",
            "2025-01-17T09:30:00+24:00",
            "2025-13-01T00:00:00Z",
            "94608f57-3eac-456e-9ab8-1311f9ed4e5d",
            "94608F57-3EAC-456E-9AB8-1311F9ED4E5D",
            "94608f573eac456e9ab81311f9ed4e5d",
            "{94608f57-3eac-456e-9ab8-1311f9ed4e5d}",
            "orders.executed",
        ]
        .map(Value::from),
    );
    edges.extend([63, 64, 65, 127, 128, 129].map(|length| Value::from("a".repeat(length))));
    edges
}

/// Changes one place of a value.
fn mutate(value: &mut Value, random: &mut Random, edges: &[Value]) {
    let edge = edges[random.below(edges.len())].clone();
    match value {
        Value::Object(members) if !members.is_empty() && random.below(20) > 0 => {
            let names: Vec<String> = members.keys().cloned().collect();
            let name = &names[random.below(names.len())];
            match random.below(8) {
                0 => {
                    members.remove(name);
                }
                1 => {
                    members.insert(format!("{name}_"), edge);
                }
                _ => mutate(members.get_mut(name).expect("one of its names"), random, edges),
            }
        }
        Value::Array(items) if !items.is_empty() && random.below(3) > 0 => {
            let index = random.below(items.len());
            mutate(&mut items[index], random, edges);
        }
        _ => *value = edge,
    }
}

fn check<T: JsonSchema + Serialize + DeserializeOwned>() {
    let schema = SchemaGenerator::default().into_root_schema_for::<T>().to_value();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .with_format("decimal", |text| {
            let unsigned = text.strip_prefix('-').unwrap_or(text);
            let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
            let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole) && digits(fraction) && digits(exponent) && exponent.len() <= 9
        })
        .build(&schema)
        .expect("the schema of a type is a schema");
    let examples = examples(&schema);
    assert!(
        !examples.is_empty(),
        "{} has examples: {schema}",
        T::schema_name()
    );
    let edges = edges();
    let mut judged = [0, 0];
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let mut value = examples[random.below(examples.len())].clone();
        for _ in 0..random.below(3) {
            mutate(&mut value, &mut random, &edges);
        }
        let text = serde_json::to_string(&value).expect("a value is JSON");
        let decoded = codec::decode::<T>(text.as_bytes());
        let valid = validator.is_valid(&value);
        assert_eq!(
            decoded.is_ok(),
            valid,
            "{} and its schema differ on seed {seed}: {text}: {:?}, {:?}",
            T::schema_name(),
            decoded.as_ref().err(),
            validator
                .iter_errors(&value)
                .map(|error| error.to_string())
                .collect::<Vec<String>>()
        );
        if let Ok(decoded) = decoded {
            let again = codec::encode(&decoded).expect("a valid value is encoded");
            let again: Value = serde_json::from_slice(&again).expect("what is encoded is JSON");
            assert!(
                validator.is_valid(&again),
                "{} writes what its schema refuses: {again}",
                T::schema_name()
            );
        }
        judged[usize::from(valid)] += 1;
    }
    assert!(
        judged.iter().all(|count| *count > 20),
        "{}: {judged:?} refused and accepted",
        T::schema_name()
    );
}

/// The examples of the schema itself, wherever its reference leads.
fn examples(schema: &Value) -> Vec<Value> {
    let own = |schema: &Value| schema.get("examples").and_then(Value::as_array).cloned();
    if let Some(examples) = own(schema) {
        return examples;
    }
    let reference = schema.get("$ref").and_then(Value::as_str).unwrap_or("");
    let (document, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let target = schema
        .get("$defs")
        .and_then(|defs| defs.get(document)?.pointer(pointer));
    target.and_then(own).unwrap_or_default()
}

#[test]
fn events_accept_what_their_schemas_do() {
    check::<SignalEvent>();
    check::<OrderEvent>();
    check::<PositionEvent>();
    check::<PriceUpdateEvent>();
}

#[test]
fn values_and_parts_accept_what_their_schemas_do() {
    check::<Quote>();
    check::<Action>();
    check::<Symbol>();
    check::<StrategyId>();
    check::<StrategyName>();
    check::<StrategyScope>();
    check::<BreakerId>();
    check::<NonNegativeDecimal>();
}

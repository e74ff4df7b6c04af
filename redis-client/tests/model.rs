//! The derive macros on types written by hand, in the words that the generator prints.

#![allow(
    clippy::duplicated_attributes,
    clippy::indexing_slicing,
    clippy::option_option,
    clippy::unwrap_used,
    reason = "tables and presence as generated code has them"
)]

use std::collections::BTreeMap;

use redis_client::__private::{Encode, Model, Pattern, RedisEvent, RedisKey, Tables};
use redis_client::{Date, Decimal, Event, EventSet, Features, Key, KeyError, KeyPart, Timestamp, Validate};
use serde_json::json;

/// `^[A-Z.]{1,}$`.
const UPPER: [u8; 128] = {
    let mut classes = [0; 128];
    let mut letter = b'A';
    while letter <= b'Z' {
        classes[letter as usize] = 1;
        letter += 1;
    }
    classes[b'.' as usize] = 1;
    classes
};
static SYMBOL: Pattern = Pattern::new(Tables {
    source: "^[A-Z.]+$",
    ascii: &UPPER,
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 2],
    accepting: &[0b100],
    start: 1,
    alphabet_ascii: 0x07ff_fffe << 64 | 1 << 46,
    alphabet_non_ascii: false,
});

const SCHEMA: &str = r#"{"type":"object"}"#;

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Symbol", pattern = SYMBOL, key_part, max_length = 6)]
struct Symbol(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Action")]
enum Action {
    #[model(value = "buy")]
    Buy,
    #[model(value = "partial_fill")]
    PartialFill,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Scope", key_part)]
enum Scope {
    #[model(value = "*")]
    All,
    Symbol(Symbol),
}

#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "trade.{symbol}", event_type = "trade", validate)]
#[model(name = "Trade", schema = SCHEMA)]
#[model(constant(name = "event_type", value = "\"trade\"", before = "timestamp"))]
#[model(constant(name = "version", value = "2"))]
struct Trade {
    #[model(utc = "+00:00")]
    timestamp: Timestamp,
    symbol: Symbol,
    action: Action,
    #[model(minimum = "0")]
    quantity: i64,
    #[model(min_items = 1, unique_items)]
    tags: Vec<String>,
    #[model(nullable)]
    bid: Option<Decimal>,
    #[model(optional, rename = "type")]
    kind: Option<String>,
    #[model(optional, nullable)]
    note: Option<Option<String>>,
    #[model(optional, nullable, default_null)]
    ratio: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "features:{symbol}:{date}", ttl = 3600, value = Features)]
struct FeaturesKey {
    symbol: Symbol,
    date: Date,
}

#[derive(Debug, PartialEq, RedisKey)]
#[redis(key = "lock:{scope}:end")]
struct LockKey {
    scope: Scope,
}

#[derive(Debug, Clone, PartialEq, EventSet)]
enum Any {
    Trade(Trade),
}

const WHOLE: &str = r#"{"event_type":"trade","timestamp":"2025-01-17T09:30:00+00:00","symbol":"BRK.B","action":"partial_fill","quantity":5,"tags":["a","b"],"bid":null,"type":"x","note":null,"ratio":0.5,"version":2}"#;

fn decode(text: &str) -> Result<Trade, redis_client::DecodeError> {
    redis_client::codec::decode(text.as_bytes())
}

#[test]
fn round_trip() {
    let trade = decode(WHOLE).unwrap();
    assert_eq!(serde_json::to_string(&trade).unwrap(), WHOLE);
    assert_eq!(trade.channel(), "trade.BRK.B");
    assert_eq!(trade.check(), Ok(()));
    assert_eq!(trade.note, Some(None));
    let Any::Trade(same) = <Any as EventSet>::decode("trade.BRK.B", WHOLE.as_bytes())
        .unwrap()
        .unwrap();
    assert_eq!(same, trade);
    assert!(<Any as EventSet>::decode("other", WHOLE.as_bytes()).is_none());
}

#[test]
fn a_set_decodes_by_type_and_encodes_each_of_its_events() {
    assert_eq!(Any::event_types(), ["trade"]);
    let any = Any::decode_type("trade", WHOLE.as_bytes()).unwrap().unwrap();
    let encoded = any.encode().unwrap();
    assert_eq!(encoded.channel(), "trade.BRK.B");
    assert_eq!(encoded.payload(), WHOLE.as_bytes());
    assert!(Any::decode_type("trade.BRK.B", WHOLE.as_bytes()).is_none());
    let Any::Trade(mut trade) = any;
    trade.quantity = -1;
    assert!(Any::from(trade).encode().unwrap_err().violation().is_some());
}

#[test]
fn accepted_and_refused() {
    let check = |from: &str, to: &str, accepted: bool| {
        assert!(WHOLE.contains(from), "{from}");
        let text = WHOLE.replacen(from, to, 1);
        assert_eq!(decode(&text).is_ok(), accepted, "{text}");
        assert_eq!(serde_json::from_str::<Trade>(&text).is_ok(), accepted, "{text}");
    };
    check("\"quantity\":5", "\"quantity\":5.0", true);
    check("\"quantity\":5", "\"quantity\":5.5", false);
    check("\"quantity\":5", "\"quantity\":-1", false);
    check("\"quantity\":5", "\"quantity\":true", false);
    check("\"quantity\":5", "\"quantity\":\"5\"", false);
    check("\"quantity\":5", "\"quantity\":1e2", true);
    check("\"quantity\":5", "\"quantity\":9223372036854775807", true);
    check("\"quantity\":5", "\"quantity\":9223372036854775808", false);
    check("\"quantity\":5,", "", false);
    check("\"quantity\":5", "\"quantity\":5,\"quantity\":5", false);
    check(
        "\"quantity\":5",
        "\"quantity\":5,\"extra\":{\"a\":[1,null,true,\"x\"]}",
        true,
    );
    check("\"quantity\":5", "\"quantity\":5,\"extra\":1,\"extra\":1", false);
    check(
        "\"quantity\":5",
        "\"quantity\":5,\"extra\":{\"a\":1,\"a\":1}",
        false,
    );
    check("\"quantity\":5", "\"quantity\":5,\"extra\":\"\\ud800\"", false);
    check("[\"a\",\"b\"]", "[]", false);
    check("[\"a\",\"b\"]", "[\"a\",\"a\"]", false);
    check("\"bid\":null", "\"bid\":\"1.50\"", true);
    check("\"bid\":null,", "", false);
    check("\"type\":\"x\"", "\"type\":null", false);
    check("\"type\":\"x\",", "", true);
    check("\"note\":null,", "", true);
    check("\"ratio\":0.5,", "", true);
    check("\"ratio\":0.5", "\"ratio\":null", true);
    check("\"version\":2", "\"version\":2.0", true);
    check("\"version\":2", "\"version\":3", false);
    check("\"event_type\":\"trade\"", "\"event_type\":\"trades\"", false);
    check("\"event_type\":\"trade\",", "", false);
    check("\"partial_fill\"", "{\"partial_fill\":null}", false);
    check("\"BRK.B\"", "\"BRK B\"", false);
    check("\"BRK.B\"", "\"BRKBRKB\"", false);
}

#[test]
fn an_array_is_no_object() {
    assert!(decode("[]").is_err());
    assert!(decode("[\"trade\",\"2025-01-17T09:30:00Z\",\"A\",\"buy\",1,[\"a\"],null]").is_err());
}

#[test]
fn absent_and_null() {
    let mut trade = decode(WHOLE).unwrap();
    trade.note = None;
    trade.kind = None;
    trade.ratio = None;
    let text = serde_json::to_string(&trade).unwrap();
    assert!(
        text.ends_with(r#""bid":null,"ratio":null,"version":2}"#),
        "{text}"
    );
    assert_eq!(decode(&text).unwrap(), trade);
}

#[test]
fn validation_names_the_member() {
    let whole = decode(WHOLE).unwrap();
    let check = |change: fn(&mut Trade), pointer: &str| {
        let mut trade = whole.clone();
        change(&mut trade);
        assert_eq!(trade.validate().unwrap_err().pointer(), pointer);
        assert!(redis_client::Encoded::new(&trade).is_err());
    };
    check(|trade| trade.quantity = -1, "/quantity");
    check(|trade| trade.tags.clear(), "/tags");
    check(|trade| trade.ratio = Some(f64::NAN), "/ratio");
}

#[test]
fn keys() {
    let key = FeaturesKey {
        symbol: Symbol::new("BRK.B").unwrap(),
        date: "2025-01-17".parse().unwrap(),
    };
    assert_eq!(key.to_string(), "features:BRK.B:2025-01-17");
    assert_eq!(key.to_string().parse::<FeaturesKey>().unwrap(), key);
    assert_eq!(FeaturesKey::scan_pattern(), "features:*:*");
    let check = |text: &str, expected: &str| {
        assert_eq!(text.parse::<FeaturesKey>().unwrap_err().to_string(), expected);
    };
    check(
        "feature:A:2025-01-17",
        "not a key of the template `features:{symbol}:{date}`",
    );
    check(
        "features:A",
        "not a key of the template `features:{symbol}:{date}`",
    );
    check(
        "features:a:2025-01-17",
        "the part `symbol` of `features:{symbol}:{date}`: not a part of a key: expected a text that matches the pattern `^[A-Z.]+$`",
    );
    check(
        "features:A:2025-01-17:x",
        "the part `date` of `features:{symbol}:{date}`: not a part of a key: expected a full date that exists, such as 2025-01-17",
    );
    assert_eq!(
        "lock:*:end".parse::<LockKey>().unwrap(),
        LockKey { scope: Scope::All }
    );
    assert_eq!(LockKey { scope: Scope::All }.to_string(), "lock:*:end");
    assert!("lock:A:end:".parse::<LockKey>().is_err());
    assert!("lock:A".parse::<LockKey>().is_err());
    assert!(!Scope::ALPHABET.contains('*'));
}

fn part<T: TryInto<Symbol, Error: Into<KeyError>>>(value: T) -> Result<Symbol, KeyError> {
    value.try_into().map_err(Into::into)
}

#[test]
fn parts_from_what_callers_have() {
    let symbol = part("AAPL").unwrap();
    assert_eq!(part(&symbol).unwrap(), symbol);
    assert_eq!(part("AAPL".to_owned()).unwrap(), symbol);
    assert_eq!(part(symbol.clone()).unwrap(), symbol);
    assert!(part("A:B").is_err());
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Empty {}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(unknown = "deny")]
struct Late {
    #[model(optional)]
    first: Option<i64>,
    #[model(optional, nullable, rename = "a \"quoted\" \\ name\n")]
    second: Option<Option<f64>>,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(multiple_of = "0.01", exclusive_minimum = "0")]
struct Ratio(f64);

#[derive(Debug, Clone, PartialEq, Model)]
#[model(min_items = 1, max_items = 3)]
struct Ratios(Vec<Option<Ratio>>);

#[derive(Debug, Clone, PartialEq, Model)]
#[model(constant(name = "text", value = "\"a\\n\\u00e9\"", before = "late"))]
#[model(constant(name = "tenth", value = "0.1"))]
#[model(constant(name = "yes", value = "true", before = "late"))]
#[model(constant(name = "none", value = "null"))]
struct Everything {
    late: Late,
    scope: Scope,
    ratios: Ratios,
    map: BTreeMap<String, Vec<bool>>,
    boxed: Box<Empty>,
    #[model(nullable, utc = "+00:00")]
    at: Option<Timestamp>,
    #[model(optional, utc = "+00:00")]
    until: Option<Timestamp>,
    #[model(maximum = "0.1")]
    small: f64,
    #[model(multiple_of = "2.5", minimum = "-0.5", exclusive_maximum = "10")]
    step: i64,
    #[model(rename = "text2")]
    text: String,
}

const EVERYTHING: &str = r#"{"text":"a\né","yes":true,"late":{"first":1},"scope":"*","ratios":[null,0.07],"map":{"":[],"a\"b":[true]},"boxed":{},"at":null,"small":0.1,"step":5,"text2":"\u0001é😀","tenth":0.1,"none":null}"#;

fn everything(change: impl FnOnce(&mut serde_json::Value)) -> Result<Everything, redis_client::DecodeError> {
    let mut value: serde_json::Value = serde_json::from_str(EVERYTHING).unwrap();
    change(&mut value);
    redis_client::codec::decode(value.to_string().as_bytes())
}

fn written<T: Encode>(value: &T) -> String {
    let mut out = b"before".to_vec();
    value.write(&mut out).unwrap();
    String::from_utf8(out.split_off(6)).unwrap()
}

#[test]
fn both_ways_to_json_agree() {
    fn check<T: Encode + serde::Serialize>(value: &T, text: &str) {
        assert_eq!(written(value), text);
        assert_eq!(serde_json::to_string(value).unwrap(), text);
        assert_eq!(redis_client::codec::encode(value).unwrap(), text.as_bytes());
    }
    check(&Empty {}, "{}");
    check(
        &Late {
            first: None,
            second: None,
        },
        "{}",
    );
    check(
        &Late {
            first: Some(-1),
            second: None,
        },
        r#"{"first":-1}"#,
    );
    check(
        &Late {
            first: None,
            second: Some(None),
        },
        r#"{"a \"quoted\" \\ name\n":null}"#,
    );
    check(
        &Late {
            first: Some(0),
            second: Some(Some(1e300)),
        },
        r#"{"first":0,"a \"quoted\" \\ name\n":1e+300}"#,
    );
    check(&everything(|_| {}).unwrap(), EVERYTHING);
    check(&decode(WHOLE).unwrap(), WHOLE);
    check(&Scope::Symbol(Symbol::new("A").unwrap()), "\"A\"");
}

#[test]
fn rules_on_numbers_and_lists() {
    let check = |pointer: &str, value: serde_json::Value, accepted: bool| {
        let result = everything(|whole| *whole.pointer_mut(pointer).unwrap() = value.clone());
        assert_eq!(result.is_ok(), accepted, "{pointer} {value}");
        if let Err(error) = result {
            assert_eq!(error.pointer(), pointer);
        }
    };
    check("/small", json!(0.1), true);
    check("/small", json!(0.100_000_000_000_000_02), false);
    check("/small", json!(-1e300), true);
    check("/step", json!(0), true);
    check("/step", json!(7.0), false);
    check("/step", json!(5.0), true);
    check("/step", json!(10), false);
    check("/step", json!(-5), false);
    check("/ratios/1", json!(0.29), true);
    check("/ratios/1", json!(1.005), false);
    check("/ratios/1", json!(1e20), true);
    check("/ratios/1", json!(0), false);
    check("/ratios/1", json!(1e-7), false);
    check("/ratios", json!([]), false);
    check("/ratios", json!([null, null, null, null]), false);
    check("/yes", json!(1), false);
    check("/tenth", json!(0.2), false);
    check("/none", json!(0), false);
    check("/text", json!("a\né"), true);
    check("/text", json!("ae"), false);
    check("/boxed", json!([]), false);

    check("/scope", json!("**"), false);
    assert!(everything(|whole| whole["late"]["unknown"] = json!(1)).is_err());
    assert!(everything(|whole| whole["unknown"] = json!(1)).is_ok());
    assert!(Ratio::new(0.015).is_err());
    assert_eq!(Ratio::new(0.07).unwrap().get().to_bits(), 0.07f64.to_bits());
    assert_eq!(
        Ratios::new(vec![]).unwrap_err().rule(),
        &redis_client::Rule::MinItems(1)
    );
}

#[test]
fn a_number_that_is_not_finite_is_never_written() {
    let late = Late {
        first: None,
        second: Some(Some(f64::NAN)),
    };
    let mut out = Vec::new();
    assert_eq!(
        late.write(&mut out).unwrap_err().pointer(),
        "/a \"quoted\" \\ name\n"
    );
    assert!(serde_json::to_string(&late).is_err());
    let error = redis_client::codec::encode(&late).unwrap_err();
    assert_eq!(error.pointer(), "/a \"quoted\" \\ name\n");
}

proptest::proptest! {
    #[test]
    fn any_event_is_written_both_ways(
        seconds in 0i64..4_000_000_000, nanos in 0i32..1_000_000_000, quantity in 0i64.., tags in proptest::collection::btree_set("\\PC{0,6}|[\\x00-\\x20\"\\\\]{1,3}", 1..4),
        bid in proptest::option::of("-?[0-9]{1,9}(\\.[0-9]{1,9})?"), kind in proptest::option::of("\\PC*"), ratio in proptest::option::of(proptest::num::f64::NORMAL),
    ) {
        let trade = Trade {
            timestamp: Timestamp::try_from(jiff::Timestamp::new(seconds, nanos).unwrap()).unwrap(),
            symbol: Symbol::new("A.B").unwrap(),
            action: Action::Buy,
            quantity,
            tags: tags.into_iter().collect(),
            bid: bid.map(|bid| bid.parse().unwrap()),
            kind,
            note: Some(None),
            ratio,
        };
        let text = written(&trade);
        proptest::prop_assert_eq!(&serde_json::to_string(&trade).unwrap(), &text);
        proptest::prop_assert_eq!(decode(&text).unwrap(), trade);
    }
}

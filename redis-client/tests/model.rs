//! The derive macros on types written by hand, in the words that the generator prints.

#![allow(
    clippy::indexing_slicing,
    clippy::option_option,
    reason = "tables and presence as generated code has them"
)]

use redis_client::__private::{Model, Pattern, RedisEvent, RedisKey, Tables};
use redis_client::{Date, Decimal, Event, EventSet, Features, Key, KeyError, KeyPart, Timestamp, Validate};

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

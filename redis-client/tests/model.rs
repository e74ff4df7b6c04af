//! The derive macros on types written by hand, in the words that the generator prints.

#![expect(
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
    check("\"quantity\":5", "\"quantity\":9007199254740991.0", true);
    check("\"quantity\":5", "\"quantity\":9007199254740993.0", false);
    check("\"quantity\":5", "\"quantity\":9007199254740992.0", false);
    check("\"quantity\":5", "\"quantity\":1e17", false);
    check("\"quantity\":5", "\"quantity\":-0.0", true);
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

#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    constant(name = "kind", value = "\"circle\"", before = "radius"),
    unknown = "deny"
)]
struct Circle {
    #[model(exclusive_minimum = "0")]
    radius: f64,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(constant(name = "kind", value = "\"group\"", before = "parts"))]
struct Group {
    #[model(max_items = 2)]
    parts: Vec<Shape>,
}

/// Recursive through `Group`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(union = "tag", tag = "kind")]
enum Shape {
    #[model(value = "\"circle\"")]
    Circle(Circle),
    #[model(value = "\"group\"")]
    Group(Box<Group>),
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(union = "one")]
enum One {
    #[model(value = "\"auto\"")]
    Auto,
    #[model(value = "null")]
    Nothing,
    Small(Small),
    Even(Even),
    Shape(Shape),
}

#[derive(Debug, Clone, Copy, PartialEq, Model)]
#[model(maximum = "10")]
struct Small(i64);

#[derive(Debug, Clone, Copy, PartialEq, Model)]
#[model(multiple_of = "2")]
struct Even(i64);

#[derive(Debug, Clone, PartialEq, Model)]
#[model(union = "any")]
enum Loose {
    Small(Small),
    Number(f64),
    Texts(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(min_properties = 2, max_properties = 3)]
struct Bag {
    #[model(optional)]
    first: Option<bool>,
    #[model(additional)]
    rest: BTreeMap<String, Small>,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(format = "email", max_length = 20)]
struct Email(String);

#[derive(Debug, Clone, PartialEq, Model)]
struct Contact {
    email: Email,
    #[model(optional, format = "uri")]
    page: Option<String>,
    #[model(format = "time")]
    from: String,
}

#[test]
fn formats_are_rules() {
    let refused = |text: &str, pointer: &str, reason: &str| {
        assert_eq!(
            read::<Contact>(text).unwrap_err(),
            (pointer.to_owned(), reason.to_owned()),
            "{text}"
        );
    };
    assert!(read::<Contact>(r#"{"email":"a@b.c","page":"x:y","from":"09:30:00Z"}"#).is_ok());
    refused(
        r#"{"email":"a","from":"09:30:00Z"}"#,
        "/email",
        "expected a text of the format `email`",
    );
    refused(
        r#"{"email":"a@b.c","from":"9:30"}"#,
        "/from",
        "expected a text of the format `time`",
    );
    refused(
        r#"{"email":"a@b.c","page":"/x","from":"09:30:00Z"}"#,
        "/page",
        "expected a text of the format `uri`",
    );
    let contact = Contact {
        email: Email::new("a@b.c").unwrap(),
        page: None,
        from: String::new(),
    };
    assert_eq!(contact.validate().unwrap_err().pointer(), "/from");
}

fn read<T: serde::de::DeserializeOwned + serde::Serialize + Encode>(
    text: &str,
) -> Result<T, (String, String)> {
    let value: Result<T, _> = redis_client::codec::decode(text.as_bytes());
    assert_eq!(value.is_ok(), serde_json::from_str::<T>(text).is_ok(), "{text}");
    let value = value.map_err(|error| (error.pointer().to_owned(), error.reason().to_owned()))?;
    assert_eq!(written(&value), text);
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    Ok(value)
}

#[test]
fn tagged_unions_tell_the_error_of_the_alternative() {
    let refused = |text: &str, pointer: &str, reason: &str| {
        assert_eq!(
            read::<Shape>(text).unwrap_err(),
            (pointer.to_owned(), reason.to_owned()),
            "{text}"
        );
    };
    let nested = r#"{"kind":"group","parts":[{"kind":"circle","radius":0.5},{"kind":"group","parts":[]}]}"#;
    assert!(matches!(read(nested), Ok(Shape::Group(group)) if group.parts.len() == 2));
    refused(
        r#"{"kind":"circle","radius":0}"#,
        "/radius",
        "expected a number greater than 0",
    );
    refused(
        r#"{"kind":"circle","radius":1,"s3cret":2}"#,
        "/s3cret",
        "a member that the type does not have",
    );
    refused(
        &nested.replace("0.5", "\"x\""),
        "/parts/0/radius",
        "expected f64, found a string",
    );
    refused(
        &nested.replace("[]", "[1]"),
        "/parts/1/parts/0",
        "expected one of the values of Shape",
    );
    refused(r#"{"kind":"square"}"#, "", "expected one of the values of Shape");
    refused(r#"{"radius":1}"#, "", "expected one of the values of Shape");
    refused("[]", "", "expected one of the values of Shape");
    // Without the pointer, which bare serde_json has no place for, the words are the same.
    let bare = serde_json::from_str::<Shape>(r#"{"kind":"circle","radius":0}"#)
        .unwrap_err()
        .to_string();
    assert!(
        bare.starts_with("at /radius: expected a number greater than 0"),
        "{bare}"
    );
}

#[test]
fn exactly_one_alternative() {
    assert_eq!(read("\"auto\""), Ok(One::Auto));
    assert_eq!(read("null"), Ok(One::Nothing));
    assert_eq!(read("7"), Ok(One::Small(Small::new(7).unwrap())));
    assert_eq!(read("12"), Ok(One::Even(Even::new(12).unwrap())));
    assert!(matches!(
        read(r#"{"kind":"circle","radius":1.5}"#),
        Ok(One::Shape(_))
    ));
    assert_eq!(
        read::<One>("4").unwrap_err().1,
        "expected a value of exactly one alternative"
    );
    assert_eq!(
        read::<One>("13").unwrap_err().1,
        "expected one of the values of One"
    );
    assert_eq!(
        read::<One>("\"manual\"").unwrap_err().1,
        "expected one of the values of One"
    );
    assert!(read::<One>(r#"{"kind":"circle","kind":"circle","radius":1.5}"#).is_err());
}

#[test]
fn the_first_alternative_that_matches() {
    assert_eq!(read("7"), Ok(Loose::Small(Small::new(7).unwrap())));
    assert_eq!(read("11.5"), Ok(Loose::Number(11.5)));
    assert!(read::<Loose>("[]").is_ok());
    assert!(read::<Loose>("[1]").is_err());
}

#[test]
fn additional_members_are_kept_and_counted() {
    assert!(read::<Bag>(r#"{"first":true,"a":1}"#).is_ok());
    assert!(read::<Bag>(r#"{"a":1,"b\"":2}"#).is_ok());
    let refused = |text: &str, pointer: &str, reason: &str| {
        assert_eq!(
            read::<Bag>(text).unwrap_err(),
            (pointer.to_owned(), reason.to_owned()),
            "{text}"
        );
    };
    refused("{}", "", "expected at least 2 properties");
    refused(r#"{"a":1}"#, "", "expected at least 2 properties");
    refused(
        r#"{"a":1,"b":2,"c":3,"d":4}"#,
        "",
        "expected at most 3 properties",
    );
    refused(r#"{"a":1,"b":11}"#, "/b", "expected a number of at most 10");
    refused(
        r#"{"a":1,"first":2}"#,
        "/first",
        "expected a boolean, found an integer",
    );
    assert!(read::<Bag>(r#"{"a":1,"a":2}"#).is_err());
    let mut bag: Bag = redis_client::codec::decode(br#"{"first":true,"a":1}"#).unwrap();
    bag.rest.insert("first".to_owned(), Small::new(1).unwrap());
    assert_eq!(bag.validate().unwrap_err().pointer(), "/first");
    bag.rest.clear();
    assert_eq!(
        bag.validate().unwrap_err().rule(),
        &redis_client::Rule::MinProperties(2)
    );
    assert_eq!(
        written(&Bag {
            first: None,
            rest: BTreeMap::new()
        }),
        "{}"
    );
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

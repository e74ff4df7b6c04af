//! The generated events in JSON: where an error points, what it says, and that it quotes nothing.

#![expect(clippy::unwrap_used, reason = "a test may panic, also in its helpers")]

use redis_client::{
    Channel, Decimal, EncodeError, Encoded, Event, NonNegativeDecimal, OrderEvent, PositionEvent,
    PriceUpdateEvent, Quote, Rule, SignalEvent, codec,
};

const SIGNAL: &str = r#"{"event_type":"signals.generated","timestamp":"2025-01-17T09:30:00Z","strategy_id":"alpha_baseline","symbols":["AAPL","BRK.B"],"num_signals":2,"as_of_date":"2025-01-17"}"#;
const POSITION: &str = r#"{"event_type":"positions.updated","timestamp":"2025-01-17T09:30:00.500000-05:00","symbol":"AAPL","action":"partial_fill","qty_change":-5,"new_qty":10,"price":"150.250","strategy_id":"alpha_baseline"}"#;
const PRICE: &str = r#"{"event_type":"price.updated","symbol":"BRK.B","price":"451.20","timestamp":"2025-01-17T09:30:00.123000+00:00","bid":"451.10","ask":null,"bid_price":null,"ask_price":"1E+3","bid_size":300,"ask_size":null,"exchange":"XNYS","volume":48211907}"#;

/// The same text with one part replaced is refused, there and for that reason, and the message quotes nothing of it.
fn check<E: Event + std::fmt::Debug>(whole: &str, from: &str, to: &str, pointer: &str, reason: &str) {
    assert!(whole.contains(from), "{from}");
    let error = codec::decode::<E>(whole.replacen(from, to, 1).as_bytes()).unwrap_err();
    assert_eq!((error.pointer(), error.reason()), (pointer, reason), "{to}");
    assert!(!error.to_string().contains("s3cret"), "{error}");
    assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
}

#[expect(clippy::too_many_lines, reason = "a row per mistake")]
#[test]
fn errors_of_signals() {
    let check = |from, to, pointer, reason| check::<SignalEvent>(SIGNAL, from, to, pointer, reason);
    check(
        "\"2025-01-17T09:30:00Z\"",
        "\"s3cret\"",
        "/timestamp",
        "expected an RFC 3339 date and time that exists, such as 2025-01-17T09:30:00Z",
    );
    check(
        "\"2025-01-17T09:30:00Z\"",
        "1737106200",
        "/timestamp",
        "expected an RFC 3339 date and time that exists, such as 2025-01-17T09:30:00Z, found an integer",
    );
    check(
        "\"alpha_baseline\"",
        "null",
        "/strategy_id",
        "expected a string, found null",
    );
    check(
        "\"alpha_baseline\"",
        "\"s3cret s3cret\"",
        "/strategy_id",
        "expected a text that matches the pattern `^[^\\s\\p{White_Space}\\p{Cc}:*?\\[\\]\\\\]+$`",
    );
    check(
        "[\"AAPL\",\"BRK.B\"]",
        "[]",
        "/symbols",
        "expected at least 1 item",
    );
    check(
        "\"BRK.B\"",
        "\"s3cret*\"",
        "/symbols/1",
        "expected a text that matches the pattern `^[A-Za-z0-9!#$%&+./=@^_~-]+$`",
    );
    check(
        "\"BRK.B\"",
        "[\"s3cret\"]",
        "/symbols/1",
        "expected a string, found an array",
    );
    check(
        ":2,",
        ":-1,",
        "/num_signals",
        "expected an integer of 64 bits that is not negative",
    );
    check(
        ":2,",
        ":2.5,",
        "/num_signals",
        "expected an integer of 64 bits that is not negative",
    );
    check(
        ":2,",
        ":true,",
        "/num_signals",
        "expected an integer of 64 bits that is not negative, found a boolean",
    );
    check(
        ",\"num_signals\":2",
        "",
        "",
        "the member `num_signals` is missing",
    );
    check(
        "\"signals.generated\"",
        "\"s3cret\"",
        "/event_type",
        "expected the constant \"signals.generated\"",
    );
    check(
        "\"2025-01-17\"}",
        "\"2025-02-30\"}",
        "/as_of_date",
        "expected a full date that exists, such as 2025-01-17",
    );
    check(
        ":2,",
        ":2,\"strategy_id\":\"s3cret\",",
        "/strategy_id",
        "each member once, this one is there twice",
    );
    check(
        ":2,",
        ":2,\"x\":{\"y\":1,\"y\":\"s3cret\"},",
        "/x/y",
        "each member once, this one is there twice",
    );
    check(
        ":2,",
        ":2,\"x\":[NaN],",
        "/x/0",
        "not JSON: expected a value at line 1 column 149",
    );
    check(
        "}",
        "",
        "",
        "not JSON: expected `,` or `}`, found the end of the text at line 1 column 169",
    );
    check(
        "}",
        "}{\"s3cret\":1}",
        "",
        "not JSON: expected nothing after the value at line 1 column 170",
    );
}

#[test]
fn errors_of_positions() {
    let check = |from, to, pointer, reason| check::<PositionEvent>(POSITION, from, to, pointer, reason);
    check(
        "\"partial_fill\"",
        "\"s3cret\"",
        "/action",
        "expected one of the values of Action",
    );
    check(
        "\"partial_fill\"",
        "{\"partial_fill\":null}",
        "/action",
        "expected one of the values of Action, found an object",
    );
    check(
        "\"150.250\"",
        "\"Infinity\"",
        "/price",
        "expected a decimal number as text, such as \"150.25\"",
    );
    check(
        "\"150.250\"",
        "150.25",
        "/price",
        "expected a decimal number as text, such as \"150.25\", found a number",
    );
    check(
        "-5",
        "9223372036854775808",
        "/qty_change",
        "expected an integer of 64 bits",
    );
    check(
        "-5",
        "\"-5\"",
        "/qty_change",
        "expected an integer of 64 bits, found a string",
    );
    assert!(codec::decode::<PositionEvent>(format!("[{POSITION}]").as_bytes()).is_err());
}

#[test]
fn utc_of_prices_is_numeric() {
    let price: PriceUpdateEvent = codec::decode(PRICE.as_bytes()).unwrap();
    let encoded = Encoded::new(&price).unwrap();
    assert_eq!(encoded.payload(), PRICE.as_bytes());
    assert_eq!(encoded.channel(), "price.updated.BRK.B");
    assert!(Channel::<PriceUpdateEvent>::matches(encoded.channel()));
    let zulu = PRICE.replacen("+00:00", "Z", 1);
    let again: PriceUpdateEvent = codec::decode(zulu.as_bytes()).unwrap();
    assert_eq!(codec::encode(&again).unwrap(), PRICE.as_bytes());
    let check = |from, to, pointer, reason| check::<PriceUpdateEvent>(PRICE, from, to, pointer, reason);
    check(
        "\"451.20\"",
        "\"-1\"",
        "/price",
        "expected a text that matches the pattern `^[0-9]`",
    );
    check("\"ask\":null,", "", "", "the member `ask` is missing");
    check(
        "\"451.10\"",
        "\"s3cret\"",
        "/bid",
        "expected a decimal number as text, such as \"150.25\"",
    );
}

#[test]
fn a_newtype_over_a_scalar_reads_its_text() {
    let price: NonNegativeDecimal = "150.250".parse().unwrap();
    assert_eq!(price.to_string(), "150.250");
    assert_eq!(price.get(), &"150.25".parse::<Decimal>().unwrap());
    assert!("-1".parse::<NonNegativeDecimal>().is_err());
    assert!(NonNegativeDecimal::try_from("x").is_err());
}

#[test]
fn what_a_caller_can_get_wrong_is_caught_before_sending() {
    let mut signal: SignalEvent = codec::decode(SIGNAL.as_bytes()).unwrap();
    signal.symbols.clear();
    let error: EncodeError = Encoded::new(&signal).unwrap_err();
    assert_eq!(error.pointer(), "/symbols");
    assert_eq!(error.violation().unwrap().rule(), &Rule::MinItems(1));
    assert_eq!(error.to_string(), "at /symbols: expected at least 1 item");
}

#[test]
fn absent_and_null_in_a_quote() {
    let text = r#"{"symbol":"AAPL","bid":"1","ask":"2","mid":"1.5","timestamp":"2025-01-17T09:30:00Z"}"#;
    let quote: Quote = codec::decode(text.as_bytes()).unwrap();
    assert_eq!((quote.bid_size, &quote.exchange), (None, &None));
    let written = text.replacen('}', ",\"exchange\":null}", 1);
    assert_eq!(codec::encode(&quote).unwrap(), written.as_bytes());
    assert!(codec::decode::<Quote>(text.replacen('}', ",\"bid_size\":null}", 1).as_bytes()).is_err());
}

#[test]
fn the_schema_of_a_type_is_its_source() {
    fn check<E: schemars::JsonSchema>(source: &str) {
        let source: serde_json::Value = serde_json::from_str(source).unwrap();
        let schema = schemars::schema_for!(E);
        for keyword in ["title", "required", "x-redis-channel"] {
            assert_eq!(schema.get(keyword), source.get(keyword), "{keyword}");
        }
        let names = |value: Option<&serde_json::Value>| -> Vec<String> {
            let mut names: Vec<_> = value.unwrap().as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(names(schema.get("properties")), names(source.get("properties")));
    }
    check::<SignalEvent>(include_str!("../../schemas/events/signal.schema.json"));
    check::<OrderEvent>(include_str!("../../schemas/events/order.schema.json"));
    check::<PositionEvent>(include_str!("../../schemas/events/position.schema.json"));
    check::<PriceUpdateEvent>(include_str!("../../schemas/events/price_update.schema.json"));
}

//! A map by another name, and two ways of reading that must not differ.

use proptest::prelude::*;

use super::plain::eight_digits;
use super::*;
use crate::codec;

#[test]
fn duplicates_and_other_values_are_refused() {
    let check = |text: &str| assert!(codec::decode::<Features>(text.as_bytes()).is_err(), "{text}");
    check(r#"{"a":1,"a":1}"#);
    check(r#"{"b":1,"a":2,"b":3}"#);
    check(r#"{"a":"1"}"#);
    check(r#"{"a":null}"#);
    check(r#"{"a":{}}"#);
    check("[]");
    check(r#"[["a",1]]"#);
}

#[test]
fn removed_names_do_not_pile_up() {
    let mut features = Features::new();
    for round in 0..100 {
        features.insert(format!("feature_{round}"), f64::from(round));
        assert_eq!(
            features.remove(&format!("feature_{round}")),
            Some(f64::from(round))
        );
        assert_eq!(features.remove("absent"), None);
    }
    assert!(
        features.is_empty() && features.names.len() < 40,
        "{}",
        features.names
    );
}

/// What `from_plain_json` takes, `serde_json` takes with the same values; what it leaves is no loss.
fn check_plain(text: &str) -> Option<Features> {
    let plain = Features::from_plain_json(text.to_owned()).ok();
    if let Some(plain) = &plain {
        let other: Features =
            codec::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let bits = |features: &Features| -> Vec<(String, u64)> {
            features
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_bits()))
                .collect()
        };
        assert_eq!(bits(plain), bits(&other), "{text}");
    }
    plain
}

#[test]
fn plain_json_is_read_as_the_other_way_reads_it() {
    for text in [
        "{}",
        " { } ",
        "{\"a\":1}",
        "\t{ \"b\" : -0.5e-3 ,\r\n\"a\":1E+2 } ",
        "{\"\":0,\"é\":-0,\"~\":0.1,\"z\":12345678901234567890,\"y\":9007199254740993}",
        "{\"a\":2.2250738585072011e-308,\"b\":5e-324,\"c\":1e-400,\"d\":1.7976931348623157e308,\"e\":0.3333333333333333}",
    ] {
        assert!(check_plain(text).is_some(), "{text}");
    }
    for text in [
        "",
        "{",
        "}",
        "[]",
        "{}x",
        "{} {}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":1}",
        "{\"b\":1,\"a\":1,\"b\":1}",
        "{\"a\":null}",
        "{\"a\":\"1\"}",
        "{\"a\":{}}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":inf}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":5.}",
        "{\"a\":+1}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":1e400}",
        "{\"a\":- 1}",
        "{\"a\":1_0}",
        "{\"a\n\":1}",
        "{\"\\u0061\":1}",
        "{\"a:1}",
    ] {
        assert_eq!(
            Features::from_plain_json(text.to_owned()).err().as_deref(),
            Some(text)
        );
    }
}

#[test]
fn eight_digits_at_once() {
    for (text, expected) in [
        (b"00000000", Some(0)),
        (b"12345678", Some(12_345_678)),
        (b"99999999", Some(99_999_999)),
        (b"10000001", Some(10_000_001)),
        (b"1234567a", None),
        (b".2345678", None),
        (b"123/5678", None),
        (b"1234:678", None),
        (b"\xff2345678", None),
    ] {
        assert_eq!(eight_digits(*text), expected, "{text:?}");
    }
}

#[derive(Debug, Clone)]
enum Change {
    Insert(String, f64),
    Remove(String),
}

fn change() -> impl Strategy<Value = Change> {
    let name = "[a-c]{0,2}|é\"";
    prop_oneof![
        (name, -10.0..10.0).prop_map(|(name, value)| Change::Insert(name, value)),
        name.prop_map(Change::Remove),
    ]
}

proptest! {
    #[test]
    fn it_is_a_map(changes in proptest::collection::vec(change(), 0..40)) {
        let (mut features, mut model) = (Features::new(), BTreeMap::new());
        for change in changes {
            match change {
                Change::Insert(name, value) => prop_assert_eq!(features.insert(&name, value), model.insert(name, value)),
                Change::Remove(name) => prop_assert_eq!(features.remove(&name), model.remove(&name)),
            }
            prop_assert_eq!(features.len(), model.len());
        }
        prop_assert!(features.iter().eq(model.iter().map(|(name, value)| (name.as_str(), *value))));
        let text = codec::encode(&features).unwrap();
        prop_assert_eq!(&text, &codec::encode(&model).unwrap());
        prop_assert_eq!(&codec::decode::<Features>(&text).unwrap(), &features);
        prop_assert_eq!(BTreeMap::from(features), model);
    }

    #[test]
    fn the_last_of_equal_names_wins(entries in proptest::collection::vec(("[a-c]{0,2}", -10.0..10.0), 0..20)) {
        let map: BTreeMap<String, f64> = entries.iter().cloned().collect();
        let features: Features = entries.into_iter().collect();
        prop_assert_eq!(features, Features::from(map));
    }

    #[test]
    fn plain_json_of_any_features_is_taken(entries in proptest::collection::btree_map("\\PC{0,8}", proptest::num::f64::NORMAL | proptest::num::f64::ZERO, 0..20)) {
        let features = Features::from(entries);
        let text = String::from_utf8(codec::encode(&features).unwrap()).unwrap();
        // A name with an escape is for the other way.
        prop_assert!(text.contains('\\') || check_plain(&text).is_some_and(|plain| plain == features));
    }

    #[test]
    fn what_is_almost_json_is_not_taken_for_it(text in r#"(\{|")?("[ab\\]{0,2}":?[-+0-9.eE]{0,5},? ?){0,3}\}?"#) {
        check_plain(&text);
    }

    #[test]
    fn any_order_reads_the_same(names in proptest::collection::hash_set("\\PC{0,5}", 0..20)) {
        let members: Vec<_> = names.iter().map(|name| format!("{}:1.5", serde_json::to_string(name).unwrap())).collect();
        let text = format!("{{{}}}", members.join(","));
        let features: Features = codec::decode(text.as_bytes()).unwrap();
        prop_assert_eq!(features, names.iter().map(|name| (name, 1.5)).collect());
    }
}

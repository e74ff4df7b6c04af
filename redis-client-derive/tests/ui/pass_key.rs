//! All words of keys, on types of the user's own.

use redis_client::{Date, Key, KeyValue, RedisKey, Uuid};

#[derive(Debug, PartialEq, RedisKey)]
#[redis(key = "run:{part}:{rest}:{text}", ttl = 60, value = std::collections::BTreeMap<String, Vec<u8>>)]
struct RunKey {
    // Names that the derived code uses itself.
    part: Uuid,
    rest: Date,
    text: i64,
}

#[derive(Debug, PartialEq, RedisKey)]
#[redis(key = "global")]
struct GlobalKey;

#[derive(Debug, PartialEq, RedisKey)]
#[redis(key = "{year}/{month}-end")]
struct MonthKey {
    month: Box<u8>,
    year: u16,
}

fn value<K: KeyValue>(_: &K, value: K::Value) -> K::Value {
    value
}

fn main() {
    let text = "run:67E55044-10b1-426f-9247-bb680e5fe0c8:2025-01-17:-3";
    let key: RunKey = text.parse().unwrap();
    assert_eq!(key.to_string(), text);
    assert!(value(&key, [("a".to_owned(), vec![1])].into()).contains_key("a"));
    assert_eq!(RunKey::scan_pattern(), "run:*:*:*");
    assert_eq!(RunKey::TEMPLATE, "run:{part}:{rest}:{text}");
    let wrong = "run:67E55044-10b1-426f-9247-bb680e5fe0c8:2025-01-17:+3".parse::<RunKey>().unwrap_err();
    assert_eq!(wrong.part(), Some("text"));

    assert_eq!("global".parse::<GlobalKey>().unwrap(), GlobalKey);
    assert_eq!(GlobalKey.to_string(), "global");
    assert!("globals".parse::<GlobalKey>().unwrap_err().is_other_template());
    assert_eq!(GlobalKey::TTL, None);

    let month = MonthKey { month: Box::new(2), year: 2025 };
    assert_eq!(month.to_string(), "2025/2-end");
    assert_eq!("2025/2-end".parse::<MonthKey>().unwrap(), month);
    for wrong in ["2025/2", "2025/2-end-end", "2025/02-end", "/2-end", "2025/-end", "2025/256-end"] {
        assert!(wrong.parse::<MonthKey>().is_err(), "{wrong}");
    }
}

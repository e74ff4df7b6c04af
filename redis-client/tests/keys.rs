//! The generated keys, as a caller meets them: texts there and back, lifetimes, patterns, and what is refused before any
//! I/O.

#![expect(clippy::unwrap_used, reason = "a test may panic, also in its helpers")]

use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::time::Duration;

use proptest::prelude::*;
use redis_client::{
    BreakerId, CircuitBreakerKey, Date, Features, FeaturesKey, Key, KeyError, KeyPart, KeyValue,
    ModelVersionKey, OrphanExposureKey, PriceKey, QuarantineKey, Quote, RedisKeys, ReduceOnlyLockKey,
    StrategyId, StrategyScope, Symbol,
};

/// A key has this text, comes back from it, and is found by its pattern.
fn check<K: Key + Debug + PartialEq>(key: Result<K, KeyError>, text: &str) {
    let key = key.unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(key.to_string(), text);
    assert_eq!(text.parse::<K>().unwrap(), key);
    assert!(glob_matches(&K::scan_pattern(), text), "{text}");
}

/// Redis's glob, as far as our patterns go.
fn glob_matches(glob: &str, text: &str) -> bool {
    match glob.split_once('*') {
        None => glob == text,
        Some((fixed, rest)) => text.strip_prefix(fixed).is_some_and(|tail| {
            (0..=tail.len())
                .filter_map(|at| tail.get(at..))
                .any(|tail| glob_matches(rest, tail))
        }),
    }
}

#[test]
fn texts() {
    check(
        RedisKeys::features("AAPL", "2025-01-17"),
        "features:AAPL:2025-01-17",
    );
    check(RedisKeys::price("BRK.B"), "price:BRK.B");
    check(RedisKeys::circuit_breaker("global"), "cb:global");
    check(
        RedisKeys::model_version("alpha_baseline"),
        "model:version:alpha_baseline",
    );
    check(RedisKeys::quarantine("*", "ES=F"), "quarantine:*:ES=F");
    check(
        RedisKeys::quarantine("mean-reversion.v2", "BTC/USD"),
        "quarantine:mean-reversion.v2:BTC/USD",
    );
    check(
        RedisKeys::orphan_exposure("é", "^GSPC"),
        "orphan_exposure:é:^GSPC",
    );
    check(RedisKeys::reduce_only_lock("RDS-A"), "reduce_only_lock:RDS-A");
}

#[test]
fn whatever_a_caller_has_is_taken() {
    let symbol = Symbol::new("AAPL").unwrap();
    let date = Date::new(2025, 1, 17).unwrap();
    let expected = RedisKeys::features("AAPL", "2025-01-17").unwrap();
    assert_eq!(RedisKeys::features(&symbol, date).unwrap(), expected);
    assert_eq!(RedisKeys::features("AAPL".to_owned(), date).unwrap(), expected);
    assert_eq!(
        RedisKeys::features(symbol, "2025-01-17".to_owned()).unwrap(),
        expected
    );
    let scope = StrategyScope::from(StrategyId::new("a").unwrap());
    assert_eq!(
        RedisKeys::quarantine(&scope, "A").unwrap(),
        RedisKeys::quarantine("a", "A").unwrap()
    );
    assert_eq!(
        RedisKeys::quarantine(StrategyScope::All, "A")
            .unwrap()
            .strategy_id,
        StrategyScope::All
    );
}

#[test]
fn what_is_no_part() {
    for symbol in [
        "",
        "A:B",
        "A*",
        "A?",
        "[A]",
        "A\\",
        "A B",
        "AAPL\n",
        "A\u{a0}B",
        "é",
        &"A".repeat(65),
    ] {
        assert!(RedisKeys::price(symbol).is_err(), "{symbol:?}");
        assert!(RedisKeys::features(symbol, "2025-01-17").is_err(), "{symbol:?}");
    }
    for date in [
        "",
        "2025-02-30",
        "2025-1-17",
        "20250117",
        "2025-01-17T00:00:00Z",
        "2025-01-17:",
        "*",
    ] {
        assert!(RedisKeys::features("AAPL", date).is_err(), "{date:?}");
    }
    for strategy in ["", "**", "a:b", "a*", "a\u{2003}b", "a\u{7f}", "a\u{85}b"] {
        assert!(RedisKeys::quarantine(strategy, "A").is_err(), "{strategy:?}");
    }
    assert!(RedisKeys::orphan_exposure("*", "A").is_err());
    assert!(RedisKeys::circuit_breaker("desk 7").is_err());
    let error = RedisKeys::price("A:B").unwrap_err().to_string();
    assert!(!error.contains("A:B"), "{error}");
}

#[test]
fn what_is_no_key() {
    fn refused<K: FromStr<Err = KeyError> + Debug>(text: &str, other_template: bool, part: Option<&str>) {
        let error = text.parse::<K>().unwrap_err();
        assert_eq!(
            (error.is_other_template(), error.part()),
            (other_template, part),
            "{text}"
        );
    }
    refused::<FeaturesKey>("feature:AAPL:2025-01-17", true, None);
    refused::<FeaturesKey>("features:AAPL", true, None);
    refused::<FeaturesKey>("features:AAPL:2025-01-17 ", false, Some("date"));
    refused::<FeaturesKey>("features::2025-01-17", false, Some("symbol"));
    refused::<FeaturesKey>("prod:features:AAPL:2025-01-17", true, None);
    refused::<QuarantineKey>("quarantine:**:AAPL", false, Some("strategy_id"));
    refused::<PriceKey>("price:A:B", false, Some("symbol"));
    refused::<PriceKey>("", true, None);
}

#[test]
fn lifetimes_and_values() {
    fn holds<K: KeyValue<Value = V>, V>() {}
    holds::<FeaturesKey, Features>();
    holds::<PriceKey, Quote>();
    assert_eq!(FeaturesKey::TTL, Some(Duration::from_hours(1)));
    assert_eq!(PriceKey::TTL, Some(Duration::from_mins(5)));
    assert_eq!(CircuitBreakerKey::TTL, None);
    assert_eq!(ModelVersionKey::TEMPLATE, "model:version:{strategy_name}");
    assert_eq!(ReduceOnlyLockKey::scan_pattern(), "reduce_only_lock:*");
    assert_eq!(OrphanExposureKey::scan_pattern(), "orphan_exposure:*:*");
}

#[test]
fn alphabets_leave_the_separator_out() {
    for alphabet in [
        Symbol::ALPHABET,
        StrategyScope::ALPHABET,
        BreakerId::ALPHABET,
        Date::ALPHABET,
    ] {
        assert!(!alphabet.contains(':'));
        assert_eq!(alphabet.first_unsafe(), None);
    }
}

fn any_symbol() -> impl Strategy<Value = String> {
    "[A-Za-z0-9!#$%&+./=@^_~-]{1,64}"
}

/// Parsing is exact: a text that a key type takes is the text it writes.
fn exact<K: Key + Display>(text: &str) -> Result<bool, TestCaseError> {
    match text.parse::<K>() {
        Ok(key) => {
            prop_assert_eq!(key.to_string(), text);
            Ok(true)
        }
        Err(_) => Ok(false),
    }
}

proptest! {
    #[test]
    fn keys_round_trip(symbol in any_symbol(), strategy in "[^\\s\\p{Cc}\u{feff}:*?\\[\\]\\\\]{1,128}", year in 0u16..10_000, month in 1u8..13, day in 1u8..29) {
        let date = Date::new(year, month, day).unwrap();
        let key = RedisKeys::features(symbol.as_str(), date).unwrap();
        prop_assert_eq!(key.to_string().parse::<FeaturesKey>().unwrap(), key);
        let key = RedisKeys::orphan_exposure(strategy.as_str(), symbol.as_str()).unwrap();
        prop_assert_eq!(key.to_string().parse::<OrphanExposureKey>().unwrap(), key);
        let key = RedisKeys::quarantine(strategy.as_str(), symbol.as_str()).unwrap();
        prop_assert_eq!(key.to_string().parse::<QuarantineKey>().unwrap(), key);
    }

    #[test]
    fn no_text_panics_and_none_is_two_keys(text in "(features|price|cb|model:version|quarantine|orphan_exposure|reduce_only_lock)?:?\\PC{0,8}(:\\PC{0,12})?(:2025-01-17)?") {
        let taken = [
            exact::<FeaturesKey>(&text)?,
            exact::<PriceKey>(&text)?,
            exact::<CircuitBreakerKey>(&text)?,
            exact::<ModelVersionKey>(&text)?,
            exact::<QuarantineKey>(&text)?,
            exact::<OrphanExposureKey>(&text)?,
            exact::<ReduceOnlyLockKey>(&text)?,
        ];
        prop_assert!(taken.iter().filter(|taken| **taken).count() <= 1, "{}", text);
    }
}

/// `con.get(RedisKeys::price("AAPL")?)` just works.
#[cfg(feature = "client")]
#[test]
fn keys_are_arguments_of_redis() {
    use redis_client::redis::{ToRedisArgs, ToSingleRedisArg, cmd};

    fn single(_: impl ToSingleRedisArg) {}

    let key = RedisKeys::price("AAPL").unwrap();
    assert_eq!(key.to_redis_args(), [b"price:AAPL"]);
    assert_eq!(
        cmd("GET").arg(&key).get_packed_command(),
        b"*2\r\n$3\r\nGET\r\n$10\r\nprice:AAPL\r\n"
    );
    single(key);
}

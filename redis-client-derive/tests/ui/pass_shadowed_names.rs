//! Derived code names nothing but the hidden names of the library: everything else it might reach for is shadowed here.

#![allow(dead_code, unused_macros)]

mod ours {
    pub use ::redis_client::__private;
}

mod shadows {
    // All that follows is found first where derived code looks names up carelessly.
    pub struct Option;
    pub struct Result;
    pub struct String;
    pub struct Vec;
    pub struct Box;
    pub trait From {}
    pub trait Into {}
    pub trait TryFrom {}
    pub trait Default {}
    pub trait Iterator {}
    pub trait ToString {}
    macro_rules! assert {
        () => {};
    }
    macro_rules! format {
        () => {};
    }
    pub mod core {}
    pub mod std {}
    pub mod serde {}
    pub mod redis_client {}

    use ::redis_client::__private as __;
    use ::redis_client::{Date, EventSet, Model, RedisEvent, RedisKey, Uuid};

    #[derive(Clone, Model)]
    #[model(min_length = 1)]
    pub struct Name(__::String);

    #[derive(Clone, Model)]
    #[model(maximum = "10", key_part)]
    pub struct Count(u64);

    #[derive(Clone, Model)]
    pub struct Day(Date);

    #[derive(Clone, Model)]
    #[model(unique_items)]
    pub struct Days(__::Vec<Day>);

    #[derive(Clone, Model)]
    #[model(key_part)]
    pub enum Side {
        #[model(value = "buy")]
        Buy,
        #[model(value = "sell")]
        Sell,
    }

    #[derive(Clone, Model)]
    #[model(key_part)]
    pub enum Scope {
        #[model(value = "*")]
        All,
        Side(Side),
    }

    const SCHEMA: &str = "{}";

    #[derive(Clone, Model, RedisEvent)]
    #[redis(channel = "trade.{side}", validate, crate = "crate::ours")]
    #[model(schema = SCHEMA, constant(name = "version", value = "2", before = "side"))]
    pub struct Trade {
        pub side: Side,
        #[model(optional)]
        pub name: __::Option<Name>,
        #[model(nullable, minimum = "0.5", multiple_of = "0.5")]
        pub ratio: __::Option<f64>,
        #[model(optional, nullable)]
        pub days: __::Option<__::Option<Days>>,
    }

    #[derive(Clone, Model)]
    #[model(unknown = "deny")]
    pub struct Closed {
        #[model(optional)]
        pub side: __::Option<Scope>,
    }

    #[derive(RedisKey)]
    #[redis(key = "run:{run}:{side}:{count}", ttl = 3, value = Trade, crate = "crate::ours")]
    pub struct RunKey {
        pub run: Uuid,
        pub side: Scope,
        pub count: Count,
    }

    #[derive(EventSet)]
    #[redis(crate = "crate::ours")]
    pub enum Set {
        Trade(Trade),
    }
}

fn main() {
    use ::redis_client::Key as _;
    assert_eq!(shadows::RunKey::scan_pattern(), "run:*:*:*");
    let closed: shadows::Closed = ::redis_client::codec::decode(b"{\"side\":\"*\"}").unwrap();
    assert_eq!(::redis_client::codec::encode(&closed).unwrap(), b"{\"side\":\"*\"}");
}

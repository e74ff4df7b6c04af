//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::{Model, Value};

/// Members that are one of a list, of whatever kind.
///
/// ```json
/// {
///   "pair": [1, {"a": "x", "b": null}],
///   "edge": 7.5
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Switch",
    schema = schemas::SWITCH,
    unknown = "deny",
    builder = SwitchBuilder
)]
#[model(constant(name = "edge", value = "7.5", before = "mixed"))]
pub struct Switch {
    /// `always_on`.
    ///
    /// Always `true`.
    #[model(optional, values = "[true]")]
    pub always_on: Option<bool>,
    /// `never`.
    ///
    /// Always `false`.
    #[model(optional, nullable, values = "[false]")]
    pub never: Option<Option<bool>>,
    /// `either`.
    #[model(optional)]
    pub either: Option<bool>,
    /// `level`.
    ///
    /// One of `1`, `2`, `4`, `8`.
    #[model(optional, values = "[1,2,4,8]")]
    pub level: Option<u64>,
    /// `gain`.
    ///
    /// One of `0.5`, `-1`, `3`.
    #[model(optional, nullable, values = "[0.5,-1,3]")]
    pub gain: Option<Option<f64>>,
    /// `wide`.
    ///
    /// At least 9007199254740991, at most 9007199254740991.
    #[model(optional, minimum = "9007199254740991", maximum = "9007199254740991")]
    pub wide: Option<u64>,
    /// A word, a number or nothing.
    ///
    /// One of `"auto"`, `0`, `1.5`, `null`, `[]`, `{"a":[true]}`.
    #[model(optional, values = "[\"auto\",0,1.5,null,[],{\"a\":[true]}]")]
    pub mixed: Option<Value>,
    /// `pair`.
    ///
    /// Always `[1,{"b":null,"a":"x"}]`.
    #[model(values = "[[1,{\"b\":null,\"a\":\"x\"}]]")]
    pub pair: Value,
    /// `scalar`.
    ///
    /// One of `"auto"`, `true`.
    #[model(optional, values = "[\"auto\",true]")]
    pub scalar: Option<Value>,
    /// `at`.
    ///
    /// Of the format `time`.
    #[model(optional, format = "time")]
    pub at: Option<String>,
    /// `host`.
    ///
    /// Of the format `hostname`.
    #[model(optional, format = "hostname")]
    pub host: Option<String>,
    /// `times`.
    #[model(optional)]
    pub times: Option<Vec<SwitchTimesItem>>,
}

/// `switch times item`.
///
/// At most 14 code points. Of the format `time`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "SwitchTimesItem",
    schema = schemas::SWITCH_TIMES_ITEM,
    max_length = 14,
    format = "time"
)]
pub struct SwitchTimesItem(String);

/// A value of any type; each rule binds the values of its own type.
///
/// 2 to 4 code points. 1 to 3 items. At most 2 members. All items differ. At least -5, less than
/// 1000.5, a multiple of 0.5. Matches `^[a-z]`. Names match `^[^]{0,3}$`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Whatever",
    schema = schemas::WHATEVER,
    minimum = "-5",
    exclusive_maximum = "1000.5",
    multiple_of = "0.5",
    min_length = 2,
    max_length = 4,
    min_items = 1,
    max_items = 3,
    max_properties = 2,
    pattern = patterns::WHATEVER,
    names = patterns::WHATEVER2,
    unique_items
)]
pub struct Whatever(Value);

/// `loose`.
///
/// ```json
/// {
///   "a": [1, 2],
///   "b": "1.2.3.4",
///   "c": 5,
///   "d": "10:00:00Z",
///   "mm": "x"
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Loose", schema = schemas::LOOSE)]
pub struct Loose {
    /// `a`.
    ///
    /// At least 2 items.
    #[model(optional, min_items = 2)]
    pub a: Option<Value>,
    /// `b`.
    ///
    /// Of the format `ipv4`.
    #[model(optional, pattern = patterns::LOOSE_B)]
    pub b: Option<Value>,
    /// `c`.
    ///
    /// At most 9007199254740991.
    #[model(optional, maximum = "9007199254740991")]
    pub c: Option<Value>,
    /// `d`.
    ///
    /// Of the format `time`.
    #[model(optional, format = "time")]
    pub d: Option<Value>,
    /// Other members, their names matching `^m`.
    #[model(additional, names = patterns::LOOSE_MATCHING_M)]
    pub matching_m: BTreeMap<String, LooseMValue>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, LooseValue>,
}

/// `loose ^m value`.
///
/// At least 1 code point.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "LooseMValue", schema = schemas::LOOSE_M_VALUE, min_length = 1)]
pub struct LooseMValue(Value);

/// `loose value`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "LooseValue", schema = schemas::LOOSE_VALUE, union = "any")]
pub enum LooseValue {
    /// `Boolean`.
    Boolean(bool),
    /// `Text`.
    Text(String),
}

/// No type, and rules about what values hold.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Holds", schema = schemas::HOLDS, union = "any")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum Holds {
    /// `Boolean`.
    Boolean(bool),
    /// `Text`.
    Text(String),
    /// `List`.
    List(Vec<String>),
    /// `Object`.
    Object(HoldsObject),
    /// `Number`.
    Number(HoldsNumber),
}

/// No type, and rules about what values hold.
///
/// At least 3.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "HoldsNumber", schema = schemas::HOLDS_NUMBER, minimum = "3")]
pub struct HoldsNumber(f64);

/// No type, and rules about what values hold.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "HoldsObject", schema = schemas::HOLDS_OBJECT, unknown = "ignore")]
pub struct HoldsObject {
    /// `a`.
    pub a: i64,
    /// `again`.
    #[model(optional, nullable)]
    pub again: Option<Option<Box<Holds>>>,
}

/// `differing`.
///
/// All items differ.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Differing", schema = schemas::DIFFERING, unique_items)]
pub struct Differing(Vec<Value>);

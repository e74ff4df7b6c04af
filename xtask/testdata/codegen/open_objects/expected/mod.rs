//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::{Model, Value};

/// What stands on a parcel; remarks of carriers are kept.
///
/// ```json
/// {
///   "to": "Ada",
///   "shelf": "B7"
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Label", schema = schemas::LABEL)]
pub struct Label {
    /// `to`.
    ///
    /// At least 1 code point.
    #[model(min_length = 1)]
    pub to: String,
    /// A member that is called like the map.
    #[model(optional)]
    pub additional: Option<bool>,
    /// Other members by name.
    #[model(additional)]
    pub additional_2: BTreeMap<String, Option<LabelValue>>,
}

/// `label value`.
///
/// At most 20 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "LabelValue", schema = schemas::LABEL_VALUE, max_length = 20)]
pub struct LabelValue(String);

/// Whatever else is there is kept as it is.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Anything", schema = schemas::ANYTHING)]
pub struct Anything {
    /// `id`.
    #[model(optional)]
    pub id: Option<i64>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// Members by pattern: a name that matches both patterns satisfies both.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Scan", schema = schemas::SCAN)]
pub struct Scan {
    /// `w_kg`.
    ///
    /// At least 0, at most 1000.
    #[model(minimum = "0", maximum = "1000")]
    pub w_kg: f64,
    /// `x_self`.
    #[model(optional)]
    pub x_self: Option<Box<Scan>>,
    /// Other members, their names matching `^(?=w_)(?=[^]*(?:_kg$))`.
    #[model(additional, names = patterns::SCAN_MATCHING_W_AND_KG)]
    pub matching_w_and_kg: BTreeMap<String, ScanMatchingWAndKgValue>,
    /// Other members, their names matching `^(?=w_)(?![^]*(?:_kg$))`.
    #[model(additional, names = patterns::SCAN_MATCHING_W)]
    pub matching_w: BTreeMap<String, ScanWValue>,
    /// Other members, their names matching `^(?=[^]*(?:_kg$))(?!w_)(?!x_)(?!old_)`.
    #[model(additional, names = patterns::SCAN_MATCHING_KG)]
    pub matching_kg: BTreeMap<String, ScanKgValue>,
    /// Other members, their names matching `^(?=x_)(?![^]*(?:_kg$))`.
    #[model(additional, names = patterns::SCAN_MATCHING_X)]
    pub matching_x: BTreeMap<String, Scan>,
    /// Other members, their names matching `^(?!w_)(?![^]*(?:_kg$))(?!x_)(?!old_)`.
    #[model(additional, names = patterns::SCAN_ADDITIONAL)]
    pub additional: BTreeMap<String, String>,
}

/// `scan matching ^w_ and _kg$ value`.
///
/// At least 0, at most 1000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(
    name = "ScanMatchingWAndKgValue",
    schema = schemas::SCAN_MATCHING_W_AND_KG_VALUE,
    minimum = "0",
    maximum = "1000"
)]
pub struct ScanMatchingWAndKgValue(f64);

/// `scan ^w_ value`.
///
/// At least 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "ScanWValue", schema = schemas::SCAN_W_VALUE, minimum = "0")]
pub struct ScanWValue(f64);

/// In kilograms.
///
/// At most 1000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "ScanKgValue", schema = schemas::SCAN_KG_VALUE, maximum = "1000")]
pub struct ScanKgValue(f64);

/// `closed_scan`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "ClosedScan", schema = schemas::CLOSED_SCAN)]
pub struct ClosedScan {
    /// Other members, their names matching `^[a-z]+$`.
    #[model(additional, names = patterns::CLOSED_SCAN_MATCHING_A_Z)]
    pub matching_a_z: BTreeMap<String, i64>,
    /// Other members, their names matching `[0-9]{2,}`.
    #[model(additional, names = patterns::CLOSED_SCAN_MATCHING_0_9_2)]
    pub matching_0_9_2: BTreeMap<String, bool>,
}

/// Only maps: their names say what they hold.
///
/// 1 to 3 members.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Tags", schema = schemas::TAGS, min_properties = 1, max_properties = 3)]
pub struct Tags {
    /// Other members, their names matching `^n_`.
    #[model(additional, names = patterns::TAGS_MATCHING_N)]
    pub matching_n: BTreeMap<String, i64>,
    /// Other members, their names matching `^t_`.
    #[model(additional, names = patterns::TAGS_MATCHING_T)]
    pub matching_t: BTreeMap<String, String>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// Every name is a code, declared or not; there are two or three.
///
/// 2 to 3 members.
///
/// ```json
/// {
///   "AA": 1,
///   "CC": [true]
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Coded", schema = schemas::CODED, min_properties = 2, max_properties = 3)]
pub struct Coded {
    /// `AA`.
    #[model(rename = "AA", optional)]
    pub aa: Option<i64>,
    /// `BB`.
    #[model(rename = "BB", optional, nullable)]
    pub bb: Option<Option<i64>>,
    /// Other members, their names matching `^[A-Z]{2}$`.
    #[model(additional, names = patterns::CODED_NAME)]
    pub additional: BTreeMap<String, Value>,
}

/// `without`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Without", schema = schemas::WITHOUT)]
pub struct Without {
    /// `a`.
    pub a: i64,
    /// Other members, their names matching `^(?!b$)`.
    #[model(additional, names = patterns::WITHOUT_ADDITIONAL)]
    pub additional: BTreeMap<String, Value>,
}

/// Each part sees its own members only.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Parts", schema = schemas::PARTS)]
pub struct Parts {
    /// `own`.
    ///
    /// At least 1, at most 10.
    #[model(optional, minimum = "1", maximum = "10")]
    pub own: Option<u64>,
    /// `far`.
    #[model(optional)]
    pub far: Option<Value>,
    /// `other`.
    ///
    /// At least 1.
    #[model(minimum = "1")]
    pub other: u64,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, PartsValue>,
}

/// `parts value`.
///
/// At least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "PartsValue", schema = schemas::PARTS_VALUE, minimum = "1", key_part)]
pub struct PartsValue(u64);

/// `evaluated`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Evaluated", schema = schemas::EVALUATED)]
pub struct Evaluated {
    /// `a`.
    #[model(optional)]
    pub a: Option<String>,
    /// Other members, their names matching `^p`.
    #[model(additional, names = patterns::EVALUATED_MATCHING_P)]
    pub matching_p: BTreeMap<String, i64>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, bool>,
}

/// `void`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Void", schema = schemas::VOID, unknown = "deny")]
pub struct Void {}

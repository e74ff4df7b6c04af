//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::{Model, Value};

/// `Table`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Table",
    schema = schemas::TABLE,
    unknown = "ignore",
    builder = TableBuilder
)]
pub struct Table {
    /// `counts`.
    ///
    /// 1 to 2 members.
    #[model(optional, min_properties = 1, max_properties = 2)]
    pub counts: Option<BTreeMap<String, i64>>,
    /// `labels`.
    ///
    /// Names match `^(?=[a-z]+$)(?=[^]{0,3}$)`.
    #[model(optional, names = patterns::TABLE_LABELS)]
    pub labels: Option<BTreeMap<String, Value>>,
    /// `flags`.
    ///
    /// Names match `^(?:x|a"b)$`.
    #[model(optional, names = patterns::TABLE_FLAGS)]
    pub flags: Option<BTreeMap<String, bool>>,
    /// `open`.
    #[model(optional)]
    pub open: Option<BTreeMap<String, Value>>,
    /// `named`.
    #[model(optional)]
    pub named: Option<Named>,
    /// `empty`.
    ///
    /// At most 0 members.
    #[model(optional, max_properties = 0)]
    pub empty: Option<BTreeMap<String, Value>>,
}

/// `named`.
///
/// Names match
/// `^(?=[^]*(?:^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3})$))(?=[^]{2,}$)`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Named", schema = schemas::NAMED, names = patterns::NAMED)]
pub struct Named(BTreeMap<String, NamedValue>);

/// `named value`.
///
/// At least 1 code point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "NamedValue", schema = schemas::NAMED_VALUE, min_length = 1)]
pub struct NamedValue(String);

//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::{Model, Timestamp, Value};

/// `Survey`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Survey",
    schema = schemas::SURVEY,
    unknown = "deny",
    builder = SurveyBuilder
)]
pub struct Survey {
    /// `origin`.
    pub origin: Point,
    /// `line`.
    ///
    /// All items differ.
    #[model(optional, unique_items)]
    pub line: Option<Vec<Point>>,
    /// When, what and how well.
    #[model(optional, nullable)]
    pub reading: Option<Option<SurveyReading>>,
    /// `log`.
    #[model(optional)]
    pub log: Option<SurveyLog>,
    /// `flags`.
    #[model(optional)]
    pub flags: Option<SurveyFlags>,
    /// `empty`.
    ///
    /// At most 0 items.
    #[model(optional, max_items = 0)]
    pub empty: Option<Vec<Value>>,
    /// `short`.
    #[model(optional)]
    pub short: Option<SurveyShort>,
    /// `long`.
    #[model(optional)]
    pub long: Option<SurveyLong>,
    /// `anything`.
    ///
    /// All items differ.
    #[model(optional, unique_items)]
    pub anything: Option<Vec<Value>>,
    /// `tree`.
    #[model(optional)]
    pub tree: Option<Tree>,
    /// `either`.
    #[model(optional)]
    pub either: Option<SurveyEither>,
}

/// When, what and how well.
///
/// At most 5 items. Those behind the first 2 may be absent, from some place on.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "SurveyReading", schema = schemas::SURVEY_READING, tuple, max_items = 5)]
pub struct SurveyReading(
    /// When it was taken.
    pub Timestamp,
    /// What was read.
    #[model(nullable)]
    pub Option<f64>,
    /// Element 3.
    #[model(optional)]
    pub Option<SurveyReadingItem3>,
    /// What follows.
    #[model(rest)]
    pub Vec<SurveyReadingItem>,
);

/// `Survey reading item 3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "SurveyReadingItem3", schema = schemas::SURVEY_READING_ITEM3, key_part)]
pub enum SurveyReadingItem3 {
    /// `good`.
    #[model(value = "good")]
    Good,
    /// `poor`.
    #[model(value = "poor")]
    Poor,
}

/// `Survey reading item`.
///
/// At least 1 code point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "SurveyReadingItem",
    schema = schemas::SURVEY_READING_ITEM,
    min_length = 1
)]
pub struct SurveyReadingItem(String);

/// `Survey log`.
///
/// All of them may be absent, from some place on. All items differ.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "SurveyLog", schema = schemas::SURVEY_LOG, tuple, unique_items)]
pub struct SurveyLog(
    /// Element 1.
    #[model(optional)]
    pub Option<bool>,
    /// Element 2.
    #[model(optional)]
    pub Option<bool>,
    /// What follows.
    #[model(rest)]
    pub Vec<Value>,
);

/// `Survey flags`.
///
/// All of them may be absent, from some place on. All items differ.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "SurveyFlags", schema = schemas::SURVEY_FLAGS, tuple, unique_items)]
pub struct SurveyFlags(
    /// Element 1.
    #[model(optional)]
    pub Option<i64>,
    /// Element 2.
    #[model(optional)]
    pub Option<f64>,
);

/// `Survey short`.
///
/// All of them may be absent, from some place on.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "SurveyShort", schema = schemas::SURVEY_SHORT, tuple)]
pub struct SurveyShort(
    /// Element 1.
    #[model(optional)]
    pub Option<i64>,
);

/// `Survey long`.
///
/// At least 3 items.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "SurveyLong", schema = schemas::SURVEY_LONG, tuple, min_items = 3)]
pub struct SurveyLong(
    /// Element 1.
    pub i64,
    /// What follows.
    #[model(rest)]
    pub Vec<i64>,
);

/// `Survey either`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "SurveyEither", schema = schemas::SURVEY_EITHER, union = "any")]
pub enum SurveyEither {
    /// `Point`.
    Point(Point),
    /// `Text`.
    Text(String),
    /// `Object`.
    Object(SurveyEitherObject),
}

/// `Survey either Object`.
///
/// At most 2 members.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "SurveyEitherObject",
    schema = schemas::SURVEY_EITHER_OBJECT,
    max_properties = 2
)]
pub struct SurveyEitherObject(BTreeMap<String, Value>);

/// Where something is: across, up and, where it is known, above the sea.
///
/// Those behind the first 2 may be absent, from some place on. Examples: `[1.5, -2]`,
/// `[0, 0, 12.25]`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Point", schema = schemas::POINT, tuple)]
pub struct Point(
    /// Metres to the east.
    pub f64,
    /// Metres to the north.
    pub f64,
    /// Metres above the sea.
    #[model(optional)]
    pub Option<f64>,
);

/// A name, then what hangs on the left and on the right.
///
/// Those behind the first may be absent, from some place on.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Tree", schema = schemas::TREE, tuple)]
pub struct Tree(
    /// Element 1.
    pub String,
    /// Element 2.
    #[model(optional)]
    pub Option<Box<Tree>>,
    /// Element 3.
    #[model(optional, nullable)]
    pub Option<Option<Box<Tree>>>,
);

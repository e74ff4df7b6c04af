//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod schemas;

use ::redis_client::__private::{Date, Model};

/// `Loan`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Loan", schema = schemas::LOAN, unknown = "deny", builder = LoanBuilder)]
pub struct Loan {
    /// `type`.
    pub r#type: String,
    /// `self`.
    #[model(rename = "self", optional)]
    pub self_2: Option<i64>,
    /// `self_`.
    #[model(optional)]
    pub self_: Option<i64>,
    /// `due date`.
    #[model(rename = "due date", optional)]
    pub due_date_2: Option<Date>,
    /// `due-date`.
    #[model(rename = "due-date", optional)]
    pub due_date_3: Option<Date>,
    /// `due_date`.
    pub due_date: Date,
    /// `2nd reader`.
    #[model(rename = "2nd reader", nullable)]
    pub n_2nd_reader: Option<String>,
    /// `größe`.
    #[model(rename = "größe", optional)]
    pub gru00f6u00dfe: Option<u64>,
    /// `日本`.
    #[model(rename = "日本", optional)]
    pub u65e5u672c: Option<String>,
    /// "".
    #[model(rename = "", optional)]
    pub empty: Option<bool>,
    /// `$ref`.
    #[model(rename = "$ref", optional)]
    pub r#ref: Option<StringType>,
    /// `a"b\c`.
    #[model(rename = "a\"b\\c", optional)]
    pub a_b_c: Option<i64>,
    /// `gen`.
    #[model(optional)]
    pub r#gen: Option<LoanGen>,
    /// `returned`.
    ///
    /// Default: `null`.
    #[model(optional, nullable, default_null)]
    pub returned: Option<bool>,
}

/// `Loan gen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "LoanGen", schema = schemas::LOAN_GEN)]
pub enum LoanGen {
    /// `+`.
    #[model(value = "+")]
    Plus,
    /// `-`.
    #[model(value = "-")]
    Minus,
    /// `+1`.
    #[model(value = "+1")]
    N1,
    /// `-1`.
    #[model(value = "-1")]
    N1_2,
    /// `type`.
    #[model(value = "type")]
    Type,
    /// `Self`.
    #[model(value = "Self")]
    Self_,
    /// `self`.
    #[model(value = "self")]
    Self2,
    /// "".
    #[model(value = "")]
    Empty,
}

/// `String`.
///
/// At most 3 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "StringType", schema = schemas::STRING_TYPE, max_length = 3)]
pub struct StringType(String);

/// `vec`.
///
/// At most 2 items.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "VecType", schema = schemas::VEC_TYPE, max_items = 2)]
pub struct VecType(Vec<StringType>);

/// `Vec`.
///
/// At most 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "VecType2", schema = schemas::VEC_TYPE2, maximum = "10", key_part)]
pub struct VecType2(i64);

/// `loan`.
///
/// At least 2 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Loan2", schema = schemas::LOAN2, min_length = 2)]
pub struct Loan2(String);

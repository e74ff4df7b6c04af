//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::Model;

/// Types called as code that is written by machines likes to call its own. It ends with """"
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Alphabet",
    schema = schemas::ALPHABET,
    unknown = "ignore",
    builder = AlphabetBuilder
)]
pub struct Alphabet {
    /// `a`.
    #[model(optional)]
    pub a: Option<A>,
    /// `b`.
    #[model(optional)]
    pub b: Option<Vec<A>>,
    /// `d`.
    #[model(optional)]
    pub d: Option<D>,
    /// `s`.
    #[model(optional)]
    pub s: Option<S>,
    /// `e`.
    #[model(optional)]
    pub e: Option<E>,
    /// `m`.
    #[model(optional)]
    pub m: Option<M>,
    /// `members`.
    #[model(optional)]
    pub members: Option<Members>,
    /// `text`.
    #[model(optional)]
    pub text: Option<Text>,
    /// `elements`.
    #[model(optional)]
    pub elements: Option<Elements>,
    /// `warning`.
    #[model(optional)]
    pub warning: Option<Warning>,
}

/// "
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "A", schema = schemas::A, unknown = "ignore")]
pub struct A {
    /// `d`.
    pub d: D,
}

/// """
///
/// At least 1 code point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "D", schema = schemas::D, min_length = 1)]
pub struct D(String);

/// a \\"
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "S", schema = schemas::S, key_part)]
pub enum S {
    /// `t`.
    #[model(value = "t")]
    T,
    /// `u`.
    #[model(value = "u")]
    U,
}

/// `E`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "E", schema = schemas::E, union = "any")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum E {
    /// `A`.
    A(A),
    /// `D`.
    D(D),
}

/// A map of itself.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "M", schema = schemas::M)]
pub struct M(BTreeMap<String, M>);

/// `Members`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Members", schema = schemas::MEMBERS)]
pub struct Members {
    /// `s`.
    #[model(optional)]
    pub s: Option<S>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Elements>,
}

/// `Text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Text", schema = schemas::TEXT, key_part)]
pub enum Text {
    /// `members`.
    #[model(value = "members")]
    Members,
    /// `elements`.
    #[model(value = "elements")]
    Elements,
}

/// `Elements`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Elements", schema = schemas::ELEMENTS, tuple)]
pub struct Elements(
    /// Element 1.
    pub Text,
    /// What follows.
    #[model(rest)]
    pub Vec<A>,
);

/// Python has a class of this name.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Warning", schema = schemas::WARNING, unknown = "ignore")]
pub struct Warning {
    /// `code`.
    pub code: i64,
}

//! The alternatives of a union (layer 0): a value is read once, into a [`Tree`], and each alternative is tried on that.

use serde::de::{DeserializeSeed, Unexpected};

use super::{Constant, Decode, Encode, TOO_WIDE};
use crate::tree::{Nested, Tree};
use crate::validate::{Rule, Violation};

/// Reads the value of one alternative of a union.
///
/// # Errors
///
/// As decoding, to be handed on as part of another deserializer's error.
pub fn from_tree<T, E>(tree: &Tree) -> Result<T, E>
where
    T: for<'de> Decode<'de>,
    E: serde::de::Error,
{
    T::decode(tree).map_err(|trouble| E::custom(Nested(trouble)))
}

/// A union's value if it is of this alternative. `doubt` is set when it may be and no type of ours could hold it.
#[must_use]
pub fn matched<T: for<'de> Decode<'de>>(tree: &Tree, doubt: &mut bool) -> Option<T> {
    T::decode(tree).map_err(|trouble| *doubt |= trouble.is_doubt).ok()
}

/// The error of a value that is of no alternative of the union `name`, or, in `doubt`, perhaps of one.
#[cold]
#[must_use]
pub fn no_alternative<E: serde::de::Error>(name: &'static str, doubt: bool) -> E {
    let found = if doubt { TOO_WIDE } else { "value" };
    E::invalid_value(Unexpected::Other(found), &Rule::OneOf(name))
}

/// Checks that a value's JSON is of exactly one alternative; `matching` counts them.
///
/// # Errors
///
/// When it is of more, or cannot be written.
pub fn check_alone<T: Encode>(value: &T, matching: fn(&Tree) -> usize) -> Result<(), Violation> {
    let mut text = Vec::new();
    value.write(&mut text)?;
    // What was written is JSON, so a text that is none has too many levels for a reader.
    let tree = serde_json::from_slice::<Tree>(&text);
    if tree.is_ok_and(|tree| matching(&tree) == 1) {
        Ok(())
    } else {
        Err(Violation::new(Rule::Other("a value of exactly one alternative")))
    }
}

/// Whether the value is the constant.
#[must_use]
pub fn is_constant(tree: &Tree, constant: Constant) -> bool {
    constant.deserialize(tree).is_ok()
}

/// Whether the member `name` of the value is the constant.
#[must_use]
pub fn has_constant(tree: &Tree, name: &str, constant: Constant) -> bool {
    let Tree::Object(members) = tree else { return false };
    members
        .iter()
        .any(|(member, value)| member == name && is_constant(value, constant))
}

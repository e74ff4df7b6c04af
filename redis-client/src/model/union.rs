//! The alternatives of a union (layer 0): a value is read once, into a [`Tree`], and each alternative is tried on that.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Unexpected};

use super::number::TOO_WIDE;
use super::{Constant, Decode, Encode};
use crate::tree::{Nested, Tree, Trouble};
use crate::validate::{Rule, Violation};

/// What is wrong with a value as one of an alternative, as part of another deserializer's error.
#[cold]
#[must_use]
pub fn refused<E: serde::de::Error>(trouble: Trouble) -> E {
    E::custom(Nested(trouble))
}

/// What a value is to an alternative.
#[derive(Debug)]
pub enum Match<T> {
    /// A value of it.
    Sure(T),
    /// Perhaps a value of it: nothing is wrong but an integer that no type of ours holds, for which another one stands.
    Doubt(T),
    /// None of its values.
    No(Trouble),
}

thread_local! {
    /// While an alternative is tried, whether an integer was met that no type of ours holds.
    static DOUBT: Cell<Option<bool>> = const { Cell::new(None) };
}

/// What is read in place of an integer that no type of ours holds. Any type of integers holds it.
pub(super) const STAND_IN: i32 = 978_091_665;

/// Puts back what was known of the alternative around this one.
struct Around(Option<bool>);

impl Drop for Around {
    fn drop(&mut self) {
        DOUBT.set(self.0);
    }
}

/// Whether an alternative is tried, which goes on with [`STAND_IN`] then: whatever else is wrong with it is found, in
/// whichever order it stands.
pub(super) fn go_on_in_doubt() -> bool {
    let is_tried = DOUBT.get().is_some();
    if is_tried {
        DOUBT.set(Some(true));
    }
    is_tried
}

/// Whether a JSON text may have [`STAND_IN`] for another integer, so that nothing is known of what it is equal to.
pub(super) fn may_stand_in(text: &str) -> bool {
    DOUBT.get() == Some(true) && text.contains(&STAND_IN.to_string())
}

/// What a union's value is to this alternative.
#[must_use]
pub fn matched<T: for<'de> Decode<'de>>(tree: &Tree) -> Match<T> {
    let around = Around(DOUBT.replace(Some(false)));
    let value = T::decode(tree);
    let doubt = DOUBT.get() == Some(true);
    drop(around);
    match value {
        Ok(value) if doubt => Match::Doubt(value),
        Ok(value) => Match::Sure(value),
        Err(trouble) => Match::No(trouble),
    }
}

/// The error of a value that is of no alternative of the union `name`.
#[cold]
#[must_use]
pub fn no_alternative<E: serde::de::Error>(name: &'static str) -> E {
    E::invalid_value(Unexpected::Other("value"), &Rule::OneOf(name))
}

/// What is read where it is not known whether a value is of the union `name`; `told` is what is wrong by its tag.
///
/// # Errors
///
/// Unless this is within an alternative of another union.
#[cold]
pub fn undecided<T, E>(name: &'static str, value: T, told: Option<Trouble>) -> Result<T, E>
where
    E: serde::de::Error,
{
    if go_on_in_doubt() {
        return Ok(value);
    }
    let too_wide = || E::invalid_value(Unexpected::Other(TOO_WIDE), &Rule::OneOf(name));
    Err(told.map_or_else(too_wide, refused))
}

/// Where the integer is that no type of ours holds; within an alternative of another union nobody asks.
#[cold]
#[must_use]
pub fn doubted<T: for<'de> Decode<'de>>(tree: &Tree) -> Option<Trouble> {
    if DOUBT.get().is_some() {
        return None;
    }
    T::decode(tree).err()
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

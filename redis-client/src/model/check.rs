//! The checks that derived code calls (layer 0): on a member, on an element, on whatever value there is.

use std::collections::BTreeSet;

use super::Encode;
use super::union::may_stand_in;
use crate::canonical;
use crate::validate::{Rule, Validate, Violation};

/// Checks a part of a value and says where it is.
///
/// # Errors
///
/// The violation, pointing at the member `name`.
#[inline]
pub fn validate_member<T: Validate + ?Sized>(value: &T, name: &str) -> Result<(), Violation> {
    value.validate().map_err(|violation| violation.at(name))
}

/// Checks a member against the rules written on it.
///
/// # Errors
///
/// The rule, at the member `name`.
#[inline]
pub fn check_member<T: ?Sized>(
    value: &T,
    check: fn(&T) -> Result<(), Rule>,
    name: &str,
) -> Result<(), Violation> {
    check(value).map_err(|rule| Violation::new(rule).at(name))
}

/// The length of a text as schemas count it.
#[must_use]
#[inline]
pub fn code_points(text: &str) -> usize {
    text.chars().count()
}

/// Whether no two items are the same JSON value.
#[must_use]
pub fn all_differ<T: Encode>(items: &[T]) -> bool {
    let mut seen = BTreeSet::new();
    items
        .iter()
        .all(|item| canonical::text(item).is_some_and(|text| may_stand_in(&text) || seen.insert(text)))
}

/// Whether no two elements of a tuple are the same JSON value.
#[must_use]
pub fn elements_differ<T: Encode>(tuple: &T) -> bool {
    let mut seen = BTreeSet::new();
    canonical::elements(tuple).is_some_and(|texts| {
        texts
            .into_iter()
            .all(|text| may_stand_in(&text) || seen.insert(text))
    })
}

/// Checks an element of a list and says where it is.
///
/// # Errors
///
/// The violation, pointing at the element.
#[inline]
pub fn validate_element<T: Validate + ?Sized>(value: &T, index: usize) -> Result<(), Violation> {
    value.validate().map_err(|violation| violation.at_index(index))
}

// A rule that stands without a type binds values of its own type, and lets all others pass.

/// Whether a value is no text, or one for which `is` holds.
#[must_use]
pub fn if_text(value: &serde_json::Value, is: impl FnOnce(&str) -> bool) -> bool {
    value.as_str().is_none_or(is)
}

/// Whether a value is no list, or one for which `is` holds.
#[must_use]
pub fn if_list(value: &serde_json::Value, is: impl FnOnce(&Vec<serde_json::Value>) -> bool) -> bool {
    value.as_array().is_none_or(is)
}

/// Whether a value is no object, or one for which `is` holds.
#[must_use]
pub fn if_map(
    value: &serde_json::Value,
    is: impl FnOnce(&serde_json::Map<String, serde_json::Value>) -> bool,
) -> bool {
    value.as_object().is_none_or(is)
}

/// Whether a value is no number, or one for which the condition of its kind holds.
#[must_use]
pub fn if_number(
    value: &serde_json::Value,
    integer: impl FnOnce(&i128) -> bool,
    float: impl FnOnce(&f64) -> bool,
) -> bool {
    let serde_json::Value::Number(number) = value else {
        return true;
    };
    let whole = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    match whole {
        Some(whole) => integer(&whole),
        None => number.as_f64().is_none_or(|number| float(&number)),
    }
}

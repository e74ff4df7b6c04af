//! What `#[derive(Model)]` builds on: JSON Schema's meaning of values, where it differs from serde's.
//!
//! serde reads an integer from `1` alone, an object from an array, the last of two equal keys, and any `Option` from
//! null. A schema says otherwise. [`Decode`] and [`Encode`] are serde's two traits with the schema's meaning, for the
//! primitive types and the containers that a model is made of; the seeds are the pieces that a derived visitor is
//! assembled from, so that it stays small. Start at [`Decode`]; each part is a file in `model/`.
//!
//! Hidden: reached by derived code through `__private` only. Layer 0.

mod any;
mod check;
mod constant;
mod container;
mod member;
mod number;
mod seed;
mod union;
mod write;

use std::fmt;

use serde::de::{Deserializer, Expected, Unexpected};
use serde::{Serialize, Serializer};

pub use self::any::Ignored;
pub use self::check::{
    all_differ, check_member, code_points, elements_differ, if_list, if_map, if_number, if_text,
    validate_element, validate_member,
};
pub use self::constant::{Constant, is_one_of};
pub use self::member::{
    Additional, AnyName, KnownName, Member, Name, Unknown, check_additional, check_count,
};
pub use self::number::{is_multiple_of_integer, is_multiple_of_number};
pub use self::seed::{Checked, Nullable, Seed, rest};
pub use self::union::{
    Match, check_alone, doubted, has_constant, is_constant, matched, no_alternative, refused, undecided,
};
pub use self::write::{NumericUtc, open_object, write_additional, write_element, write_member};
use crate::validate::{Rule, Violation};

/// serde's `Deserialize` with JSON Schema's meaning.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of a schema",
    label = "cannot be a member of a `Model`"
)]
pub trait Decode<'de>: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// Whatever the schema of the type does not allow.
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads a value that a check lets pass.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and the rule that is broken.
    #[inline]
    fn decode_checked<D: Deserializer<'de>>(
        deserializer: D,
        check: fn(&Self) -> Result<(), Rule>,
    ) -> Result<Self, D::Error> {
        let value = Self::decode(deserializer)?;
        match check(&value) {
            Ok(()) => Ok(value),
            Err(rule) => Err(broken(&rule)),
        }
    }
}

/// serde's `Serialize` with JSON Schema's meaning.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of a schema",
    label = "cannot be a member of a `Model`"
)]
pub trait Encode {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// A number that is not finite.
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Appends the value's compact JSON: the same bytes as [`encode`](Self::encode) under `serde_json`, without the
    /// detour through serde's data model. This is the path of every published event.
    ///
    /// # Errors
    ///
    /// A number that is not finite, with its pointer.
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation>;
}

/// Declares that the `Deserialize` of a type has the schema's meaning already.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_type {
    ($type:ty) => {
        #[diagnostic::do_not_recommend]
        impl<'de> $crate::__private::Decode<'de> for $type {
            #[inline]
            fn decode<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

__schema_type!(());
__schema_type!(bool);
__schema_type!(String);
__schema_type!(crate::Timestamp);
__schema_type!(crate::Date);
__schema_type!(crate::Decimal);
__schema_type!(crate::Uuid);
__schema_type!(crate::Features);

impl Expected for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The error of a value that breaks a rule, without the value.
#[cold]
#[must_use]
pub fn broken<E: serde::de::Error>(rule: &Rule) -> E {
    E::invalid_value(Unexpected::Other("value"), rule)
}

/// The error of a value whose own check failed further in.
#[cold]
#[must_use]
pub fn violated<E: serde::de::Error>(violation: &Violation) -> E {
    broken(violation.rule())
}

/// The error of a member that an object has twice.
#[cold]
pub(crate) fn duplicate<E: serde::de::Error>() -> E {
    E::invalid_value(Unexpected::Other("member"), &"each member once")
}

/// Serializes through [`Encode`].
#[derive(Debug)]
pub struct AsEncode<'a, T: ?Sized>(pub &'a T);

impl<T: Encode + ?Sized> Serialize for AsEncode<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

/// The schema behind a bundled text.
///
/// # Panics
///
/// When the text is no JSON object: the generator wrote it, so that is a bug of the generator.
#[must_use]
pub fn schema(text: &str) -> schemars::Schema {
    let value: serde_json::Value = serde_json::from_str(text).expect("the generator bundles JSON");
    value.try_into().expect("the generator bundles objects")
}

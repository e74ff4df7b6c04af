//! What `#[derive(Model)]` builds on: JSON Schema's meaning of values, where it differs from serde's.
//!
//! serde reads an integer from `1` alone, an object from an array, the last of two equal keys, and any `Option` from
//! null. A schema says otherwise. [`Decode`] and [`Encode`] are serde's two traits with the schema's meaning, for the
//! primitive types and the containers that a model is made of; the seeds below are the pieces that a derived visitor is
//! assembled from, so that it stays small.
//!
//! Hidden: reached by derived code through `__private` only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{Error as _, SerializeMap as _, SerializeSeq as _, Serializer};
use serde::{Deserialize, Serialize};

mod constant;

pub use constant::{Constant, is_one_of};

use crate::canonical;
use crate::pattern::Pattern;
use crate::tree::{Nested, Tree};
use crate::validate::{Rule, Validate, Violation};

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

/// `Encode` of types whose `Serialize` has the schema's meaning and whose JSON has a short way of its own.
macro_rules! encoded_by {
    ($($type:ty: |$value:ident, $out:ident| $write:expr),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl Encode for $type {
            #[inline]
            fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }

            #[inline]
            fn write(&self, $out: &mut Vec<u8>) -> Result<(), Violation> {
                let $value = self;
                $write;
                Ok(())
            }
        }
    )*};
}

encoded_by!(
    (): |value, out| write_scalar(value, out),
    serde_json::Value: |value, out| write_scalar(value, out),
    bool: |value, out| out.extend_from_slice(if *value { b"true" } else { b"false" }),
    i32: |value, out| write_scalar(value, out),
    i64: |value, out| write_scalar(value, out),
    u32: |value, out| write_scalar(value, out),
    u64: |value, out| write_scalar(value, out),
    String: |value, out| write_text(value, out),
    // None of these has a character that JSON escapes.
    crate::Timestamp: |value, out| value.with_text(|text| write_plain(text, out)),
    crate::Date: |value, out| value.with_text(|text| write_plain(text, out)),
    crate::Decimal: |value, out| write_plain(value.as_str(), out),
    crate::Uuid: |value, out| value.with_text(|text| write_plain(text, out)),
);

#[diagnostic::do_not_recommend]
impl Encode for crate::Features {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        write_members(self.iter(), out)
    }
}

/// Appends a value as `serde_json` writes it.
#[inline]
fn write_scalar<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("scalars and trees are JSON, and a Vec takes them");
}

/// Appends a string.
#[inline]
fn write_text(text: &str, out: &mut Vec<u8>) {
    if text
        .bytes()
        .any(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        write_scalar(&text, out);
    } else {
        write_plain(text, out);
    }
}

/// Appends a string that has nothing to escape.
#[inline]
fn write_plain(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Appends an object of members whose names are data.
fn write_members<'a, T: Encode + 'a>(
    members: impl Iterator<Item = (&'a str, T)>,
    out: &mut Vec<u8>,
) -> Result<(), Violation> {
    out.push(b'{');
    for (index, (name, value)) in members.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_text(name, out);
        out.push(b':');
        value.write(out).map_err(|violation| violation.at(name))?;
    }
    out.push(b'}');
    Ok(())
}

/// Appends the value of a member behind `prefix`, which is its name with what stands around.
///
/// # Errors
///
/// As [`Encode::write`], pointing at the member `name`.
#[inline]
pub fn write_member<T: Encode + ?Sized>(
    value: &T,
    prefix: &str,
    name: &str,
    out: &mut Vec<u8>,
) -> Result<(), Violation> {
    out.extend_from_slice(prefix.as_bytes());
    value.write(out).map_err(|violation| violation.at(name))
}

/// Opens the object that begins at `start`, where the first member has left its comma.
#[inline]
pub fn open_object(start: usize, out: &mut Vec<u8>) {
    match out.get_mut(start) {
        Some(comma) => *comma = b'{',
        None => out.push(b'{'),
    }
}

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

/// Below this every integer is an `f64` of its own; from it on, a spelling such as `9007199254740993.0` has been rounded
/// before we see it.
const EXACT: f64 = 9_007_199_254_740_992.0;

macro_rules! integers {
    ($($type:ident $method:ident $words:literal),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'de> Decode<'de> for $type {
            #[inline]
            fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Integer;

                impl Visitor<'_> for Integer {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($words)
                    }

                    #[inline]
                    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<$type, E> {
                        number.try_into().map_err(|_| E::invalid_value(Unexpected::Other("number"), &self))
                    }

                    #[inline]
                    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<$type, E> {
                        number.try_into().map_err(|_| E::invalid_value(Unexpected::Other("number"), &self))
                    }

                    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
                    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<$type, E> {
                        if number.abs() < EXACT && number.fract() == 0.0 {
                            self.visit_i64(number as i64)
                        } else {
                            Err(E::invalid_value(Unexpected::Other("number"), &self))
                        }
                    }
                }

                deserializer.$method(Integer)
            }
        }

    )*};
}

integers!(
    i64 deserialize_i64 "an integer of 64 bits",
    u64 deserialize_u64 "an integer of 64 bits that is not negative",
    i32 deserialize_i32 "an integer of 32 bits",
    u32 deserialize_u32 "an integer of 32 bits that is not negative"
);

#[diagnostic::do_not_recommend]
impl<'de> Decode<'de> for f64 {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Self::deserialize(deserializer)?;
        if number.is_finite() {
            Ok(number)
        } else {
            Err(broken(&Rule::Finite))
        }
    }
}

#[diagnostic::do_not_recommend]
impl Encode for f64 {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_finite() {
            return serializer.serialize_f64(*self);
        }
        // Our own serializer refuses it and knows where it is; serde_json would write null.
        serializer.serialize_f64(*self)?;
        Err(S::Error::custom(format_args!("expected {}", Rule::Finite)))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        if !self.is_finite() {
            return Err(Violation::new(Rule::Finite));
        }
        write_scalar(self, out);
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::decode(deserializer).map(Self::new)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode + ?Sized> Encode for Box<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        (**self).write(out)
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nullable(Seed::new()).deserialize(deserializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        (**self).write(out)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&AsEncode(value)),
            None => serializer.serialize_none(),
        }
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        if let Some(value) = self {
            return value.write(out);
        }
        out.extend_from_slice(b"null");
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Items<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
                // Bound: a length that a format claims is not believed beyond this.
                let mut list = Vec::with_capacity(items.size_hint().unwrap_or(0).min(1024));
                while let Some(item) = items.next_element_seed(Seed::new())? {
                    list.push(item);
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(Items(PhantomData))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode> Encode for Vec<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for item in self {
            list.serialize_element(&AsEncode(item))?;
        }
        list.end()
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.write(out).map_err(|violation| violation.at_index(index))?;
        }
        out.push(b']');
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<'de, T: Decode<'de>> Decode<'de> for BTreeMap<String, T> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: Decode<'de>> Visitor<'de> for Members<T> {
            type Value = BTreeMap<String, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let mut map = BTreeMap::new();
                while let Some(name) = members.next_key::<String>()? {
                    if map.contains_key(&name) {
                        return Err(duplicate());
                    }
                    map.insert(name, members.next_value_seed(Seed::new())?);
                }
                Ok(map)
            }
        }

        deserializer.deserialize_map(Members(PhantomData))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self {
            map.serialize_entry(name, &AsEncode(value))?;
        }
        map.end()
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        write_members(self.iter().map(|(name, value)| (name.as_str(), value)), out)
    }
}

/// Any JSON value. Not serde's own reading of it: that lets the last of two members of one name win.
#[diagnostic::do_not_recommend]
impl<'de> Decode<'de> for serde_json::Value {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = serde_json::Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(value.into())
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(number.into())
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(number.into())
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
                let number = serde_json::Number::from_f64(number).ok_or_else(|| broken(&Rule::Finite))?;
                Ok(serde_json::Value::Number(number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(text.into())
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(serde_json::Value::Null)
            }

            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(serde_json::Value::Null)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                Decode::decode(deserializer)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element_seed(Seed::new())? {
                    list.push(item);
                }
                Ok(serde_json::Value::Array(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let mut map = serde_json::Map::new();
                while let Some(name) = members.next_key::<String>()? {
                    if map.contains_key(&name) {
                        return Err(duplicate());
                    }
                    map.insert(name, members.next_value_seed(Seed::new())?);
                }
                Ok(serde_json::Value::Object(map))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// The error of a member that an object has twice.
#[cold]
pub(crate) fn duplicate<E: serde::de::Error>() -> E {
    E::invalid_value(Unexpected::Other("member"), &"each member once")
}

/// Any value that is well-formed, thrown away: the value of a member that the schema does not know.
#[derive(Debug, Clone, Copy)]
pub struct Ignored;

#[diagnostic::do_not_recommend]
impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not serde's `IgnoredAny`: that skips strings without looking at their escapes, and objects without looking
        // for duplicates.
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Ignored {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_none<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut seen = Unknown::new();
        while members
            .next_key_seed(Name {
                find: |_: &str| usize::MAX,
                unknown: &mut seen,
            })?
            .is_some()
        {
            members.next_value::<Self>()?;
        }
        Ok(self)
    }
}

/// The names of members that the schema does not know, to find one that comes twice.
#[derive(Debug, Default)]
pub struct Unknown(BTreeSet<Box<str>>);

impl Unknown {
    /// None so far.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self(BTreeSet::new())
    }
}

/// Reads the name of a member and finds its index; `usize::MAX` for a name that the schema does not know.
pub struct Name<'a, F> {
    /// The index of a name.
    pub find: F,
    /// Where unknown names go.
    pub unknown: &'a mut Unknown,
}

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for Name<'_, F> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<F: FnOnce(&str) -> usize> Visitor<'_> for Name<'_, F> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<usize, E> {
        let index = (self.find)(name);
        if index == usize::MAX && !self.unknown.0.insert(name.into()) {
            return Err(duplicate());
        }
        Ok(index)
    }
}

/// Reads the name of a member of a closed object: unknown names are refused.
pub struct KnownName<F> {
    /// The index of a name.
    pub find: F,
    /// The names there are.
    pub names: &'static [&'static str],
}

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for KnownName<F> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<F: FnOnce(&str) -> usize> Visitor<'_> for KnownName<F> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<usize, E> {
        match (self.find)(name) {
            usize::MAX => Err(E::unknown_field(name, self.names)),
            index => Ok(index),
        }
    }
}

/// Reads a `T`.
#[derive(Debug)]
pub struct Seed<T>(PhantomData<fn() -> T>);

impl<T> Seed<T> {
    /// The seed.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "only derived code makes one")]
    #[inline]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Decode<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// Reads a `T` and checks it, so that the error belongs to the member and not to the object around it.
pub struct Checked<T>(pub fn(&T) -> Result<(), Rule>);

impl<'de, T: Decode<'de>> DeserializeSeed<'de> for Checked<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = T::decode(deserializer)?;
        match (self.0)(&value) {
            Ok(()) => Ok(value),
            Err(rule) => Err(broken(&rule)),
        }
    }
}

/// Reads what another seed reads, or null.
pub struct Nullable<S>(pub S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Nullable<S> {
    type Value = Option<S::Value>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Nullable<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

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

/// Whether a union's value is of this alternative.
#[must_use]
pub fn matched<T: for<'de> Decode<'de>>(tree: &Tree) -> Option<T> {
    T::decode(tree).ok()
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

/// The name of a member: the index of one that the schema declares, or the name itself.
#[derive(Debug)]
pub enum Member {
    /// Declared.
    Known(usize),
    /// Additional.
    Other(String),
}

/// Reads the name of a member of an object that keeps the others.
pub struct AnyName<F> {
    /// The index of a name.
    pub find: F,
    /// Whether a name that has no index may stand here.
    pub takes: fn(&str) -> bool,
    /// The names that have one.
    pub names: &'static [&'static str],
}

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for AnyName<F> {
    type Value = Member;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Member, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<F: FnOnce(&str) -> usize> Visitor<'_> for AnyName<F> {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Member, E> {
        match (self.find)(name) {
            usize::MAX if (self.takes)(name) => Ok(Member::Other(name.to_owned())),
            usize::MAX => Err(E::unknown_field(name, self.names)),
            index => Ok(Member::Known(index)),
        }
    }
}

/// The map that additional members go into.
pub trait Additional<'de> {
    /// Takes up one member.
    ///
    /// # Errors
    ///
    /// A value that is not of the type of additional members, or a name that is there already.
    fn take<A: MapAccess<'de>>(&mut self, name: String, members: &mut A) -> Result<(), A::Error>;
}

impl<'de, T: Decode<'de>> Additional<'de> for BTreeMap<String, T> {
    fn take<A: MapAccess<'de>>(&mut self, name: String, members: &mut A) -> Result<(), A::Error> {
        if self.contains_key(&name) {
            return Err(duplicate());
        }
        let value = members.next_value_seed(Seed::new())?;
        self.insert(name, value);
        Ok(())
    }
}

/// Appends the additional members of an object, each behind a comma.
///
/// # Errors
///
/// As [`Encode::write`].
pub fn write_additional<T: Encode>(
    members: &BTreeMap<String, T>,
    out: &mut Vec<u8>,
) -> Result<(), Violation> {
    for (name, value) in members {
        out.push(b',');
        write_text(name, out);
        out.push(b':');
        value.write(out).map_err(|violation| violation.at(name))?;
    }
    Ok(())
}

/// Checks that no additional member has the name of a declared one, or a name that belongs into a map before.
///
/// # Errors
///
/// The first that has.
pub fn check_additional<T>(
    members: &BTreeMap<String, T>,
    declared: &[&str],
    before: &[&Pattern],
) -> Result<(), Violation> {
    if let Some(name) = declared.iter().find(|name| members.contains_key(**name)) {
        return Err(Violation::new(Rule::Other("a name that the type does not declare itself")).at(name));
    }
    let mut names = members.keys();
    match names.find(|name| before.iter().any(|pattern| pattern.is_match(name))) {
        Some(name) => Err(Violation::new(Rule::Other("a name that belongs into another map")).at(name)),
        None => Ok(()),
    }
}

/// Checks `minProperties` and `maxProperties`.
///
/// # Errors
///
/// The rule that is broken.
pub fn check_count(count: usize, min: usize, max: usize) -> Result<(), Rule> {
    if count < min {
        Err(Rule::MinProperties(min))
    } else if count > max {
        Err(Rule::MaxProperties(max))
    } else {
        Ok(())
    }
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

/// Serializes a timestamp with UTC as `+00:00`.
#[derive(Debug, Clone, Copy)]
pub struct NumericUtc<'a, T>(pub &'a T);

impl Encode for NumericUtc<'_, crate::Timestamp> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.with_numeric_utc(|text| serializer.serialize_str(text))
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        self.0.with_numeric_utc(|text| write_plain(text, out));
        Ok(())
    }
}

impl<'a, T> Encode for NumericUtc<'a, Option<T>>
where
    NumericUtc<'a, T>: Encode,
{
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().map(NumericUtc).encode(serializer)
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        self.0.as_ref().map(NumericUtc).write(out)
    }
}

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
        .all(|item| canonical::text(item).is_some_and(|text| seen.insert(text)))
}

/// Whether no two elements of a tuple are the same JSON value.
#[must_use]
pub fn elements_differ<T: Encode>(tuple: &T) -> bool {
    let mut seen = BTreeSet::new();
    canonical::elements(tuple).is_some_and(|texts| texts.into_iter().all(|text| seen.insert(text)))
}

/// Reads the elements of a list from here to its end.
///
/// # Errors
///
/// As [`Decode::decode`].
pub fn rest<'de, T: Decode<'de>, A: SeqAccess<'de>>(list: &mut A) -> Result<Vec<T>, A::Error> {
    let mut rest = Vec::new();
    while let Some(item) = list.next_element_seed(Seed::new())? {
        rest.push(item);
    }
    Ok(rest)
}

/// Appends an element of a list, which is the one at `index`, and what separates it from that before.
///
/// # Errors
///
/// As [`Encode::write`], pointing at the element.
pub fn write_element<T: Encode + ?Sized>(
    value: &T,
    index: &mut usize,
    out: &mut Vec<u8>,
) -> Result<(), Violation> {
    if *index > 0 {
        out.push(b',');
    }
    value.write(out).map_err(|violation| violation.at_index(*index))?;
    *index += 1;
    Ok(())
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

/// Whether `number` is a multiple of `step * 10^exponent`, `step` being above 0.
#[must_use]
pub fn is_multiple_of_integer(number: i128, step: u64, exponent: i32) -> bool {
    is_multiple(number.unsigned_abs(), 0, step, exponent)
}

/// Whether the shortest text of `number` writes a multiple of `step * 10^exponent`, `step` being above 0.
#[must_use]
pub fn is_multiple_of_number(number: f64, step: u64, exponent: i32) -> bool {
    let text = format!("{:e}", number.abs());
    let Some((mantissa, power)) = text.split_once('e') else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.bytes().chain(fraction.bytes());
    let number = digits.fold(0u128, |number, digit| {
        number * 10 + u128::from(digit.wrapping_sub(b'0'))
    });
    let Ok(power) = power.parse::<i32>() else {
        return false;
    };
    let places = i32::try_from(fraction.len()).unwrap_or(i32::MAX);
    is_multiple(number, power - places, step, exponent)
}

/// Whether `number * 10^power` is a multiple of `step * 10^exponent`.
fn is_multiple(number: u128, power: i32, step: u64, exponent: i32) -> bool {
    let step = u128::from(step);
    if number == 0 {
        return true;
    }
    let mut shift = power - exponent;
    let mut remainder = number % step;
    while shift > 0 {
        if remainder == 0 {
            return true;
        }
        // Both factors are below 2^64 and 10, so this cannot overflow.
        remainder = remainder * 10 % step;
        shift -= 1;
    }
    // A negative shift asks for a multiple of `step * 10^-shift`: the number must have as many zeros at its end.
    let mut number = number;
    while shift < 0 {
        if !number.is_multiple_of(10) {
            return false;
        }
        number /= 10;
        remainder = number % step;
        shift += 1;
    }
    remainder == 0
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

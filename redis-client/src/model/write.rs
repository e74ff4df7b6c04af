//! Compact JSON, appended (layer 0): the same bytes as `serde_json` writes, without the detour through serde's data model.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::Serializer;

use super::Encode;
use crate::validate::Violation;

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
pub(super) fn write_scalar<T: Serialize>(value: &T, out: &mut Vec<u8>) {
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
pub(super) fn write_members<'a, T: Encode + 'a>(
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

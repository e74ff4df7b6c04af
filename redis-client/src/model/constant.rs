//! Constants of a schema, and whether a value is one of them.
//!
//! Values are compared as JSON, not as Rust: `1.0` is `1`, `-0` is `0`, and the members of an object have no order.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use super::number::EXACT;
use super::union::may_stand_in;
use super::write::write_scalar;
use super::{AsEncode, Encode, Ignored, duplicate};
use crate::validate::Violation;

/// A constant of a schema.
#[derive(Debug, Clone, Copy)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// A whole number.
    Integer(i128),
    /// Another number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// An array.
    List(&'static [Self]),
    /// An object: names and values.
    Object(&'static [(&'static str, Self)]),
}

impl Constant {
    fn check<E: serde::de::Error>(self, is_equal: bool) -> Result<(), E> {
        if is_equal {
            Ok(())
        } else {
            Err(E::invalid_value(Unexpected::Other("value"), &self))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Constant {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self {
            Self::Text(_) => deserializer.deserialize_str(self),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Constant {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the constant ")?;
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Null => f.write_str("null"),
            Self::List(_) | Self::Object(_) => f.write_str("of the schema"),
        }
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.check(matches!(self, Self::Text(constant) if constant == text))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.check(matches!(self, Self::Integer(constant) if constant == i128::from(number)))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.check(matches!(self, Self::Integer(constant) if constant == i128::from(number)))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::float_cmp,
        reason = "whole numbers within 2^53, compared exactly"
    )]
    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.check(match self {
            // Not the float of the constant: that of 2^53 + 1 is 2^53.
            Self::Integer(constant) => {
                number.abs() <= EXACT && number.fract() == 0.0 && constant == number as i128
            }
            Self::Number(constant) => constant == number,
            _ => false,
        })
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.check(matches!(self, Self::Bool(constant) if constant == value))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.check(matches!(self, Self::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self::List(constants) = self else {
            return self.check(false);
        };
        for constant in constants {
            if items.next_element_seed(*constant)?.is_none() {
                return self.check(false);
            }
        }
        self.check(items.next_element::<Ignored>()?.is_none())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self::Object(constants) = self else {
            return self.check(false);
        };
        let mut seen = BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let Some((_, constant)) = constants.iter().find(|(known, _)| *known == name) else {
                return self.check(false);
            };
            members.next_value_seed(*constant)?;
            if !seen.insert(name) {
                return Err(duplicate());
            }
        }
        self.check(seen.len() == constants.len())
    }
}

#[diagnostic::do_not_recommend]
impl Encode for Constant {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violation> {
        write_scalar(self, out);
        Ok(())
    }
}

impl Serialize for Constant {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => match i64::try_from(number) {
                Ok(number) => serializer.serialize_i64(number),
                Err(_) => serializer.serialize_u64(u64::try_from(number).map_err(S::Error::custom)?),
            },
            Self::Number(number) => serializer.serialize_f64(number),
            Self::Bool(value) => serializer.serialize_bool(value),
            Self::Null => serializer.serialize_unit(),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// Whether a value is one of these constants.
#[must_use]
pub fn is_one_of<T: Encode>(value: &T, constants: &[Constant]) -> bool {
    let same = |value: &serde_json::Value| {
        constants
            .iter()
            .any(|constant| constant.deserialize(value).is_ok())
    };
    serde_json::to_value(AsEncode(value)).is_ok_and(|value| same(&value) || may_stand_in(&value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_of_any_kind() {
        const TREE: Constant = Constant::Object(&[
            ("a", Constant::List(&[Constant::Integer(1), Constant::Null])),
            ("b", Constant::Bool(false)),
        ]);
        let is = |text: &str| is_one_of(&serde_json::from_str::<serde_json::Value>(text).unwrap(), &[TREE]);
        assert!(is(r#"{"b":false,"a":[1.0,null]}"#));
        for other in [
            r#"{"b":false,"a":[1]}"#,
            r#"{"b":false,"a":[1,null,2]}"#,
            r#"{"b":0,"a":[1,null]}"#,
            r#"{"b":false,"a":[1,null],"c":1}"#,
            r#"{"b":false}"#,
            "[]",
            "1",
        ] {
            assert!(!is(other), "{other}");
        }
        assert_eq!(
            serde_json::to_string(&TREE).unwrap(),
            r#"{"a":[1,null],"b":false}"#
        );
        assert!(is_one_of(
            &9_007_199_254_740_992.0,
            &[Constant::Integer(9_007_199_254_740_992)]
        ));
        assert!(!is_one_of(&false, &[Constant::Integer(0)]));
    }
}

//! Numbers as a schema means them (layer 0): `1.0` is an integer, and what is not finite is no number.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use super::union::{STAND_IN, go_on_in_doubt};
use super::write::write_scalar;
use super::{Decode, Encode, broken};
use crate::validate::{Rule, Violation};

/// Below this every integer is an `f64` of its own; from it on, a spelling such as `9007199254740993.0` has been rounded
/// before we see it.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// The same as an integer.
const EXACT_INTEGER: i64 = 9_007_199_254_740_992;

/// What an integer is called that the schema may well mean, and that no type of ours holds: a choice of exactly one
/// alternative cannot tell whether the alternative matches.
pub(super) const TOO_WIDE: &str = "integer beyond 64 bits";

/// Whether the rule is a limit on this side of 0.
fn is_limit(rule: &Rule, is_negative: bool) -> bool {
    if is_negative {
        matches!(rule, Rule::Minimum(_) | Rule::ExclusiveMinimum(_))
    } else {
        matches!(rule, Rule::Maximum(_) | Rule::ExclusiveMaximum(_))
    }
}

macro_rules! integers {
    ($($type:ident $method:ident $words:literal),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'de> Decode<'de> for $type {
            #[inline]
            fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::decode_checked(deserializer, |_| Ok(()))
            }

            #[inline]
            fn decode_checked<D: Deserializer<'de>>(
                deserializer: D,
                check: fn(&Self) -> Result<(), Rule>,
            ) -> Result<Self, D::Error> {
                struct Integer(fn(&$type) -> Result<(), Rule>);

                impl Integer {
                    #[inline]
                    fn checked<E: serde::de::Error>(&self, number: $type) -> Result<$type, E> {
                        match (self.0)(&number) {
                            Ok(()) => Ok(number),
                            Err(rule) => Err(broken(&rule)),
                        }
                    }

                    /// The error of a number that the type does not hold; within a choice, one that stands for it.
                    #[cold]
                    fn beyond<E: serde::de::Error>(&self, is_negative: bool) -> Result<$type, E> {
                        if is_negative && $type::MIN == 0 {
                            return Err(E::invalid_value(Unexpected::Other("number"), self));
                        }
                        // It is no smaller than this one. A limit that refuses this one refuses all beyond it.
                        let nearest = if is_negative { -EXACT_INTEGER } else { EXACT_INTEGER };
                        let end = if is_negative { $type::MIN } else { $type::MAX };
                        match (self.0)(&nearest.try_into().unwrap_or(end)) {
                            Err(rule) if is_limit(&rule, is_negative) => Err(broken(&rule)),
                            _ if go_on_in_doubt() => Ok(STAND_IN.try_into().unwrap_or(end)),
                            _ => Err(E::invalid_value(Unexpected::Other(TOO_WIDE), self)),
                        }
                    }
                }

                impl Visitor<'_> for Integer {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($words)
                    }

                    #[inline]
                    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<$type, E> {
                        match number.try_into() {
                            Ok(number) => self.checked(number),
                            Err(_) => self.beyond(false),
                        }
                    }

                    #[inline]
                    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<$type, E> {
                        match number.try_into() {
                            Ok(number) => self.checked(number),
                            Err(_) => self.beyond(number < 0),
                        }
                    }

                    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
                    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<$type, E> {
                        if number.fract() != 0.0 {
                            Err(E::invalid_value(Unexpected::Other("number"), &self))
                        } else if number.abs() < EXACT {
                            self.visit_i64(number as i64)
                        } else {
                            self.beyond(number < 0.0)
                        }
                    }
                }

                deserializer.$method(Integer(check))
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

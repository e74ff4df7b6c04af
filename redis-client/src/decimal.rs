//! Decimal numbers that keep the text they came in.
//!
//! Prices travel as text: `150.250` has three decimal places and keeps them. A [`Decimal`] is that text, checked once;
//! it compares as the number it writes, so `1.0` equals `1` and `1E+2` equals `100`. It does no arithmetic: feature
//! `rust_decimal` converts to a type that does.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::validate::{Rule, Violation};

/// A finite decimal number, written as digits with an optional minus, fraction and exponent:
/// `^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,9})?$`.
///
/// `Eq`, `Ord` and `Hash` are those of the number.
///
/// # Examples
///
/// ```
/// use redis_client::Decimal;
///
/// let price: Decimal = "150.250".parse()?;
/// assert_eq!(price.as_str(), "150.250");
/// assert_eq!(price, "1.5025E+2".parse()?);
/// assert!(price > "-3".parse()?);
/// assert!("NaN".parse::<Decimal>().is_err());
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Clone)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The text, exactly as it came.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Decimal;
    /// assert_eq!("1.50E+2".parse::<Decimal>()?.as_str(), "1.50E+2");
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the number is below zero; `-0.0` is not.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Decimal;
    ///
    /// assert!("-37.63".parse::<Decimal>()?.is_negative());
    /// assert!(!"-0.0".parse::<Decimal>()?.is_negative());
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub fn is_negative(&self) -> bool {
        let number = self.parts();
        number.negative && !number.is_zero()
    }

    fn parts(&self) -> Parts<'_> {
        Parts::of(&self.0).expect("the text was checked when the value was made")
    }
}

/// The number behind a text: `sign 0.d1 d2 d3 .. * 10^magnitude`, with the digits of `whole` and `fraction` in a row and
/// no zeros at either end.
#[derive(Clone, Copy)]
struct Parts<'a> {
    negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
    magnitude: i64,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (negative, bytes) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        let (whole, rest) = split_digits(bytes);
        let (fraction, rest) = match rest {
            [b'.', rest @ ..] => split_digits(rest),
            _ => (&b"0"[..], rest),
        };
        if whole.is_empty() || fraction.is_empty() {
            return None;
        }
        let exponent = match rest {
            [] => 0,
            [b'e' | b'E', rest @ ..] => exponent(rest)?,
            _ => return None,
        };
        Some(Self::normal(negative, whole, fraction, exponent))
    }

    /// Drops the zeros at both ends and moves what they meant into the magnitude.
    fn normal(negative: bool, whole: &'a [u8], fraction: &'a [u8], exponent: i64) -> Self {
        let whole = strip_leading(whole);
        let magnitude;
        let mut fraction = strip_trailing(fraction);
        let mut kept = whole;
        if whole.is_empty() {
            let significant = strip_leading(fraction);
            magnitude = exponent - length(fraction) + length(significant);
            fraction = significant;
        } else {
            magnitude = exponent + length(whole);
            if fraction.is_empty() {
                kept = strip_trailing(whole);
            }
        }
        Self {
            negative,
            whole: kept,
            fraction,
            magnitude,
        }
    }

    fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    fn digits(&self) -> impl Iterator<Item = &'a u8> + use<'a> {
        self.whole.iter().chain(self.fraction)
    }
}

#[expect(
    clippy::cast_possible_wrap,
    reason = "no text in memory is longer than `isize::MAX`"
)]
fn length(digits: &[u8]) -> i64 {
    digits.len() as i64
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.split_at(count)
}

fn strip_leading(mut digits: &[u8]) -> &[u8] {
    while let [b'0', rest @ ..] = digits {
        digits = rest;
    }
    digits
}

fn strip_trailing(mut digits: &[u8]) -> &[u8] {
    while let [rest @ .., b'0'] = digits {
        digits = rest;
    }
    digits
}

/// The exponent after `E`: an optional sign and one to nine digits.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if !(1..=9).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = digits
        .iter()
        .fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
    Some(if negative { -number } else { number })
}

impl FromStr for Decimal {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        match Parts::of(text) {
            Some(_) => Ok(Self(text.into())),
            None => Err(Violation::new(Rule::Format("decimal"))),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.parts(), other.parts());
        let sign = |number: &Parts<'_>| match (number.is_zero(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (left_sign, right_sign) = (sign(&left), sign(&right));
        if left_sign != right_sign || left_sign == 0 {
            return left_sign.cmp(&right_sign);
        }
        let size = left
            .magnitude
            .cmp(&right.magnitude)
            .then_with(|| left.digits().cmp(right.digits()));
        if left_sign < 0 { size.reverse() } else { size }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let number = self.parts();
        if number.is_zero() {
            return 0u8.hash(state);
        }
        (number.negative, number.magnitude).hash(state);
        for digit in number.digits() {
            state.write_u8(*digit);
        }
    }
}

macro_rules! from_integers {
    ($($type:ty),*) => {$(
        impl From<$type> for Decimal {
            fn from(number: $type) -> Self {
                Self(number.to_string().into())
            }
        }
    )*};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

#[cfg(feature = "rust_decimal")]
impl From<rust_decimal::Decimal> for Decimal {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self(number.to_string().into())
    }
}

#[cfg(feature = "rust_decimal")]
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = Violation;

    /// Fails when the number needs more than the 28 digits `rust_decimal` has.
    fn try_from(number: &Decimal) -> Result<Self, Violation> {
        let text = number.as_str();
        let parsed = if text.contains(['e', 'E']) {
            Self::from_scientific(text)
        } else {
            Self::from_str_exact(text)
        };
        parsed.map_err(|_| Violation::new(Rule::Other("a number within the 28 digits of `rust_decimal`")))
    }
}

#[cfg(feature = "rust_decimal")]
impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = Violation;

    fn try_from(number: Decimal) -> Result<Self, Violation> {
        Self::try_from(&number)
    }
}

impl Decimal {
    fn with_text<R>(&self, read: impl FnOnce(&str) -> R) -> R {
        read(&self.0)
    }
}

crate::__private::text_scalar!(Decimal, "decimal");

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|_| panic!("{text}"))
    }

    #[test]
    fn texts_are_kept() {
        for text in [
            "0",
            "-0",
            "150.250",
            "1E+2",
            "1.5E-7",
            "1e999999999",
            "00.10",
            "99999999999.99999999",
            "-37.63",
        ] {
            assert_eq!(decimal(text).to_string(), text);
            let json = format!("\"{text}\"");
            assert_eq!(
                serde_json::to_string(&serde_json::from_str::<Decimal>(&json).unwrap()).unwrap(),
                json
            );
        }
        assert!(serde_json::from_str::<Decimal>("1.5").is_err());
    }

    #[test]
    fn texts_that_are_no_decimals() {
        let check = |text: &str| assert!(text.parse::<Decimal>().is_err(), "{text:?}");
        for text in [
            "",
            "-",
            "+1",
            ".5",
            "5.",
            "1,5",
            "1_0",
            "0x1",
            "NaN",
            "Infinity",
            "-inf",
            "1E",
            "1E+",
            "1e1234567890",
        ] {
            check(text);
        }
        for text in [" 1", "1 ", "1.5.2", "--1", "1e1.5", "১", "1\n"] {
            check(text);
        }
    }

    #[test]
    fn order_is_that_of_the_numbers() {
        let check = |left: &str, order: Ordering, right: &str| {
            let (left, right) = (decimal(left), decimal(right));
            assert_eq!(left.cmp(&right), order, "{left} {right}");
            assert_eq!(right.cmp(&left), order.reverse(), "{right} {left}");
            assert_eq!(left == right, order == Ordering::Equal);
            let set = HashSet::from([left, right]);
            assert_eq!(set.len() == 1, order == Ordering::Equal);
        };
        check("1.0", Ordering::Equal, "1");
        check("1E+2", Ordering::Equal, "100.00");
        check("0.001", Ordering::Equal, "1e-3");
        check("00012.50", Ordering::Equal, "12.5");
        check("0", Ordering::Equal, "-0.000e5");
        check("1200e-2", Ordering::Equal, "12");
        check("0.010", Ordering::Equal, "1.0e-2");
        check("2", Ordering::Less, "10");
        check("-10", Ordering::Less, "-2");
        check("-1", Ordering::Less, "0");
        check("0", Ordering::Less, "0.0000001");
        check("1.23", Ordering::Less, "1.230000001");
        check("9e999999999", Ordering::Greater, "1e999999998");
        check("100", Ordering::Less, "101");
        check("100.1", Ordering::Greater, "100");
    }

    proptest! {
        #[test]
        fn order_agrees_with_integers(left in -10_000i64..10_000, right in -10_000i64..10_000, places in 0usize..5, zeros in 0usize..4) {
            let write = |number: i64, zeros: usize| {
                let digits = format!("{:0width$}", number.abs(), width = places + 1);
                let (whole, fraction) = digits.split_at(digits.len() - places);
                let sign = if number < 0 { "-" } else { "" };
                let point = if places + zeros > 0 { "." } else { "" };
                decimal(&format!("{sign}{whole}{point}{fraction}{}", "0".repeat(zeros)))
            };
            prop_assert_eq!(write(left, zeros).cmp(&write(right, 0)), left.cmp(&right));
            prop_assert_eq!(write(left, zeros).is_negative(), left < 0);
        }

        #[test]
        fn no_text_panics(text in "\\PC*", near in "-?[0-9]{0,5}[.]?[0-9]{0,5}([eE][+-]?[0-9]{0,11})?") {
            for text in [text, near] {
                if let Ok(number) = text.parse::<Decimal>() {
                    prop_assert_eq!(number.as_str(), text);
                    prop_assert_eq!(number.cmp(&number.clone()), Ordering::Equal);
                }
            }
        }
    }

    #[cfg(feature = "rust_decimal")]
    #[test]
    fn rust_decimal_agrees() {
        let check = |text: &str, theirs: &str| {
            let converted = rust_decimal::Decimal::try_from(decimal(text)).unwrap();
            assert_eq!(converted.to_string(), theirs);
            assert_eq!(Decimal::from(converted), decimal(text));
        };
        check("150.250", "150.250");
        check("-37.63", "-37.63");
        check("1.5E-7", "0.00000015");
        check("1E+2", "100");
        for text in [
            "1e999999999",
            "1e-999999999",
            "0.12345678901234567890123456789",
            "99999999999999999999999999999999",
        ] {
            assert!(rust_decimal::Decimal::try_from(decimal(text)).is_err(), "{text}");
        }
    }
}

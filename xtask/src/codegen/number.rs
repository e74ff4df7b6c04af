//! Numbers of a schema, exactly: a limit is compared and printed as the decimal that was written, never as a float.

use std::cmp::Ordering;

/// A decimal number: `0.digits * 10^exponent` with a sign, in normal form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Exact {
    negative: bool,
    /// Without leading or trailing zeros; empty for zero.
    digits: String,
    /// Where the decimal point stands: after this many digits.
    point: i64,
}

/// Exponents beyond this are refused: nobody means them, and their text would fill memory.
const EXPONENT_MAX: i64 = 400;

impl Exact {
    /// Reads a JSON number. `None` when its exponent is beyond any use (more than 400 places).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (
                mantissa,
                exponent
                    .strip_prefix('+')
                    .unwrap_or(exponent)
                    .parse::<i64>()
                    .ok()?,
            ),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let leading = all.len() - all.trim_start_matches('0').len();
        let digits = all.trim_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self {
                negative: false,
                digits,
                point: 0,
            });
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        let point = point.checked_add(exponent)?;
        (point.abs() <= EXPONENT_MAX).then_some(Self {
            negative,
            digits,
            point,
        })
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether the number is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether the number has no fraction: `1.0` is an integer.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        i64::try_from(self.digits.len()).is_ok_and(|count| count <= self.point.max(0))
    }

    /// How many digits it has between the first and the last that are not zero.
    #[must_use]
    pub fn digits(&self) -> usize {
        self.digits.len()
    }

    /// The least number of which both are divisors: what is a multiple of both is a multiple of it. Both are above zero. `None`
    /// when it does not fit into 128 bits.
    #[must_use]
    pub fn common_multiple(&self, other: &Self) -> Option<Self> {
        let places = |number: &Self| {
            let count = i64::try_from(number.digits.len()).ok()?;
            Some((count - number.point).max(0))
        };
        let scale = places(self)?.max(places(other)?);
        let scaled = |number: &Self| {
            let count = i64::try_from(number.digits.len()).ok()?;
            let zeros = u32::try_from(number.point + scale - count).ok()?;
            number
                .digits
                .parse::<u128>()
                .ok()?
                .checked_mul(10_u128.checked_pow(zeros)?)
        };
        let (a, b) = (scaled(self)?, scaled(other)?);
        if a == 0 || b == 0 {
            return None;
        }
        let (mut divisor, mut rest) = (a, b);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        let multiple = (a / divisor).checked_mul(b)?;
        Self::parse(&format!("{multiple}e-{scale}"))
    }

    /// The number as a count, if it is one.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        if self.is_integer() {
            self.to_string().parse().ok()
        } else {
            None
        }
    }
}

impl std::fmt::Display for Exact {
    /// Plain decimal notation, as short as it can be.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        if self.negative {
            f.write_str("-")?;
        }
        let count = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        let zeros = |n: i64| "0".repeat(usize::try_from(n).unwrap_or(0));
        if self.point <= 0 {
            write!(f, "0.{}{}", zeros(-self.point), self.digits)
        } else if count <= self.point {
            write!(f, "{}{}", self.digits, zeros(self.point - count))
        } else {
            let (whole, fraction) = self.digits.split_at(usize::try_from(self.point).unwrap_or(0));
            write!(f, "{whole}.{fraction}")
        }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) => {
                return if other.negative {
                    Ordering::Greater
                } else {
                    Ordering::Less
                };
            }
            (false, true) => {
                return if self.negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
            }
            (false, false) => {}
        }
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (negative, _) => {
                let size = self
                    .point
                    .cmp(&other.point)
                    .then_with(|| self.digits.cmp(&other.digits));
                if negative { size.reverse() } else { size }
            }
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).expect("a number of a sane size")
    }

    #[test]
    fn every_spelling_has_one_plain_text() {
        for (text, plain) in [
            ("0", "0"),
            ("-0.0", "0"),
            ("0e9", "0"),
            ("1", "1"),
            ("1.0", "1"),
            ("-1.50", "-1.5"),
            ("1e-08", "0.00000001"),
            ("12E+2", "1200"),
            ("0.0015e1", "0.015"),
            ("120.034", "120.034"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(exact(text).to_string(), plain, "{text}");
        }
    }

    #[test]
    fn common_multiples_are_the_least() {
        for (a, b, both) in [
            ("2", "3", "6"),
            ("4", "6", "12"),
            ("0.5", "0.75", "1.5"),
            ("0.01", "1", "1"),
            ("1e2", "0.3", "300"),
            ("7", "7.0", "7"),
        ] {
            assert_eq!(exact(a).common_multiple(&exact(b)), Some(exact(both)), "{a} {b}");
        }
        assert_eq!(exact("1e39").common_multiple(&exact("3")), None);
        assert_eq!(exact("1e-30").common_multiple(&exact("1e30")), None);
        assert_eq!(exact("0").common_multiple(&exact("3")), None);
    }

    #[test]
    fn order_is_numeric() {
        let sorted = [
            "-1e3", "-2", "-1.5", "-0.1", "0", "0.09", "0.1", "1", "1.0001", "2", "10", "1e3",
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(exact(a).cmp(&exact(b)), i.cmp(&j), "{a} {b}");
            }
        }
    }

    #[test]
    fn integers_are_told_from_fractions() {
        assert!(exact("2.0").is_integer() && exact("1e2").is_integer() && exact("0").is_integer());
        assert!(!exact("2.5").is_integer() && !exact("1e-1").is_integer());
        assert_eq!(exact("2.0").as_u64(), Some(2));
        assert_eq!(exact("-2").as_u64(), None);
        assert_eq!(Exact::parse("1e999999999"), None);
    }
}

//! Decimal numbers of attributes, exactly: what a bound means for an integer and for an `f64`.

use std::cmp::Ordering;

/// `digits * 10^exponent`, negative or not; no zeros at either end of `digits`, none at all for zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    negative: bool,
    digits: Vec<u8>,
    exponent: i32,
}

impl Number {
    /// Reads a JSON number.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (
                mantissa,
                exponent.parse::<i32>().ok().filter(|e| e.abs() < 10_000)?,
            ),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if whole.is_empty() || whole.len() + fraction.len() > 1000 {
            return None;
        }
        let mut digits = Vec::new();
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
        }
        let mut exponent = exponent - i32::try_from(fraction.len()).ok()?;
        while digits.last() == Some(&0) {
            digits.pop();
            exponent += 1;
        }
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        if digits.is_empty() {
            return Some(Self {
                negative: false,
                digits,
                exponent: 0,
            });
        }
        Some(Self {
            negative,
            digits,
            exponent,
        })
    }

    pub(crate) fn is_positive(&self) -> bool {
        !self.negative && !self.digits.is_empty()
    }

    /// The digits as one number, with the exponent, if they fit.
    pub(crate) fn scaled(&self) -> Option<(u64, i32)> {
        let number = self.digits.iter().try_fold(0u64, |number, digit| {
            number.checked_mul(10)?.checked_add(u64::from(*digit))
        })?;
        Some((number, self.exponent))
    }

    /// The largest integer that is not above and the smallest that is not below, both cut to ±10^30.
    pub(crate) fn floor_and_ceil(&self) -> (i128, i128) {
        const HUGE: i128 = 10i128.pow(30);
        let mut size = 0i128;
        let mut exact = true;
        let length = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        let before_point = (length + self.exponent).clamp(0, 40);
        for position in 0..before_point {
            let digit = usize::try_from(position)
                .ok()
                .and_then(|at| self.digits.get(at))
                .copied()
                .unwrap_or(0);
            size = (size * 10 + i128::from(digit)).min(HUGE);
        }
        if before_point < length {
            exact = false;
        }
        if length + self.exponent > 40 {
            size = HUGE;
        }
        match (self.negative, exact) {
            (false, true) => (size, size),
            (false, false) => (size, size + 1),
            (true, true) => (-size, -size),
            (true, false) => (-size - 1, -size),
        }
    }

    /// The nearest `f64`, and how its shortest text compares with this number.
    pub(crate) fn nearest(&self, text: &str) -> Option<(f64, Ordering)> {
        let nearest: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
        let shortest = Self::parse(&format!("{nearest:e}"))?;
        Some((nearest, shortest.compare(self)))
    }

    fn compare(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (left, right) = (sign(self), sign(other));
        if left != right || left == 0 {
            return left.cmp(&right);
        }
        let magnitude = |number: &Self| {
            i64::from(number.exponent) + i64::try_from(number.digits.len()).unwrap_or(i64::MAX)
        };
        let size = magnitude(self)
            .cmp(&magnitude(other))
            .then_with(|| self.digits.cmp(&other.digits));
        if left < 0 { size.reverse() } else { size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_and_ceilings() {
        let check = |text: &str, expected: (i128, i128)| {
            assert_eq!(Number::parse(text).unwrap().floor_and_ceil(), expected, "{text}");
        };
        check("0", (0, 0));
        check("10", (10, 10));
        check("-10", (-10, -10));
        check("0.5", (0, 1));
        check("-0.5", (-1, 0));
        check("12.5", (12, 13));
        check("1e3", (1000, 1000));
        check("1.5e1", (15, 15));
        check("-1.25e1", (-13, -12));
        check("1e-9", (0, 1));
        check("9223372036854775807", (i64::MAX.into(), i64::MAX.into()));
        check("1e400", (10i128.pow(30), 10i128.pow(30)));
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-", "1.", ".5", "abc", "1e", "0x1", "1_0", "+1", "1e99999"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nearest_floats() {
        let check = |text: &str, expected: Ordering| {
            assert_eq!(
                Number::parse(text).unwrap().nearest(text).unwrap().1,
                expected,
                "{text}"
            );
        };
        check("0.1", Ordering::Equal);
        check("-0.1", Ordering::Equal);
        check("0.10000000000000000555", Ordering::Less);
        check("-0.10000000000000000555", Ordering::Greater);
        check("0.09999999999999999999", Ordering::Greater);
        check("3", Ordering::Equal);
    }
}

//! [`Date`], a day of the calendar (layer 0).

use std::fmt;
use std::str::FromStr;

use super::as_text;
use crate::key::{Alphabet, KeyError, KeyPart};
use crate::validate::{Rule, Violation};

/// A day of the calendar, from 0000-01-01 to 9999-12-31.
///
/// Its text is RFC 3339's full-date and nothing else: four, two and two digits.
///
/// # Examples
///
/// ```
/// use redis_client::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert_eq!(date.to_string(), "2024-02-29");
/// assert!("2025-02-29".parse::<Date>().is_err());
/// assert!("2024-2-29".parse::<Date>().is_err());
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day `day` of `month` in `year`.
    ///
    /// # Errors
    ///
    /// A day that is not in the calendar, or a year beyond 9999.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Date;
    ///
    /// assert_eq!(Date::new(2025, 1, 17)?.to_string(), "2025-01-17");
    /// assert!(Date::new(2025, 4, 31).is_err());
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Violation> {
        if year <= 9999 && day >= 1 && day <= days_in_month(year, month) {
            Ok(Self { year, month, day })
        } else {
            Err(Violation::new(Rule::Format("date")))
        }
    }

    /// The year, 0 to 9999.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Date;
    /// assert_eq!("2025-01-17".parse::<Date>()?.year(), 2025);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Date;
    /// assert_eq!("2025-01-17".parse::<Date>()?.month(), 1);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Date;
    /// assert_eq!("2025-01-17".parse::<Date>()?.day(), 17);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    pub(super) fn parse_bytes(text: &[u8]) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
            return None;
        };
        let year = u16::from(two(y1, y2)?) * 100 + u16::from(two(y3, y4)?);
        let (month, day) = (two(m1, m2)?, two(d1, d2)?);
        Self::new(year, month, day).ok()
    }

    #[expect(clippy::cast_possible_truncation, reason = "a year has four digits")]
    pub(super) fn to_bytes(self) -> [u8; 10] {
        let (y1, y2) = digits((self.year / 100) as u8);
        let (y3, y4) = digits((self.year % 100) as u8);
        let (m1, m2) = digits(self.month);
        let (d1, d2) = digits(self.day);
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
    }

    /// Days since 1970-01-01.
    pub(super) fn epoch_days(self) -> i64 {
        // The civil-from-days algorithm counts years from March, so that the leap day is the last of the year.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }
}

impl Date {
    pub(crate) fn with_text<R>(self, read: impl FnOnce(&str) -> R) -> R {
        read(as_text(&self.to_bytes()))
    }
}

impl FromStr for Date {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        Self::parse_bytes(text.as_bytes()).ok_or_else(|| Violation::new(Rule::Format("date")))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(as_text(&self.to_bytes()))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[diagnostic::do_not_recommend]
impl KeyPart for Date {
    const ALPHABET: Alphabet = Alphabet::of("0123456789-");

    fn write_part(&self, out: &mut String) {
        out.push_str(as_text(&self.to_bytes()));
    }

    fn parse_part(text: &str) -> Result<Self, KeyError> {
        Ok(text.parse()?)
    }
}

impl TryFrom<jiff::civil::Date> for Date {
    type Error = Violation;

    /// Fails for a year before 0.
    fn try_from(date: jiff::civil::Date) -> Result<Self, Violation> {
        let out_of_range = |_| Violation::new(Rule::Format("date"));
        Self::new(
            u16::try_from(date.year()).map_err(out_of_range)?,
            u8::try_from(date.month()).map_err(out_of_range)?,
            u8::try_from(date.day()).map_err(out_of_range)?,
        )
    }
}

impl From<Date> for jiff::civil::Date {
    fn from(date: Date) -> Self {
        jiff::civil::date(
            date.year.cast_signed(),
            date.month.cast_signed(),
            date.day.cast_signed(),
        )
    }
}
const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

/// The number that two ASCII digits write.
#[inline]
pub(super) const fn two(tens: u8, ones: u8) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens <= 9 && ones <= 9 {
        Some(tens * 10 + ones)
    } else {
        None
    }
}

/// The two ASCII digits of a number below 100.
#[inline]
pub(super) const fn digits(number: u8) -> (u8, u8) {
    (b'0' + number / 10, b'0' + number % 10)
}

crate::__private::text_scalar!(Date, "date");

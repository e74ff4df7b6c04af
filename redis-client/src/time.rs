//! Instants and dates with the offset and the precision they came in.
//!
//! [`Timestamp`] is what RFC 3339 calls a date-time, [`Date`] its full-date: exactly that grammar, and only days that
//! exist. A date library parses more than the grammar and forgets what it does not need (the offset, a leap second), so
//! the texts are read and written here, and jiff does what a calendar is for: conversions.
//!
//! On the wire UTC is `Z`, another offset stays as it came, and the fraction is absent when zero, six digits, or nine
//! when there are nanoseconds. Comparisons are between instants: `09:00Z` equals `10:00+01:00`. Layer 0.

mod date;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime};

pub use self::date::Date;
use self::date::{digits, two};
use crate::validate::{Rule, Violation};

/// The bytes, which this module has just written, as text.
fn as_text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("only ASCII is written here")
}

/// An instant with the offset and the precision it was written with.
///
/// Reads any RFC 3339 date-time: lower-case `t` and `z`, any number of fraction digits (kept to the nanosecond), any
/// offset, and a leap second where one can be, at 23:59:60 UTC. Writes `Z` for UTC, else the offset, and a fraction of
/// no, six or nine digits.
///
/// `Eq`, `Ord` and `Hash` look at the instant alone. A leap second lies between the second before and the one after.
///
/// # Examples
///
/// ```
/// use redis_client::Timestamp;
///
/// let check = |text: &str, written: &str| {
///     assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), written);
/// };
/// check("2025-01-17T09:30:00+00:00", "2025-01-17T09:30:00Z");
/// check("2025-01-17t09:30:00.123z", "2025-01-17T09:30:00.123000Z");
/// check("2025-01-17T09:30:00.123456789-05:00", "2025-01-17T09:30:00.123456789-05:00");
/// check("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z");
///
/// let opening: Timestamp = "2025-01-17T09:30:00-05:00".parse()?;
/// assert_eq!(opening, "2025-01-17T14:30:00Z".parse()?);
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp {
    date: Date,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    /// Minutes east of UTC.
    offset: i16,
}

impl Timestamp {
    /// The present instant in UTC, to the microsecond, as the services beside this one write it.
    ///
    /// # Panics
    ///
    /// When the clock of the machine shows a year before 0 or after 9999.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Timestamp;
    ///
    /// let now = Timestamp::now();
    /// assert!(now > "2025-01-17T09:30:00Z".parse()?);
    /// assert_eq!(now.nanosecond() % 1000, 0);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub fn now() -> Self {
        let mut now = Self::try_from(SystemTime::now()).expect("the clock shows a year from 0 to 9999");
        now.nanosecond -= now.nanosecond % 1000;
        now
    }

    /// The date on the clock of the timestamp's own offset.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Timestamp;
    /// assert_eq!("2025-01-17T23:30:00-05:00".parse::<Timestamp>()?.date().to_string(), "2025-01-17");
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// The hour on the clock of the timestamp's own offset, 0 to 23.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Timestamp;
    /// assert_eq!("2025-01-17T23:30:00-05:00".parse::<Timestamp>()?.hour(), 23);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Timestamp;
    /// assert_eq!("2025-01-17T23:30:00-05:00".parse::<Timestamp>()?.minute(), 30);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// The second, 0 to 59, or 60 in a leap second.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Timestamp;
    /// assert_eq!("2016-12-31T23:59:60Z".parse::<Timestamp>()?.second(), 60);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn second(self) -> u8 {
        self.second
    }

    /// The fraction of the second in nanoseconds, 0 to 999,999,999.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Timestamp;
    /// assert_eq!("2025-01-17T09:30:00.25Z".parse::<Timestamp>()?.nanosecond(), 250_000_000);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.nanosecond
    }

    /// Minutes east of UTC, -1439 to 1439.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Timestamp;
    /// assert_eq!("2025-01-17T09:30:00-05:30".parse::<Timestamp>()?.offset_minutes(), -330);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub const fn offset_minutes(self) -> i16 {
        self.offset
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down; a leap second counts as the second before it.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Timestamp;
    ///
    /// assert_eq!("1970-01-01T01:00:00+01:00".parse::<Timestamp>()?.unix_seconds(), 0);
    /// assert_eq!("2016-12-31T23:59:60Z".parse::<Timestamp>()?.unix_seconds(), 1_483_228_799);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        let second = i64::from(self.second.min(59));
        let minutes = self.date.epoch_days() * 1440 + i64::from(self.hour) * 60 + i64::from(self.minute)
            - i64::from(self.offset);
        minutes * 60 + second
    }

    /// The instant as one number to compare by: seconds, then nanoseconds, a leap second having one more of the former's.
    fn instant(self) -> (i64, u32) {
        let leap = if self.second == 60 { 1_000_000_000 } else { 0 };
        (self.unix_seconds(), self.nanosecond + leap)
    }

    fn parse_bytes(text: &[u8]) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let date = Date::parse_bytes(date)?;
        let &[b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = rest else {
            return None;
        };
        let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (nanosecond, rest) = match rest {
            [b'.', digits @ ..] => fraction(digits)?,
            _ => (0, rest),
        };
        let offset = match *rest {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let offset = i16::from(hours) * 60 + i16::from(minutes);
                if sign == b'-' { -offset } else { offset }
            }
            _ => return None,
        };
        if second == 60 {
            let utc = (i16::from(hour) * 60 + i16::from(minute) - offset).rem_euclid(1440);
            if utc != 1439 {
                return None;
            }
        }
        Some(Self {
            date,
            hour,
            minute,
            second,
            nanosecond,
            offset,
        })
    }

    /// Writes the text into `buffer` and returns the part that was used; `utc` is how UTC is written.
    fn write<'a>(&self, buffer: &'a mut [u8; TEXT_MAX], utc: &[u8]) -> &'a str {
        let mut at = 0;
        let mut put = |bytes: &[u8]| {
            if let Some(target) = buffer.get_mut(at..at + bytes.len()) {
                target.copy_from_slice(bytes);
                at += bytes.len();
            }
        };
        let ((h1, h2), (m1, m2), (s1, s2)) = (digits(self.hour), digits(self.minute), digits(self.second));
        put(&self.date.to_bytes());
        put(&[b'T', h1, h2, b':', m1, m2, b':', s1, s2]);
        if self.nanosecond != 0 {
            let (micros, nanos) = (self.nanosecond / 1000, self.nanosecond % 1000);
            put(b".");
            put(&three_digits(micros / 1000));
            put(&three_digits(micros % 1000));
            if nanos != 0 {
                put(&three_digits(nanos));
            }
        }
        if self.offset == 0 {
            put(utc);
        } else {
            let minutes = self.offset.unsigned_abs();
            let sign = if self.offset < 0 { b'-' } else { b'+' };
            #[expect(clippy::cast_possible_truncation, reason = "an offset is less than a day")]
            let ((h1, h2), (m1, m2)) = (digits((minutes / 60) as u8), digits((minutes % 60) as u8));
            put(&[sign, h1, h2, b':', m1, m2]);
        }
        as_text(buffer.get(..at).unwrap_or_default())
    }
}

/// The longest text: `2025-01-17T09:30:00.123456789-05:00`.
const TEXT_MAX: usize = 35;

/// The nanoseconds that one or more digits of a fraction write, and what follows the digits.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at_checked(length)?;
    if digits.is_empty() {
        return None;
    }
    let kept = digits.iter().map(|digit| u32::from(digit - b'0'));
    Some((
        kept.chain(std::iter::repeat(0))
            .take(9)
            .fold(0, |number, digit| number * 10 + digit),
        rest,
    ))
}

fn three_digits(number: u32) -> [u8; 3] {
    [
        b'0' + (number / 100 % 10) as u8,
        b'0' + (number / 10 % 10) as u8,
        b'0' + (number % 10) as u8,
    ]
}

impl FromStr for Timestamp {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        Self::parse_bytes(text.as_bytes()).ok_or_else(|| Violation::new(Rule::Format("date-time")))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.write(&mut [0; TEXT_MAX], b"Z"))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = Violation;

    /// The instant in UTC. Fails for a year before 0.
    fn try_from(instant: jiff::Timestamp) -> Result<Self, Violation> {
        Self::try_from(instant.to_zoned(jiff::tz::TimeZone::UTC))
    }
}

impl TryFrom<jiff::Zoned> for Timestamp {
    type Error = Violation;

    /// The instant with the zone's offset at it. Fails for a year outside 0 to 9999 and for an offset with seconds.
    fn try_from(zoned: jiff::Zoned) -> Result<Self, Violation> {
        let fail = || Violation::new(Rule::Format("date-time"));
        let seconds = zoned.offset().seconds();
        if seconds % 60 != 0 {
            return Err(fail());
        }
        let part = |number: i8| u8::try_from(number).map_err(|_| fail());
        Ok(Self {
            date: zoned.date().try_into().map_err(|_| fail())?,
            hour: part(zoned.hour())?,
            minute: part(zoned.minute())?,
            second: part(zoned.second())?,
            nanosecond: u32::try_from(zoned.subsec_nanosecond()).map_err(|_| fail())?,
            offset: i16::try_from(seconds / 60)
                .ok()
                .filter(|minutes| minutes.abs() < 1440)
                .ok_or_else(fail)?,
        })
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = Violation;

    /// Fails in the last hours of the year 9999 west of UTC, which jiff does not have. A leap second becomes the second
    /// before it.
    fn try_from(timestamp: Timestamp) -> Result<Self, Violation> {
        Self::new(timestamp.unix_seconds(), timestamp.nanosecond.cast_signed())
            .map_err(|_| Violation::new(Rule::Other("an instant within the range of jiff")))
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = Violation;

    /// The instant in UTC. Fails for a year outside 0 to 9999.
    fn try_from(time: SystemTime) -> Result<Self, Violation> {
        let since_1970 = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => jiff::SignedDuration::try_from(after),
            Err(before) => jiff::SignedDuration::try_from(before.duration()).map(|before| -before),
        };
        since_1970
            .and_then(jiff::Timestamp::from_duration)
            .map_err(|_| Violation::new(Rule::Format("date-time")))
            .and_then(Self::try_from)
    }
}

impl From<Timestamp> for SystemTime {
    /// A leap second becomes the second before it.
    fn from(timestamp: Timestamp) -> Self {
        let seconds = timestamp.unix_seconds();
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let base = if seconds < 0 {
            Self::UNIX_EPOCH - whole
        } else {
            Self::UNIX_EPOCH + whole
        };
        base + Duration::from_nanos(u64::from(timestamp.nanosecond))
    }
}

impl Timestamp {
    pub(crate) fn with_text<R>(self, read: impl FnOnce(&str) -> R) -> R {
        read(self.write(&mut [0; TEXT_MAX], b"Z"))
    }

    /// The text with UTC written as `+00:00` instead of `Z`.
    pub(crate) fn with_numeric_utc<R>(self, read: impl FnOnce(&str) -> R) -> R {
        read(self.write(&mut [0; TEXT_MAX], b"+00:00"))
    }
}

crate::__private::text_scalar!(Timestamp, "date-time");

#[cfg(test)]
mod tests;

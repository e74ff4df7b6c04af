//! UUIDs that keep the text they came in.
//!
//! RFC 4122 lets a reader take both cases of a hexadecimal digit. Writing back what was read must lose nothing, so a
//! [`Uuid`] remembers which digits were in upper case; comparisons look at the number alone.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::key::{Alphabet, KeyError, KeyPart};
use crate::validate::{Rule, Violation};

/// A UUID of any version, in its 36-character text form.
///
/// # Examples
///
/// ```
/// use redis_client::Uuid;
///
/// let run: Uuid = "67E55044-10b1-426f-9247-bb680e5fe0c8".parse()?;
/// assert_eq!(run.to_string(), "67E55044-10b1-426f-9247-bb680e5fe0c8");
/// assert_eq!(run, "67e55044-10b1-426f-9247-bb680e5fe0c8".parse()?);
/// assert!("67e5504410b1426f9247bb680e5fe0c8".parse::<Uuid>().is_err());
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Clone, Copy)]
pub struct Uuid {
    number: u128,
    /// Bit n for the n-th digit from the right.
    upper_case: u32,
}

impl Uuid {
    /// A UUID from its 16 bytes, most significant first, to be written in lower case.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Uuid;
    ///
    /// let uuid = Uuid::from_bytes([0xab; 16]);
    /// assert_eq!(uuid.to_string(), "abababab-abab-abab-abab-abababababab");
    /// assert_eq!(uuid.as_bytes(), [0xab; 16]);
    /// ```
    #[must_use]
    #[expect(clippy::big_endian_bytes, reason = "RFC 4122 fixes the order of the bytes")]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self {
            number: u128::from_be_bytes(bytes),
            upper_case: 0,
        }
    }

    /// The 16 bytes, most significant first.
    ///
    /// # Examples
    ///
    /// ```
    /// # use redis_client::Uuid;
    /// let uuid: Uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8".parse()?;
    /// assert_eq!(uuid.as_bytes()[..2], [0x67, 0xe5]);
    /// # Ok::<(), redis_client::Violation>(())
    /// ```
    #[must_use]
    #[expect(clippy::big_endian_bytes, reason = "RFC 4122 fixes the order of the bytes")]
    pub const fn as_bytes(self) -> [u8; 16] {
        self.number.to_be_bytes()
    }

    fn parse_bytes(text: &[u8]) -> Option<Self> {
        let text: &[u8; 36] = text.try_into().ok()?;
        let (mut number, mut upper_case) = (0, 0);
        let mut rest = text.as_slice();
        for (index, length) in GROUPS.into_iter().enumerate() {
            if index > 0 {
                rest = rest.strip_prefix(b"-")?;
            }
            let (digits, after) = rest.split_at_checked(length)?;
            // No group has more than 12 digits, so each fits into 64 bits.
            let mut group = 0u64;
            for &byte in digits {
                let (digit, is_upper) = match byte {
                    b'0'..=b'9' => (byte - b'0', 0),
                    b'a'..=b'f' => (byte - b'a' + 10, 0),
                    b'A'..=b'F' => (byte - b'A' + 10, 1),
                    _ => return None,
                };
                group = group << 4 | u64::from(digit);
                upper_case = upper_case << 1 | is_upper;
            }
            number = number << (4 * length) | u128::from(group);
            rest = after;
        }
        Some(Self { number, upper_case })
    }

    fn write(self, buffer: &mut [u8; 36]) -> &str {
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.as_bytes()) {
            if let [high, low] = pair {
                (*high, *low) = (hex_digit(byte >> 4), hex_digit(byte & 0xf));
            }
        }
        if self.upper_case != 0 {
            for (index, digit) in digits.iter_mut().rev().enumerate() {
                if self.upper_case >> index & 1 == 1 {
                    digit.make_ascii_uppercase();
                }
            }
        }
        let mut digits = digits.as_slice();
        let mut at = 0;
        for (index, length) in GROUPS.into_iter().enumerate() {
            if index > 0
                && let Some(hyphen) = buffer.get_mut(at)
            {
                *hyphen = b'-';
                at += 1;
            }
            if let (Some((group, after)), Some(target)) =
                (digits.split_at_checked(length), buffer.get_mut(at..at + length))
            {
                target.copy_from_slice(group);
                digits = after;
                at += length;
            }
        }
        std::str::from_utf8(buffer).expect("only ASCII is written here")
    }
}

/// How many digits stand between the hyphens.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// The lower-case digit of a number below 16.
const fn hex_digit(number: u8) -> u8 {
    number + if number < 10 { b'0' } else { b'a' - 10 }
}

impl FromStr for Uuid {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        Self::parse_bytes(text.as_bytes()).ok_or_else(|| Violation::new(Rule::Format("uuid")))
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.write(&mut [0; 36]))
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Uuid {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Uuid {}

impl PartialOrd for Uuid {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Uuid {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl Hash for Uuid {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

#[diagnostic::do_not_recommend]
impl KeyPart for Uuid {
    const ALPHABET: Alphabet = Alphabet::of("0123456789abcdefABCDEF-");

    fn write_part(&self, out: &mut String) {
        out.push_str(self.write(&mut [0; 36]));
    }

    fn parse_part(text: &str) -> Result<Self, KeyError> {
        Ok(text.parse()?)
    }
}

#[cfg(feature = "uuid")]
impl From<uuid::Uuid> for Uuid {
    fn from(uuid: uuid::Uuid) -> Self {
        Self::from_bytes(uuid.into_bytes())
    }
}

#[cfg(feature = "uuid")]
impl From<Uuid> for uuid::Uuid {
    fn from(uuid: Uuid) -> Self {
        Self::from_bytes(uuid.as_bytes())
    }
}

impl Uuid {
    pub(crate) fn with_text<R>(self, read: impl FnOnce(&str) -> R) -> R {
        read(self.write(&mut [0; 36]))
    }
}

crate::__private::text_scalar!(Uuid, "uuid");

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_that_are_no_uuids() {
        let check = |text: &str| assert!(text.parse::<Uuid>().is_err(), "{text:?}");
        check("");
        check("550e8400-e29b-41d4-a716");
        check("2eb8aa08aa9811eab4aa73b441d16380");
        check("2eb8aa08-aa98-11ea-b4ga-73b441d16380");
        check("2eb8aa08-aa98-11ea-b4aa-73b441d16380-");
        check("{2eb8aa08-aa98-11ea-b4aa-73b441d1638}");
        check("2eb8aa08-aa98-11ea-b4aa-73b441d1_380");
        check("২eb8aa08-aa98-11ea-b4aa-73b441d16380");
        check("2eb8aa08-aa98-11ea-b4aa-73b441d1638 ");
    }

    #[test]
    fn comparisons_look_at_the_number() {
        let upper: Uuid = "2EB8AA08-AA98-11EA-B4AA-73B441D16380".parse().unwrap();
        let lower: Uuid = "2eb8aa08-aa98-11ea-b4aa-73b441d16380".parse().unwrap();
        assert_eq!(upper, lower);
        assert_eq!(upper.cmp(&lower), Ordering::Equal);
        assert_eq!(upper.to_string().to_lowercase(), lower.to_string());
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}") {
            let uuid: Uuid = text.parse().unwrap();
            prop_assert_eq!(uuid.to_string(), text.clone());
            prop_assert_eq!(Uuid::from_bytes(uuid.as_bytes()), uuid);
            let mut part = String::new();
            uuid.write_part(&mut part);
            prop_assert_eq!(Uuid::parse_part(&part).unwrap().to_string(), text);
        }

        #[test]
        fn no_text_panics(text in "\\PC*", near in "[0-9a-g-]{30,40}") {
            let _ = text.parse::<Uuid>();
            if let Ok(uuid) = near.parse::<Uuid>() {
                prop_assert_eq!(uuid.to_string(), near);
            }
        }
    }

    #[cfg(feature = "uuid")]
    #[test]
    fn the_uuid_crate_agrees() {
        let ours: Uuid = "2eb8aa08-aa98-11ea-b4aa-73b441d16380".parse().unwrap();
        let theirs = uuid::Uuid::from(ours);
        assert_eq!(theirs.to_string(), ours.to_string());
        assert_eq!(Uuid::from(theirs), ours);
    }
}

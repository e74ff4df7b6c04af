//! Redis keys and their parts.
//!
//! A key type is a template with a typed part for each placeholder: `features:{symbol}:{date}`. It promises that the
//! text can be taken apart again exactly ([`FromStr`] inverts [`Display`]), that nothing a caller puts in can reach a
//! neighbouring key, and that a `SCAN` pattern made of it means what it says. All three rest on the [`Alphabet`] of each
//! part: it is checked against the separator that follows, at compile time, by `#[derive(RedisKey)]`.
//!
//! This module knows no namespace and no connection: `client.key(..)` adds the former.
//!
//! Start at [`Key`]; [`KeyPart`] is what a placeholder's type must be.

use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::time::Duration;

use crate::validate::Violation;

/// A Redis key made of typed parts. Implemented by `#[derive(RedisKey)]`.
///
/// # Examples
///
/// ```
/// use redis_client::{Key, RedisKey, Uuid};
///
/// #[derive(Debug, PartialEq, RedisKey)]
/// #[redis(key = "session:{id}", ttl = 60)]
/// struct SessionKey {
///     id: Uuid,
/// }
///
/// let key = SessionKey { id: "67e55044-10b1-426f-9247-bb680e5fe0c8".parse()? };
/// assert_eq!(key.to_string(), "session:67e55044-10b1-426f-9247-bb680e5fe0c8");
/// assert_eq!(key.to_string().parse::<SessionKey>()?, key);
/// assert_eq!(SessionKey::scan_pattern(), "session:*");
/// assert_eq!(SessionKey::TTL, Some(std::time::Duration::from_secs(60)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Key: Display + FromStr<Err = KeyError> {
    /// The template, as written: `features:{symbol}:{date}`.
    ///
    /// ```
    /// use redis_client::{Key, QuarantineKey};
    ///
    /// assert_eq!(QuarantineKey::TEMPLATE, "quarantine:{strategy_id}:{symbol}");
    /// ```
    const TEMPLATE: &'static str;

    /// How long an entry lives; `None` when it does not expire.
    ///
    /// ```
    /// use redis_client::{CircuitBreakerKey, Key, PriceKey};
    /// use std::time::Duration;
    ///
    /// assert_eq!(PriceKey::TTL, Some(Duration::from_secs(300)));
    /// assert_eq!(CircuitBreakerKey::TTL, None);
    /// ```
    const TTL: Option<Duration>;

    /// The glob that `SCAN .. MATCH` takes to find every key of this template.
    ///
    /// ```
    /// use redis_client::{Key, RedisKey, Uuid};
    ///
    /// #[derive(RedisKey)]
    /// #[redis(key = "session:{id}")]
    /// struct SessionKey {
    ///     id: Uuid,
    /// }
    ///
    /// assert_eq!(SessionKey::scan_pattern(), "session:*");
    /// ```
    fn scan_pattern() -> String;
}

/// A key that says what it holds.
///
/// # Examples
///
/// ```
/// use redis_client::{Key, KeyValue, RedisKey};
///
/// #[derive(RedisKey)]
/// #[redis(key = "count:{year}", value = u64)]
/// struct CountKey {
///     year: u32,
/// }
///
/// fn zero<K: KeyValue<Value = u64>>(_: &K) -> K::Value {
///     0
/// }
/// assert_eq!(zero(&CountKey { year: 2025 }), 0);
/// ```
pub trait KeyValue: Key {
    /// The type of the value stored under the key.
    type Value;
}

/// A type whose values may stand in a key or in a channel name.
///
/// Its texts never hold whitespace, control characters or the glob characters `*?[]\` (a union may have `*` as a whole
/// alternative), and nothing outside [`ALPHABET`](Self::ALPHABET). `String` is deliberately not one: it can hold
/// anything.
///
/// # Examples
///
/// ```
/// use redis_client::{Date, KeyPart};
///
/// assert!(!Date::ALPHABET.contains(':'));
/// let mut key = String::from("asof:");
/// "2025-01-17".parse::<Date>()?.write_part(&mut key);
/// assert_eq!(key, "asof:2025-01-17");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no text that is safe in a Redis key or channel",
    label = "not a `KeyPart`",
    note = "use a schema type with `key_part`, an integer, `Date` or `Uuid`; a `String` could hold separators and globs"
)]
pub trait KeyPart: Sized {
    /// Every character that can occur in a text of this type.
    ///
    /// ```
    /// use redis_client::{KeyPart, Symbol};
    ///
    /// assert!(Symbol::ALPHABET.contains('/'));
    /// assert!(!Symbol::ALPHABET.contains(':') && !Symbol::ALPHABET.contains('*'));
    /// ```
    const ALPHABET: Alphabet;

    /// Appends the text of the value.
    ///
    /// ```
    /// use redis_client::KeyPart;
    ///
    /// let mut key = String::from("desk:");
    /// 7_u32.write_part(&mut key);
    /// assert_eq!(key, "desk:7");
    /// ```
    fn write_part(&self, out: &mut String);

    /// Reads a value back from its exact text.
    ///
    /// ```
    /// use redis_client::KeyPart;
    ///
    /// assert_eq!(u32::parse_part("7")?, 7);
    /// assert!(u32::parse_part("007").is_err(), "no value has this text");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When `text` is not what [`write_part`](Self::write_part) would have written for any value.
    fn parse_part(text: &str) -> Result<Self, KeyError>;
}

/// A set of characters: each ASCII one by itself, all others as one.
///
/// # Examples
///
/// ```
/// use redis_client::Alphabet;
///
/// const HEX: Alphabet = Alphabet::of("0123456789abcdef");
/// assert!(HEX.contains('a') && !HEX.contains(':'));
/// assert_eq!(HEX.first_unsafe(), None);
/// assert_eq!(Alphabet::of("a*b").first_unsafe(), Some('*'));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alphabet {
    ascii: u128,
    non_ascii: bool,
}

impl Alphabet {
    /// An alphabet from a bit per ASCII character and whether any other character can occur.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Alphabet;
    ///
    /// assert!(Alphabet::new(1 << b'a', false).contains('a'));
    /// ```
    #[must_use]
    pub const fn new(ascii: u128, non_ascii: bool) -> Self {
        Self { ascii, non_ascii }
    }

    /// The alphabet of the characters of `text`.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Alphabet;
    ///
    /// assert!(Alphabet::of("abc").contains('b'));
    /// assert!(!Alphabet::of("abc").contains('é'));
    /// ```
    #[must_use]
    pub const fn of(text: &str) -> Self {
        let mut rest = text.as_bytes();
        let mut alphabet = Self::new(0, false);
        while let [byte, tail @ ..] = rest {
            if *byte < 128 {
                alphabet.ascii |= 1 << *byte;
            } else {
                alphabet.non_ascii = true;
            }
            rest = tail;
        }
        alphabet
    }

    /// Both alphabets together.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Alphabet;
    ///
    /// assert_eq!(Alphabet::of("ab").union(Alphabet::of("bc")), Alphabet::of("abc"));
    /// ```
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            non_ascii: self.non_ascii || other.non_ascii,
        }
    }

    /// Whether `character` can occur.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Alphabet, Date, KeyPart};
    ///
    /// assert!(Date::ALPHABET.contains('-') && !Date::ALPHABET.contains(':'));
    /// ```
    #[must_use]
    pub const fn contains(self, character: char) -> bool {
        let code = character as u32;
        if code < 128 {
            self.ascii >> code & 1 == 1
        } else {
            self.non_ascii
        }
    }

    /// The first ASCII character of the alphabet that must not stand in a key: whitespace, a control character or one of
    /// the glob characters `*?[]\`.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::Alphabet;
    ///
    /// assert_eq!(Alphabet::of("a b").first_unsafe(), Some(' '));
    /// ```
    #[must_use]
    pub const fn first_unsafe(self) -> Option<char> {
        let mut code = 0u8;
        while code < 128 {
            let unsafe_here =
                code <= b' ' || code == 127 || matches!(code, b'*' | b'?' | b'[' | b']' | b'\\');
            if unsafe_here && self.contains(code as char) {
                return Some(code as char);
            }
            code += 1;
        }
        None
    }
}

/// A text is not a key, or not a part of one.
///
/// # Examples
///
/// ```
/// use redis_client::RedisKeys;
///
/// let error = RedisKeys::price("A:B").unwrap_err();
/// assert!(error.to_string().starts_with("not a part of a key: expected"));
/// assert!("prices:AAPL".parse::<redis_client::PriceKey>().unwrap_err().is_other_template());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct KeyError(Box<Kind>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Kind {
    #[error("not a key of the template `{template}`")]
    Template { template: &'static str },
    #[error("the part `{part}` of `{template}`: {error}")]
    NamedPart {
        template: &'static str,
        part: &'static str,
        error: KeyError,
    },
    #[error("not a part of a key: {0}")]
    Part(Violation),
}

impl KeyError {
    /// The text does not have the shape of `template`.
    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn other_template(template: &'static str) -> Self {
        Self(Box::new(Kind::Template { template }))
    }

    /// The same error, told for the part `part` of `template`.
    #[doc(hidden)]
    #[must_use]
    #[cold]
    pub fn in_part(self, template: &'static str, part: &'static str) -> Self {
        Self(Box::new(Kind::NamedPart {
            template,
            part,
            error: self,
        }))
    }

    /// Whether the text has not even the shape of the template, as opposed to a part that breaks a rule of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::FeaturesKey;
    ///
    /// assert!("price:AAPL".parse::<FeaturesKey>().unwrap_err().is_other_template());
    /// assert!(!"features:AAPL:today".parse::<FeaturesKey>().unwrap_err().is_other_template());
    /// ```
    #[must_use]
    pub fn is_other_template(&self) -> bool {
        matches!(*self.0, Kind::Template { .. })
    }

    /// The name of the placeholder whose part is wrong, where it is known.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::FeaturesKey;
    ///
    /// assert_eq!("features:AAPL:today".parse::<FeaturesKey>().unwrap_err().part(), Some("date"));
    /// ```
    #[must_use]
    pub fn part(&self) -> Option<&'static str> {
        match *self.0 {
            Kind::NamedPart { part, .. } => Some(part),
            Kind::Template { .. } | Kind::Part(_) => None,
        }
    }
}

impl From<Violation> for KeyError {
    fn from(violation: Violation) -> Self {
        Self(Box::new(Kind::Part(violation)))
    }
}

impl From<Infallible> for KeyError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

macro_rules! integer_parts {
    ($alphabet:literal: $($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const ALPHABET: Alphabet = Alphabet::of($alphabet);

            fn write_part(&self, out: &mut String) {
                use std::fmt::Write as _;
                write!(out, "{self}").expect("writing to a String cannot fail");
            }

            fn parse_part(text: &str) -> Result<Self, KeyError> {
                // One text per value: no sign that is not needed, no leading zeros.
                let digits = text.strip_prefix('-').unwrap_or(text);
                let canonical = text == "0"
                    || (digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0'));
                canonical
                    .then(|| text.parse().ok())
                    .flatten()
                    .ok_or_else(|| {
                        Violation::new(crate::validate::Rule::Other(
                            concat!("an integer of the range of ", stringify!($type), " in plain digits"),
                        ))
                        .into()
                    })
            }
        }
    )*};
}

integer_parts!("0123456789": u8, u16, u32, u64);
integer_parts!("-0123456789": i8, i16, i32, i64);

#[diagnostic::do_not_recommend]
impl<T: KeyPart> KeyPart for Box<T> {
    const ALPHABET: Alphabet = T::ALPHABET;

    fn write_part(&self, out: &mut String) {
        (**self).write_part(out);
    }

    fn parse_part(text: &str) -> Result<Self, KeyError> {
        T::parse_part(text).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_integer_has_one_text() {
        let check =
            |text: &str, accepted: bool| assert_eq!(i8::parse_part(text).is_ok(), accepted, "{text:?}");
        check("0", true);
        check("127", true);
        check("-128", true);
        check("128", false);
        check("-0", false);
        check("007", false);
        check("+7", false);
        check("", false);
        check("-", false);
        check("7 ", false);
        check("-07", false);
        assert!(u8::parse_part("-1").is_err());
    }

    #[test]
    fn alphabets() {
        let letters = Alphabet::of("abcé");
        assert!(letters.contains('a') && letters.contains('ü') && !letters.contains('d'));
        assert_eq!(letters.union(Alphabet::of("d")).first_unsafe(), None);
        for character in ['*', '?', '[', ']', '\\', ' ', '\n', '\0', '\u{7f}'] {
            assert_eq!(
                Alphabet::of(&format!("a{character}")).first_unsafe(),
                Some(character)
            );
        }
    }

    proptest! {
        #[test]
        fn integers_round_trip(number: i64) {
            let mut text = String::new();
            number.write_part(&mut text);
            prop_assert!(text.chars().all(|c| i64::ALPHABET.contains(c)));
            prop_assert_eq!(i64::parse_part(&text).unwrap(), number);
        }

        #[test]
        fn what_parses_is_written_back(text in "[-+0-9]{0,22}") {
            if let Ok(number) = i64::parse_part(&text) {
                prop_assert_eq!(number.to_string(), text);
            }
        }
    }
}

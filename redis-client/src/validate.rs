//! Rules of a schema, checked on values.
//!
//! A [`Violation`] names the rule that a value breaks and the JSON pointer of the value, and never the value itself: it
//! may end in a log. Types whose every value is valid (a newtype with a private field, a date) answer `Ok` at once; what
//! costs time is only what a caller can still get wrong after construction, such as the length of a public `Vec`.
//!
//! Pointers are built on the way out, from the member inwards, so a value that breaks nothing pays nothing for them.

use std::fmt;

/// A value that can be held against the rules of its schema.
///
/// `#[derive(Model)]` implements it; so do the scalar types of this crate and the containers a model is built of.
///
/// # Examples
///
/// ```
/// use redis_client::validate::Validate;
///
/// let date: redis_client::Date = "2025-01-17".parse()?;
/// assert!(date.validate().is_ok());
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules to be held against",
    label = "not `Validate`",
    note = "generated types have them; for a type of your own implement `Validate`, or leave the word `validate` out"
)]
pub trait Validate {
    /// Checks the value against every rule of its schema and stops at the first broken one.
    ///
    /// ```
    /// use redis_client::{SignalEvent, Validate};
    ///
    /// # let bytes = br#"{"event_type":"signals.generated","timestamp":"2025-01-17T09:30:00Z","strategy_id":"alpha","symbols":["AAPL"],"num_signals":1,"as_of_date":"2025-01-17"}"#;
    /// let mut signal: SignalEvent = redis_client::codec::decode(bytes)?;
    /// signal.symbols.clear();
    /// assert_eq!(signal.validate().unwrap_err().pointer(), "/symbols");
    /// # Ok::<(), redis_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The rule that is broken and the JSON pointer, from this value, of the part that breaks it.
    fn validate(&self) -> Result<(), Violation>;
}

/// A value broke a rule: which one, and where.
///
/// # Examples
///
/// ```
/// use redis_client::{Date, Rule};
///
/// let violation = "2025-02-30".parse::<Date>().unwrap_err();
/// assert_eq!(violation.rule(), &Rule::Format("date"));
/// assert_eq!(violation.pointer(), "");
/// assert_eq!(violation.to_string(), "expected a full date that exists, such as 2025-01-17");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Violation(Box<Broken>);

#[derive(Clone, PartialEq, Eq)]
struct Broken {
    pointer: String,
    rule: Rule,
}

impl Violation {
    /// A violation of `rule` by the value itself, that is with an empty pointer.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Rule, Violation};
    ///
    /// assert_eq!(Violation::new(Rule::Finite).to_string(), "expected a finite number");
    /// ```
    #[must_use]
    #[cold]
    pub fn new(rule: Rule) -> Self {
        Self(Box::new(Broken {
            pointer: String::new(),
            rule,
        }))
    }

    /// The JSON pointer (RFC 6901) of the part that breaks the rule; empty for the value itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Rule, Violation};
    ///
    /// let violation = Violation::new(Rule::MinItems(1)).at("a/b");
    /// assert_eq!(violation.pointer(), "/a~1b");
    /// ```
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// The rule that is broken.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Rule, Symbol};
    ///
    /// assert_eq!(Symbol::new("A".repeat(65)).unwrap_err().rule(), &Rule::MaxLength(64));
    /// ```
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.0.rule
    }

    /// The same violation seen from one level further out, where the value is the member `name`.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Rule, Violation};
    ///
    /// assert_eq!(Violation::new(Rule::Finite).at("mid").at("quote").pointer(), "/quote/mid");
    /// ```
    #[must_use]
    #[cold]
    pub fn at(mut self, name: &str) -> Self {
        self.0.pointer.insert_str(0, &pointer_token(name));
        self
    }

    /// The same violation seen from further out, where the value is at `pointer`.
    #[cold]
    pub(crate) fn at_pointer(mut self, pointer: &str) -> Self {
        self.0.pointer.insert_str(0, pointer);
        self
    }

    /// The same violation seen from one level further out, where the value is the item at `index`.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Rule, Violation};
    ///
    /// assert_eq!(Violation::new(Rule::Finite).at_index(2).pointer(), "/2");
    /// ```
    #[must_use]
    #[cold]
    pub fn at_index(mut self, index: usize) -> Self {
        self.0.pointer.insert_str(0, &format!("/{index}"));
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.pointer.is_empty() {
            write!(f, "at {}: ", self.0.pointer)?;
        }
        write!(f, "expected {}", self.0.rule)
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("pointer", &self.0.pointer)
            .field("rule", &self.0.rule)
            .finish()
    }
}

impl std::error::Error for Violation {}

impl From<std::convert::Infallible> for Violation {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// One rule that a value can break; its `Display` continues "expected ..".
///
/// Numbers of the rule are the text of the schema, so that nothing is rounded on the way to the reader.
///
/// # Examples
///
/// ```
/// use redis_client::Rule;
///
/// assert_eq!(Rule::MinItems(1).to_string(), "at least 1 item");
/// assert_eq!(Rule::Maximum("10").to_string(), "a number of at most 10");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// Every name of a member matches this pattern.
    Names(&'static str),
    /// `minLength`, in code points.
    MinLength(usize),
    /// `maxLength`, in code points.
    MaxLength(usize),
    /// `pattern`, as the schema has it.
    Pattern(&'static str),
    /// `format`, by its name.
    Format(&'static str),
    /// `minimum`.
    Minimum(&'static str),
    /// `maximum`.
    Maximum(&'static str),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(&'static str),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `const`, as JSON text.
    Constant(&'static str),
    /// `enum` of values of any kind, as the JSON of an array.
    Values(&'static str),
    /// `enum` or a union of texts: the named type lists what it takes.
    OneOf(&'static str),
    /// JSON has no NaN and no infinity.
    Finite,
    /// A rule of another kind, in words that continue "expected ..".
    Other(&'static str),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        match *self {
            Self::MinItems(n) => write!(f, "at least {n} item{}", plural(n)),
            Self::MaxItems(n) => write!(f, "at most {n} item{}", plural(n)),
            Self::UniqueItems => f.write_str("items that all differ"),
            Self::MinProperties(1) => f.write_str("at least 1 property"),
            Self::MinProperties(n) => write!(f, "at least {n} properties"),
            Self::MaxProperties(1) => f.write_str("at most 1 property"),
            Self::MaxProperties(n) => write!(f, "at most {n} properties"),
            Self::Names(source) => write!(f, "members whose names match the pattern `{source}`"),
            Self::MinLength(n) => write!(f, "a text of at least {n} code point{}", plural(n)),
            Self::MaxLength(n) => write!(f, "a text of at most {n} code point{}", plural(n)),
            Self::Pattern(source) => match source.strip_prefix("format ") {
                // An automaton that was made of a format alone.
                Some(name) if !name.contains(' ') => Self::Format(name).fmt(f),
                _ => write!(f, "a text that matches the pattern `{source}`"),
            },
            Self::Format("date-time") => {
                f.write_str("an RFC 3339 date and time that exists, such as 2025-01-17T09:30:00Z")
            }
            Self::Format("date") => f.write_str("a full date that exists, such as 2025-01-17"),
            Self::Format("uuid") => f.write_str("a UUID of 36 characters"),
            Self::Format("decimal") => f.write_str("a decimal number as text, such as \"150.25\""),
            Self::Format(name) => write!(f, "a text of the format `{name}`"),
            Self::Minimum(bound) => write!(f, "a number of at least {bound}"),
            Self::Maximum(bound) => write!(f, "a number of at most {bound}"),
            Self::ExclusiveMinimum(bound) => write!(f, "a number greater than {bound}"),
            Self::ExclusiveMaximum(bound) => write!(f, "a number less than {bound}"),
            Self::MultipleOf(step) => write!(f, "a multiple of {step}"),
            Self::Constant(text) => write!(f, "the constant {text}"),
            Self::Values(text) => write!(f, "one of the values {text}"),
            Self::OneOf(name) => write!(f, "one of the values of {name}"),
            Self::Finite => f.write_str("a finite number"),
            Self::Other(words) => f.write_str(words),
        }
    }
}

/// One step of a JSON pointer, slash included, escaped as RFC 6901 wants it.
pub(crate) fn pointer_token(name: &str) -> String {
    let mut token = String::with_capacity(name.len() + 1);
    token.push('/');
    for character in name.chars() {
        match character {
            '~' => token.push_str("~0"),
            '/' => token.push_str("~1"),
            other => token.push(other),
        }
    }
    token
}

macro_rules! always_valid {
    ($($type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl Validate for $type {
            #[inline]
            fn validate(&self) -> Result<(), Violation> {
                Ok(())
            }
        }
    )*};
}

always_valid!(bool, i8, i16, i32, i64, u8, u16, u32, u64, String, str, ());
always_valid!(serde_json::Value);
always_valid!(crate::Timestamp, crate::Date, crate::Decimal, crate::Uuid);

#[diagnostic::do_not_recommend]
impl Validate for f64 {
    #[inline]
    fn validate(&self) -> Result<(), Violation> {
        if self.is_finite() {
            Ok(())
        } else {
            Err(Violation::new(Rule::Finite))
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Validate> Validate for Option<T> {
    #[inline]
    fn validate(&self) -> Result<(), Violation> {
        self.as_ref().map_or(Ok(()), T::validate)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Validate + ?Sized> Validate for Box<T> {
    #[inline]
    fn validate(&self) -> Result<(), Violation> {
        (**self).validate()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Validate + ?Sized> Validate for &T {
    #[inline]
    fn validate(&self) -> Result<(), Violation> {
        (**self).validate()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Validate> Validate for [T] {
    #[inline]
    fn validate(&self) -> Result<(), Violation> {
        for (index, item) in self.iter().enumerate() {
            item.validate().map_err(|violation| violation.at_index(index))?;
        }
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Validate> Validate for Vec<T> {
    #[inline]
    fn validate(&self) -> Result<(), Violation> {
        self.as_slice().validate()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Validate> Validate for std::collections::BTreeMap<String, T> {
    fn validate(&self) -> Result<(), Violation> {
        for (name, value) in self {
            value.validate().map_err(|violation| violation.at(name))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_built_from_the_inside_out() {
        let violation = Violation::new(Rule::Finite).at("m~n").at_index(3).at("a/b");
        assert_eq!(violation.pointer(), "/a~1b/3/m~0n");
        assert_eq!(violation.to_string(), "at /a~1b/3/m~0n: expected a finite number");
    }

    #[test]
    fn containers_point_at_the_part() {
        assert_eq!(vec![1.0, f64::NAN].validate().unwrap_err().pointer(), "/1");
        let map = std::collections::BTreeMap::from([("x".to_owned(), Some(f64::INFINITY))]);
        assert_eq!(map.validate().unwrap_err().pointer(), "/x");
        assert!(Some(vec![1.0]).validate().is_ok());
    }

    #[test]
    fn plurals() {
        let check = |rule: Rule, words: &str| assert_eq!(rule.to_string(), words);
        check(Rule::MinItems(1), "at least 1 item");
        check(Rule::MinItems(2), "at least 2 items");
        check(Rule::MaxLength(0), "a text of at most 0 code points");
        check(Rule::MinProperties(1), "at least 1 property");
    }

    #[test]
    fn a_format_is_called_so_though_an_automaton_judges_it() {
        let check = |source, words: &str| assert_eq!(Rule::Pattern(source).to_string(), words);
        check("^a", "a text that matches the pattern `^a`");
        check("format duration", "a text of the format `duration`");
        check(
            "format duration and ^P",
            "a text that matches the pattern `format duration and ^P`",
        );
    }
}

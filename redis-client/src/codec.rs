//! JSON in and out, with the JSON pointer of what is wrong.
//!
//! Decoding is that of `serde_json` until it fails. Only then is the text read again, into a tree, to learn where it failed and
//! why; so a good message costs nothing while all is well. Errors name the place and the rule and never quote the
//! payload: they end up in logs.
//!
//! Encoding is `serde_json`'s too, save that a number that is not finite is an error instead of `null`.
//!
//! This module knows nothing of schemas: what a value may be is the type's business.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::finite::{Failure, Finite};
use crate::model::Encode;
use crate::tree::{Tokens, Tree, Trouble};
use crate::validate::{Rule, Violation};

/// The largest text that is written, in bytes: 512 MiB, what Redis takes as one argument by default.
///
/// ```
/// use redis_client::codec;
///
/// let text = codec::encode("as long as it is")?;
/// assert!(text.len() <= codec::BYTES_MAX);
/// # Ok::<(), redis_client::EncodeError>(())
/// ```
pub const BYTES_MAX: usize = 512 * 1024 * 1024;

/// Reads a value from its JSON.
///
/// The whole of `bytes` is one JSON value in UTF-8, with nothing but whitespace around it.
///
/// # Errors
///
/// [`DecodeError`]: bytes that are not JSON, or a value that the type refuses.
///
/// # Examples
///
/// ```
/// use redis_client::{Date, codec};
///
/// let dates: Vec<Date> = codec::decode(br#"["2025-01-17"]"#)?;
/// assert_eq!(dates.len(), 1);
///
/// let error = codec::decode::<Vec<Date>>(br#"["2025-01-17", "2025-02-30"]"#).unwrap_err();
/// assert_eq!(error.pointer(), "/1");
/// assert_eq!(error.to_string(), "at /1: expected a full date that exists, such as 2025-01-17");
/// # Ok::<(), redis_client::DecodeError>(())
/// ```
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let text = text_of(bytes)?;
    serde_json::from_str(text).map_err(|error| explain::<T>(text, &error))
}

/// Reads a value from JSON that may hold the bare tokens `NaN`, `Infinity` and `-Infinity` for numbers.
///
/// Python's `json` module writes them, and an `f64` of the type sees what they mean. Everything else is as in
/// [`decode`]; within strings the words are just words.
///
/// # Errors
///
/// As [`decode`].
///
/// # Examples
///
/// ```
/// use redis_client::{Features, codec};
///
/// let features: Features = codec::decode_lenient(br#"{"beta": 1.5, "alpha": NaN}"#)?;
/// assert!(features.get("alpha").is_some_and(f64::is_nan));
/// assert!(codec::decode::<Features>(br#"{"alpha": NaN}"#).is_err());
/// # Ok::<(), redis_client::DecodeError>(())
/// ```
pub fn decode_lenient<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let text = text_of(bytes)?;
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        // Without a token outside of JSON the lenient reader would say the same.
        Err(error) if !text.contains("NaN") && !text.contains("Infinity") => Err(explain::<T>(text, &error)),
        Err(_) => {
            let tree = Tree::parse(text, Tokens::Python)?;
            Ok(T::deserialize(&tree)?)
        }
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|error| DecodeError {
        pointer: String::new(),
        reason: format!("not JSON: no UTF-8 from byte {} on", error.valid_up_to()),
        is_syntax: true,
    })
}

/// Decodes what has failed to decode once more, to learn where and why.
#[cold]
fn explain<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> DecodeError {
    match Tree::parse(text, Tokens::Json).and_then(|tree| T::deserialize(&tree).map(drop)) {
        Err(trouble) => trouble.into(),
        // A type that treats serde_json apart from other formats.
        Ok(()) => DecodeError {
            pointer: String::new(),
            reason: format!(
                "refused by the type at line {} column {}",
                error.line(),
                error.column()
            ),
            is_syntax: !error.is_data(),
        },
    }
}

/// Writes a value as compact JSON.
///
/// # Errors
///
/// [`EncodeError`]: a number that is not finite, a value that has no JSON, or more than [`BYTES_MAX`].
///
/// # Examples
///
/// ```
/// use redis_client::codec;
///
/// assert_eq!(codec::encode(&[0.5, 2.0])?, b"[0.5,2.0]");
/// let error = codec::encode(&[0.5, f64::NAN]).unwrap_err();
/// assert_eq!(error.to_string(), "at /1: expected a finite number");
/// # Ok::<(), redis_client::EncodeError>(())
/// ```
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::with_capacity(256);
    encode_into(value, &mut bytes)?;
    Ok(bytes)
}

/// Appends the compact JSON of a value to `bytes`, which on an error are as they were.
///
/// # Errors
///
/// As [`encode`].
///
/// # Examples
///
/// ```
/// use redis_client::codec;
///
/// let mut line = b"data: ".to_vec();
/// codec::encode_into(&[1, 2], &mut line)?;
/// assert_eq!(line, b"data: [1,2]");
/// # Ok::<(), redis_client::EncodeError>(())
/// ```
pub fn encode_into<T: Serialize + ?Sized>(value: &T, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let before = bytes.len();
    let failure = Failure::default();
    let mut serializer = serde_json::Serializer::new(&mut *bytes);
    let written = value.serialize(Finite::new(&mut serializer, &failure));
    let length = bytes.len() - before;
    if written.is_ok() && length <= BYTES_MAX {
        return Ok(());
    }
    bytes.truncate(before);
    Err(EncodeError(match written {
        Ok(()) => EncodeKind::TooLarge { length },
        Err(_) if failure.is_not_finite() => {
            EncodeKind::Invalid(Violation::new(Rule::Finite).at_pointer(&failure.into_pointer()))
        }
        Err(_) => EncodeKind::NotJson {
            pointer: failure.into_pointer(),
        },
    }))
}

/// Appends the compact JSON of a type that derives `Model`: what [`encode_into`] appends, sooner.
#[doc(hidden)]
pub fn write_model<T: Encode + ?Sized>(value: &T, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let before = bytes.len();
    let written = value.write(bytes);
    let length = bytes.len() - before;
    if written.is_ok() && length <= BYTES_MAX {
        return Ok(());
    }
    bytes.truncate(before);
    written?;
    Err(EncodeError(EncodeKind::TooLarge { length }))
}

/// Bytes are not the JSON of a value of the type.
///
/// # Examples
///
/// ```
/// use redis_client::codec;
///
/// let error = codec::decode::<Vec<u8>>(br#"[1, "2"]"#).unwrap_err();
/// assert_eq!(error.pointer(), "/1");
/// assert_eq!(error.reason(), "expected u8, found a string");
/// assert!(!error.is_syntax());
/// assert!(codec::decode::<Vec<u8>>(b"[1,").unwrap_err().is_syntax());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pointer: String,
    reason: String,
    is_syntax: bool,
}

impl DecodeError {
    /// The JSON pointer (RFC 6901) of the part that is wrong; empty for the whole.
    ///
    /// ```
    /// use redis_client::codec;
    ///
    /// assert_eq!(codec::decode::<Vec<u8>>(b"[1, true]").unwrap_err().pointer(), "/1");
    /// assert_eq!(codec::decode::<Vec<u8>>(b"{}").unwrap_err().pointer(), "");
    /// ```
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there, in words that never quote the payload.
    ///
    /// ```
    /// use redis_client::codec;
    ///
    /// let error = codec::decode::<Vec<u8>>(br#"[1, "s3cret"]"#).unwrap_err();
    /// assert_eq!(error.reason(), "expected u8, found a string");
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the bytes are not JSON at all, as opposed to JSON of something else.
    ///
    /// ```
    /// use redis_client::codec;
    ///
    /// assert!(codec::decode::<Vec<u8>>(b"[1").unwrap_err().is_syntax());
    /// assert!(!codec::decode::<Vec<u8>>(b"[-1]").unwrap_err().is_syntax());
    /// ```
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.is_syntax
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", place(&self.pointer), self.reason)
    }
}

impl std::error::Error for DecodeError {}

impl From<Trouble> for DecodeError {
    fn from(
        Trouble {
            pointer,
            reason,
            is_syntax,
        }: Trouble,
    ) -> Self {
        Self {
            pointer,
            reason,
            is_syntax,
        }
    }
}

/// A value cannot be written.
///
/// # Examples
///
/// ```
/// use redis_client::{Features, Rule, codec};
///
/// let error = codec::encode(&Features::from_iter([("beta", f64::INFINITY)])).unwrap_err();
/// assert_eq!(error.pointer(), "/beta");
/// assert_eq!(error.violation().unwrap().rule(), &Rule::Finite);
/// assert!(!error.is_too_large());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct EncodeError(EncodeKind);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum EncodeKind {
    #[error("{0}")]
    Invalid(Violation),
    #[error("the value takes {length} bytes as JSON, more than the {BYTES_MAX} that Redis takes")]
    TooLarge { length: usize },
    #[error("{}no JSON can say this value", place(pointer))]
    NotJson { pointer: String },
}

/// The beginning of a message about the part at `pointer`.
fn place(pointer: &str) -> String {
    if pointer.is_empty() {
        String::new()
    } else {
        format!("at {pointer}: ")
    }
}

impl EncodeError {
    /// The JSON pointer of the part that cannot be written; empty for the whole.
    ///
    /// ```
    /// use redis_client::codec;
    ///
    /// let error = codec::encode(&[1.5, f64::NAN]).unwrap_err();
    /// assert_eq!(error.pointer(), "/1");
    /// ```
    #[must_use]
    pub fn pointer(&self) -> &str {
        match &self.0 {
            EncodeKind::Invalid(violation) => violation.pointer(),
            EncodeKind::NotJson { pointer } => pointer,
            EncodeKind::TooLarge { .. } => "",
        }
    }

    /// The rule that the value breaks, if that is why.
    ///
    /// ```
    /// use redis_client::{Rule, codec};
    ///
    /// let error = codec::encode(&f64::NAN).unwrap_err();
    /// assert_eq!(error.violation().unwrap().rule(), &Rule::Finite);
    /// ```
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match &self.0 {
            EncodeKind::Invalid(violation) => Some(violation),
            EncodeKind::NotJson { .. } | EncodeKind::TooLarge { .. } => None,
        }
    }

    /// Whether the JSON would be longer than [`BYTES_MAX`].
    ///
    /// ```
    /// use redis_client::codec;
    ///
    /// assert!(!codec::encode(&f64::NAN).unwrap_err().is_too_large());
    /// ```
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0, EncodeKind::TooLarge { .. })
    }
}

impl From<Violation> for EncodeError {
    fn from(violation: Violation) -> Self {
        Self(EncodeKind::Invalid(violation))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        count: u8,
    }

    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    enum Choice {
        Unit,
        Wrapped(u8),
        Fields { a: Option<bool> },
    }

    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Outer {
        #[serde(rename = "a/b")]
        slash: Vec<Inner>,
        choice: Choice,
        by_number: BTreeMap<u16, f64>,
        #[serde(default)]
        wide: Option<(i8, String)>,
    }

    const WHOLE: &str =
        r#"{"a/b":[{"count":1},{"count":2}],"choice":{"Wrapped":3},"by_number":{"7":0.5},"wide":[1,"x"]}"#;

    #[test]
    fn foreign_types_round_trip() {
        let outer: Outer = decode(WHOLE.as_bytes()).unwrap();
        assert_eq!(encode(&outer).unwrap(), WHOLE.as_bytes());
        let tree = Tree::parse(WHOLE, Tokens::Json).unwrap();
        assert_eq!(<Outer as serde::Deserialize>::deserialize(&tree).unwrap(), outer);
    }

    #[test]
    fn errors_point_and_do_not_quote() {
        let check = |from: &str, to: &str, pointer: &str, reason: &str| {
            assert!(WHOLE.contains(from), "{from}");
            let error = decode::<Outer>(WHOLE.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert_eq!((error.pointer(), error.reason()), (pointer, reason), "{to}");
        };
        check(
            "\"count\":2",
            "\"count\":\"secret\"",
            "/a~1b/1/count",
            "expected u8, found a string",
        );
        check("\"count\":2", "\"count\":256", "/a~1b/1/count", "expected u8");
        check("{\"count\":2}", "{}", "/a~1b/1", "the member `count` is missing");
        check(
            "\"count\":2",
            "\"count\":2,\"secret\":1",
            "/a~1b/1/secret",
            "a member that the type does not have",
        );
        check(
            "\"count\":2",
            "\"count\":2,\"count\":2",
            "/a~1b/1/count",
            "each member once, this one is there twice",
        );
        check(
            "{\"Wrapped\":3}",
            "\"secret\"",
            "/choice",
            "expected one of Unit, Wrapped, Fields",
        );
        check(
            "{\"Wrapped\":3}",
            "{\"Wrapped\":[]}",
            "/choice/Wrapped",
            "expected u8, found an array",
        );
        check(
            "{\"Wrapped\":3}",
            "{\"Fields\":{\"a\":1}}",
            "/choice/Fields/a",
            "expected a boolean, found an integer",
        );
        check(
            "{\"7\":0.5}",
            "{\"seven\":0.5}",
            "/by_number/seven",
            "expected u16, found a string",
        );
        check(
            "{\"7\":0.5}",
            "{\"7\":null}",
            "/by_number/7",
            "expected f64, found null",
        );
        check(
            "[1,\"x\"]",
            "[1]",
            "/wide",
            "expected a tuple of size 2, found a length of 1",
        );
    }

    /// A cache deletes what is no JSON, so what is JSON by its grammar must not count as such.
    #[test]
    fn texts_that_are_json_and_beyond_this_reader() {
        let check = |text: &str, pointer: &str, reason: &str| {
            for error in [
                decode::<serde_json::Value>(text.as_bytes()).unwrap_err(),
                decode_lenient::<serde_json::Value>(text.as_bytes()).unwrap_err(),
            ] {
                assert_eq!((error.pointer(), error.reason()), (pointer, reason), "{text}");
                assert!(!error.is_syntax(), "{text}");
            }
        };
        check(
            "{\"a\":\"\\ud800\"}",
            "/a",
            "expected both halves of a surrogate pair at line 1 column 13",
        );
        check(
            "[1e400]",
            "/0",
            "expected a number within the range of 64 bits at line 1 column 7",
        );
    }

    #[test]
    fn texts_that_are_not_json() {
        let check = |text: &str, pointer: &str, reason: &str| {
            let error = decode::<serde_json::Value>(text.as_bytes()).unwrap_err();
            assert_eq!((error.pointer(), error.reason()), (pointer, reason), "{text}");
            assert!(error.is_syntax(), "{text}");
        };
        check(
            "",
            "",
            "not JSON: expected a value, found the end of the text at line 1 column 1",
        );
        check(
            "{} {}",
            "",
            "not JSON: expected nothing after the value at line 1 column 4",
        );
        check(
            "{\"a\":[1,]}",
            "/a/1",
            "not JSON: expected a value at line 1 column 9",
        );
        check(
            "{\"a\":NaN}",
            "/a",
            "not JSON: expected a value at line 1 column 6",
        );
        check("{\n\"a\" 1}", "/a", "not JSON: expected `:` at line 2 column 5");
        check("[01]", "/1", "not JSON: expected `,` or `]` at line 1 column 3");
        check("'a'", "", "not JSON: expected a value at line 1 column 1");
        let deep = "[".repeat(200);
        assert!(
            decode::<serde_json::Value>(deep.as_bytes())
                .unwrap_err()
                .reason()
                .contains("128 levels")
        );
        let error = decode::<String>(b"\"\xff\"").unwrap_err();
        assert_eq!(error.reason(), "not JSON: no UTF-8 from byte 1 on");
    }

    #[test]
    fn lenient_numbers() {
        let map: HashMap<String, f64> =
            decode_lenient(br#"{"a":NaN,"b":-Infinity,"c":Infinity,"Na\u004e":1e0,"NaN x":-0.5}"#).unwrap();
        assert!(map["a"].is_nan());
        assert_eq!(
            (map["b"], map["c"], map["NaN"]),
            (f64::NEG_INFINITY, f64::INFINITY, 1.0)
        );
        let texts: Vec<String> = decode_lenient(br#"["NaN","-Infinity"]"#).unwrap();
        assert_eq!(texts, ["NaN", "-Infinity"]);
        let check = |text: &str| assert!(decode_lenient::<Vec<f64>>(text.as_bytes()).is_err(), "{text}");
        check("[nan]");
        check("[-NaN]");
        check("[+Infinity]");
        check("[Infinity1]");
        check("[NaN,]");
        check("NaN");
        check("[\"NaN\"]");
        assert_eq!(
            decode_lenient::<Vec<f64>>(b"[NaN,null]").unwrap_err().pointer(),
            "/1"
        );
    }

    #[test]
    fn what_cannot_be_written() {
        let check = |error: EncodeError, pointer: &str| assert_eq!(error.pointer(), pointer);
        check(
            encode(&BTreeMap::from([("x~", [f32::NAN])])).unwrap_err(),
            "/x~0/0",
        );
        check(
            encode(&Some(Choice2 {
                inner: vec![(1, f64::INFINITY)],
            }))
            .unwrap_err(),
            "/inner/0/1",
        );
        check(encode(&BTreeMap::from([(vec![1], 1)])).unwrap_err(), "");
        let mut bytes = b"kept".to_vec();
        assert!(encode_into(&[1.0, f64::NAN], &mut bytes).is_err());
        assert_eq!(bytes, b"kept");
    }

    #[derive(serde::Serialize)]
    struct Choice2 {
        inner: Vec<(u8, f64)>,
    }
}

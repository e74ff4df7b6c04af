//! JSON in and out, with the JSON pointer of what is wrong.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::validate::Violation;

/// The largest text that is written, 512 MiB: what Redis takes as one argument by default.
pub const BYTES_MAX: usize = 512 * 1024 * 1024;

/// Reads a value from JSON.
///
/// # Errors
///
/// [`DecodeError`] with the JSON pointer of the part that is wrong.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(bytes).map_err(|error| DecodeError {
        pointer: String::new(),
        reason: format!(
            "{} at line {} column {}",
            "not valid",
            error.line(),
            error.column()
        ),
        syntax: error.is_syntax() || error.is_eof(),
    })
}

/// Writes a value as compact JSON.
///
/// # Errors
///
/// A number that is not finite, a value that cannot be JSON, or more than [`BYTES_MAX`].
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(value).map_err(|_| EncodeError(EncodeKind::NotJson))
}

/// Bytes are not the JSON of the type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct DecodeError {
    pointer: String,
    reason: String,
    syntax: bool,
}

impl DecodeError {
    /// The JSON pointer of the part that is wrong; empty for the whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the bytes are not JSON at all.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.syntax
    }
}

/// A value cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct EncodeError(EncodeKind);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum EncodeKind {
    #[error("invalid value: {0}")]
    Invalid(Violation),
    #[error("the value cannot be written as JSON")]
    NotJson,
}

impl EncodeError {
    /// The rule of the schema that the value breaks, if that is why.
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match &self.0 {
            EncodeKind::Invalid(violation) => Some(violation),
            EncodeKind::NotJson => None,
        }
    }
}

impl From<Violation> for EncodeError {
    fn from(violation: Violation) -> Self {
        Self(EncodeKind::Invalid(violation))
    }
}

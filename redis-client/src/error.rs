//! The superset of the errors of this crate.
//!
//! Each layer has its own narrow enum, which tells what can happen there; [`Error`] takes them all in, for callers who
//! only use `?`. It adds no text of its own. Decisions are methods, so that nobody matches on text.

use crate::codec::{DecodeError, EncodeError};
use crate::key::KeyError;
use crate::validate::Violation;

/// Any error of this crate, for callers who only use `?`.
///
/// # Examples
///
/// ```
/// use redis_client::{Date, Error, Features, codec};
///
/// fn read(date: &str, bytes: &[u8]) -> Result<(Date, Features), Error> {
///     Ok((date.parse()?, codec::decode(bytes)?))
/// }
///
/// assert!(matches!(read("2025-02-30", b"{}"), Err(Error::Invalid(_))));
/// assert!(matches!(read("2025-02-28", b"[]"), Err(Error::Decode(_))));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value breaks a rule of its schema.
    #[error(transparent)]
    Invalid(#[from] Violation),
    /// A text is not a key or a part of one.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Bytes are not the JSON of the type.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A value cannot be written as JSON.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A call on a client, a cache or a subscriber failed.
    #[cfg(feature = "client")]
    #[error(transparent)]
    Client(#[from] crate::client::Error),
    /// The fallback buffer cannot be opened, written or read.
    #[cfg(feature = "buffer")]
    #[error(transparent)]
    Buffer(#[from] crate::buffer::Error),
    /// A publisher cannot be built.
    #[cfg(feature = "publisher")]
    #[error(transparent)]
    Build(#[from] crate::publisher::BuildError),
    /// An event was not accepted.
    #[cfg(feature = "publisher")]
    #[error(transparent)]
    Publish(#[from] crate::publisher::PublishError),
    /// An accepted event was neither delivered nor buffered.
    #[cfg(feature = "publisher")]
    #[error(transparent)]
    Receipt(#[from] crate::publisher::ReceiptError),
}

impl Error {
    /// Whether the same call may succeed later without anybody changing anything.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Error, Rule, Violation};
    ///
    /// assert!(!Error::from(Violation::new(Rule::MinItems(1))).is_transient());
    /// # #[cfg(feature = "client")]
    /// # {
    /// use redis_client::RedisConnectionError;
    ///
    /// let timeout = std::time::Duration::from_secs(5);
    /// assert!(Error::from(RedisConnectionError::Timeout { endpoint: "db:6379".into(), timeout }).is_transient());
    /// # }
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Key(_) | Self::Decode(_) | Self::Encode(_) => false,
            #[cfg(feature = "client")]
            Self::Client(error) => error.is_transient(),
            #[cfg(feature = "buffer")]
            Self::Buffer(error) => error.is_full() || error.is_disk_full() || error.is_locked(),
            #[cfg(feature = "publisher")]
            Self::Build(_) => false,
            #[cfg(feature = "publisher")]
            Self::Publish(error) => error.is_transient(),
            #[cfg(feature = "publisher")]
            Self::Receipt(error) => error.is_transient(),
        }
    }

    /// Whether the server did not answer in time.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "client")]
    /// # {
    /// use redis_client::{Error, RedisConnectionError};
    ///
    /// let timeout = std::time::Duration::from_secs(5);
    /// assert!(Error::from(RedisConnectionError::Timeout { endpoint: "db:6379".into(), timeout }).is_timeout());
    /// # }
    /// ```
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            #[cfg(feature = "client")]
            Self::Client(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether stored or received bytes are damaged: a record whose checksum is wrong, or bytes that are not JSON.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Error, Features, codec};
    ///
    /// assert!(Error::from(codec::decode::<Features>(b"{\"beta\":").unwrap_err()).is_corruption());
    /// assert!(!Error::from(codec::decode::<Features>(b"[]").unwrap_err()).is_corruption());
    /// ```
    #[must_use]
    pub fn is_corruption(&self) -> bool {
        match self {
            Self::Decode(error) => error.is_syntax(),
            #[cfg(feature = "buffer")]
            Self::Buffer(error) => error.is_corruption(),
            _ => false,
        }
    }

    /// The rule of a schema that a value of the caller breaks, if that is what is wrong.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Error, Features, Rule, codec};
    ///
    /// let features = Features::from_iter([("beta", f64::NAN)]);
    /// let error = Error::from(codec::encode(&features).unwrap_err());
    /// assert_eq!(error.violation().unwrap().rule(), &Rule::Finite);
    /// ```
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match self {
            Self::Invalid(violation) => Some(violation),
            Self::Encode(error) => error.violation(),
            #[cfg(feature = "publisher")]
            Self::Publish(error) => error.violation(),
            _ => None,
        }
    }
}

#[cfg(feature = "client")]
impl From<crate::client::RedisConnectionError> for Error {
    fn from(error: crate::client::RedisConnectionError) -> Self {
        Self::Client(error.into())
    }
}

#[cfg(feature = "client")]
impl From<crate::client::ConfigError> for Error {
    fn from(error: crate::client::ConfigError) -> Self {
        Self::Client(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_cross_threads() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Error>();
    }

    #[test]
    fn the_text_is_that_of_the_layer() {
        let violation = Violation::new(crate::Rule::MinItems(1)).at("symbols");
        assert_eq!(Error::from(violation.clone()).to_string(), violation.to_string());
    }
}

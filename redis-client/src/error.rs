//! The superset of the errors of this crate.

use crate::codec::{DecodeError, EncodeError};
use crate::key::KeyError;
use crate::validate::Violation;

/// Any error of this crate, for callers who only use `?`.
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
    /// A publisher could not be built.
    #[cfg(feature = "publisher")]
    #[error(transparent)]
    BuildPublisher(#[from] crate::publisher::BuildError),
    /// An event was not accepted for publishing.
    #[cfg(feature = "publisher")]
    #[error(transparent)]
    Publish(#[from] crate::publisher::PublishError),
    /// An event that was accepted was neither delivered nor buffered.
    #[cfg(feature = "publisher")]
    #[error(transparent)]
    Receipt(#[from] crate::publisher::ReceiptError),
}

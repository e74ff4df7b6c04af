//! How long an event is of use: said by its type, noted in its record, looked at by the publisher.
//!
//! Ages are lengths of time and nothing more here; whose clock they are measured with is said at [`MaxAge`].

use std::time::Duration;

/// When an event is too old to be of use, and what becomes of it then. From `x-redis-max-age` in a schema, or `max_age` of
/// `#[derive(RedisEvent)]`.
///
/// An event ages from the moment it was accepted, by the clock of the publishing machine. Its age is looked at when the publisher
/// is about to send it; what Redis or a subscriber do with it afterwards is beyond that.
///
/// ```
/// use redis_client::{Expired, MaxAge};
/// use std::time::Duration;
///
/// let max_age = MaxAge::new(Duration::from_secs(30), Expired::DeadLetter);
/// assert_eq!((max_age.age(), max_age.expired()), (Duration::from_secs(30), Expired::DeadLetter));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MaxAge {
    age: Duration,
    expired: Expired,
}

/// What becomes of an event that is older than its [`MaxAge`] when it is about to be sent.
///
/// ```
/// use redis_client::Expired;
///
/// assert_eq!(Expired::default(), Expired::Publish);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Expired {
    /// It is published all the same, and counted as overdue.
    #[default]
    Publish,
    /// It is not sent, and kept among the dead letters of the buffer, if there is one.
    DeadLetter,
}

impl MaxAge {
    /// An age, and what becomes of events beyond it.
    ///
    /// ```
    /// use redis_client::{Expired, MaxAge};
    /// use std::time::Duration;
    ///
    /// const A_MINUTE: MaxAge = MaxAge::new(Duration::from_secs(60), Expired::Publish);
    /// assert_eq!(A_MINUTE.expired(), Expired::Publish);
    /// ```
    #[must_use]
    pub const fn new(age: Duration, expired: Expired) -> Self {
        Self { age, expired }
    }

    /// The greatest age at which an event is of use.
    ///
    /// ```
    /// use redis_client::{Expired, MaxAge};
    /// use std::time::Duration;
    ///
    /// let minute = Duration::from_secs(60);
    /// assert_eq!(MaxAge::new(minute, Expired::Publish).age(), minute);
    /// ```
    #[must_use]
    pub const fn age(self) -> Duration {
        self.age
    }

    /// What becomes of an event that is older.
    ///
    /// ```
    /// use redis_client::{Expired, MaxAge};
    /// use std::time::Duration;
    ///
    /// let max_age = MaxAge::new(Duration::from_secs(60), Expired::DeadLetter);
    /// assert_eq!(max_age.expired(), Expired::DeadLetter);
    /// ```
    #[must_use]
    pub const fn expired(self) -> Expired {
        self.expired
    }
}

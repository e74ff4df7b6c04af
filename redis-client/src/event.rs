//! Events, the channels they travel on, and their encoded form.
//!
//! An [`Event`] knows its channel: a plain name, or a template whose placeholders are fields of the event. A
//! [`Channel`] is that knowledge without a value, for subscribers. An [`Encoded`] is an event that has been validated and
//! written once and can be published many times. An [`EventSet`] is what one subscription yields: one event type, or an
//! enum of several.
//!
//! Namespaces are the client's business: names here are those of the schemas.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::age::MaxAge;
use crate::codec::{self, DecodeError, EncodeError};
use crate::validate::Violation;

/// A value that is published on a channel. Implemented by `#[derive(RedisEvent)]`.
///
/// # Examples
///
/// ```
/// use redis_client::{Event, RedisEvent};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "desk.{desk}.heartbeat")]
/// struct Heartbeat {
///     desk: u32,
/// }
///
/// assert_eq!(Heartbeat { desk: 7 }.channel(), "desk.7.heartbeat");
/// assert_eq!(Heartbeat::EVENT_TYPE, "desk.heartbeat");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    note = "derive it: `#[derive(RedisEvent)] #[redis(channel = \"..\")]`"
)]
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The channel's name or template, as the schema has it: `price.updated.{symbol}`.
    ///
    /// ```
    /// use redis_client::{Event, PriceUpdateEvent};
    ///
    /// assert_eq!(PriceUpdateEvent::CHANNEL, "price.updated.{symbol}");
    /// ```
    const CHANNEL: &'static str;

    /// What `event_type` says on the wire: the channel's name, or the fixed part of its template.
    ///
    /// ```
    /// use redis_client::{Event, PriceUpdateEvent};
    ///
    /// assert_eq!(PriceUpdateEvent::EVENT_TYPE, "price.updated");
    /// ```
    const EVENT_TYPE: &'static str;

    /// When the event is too old to be of use, and what becomes of it then: `x-redis-max-age` of its schema. `None` for never.
    ///
    /// ```
    /// use redis_client::{Event, Expired, MaxAge, OrderEvent, RedisEvent};
    /// use serde::{Deserialize, Serialize};
    /// use std::time::Duration;
    ///
    /// #[derive(Serialize, Deserialize, RedisEvent)]
    /// #[redis(channel = "quotes", max_age = 30, expired = "dead-letter")]
    /// struct Quote {
    ///     bid: u32,
    /// }
    ///
    /// let max_age = Quote::MAX_AGE.unwrap();
    /// assert_eq!(max_age.age(), Duration::from_secs(30));
    /// assert_eq!(max_age.expired(), Expired::DeadLetter);
    /// assert_eq!(OrderEvent::MAX_AGE, None);
    /// ```
    const MAX_AGE: Option<MaxAge> = None;

    /// The channel this very event goes to.
    ///
    /// ```
    /// use redis_client::{Event, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Serialize, Deserialize, RedisEvent)]
    /// #[redis(channel = "desk.{desk}.heartbeat")]
    /// struct Heartbeat {
    ///     desk: u32,
    /// }
    ///
    /// assert_eq!(Heartbeat { desk: 7 }.channel(), "desk.7.heartbeat");
    /// ```
    fn channel(&self) -> Cow<'static, str>;

    /// Checks what the type alone does not guarantee; publishing does it too.
    ///
    /// ```
    /// use redis_client::{Event, SignalEvent};
    ///
    /// # let bytes = br#"{"event_type":"signals.generated","timestamp":"2025-01-17T09:30:00Z","strategy_id":"alpha","symbols":["AAPL"],"num_signals":1,"as_of_date":"2025-01-17"}"#;
    /// let mut signal: SignalEvent = redis_client::codec::decode(bytes)?;
    /// assert!(signal.check().is_ok());
    /// signal.symbols.clear();
    /// assert_eq!(signal.check().unwrap_err().pointer(), "/symbols");
    /// # Ok::<(), redis_client::DecodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first rule that is broken, with the JSON pointer of the field.
    fn check(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// Appends the event's JSON to `out`. Types that derive `Model` have a shorter way there than serde's.
    #[doc(hidden)]
    fn write_json(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        codec::encode_into(self, out)
    }
}

/// The channel or the family of channels on which events of type `E` travel.
///
/// # Examples
///
/// ```
/// use redis_client::{Channel, ChannelPattern, OrderEvent, PriceUpdateEvent};
///
/// assert_eq!(Channel::<OrderEvent>::pattern(), ChannelPattern::Exact("orders.executed"));
/// assert_eq!(Channel::<PriceUpdateEvent>::pattern(), ChannelPattern::Glob("price.updated.*".into()));
/// assert!(Channel::<PriceUpdateEvent>::matches("price.updated.BRK.B"));
/// assert!(!Channel::<PriceUpdateEvent>::matches("price.updated"));
/// ```
pub struct Channel<E>(PhantomData<fn() -> E>);

impl<E: Event> Channel<E> {
    /// What to subscribe to in order to receive every event of this type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Channel, SignalEvent};
    ///
    /// assert_eq!(Channel::<SignalEvent>::pattern().as_str(), "signals.generated");
    /// ```
    #[must_use]
    pub fn pattern() -> ChannelPattern {
        if !Self::is_pattern() {
            return ChannelPattern::Exact(E::CHANNEL);
        }
        let mut glob = String::with_capacity(E::CHANNEL.len());
        for (index, literal) in literals(E::CHANNEL).enumerate() {
            if index > 0 {
                glob.push('*');
            }
            glob.push_str(literal);
        }
        ChannelPattern::Glob(glob)
    }

    /// Whether the channel is a template, so that one name is not enough to subscribe.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Channel, PriceUpdateEvent, SignalEvent};
    ///
    /// assert!(Channel::<PriceUpdateEvent>::is_pattern());
    /// assert!(!Channel::<SignalEvent>::is_pattern());
    /// ```
    #[must_use]
    pub fn is_pattern() -> bool {
        E::CHANNEL.contains('{')
    }

    /// Whether `channel` is the channel of some event of this type, or may be: a placeholder stands for one or more
    /// characters of any kind here.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Channel, PriceUpdateEvent};
    ///
    /// assert!(Channel::<PriceUpdateEvent>::matches("price.updated.AAPL"));
    /// assert!(!Channel::<PriceUpdateEvent>::matches("price.updated."));
    /// ```
    #[must_use]
    pub fn matches(channel: &str) -> bool {
        if !Self::is_pattern() {
            return channel == E::CHANNEL;
        }
        let mut literals = literals(E::CHANNEL);
        let Some(mut rest) = literals.next().and_then(|prefix| channel.strip_prefix(prefix)) else {
            return false;
        };
        let mut literals = literals.peekable();
        while let Some(literal) = literals.next() {
            // A part has at least one character, so the literal after it starts behind that.
            let Some(first) = rest.chars().next() else {
                return false;
            };
            let (_, behind) = rest.split_at(first.len_utf8());
            if literals.peek().is_none() {
                return behind.ends_with(literal);
            }
            let Some((_, tail)) = behind.split_once(literal) else {
                return false;
            };
            rest = tail;
        }
        rest.is_empty()
    }
}

/// The texts between the placeholders of a template, in order: one more than there are placeholders.
fn literals(template: &'static str) -> impl Iterator<Item = &'static str> {
    template
        .split('{')
        .enumerate()
        .map(|(index, piece)| match piece.split_once('}') {
            Some((_, literal)) if index > 0 => literal,
            _ => piece,
        })
}

impl<E> Clone for Channel<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Channel<E> {}

impl<E: Event> fmt::Debug for Channel<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Channel").field(&E::CHANNEL).finish()
    }
}

/// What a subscription asks Redis for.
///
/// # Examples
///
/// ```
/// use redis_client::ChannelPattern;
///
/// assert_eq!(ChannelPattern::Exact("orders.executed").as_str(), "orders.executed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "SUBSCRIBE and PSUBSCRIBE are all there is"
)]
pub enum ChannelPattern {
    /// One channel, for `SUBSCRIBE`.
    Exact(&'static str),
    /// A glob, for `PSUBSCRIBE`.
    Glob(String),
}

impl ChannelPattern {
    /// The name or the glob.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::ChannelPattern;
    ///
    /// assert_eq!(ChannelPattern::Glob("price.updated.*".into()).as_str(), "price.updated.*");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Exact(name) => name,
            Self::Glob(glob) => glob,
        }
    }
}

/// An event that is known to be valid, together with its channel and its bytes.
///
/// There is no way to make one but validated encoding, so a publisher sends it as it is. Cloning costs one reference
/// count.
///
/// # Examples
///
/// ```
/// use redis_client::{Encoded, RedisEvent};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "heartbeat")]
/// struct Heartbeat {
///     desk: u32,
/// }
///
/// let encoded = Encoded::new(&Heartbeat { desk: 7 })?;
/// assert_eq!(encoded.channel(), "heartbeat");
/// assert_eq!(encoded.payload(), br#"{"desk":7}"#);
/// # Ok::<(), redis_client::EncodeError>(())
/// ```
pub struct Encoded<E> {
    parts: Arc<Parts>,
    event: PhantomData<fn() -> E>,
}

/// What of an encoded event does not depend on its type.
pub(crate) struct Parts {
    pub(crate) channel: Cow<'static, str>,
    pub(crate) payload: Vec<u8>,
    #[cfg_attr(
        not(feature = "publisher"),
        expect(dead_code, reason = "the publisher looks at it")
    )]
    pub(crate) max_age: Option<MaxAge>,
}

impl<E: Event> Encoded<E> {
    /// Validates `event` and writes its JSON.
    ///
    /// # Errors
    ///
    /// An event that breaks a rule of its schema ([`EncodeError::violation`]), or cannot be written as JSON, or takes
    /// more than [`codec::BYTES_MAX`].
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::{Encoded, Rule, SignalEvent};
    ///
    /// # let bytes = br#"{"event_type":"signals.generated","timestamp":"2025-01-17T09:30:00Z","strategy_id":"alpha","symbols":["AAPL"],"num_signals":1,"as_of_date":"2025-01-17"}"#;
    /// let mut signal: SignalEvent = redis_client::codec::decode(bytes)?;
    /// signal.symbols.clear();
    /// let error = Encoded::new(&signal).unwrap_err();
    /// assert_eq!(error.violation().unwrap().rule(), &Rule::MinItems(1));
    /// # Ok::<(), redis_client::DecodeError>(())
    /// ```
    pub fn new(event: &E) -> Result<Self, EncodeError> {
        event.check()?;
        let mut payload = Vec::with_capacity(256);
        event.write_json(&mut payload)?;
        Ok(Self {
            parts: Arc::new(Parts {
                channel: event.channel(),
                payload,
                max_age: E::MAX_AGE,
            }),
            event: PhantomData,
        })
    }
}

impl<E> Encoded<E> {
    /// The channel the event goes to, without a namespace.
    ///
    /// ```
    /// use redis_client::{Encoded, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    ///
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "desk.opened.{desk}")]
    /// # struct Opened {
    /// #     desk: u32,
    /// # }
    /// let opened = Encoded::new(&Opened { desk: 7 })?;
    /// assert_eq!(opened.channel(), "desk.opened.7");
    /// # Ok::<(), redis_client::EncodeError>(())
    /// ```
    #[must_use]
    pub fn channel(&self) -> &str {
        &self.parts.channel
    }

    /// The event's JSON.
    ///
    /// ```
    /// use redis_client::{Encoded, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    ///
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "desk.opened.{desk}")]
    /// # struct Opened {
    /// #     desk: u32,
    /// # }
    /// let opened = Encoded::new(&Opened { desk: 7 })?;
    /// assert_eq!(opened.payload(), br#"{"desk":7}"#);
    /// # Ok::<(), redis_client::EncodeError>(())
    /// ```
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.parts.payload
    }
}

impl<E: Event> Encoded<E> {
    /// The same event as one of a set.
    pub(crate) fn in_set<S>(self) -> Encoded<S> {
        Encoded {
            parts: self.parts,
            event: PhantomData,
        }
    }
}

#[cfg(feature = "publisher")]
impl<E> Encoded<E> {
    /// Channel and payload, for a queue that holds events of all types.
    pub(crate) fn into_parts(self) -> Arc<Parts> {
        self.parts
    }
}

impl<E> Clone for Encoded<E> {
    fn clone(&self) -> Self {
        Self {
            parts: Arc::clone(&self.parts),
            event: PhantomData,
        }
    }
}

impl<E> fmt::Debug for Encoded<E> {
    /// Shows the channel and the size, never the payload.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoded")
            .field("channel", &self.parts.channel)
            .field("bytes", &self.parts.payload.len())
            .finish()
    }
}

/// What one subscription yields: one event type, or an enum of several with `#[derive(EventSet)]`.
///
/// # Examples
///
/// ```
/// use redis_client::{ChannelPattern, EventSet, OrderEvent};
///
/// assert_eq!(OrderEvent::channels(), [ChannelPattern::Exact("orders.executed")]);
/// assert!(OrderEvent::decode("positions.updated", b"{}").is_none());
/// assert!(OrderEvent::decode("orders.executed", b"{}").unwrap().is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an event nor a set of events",
    note = "derive `RedisEvent` for a struct, or `EventSet` for an enum of events"
)]
pub trait EventSet: Sized + Send + 'static {
    /// What to subscribe to in order to receive every event of the set.
    ///
    /// ```
    /// use redis_client::{ChannelPattern, EventSet, PriceUpdateEvent};
    ///
    /// assert_eq!(PriceUpdateEvent::channels(), [ChannelPattern::Glob("price.updated.*".into())]);
    /// ```
    #[must_use]
    fn channels() -> Vec<ChannelPattern>;

    /// Decodes a message; `None` when the channel is of no event of this set.
    ///
    /// ```
    /// use redis_client::{EventSet, OrderEvent};
    ///
    /// assert!(OrderEvent::decode("positions.updated", b"{}").is_none());
    /// assert!(OrderEvent::decode("orders.executed", b"{}").unwrap().is_err());
    /// ```
    fn decode(channel: &str, payload: &[u8]) -> Option<Result<Self, DecodeError>>;

    /// What `event_type` may say on the wire, for the events of this set in their order.
    ///
    /// ```
    /// use redis_client::{EventSet, OrderEvent};
    ///
    /// assert_eq!(OrderEvent::event_types(), ["orders.executed"]);
    /// ```
    #[must_use]
    fn event_types() -> Vec<&'static str>;

    /// Decodes JSON that is on no channel, by the type it is said to have; `None` when the set has no such type.
    ///
    /// ```
    /// use redis_client::{EventSet, OrderEvent};
    ///
    /// assert!(OrderEvent::decode_type("positions.updated", b"{}").is_none());
    /// assert!(OrderEvent::decode_type("orders.executed", b"{}").unwrap().is_err());
    /// ```
    fn decode_type(event_type: &str, payload: &[u8]) -> Option<Result<Self, DecodeError>>;

    /// Validates the event, whichever of the set it is, and writes its JSON; see [`Encoded::new`].
    ///
    /// ```
    /// use redis_client::{EventSet, RedisEvent};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Serialize, Deserialize, RedisEvent)]
    /// #[redis(channel = "heartbeat")]
    /// struct Heartbeat {
    ///     desk: u32,
    /// }
    ///
    /// #[derive(EventSet)]
    /// enum DeskEvent {
    ///     Heartbeat(Heartbeat),
    /// }
    ///
    /// let event = DeskEvent::Heartbeat(Heartbeat { desk: 7 });
    /// assert_eq!(event.encode()?.channel(), "heartbeat");
    /// # Ok::<(), redis_client::EncodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Encoded::new`].
    fn encode(&self) -> Result<Encoded<Self>, EncodeError>;
}

impl<E: Event> EventSet for E {
    fn channels() -> Vec<ChannelPattern> {
        vec![Channel::<E>::pattern()]
    }

    fn event_types() -> Vec<&'static str> {
        vec![E::EVENT_TYPE]
    }

    fn decode_type(event_type: &str, payload: &[u8]) -> Option<Result<Self, DecodeError>> {
        (event_type == E::EVENT_TYPE).then(|| codec::decode(payload))
    }

    fn encode(&self) -> Result<Encoded<Self>, EncodeError> {
        Encoded::new(self)
    }

    fn decode(channel: &str, payload: &[u8]) -> Option<Result<Self, DecodeError>> {
        Channel::<E>::matches(channel).then(|| codec::decode(payload))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_a_template() {
        let check = |template, expected: &[&str]| {
            assert_eq!(literals(template).collect::<Vec<_>>(), expected, "{template}");
        };
        check("orders.executed", &["orders.executed"]);
        check("price.updated.{symbol}", &["price.updated.", ""]);
        check("{a}.b.{c}:d", &["", ".b.", ":d"]);
    }
}

//! Model features in Redis: written with a lifetime, read back typed, filled once however many callers wait.
//!
//! Promise: a wrong symbol or date is an error before anything is sent; an entry that has expired is `None`; what another service
//! may own is never deleted. Bytes that cannot be anybody's features are, by a script that first looks whether they are still
//! the same.
//!
//! The key is a generated template; nothing in here formats one. Values are JSON objects of any type of serde's; Python's bare `NaN`,
//! `Infinity` and `-Infinity` are read and never written.
//!
//! It refuses to know about connections, retries and deadlines: [`client`](crate::client) does. Start at
//! [`FeatureCache`]; `flight.rs` is what its clones share. Layer 3.

mod flight;

use std::any::Any;
use std::fmt;
use std::string::FromUtf8Error;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use self::flight::Shared;
pub(crate) use self::flight::{Flight, Lookup};
use crate::client::command::Command;
use crate::client::config::random;
use crate::client::{ConfigError, Error, RedisClient};
use crate::codec;
use crate::features::Features;
use crate::generated::{RedisKeys, Symbol};
use crate::key::KeyError;
use crate::time::Date;

/// How long an entry lives when nothing else is asked for. The template's own lifetime, if it has one, is this too.
const DEFAULT_TTL: Duration = Duration::from_hours(1);

/// A cache of model features by symbol and date, on a [`RedisClient`].
///
/// `T` is what one entry holds: any serde type that is a JSON object, [`Features`] (an ordered map of name to `f64`) by default.
/// Symbols and dates are taken as text or typed. Clones share the client, the statistics and the computations under way.
///
/// ```
/// use redis_client::{FeatureCache, Features, RedisClient};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = RedisClient::from_env()?;
/// let cache = FeatureCache::new(&client).ttl(Duration::from_secs(600))?;
/// cache.set("CACHE.EXAMPLE", "2025-01-17", &Features::from_iter([("beta", 1.2)])).await?;
/// let features = cache.get("CACHE.EXAMPLE", "2025-01-17").await?.expect("it was written");
/// assert_eq!(features.get("beta"), Some(1.2));
/// # Ok(())
/// # }
/// ```
pub struct FeatureCache<T = Features> {
    client: RedisClient,
    ttl: Duration,
    jitter: f64,
    degrade: bool,
    shared: Arc<Shared<T>>,
}

impl FeatureCache {
    /// A cache of [`Features`] that live for an hour. For entries of another type: [`typed`](Self::typed).
    ///
    /// ```
    /// use redis_client::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// assert_eq!(cache.stats().hits, 0);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn new(client: &RedisClient) -> Self {
        Self::typed(client)
    }
}

impl<T> FeatureCache<T> {
    /// A cache of entries of any serde type that is a JSON object; they live for an hour.
    ///
    /// ```
    /// use redis_client::{FeatureCache, RedisClient};
    ///
    /// #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    /// struct Risk {
    ///     beta: f64,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = FeatureCache::<Risk>::typed(&RedisClient::from_env()?);
    /// cache.set("TYPED.EXAMPLE", "2025-01-17", &Risk { beta: 1.2 }).await?;
    /// assert_eq!(cache.get("TYPED.EXAMPLE", "2025-01-17").await?, Some(Risk { beta: 1.2 }));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn typed(client: &RedisClient) -> Self {
        Self {
            client: client.clone(),
            ttl: DEFAULT_TTL,
            jitter: 0.0,
            degrade: false,
            shared: Arc::default(),
        }
    }

    /// How long an entry lives after it was written, to the millisecond.
    ///
    /// ```
    /// use redis_client::{FeatureCache, RedisClient};
    /// use std::time::Duration;
    ///
    /// let client = RedisClient::builder().build()?;
    /// let cache = FeatureCache::new(&client);
    /// assert!(cache.clone().ttl(Duration::from_secs(60)).is_ok());
    /// assert!(cache.ttl(Duration::ZERO).is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] for less than a millisecond, which Redis would refuse, or more than a hundred years.
    pub fn ttl(mut self, ttl: Duration) -> Result<Self, Error> {
        if ttl < Duration::from_millis(1) || ttl > Duration::from_hours(24 * 365 * 100) {
            let reason = "must be one millisecond to a hundred years";
            return Err(ConfigError::Invalid {
                option: "ttl",
                reason,
            }
            .into());
        }
        self.ttl = ttl;
        Ok(self)
    }

    /// Shortens each entry's lifetime at random by up to this fraction, so that what was written together does not expire together.
    ///
    /// ```
    /// use redis_client::{FeatureCache, RedisClient};
    ///
    /// let client = RedisClient::builder().build()?;
    /// let cache = FeatureCache::new(&client);
    /// assert!(cache.clone().jitter(0.1).is_ok());
    /// assert!(cache.jitter(1.5).is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] unless it is 0 or more and less than 1.
    pub fn jitter(mut self, fraction: f64) -> Result<Self, Error> {
        if !(0.0..1.0).contains(&fraction) {
            let reason = "must be 0 or more and less than 1";
            return Err(ConfigError::Invalid {
                option: "jitter",
                reason,
            }
            .into());
        }
        self.jitter = fraction;
        Ok(self)
    }

    /// Makes reads answer `None`, counted in [`CacheStats::degraded`], when Redis does not: for callers who would rather go on
    /// without the cache than without an answer. Writes still report errors.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// // Nothing listens on port 1.
    /// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
    /// let cache = FeatureCache::new(&client).degrade();
    /// assert_eq!(cache.get("AAPL", "2025-01-17").await?, None);
    /// assert_eq!(cache.stats().degraded, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn degrade(mut self) -> Self {
        self.degrade = true;
        self
    }

    /// What the cache has done so far, together with its clones.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// assert_eq!(cache.stats().misses, 0);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        let counters = &self.shared.counters;
        CacheStats {
            hits: counters.hits.get(),
            misses: counters.misses.get(),
            writes: counters.writes.get(),
            invalid: counters.invalid.get(),
            unfit: counters.unfit.get(),
            degraded: counters.degraded.get(),
            computed: counters.computed.get(),
        }
    }

    /// The full key of an entry, or what is wrong with symbol or date.
    fn key(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<String, Error> {
        Ok(self.client.key(RedisKeys::features(symbol, date)?).into())
    }

    /// The lifetime of the entry that is written now.
    fn lifetime(&self) -> Duration {
        shortened(self.ttl, self.jitter, random())
    }
}

impl<T: DeserializeOwned + 'static> FeatureCache<T> {
    /// The features of a symbol on a date; `None` when there are none, or no longer.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// // Neither needs a server to be refused.
    /// assert!(cache.get("AA:PL", "2025-01-17").await.is_err());
    /// assert!(cache.get("AAPL", "2025-02-30").await.is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Bytes that are no JSON object are deleted if they are still the same, counted, logged, and read as `None`.
    ///
    /// # Errors
    /// [`Error::Key`] for what is no symbol or date, before anything is sent; [`Error::Decode`] for an object that does not fit `T`,
    /// which is kept; otherwise as [`RedisClient::command`], unless the cache [degrades](Self::degrade).
    ///
    /// # Cancel safety
    /// Harmless.
    pub async fn get(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<Option<T>, Error> {
        let key = self.key(symbol, date)?;
        Ok(match self.read(&key).await? {
            Read::Hit(value) => Some(value),
            Read::Miss | Read::Degraded => None,
        })
    }

    /// The features of several symbols on a date, in the order of the symbols and in one round trip.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// cache.invalidate("MANY.NONE", "2025-01-17").await?;
    /// cache.set("MANY.SOME", "2025-01-17", &Features::from_iter([("beta", 1.2)])).await?;
    ///
    /// let found = cache.get_many(["MANY.NONE", "MANY.SOME"], "2025-01-17").await?;
    /// assert_eq!(found[0], None);
    /// assert_eq!(found[1].as_ref().and_then(|features| features.get("beta")), Some(1.2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`get`](Self::get), for the first entry that fails.
    ///
    /// # Cancel safety
    /// Harmless.
    pub async fn get_many(
        &self,
        symbols: impl IntoIterator<Item: TryInto<Symbol, Error: Into<KeyError>>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<Vec<Option<T>>, Error> {
        let date: Date = date.try_into().map_err(Into::into)?;
        let keys = symbols
            .into_iter()
            .map(|symbol| self.key(symbol, date))
            .collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let found = match self.client.execute(&Command::get_many(&keys)).await {
            Ok(found) => found,
            Err(error) => {
                let asked = u64::try_from(keys.len()).unwrap_or(u64::MAX);
                self.degraded(error, asked)?;
                return Ok(keys.iter().map(|_| None).collect());
            }
        };
        let mut values = Vec::with_capacity(keys.len());
        for (key, bytes) in keys.iter().zip(found) {
            values.push(self.interpret(key, bytes).await?);
        }
        Ok(values)
    }

    /// Reads one entry.
    async fn read(&self, key: &str) -> Result<Read<T>, Error> {
        let bytes = match self.client.execute(&Command::get(key)).await {
            Ok(bytes) => bytes,
            Err(error) => return self.degraded(error, 1).map(|()| Read::Degraded),
        };
        Ok(self.interpret(key, bytes).await?.map_or(Read::Miss, Read::Hit))
    }

    /// What stored bytes mean, counted.
    async fn interpret(&self, key: &str, bytes: Option<Vec<u8>>) -> Result<Option<T>, Error> {
        let counters = &self.shared.counters;
        let Some(bytes) = bytes else {
            counters.misses.add(1);
            return Ok(None);
        };
        let bytes = match plain(bytes) {
            Ok(value) => {
                counters.hits.add(1);
                return Ok(Some(value));
            }
            Err(bytes) => bytes,
        };
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        let error = match codec::decode_lenient(&bytes) {
            Ok(value) if first == Some(&b'{') => {
                counters.hits.add(1);
                return Ok(Some(value));
            }
            Err(source) if first == Some(&b'{') && !source.is_syntax() => {
                counters.unfit.add(1);
                return Err(Error::Decode {
                    key: key.to_owned(),
                    source,
                });
            }
            Err(source) => source.to_string(),
            Ok(_) => "not an object".to_owned(),
        };
        counters.invalid.add(1);
        let deleted = self.client.execute(&Command::delete_if(key, &bytes)).await;
        tracing::warn!(key, error, deleted = ?deleted.ok(), "the cache held bytes that are no JSON object");
        Ok(None)
    }

    /// Swallows an outage if the cache degrades.
    fn degraded(&self, error: Error, reads: u64) -> Result<(), Error> {
        if !self.degrade || !is_outage(&error) {
            return Err(error);
        }
        self.shared.counters.degraded.add(reads);
        tracing::debug!(%error, "going on without the cache");
        Ok(())
    }
}

impl<T: Serialize> FeatureCache<T> {
    /// Writes the features of a symbol on a date, for the cache's lifetime.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// // JSON has no such number, so it is refused before anything is sent.
    /// let features = Features::from_iter([("beta", f64::NAN)]);
    /// assert!(cache.set("AAPL", "2025-01-17", &features).await.is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Key`] for what is no symbol or date, [`Error::Encode`] for a number that is not finite or a value that cannot be
    /// JSON, [`Error::NotAnObject`] for one that is no object: nothing is sent then. Otherwise as [`RedisClient::command`].
    ///
    /// # Cancel safety
    /// The entry may have been written.
    pub async fn set(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
        features: &T,
    ) -> Result<(), Error> {
        let key = self.key(symbol, date)?;
        self.write(&key, features).await
    }

    /// Writes the features of several symbols on a date, in one round trip. Each entry is written or not by itself.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// let (one, two) = (Features::from_iter([("beta", 1.2)]), Features::from_iter([("beta", 0.8)]));
    /// cache.set_many([("SET-MANY.1", &one), ("SET-MANY.2", &two)], "2025-01-17").await?;
    /// assert_eq!(cache.get("SET-MANY.2", "2025-01-17").await?, Some(two));
    /// assert_eq!(cache.stats().writes, 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`set`](Self::set). When anything is wrong with a symbol, the date or a value, nothing is sent; when the server rejects an
    /// entry, the first such error, and the others may have been written.
    ///
    /// # Cancel safety
    /// Any of the entries may have been written.
    pub async fn set_many<'a, S>(
        &self,
        entries: impl IntoIterator<Item = (S, &'a T)>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<(), Error>
    where
        S: TryInto<Symbol, Error: Into<KeyError>>,
        T: 'a,
    {
        let date: Date = date.try_into().map_err(Into::into)?;
        let mut commands = Vec::new();
        for (symbol, features) in entries {
            let key = self.key(symbol, date)?;
            commands.push(Command::set(&key, &object(features)?, Some(self.lifetime())));
        }
        for written in self.client.execute_all(&commands).await? {
            written?;
            self.shared.counters.writes.add(1);
        }
        Ok(())
    }

    async fn write(&self, key: &str, features: &T) -> Result<(), Error> {
        let bytes = object(features)?;
        self.client
            .execute(&Command::set(key, &bytes, Some(self.lifetime())))
            .await?;
        self.shared.counters.writes.add(1);
        Ok(())
    }
}

impl<T> FeatureCache<T> {
    /// Deletes the features of a symbol on a date, and says whether there were any.
    ///
    /// ```
    /// use redis_client::{FeatureCache, Features, RedisClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// cache.set("STALE.EXAMPLE", "2025-01-17", &Features::from_iter([("beta", 1.2)])).await?;
    /// assert!(cache.invalidate("STALE.EXAMPLE", "2025-01-17").await?);
    /// assert!(!cache.invalidate("STALE.EXAMPLE", "2025-01-17").await?);
    /// assert_eq!(cache.get("STALE.EXAMPLE", "2025-01-17").await?, None);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Key`] for what is no symbol or date; otherwise as [`RedisClient::command`].
    ///
    /// # Cancel safety
    /// The entry may have been deleted.
    pub async fn invalidate(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<bool, Error> {
        let key = self.key(symbol, date)?;
        Ok(self.client.execute(&Command::delete(&key)).await? > 0)
    }
}

impl<T: Clone + Serialize + DeserializeOwned + 'static> FeatureCache<T> {
    /// The features of a symbol on a date, computed and written if there are none. However many callers of this cache and its
    /// clones wait for the same entry, one of them computes; if it fails or gives up, the next does.
    ///
    /// ```
    /// use redis_client::{Error, FeatureCache, Features, RedisClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// cache.invalidate("COMPUTED.EXAMPLE", "2025-01-17").await?;
    /// for _ in 0..2 {
    ///     let features = cache
    ///         .get_or_compute("COMPUTED.EXAMPLE", "2025-01-17", || async {
    ///             Ok::<_, Error>(Features::from_iter([("beta", 1.2)]))
    ///         })
    ///         .await?;
    ///     assert_eq!(features.get("beta"), Some(1.2));
    /// }
    /// assert_eq!(cache.stats().computed, 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The wait for somebody else's computation has no deadline but that computation's own.
    ///
    /// # Errors
    /// What `compute` fails with; and as [`get`](Self::get) and [`set`](Self::set). A cache that [degrades](Self::degrade) gives the
    /// computed value also when it cannot be written.
    ///
    /// # Cancel safety
    /// The next caller in line computes.
    pub async fn get_or_compute<F, C, E>(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
        compute: F,
    ) -> Result<T, E>
    where
        F: FnOnce() -> C,
        C: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        match self.look_up(symbol, date).await? {
            Lookup::Found(value) => Ok(value),
            Lookup::Missing(flight) => {
                let value = compute().await?;
                Ok(self.land(flight, value).await?)
            }
        }
    }

    /// The entry, or the right to compute it: the first half of [`get_or_compute`](Self::get_or_compute).
    pub(crate) async fn look_up(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<Lookup<T>, Error> {
        let key = self.key(symbol, date)?;
        let first = self.read(&key).await?;
        if let Read::Hit(value) = first {
            return Ok(Lookup::Found(value));
        }
        let mut flight = Flight::board(&self.shared, key).await;
        if let Some(value) = flight.slot.as_ref().and_then(|slot| slot.as_ref()) {
            return Ok(Lookup::Found(value.clone()));
        }
        flight.degraded = matches!(first, Read::Degraded);
        if !flight.degraded {
            // Somebody may have landed between the look and the flight.
            match self.read(&flight.key).await? {
                Read::Hit(value) => return Ok(Lookup::Found(value)),
                Read::Miss => {}
                Read::Degraded => flight.degraded = true,
            }
        }
        Ok(Lookup::Missing(flight))
    }

    /// Writes what was computed and gives it to all who wait: the second half.
    pub(crate) async fn land(&self, mut flight: Flight<T>, value: T) -> Result<T, Error> {
        self.shared.counters.computed.add(1);
        if flight.degraded {
            tracing::debug!(key = flight.key, "computed, and not written: the cache is away");
        } else if let Err(error) = self.write(&flight.key, &value).await {
            self.degraded(error, 0)?;
        }
        flight.landed(value.clone());
        Ok(value)
    }
}

impl<T> Clone for FeatureCache<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            shared: Arc::clone(&self.shared),
            ttl: self.ttl,
            jitter: self.jitter,
            degrade: self.degrade,
        }
    }
}

impl<T> fmt::Debug for FeatureCache<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeatureCache")
            .field("client", &self.client)
            .field("ttl", &self.ttl)
            .field("jitter", &self.jitter)
            .field("degrade", &self.degrade)
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}

/// What a cache has done since it was made, from [`FeatureCache::stats`].
///
/// ```
/// let stats = redis_client::cache::CacheStats::default();
/// assert_eq!((stats.hits, stats.misses), (0, 0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheStats {
    /// Entries found and read.
    pub hits: u64,
    /// Entries that were not there, or no longer.
    pub misses: u64,
    /// Entries written.
    pub writes: u64,
    /// Entries that were no JSON object; read as missing, and deleted if still the same.
    pub invalid: u64,
    /// Entries that were objects of another type; reported as errors, and kept.
    pub unfit: u64,
    /// Reads answered with `None` because Redis did not answer.
    pub degraded: u64,
    /// Values computed by `get_or_compute`.
    pub computed: u64,
}

enum Read<T> {
    Hit(T),
    Miss,
    /// Nobody answered, and the cache degrades.
    Degraded,
}

/// The features in an entry that is as plain as most are, if features are what is asked for; else the bytes as they were.
fn plain<T: 'static>(bytes: Vec<u8>) -> Result<T, Vec<u8>> {
    let mut value: Option<T> = None;
    // Which type it is, the compiler knows.
    let Some(features) = (&mut value as &mut dyn Any).downcast_mut::<Option<Features>>() else {
        return Err(bytes);
    };
    let text = String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes)?;
    *features = Some(Features::from_plain_json(text).map_err(String::into_bytes)?);
    value.ok_or_else(Vec::new)
}

/// The JSON of a value that must be an object.
fn object<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let bytes = codec::encode(value)?;
    if bytes.first() != Some(&b'{') {
        return Err(Error::NotAnObject);
    }
    Ok(bytes)
}

/// Whether an error says that Redis is away, and nothing about the entry.
fn is_outage(error: &Error) -> bool {
    match error {
        Error::Connection(_) | Error::Interrupted { .. } | Error::Timeout { .. } => true,
        Error::Rejected { server, .. } => server.is_transient(),
        _ => false,
    }
}

/// A lifetime shortened by up to `jitter` of it, never to nothing.
fn shortened(ttl: Duration, jitter: f64, random: u64) -> Duration {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share between 0 and 1 needs no more than 53 bits"
    )]
    let share = random as f64 / u64::MAX as f64;
    ttl.mul_f64(1.0 - jitter * share).max(Duration::from_millis(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_shortens_by_no_more_than_its_share() {
        let check = |ttl_ms: u64, jitter: f64, random: u64, expected_ms: u64| {
            let lifetime = shortened(Duration::from_millis(ttl_ms), jitter, random);
            assert_eq!(
                lifetime.as_millis(),
                u128::from(expected_ms),
                "{ttl_ms} {jitter} {random}"
            );
        };
        check(1000, 0.0, u64::MAX, 1000);
        check(1000, 0.5, 0, 1000);
        check(1000, 0.5, u64::MAX, 500);
        check(1000, 0.5, u64::MAX / 2, 750);
        check(1, 0.9, u64::MAX, 1);
    }
}

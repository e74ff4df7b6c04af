//! [`FeatureCache`]: forwarding methods, no logic.

use super::{RedisClient, wait};
use crate::cache::{self, CacheStats, Lookup};
use crate::client::Error;
use crate::features::Features;
use crate::generated::Symbol;
use crate::key::KeyError;
use crate::time::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::Duration;

/// A cache of model features whose methods wait: the blocking face of [`cache::FeatureCache`].
///
/// ```
/// use redis_client::Features;
/// use redis_client::blocking::{FeatureCache, RedisClient};
///
/// let cache = FeatureCache::new(&RedisClient::from_env()?);
/// cache.set("BLOCKING.EXAMPLE", "2025-01-17", &Features::from_iter([("beta", 1.2)]))?;
/// let features = cache.get("BLOCKING.EXAMPLE", "2025-01-17")?.expect("it was written");
/// assert_eq!(features.get("beta"), Some(1.2));
/// # Ok::<(), redis_client::client::Error>(())
/// ```
///
/// # Panics
/// Methods that wait panic inside an async context; see the [module](super).
pub struct FeatureCache<T = Features> {
    inner: cache::FeatureCache<T>,
}

impl FeatureCache {
    /// As [`cache::FeatureCache::new`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
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
    /// As [`cache::FeatureCache::typed`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    /// use std::collections::BTreeMap;
    ///
    /// let cache = FeatureCache::<BTreeMap<String, bool>>::typed(&RedisClient::from_env()?);
    /// cache.set("BLOCKING.TYPED", "2025-01-17", &BTreeMap::from([("halted".to_owned(), true)]))?;
    /// let flags = cache.get("BLOCKING.TYPED", "2025-01-17")?.expect("it was written");
    /// assert!(flags["halted"]);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn typed(client: &RedisClient) -> Self {
        Self {
            inner: cache::FeatureCache::typed(client.as_async()),
        }
    }

    /// As [`cache::FeatureCache::ttl`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    /// use std::time::Duration;
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// assert!(cache.ttl(Duration::ZERO).is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] for less than a millisecond or more than a hundred years.
    pub fn ttl(self, ttl: Duration) -> Result<Self, Error> {
        self.inner.ttl(ttl).map(|inner| Self { inner })
    }

    /// As [`cache::FeatureCache::jitter`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// assert!(cache.jitter(0.1).is_ok());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] unless it is 0 or more and less than 1.
    pub fn jitter(self, fraction: f64) -> Result<Self, Error> {
        self.inner.jitter(fraction).map(|inner| Self { inner })
    }

    /// As [`cache::FeatureCache::degrade`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// // Nothing listens on port 1.
    /// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
    /// let cache = FeatureCache::new(&client).degrade();
    /// assert_eq!(cache.get("AAPL", "2025-01-17")?, None);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn degrade(self) -> Self {
        Self {
            inner: self.inner.degrade(),
        }
    }

    /// As [`cache::FeatureCache::stats`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// assert_eq!(cache.stats().misses, 0);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        self.inner.stats()
    }

    /// As [`cache::FeatureCache::invalidate`].
    ///
    /// ```
    /// use redis_client::Features;
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// cache.set("BLOCKING.STALE", "2025-01-17", &Features::from_iter([("beta", 1.2)]))?;
    /// assert!(cache.invalidate("BLOCKING.STALE", "2025-01-17")?);
    /// assert_eq!(cache.get("BLOCKING.STALE", "2025-01-17")?, None);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`cache::FeatureCache::invalidate`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn invalidate(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<bool, Error> {
        wait(self.inner.invalidate(symbol, date))
    }
}

impl<T: DeserializeOwned + 'static> FeatureCache<T> {
    /// As [`cache::FeatureCache::get`].
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// assert!(cache.get("AA:PL", "2025-01-17").is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`cache::FeatureCache::get`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn get(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<Option<T>, Error> {
        wait(self.inner.get(symbol, date))
    }

    /// As [`cache::FeatureCache::get_many`].
    ///
    /// ```
    /// use redis_client::Features;
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// cache.invalidate("BLOCKING.NONE", "2025-01-17")?;
    /// cache.set("BLOCKING.SOME", "2025-01-17", &Features::from_iter([("beta", 1.2)]))?;
    /// let found = cache.get_many(["BLOCKING.NONE", "BLOCKING.SOME"], "2025-01-17")?;
    /// assert!(found[0].is_none() && found[1].is_some());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`cache::FeatureCache::get_many`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn get_many(
        &self,
        symbols: impl IntoIterator<Item: TryInto<Symbol, Error: Into<KeyError>>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<Vec<Option<T>>, Error> {
        wait(self.inner.get_many(symbols, date))
    }
}

impl<T: Serialize> FeatureCache<T> {
    /// As [`cache::FeatureCache::set`].
    ///
    /// ```
    /// use redis_client::Features;
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::builder().build()?);
    /// let features = Features::from_iter([("beta", f64::NAN)]);
    /// assert!(cache.set("AAPL", "2025-01-17", &features).is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`cache::FeatureCache::set`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn set(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
        features: &T,
    ) -> Result<(), Error> {
        wait(self.inner.set(symbol, date, features))
    }

    /// As [`cache::FeatureCache::set_many`].
    ///
    /// ```
    /// use redis_client::Features;
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    ///
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// let (one, two) = (Features::from_iter([("beta", 1.2)]), Features::from_iter([("beta", 0.8)]));
    /// cache.set_many([("BLOCKING.1", &one), ("BLOCKING.2", &two)], "2025-01-17")?;
    /// assert_eq!(cache.get("BLOCKING.2", "2025-01-17")?, Some(two));
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`cache::FeatureCache::set_many`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn set_many<'a, S>(
        &self,
        entries: impl IntoIterator<Item = (S, &'a T)>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<(), Error>
    where
        S: TryInto<Symbol, Error: Into<KeyError>>,
        T: 'a,
    {
        wait(self.inner.set_many(entries, date))
    }
}

impl<T: Clone + Serialize + DeserializeOwned + 'static> FeatureCache<T> {
    /// As [`cache::FeatureCache::get_or_compute`]. `compute` runs on the calling thread, and may use blocking clients.
    ///
    /// ```
    /// use redis_client::blocking::{FeatureCache, RedisClient};
    /// use redis_client::{Error, Features};
    ///
    /// let cache = FeatureCache::new(&RedisClient::from_env()?);
    /// let features = cache.get_or_compute("BLOCKING.COMPUTED", "2025-01-17", || {
    ///     Ok::<_, Error>(Features::from_iter([("beta", 1.2)]))
    /// })?;
    /// assert_eq!(features.get("beta"), Some(1.2));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`cache::FeatureCache::get_or_compute`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, for `compute`, and for another caller's computation of the same entry.
    pub fn get_or_compute<E: From<Error>>(
        &self,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
        compute: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        match wait(self.inner.look_up(symbol, date))? {
            Lookup::Found(value) => Ok(value),
            Lookup::Missing(flight) => {
                let value = compute()?;
                Ok(wait(self.inner.land(flight, value))?)
            }
        }
    }
}

impl<T> Clone for FeatureCache<T> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<T> fmt::Debug for FeatureCache<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

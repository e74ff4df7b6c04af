//! [`RedisClient`] and [`DedicatedConnection`]: forwarding methods, no logic.

use super::wait;
use crate::client::{self, ClientBuilder, Command, ConnectionState, Error, Health, NamespacedKey};
use crate::key::{Key, KeyValue};
use crate::validate::Validate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::Duration;

/// The builder of the blocking client.
///
/// ```
/// use redis_client::blocking::RedisClientBuilder;
///
/// let client = RedisClientBuilder::from_url("redis://localhost/3")?.build()?;
/// assert_eq!(client.db(), 3);
/// # Ok::<(), redis_client::client::Error>(())
/// ```
pub type RedisClientBuilder = ClientBuilder<RedisClient>;

/// A client of one Redis server whose methods wait: the blocking face of [`client::RedisClient`].
///
/// ```
/// use redis_client::blocking::RedisClient;
/// use redis_client::redis;
///
/// // `REDIS_URL`, or a server on this machine. Spelt out:
/// // `RedisClient::builder().host("localhost").port(6379).build()?`
/// let client = RedisClient::from_env()?;
/// client.ping()?;
///
/// let before: i64 = client.command(redis::cmd("INCR").arg("example:blocking"))?;
/// let after: i64 = client.command(redis::cmd("INCR").arg("example:blocking"))?;
/// assert_eq!(after, before + 1);
/// # Ok::<(), redis_client::client::Error>(())
/// ```
///
/// # Panics
/// Methods that wait panic inside an async context; see the [module](super).
#[derive(Clone)]
pub struct RedisClient {
    inner: client::RedisClient,
}

impl RedisClient {
    /// As [`client::RedisClient::new`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// assert_eq!(RedisClient::new("10.0.0.7", 6380)?.endpoint(), "10.0.0.7:6380");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] when the host is empty or the port 0.
    pub fn new(host: impl Into<String>, port: u16) -> Result<Self, Error> {
        client::RedisClient::new(host, port).map(Self::from)
    }

    /// As [`client::RedisClient::builder`]; what it builds is blocking.
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// let client: RedisClient = RedisClient::builder().db(1).build()?;
    /// assert_eq!(client.db(), 1);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn builder() -> RedisClientBuilder {
        RedisClientBuilder::default()
    }

    /// As [`client::RedisClient::from_url`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// assert_eq!(RedisClient::from_url("redis://h:7000")?.endpoint(), "h:7000");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`], which never repeats the URL.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        client::RedisClient::from_url(url).map(Self::from)
    }

    /// As [`client::RedisClient::from_env`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// assert!(!RedisClient::from_env()?.endpoint().is_empty());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_url`](Self::from_url).
    pub fn from_env() -> Result<Self, Error> {
        client::RedisClient::from_env().map(Self::from)
    }

    /// As [`client::RedisClient::namespace`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// let client = RedisClient::builder().build()?.namespace("prod")?;
    /// assert_eq!(client.key("price:AAPL").as_str(), "prod:price:AAPL");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] unless it is 1 to 64 ASCII letters, digits, `-` or `_`.
    pub fn namespace(&self, namespace: &str) -> Result<Self, Error> {
        self.inner.namespace(namespace).map(Self::from)
    }

    /// As [`client::RedisClient::key`].
    ///
    /// ```
    /// let client = redis_client::blocking::RedisClient::builder().build()?;
    /// assert_eq!(client.key("cb:global").as_str(), "cb:global");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn key(&self, key: impl fmt::Display) -> NamespacedKey {
        self.inner.key(key)
    }

    /// As [`client::RedisClient::channel`].
    ///
    /// ```
    /// let client = redis_client::blocking::RedisClient::builder().build()?;
    /// assert_eq!(client.channel("signals.generated"), "signals.generated");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn channel(&self, channel: &str) -> String {
        self.inner.channel(channel)
    }

    /// As [`client::RedisClient::endpoint`].
    ///
    /// ```
    /// let client = redis_client::blocking::RedisClient::from_url("redis://:s3cret@h")?;
    /// assert_eq!(client.endpoint(), "h:6379");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.inner.endpoint()
    }

    /// As [`client::RedisClient::db`].
    ///
    /// ```
    /// assert_eq!(redis_client::blocking::RedisClient::from_url("redis://h/5")?.db(), 5);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn db(&self) -> u32 {
        self.inner.db()
    }

    /// As [`client::RedisClient::connection_state`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    /// use redis_client::client::ConnectionState;
    ///
    /// assert_eq!(RedisClient::builder().build()?.connection_state(), ConnectionState::Idle);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn connection_state(&self) -> ConnectionState {
        self.inner.connection_state()
    }

    /// As [`client::RedisClient::ping`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// // Nothing listens on port 1.
    /// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
    /// assert!(client.ping().unwrap_err().is_transient());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn ping(&self) -> Result<(), Error> {
        wait(self.inner.ping())
    }

    /// As [`client::RedisClient::command`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    /// use redis_client::redis;
    ///
    /// let client = RedisClient::builder().build()?;
    /// let refused = client.command::<()>(redis::cmd("SELECT").arg(3)).unwrap_err();
    /// assert!(refused.to_string().contains("client.dedicated()"));
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`client::RedisClient::command`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn command<T>(&self, command: impl Into<Command<T>>) -> Result<T, Error> {
        wait(self.inner.command(command))
    }

    /// As [`client::RedisClient::get`].
    ///
    /// ```
    /// use redis_client::{RedisKeys, blocking::RedisClient};
    ///
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::price("BLOCKING-GET")?;
    /// client.delete(&key)?;
    /// assert_eq!(client.get(&key)?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`client::RedisClient::get`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn get<K>(&self, key: &K) -> Result<Option<K::Value>, Error>
    where
        K: KeyValue,
        K::Value: DeserializeOwned,
    {
        wait(self.inner.get(key))
    }

    /// As [`client::RedisClient::set`].
    ///
    /// ```
    /// use redis_client::{Quote, RedisKeys, blocking::RedisClient};
    ///
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::price("BLOCKING-SET")?;
    /// let price = Quote {
    ///     symbol: "BLOCKING-SET".parse()?,
    ///     bid: "229.97".parse()?,
    ///     ask: "229.99".parse()?,
    ///     mid: "229.98".parse()?,
    ///     bid_size: Some(300),
    ///     ask_size: Some(100),
    ///     timestamp: "2025-01-17T14:30:00Z".parse()?,
    ///     exchange: None,
    /// };
    /// client.set(&key, &price)?;
    /// assert_eq!(client.get(&key)?, Some(price));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`client::RedisClient::set`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn set<K>(&self, key: &K, value: &K::Value) -> Result<(), Error>
    where
        K: KeyValue,
        K::Value: Serialize + Validate,
    {
        wait(self.inner.set(key, value))
    }

    /// As [`client::RedisClient::delete`].
    ///
    /// ```
    /// use redis_client::{RedisKeys, blocking::RedisClient, redis};
    ///
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::circuit_breaker("blocking-delete")?;
    /// let () = client.command(redis::cmd("SET").arg(client.key(&key)).arg("OPEN"))?;
    /// assert!(client.delete(&key)?);
    /// assert!(!client.delete(&key)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn delete<K: Key>(&self, key: &K) -> Result<bool, Error> {
        wait(self.inner.delete(key))
    }

    /// As [`client::RedisClient::exists`].
    ///
    /// ```
    /// use redis_client::{RedisKeys, blocking::RedisClient, redis};
    ///
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::circuit_breaker("blocking-exists")?;
    /// let () = client.command(redis::cmd("SET").arg(client.key(&key)).arg("OPEN"))?;
    /// assert!(client.exists(&key)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn exists<K: Key>(&self, key: &K) -> Result<bool, Error> {
        wait(self.inner.exists(key))
    }

    /// As [`client::RedisClient::health`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    /// use redis_client::client::ServerRole;
    ///
    /// assert_eq!(RedisClient::from_env()?.health()?.role, ServerRole::Primary);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn health(&self) -> Result<Health, Error> {
        wait(self.inner.health())
    }

    /// As [`client::RedisClient::dedicated`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    /// use redis_client::redis;
    ///
    /// let mut connection = RedisClient::from_env()?.dedicated()?;
    /// let () = connection.command(redis::cmd("CLIENT").arg("SETNAME").arg("blocking-example"))?;
    /// let name: String = connection.command(redis::cmd("CLIENT").arg("GETNAME"))?;
    /// assert_eq!(name, "blocking-example");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Connection`], at the first attempt that fails.
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the connection, up to the client's `connect_timeout`.
    pub fn dedicated(&self) -> Result<DedicatedConnection, Error> {
        wait(self.inner.dedicated()).map(|inner| DedicatedConnection { inner })
    }

    /// The async client behind this one, on the same connection.
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    ///
    /// let client = RedisClient::from_url("redis://h")?;
    /// assert_eq!(client.as_async().endpoint(), "h:6379");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn as_async(&self) -> &client::RedisClient {
        &self.inner
    }
}

impl From<client::RedisClient> for RedisClient {
    fn from(inner: client::RedisClient) -> Self {
        Self { inner }
    }
}

impl fmt::Debug for RedisClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

/// A connection that nobody shares: the blocking face of [`client::DedicatedConnection`].
///
/// ```
/// use redis_client::blocking::RedisClient;
/// use redis_client::redis;
/// use std::time::Duration;
///
/// let client = RedisClient::from_env()?;
/// let _: i64 = client.command(redis::cmd("LPUSH").arg("example:blocking-jobs").arg("rebalance"))?;
///
/// let mut connection = client.dedicated()?;
/// let job: Option<(String, String)> = connection
///     .command_within(redis::cmd("BLPOP").arg("example:blocking-jobs").arg(30), Duration::from_secs(35))?;
/// assert_eq!(job.map(|(_, job)| job).as_deref(), Some("rebalance"));
/// # Ok::<(), redis_client::client::Error>(())
/// ```
///
/// # Panics
/// Its methods panic inside an async context; see the [module](super).
#[derive(Debug)]
pub struct DedicatedConnection {
    inner: client::DedicatedConnection,
}

impl DedicatedConnection {
    /// As [`client::DedicatedConnection::command`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    /// use redis_client::redis;
    ///
    /// let mut connection = RedisClient::from_env()?.dedicated()?;
    /// let () = connection.command(&mut redis::cmd("MULTI"))?;
    /// let _: String = connection.command(redis::cmd("SET").arg("example:blocking-multi").arg(1))?;
    /// let (set,): (String,) = connection.command(&mut redis::cmd("EXEC"))?;
    /// assert_eq!(set, "OK");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`client::DedicatedConnection::command`].
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to the client's `response_timeout`.
    pub fn command<T>(&mut self, command: impl Into<Command<T>>) -> Result<T, Error> {
        wait(self.inner.command(command))
    }

    /// As [`client::DedicatedConnection::command_within`].
    ///
    /// ```
    /// use redis_client::blocking::RedisClient;
    /// use redis_client::redis;
    /// use std::time::Duration;
    ///
    /// let mut connection = RedisClient::from_env()?.dedicated()?;
    /// // How many replicas have everything by now; nobody need wait for none.
    /// let replicas: i64 =
    ///     connection.command_within(redis::cmd("WAIT").arg(0).arg(10_000), Duration::from_secs(12))?;
    /// assert!(replicas >= 0);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Panics
    /// Inside an async context.
    ///
    /// # Blocking
    /// Waits for the server, up to `timeout`.
    pub fn command_within<T>(
        &mut self,
        command: impl Into<Command<T>>,
        timeout: Duration,
    ) -> Result<T, Error> {
        wait(self.inner.command_within(command, timeout))
    }
}

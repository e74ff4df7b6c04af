//! Where the server is, who asks, and how long a caller is willing to wait.
//!
//! Promise: a configuration that was built is complete and cannot fail later for a reason that could have been seen here, and no
//! way of printing it shows a password. An address that needs something this version lacks (TLS, Sentinel, Cluster) is refused
//! by name rather than connected to in some lesser way.
//!
//! It refuses to know how connections are made ([`connection`](super::connection) does) and reads the environment in one place
//! only, [`ClientBuilder::from_env`].
//!
//! Start at [`ClientBuilder`]; `config/url.rs` reads addresses. Layer 2.

mod url;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::marker::PhantomData;
use std::path::PathBuf;
use std::time::Duration;

use self::url::parse_url;
use super::error::{ConfigError, Error, RedisConnectionError};

/// The port of a Redis server when none is given.
pub(crate) const DEFAULT_PORT: u16 = 6379;
/// How long a connection may take to stand, handshake included, when nothing else is asked for.
const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call may take as a whole, when nothing else is asked for.
const DEFAULT_RESPONSE_TIMEOUT: Duration = Duration::from_secs(5);
/// The first pause between two attempts to connect.
const BACKOFF_FIRST: Duration = Duration::from_millis(10);
/// The longest pause between two attempts to connect.
const BACKOFF_MAX: Duration = Duration::from_secs(1);

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// The text itself, for the one place that sends it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Where the server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// A host name or address, and a port.
    Tcp {
        /// Without brackets, also for IPv6.
        host: String,
        /// Never 0.
        port: u16,
    },
    /// A Unix socket.
    Unix(PathBuf),
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "{host}:{port}"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// All that is needed to open a connection; shared by the client, the subscriber and the publisher.
#[derive(Clone, Debug)]
pub(crate) struct ConnectionConfig {
    pub(crate) endpoint: Endpoint,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) db: u32,
    /// Bounds one attempt to connect, handshake included.
    pub(crate) connect_timeout: Duration,
    /// Bounds one call as a whole: connecting, sending, repeating and waiting.
    pub(crate) response_timeout: Duration,
    /// Whether a call gives up at the first failed attempt to connect.
    pub(crate) fail_fast: bool,
}

impl ConnectionConfig {
    /// A call's deadline came before its connection.
    pub(crate) fn connect_timed_out(&self) -> RedisConnectionError {
        RedisConnectionError::Timeout {
            endpoint: self.endpoint.to_string(),
            timeout: self.response_timeout.min(self.connect_timeout),
        }
    }
}

/// The pause after a number of attempts that failed in a row (1 or more): doubled each time, capped, and spread over its upper
/// half by `random` so that clients which lost the server together do not return together.
pub(crate) fn backoff(failures: u32, random: u64) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    let full = BACKOFF_FIRST.saturating_mul(1 << doublings).min(BACKOFF_MAX);
    let half = full / 2;
    let spread = u64::try_from(half.as_nanos())
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    half + Duration::from_nanos(random % spread)
}

/// A random number for jitter. The hasher's keys are random per call; nothing here needs more than that.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0_u8)
}

/// Collects where the server is and how to talk to it, and makes a client: `C` is the async or the blocking one, and
/// [`RedisClientBuilder`](super::RedisClientBuilder) names the former.
///
/// Everything has a default: `localhost:6379`, database 0, no password, five seconds to connect and five for a call.
/// Nothing connects before the first command, so [`build`](Self::build) never needs a live server.
///
/// ```
/// use redis_client::RedisClient;
/// use std::time::Duration;
///
/// let client = RedisClient::builder()
///     .host("cache.internal")
///     .port(6380)
///     .user("trader")
///     .password("s3cret")
///     .db(2)
///     .response_timeout(Duration::from_millis(250))
///     .build()?;
/// assert_eq!(client.endpoint(), "cache.internal:6380");
/// assert!(!format!("{client:?}").contains("s3cret"));
/// # Ok::<(), redis_client::client::Error>(())
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    options: Options,
    client: PhantomData<fn() -> C>,
}

#[derive(Clone, Debug, Default)]
struct Options {
    host: Option<String>,
    port: Option<u16>,
    unix_socket: Option<PathBuf>,
    user: Option<String>,
    password: Option<Secret>,
    db: u32,
    connect_timeout: Option<Duration>,
    response_timeout: Option<Duration>,
    fail_fast: bool,
}

impl<C> ClientBuilder<C> {
    fn new(options: Options) -> Self {
        Self {
            options,
            client: PhantomData,
        }
    }

    /// Takes address, user, password and database from a URL, as [`RedisClient::from_url`](crate::RedisClient::from_url) reads it; what is called after it
    /// overrides it.
    ///
    /// ```
    /// use redis_client::client::RedisClientBuilder;
    /// use std::time::Duration;
    ///
    /// let client = RedisClientBuilder::from_url("redis://localhost:6380/1")?
    ///     .connect_timeout(Duration::from_secs(1))
    ///     .build()?;
    /// assert_eq!(client.db(), 1);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] when the text is no URL, names a scheme or parameter that is not known, or one that needs what this
    /// version lacks. The error never repeats the URL, which may hold a password.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        Ok(Self::new(parse_url(url)?))
    }

    /// Takes the URL from the environment variable `REDIS_URL`; when it is unset or empty, the defaults stand.
    ///
    /// ```
    /// use redis_client::client::RedisClientBuilder;
    ///
    /// // Whatever the environment says, building needs no server.
    /// let client = RedisClientBuilder::from_env()?.build()?;
    /// assert!(!client.endpoint().is_empty());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] as [`from_url`](Self::from_url), or when the variable is not UTF-8.
    pub fn from_env() -> Result<Self, Error> {
        match std::env::var("REDIS_URL") {
            Ok(url) if !url.is_empty() => Self::from_url(&url),
            Ok(_) | Err(std::env::VarError::NotPresent) => Ok(Self::default()),
            Err(std::env::VarError::NotUnicode(_)) => Err(ConfigError::Invalid {
                option: "REDIS_URL",
                reason: "is not UTF-8",
            }
            .into()),
        }
    }

    /// The host name or address of the server; `localhost` by default. IPv6 addresses go without brackets.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().host("::1").build()?;
    /// assert_eq!(client.endpoint(), "[::1]:6379");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.options.host = Some(host.into());
        self
    }

    /// The port of the server, 1 to 65535; 6379 by default.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert_eq!(RedisClient::builder().port(7000).build()?.endpoint(), "localhost:7000");
    /// assert!(RedisClient::builder().port(0).build().is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn port(mut self, port: u16) -> Self {
        self.options.port = Some(port);
        self
    }

    /// The path of the server's Unix socket, instead of host and port.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().unix_socket("/run/redis/redis.sock").build()?;
    /// assert_eq!(client.endpoint(), "unix:/run/redis/redis.sock");
    /// // One or the other:
    /// assert!(RedisClient::builder().unix_socket("/run/redis.sock").port(6379).build().is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn unix_socket(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.unix_socket = Some(path.into());
        self
    }

    /// The ACL user to authenticate as; without one, the server's default user.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().user("reader").password("s3cret").build()?;
    /// assert!(format!("{client:?}").contains("reader"));
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.options.user = Some(user.into());
        self
    }

    /// The password. It is never shown: not by `Debug`, not in errors, not in logs.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let builder = RedisClient::builder().password("s3cret");
    /// assert!(!format!("{builder:?}").contains("s3cret"));
    /// ```
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.options.password = Some(Secret(password.into()));
        self
    }

    /// The number of the database, 0 by default. It separates keys, but never channels: what is published on one database is
    /// received on all of them. Use [`namespace`](crate::RedisClient::namespace) to separate both.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert_eq!(RedisClient::builder().db(3).build()?.db(), 3);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn db(mut self, db: u32) -> Self {
        self.options.db = db;
        self
    }

    /// How long one attempt to connect may take, from name resolution to the answered handshake; five seconds by default.
    ///
    /// ```
    /// use redis_client::RedisClient;
    /// use std::time::Duration;
    ///
    /// assert!(RedisClient::builder().connect_timeout(Duration::ZERO).build().is_err());
    /// ```
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect_timeout = Some(timeout);
        self
    }

    /// The deadline of each call as a whole: connecting, sending, repeating what may be repeated, and waiting for the answer.
    /// Five seconds by default.
    ///
    /// Of a publisher: how long each reply may take. The replies to one batch together have one such time for the first and one more for each
    /// further 256, six at most: half a minute by default.
    ///
    /// ```
    /// use redis_client::RedisClient;
    /// use std::time::Duration;
    ///
    /// assert!(RedisClient::builder().response_timeout(Duration::from_millis(50)).build().is_ok());
    /// assert!(RedisClient::builder().response_timeout(Duration::ZERO).build().is_err());
    /// ```
    pub fn response_timeout(mut self, timeout: Duration) -> Self {
        self.options.response_timeout = Some(timeout);
        self
    }

    /// Makes a call fail as soon as an attempt to connect has failed, also while the client waits to try again. Otherwise a
    /// command that was never sent is tried again until its deadline, which bridges a restart of the server.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// // Nothing listens on port 1.
    /// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
    /// let error = client.ping().await.unwrap_err();
    /// assert!(error.is_transient());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fail_fast(mut self, fail_fast: bool) -> Self {
        self.options.fail_fast = fail_fast;
        self
    }

    /// Makes the client. It connects when it is first used.
    ///
    /// ```
    /// let client = redis_client::RedisClient::builder().build()?;
    /// assert_eq!(client.endpoint(), "localhost:6379");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] when the host is empty, the port or a timeout is 0, or a Unix socket was given along with a host or a port.
    pub fn build(self) -> Result<C, Error>
    where
        C: From<super::RedisClient>,
    {
        Ok(super::RedisClient::from_config(self.options.into_config()?).into())
    }
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new(Options::default())
    }
}

impl<C> Clone for ClientBuilder<C> {
    fn clone(&self) -> Self {
        Self::new(self.options.clone())
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.options.fmt(f)
    }
}

impl Options {
    /// The checks behind [`ClientBuilder::build`].
    fn into_config(self) -> Result<ConnectionConfig, ConfigError> {
        let endpoint = match (self.unix_socket, self.host, self.port) {
            (Some(path), None, None) if !path.as_os_str().is_empty() => Endpoint::Unix(path),
            (Some(_), None, None) => return Err(invalid("unix_socket", "is empty")),
            (Some(_), _, _) => {
                return Err(invalid("unix_socket", "cannot be combined with a host or a port"));
            }
            (None, host, port) => {
                let host = host.unwrap_or_else(|| "localhost".to_owned());
                if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c.is_control()) {
                    return Err(invalid("host", "is empty or holds a space or control character"));
                }
                let port = port.unwrap_or(DEFAULT_PORT);
                if port == 0 {
                    return Err(invalid("port", "must be 1 to 65535"));
                }
                Endpoint::Tcp { host, port }
            }
        };
        let connect_timeout = self.connect_timeout.unwrap_or(DEFAULT_CONNECT_TIMEOUT);
        if connect_timeout.is_zero() {
            return Err(invalid("connect_timeout", "must be more than 0"));
        }
        let response_timeout = self.response_timeout.unwrap_or(DEFAULT_RESPONSE_TIMEOUT);
        if response_timeout.is_zero() {
            return Err(invalid("response_timeout", "must be more than 0"));
        }
        Ok(ConnectionConfig {
            endpoint,
            user: self.user,
            password: self.password,
            db: self.db,
            connect_timeout,
            response_timeout,
            fail_fast: self.fail_fast,
        })
    }
}

fn invalid(option: &'static str, reason: &'static str) -> ConfigError {
    ConfigError::Invalid { option, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_to_its_cap_and_is_spread_over_the_upper_half() {
        let check = |failures: u32, least_ms: u64, most_ms: u64| {
            assert_eq!(
                backoff(failures, 0),
                Duration::from_millis(least_ms),
                "{failures}"
            );
            for random in [1, u64::MAX / 3, u64::MAX] {
                let pause = backoff(failures, random);
                assert!(pause >= Duration::from_millis(least_ms), "{failures}: {pause:?}");
                assert!(pause <= Duration::from_millis(most_ms), "{failures}: {pause:?}");
            }
        };
        check(0, 5, 10);
        check(1, 5, 10);
        check(2, 10, 20);
        check(5, 80, 160);
        check(8, 500, 1000);
        check(u32::MAX, 500, 1000);
    }

    #[test]
    fn random_numbers_differ() {
        assert_ne!((random(), random()), (random(), random()));
    }
}

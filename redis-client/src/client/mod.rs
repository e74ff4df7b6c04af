//! The client of one Redis server: what to ask of it, and how to hear from it.
//!
//! Promise: building a client needs no server and cloning it costs two reference counts; no call outlives its deadline; no reply
//! reaches the wrong caller; and each failed command says whether it was never sent, may have been executed, or was rejected
//! ([`Error::fate`]).
//!
//! All clones share one multiplexed connection, which is made when it is first needed and replaced when it fails. Commands that
//! would change it or hold it up go over a connection of their own, [`RedisClient::dedicated`]; messages come through
//! [`EventSubscriber`].
//!
//! It refuses to know how bytes travel (`connection`) and what a retry may repeat ([`Command::is_repeatable`]).
//!
//! Start at [`RedisClient`]; `values.rs` is what it does by key. Layer 2.

pub(crate) mod command;
pub(crate) mod config;
pub(crate) mod connection;
mod dedicated;
mod error;
mod subscriber;
mod values;

pub use command::{Command, NamespacedKey};
pub use config::ClientBuilder;
pub use connection::{ConnectionState, Message, ServerRole};
pub use dedicated::DedicatedConnection;
pub use error::{ConfigError, Error, Fate, RedisConnectionError, ServerError};
pub use subscriber::{EventSubscriber, EventSubscriberBuilder, Received};

use config::ConnectionConfig;
use connection::{ExclusiveConnection, SharedConnection, deadline_in};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The builder of the async client.
///
/// ```
/// use redis_client::client::RedisClientBuilder;
///
/// let client = RedisClientBuilder::from_url("redis://localhost/3")?.build()?;
/// assert_eq!(client.db(), 3);
/// # Ok::<(), redis_client::client::Error>(())
/// ```
pub type RedisClientBuilder = ClientBuilder<RedisClient>;

/// The most characters of a namespace.
const NAMESPACE_CHARS_MAX: usize = 64;

/// A client of one Redis server, shared by cloning.
///
/// Building it needs no live server: it connects when it is first used, inside whatever tokio runtime the caller is in, and again
/// whenever the connection has failed. A call ends by its deadline (`response_timeout`, connecting included) with an answer or an
/// error.
///
/// ```
/// use redis_client::RedisClient;
///
/// let client = RedisClient::new("localhost", 6379)?;
/// assert_eq!(client.endpoint(), "localhost:6379");
/// # Ok::<(), redis_client::client::Error>(())
/// ```
///
/// ```
/// use redis_client::{RedisClient, redis};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // `REDIS_URL`, or a server on this machine. Spelt out:
/// // `RedisClient::builder().host("localhost").port(6379).db(0).password("s3cret").build()?`
/// let client = RedisClient::from_env()?;
/// client.ping().await?;
///
/// let before: i64 = client.command(redis::cmd("INCR").arg("example:client")).await?;
/// let after: i64 = client.command(redis::cmd("INCR").arg("example:client")).await?;
/// assert_eq!(after, before + 1);
/// # Ok(())
/// # }
/// ```
///
/// The connection is served by the runtime in which it was made. When that runtime ends, the next call connects again in its own;
/// while it stands still (one that is built but not driven), calls from elsewhere run into their deadlines.
///
/// # Panics
/// The async methods panic outside of a tokio runtime, or in one without its I/O and time drivers.
#[derive(Clone)]
pub struct RedisClient {
    shared: Arc<SharedConnection>,
    config: Arc<ConnectionConfig>,
    namespace: Option<Arc<str>>,
}

impl RedisClient {
    /// A client of the server at `host` and `port`, with defaults for the rest.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert_eq!(RedisClient::new("10.0.0.7", 6380)?.endpoint(), "10.0.0.7:6380");
    /// assert!(RedisClient::new("", 6380).is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] when the host is empty or the port 0.
    pub fn new(host: impl Into<String>, port: u16) -> Result<Self, Error> {
        Self::builder().host(host).port(port).build()
    }

    /// Starts with the defaults: `localhost:6379`, database 0, no password, five seconds for everything.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().unix_socket("/run/redis.sock").db(1).build()?;
    /// assert_eq!(client.db(), 1);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    pub fn builder() -> RedisClientBuilder {
        RedisClientBuilder::default()
    }

    /// A client of the server that a URL names.
    ///
    /// `redis://[user][:password]@host[:port][/db]`, or `unix:///path?db=0&user=..&pass=..`. Percent-encode what is special in a
    /// user or password. `rediss://`, Sentinel and Cluster URLs are refused.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::from_url("redis://trader:s3cret@db.internal:6380/2")?;
    /// assert_eq!((client.endpoint().as_str(), client.db()), ("db.internal:6380", 2));
    ///
    /// let error = RedisClient::from_url("rediss://db.internal").unwrap_err();
    /// assert!(error.to_string().contains("TLS"));
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`], which never repeats the URL.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        RedisClientBuilder::from_url(url)?.build()
    }

    /// A client of the server that the environment variable `REDIS_URL` names, or of `localhost:6379` when it is unset or empty.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert!(!RedisClient::from_env()?.endpoint().is_empty());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_url`](Self::from_url).
    pub fn from_env() -> Result<Self, Error> {
        RedisClientBuilder::from_env()?.build()
    }

    pub(crate) fn from_config(config: ConnectionConfig) -> Self {
        let config = Arc::new(config);
        Self {
            shared: SharedConnection::new(Arc::clone(&config)),
            config,
            namespace: None,
        }
    }

    /// The same client, on the same connection, with all names in a namespace: keys become `prod:{key}`, channels
    /// `prod.{channel}`, and `event_type` stays. It replaces the namespace that the client had, if any.
    ///
    /// Keys given to [`get`](Self::get), [`set`](Self::set), the cache and so on get it by themselves; a key that goes into a
    /// [`command`](Self::command) gets it from [`key`](Self::key).
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().build()?.namespace("prod")?;
    /// assert_eq!(client.key("price:AAPL").as_str(), "prod:price:AAPL");
    /// assert_eq!(client.channel("orders.executed"), "prod.orders.executed");
    /// assert!(client.namespace("pr*d").is_err());
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] unless it is 1 to 64 ASCII letters, digits, `-` or `_`: no separator and nothing that a pattern would
    /// read as more than itself.
    pub fn namespace(&self, namespace: &str) -> Result<Self, Error> {
        let fits = (1..=NAMESPACE_CHARS_MAX).contains(&namespace.len())
            && namespace
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !fits {
            let reason = "must be 1 to 64 ASCII letters, digits, `-` or `_`";
            return Err(ConfigError::Invalid {
                option: "namespace",
                reason,
            }
            .into());
        }
        Ok(Self {
            namespace: Some(namespace.into()),
            ..self.clone()
        })
    }

    /// A key as the server sees it: with the namespace, if the client has one.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().build()?;
    /// assert_eq!(client.key("cb:global").as_str(), "cb:global");
    /// assert_eq!(client.namespace("test")?.key("cb:global").as_str(), "test:cb:global");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn key(&self, key: impl fmt::Display) -> NamespacedKey {
        NamespacedKey(match &self.namespace {
            Some(namespace) => format!("{namespace}:{key}"),
            None => key.to_string(),
        })
    }

    /// A channel as the server sees it: with the namespace, if the client has one.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// let client = RedisClient::builder().build()?;
    /// assert_eq!(client.channel("signals.generated"), "signals.generated");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn channel(&self, channel: &str) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}.{channel}"),
            None => channel.to_owned(),
        }
    }

    /// Where the server is: `host:port` or `unix:path`, never with a password.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert_eq!(RedisClient::from_url("redis://:s3cret@h/1")?.endpoint(), "h:6379");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.config.endpoint.to_string()
    }

    /// The number of the database that keys live in; channels know no database.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert_eq!(RedisClient::from_url("redis://h/5")?.db(), 5);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn db(&self) -> u32 {
        self.config.db
    }

    /// What the shared connection is doing; asks nobody.
    ///
    /// ```
    /// use redis_client::RedisClient;
    /// use redis_client::client::ConnectionState;
    ///
    /// assert_eq!(RedisClient::builder().build()?.connection_state(), ConnectionState::Idle);
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn connection_state(&self) -> ConnectionState {
        self.shared.state()
    }

    /// Asks the server whether it answers.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// RedisClient::from_env()?.ping().await?;
    ///
    /// // Nobody listens on port 1.
    /// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
    /// assert!(client.ping().await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Cancel safety
    /// Harmless.
    pub async fn ping(&self) -> Result<(), Error> {
        self.execute(&Command::ping()).await
    }

    /// Executes any command, over the connection that all callers share.
    ///
    /// It ends by the client's `response_timeout`. A command that was never sent is tried again until then (unless `fail_fast`); one
    /// that was sent and lost its answer is sent again only when that is safe ([`Command::is_repeatable`]).
    ///
    /// ```
    /// use redis_client::{RedisClient, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let () = client.command(redis::cmd("SET").arg(client.key("example:command")).arg(41)).await?;
    /// let n: i64 = client.command(redis::cmd("INCR").arg(client.key("example:command"))).await?;
    /// assert_eq!(n, 42);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// What would change the connection for the others, or hold them up, is refused:
    ///
    /// ```
    /// use redis_client::{RedisClient, redis};
    /// use redis_client::client::Error;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let client = RedisClient::builder().build()?;
    /// let refused = client.command::<()>(redis::cmd("SELECT").arg(3)).await.unwrap_err();
    /// assert!(refused.to_string().contains("client.dedicated()"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Refused`] for a stateful, blocking or subscribing command; [`Error::Connection`] when there is no connection;
    /// [`Error::Timeout`] and [`Error::Interrupted`] when the answer is missing; [`Error::Rejected`] when the server refused;
    /// [`Error::Reply`] when the answer is not a `T`. [`Error::fate`] says what became of the command.
    ///
    /// # Cancel safety
    /// When the future is dropped, the command may still be executed. Its reply reaches nobody.
    pub async fn command<T>(&self, command: impl Into<Command<T>>) -> Result<T, Error> {
        let command = command.into();
        if let Some(refusal) = command::refusal(command.packed()) {
            return Err(Error::Refused {
                command: command.name(),
                reason: refusal.reason(),
            });
        }
        self.execute(&command).await
    }

    /// How the server is: how fast it answers, its role and version, and what the connection was doing before.
    ///
    /// ```
    /// use redis_client::RedisClient;
    /// use redis_client::client::ServerRole;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let health = RedisClient::from_env()?.health().await?;
    /// assert_eq!(health.role, ServerRole::Primary);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Cancel safety
    /// Harmless.
    pub async fn health(&self) -> Result<Health, Error> {
        let connection = self.connection_state();
        let facts = self.shared.facts(self.deadline()).await?;
        Ok(Health {
            latency: facts.latency,
            role: facts.role,
            version: facts.version,
            connection,
            reconnects: self.shared.opened().saturating_sub(1),
        })
    }

    /// Opens a connection of the caller's own: for transactions, blocking commands, another database.
    ///
    /// ```
    /// use redis_client::{RedisClient, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let mut connection = client.dedicated().await?;
    /// let () = connection.command(redis::cmd("CLIENT").arg("SETNAME").arg("dedicated-example")).await?;
    /// let name: String = connection.command(redis::cmd("CLIENT").arg("GETNAME")).await?;
    /// assert_eq!(name, "dedicated-example");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Connection`], at the first attempt that fails.
    ///
    /// # Cancel safety
    /// The connection is closed again.
    pub async fn dedicated(&self) -> Result<DedicatedConnection, Error> {
        let connection = ExclusiveConnection::open(&self.config, self.deadline()).await?;
        Ok(DedicatedConnection::new(connection, self.config.response_timeout))
    }

    /// Executes a command that the crate itself made.
    pub(crate) async fn execute<T>(&self, command: &Command<T>) -> Result<T, Error> {
        self.shared.execute(command, self.deadline()).await
    }

    /// Executes commands that the crate itself made, in one round trip.
    pub(crate) async fn execute_all<T>(
        &self,
        commands: &[Command<T>],
    ) -> Result<Vec<Result<T, Error>>, Error> {
        self.shared.execute_all(commands, self.deadline()).await
    }

    /// What the publisher and the subscriber open their own connections with.
    pub(crate) fn connection_config(&self) -> &Arc<ConnectionConfig> {
        &self.config
    }

    /// The namespace, for whoever stores or strips full names.
    #[cfg(feature = "publisher")]
    pub(crate) fn namespace_name(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    fn deadline(&self) -> Instant {
        deadline_in(self.config.response_timeout)
    }
}

impl fmt::Debug for RedisClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisClient")
            .field("endpoint", &self.endpoint())
            .field("user", &self.config.user)
            .field("password", &self.config.password)
            .field("db", &self.config.db)
            .field("namespace", &self.namespace)
            .field("connection", &self.connection_state())
            .finish_non_exhaustive()
    }
}

/// How a server is, from [`RedisClient::health`].
///
/// ```
/// # fn example(health: redis_client::client::Health) {
/// println!("{} in {:?}", health.role, health.latency);
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Health {
    /// How long one command took, from here and back, connecting not included.
    pub latency: Duration,
    /// Whether it accepts writes.
    pub role: ServerRole,
    /// The server's version, when it tells.
    pub version: Option<String>,
    /// What the shared connection was doing before it was asked.
    pub connection: ConnectionState,
    /// How often the shared connection has been replaced.
    pub reconnects: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_hold_no_separator_and_no_glob() {
        let client = RedisClient::builder().build().unwrap();
        let check = |namespace: &str, fits: bool| {
            assert_eq!(client.namespace(namespace).is_ok(), fits, "{namespace:?}");
        };
        check("prod", true);
        check("eu-west_1", true);
        check(&"n".repeat(64), true);
        for refused in ["", "a.b", "a:b", "a*", "a b", "a\n", "ü", "a{b}", &"n".repeat(65)] {
            check(refused, false);
        }
    }

    #[test]
    fn a_namespace_replaces_the_one_before_and_leaves_the_original() {
        let client = RedisClient::builder().build().unwrap();
        let prod = client.namespace("prod").unwrap();
        let test = prod.namespace("test").unwrap();
        assert_eq!(client.key("k").as_str(), "k");
        assert_eq!(prod.key("k").as_str(), "prod:k");
        assert_eq!(test.key("k").as_str(), "test:k");
        assert_eq!(test.channel("c"), "test.c");
    }

    #[test]
    fn futures_can_move_between_threads() {
        fn check<T: Send>(_: T) {}
        let client = RedisClient::builder().build().unwrap();
        check(client.ping());
        check(client.command::<i64>(redis::cmd("INCR")));
        check(client.health());
        check(client.dedicated());
    }

    #[test]
    fn debug_shows_where_but_not_the_password() {
        let client = RedisClient::from_url("redis://trader:s3cret@h:1/2").unwrap();
        let shown = format!("{client:?}");
        assert!(shown.contains("h:1") && shown.contains("trader"), "{shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

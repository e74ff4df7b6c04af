//! What can go wrong between a caller and the server.
//!
//! Promise: each failed command says what became of it ([`Fate`]), no error repeats a password, an argument or a reply's
//! content, and decisions are methods: nobody has to match on text.
//!
//! Two enums, because they are met at different times: [`RedisConnectionError`] says why there is no connection, [`Error`] says why a
//! call failed, which may be for that reason.

use crate::codec::{DecodeError, EncodeError};
use crate::key::KeyError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// The most of a server's own words that an error repeats, in bytes.
const SERVER_MESSAGE_BYTES_MAX: usize = 200;

/// What became of a command that failed.
///
/// ```
/// use redis_client::client::Fate;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// # let client = redis_client::RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
/// // Nothing listens there, so nothing was sent and the caller may safely try again.
/// let error = client.ping().await.unwrap_err();
/// assert_eq!(error.fate(), Some(Fate::NotSent));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fate {
    /// The server never saw it.
    NotSent,
    /// It may have been executed, or not: it was sent, and no answer came.
    Ambiguous,
    /// The server answered with an error and did not execute it.
    Rejected,
    /// The server executed it; the answer could not be turned into what was asked for.
    Answered,
}

/// Why there is no connection to the server, or no longer one.
///
/// ```
/// use redis_client::{RedisClient, RedisConnectionError};
/// use redis_client::client::Error;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
/// let Error::Connection(error) = client.ping().await.unwrap_err() else { panic!("nothing listens there") };
/// assert!(matches!(error, RedisConnectionError::Unreachable { .. }));
/// assert!(error.is_transient());
/// assert!(error.to_string().contains("127.0.0.1:1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedisConnectionError {
    /// The connection could not be opened: refused, no route, an unknown host, a socket that is not there.
    #[error("cannot reach redis at `{endpoint}`")]
    Unreachable {
        /// `host:port` or `unix:path`.
        endpoint: String,
        /// What the operating system said.
        source: Arc<io::Error>,
    },
    /// No connection stood in time: nothing accepted it, or what did never answered the handshake. On a standing connection: no
    /// reply came in time.
    #[error("redis at `{endpoint}` did not answer within {timeout:?}")]
    Timeout {
        /// `host:port` or `unix:path`.
        endpoint: String,
        /// The time it was given.
        timeout: Duration,
    },
    /// The server does not accept this user and password, or wants some.
    #[error("redis at `{endpoint}` refused to authenticate: {server}")]
    Authentication {
        /// `host:port` or `unix:path`.
        endpoint: String,
        /// The server's answer.
        server: ServerError,
    },
    /// The server does not have this database, or does not let this user in.
    #[error("redis at `{endpoint}` refused database {db}: {server}")]
    Database {
        /// `host:port` or `unix:path`.
        endpoint: String,
        /// The database asked for.
        db: u32,
        /// The server's answer.
        server: ServerError,
    },
    /// The server answered, but lets nobody in: it has too many clients, say, or is in protected mode.
    #[error("redis at `{endpoint}` accepts no commands: {server}")]
    Unavailable {
        /// `host:port` or `unix:path`.
        endpoint: String,
        /// The server's answer.
        server: ServerError,
    },
    /// The connection stood and was lost.
    #[error("the connection to redis at `{endpoint}` was lost")]
    Lost {
        /// `host:port` or `unix:path`.
        endpoint: String,
        /// What the operating system said; nothing when the server closed it.
        #[source]
        source: Option<Arc<io::Error>>,
    },
    /// What answered does not speak Redis's protocol.
    #[error("what answers at `{endpoint}` does not speak the redis protocol")]
    Protocol {
        /// `host:port` or `unix:path`.
        endpoint: String,
    },
}

impl RedisConnectionError {
    /// Whether trying again later may help without anybody changing the configuration.
    ///
    /// ```
    /// use redis_client::RedisConnectionError;
    /// use std::time::Duration;
    ///
    /// let error = RedisConnectionError::Timeout { endpoint: "db:6379".into(), timeout: Duration::from_secs(5) };
    /// assert!(error.is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { source, .. } => !matches!(
                source.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidInput
            ),
            Self::Unavailable { server, .. } => server.is_transient(),
            Self::Timeout { .. } | Self::Lost { .. } => true,
            Self::Authentication { .. } | Self::Database { .. } | Self::Protocol { .. } => false,
        }
    }

    /// Whether it took too long.
    ///
    /// ```
    /// use redis_client::RedisConnectionError;
    ///
    /// let error = RedisConnectionError::Protocol { endpoint: "db:6379".into() };
    /// assert!(!error.is_timeout());
    /// ```
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout { .. } => true,
            Self::Unreachable { source, .. } => source.kind() == io::ErrorKind::TimedOut,
            _ => false,
        }
    }

    /// Whether user or password are at fault.
    ///
    /// ```
    /// use redis_client::RedisConnectionError;
    ///
    /// let error = RedisConnectionError::Protocol { endpoint: "db:6379".into() };
    /// assert!(!error.is_authentication());
    /// ```
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        matches!(self, Self::Authentication { .. })
    }

    /// Where the server was looked for: `host:port` or `unix:path`.
    ///
    /// ```
    /// use redis_client::RedisConnectionError;
    ///
    /// let error = RedisConnectionError::Protocol { endpoint: "db:6379".into() };
    /// assert_eq!(error.endpoint(), "db:6379");
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> &str {
        match self {
            Self::Unreachable { endpoint, .. }
            | Self::Timeout { endpoint, .. }
            | Self::Authentication { endpoint, .. }
            | Self::Database { endpoint, .. }
            | Self::Unavailable { endpoint, .. }
            | Self::Lost { endpoint, .. }
            | Self::Protocol { endpoint } => endpoint,
        }
    }
}

/// An error in the server's own words: a code such as `WRONGTYPE`, and a message.
///
/// Where a server quotes the arguments of a command, the message ends before the quotation: arguments may be secret.
///
/// ```
/// use redis_client::client::ServerError;
///
/// let error = ServerError::new("ERR", "unknown command 'AUHT', with args beginning with: 's3cret' ");
/// assert_eq!(error.code(), "ERR");
/// assert_eq!(error.to_string(), "ERR unknown command 'AUHT'");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerError {
    code: String,
    message: String,
}

impl ServerError {
    /// An error of this code (its first word) and message (the rest).
    ///
    /// ```
    /// use redis_client::client::ServerError;
    ///
    /// let error = ServerError::new("READONLY", "You can't write against a read only replica.");
    /// assert_eq!(error.to_string(), "READONLY You can't write against a read only replica.");
    /// ```
    #[must_use]
    pub fn new(code: &str, message: &str) -> Self {
        let message = message
            .split(", with args beginning with")
            .next()
            .unwrap_or_default();
        let mut kept: String = message.chars().filter(|c| !c.is_control()).collect();
        let mut end = kept.len().min(SERVER_MESSAGE_BYTES_MAX);
        while !kept.is_char_boundary(end) {
            end -= 1;
        }
        kept.truncate(end);
        Self {
            code: code.to_owned(),
            message: kept.trim().to_owned(),
        }
    }

    /// The code: `ERR`, `WRONGTYPE`, `NOAUTH`, `READONLY`, ...
    ///
    /// ```
    /// assert_eq!(redis_client::client::ServerError::new("OOM", "no memory").code(), "OOM");
    /// ```
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the server said beside the code; may be empty.
    ///
    /// ```
    /// assert_eq!(redis_client::client::ServerError::new("OOM", "no memory").message(), "no memory");
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether the same command may be accepted later without anybody changing anything here: the server is loading, busy,
    /// demoted, out of memory, or lost its replicas.
    ///
    /// ```
    /// use redis_client::client::ServerError;
    ///
    /// assert!(ServerError::new("LOADING", "Redis is loading the dataset in memory").is_transient());
    /// assert!(!ServerError::new("WRONGTYPE", "Operation against a key").is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self.code.as_str(),
            "LOADING"
                | "BUSY"
                | "TRYAGAIN"
                | "CLUSTERDOWN"
                | "MASTERDOWN"
                | "READONLY"
                | "OOM"
                | "MISCONF"
                | "NOREPLICAS"
        ) || (self.code == "ERR" && self.message.starts_with("max number of clients"))
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        if !self.message.is_empty() {
            write!(f, " {}", self.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ServerError {}

/// Why a client cannot be made from what it was given.
///
/// ```
/// use redis_client::RedisClient;
/// use redis_client::client::{ConfigError, Error};
///
/// let error = RedisClient::from_url("rediss://db.internal").unwrap_err();
/// assert!(matches!(error, Error::Config(ConfigError::Unsupported { needs: "TLS", .. })));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The text is no URL, or one whose parts do not fit together. It is not repeated here: it may hold a password.
    #[error("the url cannot be used: {reason}")]
    Url {
        /// What is wrong with it.
        reason: String,
    },
    /// The URL names a way to connect that this version does not have.
    #[error("`{scheme}://` needs {needs}, which this version does not have")]
    Unsupported {
        /// The scheme that asks for it.
        scheme: &'static str,
        /// What is missing.
        needs: &'static str,
    },
    /// The URL's scheme is none of ours. It is not repeated here: in a URL that lacks its scheme, a user name takes its place.
    #[error("the url's scheme is not known: expected `redis://` or `unix://`")]
    UnknownScheme,
    /// The URL has a parameter that nothing reads.
    #[error("the url has an unknown parameter `{name}`")]
    UnknownParameter {
        /// Its name.
        name: String,
    },
    /// An option has a value that cannot be used.
    #[error("`{option}` {reason}")]
    Invalid {
        /// The option.
        option: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// Why a call on a client, a cache or a subscriber failed.
///
/// ```
/// use redis_client::RedisClient;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let client = RedisClient::builder().host("127.0.0.1").port(1).fail_fast(true).build()?;
/// let error = client.ping().await.unwrap_err();
/// assert!(error.is_transient() && !error.is_timeout());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be made, or not in that way.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no connection; the command was not sent.
    #[error(transparent)]
    Connection(#[from] RedisConnectionError),
    /// The connection was lost under the command, and repeating the command might do its work twice.
    #[error("the connection was lost before `{command}` was answered")]
    Interrupted {
        /// The command's name, without arguments.
        command: String,
        /// Whether it can have been executed.
        fate: Fate,
        /// What happened to the connection.
        source: RedisConnectionError,
    },
    /// The command was sent, and no answer came in time.
    #[error("`{command}` was not answered within {timeout:?}")]
    Timeout {
        /// The command's name, without arguments.
        command: String,
        /// The time the call had.
        timeout: Duration,
        /// Whether it can have been executed.
        fate: Fate,
    },
    /// The server refused the command.
    #[error("redis rejected `{command}`: {server}")]
    Rejected {
        /// The command's name, without arguments.
        command: String,
        /// The server's answer.
        server: ServerError,
    },
    /// The command cannot go over this connection: it would change it for all who share it, or hold them up.
    #[error("`{command}` {reason}")]
    Refused {
        /// The command's name, without arguments.
        command: String,
        /// Why, and what to use instead.
        reason: &'static str,
    },
    /// The server executed the command, but its answer is not of the type asked for.
    #[error("the answer to `{command}` is not of the type asked for")]
    Reply {
        /// The command's name, without arguments.
        command: String,
    },
    /// A text is no part of a key: no symbol, say, or no date. Nothing was sent.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A value cannot be written as JSON. Nothing was sent.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A value for the cache is JSON, but no object. Nothing was sent.
    #[error("the value is not a JSON object")]
    NotAnObject,
    /// A stored value is not of the type asked for. It was left as it is.
    #[error("the value stored at `{key}` does not fit")]
    Decode {
        /// The key it is stored at.
        key: String,
        /// Where and why.
        source: DecodeError,
    },
}

impl Error {
    /// What became of the command; `None` when no command was at stake, as for a configuration that cannot be used.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert_eq!(RedisClient::from_url("http://db").unwrap_err().fate(), None);
    /// ```
    #[must_use]
    pub fn fate(&self) -> Option<Fate> {
        match self {
            Self::Config(_) => None,
            Self::Connection(_)
            | Self::Refused { .. }
            | Self::Key(_)
            | Self::Encode(_)
            | Self::NotAnObject => Some(Fate::NotSent),
            Self::Interrupted { fate, .. } | Self::Timeout { fate, .. } => Some(*fate),
            Self::Rejected { .. } => Some(Fate::Rejected),
            Self::Reply { .. } | Self::Decode { .. } => Some(Fate::Answered),
        }
    }

    /// Whether the same call may succeed later without anybody changing anything here.
    ///
    /// ```
    /// use redis_client::RedisClient;
    ///
    /// assert!(!RedisClient::from_url("http://db").unwrap_err().is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Connection(error) | Self::Interrupted { source: error, .. } => error.is_transient(),
            Self::Timeout { .. } => true,
            Self::Rejected { server, .. } => server.is_transient(),
            Self::Config(_)
            | Self::Refused { .. }
            | Self::Reply { .. }
            | Self::Key(_)
            | Self::Encode(_)
            | Self::NotAnObject
            | Self::Decode { .. } => false,
        }
    }

    /// Whether it took too long: to connect, or to answer.
    ///
    /// ```
    /// use redis_client::RedisClient;
    /// use std::time::Duration;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// // It accepts connections and never answers.
    /// let mute = std::net::TcpListener::bind("127.0.0.1:0")?;
    /// let client = RedisClient::builder()
    ///     .host("127.0.0.1")
    ///     .port(mute.local_addr()?.port())
    ///     .response_timeout(Duration::from_millis(20))
    ///     .build()?;
    /// assert!(client.ping().await.unwrap_err().is_timeout());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Connection(error) | Self::Interrupted { source: error, .. } => error.is_timeout(),
            Self::Timeout { .. } => true,
            _ => false,
        }
    }
}

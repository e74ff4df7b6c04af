//! The client: how to reach one Redis server, and what to ask of it.
//!
//! Promise: building a client needs no server, cloning it is cheap, and each failed command says what became of it.
//!
//! Start at [`RedisClient`].

pub(crate) mod config;
pub(crate) mod connection;
mod error;

pub use config::RedisClientBuilder;
pub use connection::ServerRole;
pub use error::{ConfigError, Error, Fate, RedisConnectionError, ServerError};

use config::ConnectionConfig;
use std::fmt;
use std::sync::Arc;

/// A client of one Redis server.
#[derive(Clone)]
pub struct RedisClient {
    config: Arc<ConnectionConfig>,
}

impl RedisClient {
    /// Starts with the defaults: `localhost:6379`, database 0.
    pub fn builder() -> RedisClientBuilder {
        RedisClientBuilder::default()
    }

    pub(crate) fn from_config(config: ConnectionConfig) -> Self {
        Self {
            config: Arc::new(config),
        }
    }

    /// From the configuration.
    #[allow(dead_code)]
    pub(crate) fn connection_config(&self) -> &Arc<ConnectionConfig> {
        &self.config
    }

    /// From the URL.
    ///
    /// # Errors
    /// As the builder.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        RedisClientBuilder::from_url(url)?.build()
    }

    /// Where the server is: `host:port` or `unix:path`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.config.endpoint.to_string()
    }

    /// The number of the database.
    #[must_use]
    pub fn db(&self) -> u32 {
        self.config.db
    }
}

impl fmt::Debug for RedisClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisClient")
            .field("config", &self.config)
            .finish()
    }
}

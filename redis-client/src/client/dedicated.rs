//! A connection for one caller: for commands that change a connection or hold it up.
//!
//! Promise: nobody else's command comes in between, and nothing is repeated or reconnected behind the caller's back, because
//! what a `MULTI` or a `WATCH` began would be lost with the connection.
//!
//! Start at [`DedicatedConnection`].

use super::command::{self, Command};
use super::connection::ExclusiveConnection;
use super::error::Error;
use std::fmt;
use std::time::Duration;

/// A connection that nobody shares, from [`RedisClient::dedicated`](super::RedisClient::dedicated).
///
/// Transactions, `SELECT` and blocking commands go here. After a timeout or a lost connection it is of no more use, and says so:
/// open another. `SUBSCRIBE` and `MONITOR` are refused here too, since their messages would be taken for replies: use
/// [`EventSubscriber`](super::EventSubscriber).
///
/// ```
/// use redis_client::{RedisClient, redis};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = RedisClient::from_env()?;
/// let _: i64 = client.command(redis::cmd("LPUSH").arg("example:jobs").arg("rebalance")).await?;
///
/// let mut connection = client.dedicated().await?;
/// let job: Option<(String, String)> = connection
///     .command_within(redis::cmd("BLPOP").arg("example:jobs").arg(30), Duration::from_secs(35))
///     .await?;
/// assert_eq!(job, Some(("example:jobs".to_owned(), "rebalance".to_owned())));
/// # Ok(())
/// # }
/// ```
pub struct DedicatedConnection {
    connection: ExclusiveConnection,
    response_timeout: Duration,
}

impl DedicatedConnection {
    pub(super) fn new(connection: ExclusiveConnection, response_timeout: Duration) -> Self {
        Self {
            connection,
            response_timeout,
        }
    }

    /// Executes a command within the client's `response_timeout`.
    ///
    /// ```
    /// use redis_client::{RedisClient, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut connection = RedisClient::from_env()?.dedicated().await?;
    /// let () = connection.command(&mut redis::cmd("MULTI")).await?;
    /// let _: String = connection.command(redis::cmd("SET").arg("example:multi").arg(1)).await?;
    /// let _: String = connection.command(redis::cmd("INCR").arg("example:multi")).await?;
    /// let (set, n): (String, i64) = connection.command(&mut redis::cmd("EXEC")).await?;
    /// assert_eq!((set.as_str(), n), ("OK", 2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`RedisClient::command`](super::RedisClient::command), except that nothing is repeated; and once a call has timed out or
    /// the connection was lost, [`Error::Connection`].
    ///
    /// # Cancel safety
    /// When the future is dropped, the command may still have been executed. Its reply is dropped when it comes, and does not reach
    /// the next caller.
    pub async fn command<T>(&mut self, command: impl Into<Command<T>>) -> Result<T, Error> {
        self.command_within(command, self.response_timeout).await
    }

    /// Executes a command with its own limit: for one that is meant to block for longer than the client's `response_timeout`.
    ///
    /// Give it more than the command itself is told to wait.
    ///
    /// ```
    /// use redis_client::{RedisClient, redis};
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let _: i64 = client.command(redis::cmd("LPUSH").arg("example:waiting").arg("rebalance")).await?;
    ///
    /// let mut connection = client.dedicated().await?;
    /// let moved: Option<String> = connection
    ///     .command_within(
    ///         redis::cmd("BLMOVE").arg("example:waiting").arg("example:running").arg("LEFT").arg("RIGHT").arg(60),
    ///         Duration::from_secs(65),
    ///     )
    ///     .await?;
    /// assert_eq!(moved.as_deref(), Some("rebalance"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Cancel safety
    /// As [`command`](Self::command).
    pub async fn command_within<T>(
        &mut self,
        command: impl Into<Command<T>>,
        timeout: Duration,
    ) -> Result<T, Error> {
        let command = command.into();
        if let Some(refusal) = command::dedicated_refusal(command.packed()) {
            return Err(Error::Refused {
                command: command.name(),
                reason: refusal.reason(),
            });
        }
        self.connection.execute(&command, timeout).await
    }
}

impl fmt::Debug for DedicatedConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DedicatedConnection")
            .field("endpoint", &self.connection.endpoint())
            .finish_non_exhaustive()
    }
}

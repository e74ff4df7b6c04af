//! Typed values under typed keys (layer 2): what a [`RedisClient`] reads, writes and removes by a generated key.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Command, Error, RedisClient};
use crate::codec;
use crate::key::{Key, KeyValue};
use crate::validate::Validate;

impl RedisClient {
    /// Reads the value of a key that says what it holds; `None` when there is none. The namespace is added.
    ///
    /// ```
    /// use redis_client::{RedisClient, RedisKeys, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::price("GET.EXAMPLE")?;
    /// client.delete(&key).await?;
    /// assert_eq!(client.get(&key).await?, None);
    ///
    /// let json = r#"{"symbol":"GET.EXAMPLE","bid":"1.10","ask":"1.12","mid":"1.11","timestamp":"2025-01-17T14:30:00Z","exchange":null}"#;
    /// let () = client.command(redis::cmd("SET").arg(&key).arg(json)).await?;
    /// let price = client.get(&key).await?.expect("it was written");
    /// assert_eq!((price.mid.to_string().as_str(), price.bid_size), ("1.11", None));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command), and [`Error::Decode`] when what is stored does not fit; it is left as it is.
    ///
    /// # Cancel safety
    /// Harmless.
    pub async fn get<K>(&self, key: &K) -> Result<Option<K::Value>, Error>
    where
        K: KeyValue,
        K::Value: DeserializeOwned,
    {
        let key = self.key(key).0;
        let Some(bytes) = self.execute(&Command::get(&key)).await? else {
            return Ok(None);
        };
        // Python writers may leave bare `NaN` tokens; a type that has no place for them still refuses.
        codec::decode_lenient(&bytes)
            .map(Some)
            .map_err(|source| Error::Decode { key, source })
    }

    /// Writes the value of a key that says what it holds, for the lifetime that the key says. The namespace is added.
    ///
    /// ```
    /// use redis_client::{Quote, RedisClient, RedisKeys, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::price("SET.EXAMPLE")?;
    /// let price = Quote {
    ///     symbol: "SET.EXAMPLE".parse()?,
    ///     bid: "229.97".parse()?,
    ///     ask: "229.99".parse()?,
    ///     mid: "229.98".parse()?,
    ///     bid_size: Some(300),
    ///     ask_size: Some(100),
    ///     timestamp: "2025-01-17T14:30:00Z".parse()?,
    ///     exchange: None,
    /// };
    /// client.set(&key, &price).await?;
    /// assert_eq!(client.get(&key).await?, Some(price));
    ///
    /// // For as long as the schema says.
    /// let seconds: u64 = client.command(redis::cmd("TTL").arg(client.key(&key))).await?;
    /// assert!((1..=300).contains(&seconds));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command), and [`Error::Encode`] when the value breaks a rule of its schema or cannot be JSON; nothing was
    /// sent then.
    ///
    /// # Cancel safety
    /// The value may have been written.
    pub async fn set<K>(&self, key: &K, value: &K::Value) -> Result<(), Error>
    where
        K: KeyValue,
        K::Value: Serialize + Validate,
    {
        value.validate().map_err(codec::EncodeError::from)?;
        let bytes = codec::encode(value)?;
        self.execute(&Command::set(&self.key(key).0, &bytes, K::TTL))
            .await
    }

    /// Deletes a key, and says whether it was there. The namespace is added.
    ///
    /// ```
    /// use redis_client::{RedisClient, RedisKeys, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::circuit_breaker("delete-example")?;
    /// let () = client.command(redis::cmd("SET").arg(client.key(&key)).arg("OPEN")).await?;
    /// assert!(client.delete(&key).await?);
    /// assert!(!client.delete(&key).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Cancel safety
    /// The key may have been deleted.
    pub async fn delete<K: Key>(&self, key: &K) -> Result<bool, Error> {
        let deleted = self.execute(&Command::delete(&self.key(key).0)).await?;
        Ok(deleted > 0)
    }

    /// Whether a key is there. The namespace is added.
    ///
    /// ```
    /// use redis_client::{RedisClient, RedisKeys, redis};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = RedisClient::from_env()?;
    /// let key = RedisKeys::circuit_breaker("exists-example")?;
    /// client.delete(&key).await?;
    /// assert!(!client.exists(&key).await?);
    ///
    /// let () = client.command(redis::cmd("SET").arg(client.key(&key)).arg("OPEN")).await?;
    /// assert!(client.exists(&key).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`command`](Self::command).
    ///
    /// # Cancel safety
    /// Harmless.
    pub async fn exists<K: Key>(&self, key: &K) -> Result<bool, Error> {
        let there = self.execute(&Command::exists(&self.key(key).0)).await?;
        Ok(there > 0)
    }
}

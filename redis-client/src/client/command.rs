//! A command as a value: its arguments, what may be done with it when a connection fails, and how its answer is read.
//!
//! Promise: pure. A command can be built, looked at and tested without a server, and whether it may be repeated or may travel on
//! a shared connection is decided here, by name, in two tables; what is in neither table is not repeated.
//!
//! It refuses to know about connections. Types of redis-rs show in its conversions, on purpose: [`redis::cmd`] is how one writes
//! a command that has no method of its own.
//!
//! Start at [`Command`].

use redis::{Arg, Cmd, FromRedisValue, RedisWrite, ToRedisArgs, ToSingleRedisArg, Value};
use std::fmt;
use std::time::Duration;

/// The most of a command's name that an error repeats, in characters.
const NAME_CHARS_MAX: usize = 32;

/// A command and the type of its answer.
///
/// Made from what [`redis::cmd`] makes; [`RedisClient::command`](super::RedisClient::command) takes either.
///
/// ```
/// use redis_client::client::Command;
/// use redis_client::redis;
///
/// let increment: Command<i64> = redis::cmd("INCR").arg("n").into();
/// assert_eq!(increment.name(), "INCR");
/// assert!(!increment.is_repeatable());
///
/// let read: Command<Option<String>> = redis::cmd("GET").arg("n").into();
/// assert!(read.is_repeatable());
/// ```
pub struct Command<T> {
    cmd: Cmd,
    decode: fn(Value) -> Option<T>,
}

impl<T> Command<T> {
    /// The command's name in upper case, without arguments.
    ///
    /// ```
    /// use redis_client::client::Command;
    /// use redis_client::redis;
    ///
    /// let command: Command<()> = redis::cmd("set").arg("key").arg("value").into();
    /// assert_eq!(command.name(), "SET");
    /// ```
    #[must_use]
    pub fn name(&self) -> String {
        name_of(&self.cmd)
    }

    /// Whether the command may be sent again when it was sent and no answer came: when a second execution changes neither data nor
    /// answer. Reads may, and writes that set a value whatever was there; `INCR`, `RPUSH`, `PUBLISH`, `SET .. NX`, `DEL`
    /// (whose answer would be 0), scripts and everything unknown may not.
    ///
    /// ```
    /// use redis_client::client::Command;
    /// use redis_client::redis;
    ///
    /// let set: Command<()> = redis::cmd("SET").arg("k").arg("v").arg("EX").arg(60).into();
    /// assert!(set.is_repeatable());
    /// let lock: Command<Option<()>> = redis::cmd("SET").arg("k").arg("v").arg("NX").into();
    /// assert!(!lock.is_repeatable());
    /// ```
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        is_repeatable(&self.cmd)
    }

    pub(super) fn packed(&self) -> &Cmd {
        &self.cmd
    }

    pub(super) fn decode(&self, value: Value) -> Option<T> {
        (self.decode)(value)
    }
}

impl<T> Clone for Command<T> {
    fn clone(&self) -> Self {
        Self {
            cmd: self.cmd.clone(),
            decode: self.decode,
        }
    }
}

impl<T> fmt::Debug for Command<T> {
    /// The name and the number of arguments; never the arguments, which may be payloads or secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Command")
            .field("name", &self.name())
            .field("arguments", &self.cmd.args_iter().len().saturating_sub(1))
            .finish_non_exhaustive()
    }
}

impl<T: FromRedisValue> From<Cmd> for Command<T> {
    fn from(cmd: Cmd) -> Self {
        Self {
            cmd,
            decode: |value| T::from_redis_value(value).ok(),
        }
    }
}

impl<T: FromRedisValue> From<&Cmd> for Command<T> {
    fn from(cmd: &Cmd) -> Self {
        cmd.clone().into()
    }
}

impl<T: FromRedisValue> From<&mut Cmd> for Command<T> {
    /// What `redis::cmd("GET").arg("key")` is.
    fn from(cmd: &mut Cmd) -> Self {
        cmd.take().into()
    }
}

/// The commands that the crate itself sends. A value that is only moved is not copied on the way.
impl Command<()> {
    pub(crate) fn ping() -> Command<()> {
        Command {
            cmd: redis::cmd("PING"),
            decode: |_| Some(()),
        }
    }

    pub(crate) fn set(key: &str, value: &[u8], ttl: Option<Duration>) -> Command<()> {
        let mut cmd = Cmd::with_capacity(5, key.len() + value.len() + 32);
        cmd.arg("SET").arg(key).arg(value);
        if let Some(ttl) = ttl {
            // Redis counts in whole milliseconds, and 0 would be refused.
            let ttl_ms = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX).max(1);
            if ttl_ms.is_multiple_of(1000) {
                cmd.arg("EX").arg(ttl_ms / 1000);
            } else {
                cmd.arg("PX").arg(ttl_ms);
            }
        }
        Command::from(cmd)
    }
}

impl Command<Option<Vec<u8>>> {
    pub(crate) fn get(key: &str) -> Self {
        Self {
            cmd: redis::cmd("GET").arg(key).take(),
            decode: bytes,
        }
    }
}

impl Command<Vec<Option<Vec<u8>>>> {
    pub(crate) fn get_many(keys: &[String]) -> Self {
        Self {
            cmd: redis::cmd("MGET").arg(keys).take(),
            decode: |value| match value {
                Value::Array(items) => items.into_iter().map(bytes).collect(),
                _ => None,
            },
        }
    }
}

/// A bulk string as it is; redis-rs's own conversion copies it.
#[expect(
    clippy::option_option,
    reason = "not of the type asked for; or no value; or the value"
)]
fn bytes(value: Value) -> Option<Option<Vec<u8>>> {
    match value {
        Value::BulkString(bytes) => Some(Some(bytes)),
        Value::Nil => Some(None),
        _ => None,
    }
}

impl Command<u64> {
    pub(crate) fn delete(key: &str) -> Self {
        redis::cmd("DEL").arg(key).into()
    }

    pub(crate) fn exists(key: &str) -> Self {
        redis::cmd("EXISTS").arg(key).into()
    }

    /// Deletes `key` if it still holds exactly `value`; answers how many keys went.
    pub(crate) fn delete_if(key: &str, value: &[u8]) -> Self {
        const SCRIPT: &str =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
        redis::cmd("EVAL").arg(SCRIPT).arg(1).arg(key).arg(value).into()
    }
}

/// What cannot travel on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It changes the connection for whoever uses it next.
    Stateful,
    /// It holds up all commands behind it.
    Blocking,
    /// It turns the connection into a stream of messages.
    Stream,
}

impl Refusal {
    /// For [`Error::Refused`](super::Error::Refused), after the command's name.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Stateful => "would change the shared connection for every caller: use `client.dedicated()`",
            Self::Blocking => "would hold up every caller of the shared connection: use `client.dedicated()`",
            Self::Stream => {
                "turns a connection into a stream of messages: use `EventSubscriber`, which has a dedicated one \
                 (`client.dedicated()` is for the other stateful commands)"
            }
        }
    }
}

/// Why a command cannot go over the shared connection.
pub(super) fn refusal(cmd: &Cmd) -> Option<Refusal> {
    let name = name_of(cmd);
    match name.as_str() {
        "AUTH" | "SELECT" | "RESET" | "QUIT" | "HELLO" | "MULTI" | "EXEC" | "DISCARD" | "WATCH"
        | "UNWATCH" | "ASKING" | "READONLY" | "READWRITE" => Some(Refusal::Stateful),
        "CLIENT" => match word(cmd, 1).as_deref() {
            Some("REPLY") => Some(Refusal::Stream),
            Some("TRACKING" | "CACHING" | "SETNAME" | "SETINFO" | "NO-EVICT" | "NO-TOUCH") => {
                Some(Refusal::Stateful)
            }
            _ => None,
        },
        "SCRIPT" if word(cmd, 1).as_deref() == Some("DEBUG") => Some(Refusal::Stateful),
        "BLPOP" | "BRPOP" | "BRPOPLPUSH" | "BLMOVE" | "BLMPOP" | "BZPOPMIN" | "BZPOPMAX" | "BZMPOP"
        | "WAIT" | "WAITAOF" => Some(Refusal::Blocking),
        "XREAD" | "XREADGROUP" if blocks(cmd) => Some(Refusal::Blocking),
        "DEBUG" if word(cmd, 1).as_deref() == Some("SLEEP") => Some(Refusal::Blocking),
        "SUBSCRIBE" | "PSUBSCRIBE" | "SSUBSCRIBE" | "UNSUBSCRIBE" | "PUNSUBSCRIBE" | "SUNSUBSCRIBE"
        | "MONITOR" | "SYNC" | "PSYNC" | "REPLCONF" => Some(Refusal::Stream),
        _ => None,
    }
}

/// Why a command cannot go over a dedicated connection: it would break the pairing of commands and replies.
pub(super) fn dedicated_refusal(cmd: &Cmd) -> Option<Refusal> {
    let switches_protocol = name_of(cmd) == "HELLO" && word(cmd, 1).is_some_and(|version| version != "2");
    match refusal(cmd) {
        Some(Refusal::Stream) => Some(Refusal::Stream),
        _ if switches_protocol => Some(Refusal::Stream),
        _ => None,
    }
}

/// `XREAD COUNT 1 BLOCK 0 STREAMS ..`: an option before the keys.
fn blocks(cmd: &Cmd) -> bool {
    let mut words = (1..cmd.args_iter().len()).filter_map(|index| word(cmd, index));
    words
        .find(|word| word == "BLOCK" || word == "STREAMS")
        .is_some_and(|word| word == "BLOCK")
}

pub(super) fn is_repeatable(cmd: &Cmd) -> bool {
    match name_of(cmd).as_str() {
        // Strings and keys.
        "GET" | "MGET" | "STRLEN" | "GETRANGE" | "SUBSTR" | "GETBIT" | "BITCOUNT" | "BITPOS" | "LCS" | "EXISTS" | "TTL"
        | "PTTL" | "EXPIRETIME" | "PEXPIRETIME" | "TYPE" | "KEYS" | "SCAN" | "RANDOMKEY" | "DUMP"
        // Hashes, lists, sets.
        | "HGET" | "HMGET" | "HGETALL" | "HKEYS" | "HVALS" | "HLEN" | "HEXISTS" | "HSTRLEN" | "HSCAN" | "HRANDFIELD"
        | "LRANGE" | "LLEN" | "LINDEX" | "LPOS" | "SMEMBERS" | "SISMEMBER" | "SMISMEMBER" | "SCARD" | "SINTER"
        | "SINTERCARD" | "SUNION" | "SDIFF" | "SSCAN" | "SRANDMEMBER"
        // Sorted sets, streams, places.
        | "ZRANGE" | "ZRANGEBYSCORE" | "ZRANGEBYLEX" | "ZREVRANGE" | "ZREVRANGEBYSCORE" | "ZREVRANGEBYLEX" | "ZSCORE"
        | "ZMSCORE" | "ZCARD" | "ZCOUNT" | "ZLEXCOUNT" | "ZRANK" | "ZREVRANK" | "ZSCAN" | "ZRANDMEMBER" | "XRANGE"
        | "XREVRANGE" | "XLEN" | "XREAD" | "XINFO" | "XPENDING" | "GEOPOS" | "GEODIST" | "GEOHASH" | "GEOSEARCH"
        // About the server.
        | "PING" | "ECHO" | "TIME" | "INFO" | "DBSIZE" | "ROLE" | "LASTSAVE" | "PUBSUB" | "COMMAND" | "HELLO"
        // Writes that leave the same and answer the same, however often.
        | "SETEX" | "PSETEX" | "MSET" | "SETRANGE" => true,
        "EXPIRE" | "PEXPIRE" | "EXPIREAT" | "PEXPIREAT" => cmd.args_iter().len() == 3,
        "SET" => set_is_unconditional(cmd),
        _ => false,
    }
}

/// `SET` without `NX`, `XX`, `IFEQ`, `GET` and whatever else may come: only with a lifetime.
fn set_is_unconditional(cmd: &Cmd) -> bool {
    let mut index = 3;
    while let Some(option) = word(cmd, index) {
        index += match option.as_str() {
            "EX" | "PX" | "EXAT" | "PXAT" => 2,
            "KEEPTTL" => 1,
            _ => return false,
        };
    }
    true
}

pub(super) fn name_of(cmd: &Cmd) -> String {
    word(cmd, 0).unwrap_or_default()
}

/// An argument that is a word of the protocol, in upper case; cut at the first character that no such word has.
fn word(cmd: &Cmd, index: usize) -> Option<String> {
    let Arg::Simple(bytes) = cmd.args_iter().nth(index)? else {
        return Some(String::new());
    };
    let letters = bytes.iter().map(|byte| char::from(byte.to_ascii_uppercase()));
    Some(
        letters
            .take_while(char::is_ascii_graphic)
            .take(NAME_CHARS_MAX)
            .collect(),
    )
}

/// A key with its namespace, as [`RedisClient::key`](super::RedisClient::key) gives it; an argument for any command.
///
/// ```
/// use redis_client::{RedisClient, redis};
/// use redis_client::client::Command;
///
/// let client = RedisClient::builder().build()?.namespace("prod")?;
/// let key = client.key("jobs:pending");
/// assert_eq!(key.as_str(), "prod:jobs:pending");
///
/// let length: Command<i64> = redis::cmd("LLEN").arg(&key).into();
/// assert!(length.is_repeatable());
/// # Ok::<(), redis_client::client::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NamespacedKey(pub(super) String);

impl NamespacedKey {
    /// The key as the server sees it.
    ///
    /// ```
    /// let client = redis_client::RedisClient::builder().build()?;
    /// assert_eq!(client.key("cb:global").as_str(), "cb:global");
    /// # Ok::<(), redis_client::client::Error>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NamespacedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<NamespacedKey> for String {
    fn from(key: NamespacedKey) -> Self {
        key.0
    }
}

impl ToRedisArgs for NamespacedKey {
    fn write_redis_args<W: ?Sized + RedisWrite>(&self, out: &mut W) {
        out.write_arg(self.0.as_bytes());
    }
}

impl ToSingleRedisArg for NamespacedKey {}

#[cfg(test)]
mod tests {
    use super::*;

    fn cmd(line: &str) -> Cmd {
        let mut cmd = Cmd::new();
        for word in line.split(' ') {
            cmd.arg(word);
        }
        cmd
    }

    #[test]
    fn only_what_leaves_and_answers_the_same_is_repeated() {
        let check = |line: &str, expected: bool| {
            assert_eq!(
                Command::<Value>::from(cmd(line)).is_repeatable(),
                expected,
                "{line}"
            );
        };
        check("GET k", true);
        check("get k", true);
        check("MGET a b", true);
        check("SET k v", true);
        check("SET k v EX 60", true);
        check("SET k v px 60 keepttl", true);
        check("SET k NX", true); // the value is `NX`
        check("SET k v NX", false);
        check("SET k v EX 60 NX", false);
        check("SET k v GET", false);
        check("SET k v IFEQ w", false);
        check("SETNX k v", false);
        check("EXPIRE k 10", true);
        check("EXPIRE k 10 GT", false);
        check("INCR k", false);
        check("RPUSH k v", false);
        check("PUBLISH c p", false);
        check("DEL k", false);
        check("HSET k f v", false);
        check("EVAL return 0", false);
        check("EVALSHA x 0", false);
        check("GETDEL k", false);
        check("XADD s * f v", false);
        check("NOSUCHCOMMAND", false);
        check("", false);
    }

    #[test]
    fn the_shared_connection_refuses_what_would_change_or_hold_it() {
        let check = |line: &str, shared: Option<Refusal>, dedicated: Option<Refusal>| {
            assert_eq!(refusal(&cmd(line)), shared, "{line}");
            assert_eq!(dedicated_refusal(&cmd(line)), dedicated, "{line}");
        };
        let (stateful, blocking, stream) = (Refusal::Stateful, Refusal::Blocking, Refusal::Stream);
        check("GET SELECT", None, None);
        for line in [
            "SELECT 1",
            "select 1",
            "MULTI",
            "EXEC",
            "WATCH k",
            "AUTH p",
            "RESET",
            "HELLO 2",
            "CLIENT SETNAME n",
        ] {
            check(line, Some(stateful), None);
        }
        for line in [
            "BLPOP k 0",
            "BZMPOP 0 1 k MIN",
            "WAIT 1 0",
            "XREAD BLOCK 0 STREAMS s $",
            "xreadgroup GROUP g c block 1 STREAMS s >",
        ] {
            check(line, Some(blocking), None);
        }
        check("XREAD COUNT 1 STREAMS BLOCK 0", None, None);
        check("CLIENT LIST", None, None);
        for line in ["SUBSCRIBE c", "PSUBSCRIBE c*", "MONITOR", "CLIENT REPLY OFF"] {
            check(line, Some(stream), Some(stream));
        }
        check("HELLO 3", Some(stateful), Some(stream));
    }

    #[test]
    fn each_refusal_says_what_to_use_instead() {
        for refusal in [Refusal::Stateful, Refusal::Blocking, Refusal::Stream] {
            assert!(refusal.reason().contains("client.dedicated()"), "{refusal:?}");
        }
        assert!(Refusal::Stream.reason().contains("EventSubscriber"));
    }

    #[test]
    fn commands_are_packed_as_redis_reads_them() {
        let check = |packed: Vec<u8>, expected: &str| {
            assert_eq!(
                String::from_utf8_lossy(&packed),
                expected.replace(' ', "\r\n") + "\r\n"
            );
        };
        let pack = |cmd: &Cmd| cmd.get_packed_command();
        check(pack(Command::get("k").packed()), "*2 $3 GET $1 k");
        check(
            pack(Command::get_many(&["a".into(), "b".into()]).packed()),
            "*3 $4 MGET $1 a $1 b",
        );
        check(
            pack(Command::set("k", b"v", None).packed()),
            "*3 $3 SET $1 k $1 v",
        );
        let hour = Some(Duration::from_hours(1));
        check(
            pack(Command::set("k", b"v", hour).packed()),
            "*5 $3 SET $1 k $1 v $2 EX $4 3600",
        );
        let odd = Some(Duration::from_millis(1500));
        check(
            pack(Command::set("k", b"v", odd).packed()),
            "*5 $3 SET $1 k $1 v $2 PX $4 1500",
        );
        let nanosecond = Some(Duration::from_nanos(1));
        check(
            pack(Command::set("k", b"v", nanosecond).packed()),
            "*5 $3 SET $1 k $1 v $2 PX $1 1",
        );
    }

    #[test]
    fn neither_name_nor_debug_repeats_arguments() {
        let command: Command<()> = cmd("AUTH s3cret").into();
        assert_eq!(command.name(), "AUTH");
        assert_eq!(
            format!("{command:?}"),
            r#"Command { name: "AUTH", arguments: 1, .. }"#
        );
        let mut odd = Cmd::new();
        odd.arg("AUTH s3cret");
        assert_eq!(Command::<()>::from(odd).name(), "AUTH");
    }
}

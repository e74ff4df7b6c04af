//! What is said on a fresh connection, what the answers mean, and what a failure means.
//!
//! Promise: the same words and the same errors for the async and the blocking connections. redis-rs has a handshake of its own, which
//! blurs what the server said: a full server and a wrong password are one error there. So it is given nothing to say, and ours is
//! sent instead. Start at [`handshake`].

use super::ServerRole;
use crate::client::config::ConnectionConfig;
use crate::client::error::{RedisConnectionError, ServerError};
use redis::{RedisConnectionInfo, RedisError, Value};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// The commands that turn a fresh socket into a usable connection, to be sent at once.
pub(super) fn handshake(config: &ConnectionConfig) -> Vec<Step> {
    let mut steps = Vec::with_capacity(4);
    let mut step = |kind, command: &redis::Cmd| {
        steps.push(Step {
            packed: command.get_packed_command(),
            kind,
        });
    };
    if config.user.is_some() || config.password.is_some() {
        let mut command = redis::cmd("AUTH");
        if let Some(user) = &config.user {
            command.arg(user);
        }
        // A user that needs no password takes any.
        command.arg(config.password.as_ref().map_or("", |password| password.expose()));
        step(StepKind::Authenticate, &command);
    }
    if config.db != 0 {
        step(StepKind::Select, redis::cmd("SELECT").arg(config.db));
    }
    step(
        StepKind::Introduce,
        redis::cmd("CLIENT")
            .arg("SETINFO")
            .arg("LIB-NAME")
            .arg("redis-client-rs"),
    );
    step(StepKind::Hello, redis::cmd("HELLO").arg(2));
    step(StepKind::Ping, &redis::cmd("PING"));
    steps
}

pub(super) fn packed(steps: &[Step]) -> Vec<u8> {
    steps
        .iter()
        .flat_map(|step| step.packed.iter().copied())
        .collect()
}

/// One command of the handshake.
pub(super) struct Step {
    packed: Vec<u8>,
    kind: StepKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StepKind {
    Authenticate,
    Select,
    /// Says who we are; servers before 7.2 do not know it.
    Introduce,
    /// Shows that the server lets us in.
    Hello,
    /// Shows that it is ready: alone of these commands, it is refused while the server loads its data.
    Ping,
}

impl Step {
    /// Whether the server's answer lets us go on.
    pub(super) fn check(&self, value: &Value, config: &ConnectionConfig) -> Result<(), RedisConnectionError> {
        let Value::ServerError(error) = value else {
            return Ok(());
        };
        let server = server_error(error);
        let endpoint = config.endpoint.to_string();
        if server.code() == "NOAUTH" {
            return Err(RedisConnectionError::Authentication { endpoint, server });
        }
        // The other passing troubles (a failing disk, a busy script) leave some commands working.
        let keeps_out = matches!(server.code(), "LOADING" | "MASTERDOWN" | "DENIED")
            || (server.code() == "ERR" && server.is_transient());
        if keeps_out {
            return Err(RedisConnectionError::Unavailable { endpoint, server });
        }
        match self.kind {
            StepKind::Authenticate => Err(RedisConnectionError::Authentication { endpoint, server }),
            StepKind::Select => Err(RedisConnectionError::Database {
                endpoint,
                db: config.db,
                server,
            }),
            // Unknown to an old server, or forbidden to this user: neither is needed.
            StepKind::Introduce | StepKind::Hello | StepKind::Ping => Ok(()),
        }
    }
}

/// Settings under which redis-rs sends nothing of its own.
pub(super) fn no_handshake() -> RedisConnectionInfo {
    RedisConnectionInfo::default().set_skip_set_lib_name()
}

/// A command, and how to read the role from its answer.
pub(super) type RoleQuestion = (fn() -> redis::Cmd, fn(&Value) -> ServerRole);

/// Ways to ask for the role, the cheapest first. An old server does not know the first, an ACL may forbid any.
pub(super) const ROLE_QUESTIONS: [RoleQuestion; 3] = [
    (
        || redis::cmd("HELLO").arg(2).take(),
        |value| role_word(hello_field(value, "role")),
    ),
    (
        || redis::cmd("ROLE"),
        |value| match value {
            Value::Array(items) => role_word(items.first().and_then(text)),
            _ => ServerRole::Unknown,
        },
    ),
    (
        || redis::cmd("INFO").arg("replication").take(),
        |value| {
            role_word(text(value).and_then(|info| info.lines().find_map(|line| line.strip_prefix("role:"))))
        },
    ),
];

fn role_word(word: Option<&str>) -> ServerRole {
    match word.map(str::trim) {
        Some("master" | "primary") => ServerRole::Primary,
        Some("slave" | "replica") => ServerRole::Replica,
        _ => ServerRole::Unknown,
    }
}

/// The server's version in the answer to `INFO server`. Valkey says there which Redis it is like, and which Valkey it is.
pub(super) fn version_in(info: &str) -> Option<&str> {
    let field = |name| info.lines().find_map(|line| line.strip_prefix(name));
    let version = field("valkey_version:").or_else(|| field("redis_version:"));
    version.map(str::trim)
}

/// A field of the answer to `HELLO`: a flat list of names and values in RESP2.
pub(super) fn hello_field<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    let Value::Array(items) = value else { return None };
    let mut pairs = items.chunks_exact(2);
    pairs.find_map(|pair| match pair {
        [key, value] if text(key) == Some(name) => text(value),
        _ => None,
    })
}

pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::BulkString(bytes) => std::str::from_utf8(bytes).ok(),
        Value::SimpleString(text) => Some(text),
        Value::Okay => Some("OK"),
        _ => None,
    }
}

pub(super) fn server_error(error: &redis::ServerError) -> ServerError {
    ServerError::new(error.code(), error.details().unwrap_or_default())
}

/// What an error on a standing connection means.
pub(super) fn lost(endpoint: &str, timeout: Duration, error: &RedisError) -> RedisConnectionError {
    let endpoint = endpoint.to_owned();
    match io_error(error) {
        Some(source) if is_timeout(&source) => RedisConnectionError::Timeout { endpoint, timeout },
        // Closed by the server: redis-rs has an error of its own making for that, which is not the system's.
        Some(source) if source.raw_os_error().is_none() => RedisConnectionError::Lost {
            endpoint,
            source: None,
        },
        Some(source) => RedisConnectionError::Lost {
            endpoint,
            source: Some(Arc::new(source)),
        },
        None if error.kind() == redis::ErrorKind::Parse => RedisConnectionError::Protocol { endpoint },
        None => RedisConnectionError::Lost {
            endpoint,
            source: None,
        },
    }
}

/// The operating system's part of an error of redis-rs.
pub(super) fn io_error(error: &RedisError) -> Option<io::Error> {
    // redis-rs gives out the shared pointer itself as the source.
    let shared =
        std::error::Error::source(error)?.downcast_ref::<Arc<dyn std::error::Error + Send + Sync>>()?;
    let source = shared.downcast_ref::<io::Error>()?;
    Some(match source.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(source.kind(), source.to_string()),
    })
}

pub(super) fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::RedisClient;
    use StepKind::{Authenticate, Hello, Introduce, Ping, Select};

    fn config(url: &str) -> ConnectionConfig {
        ConnectionConfig::clone(RedisClient::from_url(url).unwrap().connection_config())
    }

    #[test]
    fn the_handshake_says_what_is_needed_and_no_more() {
        let check = |url: &str, expected: &str| {
            let bytes = packed(&handshake(&config(url)));
            let text = String::from_utf8(bytes).unwrap();
            let words: Vec<&str> = text
                .lines()
                .filter(|line| !line.starts_with(['*', '$']))
                .collect();
            assert_eq!(words.join(" "), expected, "{url}");
        };
        let rest = "CLIENT SETINFO LIB-NAME redis-client-rs HELLO 2 PING";
        check("redis://h", rest);
        check("redis://h/3", &format!("SELECT 3 {rest}"));
        check("redis://:p@h", &format!("AUTH p {rest}"));
        check("redis://u:p@h/1", &format!("AUTH u p SELECT 1 {rest}"));
        check("unix:///s?user=u", &format!("AUTH u  {rest}"));
    }

    #[test]
    fn the_version_is_the_server_s_own() {
        let redis = "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n";
        assert_eq!(version_in(redis), Some("7.0.15"));
        let valkey = "# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n";
        assert_eq!(version_in(valkey), Some("8.0.1"));
        assert_eq!(version_in("# Server\r\n"), None);
    }

    /// Which error each refusal is, by the step that it answers; `-` where it does not matter.
    #[test]
    fn refusals_are_told_apart() {
        let check = |step: StepKind, refusal: &str, expected: &str, transient: bool| {
            let value = redis::parse_redis_value(format!("-{refusal}\r\n").as_bytes()).unwrap();
            let config = config("redis://:s3cret@h/7");
            let step = Step {
                packed: Vec::new(),
                kind: step,
            };
            let Err(error) = step.check(&value, &config) else {
                assert_eq!("-", expected, "{refusal}");
                return;
            };
            let shown = format!("{error:?}");
            assert!(shown.starts_with(expected), "{refusal}: {shown}");
            assert!(!format!("{shown} {error}").contains("s3cret"), "{shown}");
            assert_eq!(error.is_transient(), transient, "{refusal}");
        };
        check(
            Authenticate,
            "WRONGPASS invalid username-password pair or user is disabled.",
            "Authentication",
            false,
        );
        check(
            Authenticate,
            "ERR Client sent AUTH, but no password is set",
            "Authentication",
            false,
        );
        let quoted = "ERR unknown command 'AUTH', with args beginning with: 's3cret' ";
        check(Authenticate, quoted, "Authentication", false);
        check(
            Authenticate,
            "ERR max number of clients reached",
            "Unavailable",
            true,
        );
        check(
            Introduce,
            "ERR max number of clients + cluster connections reached",
            "Unavailable",
            true,
        );
        check(
            Introduce,
            "DENIED Redis is running in protected mode",
            "Unavailable",
            false,
        );
        check(Select, "NOAUTH Authentication required.", "Authentication", false);
        check(Select, "ERR DB index is out of range", "Database", false);
        check(
            Select,
            "NOPERM this user has no permissions to run the 'select' command",
            "Database",
            false,
        );
        check(
            Introduce,
            "ERR unknown subcommand 'SETINFO'. Try CLIENT HELP.",
            "-",
            false,
        );
        check(
            Introduce,
            "NOAUTH Authentication required.",
            "Authentication",
            false,
        );
        check(
            Hello,
            "ERR unknown command `HELLO`, with args beginning with: `2`, ",
            "-",
            false,
        );
        check(
            Hello,
            "NOAUTH HELLO must be called with the client already authenticated",
            "Authentication",
            false,
        );
        check(
            Ping,
            "LOADING Redis is loading the dataset in memory",
            "Unavailable",
            true,
        );
        check(Ping, "MASTERDOWN Link with MASTER is down", "Unavailable", true);
        check(Ping, "MISCONF Errors writing to the AOF file", "-", true);
        check(
            Ping,
            "NOPERM this user has no permissions to run the 'ping' command",
            "-",
            true,
        );
    }

    #[test]
    fn the_system_s_own_words_are_found_in_redis_rs_s_errors() {
        let timed_out = RedisError::from(io::Error::from(io::ErrorKind::WouldBlock));
        let error = lost("h:1", Duration::from_secs(1), &timed_out);
        assert!(error.is_timeout(), "{error:?}");
        let reset = RedisError::from(io::Error::from_raw_os_error(104));
        let RedisConnectionError::Lost {
            source: Some(source), ..
        } = lost("h:1", Duration::ZERO, &reset)
        else {
            panic!("a reset has a cause");
        };
        assert_eq!(source.kind(), io::ErrorKind::ConnectionReset);
        let closed = RedisError::from(io::Error::from(io::ErrorKind::BrokenPipe));
        let error = lost("h:1", Duration::ZERO, &closed);
        assert!(
            matches!(error, RedisConnectionError::Lost { source: None, .. }),
            "{error:?}"
        );
    }

    #[test]
    fn the_role_is_read_from_each_kind_of_answer() {
        let check = |question: usize, answer: &str, expected: ServerRole| {
            let value = redis::parse_redis_value(answer.as_bytes()).unwrap();
            assert_eq!((ROLE_QUESTIONS[question].1)(&value), expected, "{answer:?}");
        };
        check(
            0,
            "*4\r\n$5\r\nproto\r\n:2\r\n$4\r\nrole\r\n$6\r\nmaster\r\n",
            ServerRole::Primary,
        );
        check(0, "*2\r\n$4\r\nrole\r\n$7\r\nreplica\r\n", ServerRole::Replica);
        check(0, "*0\r\n", ServerRole::Unknown);
        check(0, "-ERR unknown command\r\n", ServerRole::Unknown);
        check(1, "*1\r\n$6\r\nmaster\r\n", ServerRole::Primary);
        check(1, "*1\r\n$5\r\nslave\r\n", ServerRole::Replica);
        check(1, "*1\r\n$8\r\nsentinel\r\n", ServerRole::Unknown);
        check(1, "-NOPERM no\r\n", ServerRole::Unknown);
        check(
            2,
            "$27\r\n# Replication\r\nrole:slave\r\n\r\n",
            ServerRole::Replica,
        );
        check(2, "$0\r\n\r\n", ServerRole::Unknown);
    }
}

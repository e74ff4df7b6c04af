//! An address as a URL (layer 2): read whole, or refused by the name of what is not known. No error repeats it.

use percent_encoding::percent_decode_str;
use url::Url;

use super::{Options, Secret, invalid};
use crate::client::error::ConfigError;

pub(super) fn parse_url(text: &str) -> Result<Options, ConfigError> {
    let url = Url::parse(text).map_err(|source| ConfigError::Url {
        reason: source.to_string(),
    })?;
    if url.fragment().is_some() {
        // Also what a `#` in a password that was not percent-encoded looks like.
        return Err(ConfigError::Url {
            reason: "it has a fragment: write a `#` in a password as `%23`".to_owned(),
        });
    }
    match url.scheme() {
        "redis" | "valkey" => parse_tcp_url(&url),
        "unix" | "redis+unix" | "valkey+unix" => parse_unix_url(&url),
        "rediss" | "valkeys" => Err(ConfigError::Unsupported {
            scheme: "rediss",
            needs: "TLS",
        }),
        "redis-sentinel" | "redis+sentinel" | "sentinel" => Err(ConfigError::Unsupported {
            scheme: "redis-sentinel",
            needs: "Sentinel",
        }),
        "redis-cluster" | "redis+cluster" | "cluster" => Err(ConfigError::Unsupported {
            scheme: "redis-cluster",
            needs: "Cluster",
        }),
        _ => Err(ConfigError::UnknownScheme),
    }
}

fn parse_tcp_url(url: &Url) -> Result<Options, ConfigError> {
    let host = match url.host() {
        Some(url::Host::Domain(name)) => decode(name, "host")?,
        Some(url::Host::Ipv4(address)) => address.to_string(),
        Some(url::Host::Ipv6(address)) => address.to_string(),
        None => String::new(),
    };
    if host.is_empty() {
        return Err(invalid("host", "is missing from the url"));
    }
    if let Some((name, _)) = url.query_pairs().next() {
        return Err(unknown_parameter(&name));
    }
    let mut options = Options {
        host: Some(host),
        ..Options::default()
    };
    options.port = url.port();
    options.db = match url.path().trim_start_matches('/') {
        "" => 0,
        path => parse_db(path)?,
    };
    if !url.username().is_empty() {
        options.user = Some(decode(url.username(), "user")?);
    }
    if let Some(password) = url.password() {
        options.password = Some(Secret(decode(password, "password")?));
    }
    Ok(options)
}

/// A name that looks like one is repeated; anything else may be the rest of a password with a `?` that was not
/// percent-encoded.
fn unknown_parameter(name: &str) -> ConfigError {
    if !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte))
    {
        ConfigError::UnknownParameter {
            name: name.to_owned(),
        }
    } else {
        ConfigError::Url {
            reason: "it has an unknown parameter: write a `?` in a password as `%3F`".to_owned(),
        }
    }
}

fn parse_unix_url(url: &Url) -> Result<Options, ConfigError> {
    if url.has_host() && url.host_str().is_some_and(|host| !host.is_empty()) {
        return Err(ConfigError::Url {
            reason: "a unix socket's path starts with a third slash: `unix:///path`".to_owned(),
        });
    }
    let path = decode(url.path(), "path")?;
    if !path.starts_with('/') || path == "/" {
        return Err(invalid("path", "of the unix socket must be absolute"));
    }
    let mut options = Options {
        unix_socket: Some(path.into()),
        ..Options::default()
    };
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "db" => options.db = parse_db(&value)?,
            "user" => options.user = Some(value.into_owned()),
            "pass" => options.password = Some(Secret(value.into_owned())),
            _ => {
                return Err(unknown_parameter(&name));
            }
        }
    }
    Ok(options)
}

fn parse_db(text: &str) -> Result<u32, ConfigError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid("db", "must be a number, as in `redis://host:6379/0`"));
    }
    text.parse().map_err(|_| invalid("db", "is too large a number"))
}

fn decode(text: &str, option: &'static str) -> Result<String, ConfigError> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| invalid(option, "is not UTF-8 once percent-decoded"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `host:port/db user:password`, or the error's text.
    fn check(url: &str, expected: &str) {
        let result = parse_url(url).and_then(Options::into_config);
        let text = match &result {
            Ok(config) => format!(
                "{}/{} {}:{}",
                config.endpoint,
                config.db,
                config.user.as_deref().unwrap_or("-"),
                config.password.as_ref().map_or("-", Secret::expose),
            ),
            Err(error) => error.to_string(),
        };
        assert_eq!(text, expected, "{url}");
        assert!(!format!("{result:?}").contains("s3cret"), "{url}: {result:?}");
    }

    #[test]
    fn urls_are_read_or_refused_whole() {
        check("redis://localhost", "localhost:6379/0 -:-");
        check("redis://localhost:7000/4", "localhost:7000/4 -:-");
        check("redis://localhost:7000/", "localhost:7000/0 -:-");
        check("redis://:s3cret@10.0.0.1/1", "10.0.0.1:6379/1 -:s3cret");
        check("redis://trader:s3cret@[::1]:7/1", "[::1]:7/1 trader:s3cret");
        check("redis://trader:s3c%23ret%40@h", "h:6379/0 trader:s3c#ret@");
        check("valkey://h", "h:6379/0 -:-");
        check("unix:///run/redis.sock", "unix:/run/redis.sock/0 -:-");
        check(
            "unix:///run/a%20b.sock?db=2&user=u&pass=s3cret",
            "unix:/run/a b.sock/2 u:s3cret",
        );
        check("redis+unix:///run/redis.sock", "unix:/run/redis.sock/0 -:-");

        check(
            "rediss://h",
            "`rediss://` needs TLS, which this version does not have",
        );
        check(
            "redis-sentinel://h/m",
            "`redis-sentinel://` needs Sentinel, which this version does not have",
        );
        check(
            "redis+cluster://h",
            "`redis-cluster://` needs Cluster, which this version does not have",
        );
        check(
            "http://h",
            "the url's scheme is not known: expected `redis://` or `unix://`",
        );
        check(
            "localhost:6379",
            "the url's scheme is not known: expected `redis://` or `unix://`",
        );
        check(
            "s3cret@localhost",
            "the url cannot be used: relative URL without a base",
        );
        check("redis://:s3#cret@h", "the url cannot be used: empty host");
        check(
            "redis://h#s3cret",
            "the url cannot be used: it has a fragment: write a `#` in a password as `%23`",
        );
        check("redis://", "`host` is missing from the url");
        check("redis://h:0", "`port` must be 1 to 65535");
        check("redis://h:99999", "the url cannot be used: invalid port number");
        check(
            "redis://h/zero",
            "`db` must be a number, as in `redis://host:6379/0`",
        );
        check(
            "redis://h/-1",
            "`db` must be a number, as in `redis://host:6379/0`",
        );
        check("redis://h/99999999999", "`db` is too large a number");
        check(
            "redis://h?protocol=resp3",
            "the url has an unknown parameter `protocol`",
        );
        check(
            "redis://user:12?s3cret@host/0",
            "the url cannot be used: it has an unknown parameter: write a `?` in a password as `%3F`",
        );
        check(
            "unix:///s?password=s3cret",
            "the url has an unknown parameter `password`",
        );
        check(
            "unix://relative/path",
            "the url cannot be used: a unix socket's path starts with a third slash: `unix:///path`",
        );
        check("unix:relative", "`path` of the unix socket must be absolute");
        check("redis://:%ff@h", "`password` is not UTF-8 once percent-decoded");
    }
}

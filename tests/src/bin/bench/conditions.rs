//! What the figures were taken on, with which versions and by which command: a ratio without them says little later.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use redis_client_tests::RedisServer;
use serde_json::{Map, Value, json};

use super::Options;

/// Crates of `tests/rivals` that are measured, by their names in its lock file.
const RIVALS: [&str; 8] = [
    "fjall",
    "fred",
    "okaywal",
    "persistent-queue",
    "redb",
    "redis",
    "rusqlite",
    "yaque",
];

/// All of it, as it goes into the JSON.
pub(crate) fn of(options: &Options, server: &RedisServer) -> Value {
    json!({ "machine": machine(), "versions": versions(server), "command": command(options) })
}

/// The same in lines, for people.
pub(crate) fn lines(conditions: &Value) -> String {
    let text = |name: &str| conditions.get(name).and_then(Value::as_str).unwrap_or_default();
    let versions = conditions.get("versions").and_then(Value::as_object);
    let versions: Vec<String> = versions
        .into_iter()
        .flatten()
        .map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or_default()))
        .collect();
    format!(
        "machine: {}\nversions: {}\ncommand: {}",
        text("machine"),
        versions.join(", "),
        text("command")
    )
}

fn machine() -> String {
    let first = |path: &str, field: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(field));
        let value = line.and_then(|line| line.rsplit(':').next());
        value.unwrap_or_default().trim().to_owned()
    };
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{}, {cores} cores, {}, {} {}",
        first("/proc/cpuinfo", "model name"),
        first("/proc/meminfo", "MemTotal"),
        std::env::consts::OS,
        kernel.trim()
    )
}

fn versions(server: &RedisServer) -> Map<String, Value> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let rustc = Command::new(rustc).arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let rustc = rustc.unwrap_or_default();
    let info: Option<String> = redis::cmd("INFO").arg("server").query(&mut server.redis()).ok();
    let info = info.unwrap_or_default();
    let redis = info.lines().find_map(|line| line.strip_prefix("redis_version:"));
    let mut versions = Map::new();
    let mut add = |name: &str, version: &str| versions.insert(name.to_owned(), version.into());
    add("rustc", rustc.split(' ').nth(1).unwrap_or("unknown"));
    add("Redis", redis.unwrap_or("unknown"));
    add("redis-client", env!("CARGO_PKG_VERSION"));
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("rivals/Cargo.lock");
    let lock = fs::read_to_string(lock).unwrap_or_default();
    for rival in RIVALS {
        add(rival, locked(&lock, rival).unwrap_or("unknown"));
    }
    versions
}

/// The version of a package in the text of a lock file.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, behind) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    behind.split('"').next()
}

fn command(options: &Options) -> String {
    let (rounds, seconds) = (options.rounds, options.seconds);
    let only = options.only.as_ref();
    let only = only.map(|text| format!(" --only {text:?}")).unwrap_or_default();
    format!("cargo xtask bench --rounds {rounds} --seconds {seconds}{only}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rival_has_a_version_in_the_lock_file() {
        let lock = include_str!("../../../rivals/Cargo.lock");
        for rival in RIVALS {
            let version = locked(lock, rival).unwrap_or_else(|| panic!("{rival}"));
            assert!(
                version.starts_with(|c: char| c.is_ascii_digit()),
                "{rival} {version}"
            );
        }
        assert_eq!(locked(lock, "no-such-crate"), None);
    }
}

//! The scripts of the fence on a real server, held against the rules by which the simulation goes: the same histories, the same
//! answers, the same key.

#![expect(
    clippy::indexing_slicing,
    reason = "the choices are listed beside their number"
)]

use std::collections::HashMap;

use redis::Value;
use redis_client::publisher::simulation::{FENCE_BATCH, FENCE_CLAIM, Reply};
use redis_client_tests::fault::fence::{self, Fence, Rules};
use redis_client_tests::fault::storage::Random;
use redis_client_tests::{RedisServer, fence_servers};

/// The server as the model sees it.
struct Model {
    has_memory: bool,
}

impl fence::Server for Model {
    fn may_write(&mut self) -> Result<(), String> {
        if self.has_memory {
            Ok(())
        } else {
            Err("OOM".to_owned())
        }
    }

    fn publish(&mut self, channel: &str, _: &[u8]) -> Result<u64, String> {
        if channel == "open" {
            Ok(0)
        } else {
            Err("refused".to_owned())
        }
    }
}

/// An answer without the words of a refusal, which differ between versions.
fn plain(reply: &Reply) -> String {
    let Reply::List(items) = reply else {
        return format!("{reply:?}");
    };
    let words = items.iter().enumerate().map(|(index, item)| match item {
        Reply::Text(text) => {
            let is_refusal = matches!(items.first(), Some(Reply::Text(word)) if word == "REFUSED" && index == 1)
                || matches!(items.first(), Some(Reply::Text(word)) if word == "FAILED" && index == 2);
            if is_refusal { "refusal".to_owned() } else { text.clone() }
        }
        other => format!("{other:?}"),
    });
    words.collect::<Vec<_>>().join("|")
}

fn reply(value: Value) -> Reply {
    match value {
        Value::Int(number) => Reply::Receivers(number.try_into().unwrap()),
        Value::BulkString(bytes) => Reply::Text(String::from_utf8(bytes).unwrap()),
        Value::SimpleString(text) => Reply::Text(text),
        Value::Array(items) => Reply::List(items.into_iter().map(reply).collect()),
        other => panic!("{other:?}"),
    }
}

/// A part of a pair: near the borders at which a comparison may go wrong.
fn part(random: &mut Random) -> u64 {
    let near = [1, 9, 10, 99, 100, 1 << 31, 1 << 32, (1 << 53) - 3][random.below(8)];
    near + random.below(3) as u64
}

fn pair(random: &mut Random, epochs: &[u64]) -> (u64, u64) {
    (epochs[random.below(epochs.len())], part(random))
}

fn step(random: &mut Random, epochs: &[u64]) -> (&'static str, Vec<String>) {
    let nonce = |random: &mut Random| ["aa", "bb", "cc"][random.below(3)].to_owned();
    if random.below(4) == 0 {
        let known = (0..random.below(3)).map(|_| nonce(random)).collect::<Vec<_>>();
        let epoch = epochs[random.below(epochs.len())].to_string();
        let mut arguments = vec![epoch, nonce(random)];
        arguments.extend(known);
        return (FENCE_CLAIM, arguments);
    }
    let text = |pair: (u64, u64)| format!("{} {}", pair.0, pair.1);
    let prev = if random.below(2) == 0 {
        (0, 0)
    } else {
        pair(random, epochs)
    };
    let mut arguments = vec![nonce(random), text(prev)];
    let mut pairs: Vec<(u64, u64)> = (0..=random.below(4)).map(|_| pair(random, epochs)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    for pair in pairs {
        let channel = if random.below(5) == 0 { "shut" } else { "open" };
        arguments.extend([text(pair), channel.to_owned(), "{}".to_owned()]);
    }
    (FENCE_BATCH, arguments)
}

#[test]
fn the_scripts_and_the_rules_of_the_simulation_decide_alike() {
    for server in fence_servers(|builder| builder.user("desk", "on >secret ~* resetchannels &open +@all")) {
        decide_alike(&server);
    }
}

fn limit(connection: &mut redis::Connection, bytes: &str) {
    let mut command = redis::cmd("CONFIG");
    let () = command
        .arg(&["SET", "maxmemory", bytes])
        .query(connection)
        .unwrap();
}

fn decide_alike(server: &RedisServer) {
    let url = server.url().replace("redis://", "redis://desk:secret@");
    let mut connection = redis::Client::open(url).unwrap().get_connection().unwrap();
    let mut random = Random::new(7);
    let mut counts: HashMap<String, u32> = HashMap::new();
    for history in 0..2000 {
        let key = format!("fence:{history}");
        let mut fence = Fence::default();
        let epochs: Vec<u64> = (0..3).map(|_| part(&mut random)).collect();
        let mut told = Vec::new();
        for _ in 0..12 {
            let (script, arguments) = step(&mut random, &epochs);
            let mut model = Model {
                has_memory: random.below(6) > 0,
            };
            if !model.has_memory {
                limit(&mut connection, "1");
            }
            let mut command = redis::cmd("EVAL");
            command.arg(script).arg(1).arg(&key).arg(&arguments);
            let answer = command.query(&mut connection);
            if !model.has_memory {
                limit(&mut connection, "0");
            }
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let expected = if script == FENCE_CLAIM {
                fence.claim(&words, Rules::ALL, &mut model)
            } else {
                fence.batch(&words, Rules::ALL, &mut model)
            };
            let answer = plain(&reply(answer.unwrap()));
            told.push(format!("{arguments:?}: {answer}"));
            assert_eq!(answer, plain(&expected), "{told:#?}");
            let (owner, last): (Option<String>, Option<String>) = redis::cmd("HMGET")
                .arg(&key)
                .arg("owner")
                .arg("last")
                .query(&mut connection)
                .unwrap();
            assert_eq!(
                (owner, last),
                (fence.owner.clone(), fence.last.clone()),
                "{told:#?}"
            );
            let word = answer.split('|').next().unwrap_or_default().to_owned();
            *counts.entry(word).or_default() += 1;
        }
    }
    // Every answer there is, and often.
    for word in [
        "CLAIMED",
        "FENCED",
        "REFUSED",
        "UNCLAIMED",
        "GAP",
        "DONE",
        "FAILED",
    ] {
        assert!(
            counts.get(word).is_some_and(|count| *count > 100),
            "{word}: {counts:?}"
        );
    }
}

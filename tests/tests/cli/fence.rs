//! `--fence`: once, although replies are lost; and what a copied directory leads to.

use std::fs;
use std::path::Path;

use redis_client_tests::RedisServer;
use redis_client_tests::command_line::{CommandLine, Ran};
use redis_client_tests::fault::gate::Gate;
use serde_json::{Value, json};

use crate::support::{Listener, buffered, members, object, orders, payloads, run, text};

fn publish(url: &str, directory: &Path, numbers: std::ops::Range<u64>) -> CommandLine {
    CommandLine::new([
        "publish",
        "--json",
        "--receipts",
        "--fence",
        "--url",
        url,
        "--buffer",
        text(directory),
    ])
    .input(orders(numbers))
}

/// Fails unless every line has this outcome.
#[track_caller]
fn all_are(ran: &Ran, outcome: &str) {
    let receipts: Vec<Value> = ran.objects();
    assert!(
        members(&receipts, "outcome")
            .iter()
            .all(|found| **found == json!(outcome)),
        "{ran:?}"
    );
}

#[test]
fn an_event_whose_reply_is_lost_is_buffered_and_arrives_once() {
    let server = RedisServer::start();
    let gate = Gate::to(server.port());
    let url = format!("redis://127.0.0.1:{}", gate.port());
    let dir = tempfile::tempdir().unwrap();
    let listener = Listener::on(&server);
    let mut running = CommandLine::new([
        "publish",
        "--json",
        "--receipts",
        "--fence",
        "--url",
        &url,
        "--buffer",
        text(dir.path()),
    ])
    .start();
    running.feed(orders(0..1).as_bytes());
    assert_eq!(running.object()["outcome"], "delivered");
    gate.swallow_replies();
    running.feed(orders(1..2).as_bytes());
    // The server has it by now, and the program cannot know.
    let mut connection = server.redis();
    let published = || -> u64 {
        let info: String = redis::cmd("INFO")
            .arg("commandstats")
            .query(&mut connection)
            .unwrap();
        let line = info.lines().find(|line| line.starts_with("cmdstat_publish:"));
        let calls = line.and_then(|line| line.split(['=', ',']).nth(1));
        calls.map_or(0, |calls| calls.parse().unwrap())
    };
    let mut published = published;
    redis_client_tests::eventually("it is published", || published() == 2);
    gate.shut();
    assert_eq!(running.object()["outcome"], "buffered");
    gate.open();
    running.end_input();
    let ran = running.ended();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(listener.payloads(&server), payloads(0..2));
    assert_eq!(object(&["buffer", "status", text(dir.path())])["records"], 0);
}

#[test]
fn a_fenced_directory_needs_the_fence_and_the_fence_a_directory() {
    let server = RedisServer::start();
    let url = server.url();
    let dir = tempfile::tempdir().unwrap();
    let directory = text(dir.path());
    buffered(dir.path(), 0..5);
    // What was kept unfenced may become fenced.
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", "--fence", "--url", &url, directory]);
    assert_eq!(replayed, json!({"replayed": 5, "remaining": 0}));
    for command in [
        &["publish", "--url", &url, "--buffer", directory][..],
        &["buffer", "replay", "--url", &url, directory],
    ] {
        let ran = CommandLine::new(command).input(orders(5..6)).run();
        assert_eq!(ran.code, 4, "{ran:?}");
        assert!(ran.stderr.contains("fenced"), "{ran:?}");
    }
    let ran = publish(&url, dir.path(), 5..7).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    all_are(&ran, "delivered");
    assert_eq!(listener.payloads(&server), payloads(0..7));
    let homeless = CommandLine::new(["publish", "--url", &url, "--fence"]).run();
    assert_eq!(homeless.code, 2, "{homeless:?}");
}

#[test]
fn the_publisher_whose_directory_was_copied_keeps_its_events_until_it_is_adopted() {
    let server = RedisServer::start();
    let url = server.url();
    let dirs = tempfile::tempdir().unwrap();
    let (original, copied) = (dirs.path().join("original"), dirs.path().join("copy"));
    let listener = Listener::on(&server);
    all_are(&publish(&url, &original, 0..5).run(), "delivered");
    fs::create_dir(&copied).unwrap();
    for entry in fs::read_dir(&original).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copied.join(entry.file_name())).unwrap();
    }
    all_are(&publish(&url, &copied, 5..10).run(), "delivered");

    let fenced = publish(&url, &original, 10..15).run();
    assert_eq!(fenced.code, 1, "{fenced:?}");
    assert!(fenced.stderr.contains("adopt"), "{fenced:?}");
    all_are(&fenced, "buffered");
    let replay = ["buffer", "replay", "--fence", "--url", &url, text(&original)];
    let refused = run(&replay);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert_eq!(refused.objects(), [json!({"replayed": 0, "remaining": 5})]);

    object(&["buffer", "adopt", text(&original)]);
    assert_eq!(object(&replay), json!({"replayed": 5, "remaining": 0}));
    // The other one is not touched by that.
    all_are(&publish(&url, &copied, 15..17).run(), "delivered");
    assert_eq!(listener.payloads(&server), payloads(0..17));
}

//! `buffer ...`: what is stored, damaged, dead; and how it gets to Redis.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::net::TcpListener;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use redis_client::Timestamp;
use redis_client_tests::command_line::CommandLine;
use redis_client_tests::fault::gate::Gate;
use redis_client_tests::{RedisServer, eventually};
use rustix::process::Signal;
use serde_json::json;

use crate::publish::huge;
use crate::support::{Listener, buffered, members, object, order, orders, payloads, run, text};

#[test]
fn status_and_list_show_what_an_outage_left() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=3);
    let status = object(&["buffer", "status", text(dir.path())]);
    assert_eq!(status["records"], 3);
    assert_eq!(status["dead_letters"], 0);
    assert_eq!(status["dropped"], 0);
    assert_eq!(status["damaged"], 0);
    assert!(status["bytes"].as_u64().unwrap() > 3 * order(1).len() as u64);
    assert!(status["oldest_age_seconds"].as_f64().unwrap() >= 0.0);
    assert_eq!(status.as_object().unwrap().len(), 6);

    let before = contents(dir.path());
    let ran = run(&["buffer", "list", text(dir.path())]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let records = ran.objects();
    assert_eq!(members(&records, "sequence"), [1, 2, 3]);
    assert_eq!(members(&records, "channel"), ["orders.executed"; 3]);
    assert_eq!(
        members(&records, "payload"),
        payloads(1..=3).iter().collect::<Vec<_>>()
    );
    for record in &records {
        let created_at: Timestamp = record["created_at"].as_str().unwrap().parse().unwrap();
        assert!(created_at.unix_seconds() > 1_700_000_000);
        assert_eq!(record.as_object().unwrap().len(), 4);
    }
    assert_eq!(contents(dir.path()), before, "looking changes nothing");
    assert_eq!(run(&["buffer", "dead-letters", text(dir.path())]).stdout, "");

    let people = CommandLine::new(["buffer", "list", text(dir.path())]).run();
    assert_eq!(people.stdout.lines().count(), 3);
    let people = CommandLine::new(["buffer", "status", text(dir.path())]).run();
    assert!(
        people.stdout.starts_with("records       3\n"),
        "{}",
        people.stdout
    );
}

/// All files with their bytes.
fn contents(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn a_directory_that_is_no_buffer_is_refused_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    fs::write(empty.join("notes.txt"), "mine").unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let absent = dir.path().join("absent");
    for path in [&empty, &file, &absent] {
        for command in [
            "status",
            "list",
            "dead-letters",
            "verify",
            "repair",
            "replay",
            "requeue",
            "adopt",
        ] {
            let ran = run(&["buffer", command, text(path)]);
            assert_eq!(
                (ran.code, ran.stdout.as_str()),
                (4, ""),
                "{command} {}",
                path.display()
            );
            assert!(ran.stderr.contains(text(path)), "{}", ran.stderr);
        }
    }
    assert!(!absent.exists());
    assert_eq!(contents(&empty).len(), 1);
}

#[test]
fn replay_sends_everything_in_order_or_says_what_remains() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=700);
    let ran = run(&[
        "buffer",
        "replay",
        text(dir.path()),
        "--url",
        "redis://127.0.0.1:1",
    ]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.objects(), [json!({"replayed": 0, "remaining": 700})]);
    assert!(ran.stderr.contains("127.0.0.1:1"), "{}", ran.stderr);

    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    assert_eq!(replayed, json!({"replayed": 700, "remaining": 0}));
    assert_eq!(listener.payloads(&server), payloads(1..=700));
    let again = object(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    assert_eq!(again, json!({"replayed": 0, "remaining": 0}));
}

/// One connection that broke used to end the replay, although Redis was there for the next one.
#[test]
fn a_replay_goes_on_after_a_connection_is_cut() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=6000);
    let server = RedisServer::start();
    let gate = Gate::to(server.port());
    let listener = Listener::on(&server);
    let url = format!("redis://127.0.0.1:{}", gate.port());
    let replay = ["buffer", "replay", "--json", text(dir.path()), "--url", &url];
    // Slow enough to be met in the middle.
    let running = CommandLine::new(replay)
        .more(["--bytes-per-second", "400000"])
        .start();
    let remaining = || {
        object(&["buffer", "status", text(dir.path())])["records"]
            .as_u64()
            .unwrap()
    };
    eventually("some are sent", || remaining() < 6000);
    // Nothing between the two: while the gate is shut the replay asks twice whether Redis is there, and then gives up.
    gate.shut();
    gate.open();
    assert!(remaining() > 0, "met in the middle");
    let ran = running.ended();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.objects(), [json!({"replayed": 6000, "remaining": 0})]);
    // What the cut left unanswered is sent again: first arrivals are in order.
    let mut seen = BTreeSet::new();
    let heard = listener.payloads(&server);
    let first_arrivals: Vec<_> = heard
        .into_iter()
        .filter(|payload| seen.insert(payload.clone()))
        .collect();
    assert_eq!(first_arrivals, payloads(1..=6000));
}

/// It used to be exit 1 without a word: the attempt to connect was still under way when the command ended.
#[test]
fn a_replay_to_a_server_that_never_answers_is_exit_3() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=3);
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}", silent.local_addr().unwrap());
    let ran = CommandLine::new(["buffer", "replay", "--json", text(dir.path()), "--url", &url])
        .more(["--response-timeout", "0.3"])
        .run();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.objects(), [json!({"replayed": 0, "remaining": 3})]);
    assert!(!ran.stderr.is_empty());
}

/// A signal does not wait for a Redis that hangs, and what was not sent stays.
#[test]
fn a_replay_that_a_signal_stops_says_what_remains() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=3);
    let server = RedisServer::start();
    server.pause();
    let running = CommandLine::new([
        "buffer",
        "replay",
        "--json",
        text(dir.path()),
        "--url",
        &server.url(),
    ])
    .more(["--response-timeout", "600", "--close-timeout", "0.2"])
    .start();
    // It listens to signals before it takes the lock, and the lock's file names it. Trying to take the lock would be in its way.
    let owner = running.pid().to_string();
    eventually("it owns the buffer", || {
        fs::read_to_string(dir.path().join("lock")).is_ok_and(|pid| pid.trim() == owner)
    });
    running.signal(Signal::TERM);
    let ran = running.ended();
    assert_eq!(ran.code, 143, "{ran:?}");
    assert_eq!(ran.objects(), [json!({"replayed": 0, "remaining": 3})]);
    server.resume();
}

#[test]
fn a_buffer_that_cannot_be_made_is_exit_4() {
    let server = RedisServer::start();
    let ran = CommandLine::new([
        "publish",
        "--buffer",
        "/proc/no-such/buffer",
        "--url",
        &server.url(),
    ])
    .input(orders([1]))
    .run();
    assert_eq!((ran.code, ran.stdout.as_str()), (4, ""));
    assert!(ran.stderr.contains("/proc/no-such/buffer"), "{}", ran.stderr);
}

/// P6 through the command line.
#[test]
fn dead_letters_say_why_and_are_put_back() {
    let dir = tempfile::tempdir().unwrap();
    let ran = CommandLine::new([
        "publish",
        "--buffer",
        text(dir.path()),
        "--url",
        "redis://127.0.0.1:1",
    ])
    .input(order(1) + "\n" + &huge() + "\n" + &order(3))
    .run();
    assert_eq!(ran.code, 0, "{ran:?}");
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let listener = Listener::on(&server);
    let ran = run(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.objects(), [json!({"replayed": 2, "remaining": 0})]);
    assert!(ran.stderr.contains("1 refused for good"), "{}", ran.stderr);
    assert_eq!(listener.payloads(&server), payloads([1, 3]));

    let status = object(&["buffer", "status", text(dir.path())]);
    assert_eq!(
        (&status["records"], &status["dead_letters"]),
        (&json!(0), &json!(1))
    );
    let dead = run(&["buffer", "dead-letters", text(dir.path())]);
    assert_eq!(dead.code, 0);
    let dead = dead.objects();
    assert_eq!(members(&dead, "payload"), [&json!(huge())]);
    assert_eq!(members(&dead, "channel"), ["signals.generated"]);
    let ran = run(&["buffer", "verify", text(dir.path())]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, ""),
        "the folder of dead letters is no finding"
    );
    let reason = dead[0]["reason"].as_str().unwrap();
    let expected = format!(
        "too large: {} bytes, and the server takes 1048576 at most",
        huge().len()
    );
    assert_eq!(reason, expected);

    // Mended on the server, it is put back and goes out.
    let _: () = redis::cmd("CONFIG")
        .arg(&["SET", "proto-max-bulk-len", "8mb"])
        .query(&mut server.redis())
        .unwrap();
    let requeued = object(&["buffer", "requeue", text(dir.path())]);
    assert_eq!(requeued, json!({"requeued": 1, "records": 1}));
    let status = object(&["buffer", "status", text(dir.path())]);
    assert_eq!(status["dead_letters"], 0);
    let stored = run(&["buffer", "list", text(dir.path())]).objects();
    assert_eq!(stored[0]["created_at"], dead[0]["created_at"]);
    assert_eq!(stored[0].get("reason"), None);
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    assert_eq!(replayed, json!({"replayed": 1, "remaining": 0}));
    assert_eq!(listener.payloads(&server), [huge()]);
    let requeued = object(&["buffer", "requeue", text(dir.path())]);
    assert_eq!(requeued, json!({"requeued": 0, "records": 0}));
}

/// The newest segment of a buffer.
fn segment(directory: &Path) -> PathBuf {
    let segments = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    segments
        .filter(|path| path.extension().is_some_and(|extension| extension == "wal"))
        .max()
        .unwrap()
}

/// Where a payload stands in the file.
fn place(file: &Path, payload: &str) -> usize {
    let bytes = fs::read(file).unwrap();
    bytes
        .windows(payload.len())
        .position(|window| window == payload.as_bytes())
        .unwrap()
}

#[test]
fn damage_is_found_with_its_place_set_aside_and_costs_one_record() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=5);
    let clean = run(&["buffer", "verify", text(dir.path())]);
    assert_eq!(
        (clean.code, clean.stdout.as_str(), clean.stderr.as_str()),
        (0, "", "")
    );

    let segment = segment(dir.path());
    let at = place(&segment, &order(3)) + 20;
    let file = OpenOptions::new().read(true).write(true).open(&segment).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at as u64).unwrap();
    file.write_all_at(&[byte[0] ^ 0x10], at as u64).unwrap();
    let before = contents(dir.path());
    let ran = run(&["buffer", "verify", text(dir.path())]);
    assert_eq!(ran.code, 1);
    let findings = ran.objects();
    assert_eq!(members(&findings, "kind"), ["corrupt"]);
    assert_eq!(members(&findings, "records"), [1]);
    let name = segment.file_name().unwrap().to_str().unwrap();
    assert_eq!(members(&findings, "file"), [name]);
    let offset = findings[0]["offset"].as_u64().unwrap();
    assert!(offset <= at as u64 && offset + 200 > at as u64, "{offset} {at}");
    assert_eq!(findings[0].as_object().unwrap().len(), 4);
    assert_eq!(contents(dir.path()), before, "verify changes nothing");

    let listed = run(&["buffer", "list", text(dir.path())]);
    assert_eq!(members(&listed.objects(), "sequence"), [1, 2, 4, 5]);
    assert!(listed.stderr.contains("damage"), "{}", listed.stderr);

    let ran = run(&["buffer", "repair", text(dir.path())]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(members(&ran.objects(), "kind"), ["corrupt"]);
    let ran = run(&["buffer", "verify", text(dir.path())]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "set aside");
    assert_eq!(object(&["buffer", "status", text(dir.path())])["damaged"], 1);
    let kept: Vec<_> = fs::read_dir(dir.path().join("damaged")).unwrap().collect();
    assert_eq!(kept.len(), 1, "what was removed is kept beside");

    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    assert_eq!(replayed, json!({"replayed": 4, "remaining": 0}));
    assert_eq!(listener.payloads(&server), payloads([1, 2, 4, 5]));
}

#[test]
fn a_torn_tail_is_a_finding_and_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=3);
    // The file as a kill in mid-write leaves it: the last record's end is missing, and nothing follows.
    let segment = segment(dir.path());
    let end = place(&segment, &order(3)) + 30;
    let file = OpenOptions::new().write(true).open(&segment).unwrap();
    file.set_len(end as u64).unwrap();
    let ran = run(&["buffer", "verify", text(dir.path())]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(members(&ran.objects(), "kind"), ["torn_tail"]);
    let ran = run(&["buffer", "repair", text(dir.path())]);
    assert_eq!(members(&ran.objects(), "kind"), ["torn_tail"]);
    let listed = run(&["buffer", "list", text(dir.path())]).objects();
    assert_eq!(members(&listed, "sequence"), [1, 2]);
    assert_eq!(run(&["buffer", "verify", text(dir.path())]).stdout, "");
}

#[test]
fn the_python_services_file_is_taken_over() {
    let dir = tempfile::tempdir().unwrap();
    let (buffer, file) = (dir.path().join("buffer"), dir.path().join("fallback.json"));
    let entries = json!([
        {"channel": "orders.executed", "payload": order(1), "created_at": "2025-01-17T09:30:00+00:00"},
        {"channel": "orders.executed"},
        {"channel": "orders.executed", "payload": order(2), "created_at": 1_737_106_201.5},
    ]);
    fs::write(&file, entries.to_string()).unwrap();
    let ran = run(&["buffer", "import", text(&buffer), text(&file)]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.objects(), [json!({"imported": 2, "skipped": 1})]);
    assert!(ran.stderr.contains("entry 1: not an object"), "{}", ran.stderr);
    let records = run(&["buffer", "list", text(&buffer)]).objects();
    assert_eq!(
        members(&records, "created_at"),
        ["2025-01-17T09:30:00Z", "2025-01-17T09:30:01.500000Z"]
    );
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", text(&buffer), "--url", &server.url()]);
    assert_eq!(replayed, json!({"replayed": 2, "remaining": 0}));
    assert_eq!(listener.payloads(&server), payloads(1..=2));

    // Torn within the last entry: the first is still there to be read.
    let torn = entries.to_string();
    fs::write(&file, torn.strip_suffix("}]").unwrap()).unwrap();
    let ran = run(&["buffer", "import", text(&buffer), text(&file)]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.objects(), [json!({"imported": 1, "skipped": 3})]);
    assert!(ran.stderr.contains("entry 2: it is no JSON"), "{}", ran.stderr);
    assert!(ran.stderr.contains("entry 3: the file ends"), "{}", ran.stderr);

    fs::write(&file, "{}").unwrap();
    let ran = run(&["buffer", "import", text(&buffer), text(&file)]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("not a JSON array"), "{}", ran.stderr);
    let ran = run(&["buffer", "import", text(&buffer), "/no/such/file"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("No such file"), "{}", ran.stderr);
    assert_eq!(object(&["buffer", "status", text(&buffer)])["records"], 1);
}

#[test]
fn a_buffer_is_replayed_into_its_own_namespace_only() {
    let dir = tempfile::tempdir().unwrap();
    let ran = CommandLine::new(["publish", "--namespace", "prod", "--url", "redis://127.0.0.1:1"])
        .more(["--buffer", text(dir.path())])
        .input(orders([1]))
        .run();
    assert_eq!(ran.code, 0, "{ran:?}");
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let replay = ["buffer", "replay", text(dir.path()), "--url", &server.url()];
    let refused = run(&replay);
    assert_eq!((refused.code, refused.stdout.as_str()), (4, ""));
    assert!(refused.stderr.contains("\"prod\""), "{}", refused.stderr);
    let replayed = object(&[&replay[..], &["--namespace", "prod"]].concat());
    assert_eq!(replayed, json!({"replayed": 1, "remaining": 0}));
    let messages = listener.messages(&server);
    assert_eq!(messages, [("prod.orders.executed".to_owned(), order(1))]);
}

#[test]
fn an_adopted_buffer_has_a_new_producer_and_its_records() {
    let dir = tempfile::tempdir().unwrap();
    buffered(dir.path(), 1..=2);
    let id = || object(&["buffer", "adopt", text(dir.path())])["producer_id"].clone();
    let (first, second) = (id(), id());
    assert!(first.as_str().is_some_and(|id| !id.is_empty()));
    assert_ne!(first, second);
    let records = run(&["buffer", "list", text(dir.path())]).objects();
    assert_eq!(members(&records, "sequence"), [1, 2]);
}

#[test]
fn what_is_stored_can_be_published_with_the_library_too() {
    let dir = tempfile::tempdir().unwrap();
    let buffer = redis_client::FallbackBuffer::open(dir.path()).unwrap();
    for n in 1..=2 {
        buffer.append("orders.executed", order(n).as_bytes()).unwrap();
    }
    buffer.close().unwrap();
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let ran = CommandLine::new(["publish", "--url", &server.url(), "--buffer", text(dir.path())])
        .input(orders([3]))
        .run();
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{ran:?}");
    assert_eq!(listener.payloads(&server), payloads(1..=3));
}

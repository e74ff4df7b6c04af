//! A real file system that is full: what is said, what is kept, and how it goes on.
//!
//! The file system is a tmpfs of 300 KiB in a mount namespace of its own, which ends with the script inside it. Where this user
//! may make none (no root, and no user namespaces), the test says that it covered nothing.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use redis_client_tests::RedisServer;
use redis_client_tests::command_line;
use serde_json::Value;

use crate::support::{Listener, members, orders, payloads, text};

/// `unshare` with what this user needs to mount something; `None` where nothing helps.
fn unshare() -> Option<Vec<&'static str>> {
    [vec!["--mount"], vec!["--map-root-user", "--mount"]]
        .into_iter()
        .find(|options| {
            let probe = Command::new("unshare")
                .args(options)
                .args(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"])
                .stderr(Stdio::null())
                .status();
            probe.is_ok_and(|status| status.success())
        })
}

/// The lines of a file, as objects.
fn objects(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs a script in a mount namespace of its own.
fn run(options: &[&str], dir: &Path, script: &str) {
    let mut shell = Command::new("unshare")
        .args(options)
        .args(["sh", "-s"])
        .current_dir(dir)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let ended = shell.wait_with_output().unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

/// `more` are options of `publish`, `again` those of `replay`.
fn check(options: &[&str], more: &str, again: &str) {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("orders"), orders(1..=3000)).unwrap();
    let binary = text(command_line::binary());
    let url = server.url();
    let script = format!(
        "set -e; mkdir disk; mount -t tmpfs -o size=300k tmpfs disk
        publish() {{ '{binary}' publish --json --receipts --buffer disk/buffer {more} \"$@\"; }}
        publish --url redis://127.0.0.1:1 <orders >receipts 2>messages || echo $? >code
        '{binary}' buffer list --json disk/buffer >list
        '{binary}' buffer replay --json {again} --url '{url}' disk/buffer >replayed
        '{binary}' buffer verify disk/buffer
        head -n 1 orders | publish --url '{url}' >after"
    );
    run(options, dir.path(), &script);

    let receipts = objects(&dir.path().join("receipts"));
    assert_eq!(receipts.len(), 3000, "one each");
    assert_eq!(fs::read_to_string(dir.path().join("code")).unwrap(), "1\n");
    let mut kept = Vec::new();
    for receipt in &receipts {
        match receipt["outcome"].as_str() {
            Some("buffered") => kept.push(receipt["line"].as_u64().unwrap()),
            outcome => {
                assert_eq!(outcome, Some("failed"), "{receipt}");
                let error = receipt["error"].as_str().unwrap();
                assert!(error.contains("No space left"), "{error}");
            }
        }
    }
    assert!(!kept.is_empty() && kept.len() < 3000, "{}", kept.len());
    // Never a false `buffered`, and nothing beside.
    let stored = objects(&dir.path().join("list"));
    let expected = payloads(kept.iter().copied());
    assert_eq!(members(&stored, "payload"), expected.iter().collect::<Vec<_>>());
    let replayed = objects(&dir.path().join("replayed"));
    assert_eq!(
        replayed,
        [serde_json::json!({"replayed": kept.len(), "remaining": 0})]
    );
    let after = objects(&dir.path().join("after"));
    assert_eq!(members(&after, "outcome"), ["delivered"], "room again");
    let heard = [expected, payloads([1])].concat();
    assert_eq!(listener.payloads(&server), heard);
}

#[test]
fn a_full_disk_is_said_and_nothing_accepted_is_lost() {
    let Some(options) = unshare() else {
        println!("a real small file system was not covered: this user cannot mount one");
        return;
    };
    check(&options, "", "");
    check(&options, "--write-ahead --fence", "--fence");
}

/// The process that comes to a full disk with a backlog, when Redis is back: it fails nothing.
fn check_new_process(options: &[&str], more: &str) {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("first"), orders(1..=2000)).unwrap();
    fs::write(dir.path().join("second"), orders(2001..=4000)).unwrap();
    let binary = text(command_line::binary());
    let url = server.url();
    let script = format!(
        "set -e; mkdir disk; mount -t tmpfs -o size=300k tmpfs disk
        publish() {{ '{binary}' publish --json --receipts --buffer disk/buffer {more} \"$@\"; }}
        publish --url redis://127.0.0.1:1 <first >before 2>messages || true
        publish --url '{url}' <second >after"
    );
    run(options, dir.path(), &script);

    let kept = |name| -> Vec<u64> {
        let receipts = objects(&dir.path().join(name));
        assert_eq!(receipts.len(), 2000, "one each");
        let failed = |receipt: &&Value| receipt["outcome"] != "failed";
        receipts
            .iter()
            .filter(failed)
            .map(|receipt| receipt["line"].as_u64().unwrap())
            .collect()
    };
    let before = kept("before");
    assert!(!before.is_empty() && before.len() < 2000, "{}", before.len());
    let after: Vec<u64> = kept("after").iter().map(|line| line + 2000).collect();
    assert_eq!(after.len(), 2000, "Redis was there for all of them");
    // What was in flight when the disk was met may come twice, unless fenced; the order of first arrivals stands.
    let mut heard = listener.payloads(&server);
    if more.is_empty() {
        let mut seen = std::collections::HashSet::new();
        heard.retain(|payload| seen.insert(payload.clone()));
    }
    assert_eq!(heard, [payloads(before), payloads(after)].concat());
}

#[test]
fn a_new_process_on_a_full_disk_fails_nothing_that_redis_can_take() {
    let Some(options) = unshare() else {
        println!("a real small file system was not covered: this user cannot mount one");
        return;
    };
    check_new_process(&options, "");
    check_new_process(&options, "--fence");
}

/// What happened: the process was killed by SIGXFSZ, and no line had a receipt any more.
#[test]
fn a_limit_on_the_size_of_files_is_a_full_disk() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("orders"), orders(1..=3000)).unwrap();
    let binary = text(command_line::binary());
    let script = format!(
        "(ulimit -f 600; '{binary}' --url redis://127.0.0.1:1 publish --json --receipts --buffer buffer) <orders | cat >receipts"
    );
    let ended = Command::new("sh")
        .args(["-c", &script])
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "of cat");
    let receipts = objects(&dir.path().join("receipts"));
    assert_eq!(receipts.len(), 3000, "one each");
    let count = |outcome| {
        receipts
            .iter()
            .filter(|receipt| receipt["outcome"] == outcome)
            .count()
    };
    let (buffered, failed) = (count("buffered"), count("failed"));
    assert!(
        buffered > 0 && failed > 0 && buffered + failed == 3000,
        "{buffered}, {failed}"
    );
    let list = Command::new(command_line::binary())
        .args(["buffer", "list", "--json"])
        .arg(dir.path().join("buffer"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(list.stdout).unwrap().lines().count(), buffered);
}

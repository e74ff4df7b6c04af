//! `publish`: a receipt for each line, whatever happens to Redis, to the process or to whoever reads.

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use redis_client_tests::command_line::{CommandLine, Ran, Running};
use redis_client_tests::{RedisServer, eventually, examples, free_port};
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{Listener, members, object, order, orders, payloads, text};

/// `publish --json --receipts` to this server, with more arguments.
fn publish(url: &str, more: &[&str]) -> CommandLine {
    CommandLine::new([&["publish", "--json", "--receipts", "--url", url], more].concat())
}

/// The numbers of the lines that have this outcome.
fn lines_of(receipts: &[Value], outcome: &str) -> Vec<u64> {
    let of = |receipt: &&Value| receipt["outcome"] == outcome;
    let number = |receipt: &Value| receipt["line"].as_u64().unwrap();
    receipts.iter().filter(of).map(number).collect()
}

/// Reads this many receipts.
fn receipts(running: &mut Running, count: usize) -> Vec<Value> {
    (0..count).map(|_| running.object()).collect()
}

#[test]
fn the_examples_arrive_as_they_are_with_a_receipt_each() {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let examples = examples::events().unwrap();
    let lines: String = examples
        .iter()
        .map(|example| example.line.clone() + "\n")
        .collect();
    let ran = publish(&server.url(), &[]).input(lines).run();
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let receipts = ran.objects();
    assert_eq!(receipts.len(), examples.len());
    for (receipt, n) in receipts.iter().zip(1_u64..) {
        assert_eq!(
            *receipt,
            json!({"line": n, "outcome": "delivered", "sequence": n, "receivers": 1})
        );
    }
    for ((channel, payload), example) in listener.messages(&server).iter().zip(&examples) {
        assert_eq!(payload, &example.line);
        let (expected, _) = examples::encode(&example.event).unwrap();
        assert_eq!(channel, &expected);
    }
}

#[test]
fn bad_lines_are_named_and_the_rest_is_sent() {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let mut input = Vec::new();
    for line in [
        order(1).as_bytes(),
        b"",
        b"nonsense",
        b" \t\r",
        br#"{"timestamp":"2025-01-17T00:52:31Z"}"#,
        br#"{"event_type":"orders.lost"}"#,
        order(7)
            .replace("\"num_orders\":7", "\"num_orders\":-7")
            .as_bytes(),
        b"{\"event_type\":\"orders.executed\xff\"}",
        order(9).as_bytes(),
        br#"["orders.executed"]"#,
        b"null",
    ] {
        input.extend_from_slice(line);
        input.extend_from_slice(b"\r\n");
    }
    // The last line does not end.
    input.extend_from_slice(order(12).as_bytes());
    let ran = publish(&server.url(), &[]).input(input).run();
    assert_eq!(ran.code, 1);
    let receipts = ran.objects();
    assert_eq!(lines_of(&receipts, "delivered"), [1, 9, 12]);
    assert_eq!(lines_of(&receipts, "invalid"), [3, 5, 6, 7, 8, 10, 11]);
    let delivered: Vec<Value> = receipts
        .iter()
        .filter(|receipt| receipt["outcome"] == "delivered")
        .cloned()
        .collect();
    assert_eq!(members(&delivered, "sequence"), [1, 2, 3]);
    for (line, reason) in [
        (3, "not JSON"),
        (5, "event_type"),
        (6, "unknown event_type \"orders.lost\""),
        (7, "/num_orders"),
        (8, "UTF-8"),
        (10, "expected an object of the type Event, found an array"),
        (11, "expected an object of the type Event, found null"),
    ] {
        let receipt = receipts.iter().find(|receipt| receipt["line"] == line).unwrap();
        let error = receipt["error"].as_str().unwrap();
        assert!(error.contains(reason), "{line}: {error}");
        assert!(
            ran.stderr.contains(&format!("line {line}: invalid: {error}\n")),
            "{}",
            ran.stderr
        );
        assert_eq!(receipt.as_object().unwrap().len(), 3, "{receipt}");
    }
    assert_eq!(listener.payloads(&server), payloads([1, 9, 12]));
}

#[test]
fn a_file_is_read_and_people_get_words() {
    let server = RedisServer::start();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), orders([1]) + "x\n").unwrap();
    let ran = CommandLine::new(["publish", "--receipts", text(file.path())])
        .env("REDIS_URL", &server.url())
        .run();
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.stdout,
        "line 2: invalid\nline 1: delivered as 1 to 0 receivers\n"
    );
    assert!(
        ran.stderr.ends_with("redis-client: 1 delivered, 1 invalid\n"),
        "{}",
        ran.stderr
    );

    let ran = publish(&server.url(), &["/no/such/file"]).run();
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("cannot read /no/such/file: No such file"),
        "{}",
        ran.stderr
    );
    let ran = publish(&server.url(), &[text(tempfile::tempdir().unwrap().path())]).run();
    assert_eq!(ran.code, 1, "a directory is no input");
}

/// P1 and P2 through the command line: Redis is killed in mid-input and comes back.
#[test]
fn an_outage_in_mid_input_loses_and_reorders_nothing() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let before = Listener::on(&server);
    let mut running = publish(&server.url(), &["--buffer", text(dir.path())]).start();
    running.feed(orders(1..=5).as_bytes());
    assert_eq!(lines_of(&receipts(&mut running, 5), "delivered"), [1, 2, 3, 4, 5]);
    assert_eq!(before.payloads(&server), payloads(1..=5));

    server.kill();
    running.feed(orders(6..=10).as_bytes());
    assert_eq!(lines_of(&receipts(&mut running, 5), "buffered"), [6, 7, 8, 9, 10]);
    running.says("redis cannot be published to; events are kept in the buffer");
    let status = object(&["buffer", "status", text(dir.path())]);
    assert_eq!(
        (&status["records"], &status["dead_letters"]),
        (&json!(5), &json!(0))
    );

    // It stands still until somebody listens again: what is published before that is lost to a subscriber.
    running.signal(Signal::STOP);
    server.restart();
    let after = Listener::on(&server);
    running.signal(Signal::CONT);
    running.feed(orders(11..=15).as_bytes());
    let last = receipts(&mut running, 5);
    assert_eq!(members(&last, "sequence"), [11, 12, 13, 14, 15]);
    let ran = running.finish();
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert_eq!(after.payloads(&server), payloads(6..=15));
    assert_eq!(object(&["buffer", "status", text(dir.path())])["records"], 0);
}

/// What was in the buffer goes first, and new events queue behind it.
#[test]
fn a_backlog_is_sent_before_and_drained_at_the_end() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    crate::support::buffered(dir.path(), 1..=300);
    let listener = Listener::on(&server);
    let ran = publish(&server.url(), &["--buffer", text(dir.path())])
        .input(orders(301..=310))
        .run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.objects().len(), 10);
    assert_eq!(listener.payloads(&server), payloads(1..=310));
    assert_eq!(object(&["buffer", "status", text(dir.path())])["records"], 0);
}

/// The server is back before the input ends, and the publisher's next attempt is still seconds away: it is not left for later.
#[test]
fn what_was_buffered_is_sent_at_the_end_when_redis_is_back() {
    let server = RedisServer::start();
    server.kill();
    let dir = tempfile::tempdir().unwrap();
    let mut running = publish(&server.url(), &["--buffer", text(dir.path())]).start();
    running.feed(orders(1..=3).as_bytes());
    assert_eq!(lines_of(&receipts(&mut running, 3), "buffered"), [1, 2, 3]);
    running.signal(Signal::STOP);
    server.restart();
    let listener = Listener::on(&server);
    running.end_input();
    running.signal(Signal::CONT);
    assert_eq!(running.ended().code, 0);
    assert_eq!(listener.payloads(&server), payloads(1..=3));
}

/// P1 through the command line: the publisher is killed, and each line whose receipt was printed is there.
#[test]
fn a_killed_publisher_leaves_every_line_whose_receipt_was_printed() {
    let port = free_port();
    let dir = tempfile::tempdir().unwrap();
    let url = format!("redis://127.0.0.1:{port}");
    let mut running = publish(&url, &["--buffer", text(dir.path())]).start();
    running.feed(orders(1..=200).as_bytes());
    let first = receipts(&mut running, 120);
    running.signal(Signal::KILL);
    let Ran { code, stdout, .. } = running.ended();
    assert_eq!(code, 128 + 9);
    let seen: Vec<Value> = first
        .into_iter()
        .chain(stdout.lines().map(|line| serde_json::from_str(line).unwrap()))
        .collect();
    assert!(seen.len() >= 120);
    assert_eq!(
        lines_of(&seen, "buffered"),
        (1..=seen.len() as u64).collect::<Vec<_>>()
    );

    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    let heard = listener.payloads(&server);
    assert_eq!(replayed, json!({"replayed": heard.len(), "remaining": 0}));
    // An accepted line whose receipt was not yet printed may be there too, behind the others.
    assert_eq!(heard, payloads(1..=heard.len() as u64));
    assert!(heard.len() >= seen.len(), "{} of {}", heard.len(), seen.len());
}

#[test]
fn without_a_buffer_an_unreachable_redis_is_exit_3() {
    let url = format!("redis://127.0.0.1:{}", free_port());
    let ran = publish(&url, &[]).input(orders(1..=2) + "x\n").run();
    assert_eq!(ran.code, 3);
    let receipts = ran.objects();
    assert_eq!(lines_of(&receipts, "failed"), [1, 2]);
    assert_eq!(lines_of(&receipts, "invalid"), [3]);
    assert!(
        receipts[1]["error"]
            .as_str()
            .unwrap()
            .contains("Connection refused"),
        "{ran:?}"
    );
    // Nothing to publish, nothing failed.
    assert_eq!(publish(&url, &[]).run().code, 0);

    let server = RedisServer::start();
    let mut running = publish(&server.url(), &[]).start();
    running.feed(orders([1]).as_bytes());
    assert_eq!(running.object()["outcome"], "delivered");
    server.kill();
    running.feed(orders([2]).as_bytes());
    assert_eq!(running.object()["outcome"], "failed");
    assert_eq!(running.finish().code, 1, "something was delivered before");
}

#[test]
fn a_wrong_password_is_an_outage() {
    let server = RedisServer::builder().password("right").start();
    let wrong = server.url().replace("right", "s3cret");
    let ran = publish(&wrong, &[]).input(orders([1])).run();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("WRONGPASS"), "{ran:?}");
    assert!(!format!("{ran:?}").contains("s3cret"));

    let dir = tempfile::tempdir().unwrap();
    let ran = publish(&wrong, &["--buffer", text(dir.path())])
        .input(orders([1]))
        .run();
    assert_eq!((ran.code, &ran.objects()[0]["outcome"]), (0, &json!("buffered")));
    let listener = Listener::on(&server);
    let replayed = object(&["buffer", "replay", text(dir.path()), "--url", &server.url()]);
    assert_eq!(replayed, json!({"replayed": 1, "remaining": 0}));
    assert_eq!(listener.payloads(&server), payloads([1]));
}

#[test]
fn a_redis_that_hangs_is_given_up_after_the_response_timeout() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let mut running = publish(&server.url(), &["--buffer", text(dir.path())])
        .env("REDIS_CLIENT_RESPONSE_TIMEOUT", "0.3")
        .start();
    running.feed(orders([1]).as_bytes());
    assert_eq!(running.object()["outcome"], "delivered");
    server.pause();
    running.feed(orders([2]).as_bytes());
    assert_eq!(running.object()["outcome"], "buffered");
    let ran = running.finish();
    assert_eq!(ran.code, 0, "{ran:?}");
    server.resume();
}

#[test]
fn a_buffer_in_use_is_exit_4_and_names_its_owner() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let mut owner = publish(&server.url(), &["--buffer", text(dir.path())]).start();
    owner.feed(orders([1]).as_bytes());
    assert_eq!(owner.object()["outcome"], "delivered");
    let pid = format!("process {}", owner.pid());
    for arguments in [
        &["publish", "--buffer", text(dir.path())][..],
        &["buffer", "replay", text(dir.path())],
        &["buffer", "repair", text(dir.path())],
    ] {
        let ran = CommandLine::new(arguments)
            .env("REDIS_URL", &server.url())
            .input(orders([2]))
            .run();
        assert_eq!((ran.code, ran.stdout.as_str()), (4, ""), "{arguments:?}");
        assert!(ran.stderr.contains(&pid), "{}", ran.stderr);
    }
    assert_eq!(
        object(&["buffer", "status", text(dir.path())])["records"],
        0,
        "needs no lock"
    );
    assert_eq!(owner.finish().code, 0);

    let file = tempfile::NamedTempFile::new().unwrap();
    let ran = publish(&server.url(), &["--buffer", text(file.path())]).run();
    assert_eq!(ran.code, 4);
    assert!(ran.stderr.contains("is not a directory"), "{}", ran.stderr);
}

#[test]
fn a_signal_stops_the_reading_and_each_line_read_has_its_receipt() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let server = RedisServer::start();
        let dir = tempfile::tempdir().unwrap();
        let listener = Listener::on(&server);
        let mut running = publish(&server.url(), &["--buffer", text(dir.path())]).start();
        running.feed(orders(1..=250).as_bytes());
        let first = running.object();
        assert_eq!(first["line"], 1);
        running.signal(signal);
        // Its input is still open.
        let ran = running.ended();
        assert_eq!(ran.code, code, "{ran:?}");
        let rest = ran.objects();
        let read = 1 + rest.len() as u64;
        assert_eq!(lines_of(&rest, "delivered"), (2..=read).collect::<Vec<_>>());
        assert_eq!(listener.payloads(&server), payloads(1..=read));
        assert_eq!(object(&["buffer", "status", text(dir.path())])["records"], 0);
    }
}

#[test]
fn a_line_that_a_signal_cuts_is_not_published() {
    let server = RedisServer::start();
    let mut running = publish(&server.url(), &[]).start();
    running.feed((orders([1]) + "{\"event_type\":").as_bytes());
    assert_eq!(running.object()["line"], 1);
    running.signal(Signal::TERM);
    let ran = running.ended();
    assert_eq!((ran.code, ran.stdout.as_str()), (143, ""));
    assert!(
        ran.stderr.contains("line 2: not read to its end"),
        "{}",
        ran.stderr
    );
}

/// During a hang of Redis, closing keeps what is unanswered, within its timeout; a second signal does not wait for that.
#[test]
fn closing_takes_its_timeout_and_a_second_signal_ends_it() {
    let server = RedisServer::start();
    let dir = tempfile::tempdir().unwrap();
    let hanging = |timeouts: &[&str]| {
        let more = [&["--buffer", text(dir.path())], timeouts].concat();
        let mut running = publish(&server.url(), &more).start();
        running.feed(orders([1]).as_bytes());
        let _ = running.object();
        server.pause();
        // Read together: when the bad line is answered, the good one before it is on its way.
        running.feed((orders([2]) + "x\n").as_bytes());
        assert_eq!(running.object()["line"], 3);
        running
    };
    let running = hanging(&["--response-timeout", "1", "--close-timeout", "0.2"]);
    running.signal(Signal::TERM);
    let ran = running.ended();
    assert_eq!(ran.code, 143, "{ran:?}");
    assert_eq!(lines_of(&ran.objects(), "buffered"), [2]);
    assert_eq!(object(&["buffer", "status", text(dir.path())])["records"], 1);
    server.resume();

    let listener = Listener::on(&server);
    let running = hanging(&["--response-timeout", "600", "--close-timeout", "600"]);
    running.signal(Signal::TERM);
    // Signals of one kind that come together are one; the second is sent until it has done its work.
    let pid = rustix::process::Pid::from_raw(running.pid().cast_signed()).unwrap();
    let (over, is_over) = std::sync::mpsc::channel();
    let again = std::thread::spawn(move || {
        while is_over.recv_timeout(Duration::from_millis(20)).is_err() {
            let _ = rustix::process::kill_process(pid, Signal::INT);
        }
    });
    let ran = running.ended();
    over.send(()).unwrap();
    again.join().unwrap();
    assert_eq!(ran.code, 130, "{ran:?}");
    server.resume();
    drop(listener);
}

/// A write to a pipe that nobody reads waits for ever: a signal ends the process all the same.
#[test]
fn a_signal_ends_it_although_nobody_reads_its_receipts() {
    let server = RedisServer::start();
    let arguments = ["publish", "--receipts", "--json", "--close-timeout", "0.2"];
    let mut child = std::process::Command::new(redis_client_tests::command_line::binary())
        .args(arguments)
        .args(["--response-timeout", "0.2", "--url", &server.url()])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // Receipts for more than any pipe holds; the input may be cut off by the end.
    let feeder = std::thread::spawn(move || input.write_all(orders(1..=20_000).as_bytes()));
    let answered = child.stdout.as_mut().unwrap();
    let mut first = [0];
    answered.read_exact(&mut first).unwrap();
    let pid = rustix::process::Pid::from_raw(child.id().cast_signed()).unwrap();
    rustix::process::kill_process(pid, Signal::TERM).unwrap();
    let mut code = None;
    eventually("it has ended", || {
        code = child.try_wait().unwrap();
        code.is_some()
    });
    assert_eq!(code.unwrap().code(), Some(143));
    let _ = feeder.join().unwrap();
}

/// More lines than the publisher's queue takes, while Redis hangs: the input is held back, and goes on or is given up.
#[test]
fn a_full_queue_holds_the_input_back() {
    const QUEUE: u64 = 65_536;
    const LINES: u64 = 70_000;
    for is_stopped in [false, true] {
        let server = RedisServer::start();
        let listener = Listener::on(&server);
        server.pause();
        let more = ["--response-timeout", "600", "--close-timeout", "0.2"];
        let mut running = publish(&server.url(), &more).start();
        let mut input = running.take_input().unwrap();
        let fed = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&fed);
        let feeder = std::thread::spawn(move || {
            for n in 1..=LINES {
                if writeln!(input, "{}", order(n)).is_err() {
                    return;
                }
                // Ordering: a number that only grows; nothing else hangs on it.
                counter.store(n, Ordering::Relaxed);
            }
        });
        // A pipe holds some 340 of these, so more than the queue takes have been read; and then nothing moves any more.
        let (mut last, mut looks) = (0, 0);
        eventually("the queue is full", || {
            let now = fed.load(Ordering::Relaxed);
            looks = if now == last && now > QUEUE + 400 {
                looks + 1
            } else {
                0
            };
            last = now;
            looks == 100
        });
        assert!(fed.load(Ordering::Relaxed) < LINES);
        if is_stopped {
            running.signal(Signal::TERM);
        } else {
            server.resume();
        }
        let ran = running.ended();
        server.resume();
        feeder.join().unwrap();
        let receipts = ran.objects();
        let mut lines: Vec<u64> = receipts
            .iter()
            .map(|receipt| receipt["line"].as_u64().unwrap())
            .collect();
        lines.sort_unstable();
        assert!(
            lines.iter().copied().eq(1..=lines.len() as u64),
            "each line has one receipt"
        );
        if is_stopped {
            assert_eq!(ran.code, 143);
            assert_eq!(lines_of(&receipts, "failed").len(), lines.len());
            let no_room = |receipt: &&Value| receipt["error"] == "stopped before there was room for it";
            let unnumbered = receipts.iter().filter(no_room).count() as u64;
            assert_eq!(unnumbered, (lines.len() as u64).saturating_sub(QUEUE));
            assert_eq!(listener.payloads(&server).len(), 0);
        } else {
            assert_eq!(ran.code, 0);
            assert_eq!(lines_of(&receipts, "delivered").len() as u64, LINES);
            let in_order = listener.payloads(&server).into_iter().eq(payloads(1..=LINES));
            assert!(in_order, "what was published arrives, in order");
        }
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly_and_loses_nothing() {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let mut running = publish(&server.url(), &[]).without_reader().start();
    // As many as a pipe takes in one piece: they are read together, and the receipt of the first is the first to fail.
    running.feed(("x\n".to_owned() + &orders(1..=15)).as_bytes());
    let ran = running.ended();
    assert_eq!(ran.code, 128 + 13);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert_eq!(listener.payloads(&server), payloads(1..=15));
}

#[test]
fn an_event_that_the_server_refuses_for_good_is_rejected_and_holds_up_no_other() {
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let listener = Listener::on(&server);
    let ran = publish(&server.url(), &[])
        .input(order(1) + "\n" + &huge() + "\n" + &order(3))
        .run();
    assert_eq!(ran.code, 1);
    let receipts = ran.objects();
    assert_eq!(lines_of(&receipts, "delivered"), [1, 3]);
    assert_eq!(lines_of(&receipts, "rejected"), [2]);
    assert_eq!(receipts[1]["sequence"], 2);
    assert_eq!(listener.payloads(&server), payloads([1, 3]));
}

/// An event of more than a megabyte.
pub(crate) fn huge() -> String {
    let symbols = vec!["\"AAPL\""; 200_000].join(",");
    format!(
        r#"{{"event_type":"signals.generated","timestamp":"2025-01-17T00:52:31Z","strategy_id":"momentum","symbols":[{symbols}],"num_signals":200000,"as_of_date":"2025-01-17"}}"#
    )
}

/// Records in a buffer, looked at beside its owner.
fn records(directory: &std::path::Path) -> u64 {
    let status = object(&["buffer", "status", text(directory)]);
    status.get("records").and_then(Value::as_u64).unwrap()
}

#[test]
fn in_write_ahead_a_kill_keeps_what_nobody_was_answered_for() {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let dir = tempfile::tempdir().unwrap();
    let more = [
        "--response-timeout",
        "600",
        "--write-ahead",
        "--buffer",
        text(dir.path()),
    ];
    let mut running = publish(&server.url(), &more).start();
    running.feed(orders([1]).as_bytes());
    assert_eq!(running.object()["outcome"], "delivered");
    // From here on Redis says nothing, and the program waits for it.
    server.pause();
    running.feed(orders(2..200).as_bytes());
    eventually("some are logged", || records(dir.path()) > 0);
    running.signal(Signal::KILL);
    let _ = running.ended();
    server.resume();
    let logged = records(dir.path());
    let replayed = object(&["buffer", "replay", "--url", &server.url(), text(dir.path())]);
    assert_eq!(replayed, json!({"replayed": logged, "remaining": 0}));
    // What Redis had in its socket before the kill arrives twice, and everything in its order.
    let mut heard = listener.payloads(&server);
    let mut seen = std::collections::HashSet::new();
    heard.retain(|payload| seen.insert(payload.clone()));
    assert_eq!(heard, payloads(1..logged + 2));
}

#[test]
fn in_write_ahead_a_kill_repeats_nothing_that_was_called_delivered() {
    let server = RedisServer::start();
    let listener = Listener::on(&server);
    let dir = tempfile::tempdir().unwrap();
    let mut running = publish(&server.url(), &["--write-ahead", "--buffer", text(dir.path())]).start();
    running.feed(orders(1..500).as_bytes());
    for receipt in receipts(&mut running, 499) {
        assert_eq!(receipt["outcome"], "delivered", "{receipt}");
    }
    running.signal(Signal::KILL);
    let _ = running.ended();
    let replayed = object(&["buffer", "replay", "--url", &server.url(), text(dir.path())]);
    assert_eq!(replayed, json!({"replayed": 0, "remaining": 0}));
    assert_eq!(listener.payloads(&server), payloads(1..500));
}

#[test]
fn write_ahead_needs_a_buffer() {
    let ran = publish("redis://127.0.0.1:1", &["--write-ahead"]).run();
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("--buffer <DIR>"), "{}", ran.stderr);
}

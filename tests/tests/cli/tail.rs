//! `tail`: what is on the wire, as long as somebody watches.

use redis_client_tests::command_line::{CommandLine, Running};
use redis_client_tests::{RedisServer, free_port};
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::order;

fn tail(server: &RedisServer, channels: &[&str]) -> Running {
    let mut running =
        CommandLine::new([&["tail", "--json", "--url", &server.url()], channels].concat()).start();
    assert_eq!(running.object(), json!({"notice": "subscribed"}));
    running
}

fn send(server: &RedisServer, channel: &str, payload: &[u8]) {
    let _: () = redis::cmd("PUBLISH")
        .arg(channel)
        .arg(payload)
        .query(&mut server.redis())
        .unwrap();
}

#[test]
fn events_are_shown_as_they_were_sent() {
    let server = RedisServer::start();
    let mut running = tail(&server, &[]);
    let event: Value = serde_json::from_str(&order(1)).unwrap();
    send(&server, "orders.executed", order(1).as_bytes());
    assert_eq!(
        running.object(),
        json!({"channel": "orders.executed", "event": event})
    );
    // Pretty-printed, and with a member that the schema does not know.
    let mut wider = event.clone();
    wider["desk"] = json!("a \"b\"\n c");
    send(
        &server,
        "orders.executed",
        serde_json::to_string_pretty(&wider).unwrap().as_bytes(),
    );
    assert_eq!(
        running.object(),
        json!({"channel": "orders.executed", "event": wider})
    );
    // A channel of nobody's is not subscribed to.
    send(&server, "elsewhere", b"{}");
    send(&server, "orders.executed", b"nonsense \xff");
    let invalid = running.object();
    assert_eq!(invalid["channel"], "orders.executed");
    assert_eq!(invalid["payload"], "nonsense \u{fffd}");
    assert!(
        invalid["invalid"]
            .as_str()
            .is_some_and(|reason| !reason.is_empty())
    );
    assert_eq!(invalid.as_object().unwrap().len(), 3);
    running.signal(Signal::TERM);
    assert_eq!(running.ended().code, 143);
}

#[test]
fn channels_and_patterns_of_ones_own() {
    let server = RedisServer::start();
    let mut running = tail(&server, &["price.updated.B*", "custom"]);
    send(&server, "orders.executed", order(1).as_bytes());
    send(&server, "price.updated.AAPL", b"{}");
    send(&server, "price.updated.BRK.B", b"{}");
    assert_eq!(running.object()["channel"], "price.updated.BRK.B");
    send(&server, "custom", b"{}");
    let custom = running.object();
    assert_eq!(
        custom,
        json!({"channel": "custom", "invalid": "no event is known for this channel", "payload": "{}"})
    );
    running.signal(Signal::INT);
    assert_eq!(running.ended().code, 130);
}

#[test]
fn it_subscribes_again_and_says_so() {
    let server = RedisServer::start();
    let mut running = tail(&server, &[]);
    server.kill();
    running.says("connection was lost");
    server.restart();
    assert_eq!(running.object(), json!({"notice": "reconnected"}));
    send(&server, "orders.executed", order(1).as_bytes());
    assert_eq!(running.object()["event"]["num_orders"], 1);
}

#[test]
fn nobody_to_show_it_to_is_a_quiet_end() {
    let server = RedisServer::start();
    let running = CommandLine::new(["tail", "--json", "--url", &server.url()])
        .without_reader()
        .start();
    let ran = running.ended();
    assert_eq!((ran.code, ran.stderr.as_str()), (128 + 13, ""));
}

#[test]
fn an_unreachable_redis_is_exit_3() {
    let url = format!("redis://127.0.0.1:{}", free_port());
    let ran = CommandLine::new(["tail", "--url", &url]).run();
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    assert!(ran.stderr.contains("Connection refused"), "{}", ran.stderr);
}

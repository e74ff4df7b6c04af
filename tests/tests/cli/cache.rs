//! `cache ...` and `health`.

use redis_client_tests::command_line::CommandLine;
use redis_client_tests::{RedisServer, free_port};
use serde_json::json;

use crate::support::{object, run};

const DAY: &str = "2025-01-17";

#[test]
fn features_are_written_read_and_removed() {
    let server = RedisServer::start();
    let url = server.url();
    let set = CommandLine::new(["cache", "set", "BRK.B", DAY, "--json", "--url", &url])
        .input(r#"{"beta": 1.5, "alpha": -2e-3}"#)
        .run();
    assert_eq!(
        (set.code, set.stdout.as_str()),
        (0, "{\"alpha\":-0.002,\"beta\":1.5}\n"),
        "{set:?}"
    );
    let stored: String = redis::cmd("GET")
        .arg("features:BRK.B:2025-01-17")
        .query(&mut server.redis())
        .unwrap();
    assert_eq!(stored, r#"{"alpha":-0.002,"beta":1.5}"#);
    let left: i64 = redis::cmd("TTL")
        .arg("features:BRK.B:2025-01-17")
        .query(&mut server.redis())
        .unwrap();
    assert!((3500..=3600).contains(&left), "{left}");

    let get = ["cache", "get", "BRK.B", DAY, "--url", &url];
    assert_eq!(object(&get), json!({"alpha": -0.002, "beta": 1.5}));
    let people = CommandLine::new(get).run();
    assert_eq!(people.stdout, "alpha  -0.002\nbeta   1.5\n");

    let invalidate = ["cache", "invalidate", "BRK.B", DAY, "--url", &url];
    assert_eq!(object(&invalidate), json!({"invalidated": true}));
    assert_eq!(object(&invalidate), json!({"invalidated": false}));
    let gone = run(&get);
    assert_eq!((gone.code, gone.stdout.as_str()), (1, ""));
    assert!(
        gone.stderr.contains("no features of BRK.B on 2025-01-17"),
        "{}",
        gone.stderr
    );
}

#[test]
fn what_python_left_is_shown_as_json() {
    let server = RedisServer::start();
    let put = |value: &str| {
        let _: () = redis::cmd("SET")
            .arg("features:AAPL:2025-01-17")
            .arg(value)
            .query(&mut server.redis())
            .unwrap();
    };
    let url = server.url();
    let get = ["cache", "get", "AAPL", DAY, "--url", &url];
    put(r#"{"a": NaN, "b": 1, "nested": {"c": "x"}}"#);
    assert_eq!(object(&get), json!({"a": null, "b": 1, "nested": {"c": "x"}}));
    put("not json");
    assert_eq!(run(&get).code, 1);
    let there: bool = redis::cmd("EXISTS")
        .arg("features:AAPL:2025-01-17")
        .query(&mut server.redis())
        .unwrap();
    assert!(!there, "nobody's bytes are removed");
}

#[test]
fn a_lifetime_can_be_chosen() {
    let server = RedisServer::start();
    let set = CommandLine::new(["cache", "set", "AAPL", DAY, "--ttl", "60", "--url", &server.url()])
        .input("{}")
        .run();
    assert_eq!(set.code, 0, "{set:?}");
    let left: i64 = redis::cmd("TTL")
        .arg("features:AAPL:2025-01-17")
        .query(&mut server.redis())
        .unwrap();
    assert!((1..=60).contains(&left), "{left}");
}

#[test]
fn wrong_words_are_refused_before_anything_is_sent() {
    // Nothing listens there: asking Redis would be exit 3.
    let url = format!("redis://127.0.0.1:{}", free_port());
    let check = |arguments: &[&str], input: &str, code: i32, message: &str| {
        let arguments = [&["cache"], arguments, &["--url", &url]].concat();
        let ran = CommandLine::new(&arguments).input(input).run();
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (code, ""),
            "{arguments:?} {ran:?}"
        );
        assert!(ran.stderr.contains(message), "{arguments:?} {}", ran.stderr);
    };
    check(&["get", "AA:PL", DAY], "", 2, "<SYMBOL>");
    check(&["get", "*", DAY], "", 2, "<SYMBOL>");
    check(&["get", "AA\nPL", DAY], "", 2, "<SYMBOL>");
    check(&["get", "AAPL", "2025-02-30"], "", 2, "<DATE>");
    check(&["set", "AAPL", DAY, "--ttl", "0"], "{}", 2, "--ttl");
    check(&["set", "AAPL", DAY], "{\"a\": NaN}", 1, "not JSON");
    check(&["set", "AAPL", DAY], "[1]", 1, "object");
    check(&["set", "AAPL", DAY], "{\"a\": \"x\"}", 1, "/a");
    check(&["get", "AAPL", DAY], "", 3, "Connection refused");
    check(&["set", "AAPL", DAY], "{}", 3, "Connection refused");
    check(&["invalidate", "AAPL", DAY], "", 3, "Connection refused");
}

#[test]
fn health_tells_latency_role_and_version() {
    let server = RedisServer::start();
    let health = object(&["health", "--url", &server.url()]);
    assert_eq!(health["role"], "primary");
    assert_eq!(health["connection"], "connected");
    assert!(health["latency_ms"].as_f64().unwrap() > 0.0);
    assert!(health["version"].as_str().unwrap().contains('.'));
    let socket = object(&["health", "--url", &server.unix_url()]);
    assert_eq!(socket["role"], "primary");
    let people = CommandLine::new(["health", "--url", &server.url()]).run();
    assert!(
        people.stdout.contains("role        primary\n"),
        "{}",
        people.stdout
    );

    let url = format!("redis://127.0.0.1:{}", free_port());
    assert_eq!(run(&["health", "--url", &url]).code, 3);
    server.pause();
    let ran = run(&["health", "--url", &server.url(), "--response-timeout", "0.2"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{ran:?}");
    server.resume();

    let locked = RedisServer::builder().password("right").start();
    let wrong = locked.url().replace("right", "s3cret");
    for url in [wrong, format!("redis://127.0.0.1:{}", locked.port())] {
        let ran = run(&["health", "--url", &url]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(!ran.stderr.contains("s3cret"), "{}", ran.stderr);
    }
}

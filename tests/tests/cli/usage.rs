//! Wrong usage, help, and the environment.

use redis_client_tests::command_line::CommandLine;

#[test]
fn wrong_usage_is_exit_2() {
    let check = |arguments: &[&str], message: &str| {
        let ran = CommandLine::new(arguments).run();
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(message), "{arguments:?}: {}", ran.stderr);
    };
    check(&[], "Usage:");
    check(&["no-such-command"], "no-such-command");
    check(&["publish", "--no-such-option"], "--no-such-option");
    check(&["buffer", "status"], "<DIR>");
    check(&["health", "--response-timeout", "0"], "more than 0 seconds");
    check(&["health", "--response-timeout", "soon"], "number of seconds");
    check(&["health", "--url", "http://localhost"], "scheme");
    check(&["health", "--namespace", "pr*d"], "namespace");
    check(&["health", "--url", "rediss://localhost"], "TLS");
    check(&["publish", "--url", "redis://:s3cret@localhost/x"], "db");
}

#[test]
fn the_environment_is_checked_too_and_an_empty_variable_is_unset() {
    for (name, value, message) in [
        (
            "REDIS_CLIENT_RESPONSE_TIMEOUT",
            "soon",
            "REDIS_CLIENT_RESPONSE_TIMEOUT: expected a number",
        ),
        (
            "REDIS_CLIENT_CLOSE_TIMEOUT",
            "-1",
            "REDIS_CLIENT_CLOSE_TIMEOUT: expected more than 0",
        ),
        ("REDIS_URL", "http://s3cret", "scheme"),
    ] {
        let ran = CommandLine::new(["publish"]).env(name, value).run();
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
        assert!(!ran.stderr.contains("s3cret"));
    }
    let ran = CommandLine::new(["publish", "--url", "redis://127.0.0.1:1"])
        .env("REDIS_CLIENT_RESPONSE_TIMEOUT", "")
        .env("REDIS_CLIENT_CLOSE_TIMEOUT", "")
        .env("REDIS_URL", "")
        .run();
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn every_command_has_help_with_examples_and_exit_codes() {
    let commands: [&[&str]; 14] = [
        &["publish"],
        &["tail"],
        &["buffer", "status"],
        &["buffer", "list"],
        &["buffer", "dead-letters"],
        &["buffer", "verify"],
        &["buffer", "repair"],
        &["buffer", "replay"],
        &["buffer", "adopt"],
        &["buffer", "import"],
        &["cache", "get"],
        &["cache", "set"],
        &["cache", "invalidate"],
        &["health"],
    ];
    for command in commands {
        let ran = CommandLine::new([command, &["--help"]].concat()).run();
        assert_eq!(ran.code, 0, "{command:?}");
        for part in [
            "Examples:",
            "Exit codes:",
            "--url",
            "--json",
            "--response-timeout",
            "--close-timeout",
        ] {
            assert!(ran.stdout.contains(part), "{command:?}: {part}");
        }
        let example = format!("redis-client {}", command.join(" "));
        assert!(ran.stdout.contains(&example), "{}", ran.stdout);
    }
}

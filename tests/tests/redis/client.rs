//! [`RedisClient`]: what a caller sees while the server answers, and while it does not.

use crate::support::{BRIEF, NOBODY, PATIENT, SLACK, client, kill_clients};
use redis_client::client::{ConnectionState, Error, Fate, ServerRole};
use redis_client::{Quote, RedisClient, RedisConnectionError, RedisKeys, redis};
use redis_client_tests::{RedisServer, eventually};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

async fn incr(client: &RedisClient, key: &str) -> Result<i64, Error> {
    client.command(redis::cmd("INCR").arg(key)).await
}

fn read(server: &RedisServer, key: &str) -> i64 {
    let value: Option<i64> = redis::cmd("GET").arg(key).query(&mut server.redis()).unwrap();
    value.unwrap_or(0)
}

#[tokio::test]
async fn commands_are_answered_over_tcp_and_over_a_unix_socket() {
    let server = RedisServer::start();
    let tcp = RedisClient::new(server.host(), server.port()).unwrap();
    let unix = RedisClient::from_url(&server.unix_url()).unwrap();
    let built = RedisClient::builder()
        .unix_socket(server.socket())
        .build()
        .unwrap();
    for client in [&tcp, &unix, &built] {
        client.ping().await.unwrap();
    }
    assert_eq!(incr(&tcp, "n").await.unwrap(), 1);
    assert_eq!(incr(&unix, "n").await.unwrap(), 2);
    let text: String = built.command(redis::cmd("ECHO").arg("grüße")).await.unwrap();
    assert_eq!(text, "grüße");
    assert_eq!(tcp.connection_state(), ConnectionState::Connected);
}

#[tokio::test]
async fn databases_separate_keys() {
    let server = RedisServer::start();
    let zero = RedisClient::from_url(&format!("{}/0", server.url())).unwrap();
    let one = RedisClient::from_url(&format!("{}/1", server.url())).unwrap();
    assert_eq!(incr(&zero, "n").await.unwrap(), 1);
    assert_eq!(incr(&one, "n").await.unwrap(), 1);
    assert_eq!(incr(&zero, "n").await.unwrap(), 2);
}

#[tokio::test]
async fn a_client_outlives_the_server_it_was_built_without() {
    let server = RedisServer::start();
    server.kill();
    let client = client(&server, BRIEF);
    assert_eq!(client.connection_state(), ConnectionState::Idle);

    let error = incr(&client, "n").await.unwrap_err();
    assert!(
        matches!(error, Error::Connection(RedisConnectionError::Unreachable { .. })),
        "{error:?}"
    );
    assert_eq!(error.fate(), Some(Fate::NotSent));
    assert!(error.is_transient());
    assert!(error.to_string().contains(&server.port().to_string()), "{error}");

    server.restart();
    let client = client.clone();
    eventually_ok(&client).await;
    assert_eq!(incr(&client, "n").await.unwrap(), 1);
}

/// Waits until the server answers through this client.
async fn eventually_ok(client: &RedisClient) {
    let deadline = Instant::now() + PATIENT;
    // Bound: the deadline.
    while let Err(error) = client.ping().await {
        assert!(Instant::now() < deadline, "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_was_never_sent_bridges_a_restart() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    assert_eq!(incr(&client, "n").await.unwrap(), 1);
    server.kill();
    // Only once the loss was noticed is it certain that the next command has not been sent.
    eventually("the loss is noticed", || {
        client.connection_state() != ConnectionState::Connected
    });
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { incr(&client, "n").await }
    });
    eventually("an attempt has failed", || {
        client.connection_state() == ConnectionState::BackingOff
    });
    server.restart();
    // The server came back empty.
    assert_eq!(waiting.await.unwrap().unwrap(), 1);
    assert_eq!(client.health().await.unwrap().reconnects, 1);
}

/// A server that has just come back greets everybody, and refuses commands until it has loaded its data.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_waits_while_the_server_loads_its_data() {
    // Slow to load, and looks at its clients meanwhile, after each kilobyte.
    let server = RedisServer::builder()
        .line("save 3600 1")
        .line("rdbcompression no")
        .line("key-load-delay 5000")
        .line("loading-process-events-interval-bytes 1024")
        .start();
    let client = client(&server, PATIENT);
    let keys: i64 = redis::cmd("EVAL")
        .arg("for i = 1, 200 do redis.call('SET', i, string.rep('x', 1024)) end return 200")
        .arg(0)
        .query(&mut server.redis())
        .unwrap();
    let () = redis::cmd("SAVE").query(&mut server.redis()).unwrap();
    server.kill();
    let waiting = tokio::spawn(async move { client.command::<i64>(&redis::cmd("DBSIZE")).await });
    // Loads for a second, and counts as restarted only then.
    server.restart();
    assert_eq!(waiting.await.unwrap().unwrap(), keys);
}

#[tokio::test]
async fn failing_fast_waits_for_no_restart() {
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(NOBODY)
        .response_timeout(PATIENT)
        .fail_fast(true)
        .build()
        .unwrap();
    let started = Instant::now();
    for _ in 0..3 {
        let error = client.ping().await.unwrap_err();
        assert!(
            matches!(error, Error::Connection(RedisConnectionError::Unreachable { .. })),
            "{error:?}"
        );
    }
    assert!(started.elapsed() < SLACK, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_wrong_password_is_told_at_once_and_never_shown() {
    let server = RedisServer::builder().password("hush-hush").start();
    let check = async |url: String| {
        let client = RedisClient::from_url(&url).unwrap();
        let started = Instant::now();
        let error = client.ping().await.unwrap_err();
        assert!(started.elapsed() < SLACK, "{url}: {:?}", started.elapsed());
        assert!(
            matches!(&error, Error::Connection(error) if error.is_authentication()),
            "{url}: {error:?}"
        );
        assert_eq!(error.fate(), Some(Fate::NotSent), "{url}");
        assert!(!error.is_transient(), "{url}");
        for shown in [format!("{error}"), format!("{error:?}"), format!("{client:?}")] {
            assert!(!shown.contains("hush") && !shown.contains("guess"), "{shown}");
        }
    };
    check(format!("redis://127.0.0.1:{}", server.port())).await;
    check(format!("redis://:guess@127.0.0.1:{}", server.port())).await;
    check(format!("redis://nobody:guess@127.0.0.1:{}", server.port())).await;
    check(format!("redis://:guess@127.0.0.1:{}/1", server.port())).await;
    check(format!("{}?pass=guess", server.unix_url())).await;
    RedisClient::from_url(&server.url())
        .unwrap()
        .ping()
        .await
        .unwrap();
    RedisClient::from_url(&format!("{}?pass=hush-hush", server.unix_url()))
        .unwrap()
        .ping()
        .await
        .unwrap();
}

/// A server without a password refuses one, and before 7 it says so in words of its own.
#[tokio::test]
async fn a_password_that_nobody_asked_for_is_refused() {
    let server = RedisServer::start();
    let client = RedisClient::builder()
        .host(server.host())
        .port(server.port())
        .password("guess")
        .build()
        .unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(
        matches!(&error, Error::Connection(error) if error.is_authentication()),
        "{error:?}"
    );
    assert!(!format!("{error:?} {error}").contains("guess"));
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_at_once() {
    let server = RedisServer::builder().line("databases 2").start();
    let client = RedisClient::from_url(&format!("{}/2", server.url())).unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Connection(RedisConnectionError::Database { db: 2, .. })
        ),
        "{error:?}"
    );
    assert!(!error.is_transient());
    assert!(error.to_string().contains("refused database 2"), "{error}");
}

#[tokio::test]
async fn an_acl_user_may_do_what_the_acl_says() {
    let server = RedisServer::builder()
        .user("reader", "on >letmein ~* +get +ping +echo")
        .start();
    let client = RedisClient::builder()
        .host(server.host())
        .port(server.port())
        .user("reader")
        .password("letmein")
        .build()
        .unwrap();
    let value: Option<String> = client.command(redis::cmd("GET").arg("k")).await.unwrap();
    assert_eq!(value, None);
    let error = incr(&client, "k").await.unwrap_err();
    let Error::Rejected {
        command,
        server: refusal,
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!((command.as_str(), refusal.code()), ("INCR", "NOPERM"));
    assert_eq!(error.fate(), Some(Fate::Rejected));
    // HELLO is open to everyone, so the role is known all the same.
    assert_eq!(client.health().await.unwrap().role, ServerRole::Primary);
}

#[tokio::test]
async fn a_server_that_accepts_and_never_answers_costs_no_more_than_the_deadline() {
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = mute.local_addr().unwrap().port();
    let builder = || RedisClient::builder().host("127.0.0.1").port(port);
    let check = async |client: RedisClient| {
        let started = Instant::now();
        let error = client.ping().await.unwrap_err();
        assert!(started.elapsed() >= BRIEF, "{:?}", started.elapsed());
        assert!(started.elapsed() < BRIEF + SLACK, "{:?}", started.elapsed());
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.fate(), Some(Fate::NotSent));
        let started = Instant::now();
        let error = client.dedicated().await.unwrap_err();
        assert!(
            error.is_timeout() && started.elapsed() < BRIEF + SLACK,
            "{error:?}"
        );
    };
    check(builder().response_timeout(BRIEF).build().unwrap()).await;
    check(
        builder()
            .connect_timeout(BRIEF)
            .response_timeout(BRIEF)
            .build()
            .unwrap(),
    )
    .await;
    check(
        builder()
            .connect_timeout(BRIEF)
            .response_timeout(PATIENT)
            .fail_fast(true)
            .build()
            .unwrap(),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_speak_redis_is_told_apart() {
    use std::io::Write as _;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let client = RedisClient::builder()
        .host("127.0.0.1")
        .port(port)
        .build()
        .unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(
        matches!(error, Error::Connection(RedisConnectionError::Protocol { .. })),
        "{error:?}"
    );
    assert!(!error.is_transient());
}

#[tokio::test]
async fn a_full_server_is_an_outage_and_not_a_wrong_password() {
    let server = RedisServer::builder().line("maxclients 1").start();
    let _only = server.redis();
    let client = RedisClient::builder()
        .host(server.host())
        .port(server.port())
        .response_timeout(BRIEF)
        .build()
        .unwrap();
    let error = client.ping().await.unwrap_err();
    assert!(
        matches!(error, Error::Connection(RedisConnectionError::Unavailable { .. })),
        "{error:?}"
    );
    assert!(error.is_transient());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_timed_out_may_have_been_executed_and_gives_its_reply_to_nobody() {
    let server = RedisServer::start();
    let client = client(&server, BRIEF);
    assert_eq!(incr(&client, "n").await.unwrap(), 1);
    server.pause();
    let started = Instant::now();
    let error = incr(&client, "n").await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");
    assert!(error.is_timeout() && error.is_transient());
    assert_eq!(error.fate(), Some(Fate::Ambiguous));
    assert!(started.elapsed() < BRIEF + SLACK);
    // The connection of that call gets no new commands.
    assert_ne!(client.connection_state(), ConnectionState::Connected);
    server.resume();
    eventually_ok(&client).await;
    let echoed: String = client.command(redis::cmd("ECHO").arg("mine")).await.unwrap();
    assert_eq!(echoed, "mine");
}

/// What it defends against: a caller whose call timed out leaves its reply behind, and the next caller takes it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_reply_reaches_the_wrong_caller_while_the_server_stalls_and_callers_give_up() {
    const CALLERS: u64 = 16;
    let server = RedisServer::start();
    let client = client(&server, Duration::from_millis(20));
    let stop = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicU64::new(0));
    let failed = Arc::new(AtomicU64::new(0));
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (client, stop) = (client.clone(), Arc::clone(&stop));
            let (answered, failed) = (Arc::clone(&answered), Arc::clone(&failed));
            tokio::spawn(async move {
                // Bound: `stop`.
                for turn in 0_u64.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let mine = format!("{caller}:{turn}");
                    let cmd = redis::cmd("ECHO").arg(&mine).clone();
                    if turn % 7 == caller % 7 {
                        // Gives up early: the future is dropped while the command is under way.
                        let _ =
                            tokio::time::timeout(Duration::from_micros(200), client.command::<String>(&cmd))
                                .await;
                        continue;
                    }
                    match client.command::<String>(&cmd).await {
                        Ok(echoed) => {
                            assert_eq!(echoed, mine);
                            answered.fetch_add(1, Ordering::Relaxed);
                        }
                        Err(error) => {
                            assert!(error.is_transient(), "{error:?}");
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                }
            })
        })
        .collect();
    for _ in 0..10 {
        let before = answered.load(Ordering::Relaxed);
        eventually("answers", || answered.load(Ordering::Relaxed) > before + 200);
        server.pause();
        let before = failed.load(Ordering::Relaxed);
        eventually("timeouts", || failed.load(Ordering::Relaxed) >= before + CALLERS);
        server.resume();
    }
    stop.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_killed_while_idle_costs_no_command() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    for n in 1..=5 {
        assert_eq!(incr(&client, "n").await.unwrap(), n);
        assert!(kill_clients(&server, "normal") >= 1);
        eventually("the loss is noticed", || {
            client.connection_state() == ConnectionState::Idle
        });
    }
    assert_eq!(read(&server, "n"), 5);
    assert_eq!(client.health().await.unwrap().reconnects, 5);
}

/// A write that the server holds back (`CLIENT PAUSE .. WRITE`) is certainly sent and certainly unanswered.
async fn interrupted<T: Send + 'static>(
    server: &RedisServer,
    client: &RedisClient,
    command: redis_client::client::Command<T>,
) -> Result<T, Error> {
    client.ping().await.unwrap();
    let () = redis::cmd("CLIENT")
        .arg(&["PAUSE", "100000", "WRITE"])
        .query(&mut server.redis())
        .unwrap();
    let call = tokio::spawn({
        let client = client.clone();
        async move { client.command(command).await }
    });
    let blocked = || -> bool {
        let info: String = redis::cmd("INFO")
            .arg("clients")
            .query(&mut server.redis())
            .unwrap();
        info.contains("blocked_clients:1")
    };
    eventually("the command is held", blocked);
    assert!(kill_clients(server, "normal") >= 1);
    eventually("the loss is noticed or repaired", || {
        call.is_finished() || blocked()
    });
    let () = redis::cmd("CLIENT")
        .arg("UNPAUSE")
        .query(&mut server.redis())
        .unwrap();
    call.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_repeated_only_when_that_is_safe() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);

    let error = interrupted::<i64>(&server, &client, redis::cmd("INCR").arg("n").into())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Interrupted { .. }), "{error:?}");
    assert_eq!(error.fate(), Some(Fate::Ambiguous));
    assert!(error.to_string().contains("INCR"), "{error}");
    let error = interrupted::<()>(
        &server,
        &client,
        redis::cmd("SET").arg("k").arg(1).arg("NX").into(),
    )
    .await
    .unwrap_err();
    assert_eq!(error.fate(), Some(Fate::Ambiguous), "{error:?}");

    interrupted::<()>(&server, &client, redis::cmd("SET").arg("k").arg("v").into())
        .await
        .unwrap();
    let value: String = client.command(redis::cmd("GET").arg("k")).await.unwrap();
    assert_eq!(value, "v");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_agrees_with_what_callers_were_told_through_restarts() {
    let server = RedisServer::builder().persistent().start();
    let client = client(&server, PATIENT);
    let stop = Arc::new(AtomicBool::new(false));
    let done = Arc::new(AtomicU64::new(0));
    let ambiguous = Arc::new(AtomicU64::new(0));
    let callers: Vec<_> = (0..4)
        .map(|_| {
            let (client, stop) = (client.clone(), Arc::clone(&stop));
            let (done, ambiguous) = (Arc::clone(&done), Arc::clone(&ambiguous));
            tokio::spawn(async move {
                // Bound: `stop`.
                while !stop.load(Ordering::Relaxed) {
                    match incr(&client, "n").await {
                        Ok(_) => done.fetch_add(1, Ordering::Relaxed),
                        Err(error) => {
                            assert_eq!(error.fate(), Some(Fate::Ambiguous), "{error:?}");
                            ambiguous.fetch_add(1, Ordering::Relaxed)
                        }
                    };
                }
            })
        })
        .collect();
    for _ in 0..3 {
        let before = done.load(Ordering::Relaxed);
        eventually("increments", || done.load(Ordering::Relaxed) > before + 50);
        server.restart();
    }
    stop.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap();
    }
    let (done, ambiguous) = (done.load(Ordering::Relaxed), ambiguous.load(Ordering::Relaxed));
    let counted = u64::try_from(read(&server, "n")).unwrap();
    assert!(
        (done..=done + ambiguous).contains(&counted),
        "{done} {ambiguous} {counted}"
    );
}

/// A server that closes the connection at an argument that is too large would otherwise be asked until the deadline.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_kills_its_connection_is_given_up_soon() {
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let client = client(&server, PATIENT);
    let large = vec![b'x'; 4 << 20];
    let started = Instant::now();
    let error = client
        .command::<()>(redis::cmd("SET").arg("k").arg(large))
        .await
        .unwrap_err();
    assert!(started.elapsed() + SLACK < PATIENT, "{:?}", started.elapsed());
    // The server says why and closes; which of the two arrives first is up to the network.
    assert!(
        matches!(error, Error::Interrupted { .. } | Error::Rejected { .. }),
        "{error:?}"
    );
    assert!(client.health().await.unwrap().reconnects <= 3);
}

#[tokio::test]
async fn stateful_and_blocking_commands_are_refused_unsent() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    for line in [
        "SELECT 1",
        "MULTI",
        "SUBSCRIBE c",
        "BLPOP k 0",
        "WATCH k",
        "AUTH secret",
        "MONITOR",
        "XREAD BLOCK 0 STREAMS s $",
    ] {
        let mut cmd = redis::Cmd::new();
        line.split(' ').for_each(|word| {
            cmd.arg(word);
        });
        let error = client.command::<redis::Value>(&cmd).await.unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{line}: {error:?}");
        assert_eq!(error.fate(), Some(Fate::NotSent), "{line}");
        assert!(error.to_string().contains("client.dedicated()"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert_eq!(client.connection_state(), ConnectionState::Idle);
}

#[tokio::test]
async fn a_dedicated_connection_has_its_own_state() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let mut dedicated = client.dedicated().await.unwrap();
    let () = dedicated.command(redis::cmd("SELECT").arg(1)).await.unwrap();
    let () = dedicated.command(&mut redis::cmd("MULTI")).await.unwrap();
    for _ in 0..2 {
        let queued: String = dedicated.command(redis::cmd("INCR").arg("n")).await.unwrap();
        assert_eq!(queued, "QUEUED");
    }
    let both: (i64, i64) = dedicated.command(&mut redis::cmd("EXEC")).await.unwrap();
    assert_eq!(both, (1, 2));
    // The shared connection is still on database 0.
    assert_eq!(incr(&client, "n").await.unwrap(), 1);
    let error = dedicated
        .command::<()>(redis::cmd("SUBSCRIBE").arg("c"))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("EventSubscriber"), "{error}");
}

#[tokio::test]
async fn a_blocking_command_waits_on_its_own_connection() {
    let server = RedisServer::start();
    let client = client(&server, BRIEF);
    let mut dedicated = client.dedicated().await.unwrap();
    let waiting = tokio::spawn(async move {
        let job: (String, String) = dedicated
            .command_within(redis::cmd("BLPOP").arg("jobs").arg(20), PATIENT)
            .await
            .unwrap();
        job.1
    });
    // The shared connection is not held up.
    let _: i64 = client
        .command(redis::cmd("RPUSH").arg("jobs").arg("first"))
        .await
        .unwrap();
    assert_eq!(waiting.await.unwrap(), "first");
}

#[tokio::test]
async fn a_dedicated_connection_ends_with_its_first_timeout() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let mut dedicated = client.dedicated().await.unwrap();
    let timeout = dedicated
        .command_within::<Option<(String, String)>>(redis::cmd("BLPOP").arg("jobs").arg(0), BRIEF)
        .await
        .unwrap_err();
    assert_eq!(
        (timeout.is_timeout(), timeout.fate()),
        (true, Some(Fate::Ambiguous))
    );
    let closed = dedicated
        .command::<String>(redis::cmd("ECHO").arg("x"))
        .await
        .unwrap_err();
    assert!(
        matches!(closed, Error::Connection(RedisConnectionError::Lost { .. })),
        "{closed:?}"
    );
    assert_eq!(closed.fate(), Some(Fate::NotSent));
}

#[tokio::test]
async fn an_answer_of_another_type_is_an_error_and_the_connection_goes_on() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let error = client
        .command::<i64>(redis::cmd("ECHO").arg("no number"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Reply { .. }), "{error:?}");
    assert_eq!(error.fate(), Some(Fate::Answered));
    assert!(!error.to_string().contains("no number"), "{error}");
    client.ping().await.unwrap();
    assert_eq!(client.connection_state(), ConnectionState::Connected);
}

#[tokio::test]
async fn a_rejection_does_not_repeat_arguments() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let error = client
        .command::<()>(redis::cmd("AUHT").arg("s3cret"))
        .await
        .unwrap_err();
    assert_eq!(error.fate(), Some(Fate::Rejected));
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
}

#[tokio::test]
async fn health_tells_role_version_and_latency() {
    let primary = RedisServer::start();
    let replica = RedisServer::builder()
        .line(&format!("replicaof 127.0.0.1 {}", primary.port()))
        .start();
    let client_of_primary = client(&primary, PATIENT);
    let health = client_of_primary.health().await.unwrap();
    assert_eq!(health.role, ServerRole::Primary);
    assert_eq!(health.connection, ConnectionState::Idle);
    assert_eq!(health.reconnects, 0);
    assert!(health.version.unwrap().contains('.'));
    assert!(health.latency < SLACK);
    let health = client_of_primary.health().await.unwrap();
    assert_eq!(health.connection, ConnectionState::Connected);
    let health = client(&replica, PATIENT).health().await.unwrap();
    assert_eq!(health.role, ServerRole::Replica);
}

#[tokio::test]
async fn a_namespace_is_in_every_key() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT).namespace("prod").unwrap();
    let _: i64 = client
        .command(redis::cmd("INCR").arg(client.key("n")))
        .await
        .unwrap();
    assert_eq!(read(&server, "prod:n"), 1);
    assert_eq!(read(&server, "n"), 0);
}

#[tokio::test]
async fn a_key_that_says_what_it_holds_is_read_and_written_typed() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT).namespace("prod").unwrap();
    let key = RedisKeys::price("BRK.B").unwrap();
    let json = r#"{"symbol":"BRK.B","bid":"412.50","ask":"412.70","mid":"412.600","bid_size":3,"ask_size":0,"timestamp":"2025-01-17T14:30:00Z","exchange":null}"#;
    let quote: Quote = redis_client::codec::decode(json.as_bytes()).unwrap();
    assert_eq!(client.get(&key).await.unwrap(), None);
    assert!(!client.exists(&key).await.unwrap());
    client.set(&key, &quote).await.unwrap();
    assert_eq!(client.get(&key).await.unwrap(), Some(quote));
    assert!(client.exists(&key).await.unwrap());

    let mut beside = server.redis();
    let stored: String = redis::cmd("GET")
        .arg("prod:price:BRK.B")
        .query(&mut beside)
        .unwrap();
    assert_eq!(stored, json);
    let lifetime: i64 = redis::cmd("TTL")
        .arg("prod:price:BRK.B")
        .query(&mut beside)
        .unwrap();
    assert!((290..=300).contains(&lifetime), "{lifetime}");
    // What Python leaves for a number that is none is read here as it is by the cache.
    let _: () = redis::cmd("SET")
        .arg("prod:features:AAPL:2025-01-17")
        .arg(r#"{"a":NaN,"b":1.5}"#)
        .query(&mut beside)
        .unwrap();
    let features = RedisKeys::features("AAPL", "2025-01-17").unwrap();
    let features = client.get(&features).await.unwrap().unwrap();
    assert!(features.get("a").unwrap().is_nan());
    assert_eq!(features.get("b"), Some(1.5));
    // A bare key carries no namespace; `client.key` adds it.
    let bare: Option<String> = client.command(redis::cmd("GET").arg(&key)).await.unwrap();
    assert_eq!(bare, None);
    let full: Option<String> = client
        .command(redis::cmd("GET").arg(client.key(&key)))
        .await
        .unwrap();
    assert_eq!(full.as_deref(), Some(json));

    let () = redis::cmd("SET")
        .arg("prod:price:BRK.B")
        .arg(r#"{"symbol":"BRK.B"}"#)
        .query(&mut beside)
        .unwrap();
    let error = client.get(&key).await.unwrap_err();
    let Error::Decode { key: named, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(named, "prod:price:BRK.B");
    assert!(client.delete(&key).await.unwrap());
    assert!(!client.delete(&key).await.unwrap());
}

/// A runtime that ends takes the connection it served with it; the client must not.
#[test]
fn a_client_moves_from_one_runtime_to_the_next() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    for n in 1..=3 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let counted = tokio::task::LocalSet::new().block_on(&runtime, incr(&client, "n"));
        assert_eq!(counted.unwrap(), n);
        drop(runtime);
    }
}

/// What happened in review: a runtime that ended while it connected left the client waiting for that attempt, in a hot loop.
#[test]
fn a_runtime_that_ends_while_it_connects_is_not_waited_for() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let run = |limit: Duration| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let ping = async { tokio::time::timeout(limit, client.ping()).await };
        tokio::task::LocalSet::new().block_on(&runtime, ping)
    };
    server.pause();
    assert!(run(BRIEF).is_err());
    assert_eq!(client.connection_state(), ConnectionState::Idle);
    server.resume();
    run(PATIENT).unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_callers_share_one_connection() {
    let server = RedisServer::start();
    let client = client(&server, PATIENT);
    let callers: Vec<_> = (0..200)
        .map(|caller: i64| {
            let client = client.clone();
            tokio::spawn(async move {
                client
                    .command::<i64>(redis::cmd("ECHO").arg(caller))
                    .await
                    .unwrap()
            })
        })
        .collect();
    for (expected, caller) in callers.into_iter().enumerate() {
        assert_eq!(caller.await.unwrap(), i64::try_from(expected).unwrap());
    }
    assert_eq!(client.health().await.unwrap().reconnects, 0);
    let list: String = redis::cmd("CLIENT")
        .arg(&["LIST", "TYPE", "normal"])
        .query(&mut server.redis())
        .unwrap();
    // This client, and the one that asks.
    assert_eq!(list.lines().count(), 2, "{list}");
}

/// The environment belongs to a process, so a child has one of its own.
#[test]
fn the_environment_names_the_server() {
    const CHILD: &str = "REDIS_CLIENT_TEST_CHILD";
    if std::env::var_os(CHILD).is_some() {
        match RedisClient::from_env() {
            Ok(client) => println!("<{}/{}>", client.endpoint(), client.db()),
            Err(error) => println!("<{error}>"),
        }
        return;
    }
    let check = |url: Option<&str>, expected: &str| {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child
            .args([
                "--exact",
                "--nocapture",
                "client::the_environment_names_the_server",
            ])
            .env(CHILD, "1");
        match url {
            Some(url) => child.env("REDIS_URL", url),
            None => child.env_remove("REDIS_URL"),
        };
        let said = String::from_utf8(child.output().unwrap().stdout).unwrap();
        assert!(said.contains(&format!("<{expected}>")), "{url:?}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    };
    check(None, "localhost:6379/0");
    check(Some(""), "localhost:6379/0");
    check(Some("redis://:s3cret@db.internal:7001/4"), "db.internal:7001/4");
    check(
        Some("rediss://:s3cret@db.internal"),
        "`rediss://` needs TLS, which this version does not have",
    );
    check(
        Some("s3cret@db.internal"),
        "the url cannot be used: relative URL without a base",
    );
}

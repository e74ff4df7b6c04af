//! What real servers say when they take no events, one refusal per test: who is stopped by it, that it names itself, and that
//! everything arrives once and in order when it is over.
//!
//! PUBLISH is no write command, so Redis takes it in some of these states; a fenced batch writes, so it is refused in all of them.
//! Each test tells both.

use std::fs;
use std::time::Duration;

use redis_client::publisher::{Backoff, EventPublisherBuilder, Receipt, ReceiptError};
use redis_client::{EventPublisher, RedisClient};
use redis_client_tests::{Builder, RedisServer, eventually, fence_servers, free_port};
use tempfile::TempDir;

use crate::support::{Ear, Large, Tick, client, publish};

/// Whether Redis takes an unfenced PUBLISH all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    Taken,
    Refused,
}

/// A publisher, its buffer, and the first of the thousand numbers that are its own.
struct Voice {
    publisher: EventPublisher,
    first: u64,
    is_fenced: bool,
    _dir: TempDir,
}

impl Voice {
    fn of(client: &RedisClient, first: u64, is_fenced: bool, is_ahead: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut builder = quick(client).buffer(dir.path());
        if is_fenced {
            builder = builder.fence();
        }
        if is_ahead {
            builder = builder.write_ahead();
        }
        Self {
            publisher: builder.build().unwrap(),
            first,
            is_fenced,
            _dir: dir,
        }
    }

    fn publish(&self, range: std::ops::Range<u64>) -> Vec<Receipt> {
        publish(&self.publisher, self.first + range.start..self.first + range.end)
    }

    #[track_caller]
    fn deliver(&self, range: std::ops::Range<u64>) {
        for receipt in self.publish(range) {
            let outcome = receipt.wait().unwrap();
            assert!(outcome.is_delivered(), "{}: {outcome:?}", self.first);
        }
    }

    #[track_caller]
    fn keep(&self, range: std::ops::Range<u64>) {
        for receipt in self.publish(range) {
            let outcome = receipt.wait().unwrap();
            assert!(outcome.is_buffered(), "{}: {outcome:?}", self.first);
        }
    }
}

fn quick(client: &RedisClient) -> EventPublisherBuilder {
    EventPublisher::builder(client).backoff(Backoff::new(Duration::from_millis(1), Duration::from_millis(20)))
}

/// Publishers of each kind on one server: on failure, write-ahead, both of them fenced, and one without a buffer.
struct Choir {
    voices: Vec<Voice>,
    bare: EventPublisher,
}

impl Choir {
    /// Each has published ten events.
    #[track_caller]
    fn on(client: &RedisClient) -> Self {
        let kinds = [(false, false), (false, true), (true, false), (true, true)];
        let voices = kinds.into_iter().zip(0_u64..);
        let voices: Vec<Voice> = voices
            .map(|((is_fenced, is_ahead), n)| Voice::of(client, n * 1000, is_fenced, is_ahead))
            .collect();
        for voice in &voices {
            voice.deliver(0..10);
        }
        let bare = quick(client).build().unwrap();
        bare.publish(&Tick { n: 9999 }).unwrap().wait().unwrap();
        Self { voices, bare }
    }

    /// Redis refuses, in one of the words given: whom that stops keeps its events and says why, everybody else goes on.
    #[track_caller]
    fn meets(&self, refusal: &str, plain: Plain) {
        for voice in &self.voices {
            let publisher = &voice.publisher;
            if plain == Plain::Taken && !voice.is_fenced {
                voice.deliver(10..30);
                assert!(publisher.stats().outage.is_none(), "{}", voice.first);
                continue;
            }
            voice.keep(10..30);
            eventually("the outage names its reason", || {
                let outage = publisher.stats().outage;
                outage.is_some_and(|outage| is_said_in(refusal, &outage))
            });
            assert_eq!(publisher.stats().buffer_events, 20, "{}", voice.first);
        }
        if plain == Plain::Refused {
            eventually("without a buffer it is an error that names it", || {
                let answer = self.bare.publish(&Tick { n: 9999 }).unwrap().wait();
                answer.is_err_and(|error| error.is_transient() && is_said_in(refusal, &error))
            });
        }
    }

    /// It is over: what was kept has arrived, before what is published now, and nothing came twice.
    #[track_caller]
    fn goes_on(self, ear: &mut Ear) {
        for voice in &self.voices {
            eventually("the buffer is replayed", || {
                voice.publisher.stats().buffer_events == 0
            });
            voice.deliver(30..40);
        }
        for voice in &self.voices {
            let heard = ear.until(voice.first + 39).iter().copied();
            let own: Vec<u64> = heard.filter(|n| n / 1000 == voice.first / 1000).collect();
            let expected: Vec<u64> = (voice.first + 10..voice.first + 40).collect();
            assert_eq!(own, expected);
            let stats = voice.publisher.stats();
            assert_eq!(
                (stats.fence_losses, stats.dead_letters, stats.reordered),
                (0, 0, 0)
            );
            assert_eq!(voice.publisher.close(Duration::from_secs(10)).wait().buffered, 0);
        }
    }
}

/// Whether an error or one of its sources speaks of one of the `refusals`, which `|` divides.
fn is_said_in(refusals: &str, error: &dyn std::error::Error) -> bool {
    let errors = std::iter::successors(Some(error), |error| error.source());
    let texts: Vec<String> = errors.map(ToString::to_string).collect();
    let is_said = |refusal| texts.iter().any(|text| text.contains(refusal));
    refusals.split('|').any(is_said)
}

fn ask<T: redis::FromRedisValue>(connection: &mut redis::Connection, words: &str) -> redis::RedisResult<T> {
    let mut words = words.split(' ');
    let mut command = redis::cmd(words.next().unwrap_or_default());
    for word in words {
        command.arg(if word == "''" { "" } else { word });
    }
    command.query(connection)
}

#[track_caller]
fn tell(server: &RedisServer, words: &str) {
    let () = ask(&mut server.redis(), words).unwrap_or_else(|error| panic!("{words}: {error}"));
}

fn info(server: &RedisServer, section: &str, line: &str) -> bool {
    let info: String = ask(&mut server.redis(), &format!("INFO {section}")).unwrap();
    info.lines().any(|found| found == line)
}

/// A client of the user `desk`, who may do all but what its rules take away.
fn desk(server: &RedisServer) -> RedisClient {
    let builder = RedisClient::builder().host(server.host()).port(server.port());
    builder.user("desk").password("pass").build().unwrap()
}

/// On each kind of server: a choir, the refusal, and the end of it.
#[track_caller]
fn story(
    configure: impl Fn(Builder) -> Builder,
    refusal: &str,
    plain: Plain,
    refuse: impl Fn(&RedisServer),
    mend: impl Fn(&RedisServer),
) {
    for server in fence_servers(&configure) {
        let choir = Choir::on(&client(&server));
        let mut ear = Ear::of_ticks(&server);
        refuse(&server);
        choir.meets(refusal, plain);
        mend(&server);
        choir.goes_on(&mut ear);
    }
}

#[test]
fn loading_keeps_everybody_waiting() {
    for server in fence_servers(|builder| builder) {
        let choir = Choir::on(&client(&server));
        server.restart_loading();
        let mut ear = Ear::of_ticks(&server);
        choir.meets("LOADING", Plain::Refused);
        let loading: redis::RedisResult<String> = ask(&mut server.redis(), "PING");
        assert_eq!(loading.unwrap_err().code(), Some("LOADING"), "still");
        server.finish_loading();
        choir.goes_on(&mut ear);
    }
}

#[test]
fn misconf_stops_the_fence_and_not_publish() {
    story(
        |builder| {
            builder
                .line("save 3600 1")
                .line("stop-writes-on-bgsave-error yes")
        },
        "MISCONF",
        Plain::Taken,
        |server| {
            // What a snapshot is renamed to: a file does not replace a directory, whoever asks.
            fs::create_dir(server.socket().with_file_name("dump.rdb")).unwrap();
            tell(server, "BGSAVE");
            eventually("the snapshot fails", || {
                info(server, "persistence", "rdb_last_bgsave_status:err")
            });
        },
        |server| {
            fs::remove_dir(server.socket().with_file_name("dump.rdb")).unwrap();
            tell(server, "BGSAVE");
            eventually("the snapshot succeeds", || {
                info(server, "persistence", "rdb_last_bgsave_status:ok")
            });
        },
    );
}

#[test]
fn oom_stops_the_fence_and_not_publish() {
    story(
        |builder| builder,
        "OOM",
        Plain::Taken,
        |server| tell(server, "CONFIG SET maxmemory 1"),
        |server| tell(server, "CONFIG SET maxmemory 0"),
    );
}

#[test]
fn noreplicas_stops_the_fence_and_not_publish() {
    story(
        |builder| builder,
        "NOREPLICAS",
        Plain::Taken,
        |server| tell(server, "CONFIG SET min-replicas-to-write 1"),
        |server| tell(server, "CONFIG SET min-replicas-to-write 0"),
    );
}

/// The server as a cluster's only node, whose slots come and go. A channel belongs to no slot, the fence's key does.
#[test]
fn clusterdown_stops_the_fence_and_not_publish() {
    let serve = |server: &RedisServer| {
        tell(server, "CLUSTER ADDSLOTSRANGE 0 16383");
        eventually("the cluster is up", || {
            let info: String = ask(&mut server.redis(), "CLUSTER INFO").unwrap();
            info.contains("cluster_state:ok")
        });
    };
    let node = |builder: Builder| {
        let port = free_port();
        builder
            .line("cluster-enabled yes")
            .line(&format!("cluster-port {port}"))
    };
    for server in fence_servers(node) {
        serve(&server);
        let choir = Choir::on(&client(&server));
        let mut ear = Ear::of_ticks(&server);
        tell(&server, "CLUSTER DELSLOTSRANGE 0 16383");
        choir.meets("CLUSTERDOWN", Plain::Taken);
        serve(&server);
        choir.goes_on(&mut ear);
    }
}

/// Whoever may not ask for the role learns it from the fence's write.
#[test]
fn readonly_stops_the_fence_and_a_hidden_role_lets_publish_pass() {
    for server in fence_servers(|builder| builder.user("desk", "on >pass ~* &* +@all -hello -role -info")) {
        let choir = Choir::on(&desk(&server));
        let mut ear = Ear::of_ticks(&server);
        tell(&server, "REPLICAOF 127.0.0.1 1");
        choir.meets("READONLY", Plain::Taken);
        tell(&server, "REPLICAOF NO ONE");
        choir.goes_on(&mut ear);
    }
}

#[test]
fn masterdown_stops_the_fence_and_a_hidden_role_lets_publish_pass() {
    let configure = |builder: Builder| {
        builder
            .user("desk", "on >pass ~* &* +@all -hello -role -info")
            .line("replica-serve-stale-data no")
    };
    for server in fence_servers(configure) {
        let choir = Choir::on(&desk(&server));
        let mut ear = Ear::of_ticks(&server);
        tell(&server, "REPLICAOF 127.0.0.1 1");
        choir.meets("MASTERDOWN", Plain::Taken);
        tell(&server, "REPLICAOF NO ONE");
        choir.goes_on(&mut ear);
    }
}

#[test]
fn busy_with_a_script_stops_everybody() {
    let configure = |builder: Builder| builder.line("lua-time-limit 10").line("proto-max-bulk-len 1mb");
    for server in fence_servers(configure) {
        let choir = Choir::on(&client(&server));
        let mut ear = Ear::of_ticks(&server);
        let mut endless = server.redis();
        let script = std::thread::spawn(move || {
            redis::cmd("EVAL")
                .arg("while true do end")
                .arg(0)
                .query::<()>(&mut endless)
        });
        eventually("the server is busy", || {
            let answer: redis::RedisResult<String> = ask(&mut server.redis(), "PING");
            answer.is_err_and(|error| error.code() == Some("BUSY"))
        });
        choir.meets("BUSY", Plain::Refused);
        // What happened: whoever connected meanwhile was not told the server's limits, and went without them.
        let late = quick(&client(&server)).build().unwrap();
        eventually("it is kept out", || {
            let outage = late.stats().outage;
            outage.is_some_and(|outage| is_said_in("BUSY", &outage))
        });
        tell(&server, "SCRIPT KILL");
        script.join().unwrap().unwrap_err();
        choir.goes_on(&mut ear);
        eventually("the late one is heard", || {
            late.publish(&Tick { n: 9999 }).unwrap().wait().is_ok()
        });
        let text = "x".repeat(2 << 20);
        let refused = late.publish(&Large { text }).unwrap().wait().unwrap_err();
        assert!(matches!(refused, ReceiptError::TooLarge { .. }), "{refused:?}");
    }
}

#[test]
fn noauth_stops_everybody() {
    story(
        |builder| builder,
        "NOAUTH",
        Plain::Refused,
        |server| {
            let mut connection = server.redis();
            let () = ask(&mut connection, "CONFIG SET requirepass secret").unwrap();
            // Who is in stays in.
            let () = ask(&mut connection, "CLIENT KILL TYPE normal SKIPME yes").unwrap();
        },
        |server| {
            let mut connection = server.redis();
            let () = ask(&mut connection, "AUTH secret").unwrap();
            let () = ask(&mut connection, "CONFIG SET requirepass ''").unwrap();
        },
    );
}

#[test]
fn noperm_for_scripts_stops_the_fence_alone() {
    for server in fence_servers(|builder| builder.user("desk", "on >pass ~* &* +@all")) {
        let choir = Choir::on(&desk(&server));
        let mut ear = Ear::of_ticks(&server);
        tell(&server, "ACL SETUSER desk -eval -evalsha");
        choir.meets("NOPERM", Plain::Taken);
        tell(&server, "ACL SETUSER desk +eval +evalsha");
        choir.goes_on(&mut ear);
    }
}

#[test]
fn noperm_for_publish_stops_everybody() {
    for server in fence_servers(|builder| builder.user("desk", "on >pass ~* &* +@all")) {
        let choir = Choir::on(&desk(&server));
        let mut ear = Ear::of_ticks(&server);
        tell(&server, "ACL SETUSER desk -publish");
        // The refusal of a command within a script has a code of its own in newer servers only.
        choir.meets(
            "NOPERM|executing the script|ACL failure in script",
            Plain::Refused,
        );
        tell(&server, "ACL SETUSER desk +publish");
        choir.goes_on(&mut ear);
    }
}

//! What the commands say of a server that is there and takes nothing: one that loads its data, and one whose snapshots fail.

use std::fs;

use redis_client_tests::RedisServer;
use redis_client_tests::command_line::CommandLine;
use redis_client_tests::eventually;
use serde_json::{Value, json};

use crate::support::{Listener, members, object, orders, payloads, run, text};

fn publish(server: &RedisServer, more: &[&str]) -> CommandLine {
    CommandLine::new(["publish", "--json", "--receipts", "--url", &server.url()]).more(more)
}

#[test]
fn while_redis_loads_its_data_it_is_unreachable_and_what_is_published_is_kept() {
    let server = RedisServer::start();
    server.restart_loading();
    let listener = Listener::on(&server);
    let dirs = tempfile::tempdir().unwrap();
    let (plain, fenced) = (dirs.path().join("plain"), dirs.path().join("fenced"));
    let (plain, fenced) = (text(&plain), text(&fenced));

    let ran = publish(&server, &[]).input(orders([1])).run();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("LOADING"), "{ran:?}");
    assert_eq!(ran.objects()[0]["outcome"], "failed");
    for more in [&["--buffer", plain][..], &["--buffer", fenced, "--fence"]] {
        let ran = publish(&server, more).input(orders(1..=3)).run();
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(members(&ran.objects(), "outcome"), ["buffered"; 3]);
    }
    let replay = |more: &[&str]| {
        let url = server.url();
        run(&[&["buffer", "replay", "--url", &url], more].concat())
    };
    assert_eq!(replay(&[plain]).code, 3);
    assert_eq!(replay(&[fenced, "--fence"]).code, 3);
    assert_eq!(run(&["health", "--url", &server.url()]).code, 3);

    server.finish_loading();
    assert_eq!(
        replay(&[plain]).objects(),
        [json!({"replayed": 3, "remaining": 0})]
    );
    assert_eq!(
        replay(&[fenced, "--fence"]).objects(),
        [json!({"replayed": 3, "remaining": 0})]
    );
    let expected = [payloads(1..=3), payloads(1..=3)].concat();
    assert_eq!(listener.payloads(&server), expected);
}

#[test]
fn while_snapshots_fail_a_fenced_event_is_kept_and_another_goes_out() {
    let server = RedisServer::builder().line("save 3600 1").start();
    let listener = Listener::on(&server);
    let dir = tempfile::tempdir().unwrap();
    let fenced = ["--buffer", text(dir.path()), "--fence"];
    let outcome = |more: &[&str], n: u64| -> Value {
        let ran = publish(&server, more).input(orders([n])).run();
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.objects()[0]["outcome"].clone()
    };
    assert_eq!(outcome(&fenced, 1), "delivered");
    // A file does not replace a directory.
    let snapshot = server.socket().with_file_name("dump.rdb");
    let save = |expected: &str| {
        let () = redis::cmd("BGSAVE").query(&mut server.redis()).unwrap();
        eventually("the snapshot has ended", || {
            let info = redis::cmd("INFO")
                .arg("persistence")
                .query::<String>(&mut server.redis());
            info.unwrap().contains(expected)
        });
    };
    fs::create_dir(&snapshot).unwrap();
    save("rdb_last_bgsave_status:err");
    assert_eq!(outcome(&fenced, 2), "buffered");
    assert_eq!(outcome(&[], 3), "delivered");
    let replay = [
        "buffer",
        "replay",
        "--url",
        &server.url(),
        text(dir.path()),
        "--fence",
    ];
    let ran = run(&replay);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("MISCONF"), "{ran:?}");

    fs::remove_dir(&snapshot).unwrap();
    save("rdb_last_bgsave_status:ok");
    assert_eq!(object(&replay), json!({"replayed": 1, "remaining": 0}));
    assert_eq!(listener.payloads(&server), payloads([1, 3, 2]));
}

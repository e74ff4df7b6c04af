//! The files of a buffer as others leave them: of a newer version, damaged, gone.

#![expect(
    clippy::indexing_slicing,
    reason = "the bytes were written by the program under test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use redis_client_tests::RedisServer;
use redis_client_tests::command_line::{CommandLine, Ran};
use serde_json::json;

use crate::publish::huge;
use crate::support::{Listener, members, object, orders, payloads, run, text};

type Damage = fn(&Path);

/// All files with their bytes.
fn contents(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.insert(path.clone(), fs::read(path).unwrap());
            }
        }
    }
    all
}

/// The same bytes in format 2: the number, and a checksum that holds.
fn newer(bytes: &[u8]) -> Vec<u8> {
    let mut newer = bytes.to_vec();
    if newer.starts_with(b"#1 ") {
        return format!("#2 {:08x} \n", crc32c::crc32c(b"#2 ")).into_bytes();
    }
    let length = match &newer[..8] {
        b"\xF5RCwal\r\n" => 96,
        b"\xF5RCfenc\n" => 4096,
        _ => 120,
    };
    newer[8] = 2;
    let crc = crc32c::crc32c_append(crc32c::crc32c(&newer[..12]), &newer[16..length]);
    newer[12..16].copy_from_slice(&crc.to_le_bytes());
    newer
}

fn publish(url: &str, directory: &Path, numbers: std::ops::Range<u64>) -> Ran {
    let arguments = [
        "publish",
        "--json",
        "--receipts",
        "--fence",
        "--url",
        url,
        "--buffer",
    ];
    CommandLine::new([&arguments[..], &[text(directory)]].concat())
        .input(orders(numbers))
        .run()
}

/// A fenced directory with records, dead letters, and a requeue behind it.
fn fenced(server: &RedisServer, directory: &Path) {
    for _ in 0..2 {
        let arguments = ["publish", "--url", "redis://127.0.0.1:1", "--fence", "--buffer"];
        let ran = CommandLine::new([&arguments[..], &[text(directory)]].concat())
            .input(huge())
            .run();
        assert_eq!(ran.code, 0, "{ran:?}");
        let replay = [
            "buffer",
            "replay",
            "--fence",
            "--url",
            &server.url(),
            text(directory),
        ];
        assert_eq!(run(&replay).code, 1);
        object(&["buffer", "requeue", text(directory)]);
        assert_eq!(run(&replay).code, 1);
    }
    let ran = publish("redis://127.0.0.1:1", directory, 0..3);
    assert_eq!(members(&ran.objects(), "outcome"), ["buffered"; 3]);
}

/// What happened: `fence` of a newer version was refused only after the epoch was raised, and `repair` opened the directory and said
/// that all was well.
#[test]
fn a_file_of_a_newer_version_is_refused_by_every_command_and_nothing_changes() {
    let server = RedisServer::builder().line("proto-max-bulk-len 1mb").start();
    let url = server.url();
    let dirs = tempfile::tempdir().unwrap();
    let directory = dirs.path().join("buffer");
    fenced(&server, &directory);
    let import = dirs.path().join("import.json");
    fs::write(&import, r#"[{"channel": "a", "payload": "1"}]"#).unwrap();
    let directory = text(&directory);
    let commands: [&[&str]; 12] = [
        &["buffer", "status", directory],
        &["buffer", "list", directory],
        &["buffer", "dead-letters", directory],
        &["buffer", "verify", directory],
        &["buffer", "repair", directory],
        &["buffer", "requeue", directory],
        &["buffer", "adopt", directory],
        &["buffer", "import", directory, text(&import)],
        &["buffer", "replay", "--url", &url, directory],
        &["buffer", "replay", "--fence", "--url", &url, directory],
        &["publish", "--url", &url, "--buffer", directory],
        &["publish", "--url", &url, "--fence", "--buffer", directory],
    ];
    let before = contents(Path::new(directory));
    let files = before.keys().filter(|file| !file.ends_with("lock"));
    let mut seen = 0;
    for file in files.filter(|file| !file.parent().unwrap().ends_with("damaged")) {
        fs::write(file, newer(&before[file])).unwrap();
        let changed = contents(Path::new(directory));
        for command in commands {
            let ran = CommandLine::new(command).input(orders(7..8)).run();
            assert_eq!((ran.code, &*ran.stdout), (4, ""), "{} {ran:?}", file.display());
            let says = format!("{} has format 2, this version reads format 1", file.display());
            assert!(ran.stderr.contains(&says), "{command:?}: {ran:?}");
            assert!(
                contents(Path::new(directory)) == changed,
                "{command:?} changed something: {}",
                file.display()
            );
        }
        fs::write(file, &before[file]).unwrap();
        seen += 1;
    }
    assert!(seen >= 8, "{:?}", before.keys());
    assert_eq!(run(&["buffer", "verify", directory]).code, 0);
}

/// What happened: with `fence` damaged or removed, Redis named an owner that the directory did not know any more, and it was fenced off
/// by itself; without the file it was even opened unfenced.
#[test]
fn a_fence_that_is_damaged_or_gone_costs_nothing() {
    let server = RedisServer::start();
    let url = server.url();
    let dirs = tempfile::tempdir().unwrap();
    let damages: [(&str, Damage); 6] = [
        ("zeros", |file| fs::write(file, [0; 8192]).unwrap()),
        ("emptied", |file| fs::write(file, "").unwrap()),
        ("cut", |file| {
            fs::write(file, &fs::read(file).unwrap()[..4100]).unwrap();
        }),
        ("rubbish", |file| fs::write(file, [0x5A; 9000]).unwrap()),
        ("a bit of each slot", |file| {
            let mut bytes = fs::read(file).unwrap();
            bytes[70] ^= 1;
            bytes[4096 + 30] ^= 1;
            fs::write(file, bytes).unwrap();
        }),
        ("gone", |file| fs::remove_file(file).unwrap()),
    ];
    let listener = Listener::on(&server);
    for ((story, damage), first) in damages.into_iter().zip((0..).step_by(10)) {
        let directory = dirs.path().join(story);
        let offline = "redis://127.0.0.1:1";
        // One start that owned the fence, and a last one that may have.
        let ran = publish(&url, &directory, first..first + 2);
        assert_eq!(members(&ran.objects(), "outcome"), ["delivered"; 2], "{story}");
        let ran = publish(offline, &directory, first + 2..first + 4);
        assert_eq!(members(&ran.objects(), "outcome"), ["buffered"; 2], "{story}");
        damage(&directory.join("fence"));
        let directory = text(&directory);
        let verified = run(&["buffer", "verify", directory]);
        assert_eq!(
            (verified.code, members(&verified.objects(), "kind")),
            (1, vec![&json!("fence")]),
            "{story}"
        );
        let unfenced = run(&["buffer", "replay", "--url", &url, directory]);
        assert_eq!(unfenced.code, 4, "{story}: {unfenced:?}");
        assert!(unfenced.stderr.contains("fenced"), "{story}: {unfenced:?}");
        if first > 20 {
            let repaired = run(&["buffer", "repair", directory]);
            assert_eq!(
                (repaired.code, &repaired.stdout),
                (0, &verified.stdout),
                "{story}: {repaired:?}"
            );
        }
        let ran = publish(&url, Path::new(directory), first + 4..first + 6);
        assert_eq!((ran.code, ran.objects().len()), (0, 2), "{story}: {ran:?}");
        assert_eq!(run(&["buffer", "verify", directory]).code, 0, "{story}");
        assert_eq!(object(&["buffer", "status", directory])["records"], 0, "{story}");
    }
    let expected = (0..60).step_by(10).flat_map(|first| payloads(first..first + 6));
    assert_eq!(listener.payloads(&server), expected.collect::<Vec<_>>());
}

//! The buffer by its public face, on a real disk: damage at every place, bad paths, locks, golden files.

#![cfg(feature = "buffer")]
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use redis_client::buffer::{
    Config, Error, FallbackBuffer, FindingKind, Pair, Record, Sync, WhenFull, inspect,
};
use tempfile::TempDir;

const SMALL: u64 = 8 << 10;

fn small() -> Config {
    Config::new().segment_bytes(SMALL).sync(Sync::Os)
}

/// In memory where the system has such a place: these tests open thousands of logs, and each start syncs.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// How many of the places to damage are tried: all of them in memory, a sample on a disk.
fn stride(directory: &Path) -> usize {
    if directory.starts_with("/dev/shm") { 1 } else { 61 }
}

/// All files of a directory, by relative name.
type Files = BTreeMap<String, Vec<u8>>;

fn read_files(directory: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            files.insert(
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            );
        }
    }
    files
}

fn write_files(directory: &Path, files: &Files) {
    fs::create_dir_all(directory).unwrap();
    for (name, bytes) in files {
        fs::write(directory.join(name), bytes).unwrap();
    }
}

fn is_segment(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "wal")
}

fn segments(files: &Files) -> Vec<String> {
    files.keys().filter(|name| is_segment(name)).cloned().collect()
}

/// What is compared of a record.
fn facts(record: &Record) -> (Pair, String, Vec<u8>) {
    (
        record.pair(),
        record.channel().to_owned(),
        record.payload().to_vec(),
    )
}

type Facts = (Pair, String, Vec<u8>);

fn stored(directory: &Path) -> Vec<Facts> {
    let buffer = FallbackBuffer::open_with(directory, &small()).unwrap();
    let records: Vec<Facts> = buffer.iter().map(|record| facts(&record.unwrap())).collect();
    assert_eq!(records.len() as u64, buffer.len().unwrap());
    records
}

/// A log of several segments and starts, as a killed owner leaves it: zeros ahead, nothing closed.
fn log(directory: &Path, starts: usize, records: usize, payload_bytes: usize) -> (Files, Vec<Facts>) {
    let mut files = Files::new();
    for start in 0..starts {
        let config = if start % 2 == 0 {
            small()
        } else {
            small().sync(Sync::Always)
        };
        let buffer = FallbackBuffer::open_with(directory, &config).unwrap();
        for number in 0..records {
            let payload = format!(
                "{{\"start\":{start},\"number\":{number},\"text\":\"{}\"}}",
                "x".repeat(payload_bytes)
            );
            buffer
                .append(
                    if number % 3 == 0 {
                        "orders.executed"
                    } else {
                        "signals.generated"
                    },
                    payload.as_bytes(),
                )
                .unwrap();
        }
        files = read_files(directory);
    }
    files.remove("lock");
    fs::remove_dir_all(directory).unwrap();
    write_files(directory, &files);
    let expected = stored(directory);
    assert_eq!(expected.len(), starts * records);
    (files, expected)
}

fn reset(directory: &Path, files: &Files) {
    let _ = fs::remove_dir_all(directory);
    write_files(directory, files);
}

/// `found` is `expected` without at most `lost` records.
fn assert_lost_at_most(found: &[Facts], expected: &[Facts], lost: usize, story: &str) {
    let mut left = expected.iter();
    for record in found {
        assert!(
            left.any(|known| known == record),
            "{story}: {} is wrong, doubled or out of order",
            record.0
        );
    }
    assert!(
        expected.len() - found.len() <= lost,
        "{story}: {} of {} lost",
        expected.len() - found.len(),
        expected.len()
    );
}

#[test]
fn cut_at_every_byte_keeps_what_is_whole() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 2, 28, 300);
    let names = segments(&files);
    assert!(names.len() >= 3, "{names:?}");
    let last = names.last().unwrap();
    let bytes = &files[last];
    let used = bytes.len() - bytes.iter().rev().take_while(|byte| **byte == 0).count();
    let mut previous = expected.len();
    let stride = stride(&directory);
    for cut in (0..=used).rev().step_by(stride) {
        let mut files = files.clone();
        files.get_mut(last).unwrap().truncate(cut);
        reset(&directory, &files);
        let found = stored(&directory);
        // A prefix, whole up to the cut: never a record too much, none too few.
        assert_eq!(found, expected[..found.len()], "cut at {cut}");
        assert!(stride > 1 || previous - found.len() <= 1, "cut at {cut}");
        previous = found.len();
        let size = fs::metadata(directory.join(last)).map_or(0, |found| found.len());
        assert!(size <= cut as u64, "cut at {cut}: {size} bytes are left");
    }
    let in_last = expected.len() - previous;
    assert!(in_last > 5, "{in_last} records in the last segment");
}

#[test]
fn a_flip_of_any_bit_costs_at_most_one_record() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 2, 3, 3);
    for (name, bytes) in &files {
        let used = bytes.len() - bytes.iter().rev().take_while(|byte| **byte == 0).count();
        // All bits of what is used, and one of each page of what was written ahead.
        let ahead = (used * 8..bytes.len() * 8).step_by(8 * 4096 + 3);
        for bit in (0..used * 8).chain(ahead).step_by(stride(&directory)) {
            let blank = if is_segment(name) {
                [96..2048, 2144..4096]
            } else {
                [120..4096, 0..0]
            };
            if blank.iter().any(|blank| blank.contains(&(bit / 8))) && bit % 509 != 0 {
                continue;
            }
            let mut damaged = files.clone();
            damaged.get_mut(name).unwrap()[bit / 8] ^= 1 << (bit % 8);
            reset(&directory, &damaged);
            let story = format!("bit {} of byte {} of {name}", bit % 8, bit / 8);
            let is_record = is_segment(name) && (4096..used).contains(&(bit / 8));
            let seen = inspect(&directory).unwrap();
            let listed: Vec<Facts> = seen.records().map(|record| facts(&record.unwrap())).collect();
            assert_lost_at_most(&listed, &expected, usize::from(is_record), &story);
            if is_record {
                let lost: u64 = seen.findings().iter().map(|finding| finding.records).sum();
                assert_eq!(lost, 1, "{story}: {:?}", seen.findings());
            }
            assert_eq!(stored(&directory), listed, "{story}");
            // What opening set right stays right, and what it removed is kept.
            let again = inspect(&directory).unwrap();
            assert!(again.findings().is_empty(), "{story}: {:?}", again.findings());
            if listed.len() < expected.len() {
                assert!(again.status().damaged > 0, "{story}");
            }
        }
    }
}

#[test]
fn a_hole_of_zeros_costs_only_what_lies_in_it() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 1, 20, 200);
    let name = &segments(&files)[0];
    // The whole header page, pages and sectors of records, and spans that end with a record's end.
    for (start, length, lost) in [
        (0, 4096, 0),
        (4096, 512, 3),
        (4608, 1024, 6),
        (4196, 100, 2),
        (0, 5000, 4),
    ] {
        let mut damaged = files.clone();
        damaged.get_mut(name).unwrap()[start..start + length].fill(0);
        reset(&directory, &damaged);
        let found = stored(&directory);
        assert_lost_at_most(&found, &expected, lost, &format!("{length} zeros from {start}"));
        assert_eq!(found.last(), expected.last());
        assert!(inspect(&directory).unwrap().findings().is_empty());
    }
}

#[test]
fn bytes_taken_out_or_put_in_move_records_and_lose_none_of_the_others() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 1, 20, 200);
    let name = &segments(&files)[0];
    for at in [0, 10, 4090, 4096, 4100, 4400, 5003] {
        for length in [1, 7, 300] {
            let mut damaged = files.clone();
            damaged.get_mut(name).unwrap().drain(at..at + length);
            reset(&directory, &damaged);
            let story = format!("{length} bytes taken out at {at}");
            assert_lost_at_most(&stored(&directory), &expected, 3, &story);
            assert!(inspect(&directory).unwrap().findings().is_empty(), "{story}");

            let mut damaged = files.clone();
            damaged.get_mut(name).unwrap().splice(at..at, vec![b'?'; length]);
            reset(&directory, &damaged);
            let story = format!("{length} bytes put in at {at}");
            assert_lost_at_most(&stored(&directory), &expected, 1, &story);
            assert!(inspect(&directory).unwrap().findings().is_empty(), "{story}");
        }
    }
}

#[test]
fn a_block_copied_to_a_wrong_place_doubles_nothing() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 1, 24, 200);
    let name = &segments(&files)[0];
    for (from, to) in [(6144, 4608), (4608, 6144), (4096, 5120)] {
        let mut damaged = files.clone();
        damaged.get_mut(name).unwrap().copy_within(from..from + 1024, to);
        reset(&directory, &damaged);
        let found = stored(&directory);
        assert_lost_at_most(&found, &expected, 6, &format!("block at {from} over {to}"));
        assert_eq!(found.last(), expected.last());
    }
}

#[test]
fn a_payload_that_holds_records_is_never_taken_for_them() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let buffer = FallbackBuffer::open_with(&directory, &Config::new().sync(Sync::Os)).unwrap();
    buffer.append("a", b"first").unwrap();
    buffer.append("a", b"second").unwrap();
    let name = segments(&read_files(&directory))[0].clone();
    // The records just written, byte for byte, as another's payload.
    let copy = fs::read(directory.join(&name)).unwrap()[4096..].to_vec();
    buffer.append("a", &copy).unwrap();
    buffer.append("a", b"last").unwrap();
    drop(buffer);
    let mut files = read_files(&directory);
    files.remove("lock");
    let start = 4096 + copy.len();
    for flip in start..start + 60 {
        let mut damaged = files.clone();
        damaged.get_mut(&name).unwrap()[flip] ^= 0x10;
        reset(&directory, &damaged);
        let payloads: Vec<Vec<u8>> = stored(&directory)
            .into_iter()
            .map(|(_, _, payload)| payload)
            .collect();
        assert_eq!(
            payloads,
            [b"first".to_vec(), b"second".to_vec(), b"last".to_vec()],
            "flip at {flip}"
        );
    }
}

#[test]
fn a_missing_segment_is_reported_once_and_costs_only_itself() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 2, 40, 300);
    for name in segments(&files) {
        let mut damaged = files.clone();
        damaged.remove(&name);
        reset(&directory, &damaged);
        let seen = inspect(&directory).unwrap();
        let missing: Vec<_> = seen
            .findings()
            .iter()
            .filter(|finding| finding.kind == FindingKind::MissingSegment)
            .collect();
        assert_eq!(missing.len(), 1, "{name}: {:?}", seen.findings());
        assert_eq!(missing[0].file, name);
        let found = stored(&directory);
        assert_lost_at_most(&found, &expected, 20, &name);
        assert!(found.len() < expected.len());
        let again = inspect(&directory).unwrap();
        assert!(again.findings().is_empty(), "{name}: {:?}", again.findings());
        assert_eq!(again.status().damaged, 1);
    }
}

#[test]
fn lost_small_files_lose_no_record() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 2, 10, 100);
    for name in ["cursor", "producer"] {
        for damage in ["removed", "emptied", "garbage"] {
            let mut damaged = files.clone();
            match damage {
                "removed" => drop(damaged.remove(name)),
                "emptied" => damaged.get_mut(name).unwrap().clear(),
                _ => damaged.get_mut(name).unwrap().fill(b'?'),
            }
            reset(&directory, &damaged);
            let before = FallbackBuffer::open(&directory).unwrap();
            let kinds: Vec<FindingKind> = before
                .findings()
                .unwrap()
                .iter()
                .map(|finding| finding.kind)
                .collect();
            let kind = if name == "cursor" {
                FindingKind::Cursor
            } else {
                FindingKind::Producer
            };
            assert_eq!(kinds, [kind], "{name} {damage}");
            let pair = before.append("a", b"new").unwrap();
            assert!(
                expected.iter().all(|(known, _, _)| *known < pair),
                "{name} {damage}: {pair} was used before"
            );
            drop(before);
            let mut found = stored(&directory);
            assert_eq!(found.pop().unwrap().2, b"new");
            assert_eq!(found, expected, "{name} {damage}");
        }
    }
}

#[test]
fn empty_and_stray_files_are_no_obstacle() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (mut files, expected) = log(&directory, 1, 10, 100);
    files.insert("00000000000000000009.wal".to_owned(), Vec::new());
    files.insert("00000000000000000010.wal".to_owned(), vec![0; 100]);
    files.insert("notes.txt".to_owned(), b"do not delete".to_vec());
    files.insert("00000000000000000001.wal.tmp".to_owned(), b"half".to_vec());
    reset(&directory, &files);
    let kinds: Vec<FindingKind> = inspect(&directory)
        .unwrap()
        .findings()
        .iter()
        .map(|found| found.kind)
        .collect();
    assert!(kinds.contains(&FindingKind::Stray), "{kinds:?}");
    assert_eq!(stored(&directory), expected);
    assert_eq!(fs::read(directory.join("notes.txt")).unwrap(), b"do not delete");
    assert!(!directory.join("00000000000000000001.wal.tmp").exists());
    assert!(!directory.join("00000000000000000009.wal").exists());
}

#[test]
fn a_segment_of_another_log_is_set_aside() {
    let temporary = scratch();
    let (directory, other) = (temporary.path().join("log"), temporary.path().join("other"));
    let (foreign, _) = log(&other, 1, 3, 10);
    let (mut files, expected) = log(&directory, 1, 3, 10);
    files.insert(
        "00000000000000000002.wal".to_owned(),
        foreign["00000000000000000001.wal"].clone(),
    );
    reset(&directory, &files);
    let seen = inspect(&directory).unwrap();
    assert_eq!(
        seen.findings()[0].kind,
        FindingKind::Foreign,
        "{:?}",
        seen.findings()
    );
    assert_eq!(stored(&directory), expected);
    let kept = fs::read(directory.join("damaged/00000000000000000002.wal.damaged")).unwrap();
    assert_eq!(kept, foreign["00000000000000000001.wal"]);
}

#[test]
fn a_renamed_segment_gets_its_name_back() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (mut files, expected) = log(&directory, 1, 3, 10);
    let segment = files.remove("00000000000000000001.wal").unwrap();
    files.insert("00000000000000000007.wal".to_owned(), segment);
    reset(&directory, &files);
    assert_eq!(stored(&directory), expected);
    assert!(directory.join("00000000000000000001.wal").exists());
}

#[test]
fn every_byte_that_is_removed_is_kept() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, _) = log(&directory, 1, 6, 50);
    let name = &segments(&files)[0];
    let mut damaged = files.clone();
    damaged.get_mut(name).unwrap()[4200] ^= 1;
    reset(&directory, &damaged);
    let finding = inspect(&directory).unwrap().findings()[0].clone();
    stored(&directory);
    let kept = fs::read(directory.join(format!("damaged/{:020}-{}.damaged", 1, finding.offset))).unwrap();
    let (start, bytes) = (
        usize::try_from(finding.offset).unwrap(),
        usize::try_from(finding.bytes).unwrap(),
    );
    assert_eq!(kept, damaged[name][start..start + bytes]);
}

#[test]
fn a_newer_format_is_refused_and_nothing_changes() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, _) = log(&directory, 1, 3, 10);
    for name in ["producer", "cursor", "00000000000000000001.wal"] {
        let mut newer = files.clone();
        let bytes = newer.get_mut(name).unwrap();
        let length = if is_segment(name) { 96 } else { 120 };
        bytes[8] = 2;
        let checksum = crc32c_of(&[&bytes[..12], &bytes[16..length]].concat());
        bytes[12..16].copy_from_slice(&checksum.to_le_bytes());
        reset(&directory, &newer);
        let error = FallbackBuffer::open(&directory).unwrap_err();
        assert!(error.is_version(), "{name}: {error}");
        assert!(error.to_string().contains(name), "{error}");
        let mut after = read_files(&directory);
        after.remove("lock");
        assert_eq!(after, newer, "{name}");
    }
}

/// CRC-32C, bit by bit: the test must not trust the code it tests.
fn crc32c_of(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0x82F6_3B78 * (crc & 1))
        })
    })
}

#[test]
fn bad_paths_are_named() {
    let temporary = scratch();
    let file = temporary.path().join("file");
    fs::write(&file, b"text").unwrap();
    for path in [file.clone(), file.join("below")] {
        for error in [
            FallbackBuffer::open(&path).unwrap_err(),
            inspect(&path).unwrap_err(),
        ] {
            assert!(error.to_string().contains("file"), "{error}");
        }
    }
    assert!(matches!(
        FallbackBuffer::open(&file),
        Err(Error::NotADirectory { .. })
    ));
    let absent = inspect(temporary.path().join("absent")).unwrap_err();
    assert!(absent.to_string().contains("absent"), "{absent}");
    assert_eq!(fs::read(&file).unwrap(), b"text");
}

#[test]
fn the_owner_is_named_and_others_are_kept_out() {
    let temporary = scratch();
    let directory = temporary.path().join("deep/log");
    fs::create_dir_all(&directory).unwrap();
    fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).unwrap();
    let owner = FallbackBuffer::open(&directory).unwrap();
    owner.append("a", b"1").unwrap();
    match FallbackBuffer::open(&directory).unwrap_err() {
        Error::Locked { path, pid } => assert_eq!((path, pid), (directory.clone(), Some(std::process::id()))),
        other => panic!("{other}"),
    }
    assert_eq!(fs::metadata(&directory).unwrap().mode() & 0o777, 0o700);
    for name in read_files(&directory).keys() {
        assert_eq!(
            fs::metadata(directory.join(name)).unwrap().mode() & 0o777,
            0o600,
            "{name}"
        );
    }
    owner.close().unwrap();
    assert_eq!(stored(&directory).len(), 1);
}

#[test]
fn a_read_only_segment_is_no_obstacle() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let (files, expected) = log(&directory, 1, 5, 10);
    let name = directory.join(&segments(&files)[0]);
    reset(&directory, &files);
    fs::set_permissions(&name, fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(stored(&directory), expected);
}

#[test]
fn full_refuses_or_drops_the_oldest_and_counts() {
    let temporary = scratch();
    let directory = temporary.path().join("reject");
    let buffer = FallbackBuffer::open_with(&directory, &small().records_max(3)).unwrap();
    buffer
        .append_batch(&[("a", "1"), ("a", "2"), ("a", "3")])
        .unwrap();
    let error = buffer.append("a", b"4").unwrap_err();
    assert!(error.is_full());
    assert_eq!(
        error.to_string(),
        "buffer is full: 3 records of 3, 162 bytes of 1073741824"
    );
    let oldest = buffer.peek(1).unwrap()[0].pair();
    buffer.acknowledge(oldest).unwrap();
    buffer.append("a", b"4").unwrap();

    let directory = temporary.path().join("drop");
    let config = small().bytes_max(54 * 3).when_full(WhenFull::DropOldest);
    let buffer = FallbackBuffer::open_with(&directory, &config.clone()).unwrap();
    for number in 0..10 {
        buffer.append("a", number.to_string().as_bytes()).unwrap();
    }
    assert!(buffer.append("a", &[0; 1000]).unwrap_err().is_full());
    assert_eq!(buffer.status().unwrap().dropped, 7);
    buffer.close().unwrap();
    let buffer = FallbackBuffer::open_with(&directory, &config).unwrap();
    assert_eq!(buffer.status().unwrap().dropped, 7);
    let payloads: Vec<Vec<u8>> = buffer
        .iter()
        .map(|record| record.unwrap().into_payload())
        .collect();
    assert_eq!(payloads, [b"7", b"8", b"9"]);
}

#[test]
fn acknowledged_segments_go_and_a_clean_start_reads_nothing() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let buffer = FallbackBuffer::open_with(&directory, &small()).unwrap();
    for number in 0..200 {
        buffer.append("a", format!("{number:0300}").as_bytes()).unwrap();
    }
    assert!(segments(&read_files(&directory)).len() > 5);
    let delivered = buffer.replay(|_| ControlFlow::Continue(())).unwrap();
    assert_eq!(delivered, 200);
    assert_eq!(
        segments(&read_files(&directory)).len(),
        1,
        "the one that is written"
    );
    buffer.close().unwrap();
    assert!(segments(&read_files(&directory)).is_empty());
    assert!(stored(&directory).is_empty());
}

#[test]
fn a_record_larger_than_a_segment_gets_one_of_its_own() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let buffer = FallbackBuffer::open_with(&directory, &small()).unwrap();
    let large = vec![0xF5; 100_000];
    for payload in [b"small".as_slice(), &large, b"small again"] {
        buffer.append("a", payload).unwrap();
    }
    drop(buffer);
    let payloads: Vec<usize> = stored(&directory)
        .iter()
        .map(|(_, _, payload)| payload.len())
        .collect();
    assert_eq!(payloads, [5, 100_000, 11]);
}

#[test]
fn many_threads_append_in_one_order() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let buffer = FallbackBuffer::open_with(&directory, &Config::new().segment_bytes(64 << 10)).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let buffer = &buffer;
            scope.spawn(move || {
                let mut last = Pair::default();
                for number in 0..100 {
                    let pair = buffer
                        .append("a", format!("{thread} {number}").as_bytes())
                        .unwrap();
                    assert!(pair > last);
                    last = pair;
                }
            });
        }
    });
    let records: Vec<Record> = buffer.iter().map(Result::unwrap).collect();
    assert_eq!(records.len(), 800);
    let mut next = [0; 8];
    for record in &records {
        let text = String::from_utf8(record.payload().to_vec()).unwrap();
        let (thread, number) = text.split_once(' ').unwrap();
        let thread: usize = thread.parse().unwrap();
        assert_eq!(number.parse::<usize>().unwrap(), next[thread]);
        next[thread] += 1;
    }
}

#[test]
fn reading_beside_a_live_owner_sees_whole_records_and_no_damage() {
    let temporary = scratch();
    let directory = temporary.path().join("log");
    let buffer = FallbackBuffer::open_with(&directory, &small()).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..3_000_u32 {
                let pair = buffer.append("a", format!("{number:0200}").as_bytes()).unwrap();
                if number % 7 == 0 {
                    buffer.acknowledge(pair).unwrap();
                }
            }
        });
        while !writer.is_finished() {
            let seen = inspect(&directory).unwrap();
            let damage: Vec<_> = seen
                .findings()
                .iter()
                .filter(|finding| finding.kind.is_damage())
                .collect();
            assert!(damage.is_empty(), "{damage:?}");
            let mut last = Pair::default();
            for record in seen.records() {
                let record = record.unwrap();
                assert!(record.pair() > last);
                last = record.pair();
            }
        }
    });
}

#[test]
fn every_so_often_syncs_without_being_asked() {
    let temporary = scratch();
    let config = Config::new().sync(Sync::Every(Duration::from_millis(1)));
    let buffer = FallbackBuffer::open_with(temporary.path(), &config).unwrap();
    buffer.append("a", b"1").unwrap();
    // Zeros are written ahead by the first sync alone: the file's size shows that it came.
    let deadline = std::time::Instant::now() + Duration::from_secs(10);
    let name: PathBuf = temporary.path().join(&segments(&read_files(temporary.path()))[0]);
    while fs::metadata(&name).unwrap().len() < 1 << 20 {
        assert!(std::time::Instant::now() < deadline, "no sync came");
        std::thread::yield_now();
    }
    buffer.close().unwrap();
}

#[test]
fn configuration_out_of_range_is_refused() {
    let temporary = scratch();
    let refused = [
        Config::new().segment_bytes(100),
        Config::new().bytes_max(0),
        Config::new().records_max(0),
        Config::new().sync(Sync::Every(Duration::ZERO)),
    ];
    for config in refused {
        let error = FallbackBuffer::open_with(temporary.path(), &config.clone()).unwrap_err();
        assert!(
            matches!(error, Error::Configuration { .. }),
            "{config:?}: {error}"
        );
    }
    assert!(read_files(temporary.path()).is_empty());
}
